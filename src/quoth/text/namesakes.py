"""Whether two names are names of one: a score, and the reason for it.

After the comparators of nomenklatura, which return both. The scores are ordered by how safe the reason is; they are no
probabilities. Persons are compared word by word; bodies and places by their words whatever their order.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from quoth.text.name_tables import plain, words, world
from quoth.values import EntityType


class Reason(StrEnum):
    """Why two names may be one."""

    SAME = "same name"
    ALIAS = "known by both names"
    WORDS = "same words in another order"
    ACRONYM = "acronym"
    MIDDLE = "middle name left out"
    INITIAL = "initial for a first name"
    SHORT_FORM = "shorter form of the name"
    SPELLING = "spelling variant"
    SURNAME = "surname only"
    GIVEN = "first name only"
    DIFFERENT = "different names"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two names are names of one (0 to 1, ordered by safety), and why."""

    score: float
    reason: Reason


_SCORES = {
    Reason.SAME: 1.0,
    Reason.ALIAS: 0.95,
    Reason.WORDS: 0.95,
    Reason.MIDDLE: 0.9,
    Reason.ACRONYM: 0.9,
    Reason.INITIAL: 0.85,
    Reason.SPELLING: 0.8,
    Reason.SHORT_FORM: 0.75,
    Reason.SURNAME: 0.7,
    Reason.GIVEN: 0.6,
    Reason.DIFFERENT: 0.0,
}
_SMALL = frozenset({"of", "the", "for", "and", "&", "de", "del", "la", "du", "des", "s", "a", "an", "on", "to", "in"})
#: British and American spellings inside names of bodies, and abbreviations that are words.
_VARIANTS = {
    "defense": "defence", "center": "centre", "organization": "organisation", "labor": "labour", "harbor": "harbour",
    "theater": "theatre", "dept": "department", "govt": "government", "min": "ministry", "intl": "international",
    "univ": "university", "corp": "corporation", "co": "company", "st": "saint",
}  # fmt: skip
_LEGAL = frozenset({"inc", "ltd", "llc", "llp", "plc", "corporation", "company", "limited", "gmbh", "ag", "sa"})
#: Ways of writing one sound in Latin letters, applied in this order before vowels are dropped.
_SOUNDS = (
    ("sch", "sh"), ("tch", "ch"), ("tsch", "ch"), ("dzh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("q", "k"), ("c", "k"), ("w", "v"), ("x", "ks"), ("zh", "j"), ("z", "s"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("y", "i"), ("'", ""), ("-", ""),
)  # fmt: skip
_LENGTHS_APART = 4  # letters; spellings of one name differ by no more
_SHORT_WORD = 4  # letters; no slip is forgiven in shorter words
_LONG_WORD = 8  # letters; two slips are forgiven from here on


@lru_cache(maxsize=50_000)
def name_words(name: str) -> tuple[str, ...]:
    """The telling words of a name: folded, without possessive endings, small words and marks."""
    bare = re.sub(r"['’]s?(?!\w)", "", plain(name)).replace(".", ". ")
    found = [word.strip("'-") for word in re.findall(r"[\w'-]+", bare)]
    return tuple(_VARIANTS.get(word, word) for word in found if word and word not in _SMALL)


def keys(name: str, kind: EntityType) -> frozenset[str]:
    """Keys of which two names of one kind must share one if `compare` is to find them alike (acronyms aside)."""
    told = name_words(name)
    if not told:
        return frozenset()
    if kind is EntityType.PERSON:
        bare = _without_titles(told)
        return frozenset({"~" + _sounds(bare[-1])[:1], *(("~" + _sounds(bare[0])[:1],) if len(bare) > 1 else ())})
    known = world().names.get(plain(name))
    rooted = frozenset(_rooted(told))
    return rooted | {"~" + _sounds(told[0])[:1]} | ({"@" + known} if known else frozenset())


@lru_cache(maxsize=50_000)
def compare(first: str, second: str, kind: EntityType) -> Likeness:
    """How likely two names of this kind are names of one, and why."""
    one, other = name_words(first), name_words(second)
    if not one or not other:
        reason = Reason.DIFFERENT
    elif one == other:
        reason = Reason.SAME
    elif kind is EntityType.PERSON:
        reason = _persons(_without_titles(one), _without_titles(other))
    else:
        reason = _bodies(first, second, one, other)
    return Likeness(_SCORES[reason], reason)


@lru_cache(maxsize=50_000)
def _without_titles(name: tuple[str, ...]) -> tuple[str, ...]:
    table = words()
    start = 0
    while start < len(name) - 1 and name[start] in table.titles:
        start += 1
    end = len(name)
    while end - start > 1 and name[end - 1] in {"jr", "sr", "ii", "iii", "iv"}:
        end -= 1
    return name[start:end]


def _persons(one: tuple[str, ...], other: tuple[str, ...]) -> Reason:
    if one == other:
        return Reason.SAME
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return _lone(shorter[0], longer)
    if sorted(one) == sorted(other):
        return Reason.WORDS
    if not similar(one[-1], other[-1]):
        return Reason.DIFFERENT
    same_surname = one[-1] == other[-1]
    given, other_given = shorter[0], longer[0]
    if same_surname and given == other_given:
        return Reason.MIDDLE
    if same_surname and (_initial_of(given, other_given) or _initial_of(other_given, given)):
        return Reason.INITIAL
    if len(one) == len(other) and all(similar(a, b) for a, b in zip(one, other, strict=True)):
        return Reason.SPELLING
    if similar(given, other_given):
        return Reason.SPELLING
    if same_surname and set(shorter) <= set(longer):
        return Reason.MIDDLE
    return Reason.DIFFERENT


def _lone(word: str, name: tuple[str, ...]) -> Reason:
    if word == name[-1] or (len(name) > 1 and word == " ".join(name[-2:])):
        return Reason.SURNAME
    if len(name) > 1 and word in name[1:]:
        return Reason.SURNAME  # "Ana Orr Tamsin", called "Orr"
    if word == name[0]:
        return Reason.GIVEN
    return Reason.SPELLING if len(name) == 1 and similar(word, name[0]) else Reason.DIFFERENT


def _initial_of(short: str, name: str) -> bool:
    return len(short.rstrip(".")) == 1 and name.startswith(short.rstrip("."))


def _bodies(first: str, second: str, one: tuple[str, ...], other: tuple[str, ...]) -> Reason:
    table = world().names
    known, other_known = table.get(plain(first)), table.get(plain(second))
    if known and other_known:
        return Reason.ALIAS if known == other_known else Reason.DIFFERENT
    left, right = set(_rooted(one)), set(_rooted(other))
    if left == right:
        return Reason.WORDS
    if left - _LEGAL == right - _LEGAL and left - _LEGAL:
        return Reason.SHORT_FORM
    if is_acronym(first, second) or is_acronym(second, first):
        return Reason.ACRONYM
    if len(one) == len(other) and all(similar(a, b) for a, b in zip(one, other, strict=True)):
        return Reason.SPELLING
    smaller, larger = sorted((left, right), key=len)
    heads = words().body_heads
    if smaller < larger and smaller & heads and len(smaller) > 1:
        return Reason.SHORT_FORM  # "Defence Ministry", "Ministry of Defence of Valdora"
    return Reason.DIFFERENT


@lru_cache(maxsize=50_000)
def _rooted(name: tuple[str, ...]) -> tuple[str, ...]:
    """Words with adjectives of countries turned into the countries: "Azeri" and "Azerbaijan" are one word."""
    peoples = world().peoples
    return tuple(plain(peoples.get(word) or word) for word in name)


def is_acronym(short: str, name: str) -> bool:
    """Whether `short` is made of the first letters of `name`: "TBFC" and "Tarn Bay Fishing Council"."""
    letters = short.replace(".", "")
    if not letters.isupper() or not letters.isalpha() or len(letters) < 2:  # noqa: PLR2004
        return False
    full = [word for word in re.findall(r"\w+", re.sub(r"['’]s\b", "", name)) if word]
    capitals = "".join(word[0] for word in full if word[0].isupper())
    every = "".join(word[0] for word in full).upper()
    return len(full) > 1 and letters in {capitals, every}


@lru_cache(maxsize=50_000)
def similar(one: str, other: str) -> bool:
    """Whether two folded words of a name are one word spelled in two ways.

    Equal sounds once vowels are left aside (transliterations differ there), or one slip in a word of five letters and
    more, two in one of eight and more. The first letters must sound alike.
    """
    if one == other:
        return True
    if abs(len(one) - len(other)) > _LENGTHS_APART:
        return False
    sound, other_sound = _sounds(one), _sounds(other)
    if not sound or not other_sound or sound[0] != other_sound[0] or min(len(one), len(other)) <= _SHORT_WORD - 1:
        return False
    if (
        _skeleton(sound) == _skeleton(other_sound)
        and len(_skeleton(sound)) > 2
        and min(len(one), len(other)) > _SHORT_WORD
    ):
        return True
    shorter = min(len(one), len(other))
    slips = 2 if shorter >= _LONG_WORD else 1 if shorter > _SHORT_WORD else 0
    return OSA.distance(one, other, score_cutoff=slips) <= slips


@lru_cache(maxsize=50_000)
def _sounds(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return re.sub(r"(.)\1", r"\1", word)


def _skeleton(sounds: str) -> str:
    return sounds[0] + re.sub(r"[aeiouh]", "", sounds[1:])
