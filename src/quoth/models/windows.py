"""Paragraphs to windows of pieces: what a stack reads at once.

A window holds whole paragraphs with a mark between them, since a statement's cue, source and content may stand in
different ones. Windows of a text are as even as they can be, so that none is read without its neighbourhood.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from quoth.models.quotation_features import standings
from quoth.models.session import CLS, NO_SHAPE, SEP, Ids, Vocabulary, shape, word_ranges
from quoth.types import Span

#: Pieces of a window at most, its marks included; the tagger is trained on no more.
LIMIT = 190
#: Pieces that two windows of one overlong paragraph share.
SHARED = 60
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in pieces and words.

    Attributes:
        ids: its pieces, shape (pieces,).
        shapes: the shape of each piece's word, shape (pieces,).
        standing: each piece's standing towards quotation marks, shape (pieces,).
        first: each word's first piece, shape (words,).
        bounds: the first piece of each word, and the number of pieces, shape (words + 1,).
        starts: where each word starts in the whole text, in code points, shape (words,).
        ends: where each word ends, shape (words,).
    """

    ids: Ids
    shapes: Ids
    standing: Ids
    first: Ids
    bounds: Ids
    starts: Ids
    ends: Ids


@dataclass(frozen=True, slots=True)
class Part:
    """Words `[low, high)` of a paragraph; those in `[own_low, own_high)` belong to no other part."""

    number: int
    paragraph: Paragraph
    low: int
    high: int
    own_low: int
    own_high: int

    @property
    def pieces(self) -> int:
        """How many pieces it takes."""
        bounds = self.paragraph.bounds
        return int(bounds[self.high] - bounds[self.low])


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces with their features, and words.

    Attributes:
        ids: pieces with marks before, between and after paragraphs, shape (pieces,).
        shapes: shape (pieces,).
        standing: shape (pieces,).
        first: each word's first piece in the window, shape (words,).
        starts: where each word starts in the text, shape (words,).
        ends: where each word ends, shape (words,).
        paragraph: the number of each word's paragraph, shape (words,).
        own: whether a cue that begins at this word is this window's to report, shape (words,).
    """

    ids: Ids
    shapes: Ids
    standing: Ids
    first: Ids
    starts: Ids
    ends: Ids
    paragraph: Ids
    own: Ids


def read_paragraph(vocabulary: Vocabulary, text: str, span: Span) -> Paragraph | None:
    """The pieces and words of one paragraph; None if it holds none."""
    inside = span.of(text)
    ids, offsets = vocabulary.encode(inside)
    if not len(ids):
        return None
    ranges = word_ranges(inside, offsets)  # scripts without spaces give "words" as long as a sentence: those in parts
    first = np.array([part for low, high in ranges for part in range(low, high, _LONGEST_WORD)], dtype=np.int64)
    # a letter that the vocabulary takes apart gives several pieces for one place: they are one word
    reached = np.maximum.accumulate(offsets[:, 1])
    first = first[(first == 0) | (offsets[first, 0] >= reached[first - 1])]
    bounds = np.append(first, len(ids))
    word = np.repeat(np.arange(len(first)), np.diff(bounds))
    starts, ends = offsets[first, 0], reached[bounds[1:] - 1]
    shapes = np.array([shape(inside[s:e]) for s, e in zip(starts.tolist(), ends.tolist(), strict=True)], dtype=np.int64)
    standing = standings(inside, starts)
    return Paragraph(ids, shapes[word], standing[word], first, bounds, starts + span.start, ends + span.start)


def read_windows(vocabulary: Vocabulary, text: str, paragraphs: Sequence[Span], limit: int = LIMIT) -> list[Window]:
    """The windows of a text, in reading order, as few and as even as whole paragraphs allow."""
    parts = [
        part
        for number, span in enumerate(paragraphs)
        if (paragraph := read_paragraph(vocabulary, text, span)) is not None
        for part in _cut(number, paragraph, limit)
    ]
    if not parts:
        return []
    packed = _packed(parts, limit)
    least = max(part.pieces + 2 for part in parts)
    for lower in range(max(least, limit // 3), limit, 8):
        tried = _packed(parts, lower)
        if len(tried) == len(packed):
            packed = tried
            break
    return [window_of(some) for some in packed]


def _cut(number: int, paragraph: Paragraph, limit: int) -> Iterator[Part]:
    """A paragraph as one part, or as overlapping ones if it is too long for a window."""
    bounds = paragraph.bounds
    count = len(paragraph.first)
    low = own_low = 0
    while True:
        high = int(np.searchsorted(bounds, bounds[low] + limit - 2, side="right")) - 1
        if high >= count:
            yield Part(number, paragraph, low, count, own_low, count)
            return
        following = int(np.searchsorted(bounds, bounds[high] - SHARED, side="left"))
        following = max(low + 1, min(following, high))
        own_high = (following + high + 1) // 2
        yield Part(number, paragraph, low, high, own_low, own_high)
        low, own_low = following, own_high


def _packed(parts: Sequence[Part], limit: int) -> list[list[Part]]:
    """Parts that stand next to each other, as many as fit."""
    packed: list[list[Part]] = []
    size = limit
    for part in parts:
        if size + part.pieces + 1 > limit or (packed and packed[-1][-1].number == part.number):
            packed.append([])
            size = 1
        packed[-1].append(part)
        size += part.pieces + 1
    return packed


def window_of(parts: Sequence[Part]) -> Window:
    """One window of some parts; a window of none is not allowed."""
    ids, shapes, standing = [np.array([CLS])], [np.array([NO_SHAPE])], [np.array([0])]
    words: list[tuple[Ids, ...]] = []
    size = 1
    for part in parts:
        paragraph, bounds = part.paragraph, part.paragraph.bounds
        pieces, inside = slice(bounds[part.low], bounds[part.high]), slice(part.low, part.high)
        ids += [paragraph.ids[pieces], np.array([SEP])]
        shapes += [paragraph.shapes[pieces], np.array([NO_SHAPE])]
        standing += [paragraph.standing[pieces], np.array([0])]
        place = np.arange(part.low, part.high)
        words.append(
            (
                paragraph.first[inside] - bounds[part.low] + size,
                paragraph.starts[inside],
                paragraph.ends[inside],
                np.full(part.high - part.low, part.number),
                ((place >= part.own_low) & (place < part.own_high)).astype(np.int64),
            )
        )
        size += part.pieces + 1
    columns = (np.concatenate(column) for column in zip(*words, strict=True))
    return Window(np.concatenate(ids), np.concatenate(shapes), np.concatenate(standing), *columns)
