"""Which statement stands inside which."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import replace

from quoth.values import Span, Statement


def nested(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, each linked to the innermost other one whose content holds its cue and its content.

    Args:
        statements: in order of the beginnings of their contents, longer before shorter; what holds another comes first.
    """
    result: list[Statement] = []
    # earlier statements that reach past the beginning of this one, the shortest first: size, place in order, end
    around: list[tuple[int, int, int]] = []
    for number, one in enumerate(statements):
        start, end = one.extent
        around = [other for other in around if other[2] > start]
        holder = next((statements[place] for _, place, _ in around if _holds(statements[place], one)), None)
        result.append(replace(one, within=holder.id) if holder is not None else one)
        insort(around, (sum(span.length for span in one.content), number, end))
    return tuple(result)


def _holds(outer: Statement, inner: Statement) -> bool:
    first = min(span.start for span in inner.content)
    places = [*inner.cue, Span(first, first + 1)]  # two readings of one clause may end at different words
    if outer.content == inner.content or not inner.cue:
        return False
    return all(any(span.holds(place) for span in outer.content) for place in places)
