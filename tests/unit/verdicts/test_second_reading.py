"""The second reading: the judge moves how sure a verdict is, and leaves open what is likelier wrong than right."""

from collections.abc import Sequence

import pytest

from quoth.models.ports import Judgement, Tools
from quoth.pipeline.examine import grade_pair
from quoth.types import Carriage, Grade, Mode
from quoth.verdicts.second_reading import FAMILIES, chance

SOURCE = (
    "We met on Monday. The harbour of Tarn Bay will stay open for the whole winter, and no ferry will be cancelled."
    " Thanks to all. The lights go out now."
)
CARRIED = Judgement(0.97, 0.01, 0.01, 0.01)
CHANGED = Judgement(0.01, 0.01, 0.97, 0.01)


class Fixed:
    """A judge with one answer, that keeps what it was asked."""

    def __init__(self, answer: Judgement) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        self.asked += pairs
        return [self.answer] * len(pairs)


def read(reported: str, answer: Judgement, mode: Mode = Mode.DIRECT):
    judge = Fixed(answer)
    return grade_pair(reported, SOURCE, Tools(judge=judge), mode), judge


@pytest.mark.parametrize("mode", [Mode.DIRECT, Mode.INDIRECT])
def test_a_verdict_is_surer_where_the_judge_agrees(mode: Mode):
    said = "no ferry shall be cancelled"
    agreed, _ = read(said, CARRIED, mode)
    doubted, _ = read(said, CHANGED, mode)
    assert agreed.support == Carriage(*(CARRIED.carried, CARRIED.partly, CARRIED.changed, CARRIED.absent))
    assert agreed.confidence > doubted.confidence


def test_an_accusation_is_less_sure_where_the_judge_reads_the_same():
    said = "The harbour of Tarn Bay will stay open for the whole summer"
    agreed, _ = read(said, CHANGED)
    doubted, _ = read(said, CARRIED)
    assert agreed.grade is Grade.ALTERED
    assert doubted.grade is Grade.UNCLEAR or agreed.confidence > doubted.confidence


def test_what_stands_beside_the_passage_is_read_with_it_and_no_more():
    _, judge = read("no ferry shall be cancelled", CARRIED)
    said, passage = judge.asked[-1]
    assert said == "no ferry shall be cancelled"
    assert passage == SOURCE.removesuffix(" The lights go out now.")


def test_what_is_likelier_wrong_than_right_is_left_open_and_shows_what_it_showed(monkeypatch: pytest.MonkeyPatch):
    said = "no ferry shall be cancelled"
    sure, _ = read(said, CHANGED)
    monkeypatch.setattr("quoth.verdicts.second_reading.chance", lambda *_: 0.49)
    verdict, _ = read(said, CHANGED)
    assert sure.pieces
    assert (verdict.grade, verdict.confidence, verdict.pieces) == (Grade.UNCLEAR, 0.0, sure.pieces)
    assert verdict.reason.endswith("read as a whole, the passage may say something else, which needs a reader.")


def test_words_that_stand_as_they_are_are_not_read_a_second_time():
    verdict, judge = read("no ferry will be cancelled", CHANGED)
    assert (verdict.grade, verdict.support, judge.asked) == (Grade.VERBATIM, None, [])


def test_without_a_judge_the_first_reading_stands():
    verdict = grade_pair("no ferry shall be cancelled", SOURCE)
    assert (verdict.grade, verdict.support) == (Grade.REWORDED, None)


@pytest.mark.parametrize("family", sorted(set(FAMILIES.values())))
@pytest.mark.parametrize("first", [0.2, 0.6, 0.95])
def test_a_surer_first_reading_never_makes_a_verdict_less_sure(family: str, first: float):
    for answer in (CARRIED, CHANGED):
        told = Carriage(answer.carried, answer.partly, answer.changed, answer.absent)
        assert 0 < chance(family, first, told) < chance(family, first + 0.04, told) < 1
