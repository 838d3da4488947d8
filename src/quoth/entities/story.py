"""A report or a source as the resolver of speakers reads it: sentences, paragraphs, names in order, and quotations."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quoth.doc.dateline_places import datelines
from quoth.doc.doc import analysed
from quoth.doc.name_tables import Gender
from quoth.doc.sentences import sentences
from quoth.entities.clusters import Cluster
from quoth.entities.mentions import Mention
from quoth.entities.text_ranges import Stretches
from quoth.types import BODY_KINDS, Document, EntityType, Mode, Span, Statement


@dataclass(frozen=True, slots=True)
class Place:
    """A name in the report, and what it names.

    Attributes:
        mention: the name.
        cluster: what it names.
        sentence: number of its sentence.
        quoted: whether it stands inside a quotation.
        first: whether it is the first person or body of its sentence, outside quotations.
        governed: whether a preposition stands before it or a possessive ending after it.
    """

    mention: Mention
    cluster: Cluster
    sentence: int
    quoted: bool
    first: bool
    governed: bool


@dataclass(frozen=True, slots=True)
class Story:
    """A report, ready for questions about places.

    Attributes:
        text: the report's text.
        published: its date of publication, if known.
        starts: where each sentence begins, ascending.
        paragraphs: where each paragraph begins, ascending.
        quotations: contents of direct speech, in reading order.
        places: its names in reading order.
        clusters: everything named in report and sources.
        turns: where the turns of a transcript begin, and whose they are (None for a questioner without a name).
        author: who wrote the report, if a byline tells.
        contents: what is said, with the statement that says it.
        heads: its datelines.
    """

    text: str
    published: str | None
    starts: tuple[int, ...]
    paragraphs: tuple[int, ...]
    quotations: tuple[Span, ...]
    places: tuple[Place, ...]
    clusters: tuple[Cluster, ...]
    turns: tuple[tuple[int, Cluster | None], ...] = ()
    author: Cluster | None = None
    contents: Stretches[Statement] = field(default_factory=lambda: Stretches(()))
    heads: tuple[Span, ...] = ()

    def turn(self, at: int) -> Cluster | None:
        """Whose turn of a transcript an offset lies in."""
        number = bisect_right(self.turns, at, key=lambda turn: turn[0]) - 1
        return self.turns[number][1] if number >= 0 else None

    def sentence(self, at: int) -> int:
        """Number of the sentence at an offset."""
        return max(0, bisect_right(self.starts, at) - 1)

    def without_dateline(self, parts: Sequence[Span]) -> tuple[Span, ...]:
        """The parts of a source without a dateline before them; the parts as they are where nothing else is left."""
        heads = (head for head in self.heads if head.start <= parts[0].start < head.end)
        end = next((head.end for head in heads), 0)
        kept = tuple(Span(max(part.start, end), part.end) for part in parts if part.end > end)
        return kept or tuple(parts)

    def paragraph(self, at: int) -> int:
        """Number of the paragraph at an offset."""
        return max(0, bisect_right(self.paragraphs, at) - 1)

    def before(self, at: int, sentences_back: int | None = None) -> Iterator[Place]:
        """Names that start before an offset, the nearest first; only so many sentences back, if that is told."""
        number = bisect_left(self.places, at, key=_start)
        furthest = -1 if sentences_back is None else self.sentence(at) - sentences_back
        while number and self.places[number - 1].sentence >= furthest:
            number -= 1
            yield self.places[number]

    def after(self, at: int) -> Iterator[Place]:
        """Names that start at an offset or after it, in reading order."""
        for number in range(bisect_left(self.places, at, key=_start), len(self.places)):
            yield self.places[number]

    def within(self, span: Span) -> list[Place]:
        """Names that lie in a span."""
        found = []
        for place in self.after(span.start):
            if place.mention.span.start >= span.end:
                break
            if place.mention.span.end <= span.end + 1:
                found.append(place)
        return found


def _start(place: Place) -> int:
    return place.mention.span.start


_GOVERNING = re.compile(
    r"\b(?:of|for|to|with|by|from|in|on|at|against|about|between|over|like|than|including|under|near|via)\s+(?:the\s+)?\Z"
)
_BEFORE_CHARS = 30
_ACTORS = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.GROUP})


def tell(document: Document, statements: Sequence[Statement], formed: Sequence[Cluster], order: int = 0) -> Story:
    """Make the story of the document with the number `order` from its statements and from the clusters of names."""
    text = document.text
    starts = tuple(span.start for span in sentences(text)) or (0,)
    blocks = [block.span.start for block in document.blocks if block.kind in BODY_KINDS]
    paragraphs = tuple(blocks) or tuple(match.end() for match in re.finditer(r"\A|\n\s*\n|\n", text)) or (0,)
    quotations = tuple(sorted(span for one in statements if one.mode is not Mode.INDIRECT for span in one.content))
    named = [(mention, cluster) for cluster in formed for mention in cluster.mentions if mention.order == order]
    author = next((cluster for mention, cluster in named if mention.aside), None)
    own = sorted(
        ((one, cluster) for one, cluster in named if not one.aside and not one.origin), key=lambda pair: pair[0].span
    )
    places: list[Place] = []
    seen: set[int] = set()
    quoted_starts = [span.start for span in quotations]
    for mention, cluster in own:
        sentence = max(0, bisect_right(starts, mention.span.start) - 1)
        near = bisect_right(quoted_starts, mention.span.start)
        quoted = any(span.holds(mention.span) for span in quotations[max(0, near - 3) : near])
        governed = text[mention.span.end : mention.span.end + 2] in {"’s", "'s", "’ ", "' "} or bool(
            _GOVERNING.search(text[max(0, mention.span.start - _BEFORE_CHARS) : mention.span.start])
        )
        first = not quoted and not governed and sentence not in seen and cluster.type in _ACTORS
        if first:
            seen.add(sentence)
        places.append(Place(mention, cluster, sentence, quoted, first, governed))
    _learn_genders(text, starts, quotations, places)
    turns = _turns(text, own)
    contents = Stretches((span, one) for one in statements for span in one.content)
    named_so = tuple(formed)
    lines = [block.span for block in document.blocks if block.kind in BODY_KINDS]
    heads = tuple(datelines(text, lines, labelled=bool(analysed(document).turns)))
    return Story(
        text,
        document.published,
        starts,
        paragraphs,
        quotations,
        tuple(places),
        named_so,
        turns,
        author,
        contents,
        heads,
    )


_PRONOUN = re.compile(r"\b(?:(?P<male>[Hh]e|[Hh]is|[Hh]im|himself)|(?P<female>[Ss]he|[Hh]er|[Hh]ers|herself))\b")
_OPENING = re.compile(r"\s*(?:But |And |Still, |Later, )?(?:(?P<male>He|His)|(?P<female>She|Her))\b")
_CONTRARY = 3  # sentences with pronouns of the other gender, for each of its own, that outweigh a first name


def _learn_genders(text: str, starts: Sequence[int], quotations: Sequence[Span], places: Sequence[Place]) -> None:
    """Count the pronouns that can only mean a person: after its name where nobody else is named in the sentence.

    They tell the gender of a name that no table knows, and correct a first name given to both ("Marty").
    """
    named: dict[int, set[int]] = {}
    for place in places:
        if place.cluster.type is EntityType.PERSON:
            named.setdefault(place.sentence, set()).add(place.cluster.number)
    counts: dict[int, Counter[Gender]] = {}
    quoted = Stretches((span, None) for span in quotations)
    for place in places:
        if place.cluster.type is not EntityType.PERSON or place.quoted or len(named[place.sentence]) > 1:
            continue
        end = starts[place.sentence + 1] if place.sentence + 1 < len(starts) else len(text)
        found = list(_PRONOUN.finditer(text, place.mention.span.end, end))
        if place.first and place.sentence + 1 not in named:
            found += [match for match in [_OPENING.match(text, end)] if match]
        told_here = {
            Gender.MALE if match["male"] else Gender.FEMALE
            for match in found
            if not any(quoted.meeting(Span(match.start(), match.start() + 1)))
        }
        if len(told_here) == 1:
            counts.setdefault(place.cluster.number, Counter()).update(told_here)
    by_number = {place.cluster.number: place.cluster for place in places}
    for number, told in counts.items():
        cluster = by_number[number]
        likely, often = told.most_common(1)[0]
        rare = told.total() - often
        unknown = cluster.gender is None and often > rare
        contrary = (
            cluster.gender not in {None, likely} and not cluster.gender_is_sure and often >= _CONTRARY * (1 + rare)
        )
        if unknown or contrary:
            cluster.genders[likely] += 1 + cluster.genders.total()


_ANSWER = re.compile(r"^[^\S\n]*[\"“]?(?:(?P<answer>A)|(?P<question>Q)):\s", re.MULTILINE)


_INTERVIEWED = re.compile(
    r"\b(?:interview(?:ed)?\s+(?:with|of)|in conversation with|(?:speaks?|spoke|sat down|talks?)\s+(?:to|with)|"
    r"questions?\s+(?:to|for)|asks?|asked|interviews?|meets?)\s+(?:[a-z]+\s+){0,4}\Z",
    re.IGNORECASE,
)
_INTERVIEWS = re.compile(r"\s+(?:[Tt]alks?|[Ss]peaks?|[Ss]poke|[Tt]alked|[Tt]ells?|[Ee]xplains?|[Aa]nswers?)\b")


def _interviewed(head: str, own: Sequence[tuple[Mention, Cluster]]) -> int | None:
    """The number of whom the words before an interview say that he is asked: "Greta Amsel talks to Ruth Pell"."""
    there = [(one, cluster) for one, cluster in own if one.span.end <= len(head) and cluster.type is EntityType.PERSON]
    for one, cluster in there:
        if _INTERVIEWS.match(head, one.span.end):
            return cluster.number
    for one, cluster in there:
        if _INTERVIEWED.search(head[: one.span.start]):
            return cluster.number
    return None


def _turns(text: str, own: Sequence[tuple[Mention, Cluster]]) -> tuple[tuple[int, Cluster | None], ...]:
    """Turns by "NAME:" at the start of a line, and by "Q:" and "A:", where A is who is named most before them."""
    turns: list[tuple[int, Cluster | None]] = [
        (mention.span.start, cluster)
        for mention, cluster in own
        if cluster.type is EntityType.PERSON
        and text[mention.span.end : mention.span.end + 1] == ":"
        and not text[text.rfind("\n", 0, mention.span.start) + 1 : mention.span.start].strip(' \t"“')
    ]
    marks = list(_ANSWER.finditer(text))
    if marks:
        before = Counter(
            cluster.number
            for mention, cluster in own
            if mention.span.start < marks[0].start() and cluster.type is EntityType.PERSON
        )
        chief = _interviewed(text[: marks[0].start()], own) or (before.most_common(1)[0][0] if before else None)
        answering = next((cluster for _, cluster in own if cluster.number == chief), None)
        turns += [(mark.start(), answering if mark["answer"] else None) for mark in marks]
    return tuple(sorted(turns, key=lambda turn: turn[0]))
