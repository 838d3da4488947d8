"""Names of any alphabet in Latin letters, and whether two words are one name written in two ways of romanising it.

`distance` aligns two words letter by letter: consonants must be heard alike, vowels may differ where ways of writing
one name differ ("Julija" and "Yulia", "Farid" and "Fareed"), not where two names do ("Hansen" and "Hanson").
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate

from quoth.doc.name_tables import plain

_HAN = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3\s]+")
_ABJAD = re.compile(r"[\u0590-\u06ff]")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_SYLLABLE_NAMES = ("HANGUL SYLLABLE ", "HIRAGANA LETTER ", "KATAKANA LETTER ")
#: How much two words may differ, a letter of the longer one: found on names of our own (tests/gate/names.jsonl).
MOST = 0.13
_NEVER = 9.0
_SHARED = 0.35  # of the letters of both words, below which they are not aligned
_SHORT = 3  # letters; shorter words must be the same


@lru_cache(maxsize=1)
def _letters() -> Mapping[str, str]:
    raw = tomllib.loads((files("quoth.lexicon") / "romanised.toml").read_text(encoding="utf-8"))
    pairs = (entry.split(":") for line in raw.values() for entry in line.split())
    return dict(pairs)


@lru_cache(maxsize=1)
def han_readings() -> Mapping[str, str]:
    """A Chinese character to its usual reading, without tone."""
    raw = tomllib.loads((files("quoth.lexicon") / "han.toml").read_text(encoding="utf-8"))
    return {char: syllable for syllable, chars in raw.items() for char in chars}


def is_abjad(word: str) -> bool:
    """Whether a word is in a script that leaves vowels out."""
    return _ABJAD.search(word) is not None


def script(name: str) -> str:
    """The script of a name's first letter: "LATIN", "CYRILLIC"."""
    first = next((char for char in name if char.isalpha()), "")
    return unicodedata.name(first, "").split(" ", 1)[0] if first else ""


@lru_cache(maxsize=50_000)
def romanise(name: str) -> str:
    """A name in folded Latin letters; Chinese characters by their reading, Arabic and Hebrew letters as they are."""
    if name.isascii():
        return plain(name)
    if _HAN.search(name) or (_HANGUL.fullmatch(name) and " " not in name):
        name = _of_han(name)
    table = _letters()
    low = unicodedata.normalize("NFC", name.casefold())
    if _GREEK.search(low):
        low = "".join(char for char in unicodedata.normalize("NFD", low) if not unicodedata.combining(char))
    made, at = [], 0
    while at < len(low):
        two = low[at : at + 2]
        if len(two) > 1 and two in table:
            made.append(table[two])
            at += 2
            continue
        char = low[at]
        bare = unicodedata.normalize("NFD", char)[:1]
        made.append(table.get(char) or table.get(bare) or _syllable(char))
        at += 1
    return plain("".join(made))


def _syllable(char: str) -> str:
    named = unicodedata.name(char, "")
    start = next((start for start in _SYLLABLE_NAMES if named.startswith(start)), None)
    return named.removeprefix(start).removeprefix("SMALL ").lower() if start else char


def _of_han(name: str) -> str:
    """The reading of the surname, which is the first character, then of the others together."""
    readings = han_readings()
    read = [readings.get(char) or _syllable(char) for char in name if not char.isspace()]
    return f"{read[0]} {''.join(read[1:])}".strip()


def ways_of_writing(key: str) -> list[tuple[str, str]]:
    """A list of romanising.toml: what is written, and what it stands for."""
    packed = tomllib.loads((files("quoth.lexicon") / "romanising.toml").read_text(encoding="utf-8"))[key]
    return [(written, told) for written, _, told in (entry.partition(":") for entry in packed.split())]


@lru_cache(maxsize=1)
def _sounds() -> Mapping[str, frozenset[str]]:
    return {group: frozenset(way.strip("-") for way in told.split("/")) for group, told in ways_of_writing("sounds")}


_LONGEST_GROUPS = (7, 4, 3, 2, 1)  # letters
_Tokens = tuple[tuple[str, frozenset[str]], ...]
_VOWELS = "aeiouy"
_GLIDES = frozenset("iyj")
#: What it costs to take one vowel for another; any other two are two sounds.
_NEAR_VOWELS = {
    frozenset(pair): cost
    for pairs, cost in (("iy", 0.0), ("ei ae ou", 0.2), ("ao ey", 0.3), ("iu uy eo", 0.8))
    for pair in pairs.split()
}
_OTHER_VOWEL, _LOST_VOWEL, _LOST_BESIDE, _LOST_END = 0.9, 0.4, 0.15, 1.0
_HARD_V = 0.3  # "Eugenia" and "Evgenia"


def _tokens(word: str, *, letters: bool = False) -> _Tokens:
    """Letters or groups of them with the sounds that they may be; vowels stand for themselves."""
    made: list[tuple[str, frozenset[str]]] = []
    word = re.sub(r"(.)\1", r"\1", re.sub(r"[^a-z]", "", re.sub(r"x(?!h)", "ks", word)))
    at = 0
    table = _sounds()
    while at < len(word):
        size = next((size for size in ((1,) if letters else _LONGEST_GROUPS) if word[at : at + size] in table), 1)
        group = word[at : at + size]
        made.append((group, table.get(group, frozenset())))
        at += size
    return tuple(made)


