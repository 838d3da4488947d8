"""The words of a PDF's pages as stretches in reading order: lines, columns, paragraphs; what stands around them apart.

Files have their words mostly in reading order, columns and tables too, so that order is kept wherever it goes down the
page or on to the next column; where it does not, the words are ordered by the white space between them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from quoth.reading.blocks import item_mark
from quoth.reading.formats.pdf_words import Page, Word
from quoth.types import Span

_COLUMN_GAP = 1.8  # of a line's height: wider between two words of one line parts columns or cells
_CELL_GAP = 0.75  # of it, from which words may stand in two cells of a table
_SLACK = 0.35  # of it, by which a line may end before its edge
_APART = 1.3  # of the usual distance of lines, from which on a paragraph ends
_COMMON = 0.1  # share of distances of lines that are as wide as those inside paragraphs
_INDENT = 0.6  # of a line's height
_LARGER = 1.1  # of the size of running text
_SMALL = 0.93  # of it, up to which lines at the foot of a page are footnotes
_EVEN = 1.6  # times the narrowest gap of a stretched line that its widest one may have
_NEAR = 3.0  # points, for edges that are the same
_EDGE_LINES = 3  # at the head and the foot of a page where running headers stand
_DISORDER = 0.1  # share of lines that may stand higher than the one before them
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»›)\]]*\Z")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—(\[|]\s*)?(?:(?:page|seite|pagina|página|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,4})?(?:\s*[-–—)\]|])?",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z])\Z")
_ROMAN = re.compile(r"[ivxl]{1,7}\Z")


@dataclass(slots=True)
class TextLine:
    """Words beside each other in one column."""

    page: int
    words: list[Word]
    top: float = 0
    bottom: float = 0
    left: float = 0
    right: float = 0
    base: float = 0
    height: float = 0

    def __post_init__(self) -> None:
        level = [word for word in self.words if not word.raised] or self.words
        self.top = min(word.top for word in self.words)
        self.bottom = max(word.bottom for word in level)
        self.left, self.right = self.words[0].left, max(word.right for word in self.words)
        self.base = median(word.base for word in level)
        self.height = max(median(word.height for word in level), 1.0)

    @property
    def heavy(self) -> bool:
        """Whether most of it is bold."""
        return 2 * sum(len(word.text) for word in self.words if word.heavy) > sum(len(word.text) for word in self.words)

    @property
    def text(self) -> str:
        """Its words, with blanks between."""
        words = [word for word in self.words if word.text]
        return "".join(("" if word.glued or not number else " ") + word.text for number, word in enumerate(words))


@dataclass(slots=True)
class Flow:
    """Stretches in the making: lines that belong together, and what they are."""

    lines: list[TextLine]
    kind: str | None = None
    rows: list[list[TextLine]] = field(default_factory=list)  # of a table


def flows(pages: Sequence[Page]) -> list[Flow]:
    """The stretches of all pages in reading order, running headers, footers and footnotes by their pages."""
    lines = {page.number: _ordered(_lines(page)) for page in pages}
    size = _usual([line.height for page in lines.values() for line in page for _ in line.words])
    heads, feet = _furniture(lines, {page.number: page.height for page in pages}, size)
    notes: dict[int, list[Flow]] = {}
    runs: list[list[TextLine]] = []
    for number, page_lines in lines.items():
        body = [line for line in page_lines if not any(line is one for one in (*heads[number], *feet[number]))]
        body, notes[number] = _without_notes(body, size)
        _drop_marks(body, notes[number])
        runs += _runs(body)
    made = _paragraphs(runs, size)
    return _with_furniture(made, lines, heads, feet, notes)


# --- lines ------------------------------------------------------------------------------------------------------------


def _lines(page: Page) -> list[TextLine]:
    found: list[list[Word]] = []
    for word in page.words:
        if found and _is_beside(found[-1], word):
            found[-1].append(word)
        else:
            word.glued = word.raised = False
            found.append([word])
    return [TextLine(page.number, words) for words in found]


def _is_beside(words: list[Word], word: Word) -> bool:
    last = words[-1]
    level = next((one for one in reversed(words) if not one.raised), last)
    height = max(level.height, word.height)
    if word.glued:
        return True
    shared = min(level.bottom, word.bottom) - max(level.top, word.top)
    same = abs(level.base - word.base) < 0.15 * height or (
        shared > 0.6 * min(level.height, word.height) and abs(level.base - word.base) < 0.4 * height
    )
    return same and -0.3 * height < word.left - last.right < _COLUMN_GAP * height


def _ordered(lines: list[TextLine]) -> list[TextLine]:
    """The lines as the file has them, or by the white space between them where the file's order leads up and down."""
    jumps = sum(
        after.base < before.base - before.height and after.left < before.right - before.height
        for before, after in pairwise(lines)
    )
    return _cut(lines) if jumps > max(3, _DISORDER * len(lines)) else lines


