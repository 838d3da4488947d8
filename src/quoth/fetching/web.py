"""Addresses on the web to bytes: only those that a person gives, and what these lead to, on hosts that may be asked.

`fetch` is for a single address given by hand, as a browser takes it: nobody's robots.txt is asked. What fetches by
itself (`quoth watch`) asks there first: see `robots`.
"""

import re
import string
import threading
import time
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import NamedTuple

from quoth.fetching.hosts import Access, HostRefused, settings
from quoth.fetching.kept_pages import keep
from quoth.fetching.transport import Redirects, Web
from quoth.types import FetchFailed, QuothError

TIME_OUT = 20.0  # seconds for the connection and for each read
WHOLE_TIME = 60.0  # seconds for all of it: names, redirects, header lines and body
LARGEST = 50 * 1024 * 1024  # bytes, also of what was packed
_HOST = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)  # the parts of a name, without their points
_LONGEST_LABEL = 63  # letters of a part of a host's name
_CHUNK = 64 * 1024
_REDIRECTS = range(300, 400)  # status codes
_UNCHANGED = 304
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f\x80-\x9f]")
_SECRET = re.compile(r"(?<=//)[^/?#]*@")  # a name and a password before the host
PRODUCT = "Quoth"  # what robots.txt calls this program
_AGENT = f"{PRODUCT} (a reader checking quotations; one page at a time)"
_ACCEPTED = "text/html, application/xhtml+xml, text/plain, */*;q=0.5"
_NO_WORDS = ("image/", "audio/", "video/", "font/")  # kinds that are not worth a download; the bytes tell the others
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # either, told by its header


class Opened(NamedTuple):
    """Some bytes and what is known of them.

    Attributes:
        data: the bytes.
        name: what they go by: a path, or the address where they were found in the end.
        media_type: what a server calls their format (`text/html`), in lower case.
        charset: the charset that a server declares.
        kept: a sentence about when they were retrieved and where they are kept; None where they are not.
    """

    data: bytes
    name: str
    media_type: str | None = None
    charset: str | None = None
    kept: str | None = None


class Known(NamedTuple):
    """What a server said of the state of what it gave: its ETag and its Last-Modified, as they were."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What an address gave.

    Attributes:
        opened: the body and what the server says of it; None where it is as it was known to be.
        known: what to ask with next time.
    """

    opened: Opened | None
    known: Known


def is_address(place: str) -> bool:
    """Whether `place` is an address, on the web or of another kind, and not a path."""
    return _ADDRESS.match(place) is not None


def encoded(address: str) -> str:
    """An address as it goes over the wire: the host in Punycode, other letters in UTF-8 and per cent.

    Raises:
        FetchFailed: it is none: blanks in it, a name and a password, a host that no name server can know.
    """
    shown = _SECRET.sub("", address)
    try:
        parts = urllib.parse.urlsplit(address)
        host, port = _on_the_wire(parts.hostname or ""), parts.port
    except ValueError as error:  # UnicodeError too
        raise FetchFailed(f"{shown}: this is no address ({_plain(error)}).") from error
    if not host or _NO_ADDRESS.search(address):
        raise FetchFailed(f"{shown}: this is no address on the web.")
    if "@" in parts.netloc:
        raise FetchFailed(f"{shown}: an address with a name and a password before the host is not fetched.")
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    path, query = (urllib.parse.quote(part, safe=string.punctuation) for part in (parts.path, parts.query))
    return urllib.parse.urlunsplit((parts.scheme.lower(), place, path, query, ""))


def _on_the_wire(host: str) -> str:
    """A host as name servers know it, by IDNA 2008: the older rules of the `idna` codec ask for another host for an ß.

    Raises:
        ValueError: a part of it is empty or too long.
    """
    parts = unicodedata.normalize("NFKC", host).replace("。", ".").split(".")
    labels = [part if part.isascii() else f"xn--{part.encode('punycode').decode('ascii')}" for part in parts]
    if ":" not in host and not _HOST.fullmatch("".join(labels)):  # "127.0.0.%31" is 127.0.0.1 to some who read it
        raise ValueError("its host has a sign that no name has")
    if any(len(label) > _LONGEST_LABEL for label in labels) or not all(labels[:-1]):
        raise ValueError("its host has a part that is empty or too long")
    return ".".join(labels)


