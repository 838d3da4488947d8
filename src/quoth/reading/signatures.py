"""Files that hold no plain text, told by their first bytes (`signatures.toml`) or by those of their parts."""

import io
import re
import zipfile
import zlib
from functools import lru_cache
from typing import NamedTuple

from quoth.reading.raw import MOST_PARTS
from quoth.reading.reading_tables import load


class Format(NamedTuple):
    """What some bytes are, and what reads them.

    Attributes:
        what: in words: "a ZIP archive".
        instead: what to do instead, where nothing here reads them.
        reader: the file in `quoth.reading.formats` that reads them.
    """

    what: str
    instead: str = ""
    reader: str = ""


class _Signature(NamedTuple):
    format: Format
    alone: tuple[bytes, ...]  # beginnings that decide alone
    letters: tuple[bytes, ...]  # beginnings that a text may have too

    def of(self, data: bytes, *, binary: bool) -> bool:
        return data.startswith(self.alone) or (binary and data.startswith(self.letters))


_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # bytes that no text has
_NO_TEXT_WITHIN = 64  # bytes; the header of every such format has a small number in it
_TO_TEXT = "save its text as plain text in UTF-8 first"
_ZIPPED = (  # beginnings of names of members, and what an archive with them is
    ("word/document", Format("a Word document (DOCX)", reader="docx")),
    ("xl/workbook", Format("an Excel workbook (XLSX)", _TO_TEXT)),
    ("ppt/presentation", Format("a PowerPoint presentation (PPTX)", _TO_TEXT)),
)
_MIME_AT = 30  # bytes: where the first member's name and words stand, of formats that put their type there
_MIMES = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", Format("an OpenDocument text (ODT)", reader="odt")),
    (b"mimetypeapplication/vnd.oasis.opendocument", Format("an OpenDocument file (ODS or ODP)", _TO_TEXT)),
    (b"mimetypeapplication/epub+zip", Format("an EPUB book", _TO_TEXT)),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_LISTED = b"PK\x01\x02"  # before each member in the list of them
_GZIP = b"\x1f\x8b"
_TAR, _TAR_AT = b"ustar", slice(257, 262)
_BOXES, _BOXES_AT = b"ftyp", slice(4, 8)  # MP4, QuickTime, HEIC
_MPEG_FRAMES = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")
#: Readers of PDF accept anything before its first line, up to 1,024 bytes; but a text may speak of that line.
_PDF_LATE = re.compile(rb"%PDF-\d\.\d")
_PDF_WITHIN = 1_024
_PDF_OBJECT = re.compile(rb"[\r\n]\d{1,9} \d{1,5} obj\b")


def no_text(data: bytes) -> Format | None:
    """The format of bytes that hold no plain text; None where they may be text.

    A signature that is made of letters counts only where bytes that no text has stand behind it: "RIFF-RAFF" is a word.
    """
    binary = _NO_TEXT.search(data, 0, _NO_TEXT_WITHIN) is not None
    if data.startswith(_GZIP) and _head_unpacked(data).startswith(b"WARC/"):
        return Format("a web archive (WARC)", reader="webarchive")
    for signature in _signatures():
        if signature.of(data, binary=binary):
            return signature.format
    return _packed(data) or _document(data, binary=binary)


def _head_unpacked(data: bytes) -> bytes:
    """The first bytes in some gzip; none where it is damaged."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[: _NO_TEXT_WITHIN * 64], _NO_TEXT_WITHIN)
    except zlib.error:
        return b""


def _packed(data: bytes) -> Format | None:
    if data.startswith(_ZIP):
        for mime, format_ in _MIMES:
            if data.startswith(mime, _MIME_AT):
                return format_
        names = _members(data)
        found = (format_ for member, format_ in _ZIPPED if any(name.startswith(member) for name in names))
        return next(found, Format("a ZIP archive", reader="zipped"))
    return Format("a tar archive", "unpack it first") if data[_TAR_AT] == _TAR else None


def has_too_many(archive: bytes) -> bool:
    """Whether a ZIP archive lists more members than are read, told without making anything of them."""
    return archive.count(_LISTED) > MOST_PARTS


def _members(data: bytes) -> list[str]:
    """The names in a ZIP archive; none where it is damaged, or has more than are read."""
    if has_too_many(data):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return []


def _document(data: bytes, *, binary: bool) -> Format | None:
    if binary and (data[_BOXES_AT] == _BOXES or data.startswith(_MPEG_FRAMES)):
        return Format("a recording, a video or an image", "give the words in it as a text")
    if data[:_PDF_WITHIN].lstrip().startswith(b"{\\rtf"):
        return Format("an RTF file", reader="rtf")
    if data.startswith(b"%PDF-") or (_PDF_LATE.search(data, 0, _PDF_WITHIN) and _PDF_OBJECT.search(data)):
        return Format("a PDF file", reader="pdf")
    return None


@lru_cache(maxsize=1)
def _signatures() -> tuple[_Signature, ...]:
    return tuple(
        _Signature(
            Format(what, entry.get("instead", ""), entry.get("reader", "")),
            (
                *(bytes.fromhex(code) for code in entry.get("hex", ())),
                *(text.encode("ascii") for text in entry.get("sure", ())),
            ),
            tuple(text.encode("ascii") for text in entry.get("text", ())),
        )
        for what, entry in load("signatures.toml").items()
    )
