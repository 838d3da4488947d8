"""What every request must pass before it is answered, and what every answer says to the browser.

- The host must be one that the desk goes by: a name elsewhere that leads to 127.0.0.1 (DNS rebinding) is none.
- What changes something must come from the desk's own pages, or from no browser (cross-site request forgery).
- A request brings no more bytes than it may; nobody asks more often than they may; in team mode people sign in.
- An answer runs the desk's own script only, loads nothing from elsewhere, and is kept in no cache.
"""

import logging
from getpass import getuser
from urllib.parse import unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quoth.desk.accounts import SESSION, TOKEN, Accounts, Person, Role
from quoth.desk.rates import Rates
from quoth.desk.settings import LOOPBACK, Settings

_LOG = logging.getLogger("quoth.desk")  # without a handler, to standard error

COOKIE, NAME_COOKIE = "quoth_session", "quoth_name"
PREFILL = "/prefill"  # takes what a bookmarklet sends, from any page; it fills a form in and changes nothing
OPEN = ("/static/", "/sign-in", PREFILL)  # without signing in
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
REQUESTS, REQUEST_SECONDS = 600, 60.0  # that change something, of one person in team mode
LONGEST_NAME = 64
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


class TooLarge(Exception):
    """A request that brings more than it may."""


class Guards:
    """The ASGI middleware around the whole desk."""

    def __init__(self, app: ASGIApp, settings: Settings, accounts: Accounts | None) -> None:
        self._app, self._settings, self._accounts = app, settings, accounts
        self._rates = Rates(REQUESTS, REQUEST_SECONDS)
        names = {name.lower() for name in settings.names}
        self._hosts = names | (LOOPBACK if settings.host in LOOPBACK else {settings.host.lower()})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = False

        async def answer(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                _dress(MutableHeaders(scope=message), static=scope["path"].startswith("/static/"))
            await send(message)

        refused = self._refusal(scope)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        try:
            await self._app(scope, self._measured(receive), answer)
        except TooLarge:
            await _refuse(scope, 413, self._too_large())(scope, receive, answer)
        except Exception as error:  # the last resort; its words may be a document's, and are told to nobody
            _LOG.error("quoth: an unexpected error (%s) in answering %s.", type(error).__name__, scope["method"])
            if began:
                raise
            await _refuse(scope, 500, f"An unexpected error stopped this ({type(error).__name__}).")(
                scope, receive, answer
            )

    def _refusal(self, scope: Scope) -> Response | None:
        """What is answered to a request that does not pass; None for one that does. It learns who asks."""
        connection = HTTPConnection(scope)
        path, method = scope["path"], scope["method"]
        if (refused := self._unfit(scope, connection.headers)) is not None:
            return refused
        person = self._person(connection)
        if person is None and not path.startswith(OPEN):
            if path.startswith("/api/"):
                return JSONResponse({"error": "Sign in, or send a token."}, 401, {"WWW-Authenticate": "Bearer"})
            return RedirectResponse("/sign-in", 303)
        scope.setdefault("state", {})["person"] = person
        asker = person.name if person else scope["client"][0] if scope["client"] else ""
        if self._accounts and method not in SAFE and not self._rates.take(asker):
            wait = self._rates.wait(asker)
            answer = _refuse(scope, 429, f"Too many requests; the next one can be made in {wait} s.")
            answer.headers["retry-after"] = str(wait)
            return answer
        return None

    def _unfit(self, scope: Scope, headers: Headers) -> Response | None:
        """What is answered to a request that nobody may make."""
        if _host(headers) not in self._hosts:
            return PlainTextResponse("This desk does not go by that name.", 421)
        if scope["method"] not in SAFE and scope["path"] != PREFILL and not _own(headers):
            return _refuse(scope, 403, "This request came from another site.")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._settings.largest:
            return _refuse(scope, 413, self._too_large())
        return None

    def _person(self, connection: HTTPConnection) -> Person | None:
        """Who asks; on a desk without accounts whoever sits at it."""
        if self._accounts is None:
            name = " ".join(unquote(connection.cookies.get(NAME_COOKIE, "")).split())[:LONGEST_NAME]
            return Person(name or _user(), Role.ADMIN)
        kind, _, key = connection.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self._accounts.person(key.strip(), TOKEN)
        session = connection.cookies.get(COOKIE)
        return self._accounts.person(session, SESSION) if session else None

    def _measured(self, receive: Receive) -> Receive:
        """The body, counted as it comes: not every request says how long it is."""
        size = 0

        async def measured() -> Message:
            nonlocal size
            message = await receive()
            if message["type"] == "http.request":
                size += len(message.get("body", b""))
                if size > self._settings.largest:
                    raise TooLarge
            return message

        return measured

    def _too_large(self) -> str:
        return f"This is more than the {self._settings.largest / 1_000_000:.0f} MB that one request may bring."


def _host(headers: Headers) -> str:
    """The host that is asked for, without its port, in lower case; "" where there is none."""
    try:
        return (urlsplit(f"//{headers.get('host', '')}").hostname or "").lower()
    except ValueError:
        return ""


def _own(headers: Headers) -> bool:
    """Whether a request comes from the desk's own pages, or from no browser at all.

    Browsers tell by `Sec-Fetch-Site`; older ones by `Origin` only, which must then be the host that is asked.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None or origin == "null":
        return origin is None
    return origin.rpartition("://")[2] == headers.get("host")


def _refuse(scope: Scope, status: int, told: str) -> Response:
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": told}, status)
    return PlainTextResponse(told, status)


def _dress(headers: MutableHeaders, *, static: bool) -> None:
    """Put on an answer what a browser must know."""
    headers["content-security-policy"] = (
        "default-src 'none'; style-src 'self'; script-src 'self';"
        " img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    )
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "same-origin"  # with "no-referrer" browsers give the origin of a form as "null"
    headers["cross-origin-opener-policy"] = "same-origin"
    headers["cross-origin-resource-policy"] = "same-origin"
    headers["permissions-policy"] = _PERMISSIONS
    headers["cache-control"] = "public, max-age=31536000, immutable" if static else "no-store"


def _user() -> str:
    """Who sits at this machine."""
    try:
        return getuser()
    except (OSError, KeyError):
        return "somebody"
