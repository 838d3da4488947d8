"""Plain text to blocks."""

import pytest

from quoth.reading import read, read_text
from quoth.types import BlockKind, Document, UnusableInput

REPORT = """Telling the bay's stories since 1911

Valdora rejects Estmark commander's accusation over harbour patrols

March 3, 2031 at 9:24 am

The harbour of Tarn Bay at dusk on February 20, 2031. [Photo by M. Coll/Handout/Seaboard Agency]

Valdora has rejected an accusation by an Estmark commander that its patrols entered the harbour of Tarn Bay.

The ministry said the accusation was “groundless and without any foundation”.

READ: Estmark closes its harbour for a week

It added that “no patrol has entered the bay since January”. The commander did not answer the Gazette's questions.

READ: Valdora's patrols, explained"""


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.words(block.span)[:12]) for block in document.blocks]


def test_a_report_comes_apart_into_slogan_headline_date_caption_paragraphs_and_promotion() -> None:
    document = read_text(REPORT, "report")
    assert kinds(document) == [
        ("related", "Telling the "),
        ("title", "Valdora reje"),
        ("date", "March 3, 203"),
        ("caption", "The harbour "),
        ("paragraph", "Valdora has "),
        ("paragraph", "The ministry"),
        ("related", "READ: Estmar"),
        ("paragraph", "It added tha"),
        ("related", "READ: Valdor"),
    ]
    assert document.title == "Valdora rejects Estmark commander's accusation over harbour patrols"
    assert document.published == "2031-03-03T09:24"
    assert document.language == "en"


def test_the_first_line_of_a_text_of_short_lines_is_its_title_if_they_take_up_its_words() -> None:
    document = read_text(
        "Does Velmora have a ferry?\n\nVelmora has two of them, and both leave from the old quay\n\nAsk the harbour",
        "post",
    )
    assert kinds(document)[0] == ("title", "Does Velmora")


def test_a_date_glued_to_the_first_words_is_a_block_of_its_own() -> None:
    text = " date 2031-03-01 The commander of Estmark has made a statement about Valdora.\n\nHe was wrong, we declare."
    document = read_text(text, "statement")
    assert [(block.kind, document.words(block.span)) for block in document.blocks][:2] == [
        (BlockKind.DATE, "date 2031-03-01"),
        (BlockKind.PARAGRAPH, "The commander of Estmark has made a statement about Valdora."),
    ]
    assert document.published == "2031-03-01"
    assert document.text == text


def test_bytes_lose_their_byte_order_mark_and_carriage_returns_and_nothing_else() -> None:
    assert read(b"\xef\xbb\xbfOne line.\r\n\r\n Another line. \r\n", "a.txt").text == "One line.\n\n Another line. \n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "a.txt: the file is empty."),
        (b" \n\t ", "a.txt: there is nothing but white space in it."),
        (b"%PDF-1.7 ...", "a.txt: this is a PDF file"),
        (b"PK\x03\x04....", "this is a ZIP archive; it is damaged"),
        (b"\x89PNG\r\n\x1a\n..", "a PNG image"),
        (b"words\x00words", "a zero byte stands at position 5"),
        (b"\xff\xfew\x00\x00\xd8", "begins with the mark of UTF-16 and is not in it"),
        (b"abc\xff\x81def", "a.txt: not UTF-8 (byte 0xff at position 3), and no other charset is certain"),
    ],
)
def test_what_is_no_text_is_named_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        read(data, "a.txt")
    assert words in str(caught.value)
    assert str(caught.value).count(". ") == 0


def test_a_story_of_short_sentences_is_no_head_of_a_page() -> None:
    text = 'The orchard is old.\n\nTibor Vane was frank.\n\n"Nobody will pay for ladders."\n\nThe pickers went home.'
    assert [kind for kind, _ in kinds(read_text(text, "story"))] == ["title", "paragraph", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Press briefing, 4 June 2031\n\nMINISTER PRELL: Good morning. The pass will open.", "2031-06-04"),
        ("The mill is sold (4 June 2031)\n\nThe minister said the mill had been sold.", "2031-06-04"),
        ("Ministry of Gardens, Monday 4 June 2031\n\nThe gardens will open.", "2031-06-04"),
        ("Statement on the north dock - 4 June 2031\n\nThe north dock is closed.", "2031-06-04"),
        ("Dogs banned from 4 June 2031\n\nThe council banned dogs.", None),
        ("ORVANE, 4 June 2031. - The minister said the mill had been sold.", "2031-06-04"),
        ("ORVANE, 4 June 2031. The minister said the mill had been sold.", "2031-06-04"),
        ("Ann Oke was born in Hask, 4 June 2031. She left.", None),
        ('ORVANE, 4 June 2031 (Gull) - The minister said: "It is sold."', "2031-06-04"),
    ],
)
def test_the_day_in_a_title_or_a_dateline_is_the_day_of_publication(text: str, day: str | None) -> None:
    assert read_text(text, "text").published == day