def fetch(
    address: str,
    *,
    access: Access | None = None,
    time_out: float = TIME_OUT,
    whole_time: float = WHOLE_TIME,
    largest: int = LARGEST,
) -> Opened:
    """The body at an address that a person gave, and the address it was found at in the end.

    Args:
        address: an `http://` or `https://` address.
        access: which hosts may be asked, and whether the page is kept; as the settings say if None.
        time_out: seconds for the connection and for each read.
        whole_time: seconds after which it is given up, however steadily bytes still come.
        largest: bytes after which the download is given up; of a packed body, unpacked.

    Returns:
        The body's bytes, the final address, after redirects, and what the server says of their format and charset.

    Raises:
        FetchFailed: not an address on the web, a host that is not asked, no answer, an answer that is an error, too
            slow, too large, cut short.
        OutputFailed: the page cannot be kept.
    """
    found = retrieve(address, access=access, time_out=time_out, whole_time=whole_time, largest=largest)
    if found.opened is None:  # nothing was asked that could be answered so
        raise FetchFailed(f"{address}: the server answers {_UNCHANGED} to a question that was not asked.")
    return found.opened


def retrieve(
    address: str,
    *,
    access: Access | None = None,
    known: Known | None = None,
    check: Callable[[str], None] | None = None,
    time_out: float = TIME_OUT,
    whole_time: float = WHOLE_TIME,
    largest: int = LARGEST,
) -> Retrieved:
    """What an address gives, unless that is as it was known to be; see `fetch`.

    Args:
        address: an `http://` or `https://` address.
        access: see `fetch`.
        known: what the server said last time; it is asked whether anything changed since.
        check: called with the address, and each that it redirects to, before it is asked; what it raises ends it.
        time_out: see `fetch`.
        whole_time: see `fetch`.
        largest: see `fetch`.

    Raises:
        FetchFailed: see `fetch`; with the status of an answer that is an error.
        OutputFailed: the page cannot be kept.
    """
    if not _WEB.match(address):
        raise FetchFailed(f"{_SECRET.sub('', address)}: only http:// and https:// addresses can be fetched.")
    wire = encoded(address)
    ends = time.monotonic() + whole_time
    too_slow = FetchFailed(f"{address}: not all of it came within {whole_time:g} seconds.")
    asking = _Asking(address, access or settings(), known or Known(), check or _anything, time_out, ends, largest)
    done: list[Retrieved | BaseException] = []

    def work() -> None:
        try:
            done.append(_retrieve(asking, wire))
        except BaseException as error:
            done.append(error)

    # Nothing else bounds all of it: looking up a name, shaking hands and reading header lines have no limit of theirs.
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(whole_time)
    if not done:
        raise too_slow
    match done[0]:
        case _TooSlow():
            raise too_slow
        case BaseException() as error:
            raise error
        case retrieved:
            return retrieved


class _TooSlow(Exception):
    """The time for the whole is over."""


class _Asking(NamedTuple):
    """A question to the web; see `retrieve`."""

    address: str
    access: Access
    known: Known
    check: Callable[[str], None]
    time_out: float
    ends: float
    largest: int

    def onward(self, asked: str, place: str) -> str:
        """The address that a redirect leads to, as it goes over the wire.

        Raises:
            FetchFailed: it leads away from http and https.
        """
        if not _WEB.match(place):
            raise FetchFailed(f"{asked}: redirects to {place[:80]}, which is not on the web.")
        wire = encoded(place)
        self.check(wire)
        return wire


def _anything(_: str) -> None:
    """Whatever a person asks for is asked for."""


