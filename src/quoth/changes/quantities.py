"""Numbers and dates: each one of the report beside the one of the source that stands in its place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quoth.changes.comparison import Case
from quoth.changes.sides import Side
from quoth.doc.dates import DateKind
from quoth.doc.number_words import CURRENCIES
from quoth.doc.numbers import NumberMention, same_value
from quoth.doc.times import CLOCK, OPEN_CLOCK, same_time
from quoth.doc.tokens import function_words, plain
from quoth.types import Change, ChangeKind, EditKind, Mode, Places, Span

#: How far apart, in code points of the source, two values may stand and still be the same one in another place.
_NEAR = 150
#: The first and the last year that a bare number may be.
_YEARS = 1500, 2100


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a date with where it stands; `value` is what two mentions of the same have in common."""

    span: Span
    value: object
    place: int
    mention: NumberMention | None = None
    date: bool = False
    weekday: int | None = None
    age: bool = False  # "2,500-year-old"


def count_changes(case: Case) -> Iterator[Change]:
    """Changes of numbers and dates, and their changes of form, which are not material."""
    ours, theirs = _values(case, case.ours, ours=True), _values(case, case.theirs, ours=False)
    if not ours and not theirs:
        return
    unmatched, others = _unmatched(case, ours, theirs)
    mine: list[Value] = []
    for one in unmatched:
        alike = (other for other in others.near(one.place) if same(one, other) and not _recounted(case, one, other))
        twin = next(alike, None)
        if twin:
            others.take(twin)
            if one.span.of(case.ours.text) != twin.span.of(case.theirs.text):
                kind = ChangeKind.DATE if one.date else ChangeKind.NUMBER
                yield case.change(kind, one.span, twin.span, material=False)
        else:
            mine.append(one)
    for one in mine:
        exchanged = [edit.original for edit in case.edits_at(one.span) if edit.original]
        near = [*others.near(one.place), *others.meeting(exchanged)]
        twin = min(near, key=lambda other: (other.date != one.date, abs(other.place - one.place)), default=None)
        if twin:
            others.take(twin)
            if _cut_off(case, one, twin):
                continue
            yield case.change(ChangeKind.DATE if one.date and twin.date else ChangeKind.NUMBER, one.span, twin.span)
        elif not _bracketed(case, one.span):
            yield case.change(ChangeKind.DATE if one.date else ChangeKind.NUMBER, one.span, None)
    for one in others:
        edit = case.edit_of(None, one.span)
        if edit and edit.kind is not EditKind.LEFT_OUT and not edit.marked and case.mode is Mode.DIRECT:
            yield case.change(ChangeKind.DATE if one.date else ChangeKind.NUMBER, edit.reported, one.span)


class _Source:
    """The values of the source that are not taken yet, in its order, to be looked up by where they stand."""

    def __init__(self, values: Sequence[Value]) -> None:
        self._values = values  # sorted by span
        self._starts = [one.place for one in values]
        self._places = Places(one.span for one in values)
        self._taken = [False] * len(values)

    def __iter__(self) -> Iterator[Value]:
        return self._free(range(len(self._values)))

    def near(self, place: int) -> Iterator[Value]:
        """Those that begin within `_NEAR` code points of an offset."""
        return self._free(range(bisect_left(self._starts, place - _NEAR), bisect_right(self._starts, place + _NEAR)))

    def meeting(self, spans: Iterable[Span]) -> Iterator[Value]:
        """Those that share a code point with one of some spans."""
        return self._free(at for span in spans for at in self._places.meeting(span))

    def take(self, value: Value) -> None:
        """From now on it is not there."""
        at = bisect_left(self._starts, value.place)
        while self._values[at] is not value:
            at += 1
        self._taken[at] = True

    def _free(self, numbers: Iterable[int]) -> Iterator[Value]:
        return (self._values[at] for at in numbers if not self._taken[at])


def _cut_off(case: Case, one: Value, other: Value) -> bool:
    """Whether the quotation begins or ends inside the source's number: a fragment, not another value."""
    units = case.ours.units
    edge = one.span.end >= units[-1].end or one.span.start <= units[0].start
    return edge and not any(hull.holds(other.span) for hull in case.hulls) and not case.edits_at(one.span)


def _values(case: Case, side: Side, *, ours: bool) -> list[Value]:
    found: list[Value] = []
    for mention in side.dates:
        value: object = mention.value
        if mention.offset is not None:
            value = mention.offset
        elif value is None or mention.kind in {DateKind.WEEKDAY, DateKind.RELATIVE}:
            value = plain(mention.span.of(side.text))
        if mention.kind is DateKind.MONTH and mention.value and len(mention.value) == 4 + 3:  # "2031-05"
            value = mention.value
        place = _place(case, side, mention.span, ours=ours)
        found.append(Value(mention.span, value, place, date=True, weekday=mention.weekday))
    for number in side.numbers:
        year = may_be_year(number)
        bare = side.text[number.span.start : number.span.end].isdigit()
        value = str(number.low) if year and bare else number.value
        place = _place(case, side, number.span, ours=ours)
        age = "year" in number.span.of(side.text) and number.unit == ""
        found.append(Value(number.span, value, place, number, date=year and bare, age=age))
    if not ours:
        found = [one for one in found if case.inside(one.span)]
    return sorted(found, key=lambda one: one.span)


