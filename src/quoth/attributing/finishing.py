"""Drafts to statements: modes, quotation marks, ids, nesting."""

from bisect import bisect_left
from collections.abc import Sequence

from quoth.attributing.nesting import nested
from quoth.attributing.speech import Draft
from quoth.text.quotes import Quotation
from quoth.values import Document, Mode, Span, Statement, statement_id

#: Whether the content of direct speech keeps its outer quotation marks. PolNeAR has them inside: with them, exact
#: content on its development set is 71.4, without them 49.2.
KEEP_MARKS = True


def finished(document: Document, drafts: Sequence[Draft], marked: Sequence[Quotation]) -> tuple[Statement, ...]:
    """Statements in reading order, each place once."""
    outer = {one.outer: one for one in marked}
    outermost = [one.outer for one in marked if one.depth == 0]
    found: dict[str, Statement] = {}
    for draft in drafts:
        spans = [span.trimmed(document.text) for span in sorted(draft.content)]
        spans = _without_that(document.text, [span for span in spans if span.length], outer)
        if not spans:
            continue
        mode = draft.mode or _mode(document.text, spans, outermost)
        content = tuple(spans if KEEP_MARKS else [outer[span].inner if span in outer else span for span in spans])
        name = statement_id(document.id, content, mode)
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
    return nested(sorted(found.values(), key=lambda one: (one.extent.start, -one.extent.end)))


def _without_that(text: str, spans: list[Span], outer: dict[Span, Quotation]) -> list[Span]:
    """Direct speech after "that" is the quotation alone."""
    if spans and text.startswith("that ", spans[0].start):
        rest = Span(spans[0].start + len("that "), spans[0].end).trimmed(text)
        if rest in outer:
            return [rest, *spans[1:]]
    return spans


def _mode(text: str, spans: Sequence[Span], outermost: Sequence[Span]) -> Mode:
    """Direct if all words stand in quotations, indirect if none do."""
    quoted = unquoted = False
    for span in spans:
        position = span.start
        number = max(0, bisect_left(outermost, span) - 1)
        while number < len(outermost) and outermost[number].start < span.end:
            outer = outermost[number]
            if outer.end > position:
                quoted = True
                unquoted = unquoted or _has_words(text, position, outer.start)
                position = outer.end
            number += 1
        unquoted = unquoted or _has_words(text, position, span.end)
    if quoted:
        return Mode.MIXED if unquoted else Mode.DIRECT
    return Mode.INDIRECT


def _has_words(text: str, start: int, end: int) -> bool:
    return any(char.isalnum() for char in text[start:end])
