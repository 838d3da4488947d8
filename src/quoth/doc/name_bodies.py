"""Whether two names of bodies or places name one: kind, country, language, acronym."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quoth.doc.body_tables import STEM, body_key, concept, concepts_of, country_of, known_as, tables
from quoth.doc.name_persons import word_relation
from quoth.doc.name_reasons import Reason
from quoth.doc.name_scripts import romanise
from quoth.doc.name_tables import first_names, plain, words, world

_QUALIFIER = re.compile(r"\s*\((?P<inside>[^)]*)\)|\s*,\s*(?P<place>[A-Z][\w ]+)\Z")
_THAT_IS = re.compile(
    r"\s*(?:[,;(–—-]\s*)?\b(?:that is|i\.e\.|also known as|a\.?k\.?a\.?|formerly|meaning)\b[,:]?\s*(?:the\s+)?",
    re.IGNORECASE,
)
_OF_PLACE = re.compile(r"\s+of\s+(?:the\s+)?[A-Z][\w'’-]+\Z")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ACRONYM = 6  # letters at most
_SHORT = 3  # letters of an acronym that many bodies may have


@dataclass(frozen=True, slots=True)
class Body:
    """A name of a body or a place taken apart.

    Attributes:
        folded: the name without article and qualifier, folded.
        countries: the countries that it or its qualifier names.
        concepts: what kind of body it is, in English words.
        rest: its other words, romanised.
        twins: words of it that tell it from another body that shares all else.
        letters: the letters that it is, if it is an acronym; else "".
        initials: acronyms that could be made of it.
        whole_initials: those of them in which a country's letter stands too, if it names one.
        whole: whether the name is a country or its people and nothing else.
        capital: the country of which it is the seat of government, or "".
    """

    folded: str
    countries: frozenset[str]
    concepts: frozenset[str]
    rest: frozenset[str]
    twins: frozenset[str]
    letters: str
    initials: frozenset[str]
    whole_initials: frozenset[str]
    whole: bool
    capital: str


@lru_cache(maxsize=20_000)
def parse_body(name: str) -> Body:
    """Take a name apart."""
    table = tables()
    inside = [match["inside"] or match["place"] or "" for match in _QUALIFIER.finditer(name)]
    bare = _QUALIFIER.sub("", name).strip() or name
    bare = re.sub(r"\A[Tt]he\s+", "", bare)
    folded = romanise(bare)
    countries, concepts, rest = set[str](), set[str](), set[str]()
    text = re.sub(r"['’]s\b", "", folded.replace(".", ""))
    for phrase in _phrases(text):
        countries.add(table.countries[phrase])
        text = re.sub(rf"\b{re.escape(phrase)}\b", " ", text, count=1)
    found = [word.strip("'’") for part in _WORD.findall(text) for word in re.split(r"(?<=\b[ldnl])['’]", part)]
    told = [word for word in found if word and word not in table.small]
    for word in told:
        meant = concept(word)
        country = table.countries.get(word) or country_of(word, shared=STEM if meant is None else STEM + 1)
        if meant is not None and word in table.exact:
            country = table.countries.get(word)
        if country:
            countries.add(country)
        elif word not in table.forms or len(told) == 1:
            kinds = concepts_of(re.sub(r"['’]", "", word))
            concepts.update(kinds)
            rest.update(() if kinds else (word,))
    for one in inside:
        here = romanise(one)
        country = country_of(here) or (world().capitals.get(plain(one)))
        countries.update({country} if country else ())
    capital = table.seats.get(body_key(bare)) or world().capitals.get(plain(bare), "")
    telling = [
        one
        for one in bare.replace(".", "").split()
        if romanise(one) not in table.small and not country_of(romanise(one))
    ]
    short = telling[0] if telling else ""
    acronym = len(telling) == 1 and _acronym(short)
    return Body(
        body_key(bare),
        frozenset(countries),
        frozenset(concepts),
        frozenset(rest) if not acronym else frozenset(),
        frozenset((concepts | rest) & table.twins),
        short.upper() if acronym else "",
        frozenset({*_initials(bare, whole=False), *_initials(bare, whole=True)}),
        frozenset(_initials(bare, whole=True)),
        bool(countries) and not concepts and not rest,
        capital,
    )


def _phrases(text: str) -> Iterator[str]:
    """Names of countries of several words in a folded text, the longest first."""
    countries = tables().countries
    parts = text.split()
    for size in (5, 4, 3, 2):
        for at in range(len(parts) - size + 1):
            phrase = " ".join(parts[at : at + size])
            if phrase in countries:
                yield phrase
                return


def _acronym(word: str) -> bool:
    capitals = sum(char.isupper() for char in word)
    return (
        word.isalpha()
        and 1 < len(word) <= _ACRONYM
        and capitals > 1
        and capitals >= len(word) - 1
        and country_of(romanise(word)) is None
    )


def _initials(name: str, *, whole: bool) -> Iterator[str]:
    """Acronyms of a name, with the names of countries in it or without: of all words, or of those that tell."""
    table = tables()
    full = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", name))
    if len(full) == 1:
        inner = "".join(char for char in full[0] if char.isupper())
        if len(inner) > 1 and not full[0].isupper():
            yield inner
        return
    kept = full
    if not whole:
        kept = re.findall(r"[^\W_]+", _OF_PLACE.sub("", name))
        kept = [word for word in kept if not country_of(romanise(word))]
    while kept and romanise(kept[-1]) in table.small:
        kept.pop()
    for left_out in (frozenset[str](), table.small, table.small | table.forms):
        letters = "".join(word[0] for word in kept if romanise(word) not in left_out)
        if len(letters) > 1:
            yield letters.upper()


def compare_bodies(first: str, second: str) -> Reason:  # noqa: PLR0911  # an answer a rule
    """Whether two names of bodies, countries or places name one."""
    for name, beside in ((first, second), (second, first)):
        parts = [part for part in _THAT_IS.split(name) if part.strip()]
        if len(parts) > 1:
            reasons = [compare_bodies(part, beside) for part in parts]
            return next((reason for reason in reasons if reason in _CERTAIN), reasons[-1])
    if body_key(first) == body_key(second):
        return Reason.SAME
    if known_as(first) & known_as(second):
        return Reason.ALIAS
    one, other = sorted((parse_body(first), parse_body(second)), key=lambda body: (len(body.folded), body.folded))
    names = world().names
    if one.folded in names and names[one.folded] == names.get(other.folded):
        return Reason.ALIAS
    reason = _seat(one, other) or _acronym_of(one, other)
    if reason is not None:
        return reason
    if one.countries and other.countries and not one.countries & other.countries:
        return Reason.COUNTRIES
    return _by_words(one, other)


_CERTAIN = frozenset({Reason.SAME, Reason.ALIAS, Reason.WORDS, Reason.TRANSLATION, Reason.SHORT_FORM})


def _seat(one: Body, other: Body) -> Reason | None:
    """A seat of government beside a government, or beside the country."""
    for seat, body in ((one, other), (other, one)):
        if not seat.capital or body.capital:
            continue
        government = bool(body.concepts) and body.concepts <= {"government", "state"} and not body.rest
        if government or body.whole:
            return Reason.METONYM if seat.capital in body.countries else Reason.COUNTRIES
    if one.whole and other.whole and one.countries == other.countries:
        peoples = [body.folded in world().peoples for body in (one, other)]
        return Reason.METONYM if peoples[0] is not peoples[1] else Reason.ALIAS  # "Iraq", "Iraqis"
    for country, body in ((one, other), (other, one)):
        if country.whole and body.concepts == {"government"} and not body.rest:
            return Reason.METONYM if country.countries == body.countries else Reason.COUNTRIES
    return None


def _acronym_of(one: Body, other: Body) -> Reason | None:  # noqa: PLR0911  # an answer a rule
    """An acronym beside a name, with its country or without."""
    for short, full in ((one, other), (other, one)):
        if not short.letters or full.letters:
            continue
        if short.countries and full.countries and not short.countries & full.countries:
            return Reason.COUNTRIES
        if short.letters not in full.initials:
            return Reason.DIFFERENT
        known = known_as(short.folded) | {world().names.get(short.folded.lower(), "")} - {""}
        if known:
            return Reason.OTHER_ACRONYM
        left_out = not short.countries and short.letters not in full.whole_initials
        vague = not full.rest and len(short.letters) <= _SHORT and "party" in full.concepts
        return (
            Reason.COUNTRY_LEFT_OUT
            if left_out
            else Reason.OTHER_ACRONYM
            if vague and not short.countries
            else Reason.ACRONYM
        )
    if one.letters and other.letters:
        if one.letters != other.letters:
            return Reason.DIFFERENT
        return Reason.SAME if one.countries == other.countries else Reason.COUNTRY_LEFT_OUT
    return None


_KINDS = frozenset({"service", "agency", "state", "federal", "national"})


def _by_words(one: Body, other: Body) -> Reason:
    if one.twins != other.twins:
        return Reason.TWIN
    left, right = _paired(one.rest - one.twins, other.rest - other.twins)
    concepts = one.concepts ^ other.concepts
    if one.countries == other.countries and len(one.concepts & other.concepts) > 1:
        concepts -= _KINDS  # "State Security", "State Security Service"
    extra = left | right | concepts
    telling = (frozenset(body.folded.split()) - tables().small for body in (one, other))
    translated = any(_paired(*telling))
    if not extra:
        if one.countries == other.countries:
            return Reason.WORDS if not translated else Reason.TRANSLATION
        generic = not (one.rest and other.rest)
        return Reason.COUNTRY_LEFT_OUT if generic else Reason.SHORT_FORM
    smaller = min((one.concepts | one.rest), (other.concepts | other.rest), key=lambda told: (len(told), sorted(told)))
    larger = one.concepts | one.rest | other.concepts | other.rest
    if (left and right) or not smaller or len(larger) != len(smaller) + len(extra):
        return Reason.DIFFERENT
    return _longer(one, other, extra)


def _longer(one: Body, other: Body, extra: frozenset[str]) -> Reason:
    """One name has further words: of a part of the body, or of what kind it is."""
    shared = (one.concepts & other.concepts) | (one.rest & other.rest)
    vague = not (one.rest and other.rest) and len(shared) < 2  # noqa: PLR2004
    return Reason.DIFFERENT if vague or extra & tables().parts else Reason.SHORT_FORM


def _paired(one: frozenset[str], other: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of each that have no word of the other beside them, in whichever spelling."""
    left, right = set(one - other), set(other - one)
    for word in sorted(left):
        match = next((told for told in sorted(right) if word_relation(word, told) in _ALIKE), None)
        if match is not None:
            left.discard(word)
            right.discard(match)
    return frozenset(left), frozenset(right)


_ALIKE = frozenset({Reason.SAME, Reason.TRANSLITERATION})


def is_body(name: str) -> bool:
    """Whether a name is a body's or a place's by its words alone."""
    if any(told.startswith("bodies:") for told in known_as(name)):
        return True
    parsed = parse_body(name)
    told = [romanise(word) for word in re.findall(r"[^\W_]+", name)]
    title = max((at for at, word in enumerate(told[:-1]) if word in words().titles), default=None)
    if title is not None and not any(concept(word) for word in told[title + 1 :]) and told[title + 1] != "of":
        return False  # "Health Minister Ana Orr"
    firm = any(
        word in tables().exact or (concept(word) and len(told) > 1 and word not in first_names()) for word in told
    )
    known: Sequence[object] = (parsed.letters, parsed.capital, parsed.concepts and firm)
    heads = bool(set(told) & words().body_heads) and told[-1] not in first_names()
    return heads or any(known) or parsed.whole or bool(set(parsed.folded.split()) & tables().forms)
