"""Values that report and source give differently: dates, numbers, hedges, spellings. Neither is presumed right."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from quoth.doc.dates import DateKind, DateMention, parse_day
from quoth.doc.doc import analysed
from quoth.types import ChangeKind, Discrepancy, Document, Entity, Mode, Span, Statement, Verdict
from quoth.verdicts.counted import Counted, counted
from quoth.verdicts.days_of_issue import days_of_issue
from quoth.verdicts.ledger_changes import judged
from quoth.verdicts.misspelt import spellings

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundreds?|thousands?|millions?|"
    r"billions?|dozens?|half|third|quarter)\b",
    re.IGNORECASE,
)
_MOST_PAIRS = 40_000  # of sentences with numbers; in longer texts only what verdicts join is compared
_OFTEN = 12  # sentences of a source that one of the report is held against; more say the same again
_MUCH_ALIKE = 0.6  # the same share, where no verdict joins the sentences
_LIKE = 0.5  # share of the telling words of the shorter sentence that the other one has too


def discrepancies(
    report: Document,
    statements: Sequence[Statement],
    verdicts: Sequence[Verdict],
    entities: Sequence[Entity],
    sources: Sequence[Document],
) -> tuple[Discrepancy, ...]:
    """Every value that report and sources give differently, in reading order of the report; each pair once.

    Args:
        report: the report.
        statements: its statements, with the day on which each was said where the report tells it.
        verdicts: their verdicts; their pieces tell which passages speak of the same.
        entities: who is named; spellings are compared within one entity only.
        sources: the documents that it was held against.
    """
    found: dict[tuple[ChangeKind, str, str, str], Discrepancy] = {}
    near: dict[tuple[int, int], list[Discrepancy]] = {}  # those found, by the blocks of both texts that they touch
    own = _side(report)
    quoted = [span for one in statements if one.mode is Mode.DIRECT for span in one.content]
    for source in sources:
        other = _side(source)
        pairs = _pairs(own, verdicts, other, source.id)
        for one in (
            *days_of_issue(report, statements, verdicts, source, sources),
            *_dates(report, source, pairs, quoted),
            *_numbers(report, source, pairs),
            *_hedges_only(_numbers(report, source, _retold(own, other))),
            *spellings(report, entities, source),
            *judged(report, verdicts, source),
        ):
            beside = [known for place in _blocks(one) for known in near.get(place, ())]
            key = (one.kind, one.report_value, one.source, one.source_value)
            if key not in found and not any(_covers(known, one) for known in beside):
                found[key] = one
                for place in _blocks(one):
                    near.setdefault(place, []).append(one)
    return tuple(sorted(found.values(), key=lambda one: (one.report, one.kind)))


@dataclass(frozen=True, slots=True)
class _Side:
    """One document's sentences, with the keys of their telling words."""

    text: str
    spans: tuple[Span, ...]
    keys: tuple[tuple[frozenset[str], ...], ...]
    every: tuple[frozenset[str], ...]


def _side(document: Document) -> _Side:
    told = analysed(document).told
    keys = tuple(tuple(word.keys for word in words) for _, words in told)
    spans = tuple(span for span, _ in told)
    return _Side(document.text, spans, keys, tuple(frozenset().union(*words) for words in keys))


#: In a long piece a sentence of the report is held against so many of the source on both sides of its place.
_BESIDE = 20


def _pairs(own: _Side, verdicts: Sequence[Verdict], other: _Side, source: str) -> list[tuple[Span, Span]]:
    """Sentences of report and source that speak of the same: a piece joins them and their words agree."""
    pairs: dict[tuple[Span, Span], None] = {}
    for piece in (piece for verdict in verdicts for piece in verdict.pieces if piece.source == source):
        ours, theirs = _met(own.spans, piece.reported), _met(other.spans, piece.original)
        for number, here in enumerate(ours):
            middle = number * len(theirs) // len(ours)
            for there in theirs[max(0, middle - _BESIDE) : middle + _BESIDE + 1]:
                if _alike(own, here, other, there) >= _LIKE:
                    pairs[own.spans[here], other.spans[there]] = None
    return list(pairs)


def _met(spans: Sequence[Span], piece: Span) -> range:
    """Numbers of the sentences that a piece meets."""
    first = bisect_right(spans, piece.start, key=lambda span: span.end)
    last = bisect_left(spans, piece.end, key=lambda span: span.start)
    return range(first, last)


def _retold(own: _Side, other: _Side) -> list[tuple[Span, Span]]:
    """Sentences with a number on both sides that share most words, though no verdict joins them."""
    here = [n for n, span in enumerate(own.spans) if _NUMBER.search(own.text, span.start, span.end)]
    there = [n for n, span in enumerate(other.spans) if _NUMBER.search(other.text, span.start, span.end)]
    if len(here) * len(there) > _MOST_PAIRS:
        return []
    return [
        (own.spans[h], other.spans[t])
        for h in here
        for t in islice((t for t in there if _alike(own, h, other, t) >= _MUCH_ALIKE), _OFTEN)
    ]