def _retrieve(asking: _Asking, wire: str) -> Retrieved:
    address = asking.address
    web = Web(asking.access)
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        web,
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        Redirects(asking.onward),
    ):
        opener.add_handler(handler)
    headers = {"User-Agent": _AGENT, "Accept": _ACCEPTED}
    headers |= {"If-None-Match": asking.known.etag} if asking.known.etag else {}
    headers |= {"If-Modified-Since": asking.known.modified} if asking.known.modified else {}
    try:
        asking.check(wire)
        request = urllib.request.Request(wire, headers=headers)  # noqa: S310  http and https alone
        with opener.open(request, timeout=asking.time_out) as answer:
            kind = answer.headers.get_content_type() if answer.headers.get("Content-Type") else None
            if kind and kind.startswith(_NO_WORDS):
                raise FetchFailed(f"{address}: this is {kind}, not a text or an HTML page.")
            body = _body(answer, address, asking.largest, asking.ends)
            said = Known(answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
            kept = keep(asking.access.keep, web.exchanges, body) if asking.access.keep else None
            return Retrieved(Opened(body, str(answer.geturl()), kind, answer.headers.get_content_charset(), kept), said)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == _UNCHANGED and any(asking.known):
            return Retrieved(None, asking.known)
        if error.code in _REDIRECTS and error.headers.get("Location"):
            raise FetchFailed(f"{address}: redirects too often, or to a place that is not on the web.") from error
        raise FetchFailed(
            f"{address}: the server answers {error.code} ({_plain(error.reason)}).",
            status=error.code,
            retry_after=error.headers.get("Retry-After"),
        ) from error
    except HostRefused as error:
        raise FetchFailed(f"{address}: {error}.") from error
    except QuothError:
        raise
    except (IncompleteRead, EOFError) as error:
        raise FetchFailed(f"{address}: the answer breaks off before its end.") from error
    except (OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            raise FetchFailed(f"{address}: no answer within {asking.time_out:g} seconds.") from error
        what = "cannot be reached" if isinstance(error, urllib.error.URLError) else "cannot be fetched"
        raise FetchFailed(f"{address}: {what} ({_plain(reason)}).") from error


def _body(answer: HTTPResponse, address: str, largest: int, ends: float) -> bytes:
    """The whole body, unpacked.

    Raises:
        FetchFailed: it is too large, shorter than the server says, or packed in a way that is not read.
        EOFError: what is packed in it has no end.
        _TooSlow: the time is over.
    """
    coding = str(answer.headers.get("Content-Encoding") or "identity").strip().lower()
    chunks = _chunks(answer, address, ends)
    if coding in {"gzip", "x-gzip", "deflate"}:
        chunks = _unpacked(chunks, address, largest)
    elif coding not in {"identity", ""}:
        raise FetchFailed(f"{address}: the answer is packed as {coding[:40]}, which is not read here.")
    too_large = FetchFailed(f"{address}: larger than {largest / 1024 / 1024:g} MiB, so it was not read to the end.")
    if (answer.length or 0) > largest:
        raise too_large
    parts: list[bytes] = []
    size = 0
    for part in chunks:
        size += len(part)
        if size > largest:
            raise too_large
        parts.append(part)
    return b"".join(parts)


def _chunks(answer: HTTPResponse, address: str, ends: float) -> Iterator[bytes]:
    said, size = answer.length, 0
    while part := answer.read1(_CHUNK):
        if time.monotonic() > ends:
            raise _TooSlow
        size += len(part)
        yield part
    if said is not None and size < said:
        raise FetchFailed(f"{address}: the answer breaks off after {size} of {said} bytes.")


def _unpacked(chunks: Iterator[bytes], address: str, largest: int) -> Iterator[bytes]:
    """The chunks of a packed body unpacked, never much more at once than `largest`."""
    unpacking = None
    try:
        for chunk in chunks:
            left = chunk
            while left:
                if unpacking is None or unpacking.eof:  # the first part, or one more behind it
                    bare = left[:1] not in {b"\x1f", b"\x78"}  # some servers leave out the header of deflate
                    unpacking = zlib.decompressobj(-zlib.MAX_WBITS if bare else _GZIP_OR_ZLIB)
                yield unpacking.decompress(left, largest + 1)
                left = unpacking.unused_data
    except zlib.error as error:
        raise FetchFailed(f"{address}: the answer is packed, and damaged ({error}).") from error
    if unpacking is not None and not unpacking.eof:
        raise EOFError


def _plain(reason: object) -> str:
    said = str(getattr(reason, "strerror", None) or reason) or type(reason).__name__
    return " ".join(said.split())
