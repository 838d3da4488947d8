"""Words that look as if they decided something, and do not: "you all", and a question without its mark."""

import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import ChangeKind, Grade


def material(reported: str, original: str) -> set[ChangeKind]:
    return {change.kind for change in grade_pair(reported, original).changes if change.material}


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("Vote for the pilot you know.", "Vote for the pilot that you all know."),
        ("I thank you for the lamps.", "I thank you all for the lamps."),
    ],
)
def test_you_all_is_you(reported: str, original: str):
    assert material(reported, original) == set()


def test_all_elsewhere_still_counts():
    assert ChangeKind.QUANTIFIER in material("I thank the crews for the lamps.", "I thank all the crews for the lamps.")
    assert ChangeKind.QUANTIFIER in material("Vote for all the pilots you know.", "Vote for the pilots you know.")


@pytest.mark.parametrize("tag", ["who knows", "why not", "what else"])
def test_a_few_words_that_ask_by_themselves_need_no_question_mark(tag: str):
    verdict = grade_pair(f"We may build the quay in May, {tag},", f"We may build the quay in May. {tag.capitalize()}?")
    assert not any(change.material for change in verdict.changes)
    assert verdict.grade in {Grade.VERBATIM, Grade.REWORDED}


def test_a_question_that_is_told_as_a_fact_still_counts():
    assert ChangeKind.QUESTION in material("The quay was built in May.", "The quay was built in May?")
