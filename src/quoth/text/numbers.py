"""Numbers of a text with their values, magnitudes and units: "$5.2 million", "three of five", "a dozen", "5 to 10 percent"."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from quoth.values import Span


class NumberKind(StrEnum):
    """What a number does."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number as a text gives it.

    Attributes:
        span: its words, with sign of currency, magnitude and unit.
        low: its value; the lower end of a range.
        high: the upper end of a range; the value itself where there is no range.
        unit: "percent", "points" (percentage points), "basis points", a currency code, or "" for a bare number.
        kind: cardinal, ordinal or fraction.
    """

    span: Span
    low: Fraction
    high: Fraction
    unit: str = ""
    kind: NumberKind = NumberKind.CARDINAL

    @property
    def value(self) -> tuple[Fraction, Fraction, str]:
        """What two mentions of the same number share: "half" and "50 percent", "two years" and "24 months"."""
        if self.unit in _SAME_AS:
            unit, size = _SAME_AS[self.unit]
            return self.low * size, self.high * size, unit
        if self.kind is NumberKind.FRACTION and self.unit == "":
            return self.low, self.high, "share"
        return self.low, self.high, self.unit


#: Units that are told in each other, with the unit they are compared in and how many of it they are.
_SAME_AS: dict[str, tuple[str, Fraction]] = {
    "percent": ("share", Fraction(1, 100)),
    "years": ("months", Fraction(12)),
    "weeks": ("days", Fraction(7)),
    "hours": ("minutes", Fraction(60)),
    "tons": ("kilograms", Fraction(1000)),
    "kilometers": ("meters", Fraction(1000)),
}
_ONES = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_HUNDRED = {"hundred": 100, "hundreds": 100}
_MAGNITUDES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12,
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12,
    "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
_SETS = {"dozen": 12, "dozens": 12, "score": 20, "couple": 2, "pair": 2}
_ORDINAL_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
_CURRENCY_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_CURRENCY_WORDS = {
    "dollar": "USD", "dollars": "USD", "usd": "USD", "euro": "EUR", "euros": "EUR", "eur": "EUR", "pound": "GBP",
    "pounds": "GBP", "gbp": "GBP", "yen": "JPY", "jpy": "JPY", "rupee": "INR", "rupees": "INR", "bucks": "USD",
}  # fmt: skip
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[$€£¥₹%½⅓¼¾⅔]|[-–—]|\S")
_VULGAR = {"½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_ORDINAL_ENDINGS = frozenset(["st", "nd", "rd", "th"])


@lru_cache(maxsize=50_000)
def is_number_word(word: str) -> bool:
    """Whether a folded word is a number in words, a magnitude or a fraction ("twelve", "million", "half")."""
    return (
        word in _ONES
        or word in _TENS
        or word in _HUNDRED
        or (len(word) > 3 and word in _MAGNITUDES)
        or word in _SETS
        or word in _PARTS
        or word in _ORDINAL_WORDS
    )


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str


def numbers(text: str) -> list[NumberMention]:
    """The numbers of `text` in reading order, none overlapping; "one" alone counts only before a noun's number word."""
    found = _tokens(text)
    mentions: list[NumberMention] = []
    at = 0
    while at < len(found):
        mention, after = _mention(found, at)
        if mention is None:
            at += 1
            continue
        mentions.append(mention)
        at = after
    return mentions


def _tokens(text: str) -> list[_Token]:
    return [_Token(match.start(), match.end(), match.group().casefold()) for match in _TOKEN.finditer(text)]


def _mention(found: list[_Token], at: int) -> tuple[NumberMention | None, int]:
    """The number that starts at token `at`, with sign, range and unit, and the token after it."""
    start = at
    unit = ""
    if found[at].word in _CURRENCY_SIGNS:
        unit = _CURRENCY_SIGNS[found[at].word]
        at += 1
        if at >= len(found) or (found[at].start != found[at - 1].end and not found[at].word[0].isdecimal()):
            return None, start + 1
    if unit == "" and found[at].word in _VAGUE:
        return _vague(found, at)
    if unit == "" and found[at].word in _SPANS:
        size, name = _SPANS[found[at].word]
        return NumberMention(Span(found[at].start, found[at].end), Fraction(size), Fraction(size), name), at + 1
    read = _value(found, at)
    if read is None:
        return None, start + 1
    low, after, kind, explicit = read
    high = low
    if kind is NumberKind.CARDINAL:
        low, high, after, unit, kind = _range(found, after, low, unit, kind)
    unit, after = _unit(found, after, unit)
    if unit == "" and kind is NumberKind.CARDINAL:
        low, high, unit, after = _period(found, after, low, high)
        explicit = explicit or bool(unit)
    if not explicit and not unit and high == low == 1:
        return None, start + 1  # "one" is mostly a pronoun
    return NumberMention(Span(found[start].start, found[after - 1].end), low, high, unit, kind), after


