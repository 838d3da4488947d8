"""Values that report and source give differently: dates, numbers, hedges, spellings. Neither is presumed right."""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice

from quoth.doc.dates import DateKind, DateMention, dates, parse_day
from quoth.doc.doc import analysed
from quoth.doc.names import names
from quoth.doc.numbers import NumberMention, numbers
from quoth.doc.stems import stem
from quoth.doc.tokens import function_words, units
from quoth.types import ChangeKind, Discrepancy, Document, Entity, Mode, Piece, Span, Statement, Verdict
from quoth.verdicts.days_of_issue import days_of_issue
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

_NOUN_AFTER = re.compile(r"[\s-]+([^\W\d_]+)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s+\Z")
_HEDGE_CHARS = 24
_AROUND_NUMBER = 400  # code points behind a changed number that may belong to it: its magnitude, its unit, its noun


@lru_cache(maxsize=1)
def _hedges() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Words that make a number less or more exact, by what they say, and the pattern that finds them before one."""
    raw = tomllib.loads((files("quoth.lexicon") / "number_hedges.toml").read_text(encoding="utf-8"))
    table = {phrase: meaning for meaning, phrases in raw["hedges"].items() for phrase in phrases}
    longest_first = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    return table, re.compile(rf"\b({longest_first})\s+(?:the\s+)?\Z", re.IGNORECASE)


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
            *_judged(report, verdicts, source),
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
    own, other = dates(report.text, report.published), dates(source.text, source.published)
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


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with what it counts and how exactly it is given."""

    mention: NumberMention
    span: Span
    noun: str
    written: str
    hedge: str

    @property
    def counted(self) -> str:
        """What it counts: its unit or its noun."""
        return self.mention.unit or self.noun

    @property
    def value(self) -> str:
        low, high = (f"{float(value):.10g}" for value in (self.mention.low, self.mention.high))
        digits = low if low == high else f"{low}-{high}"
        return " ".join(part for part in (self.hedge, digits, self.mention.unit or self.written) if part)


def _counted(text: str, span: Span) -> list[_Number]:
    words = span.of(text)
    table, pattern = _hedges()
    found = []
    days = [date.span for date in dates(words)]
    for mention in numbers(words):
        if any(mention.span.meets(day) for day in days):
            continue
        place = mention.span.shifted(span.start)
        before = pattern.search(text, max(span.start, place.start - _HEDGE_CHARS), place.start)
        noun = _NOUN_AFTER.match(text, place.end, span.end)
        hedge = table[before.group(1).casefold()] if before else ""
        start = before.start(1) if before else place.start
        end = noun.end(1) if noun and not mention.unit else place.end
        found.append(
            _Number(
                mention,
                Span(start, end),
                _counted_by(text, span, place, noun),
                noun.group(1) if noun else "",
                hedge,
            )
        )
    return found


def _counted_by(text: str, span: Span, place: Span, noun: re.Match[str] | None) -> str:
    """What a number counts: the noun after it, else the word before it ("age 20")."""
    if noun is not None:
        return noun.group(1).casefold().rstrip("s")
    before = _WORD_BEFORE.search(text, span.start, place.start)
    return f"{before.group(1).casefold()} -" if before else ""


def _numbers(report: Document, source: Document, pairs: Sequence[tuple[Span, Span]]) -> Iterable[Discrepancy]:
    """Numbers of one sentence against those of the sentences that it retells, and their hedges."""
    retold: dict[Span, list[_Number]] = {}
    counted: dict[Span, list[_Number]] = {}
    for here, there in pairs:
        if there not in counted:
            counted[there] = _counted(source.text, there)
        retold.setdefault(here, []).extend(counted[there])
    for here, other in retold.items():
        own = _counted(report.text, here)
        given = {mine.mention.value for mine in own}
        alike: dict[object, dict[tuple[str, str, str], _Number]] = {}
        rivals: dict[str, list[_Number]] = {}
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


def _same_noun(one: _Number, other: _Number) -> bool:
    return bool(one.mention.unit) or not one.noun or not other.noun or one.noun[:4] == other.noun[:4]


def _difference(kind: ChangeKind, mine: _Number, theirs: _Number, source: Document) -> Discrepancy:
    return Discrepancy(kind, mine.span, mine.value, source.id, theirs.span, theirs.value)


