"""A page of the web as the stretches of text that a reader sees, each with the element that holds it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from quoth.reading.reading_tables import load

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object", "embed", "video",
    "audio", "map", "head", "button", "select", "option", "input", "textarea", "label", "datalist", "dialog",
    "source", "track", "area", "img", "picture", "meta", "link", "nav"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "time"}
)  # fmt: skip
_APART = frozenset({"footer", "aside", "form", "nav"})
_NAMING = ("class", "id", "itemprop", "role")  # attributes by which a maker calls a part
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»›)\]]*\Z")
_BROKEN = 50  # code points of a line that may have been broken for want of room
_CELL_LONGEST = 160  # code points; a longer cell is layout, not data


@dataclass(frozen=True, eq=False)
class Stretch:
    """A stretch of a page's text.

    Attributes:
        text: its words, white space folded to single blanks.
        element: the block-level element that holds it.
        when: the machine-readable date of a `time` element in it, if any.
        linked: share of the text that is link text, 0..1.
    """

    text: str
    element: Any
    when: str | None = None
    linked: float = 0.0

    @cached_property
    def around(self) -> tuple[Any, ...]:
        """The element and those around it, innermost first."""
        return (self.element, *self.element.iterancestors())

    @property
    def path(self) -> str:
        """XPath of the element."""
        return str(self.element.getroottree().getpath(self.element))

    @property
    def tag(self) -> str:
        """Tag of the element."""
        return str(self.element.tag)

    def named(self, part: str, *, depth: int) -> bool:
        """Whether the maker's names, of this element and up to `depth` around it, call it `part`."""
        return any(_called(part, _name(element)) for element in self.around[:depth])

    def within(self, *tags: str) -> bool:
        """Whether the stretch stands in an element of one of these tags."""
        return any(element.tag in tags for element in self.around)

    @property
    def home(self) -> Any:  # noqa: ANN401
        """What holds the element."""
        return home_of(self.around[1]) if len(self.around) > 1 else None

    def apart(self, frame: frozenset[Any]) -> bool:
        """Whether an element around the stretch, other than those of `frame`, is none of the article's."""
        return any(
            element.tag in _APART or _called("apart", _name(element)) for element in self.around if element not in frame
        )


def home_of(element: Any) -> Any:  # noqa: ANN401
    """An element by tag and class where it has one, else itself: an article may stand in several parts called alike."""
    return (element.tag, element.get("class")) if element.get("class") else element


@lru_cache(maxsize=50_000)
def _called(part: str, name: str) -> bool:
    """Whether a name is one by which makers of pages call `part` (a key of `page.toml`)."""
    return bool(name) and _names()[part].search(name) is not None


@lru_cache(maxsize=1)
def _names() -> dict[str, re.Pattern[str]]:
    return {part: re.compile("|".join(patterns), re.IGNORECASE) for part, patterns in load("page.toml").items()}


def page_stretches(root: Any) -> list[Stretch]:  # noqa: ANN401  an lxml element, whose types are not shipped
    """The visible stretches of a parsed page in document order, tables of data as one stretch a table."""
    from lxml.etree import iterwalk  # noqa: PLC0415  a plain text does not pay for the parser

    walker = _Walker()
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if not walker.enter(element):
                walk.skip_subtree()
        else:
            walker.leave(element)
            if element is not root:
                walker.say(element.tail)
    walker.flush()
    return walker.found