def _vague(found: list[_Token], at: int) -> tuple[NumberMention | None, int]:
    """ "thousands of dollars", "tens of thousands", "hundreds of millions"."""
    start, size = at, Fraction(_VAGUE[found[at].word])
    after = at + 1
    while after + 1 < len(found) and found[after].word == "of" and found[after + 1].word in _VAGUE:
        size *= _VAGUE[found[after + 1].word]
        after += 2
    return NumberMention(Span(found[start].start, found[after - 1].end), size, size, "about"), after


def _period(found: list[_Token], after: int, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction, str, int]:
    """ "10 years", "10-year", "two decades", "5 miles" after a number."""
    skip = after + (after < len(found) and found[after].word == "-")
    word = found[skip].word if skip < len(found) else ""
    if word in _PERIODS:
        return low, high, _PERIODS[word], skip + 1
    singular = word[:-3] + "y" if word.endswith("ies") else word.rstrip("s")
    if singular in _SPANS:
        size, name = _SPANS[singular]
        return low * size, high * size, name, skip + 1
    return low, high, "", after


def _range(
    found: list[_Token], after: int, low: Fraction, unit: str, kind: NumberKind
) -> tuple[Fraction, Fraction, int, str, NumberKind]:
    """ "5 to 10", "5-10", "three of five", "three out of five", "9 in 10" after a first number."""
    word = found[after].word if after < len(found) else ""
    step = after + 1
    if word in {"to", "-", "–", "—"} and step < len(found):
        sign = found[step].word in _CURRENCY_SIGNS
        read = _value(found, step + sign)
        joined = word == "to" or (found[step].start == found[after].end)
        if read and joined and read[2] is NumberKind.CARDINAL and read[0] > low and read[3]:
            high = read[0]
            if found[after - 1].word not in _MAGNITUDES and found[read[1] - 1].word in _MAGNITUDES and low < 1000:
                low *= _MAGNITUDES[found[read[1] - 1].word]  # "5 to 10 million"
                if low > high:
                    low = read[0]
            return low, high, read[1], unit, kind
    if word in {"of", "in", "out"}:
        if word == "out" and step < len(found) and found[step].word == "of":
            step += 1
        if step < len(found) and found[step].word in {"the", "every"} and word != "in":
            step += 1
        read = _value(found, step) if step < len(found) else None
        if (
            read
            and read[2] is NumberKind.CARDINAL
            and read[3]
            and low < read[0] <= 1000
            and low == int(low)
            and (word != "in" or read[0] <= 100)
        ):
            return low, read[0], read[1], "of", NumberKind.FRACTION
    return low, low, after, unit, kind


