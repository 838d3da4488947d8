"""The best path through scores of labels: a linear chain over spans."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: Kinds of labels of a span, by their distance from its first label.
_BEGIN, _INSIDE, _END, _SINGLE = range(4)

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chain:
    """Scores of a linear chain: `step` (from, to), `start` and `end` of a sequence; forbidden ones are very low."""

    step: Floats
    start: Floats
    end: Floats


def best_paths(scores: Floats, lengths: Ids, chain: Chain) -> Ids:
    """Viterbi over a batch, from both ends of each row at once, so that half of the steps do.

    Args:
        scores: shape (n, places, labels).
        lengths: how many places of each row count, at least 1, shape (n,).
        chain: of the same labels.

    Returns:
        Labels, shape (n, places); 0 behind the end of a row.
    """
    n, places, count = scores.shape
    rows = np.arange(n)
    fore, back = (lengths + 1) // 2, lengths // 2
    turned = np.maximum(lengths[:, None] - 1 - np.arange(int(fore.max())), 0)  # places from the end, shape (n, half)
    halves = np.concatenate([scores[:, : turned.shape[1]], scores[rows[:, None], turned]])
    step = np.repeat(np.stack([chain.step, chain.step.T], axis=2), n, axis=2)  # (from, to, 2n)
    first = np.repeat(np.stack([chain.start, chain.end], axis=1), n, axis=1)
    best = _best_scores(np.ascontiguousarray(halves.transpose(1, 2, 0)), first, step)
    ends = best[fore - 1, :, rows]
    # a row of one place has none behind: what is computed for it there is not used
    meeting = ends[:, :, None] + chain.step + best[back - 1, :, rows + n][:, None]
    at_fore, at_back = np.unravel_index(meeting.reshape(n, -1).argmax(1), (count, count))
    at_fore = np.where(back > 0, at_fore, (ends + chain.end).argmax(1))
    both = _labels_before(best, step, np.concatenate([fore, back]), np.concatenate([at_fore, at_back]))
    labels = np.zeros((n, places), dtype=np.int64)
    for row, (ahead, behind) in enumerate(zip(fore.tolist(), back.tolist(), strict=True)):
        labels[row, :ahead] = both[:ahead, row]
        labels[row, ahead : ahead + behind] = both[:behind, n + row][::-1]
    return labels


def _best_scores(given: Floats, first: Floats, step: Floats) -> Floats:
    """The best score of a path to each place and label: arrays (places, labels, n), (labels, n), (from, to, n)."""
    best = np.empty_like(given)  # all rows take a step together
    best[0] = given[0] + first
    ways = np.empty_like(step)
    for place in range(1, len(given)):
        np.add(best[place - 1][:, None], step, out=ways)
        np.maximum.reduce(ways, axis=0, out=best[place])
        best[place] += given[place]
    return best


def _labels_before(best: Floats, step: Floats, lengths: Ids, label: Ids) -> Ids:
    """The labels of the best paths that end after `lengths` places with `label`, shape (places, n)."""
    rows = np.arange(len(label))
    labels = np.zeros((len(best), len(label)), dtype=np.int64)
    labels[np.maximum(lengths, 1) - 1, rows] = label
    for place in range(len(best) - 1, 0, -1):
        inside = lengths > place
        label = np.where(inside, (best[place - 1] + step[:, label, rows]).argmax(0), label)
        labels[place - 1] = np.where(inside, label, labels[place - 1])
    return labels


def spans_of(labels: Ids, base: int) -> list[tuple[int, int]]:
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
