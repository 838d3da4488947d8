"""Speakers that the layout names."""

import pytest
from statements_as_words import Reading, paragraphs

from quoth.attribution import attribute
from quoth.reading import read_text
from quoth.types import Act, BlockKind, Mode


def test_questions_and_answers_of_an_interview_have_their_speakers(said: Reading):
    statements = said("Q: Will the pier reopen in May?\n\nA: Yes, it will.\n\nQ: Who pays?\n\nA: The city.")
    assert [(one.source, one.act, one.mode) for one in statements] == [
        ("Q", Act.ASK, Mode.DIRECT),
        ("A", Act.SAY, Mode.DIRECT),
        ("Q", Act.ASK, Mode.DIRECT),
        ("A", Act.SAY, Mode.DIRECT),
    ]


def test_names_in_front_of_their_turns_make_a_transcript(said: Reading):
    statements = said("ORLA: We will rebuild it.\n\nTANNIS: With whose money?\n\nORLA: The city's.")
    assert [(one.source, one.content) for one in statements] == [
        ("ORLA", "We will rebuild it."),
        ("TANNIS", "With whose money?"),
        ("ORLA", "The city's."),
    ]


@pytest.mark.parametrize(
    ("title", "source", "content"),
    [
        ("Minister: no plan to close the pier", "Minister", "no plan to close the pier"),
        ("Pier to close in May - minister", "minister", "Pier to close in May"),
        ("Orla: ‘We will rebuild the pier’", "Orla", "We will rebuild the pier"),
    ],
)
def test_a_headline_names_its_speaker_before_a_colon_or_at_its_end(
    said: Reading, title: str, source: str, content: str
):
    text, blocks = paragraphs((BlockKind.TITLE, title))
    (one,) = said(text, blocks)
    assert (one.source, one.content.strip("‘’")) == (source, content)


@pytest.mark.parametrize(
    "title", ["Election 2031: what we know", "READ: Pier closed again", "Tarn Bay: a history in pictures"]
)
def test_a_topic_before_a_colon_is_no_speaker(said: Reading, title: str):
    text, blocks = paragraphs((BlockKind.TITLE, title), (BlockKind.PARAGRAPH, "It rained in the bay."))
    assert said(text, blocks) == []


def test_a_name_before_a_colon_is_a_speaker_where_the_text_reports_that_name_elsewhere(said: Reading):
    text, blocks = paragraphs(
        (BlockKind.TITLE, "Orla: pier is safe"), (BlockKind.PARAGRAPH, "Mira Orla said that the pier was safe.")
    )
    assert [one.source for one in said(text, blocks)] == ["Orla", "Mira Orla"]


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_quotation_with_a_signature_is_a_statement_of_who_signed(said: Reading, dash: str):
    (one,) = said(f"“We will not move” {dash} Mira Orla, harbour minister")
    assert (one.source, one.content) == ("Mira Orla, harbour minister", "We will not move")


def test_a_post_with_a_handle_is_a_statement_of_who_posted(said: Reading):
    (one,) = said("The pier is safe and I walked on it today — Mira Orla (@orla) May 2, 2031")
    assert one.content == "The pier is safe and I walked on it today"
    assert one.source.startswith("Mira Orla (@orla)")


def test_what_a_label_with_from_introduces_is_direct_speech_with_or_without_marks(said: Reading):
    for text in ("From Chairwoman Orla: “The bill is a disgrace.”", "From Chairwoman Orla:\n\nThe bill is a disgrace."):
        (one,) = said(text)
        assert (one.source, one.content.strip("“”"), one.mode) == (
            "Chairwoman Orla",
            "The bill is a disgrace.",
            Mode.DIRECT,
        )


def test_a_block_quotation_belongs_to_the_line_that_announces_it(said: Reading):
    text, blocks = paragraphs(
        (BlockKind.PARAGRAPH, "The ministry said in a letter:"), (BlockKind.QUOTE, "The pier is closed until May.")
    )
    (one,) = said(text, blocks)
    assert (one.source, one.content, one.mode) == ("The ministry", "The pier is closed until May.", Mode.DIRECT)


def test_a_letter_is_the_statement_of_who_signs_it_and_holds_what_it_reports(said: Reading):
    body = "The pier has stood here for ninety years and we have walked on it every day. " * 10
    text = f"Dear Mayor,\n\n{body}\n\nWe believe that the council is wrong.\n\nYours,\n\nMira Orla"
    letter, inner = said(text)
    assert (letter.source, letter.cue, letter.mode) == ("Mira Orla", "Yours,", Mode.DIRECT)
    assert inner.within == 0


