"""Matching: the stretches of a report whose words stand in a source, and where they stand there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from quoth.archive.index.vocabulary import Floats, Hashes, Ints, sequences

_JOINED_REPORT = 6  # words between two runs of one chain, at most, in the report ...
_JOINED_SOURCE = 8  # ... and in the source, where words may have been left out
_GAP_COST = 0.6  # weight that each word between two runs costs, in the report and half of it in the source
ANCHOR = 3  # words in a row that a chain needs somewhere
_SHORTEST = 2  # words in a run
_AS_GOOD = 0.95  # share of a chain's weight that makes another place in the source a repeat of it
_MOST_REPEATS = 3


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

    def __init__(self, hashes: Hashes, weights: Floats, of_part: Ints) -> None:
        """Prepare.

        Args:
            hashes: the report's words.
            weights: how telling each of them is.
            of_part: the number of the part that each belongs to; no run goes from one to another.
        """
        self.size = len(hashes)
        pairs = sequences(hashes, 2)
        whole = np.flatnonzero(of_part[1:] == of_part[:-1])
        self._order = whole[np.argsort(pairs[whole], kind="stable")]
        self._sorted = pairs[self._order]
        self._sum = np.concatenate(([0.0], np.cumsum(weights)))

    def runs(self, sources: Sequence[Hashes], least: float, anchor: int = ANCHOR) -> list[list[Run]]:
        """For each source the longest common runs of two words or more.

        Runs are given only for sources with one of at least `anchor` words and of weight `least`.
        """
        if not sources or not len(self._sorted):
            return [[] for _ in sources]
        lengths = np.array([len(source) for source in sources], dtype=np.int64)
        firsts = np.concatenate(([0], np.cumsum(lengths)))
        both = np.concatenate(sources)
        pairs = sequences(both, 2)
        last_words = firsts[1:-1] - 1
        begin = np.searchsorted(self._sorted, pairs, "left")
        count = np.searchsorted(self._sorted, pairs, "right") - begin
        count[last_words[(last_words >= 0) & (last_words < len(count))]] = 0  # no pair spans two sources
        at = np.repeat(np.arange(len(pairs)), count)
        within = np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)
        in_report = self._order[begin[at] + within]
        return self._collected(in_report, at, firsts, least, anchor)

    def _collected(self, in_report: Ints, at: Ints, firsts: Ints, least: float, anchor: int) -> list[list[Run]]:
        diagonal = at - in_report
        order = np.lexsort((at, diagonal))
        in_report, at, diagonal = in_report[order], at[order], diagonal[order]
        owner = np.searchsorted(firsts, at, side="right") - 1
        found: list[list[Run]] = [[] for _ in range(len(firsts) - 1)]
        if not len(at):
            return found
        breaks = (np.diff(diagonal) != 0) | (np.diff(at) != 1)
        begins = np.concatenate(([0], np.flatnonzero(breaks) + 1))
        ends = np.concatenate((begins[1:], [len(at)]))
        lengths = ends - begins + 1
        starts, owners = in_report[begins], owner[begins]
        weights = self._sum[starts + lengths] - self._sum[starts]
        anchored = np.unique(owners[(lengths >= anchor) & (weights >= least)])
        wanted = np.flatnonzero(np.isin(owners, anchored))
        wanted = wanted[np.argsort(starts[wanted], kind="stable")]
        for place in wanted:
            number = int(owners[place])
            found[number].append(
                Run(
                    int(starts[place]),
                    int(at[begins[place]] - firsts[number]),
                    int(lengths[place]),
                    float(weights[place]),
                )
            )
        return found


def chains(runs: Sequence[Run], least: float) -> list[Chain]:
    """The heaviest chains of runs, down to weight `least`; each is followed by its repeats.

    Two chains share no report words, save where a chain stands (almost) as well at another place of the source: a
    repeat. Runs are in the order of the report. Dynamic programming over pairs of runs, repeated on what is left.
    """
    found: list[Chain] = []
    left = _without_accidents(runs)
    while left:
        best = _heaviest(left)
        if best.weight < least:
            break
        first, last = best.report
        if max(run.length for run in best.runs) >= ANCHOR:
            found.append(best)
            found += _repeats(best, [run for run in left if run.report < last and run.report + run.length > first])
        left = sorted(part for run in left for part in _outside(run, first, last))
    return found


def _without_accidents(runs: Sequence[Run]) -> list[Run]:
    """Runs without those that are only a part of a far longer one's words, met again elsewhere in the source."""
    return [
        run
        for run in runs
        if not any(
            other.length > 2 * run.length
            and other.report <= run.report
            and run.report + run.length <= other.report + other.length
            for other in runs
        )
    ]


def _outside(run: Run, first: int, last: int) -> list[Run]:
    """What of a run lies before or after the report words `[first, last)`, as far as it still is a run."""
    parts = []
    end = run.report + run.length
    for begin, stop in ((run.report, min(end, first)), (max(run.report, last), end)):
        length = stop - begin
        if length >= _SHORTEST:
            share = run.weight * length / run.length
            parts.append(Run(begin, run.source + begin - run.report, length, share))
    return parts


def _repeats(chain: Chain, runs: Sequence[Run]) -> list[Chain]:
    """Other places of the source at which the words of a chain stand as well."""
    found: list[Chain] = []
    taken = [chain.source]
    while len(found) < _MOST_REPEATS:
        left = [run for run in runs if all(run.source + run.length <= one[0] or run.source >= one[1] for one in taken)]
        if not left:
            break
        other = _heaviest(left)
        if other.weight < _AS_GOOD * chain.weight:
            break
        found.append(replace(other, repeat=True))
        taken.append(other.source)
    return found


def _heaviest(runs: Sequence[Run]) -> Chain:
    """The heaviest chain."""
    totals: list[float] = []
    before: list[int] = []
    for place, run in enumerate(runs):
        total, previous = run.weight, -1
        for other in range(place - 1, -1, -1):
            earlier = runs[other]
            gap = run.report - earlier.report - earlier.length
            gap_source = run.source - earlier.source - earlier.length
            if not (-1 <= gap <= _JOINED_REPORT and -1 <= gap_source <= _JOINED_SOURCE):
                continue
            shared = max(0, -gap, -gap_source) * run.weight / run.length
            joined = totals[other] + run.weight - shared - _GAP_COST * (max(gap, 0) + max(gap_source, 0) / 2)
            if joined > total:
                total, previous = joined, other
        totals.append(total)
        before.append(previous)
    place = max(range(len(runs)), key=totals.__getitem__)
    weight = totals[place]
    chosen: list[Run] = []
    while place >= 0:
        chosen.append(runs[place])
        place = before[place]
    return Chain(tuple(reversed(chosen)), weight)
