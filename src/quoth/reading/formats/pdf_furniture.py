"""What stands around the text of a PDF's pages: running headers, page numbers, footnotes."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from quoth.reading.formats.pdf_lines import Flow, TextLine, runs_of
from quoth.reading.reading_tables import load

_SMALL = 0.93  # of the size of running text, up to which lines at the foot of a page are footnotes
_NEAR = 3.0  # points, for lines on one level
_EDGE_LINES = 3  # at the head and the foot of a page where running headers stand
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z])\Z")
_ROMAN = re.compile(r"[ivxl]{1,7}\Z")


@lru_cache(maxsize=1)
def _page_number() -> re.Pattern[str]:
    words = load("pdf.toml")["pages"]
    before, between = "|".join(words["before"]), "|".join(words["between"])
    return re.compile(
        rf"(?:[-–—(\[|]\s*)?(?:(?:{before})\s*)?\d{{1,4}}(?:\s*(?:{between})\s*\d{{1,4}})?(?:\s*[-–—)\]|])?",
        re.IGNORECASE,
    )


def furniture(
    lines: dict[int, list[TextLine]], heights: dict[int, float], size: float
) -> tuple[dict[int, list[TextLine]], dict[int, list[TextLine]]]:
    """The running headers and the footers of each page."""
    heads: dict[int, list[TextLine]] = {number: [] for number in lines}
    feet: dict[int, list[TextLine]] = {number: [] for number in lines}
    edges: dict[int, tuple[list[TextLine], list[TextLine]]] = {}
    seen: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for number, page in lines.items():
        down = sorted(page, key=lambda line: (line.base, line.left))
        edges[number] = _edge(down), _edge(down[::-1])
        for side in (0, 1):
            seen[side].update({_shape(line) for line in edges[number][side]})
    for number, (head, foot) in edges.items():
        told = (
            _told(edge, seen[side], len(lines), lines[number], size, heights[number], at_foot=bool(side))
            for side, edge in enumerate((head, foot))
        )
        heads[number], feet[number] = (sorted(found, key=lambda line: (line.base, line.left)) for found in told)
    return heads, feet


def _edge(down: list[TextLine]) -> list[TextLine]:
    """The lines nearest to the edge, of which some may stand beside each other."""
    found: list[TextLine] = []
    levels: list[float] = []
    for line in down:
        if not levels or abs(line.base - levels[-1]) > _NEAR:
            levels.append(line.base)
        if len(levels) > _EDGE_LINES:
            break
        found.append(line)
    return found


def _shape(line: TextLine) -> str:
    """A line as it is on every page: numbers left open, and where it stands."""
    words = re.sub(r"\d+", "#", line.text.casefold())
    if _ROMAN.fullmatch(words):
        words = "#"
    return f"{words} {round(line.base / 6)}"


def _told(
    edge: list[TextLine],
    seen: Counter[str],
    pages: int,
    page: list[TextLine],
    size: float,
    height: float,
    *,
    at_foot: bool,
) -> list[TextLine]:
    """The lines at one edge of a page that stand there page for page, or hold nothing but its number."""
    found: list[TextLine] = []
    inner: list[TextLine] = list(edge)
    while inner:
        level = [line for line in inner if abs(line.base - inner[0].base) <= _NEAR]
        rest = [line for line in page if not any(line is one for one in (*found, *level))]
        repeated = all(_times(line, seen) > 1 for line in level)
        text = " ".join(line.text for line in level).strip()
        numbers = _page_number().fullmatch(text) is not None or (_ROMAN.fullmatch(text) is not None and len(text) <= 5)  # noqa: PLR2004
        alone = _distance(level, rest) > (0.5 if repeated else 0.8) * size
        outer = (level[0].base > 0.85 * height) if at_foot else (level[0].base < 0.15 * height)
        small = bool(rest) and all(line.height < _SMALL * size for line in level)
        by_itself = pages == 1 and small
        if at_foot:  # "https://ports.example/stay      1/1", as browsers print it; a small line without is a footnote
            by_itself = by_itself and any(_page_number().fullmatch(line.text) for line in level)
        near = repeated and small  # browsers print it close to a full page
        if not (outer and (near or (alone and (repeated or numbers or by_itself)))):
            break
        found += level
        inner = [line for line in inner if not any(line is one for one in level)]
    return found


def _times(line: TextLine, seen: Counter[str]) -> int:
    """On how many pages a line stands, a little higher or lower perhaps."""
    words, _, level = _shape(line).rpartition(" ")
    return sum(seen[f"{words} {int(level) + step}"] for step in (-1, 0, 1))


def _distance(level: Sequence[TextLine], rest: Sequence[TextLine]) -> float:
    """The white space between lines at an edge and the nearest other line, in points."""
    top, bottom = min(line.top for line in level), max(line.bottom for line in level)
    gaps = [max(line.top - bottom, top - line.bottom) for line in rest]
    return min(gaps, default=1e9)


def without_notes(lines: list[TextLine], size: float) -> tuple[list[TextLine], list[Flow]]:
    """The lines of a page without its footnotes, and these, each by itself."""
    body: list[TextLine] = []
    notes: list[Flow] = []
    for run in runs_of(lines):
        first = len(run)
        while first and run[first - 1].height < _SMALL * size:
            first -= 1
        while first < len(run) and _mark_of(run[first]) is None:
            first += 1
        small = run[first:]
        if not small or (first and small[0].base - run[first - 1].base < 0.8 * small[0].height):
            body += run
            continue
        body += run[:first]
        for line in small:
            if _mark_of(line) is not None or not notes:
                notes.append(Flow([line], "footer"))
            else:
                notes[-1].lines.append(line)
    return body, notes


def _mark_of(line: TextLine) -> str | None:
    """The mark with which a footnote begins."""
    first = line.words[0]
    if _NOTE_MARK.match(first.text) and len(line.words) > 1:
        return first.text
    glued = re.match(r"(\d{1,2}|[*†‡§¶]{1,3})(?=[^\W\d_])", first.text)
    if glued and len(line.words) > 1:
        first.text = f"{glued[1]} {first.text[glued.end() :]}"
        return glued[1]
    return None


def drop_marks(body: list[TextLine], notes: list[Flow]) -> None:
    """Take the raised marks of a page's own footnotes out of its lines: they are no words of the text."""
    marks = {mark for note in notes if (mark := note.lines[0].words[0].text.split(" ")[0])}
    for line in body:
        for word in line.words[1:]:
            if word.raised and word.text.strip(",") in marks:
                word.text = ""
    for note in notes:
        if len(note.lines[0].words) > 1:
            note.lines[0].words[1].glued = False


def with_furniture(
    made: list[Flow],
    lines: dict[int, list[TextLine]],
    heads: dict[int, list[TextLine]],
    feet: dict[int, list[TextLine]],
    notes: dict[int, list[Flow]],
) -> list[Flow]:
    """The stretches with the header of each page before the first that begins on it, footers behind the last."""
    found: list[Flow] = []
    left = list(made)
    for number in lines:
        found += [Flow([line], "header") for line in heads[number]]
        while left and left[0].lines[0].page <= number:
            found.append(left.pop(0))
        found += notes[number]
        found += [Flow([line], "footer") for line in feet[number]]
    return [*found, *left]
