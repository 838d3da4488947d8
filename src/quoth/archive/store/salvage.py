"""What can still be read of a damaged file of documents: every version whose text is what was added, by its digest."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quoth.archive.store.ports_of_store import Stored, sha256_of
from quoth.archive.store.rows import DESCRIPTION, is_state, now, seal, stored
from quoth.archive.store.sqlite_pages import Pages, Place
from quoth.types import ArchiveDamaged

_TEXT, _STATE, _UNSEALED, _VERSION = 3, 5, 11, 12  # columns of a row, by which tables are told apart
_NOTHING = (None,) * (len(DESCRIPTION) - 1) + ("[]",)  # a description with nothing in it


@dataclass
class Salvage:
    """What was found; complete when `versions` has come to its end.

    Attributes:
        path: the file.
        deleted: numbers of versions that were deleted, as far as that is known from elsewhere.
        lost: what cannot be read, or not as it was added, a sentence each.
        expected: versions that the file was last known to hold; None where that cannot be read either.
        sure: whether nothing that was deleted can be among them.
    """

    path: Path
    deleted: frozenset[int] = frozenset()
    lost: list[str] = field(default_factory=list)
    expected: int | None = None
    sure: bool = True

    def versions(self) -> Iterator[Stored]:
        """Every version that can be read, in the order of numbers; texts of which all else is lost come last.

        Raises:
            OSError: the file cannot be opened.
        """
        with Pages(self.path) as pages:
            texts, versions = self._found(pages)
            self.sure = pages.whole
            used: set[int] = set()
            seen: set[tuple[str, int]] = set()
            for number in sorted(versions):
                one = self._version(pages, number, versions[number], texts, used)
                if one is not None and (one.id, one.version) not in seen:
                    seen.add((one.id, one.version))
                    yield one
            last = max(versions, default=0)
            for key in sorted(texts.keys() - used) if self.sure else ():
                if (text := _text(pages, texts[key])) is not None:
                    last += 1
                    id_ = f"salvaged-{text[0][:16]}"
                    self.lost.append(f"The id of a text is lost, and all that was known about it; it is now {id_}.")
                    yield stored((last, id_, 1, *text, *_NOTHING, now()), current=True)

    def _found(self, pages: Pages) -> tuple[dict[int, list[Place]], dict[int, list[Place]]]:
        """Where the texts and the versions stand, by their numbers."""
        texts: dict[int, list[Place]] = {}
        versions: dict[int, list[Place]] = {}
        for place, number, columns in pages.places():
            if columns == _TEXT:
                texts.setdefault(number, []).append(place)
            elif columns in (_UNSEALED, _VERSION):
                versions.setdefault(number, []).append(place)
            elif columns == _STATE and number == 1:
                with suppress(ValueError):
                    row = pages.row(place)
                    self.expected = row[2] if is_state(row[1:]) and isinstance(row[2], int) else self.expected
        return texts, versions

    def _version(
        self, pages: Pages, number: int, places: list[Place], texts: dict[int, list[Place]], used: set[int]
    ) -> Stored | None:
        """The version with a number, from whichever of its rows can be read; what else there is of it is told."""
        if not pages.whole and number in self.deleted:
            return None
        told: list[str] = []
        for place in places:
            try:
                _, id_, version, key, *known = pages.row(place)
            except ValueError:
                continue
            if not isinstance(id_, str) or not isinstance(version, int) or not isinstance(key, int):
                continue  # a row of some other table
            used.add(key)
            text = _text(pages, texts.get(key, ()))
            if text is None:
                told.append(f"The text of {id_}, version {version}, cannot be read.")
                continue
            row: list[Any] = [number, id_, version, *text, *known[: len(DESCRIPTION) + 1]]
            sealed = known[len(DESCRIPTION) + 1 :]
            if sealed in ([], [None]) or sealed == [seal(id_, version, text[0], row[5:-1], str(row[-1]))]:
                with suppress(ArchiveDamaged):
                    return stored(row, current=False)
            told.append(f"What was known about {id_}, version {version}, is damaged; its text alone is kept.")
            self.lost += told
            return stored((*row[:5], *_NOTHING, now()), current=False)
        self.lost += told or [f"A version, number {number}, cannot be read."]
        return None


def _text(pages: Pages, places: Iterable[Place]) -> tuple[str, str] | None:
    """The digest of a text and the text, if it can be read and is what was added."""
    for place in places:
        with suppress(ValueError):
            _, digest, text = pages.row(place)
            if isinstance(digest, str) and isinstance(text, str) and sha256_of(text) == digest:
                return digest, text
    return None
