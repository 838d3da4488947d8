"""Words and phrases that decide what a sentence claims: negations, hedges, modals, quantifiers, conditions.

The table is `lexicon/markers.toml`. The longest entry at a place wins, so that "no longer" is not "no", and "not only"
is nothing at all.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quoth.doc.stems import stem
from quoth.doc.word_similarity import word_kind

_NEUTRAL = "neutral"
#: Units between a marker that wants a number after it and that number: "more than a third", "about $5".
_REACH = 2
_SKIPPED = frozenset(["$", "€", "£", "¥", "a", "an", "the", "one", "another", "u.s."])


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at a place.

    Attributes:
        first: number of its first unit.
        last: number just past its last unit.
        family: negation, hedge, modal, quantifier or condition.
        kind: its class within the family.
    """

    first: int
    last: int
    family: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    stemmed: tuple[bool, ...]
    number: bool
    family: str
    kind: str


@lru_cache(maxsize=4)
def _table(name: str = "markers.toml") -> tuple[Mapping[str, Sequence[_Entry]], Mapping[str, Sequence[_Entry]]]:
    """Entries by their first word, and by the stem of their first word; longest first."""
    raw = tomllib.loads((files("quoth.lexicon") / name).read_text(encoding="utf-8"))
    exact: defaultdict[str, list[_Entry]] = defaultdict(list)
    stemmed: defaultdict[str, list[_Entry]] = defaultdict(list)
    for family, kinds in raw.items():
        for kind, line in (kinds if isinstance(kinds, dict) else {family: kinds}).items():
            for written in line.split():
                number = written.endswith("#")
                parts = [part for part in written.rstrip("#").split("_") if part]
                entry = _Entry(
                    tuple(stem(part[:-1]) if part.endswith("~") else part for part in parts),
                    tuple(part.endswith("~") for part in parts),
                    number,
                    family,
                    kind,
                )
                (stemmed if entry.stemmed[0] else exact)[entry.words[0]].append(entry)
    for table in (exact, stemmed):
        for entries in table.values():
            entries.sort(key=lambda entry: (-len(entry.words), not entry.number))
    return dict(exact), dict(stemmed)


def embedding(keys: Sequence[str]) -> Sequence[Marker]:
    """The words among units with these keys that take a clause and say how far it is asserted; see `embedding.toml`."""
    return _matched(tuple(keys), "embedding.toml")


def markers(keys: Sequence[str]) -> Sequence[Marker]:
    """The markers among units with these keys, in order, none overlapping."""
    return _matched(tuple(keys), "markers.toml")


@lru_cache(maxsize=2048)  # what stands before some words is read by one detector of changes after another
def _matched(keys: tuple[str, ...], table: str) -> tuple[Marker, ...]:
    found: list[Marker] = []
    at = 0
    while at < len(keys):
        entries = [entry for entry in _beginning(keys[at], table) if _fits(entry, keys, at)]
        if not entries:
            at += 1
            continue
        best = max(entries, key=lambda entry: (len(entry.words), entry.number))
        after = at + len(best.words)
        if best.family != _NEUTRAL:
            found.append(Marker(at, after, best.family, best.kind))
        at = after
    return tuple(found)


@lru_cache(maxsize=50_000)
def _beginning(key: str, table: str) -> tuple[_Entry, ...]:
    """The entries that may begin with a word."""
    exact, stemmed = _table(table)
    return (*exact.get(key, ()), *stemmed.get(stem(key), ()))


def _fits(entry: _Entry, keys: Sequence[str], at: int) -> bool:
    after = at + len(entry.words)
    if after > len(keys):
        return False
    for word, is_stem, key in zip(entry.words, entry.stemmed, keys[at:after], strict=True):
        if (stem(key) if is_stem and not key.endswith("ly") else key) != word:  # "reportedly" is no form of "report"
            return False
    return not entry.number or _before_number(keys, after)


def _before_number(keys: Sequence[str], after: int) -> bool:
    for key in keys[after : after + _REACH]:
        if word_kind(key) == "number":
            return True
        if key not in _SKIPPED:
            return False
    return False
