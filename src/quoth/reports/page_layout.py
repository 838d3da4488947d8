"""The two texts laid out with what is known about their words: flat segments, none inside another.

A text must stay readable as a text: it shows what is quoted, what differs in weight, and where to read more. Changes
that are not material are marked in the findings only.

Statements may stand inside each other and share words with differences, so nested elements would cross. Cutting the
text at every boundary keeps each segment simple: its words, where it leads to, and how it is drawn.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from quoth.reports.view import View
from quoth.types import Block, BlockKind, Document, Grade, Span

LONG = 120_000  # code points of a text beyond which paragraphs that nothing points to are left out of the page
POINTING = frozenset({"finding", "change", "difference"})  # kinds of notes that keep a paragraph in sight
FEWEST_FOLDED = 3  # paragraphs; fewer are shown, since the line that hides them would be as long
AROUND = 2  # paragraphs shown on each side of one that something points to, in such a text


@dataclass(frozen=True, slots=True)
class Note:
    """Something known about a stretch of a text.

    Attributes:
        span: the stretch.
        kind: "finding", "change", "difference", "gone" or "extra".
        group: class that marks everything that belongs to one finding, difference or entry.
        here: id of this place.
        target: id of the place that tells more.
        label: what stands after the stretch: "3", "D1".
        words: class whose style tells in words what the label is, for those who cannot see the drawing.
        drawn: class that draws it.
    """

    span: Span
    kind: str
    group: str
    here: str = ""
    target: str = ""
    label: str = ""
    words: str = ""
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that are drawn in one way.

    Attributes:
        text: the words.
        classes: how they are drawn and what they belong to.
        target: id that they lead to; empty if nowhere.
        places: ids that stand before them.
        labels: what stands after them: (label, class that tells in words what it is).
    """

    text: str
    classes: str
    target: str
    places: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]

    @property
    def quiet(self) -> bool:
        """Whether only what is left out or added is known of it: the label leads there, and the words stay plain."""
        return self.classes.startswith(("gone", "extra"))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of a text; `skipped` paragraphs before it are not shown; `pointed`: a finding points to it."""

    kind: BlockKind
    segments: tuple[Segment, ...]
    skipped: int = 0
    pointed: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Paragraphs that are shown together, or folded away together; `lost` ones before them are not in the page."""

    paragraphs: tuple[Paragraph, ...]
    folded: bool
    lost: int = 0


def report_notes(seen: View, told: Container[int] = ()) -> list[Note]:
    """What is known about the report's words; `told`: numbers of differences that a finding tells already."""
    notes: list[Note] = []
    for finding in seen.findings:
        group = f"f{finding.number}"
        last = finding.statement.content[-1]
        for place, span in enumerate(finding.statement.content):
            notes.append(
                Note(
                    span,
                    "finding",
                    group,
                    here=f"r-{finding.anchor}" if place == 0 else "",
                    target=finding.anchor,
                    label=str(finding.number) if span == last else "",
                    words=f"is-{grade_class(finding.grade)[2:]}",
                    drawn=f"q {grade_class(finding.grade)}",
                )
            )
        notes += [
            Note(
                change.reported,
                "change",
                group,
                drawn="changed material" if change.original else "added material",
            )
            for change in finding.verdict.changes
            if change.reported and change.material
        ]
    notes += [
        _difference(one.discrepancy.report, one.number, f"r-{one.anchor}", one.anchor)
        for one in seen.differences
        if one.number not in told
    ]
    for extra in seen.extras:
        notes.append(
            Note(extra.span, "extra", f"a{extra.number}", extra.anchor, "", f"A{extra.number}", "is-extra", "extra")
        )
    return notes


def source_notes(seen: View, source: Document, told: Container[int] = ()) -> list[Note]:
    """What is known about the words of one source; `told`: numbers of differences that a finding tells already."""
    notes: list[Note] = []
    for finding in seen.findings:
        group = f"f{finding.number}"
        pieces = [piece.original for piece in finding.verdict.pieces if piece.source == source.id]
        for place, span in enumerate(pieces):
            notes.append(
                Note(
                    span,
                    "finding",
                    group,
                    here=f"o-{finding.anchor}" if place == 0 else "",
                    target=finding.anchor,
                    label=str(finding.number) if place == len(pieces) - 1 else "",
                    words=f"is-{grade_class(finding.grade)[2:]}",
                    drawn=f"q {grade_class(finding.grade)}",
                )
            )
        notes += [
            Note(
                change.original,
                "change",
                group,
                drawn="changed material" if change.reported else "left-out material",
            )
            for change in finding.verdict.changes
            if change.original and change.material and change.source == source.id
        ]
    notes += [
        _difference(one.discrepancy.original, one.number, f"o-{one.anchor}", one.anchor)
        for one in seen.differences
        if one.source.id == source.id and one.number not in told
    ]
    for gone in seen.gone:
        if gone.source.id == source.id:
            notes.append(
                Note(
                    gone.entry.span, "gone", f"l{gone.number}", f"o-{gone.anchor}", gone.anchor, f"L{gone.number}",
                    "is-gone", "gone",
                )
            )  # fmt: skip
    return notes


