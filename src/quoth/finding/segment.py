"""A segment: one file of the index, written once and never changed, read through a memory map.

Layout: a first line of JSON (see `_head`) padded to a multiple of 64 bytes, then the arrays, each at a multiple of 64
bytes. An inverted list is kept as three arrays: `table` says for the upper bits of a key where its entries begin,
`low` holds the lower 16 bits of the key, and the unit's number stands in 24 bits, as `unit_low` and `unit_high`.
"""

import json
import mmap
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quoth.finding.entries import Batch
from quoth.finding.words import Hashes, Ints
from quoth.values import ArchiveDamaged, ArchiveError

FORMAT = 1
_ALIGN = 64
FEWEST_BITS, _MOST_BITS = 16, 24  # of the table; 16 lower bits of a key are kept beside each entry
_PER_PLACE = 16  # entries that share a place of the table, on average


@dataclass(frozen=True, slots=True)
class Hits:
    """Entries found for asked keys.

    Attributes:
        asked: per entry, which of the asked keys it answers (its place in the array of keys).
        units: per entry, the unit.
        counts: per asked key, how many units have it.
    """

    asked: Ints
    units: Ints
    counts: Ints


class Inverted:
    """Keys of 32 bits to sorted units."""

    def __init__(self, arrays: dict[str, npt.NDArray[Any]], prefix: str) -> None:
        self.table = arrays[f"{prefix}_table"]
        self.low = arrays[f"{prefix}_low"]
        self.unit_low = arrays[f"{prefix}_unit_low"]
        self.unit_high = arrays[f"{prefix}_unit_high"]
        self._shift = np.uint64(32 - (len(self.table) - 1).bit_length() + 1)

    def ask(self, keys: Hashes, most: int) -> Hits:
        """The entries of `keys` (distinct, 32 bits); of a key with more than `most` only the count."""
        places = (keys >> self._shift).astype(np.int64)
        low = (keys & np.uint64(0xFFFF)).astype(np.uint16)
        begin, end = self.table[places].astype(np.int64), self.table[places + 1].astype(np.int64)
        first = self._bisect(begin, end, low, after=False)
        counts = self._bisect(first, end, low, after=True) - first
        wanted = np.where(counts <= most, counts, 0)
        asked = np.repeat(np.arange(len(keys)), wanted)
        at = np.arange(len(asked)) - np.repeat(np.cumsum(wanted) - wanted, wanted) + first[asked]
        units = self.unit_low[at].astype(np.int64) | (self.unit_high[at].astype(np.int64) << 16)
        return Hits(asked, units, counts)

    def _bisect(self, begin: Ints, end: Ints, low: npt.NDArray[np.uint16], *, after: bool) -> Ints:
        """For each key the first entry in `[begin, end)` that is not smaller, or (`after`) that is larger."""
        left, right = begin.copy(), end.copy()
        while (open_ := np.flatnonzero(left < right)).size:
            middle = (left[open_] + right[open_]) >> 1
            there = self.low[middle]
            smaller = (there <= low[open_]) if after else (there < low[open_])
            left[open_[smaller]] = middle[smaller] + 1
            right[open_[~smaller]] = middle[~smaller]
        return left

    def packed(self, first_place: int, last_place: int, bits: int) -> Hashes:
        """The entries whose key begins with `first_place <= upper bits < last_place`, as `key << 24 | unit`."""
        own_bits = (len(self.table) - 1).bit_length() - 1
        low, high = (place << own_bits >> bits for place in (first_place, last_place))
        begin, end = int(self.table[low]), int(self.table[high])
        sizes = self.table[low + 1 : high + 1].astype(np.int64) - self.table[low:high]
        upper = np.repeat(np.arange(low, high, dtype=np.uint64), sizes)
        upper = (upper >> np.uint64(own_bits - FEWEST_BITS)) << np.uint64(16)
        units = self.unit_low[begin:end].astype(np.uint64)
        units |= self.unit_high[begin:end].astype(np.uint64) << np.uint64(16)
        entries: Hashes = ((upper | self.low[begin:end]) << np.uint64(24)) | units
        return entries

    def __len__(self) -> int:
        return len(self.low)


