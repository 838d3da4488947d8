"""Times of the day: "6.30", "18:00", "6 p.m.", "half past six", "noon"."""

import re
from fractions import Fraction

from quoth.doc.numbers import NumberMention
from quoth.types import Span

_HOURS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_WORDS = "|".join(_HOURS)
_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_TIME = re.compile(
    rf"\b(?P<h1>[01]?\d|2[0-4]):(?P<m1>[0-5]\d)(?::[0-5]\d)?(?:\s*{_HALF.replace('half', 'half1')})?(?![\d:])"
    rf"|\b(?P<h2>1[0-2]|0?\d)(?:\.(?P<m2>[0-5]\d))?\s?{_HALF.replace('half', 'half2')}"
    r"|\b(?:at|by|until|till|from|before|after|around|about)\s+(?P<h3>[01]?\d|2[0-3])\.(?P<m3>[0-5]\d)\b"
    rf"(?:\s?{_HALF.replace('half', 'half3')})?(?!\s*(?:%|per|million|billion|m\b|km|bn))"
    rf"|\b(?P<to>half past|quarter past|quarter to|a quarter past|a quarter to)\s+(?P<h4>{_WORDS}|1[0-2]|\d)\b"
    rf"|\b(?P<h5>{_WORDS}|1[0-2]|\d)\s+o['’]clock\b"
    r"|\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight)\b",
    re.IGNORECASE,
)
_PARTS = {"half past": 30, "quarter past": 15, "a quarter past": 15, "quarter to": -15, "a quarter to": -15}
_DAY, _NOON = 24 * 60, 12 * 60
#: The unit of times: minutes since midnight; "open" ones do not say which half of the day.
CLOCK, OPEN_CLOCK = "clock", "clock of either half"


def times(text: str) -> list[NumberMention]:
    """The times of the day in a text, in order, as numbers of minutes since midnight."""
    found: list[NumberMention] = []
    for match in _TIME.finditer(text):
        start = match.start()
        if match["h3"]:
            start = match.start("h3")
        minutes, unit = _value(match)
        end = match.end() - match.group().endswith(".") * (match.group()[-2:-1] not in {"m", "M"})
        found.append(NumberMention(Span(start, end), Fraction(minutes), Fraction(minutes), unit))
    return found


def _value(match: re.Match[str]) -> tuple[int, str]:
    if match["noon"]:
        return _NOON, CLOCK
    if match["midnight"]:
        return 0, CLOCK
    written = match["h1"] or match["h2"] or match["h3"] or match["h4"] or match["h5"]
    hours = _HOURS.get(written.casefold()) or int(written)
    minutes = 60 * hours + int(match["m1"] or match["m2"] or match["m3"] or 0)
    if match["to"]:
        minutes += _PARTS[match["to"].casefold()]
    half = (match["half1"] or match["half2"] or match["half3"] or "").casefold()
    if half:
        return minutes % _NOON + (_NOON if half == "p" else 0), CLOCK
    return minutes % _DAY, OPEN_CLOCK if minutes < _NOON + 60 else CLOCK


def same_time(one: NumberMention, other: NumberMention) -> bool:
    """Whether two times are one: "half past six" may be 6.30 or 18.30."""
    if OPEN_CLOCK in {one.unit, other.unit}:
        return one.low % _NOON == other.low % _NOON
    return one.low == other.low
