"""The file of the embedded store: making it, seeing that it changed, and what SQLite met in it, in our words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quoth.processes.disk_room import is_full
from quoth.types import ArchiveBusy, ArchiveDamaged, ArchiveError

NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def made(path: Path) -> None:
    """Make an empty file where there is none, as open to others as its folder is; SQLite's other files follow it."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        if not os.fstat(handle).st_size:
            os.fchmod(handle, path.parent.stat().st_mode & 0o666)
    finally:
        os.close(handle)


def kind_of(problem: sqlite3.Error) -> int:
    """The kind of an error, without what SQLite tells besides."""
    return int(getattr(problem, "sqlite_errorcode", None) or 0) & 0xFF


def seen(path: Path) -> tuple[int, ...]:
    """By what one sees that a file has been changed; the last number is the length of its log."""
    known = path.stat()
    try:
        log = path.with_name(f"{path.name}-wal").stat().st_size
    except FileNotFoundError:
        log = 0
    return known.st_ino, known.st_mtime_ns, known.st_size, log


def as_far_as_text(data: bytes) -> str:
    """A text that may be none any more."""
    return data.decode("utf-8", "replace")


def in_a_line(problem: BaseException) -> str:
    """What went wrong, on one line and without a full stop."""
    return " ".join(str(problem).split()).rstrip(".")


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """SQLite's errors over a file in our words.

    Raises:
        ArchiveBusy: somebody else is writing.
        ArchiveDamaged: what stands in the file was not written by Quoth, or not so.
        ArchiveError: the file cannot be used, or cannot grow.
    """
    try:
        yield
    except sqlite3.DatabaseError as problem:
        kind = kind_of(problem)
        if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise ArchiveBusy(f"{path} is being written by another process; try again later.") from problem
        if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise ArchiveDamaged(
                f"{path} is damaged ({in_a_line(problem)}); `quoth archive check` says what can still be read, a copy"
                " helps."
            ) from problem
        if kind == sqlite3.SQLITE_FULL or (kind in NO_ROOM and is_full(path.parent)):
            raise ArchiveError(f"{path} cannot grow: the disk is full; nothing added before is lost.") from problem
        if kind == sqlite3.SQLITE_READONLY:
            raise ArchiveError(f"{path} cannot be written from here: there is no leave to.") from problem
        if "decode" in str(problem):  # a text that is no UTF-8 any more
            raise ArchiveDamaged(
                f"{path} is damaged (a text is none any more); `quoth archive check` says which, a copy helps."
            ) from problem
        raise ArchiveError(f"{path} cannot be used: {in_a_line(problem)}.") from problem
    except OverflowError as problem:  # a number of the index that no database gives
        raise ArchiveDamaged(
            f"{path} has not what its index names; `quoth archive repair` makes the index anew, a copy helps."
        ) from problem
    except UnicodeDecodeError as problem:
        raise ArchiveDamaged(f"{path} is damaged: what it holds is no text.") from problem
    except OSError as problem:
        raise ArchiveError(f"{path} cannot be used: {problem.strerror or problem}.") from problem
