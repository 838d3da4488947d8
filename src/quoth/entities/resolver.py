"""What the resolver of speakers remembers while it reads, and the sources that it leaves unnamed."""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from quoth.doc.name_tables import Gender, plain
from quoth.doc.source_types import Noun, describe, gender_of
from quoth.doc.tokens import frequencies
from quoth.entities.clusters import Cluster
from quoth.entities.known_names import Known
from quoth.entities.story import Story
from quoth.types import EntityType, Statement

#: How many sentences back a pronoun looks.
LOOK_BACK = 12
_ORDINARY = 30  # per cent of the uses of a word in lower case, from which a capital makes no name of it
_LONGEST_NAME = 3  # words


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
        issued: where a document was last said to be issued, and by whom.
        settled: the same statements as in `history`, by id.
        numbered: clusters by number, the unnamed sources with the named.
        spoke_first: the first offset at which a cluster speaks, by its number.
        called: where a pronoun last stood for a cluster, and its gender, by the cluster's number.
        known: the story's clusters by the words that may mean them.
    """

    story: Story
    history: list[Said] = field(default_factory=list)
    unnamed: dict[str, Cluster] = field(default_factory=dict)
    documents: dict[str, Cluster] = field(default_factory=dict)
    issued: tuple[int, Cluster | None] = (0, None)
    settled: dict[str, Said] = field(default_factory=dict)
    numbered: dict[int, Cluster] = field(default_factory=dict)
    spoke_first: dict[int, int] = field(default_factory=dict)
    called: dict[int, tuple[int, Gender]] = field(default_factory=dict)
    known: Known = field(init=False)

    def __post_init__(self) -> None:
        """Index the story."""
        self.numbered = {cluster.number: cluster for cluster in self.story.clusters}
        self.known = Known(self.story)

    def settle(self, said: Said) -> None:
        """Remember a statement whose speaker is found."""
        insort(self.history, said, key=_at)
        self.settled[said.statement.id] = said
        number = said.cluster.number
        self.spoke_first[number] = min(self.spoke_first.get(number, said.at), said.at)

    def said_before(self, at: int, *, here: bool = False) -> Iterator[Said]:
        """What was said before an offset (with `here`, at it too), the last first."""
        number = (bisect_right if here else bisect_left)(self.history, at, key=_at)
        while number:
            number -= 1
            yield self.history[number]


def _at(said: Said) -> int:
    return said.at


def anchor(statement: Statement) -> int:
    """Where a statement is attributed: at its source, else its cue, else its content."""
    spans = statement.source or statement.cue or statement.content
    return spans[0].start if spans else 0


def last(resolver: Resolver, at: int, *, persons: bool) -> Cluster | None:
    """The last speaker before an offset that is a person, or that is none."""
    for said in resolver.said_before(at):
        if resolver.story.sentence(at) - resolver.story.sentence(said.at) > LOOK_BACK:
            return None
        if (said.cluster.type is EntityType.PERSON) is persons:
            return said.cluster
    return None


def bare(words: str) -> str:
    """A description without its article, folded: by this key an unnamed source is known again."""
    return re.sub(r"\A(?:the|a|an|some|several|many|these|those)\s+", "", plain(words).strip(" ,.;:\"'“”"))


_FOND = frozenset({"little", "young", "old", "poor", "dear", "big", "tiny"})


def _is_proper(words: str) -> bool:
    """Whether words that no rule knew for a name are one all the same: capitals on words that always have them."""
    parts = re.findall(r"[\w’'-]+", words)
    if len(parts) > 1 and parts[0] in _FOND:
        parts = parts[1:]  # "little Bess"
    if not 0 < len(parts) <= _LONGEST_NAME or not all(part[:1].isupper() for part in parts):
        return False
    counted = [frequencies().get(plain(re.sub(r"['’]s?\Z", "", part))) for part in parts]
    return not any(found is not None and found[1] >= _ORDINARY for found in counted) and any(counted)


def together(resolver: Resolver, speakers: Sequence[Cluster]) -> Cluster:
    """Several persons who speak as one: a group that is known by all their names, made when it is new."""
    names = [cluster.name for cluster in speakers]
    words = f"{', '.join(names[:-1])} and {names[-1]}"
    key = bare(words)
    if key not in resolver.unnamed:
        number = len(resolver.story.clusters) + len(resolver.unnamed)
        cluster = Cluster(number, EntityType.GROUP)
        cluster.names.update([words, *names])
        resolver.unnamed[key] = resolver.numbered[number] = cluster
    return resolver.unnamed[key]


def nameless(resolver: Resolver, words: str, at: int, kind: EntityType | None = None) -> Cluster:
    """The unnamed source with this description, made when it is new."""
    key = bare(words)
    if key not in resolver.unnamed:
        namesake = next((one for one in resolver.story.clusters if words.strip(" ,") in one.names), None)
        if namesake is not None:
            return namesake
        description = describe(words)
        has_name = any(
            place.mention.span.end <= at + len(words)
            for place in takewhile(lambda place: place.mention.span.start <= at + len(words), resolver.story.after(at))
        )
        chosen = kind or {
            Noun.PERSON: EntityType.PERSON,
            Noun.BODY: EntityType.ORGANISATION,
            Noun.DOCUMENT: EntityType.DOCUMENT,
            Noun.GROUP: EntityType.GROUP,
        }.get(description.noun, EntityType.OTHER)
        if chosen is EntityType.PERSON and description.plural:
            chosen = EntityType.GROUP
        named = has_name and chosen is EntityType.ORGANISATION
        if chosen is EntityType.OTHER and _is_proper(words):
            named, chosen = True, EntityType.PERSON
        number = len(resolver.story.clusters) + len(resolver.unnamed)
        cluster = Cluster(number, chosen, named=named)
        gender = gender_of(description.head)
        if gender is not None and not description.plural:
            cluster.genders[gender] += 1
        cluster.names[" ".join(words.split()).strip(" ,.;:")] += 1
        resolver.unnamed[key] = resolver.numbered[number] = cluster
    return resolver.unnamed[key]
