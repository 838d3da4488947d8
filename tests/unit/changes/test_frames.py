"""The reporter's own words around quoted ones, held against what the source says of them."""

import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import Grade, Mode

PIER = "The new pier is a joy for walkers, and every plank of it is paid for."
TARN = "The council of Tarn is blind to the danger. Nobody there reads our letters."
DEBT = "The shipyards are deep in debt, while the state brewery earns well."


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ('the new pier would be "a joy for walkers" if the state bank paid for it', PIER),
        ('perhaps the new pier would be "a joy for walkers"', PIER),
        ('the new pier would be "a joy for walkers" for children only', PIER),
        ('the council of Olm was "blind to the danger"', TARN),
        ('the state brewery was "deep in debt"', DEBT),
        (
            'the fishermen resisted "the longest quay in the land"',
            "The fishermen support the longest quay in the land, and they have said so.",
        ),
    ],
)
def test_words_around_the_marks_that_say_otherwise_are_altered(reported: str, original: str):
    assert grade_pair(reported, original, mode=Mode.INDIRECT).grade is Grade.ALTERED


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ('the lighthouse would be "a joy for walkers"', PIER),
        ('the new pier was "a joy for walkers" because two bakers had opened stalls', PIER),
    ],
)
def test_another_noun_or_cause_around_the_marks_is_a_doubt(reported: str, original: str):
    verdict = grade_pair(reported, original, mode=Mode.INDIRECT)
    assert (verdict.grade, verdict.confidence) == (Grade.UNCLEAR, 0.0)
    assert "needs a reader" in verdict.reason


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ('the new pier would be "a joy for walkers"', PIER),
        ('the new pier, built by two brothers, was "a joy for walkers"', PIER),
        ('it would be "a joy for walkers"', PIER),
        ('the council was "blind to the danger"', TARN),
        ('the yards were "deep in debt"', "They are deep in debt, all of them."),
        (
            'the dyke would hold "in any storm" if it was finished',
            "If it is finished, the dyke will hold in any storm.",
        ),
    ],
)
def test_words_around_the_marks_that_only_place_them_are_faithful(reported: str, original: str):
    assert grade_pair(reported, original, mode=Mode.INDIRECT).grade in {Grade.REWORDED, Grade.VERBATIM}
