"""The embedded store: one SQLite file in WAL mode, many readers beside one writer."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from quoth.archive.store.ports_of_store import NO_DOCUMENTS, Outcome, Stored, Summary, digest_with, mark_of, sha256_of
from quoth.archive.store.rows import COLUMNS, description, grouped, now, stored
from quoth.types import ArchiveBusy, ArchiveDamaged, ArchiveError, Document

SCHEMA = Path(__file__).with_name("sqlite_schema")
_AT_ONCE = 1000  # documents in one transaction, and rows read at once
_WAIT = 5.0  # seconds for another writer's transaction
_SELECT = f"SELECT {COLUMNS} FROM versions v JOIN texts t ON t.key = v.text"  # noqa: S608  # a constant
_CURRENT = "NOT EXISTS (SELECT 1 FROM versions w WHERE w.id = v.id AND w.version > v.version)"


class SqliteStore:
    """A store in one file; see `port.Store`."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the store at `path`, bringing its schema up to date.

        Raises:
            ArchiveError: There is none and `create` is not set, or a later Quoth wrote it.
            ArchiveDamaged: The file is no SQLite database, or not a whole one.
        """
        self.path = path
        if not create and not path.exists():
            raise ArchiveError(f"{path} is not there; `quoth archive add` makes an archive.")
        with self._translated():
            self._base = self._connected()
            try:
                self._migrate()
            except BaseException:
                self._base.close()
                raise

    def _connected(self) -> sqlite3.Connection:
        writable = os.access(self.path.parent, os.W_OK) and (not self.path.exists() or os.access(self.path, os.W_OK))
        # A medium that cannot be written has no place for the shared memory that WAL needs; nobody changes it either.
        address = f"{self.path.absolute().as_uri()}{'' if writable else '?mode=ro&immutable=1'}"
        base = sqlite3.connect(address, uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        if writable:
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = FULL")
        base.execute("PRAGMA foreign_keys = ON")
        return base

    def _migrate(self) -> None:
        (at,) = self._base.execute("PRAGMA user_version").fetchone()
        steps = sorted(SCHEMA.glob("*.sql"))
        if at > len(steps):
            raise ArchiveError(f"{self.path} was written by a later Quoth (schema {at}); this one knows {len(steps)}.")
        for number, step in enumerate(steps[at:], at + 1):
            with self._transaction():
                # Somebody else may have got here first.
                if self._base.execute("PRAGMA user_version").fetchone()[0] >= number:
                    continue
                for statement in step.read_text(encoding="utf-8").split(";\n"):
                    if statement.strip():
                        self._base.execute(statement)
                self._base.execute("INSERT OR IGNORE INTO state VALUES (1, 0, 0, ?, NULL)", (NO_DOCUMENTS,))
                self._base.execute(f"PRAGMA user_version = {number}")

    def add(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Outcome]]:
        """See `port.Store`; what was told is committed, in groups."""
        for group in grouped(documents, _AT_ONCE):
            with self._translated(), self._transaction():
                outcomes = [self._add(document) for document in group]
            yield from zip(group, outcomes, strict=True)

    def _add(self, document: Document) -> Outcome:
        sha256 = sha256_of(document.text)
        rows = self._base.execute(
            "SELECT v.number, v.version, t.sha256 FROM versions v JOIN texts t ON t.key = v.text WHERE v.id = ?"
            " ORDER BY v.version",
            (document.id,),
        ).fetchall()
        known = description(document)
        for number, _, existing in rows:
            if existing == sha256:
                return self._describe(number, known)
        version = rows[-1][1] + 1 if rows else 1
        self._base.execute("INSERT OR IGNORE INTO texts (sha256, text) VALUES (?, ?)", (sha256, document.text))
        self._base.execute(
            "INSERT INTO versions (id, version, text, title, publisher, published, language, url, blocks, added)"
            " SELECT ?, ?, key, ?, ?, ?, ?, ?, ?, ? FROM texts WHERE sha256 = ?",
            (document.id, version, *known, now(), sha256),
        )
        self._note(1 if version == 1 else 0, 1, [mark_of(document.id, version, sha256)], 1)
        return Outcome.NEW if version == 1 else Outcome.NEW_VERSION

    def _describe(self, number: int, known: Sequence[str | None]) -> Outcome:
        row = self._base.execute(
            "SELECT title, publisher, published, language, url, blocks FROM versions WHERE number = ?", (number,)
        ).fetchone()
        if row == tuple(known):
            return Outcome.UNCHANGED
        self._base.execute(
            "UPDATE versions SET title = ?, publisher = ?, published = ?, language = ?, url = ?, blocks = ?"
            " WHERE number = ?",
            (*known, number),
        )
        return Outcome.DESCRIBED

    def _note(self, documents: int, versions: int, marks: Iterable[int], sign: int) -> None:
        (digest,) = self._base.execute("SELECT digest FROM state").fetchone()
        for mark in marks:
            digest = digest_with(digest, mark, sign)
        self._base.execute(
            "UPDATE state SET documents = documents + ?, versions = versions + ?, digest = ?, changed = ?",
            (documents, versions, digest, now()),
        )

    def fetch(self, numbers: Sequence[int]) -> Mapping[int, Stored]:
        """See `port.Store`."""
        found: dict[int, Stored] = {}
        with self._translated():
            for group in grouped(numbers, _AT_ONCE):
                marks = ", ".join("?" * len(group))
                for row in self._base.execute(
                    f"SELECT {COLUMNS}, {_CURRENT} FROM versions v JOIN texts t ON t.key = v.text"  # noqa: S608
                    f" WHERE v.number IN ({marks})",
                    group,
                ):
                    found[row[0]] = stored(row[:-1], current=bool(row[-1]))
        return found

    def get(self, id_: str, version: int | None = None) -> Stored | None:
        """See `port.Store`."""
        every = self.versions(id_)
        if version is None:
            return every[-1] if every else None
        return next((one for one in every if one.version == version), None)

    def versions(self, id_: str) -> tuple[Stored, ...]:
        """See `port.Store`."""
        with self._translated():
            rows = self._base.execute(f"{_SELECT} WHERE v.id = ? ORDER BY v.version", (id_,)).fetchall()
        return tuple(stored(row, current=row is rows[-1]) for row in rows)

    def after(self, number: int) -> Iterator[tuple[int, str]]:
        """See `port.Store`."""
        with self._translated():
            while True:
                rows = self._base.execute(
                    "SELECT v.number, t.text FROM versions v JOIN texts t ON t.key = v.text WHERE v.number > ?"
                    " ORDER BY v.number LIMIT ?",
                    (number, _AT_ONCE),
                ).fetchall()
                if not rows:
                    return
                yield from rows
                number = rows[-1][0]

    def delete(self, id_: str) -> tuple[int, ...]:
        """See `port.Store`."""
        with self._translated(), self._transaction():
            rows = self._base.execute(
                "SELECT v.number, v.version, t.sha256, t.key FROM versions v JOIN texts t ON t.key = v.text"
                " WHERE v.id = ?",
                (id_,),
            ).fetchall()
            if not rows:
                return ()
            self._base.execute("DELETE FROM versions WHERE id = ?", (id_,))
            self._base.executemany(
                "DELETE FROM texts WHERE key = ? AND NOT EXISTS (SELECT 1 FROM versions WHERE text = texts.key)",
                [(row[3],) for row in rows],
            )
            self._note(-1, -len(rows), [mark_of(id_, row[1], row[2]) for row in rows], -1)
        return tuple(row[0] for row in rows)

    def export(self) -> Iterator[Stored]:
        """See `port.Store`."""
        number = 0
        with self._translated():
            while True:
                rows = self._base.execute(
                    f"SELECT {COLUMNS}, {_CURRENT} FROM versions v JOIN texts t ON t.key = v.text"  # noqa: S608
                    " WHERE v.number > ? ORDER BY v.number LIMIT ?",
                    (number, _AT_ONCE),
                ).fetchall()
                if not rows:
                    return
                for row in rows:
                    yield stored(row[:-1], current=bool(row[-1]))
                number = rows[-1][0]

    def damage(self) -> Iterator[str]:
        """See `port.Store`."""
        try:
            for (line,) in self._base.execute("PRAGMA integrity_check(20)"):
                if line != "ok":
                    yield f"{self.path.name}: {line}."
            digest, documents, versions = NO_DOCUMENTS, set(), 0
            for id_, version, sha256, text in self._base.execute(
                "SELECT v.id, v.version, t.sha256, t.text FROM versions v LEFT JOIN texts t ON t.key = v.text"
            ):
                documents.add(id_)
                versions += 1
                digest = digest_with(digest, mark_of(id_, version, sha256 or ""))
                if not isinstance(text, str) or sha256_of(text) != sha256:
                    yield f"The text of {id_}, version {version}, is not what was added."
            counted = self._base.execute("SELECT documents, versions, digest FROM state").fetchone()
            if counted != (len(documents), versions, digest):
                yield f"{self.path.name} does not hold the documents that it was last known to hold."
        except sqlite3.DatabaseError as problem:
            yield f"{self.path.name} cannot be read to its end: {problem}."

    def numbers(self) -> set[int]:
        """See `port.Store`."""
        with self._translated():
            return {number for (number,) in self._base.execute("SELECT number FROM versions")}

    def summary(self) -> Summary:
        """See `port.Store`."""
        with self._translated():
            documents, versions, digest, changed = self._base.execute(
                "SELECT documents, versions, digest, changed FROM state"
            ).fetchone()
            row = self._base.execute("SELECT seq FROM sqlite_sequence WHERE name = 'versions'").fetchone()
        return Summary(documents, versions, row[0] if row else 0, digest, changed)

    def close(self) -> None:
        """See `port.Store`."""
        self._base.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing: what is in it is on the disk when it ends."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._base.execute("COMMIT")
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """SQLite's errors in our words."""
        try:
            yield
        except sqlite3.DatabaseError as problem:
            code = getattr(problem, "sqlite_errorcode", None)
            primary = (code or 0) & 0xFF
            if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise ArchiveBusy(f"{self.path} is being written by another process; try again later.") from problem
            if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise ArchiveDamaged(
                    f"{self.path} is damaged ({problem}); `quoth archive check` says where, a copy helps."
                ) from problem
            if primary == sqlite3.SQLITE_FULL:
                raise ArchiveError(
                    f"{self.path} cannot grow: the disk is full; nothing added before is lost."
                ) from problem
            raise ArchiveError(f"{self.path} cannot be used: {problem}.") from problem
