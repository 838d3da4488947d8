"""Which of the given documents may be the original that report and source were both translated from.

A document in another language is about the same thing as a source if most of what needs no translation stands in both,
in the same order: numbers, the days and years of dates among them, and names, known again across scripts by their
consonants. Its wording is not compared.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from quoth.doc.dates import parse_day
from quoth.doc.phonetics import sounds
from quoth.doc.tokens import plain
from quoth.doc.word_similarity import is_name
from quoth.types import Document

#: So many names and numbers at least, and this share of the source's, must stand in both.
FEWEST = 4
SHARE = 0.5
#: Share of them that must stand in the same order: the longest rising row of places.
IN_ORDER = 0.6
#: How many times as long one of the two may be as the other.
LONGER = 3.0
#: Days between the dates of two texts of one statement.
DAYS = 10
#: Consonants of a name that is known again in another script; shorter ones are chance.
_CONSONANTS = 3
_WORD = re.compile(r"\d+(?:[  .,٬٫'’]\d+)*|[^\W\d_][^\W\d_'’-]*")
_OPENS = re.compile(r"(?:^|[.!?:;…\n]['\"”’)\]]*\s*|[\"“‘(\[]\s*)$")


@dataclass(frozen=True, slots=True)
class Original:
    """A document that may be the original of a source.

    Attributes:
        document: the document, in another language.
        shared: how many names and numbers of the source stand in it.
        of: how many the source has.
    """

    document: Document
    shared: int
    of: int


def original_of(source: Document, given: Sequence[Document]) -> Original | None:
    """The document among those given that is likeliest the original of `source`, if one is about the same thing."""
    others = [one for one in given if source.language and one.language and one.language != source.language]
    found = [made for other in others if (made := _compared(source, other)) is not None]
    return max(found, key=lambda one: one.shared, default=None)


@lru_cache(maxsize=64)
def _compared(source: Document, other: Document) -> Original | None:
    """How many of a source's names and numbers stand in another document; None where it is about something else."""
    long, short = max(len(source.text), len(other.text)), min(len(source.text), len(other.text))
    if long > LONGER * short or _days_apart(source, other) > DAYS:
        return None
    anchors = _anchors(source.text)
    there = _places(other.text)
    places = [there[key] for keys in anchors if (key := next((key for key in keys if key in there), None))]
    if len(places) < max(FEWEST, SHARE * len(anchors)) or _rising(places) < IN_ORDER * len(places):
        return None
    return Original(other, len(places), len(anchors))


def _days_apart(one: Document, other: Document) -> int:
    """Days between the dates of two documents; 0 where one of them has no complete one."""
    first, second = parse_day(one.published), parse_day(other.published)
    return abs((first - second).days) if first and second else 0


def _anchors(text: str) -> list[tuple[str, ...]]:
    """The different numbers and names of an English text in the order of their first mention, each by its keys."""
    found: dict[tuple[str, ...], None] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isdigit():
            if len(key := _number(word)) > 1:
                found[(key,)] = None
        elif is_name(word, opens=bool(_OPENS.search(text, max(0, match.start() - 6), match.start()))):
            keys = tuple(sorted(key for key in sounds(word) if len(key) >= _CONSONANTS))
            if keys:
                found[(plain(word), *keys)] = None
    return list(found)


def _places(text: str) -> dict[str, int]:
    """Where each number and each word, by its letters and by its consonants, stands first."""
    found: dict[str, int] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        keys = [_number(word)] if word[0].isdigit() else [plain(word), *sounds(word)]
        for key in keys:
            found.setdefault(key, match.start())
    return found


def _number(written: str) -> str:
    """The digits of a number in Western figures; the marks that group them or begin its fraction aside."""
    return "".join(str(unicodedata.digit(char)) for char in written if char.isdigit())


def _rising(places: Sequence[int]) -> int:
    """Length of the longest rising row (Schensted 1961)."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
