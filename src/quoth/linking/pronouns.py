"""Whom a pronoun stands for: the last compatible speaker, else whom the sentences before were about."""

import re
from math import log

from quoth.linking.clusters import Cluster
from quoth.linking.resolver import LOOK_BACK, Resolver, anchor, by_number, last, nameless
from quoth.linking.story import Place
from quoth.text.name_tables import Gender
from quoth.values import EntityType, Statement

_DECAY = 0.8  # a sentence further back
_SPOKE = 2.5  # having spoken last
_AGAIN = 0.5  # having spoken last, and being named since
_FIRST = 1.0  # standing first in its sentence
_QUOTED = 1.5  # standing inside somebody's quotation
_GOVERNED = 0.7  # standing after a preposition or as a possessive
_SURE_GENDER = 0.8  # being known to have the pronoun's gender
_OFTEN = 0.2  # for each doubling, or nearly, of how often it is named
_DOUBTFUL = 1.5  # being a person only by its capitals
_LOWEST = -99.0


def person(resolver: Resolver, statement: Statement, gender: Gender | None) -> Cluster | None:
    """The person that "he" or "she" stands for: the highest sum of recency, role as speaker, and place."""
    story, at = resolver.story, anchor(statement)
    scores: dict[int, float] = {}
    for place in story.places:
        if place.mention.span.start >= at:
            break
        distance = story.sentence(at) - place.sentence
        if distance > LOOK_BACK or not _can_be(place.cluster, gender) or _inside(place, statement):
            continue
        number = place.cluster.number
        scores[number] = max(scores.get(number, _LOWEST), _salience(place, distance))
    for said in reversed(resolver.history):
        if said.at < at and said.cluster.type is EntityType.PERSON and _can_be(said.cluster, gender):
            number = said.cluster.number
            spoke = _SPOKE - _DECAY * (story.sentence(at) - story.sentence(said.at))
            scores[number] = max(scores.get(number, _LOWEST), spoke) + (_AGAIN if number in scores else 0.0)
            break
    if not scores:
        return _ahead(resolver, statement, gender)
    known = by_number(resolver)
    best = max(scores, key=lambda number: (scores[number] + _prominence(known[number], gender), -number))
    return known[best]


def _inside(place: Place, statement: Statement) -> bool:
    return any(span.holds(place.mention.span) for span in statement.content)


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


def _ahead(resolver: Resolver, statement: Statement, gender: Gender | None) -> Cluster | None:
    """A pronoun before its name: the next person named, in this paragraph or the next, outside quotations."""
    story, at = resolver.story, anchor(statement)
    for place in story.places:
        if place.mention.span.start > at and _can_be(place.cluster, gender) and not place.quoted:
            return place.cluster if story.paragraph(place.mention.span.start) - story.paragraph(at) <= 1 else None
    return None


_THINGS = (EntityType.ORGANISATION, EntityType.GROUP, EntityType.PLACE, EntityType.OTHER)
_LESS_LIKELY = 0.5  # for each step down that list


def thing(resolver: Resolver, statement: Statement) -> Cluster | None:
    """What "it" stands for when nothing has spoken yet: the body or country the last sentences were about."""
    story, at = resolver.story, anchor(statement)
    best: tuple[float, Cluster] | None = None
    for place in story.places:
        if place.mention.span.start >= at:
            break
        distance = story.sentence(at) - place.sentence
        if place.cluster.type not in _THINGS or distance > LOOK_BACK or _inside(place, statement):
            continue
        score = _salience(place, distance) - _LESS_LIKELY * _THINGS.index(place.cluster.type)
        if best is None or score >= best[0]:
            best = (score, place.cluster)
    return best[1] if best else None


_PHRASE = re.compile(r"\b(?:an?|the|some|several|many|two|three)\s+[a-z][\w\s’'-]{2,40}?(?=,?\s*\Z)")
_WHO = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.GROUP})


def antecedent(resolver: Resolver, at: int) -> Cluster | None:
    """Whom "who" or "which" stands for: the person or body named last in the same sentence, else the phrase before."""
    story = resolver.story
    sentence = story.sentence(at)
    for place in reversed(story.places):
        if place.mention.span.start < at and place.sentence < sentence:
            break
        if place.mention.span.start < at and place.cluster.type in _WHO:
            return place.cluster
    phrase = _PHRASE.search(story.text[story.starts[sentence] : at])
    return nameless(resolver, phrase.group(), at) if phrase else None


def several(resolver: Resolver, statement: Statement) -> Cluster | None:
    """Whom "they" stands for: the last speaker that is several or a body, else the last speaker at all."""
    at = anchor(statement)
    for said in reversed(resolver.history):
        if said.at < at and (said.cluster.type is not EntityType.PERSON or not said.cluster.named):
            return said.cluster
    return last(resolver, at, persons=True) or thing(resolver, statement)
