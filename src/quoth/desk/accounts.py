"""People of a desk in team mode: accounts, sessions, tokens, roles, and the audit of what was done.

Passwords are kept as argon2id hashes, sessions and tokens as SHA-256 of 32 random bytes, so that the database gives
nobody a way in.
"""

import hashlib
import re
import secrets
import threading
import time
from dataclasses import dataclass
from enum import IntEnum

from quoth.desk.rates import Rates
from quoth.review import Database
from quoth.review.databases import AlreadyThere
from quoth.review.decision_log import now
from quoth.types import QuothError, UnusableArguments

TABLES = (
    "CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL,"
    " made TEXT NOT NULL, disabled INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS keys (digest TEXT PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL,"
    " label TEXT NOT NULL, made TEXT NOT NULL, until BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS audit (number {number}, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,"
    " what TEXT NOT NULL)",
)
SESSION, TOKEN = "session", "token"
SESSION_SECONDS = 12 * 3600
TOKEN_SECONDS = 90 * 24 * 3600
SHORTEST_PASSWORD = 12  # letters; NIST SP 800-63B-4 asks for 15 where a password stands alone, 8 elsewhere
LONGEST_PASSWORD = 1024
LOGINS, MOST_LOGINS, LOGIN_SECONDS = 10, 100, 300.0  # tries for one name from one address, from all; in what time
_AT_ONCE = 2  # passwords that are looked at at once: each takes 64 MiB for a moment
_NAME = re.compile(r"[\w.@-]{1,64}")


class Role(IntEnum):
    """What somebody may do; each may do what those before may."""

    READER = 1
    REVIEWER = 2
    ADMIN = 3

    @property
    def told(self) -> str:
        """What somebody is who has it: "a reader", "an admin"."""
        return f"{'an' if self is Role.ADMIN else 'a'} {self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether the person has a role or a higher one."""
        return self.role >= role


class Refused(QuothError):
    """Somebody who may not do what was asked."""


class TooOften(Refused):
    """Something that was tried too often.

    Attributes:
        seconds: after which it may be tried again.
    """

    def __init__(self, told: str, seconds: int) -> None:
        super().__init__(told)
        self.seconds = seconds


