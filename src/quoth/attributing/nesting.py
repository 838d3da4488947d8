"""Which statement stands inside which."""

from collections.abc import Sequence
from dataclasses import replace

from quoth.values import Span, Statement


def nested(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, each linked to the innermost other one whose content holds its cue and its content.

    Args:
        statements: in order of the beginnings of their contents, longer before shorter; what holds another comes first.
    """
    result: list[Statement] = []
    around: list[Statement] = []  # earlier statements that reach past the beginning of this one
    for one in statements:
        start = one.extent.start
        around = [other for other in around if other.extent.end > start]
        holders = [other for other in around if _holds(other, one)]
        if holders:
            result.append(
                replace(one, within=min(holders, key=lambda other: sum(span.length for span in other.content)).id)
            )
        else:
            result.append(one)
        around.append(one)
    return tuple(result)


def _holds(outer: Statement, inner: Statement) -> bool:
    first = min(span.start for span in inner.content)
    places = [*inner.cue, Span(first, first + 1)]  # two readings of one clause may end at different words
    if outer.content == inner.content or not inner.cue:
        return False
    return all(any(span.holds(place) for span in outer.content) for place in places)
