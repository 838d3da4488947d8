"""The embedded store: one SQLite file in WAL mode, many readers beside one writer."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quoth.archive.store.ports_of_store import (
    NO_DOCUMENTS,
    Outcome,
    Stored,
    Summary,
    digest_with,
    mark_of,
    sha256_of,
    unkeepable,
)
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
from quoth.archive.store.sqlite_file import NO_ROOM, as_far_as_text, in_a_line, in_our_words, kind_of, made, seen
from quoth.types import ArchiveBusy, ArchiveDamaged, ArchiveError, Document

SCHEMA = Path(__file__).with_name("sqlite_schema")
_AT_ONCE = 1000  # documents in one transaction, and rows read at once
_WAIT = 5.0  # seconds for another writer's transaction
_ALL = "FROM versions v LEFT JOIN texts t ON t.key = v.text"
_CURRENT = "NOT EXISTS (SELECT 1 FROM versions w WHERE w.id = v.id AND w.version > v.version)"
_MOST = 2**53  # versions of documents; a number beyond was not given by Quoth
_TABLES = {"texts", "versions", "state"}
_TRIES = 5  # a reader beside whom the file changes reads again


class SqliteStore:
    """A store in one file; see `port.Store`."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the store at `path`, bringing its schema up to date where it may be written.

        Args:
            path: the file.
            create: make one where there is none, or an empty file.

        Raises:
            ArchiveError: There is none and `create` is not set, a later Quoth wrote it, or it cannot be read from here.
            ArchiveDamaged: The file is empty, no SQLite database, not a whole one, or none of Quoth's.
        """
        self.path = path
        self._may_write = False
        self._frozen: object = None  # what the file was when it was opened as one that nobody changes
        with in_our_words(self.path):
            if create:
                made(path)
            elif not path.is_file():
                raise ArchiveDamaged(f"{path}, which has the documents, is not there; bring it back from a copy.")
            self._connect()
            try:
                self._migrate(create=create)
            except BaseException:
                self._base.close()
                raise

    def _connect(self) -> None:
        """Open the file: to write where that goes, else to read."""
        writable = os.access(self.path.parent, os.W_OK) and os.access(self.path, os.W_OK)
        if writable:
            try:
                self._open("")
                self._may_write = True
            except sqlite3.OperationalError as problem:
                if kind_of(problem) not in NO_ROOM:
                    raise
            else:
                return
        self._connect_to_read()

    def _connect_to_read(self) -> None:
        """Open the file without writing anything, beside a writer or not.

        SQLite reads what a writer has committed from the log beside the file (`-wal`), and needs the memory that they
        share (`-shm`) for that. Where there is no log, all there is stands in the file, and no such memory is needed.
        """
        state = seen(self.path)
        if state[-1]:
            try:
                self._open("?mode=ro")
            except sqlite3.OperationalError as problem:
                raise ArchiveError(
                    f"{self.path} has changes in its log that cannot be read from here without writing; open the"
                    " archive once as somebody who may write to it, or read a copy of the folder."
                ) from problem
            self._frozen = None
        else:
            self._open("?mode=ro&immutable=1")
            self._frozen = state

    def _open(self, how: str) -> None:
        address = f"{self.path.absolute().as_uri()}{how}"
        base = sqlite3.connect(address, uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        try:
            base.execute("PRAGMA trusted_schema = OFF")  # the file may be somebody else's
            base.execute("SELECT count(*) FROM sqlite_master").fetchone()  # reads the file, and its log
        except BaseException:
            base.close()
            raise
        self._base = base

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query; read again where a file that nobody was to change has changed meanwhile."""
        for _ in range(_TRIES):
            problem = None
            try:
                rows = self._base.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                problem = error
            if self._frozen is None or self._frozen == seen(self.path):
                if problem is not None:
                    raise problem
                return rows
            self._base.close()
            self._connect_to_read()
        raise ArchiveBusy(f"{self.path} is being written by another process; try again later.")

    def _migrate(self, *, create: bool) -> None:
        at = self._schema()
        steps = sorted(SCHEMA.glob("*.sql"))
        if at > len(steps):
            raise ArchiveError(f"{self.path} was written by a later Quoth (schema {at}); this one knows {len(steps)}.")
        if at == 0:
            if self._rows("SELECT 1 FROM sqlite_master LIMIT 1"):
                raise ArchiveDamaged(f"{self.path} is a database of another program.")
            if not create:
                raise ArchiveDamaged(f"{self.path}, which has the documents, is empty; bring it back from a copy.")
        try:
            if self._may_write:
                self._base.execute("PRAGMA journal_mode = WAL")
                self._base.execute("PRAGMA synchronous = FULL")
                self._base.execute("PRAGMA foreign_keys = ON")
            self._take(steps)
        except sqlite3.OperationalError:
            if at == 0:
                raise  # an earlier schema can be read as it is: by somebody who may not write, or on a full disk
        if _TABLES - {name for (name,) in self._rows("SELECT name FROM sqlite_master WHERE type = 'table'")}:
            raise ArchiveDamaged(f"{self.path} has not the tables that Quoth keeps documents in.")

    def _schema(self) -> int:
        return int(self._rows("PRAGMA user_version")[0][0])

    def _take(self, steps: Sequence[Path]) -> None:
        """Take the steps of the schema that are not taken yet."""
        for number, step in list(enumerate(steps, 1))[self._schema() :]:
            with self._transaction():
                # Somebody else may have got here first.
                if self._schema() >= number:
                    continue
                for statement in step.read_text(encoding="utf-8").split(";\n"):
                    if statement.strip():
                        self._base.execute(statement)
                self._base.execute("INSERT OR IGNORE INTO state VALUES (1, 0, 0, ?, NULL)", (NO_DOCUMENTS,))
                if number == SEALED:
                    self._seal()
                self._base.execute(f"PRAGMA user_version = {number}")

    def _seal(self) -> None:
        """Seal what an earlier Quoth has kept."""
        at = 0
        while rows := self._rows(f"{SEALABLE} WHERE v.number > ? ORDER BY v.number LIMIT ?", (at, _AT_ONCE)):
            self._base.executemany("UPDATE versions SET seal = ? WHERE number = ?", map(resealed, rows))
            at = rows[-1][0]

    def add(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Outcome]]:
        """See `port.Store`; what was told is committed, in groups."""
        for group in grouped(documents, _AT_ONCE):
            with in_our_words(self.path):
                self._take(sorted(SCHEMA.glob("*.sql")))
            with in_our_words(self.path), self._transaction():
                outcomes = [self._add(document) for document in group]
            yield from zip(group, outcomes, strict=True)

    def _add(self, document: Document) -> Outcome:
        if unkeepable(document):
            return Outcome.REFUSED
        sha256 = sha256_of(document.text)
        rows = self._base.execute(
            "SELECT v.number, v.version, t.sha256, v.added FROM versions v JOIN texts t ON t.key = v.text"
            " WHERE v.id = ? ORDER BY v.version",
            (document.id,),
        ).fetchall()
        known = description(document)
        for number, version, existing, added in rows:
            if existing == sha256:
                return self._describe(number, known, seal(document.id, version, sha256, known, added))
        version, added = rows[-1][1] + 1 if rows else 1, now()
        self._insert(None, document.id, version, document.text, sha256, known, added)
        self._note(1 if version == 1 else 0, 1, [mark_of(document.id, version, sha256)], 1)
        return Outcome.NEW if version == 1 else Outcome.NEW_VERSION

    def _insert(
        self,
        number: int | None,
        id_: str,
        version: int,
        text: str,
        sha256: str,
        known: Sequence[str | None],
        added: str,
    ) -> None:
        """A row of `versions`, with the next number where none is given, and its text."""
        self._base.execute("INSERT OR IGNORE INTO texts (sha256, text) VALUES (?, ?)", (sha256, text))
        self._base.execute(
            "INSERT INTO versions"
            " (number, id, version, text, title, publisher, published, language, url, blocks, added, seal)"
            " SELECT ?, ?, ?, key, ?, ?, ?, ?, ?, ?, ?, ? FROM texts WHERE sha256 = ?",
            (number, id_, version, *known, added, seal(id_, version, sha256, known, added), sha256),
        )

    def keep(self, versions: Iterable[Stored]) -> None:
        """Take versions over as another store had them, with their numbers and times, into this one, which is empty."""
        for group in grouped(versions, _AT_ONCE):
            with in_our_words(self.path), self._transaction():
                for one in group:
                    known, sha256 = description(one.document), one.document.sha256
                    fresh = not self._base.execute("SELECT 1 FROM versions WHERE id = ? LIMIT 1", (one.id,)).fetchone()
                    self._insert(one.number, one.id, one.version, one.text, sha256, known, one.added)
                    self._note(int(fresh), 1, [mark_of(one.id, one.version, sha256)], 1)

    def _describe(self, number: int, known: Sequence[str | None], sealed: str) -> Outcome:
        row = self._base.execute(
            "SELECT title, publisher, published, language, url, blocks FROM versions WHERE number = ?", (number,)
        ).fetchone()
        if row == tuple(known):
            return Outcome.UNCHANGED
        self._base.execute(
            "UPDATE versions SET title = ?, publisher = ?, published = ?, language = ?, url = ?, blocks = ?,"
            " seal = ? WHERE number = ?",
            (*known, sealed, number),
        )
        return Outcome.DESCRIBED

    def _note(self, documents: int, versions: int, marks: Iterable[int], sign: int) -> None:
        digest = self._state()[2]
        for mark in marks:
            digest = digest_with(digest, mark, sign)
        self._base.execute(
            "UPDATE state SET documents = documents + ?, versions = versions + ?, digest = ?, changed = ?",
            (documents, versions, digest, now()),
        )

    def fetch(self, numbers: Sequence[int]) -> Mapping[int, Stored]:
        """See `port.Store`."""
        found: dict[int, Stored] = {}
        with in_our_words(self.path):
            for group in grouped(numbers, _AT_ONCE):
                marks = ", ".join("?" * len(group))
                for row in self._rows(
                    f"SELECT {COLUMNS}, {_CURRENT} {_ALL} WHERE v.number IN ({marks})",
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
        with in_our_words(self.path):
            rows = self._rows(f"SELECT {COLUMNS} {_ALL} WHERE v.id = ? ORDER BY v.version", (id_,))
        return tuple(stored(row, current=row is rows[-1]) for row in rows)

    def after(self, number: int) -> Iterator[tuple[int, str]]:
        """See `port.Store`."""
        with in_our_words(self.path):
            while True:
                rows = self._rows(
                    f"SELECT v.number, t.text {_ALL} WHERE v.number > ? ORDER BY v.number LIMIT ?",
                    (number, _AT_ONCE),
                )
                if not rows:
                    return
                for at, text in rows:
                    if not isinstance(text, str):
                        raise ArchiveDamaged(
                            f"{self.path} has lost a text; `quoth archive check` says which, a copy helps."
                        )
                    yield at, text
                number = rows[-1][0]

    def delete(self, id_: str) -> tuple[int, ...]:
        """See `port.Store`."""
        with in_our_words(self.path), self._transaction():
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
        with in_our_words(self.path):
            while True:
                query = f"SELECT {COLUMNS}, {_CURRENT} {_ALL}"
                rows = self._rows(f"{query} WHERE v.number > ? ORDER BY v.number LIMIT ?", (number, _AT_ONCE))
                if not rows:
                    return
                for row in rows:
                    yield stored(row[:-1], current=bool(row[-1]))
                number = rows[-1][0]

    def damage(self) -> Iterator[str]:
        """See `port.Store`."""
        self._base.text_factory = as_far_as_text  # what is no text any more shows in its digest
        try:
            told = "\n".join(line for (line,) in self._rows("PRAGMA integrity_check(20)")).splitlines()
            yield from (f"{self.path.name}: {line}." for line in told if line != "ok" and not line.startswith("***"))
            tally = Tally()
            sealed = "v.seal" if self._schema() >= SEALED else "NULL"
            query = f"SELECT {COLUMNS}, {sealed} {_ALL}"
            query += " WHERE v.number > ? ORDER BY v.number LIMIT ?"
            at = 0
            while rows := self._rows(query, (at, _AT_ONCE)):
                for row in rows:
                    yield from tally.wrong_with(row[:-1], row[-1], sealed=sealed != "NULL")
                at = rows[-1][0]
            if not tally.agrees(self._state()):
                yield f"{self.path.name} does not hold the documents that it was last known to hold."
        except (sqlite3.DatabaseError, ArchiveDamaged) as problem:
            yield f"{self.path.name} cannot be read to its end: {in_a_line(problem)}."
        finally:
            self._base.text_factory = str

    def numbers(self) -> set[int]:
        """See `port.Store`."""
        with in_our_words(self.path):
            return {number for (number,) in self._rows("SELECT number FROM versions NOT INDEXED")}

    def summary(self) -> Summary:
        """See `port.Store`."""
        with in_our_words(self.path):
            documents, versions, digest, changed = self._state()
            rows = self._rows("SELECT seq FROM sqlite_sequence WHERE name = 'versions'")
        if rows and not (isinstance(rows[0][0], int) and 0 <= rows[0][0] < _MOST):
            raise ArchiveDamaged(f"{self.path} counts its documents as Quoth never does; a copy helps.")
        return Summary(documents, versions, rows[0][0] if rows else 0, digest, changed)

    def _state(self) -> tuple[Any, ...]:
        """The row of state: numbers of documents and versions, digest, time of the last change."""
        rows = self._rows("SELECT documents, versions, digest, changed FROM state")
        if len(rows) != 1 or not is_state(rows[0]):
            raise ArchiveDamaged(f"{self.path} does not say what it holds; a copy helps.")
        return rows[0]

    def owner(self) -> None:
        """See `port.Store`; a file in the folder of an archive belongs to that one."""

    def claim(self, archive: str, *, force: bool = False) -> bool:
        """See `port.Store`; nothing need be noted."""
        return True

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
