"""What a person decided about a finding, and where a finding stands after all that was decided about it.

A finding is a suggestion until somebody accepts, rejects or corrects it. Decisions are appended, each with what held
before and after it; the last one that was not undone counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from quoth.types import Entity, Grade, Passage, Span, Status, UnusableInput
from quoth.types.records import AsRecord

MOST_NOTE = 4_000  # code points of a note
MOST_NAME = 200  # code points of a speaker's name


class DoesNotFit(UnusableInput):
    """A correction that does not fit the finding as it stands, or its report."""


class Act(StrEnum):
    """What a person does."""

    ACCEPT = "accept"
    REJECT = "reject"  # this is no statement, or the verdict says nothing
    CORRECT = "correct"
    MERGE = "merge"  # two entities are one
    SPLIT = "split"  # some statements are somebody else's
    UNDO = "undo"


#: What a finding is after each act.
AFTER = {
    Act.ACCEPT: Status.ACCEPTED,
    Act.REJECT: Status.REJECTED,
    Act.CORRECT: Status.CORRECTED,
    Act.MERGE: Status.CORRECTED,
    Act.SPLIT: Status.CORRECTED,
}


@dataclass(frozen=True, slots=True)
class Who(AsRecord):
    """Somebody who is named, in words that hold for every run: ids of entities count anew in each.

    Attributes:
        name: the name.
        at: a place where that entity is named; None for a name that a person wrote.
    """

    name: str
    at: Passage | None = None


@dataclass(frozen=True, slots=True)
class Standing(AsRecord):
    """Where a finding stands.

    Attributes:
        status: what it is.
        grade: its grade; None for what has none (an entity).
        content: its words in the report.
        speaker: who said it; None where nobody is named.
        others: of a merge, the entities that are this one as well.
        statements: of a split, the statements that are `speaker`'s.
    """

    status: Status = Status.SUGGESTED
    grade: Grade | None = None
    content: tuple[Span, ...] = ()
    speaker: Who | None = None
    others: tuple[Who, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision(AsRecord):
    """Something that a person decided.

    Attributes:
        examination: which examination.
        finding: the statement's id, or `entity:` and the name of one.
        version: 1 for the first decision about this finding, 2 for the next.
        act: what was done.
        by: who did it.
        at: ISO 8601 date and time, UTC.
        before: where the finding stood.
        after: where it stands.
        note: why, in the person's words.
    """

    examination: str
    finding: str
    version: int
    act: Act
    by: str
    at: str
    before: Standing
    after: Standing
    note: str = ""


def standing(decisions: Iterable[Decision], suggested: Standing) -> Standing:
    """Where a finding stands after the decisions about it, in their order; `suggested` where none counts."""
    counting = standing_decisions(decisions)
    return counting[-1].after if counting else suggested


def standing_decisions(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions about one finding that were not undone."""
    counting: list[Decision] = []
    for one in decisions:
        if one.act is not Act.UNDO:
            counting.append(one)
        elif counting:
            counting.pop()
    return counting


def by_finding(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """Decisions by what they are about, each in their order."""
    found: dict[str, list[Decision]] = {}
    for one in decisions:
        found.setdefault(one.finding, []).append(one)
    return found


def after(
    before: Standing,
    act: Act,
    *,
    grade: Grade | None = None,
    content: tuple[Span, ...] = (),
    speaker: Who | None = None,
    length: int,
) -> Standing:
    """Where a finding stands after an act; what is not given stays as it was.

    Args:
        before: where it stood.
        act: accepting, rejecting or correcting.
        grade: the right grade.
        content: the right words of the report.
        speaker: who said it.
        length: of the report's text, in code points.

    Raises:
        DoesNotFit: a correction that corrects nothing, or a place that is not in the report.
    """
    if act is not Act.CORRECT:
        return replace(before, status=AFTER[act])
    if not all(0 <= span.start < span.end <= length for span in content):
        raise DoesNotFit("The corrected place is not in the report.")
    if speaker and (not speaker.name.strip() or len(speaker.name) > MOST_NAME):
        raise DoesNotFit(f"The name of a speaker has 1 to {MOST_NAME} letters.")
    made = replace(
        before,
        status=Status.CORRECTED,
        grade=grade or before.grade,
        content=content or before.content,
        speaker=speaker or before.speaker,
    )
    if replace(made, status=before.status) == before and before.status is not Status.REJECTED:
        raise DoesNotFit("A correction changes the grade, the words or the speaker; to confirm a finding, accept it.")
    return made


def entity_key(entity: Entity) -> str:
    """What decisions about an entity stand under."""
    return f"entity:{entity.type}:{' '.join(entity.name.casefold().split())}"


def who(entity: Entity) -> Who:
    """An entity, by its name and the first place where it is named."""
    return Who(entity.name, entity.mentions[0] if entity.mentions else None)
