"""Sums over the blocks of a segment's file: a look-up verifies what it reads without reading all of the file."""

import mmap
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from quoth.archive.index.vocabulary import Ints

BLOCK = 4096  # bytes; what the system reads at once
_AT_ONCE = 16  # blocks


def sums_from(file: BinaryIO, begin: int) -> Iterator[npt.NDArray[np.uint32]]:
    """CRC-32 of each block of a file from byte `begin` to its end, in pieces."""
    file.flush()
    file.seek(begin)
    while piece := file.read(BLOCK * _AT_ONCE):
        sums = [zlib.crc32(piece[at : at + BLOCK]) for at in range(0, len(piece), BLOCK)]
        yield np.array(sums, dtype=np.uint32)


class Blocks:
    """The blocks of a mapped file, and which of them are known to be what was written."""

    def __init__(self, memory: mmap.mmap, begin: int, end: int, sums: npt.NDArray[np.uint32]) -> None:
        """Of bytes `[begin, end)`, with the sums that `sums_from` gave."""
        self._memory, self._begin, self._end, self._sums = memoryview(memory), begin, end, sums
        self._known = np.zeros(len(sums), dtype=bool)

    def sound(self, begins: Ints, ends: Ints) -> bool:
        """Whether the blocks that hold the bytes `[begin, end)`, for each of several such ranges, are as written."""
        some = ends > begins
        first = (begins[some] - self._begin) // BLOCK
        counts = (ends[some] - 1 - self._begin) // BLOCK - first + 1
        blocks = np.arange(int(counts.sum())) + np.repeat(first - np.cumsum(counts) + counts, counts)
        new = np.unique(blocks[~self._known[blocks]])
        for block in new.tolist():
            at = self._begin + block * BLOCK
            if zlib.crc32(self._memory[at : min(at + BLOCK, self._end)]) != self._sums[block]:
                return False
        self._known[new] = True
        return True
