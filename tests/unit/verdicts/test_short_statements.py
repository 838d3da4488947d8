import pytest

from quoth.pipeline.examine import examine
from quoth.reading import read_text


def grades(report: str, words: str) -> list[str]:
    source = read_text(f"Statement by Minister Karel Dorn\n\n{words}", "source")
    found = examine(read_text(report, "report"), [source])
    return [verdict.grade.value for verdict in found.verdicts]


@pytest.mark.parametrize(
    ("report", "words", "grade"),
    [
        ("Minister Karel Dorn ruled out a sale of the ferry.", "We will not sell the ferry.", "reworded"),
        ("Minister Karel Dorn ruled out a sale of the ferry.", "We will sell the ferry.", "altered"),
        ("Minister Karel Dorn opposed the loss of the quay.", "I am against losing the quay.", "reworded"),
        ("Minister Karel Dorn rejected claims that he had stolen wine.", "I did not steal wine.", "reworded"),
    ],
)
def test_a_denial_in_a_few_words_is_held_against_the_one_sentence_on_the_matter(report, words, grade):
    assert grades(report, words) == [grade]


def test_a_denial_of_what_a_source_only_hopes_or_plans_is_not_settled_here():
    assert grades("Minister Karel Dorn ruled out a sale of the ferry.", "I hope we will not sell the ferry.") != [
        "altered"
    ]


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("Minister Karel Dorn said it would cost 40 million euros.", "It will cost 40 million dollars."),
        ("Minister Karel Dorn said losses were “£3bn”.", "Losses were £3m in all."),
        ("Minister Karel Dorn said that crews earn 900 crowns a week.", "Crews earn 900 crowns a month."),
    ],
)
def test_a_few_words_that_one_sentence_has_but_for_their_value_are_altered_and_not_lost(report, words):
    assert grades(report, words) == ["altered"]


def test_the_same_value_in_another_form_is_no_other_one():
    assert grades("Minister Karel Dorn said it would cost forty million euros.", "It will cost 40m euros.") != [
        "altered"
    ]
