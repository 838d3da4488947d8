"""Which format some bytes are in; the doors `read` and `read_all`."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module

from quoth.reading.charset import declared_in, is_damaged, wide
from quoth.reading.forms import is_page, is_page_below, no_running_text
from quoth.reading.plain import read_text
from quoth.reading.raw import LARGEST_PART, MOST_PARTS, Columns, Found, Raw, Reader, check_size
from quoth.reading.signatures import Format, no_text
from quoth.types import Document, QuothError, UnusableInput

DEEPEST = 5  # archives and mails one inside the other
MOST_INSIDE = 16 * LARGEST_PART  # bytes of them together, unpacked
_COUNTED = 20  # documents, until they are "more than"
_NAMED = 3  # of them
_TAG = re.compile(r"<(?:p|div|article|body|html|h1|meta|title)\b[^>]*>", re.IGNORECASE)
_TAG_WITHIN = 65_536  # code points
_MENDING, _MENDED = "replace", "\ufffd"  # the way of codecs, and what it puts where a byte is wrong
_PAGES = (".html", ".htm", ".xhtml")  # endings of their names
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def read(
    data: bytes, name: str, *, id: str | None = None, media_type: str | None = None, charset: str | None = None  # noqa: A002  # the document's own word
) -> Document:  # fmt: skip
    """The Document in some bytes, of whatever format.

    Args:
        data: the whole file.
        name: file name or address, for messages; a hint at the format.
        id: the document's id; its name where not given.
        media_type: what a server calls the format (`text/html`); a hint, too: the bytes decide.
        charset: the charset that a server declares.

    Returns:
        The document. For plain text `text` is the file's text (a byte order mark and carriage returns before line feeds
        left out); for other formats the text extracted from it. Of a mail it is the message; what is attached to it is
        left to `read_all`. `notes` says what a reader must know (a charset other than UTF-8, subtitles).

    Raises:
        UnusableInput: nothing in it, not a text, in no certain charset, or several documents; the sentence says which.
        MissingPart: the format is read by an extra that is not installed.
    """
    raw = Raw(data, name, id or name, media_type, charset)
    documents: list[Document] = []
    errors: list[QuothError] = []
    for found in _documents(raw, _Inside()):
        if isinstance(found, QuothError):
            errors.append(found)
            continue
        if found.id == raw.id:
            return found
        documents.append(found)
        if len(documents) > _COUNTED:
            break
    if len(documents) == 1:
        return noted(documents[0], *(str(error) for error in errors))
    if not documents:
        raise errors[0] if len(errors) == 1 else UnusableInput(f"{name}: there is no document in it that can be read.")
    count = f"more than {_COUNTED}" if len(documents) > _COUNTED else str(len(documents))
    shown = ", ".join(document.id.removeprefix(f"{raw.id}/") for document in documents[:_NAMED])
    more = ", ..." if len(documents) > _NAMED else ""
    raise UnusableInput(
        f"{name}: it holds {count} documents ({shown}{more}), and one is needed here; take the one that is meant out"
        " of it (as sources, for quoth statements, quoth archive add and tables all of them are read)."
    )


def read_all(
    data: bytes,
    name: str,
    *,
    id: str | None = None,  # noqa: A002  # the document's own word
    media_type: str | None = None,
    charset: str | None = None,
    columns: Columns | None = None,
) -> Iterator[Document | QuothError]:
    """Every document in some bytes: one, or all that lie in an archive, a mail with attachments, a feed ...

    Args:
        data: the whole file.
        name: file name or address, for messages; a hint at the format.
        id: the id of the document; of those inside, `id/part`. The name where not given.
        media_type: what a server calls the format.
        charset: the charset that a server declares.
        columns: where tables and records have their texts and ids.

    Yields:
        The documents in order, and in the place of one that cannot be read the sentence that says why. One that cannot
        be read never stops the others.
    """
    try:
        raw = Raw(data, name, id or name, media_type, charset, columns or Columns())
        none = True
        for found in _documents(raw, _Inside()):
            none = False
            yield found
    except QuothError as error:
        yield error
    else:
        if none:
            yield UnusableInput(f"{name}: there is no document in it.")


@dataclass(slots=True)
class _Inside:
    """How much was found inside some bytes so far."""

    parts: int = 0
    size: int = 0

    def take(self, part: Raw) -> None:
        """Count one more.

        Raises:
            UnusableInput: it is too much, as nobody sends it who means to be read.
        """
        self.parts += 1
        self.size += len(part.data)
        if self.parts > MOST_PARTS:
            raise UnusableInput(f"{part.name}: more than {MOST_PARTS:,} documents lie in one; the rest was not read.")
        if self.size > MOST_INSIDE:
            raise UnusableInput(
                f"{part.name}: what lies in one file is larger than {MOST_INSIDE // 1024**2} MiB unpacked; the rest was"
                " not read."
            )


def _documents(raw: Raw, inside: _Inside) -> Iterator[Document | QuothError]:
    """The documents in some bytes, those inside read in turn.

    Raises:
        QuothError: what stops all of it.
    """
    for found in reader_of(raw)(raw):
        if not isinstance(found, Raw):
            yield found
            continue
        if raw.depth == DEEPEST:
            raise UnusableInput(f"{raw.name}: it lies in {DEEPEST} others and holds still more; unpack them first.")
        inside.take(found)
        try:
            yield from _documents(found, inside)
        except QuothError as error:
            if inside.parts > MOST_PARTS or inside.size > MOST_INSIDE:
                raise
            yield error


def reader_of(raw: Raw) -> Reader:
    """What reads some bytes.

    Raises:
        UnusableInput: there is nothing in them, or they are in a format that nothing here reads.
    """
    if not raw.data.strip():
        raise UnusableInput(
            f"{raw.name}: {'the file is empty' if not raw.data else 'there is nothing but white space in it'}."
        )
    marked = wide(raw.data, raw.name)
    if marked is None:
        if format_ := no_text(raw.data):
            return _reader(format_, raw.name)
        zero = raw.data.find(b"\x00")
        if zero >= 0:
            raise UnusableInput(
                f"{raw.name}: a zero byte stands at position {zero}, so this is no text in UTF-8 and no HTML page."
            )
    #: Forms are told by ASCII alone, which every charset that is left has in common.
    form = marked[0] if marked else raw.data.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    if is_page(form):
        return read_page
    if format_ := no_running_text(form, raw.name, raw.media_type):
        return _reader(format_, raw.name)
    return read_page if is_page_below(form) or _is_called_page(form, raw) else _read_plain


def _reader(format_: Format, name: str) -> Reader:
    if not format_.reader:
        raise UnusableInput(f"{name}: this is {format_.what}; {format_.instead}.")
    found: Reader = import_module(f"quoth.reading.formats.{format_.reader}").read
    return found


def _read_plain(raw: Raw) -> Iterator[Found]:
    text, notes = raw.text()
    yield noted(read_text(text, raw.id), *notes)


def read_page(raw: Raw) -> Iterator[Found]:
    """A page of the web as one document."""
    from quoth.reading.html import read_html  # noqa: PLC0415  a plain text does not pay for the HTML parser

    check_size(len(raw.data), raw.name)
    try:
        text, notes = raw.text(declared_in(raw.data))
    except UnusableInput:
        if not is_damaged(raw.data):
            raise
        text, notes = (
            raw.data.decode("utf-8", _MENDING),
            ("Read as UTF-8, though some bytes outside its article are not.",),
        )
        document = read_html(text, raw.name)
        if _MENDED in f"{document.text}{document.title}":
            raise
    else:
        document = read_html(text, raw.name)
    yield replace(noted(document, *notes), id=raw.id)


def noted(document: Document, *notes: str) -> Document:
    """The document with more of what a reader must know."""
    return replace(document, notes=(*document.notes, *notes))


def _is_called_page(text: str, raw: Raw) -> bool:
    """Whether a text that holds tags is called a page of the web, by its name's ending or by a server."""
    path = re.split("[?#]", raw.name, maxsplit=1)[0].lower()
    called = path.endswith(_PAGES) or raw.media_type in _PAGE_TYPES
    return called and _TAG.search(text, 0, _TAG_WITHIN) is not None