def _cut(lines: list[TextLine], depth: int = 0) -> list[TextLine]:
    """Lines ordered by the widest white space that divides them, across before down where both do."""
    if len(lines) < 2 or depth > 40:  # noqa: PLR2004  # nothing to order; no page is so deep
        return lines
    for axis in ("down", "across"):
        ends = sorted(
            ((one.left, one.right, one) if axis == "across" else (one.top, one.bottom, one) for one in lines),
            key=lambda entry: entry[:2],
        )
        reach, at, widest, place = ends[0][1], 0, 0.0, 0
        for at, (begin, end, one) in enumerate(ends):
            gap = begin - reach
            wanted = (0.6 if axis == "across" else 0.9) * one.height
            if at and gap > max(widest, wanted):
                widest, place = gap, at
            reach = max(reach, end)
        if place:
            parts = [one for _, _, one in ends[:place]], [one for _, _, one in ends[place:]]
            return [*_cut(parts[0], depth + 1), *_cut(parts[1], depth + 1)]
    return sorted(lines, key=lambda one: (round(one.base / 3), one.left))


def _runs(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines that go down one column of one page."""
    found: list[list[TextLine]] = []
    for line in lines:
        last = found[-1][-1] if found else None
        if last is not None and line.base > last.base - 0.4 * last.height:
            found[-1].append(line)
        else:
            found.append([line])
    return found


# --- what stands around the text --------------------------------------------------------------------------------------


def _furniture(
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
        for side, (edge, found) in enumerate(((head, heads[number]), (foot, feet[number]))):
            found += _told(edge, seen[side], len(lines), lines[number], size, heights[number], at_foot=bool(side))
        found = heads[number]
        found.sort(key=lambda line: (line.base, line.left))
        feet[number].sort(key=lambda line: (line.base, line.left))
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
        numbers = _PAGE_NUMBER.fullmatch(text) is not None or (_ROMAN.fullmatch(text) is not None and len(text) <= 5)  # noqa: PLR2004
        alone = _distance(level, rest) > (0.5 if repeated else 0.8) * size
        outer = (level[0].base > 0.85 * height) if at_foot else (level[0].base < 0.15 * height)
        small = pages == 1 and not at_foot and bool(rest) and all(line.height < _SMALL * size for line in level)
        if not (outer and alone and (repeated or numbers or small)):
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


def _without_notes(lines: list[TextLine], size: float) -> tuple[list[TextLine], list[Flow]]:
    """The lines of a page without its footnotes, and these, each by itself."""
    body: list[TextLine] = []
    notes: list[Flow] = []
    for run in _runs(lines):
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


def _drop_marks(body: list[TextLine], notes: list[Flow]) -> None:
    """Take the raised marks of a page's own footnotes out of its lines: they are no words of the text."""
    marks = {mark for note in notes if (mark := note.lines[0].words[0].text.split(" ")[0])}
    for line in body:
        for word in line.words[1:]:
            if word.raised and word.text.strip(",") in marks:
                word.text = ""
    for note in notes:
        if len(note.lines[0].words) > 1:
            note.lines[0].words[1].glued = False


def _with_furniture(
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


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _usual(values: Sequence[float]) -> float:
    """The value that most have, to half a point."""
    counted = Counter(round(value * 2) / 2 for value in values)
    return counted.most_common(1)[0][0] if counted else 1.0


@dataclass(slots=True)
class _Measures:
    size: float
    pitch: float
    edges: dict[int, list[tuple[float, float]]]  # of a page: left and right edges of its runs
    indents: bool


def _paragraphs(runs: list[list[TextLine]], size: float) -> list[Flow]:
    measures = _measured(runs, size)
    made: list[Flow] = []
    for run in runs:
        left, right = _edges(run, runs, size)
        open_ = made[-1] if made and made[-1].kind is None else None
        at = 0
        while at < len(run):
            rows, after = _table(run, at, left, right)
            if rows:
                made.append(Flow([line for row in rows for line in row], "table", rows))
                at, open_ = after, None
                continue
            line = run[at]
            if open_ is not None and _goes_on(open_, line, left, right, measures, overleaf=at == 0):
                open_.lines.append(line)
            else:
                made.append(open_ := Flow([line]))
            at += 1
        if made and made[-1].kind is None:
            measures.edges.setdefault(id(made[-1].lines[-1]), []).append((left, right))
    return made


def _measured(runs: list[list[TextLine]], size: float) -> _Measures:
    steps = [
        after.base - before.base
        for run in runs
        for before, after in pairwise(run)
        if abs(before.height - size) < 0.1 * size and abs(after.height - size) < 0.1 * size
        and after.base - before.base > 0.3 * size
    ]  # fmt: skip
    counted = Counter(round(step * 2) / 2 for step in steps)
    usual = min((step for step, count in counted.items() if count >= _COMMON * len(steps)), default=1.2 * size)
    indented = sum(
        _INDENT * size < line.left - min(one.left for one in run) < 4 * size and before.right < line.right + 4 * size
        for run in runs
        for before, line in pairwise(run)
        if 0.8 * usual < line.base - before.base < _APART * usual
    )
    lines = sum(map(len, runs))
    return _Measures(size, usual, {}, indents=indented > max(1, 0.03 * lines))


def _edges(run: list[TextLine], runs: list[list[TextLine]], size: float) -> tuple[float, float]:
    """The left and right edge of the column that a run stands in: of its lines, and of those of runs like it."""
    left = min(line.left for line in run)
    right = max(line.right for line in run)
    if len(run) < 8:  # noqa: PLR2004  # few lines may all be short
        for other in runs:
            if len(other) > len(run) and abs(min(line.left for line in other) - left) < size:
                right = max(right, *(line.right for line in other))
    return left, right


def _goes_on(open_: Flow, line: TextLine, left: float, right: float, measures: _Measures, *, overleaf: bool) -> bool:
    """Whether a line goes on with the paragraph above it, or in the column or on the page before."""
    last = open_.lines[-1]
    size = measures.size
    if abs(last.height - line.height) > 0.08 * max(last.height, line.height) or last.heavy != line.heavy:
        return False
    if item_mark(line.text, Span(0, len(line.text)))[1]:
        return False
    heading = line.height > _LARGER * size or (line.heavy and len(open_.lines) < 4)  # noqa: PLR2004  # lines of a heading
    begun = line.left > left + _INDENT * size
    if not overleaf:
        step = line.base - last.base
        if step > _APART * (measures.pitch if not heading else 1.25 * line.height):
            return False
        if step < 0.3 * line.height:  # beside each other: parts of one line
            return True
        if heading:
            return True
        if begun and measures.indents and last.left < line.left - 0.3 * size:
            return False
        return not _is_short(last, line, left, right)
    if heading:
        return False
    if begun and measures.indents:
        return False
    before = measures.edges.get(id(last), [(last.left, last.right)])[-1]
    return not _is_short(last, line, *before)


def _is_short(last: TextLine, line: TextLine, left: float, right: float) -> bool:
    """Whether the first word of `line` would still have stood on `last`: then a paragraph ended there."""
    word = line.words[0]
    wide = word.right - word.left + _SLACK * last.height
    middle = (last.left + last.right) / 2
    centred = last.left > left + _NEAR and abs(middle - (left + right) / 2) < _NEAR
    used = last.right - (last.left if centred else left)
    return used + 0.25 * last.height + wide < right - left


# --- tables -----------------------------------------------------------------------------------------------------------


def _table(run: list[TextLine], at: int, left: float, right: float) -> tuple[list[list[TextLine]], int]:
    """The rows of a table that begins with a line, and the number of the line after it; no rows where none does."""
    rows: list[list[TextLine]] = []
    edges: list[float] = []
    while at < len(run):
        level = [run[at]]
        after = at + 1
        while after < len(run) and abs(run[after].base - run[at].base) < 0.3 * run[at].height:
            level.append(run[after])
            after += 1
        cells = [] if _is_stretched(level, left, right) else [cell for line in level for cell in _cells(line)]
        if len(cells) < 2 or (rows and not _aligned(cells, edges)):  # noqa: PLR2004  # a table has two columns
            break
        if rows and cells[0].base - rows[-1][0].base > 3.5 * cells[0].height:
            break
        rows.append(cells)
        edges += [edge for cell in cells for edge in (cell.left, cell.right, (cell.left + cell.right) / 2)]
        at = after
    words = [len(cell.words) for row in rows for cell in row]
    if len(rows) < 2 or sum(words) > 6 * len(words):  # noqa: PLR2004  # rows; words in a cell
        return [], at
    return rows, at


def _is_stretched(level: Sequence[TextLine], left: float, right: float) -> bool:
    """Whether words stand far apart only because their line is stretched to both edges of its column."""
    words = [word for line in level for word in line.words if not word.glued]
    gaps = [after.left - before.right for before, after in pairwise(words)]
    whole = words[0].left < left + _NEAR and words[-1].right > right - _NEAR
    return whole and bool(gaps) and max(gaps) < _EVEN * max(min(gaps), 0.1)


def _cells(line: TextLine) -> list[TextLine]:
    """A line parted where words stand far from each other."""
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.left - before.right > _CELL_GAP * line.height:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [TextLine(line.page, words) for words in parts]


def _aligned(cells: list[TextLine], edges: Sequence[float]) -> bool:
    """Whether most cells have an edge or their middle where one of the rows above has."""
    hits = sum(
        any(
            abs(edge - known) < _NEAR
            for known in edges
            for edge in (cell.left, cell.right, (cell.left + cell.right) / 2)
        )
        for cell in cells[1:]
    )
    return 2 * hits >= len(cells[1:])
