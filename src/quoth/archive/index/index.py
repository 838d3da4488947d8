"""The index: a folder of segments and a manifest that names them.

A segment is written and synced before the manifest that names it is put in place by a rename, so whoever reads the
manifest finds whole segments, at any instant. Readers need no lock. One writer at a time is the caller's duty.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quoth.archive.index.folder_files import created, object_in, whole_number
from quoth.archive.index.postings import MOST_UNITS, Batch, entries_of
from quoth.archive.index.segment import Hits, Segment, SequenceList, TermList, other_format
from quoth.archive.index.segment_merger import PART, merge
from quoth.archive.index.segment_writer import write_batch
from quoth.archive.index.vocabulary import Hashes, Ints, Vocabulary
from quoth.types import ArchiveDamaged, ArchiveError

MANIFEST = "manifest.json"
ANEW = f"anew{PART}"  # the folder in which an index is made that is to take the place of another
FORMAT = 2
BATCH_LENGTH = 12_000_000  # code points of text read before a segment is written; bounds the memory of adding
_MERGED_AT_ONCE = 6  # segments of like size that become one
_LIKE = 2  # a segment joins a merge if it is at most so many times as large as all later ones together
_LOOK_UPS = 4096  # after so many the memory is given back: for each the system may map 64 KiB around what is read
_NAME = re.compile(r"[0-9]{1,18}\.segment")
_TRIES = 5  # a reader that meets a merge reads the manifest again


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands: the store's number of its document, and the stretch in code points."""

    document: int
    start: int
    end: int


