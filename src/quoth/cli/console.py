"""The edge where standard output and standard error are written; nothing else in Quoth writes to them.

What comes from documents, file names, ids and errors is cleaned here of everything that commands a terminal: escape
sequences (CSI, OSC), C0 and C1 controls, and the characters that turn the direction of writing.
"""

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TextIO

from quoth.pipeline.lines import as_line
from quoth.types import OutputFailed

#: Not printable by Unicode, and harmless in a view: no-break spaces, soft hyphens, joiners and the like.
HARMLESS = frozenset("\n\xa0\xad\u200b\u200c\u200d\u2007\u202f\u2060\ufeff")
#: They turn the direction of writing; a view drops them, for they have no width.
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

diverted: "list[Callable[[str], bool]]" = []  # where a bar of progress stands, it takes the messages


def clean(text: str, *, view: bool = False) -> str:
    r"""`text` without anything that commands a terminal.

    Args:
        text: any text.
        view: for a laid out view: widths and line ends stay. Otherwise the result is one line, and what is taken away
            stands there as an escape (`\x1b`, `\u202e`), so that one sees what a name holds.
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else _instead(letter, view=view) for letter in text)


def _instead(letter: str, *, view: bool) -> str:
    if not view:
        is_byte = "\udc80" <= letter <= "\udcff"  # of a file name that is not UTF-8
        return f"\\x{ord(letter) - 0xDC00:x}" if is_byte else ascii(letter)[1:-1]
    if letter in HARMLESS or unicodedata.category(letter) == "Zs":
        return letter
    return "" if letter in DIRECTIONS else "\N{REPLACEMENT CHARACTER}"


def say(sentence: str) -> None:
    """A diagnostic, one line on standard error. Where that is closed or full, it is lost and the work goes on."""
    line = f"quoth: {clean(sentence)}"
    if diverted and diverted[-1](line):
        return
    _to_stderr(f"{line}\n")


def complain(text: str) -> None:
    """Several lines of our own on standard error."""
    _to_stderr(f"{clean(text, view=True)}\n")


def _to_stderr(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        hush(sys.stderr)


def tell(sentence: str) -> None:
    """One line of a result on standard output.

    Raises:
        OutputFailed: standard output cannot be written.
    """
    put(f"{clean(sentence)}\n".encode("utf-8", "backslashreplace"))
    flush()


def put_records(records: Iterable[object], *, at_once: bool = True) -> None:
    """Records as lines of JSON on standard output; held back until there are more unless `at_once`.

    Raises:
        OutputFailed: standard output cannot be written.
    """
    put(b"".join(map(as_line, records)))
    if at_once:
        flush()


def put(data: bytes) -> None:
    """Bytes that are clean already on standard output.

    Raises:
        OutputFailed: standard output cannot be written.
        BrokenPipeError: whoever read it has gone away.
    """
    try:
        sys.stdout.buffer.write(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _failed(error) from error


def flush() -> None:
    """Let go of what is held back for standard output.

    Raises:
        OutputFailed: standard output cannot be written.
        BrokenPipeError: whoever read it has gone away.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _failed(error) from error


class StandardOutput:
    """Standard output as a file that a table is written to; cleaned where it is a terminal, as it is otherwise."""

    def write(self, data: bytes) -> None:
        """See `put`."""
        if sys.stdout.isatty():
            data = clean(data.decode().replace("\r\n", "\n"), view=True).encode()
        put(data)

    def flush(self) -> None:
        """See `flush`."""
        flush()


def _failed(error: OSError) -> OutputFailed:
    return OutputFailed(f"Standard output cannot be written: {error.strerror or error}.")


def hush(stream: TextIO) -> None:
    """Lead a standard stream that cannot be written into nothing, so that the interpreter's end is quiet."""
    with suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
