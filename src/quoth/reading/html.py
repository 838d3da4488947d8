"""Pages of the web: the article's own text with its blocks, without what the page puts around it.

Two readers are held together. trafilatura, whose rules have been tried on very many sites, says which words are the
article's; the page's own structure says what each stretch is (headline, standfirst, caption, quotation ...). The record
of the decision on pages of the web gives the figures.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from quoth.reading import boilerplate
from quoth.reading.datelines import only_stamps, stamps
from quoth.reading.headlines import Line
from quoth.reading.language import language
from quoth.reading.line_classifier import Dates, lines
from quoth.reading.metadata import About, about
from quoth.reading.page_metadata import HEADINGS, Stretch, page_stretches
from quoth.reading.plain import first_date, read_text
from quoth.types import Block, BlockKind, Document, Span, UnusableInput

_SHORTEST = 40  # code points of a stretch that is surely a paragraph, where a page has any so long
_SQUASH = re.compile(r"[\W_]+")
_LARGEST = 8_000_000  # code points of a page that is taken apart with all rules; a larger one is no article
_NEAR = 50_000  # letters and digits around the last found stretch in which the next one is looked for
_LABEL = 12  # letters and digits of a link that is no more than a label
_PART_OF_TITLE = 8  # letters and digits of a heading that may stand inside the page's title
_STANDFIRST = 5  # words
_DATED = 80  # code points of a line of the head that is there for its date
_EDGE = 4  # stretches at the head and the foot where by-lines and dates stand
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST})
_LINKED = 0.8  # share of a stretch that is link text, above which it leads elsewhere


def read_html(page: str, name: str) -> Document:
    """A page as a Document of the text extracted from it.

    Args:
        page: the page's source.
        name: address or file name; the document's id.

    Returns:
        The document; `text` is the article's text, blocks divided by blank lines.

    Raises:
        UnusableInput: no running text was found.
    """
    from lxml import etree, html  # noqa: PLC0415  a plain text does not pay for the parser

    try:
        root = html.document_fromstring(
            re.sub(r"\A\s*<\?xml[^>]*\?>", "", page), parser=html.HTMLParser(huge_tree=False)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnusableInput(f"{name}: no running text was found on this page.") from error
    known = about(root)
    body = root.find("body")
    stretches = page_stretches(body if body is not None else root)
    squashed = [_squash(stretch.text) for stretch in stretches]
    chosen = _chosen(stretches, squashed, _found(squashed, _article(page)), known)
    if not chosen:  # then whatever is not called something else
        chosen = _chosen(stretches, squashed, [bool(words) for words in squashed], known)
    if not any(kind is None or kind in _RUNNING for _, kind in chosen):
        if known.body is not None:
            return read_text(known.body, name, title=next(iter(known.titles), None), publisher=known.publisher,
                             published=known.published, url=known.url)  # fmt: skip
        raise UnusableInput(f"{name}: no running text was found on this page.")
    return _document(name, chosen, known)


def _article(page: str) -> list[str]:
    """The lines of the article as trafilatura finds them, letters and digits alone."""
    from quoth.reading.silently import trafilatura  # noqa: PLC0415  # heavy, and only pages need it

    if len(page) > _LARGEST:
        return []
    found = trafilatura().extract(page, include_comments=False, include_tables=True, include_formatting=False)
    return [_squash(line) for line in (found or "").splitlines()]


def _found(squashed: Sequence[str], article: Sequence[str]) -> list[bool]:
    """Which stretches of a page are in the article: as a line of it, or inside one near the last that was found."""
    lines, whole = set(article), "".join(article)
    found: list[bool] = []
    at = 0
    for words in squashed:
        place = whole.find(words, max(0, at - _NEAR), at + len(words) + _NEAR) if words else -1
        if place >= 0:
            at = place + len(words)
        found.append(place >= 0 or words in lines)
    return found


def _squash(words: str) -> str:
    return _SQUASH.sub("", words.casefold())


def _chosen(
    stretches: Sequence[Stretch], squashed: Sequence[str], found: Sequence[bool], known: About
) -> list[tuple[Stretch, BlockKind | None]]:
    """The stretches that belong to the article, in order, each with what the page's structure tells."""
    frame = _frame(stretches, squashed, found)
    inside = [
        ours and not stretch.apart(frame) and (len(words) >= _LABEL or stretch.linked <= _LINKED)
        for stretch, words, ours in zip(stretches, squashed, found, strict=True)
    ]
    running = [n for n, stretch in enumerate(stretches) if inside[n] and _is_running(stretch)]
    sure = [n for n in running if len(stretches[n].text) >= _SHORTEST]
    if sure:
        first, short = sure[0], set(running)
        while first - 1 in short:  # short answers right above the first long one
            first -= 1
        running = [*range(first, sure[0]), *sure]
    running = running[_heads(stretches, running) :]
    if not running:
        return []
    title = _title(stretches, squashed, known, running, frame)
    first = title if title is not None else running[0]
    homes = {stretches[n].home for n in running}
    last = max(n for n in range(len(stretches)) if inside[n])
    chosen: list[tuple[Stretch, BlockKind | None]] = []
    for number in range(first, last + 1):
        stretch = stretches[number]
        kind = BlockKind.TITLE if number == title else _kind(stretch, before=number < running[0])
        ours = inside[number] or (_reads_on(stretch, frame) and _at_home(stretch, homes))
        if number == title or _kept(stretch, kind, frame, inside=ours, before=number < running[0]):
            chosen.append((stretch, kind))
    return chosen


