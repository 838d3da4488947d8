"""The door `link`: who is named in report and sources, and who speaks each statement."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from quoth.doc.dates import DateMention, dates, parse_day
from quoth.entities.clusters import Cluster, clusters
from quoth.entities.mentions import mentions
from quoth.entities.source_types import SourceKind, kind_of
from quoth.entities.speakers import resolve
from quoth.entities.story import Story, tell
from quoth.entities.text_ranges import Stretches
from quoth.models.ports import Recogniser
from quoth.types import Document, Entity, Passage, Span, Statement


def link(
    documents: Sequence[Document], statements: tuple[Statement, ...], recogniser: Recogniser | None = None
) -> tuple[tuple[Statement, ...], tuple[Entity, ...]]:
    """Name the entities of some documents and the speaker of every statement.

    Args:
        documents: the report first, then its sources.
        statements: the report's statements, in any order.
        recogniser: trained names; without it names are found by rules.

    Returns:
        The same statements in the same order, with `speaker` and `said` where they can be told, and the entities in the
        order of their first mention; unnamed sources have `named=False`.
    """
    if not documents:
        return statements, ()
    report = documents[0]
    found = [mention for order, document in enumerate(documents) for mention in mentions(document, order, recogniser)]
    formed = clusters(found, [document.text for document in documents])
    story = tell(report, statements, formed)
    speakers = resolve(story, statements)
    everyone = _everyone(formed, speakers)
    ids = {id(cluster): f"e{number}" for number, cluster in enumerate(everyone, 1)}
    when = dates(report.text, report.published) if statements else []
    linked = tuple(
        replace(
            one,
            speaker=ids[id(speakers[one.id])] if one.id in speakers else None,
            said=one.said or _said(story, one, when),
        )
        for one in statements
    )
    places: dict[int, list[Passage]] = {}
    for one in statements:
        if one.id in speakers and one.source:
            span = Span(one.source[0].start, one.source[-1].end)
            places.setdefault(id(speakers[one.id]), []).append(Passage(report.id, span.start, span.end))
    entities = tuple(_entity(cluster, ids[id(cluster)], places.get(id(cluster), []), report) for cluster in everyone)
    return linked, entities


def _everyone(formed: Sequence[Cluster], speakers: dict[str, Cluster]) -> list[Cluster]:
    """All clusters once: the named ones, then the unnamed sources."""
    known = {id(cluster) for cluster in formed}
    extra = {id(cluster): cluster for cluster in speakers.values() if id(cluster) not in known}
    return [*formed, *extra.values()]


def _entity(cluster: Cluster, name: str, sources: Sequence[Passage], report: Document) -> Entity:
    """The value made of a cluster; words that name it as a source are mentions too, unless a name lies in them."""
    named = [Passage(one.document, one.span.start, one.span.end) for one in cluster.mentions]
    own = [place for place in named if place.document == report.id]
    taken = Stretches((place.span, None) for place in own)
    others = [place for place in dict.fromkeys(sources) if not any(taken.meeting(place.span))]
    rest = [place for place in named if place.document != report.id]
    canonical = cluster.name
    described = [
        " ".join(report.text[place.start : place.end].split())
        for place in others
        if kind_of(report.text[place.start : place.end]) is SourceKind.DESCRIBED
    ]
    aliases = [alias for alias in dict.fromkeys([*cluster.names, *described]) if alias != canonical]
    return Entity(
        id=name,
        name=canonical,
        type=cluster.type,
        mentions=(*sorted([*own, *others]), *rest),
        aliases=tuple(aliases),
        named=cluster.named,
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
