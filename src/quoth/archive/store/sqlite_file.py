"""The file of the embedded store: making it, seeing that it changed, and what kind of error SQLite met."""

import os
import sqlite3
from pathlib import Path


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
