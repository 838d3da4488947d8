"""Exact pieces: maximal runs of words that the report and the source share.

A run is maximal when it can be made longer at neither end. All runs are found by following, for each reported word, the
places where the source has it. A run that starts with a common word is looked for by its first two words; where the
source has even these again and again, by more of them, and not at all inside a run that is found already. So the cost
stays linear in the length of the quotation, however often the source says the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from quoth.matching.passages import Prepared

#: Runs lighter than this are chance: a function word or two.
LIGHTEST = 0.9
#: Runs kept for chaining, heaviest first; a quotation of a hundred words has fewer than that of its own.
MOST = 90
#: Places kept for the same reported words.
SAME_WORDS = 30
#: A single word that the source has more often than this is no seed.
COMMON = 12
#: Places of its first words at which a run is followed; where there are more, further words choose among them.
FOLLOWED = 64
#: Words by which such places are told apart at most.
LONGEST_SEED = 8

#: Units around a run that are compared with the words around the quotation, and how much that decides.
AROUND = 40
CONTEXT = 0.5
#: How much less words weigh where the source has them in quotation marks, and elsewhere without: there it repeats them.
REPEATED = 0.5
_MARKS = "\"'“”‘’«»„"


class Run(NamedTuple):
    """Shared words: `size` units from `reported` on in the report, `original` on in the source; their weight."""

    reported: int
    original: int
    size: int
    weight: float


def runs(keys: Sequence[str], weights: Sequence[float], source: Prepared) -> list[Run]:
    """Maximal shared runs of `keys` and the source, heaviest first, at most `MOST`.

    Args:
        keys: keys of the reported units.
        weights: their weights.
        source: the prepared source.
    """
    total = [0.0, *accumulate(weights)]
    theirs, size, length = source.keys, len(keys), len(source.keys)
    found: list[Run] = []
    passed = 0  # reported units before this one stand in a run of words that the source says again and again
    for i in range(size):
        at = _starts(keys, i, source, light=weights[i] < LIGHTEST, passed=i + 1 < passed)
        before = keys[i - 1] if i else None
        for j in at:
            if before is not None and j and theirs[j - 1] == before:
                continue
            stop, other = i + 1, j + 1
            while stop < size and other < length and keys[stop] == theirs[other]:
                stop += 1
                other += 1
            passed = max(passed, stop)
            mass = total[stop] - total[i]
            if mass >= LIGHTEST:
                found.append(Run(i, j, stop - i, mass))
    found.sort(key=lambda run: (-run.weight, run.original, run.reported))
    return _varied(found)[:MOST]


def _varied(found: Sequence[Run]) -> list[Run]:
    """The runs, of those with the same reported words only the first few places: more say the same again."""
    often: Counter[tuple[int, int]] = Counter()
    kept: list[Run] = []
    for run in found:
        often[run.reported, run.size] += 1
        if often[run.reported, run.size] <= SAME_WORDS:
            kept.append(run)
    return kept


def _starts(keys: Sequence[str], i: int, source: Prepared, *, light: bool, passed: bool) -> Sequence[int]:
    """Where the source has the words from the reported unit `i` on: too many places are not all listed.

    Args:
        keys: keys of the reported units.
        i: the first unit.
        source: the prepared source.
        light: whether the first word alone tells too little.
        passed: whether the first words stand in a run that is found already.
    """
    alone = source.places.get(keys[i], ())
    if len(alone) <= COMMON and not light:
        return alone
    if not alone or i + 1 >= len(keys):
        return ()
    at = source.places_of(keys[i], keys[i + 1])
    if len(at) > FOLLOWED:
        if passed:
            return ()
        for step in range(2, min(LONGEST_SEED, len(keys) - i)):
            further = source.which(at, step, keys[i + step])
            if not len(further):
                break
            at = further
            if len(at) <= FOLLOWED:
                break
    first: list[int] = at[:FOLLOWED].tolist()
    return first


def settled(found: Sequence[Run], context: Mapping[str, float], source: Prepared) -> list[Run]:
    """The runs, those that the source has several times weighted by the words and the marks that stand around them.

    Args:
        found: from `runs`.
        context: stems of the report's words around the quotation, with their weights.
        source: the prepared source.
    """
    often = Counter((run.reported, run.size) for run in found)
    total = sum(context.values()) or 1.0
    settled_: list[Run] = []
    for run in found:
        bonus = 0.0
        if often[run.reported, run.size] > 1:
            low, high = max(0, run.original - AROUND), run.original + run.size + AROUND
            near = {*source.stemmed[low : run.original], *source.stemmed[run.original + run.size : high]}
            bonus = CONTEXT * sum(weight for word, weight in context.items() if word in near) / total
            bonus -= REPEATED * _in_marks(run, source)
        settled_.append(run._replace(weight=run.weight + bonus))
    return settled_


def _in_marks(run: Run, source: Prepared) -> bool:
    """Whether the words of a run, and no others, stand in quotation marks in the source."""
    text, units = source.document.text, source.units
    before, after = units[run.original].start - 1, units[run.original + run.size - 1].end
    return before >= 0 and text[before] in _MARKS and any(mark in _MARKS for mark in text[after : after + 2])
