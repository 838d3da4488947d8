"""A text as it was published, with its layout."""

from dataclasses import dataclass
from enum import StrEnum

from quoth.types.span import Passage, Span


class BlockKind(StrEnum):
    """What a stretch of the layout is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DATE = "date"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    RELATED = "related"
    QUOTE = "quote"
    LIST = "list"
    TABLE = "table"


#: Kinds of block in which somebody can be reported as saying something; a caption, credit, slogan or promotion is none.
BODY_KINDS = frozenset({BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST})


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the layout; blocks do not overlap and stand in reading order."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is known about its publication.

    Attributes:
        id: name of the document, unique among those examined together.
        text: the text that all offsets index, in Unicode code points.
        sha256: hexadecimal digest of `text` in UTF-8.
        title: headline, if one was found.
        publisher: who published it, if known.
        published: ISO 8601 date (`2031-05-02`) or date and minute (`2031-05-02T09:24`), if known.
        language: ISO 639-1 code, if it could be told.
        url: address, if known.
        blocks: the layout, in reading order.
        notes: what a reader must know about how it was read (a charset other than UTF-8), a sentence each.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What a reader would call it: its title, else its id."""
        return f"“{self.title}”" if self.title else self.id

    def passage(self, start: int, end: int) -> Passage:
        """The passage `[start, end)` of this document."""
        return Passage(self.id, start, end)

    def words(self, span: Span) -> str:
        """The words that a span covers."""
        return self.text[span.start : span.end]
