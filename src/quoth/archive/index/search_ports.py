"""What finding asks of whoever keeps the documents, and what it answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from quoth.types import Span


class Kept(Protocol):
    """A document as the store keeps it; `number` is the store's own, growing with every version added."""

    @property
    def number(self) -> int:
        """The store's number of this version."""
        ...

    @property
    def id(self) -> str:
        """The document."""
        ...

    @property
    def version(self) -> int:
        """1 for the first text at this id."""
        ...

    @property
    def current(self) -> bool:
        """Whether it is the latest version."""
        ...

    @property
    def publisher(self) -> str | None:
        """Who published it, if known."""
        ...

    @property
    def published(self) -> str | None:
        """ISO 8601 date, if known."""
        ...

    @property
    def text(self) -> str:
        """Its text."""
        ...


#: Gives the documents with these numbers; those that are no longer kept are left out.
Fetch = Callable[[Sequence[int]], Mapping[int, Kept]]


class By(StrEnum):
    """How a passage was found."""

    WORDING = "wording"  # the same words in a row
    WORDS = "words"  # words in common, in any order: a place to look at, no proof
    MEANING = "meaning"  # words in common, put in order by likeness of meaning


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A stretch of a report and the stretch of a source that carries it.

    Attributes:
        report: stretch of the asked text.
        source: stretch of the source's text.
        score: how telling the words in common are; comparable within one answer.
        by: how it was found.
        stock: whether the words are a stock phrase (in many documents), which says little about where they come from.
    """

    report: Span
    source: Span
    score: float
    by: By = By.WORDING
    stock: bool = False


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A document that a report may draw on.

    Attributes:
        id: the document.
        score: how much of the report it accounts for, weighted; comparable within one answer.
        passages: in the order of the report (by wording), or best first (by words).
        version: which version of the document has the passages; the current one, where that has them.
        number: the store's number of that version.
        twin_of: the earliest document with the same passages, where this is not it.
    """

    id: str
    score: float
    passages: tuple[FoundPassage, ...]
    version: int = 1
    number: int = 0
    twin_of: str | None = None
