"""The trained tagger's statements, mended by what the rules know for certain.

Quotation marks are hard evidence of where direct speech begins and ends; the act of speech and its negation are read
off the cue; speakers that the layout names, and direct speech that the tagger missed, are added. Figures:
`benchmarks/quality/attribution.py`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from quoth.attribution.acts import act_of
from quoth.attribution.cue_tables import classes, nouns, verbs
from quoth.attribution.cues import is_asked, negated
from quoth.attribution.ending import end_before_next_verbs
from quoth.attribution.sentence_view import Line, Token
from quoth.attribution.speech import Draft
from quoth.attribution.token_predicates import is_finite, is_in, touched
from quoth.doc.quotations import Quotation
from quoth.models.ports import TaggedStatement
from quoth.types import Act, Mode, Span, overlap

_SLIP = 3  # characters by which a content may miss a quotation mark: the mark, and a space or an end mark beside it
_SUBJECT = 12  # words of the longest subject before its verb
_SAME = 0.5  # share of the shorter content that two findings of one statement have in common


def mended(
    text: str,
    tagged: Sequence[TaggedStatement],
    ruled: Sequence[Draft],
    all_lines: Sequence[Line],
    marked: Sequence[Quotation],
    *,
    within_author: bool = False,
) -> list[Draft]:
    """Drafts of all statements of a document.

    Args:
        text: the document's text.
        tagged: what the tagger found.
        ruled: what the rules found.
        all_lines: the narrator's sentences, in order.
        marked: the quotations of the text, in order.
        within_author: whether the text is one statement of its author, in which "I believe ..." counts.
    """
    outer = [one.outer for one in marked if one.depth == 0]
    whole = set(outer)
    reader = _Reader(all_lines)
    drafts = [draft for draft in (_draft(text, one, reader, outer) for one in tagged) if draft.content]
    _share_out(text, drafts, ruled, whole)
    if within_author:
        # "I want a pier" and "thank you for" report nothing in a text in the first person; "I believe that" does
        drafts = [draft for draft in drafts if draft.clause and reader.is_clause(draft)]
    turns = [one for one in ruled if _is_turn(one)]
    labels = {one.cue[0].start for one in turns if one.cue}
    drafts = [*turns, *(draft for draft in drafts if not (draft.cue and draft.cue[0].start in labels))]
    near = _Near(drafts)
    if within_author:
        believed = [one for one in ruled if one.layout or (one.source and one.clause and reader.is_clause(one))]
    else:
        believed = [
            one
            for one in ruled
            if one.layout or one.borne or _sure(one, near) or _is_noun(text, one) or _is_second(text, one, drafts, near)
        ]
    added = (one for one in believed if not _is_turn(one) and not any(_same(one, other) for other in near.of(one)))
    told = [*drafts, *added]
    end_before_next_verbs(text, told, reader.tokens)
    return told


def _is_turn(draft: Draft) -> bool:
    """Whether the layout gives whole paragraphs to a speaker: a turn, a block, a list."""
    return draft.mode is not None and (draft.mode is Mode.DIRECT or len(draft.content) > 1)


class _Near:
    """Drafts by place, so that only neighbours are compared."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._placed = sorted(
            ((span.start, span.end, number) for number, one in enumerate(drafts) for span in one.content)
        )
        self._reach = list(accumulate((end for _, end, _ in self._placed), max))
        self._drafts = drafts

    def of(self, draft: Draft) -> list[Draft]:
        """The drafts whose content meets the cue or the content of `draft`."""
        found: set[int] = set()
        for span in (*draft.content, *draft.cue):
            place = bisect_left(self._placed, (span.end,)) - 1
            while place >= 0 and self._reach[place] > span.start:
                if self._placed[place][1] > span.start:
                    found.add(self._placed[place][2])
                place -= 1
        return [self._drafts[number] for number in sorted(found)]


