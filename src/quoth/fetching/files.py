"""Files and standard input to bytes; every refusal worded for the person at the keyboard."""

import errno
import stat
import sys
from pathlib import Path

from quoth.fetching.web import Opened, fetch, is_address
from quoth.types import UnusableInput

STDIN = "-"
LARGEST = 64 * 1024 * 1024  # bytes; a larger file is no document
_OPEN_ALREADY = ("/dev/fd/", "/proc/")  # what a shell hands over as a file: `<(...)`
_STREAMS = frozenset({"/dev/null", "/dev/stdin"})
_KINDS = (
    (stat.S_ISDIR, "this is a directory, not a file"),
    (stat.S_ISFIFO, "this is a named pipe, not a file; give what comes out of it as standard input (-)"),
    (stat.S_ISSOCK, "this is a socket, not a file"),
    (stat.S_ISCHR, "this is a device, not a file"),
    (stat.S_ISBLK, "this is a device, not a file"),
)
_REASONS = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file",
    errno.EISDIR: "this is a directory, not a file",
    errno.EACCES: "no permission to read this file",
    errno.EPERM: "no permission to read this file",
    errno.ENAMETOOLONG: "there is no such file (the name is too long)",
    errno.ELOOP: "its symbolic links lead in a circle",
    errno.EBADF: "it is closed, or not open for reading",
}


def open_bytes(place: str) -> Opened:
    """The bytes at a place, and the name they go by.

    Args:
        place: a path, an address (`http://` or `https://`), or `-` for standard input.

    Returns:
        The bytes and a name for messages and for the document's id; of an address also what the server says of them.

    Raises:
        UnusableInput: no name, missing, a directory, a pipe, a device, not readable, or too large.
        FetchFailed: an address that could not be fetched.
    """
    if is_address(place):
        return fetch(place)
    if not place:
        raise UnusableInput("The name of a file is empty.")
    name = "standard input" if place == STDIN else place
    try:
        data = _read_stdin() if place == STDIN else _read_file(Path(place))
    except (OSError, ValueError) as error:
        raise UnusableInput(f"{name}: {_why(error)}.") from error
    if len(data) > LARGEST:
        raise UnusableInput(f"{name}: larger than {LARGEST // 1024 // 1024} MiB; split it into its documents first.")
    return Opened(data, name)


def _read_stdin() -> bytes:
    if sys.stdin is None:  # closed by whoever started the command
        raise OSError(errno.EBADF, "closed")
    return sys.stdin.buffer.read(LARGEST + 1)


def _read_file(path: Path) -> bytes:
    if str(path) not in _STREAMS and not str(path).startswith(_OPEN_ALREADY):
        mode = path.stat().st_mode  # to open a pipe waits for whoever writes into it; a device may have no end
        for is_kind, what in _KINDS:
            if is_kind(mode):
                raise OSError(None, what)
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        told = error.strerror if error.errno is None else None
        return told or _REASONS.get(error.errno or 0) or f"the file cannot be read ({error.strerror or error})"
    return "this is no file name"
