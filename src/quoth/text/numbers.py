"""Numbers of a text with values, magnitudes and units: "$5.2 million", "three of five", "5 to 10 percent"."""

from dataclasses import dataclass
from fractions import Fraction

from quoth.text.number_words import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    MAGNITUDES,
    PERIODS,
    VAGUE,
    NumberKind,
    Token,
    is_number_word,
    tokens,
    value_at,
)
from quoth.values import Span

__all__ = ["NumberKind", "NumberMention", "is_number_word", "numbers"]


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


_LARGEST = 10**100  # "thousands of thousands of ..."
#: Units that are told in each other, with the unit they are compared in and how many of it they are.
_SAME_AS: dict[str, tuple[str, Fraction]] = {
    "percent": ("share", Fraction(1, 100)),
    "years": ("months", Fraction(12)),
    "weeks": ("days", Fraction(7)),
    "hours": ("minutes", Fraction(60)),
    "tons": ("kilograms", Fraction(1000)),
    "kilometers": ("meters", Fraction(1000)),
}


def numbers(text: str) -> list[NumberMention]:
    """The numbers of `text` in reading order, none overlapping; "one" alone counts only before a noun's number word."""
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
    return mentions


def _mention(found: list[Token], at: int) -> tuple[NumberMention | None, int]:
    """The number that starts at token `at`, with sign, range and unit, and the token after it."""
    start = at
    unit = ""
    if found[at].word in CURRENCY_SIGNS:
        unit = CURRENCY_SIGNS[found[at].word]
        at += 1
        if at >= len(found) or (found[at].start != found[at - 1].end and not found[at].word[0].isdecimal()):
            return None, start + 1
    if unit == "" and found[at].word in VAGUE:
        return _vague(found, at)
    if unit == "" and found[at].word in _SPANS:
        size, name = _SPANS[found[at].word]
        return NumberMention(Span(found[at].start, found[at].end), Fraction(size), Fraction(size), name), at + 1
    read = value_at(found, at)
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
    if word(skip) in CURRENCY_WORDS:
        return CURRENCY_WORDS[word(skip)], skip + 1
    if unit == "" and word(after) in CURRENCY_SIGNS and word(after) != "$":
        return CURRENCY_SIGNS[word(after)], after + 1
    return unit, after
