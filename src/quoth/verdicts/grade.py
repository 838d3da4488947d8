"""`grade`: from an Alignment to a Verdict, the most serious grade that holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quoth.changes.classify import changes
from quoth.models.ports import Embedder, Judge
from quoth.types import Alignment, Change, Document, Grade, Piece, Searched, Span, Statement, Verdict
from quoth.verdicts.confidence import UNSURE, confidence
from quoth.verdicts.originals import original_of
from quoth.verdicts.reasons import gathered_reason, reason, retold_reason, retranslated
from quoth.verdicts.retelling import retold
from quoth.verdicts.support import found, spliced, tidied, turned, unglossed

#: How often a retelling found by meaning alone is one: not counted, for want of examples; below what is called unsure.
RETOLD = 0.7
#: Pieces further apart than this, in code points of the source, are shown as two even where words changed throughout.
FARTHEST = 400


def grade(
    report: Document,
    statement: Statement,
    alignment: Alignment,
    sources: Sequence[Document],
    judge: Judge | None = None,
    embedder: Embedder | None = None,
) -> Verdict:
    """Grade one statement.

    Args:
        report: the reporting document.
        statement: the statement; its mode decides whether tense and person may shift.
        alignment: of this statement, from `quoth.alignment.align`.
        sources: the documents that were searched.
        judge: tells same meaning from changed meaning; without one, tables and rules decide.
        embedder: tells whether a word that the tables do not know is another word for the source's.
    """
    by_id = {source.id: source for source in sources}
    searched = Searched(alignment.documents, alignment.passages, alignment.nearest)
    if alignment.drawn:
        return _gathered(report, statement, alignment, by_id, searched, judge, embedder)
    source = by_id.get(alignment.pieces[0].source) if alignment.pieces else None
    if source is not None and found(alignment, statement.mode):
        seen = changes(report, statement, alignment, source, judge, embedder)
        given = _grade(source, alignment, seen)
        sure = confidence(given, alignment, seen)
        original = original_of(source, sources) if retranslated(alignment, seen) else None
        told = reason(given, report, source, alignment, seen, original=original, unsure=sure < UNSURE)
        return Verdict(statement.id, given, sure, _pieces(given, alignment, report, source), seen, told, searched)
    whole = retold(report, statement, alignment, sources, judge)
    if whole is not None:
        piece, change = whole
        told = retold_reason(original_of(by_id[piece.source], sources))
        return Verdict(statement.id, Grade.REWORDED, RETOLD, (piece,), (change,), told, searched)
    sure = confidence(Grade.NOT_FOUND, alignment, ())
    told = reason(Grade.NOT_FOUND, report, None, alignment, (), unsure=sure < UNSURE)
    return Verdict(statement.id, Grade.NOT_FOUND, sure, (), (), told, searched)


def _gathered(
    report: Document,
    statement: Statement,
    alignment: Alignment,
    sources: Mapping[str, Document],
    searched: Searched,
    judge: Judge | None,
    embedder: Embedder | None,
) -> Verdict:
    """The verdict on words drawn from several sources: each stretch is held against its own; joined they splice."""
    seen: tuple[Change, ...] = ()
    pieces: tuple[Piece, ...] = ()
    for part in alignment.drawn:
        source = sources[part.pieces[0].source]
        seen += changes(report, replace(statement, content=part.reported), part, source, judge, embedder)
        pieces += unglossed(part, report, source)
    given = Grade.ALTERED if any(change.material for change in seen) else Grade.SPLICED
    sure = confidence(given, alignment, seen)
    told = gathered_reason(report, sources, alignment, seen, unsure=sure < UNSURE)
    return Verdict(statement.id, given, sure, pieces, seen, told, searched)


def _grade(source: Document, alignment: Alignment, seen: Sequence[Change]) -> Grade:
    if any(change.material for change in seen):
        return Grade.ALTERED
    if spliced(source, alignment):
        return Grade.SPLICED
    if turned(alignment) or any(tidied(edit, alignment, source) for edit in alignment.edits):
        return Grade.REWORDED
    if len(alignment.pieces) > 1 or any(edit.marked for edit in alignment.edits):
        return Grade.ABRIDGED
    return Grade.VERBATIM


def _pieces(given: Grade, alignment: Alignment, report: Document, source: Document) -> tuple[Piece, ...]:
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
