"""The example story gives the judgements that were accepted last; what is gained and lost is printed."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import story

HOW = "to take these over: python tests/golden/story.py --accept"


@pytest.mark.parametrize("way", story.WAYS)
def test_the_story_gains_and_loses_nothing(way: str):
    lines, missed = story.now(way)
    changed = story.difference(story.accepted(way, "verdicts"), lines)
    changed += [f"careful reader: {line}" for line in story.difference(story.accepted(way, "missed"), missed)]
    assert not changed, "\n".join(["", *changed, HOW])


def test_the_two_reports_hold_every_grade_between_them():
    grades = {one["grade"] for expected, _ in story.examinations(models=False) for one in expected["statements"]}
    assert grades == {"not found", "altered", "spliced", "reworded", "abridged", "verbatim"}


def test_every_expected_word_stands_in_the_story():
    for expected, found in story.examinations(models=False):
        text = found["report"]["text"]
        for statement in expected["statements"]:
            assert statement["words"] in text
        sources = " ".join(source["text"] for source in found["sources"])
        for words in (*expected["left_out"], *expected["carried"]):
            assert words in sources
