"""Texts that are one statement of their author, on invented ones."""

import pytest
from statements_as_words import Reading, paragraphs

from quoth.types import BlockKind, Mode

PARAGRAPH, TITLE = BlockKind.PARAGRAPH, BlockKind.TITLE
FILLER = (
    "We mended the nets on Monday and my brother carried them down to the quay, where I counted the floats and our "
    "neighbour sorted the ropes by length. In the evening I walked along the sea wall, as we used to, and looked at "
    "the lamps of the ferry on its way to Sele. It was cold, and my hands were red before we had tied the last knot."
)
NARRATED = (
    "The nets were mended on Monday and carried down to the quay, where the floats were counted and the ropes sorted "
    "by length. In the evening the lamps of the ferry shone over the sea wall on its way to Sele."
)


def whole(said: Reading, *texts: str, titles: int = 1) -> str | None:
    """Who is found to speak all of a text of paragraphs, the first of them titles."""
    text, blocks = paragraphs(*((TITLE if n < titles else PARAGRAPH, one) for n, one in enumerate(texts)))
    return next((one.source for one in said(text, blocks) if len(one.content) > 600 and one.mode is Mode.DIRECT), None)


@pytest.mark.parametrize(
    ("salutation", "closing"),
    [
        ("Dear Mr. Tannis:", "Sincerely,"),
        ("Dear Prof. Sele,", "Yours truly,"),
        ("Mum,", "Love always,"),
        ("My Ivo,", "Stay well,"),
        ("Mum,", "Love L"),  # the last word of the formula is a part of its first
    ],
)
def test_a_signed_letter_is_one_statement_of_who_signed_it(said: Reading, salutation: str, closing: str):
    assert whole(said, "Tarn Bay, 4 May", salutation, FILLER, FILLER, FILLER, closing, "Ines Orla") == "Ines Orla"


def test_a_letter_may_begin_with_its_salutation_as_its_title(said: Reading):
    assert whole(said, "Dear harbour council,", FILLER, FILLER, FILLER, "Yours,", "Ines Orla") == "Ines Orla"


def test_a_name_and_a_comma_are_no_salutation_without_a_closing_formula(said: Reading):
    assert whole(said, "Tarn Bay, 4 May", "Mum,", FILLER, FILLER, FILLER, "Ines Orla") is None


def test_an_essay_is_its_authors_whose_name_stands_alone_under_the_title(said: Reading):
    assert whole(said, "What the sea wall taught me", "Anna Orla", FILLER, FILLER, FILLER) == "Anna Orla"


def test_a_name_behind_a_first_text_signs_that_text_and_not_the_next(said: Reading):
    assert whole(said, "LETTERS", FILLER, "Anna Orla", FILLER, FILLER, FILLER) is None


def test_a_report_in_the_third_person_is_not_its_authors(said: Reading):
    assert whole(said, "Sea wall mended", "Anna Orla", NARRATED, NARRATED, NARRATED) is None


@pytest.mark.parametrize("title", ["Mayor Anna Orla's Opening Address", "Remarks by Mayor Anna Orla"])
def test_a_speech_is_whose_its_title_says(said: Reading, title: str):
    assert whole(said, title, "4 May 2031", FILLER, FILLER, FILLER) in {"Mayor Anna Orla's", "Mayor Anna Orla"}


def test_a_story_about_a_speech_is_nobodys(said: Reading):
    assert whole(said, "Mayor Anna Orla's Opening Address", NARRATED, NARRATED, NARRATED) is None


def test_a_record_of_several_speakers_is_not_one_statement(said: Reading):
    turns = ("MAYOR ORLA: " + FILLER, "MR. TANNIS: " + FILLER, "MAYOR ORLA: " + FILLER)
    assert whole(said, "Remarks by Mayor Anna Orla", *turns) != "Mayor Anna Orla"


def test_a_paper_is_its_authors_who_stand_under_its_title_with_their_addresses(said: Reading):
    authors = ("Anna Orla anna@tarnbay.example University of Tarn Bay", "Ivo Tannis ivo@sele.example Sele College")
    found = whole(said, "How sea walls age", *authors, FILLER, FILLER, FILLER)
    assert found is not None
    assert found.startswith("Anna Orla")
    assert found.endswith("Sele College")


@pytest.mark.parametrize("heading", ["Remarks by Governor Tam Hesse at the lock, 12 May 2023", "Speech by Tam Hesse"])
def test_a_short_speech_under_its_title_is_a_statement_of_its_speaker(said: Reading, heading: str):
    words = "Thank you all for coming. We built this lock with our own hands, and it will outlast us."
    text, blocks = paragraphs((TITLE, heading), (PARAGRAPH, words))
    assert [(one.source, one.content) for one in said(text, blocks)] == [
        (heading.removeprefix("Remarks by ").removeprefix("Speech by ").partition(" at ")[0], words)
    ]
