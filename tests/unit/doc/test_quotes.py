"""Pairs of quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.doc.quotations import quotations
from quoth.types import Span


def inner(*paragraphs: str) -> list[str]:
    text, spans = "", []
    for words in paragraphs:
        spans.append(Span(len(text), len(text) + len(words)))
        text += words + "\n"
    return [one.inner.of(text) for one in quotations(text, spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we stay” and “we win”.", ["we stay", "we win"]),
        ('He said "we stay" and "we win".', ["we stay", "we win"]),
        ("«Oui», ‹non›, „nein“, »ja«, 「はい」, 『ええ』", ["Oui", "non", "nein", "ja", "はい", "ええ"]),
        ("``so'' and ''so''", ["so", "so"]),
        ("‘I can’t go,’ she said.", ["I can’t go,"]),
        ("'The leaders' plan is bad,' she said.", ["The leaders' plan is bad,"]),
        ("It's the '90s, rock 'n' roll, the dogs' day, don't.", []),
        ("“He said ‘no’ to me.”", ["He said ‘no’ to me.", "no"]),
        ('“We stay," he said.', ["We stay,"]),
        ("”We stay,” he said.", ["We stay,"]),
        ("“” and “ ”", []),
        ("a board 6' 2\" long", []),
    ],
)
def test_marks_pair_as_a_reader_pairs_them(text: str, expected: list[str]):
    assert inner(text) == expected


def test_signs_of_less_and_more_quote_as_pointed_marks_do():
    text = "<<We stay here>>, he said."
    assert [one.outer.of(text) for one in quotations(text, [Span(0, len(text))])] == ["<<We stay here>>"]
    assert [one.inner.of(text) for one in quotations(text, [Span(0, len(text))])] == ["We stay here"]


def test_a_quotation_inside_another_is_one_deeper():
    text = "“He said ‘no’ to me.”"
    assert [one.depth for one in quotations(text, [Span(0, len(text))])] == [0, 1]


def test_an_open_quotation_ends_with_its_paragraph_and_is_carried_by_the_next():
    text = "“One.\n“Two.\n“Three.”"
    spans = [Span(0, 5), Span(6, 11), Span(12, 20)]
    found = quotations(text, spans)
    assert [(one.closed, one.carried) for one in found] == [(False, False), (False, True), (True, True)]


def test_a_long_paragraph_of_opening_marks_takes_little_time():
    text = "“" * 20_000
    assert len(quotations(text, [Span(0, len(text))])) <= 1


@given(st.text(alphabet="“”„‘’'\"«» ab.,\n", max_size=200))
def test_every_quotation_lies_in_its_paragraph_and_holds_words(text: str):
    for one in quotations(text, [Span(0, len(text))]):
        assert 0 <= one.outer.start <= one.inner.start < one.inner.end <= one.outer.end <= len(text)
        assert one.inner.of(text).strip() == one.inner.of(text)
