"""Where words stand: spans of a text and passages of a document."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch `[start, end)` of a text, in Unicode code points.

    Attributes:
        start: offset of the first code point.
        end: offset just past the last one; never smaller than `start`.
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points covered."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words that the span covers in `text`."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, offset: int) -> "Span":
        """The same stretch in a text where it stands `offset` code points further on."""
        return Span(self.start + offset, self.end + offset)

    def trimmed(self, text: str) -> "Span":
        """The span without white space at its ends; empty if it held nothing else."""
        words = text[self.start : self.end]
        start = self.start + len(words) - len(words.lstrip())
        return Span(start, start + len(words.strip()))


def overlap(first: Span, second: Span) -> int:
    """How many code points two spans share."""
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """What spans cover together, in order: those that overlap or touch are made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


class Places:
    """Spans, looked up by where they stand; `None` stands nowhere."""

    def __init__(self, spans: Iterable[Span | None]) -> None:
        self._spans = sorted((span, at) for at, span in enumerate(spans) if span)
        self._starts = [span.start for span, _ in self._spans]
        self._ends = list(accumulate((span.end for span, _ in self._spans), max))  # of all up to each

    def meeting(self, span: Span) -> list[int]:
        """The numbers, in order, of those that share a code point with a span."""
        first, last = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
        return sorted(at for place, at in self._spans[first:last] if place.meets(span))

    def spans_meeting(self, span: Span) -> list[Span]:
        """Those that share a code point with a span, in order of their places."""
        first, last = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
        return [place for place, _ in self._spans[first:last] if place.meets(span)]


class Passage(NamedTuple):
    """A stretch of one document; it owns no text.

    Attributes:
        document: id of the document.
        start: offset of the first code point of `document.text`.
        end: offset just past the last one.
    """

    document: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The stretch without its document."""
        return Span(self.start, self.end)
