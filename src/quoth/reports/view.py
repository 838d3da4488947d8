"""What a reader is shown of an examination, before it is known whether on paper, on a screen or in a terminal.

Everything here points into the documents and carries their own words; faces of the view only lay it out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quoth.reports.excerpts import Excerpt, Mark, Stretch, cut, excerpt, excerpts, one_line
from quoth.reports.labels import confidence, decision
from quoth.types import (
    Change,
    Decided,
    Discrepancy,
    Document,
    Entity,
    Examination,
    Grade,
    LeftOut,
    Mode,
    Span,
    Statement,
    Status,
    Verdict,
    decisions_of,
)

#: The order in which findings are shown: departures that can be pointed at, then what was not found, then the faithful.
BY_WEIGHT = (
    Grade.ALTERED,
    Grade.SPLICED,
    Grade.NOT_FOUND,
    Grade.UNCLEAR,
    Grade.REWORDED,
    Grade.ABRIDGED,
    Grade.VERBATIM,
)


MOST_GONE = 100  # sentences left out that are shown; of a long source hardly anything is not left out

MODES = {Mode.DIRECT: "quoted", Mode.MIXED: "quoted in part", Mode.INDIRECT: "in indirect speech"}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in words: what it touches, whether it is material, and what stands where."""

    kind: str
    material: bool
    reported: str
    original: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement with its verdict, ready to be laid out.

    Attributes:
        number: its place in the report, from 1.
        anchor: stays the same as long as the statement stands in the same place.
        statement: the statement.
        verdict: its verdict.
        speakers: who is said to have said it, then according to whom, and so on outwards.
        named_as: the words that name the first of them in that place, where they differ from the name.
        how: "quoted", "quoted in part" or "in indirect speech", with the cue.
        words: the statement's own words, gaps as an ellipsis.
        reported: the same, cut up by changes.
        excerpts: where the words come from.
        nearest: the nearest passage, where they come from nowhere.
        changes: every change, in words.
        piece_words: the words of each piece of the sources, in the order of the report.
        decided: what a person decided about it; None where nobody did.
    """

    number: int
    anchor: str
    statement: Statement
    verdict: Verdict
    speakers: tuple[str, ...]
    named_as: str
    how: str
    words: str
    reported: tuple[Stretch, ...]
    excerpts: tuple[Excerpt, ...]
    nearest: Excerpt | None
    changes: tuple[ChangeLine, ...]
    piece_words: tuple[str, ...]
    decided: Decided | None = None

    @property
    def rejected(self) -> bool:
        """Whether a person said that it is none."""
        return self.decided is not None and self.decided.status is Status.REJECTED

    @property
    def certainty(self) -> str:
        """How often verdicts like it are right: ".84"; "" of what is unclear, and of a grade that a person gave."""
        ours = self.grade is not Grade.UNCLEAR and not (self.decided and self.decided.regraded)
        return confidence(self.verdict.confidence) if ours else ""

    @property
    def decision(self) -> str:
        """What a person decided about it, in a sentence; "" where nobody did."""
        return decision(self.decided) if self.decided else ""

    @property
    def grade(self) -> Grade:
        """The verdict's grade."""
        return self.verdict.grade

    @property
    def quoted(self) -> bool:
        """Whether it is given as the speaker's own words, at least in part."""
        return self.statement.mode is not Mode.INDIRECT

    @property
    def unheard(self) -> bool:
        """Whether no source holds words of this speaker, so that there was nothing to compare."""
        return self.verdict.why is not None

    @property
    def free(self) -> bool:
        """Whether it is told so freely that no word answers to a word: two passages to read, not a difference."""
        same = sum(len(one.text) for one in self.reported if one.mark is Mark.SAME)
        changed = sum(len(one.text) for one in self.reported if one.mark in {Mark.CHANGED, Mark.ADDED})
        return not self.quoted or changed > same

    @property
    def in_short(self) -> str:
        """What changed, in a few words."""
        material = list(dict.fromkeys(change.kind for change in self.changes if change.material))
        others = list(dict.fromkeys(change.kind for change in self.changes if not change.material))
        if material:
            return ", ".join(material)
        if self.grade is Grade.NOT_FOUND:
            return "not in what was searched"
        if self.grade is Grade.SPLICED:
            return "places put together"
        return f"{', '.join(others)}; not material" if others else "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """A discrepancy with a number, and the words on both sides."""

    number: int
    discrepancy: Discrepancy
    reported: str
    source: Document
    original: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A stretch of a source that the report leaves out, with its words."""

    number: int
    entry: LeftOut
    source: Document
    words: str


@dataclass(frozen=True, slots=True)
class Extra:
    """A stretch of the report that no source carries, with its words."""

    number: int
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers a claim, with which stance, and in which finding (0 if in none)."""

    by: str
    stance: str
    number: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim that the report gives an answer to, with who makes it and who answers."""

    number: int
    by: str
    words: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class View:
    """An examination, ready to be laid out.

    Attributes:
        examination: what is shown.
        findings: in reading order, without those that people rejected.
        rejected: those, in reading order; they keep their numbers.
        differences: values that differ.
        gone: what the report leaves out, most salient first, the first `MOST_GONE` of it.
        extras: what the report adds, in reading order.
        disputes: claims that are answered.
    """

    examination: Examination
    findings: tuple[Finding, ...]
    rejected: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    gone: tuple[Gone, ...]
    extras: tuple[Extra, ...]
    disputes: tuple[Dispute, ...]

    @property
    def gone_unlisted(self) -> int:
        """How many further stretches the report leaves out."""
        return len(self.examination.left_out) - len(self.gone)

    @property
    def by_weight(self) -> tuple[Finding, ...]:
        """The findings, departures first; within a grade quotations before indirect speech, then in reading order."""
        return tuple(
            sorted(
                self.findings,
                key=lambda one: (BY_WEIGHT.index(one.grade), one.statement.mode is Mode.INDIRECT, one.number),
            )
        )

    @property
    def counts(self) -> tuple[tuple[Grade, int], ...]:
        """How many findings have each grade, in order of weight; grades that nobody has are left out."""
        counted = [(grade, sum(finding.grade is grade for finding in self.findings)) for grade in BY_WEIGHT]
        return tuple((grade, count) for grade, count in counted if count)


