"""A statement and the passage it is graded against, read once for all detectors of change."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from quoth.changes.sides import Pairing, Side, pairing, zones
from quoth.doc.doc import analysed
from quoth.doc.operators import Marker
from quoth.types import Alignment, Change, ChangeKind, Document, Edit, EditKind, Mode, Span, Statement


@dataclass(frozen=True)
class Case:
    """What the detectors read.

    Attributes:
        ours: the reported side; its zones are the statement's content.
        theirs: the source's side; its zones are the sentences that the pieces stand in.
        pairs: which word stands for which.
        alignment: pieces and edits.
        mode: direct, indirect or mixed speech.
        source: id of the source.
    """

    ours: Side
    theirs: Side
    pairs: Pairing
    alignment: Alignment
    mode: Mode
    source: str

    @property
    def edits(self) -> Sequence[Edit]:
        """The edits, in the order of the report."""
        return self.alignment.edits

    @cached_property
    def hulls(self) -> tuple[Span, ...]:
        """The source from the first paired word to the last, cut where the report reads on elsewhere."""
        replaced = sorted(
            edit.original
            for edit in self.edits
            if edit.original and edit.kind in {EditKind.LEFT_OUT, EditKind.REPLACED}
        )
        found: list[Span] = []
        for piece in self.alignment.pieces:
            last = found[-1] if found else None
            if (
                last
                and piece.original.start - last.end >= 0
                and any(
                    original.end <= piece.original.start
                    for original in replaced[
                        bisect_left(replaced, (last.end,)) : bisect_left(replaced, (piece.original.start + 1,))
                    ]
                )
            ):
                found[-1] = Span(last.start, piece.original.end)
            else:
                found.append(piece.original)
        return tuple(found)

    @property
    def passages(self) -> tuple[str, str]:
        """The reported words and the stretch of the source that they come from, as a judge reads them."""
        ours = self.ours.text[self.ours.zones[0].start : self.ours.zones[-1].end]
        first = min(hull.start for hull in self.hulls)
        last = max(hull.end for hull in self.hulls)
        return ours, self.theirs.text[first:last]

    @cached_property
    def _reported_edits(self) -> "Places":
        return Places(edit.reported for edit in self.edits)

    @cached_property
    def _original_edits(self) -> "Places":
        return Places(edit.original for edit in self.edits)

    @cached_property
    def _hulls(self) -> "Places":
        return Places(self.hulls)

    def inside(self, span: Span) -> bool:
        """Whether a span of the source lies in what the report took over."""
        return bool(self._hulls.meeting(span) or self._original_edits.meeting(span))

    def edits_at(self, reported: Span) -> list[Edit]:
        """The edits that touch a span of the report, in its order."""
        return [self.edits[at] for at in self._reported_edits.meeting(reported)]

    def our_span(self, marker: Marker) -> Span:
        """Where a reported marker stands."""
        return self.ours.span(marker.first, marker.last)

    def their_span(self, marker: Marker) -> Span:
        """Where a marker of the source stands."""
        return self.theirs.span(marker.first, marker.last)

    def place(self, unit: int) -> int | None:
        """Offset in the source of the reported unit's mate, or of its nearest paired neighbour's."""
        units = self.ours.units
        for step in range(len(units)):
            for number in (unit - step, unit + step):
                if 0 <= number < len(units):
                    found = self.pairs.there.get(units[number].start)
                    if found:
                        return found.start
        return None

    def edit_of(self, reported: Span | None, original: Span | None) -> Edit | None:
        """The edit that touches a span of either side."""
        here = self._reported_edits.meeting(reported) if reported else []
        there = self._original_edits.meeting(original) if original else []
        return self.edits[min(here + there)] if here or there else None

    def change(
        self, kind: ChangeKind, reported: Span | None, original: Span | None, *, material: bool = True
    ) -> Change:
        """A change of this case."""
        return Change(kind, material, reported, original, self.source)


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


def case(report: Document, statement: Statement, alignment: Alignment, source: Document) -> Case:
    """Read what grading needs of a statement and its source."""
    return Case(
        ours=Side(analysed(report), tuple(statement.content)),
        theirs=Side(analysed(source), zones(alignment, analysed(source))),
        pairs=pairing(alignment),
        alignment=alignment,
        mode=statement.mode,
        source=source.id,
    )
