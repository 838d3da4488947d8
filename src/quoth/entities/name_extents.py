"""Names that are whole: hyphens, nicknames, whose body it is; and towns that look like persons."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from quoth.doc.name_tables import first_names, plain, words, world
from quoth.doc.names import Name
from quoth.doc.source_types import Noun, describe, tables
from quoth.doc.tokens import frequencies
from quoth.types import EntityType, Span

_OWNER = re.compile(r"\s+of\s+(?:the\s+)?[A-Z][\w’'-]*\w(?:\s+[A-Z][\w’-]*\w)?(?!\w|\s+of\b)")
_NEAR = 10  # characters before a name in which its preposition stands
_NEXT = re.compile(r"[ ]([A-Z][\w-]+)")
_HYPHENATED = re.compile(r"-[A-Z][\w’'-]*\w|(?<=[a-z])-[a-z]{2,4}(?=\W|\Z)")
_NICKNAMED = re.compile(r"\s+[“\"‘'][A-Z][\w ]{1,20}[”\"’']\s+[A-Z][\w’-]+")


_GENERATION = re.compile(r",?\s+(?:[JS]r\b\.?|(?:II|III|IV)\b)")


_STATE = re.compile(r",\s+(?P<state>[A-Z][\w.]*(?:\s+[A-Z][\w.]*)?)")


_WITHIN = re.compile(r"\b(?:from|in|near|at|outside)\s+\Z")


def settled(text: str, found: Iterable[Name]) -> list[Name]:
    """Names that are whole, and towns that are no persons."""
    whole = list(_whole_names(text, _side_by_side(text, sorted(found, key=lambda name: name.span))))
    persons = [plain(name.span.of(text)).split() for name in whole if name.type is EntityType.PERSON]
    towns = _towns(text, whole) - {word for name in persons if len(name) > 1 for word in name}
    return [
        replace(name, type=EntityType.PLACE, gender=None)
        if name.type is not EntityType.PLACE and not name.title and plain(name.span.of(text)) in towns
        else name
        for name in whole
    ]


def _side_by_side(text: str, found: Sequence[Name]) -> list[Name]:
    """Persons' names that stand side by side as one: what is before a full name is what its bearer does.

    "Sexton | Nils Orre" is Nils Orre; "Hew | Stane" is one name; of "Piet | Amsel" the surname was not seen.
    """
    kept: list[Name] = []
    for name in found:
        before = kept[-1] if kept else None
        if before is None or name.span.start - before.span.end != 1 or text[before.span.end] != " ":
            kept.append(name)
        elif {before.type, name.type} == {EntityType.PERSON} and " " not in before.span.of(text):
            full = " " in name.span.of(text) or bool(name.title)
            kept[-1] = name if full and _is_function(before.span.of(text)) else _joined(before, name)
        else:
            kept.append(name)
    starts = {name.span.start for name in found}
    return [_with_surname(text, name, starts) for name in kept]


def _joined(first: Name, second: Name) -> Name:
    return replace(first, span=Span(first.span.start, second.span.end), sure=first.sure or second.sure)


def _is_function(word: str) -> bool:
    """Whether a capitalised word before a name says what somebody does: no first name, and a word of its own."""
    folded = plain(word)
    return folded in words().occupations | words().titles | tables().persons or (
        folded not in first_names() and folded in frequencies()
    )


def _with_surname(text: str, name: Name, starts: Set[int]) -> Name:
    """A lone first name with the surname right behind it that nobody saw; else as it is."""
    more = _NEXT.match(text, name.span.end)
    lone = name.type is EntityType.PERSON and " " not in name.span.of(text) and not name.title
    known = plain(name.span.of(text)) in first_names() or plain(name.span.of(text)) not in frequencies()
    if more is None or not lone or more.start(1) in starts or not known:
        return name
    counted = frequencies().get(plain(more[1]))
    unknown = counted is None and plain(more[1]) not in words().openers | words().other_heads | words().body_heads
    return replace(name, span=Span(name.span.start, more.end())) if unknown else name


def _whole_names(text: str, found: Iterable[Name]) -> Iterator[Name]:
    """Names in reading order, each whole, and none that lies in the one before it."""
    end = 0
    for name in sorted(found, key=lambda name: name.span):
        span = name.span
        if name.type is EntityType.PERSON:
            span = _whole(text, span)
        elif name.type is EntityType.ORGANISATION:
            span = _body_whole(text, span)
        kind = name.type
        cup = _NEXT.match(text, span.end) if kind in {EntityType.ORGANISATION, EntityType.PLACE} else None
        if cup and plain(cup[1]) in words().other_heads:
            span, kind = Span(span.start, cup.end()), EntityType.OTHER  # "Harbour Club Cup" is no club
        if span.start >= end:
            yield replace(name, span=span, type=kind)
            end = span.end


def _whole(text: str, span: Span) -> Span:
    """A name with the rest of a hyphenated word that it ends in, or with what a nickname in quotation marks divides."""
    more = _HYPHENATED.match(text, span.end) or _NICKNAMED.match(text, span.end) or _GENERATION.match(text, span.end)
    return Span(span.start, more.end()) if more else span


def _body_whole(text: str, span: Span) -> Span:
    """A body's name with whose body it is, and without the office of somebody in it.

    "Ministry of Roads | of Dravia" is whole; of "Tarn Motors CEO" the firm alone is the body.
    """
    told = plain(span.of(text)).split()
    if len(told) > 1 and "of" not in told and told[-1] in tables().offices:
        return Span(span.start, span.start + len(span.of(text).rsplit(None, 1)[0]))
    owner = _OWNER.match(text, span.end)
    heads = words().body_heads | words().of_heads
    country = owner is not None and world().is_region(owner.group().split("of", 1)[1].strip())
    if owner and ((told[-1] in heads and not country) or (len(told) > 2 and told[1] == "of" and told[0] in heads)):  # noqa: PLR2004
        return Span(span.start, owner.end())
    return span


def _towns(text: str, found: Iterable[Name]) -> set[str]:
    """Folded words that stand before a country or state somewhere, or behind a place: "in Ostrel, Missouri"."""
    towns = set()
    told = sorted(found, key=lambda name: name.span)
    for place, name in pairwise(told):
        lone = name.type is EntityType.PERSON and not name.title and " " not in name.span.of(text)
        near = place.type is EntityType.PLACE and text[place.span.end : name.span.start] == ", "
        closed = text[name.span.end : name.span.end + 1] == "," and plain(name.span.of(text)) not in first_names()
        if lone and near and closed and _WITHIN.search(text, max(0, place.span.start - _NEAR), place.span.start):
            towns.add(plain(name.span.of(text)))
    for name in told:
        lone = name.type is EntityType.PERSON and not name.title and " " not in name.span.of(text)
        if lone and plain(name.span.of(text)) not in first_names() and _is_home(text, name.span):
            towns.add(plain(name.span.of(text)))
    for name in told:
        state = _STATE.match(text, name.span.end)
        if state and " " not in name.span.of(text) and not name.title and world().is_region(state["state"]):
            towns.add(plain(name.span.of(text)))
    return towns


_HOME = re.compile(r"(?P<head>[\w-]+)\s+from\s+(?:[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?,\s+)?\Z")
_HOME_CHARS = 60  # before a name


def _is_home(text: str, span: Span) -> bool:
    """Whether somebody comes from there: "a miller from Granby", "the 58-year-old Green from Low Hask, Granby"."""
    told = _HOME.search(text, max(0, span.start - _HOME_CHARS), span.start)
    if told is None:
        return False
    return describe(f"the {told['head']}").noun is Noun.PERSON or plain(told["head"]) in tables().parties


_THING = re.compile(r",\s+which\b")
_KIND = re.compile(r"\s+(?:group|company|firm|chain|corporation|club|bank|union|brand|network|airline)\b")
_THE = re.compile(r"\b[Tt]he\s+\Z")


def kinds_told(text: str, found: Iterable[Name]) -> list[Name]:
    """Names, but for persons that are bodies ("Corvane, which runs") or offices ("the Chief Engineer")."""
    named = list(found)
    full = {plain(name.span.of(text)).split()[-1] for name in named if " " in name.span.of(text)}
    lone = [
        name
        for name in named
        if name.type is EntityType.PERSON and " " not in (form := name.span.of(text)) and plain(form) not in full
    ]
    bodies = {name.span.of(text) for name in lone if not name.title and _is_body_there(text, name.span)}
    offices = tables().persons | words().titles
    held = {name.span for name in lone if name.title and plain(name.span.of(text)) in offices}
    parts = offices | words().title_parts
    held |= {
        name.span
        for name in named
        if name.type is EntityType.PERSON
        and len(told := plain(name.span.of(text)).split()) > 1
        and parts.issuperset(told)
        and told[-1] in offices
    }
    return [
        replace(name, type=EntityType.ORGANISATION, gender=None) if name.span.of(text) in bodies else name
        for name in named
        if name.span not in held
    ]


def _is_body_there(text: str, span: Span) -> bool:
    if _THING.match(text, span.end):
        return True
    return bool(_KIND.match(text, span.end) and _THE.search(text, max(0, span.start - _NEAR), span.start))
