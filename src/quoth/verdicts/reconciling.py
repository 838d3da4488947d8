"""One list of changes for verdicts and differences: what the ledger knows of a statement's words, its verdict says too.

A date or a number that the only sentence which tells the same gives otherwise is found by comparing sentences, and may
lie in a statement whose own passage was too freely told for words to be held against words. Its verdict then must not
say that nothing is certainly another date or number.
"""

from collections.abc import Sequence
from dataclasses import replace

from quoth.types import Alignment, Change, ChangeKind, Discrepancy, Document, Grade, Places, Span, Statement, Verdict
from quoth.verdicts.confidence import UNSURE, of_support
from quoth.verdicts.reasons import reason

_CERTAIN = frozenset([ChangeKind.DATE, ChangeKind.NUMBER])
_FAITHFUL = frozenset([Grade.VERBATIM, Grade.ABRIDGED, Grade.REWORDED])
#: Code points around a verdict's passage in which a difference is one of that passage.
_BESIDE = 300


def reconciled(
    report: Document,
    statements: Sequence[Statement],
    verdicts: Sequence[Verdict],
    found: Sequence[Discrepancy],
    sources: Sequence[Document],
) -> tuple[Verdict, ...]:
    """The verdicts, with the dates and numbers that the ledger has otherwise in the words of their statements.

    Args:
        report: the report.
        statements: its statements.
        verdicts: their verdicts, in the same order.
        found: the ledger.
        sources: what they were held against.
    """
    values = [one for one in found if one.kind in _CERTAIN]
    places = Places(one.report for one in values)
    by_id = {one.id: one for one in sources}
    return tuple(
        _with(report, statement, verdict, _met(statement, values, places), by_id[verdict.pieces[0].source])
        if values and verdict.pieces and verdict.grade in _FAITHFUL
        else verdict
        for statement, verdict in zip(statements, verdicts, strict=True)
    )


def _met(statement: Statement, values: Sequence[Discrepancy], places: Places) -> list[Discrepancy]:
    """The differences that stand in the words of a statement, in order."""
    return [values[at] for at in sorted({at for span in statement.content for at in places.meeting(span)})]


def _with(
    report: Document, statement: Statement, verdict: Verdict, found: Sequence[Discrepancy], source: Document
) -> Verdict:
    here = [one for one in found if one.source == source.id]
    places = [
        Span(max(0, piece.original.start - _BESIDE), piece.original.end + _BESIDE)
        for piece in verdict.pieces
        if piece.source == source.id
    ]
    seen = tuple(
        Change(one.kind, material=True, reported=one.report, original=one.original, source=one.source)
        for one in here
        if any(place.holds(one.original) for place in places)
    )
    if not seen:
        return verdict
    sure = of_support(Grade.ALTERED, 1.0)
    told = reason(Grade.ALTERED, report, source, Alignment(reported=statement.content), seen, unsure=sure < UNSURE)
    return replace(verdict, grade=Grade.ALTERED, confidence=sure, changes=(*verdict.changes, *seen), reason=told)
