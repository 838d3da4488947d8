"""A segment: one file of the index, written once (see writing.py) and never changed, read through a memory map.

Layout: a first line of JSON, `HEAD` bytes long, then the arrays, each at a multiple of `ALIGN` bytes. A sequence of
words stands in one unit as a rule: `sequences` has 32 bits for each entry, the unit and as much of the key as its place
in `sequences_table` does not tell. A word stands in many: `terms_keys` has each key once, `terms_counts` its number of
units, and `terms_places` where they begin in `terms`, as gaps of one to four bytes. `blocks`, the last array, has sums
over the blocks of all before it (see blocks.py); segments of Quoth 0.1.0 have none.
"""

import mmap
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quoth.archive.index.block_sums import BLOCK, Blocks
from quoth.archive.index.folder_files import as_object, opened, whole_number
from quoth.archive.index.postings import UNIT_BITS
from quoth.archive.index.vocabulary import Hashes, Ints
from quoth.types import ArchiveDamaged, ArchiveError

FORMAT = 2
HEAD, ALIGN = 1024, 64  # bytes
KEY_BITS = 32
GAP_BITS = 7  # of a gap in one byte, the highest first; the eighth bit says that another byte follows
LONGEST_GAP = 4  # bytes

KINDS = {
    "documents": "<i8",
    "starts": "<u4",
    "ends": "<u4",
    "sequences": "<u4",
    "sequences_table": "<u4",
    "terms": "|u1",
    "terms_keys": "<u4",
    "terms_counts": "<u4",
    "terms_places": "<u8",
    "blocks": "<u4",
}  # of the arrays

#: Told the name of an array and ranges of its items before these are used; raises `ArchiveDamaged` if one is not sound.
Check = Callable[[str, Ints, Ints], None]


@dataclass(frozen=True, slots=True)
class Hits:
    """Entries found for asked keys, in any number of segments.

    Attributes:
        asked: per entry, which of the asked keys it answers (its place in the array of keys).
        units: per entry, the unit.
        counts: per asked key, how many units have it.
    """

    asked: Ints
    units: Ints
    counts: Ints


class SequenceList:
    """Keys of 32 bits, most of them with one unit, to sorted units."""

    def __init__(
        self, table: npt.NDArray[np.uint32], entries: npt.NDArray[np.uint32], unit_bits: int, check: Check
    ) -> None:
        """Read from arrays.

        Args:
            table: for the upper bits of a key, where its entries begin; one more at the end.
            entries: the lower bits of a key, then the unit; sorted within each place of the table.
            unit_bits: how many bits of an entry are the unit's.
            check: is asked before anything is read.
        """
        self._check = check
        self._table, self._entries, self._unit_bits = table, entries, unit_bits
        self._low_bits = KEY_BITS - (len(table) - 1).bit_length() + 1

    def locate(self, keys: Hashes) -> tuple[Ints, Ints]:
        """For each key the number of its first entry, and how many it has."""
        places = (keys >> np.uint64(self._low_bits)).astype(np.int64)
        low = keys & np.uint64((1 << self._low_bits) - 1)
        self._check("sequences_table", places, places + 2)
        begin, end = self._table[places].astype(np.int64), self._table[places + 1].astype(np.int64)
        self._check("sequences", begin, end)
        first = self._bisect(begin, end, low)
        return first, self._bisect(first, end, low + np.uint64(1)) - first

    def read(self, places: Ints, counts: Ints) -> Ints:
        """The units of some keys, as `locate` gives these, one key after the other."""
        at = np.arange(int(counts.sum())) + np.repeat(places - np.cumsum(counts) + counts, counts)
        units: Ints = (self._entries[at] & np.uint32((1 << self._unit_bits) - 1)).astype(np.int64)
        return units

    def _bisect(self, begin: Ints, end: Ints, low: Hashes) -> Ints:
        """For each lower part of a key the first entry in `[begin, end)` whose own is not smaller."""
        wanted = low << np.uint64(self._unit_bits)
        left, right = begin.copy(), end.copy()
        while (open_ := np.flatnonzero(left < right)).size:
            middle = (left[open_] + right[open_]) >> 1
            smaller = self._entries[middle] < wanted[open_]
            left[open_[smaller]] = middle[smaller] + 1
            right[open_[~smaller]] = middle[~smaller]
        return left

    def between(self, first: int, after: int) -> Hashes:
        """All entries of keys from `first` to before `after`, sorted, as `key << 24 | unit`."""
        begin, end = self._position(first), self._position(after)
        low, high = first >> self._low_bits, (after - 1) >> self._low_bits
        edges: Ints = np.clip(self._table[low : high + 2].astype(np.int64), begin, end)
        sizes = edges[1:] - edges[:-1]
        upper = np.repeat(np.arange(low, high + 1, dtype=np.uint64), sizes) << np.uint64(self._low_bits)
        entries = self._entries[begin:end].astype(np.uint64)
        keys = upper | (entries >> np.uint64(self._unit_bits))
        packed: Hashes = (keys << np.uint64(UNIT_BITS)) | (entries & np.uint64((1 << self._unit_bits) - 1))
        return packed

    def _position(self, key: int) -> int:
        """The first entry whose key is not smaller."""
        place, low = key >> self._low_bits, key & ((1 << self._low_bits) - 1)
        begin, end = (int(self._table[min(edge, len(self._table) - 1)]) for edge in (place, place + 1))
        return begin + int(np.searchsorted(self._entries[begin:end], np.uint32(low << self._unit_bits)))

    def __len__(self) -> int:
        return len(self._entries)


