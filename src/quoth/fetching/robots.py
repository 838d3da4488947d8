"""What a site lets programs fetch by themselves: its robots.txt, by RFC 9309.

The longest rule that matches decides, and `Allow` among equals. A robots.txt that is not there (an answer 4xx) allows
everything; one that cannot be had (5xx, 429, no answer) forbids everything until it can.
"""

import re
import string
import time
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

from quoth.fetching.hosts import Access
from quoth.fetching.web import PRODUCT, retrieve
from quoth.types import FetchFailed

READ_AT_MOST = 512_000  # bytes of a robots.txt; the RFC asks for 500 KiB
_LARGEST = 4 * READ_AT_MOST  # bytes; a longer one cannot be had
_DAY, _HOUR = 86_400.0, 3_600.0  # seconds that one is believed; that one is thought not to be had
_TOO_MANY = 429
_MISSING = range(400, 500)
_NOTHING = "User-agent: *\nDisallow: /"
_TOKEN = re.compile(r"[A-Za-z_-]+")
_UNRESERVED = frozenset((string.ascii_letters + string.digits + "-._~").encode())
_AS_IT_IS = frozenset(string.punctuation.encode()) - {ord("%")} | _UNRESERVED

Kept = MutableMapping[str, tuple[float, str]]  # site to the time until which a robots.txt is believed, and its text


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of a robots.txt: a beginning of paths, `*` for anything, `$` for their end; and whether it allows them."""

    pieces: tuple[bytes, ...]
    to_end: bool
    allows: bool

    @property
    def length(self) -> int:
        """By which the most specific rule is told, in bytes."""
        return sum(map(len, self.pieces)) + len(self.pieces) - 1 + self.to_end

    def matches(self, path: bytes) -> bool:
        """Whether it speaks of a path; in time that grows with the path's length alone."""
        first, *others = self.pieces
        if not path.startswith(first):
            return False
        at = len(first)
        last = others.pop() if others and self.to_end else None
        for piece in others:
            at = path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        if last is not None:
            return len(path) - len(last) >= at and path.endswith(last)
        return not self.to_end or at == len(path)


def rules_for(text: str, product: str = PRODUCT) -> tuple[Rule, ...]:
    """The rules of a robots.txt that a program goes by: those for its name, else those for `*`."""
    mine: list[Rule] = []
    everyones: list[Rule] = []
    agents: list[str] = []
    named, in_rules = False, False
    for key, value in _lines(text):
        if key == "user-agent":
            if in_rules:
                agents, in_rules = [], False
            token = _TOKEN.match(value)
            agents.append("*" if value.startswith("*") else token[0].lower() if token else "")
            named = named or agents[-1] == product.lower()
        elif key in {"allow", "disallow"}:
            in_rules = True
            if value:
                rule = _rule(value, allows=key == "allow")
                mine += [rule] if product.lower() in agents else []
                everyones += [rule] if "*" in agents else []
    return tuple(mine if named else everyones)


def allowed(rules: tuple[Rule, ...], address: str) -> bool:
    """Whether some rules let an address be fetched."""
    parts = urlsplit(address)
    path = octets((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    if path == b"/robots.txt":
        return True
    speaking = [rule for rule in rules if rule.matches(path)]
    return not speaking or max(speaking, key=lambda rule: (rule.length, rule.allows)).allows


def octets(path: str) -> bytes:
    """A path or a pattern in one spelling: letters beyond ASCII in per cent, harmless ones as themselves."""
    parts = re.split(r"(%[0-9A-Fa-f]{2})", path)
    written = bytearray()
    for part in parts:
        coded = part.startswith("%") and len(part) == len("%00") and bool(re.fullmatch(r"%[0-9A-Fa-f]{2}", part))
        for byte in unquote_to_bytes(part) if coded else part.encode("utf-8", "replace"):
            plain = byte in (_UNRESERVED if coded else _AS_IT_IS)
            written += bytes([byte]) if plain else b"%%%02X" % byte
    return bytes(written)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in re.split(r"[\r\n]+", text.removeprefix("\ufeff")):
        key, parted, value = line.partition("#")[0].partition(":")
        if parted:
            yield key.strip().lower(), value.strip()


def _rule(pattern: str, *, allows: bool) -> Rule:
    to_end = pattern.endswith("$")
    pieces = tuple(map(octets, re.split(r"\*+", pattern.removesuffix("$"))))
    return Rule(pieces, to_end, allows)


class Robots:
    """Asks sites for their robots.txt, and remembers what they said for a day."""

    def __init__(
        self, access: Access, kept: Kept | None = None, before: Callable[[str], None] = lambda _: None
    ) -> None:
        """Use these.

        Args:
            access: which hosts may be asked.
            kept: where robots.txt files are remembered.
            before: called with each address before it is asked, to wait where that is polite.
        """
        self._access = Access(access.hosts, None, access.look_up, access.dial)
        self._kept: Kept = {} if kept is None else kept
        self._before = before

    def check(self, address: str) -> None:
        """Refuse an address that its site does not let programs fetch.

        Raises:
            FetchFailed: it is so, with `forbidden`.
        """
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        until, text = self._kept.get(site, (0.0, ""))
        if until < time.time():
            until, text = self._asked(site)
            self._kept[site] = until, text
        if not allowed(rules_for(text), address):
            why = "cannot be had" if text == _NOTHING else "does not let programs fetch it"
            raise FetchFailed(f"{address}: the robots.txt of its site {why}.", forbidden=True)

    def _asked(self, site: str) -> tuple[float, str]:
        place = f"{site}/robots.txt"
        self._before(place)
        try:
            opened = retrieve(place, access=self._access, largest=_LARGEST).opened
        except FetchFailed as error:
            if error.status in _MISSING and error.status != _TOO_MANY:
                return time.time() + _DAY, ""
            return time.time() + _HOUR, _NOTHING
        data = opened.data if opened else b""
        return time.time() + _DAY, data[:READ_AT_MOST].decode("utf-8", "replace")
