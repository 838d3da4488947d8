"""Statements over the lines of a document: quotations that go on, and those that one paragraph announces."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quoth.attribution.layouts import as_draft, labelled, listed, signature
from quoth.attribution.layouts import drafts as drafts_of
from quoth.attribution.sentence_view import Line, Token, lines
from quoth.attribution.speech import Draft, announced, of_line
from quoth.attribution.token_predicates import low
from quoth.doc.doc import Doc, analysed
from quoth.doc.quotations import Quotation
from quoth.doc.turns import TurnKind
from quoth.types import Act, BlockKind, Document, Mode, Places, Span


@dataclass(slots=True)
class _State:
    """What has been found so far: drafts, and the one whose direct speech the next paragraph may go on with."""

    drafts: list[Draft] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    speaking: Draft | None = None
    block: Draft | None = None  # what is speaking, if the layout sets it apart as a quotation
    read: dict[Span, list[Draft]] = field(default_factory=dict)  # drafts of a line that was read ahead


def by_rules(
    document: Document, paragraphs: Sequence[Span], marked: Sequence[Quotation], known: Sequence[Span] = ()
) -> tuple[list[Draft], list[Line]]:
    """Drafts of all statements of a document, found by rules, and the lines they were found in.

    Args:
        document: any document.
        paragraphs: what is read of it.
        marked: its quotations.
        known: words that name a speaker anyhow, such as the author's signature.
    """
    text = document.text
    state = _State()
    outermost = [one for one in marked if one.depth == 0]
    blocks = {block.span.trimmed(text) for block in document.blocks if block.kind is BlockKind.QUOTE}
    doc = analysed(document)
    state.drafts.extend(_turns(doc, paragraphs))
    spoken = Span(doc.turns[0].label.start, doc.turns[-1].words.end) if doc.turns else Span(0, 0)
    labels = labelled(document, [one for one in paragraphs if not one.meets(spoken)], marked)
    waiting = []
    number = 0
    for paragraph in paragraphs:
        here: list[Quotation] = []
        while number < len(outermost) and outermost[number].outer.start < paragraph.end:
            here.append(outermost[number])
            number += 1
        unclosed = [one for one in here if not one.closed and one.outer.start == paragraph.start]
        plain = lines(text, paragraph, ()) if unclosed else []
        ahead = of_line(plain[0].tokens) if plain else []
        forgotten = [one for one in unclosed if _forgotten(one, ahead)]
        here = [one for one in here if one not in forgotten]
        before = len(state.drafts)
        as_read = bool(forgotten) and not here
        here_lines = plain if as_read else lines(text, paragraph, here)
        state.read = {plain[0].span: ahead} if as_read else {}
        state.lines.extend(here_lines)
        if paragraph.meets(spoken):
            continue
        label = labels.get(paragraph)
        if label is not None and label.sure:
            state.speaking = as_draft(text, label)
            state.drafts.append(state.speaking)
            if label.content.length:
                state.speaking = None if label.mode is Mode.DIRECT else state.speaking
            continue
        if label is not None:
            waiting.append(label)
        _paragraph(text, paragraph, here_lines, state, is_block=paragraph in blocks)
        for draft in state.drafts[before:]:
            if draft.content and any(one.inner.start == draft.content[0].start for one in forgotten):
                draft.mode = Mode.DIRECT
    sources = [*known, *(span for draft in state.drafts for span in draft.source)]
    drafts = [draft for draft in [*state.drafts, *drafts_of(text, waiting, sources)] if draft.content]
    return drafts, state.lines


def _turns(doc: Doc, paragraphs: Sequence[Span]) -> list[Draft]:
    """A draft for each turn of a transcript: all that is said from one label to the next."""
    found = []
    starts, ends = [one.start for one in paragraphs], [one.end for one in paragraphs]
    asides = Places(doc.asides)
    for turn in doc.turns:
        first = bisect_right(ends, turn.words.start)
        last = bisect_left(starts, turn.words.end)
        content = [span for one in paragraphs[first:last] for span in _said(doc.text, one, turn.words, asides)]
        spoken = [span for span in content if any(char.isalpha() for char in span.of(doc.text))]  # no "14:03"
        content = spoken or content
        label = turn.label
        mark = Span(label.end - 1, label.end) if not doc.text[label.end - 1].isalnum() else Span(label.end, label.end)
        asks = bool(content) and turn.kind is TurnKind.QUESTION and content[-1].of(doc.text).endswith("?")
        name = Span(label.start, mark.start).trimmed(doc.text)
        found.append(
            Draft(
                cue=(mark,) if mark.length else (),
                source=(name,),
                content=content,
                act=Act.ASK if asks else Act.SAY,
                mode=Mode.DIRECT,
                layout=True,
            )
        )
    return found


def _said(text: str, paragraph: Span, words: Span, asides: Places) -> Iterator[Span]:
    """What of a paragraph belongs to some words, without stage directions and time stamps."""
    start, end = max(paragraph.start, words.start), min(paragraph.end, words.end)
    for aside in asides.spans_meeting(Span(start, end)):
        if aside.start > start:
            yield Span(start, aside.start).trimmed(text)
        start = aside.end
    if start < end:
        yield Span(start, end).trimmed(text)


def _forgotten(one: Quotation, ahead: Sequence[Draft]) -> bool:
    """Whether a quotation that never closes was forgotten: its speaker stands inside it ("“We stay, she said.").

    `ahead` are the drafts of the first line of its paragraph, read without quotations.
    """
    return any(
        draft.source and draft.content and draft.content[0].start <= one.inner.start < draft.cue[0].start
        for draft in ahead
    )


def _paragraph(text: str, paragraph: Span, all_lines: Sequence[Line], state: _State, *, is_block: bool) -> None:
    signed = signature(text, paragraph)
    if signed and state.speaking is not None and not state.speaking.source:
        state.speaking.cue, state.speaking.source = (signed[0],), (signed[1],)
        state.speaking = None
        return
    item = listed(text, paragraph)
    if item is not None and state.speaking is not None and state.speaking.listing:
        state.speaking.content.append(item)
        return
    if is_block or (_awaits(state.speaking) and not any(is_only_quoted(line.tokens) for line in all_lines[:1])):
        found = [] if is_block else [draft for line in all_lines for draft in _drafts(line, state)]
        if not any(_quotes(draft, all_lines) for draft in found):
            goes_on = is_block and state.speaking is not None and state.speaking is state.block
            if state.speaking is None or not (goes_on or _awaits(state.speaking)):
                state.speaking = Draft(cue=(), source=(), mode=Mode.DIRECT)
                state.drafts.append(state.speaking)
            state.speaking.content.append(item or paragraph)
            state.speaking.mode = Mode.DIRECT
            state.speaking.listing = item is not None
            state.drafts.extend(found)
            state.block = state.speaking if is_block else None
            state.speaking = state.speaking if is_block or item else None
            return
    for line in all_lines:
        _line(line, state)


def _drafts(line: Line, state: _State) -> list[Draft]:
    """The drafts of a line, which may have been read ahead."""
    ahead = state.read.pop(line.span, None)
    return of_line(line.tokens) if ahead is None else ahead


def _awaits(draft: Draft | None) -> bool:
    """Whether a draft was announced and has no content yet."""
    return draft is not None and not draft.content


def _quotes(draft: Draft, all_lines: Sequence[Line]) -> bool:
    """Whether a draft has a quotation of the paragraph for its content."""
    return any(_direct(line.tokens, draft) for line in all_lines)


def _line(line: Line, state: _State) -> None:
    tokens = line.tokens
    if state.speaking is not None and not state.speaking.content and is_only_quoted(tokens):
        state.speaking.content.extend(token.span for token in tokens if token.quotation)
        return
    found = _drafts(line, state)
    state.drafts.extend(found)
    state.speaking = next((one for one in reversed(found) if _direct(tokens, one)), None)
    if state.speaking is None and low(tokens, len(tokens) - 1) == ":":
        state.speaking = announced(tokens)
        if state.speaking is not None:
            state.drafts.append(state.speaking)


def is_only_quoted(tokens: Sequence[Token]) -> bool:
    """Whether a line is nothing but quotations."""
    return any(token.quotation for token in tokens) and all(token.quotation or token.mark for token in tokens)


def _direct(tokens: Sequence[Token], draft: Draft) -> bool:
    """Whether some quotation of the line is the draft's content or ends it."""
    ends = {span.end for span in draft.content}
    return any(token.quotation and token.end in ends for token in tokens)
