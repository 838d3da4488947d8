"""What a document looks up by place is what a scan of all of it finds."""

import random

from quoth.doc.doc import Doc
from quoth.types import Document, Span

TEXT = (
    "Mira Orlan said: “We may not pay ‘the whole of it’ before 5 May 2031, and 40 ships never came.” It rained. "
    "“If 12 lorries come,” she said, “we “might” leave on 6 May 2031.” Nobody left 3 boats.\n\n“Not now,” he said.\n"
)


def test_the_quotation_around_a_span_is_the_innermost_that_holds_it():
    doc = Doc(Document("a", TEXT, ""))
    dice = random.Random(2)
    for _ in range(500):
        start = dice.randrange(len(TEXT))
        span = Span(start, min(len(TEXT), start + 1 + dice.randrange(40)))
        assert doc.quotation_around(span) == next(
            (one for one in reversed(doc.quotations) if one.outer.holds(span)), None
        )


def test_operators_dates_and_numbers_of_a_stretch_are_those_of_a_scan():
    doc = Doc(Document("a", TEXT, ""))
    assert len(doc.operators) > 3
    assert len(doc.dates) > 1
    assert len(doc.numbers) > 2
    for first in range(0, len(doc.tokens), 3):
        for last in range(first, len(doc.tokens), 5):
            assert list(doc.operators_in(first, last)) == [one for one in doc.operators if first <= one.first < last]
    for start in range(0, len(TEXT), 7):
        span = Span(start, start + 25)
        assert doc.dates_in([span]) == tuple(one for one in doc.dates if span.holds(one.span))
        assert doc.numbers_at([span]) == tuple(one for one in doc.numbers if span.meets(one.span))
