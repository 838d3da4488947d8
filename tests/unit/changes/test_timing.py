import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import ChangeKind, Grade, Mode


def judged(reported: str, original: str, mode: Mode = Mode.DIRECT):
    return grade_pair(reported, original, mode=mode)


def told(verb: str) -> str:
    return f"The ministry {verb} every fisherman of Tarn Bay before the summer."


@pytest.mark.parametrize("mode", [Mode.DIRECT, Mode.INDIRECT])
@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("has paid", "will pay"),
        ("paid", "will pay"),
        ("had paid", "is going to pay"),
        ("will pay", "has paid"),
        ("would pay", "paid"),
        ("has paid", "is paying"),
        ("is paying", "has paid"),
    ],
)
def test_a_tense_that_moves_the_event_is_a_material_change_of_when_it_happens(reported, original, mode):
    verdict = judged(told(reported), told(original), mode)
    assert verdict.grade is Grade.ALTERED
    (change,) = [change for change in verdict.changes if change.material]
    assert change.kind is ChangeKind.TENSE
    assert (change.reported.of(told(reported)), change.original.of(told(original))) == (reported, original)
    assert "(when it happens)" in verdict.reason


def test_a_plan_told_as_done_is_a_material_hedge():
    verdict = judged(told("has paid"), told("plans to pay"))
    assert [change.kind for change in verdict.changes if change.material] == [ChangeKind.HEDGE]


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("would pay", "will pay"),
        ("was paying", "is paying"),
        ("had paid", "has paid"),
        ("had paid", "paid"),
        ("paid", "has paid"),
        ("was going to pay", "is going to pay"),
    ],
)
def test_tenses_shifted_back_as_indirect_speech_demands_are_not_material(reported, original):
    assert judged(told(reported), told(original), Mode.INDIRECT).grade is Grade.REWORDED


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("The quay was closed to all boats.", "The quay is closed to all boats."),
        ("The quay will be closed to all boats.", "The quay is closed to all boats."),
        ("The board was paying the pilots of Olm.", "The board is paying the pilots of Olm."),
        ("We accepted that the pilots acted wrongly.", "We accept that the pilots acted wrongly."),
    ],
)
def test_between_quotation_marks_a_shift_is_material_and_in_indirect_speech_it_is_not(reported, original):
    assert judged(reported, original).grade is Grade.ALTERED
    if " will " not in reported:
        assert judged(reported, original, Mode.INDIRECT).grade is Grade.REWORDED


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        (told("is going to pay"), told("will pay")),
        (told("has been paying"), told("is paying")),
        (told("will now pay"), told("will pay")),
        ("The rule applied there binds the pilots of Olm.", "The rule that is applied there binds the pilots of Olm."),
    ],
)
def test_what_leaves_the_event_where_it_was_is_not_material(reported, original):
    verdict = judged(reported, original)
    assert not [change for change in verdict.changes if change.kind is ChangeKind.TENSE and change.material]
