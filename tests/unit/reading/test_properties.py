"""What holds for every input."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.reading import read, read_text
from quoth.types import Document, UnusableInput

ANY_TIME = settings(deadline=None)  # the first example reads the tables, and may run on a busy machine
LINES = st.sampled_from(
    [
        "Valdora rejects accusation",
        "The minister said on Thursday that “nobody had asked” them to leave the harbour of Tarn Bay.",
        "He did not answer. [Photo by M. Coll/Seaboard Agency] No patrol had come. READ: The pier reopens",
        "READ: Estmark closes its harbour",
        "By Mira Coll | 2 May 2031",
        "date 2031-05-02 The commander said so.",
        "Published: May 2, 2031 at 9:24 am",
        "(AP Photo/Ana Ruhl)",
        "• one item",
        "- another item",
        "12. März",
        "> quoted words",
        "# A heading",
        "a | b | c",
        "a\tb\tc",
        "Subject: The harbour",
        "Date: Fri, 2 May 2031 09:24:00 +0200",
        "FOR IMMEDIATE RELEASE",
        "© 2031 Harbour Gazette",
        "and the line goes on where the other one was broken for want of room",
        "",
        " ",
        "\u00a0",
        "\u3000x",
        "###",
    ]
)
PAGES = st.lists(LINES, max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", " "]).map(lambda between: between.join(lines))
)
MARKS = '{ [ "id" : , } ] ; " < > <?xml?> <rss> <!-- --> <p> 1 WEBVTT %PDF-1.4 words é BM sep=;'
LINES_OF_FORMS = (
    "\n",
    "\t",
    "\r\n",
    "\x01",
    "\x1b$B",
    "\n1 0 obj",
    "PK\x03\x04",
    "From: a",
    "To: b",
    "0:01.0 --> 0:02.0",
)
FORMS = st.lists(st.sampled_from([*MARKS.split(), *LINES_OF_FORMS]), max_size=20).map("".join)


def holds(document: Document) -> None:
    """Blocks are trimmed, not empty, in reading order, and do not overlap."""
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.text)
        words = document.words(block.span)
        assert words == words.strip()
        end = block.span.end


@ANY_TIME
@given(st.one_of(st.text(), PAGES))
def test_blocks_of_any_text_are_trimmed_ordered_and_apart(text: str) -> None:
    with contextlib.suppress(UnusableInput):
        document = read_text(text, "a")
        assert document.text == text
        holds(document)


@ANY_TIME
@given(PAGES)
def test_no_letter_of_a_text_is_in_no_block(text: str) -> None:
    with contextlib.suppress(UnusableInput):
        document = read_text(text, "a")
        covered = set()
        for block in document.blocks:
            covered.update(range(*block.span))
        left = "".join(char for place, char in enumerate(text) if place not in covered)
        assert not [char for char in left.replace("Subject:", "").replace("12.", "") if char.isalnum()]


@ANY_TIME
@given(
    st.one_of(st.binary(), st.text().map(str.encode), PAGES.map(str.encode), FORMS.map(str.encode)),
    st.sampled_from(["a.txt", "a.html", "a.csv", "a.eml", "-"]),
)
def test_any_bytes_are_a_document_or_one_sentence(data: bytes, name: str) -> None:
    document, refusal = None, name
    try:
        document = read(data, name)
    except UnusableInput as error:
        refusal = str(error)
    assert refusal.startswith(name)
    assert "\n" not in refusal
    if document is not None:
        holds(document)


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "h1",
        "h2",
        "li",
        "blockquote",
        "figure",
        "figcaption",
        "table",
        "tr",
        "td",
        "time",
        "br",
        "span",
        "aside",
    ]
)


@ANY_TIME
@given(st.lists(st.tuples(TAGS, LINES, st.booleans()), max_size=14))
def test_any_page_is_a_document_or_one_sentence(parts: list[tuple[str, str, bool]]) -> None:
    inner = "".join(f"<{tag}>{words}{f'</{tag}>' if closed else ''}" for tag, words, closed in parts)
    with contextlib.suppress(UnusableInput):
        holds(read(f"<html><body>{inner}</body></html>".encode(), "a.html"))
