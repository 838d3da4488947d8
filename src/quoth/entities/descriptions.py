"""Whom a description means: "the ministry", "Mayor Ana Orr of Tarn Bay", "a statement issued by the council"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quoth.doc.name_similarity import legal_forms, name_words
from quoth.doc.name_tables import plain, words, world
from quoth.doc.source_types import Description, Noun, describe, gender_of, roles_like, tables
from quoth.entities.clusters import Cluster
from quoth.entities.resolver import Resolver, bare, last, nameless, together
from quoth.entities.story import Place, Story
from quoth.types import EntityType, Span, Statement

_GOVERNED = re.compile(
    r"\b(?:of|for|to|with|by|from|in|on|at|against|about|near|like|under|between|over|close to|such as|including)\s+"
    r"(?:[\w.’'-]+\s+){0,4}\Z"
)
_PARTICIPLE = re.compile(
    r"[a-z](?:s|n|d)?\s+(?:who|that|which|(?:[a-z]+ing|conducted|released|published|obtained|represented|led|hired|"
    r"based|elected))\s",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(r"\b(?:by|from)\s+(?P<by>(?:the|its|his|her|their)\s+[^,;]+)")
_AUTHOR = re.compile(r"\b(?:by|from|of|issued by|released by)\s+(?:the\s+)?\Z")


def described(resolver: Resolver, statement: Statement) -> Cluster | None:
    """Whom the words of a source mean that are no pronoun."""
    story = resolver.story
    parts = story.without_dateline(statement.source)
    words = " ".join(part.of(story.text) for part in parts)
    span = Span(parts[0].start, parts[-1].end)
    inside = [place for part in parts for place in story.within(part)]
    description = describe(words)
    both = _both(resolver, inside, span)
    if both is not None:
        return both
    chief = _chief(resolver, inside, span)
    if chief is not None and _is_native(words):
        return _presumed(resolver, replace(description, noun=Noun.PERSON, plural=False), words, span.start) or chief
    if chief is not None:
        return chief
    if description.noun is Noun.DOCUMENT:
        return _author(resolver, inside, span, description, words)
    return by_description(resolver, description, words, span.start)


_PAIR = 2
_JOINED = re.compile(r"\s*,?\s+and\s+|\s*,\s+")


def _both(resolver: Resolver, inside: Sequence[Place], span: Span) -> Cluster | None:
    """Persons who speak together: "Senators Ana Orr and Jo Lee". A source of names and nothing between but "and"."""
    story = resolver.story
    persons = [place for place in inside if place.cluster.type is EntityType.PERSON]
    if len(persons) < _PAIR or len(persons) != len(inside):
        return None
    if _is_governed(_untitled(story.text[span.start : persons[0].mention.span.start], persons[0].mention.title)):
        return None
    gaps = [story.text[a.mention.span.end : b.mention.span.start] for a, b in pairwise(persons)]
    titles = [_untitled(gap, place.mention.title) for gap, place in zip(gaps, persons[1:], strict=True)]
    titles = [_without_function(gap) for gap in titles]
    if not all(_JOINED.fullmatch(gap) for gap in titles) or " and " not in gaps[-1]:
        return None
    if story.text[persons[-1].mention.span.end : span.end].strip(" ,"):
        return None
    return together(resolver, [place.cluster for place in persons])


def _author(
    resolver: Resolver, inside: Sequence[Place], span: Span, description: Description, words: str
) -> Cluster | None:
    """Who speaks in a document: its author where the words name or describe one, else whoever issued it."""
    text = resolver.story.text
    for place in inside:
        if _AUTHOR.search(text[span.start : place.mention.span.start]):
            return place.cluster
    owner = next((place for place in inside if place.governed), None)
    if owner is not None and description.head in tables().issued:
        return owner.cluster
    issuer = _BY_WHOM.search(words)
    by = _matching(resolver, describe(issuer["by"]), span.start) if issuer else None
    return by or _of_document(resolver, description, words, span.start)


def _is_native(words: str) -> bool:
    """Whether the words are "the Finn" or the like: one of a people, standing for whoever was spoken of."""
    told = re.fullmatch(r"the (\w+)", plain(words).strip(" ,"))
    table = world()
    if told is None or told[1] in table.plurals:
        return False
    return told[1] in table.peoples or f"{told[1]}s" in table.plurals


def _chief(resolver: Resolver, inside: Sequence[Place], span: Span) -> Cluster | None:
    """The named one that the words are about, not merely one in them ("Orr's lawyer", "attorneys for Orr")."""
    story = resolver.story
    for wanted in (True, False):
        for place in inside:
            mention = place.mention
            before = story.text[span.start : mention.span.start]
            after = story.text[mention.span.end : span.end]
            if (place.cluster.type is EntityType.PERSON) is not wanted:
                continue
            if (
                _is_governed(_untitled(before, mention.title))
                or _is_farther_place(story, inside, place)
                or re.match(r"['’]s?\s+\w|['’]\s+\w", after)
            ):
                continue
            office = re.match(r"\s+([\w-]+)", after)
            if office and place.cluster.type is not EntityType.PERSON and plain(office[1]) in tables().persons:
                continue  # "Apple CEO"
            if re.match(r"\s+[a-z]", after) and not re.match(
                r"\s+(?:who|and|of|in|from|at|for|himself|herself|itself|which|on|with|or|here|there|also|\w+ly)\b",
                after,
            ):
                continue  # "White House officials", "the Orr campaign"
            return _of_surname(resolver, _titled(story, inside, place))
    return None


def _is_farther_place(story: Story, inside: Sequence[Place], place: Place) -> bool:
    """Whether a name only says where the place before it lies: "The 52-year-old from Low Quay, Tessar, denied"."""
    if place.mention.title or " " in place.mention.words or any(" " in name for name in place.cluster.names):
        return False
    before = story.text[max(0, place.mention.span.start - _NEAR) : place.mention.span.start]
    if place.cluster.type is EntityType.PLACE and _UNSEEN_TOWN.search(before):
        return True
    for other in inside:
        between = story.text[other.mention.span.end : place.mention.span.start]
        if other.mention.span.end < place.mention.span.start and between.strip() == "," and other.governed:
            return other.cluster.type is not EntityType.PERSON
    return False


_NEAR = 60  # characters before a place in which the town stands that it says where it is
_UNSEEN_TOWN = re.compile(r"\b(?:from|of|in|at|near)\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2},\s+\Z")


def _of_surname(resolver: Resolver, place: Place) -> Cluster:
    """Whom a lone surname means where several bear it: who spoke last, else who was named in full just before."""
    words = name_words(place.mention.words)
    if place.cluster.type is not EntityType.PERSON or len(words) != 1 or place.mention.title:
        return place.cluster
    at = place.mention.span.start
    bearers = resolver.known.bearers(words[0])
    if len(bearers) < 2:  # noqa: PLR2004
        return place.cluster
    for said in resolver.said_before(at):
        if said.cluster.number in bearers:
            return said.cluster
    for other in resolver.story.before(at, _NAMED_SENTENCES):
        if other.cluster.number in bearers and len(name_words(other.mention.words)) > 1:
            return place.cluster if other.governed else other.cluster
    return place.cluster


_NAMED_SENTENCES = 3  # how far back a full name still rules a lone surname


def _titled(story: Story, inside: Sequence[Place], place: Place) -> Place:
    """The last of names with nothing but titles between them: "Oversight Chairman Jo Lee"."""
    for other in inside:
        if other.mention.span.start > place.mention.span.end and other.cluster.type is EntityType.PERSON:
            between = story.text[place.mention.span.end : other.mention.span.start]
            if other.mention.title and not re.search(r"[,;:(]|\band\b|['’]s\b", between):
                place = other
    return place


def _untitled(before: str, title: str) -> str:
    """The words before a name without its title: "Secretary of State" governs nobody."""
    folded = plain(before).rstrip(".")
    return folded.removesuffix(title) if title and folded.endswith(title) else before


def _without_function(gap: str) -> str:
    """What parts two names without what the second does: " and organist " parts them as " and " does."""
    told = _FUNCTION.fullmatch(gap)
    known = words().occupations | words().titles | tables().persons
    return f"{told['joined']} " if told is not None and plain(told["head"]) in known else gap


_FUNCTION = re.compile(r"(?P<joined>\s*,?\s+and|\s*,)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?P<head>[\w-]+)\s+")


def _is_governed(before: str) -> bool:
    """Whether the words before a name make it part of a description: "attorneys for", "judges hearing"."""
    if before.rstrip().endswith((",", "—", "–", ":", "(")) or _is_office(before):
        return False
    return _GOVERNED.search(before) is not None or _PARTICIPLE.search(before) is not None


_OFFICE = re.compile(
    r"(?:(?:the|former)\s+)?(?:[\w-]+\s+){0,2}?(?P<head>[\w-]+)\s+(?:of|for)\s+(?:the\s+)?(?P<what>(?:[A-Z][\w-]*\s+){1,3})\Z",
    re.IGNORECASE,
)


def _is_office(before: str) -> bool:
    """Whether an office and what it is of stand before a name: "Leader of Opposition", "Commissioner for Works"."""
    told = _OFFICE.match(before)
    if told is None or any(not word[:1].isupper() for word in told["what"].split()):
        return False
    offices = (tables().offices | words().titles) - words().title_gender.keys()
    heads = {plain(word) for word in told["what"].split()}
    return plain(told["head"]) in offices and not heads & words().titles


def _of_document(resolver: Resolver, description: Description, words: str, at: int) -> Cluster:
    """Who speaks in a document: whoever issued it, if that was told; else the document itself."""
    if description.head in resolver.documents:
        return resolver.documents[description.head]
    if description.head in tables().issued and description.definite and resolver.history:
        speaker = last(resolver, at, persons=False) or last(resolver, at, persons=True)
        if speaker is not None:
            return speaker
    return nameless(resolver, words, at, EntityType.DOCUMENT)


def by_description(
    resolver: Resolver, description: Description, words: str, at: int, *, presume: bool = True
) -> Cluster | None:
    """Whom a description means: a named one described so, a speaker described so before, or somebody left unnamed."""
    if not description.head:
        return nameless(resolver, words, at)
    key = bare(words)
    if key in resolver.unnamed and not description.definite:
        return resolver.unnamed[key]
    if not description.plural or description.noun is Noun.BODY:
        named = _matching(resolver, description, at) or _only(resolver, description)
        if named is not None:
            return named
    for said in resolver.said_before(at) if description.definite else ():
        if not said.cluster.named and describe(said.cluster.name).head == description.head:
            return said.cluster
    presumed = _presumed(resolver, description, words, at) if presume else None
    return presumed if presumed is not None else nameless(resolver, words, at)


_PRESUMED_SENTENCES = 8  # how far back a description may point when nothing in it is known
_TELLING_SENTENCES = 4  # how far, over a paragraph's end, if it tells something new ("the Dravian lawmaker")
_FIRST, _SPOKE, _OFTEN = 2.0, 2.0, 0.5  # against one sentence of distance each
_PRESUMABLE = re.compile(
    r"\s*[Tt]he\s+(?P<told>(?:[\w.'’-]+\s+){0,3})[\w-]+(?:\s+of\s+[a-z]+)?(?:\s+from\s+[A-Z][^,;]*(?:,\s+[A-Z][^,;]*)?)?\s*,?\Z"
)


def _presumed(resolver: Resolver, description: Description, words: str, at: int) -> Cluster | None:
    """Whom "the company" or "the retired teacher" means though nobody was called so: whom the text was about last.

    Only for a singular with "the" that could not be anybody ("the man") and was not introduced with "a" before. With
    further words ("retired") the person must be named in the same paragraph, or be whom the last sentences were about.
    """
    table, story = tables(), resolver.story
    wanted = _wanted(description)
    told = _PRESUMABLE.match(words)
    if told is None or wanted is None or description.plural or description.head in table.anybody:
        return None
    if wanted is EntityType.ORGANISATION and told["told"]:
        return None
    office = description.head in table.persons and (_OF_OFFICE.search(words) or _OF_OTHERS.search(words))
    if office or _UNNAMED.match(story.text, at) or resolver.known.introduced(description.head, at):
        return None
    persons = wanted is EntityType.PERSON
    spoke = last(resolver, at, persons=persons)
    speaking = _speaking(resolver, at)
    best: tuple[float, Cluster] | None = None
    for place in story.before(at, _PRESUMED_SENTENCES):
        distance = story.sentence(at) - place.sentence
        if (
            place.cluster.number in speaking
            or place.cluster.type is not wanted
            or _is_of_others(place.cluster, description)
        ):
            continue
        if wanted is EntityType.PLACE and world().is_region(place.cluster.name) is not (description.head in _REGIONS):
            continue
        near = story.paragraph(place.mention.span.start) == story.paragraph(at)
        near = near or (distance <= _TELLING_SENTENCES and (place.first or place.cluster is spoke))
        if persons and told["told"] and not near:
            continue
        score = -distance + _FIRST * place.first - place.quoted - place.governed + _SPOKE * (place.cluster is spoke)
        score += 0.0 if persons else _OFTEN * len(place.cluster.mentions)
        if best is None or score > best[0]:
            best = (score, place.cluster)
    return best[1] if best else None


def _speaking(resolver: Resolver, at: int) -> set[int]:
    """Numbers of those in whose words an offset stands: they call themselves "I", and not "the mayor"."""
    around = (one for _, one in resolver.story.contents.holding(Span(at, at + 1)))
    return {resolver.settled[one.id].cluster.number for one in around if one.id in resolver.settled}


_UNNAMED = re.compile(
    r"[^,.;\n]{3,60},\s+who\s+(?:\w+\s+){0,3}?(?:not to be|to be|be)\s+(?:named|identified|quoted)|"
    r"[^,.;\n]{3,60},\s+(?:who spoke |speaking )?on (?:the )?condition of anonymity"
)
_OF_OTHERS = re.compile(r"\w['’]s?\s")  # "the town's chief constable" is none of those named for something else
_OF_OFFICE = re.compile(r"\b[Tt]he\s+(?:[\w-]+\s+)*[A-Z][a-z]+\s*,?\Z")  # "the Prime Minister" is who holds that office
_REGIONS = frozenset({"province", "state", "country", "nation", "kingdom", "republic", "county"})


def _wanted(description: Description) -> EntityType | None:
    """What a description without a name may mean: a person, a body that is called so, a place."""
    if description.noun is Noun.PERSON:
        return EntityType.PERSON
    if description.head in tables().called:
        return EntityType.ORGANISATION
    return EntityType.PLACE if description.head in tables().places else None


def _is_of_others(cluster: Cluster, description: Description) -> bool:
    """Whether a person is known to be of another party or people than a description, or of the other gender."""
    told = description.modifiers & (world().peoples.keys() | tables().parties)
    own = cluster.roles & (world().peoples.keys() | tables().parties)
    return bool(told and own and not told & own) or _is_other_gender(cluster, description)


def _is_other_gender(cluster: Cluster, description: Description) -> bool:
    told = gender_of(description.head)
    return told is not None and cluster.gender not in {None, told}


def _only(resolver: Resolver, description: Description) -> Cluster | None:
    """What "the ministry" means where it is named further on or in another document only, and one alone is."""
    if description.noun is not Noun.BODY or not description.definite or description.modifiers:
        return None
    if description.head in tables().called:
        return None  # "the company" may be any
    found = [one for one, _ in resolver.known.of_role(description.head) if one.type is EntityType.ORGANISATION]
    return found[0] if len(found) == 1 else None


def _matching(resolver: Resolver, description: Description, at: int) -> Cluster | None:
    """The named person or body whose name, title or description has the noun and its modifiers."""
    story = resolver.story
    best: tuple[tuple[float, ...], Cluster] | None = None
    doubtful: list[Cluster] = []
    for cluster, own in resolver.known.of_role(description.head):
        if description.head in tables().called and not (cluster.roles | own - legal_forms()) & roles_like(
            description.head
        ):
            continue  # any "Tarn Fisheries Co" is a company
        if cluster.type is EntityType.PERSON and (
            own & description.modifiers or _is_other_gender(cluster, description)
        ):
            continue  # "a spokeswoman for Orr" is not Orr
        if description.noun is Noun.PERSON and cluster.type is not EntityType.PERSON:
            continue
        if description.noun is Noun.BODY and cluster.type is EntityType.PERSON:
            continue
        missing = description.modifiers - own - cluster.roles
        if missing and not description.definite:
            continue
        if missing and len(missing) == len(description.modifiers):
            doubtful.append(cluster)
            continue
        place = resolver.known.last_place(cluster, at)
        if place is None and not description.modifiers and cluster.type is not EntityType.PERSON:
            continue  # "the club" before any is named
        spoke = resolver.spoke_first.get(cluster.number, at) < at
        if not description.definite and not description.modifiers:
            continue  # "a commander" may be anybody
        recency = -(story.sentence(at) - place.sentence) if place else -1000
        rank = (-float(len(missing)), float(place is not None), float(spoke), float(recency))
        if best is None or rank > best[0]:
            best = (rank, cluster)
    single = best is None and len(doubtful) == 1 and description.noun is Noun.PERSON
    if single and resolver.known.last_place(doubtful[0], at) is not None:
        return doubtful[0]  # "the Tarn senator", where the text knows one senator and not whence
    return best[1] if best else None
