"""The second reading: the judge moves how sure a verdict is, and leaves open what is likelier wrong than right."""

from collections.abc import Sequence

import pytest

from quoth.models.ports import Judgement, Tools
from quoth.pipeline.examine import examine, grade_pair
from quoth.types import Carriage, Document, Grade, Mode
from quoth.verdicts.second_reading import FAMILIES, chance, signals

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


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("The lock at Orven opens on March 14, 2031.", "The lock at Orven opens on 14 March 2031."),
        ("The pilots of Orven got 19 letters.", "The pilots of Orven got nineteen letters."),
        ("The quay cost the town 1,400 million talers.", "The quay cost the town 1.4 billion talers."),
    ],
)
def test_a_value_in_another_form_is_read_as_the_source_writes_it(reported: str, original: str):
    judge = Fixed(CARRIED)
    verdict = grade_pair(reported, original, Tools(judge=judge), Mode.DIRECT)
    assert verdict.grade is Grade.REWORDED
    assert judge.asked[-1] == (original, original)


def test_another_value_is_read_as_the_report_has_it():
    reported, original = "The lock at Orven opens on March 15, 2031.", "The lock at Orven opens on 14 March 2031."
    judge = Fixed(CHANGED)
    verdict = grade_pair(reported, original, Tools(judge=judge), Mode.DIRECT)
    assert verdict.grade is Grade.ALTERED
    assert all(said == reported for said, _ in judge.asked)


def test_what_is_likelier_wrong_than_right_is_left_open_and_shows_what_it_showed(monkeypatch: pytest.MonkeyPatch):
    said = "no ferry shall be cancelled"
    sure, _ = read(said, CHANGED)
    monkeypatch.setattr("quoth.verdicts.second_reading.chance", lambda *_: 0.39)
    verdict, _ = read(said, CHANGED)
    assert sure.pieces
    assert (verdict.grade, verdict.confidence, verdict.pieces) == (Grade.UNCLEAR, 0.0, sure.pieces)
    assert verdict.reason.endswith("read as a whole, the passage may say something else, which needs a reader.")


def test_words_that_stand_as_they_are_stay_verbatim_where_the_judge_agrees():
    verdict, _ = read("no ferry will be cancelled", CARRIED)
    assert verdict.grade is Grade.VERBATIM
    assert verdict.support is not None


def test_what_words_do_not_find_is_reworded_where_the_judge_reads_the_same():
    said = "no boat gets dropped over the winter"
    assert grade_pair(said, SOURCE, mode=Mode.INDIRECT).grade in {Grade.NOT_FOUND, Grade.UNCLEAR}
    verdict, _ = read(said, CARRIED, Mode.INDIRECT)
    assert verdict.grade is Grade.REWORDED
    assert verdict.pieces
    assert verdict.reason == "Read as a whole, the passage shown, of original, says as much in other words."


@pytest.mark.parametrize(("told", "grade"), [("2.5 kilometres", "reworded"), ("25 kilometres", "unclear")])
def test_a_quantity_that_the_passage_has_otherwise_is_not_read_as_the_same(told: str, grade: str):
    source = "The wall will have a length of 2,500 metres and a height of four."
    tools = Tools(judge=Fixed(CARRIED))
    verdict = grade_pair(f"the wall would be {told} long", source, tools, Mode.INDIRECT)
    assert verdict.grade == grade, verdict.reason


class Turning(Fixed):
    """A judge that takes what is said as carried once some words stand in it."""

    def __init__(self, words: str) -> None:
        super().__init__(CHANGED)
        self.words = words

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        return [CARRIED if self.words in said else self.answer for said, _ in pairs]


def test_an_accusation_of_the_judge_names_the_difference_that_turns_it():
    verdict = grade_pair("no ferry shall be cancelled", SOURCE, Tools(judge=Turning("will")))
    assert verdict.grade is Grade.ALTERED
    (change,) = [one for one in verdict.changes if one.material]
    assert change.original is not None
    assert change.original.of(SOURCE) == "will"
    assert verdict.reason.startswith("The report has “shall”, the source “will”")


def test_the_judge_does_not_accuse_where_no_one_difference_turns_its_answer():
    verdict, _ = read("no ferry shall be cancelled", CHANGED)
    assert verdict.grade is Grade.UNCLEAR


def test_without_a_judge_the_first_reading_stands():
    verdict = grade_pair("no ferry shall be cancelled", SOURCE)
    assert (verdict.grade, verdict.support) == (Grade.REWORDED, None)


