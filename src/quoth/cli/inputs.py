"""Files and standard input to documents; everything that can be wrong with a file said in one sentence."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from quoth.types import Document, QuothError, UnusableArguments, UnusableInput

STDIN = "-"
MOST_BYTES = 12_000_000  # of one text; about two million words, far beyond any statement or transcript
_MEGABYTE = 1_000_000


def check_names(names: Sequence[str]) -> None:
    """Refuse standard input given twice, and nothing given at all."""
    if not names:
        raise UnusableArguments("No file is given.")
    if list(names).count(STDIN) > 1:
        raise UnusableArguments("Standard input (-) can stand for one file only.")


def load(name: str, *, id: str | None = None) -> Document:  # noqa: A002  # the document's own word
    """Read one file, an address, or standard input where `name` is `-`.

    Args:
        name: path of a file, an address (`http://` or `https://`), or `-`.
        id: id of the document; its file name where not given.

    Raises:
        UnusableInput: the file is missing, a directory, empty, no text, in no certain charset, too large, or cannot be
            read.
        FetchFailed: the address could not be fetched.
    """
    from dataclasses import replace  # noqa: PLC0415  # only needed here, and cheap

    from quoth.fetching import open_bytes  # noqa: PLC0415
    from quoth.reading import read  # noqa: PLC0415  # brings in the readers, which --help must not wait for

    data, label, media_type, charset = open_bytes(name)
    if len(data) > MOST_BYTES:
        raise UnusableInput(
            f"{label} holds {len(data) / _MEGABYTE:.1f} MB, more than the {MOST_BYTES / _MEGABYTE:.0f} MB that are "
            "compared at once; split it, or put its parts into an archive (quoth archive add)."
        )
    document = read(data, label, media_type=media_type, charset=charset)
    return replace(document, id=as_text(id) if id else ids_for([name])[0])


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
