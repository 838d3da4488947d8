"""Web archives (WARC, plain or gzip): each page in them, as it was retrieved.

Read record by record, in bounded memory and unpacked no further than `MOST_UNPACKED`, without a library: the decision
record gives the figures.
"""

import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import HeaderParser
from typing import BinaryIO

from quoth.reading.decide import noted, read_page
from quoth.reading.raw import LARGEST_PART, Found, Raw
from quoth.types import Document, QuothError, UnusableInput

MOST_UNPACKED = 16 * LARGEST_PART  # bytes of a whole archive
_LONGEST_LINE, _MOST_LINES = 65_536, 1_000  # of the head of a record
_VERSION = re.compile(rb"WARC/\d\.\d\s*\Z")
_CHUNK = 1024 * 1024
_MEBIBYTE = 1024 * 1024
_PAGES = frozenset({"response", "resource", "conversion"})
#: What pages load and nobody reads.
_WORDLESS = re.compile(
    r"(?:image|audio|video|font)/|text/(?:css|javascript)|application/(?:x-)?(?:javascript|ecmascript|font|wasm)"
)
_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class _Record:
    fields: Mapping[str, str]  # by their names in lower case
    block: bytes | None  # None for one that is too large


def read(raw: Raw) -> Iterator[Found]:
    """The pages of an archive in its order, each with its address and the time at which it was retrieved.

    Raises:
        UnusableInput: it is no web archive.
    """
    opened: BinaryIO = io.BytesIO(raw.data)
    if raw.data[:2] == b"\x1f\x8b":
        opened = gzip.GzipFile(fileobj=opened)  # type: ignore[assignment]  # which reads all its members
    given: set[str] = set()
    try:
        for record in _records(_Bounded(opened, raw.name)):
            address = record.fields.get("warc-target-uri", "").strip("<> ")
            if record.fields.get("warc-type") not in _PAGES or not re.match(r"https?://", address):
                continue
            called = address if address not in given else f"{address} ({record.fields.get('warc-date', len(given))})"
            given.add(called)
            try:
                yield from _page(raw, record, address, called)
            except QuothError as error:
                yield error
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise UnusableInput(f"{raw.name}: the web archive is damaged or breaks off ({_why(error)}).") from error


class _Bounded:
    """Reads from a file, and no more than a web archive may hold."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._left = MOST_UNPACKED
        self._name = name

    def read(self, size: int) -> bytes:
        return self._counted(self._file.read(size))

    def line(self) -> bytes:
        return self._counted(self._file.readline(_LONGEST_LINE))

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise UnusableInput(
                f"{self._name}: the web archive holds more than {MOST_UNPACKED // _MEBIBYTE} MiB unpacked; the rest was"
                " not read."
            )
        return data


def _records(file: _Bounded) -> Iterator[_Record]:
    while line := file.line():
        if not line.strip():
            continue
        if not _VERSION.match(line):
            raise ValueError("a record begins with no version")
        lines = []
        while (line := file.line()) and line.strip():
            lines.append(line.decode("utf-8", "replace"))
            if len(lines) > _MOST_LINES:
                raise ValueError("a record has too many lines at its head")
        fields = {name.lower(): " ".join(value.split()) for name, value in _headers("".join(lines)).items()}
        length = int(fields.get("content-length", "x"))
        if length < 0:
            raise ValueError("a record has no length")
        if length <= LARGEST_PART:
            block = file.read(length)
            if len(block) < length:
                raise EOFError("its last record is not whole")
            yield _Record(fields, block)
            continue
        while length > 0 and (passed := file.read(min(length, _CHUNK))):
            length -= len(passed)
        yield _Record(fields, None)


def _headers(text: str) -> Message:
    return HeaderParser().parsestr(text)


def _page(raw: Raw, record: _Record, address: str, called: str) -> Iterator[Found]:
    """The document that was retrieved from an address; nothing for what is no answer, and for what has no words."""
    if record.block is None:
        raise UnusableInput(f"{raw.name}/{called}: larger than {LARGEST_PART // _MEBIBYTE} MiB; it was not read.")
    body, kind, charset = record.block, record.fields.get("content-type", ""), None
    if body.startswith(b"HTTP/"):
        head, _, body = _parted(body)
        first, _, rest = head.partition("\n")
        status = first.split()[1:2]
        headers = _headers(rest)
        if status != ["200"]:
            return
        kind, charset = headers.get_content_type() if headers["Content-Type"] else "", headers.get_content_charset()
        body = _decoded(body, headers, f"{raw.name}/{called}")
    kind = kind.partition(";")[0].strip().lower()
    if not body.strip() or _WORDLESS.match(kind):
        return
    part = raw.part(body, called, media_type=kind or None, charset=charset)
    if kind not in _HTML:
        yield part
        return
    when = record.fields.get("warc-date")
    for found in read_page(part):
        if isinstance(found, Document):
            retrieved = replace(found, url=found.url or address)
            yield (
                noted(retrieved, f"Retrieved from {address} at {when}, as the web archive says.") if when else retrieved
            )
        else:
            yield found


def _parted(block: bytes) -> tuple[str, bytes, bytes]:
    """The head of an answer and its body."""
    head, gap, body = block.partition(b"\r\n\r\n")
    if not gap:
        head, gap, body = block.partition(b"\n\n")
    return head.decode("latin-1").replace("\r\n", "\n"), gap, body


def _decoded(body: bytes, headers: Message, name: str) -> bytes:
    """A body without its transfer and content codings.

    Raises:
        UnusableInput: it is packed in a way that is not read, damaged, or too large unpacked.
    """
    if "chunked" in str(headers.get("Transfer-Encoding", "")).lower():
        body = _joined(body)
    coding = str(headers.get("Content-Encoding", "identity")).strip().lower()
    if coding in {"", "identity"}:
        return body
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise UnusableInput(f"{name}: the page is packed as {coding[:40]}, which is not read here.")
    try:
        bare = coding == "deflate" and body[:1] != b"\x78"
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS if bare else 32 + zlib.MAX_WBITS)
        found = unpacking.decompress(body, LARGEST_PART + 1)
    except zlib.error:
        return body  # many archives keep the body unpacked and the header line as it was
    if len(found) > LARGEST_PART:
        raise UnusableInput(f"{name}: larger than {LARGEST_PART // _MEBIBYTE} MiB unpacked; it was not read.")
    return found


def _joined(body: bytes) -> bytes:
    """The chunks of a body joined; the body itself where an archive has joined them already."""
    parts: list[bytes] = []
    at = 0
    while found := re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n").match(body, at):
        size = int(found[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(parts) if at and at >= len(body) else body


def _why(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
