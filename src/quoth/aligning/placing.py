"""Meaning: where a sentence comes from that shares few words with its source.

Without an embedder a sentence of the source is as likely a place as it holds weight of the reported words; with one,
likeness of meaning decides together with the words.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from quoth.aligning.preparing import Prepared
from quoth.text.stems import stem
from quoth.text.units import weight

#: How many neighbouring sentences a reported sentence may be drawn together from.
WIDEST = 3
#: How much of the reported weight a further sentence must add.
WORTH_ADDING = 0.12
#: The share that likeness of meaning has in the decision, beside the words.
MEANING_SHARE = 0.4
#: The share that the better neighbour of a sentence has: in speech a thought goes over several sentences.
NEIGHBOUR_SHARE = 0.3
#: The sentences that are read for meaning: those that the words make likeliest.
READ = 12
#: What is left of the weight of a word that every sentence has.
COMMONEST = 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of whole sentences of a source.

    Attributes:
        sentences: first and last sentence, inclusive.
        words: share of the reported weight that its words hold, 0..1.
        meaning: likeness of meaning, -1..1; None without an embedder.
    """

    sentences: tuple[int, int]
    words: float
    meaning: float | None = None

    @property
    def score(self) -> float:
        """What places are compared by."""
        if self.meaning is None:
            return self.words
        return (1 - MEANING_SHARE) * self.words + MEANING_SHARE * max(0.0, self.meaning)


def place(keys: Sequence[str], source: Prepared, vector: npt.NDArray[np.float32] | None = None) -> Place | None:
    """The best place of a reported sentence in a source, or None for an empty source.

    Args:
        keys: keys of the reported units.
        source: the prepared source.
        vector: the reported sentence's vector, where there is an embedder.
    """
    size = len(source.sentences)
    if not size:
        return None
    content = _content(keys, source)
    total = sum(content.values()) or 1.0
    holders: defaultdict[int, set[str]] = defaultdict(set)
    for word in content:
        for number in source.stems.get(word, ()):
            holders[number].add(word)
    words = np.zeros(size, dtype=np.float32)
    for number, held in holders.items():
        words[number] = sum(content[word] for word in held) / total
    score = _with_neighbours(words)
    likeness: dict[int, float] = {}
    if vector is not None and source.embedder is not None:
        likeness = _likenesses(score, source, vector)
        meaning = np.zeros(size, dtype=np.float32)
        for number, value in likeness.items():
            meaning[number] = value
        read = np.array([number in likeness for number in range(size)])
        score = np.where(read, (1 - MEANING_SHARE) * score + MEANING_SHARE * _with_neighbours(meaning), -1)
    best = int(np.argmax(score))
    first, last, share = _widened(best, holders, content, size)
    found = [likeness[number] for number in range(first, last + 1) if number in likeness]
    return Place((first, last), share / total, max(found) if found else None)


def _content(keys: Sequence[str], source: Prepared) -> dict[str, float]:
    """What each stem tells in this source: little, if most of its sentences have it."""
    size = len(source.sentences)
    found: dict[str, float] = {}
    for key in keys:
        word = stem(key)
        rarity = log((size + 1) / (len(source.stems.get(word, ())) + 0.5)) / log(size + 1) if size > 1 else 1.0
        found[word] = weight(key) * max(COMMONEST, rarity)
    return found


def _with_neighbours(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Each sentence's value with a share of the better one of its neighbours'."""
    before, after = np.zeros_like(values), np.zeros_like(values)
    before[1:], after[:-1] = values[:-1], values[1:]
    return ((values + NEIGHBOUR_SHARE * np.maximum(before, after)) / (1 + NEIGHBOUR_SHARE)).astype(np.float32)


def _likenesses(score: npt.NDArray[np.float32], source: Prepared, vector: npt.NDArray[np.float32]) -> dict[int, float]:
    """Likeness of meaning of the sentences that the words make likeliest; the others are not read."""
    likeliest = np.argsort(-score, kind="stable")[:READ]
    numbers = sorted(
        {number for best in likeliest.tolist() for number in (best - 1, best, best + 1)} & set(range(len(score)))
    )
    vectors = source.vectors(numbers)
    if vectors is None:
        return {}
    return {number: max(0.0, float(value)) for number, value in zip(numbers, vectors @ vector, strict=True)}


def _widened(
    best: int, holders: Mapping[int, set[str]], content: Mapping[str, float], size: int
) -> tuple[int, int, float]:
    """The best sentence with the neighbours that add enough: first, last, and the weight that they hold."""
    total = sum(content.values()) or 1.0
    first = last = best
    held = set(holders.get(best, ()))
    while last - first + 1 < WIDEST:
        options = [
            (sum(content[word] for word in holders.get(number, set()) - held) / total, number)
            for number in (first - 1, last + 1)
            if 0 <= number < size
        ]
        gain, number = max(options, default=(0.0, -1))
        if gain < WORTH_ADDING:
            break
        held |= holders[number]
        first, last = min(first, number), max(last, number)
    return first, last, sum(content[word] for word in held)
