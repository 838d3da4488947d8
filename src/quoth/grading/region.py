"""The two texts of a verdict, read for what decides a claim: units, markers, numbers and dates, where it matters."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from quoth.text.dates import DateKind, DateMention, dates
from quoth.text.markers import Marker, markers_of
from quoth.text.numbers import NumberMention, numbers
from quoth.text.sentences import sentences
from quoth.text.units import Unit, units
from quoth.values import Alignment, Span, united

#: How far around the pieces a source is read for the sentence that they stand in, in code points.
AROUND = 700


@dataclass(frozen=True)
class Side:
    """One of the two texts, as far as it is read.

    Attributes:
        text: the whole text.
        zones: the stretches that are read, in order.
    """

    text: str
    zones: tuple[Span, ...]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of the zones, in order."""
        return tuple(unit for zone in self.zones for unit in units(self.text, zone.start, zone.end))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each unit starts."""
        return tuple(unit.start for unit in self.units)

    @cached_property
    def markers(self) -> tuple[Marker, ...]:
        """Markers among the units."""
        return tuple(markers_of(self.units))

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Dates in the zones; "12 years ago" is read as a number."""
        return tuple(
            replace(found, span=found.span.shifted(zone.start))
            for zone in self.zones
            for found in dates(zone.of(self.text))
            if found.kind is not DateKind.RELATIVE or not numbers(found.span.of(zone.of(self.text)))
        )

    @cached_property
    def numbers(self) -> tuple[NumberMention, ...]:
        """Numbers in the zones that are no part of a date."""
        taken = [found.span for found in self.dates]
        return tuple(
            replace(found, span=found.span.shifted(zone.start))
            for zone in self.zones
            for found in numbers(zone.of(self.text))
            if not any(found.span.shifted(zone.start).meets(other) for other in taken)
        )

    @cached_property
    def counted(self) -> tuple[Span, ...]:
        """Where numbers and dates stand."""
        return tuple(found.span for found in self.numbers) + tuple(found.span for found in self.dates)

    def range(self, span: Span) -> tuple[int, int]:
        """Numbers of the units inside a span: first, and just past the last."""
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)

    def inside(self, span: Span) -> Sequence[Unit]:
        """The units inside a span."""
        first, last = self.range(span)
        return self.units[first:last]

    def span(self, first: int, last: int) -> Span:
        """The span from unit `first` to just before unit `last`."""
        return Span(self.units[first].start, self.units[last - 1].end)


@dataclass(frozen=True)
class Pairing:
    """Which word stands for which, both ways, by the offsets where they start."""

    there: Mapping[int, Span]
    back: Mapping[int, Span]


def pairing(alignment: Alignment) -> Pairing:
    """The word pairs of an alignment, to be looked up from either side."""
    return Pairing(
        {ours.start: theirs for ours, theirs in alignment.pairs},
        {theirs.start: ours for ours, theirs in alignment.pairs},
    )


def zones(alignment: Alignment, text: str) -> tuple[Span, ...]:
    """The sentences of the source that the pieces stand in, those that touch made one."""
    found: list[Span] = []
    for piece in alignment.pieces:
        low, high = max(0, piece.original.start - AROUND), min(len(text), piece.original.end + AROUND)
        every = _sentences(text)
        first = bisect_right(every, piece.original.start, key=lambda span: span.end)
        last = bisect_left(every, piece.original.end, key=lambda span: span.start)
        touched = every[first:last] or [piece.original]
        around = Span(max(low, touched[0].start), min(high, touched[-1].end)).trimmed(text)
        found.append(Span(min(around.start, piece.original.start), max(around.end, piece.original.end)))
    return united(found)


@lru_cache(maxsize=4)
def _sentences(text: str) -> list[Span]:
    """The sentences of a source, read once for all statements."""
    return sentences(text)