class Index:
    """An index, open for reading; what writes (`extend`, `adopted`, `tidied`, `forget`) gives it as it then is."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`; an empty or missing folder is an empty index.

        Raises:
            ArchiveDamaged: The manifest or a segment is not what was written.
        """
        self.folder = folder
        self.through, self.segments, self.gone = _opened(folder)
        self._bases = np.cumsum([0, *(segment.size for segment in self.segments)])
        self._looked_up = 0

    @property
    def units(self) -> int:
        """Number of units."""
        return int(self._bases[-1])

    @property
    def living(self) -> int:
        """Number of units of documents that are not gone."""
        ranges = (segment.of_document(number) for segment in self.segments for number in self.gone)
        return self.units - sum(stop - start for start, stop in ranges)

    @property
    def length(self) -> int:
        """Size of the index in bytes."""
        return sum(segment.path.stat().st_size for segment in self.segments)

    def sequences(self, keys: Hashes, most: int) -> Hits:
        """Which units have which of the sequences `keys` (distinct, 32 bits); only the count if more than `most`."""
        return self._ask("sequences", keys, most)

    def terms(self, keys: Hashes, most: int) -> Hits:
        """The same for terms."""
        return self._ask("terms", keys, most)

    def documents(self, units: Ints) -> Ints:
        """The document number of each unit."""
        found = np.zeros(len(units), dtype=np.int64)
        for number, segment in enumerate(self.segments):
            here = (units >= self._bases[number]) & (units < self._bases[number + 1])
            found[here] = segment.documents[units[here] - self._bases[number]]
        return found

    def units_of(self, document: int) -> tuple[int, int]:
        """First unit of a document, and the one after its last; nothing between them for one that is not there."""
        for base, segment in zip(self._bases, self.segments, strict=False):
            first, after = segment.of_document(document)
            if after > first:
                return int(base) + first, int(base) + after
        return 0, 0

    def place(self, unit: int) -> Place:
        """Where a unit stands."""
        number = int(np.searchsorted(self._bases, unit, side="right")) - 1
        segment, own = self.segments[number], unit - int(self._bases[number])
        return Place(int(segment.documents[own]), int(segment.starts[own]), int(segment.ends[own]))

    def _ask(self, name: str, keys: Hashes, most: int) -> Hits:
        self._looked_up += len(keys) * len(self.segments)
        if self._looked_up > _LOOK_UPS:
            self._looked_up = 0
            for segment in self.segments:
                segment.release()
        lists: list[SequenceList | TermList] = [getattr(segment, name) for segment in self.segments]
        located = []
        for one, segment in zip(lists, self.segments, strict=True):
            with _sound(segment):
                located.append(one.locate(keys))
        counts = sum((own for _, own in located), np.zeros(len(keys), dtype=np.int64))
        few = counts <= most
        asked, units = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for base, one, segment, (places, own) in zip(self._bases, lists, self.segments, located, strict=False):
            with _sound(segment):
                read = one.read(places[few], own[few])
            if len(read) and int(read.max()) >= segment.size:
                raise _damaged(segment.path.name)
            asked.append(np.repeat(np.flatnonzero(few), own[few]))
            units.append(read + base)
        return Hits(np.concatenate(asked), np.concatenate(units), counts)

    def extend(self, documents: Iterable[tuple[int, str]], through: int | None = None) -> "Index":
        """Read documents, given as (number, text) with growing numbers, into new segments; merge small ones.

        Args:
            documents: what is new.
            through: the number up to which the store has then been read, if larger than the last one given.

        Returns:
            The index with the documents in it. Killed at any instant, the folder holds the index as it was after
            some batch, and `through` says which.
        """
        made_folder(self.folder)
        index = self
        vocabulary = Vocabulary()
        for batch in batches(documents):
            if vocabulary.full:
                vocabulary = Vocabulary()
            index = index.grown(entries_of(batch, vocabulary))
        if through is not None and through > index.through:
            index = index.published([segment.path.name for segment in index.segments], through)
        return index.tidied()

    def grown(self, batch: Batch) -> "Index":
        """The index with one more segment."""
        part = self.folder / f"{batch.through}{PART}"
        write_batch(part, batch)
        return self.adopted(part, batch.through)

    def adopted(self, part: Path, through: int) -> "Index":
        """The index with a segment that `make_segment` has made; documents up to `through` are then in it."""
        name = self.new_name()
        part.replace(self.folder / name)
        return self.published([*(segment.path.name for segment in self.segments), name], through)

    def new_name(self) -> str:
        """A file name that no segment has."""
        return f"{_first_free(self.folder):08d}.segment"

    def published(self, names: list[str], through: int, gone: Iterable[int] | None = None) -> "Index":
        """The index that a new manifest describes; what no manifest names any more is removed."""
        numbers = sorted(self.gone if gone is None else gone)
        publish(self.folder, {"format": FORMAT, "through": through, "segments": names, "gone": numbers})
        return Index(self.folder).without_others()

    def without_others(self) -> "Index":
        """The same; segments that its manifest does not name are removed."""
        named = {segment.path for segment in self.segments}
        for path in self.folder.glob("*.segment"):
            if path not in named:
                path.unlink(missing_ok=True)  # a reader that has it mapped keeps it
        return self

    def tidied(self) -> "Index":
        """The index with segments of like size merged, so that their number grows with the logarithm of the size."""
        index = self
        while len(group := to_merge([segment.size for segment in index.segments])) > 1:
            chosen = [index.segments[place] for place in group]
            name = index.new_name()
            merge(index.folder / name, chosen, [index.alive(segment) for segment in chosen])
            kept = [segment.path.name for segment in index.segments if segment not in chosen]
            left = [number for number in index.gone if not any(segment.has(number) for segment in chosen)]
            index = index.published([*kept, name], index.through, left)
        return index

    def alive(self, segment: Segment) -> npt.NDArray[np.bool_]:
        """Which units of a segment are of documents that are not gone."""
        alive = np.ones(segment.size, dtype=bool)
        for number in self.gone:
            alive[slice(*segment.of_document(number))] = False
        return alive

    def forget(self, numbers: Iterable[int]) -> "Index":
        """The index without documents, by number; their entries go when segments are next merged."""
        gone = self.gone | set(numbers)
        if gone == self.gone:
            return self
        return self.published([segment.path.name for segment in self.segments], self.through, gone)

    def damage(self) -> Iterator[str]:
        """What is wrong with the files, a sentence each; reads all of them."""
        for segment in self.segments:
            if problem := segment.damage():
                yield problem

    def numbers(self) -> set[int]:
        """The numbers of all documents in the index."""
        every = {int(number) for segment in self.segments for number in np.unique(segment.documents)}
        return every - self.gone


def make_segment(part: Path, documents: list[tuple[int, str]]) -> None:
    """Make a segment of documents, at a path that ends in `PART`; for `Index.adopted`, in whichever process."""
    made_folder(part.parent)
    if not _met or _met[0].full:
        _met[:] = [Vocabulary()]
    write_batch(part, entries_of(documents, _met[0]))


_met: list[Vocabulary] = []  # one, of what this process has made segments of


