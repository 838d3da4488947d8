"""How much code there is: lines of `src` that are not blank, comment or docstring, by package and in all.

Prints a line a package, then files over `LONGEST` lines and names of modules that occur twice; fails where there are
more lines of code than `--most`. A line counts once if any token of the program stands on it.
"""

import argparse
import ast
import io
import sys
import tokenize
from collections import Counter, defaultdict
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "quoth"
LONGEST = 400
NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def code_lines(source: str) -> int:
    """Lines of a module that hold code."""
    docstrings: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            docstrings.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in NO_CODE:
            held.update(range(token.start[0], token.end[0] + 1))
    return len(held - docstrings)


def main() -> None:
    """Count, and say what is too long or named twice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=0, help="lines of code there may be; 0 for no bound")
    arguments = parser.parse_args()
    packages: Counter[str] = Counter()
    stems: defaultdict[str, list[str]] = defaultdict(list)
    long = []
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        inside = file.relative_to(SOURCE)
        packages[inside.parts[0] if len(inside.parts) > 1 else "."] += code_lines(text)
        if file.stem != "__init__":
            stems[file.stem].append(str(inside))
        if text.count("\n") > LONGEST:
            long.append(f"{inside} has {text.count(chr(10))} lines")
    for package, lines in packages.most_common():
        print(f"{package:14} {lines:6}")
    total = sum(packages.values())
    print(f"{'all':14} {total:6} lines of code in {sum(map(len, stems.values()))} modules")
    for line in (*long, *(f"{name} occurs as {', '.join(paths)}" for name, paths in stems.items() if len(paths) > 1)):
        print(line)
    sys.exit(bool(arguments.most) and total > arguments.most)


if __name__ == "__main__":
    main()
