"""The files of an archive's folder: made for those who may read the folder, read without trust."""

import json
import os
import stat
from pathlib import Path
from typing import Any, BinaryIO

LARGEST = 64_000_000  # bytes of a description or a manifest; the largest that is written has a few thousand


def created(path: Path) -> BinaryIO:
    """A new file, or an old one emptied, as open to others as its folder is, open for writing and reading."""
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    os.fchmod(handle, path.parent.stat().st_mode & 0o666)
    return os.fdopen(handle, "w+b")


def opened(path: Path) -> BinaryIO:
    """A file open for reading.

    Raises:
        OSError: It cannot be read.
        ValueError: It is a link, which may lead out of the folder, or a pipe, at which a reader may wait for ever.
    """
    if path.is_symlink():
        raise ValueError
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ValueError
    return os.fdopen(handle, "rb")


def object_in(path: Path) -> dict[str, Any]:
    """The JSON object that a file holds.

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds no such object.
    """
    with opened(path) as file:
        return as_object(file.read(min(LARGEST, os.fstat(file.fileno()).st_size) + 1))


def as_object(data: bytes) -> dict[str, Any]:
    """A JSON object.

    Raises:
        ValueError: It is none, or none that is ever written: too long, too deep, a number beyond all others.
    """
    if len(data) > LARGEST:
        raise ValueError
    try:
        known = json.loads(data.decode(), parse_constant=_refused)
    except RecursionError as problem:
        raise ValueError from problem
    if not isinstance(known, dict):
        raise ValueError  # noqa: TRY004  # what is read is not what was written, whatever is wrong with it
    return known


def whole_number(value: object) -> int:
    """A number of JSON that counts something.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
        raise ValueError
    return value


def _refused(name: str) -> None:
    """NaN and the like are no JSON."""
    raise ValueError(name)
