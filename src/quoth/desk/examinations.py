"""The desk's store: examinations with all their runs, and who said what in them.

What a person wants forgotten stands in memory only, and what is deleted is overwritten in the file.
"""

import json
import secrets
import threading
import zlib
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from quoth.reports.labels import decision
from quoth.review import Database, DecisionLog
from quoth.review.corrections import reviewed_rows
from quoth.review.databases import Row
from quoth.review.reviewed import Reviewed, reviewed
from quoth.types import Examination, Status, UnusableInput
from quoth.types.from_records import from_record

TABLES = (
    "CREATE TABLE IF NOT EXISTS examinations (id TEXT PRIMARY KEY, at TEXT NOT NULL,"
    " by_whom TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT, published TEXT, run INTEGER NOT NULL,"
    " findings INTEGER NOT NULL, counts TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS runs (examination TEXT NOT NULL REFERENCES examinations (id) ON DELETE CASCADE,"
    " run INTEGER NOT NULL, at TEXT NOT NULL, record {bytes} NOT NULL, PRIMARY KEY (examination, run))",
    "DROP TABLE IF EXISTS said",  # of desks before decisions reached the pages of speakers
    "CREATE TABLE IF NOT EXISTS reported (examination TEXT NOT NULL REFERENCES examinations (id) ON DELETE CASCADE,"
    " finding TEXT NOT NULL, speaker_key TEXT, speaker TEXT, words TEXT NOT NULL, grade TEXT, source_words TEXT,"
    " act TEXT, mode TEXT, status TEXT NOT NULL, decided TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS texts (examination TEXT PRIMARY KEY REFERENCES examinations (id) ON DELETE CASCADE,"
    " sum TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS reported_by ON reported (speaker_key)",
    "CREATE INDEX IF NOT EXISTS reported_in ON reported (examination)",
)
_REPORTED = "finding, speaker_key, speaker, words, grade, source_words, act, mode, status, decided"
DELETED = "This examination was deleted meanwhile; nothing of it was kept."
_OPENED = 24  # examinations that are kept unpacked in memory


