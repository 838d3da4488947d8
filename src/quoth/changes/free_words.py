"""Numbers, dates, hedges and conditions told in free words: what certainly stands for another one in the source.

In a paraphrase the words that an alignment pairs need not answer each other. So a change is claimed only of the one
pair that can be meant: both count the same thing, nothing else in the passage does, and the source has the report's
value nowhere.
"""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, islice

from quoth.changes.comparison import Case
from quoth.changes.quantities import Value, same, same_mention
from quoth.changes.sides import Side
from quoth.doc.doc import Doc
from quoth.doc.number_words import PERIODS
from quoth.doc.numbers import NumberMention
from quoth.doc.operators import Marker
from quoth.doc.stems import stem
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import Change, ChangeKind, Span, Statement

_BESIDE = 2  # code points between a hedge and its number
_LOOSE = Fraction(5, 4)
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\b\W+[^\W\d_]{3,}|[^\W\d_]{3,}\W+\d{1,2}\b")
#: Classes of hedges by which way they move their number.
_WAYS = {"less": frozenset(["below", "less", "at_most"]), "more": frozenset(["above", "at_least", "or_more"])}


def certain_changes(case: Case) -> Iterator[Change]:
    """Numbers told in free words that certainly stand for another one: the only ones that count the same thing.

    Both sides count the same noun or have the same unit, the source's passage has no other number of that kind, and it
    has the report's number nowhere.
    """
    ours, theirs, source = case.ours.numbers, case.theirs.numbers, case.theirs.doc
    for one in ours:
        counted = case.ours.doc.counted(one)
        if not counted or one.unit in {"about", "of"}:
            continue
        if any(same_mention(one, other) for other in source.counting(counted)):
            yield from _hedge_changes(case, one, counted)
            continue
        if any(same_mention(one, other) or _baresame(one, other) for other in theirs):
            continue
        rivals = [other for other in theirs if source.counted(other) == counted]
        if len(rivals) != 1 or any(same_mention(rivals[0], other) for other in ours):
            continue
        loose = _hedged(case.ours, one) or _hedged(case.theirs, rivals[0])
        if not loose or not _roughly(one, rivals[0]):
            yield case.change(ChangeKind.NUMBER, one.span, rivals[0].span)
    yield from _certain_dates(case)


def _hedge_changes(case: Case, one: NumberMention, counted: str) -> Iterator[Change]:
    """A bound put to a number, taken from it or turned: "almost 30 years" for "30 years", wherever it is told."""
    theirs = case.theirs.doc
    twins = [other for other in theirs.counting(counted) if same_mention(one, other)]
    near = [other for other in case.theirs.numbers if other in twins]
    mine = _bound(case.ours.doc, one)
    ways = {_way(_bound(theirs, other)) for other in twins}
    if near and None not in {_way(mine), *ways} and _way(mine) not in ways:
        yield case.change(ChangeKind.HEDGE, _with(one.span, mine), _with(near[0].span, _bound(theirs, near[0])))


def _bound(doc: Doc, number: NumberMention) -> tuple[str, Span] | None:
    """The hedge right before a number, or "or more" behind it: its class, and where it stands."""
    near = (doc.operators_in(*doc.tokens_of(at)) for at in doc.sentences_of(number.span))
    for one in chain.from_iterable(near):
        span = doc.span(one.first, one.last)
        before, behind = number.span.start - span.end, span.start - number.span.end
        if one.family == "hedge" and (
            0 <= before <= _BESIDE or (0 <= behind <= _BESIDE and doc.keys[one.first] == "or")
        ):
            lasting = doc.keys[one.first] == "over" and number.unit in PERIODS.values()  # "over three years"
            return "" if lasting else one.kind, span
    return None


def _way(bound: tuple[str, Span] | None) -> str | None:
    """Which way a hedge moves its number: "less", "more", "" without one; None if it moves it no way or both."""
    if bound is None:
        return ""
    return next((name for name, kinds in _WAYS.items() if bound[0] in kinds), None)


def _with(span: Span, bound: tuple[str, Span] | None) -> Span:
    return span if bound is None else Span(min(span.start, bound[1].start), max(span.end, bound[1].end))


def _roughly(one: NumberMention, other: NumberMention) -> bool:
    """Whether two numbers are so near that "about" may stand for the difference."""
    low, high = sorted((abs(one.low), abs(other.low)))
    return high <= low * _LOOSE


