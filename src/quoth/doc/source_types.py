"""What kind of words name a speaker: a pronoun, a name, a description, a document, or somebody left unnamed."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from quoth.doc.name_tables import Gender, plain, words


class SourceKind(StrEnum):
    """What the words that name a speaker are."""

    HE = "male"
    SHE = "female"
    IT = "thing"
    THEY = "many"
    WE = "ours"
    I = "mine"  # noqa: E741
    YOU = "yours"
    WHICH = "which"
    THIS = "this"
    DESCRIBED = "described"
    NONE = "none"


class Noun(StrEnum):
    """What the chief noun of a description stands for."""

    DOCUMENT = "document"
    BODY = "body"
    PERSON = "person"
    GROUP = "group"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Description:
    """A description such as "the senior Valdoran commander", folded and taken apart.

    Attributes:
        head: its chief noun in the singular, "" where there is none.
        noun: what that noun stands for.
        modifiers: telling words before the noun, and those of a "for" or "of" after it.
        definite: whether it begins with "the", "this", "his" or the like.
        plural: whether the noun is a plural.
    """

    head: str
    noun: Noun
    modifiers: frozenset[str]
    definite: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class _Tables:
    pronouns: dict[str, SourceKind]
    documents: frozenset[str]
    issued: frozenset[str]
    bodies: frozenset[str]
    persons: frozenset[str]
    agents: frozenset[str]
    groups: frozenset[str]
    called: frozenset[str]
    anybody: frozenset[str]
    places: frozenset[str]
    laws: frozenset[str]
    offices: frozenset[str]
    parties: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    degrees: frozenset[str]
    same_role: tuple[frozenset[str], ...]


_DEFINITE = frozenset(["the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"])
_ARTICLES = _DEFINITE | frozenset({"a", "an", "one", "another"})
#: Where the chief part of a description ends: "attorneys | for the family", "a man | who saw it".
_BOUNDARY = re.compile(
    r"\s(?:for|of|in|at|from|with|by|to|on|who|which|that|whose|close|familiar|speaking|briefed|involved|near|working|"
    r"representing|issued|released|published|posted|dated|based|living|among|inside|within|including|and|or)\b|[,;:(—–]"
)
_AGED = re.compile(r"\d+-year-old\Z")
_PAIR = 2
_BESIDE_PRONOUN = frozenset({"himself", "herself", "themselves", "also", "both", "all"})
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "wives": "wife",
    "police": "police",
}


@lru_cache(maxsize=1)
def tables() -> _Tables:
    """The word lists of sources.toml."""
    raw = tomllib.loads((files("quoth.lexicon") / "sources.toml").read_text(encoding="utf-8"))
    pronouns = {word: SourceKind(kind) for kind, packed in raw["pronouns"].items() for word in packed.split()}
    lists = {key: frozenset(packed.split()) for key, packed in raw["nouns"].items()}
    roles = tuple(frozenset(line.split()) for line in raw["same_role"])
    return _Tables(pronouns=pronouns, same_role=roles, **lists)


@lru_cache(maxsize=10_000)
def kind_of(words: str) -> SourceKind:
    """What kind of words these are."""
    folded = plain(words).strip(" ,.;:\"'“”‘")
    if not folded:
        return SourceKind.NONE
    parts = folded.split()
    first = re.sub(r"'(?:s|re|ve|d|ll|m)\Z", "", parts[0])
    known = tables().pronouns.get(first)
    if known is not None and len(parts) == 1:
        return known
    if known is SourceKind.WHICH and len(parts) <= _PAIR:  # "who also"
        return known
    if len(parts) == _PAIR and known is not None and parts[1] in _BESIDE_PRONOUN:
        return known
    return SourceKind.DESCRIBED


def singular(noun: str) -> str:
    """The singular of a folded noun, by its ending."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:  # noqa: PLR2004
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


@lru_cache(maxsize=20_000)
def describe(words: str) -> Description:
    """Take a description apart."""
    folded = plain(words).strip(" ,.;:\"'“”‘")
    chief = _BOUNDARY.split(folded, maxsplit=1)[0]
    rest = folded[len(chief) :]
    parts = re.findall(r"[\w-]+(?:'s)?", chief)
    definite = bool(parts) and (parts[0] in _DEFINITE or parts[0].endswith("'s"))
    while parts and parts[0] in _ARTICLES:
        parts = parts[1:]
    if not parts:
        return Description("", Noun.OTHER, frozenset(), definite, plural=False)
    head = singular(parts[-1].removesuffix("'s"))
    plural = head != parts[-1].removesuffix("'s") or parts[-1] in {"police", "media", "authorities"}
    table = tables()
    if not definite and not plural and not (folded.startswith(("a ", "an ", "one ", "another "))):
        definite = head in tables().persons  # headlines leave articles out: "Premier apologizes"
    modifiers = [word.removesuffix("'s") for word in parts[:-1]]
    placed = re.match(r"\s(?:for|of|at|from|with|in)\s([^,;:(]*)", rest)
    modifiers += [word for word in re.findall(r"[\w-]+", placed[1]) if word not in _ARTICLES] if placed else []
    noun = Noun.PERSON if any(_AGED.match(part) for part in parts) else _noun(head, parts[-1])
    return Description(head, noun, frozenset(modifiers) - table.degrees - {"and", "of", "s"}, definite, plural)


def _noun(head: str, written: str) -> Noun:
    table = tables()
    if _AGED.match(head) or head in table.persons or head in table.female | table.male or _does(head):
        return Noun.PERSON
    for nouns, noun in ((table.documents, Noun.DOCUMENT), (table.bodies, Noun.BODY), (table.groups, Noun.GROUP)):
        if head in nouns or written in nouns:
            return noun
    return Noun.OTHER


def _does(head: str) -> bool:
    """Whether a noun says what somebody does: "beekeeper", "seller"."""
    return head in words().occupations or head.endswith(tuple(tables().agents))


def gender_of(head: str) -> Gender | None:
    """What a noun tells of a person's gender: "spokeswoman", "father"."""
    table = tables()
    if head in table.female:
        return Gender.FEMALE
    return Gender.MALE if head in table.male else None


@lru_cache(maxsize=5_000)
def roles_like(head: str) -> frozenset[str]:
    """A noun and the words that stand for the same role ("mp" and "legislator")."""
    return frozenset({head}).union(*(group for group in tables().same_role if head in group))
