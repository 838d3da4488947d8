"""Stretches of a text, kept so that those around a place are found without looking at all of them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

from quoth.types import Span

T = TypeVar("T")


class Stretches(Generic[T]):
    """Stretches by where they start, each with a value; they may overlap and lie in each other.

    A question costs the logarithm of how many there are, and what overlaps near the place.
    """

    __slots__ = ("_ends", "_items")

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        """Keep the stretches; those with equal starts stay in the order given."""
        self._items = sorted(items, key=lambda item: item[0].start)
        self._ends = list(accumulate((span.end for span, _ in self._items), max))

    def meeting(self, place: Span) -> Iterator[tuple[Span, T]]:
        """What shares a code point with a place, the last to start first."""
        number = bisect_left(self._items, place.end, key=lambda item: item[0].start) - 1
        while number >= 0 and self._ends[number] > place.start:
            span, value = self._items[number]
            if span.meets(place):
                yield span, value
            number -= 1

    def holding(self, place: Span) -> Iterator[tuple[Span, T]]:
        """What a place, of one code point at least, lies in wholly, the last to start first."""
        return (item for item in self.meeting(place) if item[0].holds(place))
