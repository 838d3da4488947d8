import pytest

from quoth.models.loading import load_tools
from quoth.pipeline.examine import grade_pair
from quoth.types import Grade

ORIGINAL = (
    "The council met on Thursday. No ship was prevented from putting to sea, and no sailor was told to keep silent. "
    "The fishing season is worth nine million crowns a year."
)


@pytest.fixture(scope="module")
def tools():
    tools = load_tools()
    if tools.judge is None or tools.embedder is None:
        pytest.skip("the weights of the judge or the embedder are missing")
    return tools


def test_a_rendering_without_common_words_is_found_by_its_meaning(tools):
    reported = "no vessel was kept from leaving port, and no seaman was ordered to stay quiet."
    verdict = grade_pair(reported, ORIGINAL, tools)
    assert verdict.grade is Grade.REWORDED
    (piece,) = verdict.pieces
    assert piece.original.of(ORIGINAL).startswith("No ship was prevented")
    assert "needs a reader" in verdict.reason


def test_a_lost_negation_keeps_such_a_rendering_from_being_found(tools):
    reported = "every vessel was kept from leaving port, and no seaman was ordered to stay quiet."
    assert grade_pair(reported, ORIGINAL, tools).grade is not Grade.REWORDED


def test_another_matter_is_not_found(tools):
    assert grade_pair("the ferry to Orlen will cost two crowns more", ORIGINAL, tools).grade is Grade.NOT_FOUND


def test_without_a_judge_such_a_rendering_is_not_found():
    reported = "no vessel was kept from leaving port, and no seaman was ordered to stay quiet."
    assert grade_pair(reported, ORIGINAL).grade is Grade.NOT_FOUND