class TermList:
    """Keys of 32 bits, most of them with many units, to sorted units."""

    def __init__(
        self,
        keys: npt.NDArray[np.uint32],
        counts: npt.NDArray[np.uint32],
        places: npt.NDArray[np.uint64],
        gaps: npt.NDArray[np.uint8],
        check: Check,
    ) -> None:
        """Read from arrays; see the module. `places` has one more at the end; `check` is asked before reading."""
        self._check = check
        self.keys, self.counts, self._places, self._gaps = keys, counts, places, gaps

    def locate(self, keys: Hashes) -> tuple[Ints, Ints]:
        """For each key its place among the keys, and how many units it has."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
        wanted = keys.astype(np.uint32)
        self._check("terms_keys", np.zeros(1, dtype=np.int64), np.array([len(self.keys)]))
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        self._check("terms_counts", at, at + 1)
        return at, np.where(self.keys[at] == wanted, self.counts[at], 0).astype(np.int64)

    def read(self, places: Ints, counts: Ints) -> Ints:
        """The units of some keys, as `locate` gives these, one key after the other."""
        there = np.flatnonzero(counts)
        self._check("terms_places", places[there], places[there] + 2)
        begins, ends = (self._places[places[there] + edge].astype(np.int64) for edge in (0, 1))
        self._check("terms", begins, ends)
        gaps = [self._gaps[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        return units_of(np.concatenate([np.zeros(0, dtype=np.uint8), *gaps]), counts[there])

    def between(self, first: int, after: int) -> Hashes:
        """All entries of keys from `first` to before `after`, sorted, as `key << 24 | unit`."""
        low = int(np.searchsorted(self.keys, np.uint32(first)))
        high = int(np.searchsorted(self.keys, np.uint32(after - 1), side="right"))
        if low == high:
            return np.zeros(0, dtype=np.uint64)
        counts = self.counts[low:high].astype(np.int64)
        units = units_of(self._gaps[int(self._places[low]) : int(self._places[high])], counts)
        packed: Hashes = np.repeat(self.keys[low:high].astype(np.uint64) << np.uint64(UNIT_BITS), counts)
        packed |= units.view(np.uint64)
        return packed


def units_of(gaps: npt.NDArray[np.uint8], counts: Ints) -> Ints:
    """The units of some keys, `counts` of each, from the gaps between them.

    Raises:
        ValueError, IndexError: These are not the gaps of so many.
    """
    last = np.flatnonzero(gaps < 1 << GAP_BITS)
    lengths = np.diff(last, prepend=-1)
    if lengths.max(initial=0) > LONGEST_GAP:
        raise ValueError
    values = gaps[last].astype(np.int64)
    for place in range(1, LONGEST_GAP):
        longer = np.flatnonzero(lengths > place)
        values[longer] |= (gaps[last[longer] - place].astype(np.int64) & (1 << GAP_BITS) - 1) << GAP_BITS * place
    sums = np.cumsum(values)
    first = np.cumsum(counts) - counts
    units: Ints = sums - np.repeat(sums[first] - values[first], counts)
    return units


class Segment:
    """One file of the index, open for reading."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            ArchiveDamaged: It is not what was written.
            ArchiveError: Another Quoth wrote it.
        """
        self.path = path
        arrays, self.head, self._memory, self._offsets = _opened(path)
        try:
            size = len(arrays["documents"])
            bits = unit_bits_for(size)
            self.sequences = SequenceList(arrays["sequences_table"], arrays["sequences"], bits, self._check)
            keys, counts, places = (arrays[name] for name in ("terms_keys", "terms_counts", "terms_places"))
            self.terms = TermList(keys, counts, places, arrays["terms"], self._check)
            if not size == len(arrays["starts"]) == len(arrays["ends"]):
                raise ValueError  # noqa: TRY301  # one door for all that a head may not say
        except (KeyError, TypeError, ValueError) as problem:
            raise _damaged(path) from problem
        self._arrays = arrays
        self._blocks = self._blocks_if_any()
        self._whole: set[str] = set()  # arrays that are known to be as written from end to end

    def _blocks_if_any(self) -> Blocks | None:
        if "blocks" not in self._arrays:
            return None
        sums = self._arrays["blocks"]
        end = max(at + self._arrays[name].nbytes for name, at in self._offsets.items() if name != "blocks")
        if len(sums) != -(-(end - HEAD) // BLOCK):
            raise _damaged(self.path)
        return Blocks(self._memory, HEAD, end, sums)

    def _check(self, name: str, begins: Ints, ends: Ints) -> None:
        """See `Check`."""
        if name in self._whole:
            return
        if self._blocks is None:
            if self.damage():
                raise _damaged(self.path)
            self._whole.update(self._arrays)
            return
        at, size = self._offsets[name], self._arrays[name].itemsize
        if not self._blocks.sound(at + begins * size, at + ends * size):
            raise _damaged(self.path)
        if len(begins) == 1 and begins[0] == 0 and ends[0] == len(self._arrays[name]):
            self._whole.add(name)

    def _checked(self, name: str) -> npt.NDArray[Any]:
        """An array that is as written from end to end."""
        if name not in self._whole:
            self._check(name, np.zeros(1, dtype=np.int64), np.array([len(self._arrays[name])]))
        return self._arrays[name]

    @property
    def documents(self) -> Ints:
        """The store's number of each unit's document, growing."""
        return self._checked("documents")

    @property
    def starts(self) -> npt.NDArray[np.uint32]:
        """Where each unit starts in its document, in code points."""
        return self._checked("starts")

    @property
    def ends(self) -> npt.NDArray[np.uint32]:
        """Where it ends."""
        return self._checked("ends")

    @property
    def size(self) -> int:
        """Number of units."""
        return len(self._arrays["documents"])

    def of_document(self, number: int) -> tuple[int, int]:
        """First unit of a document, and the one after the last; nothing between them if it is not here."""
        first, after = np.searchsorted(self.documents, [number, number + 1]).tolist()
        return first, after

    def has(self, number: int) -> bool:
        """Whether units of a document are here."""
        first, after = self.of_document(number)
        return after > first

    def release(self) -> None:
        """Give back the memory of what was read so far; it is read again from the disk when it is needed."""
        self._memory.madvise(mmap.MADV_DONTNEED)

    def damage(self) -> str | None:
        """What is wrong with the file, in a sentence, or None; reads all of it."""
        for name, (_, _, known) in self.head["arrays"].items():
            if checksum(self._arrays[name], 0) != known:
                return f"{self.path.name}: the part '{name}' is not what was written"
            self.release()
        return None


def unit_bits_for(size: int) -> int:
    """How many bits of an entry of `sequences` are the unit's, in a segment of so many units."""
    return max(0, size - 1).bit_length()


