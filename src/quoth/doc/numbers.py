"""Numbers of a text with values, magnitudes and units: "$5.2 million", "three of five", "5 to 10 percent"."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

from quoth.doc.number_words import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    DEGREES,
    MAGNITUDES,
    PERIODS,
    VAGUE,
    NumberKind,
    Token,
    and_a_part,
    decade_at,
    is_number_word,
    ordinal_at,
    tokens,
    value_at,
)
from quoth.types import Span

__all__ = ["NumberKind", "NumberMention", "is_number_word", "numbers"]


@dataclass(frozen=True)  # without slots: `value` is kept
class NumberMention:
    """A number as a text gives it.

    Attributes:
        span: its words, with sign of currency, magnitude and unit.
        low: its value; the lower end of a range.
        high: the upper end of a range; the value itself where there is no range.
        unit: "percent", "points" (percentage points), "basis points", a currency code, or "" for a bare number.
        kind: cardinal, ordinal or fraction.
        also: what else the same figures may mean, as low, high and unit: "1.500" is 1.5 or 1,500, "120 m" metres or
            millions.
    """

    span: Span
    low: Fraction
    high: Fraction
    unit: str = ""
    kind: NumberKind = NumberKind.CARDINAL
    also: tuple[tuple[Fraction, Fraction, str], ...] = ()

    @cached_property
    def value(self) -> tuple[Fraction, Fraction, str]:
        """What two mentions of the same number share: "half" and "50 percent", "two years" and "24 months"."""
        if self.unit in _SAME_AS:
            unit, size = _SAME_AS[self.unit]
            return self.low * size, self.high * size, unit
        if self.kind is NumberKind.FRACTION and self.unit == "":
            return self.low, self.high, "share"
        return self.low, self.high, self.unit


_LARGEST = 10**100  # "thousands of thousands of ..."
#: Units that are told in each other, with the unit they are compared in and how many of it they are.
_SAME_AS: dict[str, tuple[str, Fraction]] = {
    "percent": ("share", Fraction(1, 100)),
    "years": ("months", Fraction(12)),
    "weeks": ("days", Fraction(7)),
    "hours": ("minutes", Fraction(60)),
    "tons": ("grams", Fraction(1_000_000)),
    "kilograms": ("grams", Fraction(1000)),
    "milligrams": ("grams", Fraction(1, 1000)),
    "pounds": ("grams", Fraction("453.59237")),
    "ounces": ("grams", Fraction("28.349523")),
    "kilometers": ("meters", Fraction(1000)),
    "centimeters": ("meters", Fraction(1, 100)),
    "millimeters": ("meters", Fraction(1, 1000)),
    "miles": ("meters", Fraction("1609.344")),
    "foots": ("meters", Fraction("0.3048")),
    "inchs": ("meters", Fraction("0.0254")),
    "yards": ("meters", Fraction("0.9144")),
    "hectares": ("acres", Fraction("2.471054")),
    "milliliters": ("liters", Fraction(1, 1000)),
    "gallons": ("liters", Fraction("3.785412")),
    "kilowatts": ("watts", Fraction(1000)),
    "megawatts": ("watts", Fraction(1_000_000)),
    "gigawatts": ("watts", Fraction(1_000_000_000)),
}
#: Units that are told in each other only with rounding: what is equal in both may differ by this share.
ROUNDED = Fraction(3, 100)
#: The unit of decades, whose value is their first year, with its century or without.
DECADE = "decade"
_CENTURY = 100


def same_value(one: NumberMention, other: NumberMention) -> bool:  # noqa: PLR0911 - one way of telling after another
    """Whether two mentions give one number: equal in one unit, or as near as rounding leaves units of two systems."""
    if one.also or other.also:
        return any(same_value(mine, its) for mine in _readings(one) for its in _readings(other))
    first, second = one.value, other.value
    if first == second:
        return True
    shares = [mention.low / mention.high if mention.unit == "of" else mention.value[0] for mention in (one, other)]
    if {one.unit, other.unit} & {"of"} and {one.value[2], other.value[2]} == {"of", "share"}:
        return shares[0] == shares[1]  # "three in ten" and "30 percent"
    if one.unit == other.unit == DECADE:
        return min(one.low, other.low) < _CENTURY and one.low % _CENTURY == other.low % _CENTURY  # "'90s", "1990s"
    if {one.unit, other.unit} == {"GBP", "pounds"}:
        return (one.low, one.high) == (other.low, other.high)  # "£3bn" and "3 billion pounds"
    if one.unit == other.unit or first[2] != second[2] or not first[2]:
        return False
    return all(abs(a - b) <= ROUNDED * max(abs(a), abs(b)) for a, b in zip(first[:2], second[:2], strict=True))


def _readings(one: NumberMention) -> list[NumberMention]:
    """A mention in each of the ways that its figures may be read."""
    others = [
        replace(one, low=low, high=high, unit=unit, kind=NumberKind.CARDINAL, also=()) for low, high, unit in one.also
    ]
    return [replace(one, also=()), *others]


def numbers(text: str) -> list[NumberMention]:
    """The numbers of `text` in reading order, none overlapping; "one" alone counts only before a noun's number word."""
    return list(_numbers(text))


