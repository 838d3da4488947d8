"""An archive whose documents are damaged: what is wrong with it, what can still be read, and that in a new archive."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from quoth.archive.archive import Archive, Certificate
from quoth.archive.folder import DOCUMENTS, INDEX, described, named, opened
from quoth.archive.index import Index
from quoth.archive.store.salvage import Salvage
from quoth.archive.store.sqlite import SqliteStore
from quoth.types import ArchiveDamaged, ArchiveError, UnusableArguments


def checked(path: str | Path, database: str | None = None) -> tuple[list[str], Certificate | None]:
    """What is not as it should be in an archive, a sentence each, and its certificate where nothing is.

    Where the file of its documents is damaged, the last sentences say what can still be read.

    Raises:
        ArchiveDamaged: what else than that file is not what was written keeps it from being opened.
        ArchiveError: there is no archive, or it cannot be opened.
    """
    path = named(path)
    try:
        with Archive.open(path, database=database) as archive:
            hurt = list(archive.store.damage())
            problems = [*hurt, *archive.check_index()]
            if not problems:
                return [], archive.certificate()
    except ArchiveDamaged as problem:
        return _unopened(path, database, problem), None
    return [*problems, *(_readable(path) if hurt and _is_kept_in(path / DOCUMENTS) else ())], None


def _unopened(path: Path, database: str | None, problem: ArchiveDamaged) -> list[str]:
    """What is wrong with an archive that cannot be opened for a damage: of its documents, or of its index alone."""
    try:
        store = opened(path, database=database)
    except ArchiveDamaged:
        can = _readable(path) if _is_kept_in(path / DOCUMENTS) else []
        told = str(problem).partition(";")[0].rstrip(".")
        if not can and isinstance(problem.__cause__, sqlite3.DatabaseError):
            raise ArchiveDamaged(f"{told}; nothing in it can be read any more, only a copy helps.") from problem
        if not can:
            raise problem from None
        return [f"{told}.", *can]
    try:
        hurt = list(store.damage())
    finally:
        store.close()
    return [str(problem), *hurt, *(_readable(path) if hurt and _is_kept_in(path / DOCUMENTS) else ())]


def salvaged(path: str | Path, into: str | Path) -> tuple[Archive, Salvage]:
    """A new archive, open, of all that can still be read of one whose file of documents is damaged, and what is lost.

    The damaged one is only read. Numbers, versions and the times at which they were added stay.

    Args:
        path: the damaged archive.
        into: the folder of the new one; there is none yet, or it is empty.

    Raises:
        UnusableArguments: there is something in that folder, or a name is empty.
        ArchiveDamaged: nothing can be read.
        ArchiveError: the documents are in a database or not there, or the new archive cannot be written.
    """
    path, into = named(path), named(into)
    if not _is_kept_in(path / DOCUMENTS):
        raise ArchiveError(f"{path / DOCUMENTS}, from which documents could be salvaged, is not there, or is no file.")
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise UnusableArguments(f"{into} is there already; what can be read is put into a new archive.")
    salvage = _salvage(path)
    with _in_words(path / DOCUMENTS):
        versions = salvage.versions()
        first = next(versions, None)
        if first is None:
            raise ArchiveDamaged(f"Nothing in {path / DOCUMENTS} can be read any more; only a copy helps.")
        store = opened(into, create=True)
        try:
            if isinstance(store, SqliteStore):
                store.keep(chain([first], versions))
        finally:
            store.close()
    archive = Archive.open(into)
    archive.catch_up()
    return archive, salvage


def _readable(path: Path) -> list[str]:
    """What can be read of damaged documents, and what can be done; nothing where nothing can."""
    salvage = _salvage(path)
    with _in_words(path / DOCUMENTS):
        count = sum(1 for _ in salvage.versions())
    if not count:
        return []
    free = f"{DOCUMENTS} does not say any more which documents were deleted; such may be among what can be read."
    of = f" of {salvage.expected}" if salvage.expected is not None else ""
    return [
        *salvage.lost,
        *([] if salvage.sure else [free]),
        f"{count}{of} versions of documents can be read; `quoth archive salvage {path} NEW` puts them into a new"
        " archive and leaves this one as it is; or bring it back from a copy.",
    ]


def _salvage(path: Path) -> Salvage:
    """What is known elsewhere of deletions goes along: the index has no version that was deleted."""
    deleted: frozenset[int] = frozenset()
    with suppress(ArchiveError, OSError):
        index = Index(path / INDEX)
        deleted = frozenset(range(1, index.through + 1)) - index.numbers()
    return Salvage(path / DOCUMENTS, deleted)


def _is_kept_in(file: Path) -> bool:
    """Whether an archive's documents are kept in a file, which is there, whatever its description says."""
    try:
        known = described(file.parent)
    except ArchiveError:
        known = None
    return (known is None or not known.in_database) and file.is_file() and not file.is_symlink()


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise ArchiveError(f"{file} cannot be read: {problem.strerror or problem}.") from problem
