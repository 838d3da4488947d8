"""Matching: the stretches of a report whose words stand in a source, and where they stand there."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quoth.archive.index.vocabulary import Floats, Hashes, Ints, sequences

_JOINED_REPORT = 6  # words between two runs of one chain, at most, in the report ...
_JOINED_SOURCE = 8  # ... and in the source, where words may have been left out
_ROUNDING = 1e-6  # of weights that are added in another order
_HINT = np.uint64(0xFFFF)
_GAP_COST = 0.6  # weight that each word between two runs costs, in the report and half of it in the source
ANCHOR = 3  # words in a row that a chain needs somewhere
_SHORTEST = 2  # words in a run
_AS_GOOD = 0.95  # share of a chain's weight that makes another place in the source a repeat of it
_MOST_REPEATS = 3
#: Pairs of words that are the same, and runs, for one report, at most. An ordinary report of 200 kB has a sixtieth of
#: the pairs and half of the runs. Of what repeats itself over and over only some places are looked at, as many as fit.
_MOST_PAIRS = 2_000_000
_MOST_RUNS = 10_000


class Run(NamedTuple):
    """Words in a row that are the same: their first words' numbers in report and source, how many, their weight."""

    report: int
    source: int
    length: int
    weight: float


@dataclass(frozen=True, slots=True)
class Chain:
    """Runs in the same order on both sides, with little between them.

    Attributes:
        runs: in order.
        weight: theirs together, less a cost for what stands between them.
        repeat: whether the same words stand at another place of the source, which was given first.
    """

    runs: tuple[Run, ...]
    weight: float
    repeat: bool = False

    @property
    def report(self) -> tuple[int, int]:
        """First word in the report, and the one after the last."""
        return self.runs[0].report, self.runs[-1].report + self.runs[-1].length

    @property
    def source(self) -> tuple[int, int]:
        """First word in the source, and the one after the last."""
        return self.runs[0].source, self.runs[-1].source + self.runs[-1].length

    @property
    def words(self) -> int:
        """How many words are the same."""
        return sum(run.length for run in self.runs)


class Pattern:
    """A report's words, prepared for being looked for in many sources."""

    def __init__(self, hashes: Hashes, weights: Floats, of_part: Ints, of_utterance: Ints) -> None:
        """Prepare.

        Args:
            hashes: the report's words.
            weights: how telling each of them is.
            of_part: the number of the part that each belongs to; no run goes from one to another.
            of_utterance: the number of the utterance that each belongs to.
        """
        pairs = sequences(hashes, 2)
        whole = np.flatnonzero(of_part[1:] == of_part[:-1])
        self._order = whole[np.argsort(pairs[whole], kind="stable")]
        self._sorted = pairs[self._order]
        self._hints = np.zeros(int(_HINT) + 1, dtype=bool)  # whether a pair may be one of them, by its last bits
        self._hints[self._sorted & _HINT] = True
        self._sum = np.concatenate(([0.0], np.cumsum(weights)))
        self._of_utterance = of_utterance

    def runs(self, sources: Sequence[Hashes], least: float, anchor: int = ANCHOR) -> list[list[Run]]:
        """For each source the longest common runs of two words or more, in the order of the report.

        Runs are given only for sources with one of at least `anchor` words and of weight `least`, and of these only for
        utterances with one of at least `anchor` words. Of more than can be looked at the heaviest are given.
        """
        if not sources or not len(self._sorted):
            return [[] for _ in sources]
        firsts = np.concatenate(([0], np.cumsum([len(source) for source in sources])))
        pairs = sequences(np.concatenate(sources), 2)
        owner = np.repeat(np.arange(len(sources)), np.diff(firsts))[: len(pairs)]
        near = np.flatnonzero(self._hints[pairs & _HINT])  # few are
        begin = np.zeros(len(pairs), dtype=np.int64)
        begin[near] = np.searchsorted(self._sorted, pairs[near], "left")
        met = near[self._sorted[np.minimum(begin[near], len(self._sorted) - 1)] == pairs[near]]
        count = np.zeros(len(pairs), dtype=np.int64)
        count[met] = np.searchsorted(self._sorted, pairs[met], "right") - begin[met]
        last_words = firsts[1:-1] - 1
        count[last_words[(last_words >= 0) & (last_words < len(count))]] = 0  # no pair spans two sources
        if int(count.sum()) > _MOST_PAIRS:
            count[~_few_places(begin, owner, count)] = 0
        at = np.repeat(np.arange(len(pairs)), count)
        within = np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)
        in_report = self._order[begin[at] + within]
        found: list[list[Run]] = [[] for _ in sources]
        for report, source, length, weight, number in self._collected(in_report, at, owner, least, anchor):
            found[number].append(Run(report, source - int(firsts[number]), length, weight))
        return found

    def _collected(
        self, in_report: Ints, at: Ints, owner: Ints, least: float, anchor: int
    ) -> list[tuple[int, int, int, float, int]]:
        """Runs made of pairs, each with the number of its source; they begin at words of all sources together."""
        if not len(at):
            return []
        diagonal = at - in_report
        order = np.argsort(diagonal, kind="stable")  # `at` grows
        in_report, at, diagonal = in_report[order], at[order], diagonal[order]
        breaks = (np.diff(diagonal) != 0) | (np.diff(at) != 1)
        begins = np.concatenate(([0], np.flatnonzero(breaks) + 1))
        lengths = np.diff(begins, append=len(at)) + 1
        starts, places = in_report[begins], at[begins]
        owners, weights = owner[places], self._sum[starts + lengths] - self._sum[starts]
        met, both = np.unique(
            owners * (int(self._of_utterance[-1]) + 1) + self._of_utterance[starts], return_inverse=True
        )
        long_enough = np.zeros(len(met), dtype=bool)
        long_enough[both[lengths >= anchor]] = True
        anchored = np.unique(owners[(lengths >= anchor) & (weights >= least)])
        wanted = np.flatnonzero(np.isin(owners, anchored) & long_enough[both])
        if len(wanted) > _MOST_RUNS:
            wanted = wanted[_heavy(both[wanted], self._of_utterance[starts[wanted]], weights[wanted])]
        wanted = wanted[np.argsort(starts[wanted], kind="stable")]
        columns = (starts[wanted], places[wanted], lengths[wanted], weights[wanted], owners[wanted])
        return list(zip(*(column.tolist() for column in columns), strict=True))


