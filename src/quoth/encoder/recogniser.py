"""Names of persons, organisations and places, by a trained stack and the best path through its labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from quoth.encoder.base import (
    CLS,
    NO_SHAPE,
    SEP,
    WEIGHTS,
    Ids,
    Network,
    Vectors,
    Vocabulary,
    padded,
    shapes,
    word_ranges,
)
from quoth.encoder.decoding import Chain, best_paths
from quoth.encoder.embedder import buckets
from quoth.encoder.port import TaggedName
from quoth.values import EntityType, Span

#: Labels of the network: O, then B and I for each kind, in this order.
KINDS = (EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION)
_OUTSIDE = 0
_FORBIDDEN = -1e9
#: Pieces of a window without its two marks; the network was trained on windows of about 160.
LONGEST_WINDOW = 190
PIECES_AT_ONCE = 256
_ENDS = frozenset(".!?…")
#: Ends of names to which a full stop belongs; one or several initials; a surname before its comma.
_SHORTENED = re.compile(r"\b(?:Corp|Inc|Ltd|Co|Bros|Jr|Sr|(?:\w\.)+[A-Z])\Z")
_INITIALS = re.compile(r"(?:[A-Z]\. ?)+")
_INVERTED = re.compile(r"[A-Z][\w'’-]*, ")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph or a part of one that is decoded by itself.

    Attributes:
        ids: its pieces.
        shapes: the shape of each.
        words: first piece, and stretch of text, of each word.
    """

    ids: Ids
    shapes: Ids
    words: tuple[tuple[int, Span], ...]


class OnnxRecogniser:
    """The port `Recogniser` on an ONNX file."""

    def __init__(self, vocabulary: Vocabulary, file: Path = WEIGHTS / "recogniser.onnx", *, threads: int = 1) -> None:
        """Opens `file`.

        Raises:
            MissingPart: the file is not there.
        """
        self._vocabulary = vocabulary
        self._network = Network(file, threads=threads)

    def names(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedName]:
        """Names in reading order, none overlapping, none longer than a paragraph; see `Recogniser.names`."""
        stretches = [stretch for paragraph in paragraphs for stretch in self._stretches(text, paragraph)]
        windows = list(_windows(stretches))
        found: list[TaggedName] = []
        for batch in buckets([sum(len(s.ids) for s in window) for window in windows], PIECES_AT_ONCE):
            scores = self._scores([windows[index] for index in batch])
            for index, row in zip(batch, scores, strict=True):
                at = 1
                for stretch in windows[index]:
                    firsts = [at + first for first, _ in stretch.words]
                    found += _decoded(row[firsts], [span for _, span in stretch.words])
                    at += len(stretch.ids)
        return list(_mended(text, sorted(found, key=lambda name: name.span)))

    def _scores(self, windows: Sequence[Sequence[Stretch]]) -> Vectors:
        """Scores (windows, pieces with two marks, labels)."""
        ids, mask = padded([np.concatenate([[CLS], *(s.ids for s in window), [SEP]]) for window in windows])
        rows = [np.concatenate([[NO_SHAPE], *(s.shapes for s in window), [NO_SHAPE]]) for window in windows]
        kinds, _ = padded(rows)
        feeds: dict[str, npt.NDArray[Any]] = {
            "words": self._vocabulary.word_vectors(ids),
            "mask": mask,
            "shapes": kinds,
        }
        return self._network.run(feeds)[0]

    def _stretches(self, text: str, paragraph: Span) -> Iterator[Stretch]:
        """A paragraph, cut where it is too long for a window: at the end of a sentence if there is one."""
        inside = paragraph.of(text)
        encoded = self._vocabulary.encode(inside)
        kinds = shapes(inside, encoded.offsets)
        words = [part for first, last in word_ranges(inside, encoded.offsets) for part in _short(first, last)]
        begin = 0
        while begin < len(words):
            end = _cut(words, begin, inside, encoded.offsets)
            first, last = words[begin][0], words[end - 1][1]
            spans = tuple(
                (
                    a - first,
                    Span(int(encoded.offsets[a, 0]), int(encoded.offsets[b - 1, 1])).shifted(paragraph.start),
                )
                for a, b in words[begin:end]
            )
            yield Stretch(encoded.ids[first:last], kinds[first:last], spans)
            begin = end


