"""What office documents hold beside their words: changes, hidden words, lists, headings, signs in other charsets."""

import io
import zipfile

import pytest

from quoth.reading import read
from quoth.types import BlockKind, Document, UnusableInput

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f'<w:styles {W}><w:style w:styleId="T1"><w:name w:val="heading 1"/></w:style></w:styles>'
LONG = "The harbour master said on Monday that no boat was refused, and that the log books lie open. " * 3


def docx(body: str) -> Document:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", STYLES)
    return read(target.getvalue(), "x.docx")


def odt(body: str) -> Document:
    names = {"office": "office", "text": "text", "table": "table"}
    spaces = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in names.items())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        whole = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
        archive.writestr("content.xml", f"{whole}</office:document-content>")
    return read(target.getvalue(), "x.odt")


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r></w:p>"


def test_changes_of_a_word_document_are_taken_as_accepted_and_that_is_noted() -> None:
    document = docx(
        "<w:p><w:r><w:t xml:space='preserve'>No boat was </w:t></w:r>"
        "<w:del><w:r><w:delText>sunk</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>refused</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>"
    )
    assert document.text == "No boat was refused."
    assert document.notes == ("Changes that were tracked in this document are taken as accepted.",)


def test_hidden_words_and_codes_of_fields_are_no_words_of_a_word_document() -> None:
    document = docx(
        "<w:p><w:r><w:t>No boat</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> at all</w:t></w:r>"
        "<w:r><w:instrText>PAGEREF _x</w:instrText></w:r><w:r><w:noBreakHyphen/><w:t>house.</w:t></w:r></w:p>"
    )
    assert document.text == "No boat-house."


def test_lists_and_headings_of_a_word_document_are_told_by_their_styles() -> None:
    numbered = "<w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr>"
    heading = "<w:pPr><w:pStyle w:val='T1'/></w:pPr>"
    document = docx(paragraph(LONG) + paragraph("What follows.", heading) + paragraph("No boat was refused.", numbered))
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.SUBTITLE, BlockKind.LIST]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = (
        f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    document = docx(f"<w:p><w:r>{both}</w:r><w:r><w:t>Beside it.</w:t></w:r></w:p>")
    assert document.text == "Beside it.\n\nIn a box."


def test_white_space_of_an_opendocument_text_counts_once() -> None:
    document = odt("<text:p>No  boat\n <text:s text:c='2'/>was<text:tab/>refused<text:line-break/>today.</text:p>")
    assert document.text == "No boat   was\trefused\ntoday."


def test_lists_and_notes_of_an_opendocument_text_stand_apart() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>By day.</text:p></text:note-body>"
    )
    document = odt(
        f"<text:p>No boat{note}</text:note> was refused.</text:p>"
        "<text:list><text:list-item><text:p>None at all.</text:p></text:list-item></text:list>"
    )
    assert document.text == "No boat was refused.\n\nNone at all.\n\n1 By day."
    assert [block.kind for block in document.blocks][1:] == [BlockKind.LIST, BlockKind.FOOTER]


def test_a_flat_opendocument_text_is_read_as_the_zipped_one() -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    flat = (
        f"<?xml version='1.0'?><office:document xmlns:office='{space}:office:1.0' xmlns:text='{space}:text:1.0'>"
        "<office:body><office:text><text:p>No boat was refused.</text:p></office:text></office:body></office:document>"
    )
    assert read(flat.encode(), "x.fodt").text == "No boat was refused."


def test_signs_of_an_rtf_file_are_read_in_the_charset_of_their_font() -> None:
    head = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset238 B;}}"
    data = (
        head
        + b"\\f0 Gr\\'f6\\'dfe \\f1\\'b3\\'f3d\\'9f \\u8220?No boat\\u8221?\\emdash{\\v hidden}"
        + b"\\par {\\*\\x none}\\uc0\\u233 t\\'e9}"
    )
    assert read(data, "x.rtf").text == "Größe łódź “No boat”—\n\nété"


def test_an_empty_document_says_so() -> None:
    with pytest.raises(UnusableInput, match=r"x\.docx: there is no text in it\."):
        docx(paragraph(" "))