def _heads(stretches: Sequence[Stretch], running: Sequence[int]) -> int:
    """How many of the first stretches of running text belong to the head: a by-line or a date stands below them."""
    for count, number in enumerate(running[:_EDGE]):
        below = stretches[number + 1 : number + 3]
        if not any(_kind(stretch, before=True) in {BlockKind.BYLINE, BlockKind.DATE} for stretch in below):
            return count
    return 0


def _frame(stretches: Sequence[Stretch], squashed: Sequence[str], found: Sequence[bool]) -> frozenset[int]:
    """The elements that hold most of the article: what they are called says nothing against what they hold.

    Whole pages stand inside `<form>` or `<div class="content-sidebar-wrap">`.
    """
    held: Counter[int] = Counter()
    whole = 0
    for stretch, words, ours in zip(stretches, squashed, found, strict=True):
        if ours:
            whole += len(words)
            held.update({holder.number: len(words) for holder in stretch.around})
    return frozenset(number for number, size in held.items() if size > whole / 2)


def _at_home(stretch: Stretch, homes: set[int]) -> bool:
    """Whether a stretch stands beside paragraphs of the article, or is a quotation set among them."""
    if stretch.tag == "p" and stretch.home in homes:
        return True
    return stretch.within("blockquote") and any(holder.number in homes for holder in stretch.around)


def _reads_on(stretch: Stretch, frame: frozenset[int]) -> bool:
    """Whether a paragraph beside others of the article, which was not found there, is plainly one of them."""
    whole = Span(0, len(stretch.text))
    return (
        len(stretch.text) >= _SHORTEST
        and stretch.linked < 1 - _LINKED
        and boilerplate.ends_a_sentence(stretch.text, whole)
        and not stretch.apart(frame)
    )


def _is_running(stretch: Stretch) -> bool:
    """Whether a stretch is a paragraph of the article and not a part of its head."""
    return (
        stretch.tag not in HEADINGS
        and boilerplate.ends_a_sentence(stretch.text, Span(0, len(stretch.text)))
        and not any(stretch.named(part, depth=2) for part in ("caption", "subtitle", "byline", "date", "title"))
        and not stretch.within("figure", "figcaption", "header")
        and not only_stamps(stretch.text, Span(0, len(stretch.text)))
    )


