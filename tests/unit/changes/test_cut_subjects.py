import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import ChangeKind, Grade


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        (
            "The pilots ... should be in prison.",
            "The pilots did all that could be done. It is the owners who should be in prison.",
        ),
        (
            "Our doctors ... have been fined twice.",
            "Our doctors are the best in the land. Those of Karsk have been fined twice.",
        ),
    ],
)
def test_a_gap_that_gives_one_subject_the_predicate_of_another_is_no_fair_cut(reported, original):
    assert grade_pair(reported, original).grade in {Grade.ALTERED, Grade.SPLICED}


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        (
            "The pilots ... should be praised.",
            "The pilots did all that could be done. They should be praised.",
        ),
        ("The bridge is old ... and it will be closed.", "The bridge is old. It leaks, and it will be closed."),
    ],
)
def test_a_gap_before_more_of_the_same_subject_is_a_cut(reported, original):
    assert grade_pair(reported, original).grade is Grade.ABRIDGED


def test_a_name_in_brackets_for_a_pronoun_that_means_another_is_altered():
    source = "The cook, Anna Orr, is a good soul. The porter, Peter Pell, is not. He robbed us for years."
    verdict = grade_pair("[Anna Orr] robbed us for years.", source)
    assert {change.kind for change in verdict.changes if change.material} == {ChangeKind.NAME}
    assert grade_pair("[Peter Pell] robbed us for years.", source).grade is Grade.ABRIDGED
