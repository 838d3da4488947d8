"""Where documents name somebody or something, and how they describe it in that place."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from quoth.encoder.port import Recogniser
from quoth.linking.recognising import recognised
from quoth.text.name_context import firm_words
from quoth.text.name_runs import from_world
from quoth.text.name_tables import Gender, first_names, plain, words, world
from quoth.text.names import Name, names
from quoth.text.units import frequencies
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
_ACRONYM = 5  # letters; a shorter word of capitals is nobody's surname unless somebody bears it
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
    """The recogniser's names with title and gender as the rules read them; sure names of the rules elsewhere."""
    merged: dict[Span, Name] = {}
    met: set[Span] = set()
    for tagged in recognised(text, parts, recogniser):
        span = _tidied(text, tagged.span)
        if span is None:
            continue
        beside = [name for name in by_rules if name.span.meets(span)]
        met |= {name.span for name in beside}
        for name in _agreed(text, Name(span, tagged.type), beside):
            merged.setdefault(name.span, name)
    persons = [plain(name.span.of(text)).split() for name in merged.values() if name.type is EntityType.PERSON]
    surnames = {name[-1] for name in persons if len(name) > 1}
    for name in by_rules:
        lone = name.type is EntityType.PERSON and plain(name.span.of(text)) in surnames
        if name.span not in met and (name.sure or name.title or lone):
            merged.setdefault(name.span, name)
    firms = frozenset(firm_words(text, sorted(merged.values(), key=lambda name: name.span)))
    return sorted((_harmonised(text, name, surnames, firms) for name in merged.values()), key=lambda name: name.span)


_LEADING = re.compile(r"(?:[Tt]he\s+|[Aa]n?\s+|[“\"'‘(]\s*)(?=\S)")
_LOWER = re.compile(r"[a-z]+\s+(?=\S)")
_TRAILING = re.compile(r"(?:\s+(?:and|of|for|the|a|an|in|on)|['’]s?|[,.;:”\"’)])+\Z")


def _tidied(text: str, span: Span) -> Span | None:
    """A tagged span without articles, marks and small words at its ends; None if it names nothing then."""
    leading = _LEADING.match(text, span.start, span.end)
    start = leading.end() if leading and leading.end() < span.end else span.start
    lower = _LOWER.match(text, start, span.end)
    if lower and plain(lower.group()) in frequencies():
        start = lower.end()  # "conservative Tarn Foundation"
    kept = text[start : span.end]
    trailing = _TRAILING.search(kept)
    if trailing and not kept.endswith((".", "Inc.", "Corp.", "Ltd.")):
        kept = kept[: trailing.start()]
    kept = kept.rstrip()
    folded = plain(kept).rstrip(".")
    if not kept or folded in words().titles or (folded in words().openers and not kept.isupper()):
        return None
    return Span(start, start + len(kept))


def _agreed(text: str, tagged: Name, beside: Sequence[Name]) -> Sequence[Name]:
    """What a tagged name and the rules' names that it meets are taken for together."""
    if not beside:
        first = plain(tagged.span.of(text)).split()[0]
        full = tagged.type is EntityType.PERSON and " " in tagged.span.of(text)
        return [replace(tagged, gender=first_names().get(first) if full else None)]
    if len(beside) > 1:
        return beside if any(name.type is EntityType.PERSON for name in beside) else [tagged]
    name = beside[0]
    if name.span == tagged.span:
        known = from_world(name.span, plain(name.span.of(text))) is not None
        return [name if known else replace(name, type=tagged.type, sure=True)]
    if name.span.holds(tagged.span):
        return [name if name.sure else replace(name, type=tagged.type)]
    if tagged.span.holds(name.span) and not (name.type is tagged.type is EntityType.PERSON):
        return [tagged]
    return [name]  # "Dr. Ana Orr" against "Ana Orr" with a title: the rules' person is the tidier one


def _harmonised(text: str, name: Name, surnames: Set[str], firms: Set[str]) -> Name:
    """A lone word as what the full names of the text make of it: a surname, or a firm's short name."""
    folded = plain(name.span.of(text))
    if " " in folded and name.type is EntityType.PLACE and folded.split()[-1] in surnames:
        # "Kyo Ostrel" is no place where somebody is called K. Ostrel.
        return name if from_world(name.span, folded) else replace(name, type=EntityType.PERSON)
    if " " in folded or name.title:
        return name
    if folded in firms:
        return replace(name, type=EntityType.ORGANISATION, gender=None)
    if folded in surnames:
        return replace(name, type=EntityType.PERSON)
    short = len(folded) <= _ACRONYM and name.span.of(text).isupper()
    return replace(name, type=EntityType.ORGANISATION) if short and name.type is EntityType.PERSON else name


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
