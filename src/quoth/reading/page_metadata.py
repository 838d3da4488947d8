"""A page of the web as the stretches of text that a reader sees, each with what the page's maker calls it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from quoth.reading.reading_tables import load

SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object", "embed", "video",
    "audio", "map", "head", "button", "select", "option", "input", "textarea", "label", "datalist", "dialog",
    "source", "track", "area", "img", "picture", "meta", "link", "nav"}
)  # fmt: skip
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "time"}
)  # fmt: skip
_APART = frozenset({"footer", "aside", "form", "nav"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»›)\]]*\Z")
BROKEN = 50  # code points of a line that may have been broken for want of room
CELL_LONGEST = 160  # code points; a longer cell is layout, not data
DEEPEST = 200  # elements inside each other; deeper ones are not read


class Holder(NamedTuple):
    """An element that holds text: its tag, what its maker calls it (class, id, itemprop, role), and a number."""

    tag: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a page's text.

    Attributes:
        text: its words, white space folded to single blanks.
        tag: the block-level element that holds it.
        around: that element and those around it, innermost first.
        when: the machine-readable date of a `time` element in it, if any.
        linked: share of the text that is link text, 0..1.
    """

    text: str
    tag: str
    around: tuple[Holder, ...] = ()
    when: str | None = None
    linked: float = 0.0

    def named(self, part: str, *, depth: int | None = None) -> bool:
        """Whether the maker's names, of this element and up to `depth` around it, call it `part`."""
        return any(called(part, holder.name) for holder in self.around[:depth] if holder.name)

    def within(self, *tags: str) -> bool:
        """Whether the stretch stands in an element of one of these tags."""
        return any(holder.tag in tags for holder in self.around)

    def apart(self, frame: frozenset[int]) -> bool:
        """Whether an element around the stretch, other than those of `frame`, is none of the article's."""
        return any(
            holder.tag in _APART or (holder.name and called("apart", holder.name))
            for holder in self.around
            if holder.number not in frame
        )

    @property
    def home(self) -> int:
        """Number of the element that holds the stretch's own element."""
        return self.around[1].number if len(self.around) > 1 else 0


@lru_cache(maxsize=50_000)
def called(part: str, name: str) -> bool:
    """Whether a name is one by which makers of pages call `part` (a key of `page.toml`)."""
    return names()[part].search(name) is not None


@lru_cache(maxsize=1)
def names() -> dict[str, re.Pattern[str]]:
    """The patterns of `page.toml`."""
    return {part: re.compile("|".join(patterns), re.IGNORECASE) for part, patterns in load("page.toml").items()}


def page_stretches(root: Any) -> list[Stretch]:  # noqa: ANN401  an lxml element, whose types are not shipped
    """The visible stretches of a parsed page in document order, tables of data as one stretch a table."""
    walker = _Walker()
    walker.walk(root, ())
    walker.flush()
    return walker.found


class _Walker:
    """Collects text until a block begins or ends."""

    def __init__(self) -> None:
        self.found: list[Stretch] = []
        self.words: list[str] = []
        self.linked = 0
        self.when: str | None = None
        self.place: tuple[Holder, ...] = ()
        self.number = 0

    def walk(self, element: Any, around: tuple[Holder, ...]) -> None:  # noqa: ANN401
        """Collect an element and what it holds."""
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in SKIPPED or len(around) > DEEPEST or _hidden(element):
            return
        if tag == "br":
            self.words.append("\n")
            return
        self.number += 1
        inline = tag not in BLOCKS and not (tag in {"span", "a", "cite", "small"} and _stands_apart(element))
        if not inline:
            self.flush()
        around = (Holder(tag, _name(element), self.number), *around)
        place = self.place
        if not inline:
            self.place = around
        if tag == "table" and (rows := _data_table(element)):
            self.found.append(Stretch(rows, "table", around))
        else:
            if tag == "time" and element.get("datetime"):
                self.when = element.get("datetime")
            self._hold(element, around)
        if not inline:
            self.flush()
            self.place = place

    def _hold(self, element: Any, around: tuple[Holder, ...]) -> None:  # noqa: ANN401
        linked = any(holder.tag == "a" for holder in around)
        self._say(element.text, linked=linked)
        for child in element:
            self.walk(child, around)
            self._say(child.tail, linked=linked)

    def _say(self, words: str | None, *, linked: bool) -> None:
        if words:
            self.words.append(re.sub(r"\s+", " ", words))
            self.linked += len(words.strip()) if linked else 0

    def flush(self) -> None:
        """End the stretch that is being collected."""
        text = _INVISIBLE.sub("", "".join(self.words))
        tag = self.place[0].tag if self.place else "body"
        share = self.linked / max(1, len(text.strip()))
        for piece in _pieces(text):
            self.found.append(Stretch(piece, tag, self.place, self.when, share))
        self.words, self.linked, self.when = [], 0, None


def _pieces(text: str) -> Iterator[str]:
    """The pieces of a stretch between line breaks; a line that was only broken for want of room goes on."""
    kept, last = "", 0
    for line in text.split("\n"):
        words = " ".join(line.split())
        goes_on = words[:1].islower() or kept.endswith(",") or last >= BROKEN
        if kept and (not words or _SENTENCE_END.search(kept) or not goes_on):
            yield kept
            kept = words
        else:
            kept = f"{kept} {words}".strip()
        last = len(words)
    if kept:
        yield kept


def _name(element: Any) -> str:  # noqa: ANN401
    """What the maker calls an element, words divided by hyphens: `articleBody` and `article_body` alike."""
    given = " ".join(filter(None, map(element.get, ("class", "id", "itemprop", "role"))))
    return re.sub(r"_|(?<=[a-z])(?=[A-Z])", "-", given)


def _hidden(element: Any) -> bool:  # noqa: ANN401
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _stands_apart(element: Any) -> bool:  # noqa: ANN401
    """Whether an inline element stands among blocks or names itself a by-line, a date or a credit."""
    name = _name(element)
    if name and any(called(part, name) for part in ("byline", "date", "caption")) and element.tag == "span":
        return element.getparent() is not None and element.getparent().tag not in {"p", "figcaption"}
    return False


def _data_table(table: Any) -> str | None:  # noqa: ANN401
    """A table of data as lines of cells; None where the table only lays out the page."""
    rows: list[str] = []
    widest = 0
    for row in table.iter("tr"):
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in {"td", "th"}]
        if any(len(cell) > CELL_LONGEST for cell in cells):
            return None
        widest = max(widest, len(cells))
        if any(cells):
            rows.append(" | ".join(cells))
    nested = any(True for inner in table.iter("table") if inner is not table)
    return "\n".join(rows) if widest > 1 and len(rows) > 1 and not nested else None
