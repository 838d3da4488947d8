"""Drafts to statements: modes, quotation marks, ids."""

from collections.abc import Sequence

from quoth.attributing.modes import mode_of
from quoth.attributing.speech import Draft
from quoth.text.quotes import Quotation
from quoth.values import Document, Span, Statement, statement_id

#: Whether the content of direct speech keeps its outer quotation marks. PolNeAR has them inside: with them, exact
#: content on its development set is 71.4, without them 49.2.
KEEP_MARKS = True


def placed(
    document: Document, drafts: Sequence[Draft], marked: Sequence[Quotation]
) -> tuple[list[Statement], set[str]]:
    """The drafts as statements in reading order, each place once; ids of those whose grammar or layout is enough."""
    outer = {one.outer: one for one in marked}
    outermost = [one.outer for one in marked if one.depth == 0]
    found: dict[str, Statement] = {}
    firm: set[str] = set()
    for draft in drafts:
        spans = [span.trimmed(document.text) for span in sorted(draft.content)]
        spans = _without_that(document.text, [span for span in spans if span.length], outer)
        if not spans:
            continue
        mode = draft.mode or mode_of(document.text, spans, outermost)
        content = tuple(spans if KEEP_MARKS else [outer[span].inner if span in outer else span for span in spans])
        name = statement_id(document.id, content, mode)
        if draft.sure or draft.layout or draft.borne:
            firm.add(name)
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
    return sorted(found.values(), key=lambda one: (one.extent.start, -one.extent.end)), firm


def _without_that(text: str, spans: list[Span], outer: dict[Span, Quotation]) -> list[Span]:
    """Direct speech after "that" is the quotation alone."""
    if spans and text.startswith("that ", spans[0].start):
        rest = Span(spans[0].start + len("that "), spans[0].end).trimmed(text)
        if rest in outer:
            return [rest, *spans[1:]]
    return spans
