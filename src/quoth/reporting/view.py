"""What a reader is shown of an examination, before it is known whether on paper, on a screen or in a terminal.

Everything here points into the documents and carries their own words; faces of the view only lay it out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from quoth.text.sentences import sentences
from quoth.values import (
    Change,
    Discrepancy,
    Document,
    Entity,
    Examination,
    Grade,
    LeftOut,
    Mode,
    Span,
    Statement,
    Verdict,
)

#: The order in which findings are shown: departures that can be pointed at, then what was not found, then the faithful.
BY_WEIGHT = (Grade.ALTERED, Grade.SPLICED, Grade.NOT_FOUND, Grade.REWORDED, Grade.ABRIDGED, Grade.VERBATIM)

NEAR = 200  # code points between two passages of a source that are still shown as one excerpt
CONTEXT = 140  # code points of context at most on each side of an excerpt; whole sentences where they fit

MODES = {Mode.DIRECT: "quoted", Mode.MIXED: "quoted in part", Mode.INDIRECT: "in indirect speech"}


class Mark(StrEnum):
    """How a stretch stands to the other text."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    LEFT_OUT = "left out"
    CONTEXT = "context"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that are shown in one way."""

    text: str
    mark: Mark
    material: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a source, cut up by how it stands to the reported words.

    Attributes:
        document: the source.
        span: the whole stretch shown.
        stretches: its words, in order.
    """

    document: Document
    span: Span
    stretches: tuple[Stretch, ...]


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

    @property
    def grade(self) -> Grade:
        """The verdict's grade."""
        return self.verdict.grade


@dataclass(frozen=True, slots=True)
class Difference:
    """A discrepancy with a number, an anchor, and the words on both sides."""

    number: int
    anchor: str
    discrepancy: Discrepancy
    reported: str
    source: Document
    original: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A stretch of a source that the report leaves out, with its words."""

    number: int
    anchor: str
    entry: LeftOut
    source: Document
    words: str


@dataclass(frozen=True, slots=True)
class Extra:
    """A stretch of the report that no source carries, with its words."""

    number: int
    anchor: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class View:
    """An examination, ready to be laid out.

    Attributes:
        examination: what is shown.
        findings: in reading order.
        differences: values that differ.
        gone: what the report leaves out, most salient first.
        extras: what the report adds, in reading order.
    """

    examination: Examination
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    gone: tuple[Gone, ...]
    extras: tuple[Extra, ...]

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
    return View(
        examination=examination,
        findings=tuple(
            _finding(number, report, verdict, statements, entities, sources) for number, verdict in enumerate(judged, 1)
        ),
        differences=tuple(
            Difference(
                number=number,
                anchor=f"d-{entry.kind}-{entry.report.start}-{entry.report.end}-{number}",
                discrepancy=entry,
                reported=report.words(entry.report),
                source=sources[entry.source],
                original=sources[entry.source].words(entry.original),
            )
            for number, entry in enumerate(examination.discrepancies, 1)
        ),
        gone=tuple(
            Gone(
                number=number,
                anchor=f"l-{list(sources).index(entry.source) + 1}-{entry.span.start}-{entry.span.end}",
                entry=entry,
                source=sources[entry.source],
                words=one_line(sources[entry.source].words(entry.span)),
            )
            for number, entry in enumerate(examination.left_out, 1)
        ),
        extras=tuple(
            Extra(number, f"a-{entry.span.start}-{entry.span.end}", entry.span, one_line(report.words(entry.span)))
            for number, entry in enumerate(examination.added, 1)
        ),
    )


def _finding(
    number: int,
    report: Document,
    verdict: Verdict,
    statements: dict[str, Statement],
    entities: dict[str, Entity],
    sources: dict[str, Document],
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
        excerpts=tuple(excerpt for source in sources.values() for excerpt in _excerpts(source, verdict)),
        nearest=(
            _excerpt(sources[nearest.document], [nearest.span], [], near=True)
            if nearest and not verdict.pieces and nearest.document in sources
            else None
        ),
        changes=tuple(_in_words(report, change, sources) for change in verdict.changes),
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
        names.append(entity.name if entity else cited or "nobody named")
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


def _excerpts(source: Document, verdict: Verdict) -> list[Excerpt]:
    """The passages of one source that a verdict points to; what stands near together is shown as one."""
    pieces = [piece.original for piece in verdict.pieces if piece.source == source.id]
    changes = [change for change in verdict.changes if change.source == source.id and change.original]
    spans = sorted({*pieces, *(change.original for change in changes if change.original)})
    groups: list[list[Span]] = []
    for span in spans:
        if groups and span.start - max(other.end for other in groups[-1]) <= NEAR:
            groups[-1].append(span)
        else:
            groups.append([span])
    return [_excerpt(source, [span for span in group if span in pieces], _within(changes, group)) for group in groups]


def _within(changes: Iterable[Change], group: Sequence[Span]) -> list[Change]:
    return [change for change in changes if change.original in group]


def _excerpt(source: Document, pieces: Sequence[Span], changes: Sequence[Change], *, near: bool = False) -> Excerpt:
    marked = [
        (change.original, Mark.CHANGED if change.reported else Mark.LEFT_OUT, change.material)
        for change in changes
        if change.original
    ]
    spans = [*pieces, *(span for span, _, _ in marked)]
    core = Span(min(span.start for span in spans), max(span.end for span in spans))
    whole = core if near else with_context(source.text, core)
    same = [(span, Mark.SAME, False) for span in pieces]
    stretches = cut(source.text, whole, [*marked, *same], Mark.CONTEXT)
    return Excerpt(source, whole, tuple(stretches))


def with_context(text: str, core: Span) -> Span:
    """`core`, widened to the ends of its sentences, by `CONTEXT` at most on each side and then to a word's end."""
    base = max(0, core.start - 2 * CONTEXT)
    found = [span.shifted(base) for span in sentences(text[base : core.end + 2 * CONTEXT])]
    start = min([core.start, *(span.start for span in found if span.end > core.start)])
    end = max([core.end, *(span.end for span in found if span.start < core.end)])
    if core.start - start > CONTEXT:
        start = text.find(" ", core.start - CONTEXT, core.start) + 1 or core.start
    if end - core.end > CONTEXT:
        space = text.rfind(" ", core.end, core.end + CONTEXT)
        end = space if space >= 0 else core.end
    return Span(start, end).trimmed(text)