@lru_cache(maxsize=4096)  # a sentence is asked for by one stage after another
def _numbers(text: str) -> tuple[NumberMention, ...]:
    found = tokens(text)
    mentions: list[NumberMention] = []
    at = 0
    while at < len(found):
        mention, after = _mention(found, at)
        if mention is None:
            at += 1
            continue
        mentions.append(mention)
        at = after
    return tuple(mentions)


def _mention(found: list[Token], at: int) -> tuple[NumberMention | None, int]:
    """The number that starts at token `at`, with sign, range and unit, and the token after it."""
    start = at
    unit = ""
    if found[at].word in _MINUS and at + 1 < len(found) and _below(found, at):
        return _below_zero(found, at)
    if found[at].word in CURRENCY_SIGNS:
        unit = CURRENCY_SIGNS[found[at].word]
        at += 1
        if at >= len(found) or (found[at].start != found[at - 1].end and not found[at].word[0].isdecimal()):
            return None, start + 1
    if unit == "" and (decade := decade_at(found, at)):
        first, after = Fraction(decade[0]), decade[1]
        return NumberMention(Span(found[at].start, found[after - 1].end), first, first, DECADE), after
    if unit == "" and found[at].word in VAGUE:
        return _vague(found, at)
    if unit == "" and found[at].word in _SPANS:
        size, name = _SPANS[found[at].word]
        return NumberMention(Span(found[at].start, found[at].end), Fraction(size), Fraction(size), name), at + 1
    return (_one_and_a_part(found, at) if unit == "" else None) or _counted(found, start, at, unit)


def _counted(found: list[Token], start: int, at: int, unit: str) -> tuple[NumberMention | None, int]:
    """The number in digits or words at token `at`, behind the sign of a currency at `start` if there is one."""
    read = value_at(found, at)
    if read is None:
        return None, start + 1
    low, after, kind, explicit = read
    high = low
    if kind is NumberKind.CARDINAL:
        if found[after - 1].word in MAGNITUDES and (part := and_a_part(found, after)):
            low, after = low + part * MAGNITUDES[found[after - 1].word], after + _AND_A_PART
        low, high, after, unit, kind = _range(found, after, low, unit, kind)
    low, high, after, unit, others = _short(found, at, after, (low, high, unit))
    unit, after = _unit(found, after, unit) if unit != _METRES else (unit, after)
    if unit == "" and kind is NumberKind.FRACTION:
        unit, after, kind = _of_one(found, after)
    if unit == "" and kind is NumberKind.CARDINAL:
        low, high, unit, after = _period(found, after, low, high)
        explicit = explicit or bool(unit)
        if unit and low == high and (part := and_a_part(found, after)):
            low, high, after = low + part, high + part, after + _AND_A_PART
    rate = _rate(found, after) if kind is NumberKind.CARDINAL and unit not in _RATELESS else None
    if rate:
        unit, after = f"{unit}/{rate[0]}", rate[1]
        explicit = True
    if not explicit and not unit and high == low == 1:
        return None, start + 1  # "one" is mostly a pronoun
    if kind is NumberKind.FRACTION and unit == "" and (place := ordinal_at(found, start, after)):
        others.append((place, place, ""))
    also = tuple((least, most, other or unit) for least, most, other in others)
    return NumberMention(Span(found[start].start, found[after - 1].end), low, high, unit, kind, also), after


_Reading = tuple[Fraction, Fraction, str]
_METRES, _MILLION, _THOUSAND = "meters", 1_000_000, 1000
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def _short(
    found: list[Token], at: int, after: int, read: _Reading
) -> tuple[Fraction, Fraction, int, str, list[_Reading]]:
    """Figures that may be read in two ways: the number with its unit, the token after it, and its other readings.

    An "m" is millions where a currency stands beside it; else metres or millions. One full stop before three digits
    parts decimals or thousands.
    """
    low, high, unit = read
    also: list[_Reading] = []
    if _THOUSANDS.fullmatch(found[at].word) and after == at + 1:
        also.append((low * _THOUSAND, high * _THOUSAND, ""))
    m = found[after].word if after < len(found) else ""
    if m == "m" and found[after - 1].word[0].isdecimal():
        if unit or (after + 1 < len(found) and found[after + 1].word in CURRENCY_WORDS):
            return low * _MILLION, high * _MILLION, after + 1, unit, also
        return low, high, after + 1, _METRES, [*also, (low * _MILLION, high * _MILLION, "")]
    if found[after - 1].word == "m" and not unit and not _unit(found, after, "")[0]:
        also.append((low / _MILLION, high / _MILLION, _METRES))
    return low, high, after, unit, also


