"""What is said beside words, and neither denies nor asks them; and what belongs to them and is cut off."""

import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import Mode


@pytest.mark.parametrize(
    ("reported", "original", "grades"),
    [
        ("We have to ask who paid for it.", "We have to ask who paid for it, right?", {"verbatim"}),
        ("The dam is open", "The dam is open, is it not?", {"altered"}),
        ("the dam is open", "The dam is open, says my opponent.", {"altered"}),
        ("The dam is open", "The dam is open?", {"altered"}),
        ("The roof fell on the third night.", "The roof fell on the second, no, on the third night.", {"abridged"}),
        ("The roof fell.", "The roof did not fall, no.", {"altered"}),
        ("The school ... will be closed", "The school on the hill, which has no stove, will be closed.", {"abridged"}),
        ("The school ... will be closed", "The school on the hill will, if no stove is found, be closed.", {"altered"}),
        ("I have always admired General Orsk", "I have always admired General Orsk's horses.", {"altered"}),
        ("I have always admired General Orsk", "I have always admired General Orsk; his horses too.", {"verbatim"}),
        ("He stayed till the last boat left.", "He stayed until the last boat left.", {"reworded", "verbatim"}),
    ],
)
def test_words_beside_a_quotation(reported, original, grades):
    verdict = grade_pair(reported, original)
    assert verdict.grade in grades, verdict.reason


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        (
            'the treasurer called the audit "a waste of good paper"',
            "This audit is a waste of good paper, said the treasurer, and I have paid for the paper.",
        ),
        (
            'a columnist had described the country as "a nation of cowards"',
            "A visiting columnist once called us a nation of cowards.",
        ),
        (
            "the union accused the company of hiding the results",
            "The union maintains that the company hid the results.",
        ),
    ],
)
def test_words_that_are_given_to_the_same_by_another_verb(reported, original):
    verdict = grade_pair(reported, original, mode=Mode.INDIRECT)
    assert verdict.grade in {"reworded", "unclear"}, verdict.reason


def test_a_word_that_stands_elsewhere_in_the_passage_is_neither_missed_nor_left_out():
    source = "The first call reached us at two. The first engine was at the hotel eleven minutes later."
    verdict = grade_pair("The engine arrived eleven minutes after the first call", source, mode=Mode.INDIRECT)
    assert verdict.grade == "reworded", verdict.reason