def _certain_dates(case: Case) -> Iterator[Change]:
    """A day of the month that the source's passage has otherwise, where it is the only one on either side."""
    ours, theirs = _days(case.ours), _days(case.theirs)
    alone = len(case.ours.dates) == len(case.theirs.dates) == len(ours) == len(theirs) == 1  # no "tomorrow" beside
    if alone and not same(ours[0], theirs[0]):
        yield case.change(ChangeKind.DATE, ours[0].span, theirs[0].span)


def _days(side: Side) -> list[Value]:
    """The days of the month that a side has in so many words: "12 June", "May 3, 2032"."""
    return [
        Value(one.span, one.value, one.span.start, date=True, weekday=one.weekday)
        for one in side.dates
        if one.value is not None and one.offset is None and _DAY.search(one.span.of(side.text))
    ]


def _baresame(one: NumberMention, other: NumberMention) -> bool:
    """Whether two numbers are the same but for a unit that one leaves to its neighbour: "4.9 and 5 percent"."""
    return (one.low, one.high) == (other.low, other.high) and "" in {one.unit, other.unit}


def _hedged(side: Side, number: NumberMention) -> bool:
    """Whether a number is told as about so much, or as a bound."""
    return any(
        one.family == "hedge" and abs(side.units[one.last - 1].end - number.span.start) <= _BESIDE
        for one in side.markers
    )


def condition_changes(case: Case, frame: Statement) -> Iterator[Change]:
    """What the source says only if something else holds, told without the condition."""
    doc = case.theirs.doc
    told = _sentences(case.ours.doc, frame)
    if not any(one.family == "condition" for one in case.ours.doc.operators_in(*told)):
        for sentence in _carrying(case):
            start, stop = doc.tokens_of(sentence)
            for one in doc.operators_in(start, start + 2):
                if one.family == "condition" and _conditional(case, one, stop):
                    yield case.change(ChangeKind.CONDITION, None, doc.span(one.first, one.last))


def admitted_changes(case: Case, frame: Statement) -> Iterator[Change]:
    """What the source says was alleged, told as admitted."""
    ours, doc = case.ours.doc, case.theirs.doc
    cue = next((cue for cue in frame.cue if _ADMITTING & {*ours.stems[slice(*ours.range(cue))]}), None)
    if cue is not None and not _ALLEGED & {*ours.stems[slice(*_sentences(ours, frame))]}:
        places = (at for number in _carrying(case) for at in range(*doc.tokens_of(number)) if doc.stems[at] in _ALLEGED)
        yield from (case.change(ChangeKind.HEDGE, cue, doc.span(at, at + 1)) for at in islice(places, 1))


def _sentences(doc: Doc, frame: Statement) -> tuple[int, int]:
    """The tokens of the sentences that a statement stands in."""
    first, last = doc.range(frame.extent)
    return doc.tokens_of(doc.sentence_of(first), doc.sentence_of(max(first, last - 1)))


def _paired(case: Case) -> list[int]:
    """Numbers of the content words of the source that are paired with one of the report."""
    doc = case.theirs.doc
    numbers = (doc.range(span)[0] for span in case.pairs.there.values())
    return [at for at in numbers if doc.keys[at] not in function_words()]


def _carrying(case: Case) -> list[int]:
    """Numbers of the sentences of the source that have most of the pairs of content words."""
    doc = case.theirs.doc
    held = Counter(doc.sentence_of(at) for at in _paired(case))
    return sorted(number for number, count in held.items() if 2 * count >= max(held.values()))


def _conditional(case: Case, one: Marker, stop: int) -> bool:
    """Whether a condition is followed by a main clause that is yet to come, and the report's words stand in that.

    "If you look at it, the dam leaks" sets no condition: its main clause states a fact.
    """
    doc = case.theirs.doc
    ahead = next((at for at in range(stop - 1, one.last, -1) if doc.keys[at] in _AHEAD), None)
    if ahead is None:
        return False
    ends = (at for at in range(ahead, one.last, -1) if "," in doc.text[doc.tokens[at - 1].end : doc.tokens[at].start])
    opens = next(ends, ahead)  # of the main clause
    paired = _paired(case)
    main = sum(opens <= at < stop for at in paired)
    return main > 1 and 2 * main > len(paired)


_ALLEGED, _ADMITTING = (frozenset(stem(one) for one in word_list(name)) for name in ("alleging", "admitting"))
_AHEAD = frozenset(["will", "would", "shall", "should", "must", "may", "might", "'ll"])
