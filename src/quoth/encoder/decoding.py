"""The best path through scores of labels: a linear chain over spans."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: Kinds of labels of a span, by their distance from its first label.
_BEGIN, _INSIDE, _END, _SINGLE = range(4)

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chain:
    """Scores of a linear chain: `step` (from, to), `start` and `end` of a sequence; forbidden ones are very low."""

    step: Floats
    start: Floats
    end: Floats


def best_paths(scores: Floats, lengths: npt.NDArray[np.int64], chain: Chain) -> npt.NDArray[np.int64]:
    """Viterbi over a batch.

    Args:
        scores: shape (n, places, labels).
        lengths: how many places of each row count, at least 1, shape (n,).
        chain: of the same labels.

    Returns:
        Labels, shape (n, places); 0 behind the end of a row.
    """
    n, places, count = scores.shape
    given = np.ascontiguousarray(scores.transpose(1, 2, 0))  # (places, labels, n): all rows take a step together
    best = np.empty_like(given)
    best[0] = given[0] + chain.start[:, None]
    ways = np.empty((count, count, n), dtype=np.float32)  # (from, to, n)
    for place in range(1, places):
        np.add(best[place - 1][:, None], chain.step[:, :, None], out=ways)
        np.maximum.reduce(ways, axis=0, out=best[place])
        best[place] += given[place]
    rows = np.arange(n)
    labels = np.zeros((places, n), dtype=np.int64)
    label = (best[lengths - 1, :, rows] + chain.end).argmax(1)
    labels[lengths - 1, rows] = label
    for place in range(places - 1, 0, -1):
        inside = lengths > place
        label = np.where(inside, (best[place - 1] + chain.step[:, label]).argmax(0), label)
        labels[place - 1] = np.where(inside, label, labels[place - 1])
    return labels.T


def spans_of(labels: npt.NDArray[np.int64], base: int) -> list[tuple[int, int]]:
    """Runs [first, last] of words whose labels are base .. base + 3 (begin, inside, end, single)."""
    found: list[tuple[int, int]] = []
    begin = -1
    for place in np.flatnonzero(labels).tolist():
        kind = labels[place] - base
        if kind == _SINGLE:
            found.append((place, place))
        elif kind == _BEGIN:
            begin = place
        elif kind == _END and begin >= 0:
            found.append((begin, place))
            begin = -1
    return found
