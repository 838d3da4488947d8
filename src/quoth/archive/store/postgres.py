"""A store in a PostgreSQL database, for desks that have one; needs the extra `postgres`.

The tables stand in a schema of their own, `quoth`. The password is better left to `~/.pgpass` or PGPASSWORD than put
into the address, which the archive's description keeps in the clear.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quoth.archive.store.ports_of_store import NO_DOCUMENTS, Outcome, Stored, Summary, digest_with, mark_of, sha256_of
from quoth.archive.store.rows import COLUMNS, description, grouped, now, stored
from quoth.types import ArchiveBusy, ArchiveDamaged, ArchiveError, Document, MissingPart

SCHEMA = Path(__file__).with_name("postgres_schema")
_AT_ONCE = 1000  # documents in one transaction, and rows read at once
_WAIT = "5s"  # for another writer's transaction
_FROM = "FROM versions v JOIN texts t ON t.key = v.text"
_CURRENT = "NOT EXISTS (SELECT 1 FROM versions w WHERE w.id = v.id AND w.version > v.version)"


class PostgresStore:
    """A store in a database; see `port.Store`."""

    def __init__(self, address: str) -> None:
        """Connect to the database at `address`, bringing its schema up to date.

        Raises:
            MissingPart: psycopg is not installed.
            ArchiveError: The database cannot be reached, or a later Quoth wrote it.
        """
        try:
            import psycopg  # noqa: PLC0415  # optional
        except ImportError as problem:
            raise MissingPart("Archives in PostgreSQL need psycopg: pip install 'quoth[postgres]'.") from problem
        self.address = address
        self._errors = psycopg.errors
        self._error = psycopg.Error
        with self._translated():
            self._base: psycopg.Connection[Any] = psycopg.connect(address, autocommit=True, client_encoding="utf8")
        try:
            with self._translated():
                self._base.execute("SELECT set_config('lock_timeout', %s, false)", (_WAIT,))
                self._migrate()
        except BaseException:
            self._base.close()
            raise

    def _migrate(self) -> None:
        steps = sorted(SCHEMA.glob("*.sql"))
        with self._base.transaction():
            self._base.execute("SELECT pg_advisory_xact_lock(hashtext('quoth schema'))")
            self._base.execute("CREATE SCHEMA IF NOT EXISTS quoth")
            self._base.execute("SET search_path TO quoth")
            self._base.execute("CREATE TABLE IF NOT EXISTS steps (number INTEGER PRIMARY KEY)")
            at = self._one("SELECT coalesce(max(number), 0) FROM steps")[0]
            if at > len(steps):
                raise ArchiveError(f"The database was written by a later Quoth (schema {at}); this knows {len(steps)}.")
            for number, step in enumerate(steps[at:], at + 1):
                self._base.execute(step.read_bytes())
                self._base.execute("INSERT INTO steps VALUES (%s)", (number,))

    def _one(self, query: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
        """The one row of a query."""
        row = self._base.execute(query.encode(), values).fetchone()
        if row is None:
            raise ArchiveDamaged("The database does not hold what it was last known to hold.")
        return tuple(row)

    def add(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Outcome]]:
        """See `port.Store`; what was told is committed, in groups."""
        for group in grouped(documents, _AT_ONCE):
            with self._translated(), self._base.transaction():
                # The row is locked first: another writer waits here, and numbers become visible in growing order.
                last = self._one("SELECT last FROM state FOR UPDATE")[0]
                outcomes = []
                for document in group:
                    outcome = self._add(document, last + 1)
                    last += outcome in (Outcome.NEW, Outcome.NEW_VERSION)
                    outcomes.append(outcome)
                self._base.execute("UPDATE state SET last = %s", (last,))
            yield from zip(group, outcomes, strict=True)

    def _add(self, document: Document, number: int) -> Outcome:
        sha256 = sha256_of(document.text)
        rows = self._base.execute(
            f"SELECT v.number, v.version, t.sha256 {_FROM} WHERE v.id = %s ORDER BY v.version".encode(),
            (document.id,),
        ).fetchall()
        known = description(document)
        for existing_number, _, existing in rows:
            if existing == sha256:
                return self._describe(existing_number, known)
        version = rows[-1][1] + 1 if rows else 1
        self._base.execute(
            "INSERT INTO texts (sha256, text) VALUES (%s, %s) ON CONFLICT DO NOTHING", (sha256, document.text.encode())
        )
        self._base.execute(
            "INSERT INTO versions SELECT %s, %s, %s, key, %s, %s, %s, %s, %s, %s, %s FROM texts WHERE sha256 = %s",
            (number, document.id, version, *known, now(), sha256),
        )
        self._note(1 if version == 1 else 0, 1, [mark_of(document.id, version, sha256)], 1)
        return Outcome.NEW if version == 1 else Outcome.NEW_VERSION

    def _describe(self, number: int, known: Sequence[str | None]) -> Outcome:
        row = self._one(
            "SELECT title, publisher, published, language, url, blocks FROM versions WHERE number = %s", (number,)
        )
        if row == tuple(known):
            return Outcome.UNCHANGED
        self._base.execute(
            "UPDATE versions SET title = %s, publisher = %s, published = %s, language = %s, url = %s, blocks = %s"
            " WHERE number = %s",
            (*known, number),
        )
        return Outcome.DESCRIBED

    def _note(self, documents: int, versions: int, marks: Iterable[int], sign: int) -> None:
        digest = self._one("SELECT digest FROM state FOR UPDATE")[0]
        for mark in marks:
            digest = digest_with(digest, mark, sign)
        self._base.execute(
            "UPDATE state SET documents = documents + %s, versions = versions + %s, digest = %s, changed = %s",
            (documents, versions, digest, now()),
        )

    def _rows(self, where: str, values: Sequence[object]) -> list[Stored]:
        query = f"SELECT {COLUMNS}, {_CURRENT} {_FROM} WHERE {where}"  # constants of this module
        return [_stored(row) for row in self._base.execute(query.encode(), values).fetchall()]

    def fetch(self, numbers: Sequence[int]) -> Mapping[int, Stored]:
        """See `port.Store`."""
        with self._translated():
            return {one.number: one for one in self._rows("v.number = ANY(%s)", (list(numbers),))}

    def get(self, id_: str, version: int | None = None) -> Stored | None:
        """See `port.Store`."""
        every = self.versions(id_)
        if version is None:
            return every[-1] if every else None
        return next((one for one in every if one.version == version), None)

    def versions(self, id_: str) -> tuple[Stored, ...]:
        """See `port.Store`."""
        with self._translated():
            return tuple(self._rows("v.id = %s ORDER BY v.version", (id_,)))

    def after(self, number: int) -> Iterator[tuple[int, str]]:
        """See `port.Store`."""
        query = f"SELECT v.number, t.text {_FROM} WHERE v.number > %s ORDER BY v.number LIMIT %s"
        while True:
            with self._translated():
                rows = self._base.execute(query.encode(), (number, _AT_ONCE)).fetchall()
            if not rows:
                return
            for number, text in rows:  # noqa: PLR1704  # the last one is where to go on
                yield number, bytes(text).decode("utf-8", "replace")

    def delete(self, id_: str) -> tuple[int, ...]:
        """See `port.Store`."""
        with self._translated(), self._base.transaction():
            self._one("SELECT last FROM state FOR UPDATE")
            rows = self._base.execute(
                f"SELECT v.number, v.version, t.sha256, t.key {_FROM} WHERE v.id = %s".encode(),
                (id_,),
            ).fetchall()
            if not rows:
                return ()
            self._base.execute("DELETE FROM versions WHERE id = %s", (id_,))
            self._base.execute(
                "DELETE FROM texts WHERE key = ANY(%s) AND NOT EXISTS (SELECT 1 FROM versions WHERE text = texts.key)",
                ([row[3] for row in rows],),
            )
            self._note(-1, -len(rows), [mark_of(id_, row[1], row[2]) for row in rows], -1)
        return tuple(row[0] for row in rows)

    def export(self) -> Iterator[Stored]:
        """See `port.Store`."""
        number = 0
        while True:
            with self._translated():
                found = self._rows("v.number > %s ORDER BY v.number LIMIT %s", (number, _AT_ONCE))
            if not found:
                return
            yield from found
            number = found[-1].number

    def damage(self) -> Iterator[str]:
        """See `port.Store`."""
        digest, documents, versions, number = NO_DOCUMENTS, set(), 0, 0
        query = f"SELECT v.number, v.id, v.version, t.sha256, t.text {_FROM} WHERE v.number > %s"
        query += " ORDER BY v.number LIMIT %s"
        while True:
            with self._translated():
                rows = self._base.execute(query.encode(), (number, _AT_ONCE)).fetchall()
            if not rows:
                break
            for number, id_, version, sha256, text in rows:  # noqa: B007  # the last one is where to go on
                documents.add(id_)
                versions += 1
                digest = digest_with(digest, mark_of(id_, version, sha256))
                if sha256_of(bytes(text).decode("utf-8", "replace")) != sha256:
                    yield f"The text of {id_}, version {version}, is not what was added."
        with self._translated():
            counted = self._one("SELECT documents, versions, digest FROM state")
        if counted != (len(documents), versions, digest):
            yield "The database does not hold the documents that it was last known to hold."

    def numbers(self) -> set[int]:
        """See `port.Store`."""
        with self._translated():
            return {number for (number,) in self._base.execute("SELECT number FROM versions")}

    def summary(self) -> Summary:
        """See `port.Store`."""
        with self._translated():
            return Summary(*self._one("SELECT documents, versions, last, digest, changed FROM state"))

    def close(self) -> None:
        """See `port.Store`."""
        self._base.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """The database's errors in our words."""
        try:
            yield
        except self._errors.LockNotAvailable as problem:
            raise ArchiveBusy("The database is being written by another process; try again later.") from problem
        except self._errors.DiskFull as problem:
            raise ArchiveError("The database cannot grow: its disk is full; nothing added before is lost.") from problem
        except self._errors.DataCorrupted as problem:
            raise ArchiveDamaged(f"The database is damaged: {_first_line(problem)}.") from problem
        except self._error as problem:
            raise ArchiveError(f"The database cannot be used: {_first_line(problem)}.") from problem


def _stored(row: Sequence[Any]) -> Stored:
    text = bytes(row[4]).decode("utf-8", "replace")  # a text that is no UTF-8 any more shows in its digest
    return stored((*row[:4], text, *row[5:-1]), current=bool(row[-1]))


def _first_line(problem: BaseException) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0].rstrip(".")
