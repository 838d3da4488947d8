"""Files that a command writes because an option asks for one: new ones, or Quoth's own earlier ones, and whole."""

import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from quoth.types import OutputFailed, UnusableArguments

_ARCHIVE, _BESIDE = "archive.json", ("index", "documents.sqlite", "writer.lock")  # what makes a folder an archive
_HEAD_BYTES = 4096  # of a file; the mark of its maker stands among them


def is_same_file(first: str, second: str) -> bool:
    """Whether two names stand for one existing file."""
    try:
        return Path(first).samefile(second)
    except (OSError, ValueError):
        return False


def check_output(option: str, target: str, inputs: Iterable[str], mark: bytes) -> None:
    """Refuse, before any work, a file that may not or could not be written.

    Args:
        option: what the command calls it, for messages ("--html").
        target: the file.
        inputs: names of files that are read.
        mark: bytes near the beginning of every file that this option wrote earlier; only those are written over.

    Raises:
        UnusableArguments: its folder does not exist; it is a folder, a link, a device, a pipe or a socket, an input,
            part of an archive, or a file that somebody else made.
    """
    path = Path(target)
    if any(is_same_file(target, name) for name in inputs):
        raise UnusableArguments(f"{option} {target} would overwrite a file that is being read.")
    try:
        folder = path.parent.resolve(strict=True)
        kind = path.lstat().st_mode if os.path.lexists(path) else None
    except (OSError, ValueError) as error:
        raise UnusableArguments(f"{option} {target}: there is no such directory, or it cannot be used.") from error
    if not folder.is_dir() or not path.name or (kind is not None and stat.S_ISDIR(kind)):
        raise UnusableArguments(f"{option} {target}: there is no such directory, or it is one itself.")
    if kind is not None and not stat.S_ISREG(kind):
        raise UnusableArguments(f"{option} {target} is {_called(kind)}; give the name of a new file.")
    if any(_is_archive(above) for above in (folder, folder.parent)):
        raise UnusableArguments(f"{option} {target} would stand inside an archive; give a name outside of it.")
    if kind is not None and not _is_ours(path, mark):
        raise UnusableArguments(f"{option} {target} exists and was not written by this option; give another name.")


def _called(kind: int) -> str:
    if stat.S_ISLNK(kind):
        return "a symbolic link"
    if stat.S_ISFIFO(kind):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(kind) else "a device"


def _is_archive(folder: Path) -> bool:
    return (folder / _ARCHIVE).is_file() and any((folder / name).exists() for name in _BESIDE)


def _is_ours(path: Path, mark: bytes) -> bool:
    """Whether it holds nothing, or what this option wrote earlier."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return False
    return not head or mark in head


def write_output(option: str, target: str, text: str, mark: bytes) -> None:
    """Write `text` so that the file is either all of it or what it was before.

    Raises:
        UnusableArguments: it may not be written by now; see `check_output`.
        OutputFailed: it cannot be written.
    """
    check_output(option, target, (), mark)
    path = Path(target)
    beside = path.with_name(f".quoth-{secrets.token_hex(6)}.part")
    try:
        try:
            with beside.open("x", encoding="utf-8") as file:  # never through a link that lies there
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise OutputFailed(f"{option} {target} cannot be written: {error.strerror}.") from error
