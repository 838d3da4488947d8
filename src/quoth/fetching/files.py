"""Files and standard input to bytes; every refusal worded for the person at the keyboard."""

import errno
import sys
from pathlib import Path

from quoth.fetching.web import fetch, is_address
from quoth.types import UnusableInput

STDIN = "-"
LARGEST = 64 * 1024 * 1024  # bytes; a larger file is no document


def open_bytes(place: str) -> tuple[bytes, str]:
    """The bytes at a place, and the name they go by.

    Args:
        place: a path, an address (`http://` or `https://`), or `-` for standard input.

    Returns:
        The bytes and a name for messages and for the document's id.

    Raises:
        UnusableInput: missing, a directory, not readable, or too large.
        FetchFailed: an address that could not be fetched.
    """
    if place == STDIN:
        return _limited(sys.stdin.buffer.read(LARGEST + 1), "standard input"), "standard input"
    if is_address(place):
        return fetch(place)
    path = Path(place)
    try:
        with path.open("rb") as file:
            return _limited(file.read(LARGEST + 1), place), place
    except (OSError, ValueError) as error:
        raise UnusableInput(f"{place}: {_why(error)}.") from error


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > LARGEST:
        raise UnusableInput(f"{name}: larger than {LARGEST // 1024 // 1024} MiB; split it into its documents first.")
    return data


def _why(error: Exception) -> str:
    reasons = {
        errno.ENOENT: "there is no such file",
        errno.ENOTDIR: "there is no such file",
        errno.EISDIR: "this is a directory, not a file",
        errno.EACCES: "no permission to read this file",
        errno.ENAMETOOLONG: "there is no such file (the name is too long)",
        errno.ELOOP: "its symbolic links lead in a circle",
    }
    if isinstance(error, OSError) and error.errno in reasons:
        return reasons[error.errno]
    if isinstance(error, ValueError):
        return "this is no file name"
    return f"the file cannot be read ({getattr(error, 'strerror', None) or error})"
