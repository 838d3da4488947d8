"""`grade`: from an Alignment to a Verdict, the most serious grade that holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quoth.encoder.port import Embedder, Judge
from quoth.grading.classifying import changes
from quoth.grading.confidence import UNSURE, confidence
from quoth.grading.originals import Original, original_of
from quoth.grading.placing import found, gaps, spliced, tidied, turned, unglossed
from quoth.grading.reasons import gathered_reason, reason, retranslated, translated_from
from quoth.grading.retelling import retold
from quoth.values import Alignment, Change, Document, Grade, Piece, Searched, Span, Statement, Verdict


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
        alignment: of this statement, from `quoth.aligning.align`.
        sources: the documents that were searched.
        judge: tells same meaning from changed meaning; without one, tables and rules decide.
        embedder: tells whether a word that the tables do not know is another word for the source's.
    """
    by_id = {source.id: source for source in sources}
    searched = Searched(alignment.documents, alignment.passages, alignment.nearest)
    if alignment.drawn:
        return _gathered(report, statement, alignment, by_id, searched, judge, embedder)
    source = by_id.get(alignment.pieces[0].source) if alignment.pieces else None
    if source is None or not found(alignment, statement.mode):
        whole = retold(report, statement, alignment, sources, judge)
        if whole is not None:
            piece, change = whole
            return _retold(statement, searched, piece, change, original_of(by_id[piece.source], sources))
        given = Grade.NOT_FOUND
        seen: tuple[Change, ...] = ()
        pieces: tuple[Piece, ...] = ()
        source = None
    else:
        seen = changes(report, statement, alignment, source, judge, embedder)
        given = _grade(report, source, alignment, seen)
        pieces = _pieces(given, alignment, report, source)
    sure = confidence(given, alignment, seen)
    original = original_of(source, sources) if source and retranslated(alignment, seen) else None
    return Verdict(
        statement=statement.id,
        grade=given,
        confidence=sure,
        pieces=pieces,
        changes=seen,
        reason=reason(given, report, source, alignment, seen, original=original, unsure=sure < UNSURE),
        searched=searched,
    )


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
    return Verdict(
        statement=statement.id,
        grade=given,
        confidence=sure,
        pieces=pieces,
        changes=seen,
        reason=gathered_reason(report, sources, alignment, seen, unsure=sure < UNSURE),
        searched=searched,
    )


RETOLD_REASON = (
    "Hardly a word is the source's own, but the passage shown is, for all a trained judge can tell, what this renders,"
    " as in another translation, with the same numbers and negations; whether anything material changed needs a reader"
)
#: How often a retelling found by meaning alone is one: not counted, for want of examples; below what is called unsure.
RETOLD = 0.7


def _retold(
    statement: Statement, searched: Searched, piece: Piece, change: Change, original: Original | None
) -> Verdict:
    """The verdict on a statement in wholly other words."""
    return Verdict(
        statement=statement.id,
        grade=Grade.REWORDED,
        confidence=RETOLD,
        pieces=(piece,),
        changes=(change,),
        reason=f"{RETOLD_REASON}{translated_from(original)}.",
        searched=searched,
    )


def _grade(report: Document, source: Document, alignment: Alignment, seen: Sequence[Change]) -> Grade:
    if any(change.material for change in seen):
        return Grade.ALTERED
    if spliced(report, source, alignment):
        return Grade.SPLICED
    if turned(alignment) or any(tidied(edit, alignment, source) for edit in alignment.edits):
        return Grade.REWORDED
    if gaps(alignment) or any(edit.marked for edit in alignment.edits):
        return Grade.ABRIDGED
    return Grade.VERBATIM


#: Pieces further apart than this, in code points of the source, are shown as two even where words changed throughout.
FARTHEST = 400


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
