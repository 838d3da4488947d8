"""Spans that are put together."""

import pytest

from quoth.types import Span, united


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        ([], ()),
        ([(3, 5)], ((3, 5),)),
        ([(6, 8), (0, 2)], ((0, 2), (6, 8))),  # in order
        ([(0, 4), (3, 6)], ((0, 6),)),  # overlapping
        ([(0, 4), (4, 6)], ((0, 6),)),  # touching
        ([(0, 4), (5, 6)], ((0, 4), (5, 6))),  # one code point between
        ([(0, 9), (2, 4), (8, 10)], ((0, 10),)),  # one inside another does not shorten it
        ([(5, 9), (0, 6), (9, 12), (20, 21), (20, 21)], ((0, 12), (20, 21))),  # chained, and one twice
    ],
)
def test_spans_that_overlap_or_touch_are_united_in_order(
    spans: list[tuple[int, int]], wanted: tuple[tuple[int, int], ...]
):
    assert united(Span(*one) for one in spans) == tuple(Span(*one) for one in wanted)
    assert united(Span(*one) for one in reversed(spans)) == tuple(Span(*one) for one in wanted)
