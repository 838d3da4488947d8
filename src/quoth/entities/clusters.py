"""Mentions of one person, body or place brought together, across documents."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from quoth.doc.name_similarity import (
    APART,
    Reason,
    acronym_keys,
    compare,
    compare_unrelated,
    keys,
    lone_keys,
    name_words,
)
from quoth.doc.name_tables import Gender, plain, words, world
from quoth.entities.mentions import Mention
from quoth.types import EntityType, Span

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
        at_home: the names that the report gives it.
    """

    number: int
    type: EntityType
    mentions: list[Mention] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)
    genders: Counter[Gender] = field(default_factory=Counter)
    named: bool = True
    at_home: set[str] = field(default_factory=set)

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
        return not self.named or any(set(one.title.split()) & words().title_gender.keys() for one in self.mentions)

    @property
    def name(self) -> str:
        """The fullest name; a known country's or body's usual one.

        Of a person's full names the one most often used ("Ana Orr", not "Crooked Ana Orr"), of a body's the longest; of
        names that are equally full the report's own.
        """
        if not self.names:
            return ""
        known = {world().names.get(plain(name)) for name in self.names} - {None}
        if len(known) == 1 and self.type is not EntityType.PERSON:
            return next(iter(known)) or ""
        if self.type is EntityType.PERSON:
            best = max(
                self.names,
                key=lambda name: (_is_full(name), name in self.at_home, self.names[name], _fullness(name)),
            )
        else:
            best = max(self.names, key=lambda name: (_fullness(name), name in self.at_home, self.names[name]))
        return best.title() if best.isupper() and self.type is EntityType.PERSON else best

    def add(self, mention: Mention) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        self.names[mention.words] += 1
        if mention.order == 0:
            self.at_home.add(mention.words)
        self.roles |= mention.roles
        if mention.gender:
            # A title tells more than a first name: "Mr. Leslie Orr".
            self.genders[mention.gender] += 3 if mention.title else 1


def _is_full(name: str) -> int:
    """0 for a lone surname, 1 with an initial, 2 with a first name."""
    full = [word for word in name.split() if len(word.rstrip(".")) > 1]
    return min(len(full), 2) if len(full) > 1 else int(len(name.split()) > 1)


def _fullness(name: str) -> tuple[int, bool, int]:
    """Orders names: more words that are no initials, not all in capitals, more words."""
    full = [word for word in name.split() if len(word.rstrip(".")) > 1]
    return min(len(full), 4), not name.isupper(), len(name.split())


#: So many persons of one surname, or whose names begin with the same sounds, that a name like theirs may be anybody's.
CROWDED = 40
#: So many names of one cluster, the first ones, are compared with a further one.
SPELLINGS = 20


