"""Retellings that share hardly a word with their source: found by meaning, where a judge sees the same thing said."""

from collections.abc import Sequence

from quoth.doc.numbers import numbers
from quoth.doc.operators import markers_of
from quoth.doc.tokens import units
from quoth.models.ports import Judge
from quoth.types import Alignment, Change, ChangeKind, Document, Piece, Span, Statement

#: Likeness of meaning from which on the judge is asked at all. Of 150 quotations of the fidelity set's development part
#: that are not in their source the nearest passage has more in fourteen.
WORTH_ASKING = 0.6
#: How sure at most the judge may be that the passage does not carry the words: of those fourteen the lowest is .85.
ABSENT_AT_MOST = 0.3
#: Kinds of negation that other words say without one: "prevented from leaving" and "kept in", "unsafe" and "dangerous".
_OTHER_WORDS = frozenset(["deny", "un"])


def retold(
    report: Document, statement: Statement, alignment: Alignment, sources: Sequence[Document], judge: Judge | None
) -> tuple[Piece, Change] | None:
    """The nearest passage as the place of a statement in wholly other words, if it is one; else None.

    Args:
        report: the reporting document.
        statement: the statement, of which too few words were found.
        alignment: of this statement.
        sources: the documents that were searched.
        judge: reads both; without one nothing is found so.

    Returns:
        One piece over all of the words, and one change of wording. Numbers and negations must be the same in both:
        where they are not, nobody can tell an altered retelling from a sentence about the same matter.
    """
    nearest = alignment.likeliest
    if judge is None or nearest is None or (alignment.meaning or 0.0) < WORTH_ASKING:
        return None
    source = next((one for one in sources if one.id == nearest.document), None)
    if source is None:
        return None
    ours = _bare(report.text, statement.extent)
    theirs = Span(nearest.start, nearest.end).trimmed(source.text)
    written = " ".join(_bare(report.text, span).of(report.text) for span in statement.content)
    if _counted(written) != _counted(theirs.of(source.text)):
        return None
    if judge.judge([(written, theirs.of(source.text))])[0].absent > ABSENT_AT_MOST:
        return None
    return Piece(ours, source.id, theirs), Change(
        ChangeKind.WORDING, material=False, reported=ours, original=theirs, source=source.id
    )


def _bare(text: str, span: Span) -> Span:
    """The span from its first word to the end of its last."""
    found = units(text, span.start, span.end)
    return Span(found[0].start, found[-1].end) if found else span


def _counted(text: str) -> tuple[tuple[object, ...], int]:
    """The values of the numbers of a text, and how many negations it has."""
    values = tuple(sorted((one.low, one.high) for one in numbers(text)))
    return values, sum(
        marker.family == "negation" and marker.kind not in _OTHER_WORDS for marker in markers_of(units(text))
    )