def _difference(span: Span, number: int, here: str, target: str) -> Note:
    return Note(span, "difference", f"d{number}", here, target, f"D{number}", "is-difference", "differs")


def grade_class(grade: Grade) -> str:
    """The class that draws a grade."""
    return "g-" + str(grade).replace(" ", "-")


def paragraphs(document: Document, notes: Sequence[Note]) -> list[Paragraph]:
    """The text of `document` as paragraphs of segments; nothing of the text is lost unless it is long."""
    blocks = list(whole_layout(document))
    shown = range(len(blocks))
    keep = set(shown)
    if len(document.text) > LONG:
        met = [at for at in shown if any(note.span.meets(blocks[at].span) for note in notes)]
        keep = {near for at in met or [0] for near in range(at - AROUND, at + AROUND + 1)}
    found: list[Paragraph] = []
    placed: set[str] = set()
    skipped = 0
    for at in shown:
        if at not in keep:
            skipped += 1
            continue
        block = blocks[at]
        pointed = any(note.kind in POINTING and note.span.meets(block.span) for note in notes)
        pieces = tuple(segments(document.text, block.span, notes, placed))
        found.append(Paragraph(block.kind, pieces, skipped, pointed))
        skipped = 0
    if skipped:
        found.append(Paragraph(BlockKind.PARAGRAPH, (), skipped))
    return found


def runs(found: Sequence[Paragraph]) -> Iterator[Run]:
    """Paragraphs in runs: those that a finding points to are shown with one on each side, and the first one always.

    Longer runs between them are folded away.
    """
    near = {at + step for at, one in enumerate(found) if one.pointed for step in (-1, 0, 1)} | {0}
    for shown, group in groupby(enumerate(found), key=lambda pair: pair[0] in near):
        together = [one for _, one in group]
        start = 0
        for at, one in enumerate(together):
            if one.skipped and at > start:
                yield Run(tuple(together[start:at]), not shown and at - start >= FEWEST_FOLDED, together[start].skipped)
                start = at
        rest = tuple(one for one in together[start:] if one.segments)
        yield Run(rest, not shown and len(rest) >= FEWEST_FOLDED, together[start].skipped)


def shown_length(found: Sequence[Run]) -> int:
    """How many code points of a text are shown at first."""
    return sum(
        len(segment.text) for run in found if not run.folded for one in run.paragraphs for segment in one.segments
    )


def whole_layout(document: Document) -> Iterator[Block]:
    """The document's blocks, and a paragraph for every stretch of text that no block covers."""
    at = 0
    end = len(document.text)
    for block in sorted(document.blocks, key=lambda one: one.span):
        yield from _uncovered(document.text, at, block.span.start)
        if block.span.end > at:
            yield Block(block.kind, Span(max(at, block.span.start), block.span.end))
            at = block.span.end
    yield from _uncovered(document.text, at, end)


def _uncovered(text: str, start: int, end: int) -> Iterator[Block]:
    while start < end:
        stop = text.find("\n\n", start, end)
        stop = end if stop < 0 else stop
        span = Span(start, stop).trimmed(text)
        if span.length:
            yield Block(BlockKind.PARAGRAPH, span)
        start = stop + 2


def segments(text: str, span: Span, notes: Iterable[Note], placed: set[str] | None = None) -> Iterator[Segment]:
    """`span` of `text`, cut wherever something begins or ends; ids in `placed` have had their place before."""
    placed = set() if placed is None else placed
    meeting = [note for note in notes if note.span.meets(span)]
    bounds = sorted(
        {span.start, span.end}
        | {at for note in meeting for at in (note.span.start, note.span.end) if span.start < at < span.end}
    )
    for start, end in pairwise(bounds):
        over = [note for note in meeting if note.span.start <= start and end <= note.span.end]
        over.sort(key=lambda note: note.span.length)  # the innermost first
        leading = [note for note in over if note.target]
        drawn: list[str] = []
        for kind in ("finding", "change", "difference", "gone", "extra"):
            drawn += [note.drawn for note in over if note.kind == kind][:1]
        groups = sorted({note.group for note in over})
        places = [note.here for note in over if note.here and note.here not in placed]
        placed.update(places)
        yield Segment(
            text=text[start:end],
            classes=" ".join([*drawn, *groups]),
            target=leading[0].target if leading else "",
            places=tuple(places),
            labels=tuple(
                (note.label, note.words)
                for note in meeting  # in the order of their numbers
                if note.label and note.span.end == end
            ),
        )
