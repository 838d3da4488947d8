"""Who said what, by rules: the door of the room."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quoth.attributing.contents import backward, clause_end, forward
from quoth.attributing.cues import Cue, cues
from quoth.attributing.lines import Line, Token, lines
from quoth.attributing.sources import Range, after_cue, before_cue, main_subject
from quoth.encoder.port import Tagger
from quoth.text.quotes import Quotation, quotations
from quoth.values import BODY_KINDS, Act, Document, Mode, Span, Statement, statement_id


@dataclass(slots=True)
class Draft:
    """A statement in the making."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: list[Span] = field(default_factory=list)
    act: Act = Act.SAY
    negated: bool = False


def attribute(document: Document, tagger: Tagger | None = None) -> tuple[Statement, ...]:
    """Who said what in a document.

    Args:
        document: any document; only blocks that can hold statements are read. Without blocks, all of its text is.
        tagger: the trained tagger; without it, rules alone.

    Returns:
        Statements in reading order of their contents, speakers unresolved. Pure.
    """
    paragraphs = body(document)
    marked = quotations(document.text, paragraphs)
    return finished(document, by_rules(document.text, paragraphs, marked), marked)


def body(document: Document) -> list[Span]:
    """The stretches that are read, in order, trimmed."""
    if document.blocks:
        spans = [block.span for block in document.blocks if block.kind in BODY_KINDS]
    else:
        spans = []
        start = 0
        for line in document.text.splitlines(keepends=True):
            spans.append(Span(start, start + len(line)))
            start += len(line)
    return [span for span in (one.trimmed(document.text) for one in spans) if span.length]


def by_rules(text: str, paragraphs: Sequence[Span], marked: Sequence[Quotation]) -> list[Draft]:
    """Drafts of all statements."""
    drafts: list[Draft] = []
    outermost = [one for one in marked if one.depth == 0]
    number = 0
    for paragraph in paragraphs:
        here: list[Quotation] = []
        while number < len(outermost) and outermost[number].outer.start < paragraph.end:
            here.append(outermost[number])
            number += 1
        _paragraph(text, lines(text, paragraph, here), drafts)
    return drafts


def _paragraph(text: str, all_lines: Sequence[Line], drafts: list[Draft]) -> None:
    fresh = True
    for line in all_lines:
        tokens = line.tokens
        if _only_quotations(tokens):
            if (drafts and drafts[-1].content and not fresh) or (drafts and fresh and _carried(tokens)):
                drafts[-1].content.extend(token.span for token in tokens if token.quotation)
            fresh = False
            continue
        before = len(drafts)
        _line(text, tokens, drafts)
        fresh = False if len(drafts) > before else fresh


def _only_quotations(tokens: Sequence[Token]) -> bool:
    return any(token.quotation for token in tokens) and all(token.quotation or token.mark for token in tokens)


def _carried(tokens: Sequence[Token]) -> bool:
    return any(token.quotation and token.quotation.carried for token in tokens)


def _span(tokens: Sequence[Token], place: Range) -> Span:
    return Span(tokens[place[0]].start, tokens[place[1] - 1].end)


def _line(text: str, tokens: Sequence[Token], drafts: list[Draft]) -> None:
    floor = 0
    last_source: Range | None = None
    for cue in cues(tokens):
        draft, last_source, floor = _one(tokens, cue, last_source, floor)
        if draft:
            drafts.append(draft)


def _one(
    tokens: Sequence[Token], cue: Cue, last_source: Range | None, floor: int
) -> tuple[Draft | None, Range | None, int]:
    if cue.kind == "according":
        return _according(tokens, cue, last_source, floor)
    source = None
    content: Range | None = None
    if cue.kind == "noun":
        source = (
            before_cue(tokens, cue)
            if cue.first and tokens[cue.first - 1].low in {"'s", "'", "his", "her", "their", "its"}
            else None
        )
    elif cue.kind == "ing" or (cue.first and tokens[cue.first - 1].low in {"and", "but", "or"}):
        source = last_source or main_subject(tokens, cue.first)
    elif not cue.passive:
        source = before_cue(tokens, cue)
    after = cue.last + 1
    if source and source[1] <= cue.first and cue.kind not in {"noun", "ing"} and "q" in cue.word.frames:
        content = _before(tokens, source[0], after, floor)
        if content:
            second = _continued(tokens, after)
            return _draft(tokens, cue, source, [content, *second]), source, after
    if (
        source is None
        and not cue.passive
        and "q" in cue.word.frames
        and cue.first
        and _quotation_before(tokens, cue.first)
    ):
        inverted = after_cue(tokens, after)
        if inverted:
            content = backward(tokens, cue.first, floor)
            if content:
                second = _continued(tokens, inverted[1])
                return _draft(tokens, cue, inverted, [content, *second]), inverted, inverted[1]
    content = forward(tokens, cue, after)
    if content is None:
        return None, source or last_source, floor
    return _draft(tokens, cue, source, [content]), source or last_source, floor


