"""Whether two names are names of one: a score, and the reason for it.

After the comparators of nomenklatura, which return both. The scores are ordered by how safe the reason is; they are no
probabilities. Persons are compared word by word; bodies and places by their words whatever their order.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quoth.doc.body_tables import known_as
from quoth.doc.name_bodies import compare_bodies, is_body
from quoth.doc.name_persons import compare_persons, may_be_alike, parse_person
from quoth.doc.name_reasons import APART, SCORES, Label, Likeness, Reason, likeness
from quoth.doc.name_tables import plain, words, world
from quoth.doc.phonetics import sounds
from quoth.doc.slips import slips
from quoth.types import EntityType

__all__ = [
    "APART",
    "Label",
    "Likeness",
    "Reason",
    "acronym_keys",
    "compare",
    "compare_unrelated",
    "is_acronym",
    "keys",
    "legal_forms",
    "lone_keys",
    "name_words",
    "similar",
]
#: Likenesses beyond those that are told by the letters of the names.
_BESIDES = frozenset(
    {
        Reason.SAME,
        Reason.ALIAS,
        Reason.TRANSLITERATION,
        Reason.TRANSLATION,
        Reason.NICKNAME,
        Reason.SECOND_SURNAME,
        Reason.INITIALS,
    }
)
_SMALL = frozenset({"of", "the", "for", "and", "&", "de", "del", "la", "du", "des", "s", "a", "an", "on", "to", "in"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LONGEST = 300  # characters of a name that is taken apart
_ACRONYM_LETTERS = 2  # at least
_SKELETON = 3  # consonants, at least, for two words to be spellings of one
#: Endings that make the people of a place out of its name.
_OF_A_PLACE = ("s", "n", "ns", "er", "ers", "ese", "ite", "ites", "ish")
_LENGTHS_APART = 4  # letters; spellings of one name differ by no more
_SHORT_WORD = 4  # letters; no slip is forgiven in shorter words
_LONG_WORD = 8  # letters; two slips are forgiven from here on


@dataclass(frozen=True, slots=True)
class _Tables:
    variants: Mapping[str, str]
    legal: frozenset[str]
    sounds: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    raw = tomllib.loads((files("quoth.lexicon") / "namesakes.toml").read_text(encoding="utf-8"))
    sounds = tuple((written, sound) for written, sound in raw["sounds"])
    return _Tables(raw["variants"], frozenset(raw["legal"].split()), sounds)


def legal_forms() -> frozenset[str]:
    """Folded forms of firms that say nothing about which firm it is: "ltd", "co"."""
    return _tables().legal | {"co", "corp", "group"}


@lru_cache(maxsize=50_000)
def name_words(name: str) -> tuple[str, ...]:
    """The telling words of a name: folded, without possessive endings, small words and marks."""
    bare = re.sub(r"['’]s?(?!\w)", "", plain(name)).replace(".", ". ")
    found = [word.strip("'-") for word in re.findall(r"[\w'-]+", bare)]
    return tuple(_tables().variants.get(word, word) for word in found if word and word not in _SMALL)


@lru_cache(maxsize=50_000)
def keys(name: str, kind: EntityType) -> frozenset[str]:
    """Keys of which two names must share one if `compare` is to find them alike (a person's lone surname aside).

    They are narrow on purpose, so that few of many thousand names share one: those of a person are the last name, the
    first sounds of first and last name, and all its words; those of a body its words by twos, one of which tells what
    kind of body it is, the first sounds of all its words, its acronym, and what its other short forms keep.
    """
    told = name_words(name)
    if not told:
        return frozenset()
    if kind is EntityType.PERSON:
        bare = _without_titles(told)
        heard = {"%" + sound for sound in sounds(bare[-1])} | {"%" + sound for sound in sounds(bare[0])}
        return frozenset(
            {"=" + bare[-1], _first_sounds((bare[0], bare[-1])), " ".join(sorted(bare)), _letters(bare), *heard}
        )
    known = world().names.get(plain(name))
    others = {"@" + told for told in known_as(name)}
    rooted = frozenset(_rooted(told))
    found = {" ".join(sorted(rooted)), " ".join(sorted(rooted - _tables().legal)), _first_sounds(told)} - {""}
    found |= {"^" + letters for some in acronym_keys(name) for letters in some}
    heads = rooted & words().body_heads
    found |= {"+".join(sorted((head, word))) for head in heads for word in rooted - {head}}
    if len(told) == 1:
        found |= {told[0] + ">", "<" + told[0]}
    elif told[-1].strip(".") in words().firm_ends:
        found.add(told[0] + ">")
    if len(told) > 1 and told[-1].endswith("s"):
        found.add("<" + told[-1])
    return frozenset(found | others | ({"@" + known} if known else set()))


def _letters(names: tuple[str, ...]) -> str:
    """The letters of a name, however hyphens and spaces part it: "Ri Sun-ok", "Ri Sun Ok"."""
    return "&" + "".join(names).replace("-", "")


def lone_keys(name: str) -> frozenset[str]:
    """Keys of which a person's name and a lone surname or first name must share one if `compare` finds them alike."""
    told = name_words(name)
    if not told:
        return frozenset()
    bare = _without_titles(told)
    return frozenset({"=" + word for word in bare} | ({_first_sounds(bare)} if len(bare) == 1 else set()))


def acronym_keys(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The letters that a name is, if it is an acronym; and the acronyms that could be made of it."""
    letters = name.replace(".", "")
    written = letters.isupper() and letters.isalpha() and len(letters) >= _ACRONYM_LETTERS
    return frozenset({letters} if written else ()), _initials(name)


def _first_sounds(names: tuple[str, ...]) -> str:
    return "~" + "~".join(_sounds(word)[:1] for word in names)


@lru_cache(maxsize=50_000)
def compare(first: str, second: str, kind: EntityType) -> Likeness:
    """How likely two names of this kind are names of one, and why."""
    one, other = name_words(first), name_words(second)
    if not one or not other:
        reason = Reason.DIFFERENT
    elif one == other:
        reason = Reason.SAME
    elif kind is EntityType.PERSON:
        bare, bare_other = _without_titles(one), _without_titles(other)
        if not may_be_alike(bare, bare_other) and not (known_as(first) and known_as(second)):
            return Likeness(SCORES.get(Reason.DIFFERENT, 0.0), Reason.DIFFERENT)
        reason = _persons(bare, bare_other)
    else:
        reason = _bodies(first, second, one, other)
    if reason is Reason.DIFFERENT:
        unrelated = compare_unrelated(first, second, kind)
        reason = unrelated.reason if unrelated.reason in _BESIDES else reason
    return Likeness(SCORES.get(reason, 0.0), reason)


@lru_cache(maxsize=50_000)
def compare_unrelated(first: str, second: str, kind: EntityType | None = None) -> Likeness:
    """Whether two names name one, for all that the names tell: nothing is known of where they stand.

    Args:
        first: a name in any script.
        second: another.
        kind: what they name; told by their words where None.

    Returns:
        The reason with its label (same, different or unsure) and score; the same in either order.
    """
    if not plain(first) or not plain(second):
        return likeness(Reason.DIFFERENT)
    if max(len(first), len(second)) > _LONGEST:
        return likeness(Reason.SAME if plain(first) == plain(second) else Reason.DIFFERENT)
    first, second = sorted((first, second))
    bodies = kind is not EntityType.PERSON if kind is not None else is_body(first) or is_body(second)
    shared = known_as(first) & known_as(second)
    if bodies and (kind is not None or not any(told.startswith("persons:") for told in shared)):
        return likeness(compare_bodies(first, second))
    return likeness(Reason.ALIAS if shared else compare_persons(parse_person(first), parse_person(second)))


@lru_cache(maxsize=50_000)
def _without_titles(name: tuple[str, ...]) -> tuple[str, ...]:
    table = words()
    start = 0
    while start < len(name) - 1 and name[start] in table.titles:
        start += 1
    end = len(name)
    while end - start > 1 and name[end - 1] in _SUFFIXES:
        end -= 1
    return name[start:end]


def _persons(one: tuple[str, ...], other: tuple[str, ...]) -> Reason:
    if one == other:
        return Reason.SAME
    shorter, longer = sorted((one, other), key=len)
    rules = _LONE_RULES if len(shorter) == 1 else _FULL_RULES
    return next((reason for reason, holds in rules if holds(shorter, longer)), Reason.DIFFERENT)


def _initial_of(short: str, name: str) -> bool:
    return len(short.rstrip(".")) == 1 and name.startswith(short.rstrip("."))


def _bodies(first: str, second: str, one: tuple[str, ...], other: tuple[str, ...]) -> Reason:
    table = world().names
    known, other_known = table.get(plain(first)), table.get(plain(second))
    if known and other_known:
        return Reason.ALIAS if known == other_known else Reason.DIFFERENT
    smaller, larger = sorted((frozenset(_rooted(one)), frozenset(_rooted(other))), key=len)
    legal = _tables().legal
    reason = Reason.DIFFERENT
    if smaller == larger:
        reason = Reason.WORDS
    elif smaller - legal and smaller - legal == larger - legal:
        reason = Reason.SHORT_FORM  # "Tarn Fisheries Ltd"
    elif is_acronym(first, second) or is_acronym(second, first):
        reason = Reason.ACRONYM
    elif len(one) == len(other) and all(similar(a, b) for a, b in zip(one, other, strict=True)):
        reason = Reason.SPELLING
    elif _is_firm(one, other) or _is_firm(other, one):
        reason = Reason.SHORT_FORM  # "Ridgeline", "Ridgeline Potash Corp."
    elif len(smaller) > 1 and smaller < larger and smaller & words().body_heads:
        reason = Reason.SHORT_FORM  # "Defence Ministry", "Ministry of Defence of Valdora"
    return reason


def _is_firm(short: tuple[str, ...], name: tuple[str, ...]) -> bool:
    if len(short) != 1 or len(name) == 1:
        return False
    team = short[0] == name[-1] and short[0].endswith("s") and short[0] not in words().body_heads
    return team or (short[0] == name[0] and name[-1].strip(".") in words().firm_ends)


@lru_cache(maxsize=50_000)
def _rooted(name: tuple[str, ...]) -> tuple[str, ...]:
    """Words with adjectives of countries turned into the countries: "Azeri" and "Azerbaijan" are one word."""
    peoples = world().peoples
    return tuple(plain(peoples.get(word) or word) for word in name)


def is_acronym(short: str, name: str) -> bool:
    """Whether `short` is made of the first letters of `name`: "TBFC" and "Tarn Bay Fishing Council"."""
    return not acronym_keys(short)[0].isdisjoint(_initials(name))


@lru_cache(maxsize=50_000)
def _initials(name: str) -> frozenset[str]:
    """The first letters of a name of several words: of those in capitals, and of all."""
    full = re.findall(r"\w+", re.sub(r"['’]s\b", "", name))
    if len(full) <= 1:
        return frozenset()
    return frozenset(
        {"".join(word[0] for word in full if word[0].isupper()), "".join(word[0] for word in full).upper()}
    )


@lru_cache(maxsize=50_000)
def similar(one: str, other: str) -> bool:
    """Whether two folded words of a name are one word spelled in two ways.

    Equal sounds once vowels are left aside (transliterations differ there), or one slip in a word of five letters and
    more, two in one of eight and more. The first letters must sound alike.
    """
    if one == other:
        return True
    shorter_word, longer_word = sorted((one, other), key=len)
    if len(longer_word) - len(shorter_word) > _LENGTHS_APART:
        return False
    if longer_word.startswith(shorter_word) and longer_word.endswith(_OF_A_PLACE):
        return False  # "Norland" and "Norlanders"
    sound, other_sound = _sounds(one), _sounds(other)
    if not sound or not other_sound or sound[0] != other_sound[0] or min(len(one), len(other)) <= _SHORT_WORD - 1:
        return False
    if (
        _skeleton(sound) == _skeleton(other_sound)
        and len(_skeleton(sound)) >= _SKELETON
        and min(len(one), len(other)) > _SHORT_WORD
    ):
        return True
    shorter = min(len(one), len(other))
    most = 2 if shorter >= _LONG_WORD else 1 if shorter > _SHORT_WORD else 0
    return slips(one, other, most) <= most


@lru_cache(maxsize=50_000)
def _sounds(word: str) -> str:
    for written, sound in _tables().sounds:
        word = word.replace(written, sound)
    return re.sub(r"(.)\1", r"\1", word)


def _skeleton(sounds: str) -> str:
    return sounds[0] + re.sub(r"[aeiouh]", "", sounds[1:])


_Holds = Callable[[tuple[str, ...], tuple[str, ...]], bool]
#: Rules for a single word and a name, tried in this order.
_LONE_RULES: tuple[tuple[Reason, _Holds], ...] = (
    (Reason.SURNAME, lambda lone, name: lone[0] == name[-1]),
    (Reason.SURNAME, lambda lone, name: lone[0] in name[1:]),  # "Ana Orr Tamsin", called "Orr"
    (Reason.GIVEN, lambda lone, name: lone[0] == name[0]),
    (Reason.SPELLING, lambda lone, name: len(name) == 1 and similar(lone[0], name[0])),
)
#: Rules for two full names, the shorter one first.
_FULL_RULES: tuple[tuple[Reason, _Holds], ...] = (
    (Reason.WORDS, lambda one, other: sorted(one) == sorted(other)),
    (Reason.DIFFERENT, lambda one, other: not similar(one[-1], other[-1])),
    (Reason.MIDDLE, lambda one, other: one[-1] == other[-1] and one[0] == other[0]),
    (
        Reason.INITIAL,
        lambda one, other: one[-1] == other[-1] and (_initial_of(one[0], other[0]) or _initial_of(other[0], one[0])),
    ),
    (Reason.SPELLING, lambda one, other: similar(one[0], other[0])),
    (Reason.MIDDLE, lambda one, other: one[-1] == other[-1] and set(one) <= set(other)),
)
