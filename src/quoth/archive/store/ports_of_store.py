"""What every store does: keep documents by their content, with all versions, and give them back as they were.

A document's id is its address. The same text at the same id is the same document, however often it is added; another
text there is a new version, and the earlier ones stay. Every version has a number, given out in growing order and
never twice, so that whoever has read up to a number knows what is new.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from quoth.types import Document

_MODULUS = 1 << 256
_TOLD = ("title", "publisher", "published", "language", "url")  # of a document, besides its text
LONGEST_ID = 2000  # bytes of UTF-8; an index of PostgreSQL holds no key much longer


class Outcome(StrEnum):
    """What adding a document did."""

    NEW = "new"
    NEW_VERSION = "new version"
    DESCRIBED = "described anew"  # the same text; its title, date or the like differ, and are now as given
    UNCHANGED = "unchanged"
    REFUSED = "refused"  # no store can keep it: `unkeepable` says why


@dataclass(frozen=True, slots=True)
class Stored:
    """A version of a document as it is kept.

    Attributes:
        number: the store's number of it; grows with every version added.
        version: 1 for the first text at this id, 2 for the next.
        current: whether it is the latest version.
        added: ISO 8601 date and time (UTC) at which it was added.
        document: the document.
    """

    number: int
    version: int
    current: bool
    added: str
    document: Document

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id

    @property
    def publisher(self) -> str | None:
        """Who published it, if known."""
        return self.document.publisher

    @property
    def published(self) -> str | None:
        """When it was published, if known."""
        return self.document.published

    @property
    def text(self) -> str:
        """Its text."""
        return self.document.text


@dataclass(frozen=True, slots=True)
class Summary:
    """What a store holds.

    Attributes:
        documents: number of ids.
        versions: number of versions of them.
        last: the largest number given out so far.
        digest: hexadecimal; the same for the same documents and versions, in whatever order they came.
        changed: ISO 8601 date and time (UTC) of the last change; None for a store that never held anything.
    """

    documents: int
    versions: int
    last: int
    digest: str
    changed: str | None


class Store(Protocol):
    """A keeper of documents; see the module. One writer at a time is the caller's duty."""

    def add(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Outcome]]:
        """Add documents, telling for each what that did; what was told is on the disk.

        A document that cannot be kept is told to be `REFUSED`, and the others are added.

        Raises:
            ArchiveError: The store cannot be written.
        """
        ...

    def fetch(self, numbers: Sequence[int]) -> Mapping[int, Stored]:
        """The versions with these numbers, by number; those that are not there are left out.

        Raises:
            ArchiveDamaged: A text is not what was added.
        """
        ...

    def get(self, id_: str, version: int | None = None) -> Stored | None:
        """A version of a document, by default the current one; None if there is none."""
        ...

    def versions(self, id_: str) -> tuple[Stored, ...]:
        """All versions of a document, the first one first; empty if there is none."""
        ...

    def after(self, number: int) -> Iterator[tuple[int, str]]:
        """Number and text of every version with a larger number, in the order of numbers."""
        ...

    def delete(self, id_: str) -> tuple[int, ...]:
        """Delete a document with all its versions; their numbers."""
        ...

    def export(self) -> Iterator[Stored]:
        """Every version, in the order of numbers."""
        ...

    def damage(self) -> Iterator[str]:
        """What is not as it was written, a sentence each; reads everything."""
        ...

    def numbers(self) -> set[int]:
        """The numbers of all versions."""
        ...

    def summary(self) -> Summary:
        """What the store holds; without reading all of it."""
        ...

    def owner(self) -> str | None:
        """The archive that the store belongs to; None where that is not noted."""
        ...

    def claim(self, archive: str, *, force: bool = False) -> bool:
        """Note the archive that the store belongs to, and tell whether it does: another's is only taken by `force`."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


def sha256_of(text: str) -> str:
    """The hexadecimal digest of a text in UTF-8; lone surrogates, which UTF-8 has not, as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def unkeepable(document: Document) -> str | None:
    """Why no store can keep a document, in a sentence without its subject's name; None for one that can be kept."""
    known = [document.id, *(getattr(document, name) or "" for name in _TOLD)]
    try:
        told = "".join(known).encode()
        document.text.encode()
    except UnicodeEncodeError:
        told = b"\0"
    if b"\0" not in told and len(document.id.encode()) <= LONGEST_ID:
        return None
    for name, value in zip(("id", *_TOLD, "text"), (*known, document.text), strict=True):
        if "\0" in value and name != "text":
            return f"the {name} holds the character NUL."
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            return f"the {name} holds half a surrogate pair, which no text has."
    return f"the id is longer than {LONGEST_ID:,} bytes."


def mark_of(id_: str, version: int, sha256: str) -> int:
    """What a version contributes to the digest of a store."""
    return int.from_bytes(hashlib.sha256(f"{id_}\0{version}\0{sha256}".encode()).digest(), "big")


def digest_with(digest: str, mark: int, sign: int = 1) -> str:
    """The digest of a store after a version came (`sign` 1) or went (-1): a sum, so the order does not matter."""
    return f"{(int(digest, 16) + sign * mark) % _MODULUS:064x}"


NO_DOCUMENTS = f"{0:064x}"
