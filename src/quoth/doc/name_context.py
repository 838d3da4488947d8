"""Names settled by the rest of their text: surnames of persons named in full, words that also stand in lower case."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quoth.doc.name_runs import Name, bare, from_world, opens_sentence
from quoth.doc.name_tables import first_names, plain, words, world
from quoth.doc.tokens import frequencies
from quoth.types import EntityType, Span

_LOCATIVE = re.compile(r"\b(?:in|at|from|near|across|around|outside|throughout|toward|towards|via)\s+\Z")
_AFTER_SPEECH = re.compile(r"(?:\s*,\s*)?\s*(?:also |had |has |then |later )?([a-z]+)\b")
_BEFORE_SPEECH = re.compile(r"([a-z]+)\s+\Z")
_ARTICLE = re.compile(r"\b(?:the|The|a|an)\s+\Z")
_BEFORE_CHARS = 40
_ORDINARY = 40  # per cent of the uses of a word in lower case, from which a lone capital at a start is no name


@dataclass(frozen=True, slots=True)
class _Known:
    """What a text's other names tell: folded surnames and first names of persons, and words inside sentences."""

    surnames: frozenset[str]
    given: frozenset[str]
    inner: frozenset[str]
    lower: frozenset[str]
    firms: frozenset[str]


def settle(text: str, found: Sequence[Name]) -> list[Name]:
    """Settle lone words and open types by the other names and by the words beside them; drop what is no name."""
    persons = [
        plain(name.span.of(text)).split()
        for name in found
        if name.type is EntityType.PERSON and (name.sure or " " in name.span.of(text))
    ]
    full = [name for name in persons if len(name) > 1]
    found = [_fixed(text, name) for name in found]
    known = _Known(
        surnames=frozenset(name[-1] for name in persons),
        given=frozenset(name[0] for name in full),
        inner=frozenset(plain(one.span.of(text)) for one in found if not opens_sentence(text, one.span.start)),
        firms=frozenset(firm_words(text, found)),
        lower=frozenset(re.findall(r"\b[a-z]{3,}\b", text)),
    )
    whole = {" ".join(name) for name in full}
    told = {plain(one.span.of(text)): one.type for one in found if one.sure and one.type is not EntityType.OTHER}
    settled: list[Name] = []
    for name in found:
        for one in _divided(text, name, known, whole):
            kept = _settle(text, one, known)
            if kept is not None:
                settled.append(kept)
                if kept.type is EntityType.PLACE:
                    told.setdefault(plain(kept.span.of(text)), kept.type)
    # "Tarn Bay council" is the place that "in Tarn Bay" tells.
    return [
        one if one.sure or one.title else replace(one, type=told.get(plain(one.span.of(text)), one.type))
        for one in settled
    ]


def _fixed(text: str, name: Name) -> Name:
    """A name of capitals only, with "the" before it, as what the article makes of it."""
    open_kind = name.type is EntityType.PERSON and not name.sure and not name.title
    if open_kind and " " in name.span.of(text) and _is_after(_ARTICLE, text, name.span):
        return replace(name, type=_with_article(plain(name.span.of(text))))
    return name


def _is_after(pattern: re.Pattern[str], text: str, span: Span) -> bool:
    return pattern.search(text, max(0, span.start - _BEFORE_CHARS), span.start) is not None


def firm_words(text: str, found: Sequence[Name]) -> Iterator[str]:
    """Words by which bodies are called for short: "Ridgeline" for "Ridgeline Potash Corp.", folded.

    A surname is none where its bearer is named in full before the body: "Orr" after "Helen Orr" is she, although there
    is an Orr Foundation.
    """
    bearers: dict[str, int] = {}
    for name in found:
        parts = plain(name.span.of(text)).split()
        if name.type is EntityType.PERSON and len(parts) > 1:
            bearers.setdefault(parts[-1], name.span.start)
    for name in found:
        parts = plain(name.span.of(text)).split()
        if name.type is not EntityType.ORGANISATION or len(parts) == 1:
            continue
        if parts[-1].endswith("s") and parts[-1] not in words().body_heads:
            yield parts[-1]  # "the Herons" for "the Tarn Bay Herons"
        if parts[-1].strip(".") not in words().firm_ends or bearers.get(parts[0], len(text)) < name.span.start:
            continue
        if from_world(name.span, parts[0]) is None and parts[0] not in first_names():
            yield parts[0]


