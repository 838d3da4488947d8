"""Addresses on the web to bytes: the only opener of connections, and only for addresses that a person gives."""

import re
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage
from typing import IO

from quoth.types import FetchFailed

TIME_OUT = 20.0  # seconds for the connection and for each read
LARGEST = 50 * 1024 * 1024  # bytes
MOST_REDIRECTS = 5
_CHUNK = 64 * 1024
_REDIRECTS = range(300, 400)  # status codes
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_AGENT = "Quoth (a reader checking quotations; one page at a time)"
_READABLE = ("text/", "application/xhtml", "application/xml", "application/octet-stream")


def is_address(place: str) -> bool:
    """Whether `place` is an address, on the web or of another kind, and not a path."""
    return _ADDRESS.match(place) is not None


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, to the web alone."""

    max_redirections = MOST_REDIRECTS
    max_repeats = 2

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """The next request, unless it leads away from http and https."""
        if not _WEB.match(newurl):
            fp.close()
            raise FetchFailed(f"{req.full_url}: redirects to {newurl[:80]}, which is not on the web.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(address: str, *, time_out: float = TIME_OUT, largest: int = LARGEST) -> tuple[bytes, str]:
    """The body at an address, and the address it was found at in the end.

    Args:
        address: an `http://` or `https://` address.
        time_out: seconds for the connection and for each read.
        largest: bytes after which the download is given up.

    Returns:
        The body's bytes and the final address, after redirects.

    Raises:
        FetchFailed: not an address on the web, no answer, an answer that is an error, too slow, or too large.
    """
    if not _WEB.match(address):
        raise FetchFailed(f"{address}: only http:// and https:// addresses can be fetched.")
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    try:
        request = urllib.request.Request(address, headers={"User-Agent": _AGENT, "Accept": "text/html, text/plain"})  # noqa: S310  http and https alone
        with opener.open(request, timeout=time_out) as answer:
            kind = str(answer.headers.get("Content-Type") or "").lower()
            if kind and not kind.startswith(_READABLE):
                raise FetchFailed(f"{address}: this is {kind.split(';')[0]}, not a text or an HTML page.")
            return _body(answer, address, largest), str(answer.geturl())
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in _REDIRECTS:
            raise FetchFailed(f"{address}: redirects too often, or to a place that is not on the web.") from error
        raise FetchFailed(f"{address}: the server answers {error.code} ({error.reason}).") from error
    except TimeoutError as error:
        raise FetchFailed(f"{address}: no answer within {time_out:g} seconds.") from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise FetchFailed(f"{address}: no answer within {time_out:g} seconds.") from error
        raise FetchFailed(f"{address}: cannot be reached ({_reason(error)}).") from error
    except (OSError, HTTPException, ValueError) as error:
        raise FetchFailed(f"{address}: cannot be fetched ({str(error) or type(error).__name__}).") from error


def _body(answer: IO[bytes], address: str, largest: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := answer.read(_CHUNK):
        size += len(part)
        if size > largest:
            raise FetchFailed(f"{address}: larger than {largest / 1024 / 1024:g} MiB, so it was not read to the end.")
        parts.append(part)
    return b"".join(parts)


def _reason(error: urllib.error.URLError) -> str:
    reason = error.reason
    return str(getattr(reason, "strerror", None) or reason)
