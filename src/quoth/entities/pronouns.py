"""Whom a pronoun stands for: the last compatible speaker, else whom the sentences before were about."""

import re
from itertools import pairwise, takewhile
from math import log

from quoth.doc.name_tables import Gender
from quoth.doc.source_types import Noun, describe, gender_of, tables
from quoth.entities.clusters import Cluster
from quoth.entities.descriptions import by_description
from quoth.entities.resolver import LOOK_BACK, Resolver, anchor, last, nameless
from quoth.entities.story import Place
from quoth.types import EntityType, Mode, Span, Statement

_DECAY = 0.8  # a sentence further back
_SPOKE = 2.5  # having spoken last
_AGAIN = 0.5  # having spoken last, and being named since
_FIRST = 1.0  # standing first in its sentence
_QUOTED = 1.5  # standing inside somebody's quotation
_GOVERNED = 0.7  # standing after a preposition or as a possessive
_SURE_GENDER = 1.2  # being known to have the pronoun's gender
_OFTEN = 0.2  # for each doubling, or nearly, of how often it is named
_OPENS = 1.4  # being the one of whom the first sentence of the paragraph is, right before
_DESCRIBED = 1.7  # being the person without a name of whom the sentence before is
_DOUBTFUL = 1.5  # being a person only by its capitals
_OF_ITSELF = 2.0  # being a body that opens the words that "it" says
_ASKED = 3.0  # being asked something in the same sentence: "Hale asked Orr about the day on which he claimed"
_LOWEST = -99.0


def person(resolver: Resolver, statement: Statement, gender: Gender | None) -> Cluster | None:
    """The person that "he" or "she" stands for: the highest sum of recency, role as speaker, and place.

    Inside a quotation it is not whose words these are, and names in the same quotation count in full.
    """
    story, at = resolver.story, anchor(statement)
    holding = list(story.contents.meeting(Span(at, at + 1)))
    quotations = [span for span, one in holding if one.mode is not Mode.INDIRECT and span not in statement.content]
    around = min(quotations, default=None)
    own = {
        resolver.settled[one.id].cluster.number
        for _, one in holding
        if one.mode is Mode.DIRECT and one.id in resolver.settled
    }
    scores: dict[int, float] = {}
    for place in story.before(at, LOOK_BACK):
        distance = story.sentence(at) - place.sentence
        if not _can_be(place.cluster, gender) or _inside(place, statement):
            continue
        number = place.cluster.number
        if number in own or _was_other(resolver, place.cluster, gender, at):
            continue
        asked = _ASKED if place.governed is False and _is_asked(resolver, place, at) else 0.0
        quoted = asked + _QUOTED if around is not None and around.holds(place.mention.span) else asked
        quoted += _OPENS if distance == 1 and _opens_paragraph(resolver, place, at) else 0.0
        scores[number] = max(scores.get(number, _LOWEST), _salience(place, distance) + quoted)
    for said in resolver.said_before(at):
        number = said.cluster.number
        if number not in own and _can_be(said.cluster, gender) and not _was_other(resolver, said.cluster, gender, at):
            spoke = _SPOKE - _DECAY * (story.sentence(at) - story.sentence(said.at))
            scores[number] = max(scores.get(number, _LOWEST), spoke) + (_AGAIN if number in scores else 0.0)
            break
    told = _told_before(resolver, at, gender)
    if told is not None and told.number not in own:
        scores[told.number] = max(scores.get(told.number, _LOWEST), _DESCRIBED)
    if not scores:
        return _ahead(resolver, statement, gender) or _by_another_gender(resolver, statement, own)
    known = resolver.numbered
    best = max(scores, key=lambda number: (scores[number] + _prominence(known[number], gender), -number))
    return known[best]


_SUBJECT = re.compile(
    r"(?:\d{1,2}[.:]\d\d )?(?:But |And |Meanwhile, )?"
    r"(?P<words>(?:The|An?|His|Her|Their|One) (?:[\w’'-]+ ){0,3}?[A-Za-z-]+"
    r"(?: (?:of|for) (?:the )?\w+(?: [A-Z]\w+)*)?)(?= (?:has|have|had|is|was|will|would|did|does|[a-z]+(?:ed|s))\b)"
)