#: So many tokens add a part of what stands before them: "two million | and a half", "an hour | and a quarter".
_AND_A_PART = 3


def _one_and_a_part(found: list[Token], at: int) -> tuple[NumberMention, int] | None:
    """As in "an hour and a half": one and a part of what is counted, and the token after it."""
    if found[at].word not in {"a", "an"} or at + 1 >= len(found) or found[at + 1].word not in PERIODS:
        return None
    part, after = and_a_part(found, at + 2), at + 2 + _AND_A_PART
    if part is None:
        return None
    return NumberMention(
        Span(found[at].start, found[after - 1].end), 1 + part, 1 + part, PERIODS[found[at + 1].word]
    ), after


_MINUS = frozenset(["minus", "-", "–", "−"])
_SIGNED = frozenset(["-", "−"])


def _below(found: list[Token], at: int) -> bool:
    """Whether a sign stands alone before the digits that it is glued to, as in "was -5 degrees"."""
    if found[at].word == "minus":
        return True
    alone = at == 0 or found[at - 1].end < found[at].start
    after = found[at + 1]
    aside = [token.word for token in found[at + 2 : at + 3]] == ["of"]  # "-five of them-": a dash, no sign
    told = found[at].word in _SIGNED and is_number_word(after.word) and not aside
    return (
        alone and found[at].end == after.start and (told or after.word[0].isnumeric() or after.word in CURRENCY_SIGNS)
    )


def _below_zero(found: list[Token], at: int) -> tuple[NumberMention | None, int]:
    """The number behind a "minus", and the token after it."""
    below, after = _mention(found, at + 1)
    if below is None or below.span.start != found[at + 1].start:
        return None, at + 1
    return replace(below, span=Span(found[at].start, below.span.end), low=-below.high, high=-below.low), after


def _of_one(found: list[Token], after: int) -> tuple[str, int, NumberKind]:
    """A unit behind a fraction, "three quarters of an hour": its name, the token after it, the kind of number."""
    if period := _of_a_period(found, after):
        return *period, NumberKind.CARDINAL
    if whole := _of_one_percent(found, after):
        return *whole, NumberKind.CARDINAL
    return "", after, NumberKind.FRACTION


#: Units that a period behind them does not divide: "5 percent a year" is a rate, "2 years a week" is none.
_RATELESS = frozenset(["years", "months", "of", "about"])
_RATES = frozenset(["second", "minute", "hour", "day", "week", "month", "year", "quarter"])


def _rate(found: list[Token], after: int) -> tuple[str, int] | None:
    """As in "a month", "per year", "each week" behind a number: the period, and the token after it."""
    for at in (after, after + 1):  # a noun may stand between: "900 crowns a month"
        words = [token.word for token in found[at : at + 2]]
        if len(words) > 1 and words[0] in {"a", "per", "each", "every", "an"} and words[1] in _RATES:
            return (words[1], at + 2) if at == after or found[after].word.isalpha() else None
    return None


def _of_a_period(found: list[Token], after: int) -> tuple[str, int] | None:
    """A unit after "of a": its name, and the token after it."""
    words = [token.word for token in found[after : after + 3]]
    if len(words) == 3 and words[0] == "of" and words[1] in {"a", "an"} and words[2] in PERIODS:  # noqa: PLR2004
        return PERIODS[words[2]], after + 3
    return (
        (PERIODS[words[1]], after + 2) if len(words) > 1 and words[0] in {"a", "an"} and words[1] in PERIODS else None
    )


def _of_one_percent(found: list[Token], after: int) -> tuple[str, int] | None:
    """Behind a fraction, as in "half a percent", "half of one percentage point": the unit, and the token after it."""
    words = [token.word for token in found[after : after + 2]]
    lead = words[:1] == ["of"]
    if words[lead : lead + 1] in (["a"], ["one"], ["1"]) and (lead or words[0] == "a"):
        unit, stop = _unit(found, after + lead + 1, "")
        if unit in {"percent", "points", "basis points"}:
            return unit, stop
    return None


