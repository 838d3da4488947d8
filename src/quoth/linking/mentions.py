"""Where documents name somebody or something, and how they describe it in that place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quoth.encoder.port import Recogniser
from quoth.text.name_tables import Gender, plain, words, world
from quoth.text.names import Name, names
from quoth.values import BlockKind, Document, EntityType, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in one document.

    Attributes:
        document: id of the document.
        order: number of the document; 0 is the report.
        span: the name, without title and possessive ending.
        words: the name's words, white space folded.
        type: what kind of thing it names.
        title: folded title before it, or "".
        gender: what title or first name tells.
        roles: folded words that describe it there ("mayor", "commander"), with its title.
        sure: whether the words alone told the type.
        aside: whether it stands in a byline, not in the story.
    """

    document: str
    order: int
    span: Span
    words: str
    type: EntityType
    title: str
    gender: Gender | None
    roles: frozenset[str]
    sure: bool
    aside: bool = False


#: Blocks that are no part of the story itself.
_ASIDE = frozenset({BlockKind.RELATED, BlockKind.BYLINE, BlockKind.DATE})
_TITLES = frozenset({BlockKind.TITLE})
_STOPS = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "but",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "with",
        "as",
        "that",
        "this",
        "his",
        "her",
        "their",
        "its",
        "our",
        "my",
        "said",
        "says",
        "told",
        "asked",
        "when",
        "while",
        "where",
        "who",
        "which",
        "if",
        "then",
        "is",
        "was",
        "are",
        "were",
        "be",
        "been",
        "has",
        "had",
        "have",
        "will",
        "would",
        "could",
        "than",
        "like",
        "between",
        "about",
        "after",
        "before",
        "against",
        "because",
        "including",
        "also",
        "not",
        "during",
        "under",
        "over",
        "whether",
        "do",
        "does",
        "did",
    ]
)
_WORD_BEFORE = re.compile(r"([\w’'-]+)\s+\Z")
_APPOSITION = re.compile(
    r"\s*(?:,|\(|—|–| -)\s*(?:\d{1,3},\s+)?(?:(?:who|which) (?:is|was|has been|serves as)\s+|now\s+|then\s+)?"
    r"(?P<article>the |a |an |one of the |his |her )?(?P<words>[^,.;:()—–\n“”\"]{3,90})"
)
_COPULA = re.compile(
    r"\s+(?:is|was|became|serves as|served as|has been|had been|works as)\s+(?P<article>the|a|an|one of the)\s+"
    r"(?P<words>[^,.;:()\n“”\"]{3,60})"
)
_BEFORE_COMMA = re.compile(
    r"\b(?:the|a|an|its|his|her|their|our)\s+(?P<words>[^,.;:()\n“”\"]{3,60}),\s+\Z", re.IGNORECASE
)
_OF_PLACE = re.compile(r"\s+of\s+(?P<words>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})")
_ROLE_WORDS = 6  # words before a name that can describe it
_BEFORE_CHARS = 100


def mentions(document: Document, order: int, recogniser: Recogniser | None) -> list[Mention]:
    """The names of a document in reading order, with how they are described."""
    parts = [block.span for block in document.blocks if block.kind not in _ASIDE] or [Span(0, len(document.text))]
    found = names(document.text, parts, [block.span for block in document.blocks if block.kind in _TITLES])
    if recogniser is not None:
        found = _merged(document.text, found, recogniser, parts)
    bylines = [block.span for block in document.blocks if block.kind is BlockKind.BYLINE]
    authors = [
        replace(_mention(document, order, name), aside=True, roles=frozenset())
        for name in (names(document.text, bylines) if bylines else ())
        if name.type is EntityType.PERSON
    ]
    told = [_mention(document, order, name) for name in found]
    return sorted([*told, *authors], key=lambda mention: mention.span)


def _merged(text: str, by_rules: Sequence[Name], recogniser: Recogniser, parts: Sequence[Span]) -> list[Name]:
    """The recogniser's names, with the title and gender that the rules read; the rules' names where it found none."""
    merged: list[Name] = []
    rules = list(by_rules)
    for tagged in recogniser.names(text, parts):
        beside = [name for name in rules if name.span.meets(tagged.span)]
        same = next((name for name in beside if name.span == tagged.span), None)
        if same is not None:
            kind = same.type if tagged.type is EntityType.OTHER else tagged.type
            merged.append(replace(same, type=kind))
        elif len(beside) == 1 and (tagged.span.holds(beside[0].span) or beside[0].span.holds(tagged.span)):
            # "Dr. Ana Orr" against "Ana Orr" with a title; "Orr" against "Ana Orr": the rules' person is the tidier one
            kept = beside[0] if beside[0].type is tagged.type else Name(tagged.span, tagged.type)
            merged.append(kept)
        else:
            merged.append(Name(tagged.span, tagged.type))
        rules = [name for name in rules if name not in beside]
    surnames = {plain(name.span.of(text)).split()[-1] for name in merged if name.type is EntityType.PERSON}
    merged.extend(
        name
        for name in rules
        if name.sure or name.title or (name.type is EntityType.PERSON and plain(name.span.of(text)) in surnames)
    )
    return sorted(merged, key=lambda name: name.span)


def _mention(document: Document, order: int, name: Name) -> Mention:
    text = document.text
    roles = set(name.title.split())
    if name.type in {EntityType.PERSON, EntityType.ORGANISATION, EntityType.OTHER}:
        roles |= set(_before(text, name.span.start)) | set(_after(text, name.span.end, name.type))
    written = " ".join(name.span.of(text).split())
    return Mention(
        document.id, order, name.span, written, name.type, name.title, name.gender, frozenset(roles), name.sure
    )


def _before(text: str, start: int) -> list[str]:
    """Words right before a name, up to an article or small word, or the description before a comma."""
    window = text[max(0, start - _BEFORE_CHARS) : start]
    apposed = _BEFORE_COMMA.search(window)
    if apposed:
        return _telling(apposed["words"])
    found: list[str] = []
    while len(found) < _ROLE_WORDS:
        match = _WORD_BEFORE.search(window)
        if match is None or plain(match[1]) in _STOPS or plain(match[1]) in words().speech:
            break
        found.append(plain(match[1]).removesuffix("'s").rstrip("."))
        window = window[: match.start()]
    return found


def _after(text: str, end: int, kind: EntityType) -> list[str]:
    """Words of a description after a name: ", the mayor of Tarn Bay," and "is a lawyer"."""
    placed = _OF_PLACE.match(text, end)
    match = _APPOSITION.match(text, end) or _COPULA.match(text, end)
    if placed or match is None:
        return _telling(placed["words"]) if placed else []
    described = match["words"]
    first = plain(described.split()[0]) if described.split() else ""
    if not match["article"] and (kind is not EntityType.PERSON or first in _STOPS or first in words().speech):
        return []
    if (
        not match["article"]
        and described[:1].isupper()
        and first not in words().titles | words().title_parts | set(world().peoples)
    ):
        return []
    return _telling(re.split(r"\s(?:who|which|that|and|said|told|says|where|whose|when|with)\s", described)[0])


def _telling(described: str) -> list[str]:
    """Folded words of a description before its first "of" or "for", then the rest (they place it)."""
    return [
        plain(word).removesuffix("'s").rstrip(".")
        for word in re.findall(r"[\w’'-]+", described)
        if plain(word) not in _STOPS
    ][: 2 * _ROLE_WORDS]
