"""Words of which only one can hold in one place: opposites ("drunk", "sober"), rivals of one set ("nurse", "dentist").

The tables are `lexicon/opposites.toml` and `lexicon/rivals.toml`; a beginning that denies the rest of a word
("unlawful") or turns it ("overpaid", "underpaid") needs no entry.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from quoth.doc.stems import stem
from quoth.doc.tokens import units
from quoth.doc.word_similarity import phrase_groups, synonym_groups
from quoth.types import ChangeKind

_SHORTEST = 4  # letters of what stands behind a denying beginning
_COMPARED = ("er", "est")


@dataclass(frozen=True, slots=True)
class Senses:
    """What a word or a phrase excludes.

    Attributes:
        opposites: numbers of pairs of opposites, negative on the second side.
        rivals: numbers of sets and of the part of the set.
    """

    opposites: frozenset[int] = frozenset()
    rivals: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Tables:
    senses: Mapping[tuple[str, ...], Senses]
    longest: int  # of the phrases that have senses, in words
    kinds: Sequence[ChangeKind]  # of the sets of rivals
    capitals: frozenset[str]
    denying: frozenset[str]
    undenied: frozenset[str]
    beginnings: Sequence[tuple[str, str]]
    little: Mapping[tuple[str, ...], str]
    relations: Mapping[frozenset[str], ChangeKind]
    alike: frozenset[str]
    motion: frozenset[str]
    converse: Mapping[str, frozenset[str]]  # stems, each with those that tell its thing from the other end


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("quoth.lexicon") / name).read_text(encoding="utf-8"))


def _phrase(entry: str) -> tuple[str, ...]:
    return tuple(stem(unit.key) for unit in units(entry.replace("_", " ")))


def _converse(lines: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """The stems that tell one thing from its two ends, each with those of the other end."""
    ends: dict[str, set[str]] = {}
    for line in lines:
        left, right = ([_phrase(word)[-1] for word in end.split()] for end in line.split("|"))
        for one, others in (*((word, right) for word in left), *((word, left) for word in right)):
            ends.setdefault(one, set()).update(others)
    return {word: frozenset(others) for word, others in ends.items()}


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    raw, sets = _read("opposites.toml"), _read("rivals.toml")
    opposites: dict[tuple[str, ...], set[int]] = {}
    for number, line in enumerate(raw["words"], 1):
        for sign, words in zip((1, -1), line.split("|"), strict=True):
            for word in words.split():
                opposites.setdefault(_phrase(word), set()).add(sign * number)
    rivals: dict[tuple[str, ...], set[tuple[int, int]]] = {}
    kinds: list[ChangeKind] = []
    capitals: set[str] = set()
    for kind, table in sets.items():
        for line in table["sets"]:
            for part, words in enumerate(line.split("|")):
                for word in words.split():
                    rivals.setdefault(_phrase(word), set()).add((len(kinds), part))
                    if kind == "date" and word[:1].isupper():
                        capitals.update(_phrase(word))
            kinds.append(ChangeKind(kind))
    every = opposites.keys() | rivals.keys()
    return _Tables(
        {
            entry: Senses(frozenset(opposites.get(entry, ())), frozenset(rivals.get(entry, ())))
            for entry in sorted(every)
        },
        max(map(len, every)),
        tuple(kinds),
        frozenset(capitals),
        frozenset(raw["denying"]),
        frozenset(key for word in raw["undenied"] for key in _phrase(word)),
        tuple((one.strip(), other.strip()) for one, other in (line.split("|") for line in raw["beginnings"])),
        {tuple(entry.split("_")): group for group, line in raw["little"].items() for entry in line.split()},
        {frozenset(two.split()): ChangeKind(kind) for kind, lines in raw["relations"].items() for two in lines},
        frozenset(key for word in raw["alike"] for key in _phrase(word)),
        frozenset(key for word in raw["motion"] for key in _phrase(word)),
        _converse(raw["converse"]),
    )


def longest() -> int:
    """How many words the longest phrase has of which `senses` knows any."""
    return _tables().longest


@lru_cache(maxsize=100_000)
def senses(keys: tuple[str, ...]) -> Senses | None:
    """What a word, or the words of a phrase, exclude as far as the tables know; None where they do not know it."""
    table = _tables().senses
    every = [keys] if len(keys) > 1 else [keys, *((base,) for base in _bases(keys[0]))]
    found = [known for words in every if (known := table.get(tuple(stem(word) for word in words)))]
    return (
        Senses(frozenset().union(*(one.opposites for one in found)), frozenset().union(*(one.rivals for one in found)))
        if found
        else None
    )


def _bases(key: str) -> Sequence[str]:
    """What a comparative or superlative may be of: "safer" of "safe", "bigger" of "big", "dirtier" of "dirty"."""
    for ending in _COMPARED:
        if key.endswith(ending) and len(key) > len(ending) + 2:
            rest = key[: -len(ending)]
            return (rest, rest + "e", rest[:-1] if rest[-1] == rest[-2] else rest, rest[:-1] + "y")
    return ()


def needs_capital(key: str) -> bool:
    """Whether a word names a day or a month only where it has a capital: "may", "march", "sun"."""
    return stem(key) in _tables().capitals


def contrast(ours: tuple[str, ...], theirs: tuple[str, ...]) -> ChangeKind | None:
    """The kind of change that one word or phrase for another is, where they exclude each other; else None."""
    if [stem(key) for key in ours] == [stem(key) for key in theirs] or _synonyms(ours, theirs):
        return None
    if len(ours) == len(theirs) == 1:
        if _one_shape(ours[0], theirs[0]):
            return ChangeKind.DATE
        if denied(ours[0], theirs[0]) or _turned(ours[0], theirs[0]):
            return ChangeKind.NEGATION
    mine, other = senses(ours), senses(theirs)
    return _excluded(mine, other) if mine and other else None


def _excluded(ours: Senses, theirs: Senses) -> ChangeKind | None:
    """The kind of change that a word of some senses for one of others is."""
    if ours.opposites & theirs.opposites:
        return None  # the one stands for the other somewhere
    if any(-sign in theirs.opposites for sign in ours.opposites):
        return ChangeKind.NEGATION
    parts = dict(theirs.rivals)
    sets = (number for number, part in ours.rivals if number in parts and parts[number] != part)
    return next((_tables().kinds[number] for number in sorted(sets)), None)


#: The keys of months, days of a month and years.
_DATES = tuple(re.compile(shape) for shape in (r"\d\dm", r"\d\d-\d\d", r"(?:1[5-9]|20)\d\d"))


def _one_shape(first: str, second: str) -> bool:
    """Whether two keys name two months, two days or two years."""
    return any(shape.fullmatch(first) and shape.fullmatch(second) for shape in _DATES)


def _synonyms(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if len(ours) == len(theirs) == 1:
        return bool(synonym_groups(ours[0]) & synonym_groups(theirs[0]))
    return bool(phrase_groups(" ".join(ours)) & phrase_groups(" ".join(theirs)))


def denied(first: str, second: str) -> bool:
    """Whether a beginning makes one word deny the other: "lawful", "unlawful"."""
    for short, long in ((stem(first), stem(second)), (stem(second), stem(first))):
        beginning = long.removesuffix(short) if len(short) >= _SHORTEST else ""
        if beginning in _tables().denying and long not in _tables().undenied:
            return True
    return False


def _turned(first: str, second: str) -> bool:
    """Whether two words have beginnings of which one is the opposite of the other, and the same rest."""
    for one, other in _tables().beginnings:
        for mine, its in ((one, other), (other, one)):
            if first.startswith(mine) and second.startswith(its):
                rest = stem(first[len(mine) :])
                seeming = stem(first) in _tables().undenied
                if not seeming and len(rest) >= _SHORTEST and rest == stem(second[len(its) :]):
                    return True
    return False


def little(keys: Sequence[str], at: int) -> tuple[str, int] | None:
    """The group of the little word or phrase that begins at a place, and how many words it has."""
    every = ((_tables().little.get(tuple(keys[at : at + size])), size) for size in range(len(keys) - at, 0, -1))
    return next(((group, size) for group, size in every if group is not None), None)


def turned(ours: str, theirs: str) -> ChangeKind | None:
    """The kind of change that a little word of one group for one of another is; None where they do not exclude it."""
    return _tables().relations.get(frozenset([ours, theirs]))


def converse(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two words tell one thing from its two ends: "lend" and "borrow"."""
    return stem(theirs[-1]) in converses(ours)


def converses(keys: tuple[str, ...]) -> frozenset[str]:
    """The stems of the words that tell from the other end what a word tells."""
    return _tables().converse.get(stem(keys[-1]), frozenset())


def of_motion(key: str) -> bool:
    """Whether a word is a form of a verb of motion."""
    return stem(key) in _tables().motion


def alike_behind(key: str) -> bool:
    """Whether "with" and "against" say the same behind a word: "the war with Olm", "the war against Olm"."""
    return stem(key) in _tables().alike
