"""What is known of the words of which names of bodies and places are made: kinds, countries, seats, other names."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quoth.doc.name_scripts import romanise
from quoth.doc.name_tables import plain, world

#: Letters that a form of a country's name shares with it.
STEM = 5
_ENDING = 4  # letters in which the two may end otherwise


@dataclass(frozen=True, slots=True)
class BodyTables:
    """Words of names of bodies and places, romanised.

    Attributes:
        small: words that no acronym and no comparison counts.
        twins: words that tell a body from another one that shares all else.
        parts: words that make a part of a body of it.
        forms: words for the legal form of a body.
        heads: last parts of German compounds.
        seats: the country of each seat of government, by the key of its name.
        exact: what a word means, in English.
        stems: how words begin that mean something, and what; the longest first.
        aliases: whom or what the table of aliases knows by the key of a name.
        countries: the country that a name, or the name of its people, stands for.
    """

    small: frozenset[str]
    twins: frozenset[str]
    parts: frozenset[str]
    forms: frozenset[str]
    heads: tuple[str, ...]
    seats: Mapping[str, str]
    exact: Mapping[str, str]
    stems: tuple[tuple[str, str], ...]
    aliases: Mapping[str, frozenset[str]]
    countries: Mapping[str, str]


def _toml(name: str) -> dict[str, object]:
    return tomllib.loads((files("quoth.lexicon") / name).read_text(encoding="utf-8"))


def _packed(raw: Mapping[str, object], key: str) -> frozenset[str]:
    return frozenset(str(raw[key]).split())


@lru_cache(maxsize=1)
def tables() -> BodyTables:
    """The tables, read once."""
    raw = _toml("body_words.toml")
    exact: dict[str, str] = {}
    stems: list[tuple[str, str]] = []
    for concept, forms in raw["concepts"].items():  # type: ignore[attr-defined]
        for form in forms.split():
            if form.endswith("*"):
                stems.append((form[:-1], concept))
            else:
                exact.setdefault(form, concept)
    stems.sort(key=lambda pair: -len(pair[0]))
    seats = dict(entry.split(" = ") for entry in raw["seats"])  # type: ignore[attr-defined]
    aliases: dict[str, set[str]] = {}
    for group, rows in _toml("aliases.toml").items():
        for row in rows:  # type: ignore[attr-defined]
            for name in row.split("|"):
                aliases.setdefault(body_key(name), set()).add(f"{group}:{row.split('|')[0]}")
    known = world()
    countries = {romanise(name): told for name, told in known.names.items() if known.types[told] == "place"}
    for english, others in _toml("country_names.toml").items():
        short = english.split(" (")[0].replace("&", "and")
        told = known.names.get(plain(short), short)
        for name in (short, *str(others).split("|")):
            countries.setdefault(romanise(name), told)
    countries |= {romanise(name): told for name, told in known.peoples.items() if told}
    return BodyTables(
        _packed(raw, "small"),
        _packed(raw, "twins"),
        _packed(raw, "parts"),
        _packed(raw, "forms"),
        tuple(str(raw["heads"]).split()),
        {body_key(name): country for name, country in seats.items()},
        exact,
        tuple(stems),
        {name: frozenset(told) for name, told in aliases.items()},
        countries,
    )


def body_key(name: str) -> str:
    """A name without article and signs, romanised: under it the tables know it."""
    return re.sub(r"[^\w()]+", " ", romanise(name).replace(".", "")).strip().removeprefix("the ")


@lru_cache(maxsize=50_000)
def known_as(name: str) -> frozenset[str]:
    """Whom or what the table of aliases knows by a name, qualifier or none."""
    told = tables().aliases
    key = body_key(name)
    return told.get(key) or told.get(body_key(re.sub(r"\s*\([^)]*\)", "", name)), frozenset())


def country_of(word: str, shared: int = STEM) -> str | None:
    """The country that a romanised word names or is an adjective of, in any of the languages of the table."""
    table = tables().countries
    if word in table:
        return table[word]
    near = _near_countries().get(word[:STEM], ()) if len(word) >= STEM else ()
    best: tuple[int, str] | None = None
    for name, told in near:
        alike = next(
            (at for at, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name))
        )
        if alike >= shared and max(len(word), len(name)) - alike <= _ENDING and (best is None or alike > best[0]):
            best = (alike, told)
    return best[1] if best else None


@lru_cache(maxsize=1)
def _near_countries() -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, told in tables().countries.items():
        if " " not in name and len(name) >= STEM:
            found.setdefault(name[:STEM], []).append((name, told))
    return {start: tuple(told) for start, told in found.items()}


@lru_cache(maxsize=20_000)
def concept(word: str) -> str | None:
    """What a romanised word means in a name of a body, in English; None if it is no such word."""
    table = tables()
    if word in table.exact:
        return table.exact[word]
    return next((told for stem, told in table.stems if word.startswith(stem)), None)


def concepts_of(word: str) -> tuple[str, ...]:
    """The concepts of one word, of each part of a German compound."""
    head = next((head for head in tables().heads if word.endswith(head) and len(word) > len(head) + 2), None)
    if head is not None:
        first, last = concept(word[: -len(head)]), concept(head)
        if first and last:
            return tuple(dict.fromkeys((*(("federal",) if word.startswith("bundes") else ()), first, last)))
    told = concept(word)
    return (told,) if told else ()
