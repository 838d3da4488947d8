"""Drafts to statements: modes, quotation marks, ids; what only asks for a comment is none."""

from bisect import bisect_left
from collections.abc import Sequence

from quoth.attribution.cue_tables import classes
from quoth.attribution.modes import mode_of
from quoth.attribution.speech import Draft
from quoth.doc.quotations import Quotation
from quoth.types import Act, Document, Span, Statement, statement_id

#: Whether the content of direct speech keeps its outer quotation marks. PolNeAR has them inside: with them, exact
#: content on its development set is 71.4, without them 49.2.
KEEP_MARKS = True
_ASKING = frozenset({Act.ASK, Act.DEMAND})


def placed(
    document: Document, drafts: Sequence[Draft], marked: Sequence[Quotation]
) -> tuple[list[Statement], set[str], set[str]]:
    """The drafts as statements in reading order, each place once.

    Beside them stand the ids of those whose grammar or layout is enough, and of those whose layout is.
    """
    outer = {one.outer: one for one in marked}
    outermost = [one.outer for one in marked if one.depth == 0]
    found: dict[str, Statement] = {}
    firm: set[str] = set()
    laid_out: set[str] = set()
    for draft in drafts:
        spans = [span for span in (one.trimmed(document.text) for one in sorted(draft.content)) if span.length]
        spans = _without_that(document.text, spans, outer)
        if not spans:
            continue
        if _is_request(document.text, spans, outermost, asked=draft.act in _ASKING):
            continue
        mode = draft.mode or mode_of(document.text, spans, outermost)
        content = tuple(spans if KEEP_MARKS else [outer[span].inner if span in outer else span for span in spans])
        name = statement_id(document.id, content, mode)
        quotes = draft.source and draft.cue and any(_ends_with(span, outermost) for span in spans)
        if draft.sure or draft.layout or draft.borne or quotes:
            firm.add(name)
        if draft.layout or draft.whole:
            laid_out.add(name)
        found.setdefault(
            name,
            Statement(
                name,
                document.id,
                mode,
                content,
                draft.cue,
                draft.source,
                act=draft.act,
                negated=draft.negated,
                confidence=draft.confidence,
            ),
        )
    return sorted(found.values(), key=lambda one: (one.extent.start, -one.extent.end)), firm, laid_out


def _ends_with(span: Span, outermost: Sequence[Span]) -> bool:
    """Whether a quotation ends where a span does, and begins in it."""
    last = bisect_left(outermost, Span(span.end, span.end)) - 1
    return last >= 0 and outermost[last].end == span.end and outermost[last].start >= span.start


def _is_request(text: str, spans: Sequence[Span], outermost: Sequence[Span], *, asked: bool) -> bool:
    """Whether all that was said is that a comment was asked for: "asked the office for comment"."""
    words = classes()
    said = [word.casefold().strip(",.;") for span in spans for word in span.of(text).split()]
    at = next((number for number, word in enumerate(said) if word in words["remarks"]), None)
    if at is None or any(span.meets(one) for span in spans for one in outermost):
        return False
    if said[at + 1 :] and said[at + 1] not in words["after_remarks"]:
        return False
    before = [word for word in said[:at] if word not in words["remark_determiners"]]
    if not before or before[-1] != "for":
        return asked and not before
    return asked or (len(before) > 1 and words["requests"].issuperset(before[:-1]))


def _without_that(text: str, spans: list[Span], outer: dict[Span, Quotation]) -> list[Span]:
    """Direct speech after "that" is the quotation alone."""
    if spans and text.startswith("that ", spans[0].start):
        rest = Span(spans[0].start + len("that "), spans[0].end).trimmed(text)
        if rest in outer:
            return [rest, *spans[1:]]
    return spans
