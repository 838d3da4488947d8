"""Whose turn it is in a transcript, whatever the form of the labels, and that no report is taken for one."""

import pytest

from quoth.doc.turns import turns
from quoth.pipeline.examine import examine
from quoth.types import Document, Grade

HEARING = """Moderator: Welcome to the hearing. What shall we do about the dam?

Opposition leader Bram Tolliver: This dam is cracked and everybody in the valley knows it.

Chief engineer Noor Hassani: We measured the wall twice in March.

Police spokeswoman Ida Venn: The road over the crest stays closed.

The minister: I will answer that in writing before the summer.

Sorcha Quill: We lost two barns to the water last spring.
"""
CHAIRED = HEARING.replace("Moderator", "ADA FENN") + "\nADA FENN: Thank you.\n"
SPEAKERS = ["Bram Tolliver", "Noor Hassani", "Ida Venn", "The minister", "Sorcha Quill"]


def speakers(text: str) -> list[str]:
    return [turn.speaker for turn in turns(text)]


def test_a_function_in_small_letters_before_a_name_opens_a_turn():
    assert speakers(HEARING) == ["", *SPEAKERS]


def test_three_labels_that_stand_once_each_make_a_transcript_without_anybody_who_asks():
    assert speakers(HEARING.split("\n\n", 1)[1]) == SPEAKERS


def test_labels_that_stand_once_are_believed_among_labels_in_capitals():
    assert speakers(CHAIRED) == ["ADA FENN", *SPEAKERS, "ADA FENN"]


@pytest.mark.parametrize(
    "line",
    [
        "The result is this: We all pay for it.",
        "Note: We all left at noon.",
        "He said: We lost.",
        "Said Tannis: We lost.",
        "Background: The wall broke in May.",
        "Next Steps: We meet in May.",
        "What We Need: A new wall.",
        "Mayor backs minister Ivo Tannis: We pay.",
        "Dam row: Minister resigns",
        "Mayor Ivo Tannis: Resign now",
        "The mayor's answer: We pay.",
    ],
)
def test_what_else_stands_before_a_colon_is_no_label_even_in_a_transcript(line: str):
    assert speakers(f"{CHAIRED}\n{line}\n") == speakers(CHAIRED)


def test_a_headline_before_a_report_that_holds_a_transcript_is_no_label():
    talk = "FENN: Who pays?\n\nTANNIS: We do.\n\nFENN: Thank you."
    report = f"Mayor Ivo Tannis: We Pay For It.\n\nOn Sunday he spoke about the wall.\n\n{talk}"
    assert speakers(report) == ["FENN", "TANNIS", "FENN"]


@pytest.mark.parametrize(
    "report",
    [
        "The wall burst on Monday, the council said.\n\nChief engineer Noor Hassani: “We measured it.”\n\n"
        "Police spokeswoman Ida Venn: “The road stays closed.”\n\nIt rained for nine days. Farmers left.\n\n"
        "The mayor said nothing.\n\nThe market was held on the hill. Few came.",
        "Ida Venn: Left the board in May after nine years in the chair, and sells boats now in the town of Sele.\n\n"
        "Noor Hassani: Joined the firm in 2011 and has run its yard since the flood that came in spring.\n\n"
        "Bram Tolliver: Retired to the coast with a pension that the auditors found too large by half.",
    ],
)
def test_a_report_and_a_list_of_people_hold_no_turns(report: str):
    assert turns(report) == ()


def grade(speaker: str, said: str) -> Grade:
    report = Document("r", f"{speaker} said: “{said}.”", "")
    (verdict,) = examine(report, [Document("s", HEARING, "")]).verdicts
    return verdict.grade


CRACKED = "This dam is cracked and everybody in the valley knows it"


def test_the_words_of_a_labelled_turn_are_not_those_of_who_spoke_before():
    assert grade("Opposition leader Bram Tolliver", CRACKED) is Grade.VERBATIM
    assert grade("Noor Hassani", CRACKED) is Grade.ALTERED


def test_a_turn_of_a_function_without_a_name_may_be_of_anybody_who_is_not_named_there():
    assert grade("Ivo Tannis", "I will answer that in writing before the summer") is Grade.UNCLEAR
    assert grade("Noor Hassani", "I will answer that in writing before the summer") is Grade.ALTERED


ALONE = (
    "HOST\nWhy did it close?\n\nLENA BROCK\nTwo cables had rusted.\n\nHOST\nWho pays?\n\nLENA BROCK\nThe town pays.\n"
)


@pytest.mark.parametrize("text", [ALONE, ALONE.replace("LENA BROCK", "Lena Brock").replace("HOST", "Host")])
def test_labels_without_a_colon_stand_alone_on_their_lines(text: str):
    assert [name.casefold() for name in speakers(text)] == ["", "lena brock"] * 2


def test_headings_of_a_newsletter_are_no_speakers():
    text = "Parks\nThe park is closed.\n\nRoads\nThe road is open.\n\nParks\nDogs must be kept on a lead.\n"
    assert speakers(text) == []


def test_speakers_who_are_called_by_numbers_are_two():
    text = "SPEAKER 1: Orla said it was lost.\n\nSPEAKER 2: That is wrong.\n\nSPEAKER 1: He did.\n\nPart 2: An end.\n"
    assert speakers(text) == ["SPEAKER 1", "SPEAKER 2", "SPEAKER 1"]
