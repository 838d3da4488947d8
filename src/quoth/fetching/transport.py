"""HTTP over connections to the very address that was checked, redirects too; what comes is recorded if asked."""

import io
import ssl
import urllib.request
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPMessage, HTTPResponse, HTTPSConnection
from socket import socket
from typing import IO
from urllib.parse import urlsplit

from quoth.fetching.hosts import Access, check_spelling, connected
from quoth.fetching.kept_pages import Exchange, now

MOST_REDIRECTS = 5


class _Recorder(io.RawIOBase):
    """The bytes of a connection, each also put aside."""

    def __init__(self, below: io.RawIOBase, aside: bytearray) -> None:
        self._below = below
        self._aside = aside

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        count = self._below.readinto(buffer)
        self._aside += buffer[: count or 0]
        return count

    def close(self) -> None:
        self._below.close()
        super().close()


class _RecordedResponse(HTTPResponse):
    def __init__(self, sock: socket, *given: object, aside: bytearray, **named: object) -> None:
        super().__init__(sock, *given, **named)  # type: ignore[arg-type]
        self.fp.close()
        self.fp = io.BufferedReader(_Recorder(sock.makefile("rb", buffering=0), aside))


class Pinned(HTTPConnection):
    """A connection to an address that was looked up once and checked."""

    def __init__(
        self, host: str, *, access: Access, by_proxy: bool, exchange: Exchange | None, **named: object
    ) -> None:
        super().__init__(host, **named)  # type: ignore[arg-type]

        def connect(place: tuple[str, int], time_out: float | None, _: object = None) -> socket:
            if by_proxy:  # which the user set, and which looks names up by itself
                return access.dial_name(place, time_out)
            made = connected(place[0], place[1], time_out, access)
            if exchange is not None:
                exchange.host_address = str(made.getpeername()[0])
            return made

        self._create_connection = connect
        if exchange is not None:
            self.response_class = partial(_RecordedResponse, aside=exchange.raw)  # type: ignore[assignment]


class PinnedTLS(Pinned, HTTPSConnection):
    """The same, encrypted; the certificate must be of the host's name."""


class Web(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Opens http and https addresses by `Pinned` connections."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self._access = access
        self.exchanges: list[Exchange] = []

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        """The answer to a request over http."""
        return self._open(Pinned, req)

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        """The answer to a request over https."""
        return self._open(PinnedTLS, req, context=ssl.create_default_context())

    http_request = urllib.request.AbstractHTTPHandler.do_request_
    https_request = urllib.request.AbstractHTTPHandler.do_request_

    def _open(self, kind: type[Pinned], req: urllib.request.Request, **named: object) -> HTTPResponse:
        origin = urlsplit(req.full_url)
        check_spelling(origin.hostname or "", self._access)
        exchange = Exchange(req.full_url, bytearray(), "", now()) if self._access.keep else None
        made = partial(kind, access=self._access, by_proxy=_by_proxy(req), exchange=exchange)
        if exchange is not None:
            self.exchanges.append(exchange)
        answer: HTTPResponse = self.do_open(made, req, **named)
        return answer


def _by_proxy(req: urllib.request.Request) -> bool:
    """Whether a proxy is asked, as urllib notes it; not by the host, which it reads with its percent signs undone."""
    return req.has_proxy() or bool(getattr(req, "_tunnel_host", None))


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects; each place is checked before it is asked."""

    max_redirections = MOST_REDIRECTS
    max_repeats = 2

    def __init__(self, onward: Callable[[str, str], str]) -> None:
        self._onward = onward

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """The next request, at the address that `onward(from, to)` gives, or raises for."""
        try:
            place = self._onward(req.full_url, newurl)
        except BaseException:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, place)