def _told_before(resolver: Resolver, at: int, gender: Gender | None) -> Cluster | None:
    """The person without a name of whom the sentence before is: "The Prime Minister has been in Lund. She says"."""
    story = resolver.story
    number = story.sentence(at)
    if number == 0 or story.paragraph(story.starts[number - 1]) != story.paragraph(at):
        return None
    start = story.starts[number - 1]
    subject = _SUBJECT.match(story.text, start, story.starts[number])
    if subject is None or any(span.holds(Span(start, start + 1)) for span in story.quotations):
        return None
    told = describe(subject["words"])
    if told.noun is not Noun.PERSON or told.plural or gender_of(told.head) not in {None, gender}:
        return None
    found = by_description(resolver, told, subject["words"], start, presume=False)
    return found if found is not None and _can_be(found, gender) else None


def _by_another_gender(resolver: Resolver, statement: Statement, own: set[int]) -> Cluster | None:
    """The last speaker where nobody has the gender of a pronoun, and only his first name tells another."""
    story, at = resolver.story, anchor(statement)
    said = next(resolver.said_before(at), None)
    if said is None or said.cluster.number in own or said.cluster.type is not EntityType.PERSON:
        return None
    near = story.paragraph(at) - story.paragraph(said.at) <= 1
    return said.cluster if near and said.cluster.named and not said.cluster.gender_is_sure else None


_ASKING = re.compile(
    r"\b(?:asked|asks|pressed|questioned|quizzed|grilled|reminded|told|interviewed)\s+(?:(?:[A-Z][\w.]*|the|former)\s+){0,3}\Z"
)
_ASKED_ABOUT = re.compile(r"\s+(?:about|on|over|of|how|why|whether|if|when|what)\b")


def _is_asked(resolver: Resolver, place: Place, at: int) -> bool:
    """Whether a name before a pronoun in one sentence is that of the person who is asked."""
    story = resolver.story
    if place.sentence != story.sentence(at):
        return False
    before = story.text[story.starts[place.sentence] : place.mention.span.start]
    return bool(_ASKING.search(before)) and _ASKED_ABOUT.match(story.text, place.mention.span.end) is not None


def _opens_paragraph(resolver: Resolver, place: Place, at: int) -> bool:
    """Whether a paragraph is of one person at first: "Anna Vell is blunter. “It is lost,” she says."."""
    story = resolver.story
    start = story.paragraphs[story.paragraph(at)]
    if not place.first or place.mention.span.start < start or place.sentence != story.sentence(start):
        return False
    beside = (one for one in story.before(at, 1) if one.sentence == place.sentence and one is not place)
    return not any(one.cluster.type is EntityType.PERSON for one in beside)


def _inside(place: Place, statement: Statement) -> bool:
    return any(span.holds(place.mention.span) for span in statement.content)


def _opens(place: Place, statement: Statement, at: int) -> bool:
    """Whether a name is the subject of what "it" says behind it: "The council has done all it can, it said"."""
    if statement.mode is not Mode.INDIRECT or place.governed or place.cluster.type is not EntityType.ORGANISATION:
        return False
    start = statement.content[0].start
    return start <= place.mention.span.start <= start + len("the ") and place.mention.span.end < at


def _salience(place: Place, distance: int) -> float:
    score = -_DECAY * distance
    score += _FIRST if place.first else 0.0
    score -= _QUOTED if place.quoted else 0.0
    score -= _GOVERNED if place.governed else 0.0
    return score


def _prominence(cluster: Cluster, gender: Gender | None) -> float:
    sure = _SURE_GENDER if gender is not None and cluster.gender is gender else 0.0
    sure -= 0.0 if cluster.sure else _DOUBTFUL
    return sure + _OFTEN * log(1 + len(cluster.mentions))


def _can_be(cluster: Cluster, gender: Gender | None) -> bool:
    return cluster.type is EntityType.PERSON and (gender is None or cluster.gender in {None, gender})


_ANSWERS = 2  # sentences within which "he" is not whom "she" meant


def _was_other(resolver: Resolver, cluster: Cluster, gender: Gender | None, at: int) -> bool:
    """Whether the other pronoun stood for somebody of unknown gender just before: "she said ... he said"."""
    before, other = resolver.called.get(cluster.number, (at, gender))
    near = resolver.story.sentence(at) - resolver.story.sentence(before) <= _ANSWERS
    return near and gender is not None and other is not gender and cluster.gender is None


def _ahead(resolver: Resolver, statement: Statement, gender: Gender | None) -> Cluster | None:
    """A pronoun before its name: the next person named, in this paragraph or the next, outside quotations."""
    story, at = resolver.story, anchor(statement)
    for place in story.after(at + 1):
        if story.paragraph(place.mention.span.start) - story.paragraph(at) > 1:
            break
        if _can_be(place.cluster, gender) and not place.quoted:
            return place.cluster
    return None