def _few_places(begin: Ints, owner: Ints, count: Ints) -> npt.NDArray[np.bool_]:
    """Which pairs of the sources' words to look at: of each the first places in each source, as many as fit.

    Where one place in each source is too many, it is in the first sources only.

    Args:
        begin: per pair of a source, which pair it is.
        owner: per pair, its source.
        count: how often it stands in the report.
    """
    few = np.flatnonzero(count)
    for keys in ((begin, owner), (begin,)):
        order = np.lexsort([key[few] for key in reversed(keys)])
        nth = _nth(order, *(key[few] for key in keys))
        most = 1 << int(nth.max()).bit_length()
        while most > 1 and int(count[few[nth < most]].sum()) > _MOST_PAIRS:
            most >>= 1
        few = few[nth < most]
    chosen = np.zeros(len(count), dtype=bool)
    chosen[few] = True
    return chosen


def _heavy(both: Ints, utterance: Ints, weights: Floats) -> Ints:
    """Which runs to look at: of each utterance in each source the heaviest, as many as fit.

    Args:
        both: per run, the number of its utterance in its source.
        utterance: per run, its utterance.
        weights: per run.
    """
    nth = _nth(np.lexsort((-weights, both)), both)
    most = 1 << 16
    while most > _MOST_REPEATS + 1 and np.count_nonzero(nth < most) > _MOST_RUNS:
        most >>= 1
    # Every utterance has its best sources first.
    best = np.zeros(int(both.max()) + 1)
    np.maximum.at(best, both, weights)
    heads = np.flatnonzero(nth == 0)
    order = heads[np.lexsort((-weights[heads], utterance[heads]))]
    turn = np.zeros(len(best), dtype=np.int64)
    turn[both[order]] = _nth(np.arange(len(order)), utterance[order])
    chosen = np.flatnonzero(nth < most)
    return chosen[np.lexsort((nth[chosen], -best[both[chosen]], turn[both[chosen]]))][:_MOST_RUNS]


def _nth(order: Ints, *keys: Ints) -> Ints:
    """For each item, how many with the same keys come before it in an order in which those stand together."""
    new = np.zeros(len(order), dtype=bool)
    for key in keys:
        new[1:] |= key[order][1:] != key[order][:-1]
    places = np.arange(len(order))
    nth = np.empty(len(order), dtype=np.int64)
    nth[order] = places - np.maximum.accumulate(np.where(new, places, 0))
    return nth


def chains(runs: Sequence[Run], least: float) -> list[Chain]:
    """The heaviest chains of runs, down to weight `least`; each is followed by its repeats.

    Two chains share no report words, save where a chain stands (almost) as well at another place of the source: a
    repeat. Runs are in the order of the report. Dynamic programming over runs that may follow each other, repeated on
    what is left; what a heavier chain leaves alone needs no repeating.
    """
    found: list[Chain] = []
    left = _without_accidents(runs) if _may_hold(runs, least) else []
    while _may_hold(left, least):
        ends = _followed(left)
        low, longest = left[0].report, max(run.length for run in left)
        met = bytearray(max(run.report + run.length for run in left) - low)  # words of chains, taken or not
        taken: list[tuple[int, int]] = []
        for place in sorted(range(len(left)), key=lambda place: -ends[place].weight):
            if ends[place].weight < least:
                break
            first, last = ends[place].first, left[place].report + left[place].length
            if met.find(1, first - low, last - low) < 0:
                taken.append((first, last))
                best = _chain(left, ends, place)
                if max(run.length for run in best.runs) >= ANCHOR:
                    near = left[bisect_left(left, (first - longest,)) : bisect_left(left, (last,))]
                    found.append(best)
                    found += _repeats(best, [run for run in near if run.report + run.length > first])
            met[first - low : last - low] = b"\1" * (last - first)
        if not taken:
            break
        taken.sort()
        left = sorted(part for run in left for part in _outside(run, taken))
    return found


