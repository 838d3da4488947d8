"""Who a statement's source is: pronouns, descriptions and surnames resolved to what the report names.

The rules are those of news writing: a full name at first mention, a surname or a pronoun later; a pronoun stands for
the last compatible speaker, else for the person that the last sentence was about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

from quoth.linking.clusters import Cluster
from quoth.linking.sources import Description, Noun, SourceKind, describe, kind_of, tables
from quoth.linking.story import Place, Story
from quoth.text.name_tables import Gender, plain
from quoth.values import EntityType, Mode, Span, Statement


@dataclass(slots=True)
class Said:
    """A statement whose speaker is settled, as later ones look back at it."""

    statement: Statement
    at: int
    cluster: Cluster


@dataclass(slots=True)
class Resolver:
    """Looks for speakers in reading order and remembers those that it found.

    Attributes:
        story: the report.
        history: statements resolved so far, in reading order.
        unnamed: folded description to the unnamed source that it made.
        documents: folded noun of a document to whoever issued it ("statement").
        labels: where a transcript's turns begin, and whose they are.
    """

    story: Story
    history: list[Said] = field(default_factory=list)
    unnamed: dict[str, Cluster] = field(default_factory=dict)
    documents: dict[str, Cluster] = field(default_factory=dict)


def anchor(statement: Statement) -> int:
    """Where a statement is attributed: at its source, else its cue, else its content."""
    spans = statement.source or statement.cue or statement.content
    return spans[0].start if spans else 0


def resolve(story: Story, statements: Sequence[Statement]) -> dict[str, Cluster]:
    """The speaker of each statement that has one, by statement id. Unnamed sources become clusters of their own."""
    resolver = Resolver(story)
    found: dict[str, Cluster] = {}
    ordered = sorted(statements, key=anchor)
    first_person = {SourceKind.WE, SourceKind.I}
    later = [one for one in ordered if _kind(story, one) in first_person]
    for statement in [one for one in ordered if one not in later] + later:
        cluster = _speaker(resolver, statement, ordered, found)
        if cluster is not None:
            found[statement.id] = cluster
            resolver.history.append(Said(statement, anchor(statement), cluster))
            resolver.history.sort(key=lambda said: said.at)
            _issued(resolver, statement, cluster)
    return found


def _words(story: Story, statement: Statement) -> str:
    return " ".join(span.of(story.text) for span in statement.source)


def _kind(story: Story, statement: Statement) -> SourceKind:
    return kind_of(_words(story, statement))


def _issued(resolver: Resolver, statement: Statement, cluster: Cluster) -> None:
    """Remember who issued the statement, letter or report that is spoken of beside this source or cue."""
    spans = [*statement.source, *statement.cue]
    if not spans:
        return
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    around = plain(resolver.story.text[start : end + 60].split("\n")[0]) if end - start < 300 else ""
    for noun in tables().issued:
        if re.search(rf"\b{noun}\b", around):
            resolver.documents[noun] = cluster


def _speaker(
    resolver: Resolver, statement: Statement, statements: Sequence[Statement], found: dict[str, Cluster]
) -> Cluster | None:
    story = resolver.story
    kind = _kind(story, statement)
    at = anchor(statement)
    if kind is SourceKind.NONE:
        return _unsaid(resolver, statement)
    if kind in {SourceKind.HE, SourceKind.SHE}:
        return _person(resolver, statement, Gender.FEMALE if kind is SourceKind.SHE else Gender.MALE)
    if kind is SourceKind.WHICH:
        return _antecedent(resolver, at)
    if kind in {SourceKind.IT, SourceKind.THIS}:
        return _last(resolver, at, persons=False) or _thing(resolver, statement)
    if kind is SourceKind.THEY:
        return _several(resolver, statement)
    if kind in {SourceKind.WE, SourceKind.I}:
        return _first_person(statement, statements, found)
    if kind is SourceKind.YOU:
        return None
    return _described(resolver, statement)


def _unsaid(resolver: Resolver, statement: Statement) -> Cluster | None:
    """A quotation without a source beside it goes on with the last speaker, if he stands close by."""
    if statement.mode is Mode.INDIRECT or not resolver.history:
        return None
    story, at = resolver.story, anchor(statement)
    before = [said for said in resolver.history if said.at <= at and said.statement.mode is not Mode.INDIRECT]
    if before and story.paragraph(at) - story.paragraph(before[-1].statement.extent.end) <= 1:
        return before[-1].cluster
    return _person(resolver, statement, None)


_CANDIDATE_SENTENCES = 12  # how far back a pronoun looks


def _person(resolver: Resolver, statement: Statement, gender: Gender | None) -> Cluster | None:
    """The person that "he" or "she" stands for: the highest score of recency, role as speaker, and place."""
    story, at = resolver.story, anchor(statement)
    scores: dict[int, float] = {}
    for place in story.places:
        if place.mention.span.start >= at:
            break
        cluster = place.cluster
        if not _can_be(cluster, gender) or any(span.holds(place.mention.span) for span in statement.content):
            continue
        distance = story.sentence(at) - place.sentence
        if distance > _CANDIDATE_SENTENCES:
            continue
        score = _salience(place, distance)
        scores[cluster.number] = max(scores.get(cluster.number, -99.0), score)
    for said in reversed(resolver.history):
        if said.at < at and _can_be(said.cluster, gender) and said.cluster.type is EntityType.PERSON:
            distance = story.sentence(at) - story.sentence(said.at)
            bonus = _SPEAKER_BONUS - _DECAY * distance
            number = said.cluster.number
            scores[number] = max(scores.get(number, -99.0), bonus) + (0.5 if number in scores else 0.0)
            break
    if not scores:
        return _ahead(resolver, statement, gender)
    by_number = _by_number(resolver)
    best = max(scores, key=lambda number: (scores[number] + _prominence(by_number[number], gender), -number))
    return by_number[best]


_DECAY = 0.8  # a sentence further back
_SPEAKER_BONUS = 2.5  # having spoken last


def _salience(place: Place, distance: int) -> float:
    score = -_DECAY * distance
    score += 1.0 if place.first else 0.0
    score -= 1.5 if place.quoted else 0.0
    score -= 0.7 if place.governed else 0.0
    return score


def _prominence(cluster: Cluster, gender: Gender | None) -> float:
    sure = 0.8 if gender is not None and cluster.gender is gender else 0.0
    return sure + 0.2 * log(1 + len(cluster.mentions))


def _can_be(cluster: Cluster, gender: Gender | None) -> bool:
    if cluster.type is not EntityType.PERSON:
        return False
    return gender is None or cluster.gender in {None, gender}


def _by_number(resolver: Resolver) -> dict[int, Cluster]:
    known = {cluster.number: cluster for cluster in resolver.story.clusters}
    return known | {cluster.number: cluster for cluster in resolver.unnamed.values()}


def _ahead(resolver: Resolver, statement: Statement, gender: Gender | None) -> Cluster | None:
    """A pronoun before its name: the next person named, in the same paragraph, outside the statement."""
    story, at = resolver.story, anchor(statement)
    for place in story.places:
        if place.mention.span.start > at and _can_be(place.cluster, gender) and not place.quoted:
            return place.cluster if story.paragraph(place.mention.span.start) - story.paragraph(at) <= 1 else None
    return None


def _last(resolver: Resolver, at: int, *, persons: bool) -> Cluster | None:
    """The last speaker before an offset that is a person, or that is none."""
    for said in reversed(resolver.history):
        if said.at < at and (said.cluster.type is EntityType.PERSON) is persons:
            close = resolver.story.sentence(at) - resolver.story.sentence(said.at) <= _CANDIDATE_SENTENCES
            return said.cluster if close else None
    return None


_THINGS = (EntityType.ORGANISATION, EntityType.GROUP, EntityType.PLACE, EntityType.OTHER)


def _thing(resolver: Resolver, statement: Statement) -> Cluster | None:
    """What "it" stands for when nothing has spoken yet: the body or country the last sentences were about."""
    story, at = resolver.story, anchor(statement)
    best: tuple[float, Cluster] | None = None
    for place in story.places:
        if place.mention.span.start >= at:
            break
        if place.cluster.type not in _THINGS or any(span.holds(place.mention.span) for span in statement.content):
            continue
        score = _salience(place, story.sentence(at) - place.sentence) - 0.5 * _THINGS.index(place.cluster.type)
        if score > -_CANDIDATE_SENTENCES and (best is None or score >= best[0]):
            best = (score, place.cluster)
    return best[1] if best else None


def _antecedent(resolver: Resolver, at: int) -> Cluster | None:
    """Whom "who" or "which" stands for: the person or body named last in the same sentence."""
    story = resolver.story
    for place in reversed(story.places):
        if place.mention.span.start >= at:
            continue
        if place.sentence != story.sentence(at):
            break
        if place.cluster.type in {EntityType.PERSON, EntityType.ORGANISATION, EntityType.GROUP}:
            return place.cluster
    before = story.text[story.starts[story.sentence(at)] : at]
    phrase = re.search(r"\b(?:an?|the|some|several|many|two|three)\s+[a-z][\w\s’'-]{2,40}?(?=,?\s*\Z)", before)
    return _nameless(resolver, phrase.group(), at) if phrase else None


def _several(resolver: Resolver, statement: Statement) -> Cluster | None:
    """Whom "they" stands for: the last speaker that is several or a body, else the last speaker at all."""
    at = anchor(statement)
    for said in reversed(resolver.history):
        if said.at < at and (said.cluster.type is not EntityType.PERSON or not said.cluster.named):
            return said.cluster
    return _last(resolver, at, persons=True) or _thing(resolver, statement)


def _first_person(statement: Statement, statements: Sequence[Statement], found: dict[str, Cluster]) -> Cluster | None:
    """Whose "I" or "we" it is: the speaker of the innermost other statement around the source."""
    source = statement.source[0]
    around = [
        one
        for one in statements
        if one.id != statement.id and one.id in found and any(span.holds(source) for span in one.content)
    ]
    return found[min(around, key=lambda one: one.extent.length).id] if around else None


_AUTHOR = re.compile(r"\b(?:by|from|of|issued by|released by)\s+(?:the\s+)?\Z")


def _described(resolver: Resolver, statement: Statement) -> Cluster | None:
    story = resolver.story
    words = _words(story, statement)
    span = Span(statement.source[0].start, statement.source[-1].end)
    inside = [place for part in statement.source for place in story.within(part)]
    description = describe(words)
    chief = _chief(story, inside, span, description)
    if chief is not None:
        return chief
    own_author = next(
        (place for place in inside if _AUTHOR.search(story.text[span.start : place.mention.span.start])), None
    )
    if description.noun is Noun.DOCUMENT:
        if own_author is not None:
            return own_author.cluster
        owner = next((place for place in inside if place.governed), None)
        if owner is not None and description.head in tables().issued:
            return owner.cluster
        return _of_document(resolver, description, words, span.start)
    return _by_description(resolver, description, words, span.start)


def _chief(story: Story, inside: Sequence[Place], span: Span, description: Description) -> Cluster | None:
    """The named one that the words are about, not merely one in them ("Orr's lawyer", "attorneys for Orr")."""
    for wanted in (True, False):
        for place in inside:
            mention = place.mention
            before = story.text[span.start : mention.span.start]
            after = story.text[mention.span.end : span.end]
            if (place.cluster.type is EntityType.PERSON) is not wanted:
                continue
            governed = (
                re.search(
                    r"\b(?:of|for|to|with|by|from|in|on|at|against|about|near|like|under|between|over|close to)\s+(?:[\w.’'-]+\s+){0,4}\Z",
                    before,
                )
                and "," not in before[before.rfind(" of ") :]
            )
            if governed or re.match(r"['’]s?\s+\w|['’]\s+\w", after):
                continue
            if re.match(r"\s+[a-z]", after) and not re.match(
                r"\s+(?:who|and|of|in|from|at|for|himself|herself|itself|which|on|with|or|here|there|also)\b", after
            ):
                continue  # "White House officials", "the Orr campaign"
            return place.cluster
    return None


def _of_document(resolver: Resolver, description: Description, words: str, at: int) -> Cluster:
    """Who speaks in a document: whoever issued it, if that was told; else the document itself."""
    if description.head in resolver.documents:
        return resolver.documents[description.head]
    if description.head in tables().issued and description.definite and resolver.history:
        last = _last(resolver, at, persons=False) or _last(resolver, at, persons=True)
        if last is not None:
            return last
    return _nameless(resolver, words, at, EntityType.DOCUMENT)


def _by_description(resolver: Resolver, description: Description, words: str, at: int) -> Cluster | None:
    """Whom a description means: a named one described so, a speaker described so before, or somebody left unnamed."""
    if not description.head:
        return _nameless(resolver, words, at)
    key = _bare(words)
    if key in resolver.unnamed and not description.definite:
        return resolver.unnamed[key]
    if not description.plural or description.noun is Noun.BODY:
        named = _matching(resolver, description, at)
        if named is not None:
            return named
    for said in reversed(resolver.history):
        if said.at < at and not said.cluster.named and description.definite:
            head = describe(said.cluster.name).head
            if head == description.head:
                return said.cluster
    if (
        description.definite
        and not description.plural
        and description.noun is Noun.PERSON
        and not description.modifiers
    ):
        pass
    return _nameless(resolver, words, at)


def _matching(resolver: Resolver, description: Description, at: int) -> Cluster | None:
    """The named person or body whose name, title or description has the noun and its modifiers."""
    story = resolver.story
    last_place = {place.cluster.number: place for place in story.places if place.mention.span.start < at}
    best: tuple[tuple[float, ...], Cluster] | None = None
    for cluster in story.clusters:
        own = {
            plain(word).removesuffix("'s").removesuffix("’s")
            for name in cluster.names
            for word in re.split(r"[\s-]+", name)
        }
        described = own | cluster.roles | {role for role in cluster.roles}
        if description.head not in described and not _synonym(description.head, described):
            continue
        if description.noun is Noun.PERSON and cluster.type is not EntityType.PERSON:
            continue
        if description.noun is Noun.BODY and cluster.type is EntityType.PERSON:
            continue
        missing = {word for word in description.modifiers if word not in described}
        if missing and (not description.definite or len(missing) == len(description.modifiers)):
            continue
        place = last_place.get(cluster.number)
        spoke = any(said.cluster is cluster and said.at < at for said in resolver.history)
        if not description.definite and not description.modifiers:
            continue  # "a commander" may be anybody
        recency = -(story.sentence(at) - place.sentence) if place else -1000
        rank = (-float(len(missing)), float(place is not None), float(spoke), float(recency))
        if best is None or rank > best[0]:
            best = (rank, cluster)
    return best[1] if best else None


_SYNONYMS = (
    {"mp", "legislator", "lawmaker", "congressman", "congresswoman", "senator", "sen", "representative", "rep", "mpp", "mla"},
    {"officer", "constable", "sergeant", "inspector", "detective", "sgt", "const", "insp", "det", "cpl", "corporal"},
    {"spokesman", "spokeswoman", "spokesperson"},
    {"chairman", "chairwoman", "chairperson", "chair"},
    {"councillor", "councilor", "coun", "councilman", "councilwoman"},
    {"attorney", "lawyer", "barrister", "solicitor"},
    {"professor", "prof", "academic"},
    {"doctor", "dr", "physician"},
    {"governor", "gov"}, {"general", "gen"}, {"colonel", "col"}, {"lieutenant", "lt"}, {"captain", "capt"},
    {"company", "firm", "corporation", "corp", "inc", "ltd", "llc", "plc", "co", "group"},
    {"agency", "department", "bureau", "administration"},
    {"team", "club"}, {"school", "university", "college"}, {"union", "federation", "association"},
    {"newspaper", "paper", "times", "post", "journal", "gazette", "herald", "tribune", "star", "globe", "mail", "telegraph", "guardian"},
    {"ceo", "executive"}, {"chief", "superintendent"}, {"premier", "minister"}, {"nominee", "candidate"},
)  # fmt: skip


def _synonym(head: str, described: set[str]) -> bool:
    return any(head in group and group & described for group in _SYNONYMS)


def _bare(words: str) -> str:
    return re.sub(r"\A(?:the|a|an|some|several|many|these|those)\s+", "", plain(words).strip(" ,.;:\"'“”"))


def _nameless(resolver: Resolver, words: str, at: int, kind: EntityType | None = None) -> Cluster:
    """The unnamed source with this description, made when it is new."""
    key = _bare(words)
    if key not in resolver.unnamed:
        description = describe(words)
        has_name = any(
            place.mention.span.start >= at and place.mention.span.end <= at + len(words)
            for place in resolver.story.places
        )
        chosen = kind or {
            Noun.PERSON: EntityType.PERSON,
            Noun.BODY: EntityType.ORGANISATION,
            Noun.DOCUMENT: EntityType.DOCUMENT,
        }.get(description.noun, EntityType.OTHER)
        if chosen is EntityType.PERSON and description.plural:
            chosen = EntityType.GROUP
        number = len(resolver.story.clusters) + len(resolver.unnamed)
        cluster = Cluster(number, chosen, named=has_name and chosen is EntityType.ORGANISATION)
        cluster.names[" ".join(words.split()).strip(" ,.;:")] += 1
        resolver.unnamed[key] = cluster
    return resolver.unnamed[key]