def made_anew(folder: Path, documents: Iterable[tuple[int, str]], through: int) -> Index:
    """An index of all documents in place of whatever is in `folder`, damaged or not; that stays until this is whole.

    Args:
        folder: of the index.
        documents: all there are, given as (number, text) with growing numbers.
        through: the number up to which the store has then been read.
    """
    made_folder(folder)
    clear_parts(folder)
    anew = Index(made_folder(folder / ANEW)).extend(documents, through)
    first = _first_free(folder)
    names = [f"{number:08d}.segment" for number in range(first, first + len(anew.segments))]
    for segment, name in zip(anew.segments, names, strict=True):
        segment.path.replace(folder / name)
    publish(folder, {"format": FORMAT, "through": anew.through, "segments": names, "gone": []})
    clear_parts(folder)
    return Index(folder).without_others()


def through_of(folder: Path) -> int:
    """The number up to which an index has read the store, as its manifest says; 0 where that says nothing."""
    try:
        return whole_number(object_in(folder / MANIFEST)["through"])
    except (OSError, ValueError, KeyError):
        return 0


def clear_parts(folder: Path) -> None:
    """Remove what a writer that was killed had begun; nobody else may be writing."""
    for path in (*folder.glob(f"*{PART}"), *folder.glob("*.new")):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def made_folder(folder: Path) -> Path:
    """A folder, made where there is none, as open to others as the one it stands in; several processes may make it."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(folder.parent.stat().st_mode & 0o777)
    return folder


def _first_free(folder: Path) -> int:
    """The first number from which on no segment's file is named by it."""
    taken = [int(path.stem) for path in folder.glob("*.segment") if path.stem.isdecimal()]
    return max(taken, default=0) + 1


def batches(documents: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Documents in groups of about `BATCH_LENGTH` code points."""
    batch: list[tuple[int, str]] = []
    length = 0
    for number, text in documents:
        batch.append((number, text))
        length += len(text)
        if length >= BATCH_LENGTH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def to_merge(sizes: list[int]) -> list[int]:
    """The places of the segments to merge now; none if these are few.

    They are the last ones, as far as they are of like size and one segment can hold them together. Neighbours are
    merged and take their place, so document numbers grow from segment to segment and within each.
    """
    together = 0
    first = len(sizes)
    while first and (not together or sizes[first - 1] <= min(_LIKE * together, MOST_UNITS - together)):
        first -= 1
        together += sizes[first]
    return list(range(first, len(sizes))) if len(sizes) - first >= _MERGED_AT_ONCE else []


def publish(folder: Path, manifest: dict[str, Any]) -> None:
    """Put a manifest in place of the old one, at one instant."""
    new = folder / f"{MANIFEST}.new"
    with created(new) as file:
        file.write(json.dumps(manifest).encode())
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / MANIFEST)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened(folder: Path) -> tuple[int, list[Segment], frozenset[int]]:
    """What the manifest says, and its segments; read again where a writer has just merged them away."""
    for left in reversed(range(_TRIES)):
        try:
            manifest = object_in(folder / MANIFEST)
            if whole_number(manifest["format"]) != FORMAT:
                raise ArchiveError(other_format(MANIFEST, manifest["format"], FORMAT))
            names, through = _names(manifest["segments"]), whole_number(manifest["through"])
            gone = frozenset(whole_number(number) for number in manifest["gone"])
        except FileNotFoundError:
            if any(folder.glob("*.segment")):
                raise _damaged(MANIFEST) from None
            return 0, [], frozenset()
        except (ValueError, KeyError, TypeError) as problem:
            raise _damaged(MANIFEST) from problem
        except OSError as problem:
            raise ArchiveError(f"{folder / MANIFEST} cannot be read: {problem.strerror or problem}.") from problem
        try:
            return through, [Segment(folder / name) for name in names], gone
        except ArchiveDamaged:
            if not left or all((folder / name).exists() for name in names):
                raise
    return 0, [], frozenset()


def _names(given: object) -> list[str]:
    """The names of segments in a manifest.

    Raises:
        ValueError: One leads out of the folder, is no segment's, or is given twice.
    """
    if not isinstance(given, list) or not all(isinstance(name, str) and _NAME.fullmatch(name) for name in given):
        raise ValueError
    if len(set(given)) < len(given):
        raise ValueError
    return given


@contextmanager
def _sound(segment: Segment) -> Iterator[None]:
    """What cannot be read makes a segment damaged."""
    try:
        yield
    except (IndexError, ValueError) as problem:
        raise _damaged(segment.path.name) from problem


def _damaged(name: str) -> ArchiveDamaged:
    return ArchiveDamaged(f"{name} of the index is not what was written; `quoth archive repair` makes the index anew.")
