"""Which format some bytes are in."""

import re

from quoth.reading.plain import read_text
from quoth.types import Document, UnusableInput

#: The first bytes of files that hold no plain text, and what they are called.
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"PK\x03\x04", "a ZIP archive (perhaps a DOCX, ODT or EPUB file)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf'\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"%!PS", "a PostScript file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"PAR1", "a Parquet file"),
)
_WIDE = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:p|div|article|body|html|h1|meta|title)\b[^>]*>", re.IGNORECASE)
_LOOKED_AT = 8_192  # bytes


def read(data: bytes, name: str) -> Document:
    """The Document in some bytes, of whatever format.

    Args:
        data: the whole file.
        name: file name or address; the document's id, and a hint at the format.

    Returns:
        The document. For plain text `text` is the file's text (a byte order mark and carriage returns before line feeds
        left out); for HTML the text extracted from it.

    Raises:
        UnusableInput: nothing in it, not a text, or not in UTF-8; the sentence says which and where.
    """
    if not data.strip():
        raise UnusableInput(f"{name}: {'the file is empty' if not data else 'there is nothing but white space in it'}.")
    _refuse_other_formats(data, name)
    if is_html(data, name):
        from quoth.reading.html import read_html  # noqa: PLC0415  a plain text does not pay for the HTML parser

        return read_html(data, name)
    return read_text(decode(data, name), name)


def is_html(data: bytes, name: str) -> bool:
    """Whether bytes are a page of the web, by their beginning or by the name's ending."""
    if _HTML.match(data[:_LOOKED_AT]):
        return True
    path = re.split("[?#]", name, maxsplit=1)[0].lower()
    return path.endswith((".html", ".htm", ".xhtml")) and _TAG.search(data[: 8 * _LOOKED_AT]) is not None


def _refuse_other_formats(data: bytes, name: str) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnusableInput(f"{name}: this is {what}, not a text or an HTML page; save its text as UTF-8 first.")
    if data.startswith(b"RIFF") or data[4:8] == b"ftyp":
        raise UnusableInput(f"{name}: this is an image, a video or a recording, not a text or an HTML page.")
    for mark, what in _WIDE:
        if data.startswith(mark):
            raise UnusableInput(f"{name}: this text is in {what}; convert it to UTF-8 first.")
    zero = data.find(b"\x00", 0, 1 << 20)
    if zero >= 0:
        raise UnusableInput(
            f"{name}: this is a binary file (a zero byte at position {zero}), not a text or an HTML page."
        )


def decode(data: bytes, name: str) -> str:
    """UTF-8 bytes as text, without a byte order mark and with line feeds alone.

    Raises:
        UnusableInput: the bytes are not UTF-8; the sentence gives the position of the first wrong byte.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = error.start
        raise UnusableInput(
            f"{name}: not UTF-8 (byte 0x{data[where]:02x} at position {where}); convert the file to UTF-8 first."
        ) from error
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
