"""Who a statement's source is: pronouns, descriptions and surnames resolved to what the report names.

The rules are those of news writing: a full name at first mention, a surname or a pronoun later; a pronoun stands for
the last compatible speaker, else for the person that the last sentence was about.
"""

import re
from collections.abc import Sequence

from quoth.doc.name_tables import Gender, plain
from quoth.doc.source_types import SourceKind, kind_of, tables
from quoth.entities.clusters import Cluster
from quoth.entities.descriptions import described
from quoth.entities.pronouns import antecedent, person, several, thing
from quoth.entities.resolver import Resolver, Said, anchor
from quoth.entities.story import Story
from quoth.types import Act, EntityType, Mode, Statement

_ISSUED_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_ISSUED_NEAR = 60  # characters around source and cue in which "in a statement" stands
_LONGEST_FRAME = 300  # characters from source to cue
_FIRST_PERSON = frozenset([SourceKind.WE, SourceKind.I])


def resolve(story: Story, statements: Sequence[Statement]) -> dict[str, Cluster]:
    """The speaker of each statement that has one, by statement id. Unnamed sources become clusters of their own.

    Statements are read in order, those of an "I" or a "we" last: whose these are is told by the statements around them.
    """
    resolver = Resolver(story)
    found: dict[str, Cluster] = {}
    for statement in sorted(statements, key=lambda one: (_kind(story, one) in _FIRST_PERSON, anchor(one))):
        cluster = _speaker(resolver, statement)
        if cluster is not None:
            found[statement.id] = cluster
            resolver.settle(Said(statement, anchor(statement), cluster))
            _learn_gender(resolver, statement, cluster)
            _issued(resolver, statement, cluster)
    return found


def _learn_gender(resolver: Resolver, statement: Statement, cluster: Cluster) -> None:
    """Remember of whom "she" was said, so that the "he" that answers is somebody else."""
    kind = _kind(resolver.story, statement)
    if kind in _GENDERS:
        resolver.called[cluster.number] = (anchor(statement), _GENDERS[kind])


_GENDERS = {SourceKind.HE: Gender.MALE, SourceKind.SHE: Gender.FEMALE}


def _words(story: Story, statement: Statement) -> str:
    return " ".join(span.of(story.text) for span in statement.source)


def _kind(story: Story, statement: Statement) -> SourceKind:
    return kind_of(_words(story, statement))


def _issued(resolver: Resolver, statement: Statement, cluster: Cluster) -> None:
    """Remember who issued the statement, letter or report that is spoken of beside this source or cue."""
    spans = [*statement.source, *statement.cue]
    if not spans:
        return
    story = resolver.story
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    number = story.sentence(start)
    first = max(story.starts[number], start - _ISSUED_NEAR)
    last = story.starts[number + 1] if number + 1 < len(story.starts) else len(story.text)
    around = plain(story.text[first : min(last, end + _ISSUED_NEAR)]) if end - start < _LONGEST_FRAME else ""
    for noun in _ISSUED_WORD.findall(around):
        if noun in tables().issued:
            resolver.documents[noun] = cluster
            resolver.issued = (anchor(statement), cluster)


def _speaker(resolver: Resolver, statement: Statement) -> Cluster | None:
    """The speaker of one statement, looked for by what kind of words names its source."""
    story = resolver.story
    kind = _kind(story, statement)
    at = anchor(statement)
    if len(statement.source) > 1 and kind_of(statement.source[-1].of(story.text)) is SourceKind.WHICH:
        kind, at = SourceKind.WHICH, statement.source[-1].start  # "Orr thanked Lee, who scolded them, saying"
    relative = _relative_before(story, statement)
    if relative is not None:
        kind, at = SourceKind.WHICH, relative
    if _words(story, statement) in {"Q", "A"} and story.turns:
        return story.turn(at)
    match kind:
        case SourceKind.NONE:
            cluster = _unsaid(resolver, statement)
        case SourceKind.HE | SourceKind.SHE:
            cluster = person(resolver, statement, Gender.FEMALE if kind is SourceKind.SHE else Gender.MALE)
        case SourceKind.WHICH:
            cluster = antecedent(resolver, at)
        case SourceKind.IT | SourceKind.THIS:
            cluster = thing(resolver, statement)
        case SourceKind.THEY:
            cluster = several(resolver, statement)
        case SourceKind.WE | SourceKind.I:
            cluster = _first_person(resolver, statement)
        case SourceKind.YOU:
            cluster = None
        case SourceKind.DESCRIBED:
            cluster = described(resolver, statement)
    return cluster


