"""What a watch remembers between rounds, and through a `kill -9`: one file of SQLite, written by one watch at a time.

A finding and the ways in which it is to be told are committed together with the version of the report that it comes
from: before that nothing of it was told, after that all of it will be.
"""

import fcntl
import json
import sqlite3
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Self

from quoth.pipeline.lines import as_line
from quoth.processes.disk_room import is_full
from quoth.types import UnusableInput

Record = dict[str, object]
FORMAT = 1
_BUSY = 30.0  # seconds to wait for the process that tells a finding
PENDING, STARTED, TOLD, FAILED, UNKNOWN = "pending", "started", "told", "failed", "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """A page, an item of a feed or a file in which a report is; see `desk_state.sql`."""

    place: str
    watched: str
    kind: str
    link: str | None
    item: str
    state: str
    etag: str | None = None
    modified: str | None = None
    seen: float = 0.0
    due: float | None = None
    visits: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that is to be told, or was."""

    number: int
    id: str
    record: Record
    standing: bool = True
    failures: int = 0


def connection(path: Path) -> sqlite3.Connection:
    """A connection to a state's file, each statement a transaction of its own unless one is begun."""
    made = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
    try:
        made.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        made.close()
        raise
    return made


class DeskState:
    """An open state; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        """Open the state, made where there is none.

        Raises:
            UnusableInput: another watch has it open, or it cannot be opened or is none.
        """
        self.path = path
        try:
            self._lock = path.with_name(f"{path.name}.lock").open("ab")
        except OSError as error:
            raise UnusableInput(f"{path}: the state of the watch cannot be written ({error.strerror}).") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise UnusableInput(f"{path}: another quoth watch has this desk; end it first.") from error
        try:
            self.base = connection(path)
            try:
                self._made()
            except BaseException:
                self.base.close()
                raise
        except (sqlite3.Error, UnusableInput) as error:
            self._lock.close()
            if isinstance(error, UnusableInput):
                raise
            raise self._unusable(error) from error

    def _made(self) -> None:
        self.base.execute("PRAGMA journal_mode = WAL")
        with self.writing():
            if not self.base.execute("SELECT 1 FROM sqlite_master WHERE name = 'desk'").fetchone():
                if self.base.execute("SELECT 1 FROM sqlite_master").fetchone():
                    raise UnusableInput(f"{self.path}: this is the file of another program, not the state of a watch.")
                script = files("quoth.pipeline.watch").joinpath("desk_state.sql").read_text("utf-8")
                for statement in script.split(";\n"):
                    self.base.execute(statement)
                self.base.execute("INSERT INTO desk VALUES (?, ?)", (FORMAT, f"{uuid.uuid4()}"))
            found, self.name = self.base.execute("SELECT format, name FROM desk").fetchone()
        if found != FORMAT:
            raise UnusableInput(f"{self.path}: the state is of format {found}; this Quoth knows {FORMAT}.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.base.close()
        self._lock.close()
        if isinstance(error, sqlite3.Error):
            raise self._unusable(error) from error

    def _unusable(self, error: sqlite3.Error) -> UnusableInput:
        """What SQLite met in the file, in a sentence."""
        if is_full(self.path.parent):
            return UnusableInput(f"{self.path}: the state of the watch cannot be written: the disk is full.")
        return UnusableInput(f"{self.path}: this is no state of a watch, or a damaged one ({error}).")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written in the block, or nothing of it."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    # --- feeds and places ---------------------------------------------------------------------------------------------

    def feed(self, address: str) -> tuple[str | None, str | None, float, int]:
        """ETag, Last-Modified, when it is due and how often it failed; of a feed never seen, due at once."""
        row = self.base.execute(
            "SELECT etag, modified, due, failures FROM feeds WHERE address = ?", (address,)
        ).fetchone()
        return row or (None, None, 0.0, 0)

    def set_feed(self, address: str, etag: str | None, modified: str | None, due: float, failures: int) -> None:
        """Remember what a feed's server said."""
        self.base.execute("REPLACE INTO feeds VALUES (?, ?, ?, ?, ?)", (address, etag, modified, due, failures))

    def offer(self, found: Place, now: float) -> bool:
        """A place that was seen: due now if it is new or changed; whether it is."""
        known = self.base.execute("SELECT state FROM places WHERE place = ?", (found.place,)).fetchone()
        if known is None:
            self.base.execute(
                "INSERT INTO places (place, watched, kind, link, item, state, seen, due)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (found.place, found.watched, found.kind, found.link, found.item, found.state, now, now),
            )
        elif known[0] != found.state:
            self.base.execute(
                "UPDATE places SET state = ?, item = ?, link = ?, due = ?, failures = 0, etag = NULL, modified = NULL"
                " WHERE place = ?",
                (found.state, found.item, found.link, now, found.place),
            )
        return known is None or known[0] != found.state

    def due(self, now: float) -> Place | None:
        """The place that has been due for longest."""
        row = self.base.execute("SELECT * FROM places WHERE due <= ? ORDER BY due, rowid LIMIT 1", (now,)).fetchone()
        return Place(*row) if row else None

    def next_due(self) -> float | None:
        """When the next place or telling is due."""
        (places,) = self.base.execute("SELECT min(due) FROM places").fetchone()
        (tellings,) = self.base.execute("SELECT min(due) FROM tellings WHERE status = ?", (PENDING,)).fetchone()
        return min((at for at in (places, tellings) if at is not None), default=None)

    def settle(self, place: str, due: float | None, failures: int, known: tuple[str | None, str | None]) -> None:
        """A place was looked at; when it is looked at again."""
        self.base.execute(
            "UPDATE places SET due = ?, failures = ?, etag = ?, modified = ?, visits = visits + 1 WHERE place = ?",
            (due, failures, *known, place),
        )

    # --- reports and findings -----------------------------------------------------------------------------------------

    def version(self, report: str) -> tuple[int, str | None]:
        """The version of a report that was examined last, and the hash of its text; 0 for none."""
        row = self.base.execute("SELECT version, sha256 FROM reports WHERE report = ?", (report,)).fetchone()
        return row or (0, None)

    def findings(self, report: str) -> list[Told]:
        """All findings of a report, in their order."""
        rows = self.base.execute(
            "SELECT number, id, record, standing FROM findings WHERE report = ? ORDER BY number", (report,)
        )
        return [Told(number, id_, json.loads(record), bool(standing)) for number, id_, record, standing in rows]

    def add(
        self, report: str, place: str, version: int, sha256: str, new: Sequence[tuple[str, Record, bool]],
        ended: Sequence[int], ways: Sequence[str]
    ) -> None:  # fmt: skip
        """A version of a report with what is to be told of it, all at once.

        Args:
            report: its name.
            place: where it is.
            version: from 1.
            sha256: of its text.
            new: id and record of each finding, and whether it stands until a later version ends it.
            ended: numbers of the findings that no longer stand.
            ways: in which each is told.
        """
        now = time.time()
        with self.writing():
            self.base.execute("REPLACE INTO reports VALUES (?, ?, ?, ?)", (report, place, version, sha256))
            self.base.executemany("UPDATE findings SET standing = 0 WHERE number = ?", [(one,) for one in ended])
            for id_, record, standing in new:
                number = self.base.execute(
                    "INSERT INTO findings (id, report, standing, record) VALUES (?, ?, ?, ?)",
                    (id_, report, standing, as_line(record).decode().rstrip()),
                ).lastrowid
                self.base.executemany(
                    "INSERT INTO tellings (finding, way, status, due) VALUES (?, ?, ?, ?)",
                    [(number, way, PENDING, now) for way in ways],
                )

    def to_tell(self, way: str, now: float) -> list[Told]:
        """What is still to be told in a way, in order."""
        rows = self.base.execute(
            "SELECT number, id, record, failures FROM tellings JOIN findings ON finding = number"
            " WHERE way = ? AND status = ? AND due <= ? ORDER BY number",
            (way, PENDING, now),
        )
        return [Told(number, id_, json.loads(record), failures=failures) for number, id_, record, failures in rows]

    def set_telling(self, number: int, way: str, status: str, due: float, failures: int, why: str | None) -> None:
        """What became of a telling."""
        self.base.execute(
            "UPDATE tellings SET status = ?, due = ?, failures = ?, why = ? WHERE finding = ? AND way = ?",
            (status, due, failures, why, number, way),
        )

    def telling(self, number: int, way: str) -> tuple[str, int, str | None]:
        """Status, failures and reason of a telling."""
        row = self.base.execute(
            "SELECT status, failures, why FROM tellings WHERE finding = ? AND way = ?", (number, way)
        ).fetchone()
        return row or (UNKNOWN, 0, None)

    def latest(self, most: int) -> list[Told]:
        """The latest findings, the newest first."""
        rows = self.base.execute(
            "SELECT number, id, record, standing FROM findings ORDER BY number DESC LIMIT ?", (most,)
        )
        return [Told(number, id_, json.loads(record), bool(standing)) for number, id_, record, standing in rows]

    def robots(self) -> dict[str, tuple[float, str]]:
        """The robots.txt files that are remembered: until when, and their text."""
        return {site: (until, text) for site, until, text in self.base.execute("SELECT site, until, text FROM robots")}

    def set_robots(self, kept: Mapping[str, tuple[float, str]]) -> None:
        """Remember these."""
        self.base.executemany("REPLACE INTO robots VALUES (?, ?, ?)", [(site, *one) for site, one in kept.items()])

    def length(self, way: str) -> int | None:
        """How long a file was when all that was told stood in it; None if nothing ever was."""
        row = self.base.execute("SELECT length FROM files WHERE way = ?", (way,)).fetchone()
        return int(row[0]) if row else None

    def set_length(self, way: str, length: int) -> None:
        """Remember it."""
        self.base.execute("REPLACE INTO files VALUES (?, ?)", (way, length))

    def overdue(self, now: float) -> list[tuple[int, str]]:
        """Tellings that were started and never came to an end, now `unknown`: number and id of their findings."""
        rows = self.base.execute(
            "SELECT number, id FROM tellings JOIN findings ON finding = number WHERE status = ? AND due < ?",
            (STARTED, now),
        ).fetchall()
        self.base.execute("UPDATE tellings SET status = ? WHERE status = ? AND due < ?", (UNKNOWN, STARTED, now))
        return rows
