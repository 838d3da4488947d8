"""PDF files: pages and boxes, what stands around the text, pages without text, the extra that reads them."""

from pathlib import Path

import pytest

from hostile.test_hostile_files import CATALOGUE, FONT, pdf, stream
from quoth.reading import read
from quoth.reading.formats import parsing
from quoth.types import BlockKind, MissingPart, UnusableInput

FORMATS = Path(__file__).parents[2] / "formats"


def page(*lines: tuple[int, int, str], size: int = 12) -> bytes:
    """The content of a page of lines, each with its place from the lower left corner."""
    return b"\n".join(f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET".encode("latin-1") for x, y, words in lines)


def made(*contents: bytes, images: bool = False) -> bytes:
    """A PDF of pages with these contents."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(contents)))
    used = b"/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>/MediaBox[0 0 600 800]"
    tree = b"<</Type/Pages/Count %d/Kids[%s]%s>>" % (len(contents), kids, used)
    image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    objects = [CATALOGUE, tree, FONT, image + b"stream\n\x80\nendstream"]
    for number, content in enumerate(contents):
        objects += [b"<</Type/Page/Parent 2 0 R/Contents %d 0 R>>" % (6 + 2 * number), stream(content)]
    return pdf(*objects)


SCANNED = b"q 600 0 0 800 0 0 cm /I Do Q"
TEXT = page((72, 700, "The harbour master said that no boat was refused."))


@pytest.mark.parametrize("name", ["statement.pdf", "statement_latex.pdf"])
def test_a_paragraph_that_goes_on_overleaf_is_one_and_has_a_box_on_each_page(name: str) -> None:
    document = read((FORMATS / name).read_bytes(), name)
    over = [block for block in document.blocks if len({box.page for box in block.boxes}) > 1]
    assert over
    assert any("cement that this coast lives on" in block.span.of(document.text) for block in over)
    for block in document.blocks:
        assert block.page == block.boxes[0].page
        assert block.boxes[0].span.start == block.span.start
        assert block.boxes[-1].span.end == block.span.end
        for box in block.boxes:
            left, top, right, bottom = box.box
            assert 0 <= left < right <= 596
            assert 0 <= top < bottom <= 842


def test_running_headers_and_numbers_of_pages_stand_in_blocks_of_their_own() -> None:
    document = read((FORMATS / "statement.pdf").read_bytes(), "statement.pdf")
    found = {
        kind: [(block.page, block.span.of(document.text)) for block in document.blocks if block.kind is kind]
        for kind in (BlockKind.HEADER, BlockKind.FOOTER)
    }
    header = "Ministry of Ports and Fisheries · Statement 14/2031"
    assert found[BlockKind.HEADER] == [(1, header), (2, header), (3, header)]
    numbers = [entry for entry in found[BlockKind.FOOTER] if entry[1].startswith("Page")]
    assert numbers == [(1, "Page 1"), (2, "Page 2"), (3, "Page 3")]
    assert any(words.startswith("1 In tonnes of landed weight") for _, words in found[BlockKind.FOOTER])


def test_a_page_that_a_browser_printed_by_itself_keeps_its_paragraphs() -> None:
    said = ["MINISTER: I asked the port authority, in writing, twice, and no", "boat was refused.",
            "MR. KEST: Nobody told the crews of the smaller boats that the", "pier was shut."]  # fmt: skip
    text = page(*((100, 700 - 18 * (number + number // 2), words) for number, words in enumerate(said)))
    foot = page((24, 20, "https://ports.test/hearing"), (560, 20, "1/1"), size=8)
    document = read(made(text + b"\n" + foot), "x.pdf")
    found = [(block.kind, block.span.of(document.text)) for block in document.blocks]
    assert [words for kind, words in found if kind is BlockKind.FOOTER] == ["https://ports.test/hearing", "1/1"]
    assert [words for kind, words in found if kind is not BlockKind.FOOTER] == [
        f"{said[0]} {said[1]}",
        f"{said[2]} {said[3]}",
    ]


def test_a_small_last_line_without_the_number_of_a_page_is_read() -> None:
    text = page((100, 700, "The harbour master said that no boat was refused."), (100, 682, "She said it twice."))
    document = read(made(text + b"\n" + page((24, 20, "The pier opened in 2031"), size=8)), "x.pdf")
    last = document.blocks[-1]
    assert (last.kind, last.span.of(document.text)) == (BlockKind.PARAGRAPH, "The pier opened in 2031")


def test_scanned_pages_are_named() -> None:
    with pytest.raises(UnusableInput, match=r"x\.pdf: its 2 pages are scanned images without a text layer; run text"):
        read(made(SCANNED, SCANNED), "x.pdf")
    document = read(made(TEXT, SCANNED), "x.pdf")
    assert document.notes == ("Page 2 is scanned and without a text layer; what stands there was not read.",)


def test_the_numbers_of_lines_are_no_words_of_a_transcript() -> None:
    said = ["Q. Was a boat refused", "that night?", "A. No boat was refused,", "and none was asked to wait.",
            "Q. Not one?",
            "A. Not one, to my knowledge.", "MR. KEST: I object to that.", "THE COURT: Go on."]  # fmt: skip
    rows = [
        (x, 700 - 24 * number, words)
        for number, line in enumerate(said)
        for x, words in ((60, str(number + 1)), (110, line))
    ]
    document = read(made(page(*rows)), "x.pdf")
    assert " ".join(document.text.split()) == " ".join(said)


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "find_spec", lambda _: None)
    with pytest.raises(MissingPart, match=r'x\.pdf: .* `pip install "quoth\[formats\]"` brings it\.'):
        read(made(TEXT), "x.pdf")


def test_what_a_browser_prints_close_to_full_pages_is_no_text_of_theirs() -> None:
    said = [f"Line {number} of what the minister said to the council of the harbour on" for number in range(40)]

    def printed(number: int) -> bytes:
        lines = page(*((40, 812 - 19 * at, words) for at, words in enumerate(said[number * 40 - 40 : number * 40])))
        around = page((24, 826, "5/2/31, 6:40 AM"), (280, 826, "The hearing"), (24, 55, "https://ports.test/hearing"),
                      (550, 55, f"{number}/2"), size=8)  # fmt: skip
        return lines + b"\n" + around

    said += [f"sentence {number} of what nobody in the ministry of ports had been told of" for number in range(40)]
    document = read(made(printed(1), printed(2)), "x.pdf")
    text = " ".join(block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.PARAGRAPH)
    assert text.split() == " ".join(said).split()
    edges = [block.kind for block in document.blocks if block.kind is not BlockKind.PARAGRAPH]
    assert set(edges) == {BlockKind.HEADER, BlockKind.FOOTER}


def test_a_row_that_fills_its_columns_belongs_to_the_table_above_it() -> None:
    rows = [(700, "Port", "2029", "2030"), (684, "Orl", "9,640", "9,410"), (668, "Tarn", "4,115", "4,090")]
    places = [(100 + 60 * at, base, words) for base, *cells in rows for at, words in enumerate(cells)]
    narrow = [(100, 652, "Kestrel Sd"), (160, 652, "18,200.0"), (220, 652, "7,905")]
    after = (100, 600, "Landings fell in all ports of the district in that year.")
    document = read(made(page(*places, *narrow, after)), "x.pdf")
    assert [(block.kind, block.span.of(document.text)) for block in document.blocks] == [
        (
            BlockKind.TABLE,
            "Port | 2029 | 2030\nOrl | 9,640 | 9,410\nTarn | 4,115 | 4,090\nKestrel Sd | 18,200.0 | 7,905",
        ),
        (BlockKind.PARAGRAPH, after[2]),
    ]