_RELATIVE = re.compile(r"(?:,|[a-z])\s+(?P<who>who)\s+(?P<clause>[^,.;:?!“”\"\n]{3,120}),\s+(?:and\s+)?\Z")


def _relative_before(story: Story, statement: Statement) -> int | None:
    """Where the "who" stands whose clause a participle goes on with: "thanked Lee, who scolded them, saying"."""
    if not statement.cue or not _PARTICIPLE.match(story.text, *statement.cue[0]):
        return None
    cue = statement.cue[0]
    start = statement.source[-1].end if statement.source else story.starts[story.sentence(cue.start)]
    found = _RELATIVE.search(story.text, start, cue.start) if start < cue.start else None
    return found.start("who") if found is not None else None


_PARTICIPLE = re.compile(r"[a-z]+ing\b")


def _unsaid(resolver: Resolver, statement: Statement) -> Cluster | None:
    """A quotation without a source beside it goes on with the last speaker, if he stands close by."""
    story, at = resolver.story, anchor(statement)
    if statement.within is not None:
        return _accuser(resolver, statement, at)
    subject = _subject(resolver, statement)
    if subject is not None:
        return subject
    turn = story.turn(at)
    if turn is not None:
        return turn
    if statement.mode is Mode.INDIRECT or not resolver.history:
        return None
    spoke = (said for said in resolver.said_before(at, here=True) if said.statement.mode is not Mode.INDIRECT)
    before = next(spoke, None)
    if before is not None and story.paragraph(at) - story.paragraph(before.statement.extent.end) <= 1:
        return before.cluster
    return person(resolver, statement, None)


_BEFORE_CUE = 2  # characters between a name and its verb


def _subject(resolver: Resolver, statement: Statement) -> Cluster | None:
    """Who stands right before a verb of saying for which no source was found: "Ana Orr accused Jo Lee of"."""
    if not statement.cue:
        return None
    at = statement.cue[0].start
    place = next(resolver.story.before(at, 0), None)
    if place is None or place.governed or not 0 < at - place.mention.span.end <= _BEFORE_CUE:
        return None
    return place.cluster if place.cluster.type is EntityType.PERSON else None


def _accuser(resolver: Resolver, statement: Statement, at: int) -> Cluster | None:
    """Whose "accusation that ..." another speaker answers: the last one who claimed or accused, other than himself."""
    outer = resolver.settled.get(statement.within or "")
    for said in resolver.said_before(at):
        if said.statement.act in {Act.CLAIM, Act.ACCUSE} and (not outer or said.cluster is not outer.cluster):
            return said.cluster
    return None


def _first_person(resolver: Resolver, statement: Statement) -> Cluster | None:
    """Whose "I" or "we" it is: the speaker of the innermost other statement around it, of the turn, the author."""
    story, source = resolver.story, statement.source[0]
    around = {
        one.id: one
        for _, one in story.contents.holding(source)
        if one.id != statement.id and one.id in resolver.settled
    }
    if around:
        inner = min(around.values(), key=lambda one: (one.extent.length, anchor(one)))
        return resolver.settled[inner.id].cluster
    if any(
        span not in statement.content for span, one in story.contents.holding(source) if one.mode is not Mode.INDIRECT
    ):
        return None  # a quotation whose speaker was not found
    return story.turn(source.start) or (None if story.turns else story.author)
