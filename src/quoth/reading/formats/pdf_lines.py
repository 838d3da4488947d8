"""The words of a PDF's pages as lines, in reading order.

Files have their words mostly in reading order, columns and tables too, so that order is kept wherever it goes down the
page or on to the next column; where it does not, the lines are ordered by the white space between them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from quoth.reading.formats.pdf_words import Page, Word

_COLUMN_GAP = 1.8  # of a line's height: wider between two words of one line parts columns or cells
_NUMBERED = 5  # lines of a page whose lines are surely numbered
_DISORDER = 0.1  # share of lines that may stand higher than the one before them


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


def lines_of(page: Page) -> list[TextLine]:
    """The lines of a page, each in one column, in the order of the file."""
    found: list[list[Word]] = []
    numbers = _line_numbers(page.words)
    for word in page.words:
        if id(word) in numbers:
            continue
        if found and _is_beside(found[-1], word):
            found[-1].append(word)
        else:
            word.glued = word.raised = False
            found.append([word])
    return [TextLine(page.number, words) for words in found]


def _line_numbers(words: Sequence[Word]) -> frozenset[int]:
    """The words (by `id`) that number the lines of a page, as transcripts of courts have them: left of all others."""
    margin = min((word.left for word in words if not word.text.isdecimal()), default=0.0)
    left = sorted((word for word in words if word.text.isdecimal() and word.right <= margin), key=lambda one: one.base)
    steps = sum(int(after.text) == int(before.text) + 1 for before, after in pairwise(left))
    return frozenset(map(id, left)) if steps >= max(_NUMBERED, 0.9 * (len(left) - 1)) else frozenset()


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


def ordered(lines: list[TextLine]) -> list[TextLine]:
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


def runs_of(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines that go down one column of one page."""
    found: list[list[TextLine]] = []
    for line in lines:
        last = found[-1][-1] if found else None
        if last is not None and line.base > last.base - 0.4 * last.height:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def usual(values: Sequence[float]) -> float:
    """The value that most have, to half a point."""
    counted = Counter(round(value * 2) / 2 for value in values)
    return counted.most_common(1)[0][0] if counted else 1.0