def test_a_byline_makes_a_statement_of_an_essay_in_the_first_person_and_of_no_report(said: Reading):
    essay = "I walked on our pier and we saw that it was old. " * 20
    report = "The pier is old and the council met on Monday. " * 20
    assert said(f"The Pier\n\nBy Mira Orla\n\n{essay}")[0].source == "Mira Orla"
    assert said(f"The Pier\n\nBy Mira Orla\n\n{report}") == []


def test_a_turn_in_capitals_goes_on_until_the_next_one(said: Reading):
    text = "MINISTER ORLA: We will rebuild.\n\nIt will take a year.\n\nMAYOR TANNIS: And who pays?"
    first, second = said(text)
    assert (first.source, first.content) == ("MINISTER ORLA", "We will rebuild. ... It will take a year.")
    assert (second.source, second.content) == ("MAYOR TANNIS", "And who pays?")


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_label_alone_on_its_line_names_who_says_what_follows(said: Reading, gap: str):
    turns = [("Mira Orla", "We will rebuild it."), ("Ivo Tannis", "With whose money?"), ("Mira Orla", "The city's.")]
    statements = said(gap.join(f"{name}:{gap}{words}" for name, words in turns))
    assert [(one.source, one.content) for one in statements] == turns


def test_a_heading_with_a_colon_on_a_line_of_its_own_is_no_speaker(said: Reading):
    text = "Opening hours:\n\nThe pier is open from nine to five.\n\nTickets:\n\nA ticket is two crowns."
    assert said(text) == []


@pytest.mark.parametrize("clock", ["6:13 P.M. EDT ", "6:13 p.m. ", "[00:12:33] ", "10:05 "])
def test_the_time_before_the_first_turn_is_no_part_of_its_label(said: Reading, clock: str):
    text = f"{clock}THE PRESIDENT: Good evening.\n\nWe will rebuild.\n\nQ And who pays?\n\nTHE PRESIDENT: The city."
    assert [(one.source, one.content) for one in said(text)] == [
        ("THE PRESIDENT", "Good evening. ... We will rebuild."),
        ("Q", "And who pays?"),
        ("THE PRESIDENT", "The city."),
    ]


def test_a_post_whose_handle_stands_below_it_is_a_statement_of_who_posted(said: Reading):
    (one,) = said("It rained.\n\nThe pier is ours and it stays.\n\n— Mira Orla (@orla) May 2, 2031")
    assert (one.source, one.content) == ("Mira Orla (@orla)", "The pier is ours and it stays.")


def test_all_items_of_a_list_belong_to_the_line_that_announces_it(said: Reading):
    (one,) = said("The council said:\n\n- the pier is closed;\n- the ferry will run.\n\nIt rained.")
    assert (one.source, one.content) == ("The council", "the pier is closed; ... the ferry will run.")


@pytest.mark.parametrize("label", ["Related", "READ MORE", "Photo", "See also"])
def test_links_and_captions_of_a_plain_text_are_not_read(said: Reading, label: str):
    assert said(f"It rained in the bay.\n\n{label}: Minister says that the pier will close in May") == []


def test_a_byline_that_the_reader_found_makes_the_same_statement():
    essay = " ".join(["I have walked on the pier since I was a child, and my brother and I know each plank of it."] * 9)
    document = read_text(f"The Pier\n\nBy Mira Orla\n\n{essay}", "essay")
    assert "byline" in {block.kind for block in document.blocks}
    (statement,) = [one for one in attribute(document) if one.source]
    assert statement.source[0].of(document.text) == "Mira Orla"


def test_a_dateline_before_a_speaker_is_no_label_of_a_turn(said: Reading):
    text = "SELE, 2 May 2031 (Harbour Wire) - Sele Glass said: “We ask for what we had.”\n\nIt rained all day."
    (one,) = said(text)
    assert one.content == "We ask for what we had."
    assert one.source.endswith("Sele Glass")


def test_what_turns_hold_is_said_without_stage_directions_and_time_stamps(said: Reading):
    text = "14:02 ORLA: We lost the signal.\n14:03 (CROSSTALK)\n14:04 TANNIS (ph): It came back. (LAUGHTER)\n"
    first, second = said(text)
    assert (first.source, first.content) == ("ORLA", "We lost the signal.")
    assert (second.source, second.content) == ("TANNIS (ph)", "It came back.")
