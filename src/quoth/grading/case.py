"""A statement and the passage it is graded against, read once for all detectors of change."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from quoth.grading.region import Pairing, Side, pairing, zones
from quoth.text.markers import Marker
from quoth.values import Alignment, Change, ChangeKind, Document, Edit, EditKind, Mode, Span, Statement


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

    def inside(self, span: Span) -> bool:
        """Whether a span of the source lies in what the report took over."""
        return any(hull.meets(span) for hull in self.hulls) or any(
            edit.original and edit.original.meets(span) for edit in self.edits
        )

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
        for edit in self.edits:
            if reported and edit.reported and edit.reported.meets(reported):
                return edit
            if original and edit.original and edit.original.meets(original):
                return edit
        return None

    def change(
        self, kind: ChangeKind, reported: Span | None, original: Span | None, *, material: bool = True
    ) -> Change:
        """A change of this case."""
        return Change(kind, material, reported, original, self.source)


def case(report: Document, statement: Statement, alignment: Alignment, source: Document) -> Case:
    """Read what grading needs of a statement and its source."""
    return Case(
        ours=Side(report.text, tuple(statement.content)),
        theirs=Side(source.text, zones(alignment, source.text)),
        pairs=pairing(alignment),
        alignment=alignment,
        mode=statement.mode,
        source=source.id,
    )
