"""Merging segments: slice by slice of the keys, so that memory does not grow with them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quoth.archive.index.postings import MOST_UNITS
from quoth.archive.index.segment import KEY_BITS, Segment, SequenceList, TermList
from quoth.archive.index.segment_writer import Contents, write
from quoth.archive.index.vocabulary import Hashes
from quoth.types import ArchiveDamaged, ArchiveError

PART = ".part"  # ends the name of a file that is being made; nobody reads it
_AT_ONCE = 1 << 20  # entries in memory, about; only a single key may have more
_GONE = np.uint32(MOST_UNITS)

Alive = npt.NDArray[np.bool_]


def merge(path: Path, segments: Sequence[Segment], alive: Sequence[Alive]) -> None:
    """Write one segment that holds the units of several that are `alive`.

    Args:
        path: of the new segment.
        segments: with growing document numbers.
        alive: per segment, which of its units are.

    Raises:
        ArchiveError: They are too many for one segment.
        ArchiveDamaged: One is not what was written, which the new one would hide.
    """
    for segment in segments:
        if problem := segment.damage():
            raise ArchiveDamaged(f"{problem}; `quoth archive repair` makes the index anew.")
    sizes = [int(np.count_nonzero(living)) for living in alive]
    if sum(sizes) > MOST_UNITS:
        raise ArchiveError(f"{path.parent}: a segment cannot hold more than {MOST_UNITS} units.")
    bases = [int(base) for base in np.cumsum([0, *sizes])[:-1]]
    moved = [_Moved(living, base) for living, base in zip(alive, bases, strict=True)]
    sequences, terms = [segment.sequences for segment in segments], [segment.terms for segment in segments]
    both = list(zip(segments, alive, strict=True))
    many = sum(len(one) for one in sequences)
    slices = np.linspace(0, 1 << KEY_BITS, many // _AT_ONCE + 2).astype(np.int64).tolist()
    write(
        path,
        Contents(
            sum(sizes),
            (segment.documents[living] for segment, living in both),
            (segment.starts[living] for segment, living in both),
            (segment.ends[living] for segment, living in both),
            many,
            _merged(segments, sequences, moved, slices),
            _merged(segments, terms, moved, _even(terms)),
        ),
    )


class _Moved:
    """The units of one segment by their numbers in another."""

    def __init__(self, living: Alive, base: int) -> None:
        """Number the units that are `living`, beginning with `base`."""
        self._base = np.uint64(base)
        self._numbers: npt.NDArray[np.uint32] | None = None
        if not living.all():
            self._numbers = np.where(living, np.cumsum(living, dtype=np.uint32) + np.uint32(base) - 1, _GONE)

    def __call__(self, entries: Hashes) -> Hashes:
        """Entries with the new numbers, without those of units that are gone."""
        if self._numbers is None:
            return entries + self._base
        now = self._numbers[(entries & np.uint64(MOST_UNITS - 1)).astype(np.int64)]
        stays = now != _GONE
        renumbered: Hashes = (entries[stays] & ~np.uint64(MOST_UNITS - 1)) | now[stays]
        return renumbered


def _merged(
    segments: Sequence[Segment],
    lists: Sequence[SequenceList | TermList],
    moved: Sequence[_Moved],
    edges: Sequence[int],
) -> Iterator[Hashes]:
    """The entries of several lists together, in slices of the keys between `edges`."""
    for first, after in pairwise(edges):
        entries = np.concatenate([move(one.between(first, after)) for one, move in zip(lists, moved, strict=True)])
        entries.sort()
        yield entries
        for segment in segments:
            segment.release()


def _even(lists: Sequence[TermList]) -> list[int]:
    """Edges between keys, with about `_AT_ONCE` entries between two of them."""
    keys, which = np.unique(np.concatenate([one.keys for one in lists]), return_inverse=True)
    sums = np.cumsum(np.bincount(which, weights=np.concatenate([one.counts for one in lists]), minlength=len(keys)))
    begins = np.flatnonzero(np.diff(sums // _AT_ONCE, prepend=0))
    return [0, *(int(key) for key in keys[begins] if key), 1 << KEY_BITS]