def checksum(array: npt.NDArray[Any], before: int) -> int:
    """CRC-32 of what was written `before` and of an array after it."""
    return zlib.crc32(np.ascontiguousarray(array).view(np.uint8).data, before) if array.size else before


def _opened(path: Path) -> tuple[dict[str, npt.NDArray[Any]], dict[str, Any], mmap.mmap, dict[str, int]]:
    """The arrays of a segment as views of one memory map, its head, the map, and where in it each array begins."""
    try:
        with opened(path) as file:
            head = as_object(file.readline(HEAD))
            if whole_number(head["format"]) != FORMAT:
                raise ArchiveError(other_format(path.name, head["format"], FORMAT))
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        arrays: dict[str, npt.NDArray[Any]] = {}
        offsets: dict[str, int] = {}
        at = HEAD
        for name, (kind, length, _) in head["arrays"].items():
            at += -at % ALIGN
            if kind != KINDS[name]:
                raise ValueError  # noqa: TRY301  # one door for all that a head may not say
            offsets[name] = at
            arrays[name] = np.frombuffer(memory, kind, whole_number(length), at)
            at += arrays[name].nbytes
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _damaged(path) from problem
    except FileNotFoundError as problem:
        raise _damaged(path) from problem
    except OSError as problem:
        raise ArchiveError(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    if at != len(memory):
        raise _damaged(path)
    return arrays, head, memory, offsets


def other_format(name: str, found: object, known: int) -> str:
    """What is said of a file of the index in a format that this Quoth does not read."""
    older = isinstance(found, int) and found < known
    remedy = "; `quoth archive repair` makes the index anew." if older else "."
    return f"{name} of the index has format {found}, this Quoth reads {known}{remedy}"


def _damaged(path: Path) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{path.name} of the index is not what was written; `quoth archive repair` makes the index anew."
    )
