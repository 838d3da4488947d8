"""The door `link`: who is named in report and sources, and who speaks each statement."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quoth.doc.dates import DateMention, parse_day
from quoth.doc.doc import analysed
from quoth.doc.name_keys import batch_key
from quoth.doc.source_types import SourceKind, kind_of
from quoth.entities.also_known import joined
from quoth.entities.clusters import Cluster, clusters
from quoth.entities.mentions import mentions
from quoth.entities.speakers import resolve
from quoth.entities.story import Story, tell
from quoth.entities.text_ranges import Stretches
from quoth.models.ports import Recogniser
from quoth.types import Document, Entity, Passage, Statement


@dataclass(frozen=True, slots=True)
class Linked:
    """Who speaks in some documents.

    Attributes:
        statements: those of each document, with `speaker` and `said` where they can be told.
        entities: what is named in all of them, then the unnamed sources of the first, in the order of their mentions.
        unnamed: the unnamed sources of the others.
    """

    statements: tuple[tuple[Statement, ...], ...]
    entities: tuple[Entity, ...]
    unnamed: tuple[Entity, ...] = ()


def link(
    documents: Sequence[Document], statements: tuple[Statement, ...], recogniser: Recogniser | None = None
) -> tuple[tuple[Statement, ...], tuple[Entity, ...]]:
    """Name the entities of some documents and the speaker of every statement of the first.

    Args:
        documents: the report first, then its sources.
        statements: the report's statements, in any order.
        recogniser: trained names; without it names are found by rules.

    Returns:
        The same statements in the same order, with `speaker` and `said` where they can be told, and the entities in the
        order of their first mention; unnamed sources have `named=False`.
    """
    linked = link_all(documents, [statements], recogniser)
    return linked.statements[0] if linked.statements else statements, linked.entities


def link_all(
    documents: Sequence[Document], statements: Sequence[tuple[Statement, ...]], recogniser: Recogniser | None = None
) -> Linked:
    """Name the entities of some documents and the speaker of every statement.

    Args:
        documents: the report first, then its sources.
        statements: those of each document, as far as they are known; none of the last documents need be.
        recogniser: trained names; without it names are found by rules.
    """
    if not documents:
        return Linked((*statements,), ())
    found = [mention for order, document in enumerate(documents) for mention in mentions(document, order, recogniser)]
    told = [document.text for document in documents]
    formed = joined(clusters(found, told), told)
    ids = {id(cluster): f"e{number}" for number, cluster in enumerate(formed, 1)}
    bearers = {(one.document, one.span): id(cluster) for cluster in formed for one in cluster.mentions}
    linked: list[tuple[Statement, ...]] = []
    places: dict[int, list[Passage]] = {}
    extra: list[tuple[int, Cluster]] = []
    for order, (document, said) in enumerate(zip(documents, statements, strict=False)):
        if not said:
            linked.append(said)
            continue
        story = tell(document, said, formed, order)
        speakers = resolve(story, said)
        for cluster in speakers.values():
            if id(cluster) not in ids:
                ids[id(cluster)] = f"e{len(ids) + 1}"
                extra.append((order, cluster))
        linked.append(_named(story, said, speakers, ids, analysed(document).all_dates))
        for one in said:
            if one.id in speakers and one.source and (order == 0 or not speakers[one.id].named):
                place = Passage(document.id, one.source[0].start, one.source[-1].end)
                if bearers.get((document.id, place.span), id(speakers[one.id])) != id(speakers[one.id]):
                    continue  # "Lisk thanked Moss, who scolded them, saying": that place names Lisk
                places.setdefault(id(speakers[one.id]), []).append(place)
    home, texts = documents[0].id, {document.id: document.text for document in reversed(documents)}

    def entities(those: Iterable[Cluster]) -> tuple[Entity, ...]:
        return tuple(_entity(one, ids[id(one)], places.get(id(one), []), home, texts) for one in those)

    everyone = [*formed, *(cluster for order, cluster in extra if order == 0)]
    return Linked(tuple(linked), entities(everyone), entities(cluster for order, cluster in extra if order))


def _named(
    story: Story,
    statements: Sequence[Statement],
    speakers: Mapping[str, Cluster],
    ids: Mapping[int, str],
    when: Sequence[DateMention],
) -> tuple[Statement, ...]:
    """The statements of a document with their speakers and days."""
    return tuple(
        replace(
            one,
            speaker=ids[id(speakers[one.id])] if one.id in speakers else None,
            said=one.said or _said(story, one, when),
        )
        for one in statements
    )


def _entity(cluster: Cluster, name: str, sources: Sequence[Passage], home: str, texts: Mapping[str, str]) -> Entity:
    """The value made of a cluster; words that name it as a source are mentions too, unless a name lies in them."""
    named = [Passage(one.document, one.span.start, one.span.end) for one in cluster.mentions]
    own = [place for place in named if place.document == home]
    taken = Stretches((place.span, None) for place in own)
    others = [place for place in dict.fromkeys(sources) if not any(taken.meeting(place.span))]
    rest = [place for place in named if place.document != home]
    canonical = cluster.name
    described = [
        " ".join(words.split())
        for words in (texts[place.document][place.start : place.end] for place in others)
        if kind_of(words) is SourceKind.DESCRIBED
    ]
    aliases = [alias for alias in dict.fromkeys([*cluster.names, *described]) if alias != canonical]
    return Entity(
        id=name,
        name=canonical,
        type=cluster.type,
        mentions=(*sorted([*own, *others]), *rest),
        aliases=tuple(aliases),
        named=cluster.named,
        key=batch_key(canonical, cluster.type) if cluster.named else "",
    )


_NEAR_CUE = 40  # characters after a cue in which its day may stand: "said in a statement on Thursday"
_NEAR_SOURCE = 60  # characters before a source: "a statement issued on Thursday by the ministry"
_CLAUSE_END = re.compile(r"[.!?;\n“”\"]|, ")


def _said(story: Story, statement: Statement, when: Sequence[DateMention]) -> str | None:
    """The day a statement was made, if the words beside source and cue tell it: "issued on Thursday"."""
    spans = [*statement.source, *statement.cue]
    if not spans:
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    near = bisect_left(when, start - _NEAR_SOURCE, key=lambda mention: mention.span.end)
    for mention in when[near : bisect_right(when, end + _NEAR_CUE, key=lambda mention: mention.span.start)]:
        if parse_day(mention.value) is None or any(span.meets(mention.span) for span in statement.content):
            continue
        if any(head.holds(mention.span) for head in story.heads):
            continue  # the day of the report, not of what was said
        inside = any(span.holds(mention.span) for span in spans)
        after = any(
            span.end <= mention.span.start <= span.end + _NEAR_CUE
            and not _CLAUSE_END.search(story.text, span.end, mention.span.start)
            and not any(part.start < mention.span.start and span.end <= part.start for part in statement.content)
            for span in spans
        )
        before = start - _NEAR_SOURCE <= mention.span.end <= start and not _CLAUSE_END.search(
            story.text, mention.span.end, start
        )
        between = start <= mention.span.start and mention.span.end <= end
        if inside or after or before or between:
            return mention.value
    return None
