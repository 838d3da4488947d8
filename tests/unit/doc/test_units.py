import pytest

from quoth.doc.tokens import units, weight


def keys(text: str) -> list[str]:
    return [unit.key for unit in units(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("isn't", "is not"),
        ("can’t", "cannot"),
        ("dont", "do not"),
        ("colour", "color"),
        ("recognised", "recognized"),
        ("34,000", "34000"),
        ("V.A.", "VA"),
        ("Café", "cafe"),
    ],
)
def test_two_ways_of_writing_have_the_same_keys(one, other):
    assert keys(one) == keys(other)


def test_offsets_slice_the_parts_of_a_contraction():
    text = "It isn't, is it?"
    assert [text[unit.start : unit.end] for unit in units(text)] == ["It", "is", "n't", "is", "it"]


def test_a_country_in_capitals_is_no_pronoun():
    assert keys("the US") != keys("the us")


def test_rare_words_weigh_more_than_common_ones():
    assert weight("the") < weight("people") < weight("quay")
