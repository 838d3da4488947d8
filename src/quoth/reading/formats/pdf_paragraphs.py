"""The lines of a PDF's text as paragraphs, over the ends of columns and pages, and its tables."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quoth.reading.blocks import item_mark
from quoth.reading.formats.pdf_lines import Flow, TextLine
from quoth.reading.formats.pdf_words import Word
from quoth.types import Span

_CELL_GAP = 0.75  # of it, from which words may stand in two cells of a table
_SLACK = 0.35  # of it, by which a line may end before its edge
_APART = 1.3  # of the usual distance of lines, from which on a paragraph ends
_COMMON = 0.1  # share of distances of lines that are as wide as those inside paragraphs
_INDENT = 0.6  # of a line's height
_LARGER = 1.1  # of the size of running text
_TABLE_ROWS = 2
_FEW, _SOME = 2.5, 6  # words in a cell, of a table of two rows and of more
_EVEN = 1.6  # times the narrowest gap of a stretched line that its widest one may have
_NEAR = 3.0  # points, for edges that are the same
_SAME = 1.0  # points, for words under each other
_SEVERAL = 3  # columns, from which on words under each other are no chance


@dataclass(slots=True)
class _Measures:
    size: float
    pitch: float
    edges: dict[int, list[tuple[float, float]]]  # of a page: left and right edges of its runs
    indents: bool


def paragraphs(runs: list[list[TextLine]], size: float) -> list[Flow]:
    """The paragraphs and tables of lines that go down the columns of all pages.

    Args:
        runs: the lines, column by column.
        size: of running text, in points.
    """
    measures = _measured(runs, size)
    made: list[Flow] = []
    for run in runs:
        left, right = _edges(run, runs, size)
        open_ = made[-1] if made and made[-1].kind is None else None
        at = 0
        while at < len(run):
            rows, after = table_at(run, at, left, right)
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


def _goes_on(open_: Flow, line: TextLine, left: float, right: float, measures: _Measures, *, overleaf: bool) -> bool:  # noqa: PLR0911  # a list of reasons
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


def table_at(run: list[TextLine], at: int, left: float, right: float) -> tuple[list[list[TextLine]], int]:
    """The rows of a table that begins with a line, and the number of the line after it; no rows where none does."""
    rows: list[list[TextLine]] = []
    strips: list[tuple[float, float]] = []  # of white space between the columns
    while at < len(run):
        level = [run[at]]
        after = at + 1
        while after < len(run) and abs(run[after].base - run[at].base) < 0.3 * run[at].height:
            level.append(run[after])
            after += 1
        cells = [] if _is_stretched(level, left, right) else [cell for line in level for cell in _cells(line)]
        between = [(before.right, cell.left) for before, cell in pairwise(cells)]
        if rows:
            shared = _shared(strips, between, 0.5 * run[at].height)
            close = [] if shared else _under(level, rows)
            cells, between = close or cells, strips if close else shared
        if not between or (rows and cells[0].base - rows[-1][0].base > 3.5 * cells[0].height):
            break
        rows.append(cells)
        strips = between
        at = after
    rows = [_under(row, rows) or row for row in rows]
    words = sum(len(cell.words) for row in rows for cell in row) / max(1, sum(map(len, rows)))
    return (rows if len(rows) >= _TABLE_ROWS and words <= (_FEW if len(rows) == _TABLE_ROWS else _SOME) else []), at


def _under(level: Sequence[TextLine], rows: Sequence[Sequence[TextLine]]) -> list[TextLine]:
    """The cells of a row whose words stand as near to each other as in running text, where they stand under others.

    "Kestrel Sound 4,115 4,090" fills its columns; its numbers begin, or end, where those of the fullest row do.
    """
    words = [word for line in level for word in line.words]
    fullest = max(reversed(rows), key=len)  # the last one: a head stands in the middle of its column
    if len(fullest) < _SEVERAL or len(level) >= len(fullest):
        return []
    starts = [0]
    for cell in fullest[1:]:
        ends = len(cell.words) == 1
        begun = (
            at
            for at in range(starts[-1] + 1, len(words))
            if abs(words[at].left - cell.left) < _SAME or (ends and abs(words[at].right - cell.right) < _SAME)
        )
        at = next(begun, None)
        if at is None or at - starts[-1] > _SOME:
            return []
        starts.append(at)
    parts = [words[at:end] for at, end in pairwise((*starts, len(words)))]
    return [TextLine(level[0].page, part) for part in parts] if len(parts[-1]) <= _SOME else []


def _shared(
    first: Sequence[tuple[float, float]], second: Sequence[tuple[float, float]], least: float
) -> list[tuple[float, float]]:
    """The strips of white space that both have, where they are not too narrow."""
    both = [(max(one[0], other[0]), min(one[1], other[1])) for one in first for other in second]
    return [(begin, end) for begin, end in both if end - begin >= least]


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