def _alike(own: _Side, here: int, other: _Side, there: int) -> float:
    """Share of the telling words of the shorter sentence that the longer one has too."""
    one, larger = own.keys[here], other.every[there]
    if len(other.keys[there]) < len(one):
        one, larger = other.keys[there], own.every[here]
    return sum(not keys.isdisjoint(larger) for keys in one) / len(one) if one else 0.0


def _dates(
    report: Document, source: Document, pairs: Sequence[tuple[Span, Span]], quoted: Sequence[Span]
) -> Iterable[Discrepancy]:
    """Dates of one sentence against those of the sentence that it retells: the one date of its kind on either side.

    The same weekday in words that are quoted is the day that their speaker meant.
    """
    if not pairs:
        return
    own, other = analysed(report).all_dates, analysed(source).all_dates
    for here, there in pairs:
        left, right = _dated(own, here), _dated(other, there)
        for kind in (True, False):
            mine = [one for one in left if (parse_day(one.value) is not None) is kind]
            theirs = [one for one in right if (parse_day(one.value) is not None) is kind]
            if len(mine) == len(theirs) == 1 and _differ(mine[0], theirs[0]):
                same = mine[0].weekday is not None and mine[0].weekday == theirs[0].weekday
                if same and any(span.holds(mine[0].span) for span in quoted):
                    continue
                yield Discrepancy(
                    ChangeKind.DATE, mine[0].span, mine[0].value or "", source.id, theirs[0].span, theirs[0].value or ""
                )


def _dated(some: Sequence[DateMention], span: Span) -> list[DateMention]:
    """The dates with a value, of some in order, that stand in a span."""
    first = bisect_left(some, span.start, key=lambda one: one.span.start)
    last = bisect_right(some, span.end, key=lambda one: one.span.end)
    return [one for one in some[first:last] if one.value]


def _differ(one: DateMention, other: DateMention) -> bool:
    """Whether two dates contradict each other; a year does not contradict a month in it, nor March the 23rd of it."""
    if one.value is None or other.value is None or DateKind.RELATIVE in {one.kind, other.kind}:
        return False
    mine, theirs = _CALENDAR.fullmatch(one.value), _CALENDAR.fullmatch(other.value)
    if mine and theirs:
        return any(
            a and b and "-" not in (a, b) and a != b for a, b in zip(mine.groups(), theirs.groups(), strict=True)
        )
    shorter, longer = sorted((one.value, other.value), key=len)
    return not longer.startswith(shorter)


#: A year, a month, a day, each of which may be missing: "2031-05-02", "2031-05", "--05-02".
_CALENDAR = re.compile(r"(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?")


def _numbers(report: Document, source: Document, pairs: Sequence[tuple[Span, Span]]) -> Iterable[Discrepancy]:
    """Numbers of one sentence against those of the sentences that it retells, and their hedges."""
    retold: dict[Span, list[Counted]] = {}
    told: dict[Span, list[Counted]] = {}
    for here, there in pairs:
        if there not in told:
            told[there] = counted(source.text, there)
        retold.setdefault(here, []).extend(told[there])
    for here, other in retold.items():
        own = counted(report.text, here)
        given = {mine.mention.value for mine in own}
        alike: dict[object, dict[tuple[str, str, str], Counted]] = {}
        rivals: dict[str, list[Counted]] = {}
        for one in other:
            kind = (one.mention.unit, one.noun, one.hedge)
            alike.setdefault(one.mention.value, {}).setdefault(kind, one)
            if one.mention.value not in given:
                rivals.setdefault(one.counted, []).append(one)
        for mine in own:
            same = [one for one in alike.get(mine.mention.value, {}).values() if _same_noun(mine, one)]
            if same and all(one.hedge != mine.hedge for one in same):
                yield _difference(ChangeKind.HEDGE, mine, same[0], source)
            against = [] if same or not mine.counted else rivals.get(mine.counted, [])
            if len(against) == 1:
                yield _difference(ChangeKind.NUMBER, mine, against[0], source)


def _hedges_only(found: Iterable[Discrepancy]) -> Iterable[Discrepancy]:
    """Without a verdict's word that two sentences are one, only the same number with another hedge is sure enough."""
    return (one for one in found if one.kind is ChangeKind.HEDGE)


def _same_noun(one: Counted, other: Counted) -> bool:
    return bool(one.mention.unit) or not one.noun or not other.noun or one.noun[:4] == other.noun[:4]


def _difference(kind: ChangeKind, mine: Counted, theirs: Counted, source: Document) -> Discrepancy:
    return Discrepancy(kind, mine.span, mine.value, source.id, theirs.span, theirs.value)


def _covers(known: Discrepancy, other: Discrepancy) -> bool:
    """Whether a difference is listed already: the same kind in the same places."""
    same = known.kind is other.kind and known.source == other.source
    return same and known.report.meets(other.report) and known.original.meets(other.original)


_BLOCK = 256  # code points


def _blocks(one: Discrepancy) -> list[tuple[int, int]]:
    """The blocks of both texts that a difference touches: those that meet share one."""
    ours, theirs = (range(span.start // _BLOCK, span.end // _BLOCK + 1) for span in (one.report, one.original))
    return [(a, b) for a in ours for b in theirs]