def _draft(text: str, one: TaggedStatement, reader: "_Reader", outer: Sequence[Span]) -> Draft:
    """What the tagger found, as a draft: its ends at the marks that they miss by a slip, its act read off its cue."""
    act, unsaid, named = reader.act(one)
    content = [_snapped(text, span.trimmed(text), outer) for span in one.content]
    return Draft(
        cue=_worded(text, one.cue),
        source=_worded(text, one.source),
        content=_merged(text, [span for span in content if span.length]),
        act=act,
        negated=unsaid,
        clause=named,
        confidence=one.confidence,
    )


def _share_out(text: str, drafts: Sequence[Draft], ruled: Sequence[Draft], outer: set[Span]) -> None:
    """Give every whole quotation to one speaker, the one whose cue the rules give it to; end no content too soon.

    A draft loses those that the rules give to another cue, unless nothing would be left of it, and gets those of its
    own cue that no draft has.

    Args:
        text: the document's text.
        drafts: of the tagger; their contents are changed.
        ruled: what the rules found.
        outer: the outermost quotations, with their marks.
    """
    owners = {span: one for one in ruled for span in one.content if span in outer and one.cue}
    by_cue = {one.cue: one for one in ruled if one.cue and all(span in outer for span in one.content)}
    taken = sorted({span for draft in drafts for span in draft.content})
    reach = list(accumulate((span.end for span in taken), max))
    ends = {one.cue[-1].end: one.content[-1] for one in ruled if one.cue}
    beginning: dict[int, list[Draft]] = {}
    for one in ruled:
        if one.cue:
            beginning.setdefault(one.cue[0].start, []).append(one)
    for draft in drafts:
        alike = beginning.get(draft.cue[0].start, ()) if draft.cue else ()
        for one in alike:
            _agree(text, draft, one)
        start, end = draft.content[-1]
        further = ends.get(draft.cue[-1].end) if draft.cue else None
        if further is not None and further.start < end < further.end and _goes_on(text[end : end + 40]):
            draft.content[-1] = Span(start, further.end)
        rule = by_cue.get(draft.cue)
        if rule is None:
            continue
        kept = [span for span in draft.content if span not in owners or owners[span].cue == draft.cue]
        added = [span for span in rule.content if not _meets_any(span, taken, reach)] if kept else []
        if kept:
            draft.content = sorted([*kept, *added])


def _agree(text: str, draft: Draft, one: Draft) -> None:
    """Take over what the rules tell for certain of a draft whose cue begins with theirs.

    That is who stands right behind it, where the tagger saw nobody; that its subject is no part of what it says
    ("Orla | accused | Dune of ..."); whether it stands anywhere; that what was denied is no part of the cue ("denied |
    any part in smuggling"); and that the clause of a noun ends before the verb of its sentence ("the claim that Orla
    lied | was rejected").
    """
    begin, last = one.content[0], one.content[-1]
    beside = one.source and 0 <= one.source[0].start - one.cue[-1].end <= 1  # "added little Bess"
    if not draft.source and beside and begin in draft.content:
        draft.source = one.source
    if len(draft.content) > 1 and not draft.source and any(draft.content[0].meets(span) for span in one.source):
        draft.source, draft.content = one.source, draft.content[1:]
    if begin.start == draft.content[0].start:
        draft.sure = draft.sure or one.sure
        if last.end < draft.content[-1].end and one.cue[-1].of(text).casefold() in nouns():
            draft.content = list(one.content)
    elif one.act is Act.DENY and draft.cue[-1].meets(begin) and last.end == draft.content[-1].end:
        draft.cue, draft.content = one.cue, list(one.content)


def _goes_on(words: str) -> bool:
    """Whether words go on with one content after a comma: ", in exchange for", ", and that"."""
    continuing = tuple(one.replace("_", " ") for one in classes()["continuing"])
    return words.startswith(",") and words[1:].lstrip().casefold().startswith(continuing)


def _meets_any(span: Span, taken: Sequence[Span], reach: Sequence[int]) -> bool:
    """Whether a span meets one of those in order; `reach` has the farthest end up to each."""
    place = bisect_left(taken, Span(span.end, span.end))
    return place > 0 and reach[place - 1] > span.start