#: Kinds of changes whose two sides are values of their own, in one form.
_VALUES = frozenset({ChangeKind.DATE, ChangeKind.NUMBER, ChangeKind.NAME})
#: Code points of a source that are shown at most for what governs words of the report.
_LONGEST_SHOWN = 300
#: Code points of two other words at most, such as "may" and "must"; what is longer is a passage, not a value.
_LONGEST_VALUE = 60
#: Kinds that say nothing of a value or of an operator, or whose words they are: they are told by the verdict alone.
_WORDS = frozenset(map(ChangeKind, ("agent", "wording", "omission", "insertion", "order", "spelling")))


def _judged(report: Document, verdicts: Sequence[Verdict], source: Document) -> Iterable[Discrepancy]:
    """What the material changes of verdicts say: two values, or what governs the words on one side only.

    What only the source has is told once, with the words of the report that stand nearest to it there.
    """
    nearest: dict[tuple[ChangeKind, Span], tuple[int, Discrepancy]] = {}
    for verdict in verdicts:
        pieces = [piece for piece in verdict.pieces if piece.source == source.id]
        for change in verdict.changes:
            mine, theirs = change.reported, change.original
            if change.source != source.id or change.kind in _WORDS or not change.material or theirs is None:
                continue
            if mine is None:
                for piece in pieces:
                    far = _apart(piece.original, theirs)
                    whole = Span(min(piece.original.start, theirs.start), max(piece.original.end, theirs.end))
                    if whole.length > _LONGEST_SHOWN or _has(report, piece.reported, source, theirs):
                        continue
                    if far < nearest.get((change.kind, theirs), (far + 1,))[0]:
                        nearest[change.kind, theirs] = far, _governed(change.kind, report, source, piece, whole)
                continue
            ours, other = _value(change.kind, report, mine), _value(change.kind, source, theirs)
            if change.kind in _VALUES:
                if ours and other and ours[0] == other[0] and ours[1] != other[1]:
                    yield Discrepancy(change.kind, mine, ours[1], source.id, theirs, other[1])
            elif max(mine.length, theirs.length) <= _LONGEST_VALUE:
                here, there = " ".join(mine.of(report.text).split()), " ".join(theirs.of(source.text).split())
                yield Discrepancy(change.kind, mine, here, source.id, theirs, there)
    yield from (one for _, one in nearest.values())


def _has(report: Document, here: Span, source: Document, there: Span) -> bool:
    """Whether words of a report hold those that govern them in the source in some form: "hoped that" and "I hope"."""
    ours = {stem(unit.key) for unit in units(report.text, here.start, here.end)}
    return all(
        stem(unit.key) in ours
        for unit in units(source.text, there.start, there.end)
        if unit.key not in function_words()
    )


def _governed(kind: ChangeKind, report: Document, source: Document, piece: Piece, whole: Span) -> Discrepancy:
    """Words of a report against those of the source with what governs them: "we sail", "If it clears, we sail"."""
    here = piece.reported
    return Discrepancy(
        kind, here, " ".join(here.of(report.text).split()), source.id, whole, " ".join(whole.of(source.text).split())
    )


def _apart(one: Span, other: Span) -> int:
    """Code points between two stretches; 0 where they meet."""
    return max(0, other.start - one.end, one.start - other.end)


def _value(kind: ChangeKind, document: Document, span: Span) -> tuple[str, str] | None:
    """What a stretch gives a value of (a unit, a kind of date or of name), and the value in its one form."""
    if kind not in _VALUES:
        return None
    if kind is ChangeKind.DATE:
        day = next((one for one in dates(span.of(document.text), document.published) if one.value), None)
        return (str(parse_day(day.value) is not None), day.value or "") if day else None
    if kind is ChangeKind.NUMBER:
        line_end = document.text.find("\n", span.end)
        line_end = line_end if line_end >= 0 else len(document.text)
        around = Span(span.start, min(line_end, span.end + _AROUND_NUMBER)).trimmed(document.text)
        number = next((one for one in _counted(document.text, around) if one.span.meets(span)), None)
        return (number.mention.unit or number.noun, number.value) if number else None
    name = next((one for one in names(document.text, [span]) if one.span.length > 1), None)
    return (name.type, " ".join(name.span.of(document.text).split())) if name else None


def _covers(known: Discrepancy, other: Discrepancy) -> bool:
    """Whether a difference is listed already: the same kind in the same places."""
    same = known.kind is other.kind and known.source == other.source
    return same and known.report.meets(other.report) and known.original.meets(other.original)


_BLOCK = 256  # code points


def _blocks(one: Discrepancy) -> list[tuple[int, int]]:
    """The blocks of both texts that a difference touches: those that meet share one."""
    ours, theirs = (range(span.start // _BLOCK, span.end // _BLOCK + 1) for span in (one.report, one.original))
    return [(a, b) for a in ours for b in theirs]
