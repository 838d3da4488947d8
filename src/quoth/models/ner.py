"""Names of persons, organisations and places: the best path through what the reader's stack says of each word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from quoth.models.decoding import Chain, best_paths
from quoth.models.encoder import Reader
from quoth.models.ports import TaggedName
from quoth.models.session import Ids, Vectors
from quoth.models.windows import Window
from quoth.types import EntityType, Span

#: Labels of the network: O, then B and I for each kind, in this order.
KINDS = (EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION)
_OUTSIDE = 0
_FORBIDDEN = -1e9
#: Ends of names to which a full stop belongs; one or several initials; a surname before its comma.
_SHORTENED = re.compile(r"\b(?:Corp|Inc|Ltd|Co|Bros|Jr|Sr|(?:\w\.)+[A-Z])\Z")
_INITIALS = re.compile(r"(?:[A-Z]\. ?)+")
_INVERTED = re.compile(r"[A-Z][\w'’-]*, ")


class OnnxRecogniser:
    """The port `Recogniser` on a reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def names(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedName]:
        """Names in reading order, none overlapping, none longer than a paragraph; see `Recogniser.names`."""
        found = [name for seen in self._reader.names(text, paragraphs) for name in _of_window(*seen)]
        found.sort(key=lambda name: (name.span.start, -name.span.end))
        kept: list[TaggedName] = []
        for name in found:  # where a paragraph was read in overlapping parts, the earlier part's name stands
            if not kept or name.span.start >= kept[-1].span.end:
                kept.append(name)
        return list(_mended(text, kept))


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


def _of_window(window: Window, scores: Vectors) -> Iterator[TaggedName]:
    """The names that begin in a window's own words, each as sure as its least sure word."""
    if not len(scores):
        return
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    labels = _labels(chances, np.flatnonzero(np.diff(window.paragraph)) + 1)
    for first in np.flatnonzero(labels % 2).tolist():
        label, end = labels[first], first + 1
        while end < len(labels) and labels[end] == label + 1:
            end += 1
        if window.own[first]:
            sure = min(chances[place, labels[place]] for place in range(first, end))
            span = Span(int(window.starts[first]), int(window.ends[end - 1]))
            yield TaggedName(span, KINDS[label // 2], float(sure))


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


def _labels(chances: Vectors, edges: Ids) -> Ids:
    """The best allowed label of each word, nearly always the likeliest; no name runs over the `edges` of paragraphs."""
    labels: Ids = chances.argmax(axis=1)
    before = np.concatenate([[_OUTSIDE], labels[:-1]])
    before[edges] = _OUTSIDE
    barred = np.flatnonzero(_CHAIN.step[before, labels])
    bounds = np.concatenate([[0], edges, [len(labels)]])
    for paragraph in sorted(set((np.searchsorted(bounds, barred, side="right") - 1).tolist())):
        low, high = bounds[paragraph], bounds[paragraph + 1]
        row = np.log(chances[None, low:high] + 1e-9)
        labels[low:high] = best_paths(row, np.array([high - low]), _CHAIN)[0]
    return labels
