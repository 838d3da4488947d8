"""Runs put together: the chain of shared runs that carries most of the quotation for the least jumping about."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from quoth.matching.passages import Prepared
from quoth.matching.seeds import Run

#: What it costs to go on elsewhere in the source, in units of weight: about three telling words.
JUMP = 3.2
#: The same where the report marks a gap at that place.
MARKED_JUMP = 1.2
#: What it costs to go on in the next sentence, and further on in the same one, in units of weight.
NEXT = 0.5
GAP = 0.15
GAP_WORD = 0.02
#: From this weight on a run is a clause, and may stand before another one of its sentence or after it.
CLAUSE = 2 * JUMP
#: A part of a splice weighs at least this much and has at least so many words, or it is chance.
LIGHTEST_PART = 3.0
SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Reported words that come from one stretch of the source, in its order.

    Attributes:
        reported: first and last (exclusive) reported unit of the exact runs.
        original: the same for the source.
        weight: of the exact runs.
    """

    reported: tuple[int, int]
    original: tuple[int, int]
    weight: float


def chain(
    found: Sequence[Run], weights: Sequence[float], source: Prepared, marked: frozenset[int] = frozenset()
) -> list[Part]:
    """The best chain of runs, cut into parts wherever it jumps in the source.

    Args:
        found: runs from `seeding.runs`.
        weights: weights of the reported units.
        source: the prepared source.
        marked: numbers of the reported units before which the report marks a gap.

    Returns:
        Parts in the order of the report; empty if nothing is shared. Within a part, the source is read forwards.
    """
    if not found:
        return []
    total = [0.0, *accumulate(weights)]
    order = sorted(found, key=lambda run: (run.reported, run.original))
    best = [run.weight for run in order]
    back = [-1] * len(order)
    jumped = [False] * len(order)
    sentence_start = [source.sentence_of(run.original) for run in order]
    sentence_end = [source.sentence_of(run.original + run.size - 1) for run in order]
    ends = [(run.reported + run.size, run.original + run.size) for run in order]
    for b, run in enumerate(order):
        start, original, size, top = run.reported, run.original, run.size, best[b]
        most = total[start + size] - total[start] - GAP  # that the run can add to an earlier one
        for a, before in enumerate(islice(best, b)):
            if before + most <= top:
                continue
            reported_end, original_end = ends[a]
            trim = reported_end - start if reported_end > start else 0
            if trim >= size:
                continue
            here = original + trim
            gap = here - original_end
            if gap < 0 <= gap + trim and trim:  # both texts repeat a word at the seam: "had had"
                trim -= gap
                here -= gap
                gap = 0
                if trim >= size:
                    continue
            kept = total[start + size] - total[start + trim]
            least = MARKED_JUMP if gap < 0 else min(MARKED_JUMP, GAP + GAP_WORD * gap)  # that such a step costs
            if before + kept - least <= top:
                continue
            first = source.sentence_of(here) if trim else sentence_start[b]
            cost, jump = _cost(
                gap,
                start + trim - reported_end,
                first - sentence_end[a],
                start + trim in marked,
                kept,
            )
            if cost is None:
                continue
            value = before + kept - cost
            if value > top:
                top = value
                best[b], back[b], jumped[b] = value, a, jump
    return _parts(order, best, back, jumped, total)


def _cost(gap: int, reported_gap: int, sentences: int, is_marked: bool, kept: float) -> tuple[float | None, bool]:  # noqa: FBT001
    """What a step costs, and whether it is a jump; None where there is no such step.

    A step back inside one sentence is no jump, unless it is to a whole clause: there the longer run leads, and the
    other words count as moved.
    """
    if gap < 0:
        return (None, False) if sentences == 0 and kept < CLAUSE else (MARKED_JUMP if is_marked else JUMP, True)
    excess = max(0, gap - reported_gap)
    cost = GAP + GAP_WORD * max(gap, reported_gap)
    if sentences == 0:
        return min(cost, MARKED_JUMP), False
    if sentences == 1:
        cost += NEXT
    limit = MARKED_JUMP if is_marked else JUMP
    if sentences <= 1 and excess <= 3:  # noqa: PLR2004 - a few words fewer: still the same passage
        return min(cost, limit), False
    return (min(cost, limit), False) if sentences == 1 and cost < limit else (limit, True)


def _parts(
    order: Sequence[Run], best: Sequence[float], back: Sequence[int], jumped: Sequence[bool], total: Sequence[float]
) -> list[Part]:
    at = max(range(len(order)), key=lambda number: (best[number], -order[number].original))
    steps: list[int] = []
    while at >= 0:
        steps.append(at)
        at = back[at]
    steps.reverse()
    grouped: list[list[Run]] = []
    for number in steps:
        if not grouped or jumped[number]:
            grouped.append([])
        grouped[-1].append(order[number])
    parts = [_part(group, total) for group in grouped]
    heaviest = max(parts, key=lambda part: part.weight)
    return [
        part
        for part in parts
        if part is heaviest or (part.weight >= LIGHTEST_PART and part.reported[1] - part.reported[0] >= SHORTEST_PART)
    ]


def _part(group: Sequence[Run], total: Sequence[float]) -> Part:
    weight, seen = 0.0, 0
    for run in group:
        start = max(run.reported, seen)
        seen = max(seen, run.reported + run.size)
        weight += total[seen] - total[start]
    last = max(group, key=lambda run: run.reported + run.size)
    return Part(
        (group[0].reported, last.reported + last.size),
        (min(run.original for run in group), max(run.original + run.size for run in group)),
        weight,
    )
