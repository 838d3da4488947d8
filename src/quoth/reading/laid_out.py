"""A text whose layout its format gives, in part: what that leaves open is told by the words, as of a plain text."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quoth.reading.headlines import Line
from quoth.reading.language import language
from quoth.reading.line_classifier import Dates
from quoth.reading.plain import divided, first_date, given_date, named
from quoth.reading.raw import check_size
from quoth.types import Block, BlockKind, Box, Document, Span, UnusableInput

BETWEEN = "\n\n"  # stretches, in the text
#: Kinds that stand beside the text: no headline is told by what stands before or after them.
_BESIDE = frozenset({BlockKind.HEADER, BlockKind.FOOTER, BlockKind.STAGE, BlockKind.TIMESTAMP})


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a part of a stretch stands on a page.

    Attributes:
        page: number of the page, the first being 1.
        start: offset of the part in the stretch's text.
        end: offset just past it.
        box: left, top, right and bottom edge in points from the upper left corner of the page.
    """

    page: int
    start: int
    end: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Laid:
    """A stretch of a text as its format lays it out.

    Attributes:
        text: its words.
        kind: what it is; None where its words are to tell.
        placed: where its parts stand on their pages.
        speaker: who speaks.
        time: seconds from the beginning of a recording.
    """

    text: str
    kind: BlockKind | None = None
    placed: tuple[Placed, ...] = ()
    speaker: str | None = None
    time: float | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a format says about a text's publication."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = field(default=())


def laid_out(stretches: Iterable[Laid], id: str, said: Said | None = None, *, name: str | None = None) -> Document:  # noqa: A002
    """A Document of stretches that a format gives in reading order, blank lines between.

    Args:
        stretches: those with nothing but white space are left out.
        id: the document's id.
        said: what the format says about it.
        name: what it is called in messages; its id if not given.

    Raises:
        UnusableInput: there is no word in it, or too many.
    """
    said = said or Said()
    laid = [trimmed for one in stretches if (trimmed := _trimmed(one)).text]
    if not laid:
        raise UnusableInput(f"{name or id}: there is no text in it.")
    text = BETWEEN.join(one.text for one in laid)
    check_size(len(text.encode("utf-8", "surrogatepass")), name or id)
    spans: list[Span] = []
    at = 0
    for one in laid:
        spans.append(Span(at, at + len(one.text)))
        at = spans[-1].end + len(BETWEEN)
    blocks, dates = _blocks(text, laid, spans, said.title)
    heading = next((block.span for block in blocks if block.kind is BlockKind.TITLE), None)
    return Document(
        id=id,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=said.title or (" ".join(heading.of(text).split()).rstrip(";") if heading else None),
        publisher=said.publisher,
        published=given_date(said.published) or first_date(text, dates, blocks),
        language=language(text),
        url=said.url,
        blocks=tuple(blocks),
        notes=said.notes,
    )


def _trimmed(one: Laid) -> Laid:
    text = one.text.strip()
    cut = len(one.text) - len(one.text.lstrip())
    if len(text) == len(one.text):
        return one
    moved = [replace(part, start=max(0, part.start - cut), end=min(len(text), part.end - cut)) for part in one.placed]
    return replace(one, text=text, placed=tuple(part for part in moved if part.start < part.end))


def _blocks(text: str, laid: Sequence[Laid], spans: Sequence[Span], title: str | None) -> tuple[list[Block], Dates]:
    """The blocks: those that the format names as they are, the others by their words and their place among these."""
    dates: Dates = []
    open_spans = [span for one, span in zip(laid, spans, strict=True) if one.kind is None]
    told = divided(text, open_spans, dates)
    fixed = [Line(span, one.kind) for one, span in zip(laid, spans, strict=True) if one.kind is not None]
    running = sorted([*told, *(line for line in fixed if line.kind not in _BESIDE)], key=lambda line: line.span)
    blocks = named(text, running, title)
    blocks += [Block(line.kind, line.span) for line in fixed if line.kind in _BESIDE and line.kind is not None]
    blocks.sort(key=lambda block: block.span)
    return _with_places(blocks, laid, spans), dates


def _with_places(blocks: Sequence[Block], laid: Sequence[Laid], spans: Sequence[Span]) -> list[Block]:
    """The blocks with what the stretches know that they stand in."""
    found: list[Block] = []
    number = 0
    for block in blocks:
        while spans[number].end < block.span.end:
            number += 1
        one, start = laid[number], spans[number].start
        boxes = tuple(
            Box(part.page, Span(max(block.span.start, begin), min(block.span.end, end)), part.box)
            for part in one.placed
            if (begin := start + part.start) < block.span.end and block.span.start < (end := start + part.end)
        )
        page = boxes[0].page if boxes else None
        found.append(replace(block, speaker=one.speaker, page=page, time=one.time, boxes=boxes))
    return found


def as_laid(found: Sequence[Mapping[str, object]]) -> list[Laid]:
    """Stretches as a confined reader gives them: `{"text", "kind", "placed": [[page, start, end, l, t, r, b]]}`."""
    made: list[Laid] = []
    for one in found:
        placed = one.get("placed") or []
        assert isinstance(placed, list)
        kind = one.get("kind")
        made.append(
            Laid(
                str(one["text"]),
                BlockKind(str(kind)) if kind else None,
                tuple(Placed(page, start, end, (*box,)) for page, start, end, *box in placed),
            )
        )
    return made
