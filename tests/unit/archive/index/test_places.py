"""Where words stand, and which words they are, is the same question with the same answer."""

import random

import pytest

from quoth.archive.index.vocabulary import places, words_in

TEXTS = [
    "",
    "'",
    "a",
    "a'b",
    "a''b",
    "'a'",
    "a'b'c",
    "a' b",
    "_'_",
    " a",
    "the GAO's men",
    "don’t say so",
    "naïve 'tis",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_places_of_words_are_those_of_the_words_themselves(text: str) -> None:
    assert [text[start:end] for start, end in zip(*places(text), strict=True)] == words_in(text)


def test_so_they_are_in_any_mixture_of_letters_apostrophes_and_blanks() -> None:
    chance = random.Random(4)
    for _ in range(2_000):
        text = "".join(chance.choices("ab_1' -.", k=chance.randrange(30)))
        assert [text[start:end] for start, end in zip(*places(text), strict=True)] == words_in(text), repr(text)
