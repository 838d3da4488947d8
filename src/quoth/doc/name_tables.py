"""The tables by which names are told: titles, heads of bodies and places, first names, countries and known bodies."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from quoth.doc.folding import fold
from quoth.types import EntityType


class Gender(StrEnum):
    """What a name, a title or a pronoun tells of a person."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class World:
    """Names that stand for one country or body.

    Attributes:
        names: folded name to the canonical one ("daesh" to "Islamic State").
        types: canonical name to its type.
        capitals: folded name of a seat of government to its country.
        peoples: folded adjective or name of a people to its country, or to "" where it belongs to none.
        plurals: folded names of groups of people ("republicans").
        places: folded names of other places.
        regions: those of them that are parts of a country, as states are.
        region_codes: folded short forms of these, without a full stop at the end.
        shouted: folded short names that are written in capitals alone ("who" for the WHO, "us" for the US).
    """

    names: Mapping[str, str]
    types: Mapping[str, EntityType]
    capitals: Mapping[str, str]
    peoples: Mapping[str, str]
    plurals: frozenset[str]
    places: frozenset[str]
    regions: frozenset[str]
    region_codes: frozenset[str]
    shouted: frozenset[str]

    def is_region(self, name: str) -> bool:
        """Whether a name is that of a country or of a part of one, or stands for that behind a town."""
        folded = plain(name)
        country = self.names.get(folded)
        if folded in self.regions or (country is not None and self.types[country] is EntityType.PLACE):
            return True
        return name[:1].isupper() and folded.removesuffix(".") in self.region_codes


@dataclass(frozen=True, slots=True)
class Words:
    """Sets of folded words; see names.toml."""

    titles: frozenset[str]
    title_gender: Mapping[str, Gender]
    title_parts: frozenset[str]
    occupations: frozenset[str]
    body_heads: frozenset[str]
    of_heads: frozenset[str]
    of_places: frozenset[str]
    place_heads: frozenset[str]
    place_starts: frozenset[str]
    place_sides: frozenset[str]
    firm_ends: frozenset[str]
    body_starts: frozenset[str]
    other_heads: frozenset[str]
    openers: frozenset[str]
    particles: frozenset[str]
    speech: frozenset[str]


_SHORT = 5  # letters of the longest short name that is a word, too


@lru_cache(maxsize=100_000)
def plain(words: str) -> str:
    """Words as names are compared: lower case, no accents, one apostrophe, no white space at the ends."""
    return " ".join(fold(words).split())


def _raw(name: str) -> dict[str, object]:
    return tomllib.loads((files("quoth.lexicon") / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists."""
    lists = {key: frozenset(str(value).casefold().split()) for key, value in _raw("names.toml").items()}
    gender = dict.fromkeys(lists.pop("titles_f"), Gender.FEMALE) | dict.fromkeys(lists.pop("titles_m"), Gender.MALE)
    return Words(title_gender=gender, **{**lists, "titles": lists["titles"] | frozenset(gender)})


@lru_cache(maxsize=1)
def first_names() -> Mapping[str, Gender]:
    """Folded first name to the gender it usually tells."""
    return {plain(name): Gender(key) for key, value in _raw("first_names.toml").items() for name in str(value).split()}


@lru_cache(maxsize=1)
def world() -> World:
    """Countries, bodies and places."""
    raw = _raw("world.toml")
    names: dict[str, str] = {}
    types: dict[str, EntityType] = {}
    capitals: dict[str, str] = {}
    peoples: dict[str, str] = {}
    plurals: set[str] = set()
    for country, capital, people, others in raw["countries"]:  # type: ignore[attr-defined]
        types[country] = EntityType.PLACE
        capitals[plain(capital)] = country
        for name in (country, *_split(others)):
            names[plain(name)] = country
        for name in _split(people):
            peoples.setdefault(plain(name), country)
            if name.endswith("s"):
                plurals.add(plain(name))
    for kind, name, others in raw["bodies"]:  # type: ignore[attr-defined]
        types[name] = EntityType(kind)
        for one in (name, *_split(others)):
            names[plain(one)] = name
    for name in _split(str(raw["adjectives"])):
        peoples.setdefault(plain(name), "")
    plurals |= {plain(name) for name in _split(str(raw["peoples"]))}
    places = frozenset(plain(name) for name in _split(str(raw["places"])))
    regions = frozenset(plain(name) for name in _split(str(raw["regions"])))
    written = {*types, *(name for row in (*raw["countries"], *raw["bodies"]) for name in _split(row[-1]))}  # type: ignore[misc]
    shouted = {plain(name) for name in written if len(name) <= _SHORT and name.isupper()}
    shouted -= {plain(name) for name in written if not name.isupper()}
    codes = frozenset(plain(code) for code in str(raw["region_codes"]).split())
    return World(
        names, types, capitals, peoples, frozenset(plurals), places | regions, regions, codes, frozenset(shouted)
    )


def _split(packed: str) -> list[str]:
    return [name.strip() for name in packed.split("|") if name.strip()]
