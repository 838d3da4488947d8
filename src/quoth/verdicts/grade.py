"""`grade`: from an Alignment to a Verdict, the most serious grade that holds."""

from collections.abc import Sequence

from quoth.types import Alignment, Change, Document, Grade, Piece, Span
from quoth.verdicts.support import spliced, tidied, turned, unglossed, whole

#: Pieces further apart than this, in code points of the source, are shown as two even where words changed throughout.
FARTHEST = 400


def graded(report: Document, source: Document, alignment: Alignment, seen: Sequence[Change]) -> Grade:
    """The most serious grade that holds, for words found in one place of one source."""
    if any(change.material for change in seen):
        return Grade.ALTERED
    if spliced(source, alignment):
        return Grade.SPLICED
    if turned(alignment) or any(tidied(edit, alignment, report, source) for edit in alignment.edits):
        return Grade.REWORDED
    if not whole(source, alignment) or any(edit.marked for edit in alignment.edits):
        return Grade.ABRIDGED
    return Grade.VERBATIM


def shown(given: Grade, alignment: Alignment, report: Document, source: Document) -> tuple[Piece, ...]:
    """The pieces as they are shown: one stretch where words changed throughout, else each exact piece."""
    if given not in {Grade.REWORDED, Grade.ALTERED}:
        return unglossed(alignment, report, source)
    merged: list[Piece] = []
    for piece in alignment.pieces:
        last = merged[-1] if merged else None
        if last and last.source == piece.source and 0 <= piece.original.start - last.original.end <= FARTHEST:
            merged[-1] = Piece(
                Span(last.reported.start, piece.reported.end),
                piece.source,
                Span(last.original.start, piece.original.end),
            )
        else:
            merged.append(piece)
    return tuple(merged)
