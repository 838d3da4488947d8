"""Where documents name somebody or something, and how they describe it in that place."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from quoth.doc.dateline_places import datelines
from quoth.doc.doc import analysed
from quoth.doc.name_bodies import is_body
from quoth.doc.name_context import firm_words
from quoth.doc.name_runs import from_world
from quoth.doc.name_similarity import name_words
from quoth.doc.name_tables import Gender, first_names, plain, words, world
from quoth.doc.names import Name, names
from quoth.doc.tokens import frequencies
from quoth.entities.name_extents import kinds_told, settled
from quoth.entities.ner_mentions import is_ordinary, recognised
from quoth.entities.text_ranges import Stretches
from quoth.models.ports import Recogniser, TaggedName
from quoth.types import BODY_KINDS, BlockKind, Document, EntityType, Span


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
        origin: whether it stands in a dateline.
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
    origin: bool = False


#: Blocks that are no part of the story itself.
_ASIDE = frozenset(
    {BlockKind.RELATED, BlockKind.BYLINE, BlockKind.DATE, BlockKind.HEADER, BlockKind.FOOTER, BlockKind.TIMESTAMP}
)
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
        body = [block.span.trimmed(document.text) for block in document.blocks if block.kind in BODY_KINDS]
        body = [span for span in body if span.length]
        within = frozenset(body)
        beside = [span for span in parts if span.trimmed(document.text) not in within]
        # the first document is the report, which the tagger has read
        ruled = {(name.span, name.type) for name in found if name.type is EntityType.PERSON}
        tagged = recognised(document.text, body, beside, recogniser, whole=order == 0, ruled=ruled)
        found = _merged(document.text, found, tagged)
    found = [name for name in found if not _is_word(name.span.of(document.text))]
    found = kinds_told(document.text, _speaking(document, settled(document.text, found)))
    bylines = [block.span for block in document.blocks if block.kind is BlockKind.BYLINE]
    authors = [
        replace(_mention(document, order, name), aside=True, roles=frozenset())
        for name in (names(document.text, bylines) if bylines else ())
        if name.type is EntityType.PERSON
    ]
    lines = [block.span for block in document.blocks if block.kind in BODY_KINDS]
    heads = datelines(document.text, lines, labelled=bool(analysed(document).turns))
    told = [_mention(document, order, name) for name in _beside_datelines(document.text, found, heads)]
    near = Stretches((head, None) for head in heads)
    told = [replace(one, origin=True) if any(near.holding(one.span)) else one for one in told]
    return sorted([*told, *authors], key=lambda mention: mention.span)


def _speaking(document: Document, found: Sequence[Name]) -> list[Name]:
    """Names with those that are labels of turns as persons: "KEST: It was inspected in June."."""
    text = document.text
    labels = {Span(turn.label.start, turn.label.end - 1) for turn in analysed(document).turns if turn.speaker}
    persons = {
        name.span.of(text)
        for name in found
        if name.span in labels and name.type is not EntityType.PERSON and not _is_known_body(name.span.of(text))
    }
    kind = EntityType.PERSON
    return [replace(name, type=kind) if name.span.of(text) in persons else name for name in found]


def _is_word(words_: str) -> bool:
    """Whether a short name is no name as it is written: "Who" of a headline, "Us"."""
    return plain(words_) in world().shouted and not words_.isupper()


def _is_known_body(words_: str) -> bool:
    return is_body(words_) if " " in words_ else plain(words_) in world().names


def _beside_datelines(text: str, found: Sequence[Name], heads: Sequence[Span]) -> list[Name]:
    """Names cut where a dateline ends ("ARLEN The Ports Department"); the town in it is a place."""
    cut: list[Name] = []
    for name in found:
        head = next((head for head in heads if head.start <= name.span.start < head.end), None)
        if head is None:
            cut.append(name)
        elif name.span.end <= head.end:
            town = name.span.start == head.start and name.span.of(text).isupper()
            cut.append(replace(name, type=EntityType.PLACE, gender=None) if town else name)
        else:
            span = _tidied(text, Span(head.end, name.span.end))
            if span is not None:
                cut.append(replace(name, span=span))
    return cut


def _merged(text: str, by_rules: Sequence[Name], seen: Sequence[TaggedName]) -> list[Name]:
    """The recogniser's names with title and gender as rules read them; the rules' where it is unsure or silent."""
    near = Stretches((name.span, name) for name in by_rules)
    tidied = [(span, tagged) for tagged in seen if (span := _tidied(text, tagged.span)) is not None]
    inside: dict[Span, list[Name]] = {}
    for span, tagged in tidied:
        for _, name in near.holding(span):
            if name.sure and name.span != span:
                inside.setdefault(name.span, []).append(Name(span, tagged.type, sure=tagged.confidence >= _FIRM))
    merged: dict[Span, Name] = {}
    met: set[Span] = set()
    for span, tagged in tidied:
        beside = [name for _, name in near.meeting(span)]
        met |= {name.span for name in beside}
        longer = (name for name in beside if name.span != span and name.span.holds(span) and name.sure)
        whole = next((name for name in longer if _is_cut(text, name, inside[name.span])), None)
        name = whole or _agreed(text, Name(span, tagged.type), beside)
        merged.setdefault(name.span, name)
    persons = [plain(name.span.of(text)).split() for name in merged.values() if name.type is EntityType.PERSON]
    surnames = {name[-1] for name in persons if len(name) > 1} - world().peoples.keys()
    for name in by_rules:
        if name.span not in met and _stands(text, name, surnames):
            merged.setdefault(name.span, name)
    firms = frozenset(firm_words(text, sorted(merged.values(), key=lambda name: name.span)))
    return sorted((_harmonised(text, name, surnames, firms) for name in merged.values()), key=lambda name: name.span)


def _stands(text: str, name: Name, surnames: Set[str]) -> bool:
    """Whether a name of the rules that the recogniser does not see is one all the same.

    It is if the tables of the world know it, if it is a person's with a title or a known first name, or the surname of
    a person whom the text names in full, or if it is a body's with its article ("the Ministry of Ports").
    """
    folded = plain(name.span.of(text))
    if from_world(name.span, folded) is not None:
        return True
    if name.type is EntityType.PERSON:
        first, *further = folded.split()
        full = name.sure and bool(further) and first in first_names()
        return full or folded in surnames or (bool(name.title) and folded not in words().titles)
    article = _ARTICLE.search(text, max(0, name.span.start - _ARTICLE_CHARS), name.span.start)
    return name.sure and name.type is EntityType.ORGANISATION and article is not None


def _is_cut(text: str, longer: Name, parts: Sequence[Name]) -> bool:
    """Whether names that the recogniser sees in a longer one of the rules are only parts of it.

    They are where it is not sure of the one person in a person's name or of a place in a body's; where all it sees of a
    body's name is an ordinary word ("Radio" of "Radio Tarn"); and where it sees the place alone and not the chief word
    of the body ("Norway" of "Norway's Defence Ministry").
    """
    if longer.type is EntityType.PERSON:
        persons = [part for part in parts if part.type is EntityType.PERSON]
        return len(persons) == 1 and not persons[0].sure
    if longer.type is not EntityType.ORGANISATION:
        return False
    seen = [plain(part.span.of(text)) for part in parts]
    if len(parts) == 1 and parts[0].type is EntityType.ORGANISATION:
        return seen[0] in words().body_heads | words().of_heads or is_ordinary(seen[0])
    if len(parts) == 1 and plain(longer.span.of(text)).split()[-1] in words().body_heads - set(seen[0].split()):
        return parts[0].type is EntityType.PLACE
    return any(part.type is EntityType.PLACE and not part.sure for part in parts)


#: Confidence of the recogniser from which it is sure.
_FIRM = 0.75
_ARTICLE = re.compile(r"\b(?:the|an?)\s+\Z", re.IGNORECASE)
_ARTICLE_CHARS = 6
_LEADING = re.compile(r"(?:[Tt]he\s+|[Aa]n?\s+|[“\"'‘(]\s*)(?=\S)")
_LOWER = re.compile(r"(?!(?:al|bin|da|de|del|den|der|di|du|el|ibn|la|le|ten|van|von)\s)[a-z]+\s+(?=[A-Z])")
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


def _agreed(text: str, tagged: Name, beside: Sequence[Name]) -> Name:
    """A tagged name with what the rules' names that it meets add to it.

    The recogniser knows better where a name begins and ends and what it names, unless the tables of the world know; the
    rules know title and gender.
    """
    folded = plain(tagged.span.of(text))
    if tagged.type is EntityType.PERSON:
        with_titles = (one for one in beside if one.title and one.span.end == tagged.span.end)
        later = next((one for one in with_titles if one.span.start > tagged.span.start), None)
        if later is not None and name_words(text[tagged.span.start : later.span.start])[-1:] <= (later.title,):
            return later  # "Cr Bevan Luhrs", "Comrade Jo Lee"
    same = next((name for name in beside if name.span == tagged.span), None)
    known = from_world(tagged.span, folded)
    if same is not None and known is not None:
        return replace(same, type=known.type)
    titled = next((name for name in beside if name.title and name.type is EntityType.PERSON), None)
    if titled is not None and tagged.type is EntityType.PLACE and titled.span.holds(tagged.span):
        return titled  # "Senator Ines Quarry" is no quarry
    persons = [name for name in beside if name.type is tagged.type is EntityType.PERSON]
    if same is not None or len(persons) == 1:
        return replace(same or persons[0], span=tagged.span, type=tagged.type, sure=True)
    full = tagged.type is EntityType.PERSON and " " in folded
    return replace(tagged, gender=first_names().get(folded.split()[0]) if full else None)


def _harmonised(text: str, name: Name, surnames: Set[str], firms: Set[str]) -> Name:
    """A lone word as what the full names of the text make of it: a surname, or a firm's short name."""
    folded = plain(name.span.of(text))
    if " " in folded and name.type is EntityType.PLACE and folded.split()[-1] in surnames:
        # "Kyo Ostrel" is no place where somebody is called K. Ostrel.
        return name if from_world(name.span, folded) else replace(name, type=EntityType.PERSON)
    if " " in folded or name.title or from_world(name.span, folded):
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
