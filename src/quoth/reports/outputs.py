"""Files that are written because an option asks for one: new ones, or Quoth's own earlier ones, and whole."""

import os
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from quoth.processes.interrupts import unfinished
from quoth.types import OutputFailed, UnusableArguments

IsOurs = Callable[[Path], bool]  # whether a file is one that an option wrote earlier
_ARCHIVE, _BESIDE = "archive.json", ("index", "documents.sqlite", "writer.lock")  # what makes a folder an archive
_HEAD_BYTES = 4096  # of a file; the mark of its maker stands among them


def is_same_file(first: str, second: str) -> bool:
    """Whether two names stand for one existing file."""
    try:
        return Path(first).samefile(second)
    except (OSError, ValueError):
        return False


def check_output(option: str, target: str, inputs: Iterable[str], is_ours: IsOurs) -> None:
    """Refuse, before any work, a file that may not or could not be written.

    Args:
        option: what the command calls it, for messages ("--html").
        target: the file.
        inputs: names of files and folders that are read.
        is_ours: whether a file is one that this option wrote earlier; only those, and empty ones, are written over.

    Raises:
        UnusableArguments: its name is empty; its folder does not exist; it is a folder, a link, a device, a pipe or a
            socket, an input or inside of one, part of an archive, or a file that somebody else made.
    """
    if not target:
        raise UnusableArguments(f"{option}: the name of the file is empty.")
    path = Path(target)
    kind: int | None = None
    try:
        folder = path.parent.resolve(strict=True)
        with suppress(FileNotFoundError):
            kind = path.lstat().st_mode  # raises for a name that no file can have
    except (OSError, ValueError) as error:
        raise UnusableArguments(f"{option} {target}: there is no such directory, or it cannot be used.") from error
    if not folder.is_dir() or not path.name or (kind is not None and stat.S_ISDIR(kind)):
        raise UnusableArguments(f"{option} {target}: there is no such directory, or it is one itself.")
    if kind is not None and not stat.S_ISREG(kind):
        raise UnusableArguments(f"{option} {target} is {_called(kind)}; give the name of a new file.")
    if any(is_same_file(target, name) or _is_in(folder, name) for name in inputs):
        raise UnusableArguments(f"{option} {target} is, or stands in, what is being read; give another name.")
    if any(_is_archive(above) for above in (folder, folder.parent)):
        raise UnusableArguments(f"{option} {target} would stand inside an archive; give a name outside of it.")
    if kind is not None and not _is_free(option, path, is_ours):
        raise UnusableArguments(f"{option} {target} exists and was not written by this option; give another name.")


def _is_free(option: str, path: Path, is_ours: IsOurs) -> bool:
    """Whether a file that is there may be written over."""
    try:
        return not path.lstat().st_size or is_ours(path)
    except OSError as error:
        raise UnusableArguments(f"{option} {path} exists and cannot be read ({error.strerror}).") from error


def _called(kind: int) -> str:
    if stat.S_ISLNK(kind):
        return "a symbolic link"
    if stat.S_ISFIFO(kind):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(kind) else "a device"


def _is_archive(folder: Path) -> bool:
    return (folder / _ARCHIVE).is_file() and any((folder / name).exists() for name in _BESIDE)


def _is_in(folder: Path, name: str) -> bool:
    """Whether a folder is a given one, or stands in it."""
    try:
        return Path(name).is_dir() and folder.is_relative_to(Path(name).resolve())
    except (OSError, ValueError):
        return False


def has_mark(mark: bytes) -> IsOurs:
    """Tells files by bytes near their beginning."""

    def is_ours(path: Path) -> bool:
        with path.open("rb") as file:
            return mark in file.read(_HEAD_BYTES)

    return is_ours


@contextmanager
def whole(option: str, target: str, inputs: Iterable[str], is_ours: IsOurs) -> Iterator[BinaryIO]:
    """A file beside `target` that takes its place once the block is left without an exception; see `check_output`.

    Raises:
        UnusableArguments: it may not be written.
        OutputFailed: it cannot be written.
    """
    check_output(option, target, inputs, is_ours)
    path = Path(target)
    beside = path.with_name(f".quoth-{secrets.token_hex(6)}.part")
    try:
        try:
            with unfinished(beside), beside.open("xb") as file:  # never through a link that lies there
                yield file
                file.flush()
                os.fsync(file.fileno())
            check_output(option, target, (), is_ours)
            beside.replace(path)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    except BrokenPipeError:  # of standard output
        raise
    except OSError as error:
        raise OutputFailed(f"{option} {target} cannot be written: {error.strerror or error}.") from error


def write_output(option: str, target: str, data: bytes, is_ours: IsOurs) -> None:
    """Write `data` so that the file is either all of it or what it was before; raises what `whole` does."""
    with whole(option, target, (), is_ours) as file:
        file.write(data)
