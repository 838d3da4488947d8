from quoth.models.loading import load_tools
from quoth.pipeline.examine import grade_pair
from quoth.types import Grade, Mode


def told(reported: str, original: str):
    return grade_pair(reported, original, load_tools(), Mode.INDIRECT)


def test_a_few_common_words_that_a_source_may_say_in_others_are_left_open():
    verdict = told("visitors would be paid back", "Everyone who bought a ticket will get their money.")
    assert verdict.grade is Grade.UNCLEAR
    assert "in other words needs a reader" in verdict.reason


def test_words_that_are_hardly_ever_used_are_not_found_where_a_source_has_them_not():
    verdict = told("the hangar was infested with termites", "There were no injuries among the crew.")
    assert (verdict.grade, verdict.confidence > 0.9) == (Grade.NOT_FOUND, True)


def test_what_is_told_in_other_words_and_not_in_english_is_left_open():
    verdict = told("man habe rund tausend Häuser ohne Wasser gezählt", "Etwa 1000 Haushalte haben kein Wasser mehr.")
    assert verdict.grade is Grade.UNCLEAR
    assert "not in English" in verdict.reason
