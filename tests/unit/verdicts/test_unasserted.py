import pytest

from quoth.pipeline.examine import examine, grade_pair
from quoth.reading import read_text
from quoth.types import Grade, Mode


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        (
            "trolls had built the stone bridge at Karsk",
            "My uncle is convinced that trolls built the stone bridge at Karsk.",
        ),
        ("the bank had lost the keys of the vault", "Did the bank lose the keys of the vault? That is for the court."),
    ],
)
def test_what_a_source_only_asks_or_tells_of_others_is_left_open_and_shown(reported, original):
    verdict = grade_pair(reported, original, mode=Mode.INDIRECT)
    assert verdict.grade is Grade.UNCLEAR
    assert "needs a reader" in verdict.reason


def grades(report: str, words: str) -> list[str]:
    source = read_text(f"Statement by coach Karel Dorn\n\n{words}", "source")
    return [one.grade.value for one in examine(read_text(report, "report"), [source]).verdicts]


def test_who_says_that_he_does_not_blame_somebody_has_not_blamed_him():
    report = "Coach Karel Dorn blamed the referee for the defeat."
    assert grades(report, "We played badly. I do not blame the referee.") == ["altered"]
    assert grades(report, "We played badly. I blame the referee for the defeat.") != ["altered"]


def test_a_quotation_that_the_source_itself_interrupts_is_word_for_word():
    source = read_text("“The walls are holding,” said Mila Brandt, head of the office. “Please stay away.”", "source")
    report = read_text("“The walls are holding,” said Mila Brandt. “Please stay away.”", "report")
    assert {one.grade.value for one in examine(report, [source]).verdicts} == {"verbatim"}
