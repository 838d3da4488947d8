"""A database of people's work: a SQLite file, memory that nobody else sees, or PostgreSQL.

SQL is written once, with `?` for values. What the two call by other names stands in `WORDS`.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from quoth.processes.disk_room import is_full
from quoth.types import ArchiveError, MissingPart, QuothError

Row = tuple[Any, ...]
WORDS = {
    False: {"{number}": "INTEGER PRIMARY KEY AUTOINCREMENT", "{bytes}": "BLOB"},
    True: {"{number}": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "{bytes}": "BYTEA"},
}
SCHEMA = "quoth_desk"  # of PostgreSQL
_WAIT = 10.0  # seconds for another process that writes
_OWNER_ONLY = 0o600


class AlreadyThere(QuothError):
    """A row that must be the only one of its kind was written by somebody else first."""


class Database:
    """One connection, used by one thread at a time; it is opened anew where a server went away.

    What a transaction has written when it ends is on the disk.
    """

    def __init__(self, *, file: Path | None = None, address: str | None = None) -> None:
        """Open a database: a file, a PostgreSQL address, or memory where neither is given.

        Raises:
            ArchiveError: it cannot be opened.
            MissingPart: psycopg is not installed.
        """
        self._lock = threading.RLock()
        self._file, self._address = file, address
        self._depth = 0
        self._broken: tuple[type[Exception], ...] = (sqlite3.Error,)
        self._twice: tuple[type[Exception], ...] = (sqlite3.IntegrityError,)
        self._connection: Any = self._postgres(address) if address else self._sqlite(file)

    @property
    def durable(self) -> bool:
        """Whether what is written outlives this process."""
        return self._file is not None or self._address is not None

    @property
    def shared(self) -> bool:
        """Whether other processes may write to it."""
        return self._address is not None

    def _sqlite(self, file: Path | None) -> sqlite3.Connection:
        try:
            if file is not None:  # made for its owner alone before anything stands in it
                os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, _OWNER_ONLY))
            opened = sqlite3.connect(
                file or ":memory:", timeout=_WAIT, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            opened.execute("PRAGMA journal_mode=WAL")
            opened.execute("PRAGMA synchronous=FULL")
            opened.execute("PRAGMA secure_delete=ON")  # what is deleted is gone from the file
            opened.execute("PRAGMA foreign_keys=ON")
        except (OSError, sqlite3.Error) as problem:
            told = "the disk is full" if file is not None and is_full(file.parent) else problem
            raise ArchiveError(f"{file}: the desk's database cannot be opened ({told}).") from problem
        return opened

    def _postgres(self, address: str) -> Any:  # noqa: ANN401  # a connection of a library that may be missing
        try:
            import psycopg  # noqa: PLC0415  # the extra `postgres`
        except ModuleNotFoundError as problem:
            raise MissingPart("A desk in PostgreSQL needs psycopg: pip install 'quoth[desk,postgres]'.") from problem
        self._broken = (psycopg.Error,)
        self._twice = (psycopg.errors.UniqueViolation,)
        try:
            opened = psycopg.connect(address, autocommit=True, client_encoding="utf8", connect_timeout=int(_WAIT))
            opened.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            opened.execute(f"SET search_path TO {SCHEMA}")
        except psycopg.Error as problem:
            kind = type(problem).__name__  # its own words might hold the address, and a password with it
            raise ArchiveError(f"The desk's database cannot be opened ({kind}).") from problem
        return opened

    def make(self, statements: Sequence[str]) -> None:
        """Make the tables that are not there yet."""
        words = WORDS[self.shared]
        with self.transaction():
            if self.shared:  # two servers may start at once
                self.rows("SELECT pg_advisory_xact_lock(hashtext('quoth desk'))")
            for statement in statements:
                for word, meant in words.items():
                    statement = statement.replace(word, meant)  # noqa: PLW2901
                self.run(statement)

    @contextmanager
    def transaction(self) -> Iterator[Self]:
        """All or nothing, with nobody between; one inside another is part of it."""
        with self._lock:
            if self._depth:
                yield self
                return
            self._alive()
            self.run("BEGIN" if self.shared else "BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self
                self.run("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._depth -= 1

    def rows(self, query: str, *values: object) -> list[Row]:
        """The rows of a query."""
        with self._lock:
            return [tuple(row) for row in self._execute(query, values).fetchall()]

    def row(self, query: str, *values: object) -> Row | None:
        """The first row of a query; None where there is none."""
        with self._lock:
            found = self._execute(query, values).fetchone()
            return tuple(found) if found is not None else None

    def run(self, statement: str, *values: object) -> int:
        """Do something; how many rows it touched.

        Raises:
            AlreadyThere: a row of that key is there.
            ArchiveError: the database cannot be written.
        """
        with self._lock:
            return int(self._execute(statement, values).rowcount)

    def close(self) -> None:
        """Let go of it."""
        with self._lock:
            self._connection.close()

    def _execute(self, statement: str, values: Sequence[object]) -> Any:  # noqa: ANN401  # a cursor of either library
        if not self._depth:
            self._alive()
        if self.shared:
            statement = statement.replace("?", "%s")
        try:
            return self._tried(statement, values)
        except self._twice as problem:
            raise AlreadyThere("Somebody else has written this already.") from problem
        except self._broken as problem:
            full = self._file is not None and is_full(self._file.parent)
            told = "the disk is full" if full else type(problem).__name__ if self.shared else str(problem)
            raise ArchiveError(f"The desk's database cannot be used ({told}).") from problem

    def _tried(self, statement: str, values: Sequence[object]) -> Any:  # noqa: ANN401
        """Do something; once more where only the connection was lost, and nothing can have been written."""
        try:
            return self._connection.execute(statement, values)
        except self._broken:
            if self._depth or not (self._address and self._connection.closed):
                raise
            if not statement.startswith(("SELECT", "BEGIN")):
                raise
        self._alive()
        return self._connection.execute(statement, values)

    def _alive(self) -> None:
        """Connect again where the server of the database has gone away since."""
        if self._address and self._connection.closed:
            self._connection = self._postgres(self._address)

    def _roll_back(self) -> None:
        if not self.shared and not self._connection.in_transaction:
            return  # SQLite has done so itself, as where the disk is full
        try:
            self._connection.execute("ROLLBACK")
        except self._broken:
            self._connection.close()  # what was not committed is gone either way