def _place(case: Case, side: Side, span: Span, *, ours: bool) -> int:
    if not ours:
        return span.start
    first, last = side.range(span)
    if first >= last:
        return case.place(min(first, len(side.units) - 1)) or 0
    found = case.place(first)
    return found if found is not None else 0


def _unmatched(case: Case, ours: Sequence[Value], theirs: Sequence[Value]) -> tuple[list[Value], _Source]:
    """Without the values that stand in each other's place, word for word."""
    mine: list[Value] = []
    every = _Source(theirs)
    taken: set[Span] = set()
    for one in ours:
        mates = [there for unit in case.ours.inside(one.span) if (there := case.pairs.there.get(unit.start))]
        met = [other for other in every.meeting(mates) if other.span not in taken]
        twins = [other.span for other in met if same(one, other) and not _recounted(case, one, other)]
        if twins:
            taken.add(min(twins))
        else:
            mine.append(one)
    return mine, _Source([other for other in theirs if other.span not in taken])


def same(one: Value, other: Value) -> bool:
    """Whether two values are equal, or one is the other told less fully ("April 18" and "April 18, 2031")."""
    if one.weekday is not None and other.weekday is not None and one.weekday != other.weekday:
        return False
    if (
        one.value == other.value
        or (one.mention and other.mention and same_mention(one.mention, other.mention))
        or _count(one.value) == _count(other.value) is not None
        or _unsigned(one.value, other.value)
        or _years(one) == _years(other) is not None
    ):
        return True
    if isinstance(one.value, str) and isinstance(other.value, str) and one.date and other.date:
        first, second = sorted((one.value, other.value), key=len)
        if not first[:1].isalnum() and first.startswith("--"):
            return second.endswith(first[2:]) and second[:4].isdigit()
        return first[:4].isdigit() and second.startswith(first)
    return False


def same_mention(one: NumberMention, other: NumberMention) -> bool:
    """Whether two numbers, or two times of the day, have one value."""
    clocks = {one.unit, other.unit} & {CLOCK, OPEN_CLOCK}
    return (
        same_time(one, other)
        if clocks and one.unit.startswith(CLOCK) and other.unit.startswith(CLOCK)
        else same_value(one, other)
    )


def _years(one: Value) -> Fraction | None:
    """How many years an age or a period has; None for anything else, and for a range."""
    if not isinstance(one.value, tuple) or one.value[0] != one.value[1]:
        return None
    return Fraction(one.value[0]) if one.age else Fraction(one.value[0], 12) if one.value[2] == "months" else None


def _unsigned(first: object, second: object) -> bool:
    """Whether two amounts are equal but for a sign of currency that one of them lost: "$5 million" and "5 million"."""
    if not (isinstance(first, tuple) and isinstance(second, tuple) and first[:2] == second[:2]):
        return False
    units = {first[2], second[2]}
    return "" in units and bool(units & CURRENCIES)


def _recounted(case: Case, one: Value, other: Value) -> bool:
    """Whether a currency stands where the other side counts something else: "5 crowns" for "5 talers"."""
    if not one.mention or not other.mention or "" not in (names := {one.mention.unit, other.mention.unit}):
        return False
    if not names & CURRENCIES:
        return False
    bare, side = (other, case.theirs) if one.mention.unit else (one, case.ours)
    noun = next(iter(side.units[side.range(Span(0, bare.span.end))[1] :][:1]), None)
    if noun is None or noun.key in function_words() or not noun.key.endswith("s"):  # no "yesterday"
        return False
    ends = {(one.span.end, noun.end) if one.mention.unit else (noun.end, other.span.end)}
    replaced = (edit for edit in case.edits_at(one.span) if edit.reported and edit.original)
    return any((edit.reported.end, edit.original.end) in ends for edit in replaced if edit.reported and edit.original)


def _count(value: object) -> Fraction | None:
    """The value of a bare number, also where it looks like a year; None for anything else."""
    if isinstance(value, tuple) and value[0] == value[1] and value[2] == "":
        return Fraction(value[0])
    return Fraction(value) if isinstance(value, str) and value.isdecimal() else None


def may_be_year(number: NumberMention) -> bool:
    """Whether a bare number may name a year."""
    return number.unit == "" and number.low == number.high and _YEARS[0] <= number.low <= _YEARS[1]


def _bracketed(case: Case, span: Span) -> bool:
    return any(edit.marked for edit in case.edits_at(span))
