"""How a statement compares with its source."""

from dataclasses import dataclass
from enum import StrEnum

from quoth.types.alignment import Piece
from quoth.types.records import AsRecord, plain
from quoth.types.span import Passage, Span


class Grade(StrEnum):
    """The grades of the contract, most serious first."""

    NOT_FOUND = "not found"
    ALTERED = "altered"
    SPLICED = "spliced"
    UNCLEAR = "unclear"
    REWORDED = "reworded"
    ABRIDGED = "abridged"
    VERBATIM = "verbatim"


class ChangeKind(StrEnum):
    """What a change touches."""

    NEGATION = "negation"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    HEDGE = "hedge"
    QUANTIFIER = "quantifier"
    STRENGTH = "strength"
    CONDITION = "condition"
    AGENT = "agent"
    OMISSION = "omission"
    INSERTION = "insertion"
    SPELLING = "spelling"
    TENSE = "tense"
    QUESTION = "question"
    ORDER = "order"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Change(AsRecord):
    """One difference between the reported words and the source's.

    Attributes:
        kind: what it touches.
        material: whether a reader could take away something else.
        reported: the report's words; None where words were left out.
        original: the source's words; None where words were inserted.
        source: id of the source document.
    """

    kind: ChangeKind
    material: bool
    reported: Span | None
    original: Span | None
    source: str


@dataclass(frozen=True, slots=True)
class Searched(AsRecord):
    """What was searched before a verdict was given.

    Attributes:
        documents: number of documents.
        passages: number of passages (sentences) in them.
        nearest: the passage nearest to the statement; None for empty sources.
    """

    documents: int
    passages: int
    nearest: Passage | None = None

    def to_dict(self) -> dict[str, object]:
        """The record of the JSON contract, where the nearest passage is one of a source."""
        nearest = {"source": self.nearest.document, "span": plain(self.nearest.span)} if self.nearest else None
        return {"documents": self.documents, "passages": self.passages, "nearest": nearest}


@dataclass(frozen=True, slots=True)
class Carriage(AsRecord):
    """The judge's answers about a passage and a statement: chances that sum to 1.

    Attributes:
        carried: all of it is there.
        partly: some is, some is not.
        changed: it is contradicted or altered.
        absent: it is not there.
    """

    carried: float
    partly: float
    changed: float
    absent: float


@dataclass(frozen=True, slots=True)
class Verdict(AsRecord):
    """The grade of one statement, with its evidence.

    Attributes:
        statement: id of the statement; empty where a bare quotation was graded.
        grade: the most serious grade that holds.
        confidence: calibrated probability, 0..1, that the grade is the one a careful reader gives.
        pieces: where the words come from.
        changes: every difference found, in the order of the report.
        reason: one sentence that a reader can check.
        searched: what was searched.
        why: "no source by this speaker", where that settles it.
        support: what the judge makes of the best passage as a whole; None where it was not asked.
    """

    statement: str
    grade: Grade
    confidence: float
    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...]
    reason: str
    searched: Searched
    why: str | None = None
    support: Carriage | None = None
