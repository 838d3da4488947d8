"""Spans looked up by where they stand are those that a scan of all finds."""

import random

from quoth.types import Places, Span


def test_a_look_up_finds_what_a_scan_finds():
    dice = random.Random(5)
    spans = [
        None if dice.random() < 0.1 else Span(at := dice.randrange(200), at + dice.randrange(30)) for _ in range(80)
    ]
    places = Places(spans)
    for start in range(220):
        for length in (1, 2, 17):
            span = Span(start, start + length)
            assert places.meeting(span) == [n for n, one in enumerate(spans) if one is not None and one.meets(span)]
