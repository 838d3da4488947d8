"""Who said what: the door of the room."""

from collections.abc import Sequence
from dataclasses import dataclass

from quoth.attribution.authors import authored
from quoth.attribution.finishing import placed
from quoth.attribution.joining import by_rules
from quoth.attribution.layouts import is_aside
from quoth.attribution.nesting import DEEPEST, Sentences, nested
from quoth.attribution.tagged import mended
from quoth.doc.quotations import Quotation, quotations
from quoth.models.ports import Tagger
from quoth.types import BODY_KINDS, Document, NotExamined, Span, Statement


def attribute(document: Document, tagger: Tagger | None = None, *, attitudes: bool = False) -> tuple[Statement, ...]:
    """Who said what in a document.

    Args:
        document: any document; only blocks that can hold statements are read, or, without blocks, every line of its
            text as a paragraph.
        tagger: the trained tagger; without it, rules alone.
        attitudes: whether what somebody thinks, wants or is expected to do is asked for as well; for now all that is
            found is given either way.

    Returns:
        Statements in reading order of their contents, speakers unresolved. Pure.
    """
    return attributed(document, tagger)[0]


def attributed(
    document: Document, tagger: Tagger | None = None
) -> tuple[tuple[Statement, ...], tuple[NotExamined, ...]]:
    """The statements of a document as `attribute` gives them, and what of it was passed over."""
    found = found_in(document, tagger)
    statements, deeper = nested(document, found.statements, found.sentences, found.marked, found.firm)
    why = f"{DEEPEST} statements and more stand around it"
    return statements, tuple(NotExamined(document.id, span, why) for span in deeper)


@dataclass(frozen=True, slots=True)
class Found:
    """What the tagger and the rules find, before what stands inside statements is looked for.

    Attributes:
        statements: in reading order, each place once.
        firm: ids of those whose grammar or layout is enough.
        sentences: the sentences of the document.
        marked: its quotations.
    """

    statements: list[Statement]
    firm: set[str]
    sentences: Sentences
    marked: Sequence[Quotation]


def found_in(document: Document, tagger: Tagger | None) -> Found:
    """What the tagger and the rules find in a document."""
    paragraphs = body(document)
    marked = quotations(document.text, paragraphs)
    author = authored(document, paragraphs, marked)
    drafts, all_lines = by_rules(document, paragraphs, marked, author.source if author else ())
    if tagger is not None:
        drafts = mended(
            document.text,
            tagger.tag(document.text, paragraphs),
            drafts,
            all_lines,
            marked,
            within_author=author is not None,
        )
    statements, firm = placed(document, [author, *drafts] if author else drafts, marked)
    return Found(statements, firm, Sentences(document.text, all_lines, marked), marked)


def body(document: Document) -> Sequence[Span]:
    """The stretches that are read, in order, trimmed, none empty."""
    if document.blocks:
        spans = [block.span for block in document.blocks if block.kind in BODY_KINDS]
    else:
        spans = []
        start = 0
        for line in document.text.splitlines(keepends=True):
            spans.append(Span(start, start + len(line)))
            start += len(line)
    trimmed = [span for span in (one.trimmed(document.text) for one in spans) if span.length]
    return trimmed if document.blocks else [span for span in trimmed if not is_aside(document.text, span)]
