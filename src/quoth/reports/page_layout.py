"""The two texts laid out with what is known about their words: segments side by side, none inside another.

A text must stay readable as a text: it shows what is quoted, what differs in weight, and where to read more. Changes
that are not material are marked in the findings only.

Statements may stand inside each other and share words with differences, so nested elements would cross. Cutting the
text where any of these begins or ends keeps each segment simple: its words, where it leads to, and how it is drawn.
Only material changes stand inside a segment.

Ids are short, since a long page has thousands of them: finding 12 is `f12`, its place in the report `rf12`, its place
in a source `of12`; `d` stands for a difference, `l` for what is left out, `a` for what is added.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from quoth.reports.view import View
from quoth.types import Block, BlockKind, Document, Grade, Span

LONG = 120_000  # code points of a text beyond which paragraphs that nothing points to are left out of the page
POINTING = frozenset({"finding", "change", "difference"})  # kinds of notes that keep a paragraph in sight
FEWEST_FOLDED = 3  # paragraphs; fewer are shown, since the line that hides them would be as long
#: Classes of marks in the texts; a long page has hundreds of them.
MARK_CLASSES = {
    Grade.VERBATIM: "v",
    Grade.ABRIDGED: "b",
    Grade.REWORDED: "w",
    Grade.SPLICED: "s",
    Grade.ALTERED: "a",
    Grade.NOT_FOUND: "n",
    Grade.UNCLEAR: "u",
}
AROUND = 2  # paragraphs shown on each side of one that something points to, in such a text


@dataclass(frozen=True, slots=True)
class Note:
    """Something known about a stretch of a text.

    Attributes:
        span: the stretch.
        kind: "finding", "change", "difference", "gone" or "extra".
        group: id of the finding, difference or entry that it belongs to, which tells more.
        here: id of this place.
        label: what stands after the stretch: "3", "D1".
        drawn: class that draws it, and whose style tells in words what the label is; of a change the element.
    """

    span: Span
    kind: str
    group: str
    here: str = ""
    label: str = ""
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that are drawn in one way.

    Attributes:
        pieces: the words, and the element that marks them as changed; empty if they are not.
        classes: how they are drawn, and what they belong to besides the target.
        target: id that they lead to; empty if nowhere.
        places: ids that stand before them.
        labels: what stands after them: (label, class that tells in words what it is; empty if `classes` do).
    """

    pieces: tuple[tuple[str, str], ...]
    classes: str
    target: str
    places: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The words."""
        return "".join(words for words, _ in self.pieces)

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
                    here=f"r{group}" if place == 0 else "",
                    label=str(finding.number) if span == last else "",
                    drawn=MARK_CLASSES[finding.grade],
                )
            )
        notes += [
            Note(
                change.reported,
                "change",
                group,
                drawn="u" if change.original else "ins",
            )
            for change in finding.verdict.changes
            if change.reported and change.material
        ]
    notes += [
        _difference(one.discrepancy.report, "r", one.number) for one in seen.differences if one.number not in told
    ]
    notes += [_entry(extra.span, "extra", f"ra{extra.number}") for extra in seen.extras]
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
                    here=f"o{group}" if place == 0 else "",
                    label=str(finding.number) if place == len(pieces) - 1 else "",
                    drawn=MARK_CLASSES[finding.grade],
                )
            )
        notes += [
            Note(
                change.original,
                "change",
                group,
                drawn="u" if change.reported else "del",
            )
            for change in finding.verdict.changes
            if change.original and change.material and change.source == source.id
        ]
    notes += [
        _difference(one.discrepancy.original, "o", one.number)
        for one in seen.differences
        if one.source.id == source.id and one.number not in told
    ]
    notes += [_entry(gone.entry.span, "gone", f"ol{gone.number}") for gone in seen.gone if gone.source.id == source.id]
    return notes


def _difference(span: Span, side: str, number: int) -> Note:
    return Note(span, "difference", f"d{number}", f"{side}d{number}", f"D{number}", "differs")


def _entry(span: Span, kind: str, here: str) -> Note:
    return Note(span, kind, here[1:], here, here[1:].upper(), kind)


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


def segments(text: str, span: Span, notes: Iterable[Note], placed: set[str] | None = None) -> list[Segment]:
    """`span` of `text`, cut wherever something begins or ends; ids in `placed` have had their place before."""
    placed = set() if placed is None else placed
    meeting = [note for note in notes if note.span.meets(span)]
    bounds = sorted(
        {span.start, span.end}
        | {at for note in meeting for at in (note.span.start, note.span.end) if span.start < at < span.end}
    )
    found: list[Segment] = []
    for start, end in pairwise(bounds):
        over = [note for note in meeting if note.span.start <= start and end <= note.span.end]
        over.sort(key=lambda note: note.span.length)  # the innermost first
        first = {note.kind: note for note in reversed(over)}
        drawn = [first[kind] for kind in ("finding", "difference", "gone", "extra") if kind in first]
        target = next((note.group for note in over if note.kind != "change"), "")
        places = [note.here for note in over if note.here and note.here not in placed]
        placed.update(places)
        segment = Segment(
            pieces=((text[start:end], first["change"].drawn if "change" in first else ""),),
            classes=" ".join([*(note.drawn for note in drawn), *sorted({note.group for note in over} - {target})]),
            target=target,
            places=tuple(places),
            labels=tuple(
                (note.label, "" if note.drawn == drawn[0].drawn else note.drawn)
                for note in meeting  # in the order of their numbers
                if note.label and note.span.end == end
            ),
        )
        last = found[-1] if found else None
        if last and not last.labels and not places and (last.target, last.classes) == (target, segment.classes):
            found[-1] = replace(segment, pieces=last.pieces + segment.pieces, places=last.places)
        else:
            found.append(segment)
    return found