@lru_cache(maxsize=50_000)
def _letters_of(word: str) -> frozenset[str]:
    return frozenset(word)


def share_letters(one: str, other: str) -> bool:
    """Whether two words share so many of their letters that they may be one, written in two ways."""
    first, second = _letters_of(one), _letters_of(other)
    shared = len(first & second)
    return shared >= _SHARED * (len(first) + len(second) - shared)


@lru_cache(maxsize=50_000)
def distance(one: str, other: str) -> float:
    """What two romanised words differ by, a letter of the longer one; from 1 on no sound is held to agree."""
    if one == other:
        return 0.0
    length = max(len(one), len(other), 1)
    if min(len(one), len(other)) < _SHORT or abs(len(one) - len(other)) > length / 2:
        return 1.0
    if not share_letters(one, other):
        return 1.0
    most = MOST * length
    costs = (
        _aligned(first, second, most)
        for first in _ways(one)
        for second in _ways(other)
        if most >= _NEVER or (first.may_be(second) and second.may_be(first))
    )
    return min(costs, default=_NEVER) / length


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of reading a word.

    Attributes:
        tokens: its letters or groups of them.
        lost: what it costs to leave each of them out.
        heard: what may stand for each of them.
        hard: the same of the consonants that are never silent.
    """

    tokens: _Tokens
    lost: tuple[float, ...]
    heard: tuple[frozenset[str], ...]
    hard: tuple[frozenset[str], ...]

    def may_be(self, other: "_Way") -> bool:
        """Whether the other word has what may stand for each consonant that is never silent, in the same order."""
        ahead = iter(other.heard)
        return all(any(not one.isdisjoint(told) for told in ahead) for one in self.hard)


@lru_cache(maxsize=50_000)
def _ways(word: str) -> tuple[_Way, ...]:
    """The word by groups of letters, and letter by letter where that is another thing."""
    groups, letters = _tokens(word), _tokens(word, letters=True)
    return tuple(map(_way, (groups,) if groups == letters else (groups, letters)))


def _way(tokens: _Tokens) -> _Way:
    lost = tuple(_lost(tokens, at) for at in range(len(tokens)))
    heard = tuple(map(_stands_for, tokens))
    hard = tuple(one for one, cost in zip(heard, lost, strict=True) if cost == _NEVER)
    return _Way(tokens, lost, heard, hard)


def _stands_for(token: tuple[str, frozenset[str]]) -> frozenset[str]:
    """A letter and its sounds; where two have nothing in common, `_changed` is no price for a consonant."""
    letter, ways = token
    beside = "u" if letter in {"v", "w"} else ""
    return frozenset((letter, beside, *(f"/{way}" for way in ways))) - {"", "/"}


def _aligned(first: _Way, second: _Way, most: float) -> float:
    """The cost of the cheapest alignment; above `most` it may be any higher number."""
    one, other, gone = first.tokens, second.tokens, second.lost
    row = list(accumulate(gone, initial=0.0))
    for number, (token, lost) in enumerate(zip(one, first.lost, strict=True)):
        last, row = row, [row[0] + lost]
        for column, told in enumerate(other):
            final = number == len(one) - 1 and column == len(other) - 1
            row.append(
                min(
                    last[column] + _changed(token, told, final=final),
                    last[column + 1] + lost,
                    row[column] + gone[column],
                )
            )
        if min(row) > most:
            return _NEVER * len(one)
    return row[-1]


def _lost(word: _Tokens, at: int) -> float:
    letter, ways = word[at]
    if letter in _GLIDES:
        beside = (at and word[at - 1][0] in _VOWELS) or (at + 1 < len(word) and word[at + 1][0] in _VOWELS)
        return _LOST_BESIDE if beside else _LOST_VOWEL
    if letter not in _VOWELS:
        return _LOST_BESIDE if "" in ways else _NEVER
    if at == len(word) - 1:
        return _LOST_END
    beside = (at and word[at - 1][0] in _VOWELS) or word[at + 1][0] in _VOWELS
    return _LOST_BESIDE if beside else _LOST_VOWEL


def _changed(token: tuple[str, frozenset[str]], told: tuple[str, frozenset[str]], *, final: bool) -> float:
    (one, ways), (other, more) = token, told
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        cost = _NEAR_VOWELS.get(frozenset((one, other)), _OTHER_VOWEL)
        return _LOST_END if final and frozenset((one, other)) in (frozenset("ao"), frozenset("eo")) else cost
    if {one, other} <= _GLIDES:
        return 0.0
    if {one, other} in ({"u", "v"}, {"u", "w"}):
        return _HARD_V
    if one in _VOWELS or other in _VOWELS:
        return _NEVER
    return 0.0 if (ways & more) - {""} else _NEVER
