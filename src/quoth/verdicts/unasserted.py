"""Whether what a report tells in other words is said by the source at all: asked there, told of others, or refused.

"The airline knew of the crack" is not told by "Did the airline know of the crack?", nor by "My grandson is convinced
that it did"; and who says "I do not blame the referee" has not blamed him.
"""

import re
from collections.abc import Callable, Sequence

from quoth.changes.denials import cue_stems
from quoth.changes.governors import governors, nobody
from quoth.doc.doc import Doc
from quoth.doc.operators import embedding
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import Act, Alignment, ChangeKind, Span, Statement

#: Classes of words by which others think, claim or hear what a clause says.
_OTHERS = frozenset(["think", "claim", "hearsay", "hear", "doubt", "sure"])
#: Acts that say as much: "asked whether ...", "denied that ...".
_OPEN = frozenset([Act.ASK, Act.DENY, Act.REJECT])
_YES = re.compile(
    r"\s*(?:yes|yeah|yep|sure|certainly|absolutely|of course|indeed|correct|right|that is right|"
    r"i (?:do|did|am|was|have|will|would)\b(?! not))",
    re.IGNORECASE,
)
_ASKED = frozenset(["ask", "wonder"])
_MEANT = frozenset(["it", "him", "her", "them", "that"])
_FIRST = frozenset(["i", "we"])
_NEGATIONS = word_list("negations")
_BEFORE = 6  # tokens before a verb in which "I do not" stands


def unasserted(
    report: Doc, statement: Statement, alignment: Alignment, source: Doc, says: Callable[[Sequence[str]], bool] | None
) -> Span | None:
    """What keeps the words of a source that a statement was found in from being said by its speaker; None if nothing.

    Args:
        report: the report.
        statement: told in other words.
        alignment: with its pieces, those of a close retelling.
        source: where they stand.
        says: whether a subject, given as keys of tokens, is the speaker himself.
    """
    if statement.act in _OPEN or not alignment.pieces:
        return None
    begin, end = report.range(statement.extent)
    low = report.tokens_of(report.sentence_of(begin))[0]
    high = report.tokens_of(report.sentence_of(max(begin, end - 1)))[1]
    if any(one.kind in _OTHERS for one in embedding(report.keys[low:high])):
        return None
    for piece in alignment.pieces:
        first, last = source.range(piece.original)
        if last - first < 3:  # noqa: PLR2004 - a name, and no clause
            continue
        for one in governors(source, first, last, says or nobody):
            words = source.stems[slice(*source.range(one.span))]
            asked = "?" in one.span.of(source.text) or not _ASKED.isdisjoint(words)
            if one.kind is ChangeKind.QUESTION and asked and not _answered(source, piece.original):
                return one.span
            at, end = source.range(one.span)
            if not _FIRST.isdisjoint(source.keys[max(0, at - 2) : end]):
                continue  # "I hope that": what the speaker thinks himself
            classes = {head.kind for head in embedding(source.keys[at:end])}
            if one.kind in {ChangeKind.AGENT, ChangeKind.HEDGE} and not one.opinion and classes & _OTHERS:
                return one.span
    return None


def _answered(source: Doc, asked: Span) -> bool:
    """Whether a question is answered with a yes, or with more than a no: what its answer says is told elsewhere."""
    number = source.sentence_of(source.range(asked)[0])
    if number + 1 >= len(source.sentences):
        return False
    return _YES.match(source.sentences[number + 1].of(source.text)) is not None


def refused(report: Doc, statement: Statement, source: Doc, eligible: Sequence[int]) -> Span | None:
    """Where the speaker says that he does not do what the report's verb says he did: "I do not blame the referee"."""
    stems = cue_stems(report, statement)
    if statement.act in _OPEN or statement.negated or not stems:
        return None
    tokens = [at for span in statement.content for at in range(*report.range(span))]
    told = {report.stems[at] for at in tokens if report.keys[at] not in function_words()}
    found: list[Span] = []
    for number in eligible:
        start, stop = source.tokens_of(number)
        for at in range(start, stop):
            if source.stems[at] not in stems:
                continue
            low = max(start, at - _BEFORE)
            before = source.keys[low:at]
            if not told & {*source.stems[at:stop]} and not {"it", "him", "her", "them", "that"} & {
                *source.keys[at:stop]
            }:
                continue
            if _FIRST.isdisjoint(before) or _NEGATIONS.isdisjoint(before):
                return None  # he does it elsewhere, or nobody knows
            found.append(source.span(low, at + 1))
    return found[0] if found else None
