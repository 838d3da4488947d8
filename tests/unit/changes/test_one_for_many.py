"""One for many: "a vote" and "votes" are told apart, also where a word has no mate that is read."""

from dataclasses import replace

import pytest

from quoth.models.loading import load_tools
from quoth.pipeline.examine import grade_pair
from quoth.types import Grade


def test_answers_in_another_order_are_graded_though_a_word_has_its_mate_elsewhere():
    tools = load_tools()
    if tools.embedder is None:
        pytest.skip("the embedder's weights are not installed")
    verdict = grade_pair(
        "There will be a vote, and then there will be an audit.",
        "Q. Governor, will there be a second tunnel? A. There will be an audit. Q. And if the audit agrees? A. Then"
        " there will be a vote. Q. So it may be built. A. It may rain in May.",
        replace(tools, judge=None),
    )
    assert verdict.grade is not Grade.NOT_FOUND
    assert verdict.pieces
