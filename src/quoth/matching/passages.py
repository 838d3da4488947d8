"""A source made ready for many quotations: its units, its sentences, where each word stands."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from typing import Any

import numpy as np
import numpy.typing as npt

from quoth.doc.doc import analysed
from quoth.doc.tokens import Unit
from quoth.models.ports import Embedder
from quoth.types import Document, Span


@dataclass(frozen=True, slots=True)
class Prepared:
    """One document, ready to be searched.

    Attributes:
        document: the document.
        units: its words, in order.
        keys: the key of each unit.
        weights: how much each unit tells.
        stemmed: the stem of each unit.
        places: for each key, the numbers of the units that have it, in order.
        sentences: spans of its sentences, in order.
        first: for each sentence the number of its first unit; one more entry holds the number of units.
        stems: for each stem, the numbers of the sentences that hold it.
        embedder: what turns sentences into vectors, if there is one.
        found: what was searched for in it, with what was found.
    """

    document: Document
    units: tuple[Unit, ...]
    keys: tuple[str, ...]
    weights: tuple[float, ...]
    stemmed: tuple[str, ...]
    places: Mapping[str, Sequence[int]]
    sentences: tuple[Span, ...]
    first: tuple[int, ...]
    embedder: Embedder | None = None
    found: dict[object, object] = field(default_factory=dict, repr=False, compare=False)
    _memory: dict[int, npt.NDArray[np.float32]] = field(default_factory=dict, repr=False, compare=False)
    _stems: dict[str, list[int]] = field(default_factory=dict, repr=False, compare=False)
    _numbers: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    _reaches: dict[int, npt.NDArray[np.int32]] = field(default_factory=dict, repr=False, compare=False)
    _pairs: dict[str, npt.NDArray[Any]] = field(default_factory=dict, repr=False, compare=False)

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

    def places_of(self, one: str, other: str) -> npt.NDArray[np.int32]:
        """The numbers of the units with the key `one` that stand before one with the key `other`, in order."""
        if not self._pairs:
            numbers = {key: number for number, key in enumerate(self.places)}
            self._numbers.update(numbers)
            ids = np.fromiter((numbers[key] for key in self.keys), dtype=np.int64, count=len(self.keys))
            pairs = ids[:-1] * len(numbers) + ids[1:]
            order = np.argsort(pairs, kind="stable").astype(np.int32)
            self._pairs.update(ids=ids, pairs=pairs[order], order=order)
        first, second = self._numbers.get(one), self._numbers.get(other)
        if first is None or second is None:
            return np.zeros(0, dtype=np.int32)
        pair = first * len(self._numbers) + second
        low, high = (int(np.searchsorted(self._pairs["pairs"], pair, side)) for side in ("left", "right"))
        found: npt.NDArray[np.int32] = self._pairs["order"][low:high]
        return found

    def which(self, places: npt.NDArray[np.int32], step: int, key: str) -> npt.NDArray[np.int32]:
        """Those of some units for which the unit `step` further on has a key; `places_of` made them."""
        number = self._numbers.get(key, -1)
        inside = places[: np.searchsorted(places, len(self.keys) - step)]
        found: npt.NDArray[np.int32] = inside[self._pairs["ids"][inside + step] == number]
        return found

    def reaches(self, most: int) -> npt.NDArray[np.int32]:
        """For each sentence the last one of the stretch from it on that has at most so many code points, or itself."""
        if most not in self._reaches:
            starts = np.fromiter((span.start for span in self.sentences), dtype=np.int64, count=len(self.sentences))
            ends = np.fromiter((span.end for span in self.sentences), dtype=np.int64, count=len(self.sentences))
            last = np.searchsorted(ends, starts + most, side="right") - 1
            self._reaches[most] = np.maximum(last, np.arange(len(starts))).astype(np.int32)
        return self._reaches[most]

    @property
    def stems(self) -> Mapping[str, Sequence[int]]:
        """For each stem of a content word the numbers of the sentences that hold it; made when first asked for."""
        if not self._stems:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for number in range(len(self.sentences)):
                start, end = self.units_of(number)
                for word in {*self.stemmed[start:end]}:
                    found[word].append(number)
            self._stems.update(found)
        return self._stems


def prepare(document: Document, embedder: Embedder | None = None) -> Prepared:
    """Make a source ready. Cost is linear in its length; vectors are made only when a quotation needs them.

    Args:
        document: the source. Sentences never cross its blocks, if it has any.
        embedder: turns sentences into vectors, for finding what shares no words.
    """
    doc = analysed(document)
    return Prepared(
        document=document,
        units=doc.tokens,
        keys=doc.keys,
        weights=doc.weights,
        stemmed=doc.stems,
        places=_places(doc.keys),
        sentences=doc.sentences,
        first=doc.first,
        embedder=embedder,
    )


def _places(keys: Sequence[str]) -> Mapping[str, Sequence[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        places[key].append(number)
    return dict(places)


def narrowed(source: Prepared, kept: Sequence[int]) -> Prepared:
    """A source as if only some of its sentences stood in it, at their places; cost is that of these sentences.

    Args:
        source: the whole source.
        kept: numbers of the sentences, in order.
    """
    whole = source.document.text
    text: list[str] = []
    at = 0
    for span in (source.sentences[number] for number in kept):
        text += ("\n".ljust(span.start - at) if span.start > at else "", span.of(whole))
        at = span.end
    text.append("\n".ljust(len(whole) - at) if len(whole) > at else "")
    parts = [slice(*source.units_of(number)) for number in kept]
    keys = tuple(chain.from_iterable(source.keys[part] for part in parts))
    return Prepared(
        document=replace(source.document, text="".join(text)),
        units=tuple(chain.from_iterable(source.units[part] for part in parts)),
        keys=keys,
        weights=tuple(chain.from_iterable(source.weights[part] for part in parts)),
        stemmed=tuple(chain.from_iterable(source.stemmed[part] for part in parts)),
        places=_places(keys),
        sentences=tuple(source.sentences[number] for number in kept),
        first=tuple(accumulate((part.stop - part.start for part in parts), initial=0)),
        embedder=source.embedder,
    )
