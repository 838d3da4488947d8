"""Files and standard input to documents; everything that can be wrong with a file said in one sentence."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from quoth.values import Document, QuothError, UnusableArguments, UnusableInput

STDIN = "-"
MOST_BYTES = 12_000_000  # of one text; about two million words, far beyond any statement or transcript
_MEGABYTE = 1_000_000
_BINARY_LOOK = 4096  # bytes that are looked at to tell text from anything else


def check_names(names: Sequence[str]) -> None:
    """Refuse standard input given twice, and nothing given at all."""
    if not names:
        raise UnusableArguments("No file is given.")
    if list(names).count(STDIN) > 1:
        raise UnusableArguments("Standard input (-) can stand for one file only.")


def load(name: str, *, id: str | None = None) -> Document:  # noqa: A002  # the document's own word
    """Read one file, or standard input where `name` is `-`.

    Args:
        name: path of a file, or `-`.
        id: id of the document; its file name where not given.

    Raises:
        UnusableInput: the file is missing, a directory, empty, binary, not UTF-8, too large, or cannot be read.
    """
    from dataclasses import replace  # noqa: PLC0415  # only needed here, and cheap

    from quoth.reading import read  # noqa: PLC0415  # brings in the readers, which --help must not wait for

    label = "standard input" if name == STDIN else name
    data = _stdin_bytes() if name == STDIN else _file_bytes(name)
    _check_bytes(data, label)
    document = read(data, "stdin.txt" if name == STDIN else name)
    if not document.text.strip():
        raise UnusableInput(f"{label} holds no text to examine.")
    return replace(document, id=id or ids_for([name])[0])


def load_all(names: Sequence[str]) -> tuple[list[Document], list[QuothError]]:
    """Read several files: those that can be examined, and what is wrong with the others.

    Ids are file names; where two files have the same name, the paths as given.
    """
    documents: list[Document] = []
    errors: list[QuothError] = []
    for name, id_ in zip(names, ids_for(names), strict=True):
        try:
            documents.append(load(name, id=id_))
        except QuothError as error:
            errors.append(error)
    return documents, errors


def ids_for(names: Sequence[str]) -> list[str]:
    """An id for each name, none twice: the file name, or the path where file names collide, or path and a number."""
    short = ["stdin" if name == STDIN else Path(name).name for name in names]
    wanted = [as_text(name if short.count(base) > 1 else base) for name, base in zip(names, short, strict=True)]
    seen: dict[str, int] = {}
    given: list[str] = []
    for id_ in wanted:
        seen[id_] = seen.get(id_, 0) + 1
        given.append(id_ if seen[id_] == 1 else f"{id_} ({seen[id_]})")
    return given


def as_text(name: str) -> str:
    """A file's name as text; bytes that are no UTF-8 stand as replacement characters."""
    return os.fsencode(name).decode("utf-8", "replace")


def check_not_itself(report: Document, sources: Iterable[Document]) -> None:
    """Refuse a report that is held against itself: every grade would be `verbatim` and mean nothing."""
    for source in sources:
        if source.sha256 == report.sha256:
            raise UnusableArguments(f"{source.id} has the same text as the report: a report cannot be its own source.")


def _file_bytes(name: str) -> bytes:
    path = Path(name)
    try:
        if path.is_dir():
            raise UnusableInput(f"{name} is a directory; give the files in it one by one.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UnusableInput(_too_large(name, size))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnusableInput(f"{name} does not exist.") from error
    except PermissionError as error:
        raise UnusableInput(f"{name} may not be read by you.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UnusableInput(f"{name!r} cannot be read: {reason}.") from error


def _stdin_bytes() -> bytes:
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnusableInput(f"Standard input cannot be read: {error.strerror}.") from error


def _too_large(label: str, size: int) -> str:
    return (
        f"{label} holds {size / _MEGABYTE:.1f} MB, more than the {MOST_BYTES / _MEGABYTE:.0f} MB that are compared at "
        "once; split it, or put its parts into an archive (quoth archive add)."
    )


def _check_bytes(data: bytes, label: str) -> None:
    """Refuse what is no UTF-8 text, whichever reader would get it."""
    if len(data) > MOST_BYTES:
        raise UnusableInput(_too_large(label, len(data)))
    if not data.strip(b" \t\r\n\f\v\xef\xbb\xbf"):
        raise UnusableInput(f"{label} is empty.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnusableInput(f"{label} is UTF-16 text; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8).")
    if b"\0" in data[:_BINARY_LOOK]:
        raise UnusableInput(f"{label} is a binary file, not text or HTML.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        share = sum(byte >= 0x80 or byte < 0x09 for byte in data[:_BINARY_LOOK]) / len(data[:_BINARY_LOOK])  # noqa: PLR2004
        if share > 0.3:  # noqa: PLR2004  # text in any 8-bit encoding of a Latin alphabet stays far below
            raise UnusableInput(f"{label} is a binary file, not text or HTML.") from error
        raise UnusableInput(
            f"{label} is not UTF-8 text: byte {error.start} is {data[error.start]:#04x}; "
            "convert it first (iconv -t UTF-8)."
        ) from error
