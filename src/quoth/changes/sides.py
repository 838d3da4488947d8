"""The two texts of a verdict, read for what decides a claim: units, markers, numbers and dates, where it matters."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from quoth.doc.dates import DateMention
from quoth.doc.doc import Doc
from quoth.doc.numbers import NumberMention
from quoth.doc.operators import Marker, markers
from quoth.doc.tokens import Unit
from quoth.types import Alignment, Places, Span, united

#: How far around the pieces a source is read for the sentence that they stand in, in code points.
AROUND = 700


@dataclass(frozen=True)
class Side:
    """One of the two texts, as far as it is read.

    Attributes:
        doc: the analysis of the whole text.
        zones: the stretches that are read, in order.
    """

    doc: Doc
    zones: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return self.doc.text

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The tokens of the zones, in order."""
        return tuple(unit for zone in self.zones for unit in self.doc.inside(zone))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each unit starts."""
        return tuple(unit.start for unit in self.units)

    @cached_property
    def markers(self) -> tuple[Marker, ...]:
        """Operators among the units."""
        local = {start: number for number, start in enumerate(self.starts)}
        found = []
        for one in (one for zone in self.zones for one in _operators(self.doc, *self.doc.range(zone))):
            first, last = local.get(self.doc.starts[one.first]), local.get(self.doc.starts[one.last - 1])
            if first is not None and last is not None:
                found.append(replace(one, first=first, last=last + 1))
        return tuple(found)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Dates in the zones."""
        return self.doc.dates_in(self.zones)

    @cached_property
    def numbers(self) -> tuple[NumberMention, ...]:
        """Numbers in the zones that are no part of a date."""
        return self.doc.numbers_at(self.zones)

    @cached_property
    def counted(self) -> tuple[Span, ...]:
        """Where numbers and dates stand."""
        return tuple(found.span for found in self.numbers) + tuple(found.span for found in self.dates)

    @cached_property
    def _counted(self) -> Places:
        return Places(self.counted)

    def counts(self, span: Span) -> bool:
        """Whether a span shares a code point with a number or a date."""
        return bool(self._counted.meeting(span))

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


@lru_cache(maxsize=32)
def side(doc: Doc, zones: tuple[Span, ...]) -> Side:
    """A text as far as it is read; the same one for phrases of one sentence, which are held against the same place."""
    return Side(doc, zones)


def _operators(doc: Doc, first: int, last: int) -> Iterator[Marker]:
    """The operators among some tokens; of one that reaches beyond them what these say alone: has "got to be"."""
    for one in doc.operators_in(doc.tokens_of(doc.sentence_of(first))[0] if first < last else first, last):
        low, high = max(one.first, first), min(one.last, last)
        if (low, high) == (one.first, one.last):
            yield one
        elif low < high:
            yield from (replace(m, first=m.first + low, last=m.last + low) for m in markers(doc.keys[low:high]))


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


def zones(alignment: Alignment, doc: Doc) -> tuple[Span, ...]:
    """The sentences of the source that the pieces stand in, those that touch made one."""
    found: list[Span] = []
    for piece in alignment.pieces:
        first, last = doc.range(piece.original)
        if first >= last:
            found.append(piece.original)
            continue
        start, end = doc.sentences[doc.sentence_of(first)].start, doc.sentences[doc.sentence_of(last - 1)].end
        found.append(Span(min(start, piece.original.start), max(end, piece.original.end)))
    return united(found)
