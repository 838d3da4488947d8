"""A statement and the passage it is graded against, read once for all detectors of change."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from quoth.changes.sides import Pairing, Side, pairing, side, zones
from quoth.doc.doc import analysed
from quoth.doc.operators import Marker
from quoth.types import Alignment, Change, ChangeKind, Document, Edit, EditKind, Mode, Places, Span, Statement


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
    def alike(self) -> bool:
        """Whether both sides are read for one and the same words, each standing for itself: nothing can differ."""
        if self.edits or len(self.ours.zones) != 1 or len(self.theirs.zones) != 1:
            return False
        ours, theirs = self.ours.zones[0], self.theirs.zones[0]
        apart = theirs.start - ours.start
        return ours.of(self.ours.text) == theirs.of(self.theirs.text) and all(
            there.start - here.start == apart for here, there in self.alignment.pairs
        )

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
    def _reported_edits(self) -> Places:
        return Places(edit.reported for edit in self.edits)

    @cached_property
    def _original_edits(self) -> Places:
        return Places(edit.original for edit in self.edits)

    @cached_property
    def _hulls(self) -> Places:
        return Places(self.hulls)

    def inside(self, span: Span) -> bool:
        """Whether a span of the source lies in what the report took over."""
        return bool(self._hulls.meeting(span) or self._original_edits.meeting(span))

    def edits_at(self, reported: Span) -> list[Edit]:
        """The edits that touch a span of the report, in its order."""
        return [self.edits[at] for at in self._reported_edits.meeting(reported)]

    def edits_of(self, original: Span) -> list[Edit]:
        """The edits that touch a span of the source, in the order of the report."""
        return [self.edits[at] for at in self._original_edits.meeting(original)]

    def hulls_at(self, span: Span) -> list[Span]:
        """The hulls that share a code point with a span of the source."""
        return [self.hulls[at] for at in self._hulls.meeting(span)]

    def our_span(self, marker: Marker) -> Span:
        """Where a reported marker stands."""
        return self.ours.span(marker.first, marker.last)

    def their_span(self, marker: Marker) -> Span:
        """Where a marker of the source stands."""
        return self.theirs.span(marker.first, marker.last)

    def place(self, unit: int) -> int | None:
        """Offset in the source of the reported unit's mate, or of its nearest paired neighbour's."""
        at = bisect_left(self._paired, unit)
        near = self._paired[max(0, at - 1) : at + 1]
        if not near:
            return None
        nearest = min(near, key=lambda number: abs(number - unit))  # of two as near the first
        return self.pairs.there[self.ours.units[nearest].start].start

    @cached_property
    def _paired(self) -> list[int]:
        """Numbers of the reported units that have a mate."""
        return [number for number, unit in enumerate(self.ours.units) if unit.start in self.pairs.there]

    @cached_property
    def places(self) -> int:
        """In how many places the quotation has other words than the source, or has them elsewhere."""
        places = 0
        for edit in self.edits:
            if edit.marked:
                continue
            ours = [unit.key for unit in self.ours.inside(edit.reported)] if edit.reported else []
            theirs = [unit.key for unit in self.theirs.inside(edit.original)] if edit.original else []
            if ours != theirs or edit.kind is EditKind.MOVED:
                places += 1
        return places

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


def case(report: Document, statement: Statement, alignment: Alignment, source: Document) -> Case:
    """Read what grading needs of a statement and its source."""
    return Case(
        ours=side(analysed(report), tuple(statement.content)),
        theirs=side(analysed(source), zones(alignment, analysed(source))),
        pairs=pairing(alignment),
        alignment=alignment,
        mode=statement.mode,
        source=source.id,
    )
