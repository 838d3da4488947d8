"""An office with another rank is another office, in other words too; what a later report knows of it is no change."""

import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import Mode


@pytest.mark.parametrize(
    ("reported", "original", "grade"),
    [
        ("the mayor had resigned", "The deputy mayor has resigned.", "altered"),
        ("the deputy mayor had resigned", "The mayor has resigned.", "altered"),
        ("President Olm had refused the medal", "Vice-President Olm refused the medal, as he said.", "altered"),
        ("the minister had left the board", "The former minister has left the board.", "altered"),
        ("the deputy mayor had resigned", "Our deputy mayor has resigned.", "reworded"),
        ("the former minister had left the board", "The minister has left the board.", "reworded"),
        (
            "the acting governor had signed; the governor was ill",
            "The acting governor has signed, as the governor is ill.",
            "reworded",
        ),
    ],
)
def test_a_rank_before_an_office(reported, original, grade):
    verdict = grade_pair(reported, original, mode=Mode.INDIRECT)
    assert verdict.grade == grade, verdict.reason
    if grade == "altered":
        assert [change.kind for change in verdict.changes if change.material] == ["agent"]
