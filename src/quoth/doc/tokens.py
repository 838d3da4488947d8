"""Words as they are compared: folded, contractions taken apart, abbreviations kept together, always with offsets.

A unit is smaller or larger than a token where comparing demands it: "isn't" is two units ("is", "not"), "U.S." is one,
"$" and "%" count as words because a quotation without them says something else.
"""

import html
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from math import log2
from typing import NamedTuple

from quoth.doc.folding import fold
from quoth.doc.spelling import american

#: Characters that are not seen: soft hyphens, zero widths, marks of direction.
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_COMBINING = "\u0300-\u036f"
_BROKEN = rf"[{_UNSEEN}]*[-‐\u00ad][{_UNSEEN}]*[^\S\n]*\n\s*(?=[^\W\d_A-Z])"
_MONTHS = (
    "January February March April May June July August September October November December"
    " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
_NO_DAY = "".join(f"(?<!{month} )" for month in _MONTHS.split())
#: Digits in groups of three, parted by a blank or an apostrophe: "10 000", "10'000"; no day and what follows it ("May 3
#: 200 people came"), and no row of figures.
GROUPED = (
    rf"(?<![\w.,'’])(?<!\d[ \u00a0]){_NO_DAY}"
    r"[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3}|['’]\d{3})+(?:[.,]\d{1,2})?(?![\w]|[ \u00a0'’.,:/-]\d)"
)
_UNIT = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}(?!\w)|{GROUPED}|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![\w])|[Pp]er\s+cent\b|&(?:amp|lt|gt|quot|nbsp|#\d{{1,6}});"
    rf"|\w[\w{_COMBINING}]*(?:(?:['’ʼ]|[{_UNSEEN}]+|{_BROKEN})\w[\w{_COMBINING}]*)*|[$€£¥%&]"
)
_LINE_END = re.compile(_BROKEN)
_INVISIBLE = re.compile(rf"[{_UNSEEN}]")
#: Endings of contractions: how many letters they take, and the word they stand for.
_ENDINGS = {"n't": "not", "'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would", "'s": "'s"}
_WHOLE = {"can't": ("ca", "can"), "won't": ("wo", "will"), "shan't": ("sha", "shall"), "ain't": ("ai", "is")}
#: Contractions that lost their apostrophe, and where it stood; words of their own ("its", "were") are left.
_BARE = {
    "dont": 3, "doesnt": 5, "didnt": 4, "isnt": 3, "arent": 4, "wasnt": 4, "werent": 5, "hasnt": 4, "havent": 5,
    "hadnt": 4, "wouldnt": 6, "couldnt": 6, "shouldnt": 7, "cant": 3, "wont": 3, "im": 1, "ive": 1, "weve": 2,
    "youve": 3, "theyve": 4, "youre": 3, "theyre": 4, "hes": 2, "shes": 3, "thats": 4, "theres": 5, "whats": 4,
    "youll": 3, "theyll": 4, "lets": 3,
}  # fmt: skip
#: Written in capitals these are names, not pronouns or other small words.
_CAPITALS = {"US": "u.s.", "UK": "u.k.", "UN": "u.n.", "EU": "e.u.", "USA": "u.s.", "U.S.A.": "u.s."}
_FUNCTION_WEIGHT = 0.15  # a function word beside a content word of weight 1 to 2
_RAREST = 2.0
_NUMBER_WEIGHT = 1.5


class Unit(NamedTuple):
    """One word as it is compared.

    Attributes:
        start: offset of its first code point.
        end: offset just past its last one.
        key: its folded form; equal keys are the same word.
    """

    start: int
    end: int
    key: str


def units(text: str, start: int = 0, end: int | None = None) -> list[Unit]:
    """The units of `text[start:end]` in order; offsets index `text`."""
    found: list[Unit] = []
    for match in _UNIT.finditer(text, start, len(text) if end is None else end):
        at, word = match.start(), match.group()
        if not word.isalnum() and ("\n" in word or _INVISIBLE.search(word)):
            found += _mended(word, at)
            continue
        for offset, stop, key in _parts(word):
            found.append(Unit(at + offset, at + stop, key))
    return found


