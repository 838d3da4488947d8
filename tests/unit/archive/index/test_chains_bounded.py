"""Runs that can make no chain are not looked at again, and what is looked up gives what looking at all of it gives."""

import random

import numpy as np
import pytest

from quoth.archive.index import passage_matching as matching
from quoth.archive.index.passage_matching import Pattern, Run, chains


def _runs(dice: random.Random) -> list[Run]:
    made = [
        Run(dice.randrange(60), dice.randrange(60), length, length * dice.choice((0.5, 1.0, 2.0)))
        for length in (dice.randrange(2, 9) for _ in range(dice.randrange(1, 14)))
    ]
    return sorted(made)


def test_runs_too_light_for_any_chain_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    followed: list[int] = []
    monkeypatch.setattr(matching, "_followed", lambda runs: followed.append(len(runs)) or [])
    assert chains([Run(0, 0, 4, 1.0), Run(9, 20, 4, 1.5)], 4.0) == []  # 2.5 in all
    assert chains([Run(0, 0, 2, 9.0), Run(9, 20, 2, 9.0)], 4.0) == []  # no three words in a row
    assert followed == []


def test_chains_end_alike_whether_ends_are_looked_up_or_all_gone_through() -> None:
    dice = random.Random(5)
    for _ in range(300):
        runs = _runs(dice)
        for place, end in enumerate(matching._followed(runs)):
            best = runs[place].weight
            for other in range(place):
                gap = runs[place].report - runs[other].report - runs[other].length
                there = runs[place].source - runs[other].source - runs[other].length
                if -1 <= gap <= matching._JOINED_REPORT and -1 <= there <= matching._JOINED_SOURCE:
                    shared = max(0, -gap, -there) * runs[place].weight / runs[place].length
                    cost = matching._GAP_COST * (max(gap, 0) + max(there, 0) / 2)
                    best = max(best, matching._followed(runs)[other].weight + runs[place].weight - shared - cost)
            assert end.weight == pytest.approx(best)


def test_pairs_with_the_same_last_bits_are_not_taken_for_the_same() -> None:
    dice = np.random.default_rng(2)
    words = dice.integers(0, 2**63, size=400, dtype=np.uint64)
    source = dice.integers(0, 2**63, size=90_000, dtype=np.uint64)  # more pairs than there are hints
    source[500:520] = words[100:120]
    ones = np.ones(len(words))
    zeros = np.zeros(len(words), dtype=np.int64)
    (found,) = Pattern(words, ones, zeros, zeros).runs([source], 4.0)
    assert [(run.report, run.source, run.length) for run in found] == [(100, 500, 20)]
