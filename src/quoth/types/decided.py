"""An examination as people reviewed it: what they decided is applied, and what was first found stands beside it."""

from dataclasses import dataclass
from enum import StrEnum

from quoth.types.examination import Discrepancy, Examination
from quoth.types.records import AsRecord
from quoth.types.span import Span
from quoth.types.verdict import Grade


class Status(StrEnum):
    """What a finding is."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Told(AsRecord):
    """What is told of a statement.

    Attributes:
        grade: its grade; None where it has none.
        speaker: who said it, by name; None where nobody is named.
        content: its words in the report.
        words: those words, an ellipsis for words of other people between two spans.
    """

    grade: Grade | None
    speaker: str | None
    content: tuple[Span, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Decided(AsRecord):
    """What a person decided about one finding, beside what the program had told of it.

    Attributes:
        statement: id of the statement.
        status: accepted, rejected or corrected.
        by: the person's name.
        at: ISO 8601 date and time.
        note: the person's words about it.
        found: what the program told.
        stands: what holds now; of a rejected finding what held when it was rejected.
        confidence: of the program's grade, 0..1.
        reason: the program's, one sentence.
    """

    statement: str
    status: Status
    by: str
    at: str
    note: str
    found: Told
    stands: Told
    confidence: float
    reason: str

    @property
    def regraded(self) -> bool:
        """Whether the grade that holds is a person's and not the program's."""
        return self.stands.grade is not self.found.grade


@dataclass(frozen=True, slots=True)
class AsReviewed(Examination):
    """An examination with people's decisions applied to it.

    Statements have the words and speakers that people gave them and keep their ids; verdicts have the grades that
    people gave them. Rejected findings are among the statements and verdicts as they were found: whoever shows or
    counts findings leaves those out whose `decided` says so.

    Attributes:
        decided: a decision for each finding that somebody decided on.
        set_aside: discrepancies that only rejected findings told, or findings that people gave another grade.
        examined: when it was examined, ISO 8601; "" where nobody knows.
        left: how many decisions are about places that this run does not have.
    """

    decided: tuple[Decided, ...] = ()
    set_aside: tuple[Discrepancy, ...] = ()
    examined: str = ""
    left: int = 0


def decisions_of(examination: Examination) -> dict[str, Decided]:
    """What people decided, by the ids of statements; nothing for an examination that nobody reviewed."""
    return {one.statement: one for one in examination.decided} if isinstance(examination, AsReviewed) else {}