def seen(text: str) -> str:
    """A text without characters that are not seen."""
    return _INVISIBLE.sub("", text)


def _mended(word: str, at: int) -> list[Unit]:
    """The units of a word with unseen characters in it, or broken at the end of a line.

    "evalu-" and "ation" on two lines are one word; "well-" and "known" are two, as they are in one line.
    """
    whole = _INVISIBLE.sub("", _LINE_END.sub("", word))
    halves = [_INVISIBLE.sub("", half) for half in _LINE_END.split(word)]
    if len(halves) > 1 and plain(whole) not in frequencies() and all(plain(half) in frequencies() for half in halves):
        found, place = [], 0
        for half, match in zip(halves, [*_LINE_END.finditer(word), None], strict=True):
            stop = match.start() if match else len(word)
            found.append(Unit(at + place, at + stop, _parts(half)[0][2]))
            place = match.end() if match else stop
        return found
    return [Unit(at, at + len(word), "".join(key for _, _, key in _parts(whole)))]


@lru_cache(maxsize=100_000)
def _parts(word: str) -> tuple[tuple[int, int, str], ...]:  # noqa: PLR0911 - one way of writing after another
    """The units of one written word, with offsets into it."""
    size = len(word)
    if word in _CAPITALS:
        return ((0, size, _CAPITALS[word]),)
    low = plain(word)
    if word[0] == "&" and size > 1:
        return ((0, size, html.unescape(word)),)
    if size > len("percent") and low.startswith("per") and low.endswith("cent") and low[3].isspace():
        return ((0, size, "percent"),)
    if low in _BARE:
        cut = _BARE[low]
        return _without_apostrophe(low, cut)
    if word[0].isdigit():
        return ((0, size, _number_key(low)),)
    if "." in low:
        return ((0, size, _CAPITALS.get(word.replace(".", ""), low.replace(".", ""))),)
    if "'" in low and len(low) == size:
        for ending, stands_for in _ENDINGS.items():
            if low.endswith(ending) and size > len(ending):
                cut = size - len(ending)
                stem = low[:cut]
                if low in _WHOLE:
                    stem = _WHOLE[low][1]
                return ((0, cut, american(stem)), (cut, size, stands_for))
    if low == "cannot":
        return ((0, 3, "can"), (3, 6, "not"))
    return ((0, size, american(low)),)


def _without_apostrophe(low: str, cut: int) -> tuple[tuple[int, int, str], ...]:
    """The units of a contraction that lost its apostrophe: "dont" as "do" and "not"."""
    whole = _parts(low[:cut] + "'" + low[cut:])
    return tuple((start - (start > cut), stop - (stop > cut), key) for start, stop, key in whole)


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """A word without case, accents and variants of the apostrophe."""
    return fold(word)


def _number_key(low: str) -> str:
    """Digits as they are compared: "34,000" and "34 000" as "34000"; "1,5" stays."""
    low = re.sub(r"[\s'’]", "", low)
    return low.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", low) else low


@lru_cache(maxsize=1)
def frequencies() -> Mapping[str, tuple[int, int]]:
    """For each known word: occurrences per ten million words, and per cent written in lower case."""
    lines = (files("quoth.lexicon") / "frequencies.csv").read_text(encoding="utf-8").splitlines()
    table: dict[str, tuple[int, int]] = {}
    for line in lines:
        if line.startswith(("#", "word,")):
            continue
        word, count, lower = line.rsplit(",", 2)
        table[word] = (int(count), int(lower))
    return table


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Words that carry grammar rather than matter, as keys."""
    raw = tomllib.loads((files("quoth.lexicon") / "function_words.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in raw.values() for word in words)


@lru_cache(maxsize=100_000)
def weight(key: str) -> float:
    """How much a unit tells: .15 for "the", about 1 for common content words, 2 for words that are hardly ever seen."""
    if key in function_words():
        return _FUNCTION_WEIGHT
    if key[0].isdigit():
        return _NUMBER_WEIGHT
    if key in {"not", "no", "never"}:
        return 1.0
    count = frequencies().get(key, (3, 0))[0]
    return max(0.6, min(_RAREST, log2(1e7 / max(count, 1)) / 9))
