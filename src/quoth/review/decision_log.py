"""The log of decisions: only ever appended to, with a version check, so that two people never overwrite each other."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from quoth.review.databases import AlreadyThere, Database
from quoth.review.decisions import MOST_NOTE, Act, Decision, Standing, standing, standing_decisions
from quoth.types import QuothError, UnusableInput
from quoth.types.from_records import from_record

TABLES = (
    "CREATE TABLE IF NOT EXISTS decisions (number {number}, examination TEXT NOT NULL, finding TEXT NOT NULL,"
    " version INTEGER NOT NULL, act TEXT NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL, before TEXT NOT NULL,"
    " after TEXT NOT NULL, note TEXT NOT NULL, UNIQUE (examination, finding, version))",
)
_COLUMNS = "examination, finding, version, act, by_whom, at, before, after, note"


class Outdated(QuothError):
    """A decision about a finding on which somebody has decided in the meantime.

    Attributes:
        latest: the decision that the person had not seen.
    """

    def __init__(self, latest: Decision | None) -> None:
        told = f"{latest.by} decided on this finding in the meantime ({latest.act})" if latest else "It has changed"
        super().__init__(f"{told}; look at it, then decide.")
        self.latest = latest


class NothingToUndo(QuothError):
    """A finding about which no decision counts."""


class DecisionLog:
    """Decisions in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.make(TABLES)

    def append(
        self,
        examination: str,
        finding: str,
        act: Act,
        *,
        seen: int,
        by: str,
        suggested: Standing,
        after: Standing,
        note: str = "",
    ) -> Decision:
        """Append a decision; what is returned is on the disk.

        Args:
            examination: which examination.
            finding: which finding of it.
            act: what is done; not `Act.UNDO`, see `undo`.
            seen: the version of the last decision that the person saw, 0 for none.
            by: who decides.
            suggested: where the finding stands if nobody decided.
            after: where it stands from now on.
            note: why.

        Raises:
            Outdated: somebody decided since; nothing is written.
            UnusableInput: the note is too long.
        """
        with self._database.transaction():
            earlier = self._fresh(examination, finding, seen)
            before = standing(earlier, suggested)
            return self._write(Decision(examination, finding, seen + 1, act, by, now(), before, after, note.strip()))

    def undo(self, examination: str, finding: str, *, seen: int, by: str, suggested: Standing) -> Decision:
        """Undo the last decision that counts; undoing is a decision too, and stays in the log.

        Raises:
            Outdated: somebody decided since.
            NothingToUndo: nobody decided, or all of it is undone.
        """
        with self._database.transaction():
            earlier = self._fresh(examination, finding, seen)
            counting = standing_decisions(earlier)
            if not counting:
                raise NothingToUndo("There is no decision to undo.")
            after = counting[-2].after if len(counting) > 1 else suggested
            return self._write(Decision(examination, finding, seen + 1, Act.UNDO, by, now(), counting[-1].after, after))

    def _fresh(self, examination: str, finding: str, seen: int) -> list[Decision]:
        """What was decided about a finding, if the person has seen all of it."""
        earlier = self.of_finding(examination, finding)
        last = earlier[-1] if earlier else None
        if (last.version if last else 0) != seen:
            raise Outdated(last)
        return earlier

    def _write(self, made: Decision) -> Decision:
        if len(made.note) > MOST_NOTE:
            raise UnusableInput(f"A note has at most {MOST_NOTE:,} letters.")
        try:
            self._database.run(
                f"INSERT INTO decisions ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  our own words
                made.examination,
                made.finding,
                made.version,
                str(made.act),
                made.by,
                made.at,
                json.dumps(made.before.to_dict()),
                json.dumps(made.after.to_dict()),
                made.note,
            )
        except AlreadyThere as problem:  # another server was faster between the look and the writing
            raise Outdated(None) from problem
        return made

    def of_finding(self, examination: str, finding: str) -> list[Decision]:
        """What was decided about a finding, in order."""
        return self._read("WHERE examination = ? AND finding = ? ORDER BY version", examination, finding)

    def of(self, examination: str) -> list[Decision]:
        """What was decided about an examination, in order."""
        return self._read("WHERE examination = ? ORDER BY number", examination)

    def all(self) -> list[Decision]:
        """Everything that was decided, in order."""
        return self._read("ORDER BY number")

    def count(self, examination: str) -> int:
        """How many decisions there are about an examination: it grows with each."""
        found = self._database.row("SELECT count(*) FROM decisions WHERE examination = ?", examination)
        return int(found[0]) if found else 0

    def forget(self, examination: str) -> None:
        """Delete the decisions about an examination that is deleted itself."""
        self._database.run("DELETE FROM decisions WHERE examination = ?", examination)

    def _read(self, where: str, *values: object) -> list[Decision]:
        query = f"SELECT {_COLUMNS} FROM decisions {where}"  # noqa: S608  our own words
        return list(_decisions(self._database.rows(query, *values)))


def _decisions(rows: Iterable[tuple[object, ...]]) -> Iterable[Decision]:
    names = [name.strip() for name in _COLUMNS.replace("by_whom", "by").split(",")]
    for row in rows:
        record = dict(zip(names, row, strict=True))
        record["before"], record["after"] = (json.loads(str(record[side])) for side in ("before", "after"))
        yield from_record(Decision, record)


def now() -> str:
    """This second, as ISO 8601 in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