@dataclass(slots=True)
class _Forming:
    """Clusters while they are formed, with what finds the few that a name may belong to among thousands.

    Attributes:
        formed: the clusters; `number` is a place in this list.
        by_key: for each key of a name the clusters whose names have it (see `keys`).
        by_word: for each key of a lone surname or first name the persons whose names have it (see `lone_keys`).
        first: where a cluster stands first, by its number and the document's.
        full: how often a document gives its full name, by the same two numbers.
        written: how a document writes it, by the same two numbers.
        told: numbers of the clusters that are named outside bylines.
    """

    formed: list[Cluster] = field(default_factory=list)
    by_key: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_word: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    first: dict[tuple[int, int], Span] = field(default_factory=dict)
    full: Counter[tuple[int, int]] = field(default_factory=Counter)
    written: defaultdict[tuple[int, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    told: set[int] = field(default_factory=set)

    def new(self, kind: EntityType) -> Cluster:
        """A cluster without mentions."""
        cluster = Cluster(len(self.formed), kind)
        self.formed.append(cluster)
        return cluster

    def know(self, cluster: Cluster, mention: Mention) -> None:
        """Find a cluster by a name's keys from now on: only by the names that opened it or came by likeness.

        So a country is not found by the city where its government sits, though that name stood for it once.
        """
        for key in keys(mention.words, mention.type):
            self.by_key[key].add(cluster.number)

    def take(self, cluster: Cluster, mention: Mention) -> None:
        """Add a mention to a cluster."""
        if cluster.type is EntityType.PERSON and mention.words not in cluster.names:
            for key in lone_keys(mention.words):
                self.by_word[key].add(cluster.number)
        here = (cluster.number, mention.order)
        self.first[here] = min(self.first.get(here, mention.span), mention.span)
        self.full[here] += len(name_words(mention.words)) > 1
        self.written[here].add(mention.words)
        if not mention.aside:
            self.told.add(cluster.number)
        cluster.add(mention)

    def near(self, index: defaultdict[str, set[int]], shared: Iterable[str]) -> list[Cluster]:
        """The clusters that share a key, in the order in which they were formed.

        The keys that fewest clusters share tell most; those beyond `CROWDED` clusters in all find nothing more.
        """
        found: set[int] = set()
        for group in sorted((index.get(key, ()) for key in shared), key=len):
            if len(found) + len(group) > CROWDED:
                break
            found.update(group)
        return [self.formed[number] for number in sorted(found)]


def clusters(found: Sequence[Mention], texts: Sequence[str]) -> list[Cluster]:
    """Clusters in the order of their first mention; every mention is in exactly one.

    Args:
        found: mentions of all documents, document by document, in reading order.
        texts: the documents' texts, by number.
    """
    forming = _Forming()
    lone: list[Mention] = []
    exact: dict[tuple[str, bool], list[Mention]] = {}
    for mention in found:
        person = mention.type is EntityType.PERSON
        if person and len(name_words(mention.words)) == 1:
            lone.append(mention)
            continue
        exact.setdefault((_key(mention, texts), person), []).append(mention)
    for _, told in sorted(exact.items(), key=lambda item: (-len(item[0][0].split()), item[0])):
        # The fullest names first, whatever order the documents come in: a short form then finds the one that it means.
        chief = told[0]
        cluster = _closest(chief, forming, texts) or forming.new(chief.type)
        forming.know(cluster, chief)
        for mention in told:
            forming.take(cluster, mention)
    for mention in lone:
        forming.take(_bearer(mention, forming) or forming.new(EntityType.PERSON), mention)
    formed = forming.formed
    for cluster in formed:
        cluster.mentions.sort(key=lambda mention: (mention.order, mention.span))
        if cluster.type is not EntityType.PERSON:
            cluster.type = cluster.mentions[0].type
    _acronyms(formed)
    formed = [cluster for cluster in formed if cluster.mentions]
    formed.sort(key=lambda cluster: (cluster.mentions[0].order, cluster.mentions[0].span))
    for number, cluster in enumerate(formed):
        cluster.number = number
    return formed


_OF_STATE = re.compile(r"\A(?:the )?(?:u\.s\.|us|u\.k\.|uk|american|british) ")


def _key(mention: Mention, texts: Sequence[str]) -> str:
    """The name by which exact repeats meet: a known body's usual name, a seat of government's country where it acts."""
    folded = plain(mention.words)
    table = world()
    if mention.type is EntityType.PERSON:
        return " ".join(name_words(mention.words))
    if folded in table.names:
        return plain(table.names[folded])
    if mention.type is EntityType.ORGANISATION and (rest := _OF_STATE.sub("", folded)) in table.names:
        return plain(table.names[rest])  # "U.S. Federal Bureau of Investigation"
    if folded in table.capitals:
        before = texts[mention.order][max(0, mention.span.start - 20) : mention.span.start].split()
        if not before or plain(before[-1]) not in _LOCATIVES:
            return plain(table.capitals[folded])
    return " ".join(name_words(mention.words)) or folded


def _closest(mention: Mention, forming: _Forming, texts: Sequence[str]) -> Cluster | None:
    """The cluster whose name is likest, if it is like enough."""
    best: Cluster | None = None
    best_rank = (0.0, 0, 0)
    for cluster in forming.near(forming.by_key, keys(mention.words, mention.type)):
        if not _compatible(cluster.type, mention.type):
            continue
        for name in islice(cluster.names, SPELLINGS):
            likeness = compare(name, mention.words, mention.type)
            if likeness.reason is Reason.SPELLING and not _may_be_spelled(cluster, mention, forming):
                continue
            if likeness.reason in _VARIANTS and _meets(cluster, mention, texts):
                continue
            rank = (likeness.score, int((cluster.number, mention.order) in forming.first), len(cluster.mentions))
            if likeness.score >= _SAFE and rank > best_rank and not _kept_apart(cluster, mention):
                best, best_rank = cluster, rank
    return best


_KIN = frozenset(
    {"son", "sons", "father", "daughter", "brother", "elder", "younger", "senior", "junior", "grandson", "uncle"}
)
#: Reasons that keep two names apart although some other name is like both.
_VETOES = APART - {Reason.DIFFERENT, Reason.FIRST_NAMES}


def _kept_apart(cluster: Cluster, mention: Mention) -> bool:
    """Whether a name of the cluster and this one are two: ministries of two countries, a father and his son."""
    own = set(name_words(mention.words))
    kin = bool((cluster.roles | mention.roles) & _KIN)
    for name in islice(cluster.names, SPELLINGS):
        reason = compare_unrelated(name, mention.words, mention.type).reason
        if reason in _VETOES or (
            reason is Reason.GENERATION_LEFT_OUT
            and (kin or any(one.order == mention.order for one in cluster.mentions))
        ):
            return True
        told = set(name_words(name))
        shared = own & told
        two = reason is Reason.DIFFERENT and mention.type is not EntityType.PERSON and own - told and told - own
        if two and shared & words().body_heads and len(shared) > 1:
            return True  # "Ministry of Ports of Dravia", "Ministry of Ports of Orvane"
    return False


_VARIANTS = frozenset({Reason.SPELLING, Reason.TRANSLITERATION, Reason.NICKNAME})
_SENTENCE_END = re.compile(r"[.!?][”\"’')]?\s|\n")


def _meets(cluster: Cluster, mention: Mention, texts: Sequence[str]) -> bool:
    """Whether one sentence has both a name and this one: two persons ("Petra Moll met her deputy, Petra Mohl")."""
    for other in cluster.mentions:
        if other.order == mention.order:
            first, second = sorted((other.span, mention.span))
            if not _SENTENCE_END.search(texts[mention.order], first.end, second.start):
                return True
    return False


def _may_be_spelled(cluster: Cluster, mention: Mention, forming: _Forming) -> bool:
    """Whether a name may be a cluster's in another spelling, by how its document writes the cluster.

    A person's full name may be, if it is the second way of writing it there at most; a body's, if it is the first.
    """
    here = forming.written.get((cluster.number, mention.order), ())
    if mention.type is EntityType.PERSON:
        return len(here) <= 1 and len(name_words(mention.words)) > 1
    return not here


def _compatible(one: EntityType, other: EntityType) -> bool:
    """Whether one thing may be of both kinds: a body and a group, or of any kind but a person where nobody knows."""
    if EntityType.PERSON in {one, other}:
        return one is other
    return (
        one is other or EntityType.OTHER in {one, other} or {one, other} == {EntityType.ORGANISATION, EntityType.GROUP}
    )


def _bearer(mention: Mention, forming: _Forming) -> Cluster | None:
    """Whose surname or first name a lone word is: by title, then by document, then by how often it is named."""
    best: tuple[tuple[float, ...], Cluster] | None = None
    for cluster in forming.near(forming.by_word, lone_keys(mention.words)):
        if cluster.number not in forming.told:
            continue
        names = islice(cluster.names, SPELLINGS)
        score = max((compare(name, mention.words, EntityType.PERSON).score for name in names), default=0.0)
        if not score or (mention.title and mention.gender and cluster.gender not in {None, mention.gender}):
            continue
        here = (cluster.number, mention.order)
        first = forming.first.get(here)
        before = first is not None and first < mention.span
        titled = bool(mention.title) and bool(set(mention.title.split()) & cluster.roles)
        full = forming.full.get(here, 0)
        rank = (float(titled), score, float(before), float(first is not None), float(full))
        if best is None or rank > best[0]:
            best = (rank, cluster)
    return best[1] if best else None


def _acronyms(formed: list[Cluster]) -> None:
    """Bring acronyms together with the bodies whose first letters they are."""
    bodies = [one for one in formed if one.type is not EntityType.PERSON]
    letters: defaultdict[str, set[int]] = defaultdict(set)
    initials: defaultdict[str, set[int]] = defaultdict(set)

    def know(number: int, name: str) -> None:
        for index, found in zip((letters, initials), acronym_keys(name), strict=True):
            for key in found:
                index[key].add(number)

    for number, body in enumerate(bodies):
        for name in body.names:
            know(number, name)
    for number, short in enumerate(bodies):
        written = next(iter(short.names))
        if len(short.names) != 1 or not written.replace(".", "").isupper() or not short.mentions:
            continue
        own, made = acronym_keys(written)
        near = {other for key in own for other in initials[key]} | {other for key in made for other in letters[key]}
        for other in sorted(near - {number}):
            full = bodies[other]
            if full.mentions and any(
                compare(name, written, EntityType.ORGANISATION).reason is Reason.ACRONYM for name in full.names
            ):
                for mention in short.mentions:
                    full.add(mention)
                full.mentions.sort(key=lambda mention: (mention.order, mention.span))
                know(other, written)
                short.mentions.clear()
                break
