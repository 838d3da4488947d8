"""Statements over the lines of a document: quotations that go on, and those that one paragraph announces."""

from collections.abc import Sequence

from quoth.attributing.layouts import labelled
from quoth.attributing.lines import Line, Token, lines
from quoth.attributing.phrases import low
from quoth.attributing.speech import Draft, announced, of_line
from quoth.text.quotes import Quotation
from quoth.values import Document, Span


def by_rules(document: Document, paragraphs: Sequence[Span], marked: Sequence[Quotation]) -> list[Draft]:
    """Drafts of all statements of a document, found by rules."""
    drafts: list[Draft] = []
    outermost = [one for one in marked if one.depth == 0]
    number = 0
    speaking: Draft | None = None  # whose direct speech may go on
    labels = labelled(document, paragraphs)
    for paragraph in paragraphs:
        here: list[Quotation] = []
        while number < len(outermost) and outermost[number].outer.start < paragraph.end:
            here.append(outermost[number])
            number += 1
        label = labels.get(paragraph)
        if label is not None:
            drafts.append(label)
            speaking = None
            continue
        speaking = _paragraph(document.text, lines(document.text, paragraph, here), drafts, speaking)
    return [draft for draft in drafts if draft.content]


def _paragraph(text: str, all_lines: Sequence[Line], drafts: list[Draft], speaking: Draft | None) -> Draft | None:
    """Add a paragraph's drafts; returns the one whose direct speech the next paragraph may go on with."""
    for line in all_lines:
        tokens = line.tokens
        if speaking is not None and is_only_quoted(tokens):
            speaking.content.extend(token.span for token in tokens if token.quotation)
            continue
        found = of_line(tokens)
        drafts.extend(found)
        speaking = next((one for one in reversed(found) if _direct(tokens, one)), None) or _announced(tokens, drafts)
    return speaking


def is_only_quoted(tokens: Sequence[Token]) -> bool:
    """Whether a line is nothing but quotations."""
    return any(token.quotation for token in tokens) and all(token.quotation or token.mark for token in tokens)


def _direct(tokens: Sequence[Token], draft: Draft) -> bool:
    """Whether some quotation of the line is the draft's content or ends it."""
    ends = {span.end for span in draft.content}
    return any(token.quotation and token.end in ends for token in tokens)


def _announced(tokens: Sequence[Token], drafts: list[Draft]) -> Draft | None:
    """A statement without content yet, for a line that ends in a cue and a colon: "The ministry said:"."""
    if low(tokens, len(tokens) - 1) != ":":
        return None
    draft = announced(tokens)
    if draft is not None:
        drafts.append(draft)
    return draft