class Accounts:
    """The accounts in a database."""

    def __init__(self, database: Database) -> None:
        from argon2 import PasswordHasher  # noqa: PLC0415  # the extra `desk`

        self._database = database
        self._hasher = PasswordHasher()  # argon2id with the parameters of RFC 9106 for little memory
        self._nobody = self._hasher.hash(
            secrets.token_urlsafe()
        )  # so that an unknown name takes as long as a known one
        self._tries = Rates(LOGINS, LOGIN_SECONDS)
        self._all_tries = Rates(MOST_LOGINS, LOGIN_SECONDS)
        self._few = threading.BoundedSemaphore(_AT_ONCE)
        database.make(TABLES)

    def add(self, name: str, role: Role, password: str) -> None:
        """Make an account.

        Raises:
            UnusableArguments: the name is taken or no name, or the password is too short.
        """
        if not _NAME.fullmatch(name):
            raise UnusableArguments("A name has 1 to 64 letters, digits and . _ @ - only.")
        hashed = self._hashed(password)
        try:
            self._database.run("INSERT INTO accounts VALUES (?, ?, ?, ?, 0)", name, role.name.lower(), hashed, now())
        except AlreadyThere as problem:
            raise UnusableArguments(f"There is an account {name} already.") from problem

    def change(self, name: str, *, role: Role | None = None, password: str | None = None, disabled: bool) -> None:
        """Give somebody another role or password, or shut them out; their sessions and tokens end.

        Raises:
            UnusableArguments: there is no such account, or the password is too short.
        """
        with self._database.transaction() as base:
            found = base.row("SELECT role, password FROM accounts WHERE name = ?", name)
            if found is None:
                raise UnusableArguments(f"There is no account {name}.")
            base.run(
                "UPDATE accounts SET role = ?, password = ?, disabled = ? WHERE name = ?",
                role.name.lower() if role else found[0],
                self._hashed(password) if password else found[1],
                int(disabled),
                name,
            )
            base.run("DELETE FROM keys WHERE account = ?", name)

    def _hashed(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise UnusableArguments(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} letters.")
        return self._hasher.hash(password)

    def sign_in(self, name: str, password: str, asker: str = "") -> str:
        """A new session; its key.

        Args:
            name: of the account.
            password: as it was typed.
            asker: the address it was typed at; each has its own few tries, and all together have some more.

        Raises:
            Refused: the name or the password is wrong.
            TooOften: there were too many tries.
        """
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

        for tries, who in ((self._tries, f"{name} {asker}"), (self._all_tries, name)):
            if not tries.take(who):
                wait = tries.wait(who)
                raise TooOften(f"Too many tries; the next one can be made in {wait} seconds.", wait)
        found = self._database.row("SELECT password, disabled FROM accounts WHERE name = ?", name)
        try:
            with self._few:
                self._hasher.verify(found[0] if found else self._nobody, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError) as problem:
            raise Refused("The name or the password is wrong.") from problem
        if found is None or found[1]:
            raise Refused("The name or the password is wrong.")
        self._tries.forget(f"{name} {asker}")
        return self.key(name, SESSION, "", SESSION_SECONDS)

    def key(self, name: str, kind: str, label: str, seconds: int) -> str:
        """A new session or token of somebody; told once, and kept as a digest only."""
        key = secrets.token_urlsafe(32)
        with self._database.transaction() as base:
            base.run("DELETE FROM keys WHERE until < ?", int(time.time()))
            base.run(
                "INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?)",
                *(_digest(key), name, kind, label[:100], now(), int(time.time()) + seconds),
            )
        return key

    def person(self, key: str, kind: str) -> Person | None:
        """Whose session or token a key is; None where it is nobody's, or no more."""
        found = self._database.row(
            "SELECT a.name, a.role FROM keys k JOIN accounts a ON a.name = k.account"
            " WHERE k.digest = ? AND k.kind = ? AND k.until >= ? AND a.disabled = 0",
            *(_digest(key), kind, int(time.time())),
        )
        return Person(found[0], Role[found[1].upper()]) if found else None

    def end(self, key: str) -> None:
        """End a session."""
        self._database.run("DELETE FROM keys WHERE digest = ?", _digest(key))

    def revoke(self, name: str, digest: str) -> None:
        """End somebody's own token, by the digest that the list shows."""
        self._database.run("DELETE FROM keys WHERE digest = ? AND account = ?", digest, name)

    def tokens(self, name: str) -> list[tuple[str, str, str]]:
        """Somebody's tokens: digest, label, when made."""
        return [
            (str(row[0]), str(row[1]), str(row[2]))
            for row in self._database.rows(
                "SELECT digest, label, made FROM keys WHERE account = ? AND kind = ? ORDER BY made", name, TOKEN
            )
        ]

    def people(self) -> list[tuple[str, str, bool]]:
        """All accounts: name, role, whether shut out."""
        found = self._database.rows("SELECT name, role, disabled FROM accounts ORDER BY name")
        return [(str(row[0]), str(row[1]), bool(row[2])) for row in found]

    def note(self, who: str, action: str, what: str) -> None:
        """Write into the audit: ids and names of accounts, never a word of a document."""
        self._database.run("INSERT INTO audit (at, who, action, what) VALUES (?, ?, ?, ?)", now(), who, action, what)

    def audit(self, most: int = 500) -> list[tuple[str, str, str, str]]:
        """What was done, the last first: when, who, what, on what."""
        found = self._database.rows("SELECT at, who, action, what FROM audit ORDER BY number DESC LIMIT ?", most)
        return [(str(row[0]), str(row[1]), str(row[2]), str(row[3])) for row in found]


def role_named(word: str) -> Role:
    """A role by its word.

    Raises:
        UnusableArguments: there is no such role.
    """
    try:
        return Role[word.upper()]
    except KeyError as problem:
        known = ", ".join(role.name.lower() for role in Role)
        raise UnusableArguments(f"There is no role {word}; roles are {known}.") from problem


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