_PERIODS = {
    name + ending: name + "s"
    for name in [
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "mile",
        "kilometer",
        "meter",
        "foot",
        "pound",
        "ton",
        "kilogram",
        "acre",
        "gallon",
        "liter",
    ]
    for ending in ("", "s")
} | {
    "km": "kilometers",
    "kilometre": "kilometers",
    "kilometres": "kilometers",
    "kg": "kilograms",
    "feet": "foots",
    "tonnes": "tons",
}
_SPANS = {"decade": (10, "years"), "century": (100, "years"), "fortnight": (2, "weeks")}
_VAGUE = {"dozens": 12, "hundreds": 100, "thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12}


def _unit(found: list[_Token], after: int, unit: str) -> tuple[str, int]:
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
    if word(skip) in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[word(skip)], skip + 1
    if unit == "" and word(after) in _CURRENCY_SIGNS and word(after) != "$":
        return _CURRENCY_SIGNS[word(after)], after + 1
    return unit, after


def _value(found: list[_Token], at: int) -> tuple[Fraction, int, NumberKind, bool] | None:
    """A value in digits or words from token `at`: value, token after it, kind, and whether it is more than "a" or "one"."""
    if at >= len(found):
        return None
    word = found[at].word
    if word[0].isdecimal():
        return _digits(found, at)
    if word in _VULGAR:
        return _VULGAR[word], at + 1, NumberKind.FRACTION, True
    if word in {"a", "an", "half"} or word in _PARTS:
        special = _part(found, at)
        if special:
            return special
        if word not in {"a", "an"} and word not in _ORDINAL_WORDS:
            return None
    if word in {"a", "an"}:
        return _set_of(found, at)
    return _words(found, at)


def _digits(found: list[_Token], at: int) -> tuple[Fraction, int, NumberKind, bool]:
    value = _parse(found[at].word)
    after = at + 1
    following = found[after] if after < len(found) else None
    if following and following.start == found[at].end and following.word in _ORDINAL_ENDINGS:
        return value, after + 1, NumberKind.ORDINAL, True
    if following and following.word in _VULGAR:
        value += _VULGAR[following.word]
        after += 1
    if following and following.word == "/" and after + 1 < len(found) and found[after + 1].word.isdecimal():
        below = int(found[after + 1].word)
        if 0 < value < below <= 100:
            return value / below, after + 2, NumberKind.FRACTION, True
    if following and following.word == "and" and after + 2 < len(found) and found[after + 1].word in {"a", "one"}:
        part = _PARTS.get(found[after + 2].word)
        if part in {2, 3, 4}:
            value += Fraction(1, part)
            after += 3
    value, after = _magnitude(found, after, value)
    return value, after, NumberKind.CARDINAL, True


def _magnitude(found: list[_Token], after: int, value: Fraction) -> tuple[Fraction, int]:
    skip = after
    if skip < len(found) and found[skip].word == "-":
        skip += 1
    while skip < len(found):
        word = found[skip].word
        glued = found[skip].start == found[skip - 1].end
        if word in _HUNDRED or (word in _MAGNITUDES and (len(word) > 2 or glued or word == "bn")):
            value *= _HUNDRED.get(word) or _MAGNITUDES[word]
            skip += 1
            after = skip
        else:
            break
    return value, after


def _part(found: list[_Token], at: int) -> tuple[Fraction, int, NumberKind, bool] | None:
    """ "half", "a third", "half a million", "a quarter of a million"."""
    skip = at + (found[at].word in {"a", "an"})
    if skip >= len(found) or found[skip].word not in _PARTS:
        return None
    word = found[skip].word
    bare = skip == at
    if bare and word != "half":
        return None  # "third" alone is an ordinal
    value = Fraction(1, _PARTS[word])
    after = skip + 1
    step = after
    if step < len(found) and found[step].word == "of":
        step += 1
    if step < len(found) and found[step].word in {"a", "an"}:
        step += 1
    if (
        step < len(found)
        and step > after - (not bare)
        and found[step].word in {"million", "billion", "trillion", "dozen", "thousand"}
    ):
        size = _MAGNITUDES.get(found[step].word) or _SETS[found[step].word]
        return value * size, step + 1, NumberKind.CARDINAL, True
    if word == "second":
        return None
    return value, after, NumberKind.FRACTION, True


def _set_of(found: list[_Token], at: int) -> tuple[Fraction, int, NumberKind, bool] | None:
    """ "a dozen", "a hundred", "a couple", "a million"."""
    after = at + 1
    if after >= len(found):
        return None
    word = found[after].word
    if word in {"dozen", "couple", "score"}:
        return Fraction(_SETS[word]), after + 1, NumberKind.CARDINAL, True
    if word == "hundred" or (word in _MAGNITUDES and len(word) > 2):  # noqa: PLR2004 - "a m"
        value, stop = _magnitude(found, after, Fraction(1))
        return value, stop, NumberKind.CARDINAL, True
    return None


def _words(found: list[_Token], at: int) -> tuple[Fraction, int, NumberKind, bool] | None:
    """ "twenty-five", "one hundred and six thousand", "two thirds", "twenty-first"."""
    total, current = 0, 0
    after = at
    any_number = False
    ordinal = False
    while after < len(found):
        word = found[after].word
        if (
            word == "-"
            and any_number
            and after + 1 < len(found)
            and (
                found[after + 1].word in _ONES
                or found[after + 1].word in _ORDINAL_WORDS
                or found[after + 1].word in _PARTS
            )
        ):
            after += 1
            continue
        if (
            word == "and"
            and any_number
            and found[after - 1].word in {"hundred", "thousand", "million"}
            and after + 1 < len(found)
            and (found[after + 1].word in _ONES or found[after + 1].word in _TENS)
        ):
            after += 1
            continue
        if word in _ONES and (not any_number or current % 10 == 0) and current % 100 not in range(1, 20):
            current += _ONES[word]
        elif word in _TENS and current % 100 == 0:
            current += _TENS[word]
        elif word in {"hundred", "hundreds"} and any_number and current and current < 100:
            current *= 100
        elif word in _MAGNITUDES and len(word) > 2 and any_number:
            total += (current or 1) * _MAGNITUDES[word]
            current = 0
        elif word == "dozen" and any_number:
            current *= 12
        elif (
            any_number
            and word in _PARTS
            and word != "second"
            and 0 < current < 20
            and (word.endswith("s") or current == 1)
        ):
            part = Fraction(current, _PARTS[word])
            return part, after + 1, NumberKind.FRACTION, True
        elif word in _ORDINAL_WORDS and (not any_number or (current % 10 == 0 and current >= 20)):
            current += _ORDINAL_WORDS[word]
            ordinal = True
            after += 1
            any_number = True
            break
        else:
            break
        any_number = True
        after += 1
    if not any_number:
        return None
    while found[after - 1].word in {"-", "and"}:
        after -= 1
    value = Fraction(total + current)
    kind = NumberKind.ORDINAL if ordinal else NumberKind.CARDINAL
    return value, after, kind, not (value == 1 and after - at == 1 and not ordinal)


@lru_cache(maxsize=50_000)
def _parse(digits: str) -> Fraction:
    """The value of digits: "1,200.5", "1.200,5" (by the last separator), "34,000"."""
    if re.fullmatch(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?", digits):
        return Fraction(digits.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", digits) or re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", digits):
        return Fraction(digits.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return Fraction(digits.replace(",", "."))
    if re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return Fraction(digits)
    return Fraction(re.sub(r"\D", "", digits))
