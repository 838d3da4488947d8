"""Which format some bytes are in."""

import codecs
import re
from collections.abc import Callable
from dataclasses import replace

from quoth.reading.charset import Declared, declared_in, decoded, is_damaged, wide
from quoth.reading.forms import SUBTITLES, is_page, is_page_below, no_running_text, words_of_cues
from quoth.reading.plain import read_text
from quoth.reading.signatures import Format, no_text
from quoth.types import Document, UnusableInput

_TAG = re.compile(r"<(?:p|div|article|body|html|h1|meta|title)\b[^>]*>", re.IGNORECASE)
_TAG_WITHIN = 65_536  # code points
_MENDING, _MENDED = "replace", "\ufffd"  # the way of codecs, and what it puts where a byte is wrong
_PAGES = (".html", ".htm", ".xhtml")  # endings of their names
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def read(data: bytes, name: str, *, media_type: str | None = None, charset: str | None = None) -> Document:
    """The Document in some bytes, of whatever format.

    Args:
        data: the whole file.
        name: file name or address; the document's id, and a hint at the format.
        media_type: what a server calls the format (`text/html`); a hint, too: the bytes decide.
        charset: the charset that a server declares.

    Returns:
        The document. For plain text `text` is the file's text (a byte order mark and carriage returns before line feeds
        left out); for HTML the text extracted from it, for subtitles the words of their cues. `notes` says so of
        subtitles, and of a charset other than UTF-8.

    Raises:
        UnusableInput: nothing in it, not a text, or in no certain charset; the sentence says which and where.
    """
    if not data.strip():
        raise UnusableInput(f"{name}: {'the file is empty' if not data else 'there is nothing but white space in it'}.")
    marked = wide(data, name)
    if marked is None:
        _refuse(no_text(data), name)
        zero = data.find(b"\x00")
        if zero >= 0:
            raise UnusableInput(
                f"{name}: a zero byte stands at position {zero}, so this is no text in UTF-8 and no HTML page."
            )
    #: Forms are told by ASCII alone, which every charset that is left has in common.
    form = marked[0] if marked else data.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    reader = _reader(form, name, media_type)
    if marked:
        return _noted(reader(marked[0], name), marked[1])
    declared = [Declared("the server", charset)] if charset else []
    if reader is _read_page:
        declared += declared_in(data)
    try:
        text, notes = decoded(data, name, declared)
    except UnusableInput:
        if reader is _read_page and is_damaged(data) and (mended := _mended(data, name)):
            return mended
        raise
    return _noted(reader(text, name), *notes)


def _reader(form: str, name: str, media_type: str | None) -> Callable[[str, str], Document]:
    """What makes a Document of a text of this form.

    Raises:
        UnusableInput: it is a form that nothing here reads.
    """
    if is_page(form):
        return _read_page
    found = no_running_text(form, name)
    if found is SUBTITLES:
        return _read_subtitles
    _refuse(found, name)
    return _read_page if is_page_below(form) or _is_called_page(form, name, media_type) else read_text


def _read_page(text: str, name: str) -> Document:
    from quoth.reading.html import read_html  # noqa: PLC0415  a plain text does not pay for the HTML parser

    return read_html(text, name)


def _read_subtitles(text: str, name: str) -> Document:
    return _noted(read_text(words_of_cues(text), name), "Read as subtitles, without their numbers and times.")


def _noted(document: Document, *notes: str) -> Document:
    return replace(document, notes=(*document.notes, *notes))


def _mended(data: bytes, name: str) -> Document | None:
    """A page with some bytes that are not UTF-8, if none of them stands in its article."""
    document = _read_page(data.decode("utf-8", _MENDING), name)
    if _MENDED in f"{document.text}{document.title}":
        return None
    return _noted(document, "Read as UTF-8, though some bytes outside its article are not.")


def _is_called_page(text: str, name: str, media_type: str | None) -> bool:
    """Whether a text that holds tags is called a page of the web, by its name's ending or by a server."""
    path = re.split("[?#]", name, maxsplit=1)[0].lower()
    called = path.endswith(_PAGES) or media_type in _PAGE_TYPES
    return called and _TAG.search(text, 0, _TAG_WITHIN) is not None


def _refuse(format_: Format | None, name: str) -> None:
    if format_ is not None:
        raise UnusableInput(f"{name}: this is {format_.what}; {format_.instead}.")