def _mended(text: str, names: Sequence[TaggedName]) -> Iterator[TaggedName]:
    """The names with the full stop of a shortened word, and persons' names that were cut apart in one piece."""
    waiting: TaggedName | None = None
    for name in names:
        if _SHORTENED.search(text, name.span.start, name.span.end) and text.startswith(".", name.span.end):
            name = replace(name, span=Span(name.span.start, name.span.end + 1))  # noqa: PLW2901
        if waiting is not None:
            if waiting.type is name.type is EntityType.PERSON and _is_one(text, waiting.span, name.span):
                sure = min(waiting.confidence, name.confidence)
                name = TaggedName(Span(waiting.span.start, name.span.end), name.type, sure)  # noqa: PLW2901
            else:
                yield waiting
        waiting = name
    if waiting is not None:
        yield waiting


def _is_one(text: str, first: Span, second: Span) -> bool:
    """Whether two persons' names are one: an initial and what follows it, or "Surname, Given" as mail has it."""
    between = text[first.start : second.start]
    if _INITIALS.fullmatch(between):
        return True
    marked = text[first.start - 1 : first.start] == '"' == text[second.end : second.end + 1]
    return marked and _INVERTED.fullmatch(between) is not None


def _short(first: int, last: int) -> Iterator[tuple[int, int]]:
    """A word in parts that fit a window: scripts without spaces give "words" as long as a sentence."""
    for begin in range(first, last, LONGEST_WINDOW):
        yield begin, min(last, begin + LONGEST_WINDOW)


def _cut(words: Sequence[tuple[int, int]], begin: int, text: str, offsets: Ids) -> int:
    """Index just past the last word of the stretch that starts with word `begin`."""
    first, end = words[begin][0], begin
    while end < len(words) and words[end][1] - first <= LONGEST_WINDOW:
        end += 1
    if end == len(words):
        return end
    for index in range(end - 1, begin + (end - begin) // 2, -1):
        if text[int(offsets[words[index][0], 0])] in _ENDS:
            return index + 1
    return end


def _windows(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Stretches that stand next to each other, as many as fit a window."""
    window: list[Stretch] = []
    size = 0
    for stretch in stretches:
        if window and size + len(stretch.ids) > LONGEST_WINDOW:
            yield window
            window, size = [], 0
        window.append(stretch)
        size += len(stretch.ids)
    if window:
        yield window


def _chain() -> Chain:
    """Inside only after the beginning or the inside of the same kind."""
    labels = 1 + 2 * len(KINDS)
    step = np.zeros((labels, labels), dtype=np.float32)
    start = np.zeros(labels, dtype=np.float32)
    for inside in range(2, labels, 2):
        start[inside] = _FORBIDDEN
        step[:, inside] = _FORBIDDEN
        step[[inside - 1, inside], inside] = 0
    return Chain(step, start, np.zeros(labels, dtype=np.float32))


_CHAIN = _chain()


def _labels(chances: Vectors) -> list[int]:
    """The best allowed label of each word: nearly always the likeliest one, and else the best path."""
    labels = chances.argmax(axis=1)
    before = np.concatenate([[_OUTSIDE], labels[:-1]])
    if (_CHAIN.step[before, labels] == 0).all():
        return cast("list[int]", labels.tolist())
    paths = best_paths(np.log(chances + 1e-9)[None], np.array([len(labels)]), _CHAIN)
    return cast("list[int]", paths[0].tolist())


def _decoded(scores: Vectors, words: Sequence[Span]) -> list[TaggedName]:
    """The names of a row of words; the confidence of a name is that of its least sure word."""
    if not words:
        return []
    shifted = scores - scores.max(axis=1, keepdims=True)
    chances = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    labels = _labels(chances)
    found: list[TaggedName] = []
    at = 0
    while at < len(labels):
        label = labels[at]
        if label == _OUTSIDE:
            at += 1
            continue
        end = at + 1
        while end < len(labels) and labels[end] == label + 1:
            end += 1
        sure = [chances[at, label], *chances[at + 1 : end, label + 1]]
        span = Span(words[at].start, words[end - 1].end)
        found.append(TaggedName(span, KINDS[(label - 1) // 2], float(min(sure))))
        at = end
    return found
