"""Who said what: the door of the room."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from quoth.attribution.authors import authored
from quoth.attribution.cue_tables import verbs
from quoth.attribution.finishing import placed
from quoth.attribution.joining import by_rules
from quoth.attribution.layouts import is_aside
from quoth.attribution.nesting import DEEPEST, Sentences, nested
from quoth.attribution.quoting import Quotations, whole
from quoth.attribution.saying import is_statement
from quoth.attribution.tagged import mended
from quoth.doc.dateline_places import datelines
from quoth.doc.doc import analysed
from quoth.doc.quotations import Quotation, quotations
from quoth.models.ports import Tagger
from quoth.types import BODY_KINDS, Document, NotExamined, Places, Span, Statement

#: Verbs of saying in one sentence of 120 words at most; the fullest of 70,000 of newspapers, speeches and mails had 11.
MOST_VERBS = 16
_NO_PROSE = f"more than {MOST_VERBS} verbs of saying stand in one sentence"


def attribute(document: Document, tagger: Tagger | None = None, *, attitudes: bool = False) -> tuple[Statement, ...]:
    """Who said what in a document.

    Args:
        document: any document; only blocks that can hold statements are read, or, without blocks, every line of its
            text as a paragraph.
        tagger: the trained tagger; without it, rules alone.
        attitudes: whether to give, as `attitude`, also what somebody thinks, wants, plans, does or is expected to do.

    Returns:
        Statements in reading order of their contents, speakers unresolved. Pure.
    """
    return attributed(document, tagger, attitudes=attitudes)[0]


def attributed(
    document: Document, tagger: Tagger | None = None, *, attitudes: bool = False
) -> tuple[tuple[Statement, ...], tuple[NotExamined, ...]]:
    """The statements of a document as `attribute` gives them, and what of it was passed over."""
    found = found_in(document, tagger)
    statements, deeper = nested(document, found.statements, found.sentences, found.marked, found.firm)
    crowds = (NotExamined(document.id, span, _NO_PROSE) for span in found.crowded)
    statements = _told_apart(document, statements, found)
    if not attitudes:
        statements = without_attitudes(statements)
    why = f"{DEEPEST} statements and more stand around it"
    passed_over = (*crowds, *(NotExamined(document.id, span, why) for span in deeper))
    return statements, tuple(sorted(passed_over, key=lambda one: one.span))


def _told_apart(document: Document, statements: Sequence[Statement], found: "Found") -> tuple[Statement, ...]:
    """The attributions, those that are no statements marked as attitudes."""
    outermost = [one for one in found.marked if one.depth == 0]
    starts = [one.outer.start for one in outermost]
    told = []
    for one in statements:
        first = max(0, bisect_left(starts, one.extent.start) - 1)
        near = outermost[first : bisect_left(starts, one.extent.end)]
        says = one.id in found.laid_out or is_statement(document.text, one, found.sentences.tokens_at, near)
        told.append(one if says else replace(one, attitude=True))
    return tuple(told)


def without_attitudes(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements alone, each inside the innermost one that is left around it."""
    around = {one.id: one for one in statements}
    kept = []
    for one in statements:
        if one.attitude:
            continue
        within = one.within
        while within is not None and around[within].attitude:
            within = around[within].within
        kept.append(one if within == one.within else replace(one, within=within))
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Found:
    """What the tagger and the rules find, before what stands inside statements is looked for.

    Attributes:
        statements: in reading order, each place once.
        firm: ids of those whose grammar or layout is enough.
        laid_out: ids of those whose layout is enough.
        sentences: the sentences of the document.
        marked: its quotations.
        crowded: sentences that were passed over, because they are no prose.
    """

    statements: list[Statement]
    firm: set[str]
    laid_out: set[str]
    sentences: Sentences
    marked: Sequence[Quotation]
    crowded: Sequence[Span]


def found_in(document: Document, tagger: Tagger | None) -> Found:
    """What the tagger and the rules find in a document."""
    crowded = _crowded(document)
    paragraphs = _without(crowded, body(document), document.text)
    marked = quotations(document.text, paragraphs)
    author = authored(document, paragraphs, marked)
    ruled, all_lines = by_rules(document, paragraphs, marked, author.source if author else ())
    drafts = ruled
    if tagger is not None:
        tagged = tagger.tag(document.text, paragraphs)
        drafts = mended(document.text, tagged, ruled, all_lines, marked, within_author=author is not None)
    if author is None:
        drafts = whole(Quotations(document.text, paragraphs, marked, all_lines), drafts, ruled)
    statements, firm, laid_out = placed(document, [author, *drafts] if author else drafts, marked)
    return Found(statements, firm, laid_out, Sentences(document.text, all_lines, marked), marked, crowded)


def _crowded(document: Document) -> list[Span]:
    """Sentences of so many verbs of saying that they are no prose: "said told warned claimed added asked"."""
    doc, known = analysed(document), verbs().keys()
    counts = [0, *accumulate(key in known for key in doc.keys)]
    return [
        span
        for span, (first, last) in zip(doc.sentences, pairwise(doc.first), strict=True)
        if counts[last] - counts[first] > MOST_VERBS
    ]


def _without(apart: Sequence[Span], paragraphs: Sequence[Span], text: str) -> Sequence[Span]:
    """The paragraphs, cut where some stretches stand apart; trimmed, none empty."""
    if not apart:
        return paragraphs
    places = Places(apart)
    kept: list[Span] = []
    for paragraph in paragraphs:
        at = paragraph.start
        for span in places.spans_meeting(paragraph):
            kept.append(Span(at, max(at, span.start)).trimmed(text))
            at = span.end
        kept.append(Span(at, max(at, paragraph.end)).trimmed(text))
    return [span for span in kept if span.length]


_CLOCK = re.compile(r"\d{1,2}[.:]\d\d(?:[^\S\n]?[ap]\.?m\.?)?(?:[^\S\n]*[-–—|:])?[^\S\n]+(?=[^\W\d_a-z]|[“\"‘'«])")


def _without_heads(document: Document, paragraphs: Sequence[Span]) -> Sequence[Span]:
    """Paragraphs without what stands before their words: "13.42 The operator says", "KORVALI: The minister said"."""
    text = document.text
    clocks = [_CLOCK.match(text, *span) for span in paragraphs]
    if sum(clock is not None for clock in clocks) > 1:
        both = zip(paragraphs, clocks, strict=True)
        return [span if clock is None else Span(clock.end(), span.end) for span, clock in both]
    if analysed(document).turns:
        return paragraphs
    ends = {head.start: head.end for head in datelines(text, paragraphs) if text[: head.end].rstrip().endswith(":")}
    return [Span(ends.get(span.start, span.start), span.end) for span in paragraphs]


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
    kept = trimmed if document.blocks else [span for span in trimmed if not is_aside(document.text, span)]
    return _without_heads(document, kept)
