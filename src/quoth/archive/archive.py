"""An archive: documents in a store and the index over them, kept in step.

storing and finding are neighbours and never meet; they are put together here. An archive is one folder:

    archive.json        its format, and whether the documents are beside it or in a database (see folder.py)
    documents.sqlite    the documents (unless they are in a database)
    index/              the index; it can be made anew from the documents at any time
    writer.lock         held by whoever writes; the system lets go of it when that process ends, however it ends

Documents are committed before they are indexed. A writer that is killed between the two leaves an index that is
behind, and the next command that may write brings it up to date. Documents are deleted before the index forgets them:
what a writer that was killed has left of them in the index is dropped by the next one that adds or deletes.
"""

import errno
import fcntl
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from quoth.archive.folder import DOCUMENTS, INDEX, LOCK, named, opened, taken_over
from quoth.archive.index import PART, FoundSource, Index, Vocabulary, clear_parts, made_anew, make_segment, through_of
from quoth.archive.index import find as find_sources
from quoth.archive.store import Outcome, Store, Stored, Summary
from quoth.models.ports import Embedder
from quoth.processes.workers import cores, pool, submit
from quoth.types import ArchiveBusy, ArchiveDamaged, ArchiveError, Document

FOLDS = "compatibility forms, case, apostrophes, punctuation and white space"
_GROUP_LENGTH = 8_000_000  # code points of text added before the index is brought up to date
_WORKERS = 2  # processes that make segments; more would wait for the one that stores
_EITHER = "bring them back from a copy, or go on without them by `quoth archive repair --force`."


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was searched when nothing, or something, was found.

    Attributes:
        digest: hexadecimal; the same for the same documents and versions.
        documents: number of documents.
        versions: number of versions of them, all of which are searched.
        passages: number of stretches that the index points at.
        date: ISO 8601 date and time (UTC) of the archive's last change; None if it never held anything.
        folds: what counts as the same words.
    """

    digest: str
    documents: int
    versions: int
    passages: int
    date: str | None
    folds: str = FOLDS


class Archive:
    """An open archive; use it as a context manager, or close it."""

    def __init__(self, path: Path, store: Store, index: Index) -> None:
        """Use `open`."""
        self.path = path
        self.store = store
        self.index = index
        self._vocabulary = Vocabulary()
        self._in_step = False  # whether the index was seen to have nothing that the store has not
        self._counted: Summary | None = None  # the store as it was when it was last seen to have all that it says

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, database: str | None = None) -> Self:
        """Open the archive at `path`.

        Args:
            path: its folder.
            create: make an empty one where there is none.
            database: the PostgreSQL address of an archive whose documents are in a database. Where None, that of the
                setting `QUOTH_DATABASE`; a new archive is made in a database only where one is given.

        Raises:
            ArchiveError: There is no archive there, or it cannot be opened.
            ArchiveDamaged: What is there is not what was written.
            UnusableArguments: Its name or the address is empty.
        """
        path = named(path)
        # The index first: documents are committed before they are indexed, so a sound store is never behind it.
        read = through_of(path / INDEX)
        store = opened(path, database=database, through=read, create=create)
        try:
            _check_not_behind(path, read, store)
            return cls(path, store, Index(path / INDEX))
        except BaseException:
            store.close()
            raise

    def add(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Outcome]]:
        """Add documents, telling for each what that did; told documents are on the disk and can be found.

        Raises:
            ArchiveBusy: Another process is writing.
            ArchiveError: The disk is full, or the like; what was told before stays.
        """
        with self._writing():
            self._catch_up()
            self._drop_deleted()
            groups = _groups(documents)
            first = list(islice(groups, 2))
            if len(first) > 1:
                yield from self._add_many(chain(first, groups))
                return
            for group in first:
                outcomes = list(self.store.add(group))
                self._catch_up()
                yield from outcomes

    def _add_many(self, groups: Iterable[Sequence[Document]]) -> Iterator[tuple[Document, Outcome]]:
        """Add groups of documents while other processes make their segments; the segments are taken in in order."""
        waiting: deque[tuple[list[tuple[Document, Outcome]], Path, int, Future[None]]] = deque()
        folder = self.path / INDEX
        read = self.index.through
        with _translated(self.path), pool(min(cores(), _WORKERS)) as executor:
            for group in groups:
                outcomes = list(self.store.add(group))
                texts = list(self.store.after(read))
                read = texts[-1][0] if texts else read
                part = folder / f"{read}{PART}"
                made = submit(executor, make_segment, part, texts) if texts else _nothing()
                waiting.append((outcomes, part, read, made))
                if len(waiting) > _WORKERS:
                    yield from self._taken_in(*waiting.popleft())
            while waiting:
                yield from self._taken_in(*waiting.popleft())

    def _taken_in(
        self, outcomes: list[tuple[Document, Outcome]], part: Path, read: int, made: "Future[None]"
    ) -> list[tuple[Document, Outcome]]:
        try:
            made.result()
        except BrokenProcessPool as problem:
            raise ArchiveError(f"{self.path}: a worker process ended, perhaps for want of memory.") from problem
        if part.exists():
            self.index = self.index.adopted(part, read).tidied()
        return outcomes

    def find(self, text: str, *, top: int | None = None, embedder: Embedder | None = None) -> list[FoundSource]:
        """The sources that a report or a quotation may draw on, best first.

        Args:
            text: the report, or one quotation or statement.
            top: at most so many sources.
            embedder: puts the places that have a statement's words in order by meaning, too.

        Raises:
            ArchiveDamaged: A document or the index is not what was written.
        """
        found = find_sources(self.index, self._vocabulary, self._fetched, text, embedder)
        return found[:top]

    def _fetched(self, numbers: Sequence[int]) -> Mapping[int, Stored]:
        """Documents by number; one that is not there was deleted, or is lost, which the store's own count tells."""
        found = self.store.fetch(numbers)
        if len(found) < len(set(numbers)) and (held := self.store.summary()) != self._counted:
            there = self.store.numbers()
            if self.store.summary() == held:  # nobody adds or deletes any just now
                strange = there - self.index.numbers()  # such as are not in the index yet, and none else
                if len(there) != held.versions or any(not self.index.through < at <= held.last for at in strange):
                    raise ArchiveDamaged(
                        f"{self.path} has lost documents; `quoth archive check` says more, a copy helps."
                    )
                self._counted = held
        return found

    def document(self, id_: str, version: int | None = None) -> Document | None:
        """A document, by default its current version; None if there is none."""
        stored = self.store.get(id_, version)
        return stored.document if stored else None

    def versions(self, id_: str) -> tuple[Stored, ...]:
        """All versions of a document, the first one first."""
        return self.store.versions(id_) if _is_text(id_) else ()

    def delete(self, id_: str) -> int:
        """Delete a document with all its versions; how many there were.

        Raises:
            ArchiveBusy: Another process is writing.
        """
        if not _is_text(id_):
            return 0
        with self._writing():
            self._drop_deleted()
            gone = self.store.delete(id_)
            self.index = self.index.forget(gone)
        return len(gone)

    def export(self) -> Iterator[Stored]:
        """Every version of every document."""
        return self.store.export()

    def check(self) -> list[str]:
        """What is not as it should be, a sentence each; reads everything."""
        return [*self.store.damage(), *self.check_index()]

    def check_index(self) -> list[str]:
        """What is wrong with the index, or does not agree with the documents, a sentence each."""
        problems = list(self.index.damage())
        with suppress(ArchiveDamaged):
            stored, indexed = self.store.numbers(), self.index.numbers()
            if missing := sum(number <= self.index.through for number in stored - indexed):
                problems.append(f"{missing} documents are not in the index; `quoth archive repair` makes it anew.")
            if behind := sum(number > self.index.through for number in stored):
                problems.append(f"{behind} documents are not in the index yet; `quoth archive repair` puts them there.")
            if extra := len(indexed - stored):
                problems.append(f"The index has {extra} documents that are gone; `quoth archive repair` drops them.")
        return problems

    def repair(self, *, force: bool = False) -> Index:
        """Make the index anew from the documents; the old one stays until the new one is whole.

        Args:
            force: do so even where the documents are fewer than the old index knows.

        Raises:
            ArchiveBusy: Another process is writing.
            ArchiveDamaged: Documents are lost.
        """
        with self._writing(anew=True):
            held = self.store.summary()
            if not force:
                _check_not_behind(self.path, through_of(self.path / INDEX), self.store)
                if len(self.store.numbers()) != held.versions:
                    raise ArchiveDamaged(
                        f"{self.path} does not hold the {held.versions} versions of documents that it was last known to"
                        f" hold; {_EITHER}"
                    )
            self.index = made_anew(self.path / INDEX, self.store.after(0), held.last)
        return self.index

    def catch_up(self) -> bool:
        """Bring the index up to date, if it is behind and nobody else is writing; whether it now is up to date."""
        if self.index.through >= self.store.summary().last:
            return True
        try:
            with self._writing():
                self._catch_up()
        except ArchiveDamaged:
            raise
        except ArchiveError:
            return False  # somebody else is writing, the disk is full, or nobody may write here
        return self.index.through >= self.store.summary().last

    def summary(self) -> Summary:
        """What the store holds."""
        return self.store.summary()

    def certificate(self) -> Certificate:
        """What a search in this archive searches."""
        held = self.store.summary()
        return Certificate(held.digest, held.documents, held.versions, self.index.living, held.changed)

    def close(self) -> None:
        """Let go of it."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _catch_up(self) -> None:
        last = self.store.summary().last
        if self.index.through < last:
            with _translated(self.path):
                self.index = self.index.extend(self.store.after(self.index.through), last)

    def _drop_deleted(self) -> None:
        """Let the index forget what was deleted by a writer that was killed before the index could; looks once."""
        if self._in_step:
            return
        there = self.store.numbers()
        if len(there) == self.store.summary().versions:  # else documents are lost, and the index is what tells it
            strange = self.index.numbers() - there
            self.index = self.index.forget(number for number in strange if number <= self.index.through)
        self._in_step = True

    @contextmanager
    def _writing(self, *, anew: bool = False) -> Iterator[None]:
        """Hold the lock; the index is read again, for somebody may have written since, unless it is made `anew`."""
        with _translated(self.path), _opened_lock(self.path / LOCK) as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as problem:
                raise ArchiveBusy(f"{self.path} is being written by another process; try again later.") from problem
            if not anew:
                self.index = Index(self.path / INDEX)
                _check_not_behind(self.path, self.index.through, self.store)
            clear_parts(self.path / INDEX)
            yield


def repaired(path: str | Path, *, force: bool = False, database: str | None = None) -> Archive:
    """Open an archive whose index may not even open, with its index made anew.

    Args:
        path: its folder.
        force: do so even where documents are lost, or the database belongs to another archive.
        database: as for `Archive.open`.

    Raises:
        ArchiveBusy: Another process is writing.
        ArchiveDamaged: The documents themselves are damaged or lost.
    """
    path = named(path)
    read = through_of(path / INDEX)
    store = taken_over(path, database) if force else opened(path, database=database, through=read)
    archive = Archive(path, store, Index(path / "none"))
    try:
        archive.repair(force=force)
    except BaseException:
        archive.close()
        raise
    return archive


def _check_not_behind(path: Path, read: int, store: Store) -> None:
    """Refuse documents that are not those, or not all of those, that the index was made from.

    Raises:
        ArchiveDamaged: They are lost, or an earlier copy stands in their place.
    """
    last = store.summary().last
    if read > last:
        where = path / DOCUMENTS if (path / DOCUMENTS).exists() else "the database"
        raise ArchiveDamaged(
            f"{path} has lost documents: its index has read {read} versions, and {where} was only given {last};"
            f" {_EITHER}"
        )


def _opened_lock(path: Path) -> BinaryIO:
    """The file that a writer locks, made where there is none; as open to others as its folder is."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with suppress(PermissionError):  # somebody else's is as it is
        os.fchmod(handle, path.parent.stat().st_mode & 0o666)
    return os.fdopen(handle, "r+b", buffering=0)


def _nothing() -> "Future[None]":
    """Work that is done already."""
    done: Future[None] = Future()
    done.set_result(None)
    return done


def _groups(documents: Iterable[Document]) -> Iterator[Sequence[Document]]:
    """Documents in groups of about `_GROUP_LENGTH` code points."""
    group: list[Document] = []
    length = 0
    for document in documents:
        group.append(document)
        length += len(document.text)
        if length >= _GROUP_LENGTH:
            yield group
            group, length = [], 0
    if group:
        yield group


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """The system's errors in our words."""
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ArchiveError(f"{path} cannot grow: the disk is full; nothing added before is lost.") from problem
        raise ArchiveError(f"{path} cannot be written: {problem.strerror or problem}.") from problem


def _is_text(id_: str) -> bool:
    """Whether some document may have an id: none has half a surrogate pair, as an argument that is not UTF-8 has."""
    return not any("\ud800" <= letter <= "\udfff" for letter in id_)
