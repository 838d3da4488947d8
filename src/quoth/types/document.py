"""A text as it was published, with its layout."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quoth.types.records import AsRecord
from quoth.types.span import Passage, Span
from quoth.types.statement import Statement

DESCRIBED = ("title", "publisher", "published", "url", "language")  # what else a record may tell about a text
GAP = " … "  # between two spans that are shown together


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
    TURN = "turn"  # what one speaker of a transcript says without a break
    QUESTION = "question"
    STAGE = "stage"  # a stage direction: "(Applause.)"
    TIMESTAMP = "timestamp"
    HEADER = "header"  # what stands at the head of every page
    FOOTER = "footer"  # what stands at its foot: a page number, a footnote


#: Kinds of block in which somebody can be reported as saying something; a caption, credit, slogan or promotion is none.
BODY_KINDS = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.SUBTITLE,
        BlockKind.PARAGRAPH,
        BlockKind.QUOTE,
        BlockKind.LIST,
        BlockKind.TURN,
        BlockKind.QUESTION,
    }
)


@dataclass(frozen=True, slots=True)
class Box(AsRecord):
    """Where a stretch of the text stands on a page.

    Attributes:
        page: number of the page, the first being 1.
        span: the stretch.
        box: left, top, right and bottom edge in points (1/72 inch) from the upper left corner of the page.
    """

    page: int
    span: Span
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Moment(AsRecord):
    """When a stretch of the text is said.

    Attributes:
        time: seconds from the beginning of the recording.
        span: the stretch, as of one subtitle.
    """

    time: float
    span: Span


@dataclass(frozen=True, slots=True)
class Block(AsRecord):
    """One block of the layout; blocks do not overlap and stand in reading order.

    Attributes:
        kind: what it is.
        span: where it stands in the text.
        speaker: who speaks, as the text writes it, in a transcript.
        page: number of the page on which it begins, the first being 1, where the text came on pages.
        time: seconds from the beginning of the recording at which it begins, where the text came with times.
        boxes: where its words stand on their pages, in reading order; a block that goes on overleaf has several.
        moments: when its words are said, in reading order, where the text came with times.
        path: XPath of the element that holds it, in a page of the web as it was parsed (a browser adds `tbody`).
    """

    kind: BlockKind
    span: Span
    speaker: str | None = None
    page: int | None = None
    time: float | None = None
    boxes: tuple[Box, ...] = ()
    moments: tuple[Moment, ...] = ()
    path: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The record of the JSON contract; what is not known of a block is left out."""
        return {name: value for name, value in super(Block, self).to_dict().items() if value not in (None, [])}


@dataclass(frozen=True, slots=True)
class Document(AsRecord):
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

    def page_at(self, offset: int) -> int | None:
        """The page on which a place of the text stands; None where the text did not come on pages."""
        block = self._block_at(offset)
        boxes = [one.page for one in block.boxes if one.span.start <= offset] if block else []
        return boxes[-1] if boxes else block.page if block else None

    def time_at(self, offset: int) -> float | None:
        """Seconds from the beginning at which a place of the text is said; None where the text came without times."""
        block = self._block_at(offset)
        moments = [one.time for one in block.moments if one.span.start <= offset] if block else []
        return moments[-1] if moments else block.time if block else None

    def _block_at(self, offset: int) -> Block | None:
        """The last block that begins at or before a place."""
        number = bisect_right(self.blocks, offset, key=lambda block: block.span.start)
        return self.blocks[number - 1] if number else None

    def passage(self, start: int, end: int) -> Passage:
        """The passage `[start, end)` of this document."""
        return Passage(self.id, start, end)

    def words(self, of: Span | Iterable[Span] | Statement) -> str:
        """The words at a place of this document.

        Args:
            of: a span, several of them, or a statement that stands in this document, for what was said.

        Returns:
            The words; an ellipsis between two spans stands for the words between them.
        """
        if isinstance(of, Span):
            return of.of(self.text)
        return GAP.join(span.of(self.text) for span in (of.content if isinstance(of, Statement) else of))