#: What "it" can stand for, and how much less likely each kind is than a body.
_THINGS = {
    EntityType.ORGANISATION: 0.0,
    EntityType.DOCUMENT: 0.3,
    EntityType.OTHER: 0.8,
    EntityType.PLACE: 1.0,
    EntityType.GROUP: 2.0,
}


def thing(resolver: Resolver, statement: Statement) -> Cluster | None:
    """What "it" stands for: the body, document or country that spoke last or that the last sentences were about."""
    story, at = resolver.story, anchor(statement)
    scores: dict[int, float] = {}
    for place in story.before(at, LOOK_BACK):
        distance = story.sentence(at) - place.sentence
        own = _opens(place, statement, at)
        if place.cluster.type not in _THINGS or (_inside(place, statement) and not own):
            continue
        score = _salience(place, distance) - _THINGS[place.cluster.type] + (_OF_ITSELF if own else 0.0)
        scores[place.cluster.number] = max(scores.get(place.cluster.number, _LOWEST), score)
    for said in resolver.said_before(at):
        distance = story.sentence(at) - story.sentence(said.at)
        if distance > LOOK_BACK:
            break
        if said.statement.within is not None and statement.within is None:
            continue  # "The court found that the company had known it. It said ..."
        if said.cluster.type in _THINGS and not _is_plural(said.cluster):
            number = said.cluster.number
            spoke = _SPOKE - _DECAY * distance - _THINGS[said.cluster.type]
            scores[number] = max(scores.get(number, _LOWEST), spoke) + (_AGAIN if number in scores else 0.0)
            break
    for start, issuer in (resolver.issued, _issuer(resolver, at)):
        if issuer is not None and start < at:
            # "Mayor Orr issued a statement. It said ...": the statement speaks for her.
            spoke = _SPOKE - _DECAY * (story.sentence(at) - story.sentence(start))
            scores[issuer.number] = max(scores.get(issuer.number, _LOWEST), spoke)
    known = resolver.numbered
    return known[max(scores, key=lambda number: (scores[number], -number))] if scores else None


_ISSUED = re.compile(
    r"\b(?:issued|released|published|sent(?: out)?|put out|posted|wrote)\s+(?:an?|its|his|her|their)\s+"
    r"(?:[\w-]+\s+){0,2}(?:statement|release|letter|report|memo|communiqu[eé]|declaration)\b"
)


def _issuer(resolver: Resolver, at: int) -> tuple[int, Cluster | None]:
    """Who issued a document in the sentence before, whether or not a statement was found there."""
    story = resolver.story
    number = story.sentence(at)
    if number == 0 or not _ISSUED.search(story.text, story.starts[number - 1], story.starts[number]):
        return 0, None
    there = list(takewhile(lambda place: place.sentence < number, story.after(story.starts[number - 1])))
    first = next((place for place in there if place.first), None)
    titled = next((place for place in there if place.mention.title), first)
    return (story.starts[number - 1], titled.cluster if titled else None)


def _is_plural(cluster: Cluster) -> bool:
    return cluster.type is EntityType.GROUP or (not cluster.named and describe(cluster.name).plural)


_PHRASE = re.compile(
    r"(?<!\w)(?:\b(?:an?|the|some|several|many|most|two|three|other)\s+)?(?:[a-z][\w’'-]*\s+){0,3}[a-z][\w’'-]+(?=,?\s*\Z)"
)
_APPOSED = re.compile(r",\s+(?:an?|the|one of|his|her|its)\s+[^,;.]*\Z")
_WHO = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.GROUP})
_BEFORE_ARTICLE = re.compile(r"\A.*\s(?=(?:an?|the|some|several|many|most|two|three|other)\s)")
_SMALL = re.compile(r"\A(?:.*\s)?(?:of|in|for|with|by|to|from|on|at|and|or|as|than|that|is|was|are|were|been|be)\s+")