def _divided(text: str, name: Name, known: _Known, whole: set[str]) -> list[Name]:
    """A body's name with a known person's name stuck to its end, taken apart: "The Harbour Gazette Orr said"."""
    parts = name.span.of(text).split()
    folded = [plain(part) for part in parts]
    if name.title or len(parts) < 3 or (" ".join(folded) in whole and name.sure):  # noqa: PLR2004
        return [name]
    for take in (2, 1):
        tail = " ".join(folded[-take:])
        if (tail in whole if take > 1 else tail in known.surnames) and folded[-take - 1] in words().body_heads:
            end = name.span.end
            start = end - len(name.span.of(text).split(parts[-take])[-1]) - len(parts[-take])
            left = bare(text, Span(name.span.start, start).trimmed(text))
            return [Name(left, EntityType.ORGANISATION), Name(Span(start, end), EntityType.PERSON)]
    return [name]


def _settle(text: str, name: Name, known: _Known) -> Name | None:
    word = name.span.of(text)
    folded = plain(word)
    if name.type is EntityType.PERSON and not name.sure and not name.title:
        placed = _is_placed(text, name.span) and not speaks(text, name.span)
        settled: Name | None = replace(name, type=EntityType.PLACE) if placed and " " in folded else name
    elif " " in word or name.type in {EntityType.PERSON, EntityType.GROUP}:
        settled = name
    elif folded in known.firms and not name.title:
        settled = replace(name, type=EntityType.ORGANISATION, sure=False)
    elif folded in known.surnames and not (name.type is EntityType.PLACE and _is_placed(text, name.span)):
        # "Clinton" tells no gender, though some are called so; "PENCE:" is no body, "Jordan said" no country.
        settled = replace(name, type=EntityType.PERSON, gender=None)
    elif name.type is not EntityType.OTHER:
        settled = name
    else:
        settled = _lone(text, name, folded, known)
    return settled


def _lone(text: str, name: Name, folded: str, known: _Known) -> Name | None:
    """A lone capitalised word that no table knows."""
    placed = _is_placed(text, name.span)
    speaking = not placed and speaks(text, name.span) and folded not in known.lower and not _is_ordinary(folded)
    opening = opens_sentence(text, name.span.start) and folded not in known.inner
    if folded in world().peoples:
        settled = None  # an adjective
    elif folded in known.given:
        settled = replace(name, type=EntityType.PERSON)
    elif speaking and _is_after(_ARTICLE, text, name.span):
        settled = replace(name, type=_with_article(folded), sure=False)
    elif speaking:
        settled = replace(name, type=EntityType.PERSON, sure=False)
    elif folded in known.lower or (opening and _is_ordinary(folded)) or (opening and not name.gender):
        settled = None
    elif name.gender:
        settled = replace(name, type=EntityType.PERSON, sure=False)
    elif placed:
        settled = replace(name, type=EntityType.PLACE, sure=False)
    else:
        settled = name
    return settled


def _with_article(folded: str) -> EntityType:
    """What a name with "the" before it is: "the Tarn Herons" are a team, "the Science Fair" is none."""
    return EntityType.ORGANISATION if folded.endswith("s") else EntityType.OTHER


def _is_ordinary(folded: str) -> bool:
    counted = frequencies().get(folded)
    return counted is not None and counted[1] >= _ORDINARY


def _is_placed(text: str, span: Span) -> bool:
    return _is_after(_LOCATIVE, text, span)


def speaks(text: str, span: Span) -> bool:
    """Whether a verb of speech stands right beside a name."""
    after = _AFTER_SPEECH.match(text, span.end)
    if after and after.group(1) in words().speech:
        return True
    before = _BEFORE_SPEECH.search(text, max(0, span.start - _BEFORE_CHARS), span.start)
    return before is not None and before.group(1) in words().speech
