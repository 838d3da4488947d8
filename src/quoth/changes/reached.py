"""What a figure reached told as how far it moved, or the reverse: "rose to 5 percent" for "rose by 5 percent"."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from quoth.changes.comparison import Case
from quoth.changes.quantities import may_be_year, same_mention
from quoth.changes.sides import Side
from quoth.doc.doc import Doc
from quoth.doc.numbers import NumberKind, NumberMention
from quoth.doc.stems import stem
from quoth.doc.times import CLOCK
from quoth.doc.word_lists import word_list
from quoth.types import Change, ChangeKind, Span

_MOVING = frozenset(stem(word) for word in word_list("moving"))
_FILLING = frozenset(["a", "an", "the", "another", "further", "just", "only", "almost", "nearly", "some", "about"])


class _Part(StrEnum):
    """What a number is to the movement of a figure."""

    START = "from"
    DISTANCE = "by"
    END = "to"


@dataclass(frozen=True, slots=True)
class _Moved:
    number: NumberMention
    part: _Part
    span: Span  # with its preposition


def reached_changes(case: Case) -> Iterator[Change]:
    """Numbers with one value on both sides, where one is what a figure moved to and the other how far it moved.

    Nothing is claimed where the source's passage tells the number in the report's way too, or in neither.
    """
    ours, theirs = _moved(case.ours), _moved(case.theirs)
    for one in ours:
        twins = [other for other in theirs if same_mention(one.number, other.number)]
        told = sum(same_mention(one.number, other) for other in case.theirs.numbers)
        if twins and told == len(twins) and all(other.part is not one.part for other in twins):
            yield case.change(ChangeKind.NUMBER, one.span, twins[0].span)


def _moved(side: Side) -> list[_Moved]:
    return [found for number in side.numbers if (found := _part(side.doc, number)) is not None]


def _part(doc: Doc, number: NumberMention) -> _Moved | None:
    """What a number is to the movement that its clause tells, if it tells one."""
    first = doc.range(number.span)[0]
    if (
        number.low != number.high
        or number.kind is NumberKind.ORDINAL
        or may_be_year(number)
        or number.unit.startswith(CLOCK)
    ):
        return None  # "cut by 2031"
    at = _leading(doc, first) if first < len(doc.keys) else None
    if at is None:
        return None
    span = Span(doc.tokens[at].start, number.span.end)
    if stem(doc.keys[at]) in _MOVING:
        return _Moved(number, _Part.DISTANCE, span)
    return _Moved(number, _PARTS[doc.keys[at]], span) if doc.keys[at] in _PARTS and _moves(doc, at) else None


def _leading(doc: Doc, first: int) -> int | None:
    """The token before a number and its hedges, in its sentence: "to" of "rose to about 5 percent"."""
    start = doc.tokens_of(doc.sentence_of(first))[0]
    hedges = [one for one in doc.operators_in(start, first) if one.family == "hedge"]
    for at in range(first - 1, start - 1, -1):
        if any(one.first <= at < one.last and doc.keys[one.first] == "up" for one in hedges):
            return None  # "up to 5 percent" is a bound
        hedged = any(one.first <= at < one.last for one in hedges)
        if doc.keys[at] in _PARTS or not (hedged or doc.keys[at] in _FILLING):
            return at
    return None


def _moves(doc: Doc, at: int) -> bool:
    """Whether a word such as "rose" stands before a preposition, in its clause."""
    start = doc.tokens_of(doc.sentence_of(at))[0]
    if start == at or ";" in doc.text[doc.tokens[start].start : doc.tokens[at].start]:
        return False
    before = [stem(key) for key in doc.keys[start:at]]
    return before[-1] in _MOVING if doc.keys[at] == "of" else not _MOVING.isdisjoint(before)


_PARTS = {"to": _Part.END, "by": _Part.DISTANCE, "of": _Part.DISTANCE, "from": _Part.START}
