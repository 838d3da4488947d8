"""Whole plain texts of several habits: releases, mails, wires with broken lines, one line a paragraph."""

import pytest

from quoth.reading import read_text
from quoth.types import Document


def listed(text: str) -> list[tuple[str, str]]:
    document = read_text(text, "a")
    return [(block.kind.value, document.words(block.span)) for block in document.blocks]


def kinds(text: str) -> str:
    return " ".join(kind for kind, _ in listed(text))


RELEASE = """FOR IMMEDIATE RELEASE
May 2, 2031

Contact: Ada Brenn, Press Office
Phone: +99 12 345 67 89
Email: press@valdora.example

MINISTRY OF HARBOURS WELCOMES THE NEW AGREEMENT
Twelve crossings a month remain the rule

TARN BAY - The Ministry of Harbours today welcomed the agreement reached with Estmark. "This is a good day," it said.

The agreement keeps the number of crossings at twelve a month. It was signed on April 30, 2031 by both sides.

###
"""

MAIL = """From: Ada Brenn <press@valdora.example>
To: desk@gazette.example
Subject: Answers to your questions
Date: Fri, 2 May 2031 14:05:00 +0200

Dear Mira,

thank you for your questions about the patrols in the northern channel.
The ministry can confirm that no patrol has crossed the line since
January, and that the record of every crossing was signed by both
sides.

> Why did the commander say otherwise?

We cannot speak for the commander. He has been invited to look at the
record, and he has not answered the invitation.
"""

WIRE = """   THE FERRY STAYS ANOTHER YEAR

   The council of Tarn Bay voted on Monday to keep the old ferry for
another year, after a debate of three hours in which nobody changed
his mind.
   "It floats, and it is paid for," said the mayor, Pell Anders, who
had proposed the motion in the spring and had waited for a majority
since then.
"""

LINES = """Harbour Gazette
Council votes to keep the old ferry
The mayor says it floats and is paid for
By Mira Coll, Staff Writer
Published: 14 July 2031 18:20 | Updated: 15 July 2031 07:00
The council of Tarn Bay voted on Monday to keep the old ferry for another year.
"It floats, and it is paid for," said the mayor, Pell Anders.
Also read: Ferry fares to rise again
The opposition called the vote a mistake. "We will be back," its leader said.
(AP Photo/Ana Ruhl)
What happens next
- The ferry goes into the dock in August.
- It comes back in September.
Month | Crossings | Delays
May | 12 | 3
Follow us on Telegram
Additional reporting by Tom Hask
© 2031 Harbour Gazette
"""


def test_the_furniture_of_a_release_is_no_running_text() -> None:
    assert kinds(RELEASE) == "related date related related related title subtitle paragraph paragraph related"
    assert read_text(RELEASE, "a").published == "2031-05-02"


def test_the_head_of_a_mail_gives_title_and_date_and_its_broken_lines_are_joined() -> None:
    assert kinds(MAIL) == "byline related title date paragraph paragraph quote paragraph"
    document = read_text(MAIL, "a")
    assert (document.title, document.published) == ("Answers to your questions", "2031-05-02T14:05")
    assert listed(MAIL)[5][1].endswith("signed by both\nsides.")


def test_an_indented_line_begins_a_paragraph_where_lines_are_broken_to_a_width() -> None:
    assert kinds(WIRE) == "title paragraph paragraph"
    assert listed(WIRE)[1][1].endswith("changed\nhis mind.")


def test_a_line_is_a_paragraph_where_lines_are_not_broken() -> None:
    assert kinds(LINES) == (
        "related title subtitle byline date paragraph paragraph related paragraph caption subtitle list list table "
        "related byline related"
    )
    assert read_text(LINES, "a").published == "2031-07-14T18:20"


def test_a_text_on_one_line_loses_the_promotion_glued_to_its_end() -> None:
    text = "Nobody had come, the ministry said. “We were at home,” it said. READ: The pier reopens"
    assert listed(text) == [
        ("paragraph", "Nobody had come, the ministry said. “We were at home,” it said."),
        ("related", "READ: The pier reopens"),
    ]


def test_a_credit_inside_a_line_is_cut_out_with_its_caption() -> None:
    text = "The pier at dusk on Monday. [Photo by M. Coll/Seaboard Agency] The minister said that nobody had come."
    assert [kind for kind, _ in listed(text)] == ["caption", "paragraph"]


def published(text: str) -> str | None:
    document: Document = read_text(text, "a")
    return document.published


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "TARN BAY, May 2, 2031 (Seaboard) -- The ministry said on Friday that nobody had come.\n\nNobody.",
            "2031-05-02",
        ),
        ("TARN BAY, 2 May 2031 /Seaboard/ - The ministry said that nobody had come.\n\nNobody.", "2031-05-02"),
        ("The ministry said that nobody had come since 2 May 2031, and nobody would.\n\nSo it is.", None),
        (
            "Nobody has come, and nobody will come before the summer, we declare.\n\nTarn Bay\n\n2 May 2031",
            "2031-05-02",
        ),
        (
            "Nobody has come, and nobody will come before the summer.\n\n"
            "Correction: an earlier version misspelt the pier.\n\n2 May 2031",
            None,
        ),
        ("The ferry stays\n\nHarbour Gazette, 2 May 2031\n\nThe council of the bay decided so.", "2031-05-02"),
        ("The ferry stays\n\nTarn Bay | May 2, 2031\n\nThe council of the bay decided so.", "2031-05-02"),
        (
            "Updated: 3 May 2031\n\nPublished: 2 May 2031\n\nThe ferry stays, the council of Tarn Bay decided.",
            "2031-05-02",
        ),
    ],
)
def test_the_day_of_publication_is_that_of_the_head_the_dateline_or_the_foot(text: str, day: str | None) -> None:
    assert published(text) == day


def test_what_a_record_knows_goes_before_what_its_text_says() -> None:
    text = "Ferry stays\n\n2 May 2031\n\nThe council of Tarn Bay voted on Monday to keep the old ferry, the mayor said."
    document = read_text(
        text, "a", title="The ferry stays", published="May 3, 2031", publisher="Gazette", url="https://a.example"
    )
    assert (document.title, document.published, document.publisher, document.url) == (
        "The ferry stays",
        "2031-05-03",
        "Gazette",
        "https://a.example",
    )


def test_a_long_text_is_read_in_time_that_grows_with_its_length() -> None:
    sentence = "The minister of harbours said on Thursday that the patrols would stay (a view not shared in Estmark).\n"
    document = read_text(sentence * 20_000, "a")
    assert sum(block.span.length for block in document.blocks) == 20_000 * (len(sentence) - 1)
