"""Labels of words: which begin, continue, end or are a span."""

import numpy as np

#: Cue labels: outside, begin, inside, end, single.
CUE_LABELS = 5
#: Role labels of one cue: outside, then begin, inside, end, single of the source, then of the content.
ROLE_LABELS = 9


def runs(words: list[int]) -> list[tuple[int, int]]:
    """Sorted word numbers as runs [first, last]."""
    found: list[tuple[int, int]] = []
    for word in words:
        if found and word == found[-1][1] + 1:
            found[-1] = (found[-1][0], word)
        else:
            found.append((word, word))
    return found


def write(labels: np.ndarray, spans: list[tuple[int, int]], base: int) -> None:
    """Writes spans into labels, `base` being the label of a begin; what is taken stays."""
    for start, end in spans:
        if labels[start : end + 1].any():
            continue
        if start == end:
            labels[start] = base + 3
        else:
            labels[start] = base
            labels[start + 1 : end] = base + 1
            labels[end] = base + 2


def allowed(roles: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Allowed steps (from, to), starts and ends, for `roles` kinds of spans of four labels after label 0."""
    size = 1 + 4 * roles
    step = np.zeros((size, size), dtype=bool)
    start = np.zeros(size, dtype=bool)
    end = np.zeros(size, dtype=bool)
    opens = [0] + [1 + 4 * r + k for r in range(roles) for k in (0, 3)]
    closes = [0] + [1 + 4 * r + k for r in range(roles) for k in (2, 3)]
    start[opens] = True
    end[closes] = True
    for label in closes:
        step[label, opens] = True
    for role in range(roles):
        begin, inside, last = (1 + 4 * role + k for k in range(3))
        for label in (begin, inside):
            step[label, [inside, last]] = True
    return step, start, end
