"""Whose the quoted words of a source are, where they are not those of a report's speaker: another's, or in doubt.

Whom a pronoun or "the mayor" means is told by linking, which is right most of the time. That words are another's is
held only where the report's speaker cannot be meant as well; where he may be, it is a doubt, and told as one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from quoth.doc.doc import Doc
from quoth.doc.name_similarity import compare, name_words
from quoth.doc.name_tables import Gender, first_names, plain, words
from quoth.doc.source_types import SourceKind, kind_of, tables
from quoth.types import Document, Entity, EntityType, Mode, Span, Statement
from quoth.verdicts.namings import Namings

#: Two names are one from this score on: a surname and a full name, not two first names.
SAME = 0.7
_GENDERS = {SourceKind.HE: Gender.MALE, SourceKind.SHE: Gender.FEMALE}
_PERSONS = frozenset({SourceKind.HE, SourceKind.SHE, SourceKind.IT, SourceKind.NONE, SourceKind.DESCRIBED})
_BEHIND = 200  # characters behind a pronoun in which its name may follow: "“I know,” she said. Helen Orr has been ..."
_ROOT = 6  # letters that an office shares with its body: "minister" of a "ministry"
#: Somebody who speaks for another, or is another's.
FOR_ANOTHER = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|aides?|lawyers?|attorneys?|wife|husband|son|daughter|brother|sister|mother|father|friends?|"
    r"office|campaign|team|representatives?|deputy)\s+(?:for|of|to)\b|['’]s\s+(?:spokes\w+|aides?|lawyers?|attorneys?|wife|husband|son|"
    r"daughter|brother|sister|mother|father|office|campaign|team)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heard:
    """A statement of a source.

    Attributes:
        statement: the statement.
        called: the words by which the source names the speaker there.
        speaker: who speaks it as linking tells; None where it does not.
        places: where the source names him, in order.
    """

    statement: Statement
    called: str
    speaker: Entity | None = None
    places: tuple[Span, ...] = ()

    def is_by(self, speaker: Entity | None) -> bool:
        """Whether linking takes its speaker for the speaker of a report."""
        return speaker is not None and self.speaker is not None and self.speaker.id == speaker.id

    @cached_property
    def by_whomever(self) -> bool:
        """Whether only a name could tell who speaks: linking does not, and neither does a pronoun or an office."""
        return self.speaker is None or kind_of(self.called) not in _PERSONS

    @cached_property
    def describes(self) -> bool:
        """Whether the words for the speaker name somebody in full."""
        return _describes(self.called)


def heard_in(source: Document, told: Iterable[Statement], who: Mapping[str, Entity]) -> tuple[Heard, ...]:
    """The statements of a source; `who` has by their ids those who speak there."""
    places: dict[str, tuple[Span, ...]] = {}
    found = []
    for one in told:
        speaker = who.get(one.speaker or "")
        if speaker is not None and speaker.id not in places:
            places[speaker.id] = _named_in(source, speaker)
        called = " ".join(span.of(source.text) for span in one.source)
        found.append(Heard(one, called, speaker, places[speaker.id] if speaker is not None else ()))
    return tuple(found)


def of_others(
    rest: Sequence[Heard], doc: Doc, speaker: Entity | None, namings: Namings
) -> tuple[list[Span], list[Span]]:
    """The quoted words of a source that are another's than the report's speaker's for certain, and those in doubt.

    Args:
        rest: the statements of the source that are not known for the speaker's.
        doc: the source.
        speaker: the speaker of the report; nobody's words are in doubt where he is not known.
        namings: tells whose names are worth comparing.
    """
    sure: list[Span] = []
    doubtful: list[Span] = []
    known = _Speaker(doc, speaker, namings) if speaker is not None else None
    for one in rest:
        if one.statement.mode is not Mode.INDIRECT:
            others = (one.describes or None) if known is None or one.by_whomever else known.is_not(one)
            if others is not None:
                (sure if others else doubtful).extend(one.statement.content)
    return sure, doubtful


class _Speaker:
    """The speaker of a report, held against those whom one source quotes."""

    def __init__(self, doc: Doc, speaker: Entity, namings: Namings) -> None:
        self._doc, self._speaker, self._namings = doc, speaker, namings
        self._places = _named_in(doc.document, speaker)
        full = [told for name in (speaker.name, *speaker.aliases) if len(told := name_words(name)) > 1]
        self._genders = {first_names().get(told[0]) for told in full} - {None}
        self._alike: dict[str, bool] = {}  # by the ids of others
        self._apart: dict[str, bool | None] = {}

    def is_not(self, one: Heard) -> bool | None:
        """True: somebody else's words; False: they seem to be; None: nothing tells, or his own body or person."""
        called, other = one.called, one.speaker
        if other is None or one.by_whomever:
            return one.describes or None
        if self._may_be(other) if other.named else not _describes(other.name):
            return None
        if (other.type is EntityType.PERSON) is not (self._speaker.type is EntityType.PERSON):
            if other.id not in self._apart:
                person, body = (other, self._speaker) if other.type is EntityType.PERSON else (self._speaker, other)
                places = one.places if person is other else self._places
                self._apart[other.id] = _apart(body, places, self._doc)
            return self._apart[other.id]
        return one.describes or _bears_name(called, other) or self._cannot_be_meant(one)

    def _may_be(self, other: Entity) -> bool:
        """Whether somebody else may be the speaker by name."""
        if other.id not in self._alike:
            near = self._namings.may_be_one(other, self._speaker)
            self._alike[other.id] = near and _may_be_one(other, self._speaker)
        return self._alike[other.id]

    def _cannot_be_meant(self, one: Heard) -> bool:
        """Whether a pronoun that was taken for another's cannot mean the speaker.

        It cannot if the other is the last of the two who was named before it, or if it has the other gender.
        """
        at, kind = (one.statement.source or one.statement.content)[0].start, kind_of(one.called)
        if kind in _GENDERS and len(self._genders) == 1 and _GENDERS[kind] not in self._genders:
            return True
        before = bisect_left(self._places, (at,))
        if not before:
            return not any(place.start <= at + _BEHIND for place in self._places)
        number = bisect_left(one.places, (at,))
        return number > 0 and one.places[number - 1].start > self._places[before - 1].start


