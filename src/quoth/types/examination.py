"""Everything found out about one report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from quoth.types.alignment import Piece
from quoth.types.claim import Claim
from quoth.types.display import shown
from quoth.types.document import Document
from quoth.types.entity import Entity
from quoth.types.records import AsRecord
from quoth.types.span import Passage, Span
from quoth.types.statement import Statement
from quoth.types.statement_rows import Row, rows
from quoth.types.verdict import Change, ChangeKind, Verdict


@dataclass(frozen=True, slots=True)
class LeftOut(AsRecord):
    """A stretch of a source that no statement of the report carries.

    Attributes:
        source: id of the source document.
        span: the stretch.
        salience: 0..1, how much a reader would miss it.
        why: what made it salient, in words ("names a third party").
    """

    source: str
    span: Span
    salience: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Added(AsRecord):
    """A stretch of the report that no source carries."""

    span: Span


@dataclass(frozen=True, slots=True)
class Discrepancy(AsRecord):
    """A value that differs between report and source; neither is presumed right.

    Attributes:
        kind: date, number, name, hedge or another kind of change.
        report: where the report gives its value.
        report_value: that value, normalised ("2031-05-01").
        source: id of the source document.
        original: where the source gives its value.
        source_value: that value, normalised.
    """

    kind: ChangeKind
    report: Span
    report_value: str
    source: str
    original: Span
    source_value: str

    def is_told_by(self, change: Change) -> bool:
        """Whether a change tells the same: in one source, and they meet in a text."""
        if self.source != change.source:
            return False
        if change.reported:
            return change.reported.meets(self.report)
        return change.original is not None and change.original.meets(self.original)


@dataclass(frozen=True, slots=True)
class NotExamined(AsRecord):
    """A stretch of a document that was not looked at.

    Attributes:
        document: id of the document.
        span: the stretch.
        why: the reason, in words that complete "not examined: ...".
    """

    document: str
    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Examination(AsRecord):
    """One report held against its sources.

    Attributes:
        report: the examined document.
        sources: the documents it was held against.
        statements: who said what, in reading order.
        verdicts: one for each statement that was held against the sources.
        left_out: what the report leaves out, most salient first.
        added: what the report adds, in reading order.
        discrepancies: values that differ, in reading order of the report.
        entities: who and what is named.
        claims: who answered whom.
        recipe: versions and weights that gave these results.
        not_examined: what was not looked at, in reading order: far parts of a source of a million characters and more,
            sentences of more verbs of saying than any prose has; empty for other texts that people write.
    """

    report: Document
    sources: tuple[Document, ...]
    statements: tuple[Statement, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    added: tuple[Added, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    recipe: Mapping[str, object] = field(default_factory=dict)
    not_examined: tuple[NotExamined, ...] = ()

    def document(self, name: str) -> Document:
        """The report or the source of that id; KeyError where there is none."""
        return {one.id: one for one in (*self.sources, self.report)}[name]

    def verdict(self, statement: Statement) -> Verdict:
        """The verdict on a statement; KeyError where it is none of this examination."""
        return {one.statement: one for one in self.verdicts}[statement.id]

    def speaker(self, statement: Statement) -> Entity | None:
        """Who made a statement; None where it cannot be told."""
        return next((one for one in self.entities if one.id == statement.speaker), None)

    def words(self, of: Statement | Passage | LeftOut | Added | NotExamined) -> str:
        """The words of a statement, or of any other place that belongs to one document.

        Returns:
            The words; an ellipsis stands for words of other people between two spans.
        """
        match of:
            case Statement():
                return self.document(of.document).words(of)
            case Added():
                return self.report.words(of.span)
            case LeftOut():
                return self.document(of.source).words(of.span)
            case Passage() | NotExamined():
                return self.document(of.document).words(of.span)
            case _:
                assert_never(of)

    def both(self, of: Piece | Change | Discrepancy) -> tuple[str, str]:
        """The words of the report and those of the source; "" on the side where nothing stands."""
        reported = of.report if isinstance(of, Discrepancy) else of.reported
        original = self.document(of.source).words(of.original) if of.original else ""
        return self.report.words(reported) if reported else "", original

    def to_rows(self) -> list[Row]:
        """A row for each statement, in words, as `trace --csv` writes them; data frames take the list as it is."""
        return rows(self.report, self.statements, self.entities, self.verdicts, self.sources)

    def _repr_html_(self) -> str | None:
        """What a notebook shows: the page of the examination, within a frame of its own."""
        return shown(self)
