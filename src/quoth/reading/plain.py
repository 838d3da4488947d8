"""Plain text to a Document: the text stays as it is, the layout is read from its words and line breaks."""

import hashlib
import re
from collections.abc import Sequence
from itertools import takewhile

from quoth.reading.blocks import cells, item_mark, stretches
from quoth.reading.datelines import dateline, stamps, title_date
from quoth.reading.headlines import HEAD, Line, name_the_head
from quoth.reading.language import language
from quoth.reading.line_classifier import Dates, lines
from quoth.types import Block, BlockKind, Document, Span, UnusableInput

_TAIL = 6  # stretches at the foot of a text where by-lines stand as well
_SUBHEAD_LONGEST, _SUBHEAD_WORDS = 80, 12
_BARS = 2  # in each of two neighbouring lines of a table


_CORRECTION = re.compile(r"\b(?:correct(?:ion|ed|s)|an earlier version)\b", re.IGNORECASE)
_CORRECTION_NEAR = 1_500  # code points before the foot of a text


def read_text(
    text: str,
    id: str,  # noqa: A002  the record's own name for it
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Document:
    """A Document of a text that is already at hand.

    Args:
        text: the text, in Unicode; kept unchanged, so that offsets are offsets into it.
        id: name of the document.
        title: headline, where the record names it; otherwise it is looked for in the text.
        publisher: who published it, if known.
        published: when, in any of the forms read from a page; otherwise it is looked for in the text.
        url: address, if known.

    Returns:
        The document with its blocks: in reading order, never overlapping, without white space at their ends.

    Raises:
        UnusableInput: the text holds nothing but white space.
    """
    if not text.strip():
        raise UnusableInput(f"{id}: the text is empty, so there is nothing to examine.")
    blocks, dates = _blocks(text, title)
    heading = next((block.span for block in blocks if block.kind is BlockKind.TITLE), None)
    return Document(
        id=id,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=title or (" ".join(heading.of(text).split()).rstrip(";") if heading else None),
        publisher=publisher,
        published=given_date(published) or first_date(text, dates, blocks),
        language=language(text),
        url=url,
        blocks=tuple(blocks),
    )


def given_date(published: str | None) -> str | None:
    """A date that came with the record, in ISO 8601."""
    if not published:
        return None
    stamp = next(stamps(published, 0, min(len(published), 80)), None)
    return stamp.value if stamp else None


def _blocks(text: str, title: str | None) -> tuple[list[Block], Dates]:
    """The layout, and the dates of publication found in it, each with whether it names a later change."""
    dates: Dates = []
    return named(text, divided(text, stretches(text), dates), title), dates


def divided(text: str, pieces: Sequence[Span], dates: Dates) -> list[Line]:
    """The parts of some stretches, each with the kind its own words tell; `dates` receives the dates on the way."""
    parts: list[Line] = []
    for number, span in enumerate(pieces):
        edge = number < HEAD or number >= len(pieces) - _TAIL
        parts.extend(lines(text, span, dates, edge=edge))
    return _with_tables(text, _with_items(text, parts))


def named(text: str, parts: Sequence[Line], title: str | None) -> list[Block]:
    """Blocks of the parts of a text, those told that only their place can tell: headline, standfirst, subheads."""
    head = name_the_head(text, parts, title)
    blocks: list[Block] = []
    for number, part in enumerate(parts):
        kind = head[number] if number < len(head) else part.kind
        if kind is None:
            kind = BlockKind.SUBTITLE if _subhead(text, parts, number) else BlockKind.PARAGRAPH
        blocks.append(Block(kind, part.span))
    return blocks


def _with_items(text: str, parts: list[Line]) -> list[Line]:
    """The parts, those that begin with a dash or a number named as items where they stand beside another item."""
    lengths = [item_mark(text, part.span)[0] if part.kind is None else 0 for part in parts]
    if not any(lengths):
        return parts
    items = [bool(length) or part.kind is BlockKind.LIST for length, part in zip(lengths, parts, strict=True)]
    found = list(parts)
    for number, length in enumerate(lengths):
        if length and ((number and items[number - 1]) or (number + 1 < len(items) and items[number + 1])):
            span = parts[number].span
            found[number] = Line(Span(span.start + length, span.end), BlockKind.LIST)
    return found


def _with_tables(text: str, parts: list[Line]) -> list[Line]:
    """The parts, the rows of a table as one."""
    if not any(part.kind is BlockKind.TABLE for part in parts) and "|" not in text:
        return parts
    bars = [cells(text, part.span) if part.kind in {None, BlockKind.TABLE} else 0 for part in parts]
    for number in range(1, len(parts)):
        if bars[number - 1] == bars[number] >= _BARS:  # a row alone may be "By Mira Coll | 2 May 2031 | Politics"
            parts[number - 1 : number + 1] = [
                Line(part.span, BlockKind.TABLE) for part in parts[number - 1 : number + 1]
            ]
    found: list[Line] = []
    for part in parts:
        last = found[-1] if found else None
        rows = last is not None and part.kind is BlockKind.TABLE and last.kind is BlockKind.TABLE
        if last is not None and rows and text.count("\n", last.span.end, part.span.start) == 1:
            found[-1] = Line(Span(last.span.start, part.span.end), BlockKind.TABLE)
        else:
            found.append(part)
    return found


def _subhead(text: str, parts: Sequence[Line], number: int) -> bool:
    """Whether a short line between two paragraphs is a heading of what follows."""
    span = parts[number].span
    if number + 1 >= len(parts) or span.length > _SUBHEAD_LONGEST or number == 0:
        return False
    words = span.of(text)
    before, after = parts[number - 1], parts[number + 1]
    return (
        words[:1].isupper()
        and words[-1].isalnum()
        and not any(mark in words for mark in '“”"«»„')
        and len(words.split()) <= _SUBHEAD_WORDS
        and after.kind in {None, BlockKind.LIST, BlockKind.QUOTE}
        and after.span.length > len(words)
        and text[before.span.end - 1] not in ":,;"
    )


def first_date(text: str, dates: Dates, blocks: list[Block], *, of_titles: bool = True) -> str | None:
    """The day of publication: of the head, else of the dateline, a title, or the foot; rather first than changed.

    The title of a web page may be dated for another reason (`of_titles`).
    """
    titled = _of_titles(text, blocks) if of_titles else None
    running = [block.span for block in blocks if block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.QUOTE}]
    if not running:
        return _first(dates) or titled
    head = [entry for entry in dates if entry[0].span.start <= running[0].start]
    foot = [entry for entry in dates if entry[0].span.start >= running[-1].start]
    if found := _first(head) or dateline(text, running[0]) or titled:
        return found
    corrected = _CORRECTION.search(text, max(0, running[-1].start - _CORRECTION_NEAR)) is not None
    return None if corrected else _first(foot)  # a correction at the foot is dated itself


def _of_titles(text: str, blocks: list[Block]) -> str | None:
    """The day that a headline or the line below it ends with, before running text begins."""
    head = {BlockKind.TITLE, BlockKind.SUBTITLE}
    above = takewhile(lambda block: block.kind is not BlockKind.PARAGRAPH, blocks)
    found = (title_date(text, block.span) for block in above if block.kind in head)
    return next((day for day in found if day is not None), None)


def _first(dates: Dates) -> str | None:
    values = [(is_later, stamp.value) for stamp, is_later in dates if stamp.value]
    return min(values, key=lambda entry: entry[0])[1] if values else None