class Segment:
    """One file of the index, open for reading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        arrays, self.head, self._memory = _opened(path)
        self.documents: Ints = arrays["documents"]
        self.starts = arrays["starts"]
        self.ends = arrays["ends"]
        self.sequences = Inverted(arrays, "sequences")
        self.terms = Inverted(arrays, "terms")
        self._arrays = arrays

    @property
    def size(self) -> int:
        """Number of units."""
        return len(self.documents)

    def release(self) -> None:
        """Give back the memory of what was read so far; it is read again from the disk when it is needed."""
        self._memory.madvise(mmap.MADV_DONTNEED)

    def damage(self) -> str | None:
        """What is wrong with the file, in a sentence, or None; reads all of it."""
        for name, (_, _, checksum) in self.head["arrays"].items():
            if _checksum(self._arrays[name]) != checksum:
                return f"{self.path.name}: the part '{name}' is not what was written"
        return None


def mapped(path: Path) -> mmap.mmap:
    """A file as memory, for reading.

    Raises:
        ValueError: The file is empty.
    """
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def write_batch(path: Path, batch: Batch) -> None:
    """Write a batch as a segment; it is on the disk when this returns."""
    arrays: dict[str, npt.NDArray[Any]] = {
        "documents": batch.documents.astype(np.int64),
        "starts": batch.starts.astype(np.uint32),
        "ends": batch.ends.astype(np.uint32),
    }
    for name, entries in (("sequences", batch.sequences), ("terms", batch.terms)):
        arrays |= _inverted(name, entries)
    write(path, arrays)


def bits_for(entries: int) -> int:
    """How many upper bits of a key its table tells apart."""
    return min(_MOST_BITS, max(FEWEST_BITS, (entries // _PER_PLACE).bit_length()))


def _inverted(name: str, entries: Hashes) -> dict[str, npt.NDArray[Any]]:
    bits = bits_for(len(entries))
    counts = np.bincount((entries >> np.uint64(56 - bits)).astype(np.int64), minlength=1 << bits)
    return {
        f"{name}_table": np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
        f"{name}_low": (entries >> np.uint64(24)).astype(np.uint16),
        f"{name}_unit_low": entries.astype(np.uint16),
        f"{name}_unit_high": (entries >> np.uint64(16)).astype(np.uint8),
    }


def _checksum(array: npt.NDArray[Any]) -> int:
    return zlib.crc32(np.ascontiguousarray(array).view(np.uint8).data) if array.size else 0


def write(path: Path, arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Write the arrays and make sure that they are on the disk before anything points at them."""
    head = {
        "format": FORMAT,
        "arrays": {name: [str(array.dtype), len(array), _checksum(array)] for name, array in arrays.items()},
    }
    line = json.dumps(head).encode()
    line += b" " * (-(len(line) + 1) % _ALIGN) + b"\n"
    with path.open("wb") as file:
        file.write(line)
        for array in arrays.values():
            file.write(b"\0" * (-file.tell() % _ALIGN))
            file.write(np.ascontiguousarray(array).data)
        file.flush()
        os.fsync(file.fileno())


def _opened(path: Path) -> tuple[dict[str, npt.NDArray[Any]], dict[str, Any], mmap.mmap]:
    """The arrays of a segment as views of one memory map, its head, and the map."""
    damaged = ArchiveDamaged(f"{path.name} of the index is not a whole segment; `quoth archive repair` makes it anew.")
    try:
        with path.open("rb") as file:
            line = file.readline(1 << 16)
        head = json.loads(line)
        shapes = list(head["arrays"].items())
        if head["format"] != FORMAT:
            raise ArchiveError(f"{path.name} of the index has format {head['format']}, this Quoth reads {FORMAT}.")
        memory = mapped(path)
        arrays: dict[str, npt.NDArray[Any]] = {}
        at = len(line)
        for name, (kind, length, _) in shapes:
            at += -at % _ALIGN
            size = np.dtype(kind).itemsize * length
            if at + size > len(memory):
                raise damaged
            arrays[name] = np.frombuffer(memory, kind, length, at)
            at += size
    except FileNotFoundError:
        raise damaged from None
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as problem:
        raise damaged from problem
    if at != len(memory):
        raise damaged
    return arrays, head, memory
