"""Denials outside of the words held against each other: around the marks, beside another subject, in the cue."""

import pytest

from quoth.pipeline.examine import examine
from quoth.types import ChangeKind, Document, Grade

HEAD = "Speech by Odo Palomo, minister\n\n"


def verdict(report: str, source: str):
    return examine(Document("r", report, ""), [Document("s", HEAD + source, "")]).verdicts[0]


def material(report: str, source: str):
    told = verdict(report, source)
    return told.grade, {change.kind for change in told.changes if change.material}


@pytest.mark.parametrize(
    ("report", "source"),
    [
        ('Palomo said he would never sell "the old mill by the weir".', "I will sell the old mill by the weir."),
        ('Palomo said he refused to sell "the old mill by the weir".', "I will sell the old mill by the weir."),
        (
            'Palomo said the pass would not be "shut for the whole winter".',
            "The pass will be shut for the whole winter.",
        ),
        ('Palomo said the toll was not "high and unkind".', "The toll is high and unkind."),
    ],
)
def test_a_denial_around_the_marks_of_what_the_source_asserts_is_a_change(report: str, source: str):
    assert material(report, source) == (Grade.ALTERED, {ChangeKind.NEGATION})


@pytest.mark.parametrize(
    ("report", "source"),
    [
        ('Palomo said he would never sell "the old mill by the weir".', "I will not sell the old mill by the weir."),
        ('Palomo said he would not sell "the old mill by the weir".', "I reject selling the old mill by the weir."),
        ('Palomo said he would not sell "the old mill by the weir".', "Sell? Never. It is the old mill by the weir."),
        (
            'Palomo said he never wavered: he would sell "the old mill by the weir".',
            "I will sell the old mill by the weir.",
        ),
        ('Palomo said he would not only sell "the old mill by the weir".', "I will sell the old mill by the weir."),
        ('Palomo said he would not sail until "the fog lifts over Orl".', "I will sail when the fog lifts over Orl."),
    ],
)
def test_a_denial_that_the_source_has_in_other_words_or_that_denies_something_else_is_none(report: str, source: str):
    told = verdict(report, source)
    assert told.grade is Grade.REWORDED
    assert "no change found that is material" in told.reason


@pytest.mark.parametrize(
    "source",
    [
        "I would be mad to sell the old mill by the weir.",
        "The day I sell the old mill by the weir is the day I die.",
        "I will sell the old mill by the weir over my dead body.",
        "They call it the old mill by the weir.",
    ],
)
def test_a_denial_that_the_source_may_mean_is_left_open_and_said_to_be(source: str):
    told = verdict('Palomo said he would not sell "the old mill by the weir".', source)
    assert told.grade is Grade.REWORDED
    assert told.confidence < 0.75
    assert "“not”" in told.reason
    assert "no change found" not in told.reason


def test_a_denial_that_is_dropped_beside_another_subject_is_a_change():
    source = "We will not lower the seven bridges until Tarn repairs our road."
    ours = "Palomo said his town would {} the seven bridges until Tarn repairs its road."
    assert material(ours.format("lower"), source) == (Grade.ALTERED, {ChangeKind.NEGATION})
    assert material(ours.format("not lower"), source) == (Grade.REWORDED, set())


def test_no_town_stands_for_we_will_not():
    source = "We will not lower the seven bridges until Tarn repairs our road."
    report = "Palomo said no town would lower the seven bridges until Tarn repairs its road."
    assert material(report, source) == (Grade.REWORDED, set())


@pytest.mark.parametrize(
    ("report", "source"),
    [
        ("Palomo ruled out a toll on the bridge.", "We do not rule out a toll on the bridge."),
        ("Palomo did not rule out a toll on the bridge.", "We rule out a toll on the bridge."),
        ("Palomo denied that the dam leaks.", "I do not deny that the dam leaks."),
    ],
)
def test_a_verb_of_denying_that_is_denied_on_one_side_only_is_a_change(report: str, source: str):
    assert material(report, source) == (Grade.ALTERED, {ChangeKind.NEGATION})


@pytest.mark.parametrize(
    ("report", "source"),
    [
        ("Palomo ruled out a toll on the bridge.", "We rule out a toll on the bridge."),
        ("Palomo ruled out a toll on the bridge.", "There will be no toll on the bridge."),
        ("Palomo did not rule out a toll on the bridge.", "We do not rule out a toll on the bridge."),
        ("Palomo did not rule out a toll on the bridge.", "We refuse to rule out a toll on the bridge."),
        ("Palomo ruled out a toll on the bridge.", "Do we not rule out a toll on the bridge? We do."),
        ("Palomo did not deny that the dam leaks.", "I do not deny that the dam leaks."),
    ],
)
def test_a_verb_of_denying_that_says_the_same_on_both_sides_is_none(report: str, source: str):
    assert material(report, source) == (Grade.REWORDED, set())
