"""Meaning: where a sentence comes from that shares few words with its source.

Without an embedder a sentence of the source is as likely a place as it holds the weight of the reported words (in any form); with one,
likeness of meaning decides together with the words.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quoth.aligning.preparing import Prepared
from quoth.text.likeness import synonym_groups
from quoth.text.stems import stem
from quoth.text.units import weight

#: How many neighbouring sentences a reported sentence may be drawn together from.
WIDEST = 3
#: How much of the reported weight a further sentence must add.
WORTH_ADDING = 0.12
#: The share that likeness of meaning has in the decision, beside the words.
MEANING_SHARE = 0.5


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
    if not source.sentences:
        return None
    holders: defaultdict[int, set[str]] = defaultdict(set)
    index = source.stems
    content = {stem(key): weight(key) for key in keys}
    total = sum(content.values()) or 1.0
    for word in content:
        for number in index.get(word, ()):
            holders[number].add(word)
    words = np.zeros(len(source.sentences), dtype=np.float32)
    for number, held in holders.items():
        words[number] = sum(content[word] for word in held) / total
    vectors = source.vectors() if vector is not None else None
    likeness = vectors @ vector if vectors is not None and vector is not None else None
    score = words if likeness is None else (1 - MEANING_SHARE) * words + MEANING_SHARE * np.maximum(likeness, 0)
    best = int(np.argmax(score))
    first = last = best
    held = set(holders[best])
    while last - first + 1 < WIDEST:
        options = [
            (sum(content[word] for word in holders[number] - held) / total, number)
            for number in (first - 1, last + 1)
            if 0 <= number < len(source.sentences)
        ]
        gain, number = max(options, default=(0.0, -1))
        if gain < WORTH_ADDING:
            break
        held |= holders[number]
        first, last = min(first, number), max(last, number)
    share = sum(content[word] for word in held) / total
    return Place((first, last), float(share), None if likeness is None else float(likeness[first : last + 1].max()))


def synonyms_of(keys: Sequence[str]) -> frozenset[int]:
    """All synonym groups that some of the keys belong to."""
    return frozenset(number for key in keys for number in synonym_groups(key))