@dataclass(frozen=True, slots=True)
class Entry:
    """An examination in a list.

    Attributes:
        id: its address.
        at: when it was last run, ISO 8601 in UTC, to the microsecond.
        by: who had it examined.
        title: the report's.
        publisher: of the report, if known.
        published: of the report, if known.
        run: number of the last run, from 1.
        findings: number of statements, without those that people rejected.
        counts: how many have each grade, as people left them.
        kept: whether it outlives the desk.
    """

    id: str
    at: str
    by: str
    title: str
    publisher: str | None
    published: str | None
    run: int
    findings: int
    counts: Mapping[str, int]
    kept: bool

    def to_dict(self) -> dict[str, object]:
        """As JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


class Examinations:
    """Examinations and decisions in one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.kept = database.durable
        database.make(TABLES)
        self.log = DecisionLog(database)
        self._opened: OrderedDict[tuple[str, int], Examination] = OrderedDict()
        self._lock = threading.Lock()
        unlisted = "SELECT id FROM examinations WHERE id NOT IN (SELECT examination FROM texts)"
        for (id_,) in database.rows(unlisted):  # kept by a desk before decisions reached the pages of speakers
            for entry in self._entries("WHERE id = ?", id_):
                with self.deciding(entry):
                    pass

    def put(self, record: str, *, by: str, id_: str | None = None) -> str:
        """Keep an examination, or another run of one; its id.

        Args:
            record: the contract's Examination, as JSON.
            by: who had it examined.
            id_: of the examination that was run again; None for a new one.

        Raises:
            UnusableInput: it was deleted meanwhile.
        """
        made = from_record(Examination, json.loads(record))
        report = made.report
        told = [without_nul(one) for one in (report.title or report.id, report.publisher, report.published)]
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")  # several may end within one second
        with self.database.transaction() as base:
            if id_ is None:
                id_, run = secrets.token_urlsafe(12), 1
                base.run(
                    "INSERT INTO examinations (id, at, by_whom, title, publisher, published, run, findings, counts)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, 0, '{}')",
                    *(id_, at, by, *told, run),
                )
            else:  # first what holds its row: nobody else runs it again or deletes it meanwhile
                again = "UPDATE examinations SET at = ?, title = ?, publisher = ?, published = ?, run = run + 1"
                if not base.run(f"{again} WHERE id = ?", at, *told, id_):
                    raise UnusableInput(DELETED)
                run = int(base.rows("SELECT run FROM examinations WHERE id = ?", id_)[0][0])
            base.run("INSERT INTO runs VALUES (?, ?, ?, ?)", id_, run, at, zlib.compress(record.encode()))
            self._list(id_, reviewed(made, self.log.of(id_)))
        self._remember((id_, run), made)
        return id_

    @contextmanager
    def deciding(self, entry: Entry) -> Iterator[Entry]:
        """All or nothing of what is decided about an examination, and of what lists and speakers' pages say of it.

        Yields:
            The entry as it is now. Nobody else decides on this examination, runs it again or deletes it meanwhile.

        Raises:
            UnusableInput: it was deleted meanwhile.
        """
        with self.database.transaction():
            self.hold(entry.id)
            now = self.entry(entry.id) or entry
            yield now
            self._list(entry.id, self.reviewed(now))

    def hold(self, id_: str) -> None:
        """Let nobody else decide on an examination, run it again or delete it, on any desk, until a transaction ends.

        Raises:
            UnusableInput: it was deleted meanwhile.
        """
        if not self.database.run("UPDATE examinations SET run = run WHERE id = ?", id_):
            raise UnusableInput(DELETED)

    def _list(self, id_: str, seen: Reviewed) -> None:
        """Write what lists and the pages of speakers say of an examination, as it stands now."""
        base, rows = self.database, _reported(seen)
        known = {row[0]: row for row in base.rows(f"SELECT {_REPORTED} FROM reported WHERE examination = ?", id_)}  # noqa: S608
        for finding in known.keys() - {row[0] for row in rows}:
            base.run("DELETE FROM reported WHERE examination = ? AND finding = ?", id_, finding)
        for row in rows:
            if known.get(row[0]) != row:
                base.run("DELETE FROM reported WHERE examination = ? AND finding = ?", id_, row[0])
                base.run(
                    f"INSERT INTO reported (examination, {_REPORTED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                    *(id_, *row),
                )
        base.run("DELETE FROM texts WHERE examination = ?", id_)
        base.run("INSERT INTO texts VALUES (?, ?)", id_, seen.examination.report.sha256)
        rejected = {one.statement for one in seen.examination.decided if one.status is Status.REJECTED}
        grades = [str(one.grade) for one in seen.examination.verdicts if one.statement not in rejected]
        counts = json.dumps(dict(sorted(Counter(grades).items())))
        base.run("UPDATE examinations SET findings = ?, counts = ? WHERE id = ?", len(grades), counts, id_)

    def entry(self, id_: str) -> Entry | None:
        """An examination in short; None where there is none."""
        return next(iter(self._entries("WHERE id = ?", id_)), None)

    def entries(self, most: int = 100, at: int = 0) -> list[Entry]:
        """The examinations, the last one first."""
        return self._entries("ORDER BY at DESC, id LIMIT ? OFFSET ?", most, at)

    def _entries(self, where: str, *values: object) -> list[Entry]:
        query = f"SELECT id, at, by_whom, title, publisher, published, run, findings, counts FROM examinations {where}"  # noqa: S608
        found = self.database.rows(query, *values)
        return [_entry(row, kept=self.kept) for row in found]

    def record(self, id_: str, run: int | None = None) -> dict[str, object] | None:
        """A run of an examination as the contract's record, the last one where none is named."""
        row = self.database.row(
            "SELECT record FROM runs WHERE examination = ? AND (run = ? OR ? = 0) ORDER BY run DESC LIMIT 1",
            *(id_, run or 0, run or 0),
        )
        if row is None:
            return None
        found = json.loads(zlib.decompress(row[0]))
        return found if isinstance(found, dict) else None

    def examination(self, entry: Entry) -> Examination:
        """The last run of an examination."""
        key = (entry.id, entry.run)
        with self._lock:
            if key in self._opened:
                self._opened.move_to_end(key)
                return self._opened[key]
        made = from_record(Examination, self.record(*key))
        self._remember(key, made)
        return made

    def reviewed(self, entry: Entry) -> Reviewed:
        """The last run of an examination, with what people decided."""
        return reviewed(self.examination(entry), self.log.of(entry.id), entry.at)

    def forget(self, id_: str) -> bool:
        """Delete an examination, its runs and what was decided about it; whether there was one."""
        with self.database.transaction() as base:
            self.log.forget(id_)
            gone = base.run("DELETE FROM examinations WHERE id = ?", id_)
        with self._lock:
            for key in [one for one in self._opened if one[0] == id_]:
                del self._opened[key]
        return gone > 0

    def newest(self) -> dict[str, tuple[str, str]]:
        """For each report, by the sum of its text, when it was examined last, and the id of that examination."""
        found = self.database.rows(
            "SELECT t.sum, e.at, e.id FROM texts t JOIN examinations e ON e.id = t.examination ORDER BY e.at, e.id"
        )
        return {str(row[0]): (str(row[1]), str(row[2])) for row in found}

    def speakers(self) -> list[tuple[str, str, str, int]]:
        """Who is said to have said something in which examination: key, name, examination, number of statements."""
        found = self.database.rows(
            "SELECT speaker_key, min(speaker), examination, count(*) FROM reported"
            " WHERE speaker_key IS NOT NULL AND status <> 'rejected' GROUP BY speaker_key, examination"
        )
        return [(str(row[0]), str(row[1]), str(row[2]), int(row[3])) for row in found]

    def said_by(self, key: str) -> list[dict[str, object]]:
        """All that a speaker is said to have said."""
        names = ("examination", "finding", "speaker", "words", "grade", "source_words", "act", "mode", "status",
                 "decided", "title", "publisher", "published", "at")  # fmt: skip
        found = self.database.rows(
            "SELECT s.examination, s.finding, s.speaker, s.words, s.grade, s.source_words, s.act, s.mode, s.status,"
            " s.decided, e.title, e.publisher, e.published, e.at"
            " FROM reported s JOIN examinations e ON e.id = s.examination WHERE s.speaker_key = ?",
            key,
        )
        return [dict(zip(names, row, strict=True)) for row in found]

    def _remember(self, key: tuple[str, int], made: Examination) -> None:
        with self._lock:
            self._opened[key] = made
            while len(self._opened) > _OPENED:
                self._opened.popitem(last=False)


def _entry(row: Row, *, kept: bool) -> Entry:
    """An entry of a list from its row."""
    id_, at, by, title, publisher, published, run, findings, counts = row
    return Entry(id_, at, by, title, publisher, published, run, findings, json.loads(counts), kept)


def _reported(seen: Reviewed) -> list[tuple[object, ...]]:
    """For each statement what a table has of it; NUL, which PostgreSQL does not keep, is left out."""
    names = ("speaker_key", "speaker", "words", "grade", "source_words", "act", "mode", "status")
    decided = {one.statement: decision(one) for one in seen.examination.decided}
    return [
        (one.id, *(without_nul(row[name]) for name in names), without_nul(decided.get(one.id, "")))
        for one, row in zip(seen.examination.statements, reviewed_rows(seen), strict=True)
    ]


def without_nul(value: object) -> object:
    """A value without the one character that PostgreSQL does not keep."""
    return value.replace("\0", "") if isinstance(value, str) else value
