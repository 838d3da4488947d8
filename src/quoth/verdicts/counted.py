"""Numbers with what they count and how exactly they are given."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quoth.doc.dates import dates
from quoth.doc.numbers import NumberMention, numbers
from quoth.doc.tokens import function_words
from quoth.types import Span

_NOUN_AFTER = re.compile(r"[\s-]+([^\W\d_]+)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s+\Z")
_HEDGE_CHARS = 24


@lru_cache(maxsize=1)
def _hedges() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Words that make a number less or more exact, by what they say, and the pattern that finds them before one."""
    raw = tomllib.loads((files("quoth.lexicon") / "number_hedges.toml").read_text(encoding="utf-8"))
    table = {phrase: meaning for meaning, phrases in raw["hedges"].items() for phrase in phrases}
    longest_first = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    return table, re.compile(rf"\b({longest_first})\s+(?:the\s+)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counted:
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
        """The number in its one form, with its hedge and what it counts."""
        low, high = (f"{float(value):.10g}" for value in (self.mention.low, self.mention.high))
        digits = low if low == high else f"{low}-{high}"
        return " ".join(part for part in (self.hedge, digits, self.mention.unit or self.written) if part)


def counted(text: str, span: Span) -> list[Counted]:
    """The numbers in a stretch that are no part of a date, each with what it counts and how exactly it is given."""
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
            Counted(
                mention,
                Span(start, end),
                _counted_by(text, span, place, noun),
                noun.group(1) if noun and noun.group(1).casefold() not in function_words() else "",
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
