"""Meaning: where a sentence comes from that shares few words with its source.

What speaks for a sentence of the source is how much weight of the reported words it and the sentences around it hold,
how many of them stand in the same order, how much it says at all, and, with an embedder, likeness of meaning. Together
they make some sentences likelier than others: the likeliest is where the words are paired, and the stretch in which the
place most probably is, short enough to be taken in at a glance, is what a reader is shown.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise
from math import fsum, log

import numpy as np
import numpy.typing as npt

from quoth.doc.stems import stem
from quoth.doc.tokens import weight
from quoth.matching.passages import Prepared

Floats = npt.NDArray[np.float64]

#: How many neighbouring sentences a reported sentence may be drawn together from.
WIDEST = 3
#: How much of the reported weight a further sentence must add.
WORTH_ADDING = 0.12
#: The share that likeness of meaning has where places of several reported sentences are compared, beside the words.
MEANING_SHARE = 0.4
#: The sentences that are read for meaning: those that the words make likeliest.
READ = 12
#: What is left of the weight of a word that every sentence has.
COMMONEST = 0.1
#: Sentences on either side that are on the same matter.
AROUND = 6
#: A longer sentence, in words, says no more for being longer.
LONG = 40
#: Stretches are told apart by this much of the likeliest sentence's chance.
CHANCE_THAT_TELLS = 1e-6
#: The longest stretch that is shown as the nearest, in code points: a paragraph or two.
LONGEST_SHOWN = 800


@dataclass(frozen=True, slots=True)
class Parts:
    """What each part that speaks for a sentence counts, all parts being from 0 to 1.

    Attributes:
        own: weight of the reported words that the sentence holds.
        around: weight of those that it or the sentences around it hold.
        pairs: share of the reported pairs of neighbouring words that it holds.
        length: its length in words, by the logarithm: what is quoted says something.
        likeness: of meaning.
    """

    own: float
    around: float
    pairs: float
    length: float
    likeness: float = 0.0


# Logistic regressions over the sentences of a transcript, fitted to statements of fact checkers that rest on it, by
# words alone and with an embedder; cross-validated with folds by event.
BY_WORDS = Parts(own=5.3, around=4.7, pairs=2.8, length=0.8)
BY_MEANING = Parts(own=3.3, around=1.0, pairs=2.0, length=0.7, likeness=3.3)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of whole sentences of a source.

    Attributes:
        sentences: first and last sentence, inclusive.
        words: share of the reported weight that its words hold, 0..1.
        meaning: likeness of meaning, -1..1; None without an embedder.
        shown: first and last sentence of the stretch in which the place most probably is.
    """

    sentences: tuple[int, int]
    words: float
    meaning: float | None
    shown: tuple[int, int]

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
    holders: defaultdict[int, set[str]] = defaultdict(set)
    for word in content:
        for number in source.stems.get(word, ()):
            holders[number].add(word)
    total = sum(content.values()) or 1.0
    parts = _parts(keys, content, holders, source)
    odds = parts @ np.array(astuple(BY_WORDS))
    likeness: dict[int, float] = {}
    if vector is not None and source.embedder is not None:
        likeness = _likenesses(odds, source, vector)
        read = np.array(sorted(likeness))
        parts[read, -1] = [likeness[number] for number in read.tolist()]
        odds = np.full(size, -np.inf)
        odds[read] = parts[read] @ np.array(astuple(BY_MEANING))
    first, last, share = _widened(int(np.argmax(odds)), holders, content, size)
    found = [likeness[number] for number in range(first, last + 1) if number in likeness]
    return Place((first, last), share / total, max(found) if found else None, _shown(odds, source))


def _parts(
    keys: Sequence[str], content: Mapping[str, float], holders: Mapping[int, set[str]], source: Prepared
) -> Floats:
    """Array of shape (sentences, parts): what speaks for each sentence of the source, but for likeness of meaning."""
    size = len(source.sentences)
    total = sum(content.values()) or 1.0
    own, around, pairs = np.zeros(size), np.zeros(size), np.zeros(size)
    for number, held in holders.items():
        own[number] = fsum(content[word] for word in held) / total  # exact: sets have no order
    for word, value in content.items():
        around += _around(source.stems.get(word, ()), size) * (value / total)
    wanted = set(pairwise(keys))
    for one, other in wanted:
        there = {source.sentence_of(at) for at in _both(one, other, source)}
        pairs[list(there)] += 1 / len(wanted)
    words = np.diff(np.array(source.first))
    length = np.log1p(np.minimum(words, LONG)) / np.log1p(LONG)
    return np.stack([own, around, pairs, length, np.zeros(size)], axis=1)


def _around(numbers: Sequence[int], size: int) -> npt.NDArray[np.bool_]:
    """Array of shape (size,): whether a sentence is one of some, or stands around one."""
    at = np.asarray(numbers, dtype=np.int64)
    edges = np.zeros(size + 1, dtype=np.int64)
    np.add.at(edges, np.maximum(at - AROUND, 0), 1)
    np.add.at(edges, np.minimum(at + AROUND + 1, size), -1)
    found: npt.NDArray[np.bool_] = np.cumsum(edges[:-1]) > 0
    return found


def _both(one: str, other: str, source: Prepared) -> Iterator[int]:
    """The units of the source with one key that stand before another with the other, by way of the rarer."""
    ours, theirs = source.places.get(one, ()), source.places.get(other, ())
    if len(ours) <= len(theirs):
        yield from (at for at in ours if source.keys[at + 1 : at + 2] == (other,))
    else:
        yield from (at - 1 for at in theirs if at and source.keys[at - 1] == one)


def _shown(odds: Floats, source: Prepared) -> tuple[int, int]:
    """First and last sentence of the stretch, as long as may be shown, in which the place most probably is.

    Args:
        odds: for each sentence the logarithm of how likely it is, but for a constant.
        source: the source.
    """
    chance = np.concatenate(([0.0], np.cumsum(np.exp(odds - odds.max()))))
    ends = source.reaches(LONGEST_SHOWN)
    together = chance[ends + 1] - chance[:-1]
    best, shown = -1.0, (0, 0)
    records = np.flatnonzero(together[1:] > np.maximum.accumulate(together)[:-1]) + 1  # no other can be clearly better
    for first in (0, *records.tolist()):
        if together[first] > best + CHANCE_THAT_TELLS:
            best, shown = float(together[first]), (first, int(ends[first]))
    return shown


def _content(keys: Sequence[str], source: Prepared) -> dict[str, float]:
    """What each stem tells in this source: little, if most of its sentences have it."""
    size = len(source.sentences)
    found: dict[str, float] = {}
    for key in keys:
        word = stem(key)
        rarity = log((size + 1) / (len(source.stems.get(word, ())) + 0.5)) / log(size + 1) if size > 1 else 1.0
        found[word] = weight(key) * max(COMMONEST, rarity)
    return found


def _likenesses(odds: Floats, source: Prepared, vector: npt.NDArray[np.float32]) -> dict[int, float]:
    """Likeness of meaning of the sentences that the words make likeliest; the others are not read."""
    likeliest = np.argsort(-odds, kind="stable")[:READ]
    numbers = sorted(
        {number for best in likeliest.tolist() for number in (best - 1, best, best + 1)} & set(range(len(odds)))
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
            (fsum(content[word] for word in holders.get(number, set()) - held) / total, number)
            for number in (first - 1, last + 1)
            if 0 <= number < size
        ]
        gain, number = max(options, default=(0.0, -1))
        if gain < WORTH_ADDING:
            break
        held |= holders[number]
        first, last = min(first, number), max(last, number)
    return first, last, fsum(content[word] for word in held)