def antecedent(resolver: Resolver, at: int) -> Cluster | None:
    """Whom "who" or "which" stands for: the name or the phrase right before it, else the last name in the sentence."""
    story = resolver.story
    before = story.text[story.starts[story.sentence(at)] : at]
    person = re.match(r"whom?\b", story.text[at:])
    written = None if person else _written(resolver, before, at)
    if written is not None:
        return written
    phrase = _PHRASE.search(before)
    if phrase is not None:
        words = _SMALL.sub("", _BEFORE_ARTICLE.sub("", phrase.group()))
        told = describe(words)
        if told.noun in {Noun.PERSON, Noun.BODY} and (told.plural or not words.startswith("the ")):
            return nameless(resolver, words, at)
    whom = _WHO - {EntityType.PERSON} if story.text.startswith("which", at) else _WHO
    places = [place for place in story.before(at, 0) if place.cluster.type in whom]
    for place in places[1:] if person and places and places[0].governed else ():
        # "Ana Orr, a beekeeper from Imber, who scolded the jury"
        between = story.text[place.mention.span.end : places[0].mention.span.start]
        if place.cluster.type is EntityType.PERSON and _APPOSED.match(between):
            return place.cluster
    for place in places:
        return place.cluster
    return nameless(resolver, _SMALL.sub("", phrase.group()), at) if phrase else None


_NOUN_BEFORE = re.compile(
    r"\b(?P<article>the|an?|its|his|her|their)\s+(?P<words>(?:[\w’'-]+\s+){0,3}[\w’'-]+),?\s*\Z", re.IGNORECASE
)


def _written(resolver: Resolver, before: str, at: int) -> Cluster | None:
    """Who speaks where "which" or "that" stands behind a document: who wrote it if it is anybody's, else it itself.

    "Orr has mocked Vell, beginning with a tweet that declared": Orr; "the Second Charter, which says": the charter.
    """
    story = resolver.story
    noun = _NOUN_BEFORE.search(before)
    if noun is None:
        return None
    words = re.sub(r"\A.*\s(?:of|in|for|with|by|to|from|on|at|than|abolish\w*|the|a)\s+", "", noun["words"])
    told = describe(f"the {words}")
    start = story.starts[story.sentence(at)]
    if told.head in tables().issued and noun["article"].lower() in {"a", "an", "his", "her", "its", "their"}:
        free = [place for place in story.before(at, 0) if not place.governed and place.cluster.type in _WHO]
        if free:
            return next((place for place in free if place.first), free[0]).cluster
    if told.noun is Noun.DOCUMENT or told.head in tables().laws:
        return nameless(resolver, f"the {words}", start + noun.start(), EntityType.DOCUMENT)
    return None


_JOINED_SENTENCES = 2  # how far back "they" looks for two persons named together
_SEVERAL_SENTENCES = 4  # how far back "they" looks for several persons or a body that spoke


def several(resolver: Resolver, statement: Statement) -> Cluster | None:
    """Whom "they" stands for: speakers in the plural, a body, the first of persons joined by "and", the last speaker.

    Two persons that are named together ("Ana Orr and Mark Vell ... they") are given by the first of them.
    """
    story, at = resolver.story, anchor(statement)
    crowd = _crowd(resolver, at)
    if crowd is not None:
        return crowd
    near = takewhile(
        lambda said: story.sentence(at) - story.sentence(said.at) <= _SEVERAL_SENTENCES, resolver.said_before(at)
    )
    spoke = next((said for said in near if _can_be_several(said.cluster)), None)
    joined = _joined(resolver, at)
    if spoke is not None:
        if joined is not None and joined.mention.span.start > spoke.at:
            return joined.cluster
        return spoke.cluster
    if joined is not None:
        return joined.cluster
    return last(resolver, at, persons=True) or thing(resolver, statement)


_CROWD = re.compile(r"\b(?P<noun>[a-z]+s)\s+(?:[a-z]+\s+){0,4}(?:for|over|about|against|with)\s+what\s+\Z")


def _crowd(resolver: Resolver, at: int) -> Cluster | None:
    """Several persons spoken of right before "what they": "suits by investors for what they call losses"."""
    story = resolver.story
    match = _CROWD.search(story.text, story.starts[story.sentence(at)], at)
    if match is None:
        return None
    told = describe(match["noun"])
    return nameless(resolver, match["noun"], at) if told.noun is Noun.PERSON and told.plural else None


def _can_be_several(cluster: Cluster) -> bool:
    return _is_plural(cluster) or cluster.type is EntityType.ORGANISATION


def _joined(resolver: Resolver, at: int) -> Place | None:
    """The first of two persons joined by "and", in this sentence or the two before."""
    story = resolver.story
    persons = [
        place
        for place in story.before(at, _JOINED_SENTENCES)
        if place.cluster.type is EntityType.PERSON and not place.quoted
    ]
    for other, one in pairwise(persons):
        if story.text[one.mention.span.end : other.mention.span.start].strip(" ,") in {"and", "and Mr.", "and Ms."}:
            return one
    return None