def cut(text: str, span: Span, marked: Iterable[tuple[Span, Mark, bool]], plain: Mark) -> list[Stretch]:
    """`span` of `text` cut up by marks; where marks overlap the first given wins, a material one before all."""
    ranked = sorted((entry for entry in marked if entry[0].meets(span)), key=lambda entry: not entry[2])
    bounds = sorted(
        {span.start, span.end}
        | {at for entry, _, _ in ranked for at in (entry.start, entry.end) if span.start < at < span.end}
    )
    stretches: list[Stretch] = []
    for start, end in pairwise(bounds):
        mark, material = plain, False
        for entry, entry_mark, entry_material in ranked:
            if entry.start <= start and end <= entry.end:
                mark, material = entry_mark, entry_material
                break
        words = text[start:end]
        if stretches and (stretches[-1].mark, stretches[-1].material) == (mark, material):
            stretches[-1] = Stretch(stretches[-1].text + words, mark, material)
        else:
            stretches.append(Stretch(words, mark, material))
    return stretches


def _in_words(report: Document, change: Change, sources: dict[str, Document]) -> ChangeLine:
    source = sources.get(change.source)
    return ChangeLine(
        kind=str(change.kind),
        material=change.material,
        reported=one_line(report.words(change.reported)) if change.reported else "",
        original=one_line(source.words(change.original)) if change.original and source else "",
    )


def one_line(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def shorten(text: str, most: int) -> str:
    """`text` on one line, cut at a word where it is longer than `most` code points."""
    text = one_line(text)
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return (head[: head.rfind(" ")] if " " in head[most // 2 :] else head).rstrip(" ,;:") + "…"
