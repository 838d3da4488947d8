"""Mentions of one person, body or place brought together, across documents."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from quoth.linking.mentions import Mention
from quoth.text.name_tables import Gender, plain, world
from quoth.text.namesakes import Reason, compare, keys, name_words
from quoth.values import EntityType

_SAFE = 0.75  # from this score on two full names are one; see text/namesakes
_LOCATIVES = frozenset(["in", "at", "from", "near", "around", "outside", "to", "of"])


@dataclass(slots=True)
class Cluster:
    """Mentions that are taken to name one thing; filled while clusters are formed, only read afterwards.

    Attributes:
        number: its place in order of first mention.
        type: what kind of thing it is.
        mentions: in order of documents and reading.
        names: how often each name stands for it.
        roles: folded words that describe it anywhere.
        genders: what its titles and first names tell.
        named: whether it has a name.
    """

    number: int
    type: EntityType
    mentions: list[Mention] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)
    genders: Counter[Gender] = field(default_factory=Counter)
    named: bool = True

    @property
    def sure(self) -> bool:
        """Whether something beyond capitals told what it is: a title, a first name, a surname used alone, a table."""
        return (
            not self.mentions
            or any(one.sure or one.title or one.gender for one in self.mentions)
            or len(self.names) > 1
        )

    @property
    def gender(self) -> Gender | None:
        """The gender that most of its mentions tell."""
        return self.genders.most_common(1)[0][0] if self.genders else None

    @property
    def gender_is_sure(self) -> bool:
        """Whether a title or a noun tells the gender, not only a first name."""
        return not self.named or any(one.title and one.gender for one in self.mentions)

    @property
    def name(self) -> str:
        """The fullest name; a known country's or body's usual one.

        Of a person's full names the one most often used ("Ana Orr", not "Crooked Ana Orr"), of a body's the longest.
        """
        if not self.names:
            return ""
        known = {world().names.get(plain(name)) for name in self.names} - {None}
        if len(known) == 1 and self.type is not EntityType.PERSON:
            return next(iter(known)) or ""
        if self.type is EntityType.PERSON:
            best = max(self.names, key=lambda name: (_is_full(name), self.names[name], _fullness(name)))
        else:
            best = max(self.names, key=lambda name: (_fullness(name), self.names[name]))
        return best.title() if best.isupper() and self.type is EntityType.PERSON else best

    def add(self, mention: Mention) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        self.names[mention.words] += 1
        self.roles |= mention.roles
        if mention.gender:
            # A title tells more than a first name: "Mr. Leslie Orr".
            self.genders[mention.gender] += 3 if mention.title else 1


def _is_full(name: str) -> int:
    """0 for a lone surname, 1 with an initial, 2 with a first name."""
    full = [word for word in name.split() if len(word.rstrip(".")) > 1]
    return min(len(full), 2) if len(full) > 1 else int(len(name.split()) > 1)


def _fullness(name: str) -> tuple[int, bool, int]:
    full = [word for word in name.split() if len(word.rstrip(".")) > 1]
    return min(len(full), 4), not name.isupper(), len(name.split())


def clusters(found: Sequence[Mention], texts: Sequence[str]) -> list[Cluster]:
    """Clusters in the order of their first mention; every mention is in exactly one.

    Args:
        found: mentions of all documents, document by document, in reading order.
        texts: the documents' texts, by number.
    """
    formed: list[Cluster] = []
    lone: list[Mention] = []
    exact: dict[tuple[str, bool], Cluster] = {}
    by_key: defaultdict[str, list[Cluster]] = defaultdict(list)
    for mention in found:
        person = mention.type is EntityType.PERSON
        if person and len(name_words(mention.words)) == 1:
            lone.append(mention)
            continue
        key = (_key(mention, texts), person)
        cluster = exact.get(key)
        if cluster is None:
            shared = keys(mention.words, mention.type)
            near = {id(one): one for word in shared for one in by_key[word]}
            cluster = _closest(mention, list(near.values())) or _new(mention.type, formed)
            for word in shared:
                by_key[word].append(cluster)
        exact[key] = cluster
        cluster.add(mention)
    for mention in lone:
        (_bearer(mention, formed) or _new(EntityType.PERSON, formed)).add(mention)
    for cluster in formed:
        cluster.mentions.sort(key=lambda mention: (mention.order, mention.span))
    _acronyms(formed)
    formed = [cluster for cluster in formed if cluster.mentions]
    formed.sort(key=lambda cluster: (cluster.mentions[0].order, cluster.mentions[0].span))
    for number, cluster in enumerate(formed):
        cluster.number = number
    return formed


def _new(kind: EntityType, formed: list[Cluster]) -> Cluster:
    cluster = Cluster(len(formed), kind)
    formed.append(cluster)
    return cluster


def _key(mention: Mention, texts: Sequence[str]) -> str:
    """The name by which exact repeats meet: a known body's usual name, a seat of government's country where it acts."""
    folded = plain(mention.words)
    table = world()
    if mention.type is EntityType.PERSON:
        return " ".join(name_words(mention.words))
    if folded in table.names:
        return plain(table.names[folded])
    if folded in table.capitals:
        before = texts[mention.order][max(0, mention.span.start - 20) : mention.span.start].split()
        if not before or plain(before[-1]) not in _LOCATIVES:
            return plain(table.capitals[folded])
    return " ".join(name_words(mention.words)) or folded


def _closest(mention: Mention, formed: Sequence[Cluster]) -> Cluster | None:
    """The cluster whose name is likest, if it is like enough."""
    best, best_score = None, 0.0
    for cluster in formed:
        if not _compatible(cluster.type, mention.type):
            continue
        for name in cluster.names:
            likeness = compare(name, mention.words, mention.type)
            score = likeness.score
            if likeness.reason is Reason.SPELLING and not _may_be_spelled(cluster, mention):
                continue
            if score >= _SAFE and score > best_score:
                best, best_score = cluster, score
    return best


def _may_be_spelled(cluster: Cluster, mention: Mention) -> bool:
    """A document that writes both names means two persons, unless one of them stands there only once (a slip)."""
    here = [one for one in cluster.mentions if one.order == mention.order]
    return (
        (not here or len({one.words for one in here}) == 1)
        and (mention.type is EntityType.PERSON or not here)
        and (mention.type is not EntityType.PERSON or len(name_words(mention.words)) > 1)
    )


def _compatible(one: EntityType, other: EntityType) -> bool:
    if EntityType.PERSON in {one, other}:
        return one is other
    return (
        one is other or EntityType.OTHER in {one, other} or {one, other} == {EntityType.ORGANISATION, EntityType.GROUP}
    )


def _bearer(mention: Mention, formed: Sequence[Cluster]) -> Cluster | None:
    """Whose surname or first name a lone word is: by title, then by document, then by how often it is named."""
    best: tuple[tuple[float, ...], Cluster] | None = None
    for cluster in formed:
        if cluster.type is not EntityType.PERSON or all(one.aside for one in cluster.mentions):
            continue
        score = max((compare(name, mention.words, EntityType.PERSON).score for name in cluster.names), default=0.0)
        if not score or (mention.title and mention.gender and cluster.gender not in {None, mention.gender}):
            continue
        here = [one for one in cluster.mentions if one.order == mention.order]
        before = [one for one in here if one.span < mention.span]
        titled = bool(mention.title) and bool(set(mention.title.split()) & cluster.roles)
        full = sum(len(name_words(one.words)) > 1 for one in here)
        rank = (float(titled), score, float(bool(before)), float(bool(here)), float(full))
        if best is None or rank > best[0]:
            best = (rank, cluster)
    return best[1] if best else None


def _acronyms(formed: list[Cluster]) -> None:
    """Bring acronyms together with the bodies whose first letters they are."""
    bodies = [one for one in formed if one.type is not EntityType.PERSON]
    for short in bodies:
        if len(short.names) != 1 or not next(iter(short.names)).replace(".", "").isupper():
            continue
        for full in bodies:
            if full is short or not full.mentions or not short.mentions:
                continue
            written = next(iter(short.names))
            if any(compare(name, written, EntityType.ORGANISATION).reason is Reason.ACRONYM for name in full.names):
                for mention in short.mentions:
                    full.add(mention)
                full.mentions.sort(key=lambda mention: (mention.order, mention.span))
                short.mentions.clear()