@lru_cache(maxsize=10_000)
def _describes(called: str) -> bool:
    """Whether words name somebody in full ("harbour master Orr", "a spokesman for Orr")."""
    return any(word[:1].isupper() for word in called.split()[1:]) or FOR_ANOTHER.search(called) is not None


def _bears_name(called: str, other: Entity) -> bool:
    told = {*name_words(called)}
    return any(told & {*name_words(name)} for name in (other.name, *other.aliases)) and called[:1].isupper()


def _may_be_one(other: Entity, speaker: Entity) -> bool:
    return any(
        compare(first, second, speaker.type).score >= SAME
        for first in (speaker.name, *speaker.aliases)
        for second in (other.name, *other.aliases)
    )


def _apart(body: Entity, places: Sequence[Span], doc: Doc) -> bool | None:
    """Whether a person, named in some places, does not speak for a body.

    None where one sentence names both or the office is the body's. A person with an office may speak for a body that is
    not named beside it; one without does not.
    """
    own = {word for name in (body.name, *body.aliases) for word in name_words(name) if len(word) > 2}  # noqa: PLR2004
    roots = {word[:_ROOT] for word in own if len(word) >= _ROOT}
    offices = tables().offices | (words().titles - words().title_gender.keys())
    holds = False
    for span in places:
        first, _ = doc.range(span)
        sentence = doc.sentences[doc.sentence_of(first)] if first < len(doc.tokens) else span
        there = {*plain(re.sub(r"[^\w’'-]+", " ", sentence.of(doc.text))).split()}
        if there & own or any(word[:_ROOT] in roots for word in there):
            return None
        holds = holds or bool(there & offices)
    return not holds


def named_at(one: Heard | None, quoted: Span) -> Span:
    """Where a source names whose words these are: beside them, or last before a pronoun; the words if it does not.

    Args:
        one: the statement of the source that the words stand in, if there is one.
        quoted: the words.
    """
    if one is None:
        return quoted
    if one.statement.source and kind_of(one.called) is SourceKind.DESCRIBED:
        return one.statement.source[0]
    before = bisect_left(one.places, (quoted.start,))
    return one.places[before - 1] if before else (*one.statement.source, quoted)[0]


def _named_in(document: Document, entity: Entity) -> tuple[Span, ...]:
    """Where a document names somebody, in order."""
    return tuple(sorted(place.span for place in entity.mentions if place.document == document.id))
