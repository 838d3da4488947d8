"""What is told in other words, by rules: whose words, and the changes that are certain."""

import pytest

from quoth.pipeline.examine import examine, grade_pair
from quoth.types import ChangeKind, Document, Grade, Mode

STATEMENT = (
    "The council of Orl will close the market on Monday, 12 June 2034. Nobody will be evicted. "
    "About 300 traders will lose income."
)


def told(words: str):
    verdict = grade_pair(words, STATEMENT, mode=Mode.INDIRECT)
    return verdict.grade, [change.kind for change in verdict.changes if change.material]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("about 900 traders would lose income", ChangeKind.NUMBER),
        ("it would close the market on 19 June 2034", ChangeKind.DATE),
    ],
)
def test_another_number_or_day_of_the_same_is_a_change_in_free_words_too(words: str, kind: ChangeKind):
    assert told(words) == (Grade.ALTERED, [kind])


@pytest.mark.parametrize("words", ["about 310 traders would lose income", "it would close the market on 12 June"])
def test_a_rough_number_and_a_day_told_less_fully_are_none(words: str):
    assert told(words) == (Grade.REWORDED, [])


@pytest.mark.parametrize("name", ["Ministry of Ports", "Ports Ministry", "Trade Union of Orl (East)"])
def test_a_body_is_known_as_the_issuer_of_its_own_statement(name: str):
    source = Document("s", f"Statement by the {name}\n\nWe regret the spill. Nobody will be evicted.", "")
    report = Document("r", f"The {name} said that nobody would be evicted.", "")
    (verdict,) = examine(report, [source]).verdicts
    assert (verdict.grade, verdict.why) == (Grade.REWORDED, None)


def test_words_of_somebody_whom_no_source_names_are_not_found_and_why_is_told():
    source = Document("s", "Statement by the Ministry of Ports\n\nThe quay is closed.", "")
    report = Document("r", "Radio Tarn said that the quay would be painted in the spring.", "")
    (verdict,) = examine(report, [source]).verdicts
    assert (verdict.grade, verdict.why) == (Grade.NOT_FOUND, "no source by this speaker")


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("the temperature was 5 degrees", "The temperature was -5 degrees."),
        ("it fell to −5", "It fell to 5."),
        ("it stood at -$5 million", "It stood at $5 million."),
        ("it was -½ percent", "It was ½ percent."),
    ],
)
def test_a_sign_glued_to_a_number_counts(reported: str, original: str):
    assert grade_pair(reported, original).grade is Grade.ALTERED


@pytest.mark.parametrize("words", ["Between 1990-95 it rose.", "See pages 3 - 5.", "Growth of 3-5 percent was seen."])
def test_a_dash_between_numbers_is_no_sign(words: str):
    assert grade_pair(words, words).grade is Grade.VERBATIM


@pytest.mark.parametrize(
    ("original", "grade"),
    [
        ("I doubt that the dam is safe.", Grade.ALTERED),
        ("I have no doubt that the dam is safe.", Grade.VERBATIM),
        ("My opponent says the dam is safe.", Grade.ALTERED),
        ("We claim that the dam is safe.", Grade.VERBATIM),
        ("Is it true that the dam is safe?", Grade.ALTERED),
        ("Whatever the papers say, the dam is safe.", Grade.VERBATIM),
    ],
)
def test_what_governs_the_words_outside_of_the_quotation(original: str, grade: Grade):
    assert grade_pair("the dam is safe", original).grade is grade


@pytest.mark.parametrize("said", ["he said", "said he", "she said"])
def test_words_under_a_pronoun_are_not_held_to_be_somebody_elses(said: str):
    words = "The valve was thirty years old and should have been changed,"
    source = Document("s", f"Chief engineer Darvo Sen told the ministry of the leak. “{words}” {said}.", "")
    report = Document("r", f"“{words}” Sen said.", "")
    (verdict,) = examine(report, [source]).verdicts
    assert verdict.grade is Grade.VERBATIM


