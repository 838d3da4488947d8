from itertools import pairwise, product

import numpy as np
import pytest

from quoth.models.decoding import Chain, best_paths, spans_of

NEVER = -1e4


def random_chain(rng: np.random.Generator, labels: int) -> Chain:
    step = rng.normal(size=(labels, labels)).astype(np.float32)
    step[1, 2] = NEVER
    return Chain(step, rng.normal(size=labels).astype(np.float32), rng.normal(size=labels).astype(np.float32))


def score(chain: Chain, scores: np.ndarray, path: tuple[int, ...]) -> float:
    steps = sum(chain.step[a, b] for a, b in pairwise(path))
    return chain.start[path[0]] + steps + chain.end[path[-1]] + sum(scores[k, label] for k, label in enumerate(path))


@pytest.mark.parametrize("seed", range(5))
def test_the_best_path_is_the_best_of_all_paths_whatever_the_padding(seed: int):
    rng = np.random.default_rng(seed)
    chain = random_chain(rng, 3)
    lengths = np.array([5, 1, 3])
    scores = rng.normal(size=(3, 5, 3)).astype(np.float32)
    paths = best_paths(scores, lengths, chain)
    for row, length in enumerate(lengths):
        every = product(range(3), repeat=int(length))
        best = max(every, key=lambda path: score(chain, scores[row], path))
        assert tuple(paths[row, :length]) == best
        assert not paths[row, length:].any()


def test_a_forbidden_step_is_not_taken_however_high_the_scores():
    step = np.zeros((3, 3), dtype=np.float32)
    step[1, 2] = NEVER
    scores = np.array([[[0, 9, 0], [0, 0, 9]]], dtype=np.float32)
    path = best_paths(scores, np.array([2]), Chain(step, np.zeros(3, np.float32), np.zeros(3, np.float32)))[0]
    assert tuple(path) != (1, 2)


def test_spans_are_read_off_begin_inside_end_and_single_labels_of_one_kind():
    labels = np.array([0, 5, 6, 7, 0, 8, 1, 3, 4, 5, 7])
    assert spans_of(labels, 5) == [(1, 3), (5, 5), (9, 10)]
    assert spans_of(labels, 1) == [(6, 7), (8, 8)]