class _Walker:
    """What was found, and what was collected since the last block began or ended."""

    def __init__(self) -> None:
        self.found: list[Stretch] = []
        self.words: list[str] = []
        self.linked = 0
        self.links = 0  # links around this place
        self.when: str | None = None
        self.places: list[Any] = []  # block-level elements around this place
        self.left_out: Any = None  # the element whose inside is not walked

    def enter(self, element: Any) -> bool:  # noqa: ANN401
        """Begin an element; False if nothing in it is to be looked at."""
        tag = element.tag
        if tag in _SKIPPED or (element.attrib and _hidden(element)):
            self.left_out = element
            return False
        if tag == "br":
            self.words.append("\n")
        elif tag == "a":
            self.links += 1
        elif tag in _BLOCKS or (tag == "span" and _stands_apart(element)):
            self.flush()
            self.places.append(element)
            self.when = element.get("datetime") if tag == "time" else None
            if tag == "table" and self._table(element):
                self.left_out = element
                return False
        self.say(element.text)
        return True

    def leave(self, element: Any) -> None:  # noqa: ANN401
        """End an element."""
        if element is self.left_out:
            self.left_out = None
        elif element.tag == "a":
            self.links -= 1
        if self.places and self.places[-1] is element:
            self.flush()
            self.places.pop()

    def _table(self, element: Any) -> bool:  # noqa: ANN401
        """Whether a table holds data; then it is found, its name before it."""
        rows = _data_table(element)
        if rows is None:
            return False
        name = element.find("caption")
        if name is not None and (words := " ".join("".join(name.itertext()).split())):
            self.found.append(Stretch(words, name))
        self.found.append(Stretch(rows, element))
        return True

    def say(self, words: str | None) -> None:
        """Collect words, white space folded."""
        if words:
            self.words.append(" ".join(f"|{words}|".split())[1:-1])
            if self.links:
                self.linked += len(words.strip())

    def flush(self) -> None:
        """End the stretch that is being collected."""
        if self.words and self.places:
            text = _INVISIBLE.sub("", "".join(self.words))
            share = self.linked / max(1, len(text.strip()))
            self.found.extend(Stretch(piece, self.places[-1], self.when, share) for piece in _pieces(text))
        self.words, self.linked, self.when = [], 0, None


def _pieces(text: str) -> Iterator[str]:
    """The pieces of a stretch between line breaks; a line that was only broken for want of room goes on."""
    if "\n" not in text:
        if words := " ".join(text.split()):
            yield words
        return
    kept: list[str] = []
    for line in text.split("\n"):
        words = " ".join(line.split())
        if kept and (not words or not _goes_on(kept[-1], words)):
            yield " ".join(kept)
            kept = []
        if words:
            kept.append(words)
    if kept:
        yield " ".join(kept)


def _goes_on(line: str, following: str) -> bool:
    """Whether a line was only broken for want of room, or by styles, and its words go on in the next one."""
    broken = following[:1].islower() or line.endswith(",") or len(line) >= _BROKEN
    return broken and not _SENTENCE_END.search(line[-6:])


def _name(element: Any) -> str:  # noqa: ANN401
    """What the maker calls an element, words divided by hyphens: `articleBody` and `article_body` alike."""
    known = element.attrib
    return _hyphenated(" ".join([known[key] for key in _NAMING if key in known])) if known else ""


@lru_cache(maxsize=50_000)
def _hyphenated(given: str) -> str:
    return re.sub(r"_|(?<=[a-z])(?=[A-Z])", "-", given)


def _hidden(element: Any) -> bool:  # noqa: ANN401
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _stands_apart(element: Any) -> bool:  # noqa: ANN401
    """Whether an inline element names itself a by-line, a date or a credit among blocks, or a part of a heading."""
    name, holder = _name(element), element.getparent()
    if not name or holder is None:
        return False
    if holder.tag in HEADINGS:
        return _called("kicker", name) or _called("title", name)
    return holder.tag not in {"p", "figcaption"} and any(_called(part, name) for part in ("byline", "date", "caption"))


def _data_table(table: Any) -> str | None:  # noqa: ANN401
    """A table of data as lines of cells; None where the table only lays out the page."""
    rows: list[str] = []
    widest = 0
    for row in table.iter("tr"):
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in {"td", "th"}]
        if any(len(cell) > _CELL_LONGEST for cell in cells):
            return None
        widest = max(widest, len(cells))
        if any(cells):
            rows.append(" | ".join(cells))
    nested = any(True for inner in table.iter("table") if inner is not table)
    return "\n".join(rows) if widest > 1 and len(rows) > 1 and not nested else None
