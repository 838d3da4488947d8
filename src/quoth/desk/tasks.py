"""What is asked of a worker process; light, for the server itself does none of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from quoth.types import Document


@dataclass(frozen=True, slots=True)
class Given:
    """A document as it was given.

    Attributes:
        name: what it is called.
        text: its text, where it was pasted.
        data: its bytes, where it is a file or the page that somebody reads.
        address: its address, where it is to be fetched, or was.
        media_type: of the bytes, if known.
        version: of a document of the archive that is meant by `name`; 0 for the current one.
        document: a document that was read before.
    """

    name: str
    text: str | None = None
    data: bytes | None = None
    address: str | None = None
    media_type: str | None = None
    version: int | None = None
    document: Document | None = None

    @property
    def kind(self) -> str:
        """How it was given: "document", "text", "file" or "address"."""
        if self.document is not None or self.version is not None:
            return "document"
        return "text" if self.text is not None else "file" if self.data is not None else "address"


@dataclass(frozen=True, slots=True)
class Examine:
    """A report to be held against sources, or against the archive."""

    report: Given
    sources: tuple[Given, ...] = ()
    in_archive: bool = False


@dataclass(frozen=True, slots=True)
class Simple:
    """One of the small functions: "statements", "compare", "names" or "read", with its record or document."""

    what: str
    record: Mapping[str, object]
    given: Given | None = None


Task = Examine | Simple
