"""Merging segments, with little memory however large they are: slice by slice of the keys, over scratch files."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quoth.finding.entries import MOST_UNITS
from quoth.finding.segment import FEWEST_BITS, Segment, bits_for, mapped, write
from quoth.finding.words import Hashes, Ints
from quoth.values import ArchiveError

PART = ".part"  # ends the name of a file that is being made; nobody reads it
_LISTS = ("sequences", "terms")
_COLUMNS = {"low": (24, np.uint16), "unit_low": (0, np.uint16), "unit_high": (16, np.uint8)}  # where each is packed
_SLICES_FROM = 12  # bits of a table from which on its keys are taken in slices ...
_MOST_SLICES = 8  # ... in up to 2 ** 8 of them


def merge(path: Path, segments: Sequence[Segment], alive: Sequence[npt.NDArray[np.bool_]]) -> None:
    """Write one segment that holds the units of several that are `alive`.

    Raises:
        ArchiveError: They are too many for one segment.
    """
    sizes = [int(np.count_nonzero(living)) for living in alive]
    if sum(sizes) > MOST_UNITS:
        raise ArchiveError(f"{path.parent}: a segment cannot hold more than {MOST_UNITS} units.")
    bases = np.cumsum([0, *sizes])
    renumbered = [
        np.where(living, np.cumsum(living) - 1 + base, -1) for living, base in zip(alive, bases, strict=False)
    ]
    arrays: dict[str, npt.NDArray[Any]] = {
        name: np.concatenate([getattr(segment, name)[living] for segment, living in zip(segments, alive, strict=True)])
        for name in ("documents", "starts", "ends")
    }
    scratch = {
        (name, column): path.with_name(f"{path.stem}-{name}-{column}{PART}") for name in _LISTS for column in _COLUMNS
    }
    try:
        for name in _LISTS:
            files = {column: scratch[name, column] for column in _COLUMNS}
            arrays[f"{name}_table"] = _merged(name, segments, renumbered, files)
            for column, (_, kind) in _COLUMNS.items():
                arrays[f"{name}_{column}"] = _read(files[column], kind)
        write(path, arrays)
    finally:
        arrays.clear()
        for file in scratch.values():
            file.unlink(missing_ok=True)


def _merged(
    name: str, segments: Sequence[Segment], renumbered: Sequence[Ints], files: dict[str, Path]
) -> npt.NDArray[np.uint32]:
    """Write the columns of one list, merged, to files; gives its table."""
    lists = [getattr(segment, name) for segment in segments]
    bits = bits_for(sum(len(one) for one in lists))
    counts = np.zeros(1 << bits, dtype=np.int64)
    slices = 1 << max(0, min(_MOST_SLICES, bits - _SLICES_FROM))
    with ExitStack() as stack:
        opened = {column: stack.enter_context(file.open("wb")) for column, file in files.items()}
        for part in range(slices):
            begin, end = (edge * (1 << FEWEST_BITS) // slices for edge in (part, part + 1))
            entries = np.concatenate(
                [
                    _living(one.packed(begin, end, FEWEST_BITS), numbers)
                    for one, numbers in zip(lists, renumbered, strict=True)
                ]
            )
            entries.sort()
            for column, (place, kind) in _COLUMNS.items():
                opened[column].write((entries >> np.uint64(place)).astype(kind).data)
            counts += np.bincount((entries >> np.uint64(56 - bits)).astype(np.int64), minlength=1 << bits)
            for segment in segments:
                segment.release()
    return np.concatenate(([0], np.cumsum(counts))).astype(np.uint32)


def _read(file: Path, kind: npt.DTypeLike) -> npt.NDArray[Any]:
    if not file.stat().st_size:
        return np.zeros(0, dtype=kind)
    return np.frombuffer(mapped(file), kind)


def _living(entries: Hashes, numbers: Ints) -> Hashes:
    """Entries with new unit numbers, without those of units that are gone."""
    now = numbers[(entries & np.uint64(0xFFFFFF)).astype(np.int64)]
    stays = now >= 0
    return (entries[stays] & ~np.uint64(0xFFFFFF)) | now[stays].astype(np.uint64)