def _may_hold(runs: Sequence[Run], least: float) -> bool:
    """Whether a chain of some runs may weigh so much and have a run that is long enough for one."""
    return any(run.length >= ANCHOR for run in runs) and sum(run.weight for run in runs) >= least - _ROUNDING


def _without_accidents(runs: Sequence[Run]) -> list[Run]:
    """Runs without those that are only a part of a far longer one's words, met again elsewhere in the source."""
    starts: list[int] = []  # of those that are no part of another
    ends: list[int] = []
    for run in sorted(runs, key=lambda run: (run.report, -run.length)):
        if not ends or run.report + run.length > ends[-1]:
            starts.append(run.report)
            ends.append(run.report + run.length)
    longest = max(end - start for start, end in zip(starts, ends, strict=True))
    return [
        run
        for run in runs
        if longest <= 2 * run.length
        or not any(
            ends[place] - starts[place] > 2 * run.length
            for place in range(bisect_left(ends, run.report + run.length), bisect_right(starts, run.report))
        )
    ]


def _outside(run: Run, taken: Sequence[tuple[int, int]]) -> list[Run]:
    """What of a run lies outside the report words `[first, last)` that are taken, in order, as far as it is a run."""
    parts = []
    begin, end = run.report, run.report + run.length
    for first, last in taken[bisect_left(taken, begin, key=itemgetter(1)) : bisect_left(taken, (end,))]:
        parts.append((begin, first))
        begin = last
    return [
        Run(first, run.source + first - run.report, last - first, run.weight * (last - first) / run.length)
        for first, last in (*parts, (begin, end))
        if last - first >= _SHORTEST
    ]


def _repeats(chain: Chain, runs: Sequence[Run]) -> list[Chain]:
    """Other places of the source at which the words of a chain stand as well."""
    found: list[Chain] = []
    taken = [chain.source]
    while len(found) < _MOST_REPEATS:
        left = [run for run in runs if all(run.source + run.length <= one[0] or run.source >= one[1] for one in taken)]
        if sum(run.weight for run in left) < _AS_GOOD * chain.weight - _ROUNDING:
            break  # no chain weighs more than all runs together
        other = _heaviest(left)
        if other.weight < _AS_GOOD * chain.weight:
            break
        found.append(replace(other, repeat=True))
        taken.append(other.source)
    return found


def _heaviest(runs: Sequence[Run]) -> Chain:
    """The heaviest chain."""
    ends = _followed(runs)
    return _chain(runs, ends, max(range(len(runs)), key=lambda place: ends[place].weight))


class End(NamedTuple):
    """The heaviest chain that ends with a run: its weight, its first word in the report, and the run before, or -1."""

    weight: float
    first: int
    before: int


def _chain(runs: Sequence[Run], ends: Sequence[End], place: int) -> Chain:
    """The chain that ends with a run."""
    weight = ends[place].weight
    chosen: list[Run] = []
    while place >= 0:
        chosen.append(runs[place])
        place = ends[place].before
    return Chain(tuple(reversed(chosen)), weight)


def _followed(runs: Sequence[Run]) -> list[End]:
    """For each run, the heaviest chain that ends with it."""
    ends: list[End] = []
    by_end: dict[int, list[int]] = {}  # by the word of the source at which they end
    known: list[int] = []  # these words, in order
    for place, run in enumerate(runs):
        best = End(run.weight, run.report, -1)
        low, high = bisect_left(known, run.source - _JOINED_SOURCE), bisect_right(known, run.source + 1)
        for end in reversed(known[low:high]):
            gap_source = run.source - end
            for other in by_end[end]:
                earlier = runs[other]
                gap = run.report - earlier.report - earlier.length
                if not -1 <= gap <= _JOINED_REPORT:
                    continue
                shared = max(0, -gap, -gap_source) * run.weight / run.length
                cost = _GAP_COST * (max(gap, 0) + max(gap_source, 0) / 2)
                joined = ends[other].weight + run.weight - shared - cost
                if joined > best.weight:
                    best = End(joined, ends[other].first, other)
        ends.append(best)
        end = run.source + run.length
        if end in by_end:
            by_end[end].append(place)
        else:
            by_end[end] = [place]
            insort(known, end)
    return ends
