"""Where a statement's words come from, and every edit on the way."""

from dataclasses import dataclass
from enum import StrEnum

from quoth.types.records import AsRecord
from quoth.types.span import Passage, Span


@dataclass(frozen=True, slots=True)
class Piece(AsRecord):
    """A stretch of the reported text and the stretch of a source that it comes from.

    Attributes:
        reported: stretch of the reporting text.
        source: id of the source document.
        original: stretch of that source's text.
    """

    reported: Span
    source: str
    original: Span


class EditKind(StrEnum):
    """What happened to words inside an aligned stretch."""

    REPLACED = "replaced"
    INSERTED = "inserted"
    LEFT_OUT = "left out"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the report against words of the source that are not the same.

    Attributes:
        kind: what happened.
        reported: the report's words; None where words were left out.
        original: the source's words; None where words were inserted.
        source: id of the source document.
        marked: whether an ellipsis or brackets own up to the edit.
    """

    kind: EditKind
    reported: Span | None
    original: Span | None
    source: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """One statement held against the searched sources.

    Attributes:
        reported: the spans of the reporting text that were held against the sources.
        pieces: in the order of the reported text; empty when no passage carries it (absence is a value).
        edits: in the order of the reported text.
        coverage: share of the reported content words that some piece accounts for, 0..1.
        meaning: likeness of meaning of the best passage, 0..1; None where no encoder was at hand.
        nearest: the nearest passage, also where nothing carries the words; None for empty sources. Where the words
            leave the place open it is the stretch, short enough for a glance, in which it most probably is.
        likeliest: the likeliest sentences of the nearest passage.
        documents: number of documents searched.
        passages: number of passages (sentences) searched.
        pairs: each reported word that has one, with the source's word it stands for, in the order of the report; empty
            where the words are drawn from several sources, whose words `drawn` keeps apart.
        marked: ends of reported words behind which the report marks a gap.
        drawn: where the words are drawn from several sources, the alignment of each stretch with its own, in the order
            of the report; together they make up this one. Empty where all words are held against one source.
    """

    reported: tuple[Span, ...]
    pieces: tuple[Piece, ...] = ()
    edits: tuple[Edit, ...] = ()
    coverage: float = 0.0
    meaning: float | None = None
    nearest: Passage | None = None
    likeliest: Passage | None = None
    documents: int = 0
    passages: int = 0
    pairs: tuple[tuple[Span, Span], ...] = ()
    marked: frozenset[int] = frozenset()
    drawn: tuple["Alignment", ...] = ()
