"""Short quotations that are the source's but for a word, an aside or another form of a hedge."""

import pytest

from quoth.models.loading import load_tools
from quoth.models.ports import Tools
from quoth.pipeline.examine import grade_pair
from quoth.types import ChangeKind, Grade


@pytest.mark.parametrize(
    ("reported", "original"),
    [("we sketched the quay", "we salted the quay"), ("the baker was jailed", "the juggler was jailed")],
)
def test_one_word_of_another_sense_is_a_change_however_much_of_the_quotation_it_is(reported: str, original: str):
    verdict = grade_pair(reported, original)
    assert (verdict.grade, [change.kind for change in verdict.changes]) == (Grade.ALTERED, [ChangeKind.STRENGTH])


def test_one_word_for_a_like_one_is_none():
    tools = load_tools()
    if tools.embedder is None:
        pytest.skip("the weights of the embedder are missing")
    alone = Tools(embedder=tools.embedder)  # the judge may leave it open
    assert grade_pair("the crew was weary", "the crew was tired", alone).grade is Grade.REWORDED


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("60 barges or more went down", "at least 60 barges went down"),
        ("I do not have any boat", "I ain't got no boat"),
        ("She is a true friend of the guild", "She is, and always was, a true friend of the guild."),
    ],
)
def test_another_form_of_a_hedge_a_negation_said_twice_and_an_aside_are_none(reported: str, original: str):
    assert grade_pair(reported, original).grade in {Grade.REWORDED, Grade.ABRIDGED}


def test_a_hedge_that_the_report_has_not_is_one():
    assert grade_pair("60 barges went down", "at least 60 barges went down").grade is Grade.ALTERED