def _worded(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans without white space at their ends; those that held nothing else are left out."""
    return tuple(span for span in (one.trimmed(text) for one in spans) if span.length)


def _snapped(text: str, span: Span, outer: Sequence[Span]) -> Span:
    """The span with its ends moved to the marks of a quotation that they miss by a slip."""
    start, end = span
    for quotation in _neighbours(outer, span):
        if abs(start - quotation.start) <= _SLIP and start != quotation.start and end > quotation.start + _SLIP:
            start = _at_mark(text, start, quotation.start)
        if abs(end - quotation.end) <= _SLIP and end != quotation.end and start < quotation.end - _SLIP:
            end = _at_mark(text, end, quotation.end)
    return Span(start, end) if start < end else span


def _at_mark(text: str, place: int, mark: int) -> int:
    """The mark, if only marks and white space stand between it and a place; else the place."""
    between = text[min(place, mark) : max(place, mark)]
    return place if any(char.isalnum() for char in between) else mark


def _neighbours(outer: Sequence[Span], span: Span) -> list[Span]:
    """The quotations that a span meets, with one before and one after."""
    first = max(0, bisect_right(outer, Span(span.start, span.start)) - 1)
    last = bisect_right(outer, Span(span.end, span.end)) + 1
    return list(outer[first:last])


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that meet or that only white space parts made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and (span.start <= result[-1].end or not text[result[-1].end : span.start].strip()):
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def _sure(draft: Draft, near: _Near) -> bool:
    """Whether a statement of the rules is one by its grammar, and stands inside a statement or answers one."""
    if not draft.sure:
        return False
    return bool(draft.cue) and (_within(draft, near.of(draft)) or not draft.clause)


def _is_noun(text: str, draft: Draft) -> bool:
    """Whether a noun of saying has a clause: "the firm's admission that it had lost the keys"."""
    if not draft.sure or not draft.cue:
        return False
    return draft.cue[-1].of(text).casefold() in nouns() and text.startswith("that ", draft.content[0].start)


_SECOND = re.compile(r"\b(?:and|but)\s+(?:also\s+|then\s+|later\s+)?\Z")
_NEAR = 20  # characters before a cue in which "and" stands


def _is_second(text: str, draft: Draft, found: Sequence[Draft], near: _Near) -> bool:
    """Whether a speaker who was found says something more: "said the offer was an insult, and demanded a raise"."""
    form = verbs().get(draft.cue[-1].of(text).casefold()) if draft.cue and draft.source else None
    if form is None or form.kind not in {"past", "s"} or "q" not in form.word.frames or near.of(draft):
        return False
    at = draft.cue[0].start
    if not _SECOND.search(text, max(draft.source[-1].end, at - _NEAR), at):
        return False
    return any(
        one.cue and one.source and one.cue[0].start < at and one.source[0].meets(draft.source[0]) for one in found
    )


def _within(draft: Draft, found: Sequence[Draft]) -> bool:
    """Whether all of a draft's cue stands in the content of one of some others."""
    return bool(draft.cue) and any(
        all(any(span.holds(cue) for span in one.content) for cue in draft.cue) for one in found
    )


def _same(draft: Draft, other: Draft) -> bool:
    """Whether two findings are one statement: most of the shorter is common, and neither reports the other."""
    common = sum(overlap(one, span) for one in draft.content for span in other.content)
    shorter = min(sum(span.length for span in one.content) for one in (draft, other))
    if common < _SAME * max(1, shorter):
        return False
    if draft.borne and _within(other, [draft]):
        return False  # "the accusation that Orla lied was rejected"
    return not (draft.cue and (draft.source or draft.sure) and _within(draft, [other]))


def _head(tokens: Sequence[Token], numbers: Sequence[int]) -> int | None:
    """The cue word among the tokens of a cue: its last verb, or else its noun."""
    for table in (verbs(), nouns()):
        for number in reversed(numbers):
            if tokens[number].low in table:
                return number
    return None


class _Reader:
    """The narrator's sentences, to look up what a cue and a content are made of."""

    def __init__(self, all_lines: Sequence[Line]) -> None:
        self._lines = all_lines
        self._starts = [line.span.start for line in all_lines]

    def tokens(self, offset: int) -> Sequence[Token]:
        """The tokens of the line that holds an offset; none before the first line."""
        place = bisect_right(self._starts, offset) - 1
        return self._lines[place].tokens if place >= 0 else ()

    def act(self, one: TaggedStatement) -> tuple[Act, bool, bool]:
        """The act of speech, whether the cue says that nothing was said, and whether a word of saying stands in it."""
        tokens = self.tokens(one.cue[0].start) if one.cue else ()
        numbers = touched(tokens, one.cue)
        if not numbers:
            return Act.SAY, False, False
        head = _head(tokens, numbers)
        if head is None:
            plain = tokens[numbers[0]].low in classes()["say_otherwise"]
            return (Act.SAY if plain else Act.OTHER), False, plain
        named = [number for number, token in enumerate(tokens) if any(span.start == token.start for span in one.source)]
        if any(is_asked(tokens, number) for number in named):
            return Act.ASK, negated(tokens, numbers[0], head), True
        form = verbs().get(tokens[head].low) or nouns()[tokens[head].low]
        following = tokens[numbers[-1] + 1].low if numbers[-1] + 1 < len(tokens) else ""
        content = min(
            (token.low for token in tokens if any(span.start == token.start for span in one.content)), default=""
        )
        after = tokens[head + 1].low if head + 1 < len(tokens) else ""
        asked = ["to"] if _asks_to(tokens, one) else []
        return act_of(form.word, (*asked, after, following, content)), negated(tokens, numbers[0], head), True

    def is_clause(self, draft: Draft) -> bool:
        """Whether a content begins with a quotation, "that", or a subject whose verb follows before any mark."""
        start = draft.content[0].start
        tokens = self.tokens(start)
        first = next((number for number, token in enumerate(tokens) if token.end > start), None)
        if first is None or tokens[first].quotation is not None:
            return first is not None
        if tokens[first].low == "that":
            return draft.content[0].length > len("that")  # "a plan that bears scrutiny"
        if first and tokens[first - 1].low == ":":
            return True  # "I tell my patients: do not buy it"
        if not draft.source and draft.cue and start < draft.cue[0].start:
            return False  # "readers are expected to pay"
        return _subject_begins(tokens, first) and _verb_follows(tokens, first, draft.cue)


def _asks_to(tokens: Sequence[Token], one: TaggedStatement) -> bool:
    """Whether the content asks somebody "to" do something: "asked the ministry to close the pier"."""
    inside = touched(tokens, one.content)
    to = next((number for number in inside[:_SUBJECT] if tokens[number].low == "to"), None)
    return to is not None and not any(is_finite(tokens, number) for number in inside if number < to)


def _subject_begins(tokens: Sequence[Token], first: int) -> bool:
    """Whether a subject may begin here: not after "thank (you for)", "asked (me about)", "feel (quite well)"."""
    if is_in(tokens, first, "prepositions", "questions", "objects"):
        return False
    if tokens[first].low == "you" and first + 1 < len(tokens) and is_in(tokens, first + 1, "prepositions"):
        return False
    return not (first and is_in(tokens, first - 1, "feeling")) or is_in(tokens, first, "pronouns", "determiners")


def _verb_follows(tokens: Sequence[Token], first: int, cue: Sequence[Span]) -> bool:
    """Whether a finite verb that is not the cue's follows the word at `first` before any mark."""
    for number in range(first, min(len(tokens), first + _SUBJECT)):
        token = tokens[number]
        if token.mark or token.quotation is not None or any(span.meets(token.span) for span in cue):
            return False  # "computers are portrayed as tools"
        if number > first and is_finite(tokens, number):
            return True
    return False
