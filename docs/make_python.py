"""Make the reference page of `import quoth` from its docstrings; `python docs/make_python.py` writes it anew.

With `--check`, say so and end with 1 where the page is not what the docstrings say.
"""

import enum
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import quoth
from quoth.types import errors

PAGE = Path(__file__).parent / "reference" / "python.md"
FUNCTIONS = ("read", "examine", "statements", "compare", "load_models")
ARCHIVE = ("open", "add", "find", "document", "check", "close")
SECTION = re.compile(r"^(Args|Returns|Yields|Raises|Attributes):$")
ENTRY = re.compile(r"^    ([\w`]+): (.*)$")


def page() -> str:
    """The whole page."""
    return "\n".join(line.rstrip() for part in parts() for line in part) + "\n"


def parts() -> Iterator[list[str]]:
    """The parts of the page, each as its lines."""
    yield ["# Python", "", "<!-- made from the docstrings by docs/make_python.py -->", ""]
    yield [*prose(inspect.getdoc(quoth) or ""), ""]
    for name in FUNCTIONS:
        yield described(f"quoth.{name}", getattr(quoth, name))
    yield ["## quoth.Archive", "", *prose(inspect.getdoc(quoth.Archive) or ""), ""]
    for name in ARCHIVE:
        yield described(f"Archive.{name}", getattr(quoth.Archive, name), level="###")
    yield ["## Nouns", "", "Values that never change. `to_dict()` of each gives its record of the JSON.", ""]
    for name in quoth.__all__:
        noun = getattr(quoth, name)
        if inspect.isclass(noun) and not issubclass(noun, Exception) and name != "Archive":
            yield of_noun(name, noun)
    yield ["## Errors", "", *prose(inspect.getdoc(errors) or ""), ""]


def described(title: str, function: object, level: str = "##") -> list[str]:
    """A function: its signature and its docstring."""
    return [f"{level} {title}", "", "```python", signature(title, function), "```", "", *prose(doc_of(function)), ""]


def doc_of(thing: object) -> str:
    """A docstring without the indentation it has in the code."""
    return inspect.getdoc(thing) or ""


def signature(title: str, function: object) -> str:
    """How a function is called."""
    assert callable(function)
    found = str(inspect.signature(function)).replace("quoth.models.ports.Tools", "Models")
    found = re.sub(r"(= '[^']*')|'([^']*)'", lambda quoted: quoted[1] or quoted[2], found)  # names of types, not values
    short = re.sub(r"(?:quoth|collections|pathlib|os)(?:\.\w+)*\.(?=[A-Z])", "", found)
    return f"{title}{short.replace('Tools', 'Models').replace('(self, ', '(').replace('(self)', '()')}"


def of_noun(name: str, noun: type) -> list[str]:
    """A noun: what it is, its fields or its values, and what can be asked of it."""
    lines = [f"### {name}", "", *prose(doc_of(noun))]
    if issubclass(noun, enum.Enum):
        lines += ["", "Values: " + ", ".join(f"`{one.name}` ({one.value})" for one in noun)]
    elif is_dataclass(noun) and "**" not in "".join(lines):
        lines += ["", "Fields: " + ", ".join(f"`{field.name}`" for field in fields(noun))]
    methods = [
        (called, method)
        for called, method in vars(noun).items()
        if not called.startswith("_") and (inspect.isfunction(method) or isinstance(method, property))
    ]
    told = [f"- `{name_of(called, method)}`: {first(method)}" for called, method in methods if called != "to_dict"]
    return [*lines, "", *told, ""] if told else [*lines, ""]


def name_of(called: str, method: object) -> str:
    """How a method is called, or the name of a property."""
    return called if isinstance(method, property) else signature(f".{called}", method)


def first(method: object) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(doc_of(method).split("\n\n", maxsplit=1)[0].split())


def prose(docstring: str) -> list[str]:
    """A docstring in Google's form as Markdown: its sections as lists, its examples and trees as code."""
    lines: list[str] = []
    section = False
    for line in docstring.splitlines():
        entry = ENTRY.match(line)
        if found := SECTION.match(line):
            section = True
            lines += [f"**{found[1]}**", ""]
        elif section and entry:
            lines.append(f"- `{entry[1].strip('`')}`: {entry[2]}")
        elif section and line.startswith("    "):
            lines.append(f"  {line.strip()}" if lines[-1] else line.strip())
        elif is_tree(line) and not is_tree(lines[-1] if lines else ""):
            lines += ["", f"    {line}"] if lines and lines[-1] else [f"    {line}"]
        else:
            section = section and not line.strip()
            lines.append(f"    {line}" if is_tree(line) else line)
    return lines


def is_tree(line: str) -> bool:
    """Whether a line belongs to a drawn tree, whose lines Markdown must not join."""
    return line.lstrip().startswith(("├", "└", "│", "QuothError"))


def main() -> int:
    """Write the page, or check it."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        print("docs/reference/python.md is not what the docstrings say: python docs/make_python.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