@pytest.mark.parametrize("family", sorted(set(FAMILIES.values())))
@pytest.mark.parametrize("first", [0.2, 0.6, 0.95])
@pytest.mark.parametrize("cover", [0.1, 0.9])
def test_what_the_judge_reads_as_carried_is_likelier_to_be(family: str, first: float, cover: float):
    alike, other = (Carriage(one.carried, one.partly, one.changed, one.absent) for one in (CARRIED, CHANGED))
    unlikely, likely = (chance(family, signals(first, told, cover, found_among=4)) for told in (other, alike))
    assert 0 < unlikely < likely < 1


def test_what_another_speaker_says_is_not_read_for_the_speaker():
    source = (
        "MAYOR DUNE: The bridge is an old one. I have nothing to add on the matter.\n\n"
        "MR HOLT: The bridge will be closed to lorries by June, and the toll will double.\n\n"
        "MAYOR DUNE: Let us come to the harbour. The harbour is a matter for the council."
    )
    report = "Mayor Dune said that the bridge would be closed to lorries by June and that the toll would double."
    judge = Turning("")
    judge.judge = lambda pairs: [CARRIED if "lorries" in there else CHANGED for _, there in pairs]  # type: ignore[method-assign]
    found = examine(Document("r", report, ""), [Document("s", source, "")], Tools(judge=judge)).verdicts
    assert found
    assert {verdict.grade for verdict in found}.isdisjoint({Grade.REWORDED, Grade.VERBATIM, Grade.ABRIDGED})


FAR = (
    "The harbour of Tarn Bay will stay open. We met on Monday. The weather was fine. Nobody was late. There was tea."
    " A grant of ninety crowns pays the icebreaker."
)


@pytest.mark.parametrize(
    ("said", "read_too"),
    [
        ("the harbour of Tarn Bay will stay open, with an icebreaker on a grant of ninety crowns", True),
        ("the harbour of Tarn Bay will stay open, with an icebreaker in front of every ship", False),
    ],
)
def test_a_sentence_elsewhere_is_read_only_if_several_telling_words_are_drawn_from_it(said: str, read_too: bool):
    judge = Fixed(CHANGED)
    grade_pair(said, FAR, Tools(judge=judge), Mode.INDIRECT)
    (_, passage), *_ = judge.asked
    assert passage.startswith("The harbour of Tarn Bay")
    assert passage.endswith("icebreaker.") is read_too


def test_in_the_sources_own_words_what_differs_stands_though_the_judge_reads_the_same():
    said = "The harbour of Tarn Bay will stay open for the whole summer, and no ferry will be cancelled."
    verdict, _ = read(said, CARRIED)
    assert verdict.grade is Grade.ALTERED
    assert 0.5 <= verdict.confidence < 0.9


@pytest.mark.parametrize(
    ("carried", "grade"),
    [(0.65, Grade.UNCLEAR), (0.8, Grade.REWORDED), (0.45, Grade.NOT_FOUND), (0.55, Grade.UNCLEAR)],
)
def test_what_words_do_not_find_stands_is_open_or_found_by_its_chance(
    monkeypatch: pytest.MonkeyPatch, carried: float, grade: Grade
):
    monkeypatch.setattr("quoth.verdicts.second_reading.chance", lambda *_: carried)
    verdict, _ = read("no boat gets dropped over the winter", CARRIED, Mode.INDIRECT)
    assert verdict.grade is grade


@pytest.mark.parametrize(
    ("carried", "grade"), [(0.45, Grade.REWORDED), (0.35, Grade.UNCLEAR), (0.25, Grade.UNCLEAR), (0.15, Grade.ALTERED)]
)
def test_what_words_pass_stands_is_open_or_accused_by_its_chance(
    monkeypatch: pytest.MonkeyPatch, carried: float, grade: Grade
):
    monkeypatch.setattr("quoth.verdicts.second_reading.chance", lambda *_: carried)
    assert grade_pair("no ferry shall be cancelled", SOURCE, Tools(judge=Turning("will"))).grade is grade


def test_the_longer_the_text_a_passage_was_found_in_the_more_the_words_tell():
    told = Carriage(0.15, 0.1, 0.55, 0.2)
    handed, found = (chance("faithful", signals(0.8, told, 0.8, found_among=number)) for number in (5, 40))
    assert handed < 0.4 < found
