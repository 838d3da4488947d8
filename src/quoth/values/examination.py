"""Everything found out about one report."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quoth.values.claim import Claim
from quoth.values.document import Document
from quoth.values.entity import Entity
from quoth.values.span import Span
from quoth.values.statement import Statement
from quoth.values.verdict import ChangeKind, Verdict


@dataclass(frozen=True, slots=True)
class LeftOut:
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
class Added:
    """A stretch of the report that no source carries."""

    span: Span


@dataclass(frozen=True, slots=True)
class Discrepancy:
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


@dataclass(frozen=True, slots=True)
class NotExamined:
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
class Examination:
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
        not_examined: what was not looked at, in reading order; empty for any text that people write.
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