def _vague(found: list[Token], at: int) -> tuple[NumberMention | None, int]:
    """As in "thousands of dollars", "tens of thousands", "hundreds of millions"."""
    start, size = at, Fraction(VAGUE[found[at].word])
    after = at + 1
    while after + 1 < len(found) and found[after].word == "of" and found[after + 1].word in VAGUE and size < _LARGEST:
        size *= VAGUE[found[after + 1].word]
        after += 2
    return NumberMention(Span(found[start].start, found[after - 1].end), size, size, "about"), after


def _period(found: list[Token], after: int, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction, str, int]:
    """As in "10 years", "10-year", "two decades", "5 miles" after a number."""
    skip = after + (after < len(found) and found[after].word == "-")
    word = found[skip].word if skip < len(found) else ""
    if word in PERIODS:
        age = [token.word for token in found[skip + 1 : skip + 3] if token.word != "-"][:1]
        if age and age[0] in {"old", "olds"}:  # "a 55-year-old man": the age alone
            return low, high, "", skip + (3 if found[skip + 1].word == "-" else 2)
        return low, high, PERIODS[word], skip + 1
    singular = word[:-3] + "y" if word.endswith("ies") else word.rstrip("s")
    if singular in _SPANS:
        size, name = _SPANS[singular]
        return low * size, high * size, name, skip + 1
    return low, high, "", after


def _range(
    found: list[Token], after: int, low: Fraction, unit: str, kind: NumberKind
) -> tuple[Fraction, Fraction, int, str, NumberKind]:
    """As in "5 to 10", "5-10", "three of five", "three out of five", "9 in 10" after a first number."""
    word = found[after].word if after < len(found) else ""
    step = after + 1
    if word in {"to", "-", "–", "—"} and step < len(found):
        sign = found[step].word in CURRENCY_SIGNS
        read = value_at(found, step + sign)
        joined = word == "to" or (found[step].start == found[after].end)
        if read and joined and read[2] is NumberKind.CARDINAL and read[0] > low and read[3]:
            high = read[0]
            if found[after - 1].word not in MAGNITUDES and found[read[1] - 1].word in MAGNITUDES and low < 1000:  # noqa: PLR2004
                low *= MAGNITUDES[found[read[1] - 1].word]  # "5 to 10 million"
                if low > high:
                    low = read[0]
            return low, high, read[1], unit, kind
    if word in {"of", "in", "out"}:
        if word == "out" and step < len(found) and found[step].word == "of":
            step += 1
        if step < len(found) and found[step].word in {"the", "every"} and word != "in":
            step += 1
        read = value_at(found, step) if step < len(found) else None
        if (
            read
            and read[2] is NumberKind.CARDINAL
            and read[3]
            and low < read[0] <= 1000  # noqa: PLR2004
            and low == int(low)
            and (word != "in" or read[0] <= 100)  # noqa: PLR2004
        ):
            return low, read[0], read[1], "of", NumberKind.FRACTION
    return low, low, after, unit, kind


_VERBS = frozenset(["won", "rub"])  # currencies only behind a "million": "Of 20 seats, 3 won ..."
_SPANS = {"decade": (10, "years"), "century": (100, "years"), "fortnight": (2, "weeks")}


def _unit(found: list[Token], after: int, unit: str) -> tuple[str, int]:  # noqa: PLR0911
    """The unit after a number: percent, points, a currency."""

    def word(number: int) -> str:
        return found[number].word if number < len(found) else ""

    skip = after + (word(after) == "-")  # "a 5-percent cut"
    if word(skip) in {"percent", "%", "pc", "pct"}:
        if word(skip + 1) in {"point", "points"}:
            return "points", skip + 2
        return "percent", skip + 1
    if word(skip) == "per" and word(skip + 1) == "cent":
        return "percent", skip + 2
    if word(skip) == "percentage" and word(skip + 1) in {"point", "points"}:
        return "points", skip + 2
    if word(skip) == "percentage" and word(skip + 1) == "-" and word(skip + 2) in {"point", "points"}:
        return "points", skip + 3
    if word(skip) == "basis" and word(skip + 1) in {"point", "points"}:
        return "basis points", skip + 2
    if word(skip) in {"degrees", "degree", "°"} and word(skip + 1) in DEGREES:
        return DEGREES[word(skip + 1)], skip + 2
    if word(skip) in CURRENCY_WORDS and (word(skip) not in _VERBS or found[after - 1].word in MAGNITUDES):
        return CURRENCY_WORDS[word(skip)], skip + 1
    if unit == "" and word(after) in CURRENCY_SIGNS and word(after) != "$":
        return CURRENCY_SIGNS[word(after)], after + 1
    return unit, after