def _according(
    tokens: Sequence[Token], cue: Cue, last_source: Range | None, floor: int
) -> tuple[Draft | None, Range | None, int]:
    source = after_cue(tokens, cue.last + 1)
    if source is None:
        return None, last_source, floor
    if cue.first == 0 or (tokens[cue.first - 1].low in {",", "and", "but"} and cue.first <= 2):  # noqa: PLR2004
        start = source[1]
        while start < len(tokens) and tokens[start].low != ",":
            start += 1
        if start + 1 >= len(tokens):
            return None, source, floor
        content = start + 1, clause_end(tokens, start + 1)
        return _draft(tokens, cue, source, [content]), None, floor
    before = backward(tokens, cue.first, floor)
    return (_draft(tokens, cue, source, [before]) if before else None), source, floor


def _quotation_before(tokens: Sequence[Token], place: int) -> bool:
    before = place - 1
    while before >= 0 and tokens[before].mark:
        before -= 1
    return before >= 0 and (tokens[before].quotation is not None or tokens[place - 1].low == ",")


def _before(tokens: Sequence[Token], start: int, after: int, floor: int) -> Range | None:
    """The content before "X said" if it stands there."""
    if start <= floor:
        return None
    following = tokens[after].low if after < len(tokens) else "."
    mark = tokens[start - 1]
    if mark.quotation is not None or (mark.low == "," and start >= 2 and tokens[start - 2].quotation is not None):  # noqa: PLR2004
        quoted = mark.quotation or tokens[start - 2].quotation
        if quoted is not None and (quoted.inner.length > 25 or following in {".", ","}):  # noqa: PLR2004
            return backward(tokens, start, floor)
        return None
    if mark.low in {",", "—", "–"} and following in {".", ","}:
        return backward(tokens, start, floor)
    return None


def _continued(tokens: Sequence[Token], place: int) -> list[Range]:
    """A second part after "..., he said, “...”"."""
    if place < len(tokens) and tokens[place].low == ",":
        if place + 1 < len(tokens) and tokens[place + 1].quotation:
            end = len(tokens)
            while end > place + 1 and tokens[end - 1].mark:
                end -= 1
            return [(place + 1, end)]
        return []
    for number in range(place, len(tokens)):
        if tokens[number].quotation:
            return [(number, number + 1)] if tokens[number - 1].low in {",", ":"} else []
    return []


def _draft(tokens: Sequence[Token], cue: Cue, source: Range | None, content: Sequence[Range]) -> Draft:
    return Draft(
        cue=(_span(tokens, (cue.first, cue.last + 1)),),
        source=(_span(tokens, source),) if source else (),
        content=[_span(tokens, one) for one in content],
        act=cue.word.act,
        negated=cue.negated,
    )


KEEP_MARKS = False  # whether the content of direct speech keeps its outer quotation marks


def finished(document: Document, drafts: Sequence[Draft], marked: Sequence[Quotation]) -> tuple[Statement, ...]:
    """Statements from drafts: modes, marks, ids and nesting."""
    outer = {one.outer: one for one in marked}
    found: list[Statement] = []
    seen: set[str] = set()
    for draft in drafts:
        spans = [span.trimmed(document.text) for span in draft.content]
        spans = _without_that(document.text, [span for span in spans if span.length], outer)
        if not spans:
            continue
        mode = _mode(document.text, spans, marked)
        if not KEEP_MARKS:
            spans = [outer[span].inner if span in outer else span for span in spans]
        content = tuple(sorted(spans))
        name = statement_id(document.id, content, mode)
        if name in seen:
            continue
        seen.add(name)
        found.append(
            Statement(name, document.id, mode, content, draft.cue, draft.source, act=draft.act, negated=draft.negated)
        )
    found.sort(key=lambda one: (one.extent.start, -one.extent.end))
    return nested(found)


def _without_that(text: str, spans: list[Span], outer: dict[Span, Quotation]) -> list[Span]:
    """Direct speech after "that" is the quotation alone."""
    result = []
    for span in spans:
        words = span.of(text)
        if words[:5] == "that ":
            rest = Span(span.start + 5, span.end).trimmed(text)
            if rest in outer:
                result.append(rest)
                continue
        result.append(span)
    return result


def _mode(text: str, spans: Sequence[Span], marked: Sequence[Quotation]) -> Mode:
    quoted = unquoted = False
    for span in spans:
        position = span.start
        for one in marked:
            if one.depth == 0 and one.outer.meets(span):
                quoted = True
                unquoted = unquoted or any(char.isalnum() for char in text[position : one.outer.start])
                position = max(position, one.outer.end)
        unquoted = unquoted or any(char.isalnum() for char in text[position : span.end])
    if quoted:
        return Mode.MIXED if unquoted else Mode.DIRECT
    return Mode.INDIRECT


def nested(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements whose cue and content stand inside the content of another, linked to the innermost such one."""
    result = []
    for one in statements:
        best: Statement | None = None
        for other in statements:
            if other.id == one.id or not _inside(one, other):
                continue
            if best is None or other.extent.length < best.extent.length:
                best = other
        result.append(replace(one, within=best.id) if best else one)
    return tuple(result)


def _inside(one: Statement, other: Statement) -> bool:
    return (
        all(any(span.holds(cue) for span in other.content) for cue in one.cue)
        and any(span.holds(one.content[0]) for span in other.content)
        and one.content != other.content
        and bool(one.cue)
    )
