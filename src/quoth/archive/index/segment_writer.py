"""Writing a segment, piece by piece, so that memory does not grow with it; segment.py says how it is laid out."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from quoth.archive.index.block_sums import sums_from
from quoth.archive.index.folder_files import created
from quoth.archive.index.postings import UNIT_BITS, Batch
from quoth.archive.index.segment import ALIGN, FORMAT, GAP_BITS, HEAD, KEY_BITS, LONGEST_GAP, checksum, unit_bits_for
from quoth.archive.index.vocabulary import Hashes, Ints

_PER_PLACE = 128  # entries that share a place of a table, at most, on average

_LONGER = np.array([1 << GAP_BITS * more for more in range(1, LONGEST_GAP)])  # gaps from which on a byte more is taken

Column = Iterable[npt.NDArray[Any]]  # an array in pieces


class Contents(NamedTuple):
    """What a segment is made of.

    Attributes:
        size: number of units.
        documents: the store's number of each one's document, growing.
        starts: where each starts in its document, in code points.
        ends: where it ends.
        most_sequences: number of entries of `sequences`, or somewhat more.
        sequences: sorted distinct values of `key << 24 | unit`, in pieces that end between two keys.
        terms: the same.
    """

    size: int
    documents: Column
    starts: Column
    ends: Column
    most_sequences: int
    sequences: Iterable[Hashes]
    terms: Iterable[Hashes]


def write_batch(path: Path, batch: Batch) -> None:
    """Write a batch as a segment; it is on the disk when this returns."""
    units = ([batch.documents], [batch.starts], [batch.ends])
    write(path, Contents(len(batch.documents), *units, len(batch.sequences), [batch.sequences], [batch.terms]))


def write(path: Path, contents: Contents) -> None:
    """Write a segment; it is on the disk when this returns. Its head comes last: without one it is none."""
    unit_bits = unit_bits_for(contents.size)
    with created(path) as file:
        out = _Arrays(file)
        out.add("documents", np.int64, contents.documents)
        out.add("starts", np.uint32, contents.starts)
        out.add("ends", np.uint32, contents.ends)
        table = _Table(max(unit_bits, (contents.most_sequences // _PER_PLACE).bit_length(), 1))
        out.add("sequences", np.uint32, (table.without_upper_bits(piece, unit_bits) for piece in contents.sequences))
        out.add("sequences_table", np.uint32, [table.begins()])
        keys = _Keys()
        out.add("terms", np.uint8, (keys.as_gaps(piece) for piece in contents.terms))
        out.add("terms_keys", np.uint32, keys.keys)
        out.add("terms_counts", np.uint32, keys.counts)
        out.add("terms_places", np.uint64, [np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), *keys.lengths]))])
        out.add("blocks", np.uint32, list(sums_from(file, HEAD)))
        head = json.dumps({"format": FORMAT, "arrays": out.described}).encode()
        file.seek(0)
        file.write(head.ljust(HEAD - 1) + b"\n")
        file.flush()
        os.fsync(file.fileno())


class _Arrays:
    """Arrays on their way to a file, behind room for a head."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._file.write(b" " * HEAD)
        self.described: dict[str, list[str | int]] = {}

    def add(self, name: str, kind: npt.DTypeLike, pieces: Column) -> None:
        """Write an array."""
        self._file.write(b"\0" * (-self._file.tell() % ALIGN))
        length = known = 0
        for piece in pieces:
            written = np.ascontiguousarray(piece, dtype=kind)
            self._file.write(written.data)
            length += len(written)
            known = checksum(written, known)
        self.described[name] = [np.dtype(kind).str, length, known]


class _Table:
    """For the upper bits of a key, how many entries it has; see `SequenceList`."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._sizes = np.zeros((1 << bits) + 1, dtype=np.uint32)

    def without_upper_bits(self, entries: Hashes, unit_bits: int) -> npt.NDArray[np.uint32]:
        """Count entries, sorted and later than those before; gives what must be kept of them besides."""
        low_bits = KEY_BITS - self._bits
        keys = entries >> np.uint64(UNIT_BITS)
        if len(keys):
            places = (keys >> np.uint64(low_bits)).astype(np.int64)
            first, last = int(places[0]), int(places[-1])
            self._sizes[first + 1 : last + 2] += np.bincount(places - first).astype(np.uint32)
        low = (keys & np.uint64((1 << low_bits) - 1)) << np.uint64(unit_bits)
        return (low | (entries & np.uint64((1 << UNIT_BITS) - 1))).astype(np.uint32)

    def begins(self) -> npt.NDArray[np.uint32]:
        """The table; nothing can be counted afterwards."""
        np.cumsum(self._sizes, dtype=np.uint32, out=self._sizes)
        return self._sizes


class _Keys:
    """The keys whose units were made into gaps so far, in pieces.

    Attributes:
        keys: each once.
        counts: how many units each has.
        lengths: how many bytes they take.
    """

    def __init__(self) -> None:
        self.keys: list[npt.NDArray[np.uint32]] = []
        self.counts: list[Ints] = []
        self.lengths: list[Ints] = []

    def as_gaps(self, entries: Hashes) -> npt.NDArray[np.uint8]:
        """The units of entries, sorted and of later keys than those before, as gaps."""
        if not len(entries):
            return np.zeros(0, dtype=np.uint8)
        keys = (entries >> np.uint64(UNIT_BITS)).astype(np.uint32)
        units = (entries & np.uint64((1 << UNIT_BITS) - 1)).astype(np.int64)
        first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        gaps = np.diff(units, prepend=0)
        gaps[first] = units[first]
        lengths = np.searchsorted(_LONGER, gaps, side="right") + 1
        self.keys.append(keys[first])
        self.counts.append(np.diff(first, append=len(entries)))
        self.lengths.append(np.add.reduceat(lengths, first))
        return _in_bytes(gaps, lengths)


def _in_bytes(gaps: Ints, lengths: Ints) -> npt.NDArray[np.uint8]:
    """Gaps, each in so many bytes, the highest bits first; all bytes of a gap but its last have the eighth bit set."""
    last = np.cumsum(lengths) - 1
    written = np.zeros(int(last[-1]) + 1, dtype=np.uint8)
    digit = (1 << GAP_BITS) - 1
    written[last] = gaps & digit
    for place in range(1, LONGEST_GAP):
        longer = np.flatnonzero(lengths > place)
        written[last[longer] - place] = (gaps[longer] >> GAP_BITS * place) & digit | (1 << GAP_BITS)
    return written