def _title(
    stretches: Sequence[Stretch],
    squashed: Sequence[str],
    known: About,
    running: Sequence[int],
    frame: frozenset[int],
) -> int | None:
    """The headline: what the page calls its title, nearest above the first paragraph; else the nearest heading."""
    above = range(running[0] - 1, -1, -1)
    wanted = [_squash(words) for words in known.titles]
    heading = [n for n in above if stretches[n].tag in HEADINGS or stretches[n].named("title", depth=1)]
    for words in wanted:
        for number in heading:
            if squashed[number] and (
                squashed[number] == words or (len(squashed[number]) > _PART_OF_TITLE and squashed[number] in words)
            ):
                return number
    for words in wanted:
        for number in above:
            part = squashed[number] in words and 2 * len(squashed[number]) > len(words)
            if squashed[number] and part and not stretches[number].apart(frame):
                return number
    tops = [n for n in heading if stretches[n].tag == "h1" and not stretches[n].apart(frame)]
    usable = [n for n in heading if not stretches[n].apart(frame) and stretches[n].tag not in {"h4", "h5", "h6"}]
    return next(iter(tops or usable), None)


def _kind(stretch: Stretch, *, before: bool) -> BlockKind | None:  # noqa: PLR0911  a table of cases
    """What the page's structure says a stretch is; None where only its words can tell."""
    whole = Span(0, len(stretch.text))
    if stretch.tag == "table":
        return BlockKind.TABLE
    if stretch.within("figcaption") or stretch.named("caption", depth=2):
        return BlockKind.CAPTION
    if stretch.within("figure") and not stretch.within("blockquote"):
        return BlockKind.CAPTION
    if stretch.tag == "time" or only_stamps(stretch.text, whole):
        return BlockKind.DATE
    if stretch.within("blockquote"):
        return BlockKind.QUOTE
    if before and (boilerplate.byline(stretch.text, whole) or stretch.named("byline", depth=2)):
        return BlockKind.BYLINE
    if boilerplate.promotion(stretch.text, whole):
        return BlockKind.RELATED
    if stretch.tag in HEADINGS:
        return BlockKind.SUBTITLE
    if before and stretch.tag not in {"li", "dt", "dd"}:
        dated = next(stamps(stretch.text, *whole), None) is not None
        if not dated or len(stretch.text) <= _DATED:
            return BlockKind.DATE if dated else BlockKind.SUBTITLE
    return BlockKind.LIST if stretch.tag == "li" else None


def _standfirst(stretch: Stretch) -> bool:
    """Whether a stretch between headline and story is called a standfirst, or is too long for a label."""
    return stretch.named("subtitle", depth=2) or len(stretch.text.split()) >= _STANDFIRST


def _kept(stretch: Stretch, kind: BlockKind | None, frame: frozenset[int], *, inside: bool, before: bool) -> bool:
    if before and kind is BlockKind.SUBTITLE and not _standfirst(stretch):
        return False
    if inside:
        if stretch.tag in HEADINGS and stretch.linked > _LINKED:
            return False
        return stretch.tag != "caption" and not (stretch.linked > _LINKED and kind is BlockKind.LIST)
    if stretch.apart(frame):
        return False
    if kind is BlockKind.CAPTION:
        return True
    return before and kind in {BlockKind.DATE, BlockKind.BYLINE, BlockKind.SUBTITLE} and stretch.tag not in HEADINGS


def _document(name: str, chosen: Sequence[tuple[Stretch, BlockKind | None]], known: About) -> Document:
    """The chosen stretches joined, each divided further by what its words tell."""
    text = "\n\n".join(stretch.text for stretch, _ in chosen)
    blocks: list[Block] = []
    dates: Dates = []
    at = 0
    for number, (stretch, kind) in enumerate(chosen):
        span = Span(at, at + len(stretch.text))
        at = span.end + 2
        blocks.extend(_blocks(text, span, kind, dates, edge=not _EDGE <= number < len(chosen) - _EDGE))
    title = next((block.span.of(text) for block in blocks if block.kind is BlockKind.TITLE), None)
    when = next((stretch.when for stretch, _ in chosen if stretch.when), None) or ""
    printed = first_date(text, dates, blocks)
    stamp = next(stamps(when, 0, len(when)), None)
    return Document(
        id=name,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=title or next(iter(known.titles), None),
        publisher=known.publisher,
        published=known.published or (stamp.value if stamp else None) or printed,
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
