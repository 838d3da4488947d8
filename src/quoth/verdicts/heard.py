"""Whose the quoted words of a source are, where they are not those of a report's speaker: another's, or in doubt.

Whom a pronoun or "the mayor" means is told by linking, which is right most of the time. That words are another's is
held only where the report's speaker cannot be meant as well; where he may be, it is a doubt, and told as one.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quoth.doc.doc import Doc
from quoth.doc.name_similarity import compare, name_words
from quoth.doc.name_tables import Gender, first_names, plain, words
from quoth.doc.source_types import SourceKind, kind_of, tables
from quoth.types import Entity, EntityType, Mode, Span, Statement
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


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement of a source.

    Attributes:
        statement: the statement.
        called: the words by which the source names the speaker there.
        speaker: who speaks it as linking tells; None where it does not.
    """

    statement: Statement
    called: str
    speaker: Entity | None = None

    def is_by(self, speaker: Entity | None) -> bool:
        """Whether linking takes its speaker for the speaker of a report."""
        return speaker is not None and self.speaker is not None and self.speaker.id == speaker.id


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
    known: dict[str, bool] = {}

    def may_be(other: Entity) -> bool:
        if speaker is not None and other.id not in known:
            known[other.id] = namings.may_be_one(other, speaker) and _may_be_one(other, speaker)
        return known[other.id]

    for one in rest:
        if one.statement.mode is not Mode.INDIRECT and (found := _is_others(one, doc, speaker, may_be)) is not None:
            (sure if found else doubtful).extend(one.statement.content)
    return sure, doubtful


def _is_others(one: Heard, doc: Doc, speaker: Entity | None, may_be: Callable[[Entity], bool]) -> bool | None:
    """True: somebody else's words; False: they seem to be; None: nothing tells, or the speaker's body or person.

    `may_be` tells whether somebody else may be the speaker by name.
    """
    called = one.called
    other = one.speaker
    if speaker is None or other is None or kind_of(called) not in _PERSONS:
        return True if _describes(called) else None
    if may_be(other) if other.named else not _describes(other.name):
        return None
    if {EntityType.PERSON} < {other.type, speaker.type}:
        person, body = (other, speaker) if other.type is EntityType.PERSON else (speaker, other)
        return _apart(person, body, doc)
    return True if _describes(called) or _bears_name(called, other) else _cannot_be(one, doc, speaker, other)


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


def _apart(person: Entity, body: Entity, doc: Doc) -> bool | None:
    """Whether a person does not speak for a body: None where one sentence names both or the office is the body's.

    A person with an office may speak for a body that is not named beside it; one without does not.
    """
    own = {word for name in (body.name, *body.aliases) for word in name_words(name) if len(word) > 2}  # noqa: PLR2004
    roots = {word[:_ROOT] for word in own if len(word) >= _ROOT}
    offices = tables().offices | (words().titles - words().title_gender.keys())
    holds = False
    for span in _spans(person, doc):
        first, _ = doc.range(span)
        sentence = doc.sentences[doc.sentence_of(first)] if first < len(doc.tokens) else span
        there = {*plain(re.sub(r"[^\w’'-]+", " ", sentence.of(doc.text))).split()}
        if there & own or any(word[:_ROOT] in roots for word in there):
            return None
        holds = holds or bool(there & offices)
    return not holds


def _cannot_be(one: Heard, doc: Doc, speaker: Entity, other: Entity) -> bool:
    """Whether a pronoun that was taken for another's cannot mean the speaker of a report.

    It cannot if the other is the last of the two who was named before it, or if it has the other gender.
    """
    spans = one.statement.source or one.statement.content
    at, kind = spans[0].start, kind_of(one.called)
    full = [told for name in (speaker.name, *speaker.aliases) if len(told := name_words(name)) > 1]
    genders = {first_names().get(told[0]) for told in full} - {None}
    if kind in _GENDERS and len(genders) == 1 and _GENDERS[kind] not in genders:
        return True
    mine = [span.start for span in _spans(speaker, doc)]
    theirs = [span.start for span in _spans(other, doc)]
    before = bisect_left(mine, at)
    if not before:
        return not any(start <= at + _BEHIND for start in mine)
    number = bisect_left(theirs, at)
    return number > 0 and theirs[number - 1] > mine[before - 1]


def named_at(doc: Doc, within: Sequence[Heard], quoted: Span) -> Span:
    """Where a source names whose words these are: beside them, or last before a pronoun; the words if it does not."""
    one = next((one for one in within if any(span.holds(quoted) for span in one.statement.content)), None)
    if one is None:
        return quoted
    if one.statement.source and kind_of(one.called) is SourceKind.DESCRIBED:
        return one.statement.source[0]
    before = [place for place in _spans(one.speaker, doc) if place.start < quoted.start] if one.speaker else []
    return before[-1] if before else (*one.statement.source, quoted)[0]


def _spans(entity: Entity, doc: Doc) -> list[Span]:
    """Where a document names somebody, in order."""
    return sorted(Span(place.start, place.end) for place in entity.mentions if place.document == doc.document.id)
