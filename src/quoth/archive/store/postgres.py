"""A store in a PostgreSQL database, for desks that have one; needs the extra `postgres`.

The tables stand in a schema of their own, `quoth`. The address comes from the user and is kept nowhere; no message
shows a password that stands in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quoth.archive.store.ports_of_store import Outcome, Stored, Summary, digest_with, mark_of, sha256_of, unkeepable
from quoth.archive.store.rows import (
    COLUMNS,
    SEALABLE,
    SEALED,
    Tally,
    description,
    grouped,
    is_state,
    now,
    resealed,
    seal,
    stored,
)
from quoth.types import ArchiveBusy, ArchiveDamaged, ArchiveError, Document, MissingPart

SCHEMA = Path(__file__).with_name("postgres_schema")
_AT_ONCE = 1000  # documents in one transaction, and rows read at once
_WAIT = "5s"  # for another writer's transaction
_FROM = "FROM versions v JOIN texts t ON t.key = v.text"
_CURRENT = "NOT EXISTS (SELECT 1 FROM versions w WHERE w.id = v.id AND w.version > v.version)"


class PostgresStore:
    """A store in a database; see `port.Store`."""

    def __init__(self, address: str, *, create: bool = False) -> None:
        """Connect to the database at `address`, bringing its schema up to date.

        Args:
            address: a connection string, `host=... dbname=...` or `postgresql://...`.
            create: make the schema where there is none.

        Raises:
            MissingPart: psycopg is not installed.
            ArchiveError: The address is none, the database cannot be reached, holds no documents and `create` is not
                set, does not keep text in UTF-8, or a later Quoth wrote it.
        """
        try:
            import psycopg  # noqa: PLC0415  # optional
        except ImportError as problem:
            raise MissingPart("Archives in PostgreSQL need psycopg: pip install 'quoth[postgres]'.") from problem
        self.address = address
        self._errors = psycopg.errors
        self._error = psycopg.Error
        self._secrets = secrets_in(address)
        with self._translated():
            self._base: psycopg.Connection[Any] = psycopg.connect(address, autocommit=True, client_encoding="utf8")
        try:
            with self._translated():
                self._base.execute("SELECT set_config('lock_timeout', %s, false)", (_WAIT,))
                self._migrate(create=create)
        except BaseException:
            self._base.close()
            raise

    def _migrate(self, *, create: bool) -> None:
        encoding = self._one("SHOW server_encoding")[0]
        if encoding != "UTF8":
            raise ArchiveError(f"The database keeps text in {encoding}; documents need one that keeps it in UTF8.")
        steps = sorted(SCHEMA.glob("*.sql"))
        there = self._one("SELECT to_regclass('quoth.steps') IS NOT NULL")[0]
        if not there and not create:
            raise ArchiveDamaged("The database holds no archive's documents; `quoth archive add` makes an archive.")
        self._base.execute("SET search_path TO quoth")
        if there and self._taken(len(steps)) == len(steps):
            return  # also where nothing may be written
        with self._base.transaction():
            self._base.execute("SELECT pg_advisory_xact_lock(hashtext('quoth schema'))")
            self._base.execute("CREATE SCHEMA IF NOT EXISTS quoth")
            self._base.execute("CREATE TABLE IF NOT EXISTS steps (number INTEGER PRIMARY KEY)")
            at = self._taken(len(steps))
            for number, step in enumerate(steps[at:], at + 1):
                self._base.execute(step.read_bytes())
                self._base.execute("INSERT INTO steps VALUES (%s)", (number,))
                if number == SEALED:
                    self._seal()

    def _taken(self, known: int) -> int:
        """How many steps of the schema are taken."""
        at = int(self._one("SELECT coalesce(max(number), 0) FROM steps")[0])
        if at > known:
            raise ArchiveError(f"The database was written by a later Quoth (schema {at}); this knows {known}.")
        return at

    def _seal(self) -> None:
        """Seal what an earlier Quoth has kept."""
        at = 0
        query = f"{SEALABLE} WHERE v.number > %s ORDER BY v.number LIMIT %s"
        while rows := self._base.execute(query.encode(), (at, _AT_ONCE)).fetchall():
            with self._base.cursor() as cursor:
                cursor.executemany("UPDATE versions SET seal = %s WHERE number = %s", map(resealed, rows))
            at = rows[-1][0]

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
        if unkeepable(document):
            return Outcome.REFUSED
        sha256 = sha256_of(document.text)
        rows = self._base.execute(
            f"SELECT v.number, v.version, t.sha256, v.added {_FROM} WHERE v.id = %s ORDER BY v.version".encode(),
            (document.id,),
        ).fetchall()
        known = description(document)
        for existing_number, version, existing, added in rows:
            if existing == sha256:
                return self._describe(existing_number, known, seal(document.id, version, sha256, known, added))
        version, added = rows[-1][1] + 1 if rows else 1, now()
        self._base.execute(
            "INSERT INTO texts (sha256, text) VALUES (%s, %s) ON CONFLICT DO NOTHING", (sha256, document.text.encode())
        )
        self._base.execute(
            "INSERT INTO versions SELECT %s, %s, %s, key, %s, %s, %s, %s, %s, %s, %s, %s FROM texts WHERE sha256 = %s",
            (number, document.id, version, *known, added, seal(document.id, version, sha256, known, added), sha256),
        )
        self._note(1 if version == 1 else 0, 1, [mark_of(document.id, version, sha256)], 1)
        return Outcome.NEW if version == 1 else Outcome.NEW_VERSION

    def _describe(self, number: int, known: Sequence[str | None], sealed: str) -> Outcome:
        row = self._one(
            "SELECT title, publisher, published, language, url, blocks FROM versions WHERE number = %s", (number,)
        )
        if row == tuple(known):
            return Outcome.UNCHANGED
        self._base.execute(
            "UPDATE versions SET title = %s, publisher = %s, published = %s, language = %s, url = %s, blocks = %s,"
            " seal = %s WHERE number = %s",
            (*known, sealed, number),
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
        tally, number = Tally(), 0
        query = f"SELECT {COLUMNS}, v.seal {_FROM} WHERE v.number > %s ORDER BY v.number LIMIT %s"
        while True:
            with self._translated():
                rows = self._base.execute(query.encode(), (number, _AT_ONCE)).fetchall()
            if not rows:
                break
            for row in rows:
                yield from tally.wrong_with(_decoded(row[:-1]), row[-1], sealed=True)
            number = rows[-1][0]
        with self._translated():
            state = self._one("SELECT documents, versions, digest FROM state")
        if not tally.agrees(state):
            yield "The database does not hold the documents that it was last known to hold."

    def numbers(self) -> set[int]:
        """See `port.Store`."""
        with self._translated():
            return {number for (number,) in self._base.execute("SELECT number FROM versions")}

    def summary(self) -> Summary:
        """See `port.Store`."""
        with self._translated():
            documents, versions, digest, changed, last = self._one(
                "SELECT documents, versions, digest, changed, last FROM state"
            )
        if not is_state((documents, versions, digest, changed)):
            raise ArchiveDamaged("The database does not say what it holds; a copy helps.")
        return Summary(documents, versions, last, digest, changed)

    def owner(self) -> str | None:
        """See `port.Store`."""
        with self._translated():
            found = self._one("SELECT archive FROM state")[0]
        return None if found is None else str(found)

    def claim(self, archive: str, *, force: bool = False) -> bool:
        """See `port.Store`."""
        with self._translated():
            claimed = self._base.execute(
                "UPDATE state SET archive = %(own)s WHERE archive IS NULL OR archive = %(own)s OR %(force)s",
                {"own": archive, "force": force},
            )
        return claimed.rowcount == 1

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
            raise ArchiveDamaged(f"The database is damaged: {self._said(problem)}.") from problem
        except self._error as problem:
            raise ArchiveError(f"The database cannot be used: {self._said(problem)}.") from problem

    def _said(self, problem: BaseException) -> str:
        """What the database said, in a line and without the passwords of its address."""
        said = (str(problem).strip().splitlines() or [type(problem).__name__])[0].rstrip(".")
        for secret in self._secrets:
            said = said.replace(secret, "...")
        return said


def secrets_in(address: str) -> list[str]:
    """The passwords that stand in an address.

    Raises:
        ArchiveError: It is no address; the address is not told again, for nobody knows where a password is in it.
    """
    import psycopg  # noqa: PLC0415  # optional

    try:
        parts = psycopg.conninfo.conninfo_to_dict(address)
    except (psycopg.Error, ValueError):
        raise ArchiveError(
            "The address of the database is none; it is like 'host=db.desk.example dbname=quoth user=desk', or like"
            " postgresql://desk@db.desk.example/quoth."
        ) from None  # the cause has the address in it
    return [str(value) for name, value in parts.items() if "password" in name and value]


def _decoded(row: Sequence[Any]) -> tuple[Any, ...]:
    """A row with its text; one that is no UTF-8 any more shows in its digest."""
    return (*row[:4], bytes(row[4]).decode("utf-8", "replace"), *row[5:])


def _stored(row: Sequence[Any]) -> Stored:
    return stored(_decoded(row[:-1]), current=bool(row[-1]))