OCCUPIED = (
    "We would like to recall that the northern valley had been flooded for 40 days. The road to Hask was also closed. "
    "If the assembly agrees, the garrison will leave the fort in two years."
)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the valley's flooding lasted for nearly 40 days, and Hask could not be reached", ChangeKind.HEDGE),
        ("the valley's flooding lasted for more than 40 days, and Hask could not be reached", ChangeKind.HEDGE),
        ("troops of the garrison were leaving their fort within two years", ChangeKind.CONDITION),
    ],
)
def test_a_bound_put_to_a_number_and_a_condition_left_out_are_changes_in_free_words(words: str, kind: ChangeKind):
    verdict = grade_pair(words, OCCUPIED, mode=Mode.INDIRECT)
    assert (verdict.grade, [change.kind for change in verdict.changes if change.material]) == (Grade.ALTERED, [kind])


@pytest.mark.parametrize(
    "words",
    [
        "the valley's flooding lasted for 40 days, and Hask could not be reached",
        "troops of the garrison were leaving their fort within two years if the assembly agreed",
    ],
)
def test_the_same_number_and_the_condition_told_are_none(words: str):
    assert grade_pair(words, OCCUPIED, mode=Mode.INDIRECT).grade is Grade.REWORDED


def test_a_number_that_the_source_has_elsewhere_for_the_same_thing_is_no_other_one():
    source = (
        "The harbour board will pay 2 million crowns for new cranes and lights on the quay of Orl. Nobody objects. "
        "The weather was fine on that day. The guild sang. The mayor spoke of the winter. It had been long. "
        "For the cranes alone, 7 million crowns were asked."
    )
    verdict = grade_pair(
        "the board had set aside 7 million crowns so that the quay of Orl would be lit and get cranes",
        source,
        mode=Mode.INDIRECT,
    )
    assert verdict.grade is not Grade.ALTERED


def traced(report: str, source: str):
    return examine(Document("r", report, ""), [Document("s", source, "")]).verdicts


@pytest.mark.parametrize(("cue", "grade"), [("admitted", Grade.ALTERED), ("said", Grade.REWORDED)])
def test_what_the_source_says_was_alleged_is_altered_where_it_is_told_as_admitted(cue: str, grade: Grade):
    source = "Statement by Tarn Motors\n\nTarn Motors settles allegations of cheating the brake tests of the guild."
    (verdict,) = traced(f"Tarn Motors {cue} that it had cheated in brake tests of the guild for years.", source)
    assert verdict.grade is grade


@pytest.mark.parametrize(("number", "grade"), [("90", Grade.ALTERED), ("30", Grade.REWORDED)])
def test_a_number_beside_the_marks_is_held_against_the_passage_of_the_quoted_words(number: str, grade: Grade):
    source = "Statement by Mayor Ilse Orre\n\nThe mill will lose 30 jobs by the spring. It is a disgrace to the town."
    report = f'Mayor Ilse Orre said that the mill would lose {number} jobs by the spring, "a disgrace to the town".'
    (verdict,) = traced(report, source)
    assert verdict.grade is grade


def test_what_another_quotation_of_the_sentence_says_is_not_left_out():
    source = (
        "Speech by Odo Marn, mayor of Arlen.\n\nI like her. But with the tolls, really, she's got to come a long way "
        "because she's right now for the bank. I understand it."
    )
    report = (
        'Mayor Odo Marn argued that his rival has "got to come a long way" on tolls, "because she\'s right now for the '
        'bank", in Arlen.'
    )
    (verdict,) = traced(report, source)
    assert verdict.grade is Grade.REWORDED


def test_a_gap_of_mere_fillers_is_no_splice():
    verdict = grade_pair(
        "The dam held all night. We sang until noon.", "The dam held all night, OK? And we sang until noon."
    )
    assert verdict.grade not in {Grade.SPLICED, Grade.ALTERED}


def test_a_statement_that_hardly_any_sentence_speaks_of_is_not_found_and_most_likely_so():
    verdict = grade_pair("the criminal inquiry into the mill was still open", STATEMENT, mode=Mode.INDIRECT)
    assert (verdict.grade, verdict.confidence >= 0.9) == (Grade.NOT_FOUND, True)
