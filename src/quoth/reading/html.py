"""Pages of the web: the article's own text with its blocks, without what the page puts around it.

trafilatura, whose rules have been tried on very many sites, says which words are the article's. The page's own
structure says what each stretch of them is, and adds what stands at the head and beside pictures: headline, standfirst,
by-line, date, caption. The record of the decision on pages of the web gives the figures.
"""

import hashlib
import re
from dataclasses import replace
from typing import Any

from quoth.reading.datelines import stamps
from quoth.reading.headlines import Line
from quoth.reading.language import language
from quoth.reading.line_classifier import Dates, lines
from quoth.reading.metadata import About, about
from quoth.reading.page_article import Article, article
from quoth.reading.page_dates import published
from quoth.reading.page_stretches import Stretch, page_stretches
from quoth.reading.page_title import without_site
from quoth.reading.plain import first_date, read_text
from quoth.types import BODY_KINDS, Block, BlockKind, Document, Span, UnusableInput

_CONTROL = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[\da-fA-F]))(?!\w);?"
)  # the same, as references
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LARGEST = 8_000_000  # code points of a page that is taken apart with all rules; a larger one is no article
_MOST_ELEMENTS = (
    300_000  # of a page that is read: each needs a kilobyte of memory; the largest of real pages have 20,000
)
_MANY_ELEMENTS = 100_000  # of a page that is taken apart with all rules
_PATHS = 5_000  # parts of which it is told where they stand: counting siblings takes its time
_EDGE = 4  # stretches at the head and the foot where by-lines and dates stand
_MARKS = frozenset("“”„‟‘’‚‛«»‹›\"'「」『』")
#: How trafilatura calls the elements of what it finds, and how HTML does; `head` is a heading, its level is in `rend`.
_TAGS = {"quote": "blockquote", "list": "ul", "item": "li", "row": "tr", "cell": "td", "lb": "br", "code": "pre"}


def read_html(page: str, name: str) -> Document:
    """A page as a Document of the text extracted from it.

    Args:
        page: the page's source.
        name: address or file name; the document's id.

    Returns:
        The document; `text` is the article's text, blocks divided by blank lines.

    Raises:
        UnusableInput: no running text was found, or the page has more elements than any that people read.
    """
    elements = page.count("<") - page.count("</")
    if elements > _MOST_ELEMENTS:
        raise UnusableInput(
            f"{name}: this page has {elements:,} elements, more than the {_MOST_ELEMENTS:,} that are read;"
            " save its text as plain text."
        )
    from lxml import etree, html  # noqa: PLC0415  a plain text does not pay for the parser

    source = re.sub(r"\A\s*<\?xml[^>]*\?>", "", _CONTROL.sub("", _NOT_XML.sub("", page)))
    try:
        root = html.document_fromstring(
            source, parser=html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnusableInput(f"{name}: no running text was found on this page.") from error
    _write_out_marks(root)
    known = about(root)
    stretches = page_stretches(root)
    small = len(page) <= _LARGEST and elements <= _MANY_ELEMENTS
    found = article(stretches, _found(root) if small else _plain(stretches), known)
    document = _document(name, found, known)
    if any(block.kind in BODY_KINDS - {BlockKind.TITLE} for block in document.blocks):
        return document
    if known.body is not None:
        return read_text(known.body, name, title=next(iter(known.titles), None), publisher=known.publisher,
                         published=known.published, url=known.url)  # fmt: skip
    raise UnusableInput(f"{name}: no running text was found on this page.")


def _write_out_marks(root: Any) -> None:  # noqa: ANN401  an lxml element, whose types are not shipped
    """Put quotation marks around what stands in `<q>`, which browsers put there, unless the page has its own."""
    for quoted in root.iter("q"):
        tail = quoted.tail or ""
        text = (quoted.text or "").lstrip()
        if text[:1] not in _MARKS and tail.lstrip()[:1] not in _MARKS:
            opening, closing = "‘’" if next(quoted.iterancestors("q"), None) is not None else "“”"
            quoted.text, quoted.tail = f"{opening}{text}", f"{closing}{tail}"
    for quoted in list(root.iter("q")):
        quoted.tag = "span"  # trafilatura would set it apart as a block quotation


def _found(root: Any) -> list[Stretch]:  # noqa: ANN401  an lxml element, whose types are not shipped
    """The stretches of the article as trafilatura finds it."""
    from quoth.reading.silently import trafilatura  # noqa: PLC0415  # heavy, and only pages need it

    found = trafilatura().bare_extraction(root, include_comments=False, include_tables=True)
    if found is None or found.body is None:
        return []
    for element in found.body.iter():
        element.tag = element.get("rend", "h2") if element.tag == "head" else _TAGS.get(element.tag, element.tag)
    return page_stretches(found.body)


def _plain(stretches: list[Stretch]) -> list[Stretch]:
    """The stretches of a page too large for all rules that are not called something else than text."""
    return [stretch for stretch in stretches if not stretch.apart(frozenset())]


def _document(name: str, found: Article, known: About) -> Document:
    """The parts of an article joined, each divided further by what its words tell."""
    parts = found.parts
    text = "\n\n".join(part.stretch.text for part in parts)
    blocks: list[Block] = []
    dates: Dates = []
    at = 0
    for number, part in enumerate(parts):
        span = Span(at, at + len(part.stretch.text))
        at = span.end + 2
        told = _blocks(text, span, part.kind, dates, edge=not _EDGE <= number < len(parts) - _EDGE)
        path = part.stretch.path if part.placed and len(parts) <= _PATHS else None
        blocks.extend(replace(block, path=path) for block in told)
    first: Dates = [entry for entry in dates if not entry[1]]
    return Document(
        id=name,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=found.title or next((without_site(title, known.publisher, known.url) for title in known.titles), None),
        publisher=known.publisher,
        published=published(
            known.published, found.printed, first_date(text, first, blocks, of_titles=False), known.url
        ),
        language=language(text) or known.language,
        url=known.url,
        blocks=tuple(blocks),
    )


def _blocks(text: str, span: Span, kind: BlockKind | None, dates: Dates, *, edge: bool) -> list[Block]:
    """The blocks of one stretch: its words may tell more of it than the page's structure."""
    if kind in {BlockKind.TITLE, BlockKind.CAPTION, BlockKind.TABLE, BlockKind.RELATED}:
        return [Block(kind, span)]
    parts: list[Line] = list(lines(text, span, dates, edge=edge))
    if kind in {BlockKind.BYLINE, BlockKind.DATE}:
        told = {part.kind for part in parts} <= {BlockKind.BYLINE, BlockKind.DATE}
        if not told and kind is BlockKind.DATE:
            dates.extend((stamp, False) for stamp in stamps(text, *span))
        return [Block(part.kind or kind, part.span) for part in parts] if told else [Block(kind, span)]
    whole = kind or BlockKind.PARAGRAPH
    return [Block(part.kind if part.kind not in {None, BlockKind.LIST} else whole, part.span) for part in parts]
