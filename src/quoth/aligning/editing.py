"""Words paired inside one stretch of the source: which reported word stands for which, in order.

The best pairing is found by dynamic programming over the two stretches (Needleman and Wunsch 1970, with free gaps): a
pair is worth as much as the word tells and as the two are alike, a little more where its neighbours are paired too.
Marks are no units, so a comma is never paired in preference to a word. The rows are computed with numpy;
`reference.best` is the same thing written plainly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quoth.text.likeness import synonym_groups, word_kind
from quoth.text.stems import stem

#: What a pair is worth, of the lighter word's weight: one word in two forms, synonyms, two numbers or modals, two
#: names.
SAME_STEM = 0.8
SYNONYMS = 0.7
SAME_KIND = 0.4
BOTH_NAMES = 0.3
#: What a neighbouring pair of equal words adds.
COMPANY = 0.12
#: Pairs of words that are weighed at once; longer texts are paired part by part, each behind the pairs of the last.
MOST_PAIRS = 2_000_000
#: A function word paired alone, with at least so many unpaired words beside it in the source, is chance.
LONELY_GAP = 3
_FUNCTION = 0.2  # weights below this are function words


@dataclass(frozen=True, slots=True)
class Word:
    """What the pairing needs to know of a unit."""

    key: str
    weight: float
    name: bool = False


def likenesses(reported: Sequence[Word], original: Sequence[Word]) -> npt.NDArray[np.float32]:
    """What each pair of words is worth, without company: array of shape (reported, original)."""
    numbers: dict[str, int] = {}
    r_keys, o_keys = _ids([word.key for word in reported], numbers), _ids([word.key for word in original], numbers)
    r_stems = _ids([stem(word.key) for word in reported], numbers)
    o_stems = _ids([stem(word.key) for word in original], numbers)
    weights = np.minimum(_weights(reported)[:, None], _weights(original)[None, :])
    same = r_keys[:, None] == o_keys[None, :]
    worth = np.where(same, 1.0, np.where(r_stems[:, None] == o_stems[None, :], SAME_STEM, 0.0)).astype(np.float32)
    for kind in ("number", "modal"):
        ours = np.array([word_kind(word.key) == kind for word in reported])
        theirs = np.array([word_kind(word.key) == kind for word in original])
        if ours.any() and theirs.any():
            np.maximum(worth, SAME_KIND * np.outer(ours, theirs), out=worth, casting="unsafe")
    ours, theirs = np.array([word.name for word in reported]), np.array([word.name for word in original])
    if ours.any() and theirs.any():
        np.maximum(worth, BOTH_NAMES * np.outer(ours, theirs), out=worth, casting="unsafe")
    _synonyms(reported, original, worth)
    worth *= weights
    company = np.zeros_like(worth)
    company[1:, 1:] += same[:-1, :-1]
    company[:-1, :-1] += same[1:, 1:]
    made: npt.NDArray[np.float32] = (worth + COMPANY * company * same).astype(np.float32)
    return made


def _synonyms(reported: Sequence[Word], original: Sequence[Word], worth: npt.NDArray[np.float32]) -> None:
    theirs = [(j, groups) for j, word in enumerate(original) if (groups := synonym_groups(word.key))]
    if not theirs:
        return
    for i, word in enumerate(reported):
        groups = synonym_groups(word.key)
        if groups:
            for j, others in theirs:
                if worth[i, j] < SYNONYMS and groups & others:
                    worth[i, j] = SYNONYMS


def _ids(keys: Sequence[str], numbers: dict[str, int]) -> npt.NDArray[np.int32]:
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int32)


def _weights(words: Sequence[Word]) -> npt.NDArray[np.float32]:
    return np.array([word.weight for word in words], dtype=np.float32)


def pairs(reported: Sequence[Word], original: Sequence[Word]) -> list[tuple[int, int]]:
    """The best pairing of two stretches, in order: (reported, original) indices, both rising.

    Cost is the product of the two lengths, in numpy rows; memory is bounded.
    """
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(reported) and j < len(original):
        beside = original[j : j + MOST_PAIRS]
        ours = reported[i : i + max(1, MOST_PAIRS // len(beside))]
        found += [(i + a, j + b) for a, b in strongest(likenesses(ours, beside))]
        i += len(ours)
        j = found[-1][1] + 1 if found else j
    return _lonely_dropped(found, reported, original)


def strongest(worth: npt.NDArray[np.float32]) -> list[tuple[int, int]]:
    """The pairs of the best path through what each pair is worth, array of shape (reported, original)."""
    table = np.zeros((worth.shape[0] + 1, worth.shape[1] + 1), dtype=np.float32)
    for i in range(worth.shape[0]):
        row = np.maximum(table[i, 1:], table[i, :-1] + worth[i])
        table[i + 1, 1:] = np.maximum.accumulate(row)
    return _walk_back(table, worth)


def _walk_back(table: npt.NDArray[np.float32], worth: npt.NDArray[np.float32]) -> list[tuple[int, int]]:
    """The pairs of the best path. Ties go to a pair, then to leaving out the source's word."""
    i, j = worth.shape
    found: list[tuple[int, int]] = []
    value, gains = table.item, worth.item
    while i and j:
        here = value(i, j)
        gain = gains(i - 1, j - 1)
        if gain > 0 and abs(value(i - 1, j - 1) + gain - here) < 1e-4:  # noqa: PLR2004 - rounding of float32
            found.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif value(i, j - 1) >= here:
            j -= 1
        else:
            i -= 1
    found.reverse()
    return found


def _lonely_dropped(
    found: list[tuple[int, int]], reported: Sequence[Word], original: Sequence[Word]
) -> list[tuple[int, int]]:
    """Without function words that are paired far from everything else."""
    kept: list[tuple[int, int]] = []
    for number, (i, j) in enumerate(found):
        if reported[i].weight < _FUNCTION:
            # The stretch may begin long before a first pair and end long after a last one: that gap says nothing.
            before = found[number - 1] if number else None
            after = found[number + 1] if number + 1 < len(found) else None
            alone = before != (i - 1, j - 1) and after != (i + 1, j + 1)
            far = (before and j - before[1] - 1 >= LONELY_GAP) or (after and after[1] - j - 1 >= LONELY_GAP)
            if alone and far:
                continue
        kept.append((i, j))
    return kept
