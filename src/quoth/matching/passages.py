"""A source made ready for many quotations: its units, its sentences, where each word stands."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from quoth.doc.sentences import sentences
from quoth.doc.stems import stem
from quoth.doc.tokens import Unit, units, weight
from quoth.models.ports import Embedder
from quoth.types import BODY_KINDS, Document, Span

#: A table without full stops is not one sentence; nobody reads on for longer than this, in units.
LONGEST_SENTENCE = 120


@dataclass(frozen=True, slots=True)
class Prepared:
    """One document, ready to be searched.

    Attributes:
        document: the document.
        units: its words, in order.
        keys: the key of each unit.
        weights: how much each unit tells.
        places: for each key, the numbers of the units that have it, in order.
        sentences: spans of its sentences, in order.
        first: for each sentence the number of its first unit; one more entry holds the number of units.
        stems: for each stem, the numbers of the sentences that hold it.
        embedder: what turns sentences into vectors, if there is one.
    """

    document: Document
    units: tuple[Unit, ...]
    keys: tuple[str, ...]
    weights: tuple[float, ...]
    places: Mapping[str, Sequence[int]]
    sentences: tuple[Span, ...]
    first: tuple[int, ...]
    embedder: Embedder | None = None
    _memory: dict[int, npt.NDArray[np.float32]] = field(default_factory=dict, repr=False, compare=False)
    _stems: dict[str, list[int]] = field(default_factory=dict, repr=False, compare=False)

    def sentence_of(self, unit: int) -> int:
        """The number of the sentence that a unit stands in."""
        return bisect_right(self.first, unit) - 1 if self.first else 0

    def units_of(self, sentence: int, last: int | None = None) -> tuple[int, int]:
        """The range of units of a sentence, or of all from it to `last`."""
        return self.first[sentence], self.first[(sentence if last is None else last) + 1]

    def vectors(self, numbers: Sequence[int]) -> npt.NDArray[np.float32] | None:
        """Array of shape (len(numbers), width) for some sentences, each made once; None without an embedder."""
        if self.embedder is None or not numbers:
            return None
        missing = [number for number in numbers if number not in self._memory]
        if missing:
            made = self.embedder.embed([self.sentences[number].of(self.document.text) for number in missing])
            self._memory.update(zip(missing, made, strict=True))
        return np.stack([self._memory[number] for number in numbers])

    @property
    def stems(self) -> Mapping[str, Sequence[int]]:
        """For each stem of a content word the numbers of the sentences that hold it; made when first asked for."""
        if not self._stems:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for number in range(len(self.sentences)):
                start, end = self.units_of(number)
                for key in {stem(key) for key in self.keys[start:end]}:
                    found[key].append(number)
            self._stems.update(found)
        return self._stems


def prepare(document: Document, embedder: Embedder | None = None) -> Prepared:
    """Make a source ready. Cost is linear in its length; vectors are made only when a quotation needs them.

    Args:
        document: the source. Sentences never cross its blocks, if it has any.
        embedder: turns sentences into vectors, for finding what shares no words.
    """
    text = document.text
    found = tuple(units(text))
    keys = tuple(unit.key for unit in found)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        places[key].append(number)
    spans, first = _sentences(document, found)
    return Prepared(
        document=document,
        units=found,
        keys=keys,
        weights=tuple(weight(key) for key in keys),
        places=dict(places),
        sentences=spans,
        first=first,
        embedder=embedder,
    )


def _sentences(document: Document, found: Sequence[Unit]) -> tuple[tuple[Span, ...], tuple[int, ...]]:
    """The sentences that hold units, and the number of the first unit of each; every unit belongs to one."""
    text = document.text
    cuts = _cuts(document)
    spans: list[Span] = []
    first: list[int] = []
    at = 0
    for span in cuts:
        start = at
        while at < len(found) and found[at].start < span.end:
            at += 1
        for begin in range(start, at, LONGEST_SENTENCE):
            stop = min(at, begin + LONGEST_SENTENCE)
            whole = begin == start and stop == at
            spans.append(span if whole else Span(found[begin].start, found[stop - 1].end))
            first.append(begin)
    if at < len(found):
        spans.append(Span(found[at].start, len(text)).trimmed(text))
        first.append(at)
    return tuple(spans), (*first, len(found))


def _cuts(document: Document) -> list[Span]:
    """The sentences of a document, block by block where it has blocks; lines that end without a mark end a sentence."""
    text = document.text
    blocks = [block.span for block in document.blocks if block.kind in BODY_KINDS]
    if not blocks or len(blocks) < len(document.blocks):
        blocks = sorted([block.span for block in document.blocks]) or [Span(0, len(text))]
    found: list[Span] = []
    for block in blocks:
        found += [span.shifted(block.start) for span in sentences(block.of(text))]
    return found