def view(examination: Examination) -> View:
    """Gather what a reader is shown of `examination`."""
    sources = {source.id: source for source in examination.sources}
    statements = {statement.id: statement for statement in examination.statements}
    entities = {entity.id: entity for entity in examination.entities}
    judged = [verdict for verdict in examination.verdicts if verdict.statement in statements]
    judged.sort(key=lambda verdict: statements[verdict.statement].extent)
    report = examination.report
    decided = decisions_of(examination)
    findings = tuple(
        _finding(number, report, verdict, statements, entities, sources, decided)
        for number, verdict in enumerate(judged, 1)
    )
    return View(
        examination=examination,
        findings=tuple(one for one in findings if not one.rejected),
        rejected=tuple(one for one in findings if one.rejected),
        differences=tuple(
            Difference(
                number=number,
                discrepancy=entry,
                reported=one_line(report.words(entry.report)),
                source=sources[entry.source],
                original=one_line(sources[entry.source].words(entry.original)),
            )
            for number, entry in enumerate(examination.discrepancies, 1)
        ),
        gone=tuple(
            Gone(
                number=number,
                entry=entry,
                source=sources[entry.source],
                words=one_line(sources[entry.source].words(entry.span)),
            )
            for number, entry in enumerate(examination.left_out[:MOST_GONE], 1)
        ),
        extras=tuple(
            Extra(number, entry.span, one_line(report.words(entry.span)))
            for number, entry in enumerate(examination.added, 1)
        ),
        disputes=tuple(_disputes(examination, findings, entities)),
    )


def _disputes(examination: Examination, findings: Sequence[Finding], entities: dict[str, Entity]) -> Iterator[Dispute]:
    places = {finding.statement.id: finding for finding in findings}
    answered = [claim for claim in examination.claims if claim.responses]
    for number, claim in enumerate(answered, 1):
        answers: dict[tuple[str, str, int], Answer] = {}
        for response in claim.responses:
            by = entities[response.by].name if response.by in entities else "nobody named"
            at = places.get(response.statement)
            answer = Answer(by, str(response.stance), at.number if at else 0)
            answers[answer.by, answer.stance, answer.number] = answer
        by = entities[claim.by].name if claim.by in entities else "nobody named"
        yield Dispute(number, by, one_line(claim.text), tuple(answers.values()))


def _finding(
    number: int,
    report: Document,
    verdict: Verdict,
    statements: dict[str, Statement],
    entities: dict[str, Entity],
    sources: dict[str, Document],
    decided: Mapping[str, Decided],
) -> Finding:
    statement = statements[verdict.statement]
    cited = " … ".join(report.words(span) for span in statement.source)
    speakers = tuple(speaker_chain(report, statement, statements, entities))
    cue = " … ".join(report.words(span) for span in statement.cue)
    nearest = verdict.searched.nearest
    return Finding(
        number=number,
        anchor=statement.id,
        statement=statement,
        verdict=verdict,
        speakers=speakers,
        named_as=one_line(cited) if cited and cited.casefold() != speakers[0].casefold() else "",
        how=f"{MODES[statement.mode]}: {one_line(cue)}" if cue else MODES[statement.mode],
        words=one_line(" … ".join(report.words(span) for span in statement.content)),
        reported=_reported(report, statement, verdict.changes),
        excerpts=tuple(one for source in sources.values() for one in excerpts(source, verdict)),
        nearest=(
            excerpt(sources[nearest.document], [nearest.span], [], near=True)
            if nearest and not verdict.pieces and nearest.document in sources
            else None
        ),
        changes=tuple(_in_words(report, change, sources) for change in verdict.changes),
        piece_words=tuple(sources[piece.source].words(piece.original) for piece in verdict.pieces),
        decided=decided.get(statement.id),
    )


def speaker_chain(
    report: Document, statement: Statement, statements: dict[str, Statement], entities: dict[str, Entity]
) -> list[str]:
    """Who said it, according to whom, and so on outwards; "nobody named" where the report names nobody."""
    names: list[str] = []
    seen: set[str] = set()
    at: Statement | None = statement
    while at is not None and at.id not in seen:
        seen.add(at.id)
        entity = entities.get(at.speaker) if at.speaker else None
        cited = one_line(" … ".join(report.words(span) for span in at.source))
        names.append(one_line(entity.name) if entity else cited or "nobody named")
        at = statements.get(at.within) if at.within else None
    return names


def _reported(report: Document, statement: Statement, changes: Sequence[Change]) -> tuple[Stretch, ...]:
    marked = [
        (change.reported, Mark.CHANGED if change.original else Mark.ADDED, change.material)
        for change in changes
        if change.reported
    ]
    stretches: list[Stretch] = []
    for span in statement.content:
        if stretches:
            stretches.append(Stretch(" … ", Mark.GAP))
        stretches += cut(report.text, span, marked, Mark.SAME)
    return tuple(stretches)


def _in_words(report: Document, change: Change, sources: dict[str, Document]) -> ChangeLine:
    source = sources.get(change.source)
    return ChangeLine(
        kind=str(change.kind),
        material=change.material,
        reported=one_line(report.words(change.reported)) if change.reported else "",
        original=one_line(source.words(change.original)) if change.original and source else "",
    )
