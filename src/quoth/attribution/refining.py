"""Where marks, layout or grammar are hard evidence, the tagger's statements are refined by them."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from quoth.attribution.contents import clause_end
from quoth.attribution.cue_tables import classes, nouns, verbs
from quoth.attribution.layouts import is_label, names_speaker
from quoth.attribution.sentence_view import Token
from quoth.attribution.speech import Draft
from quoth.attribution.token_predicates import ends_trimmed, is_adverb, is_finite, is_in, low, touched
from quoth.doc.quotations import Quotation
from quoth.types import Mode, Span

_LONGEST_CUE = 80  # characters
_ASIDE = 8  # tokens between a cue and the comma behind it: ", Orla told the council on Monday,"


class ByCue:
    """What the rules found, by the places of the cues."""

    def __init__(self, ruled: Sequence[Draft]) -> None:
        self._placed = sorted(((one.cue[0].start, number) for number, one in enumerate(ruled) if one.cue))
        self._ruled = ruled

    def between(self, start: int, end: int) -> list[Draft]:
        """The drafts whose cues begin at `start` or behind it, before `end`, in order."""
        first, last = bisect_left(self._placed, (start, -1)), bisect_left(self._placed, (end, -1))
        return [self._ruled[number] for _, number in self._placed[first:last]]

    def near(self, draft: Draft) -> list[Draft]:
        """The drafts one of whose cues may meet one of this draft's."""
        found = [one for span in draft.cue for one in self.between(span.start - _LONGEST_CUE, span.end)]
        return list({id(one): one for one in found}.values())


def refined(
    text: str,
    drafts: Sequence[Draft],
    ruled: ByCue,
    tokens_at: Callable[[int], Sequence[Token]],
    marked: Sequence[Quotation],
) -> list[Draft]:
    """The tagger's drafts without what marks, layout or grammar disprove, and with what they demand.

    Args:
        text: the document's text.
        drafts: what the tagger found, each with a content.
        ruled: what the rules found.
        tokens_at: gives the tokens of the line that holds an offset.
        marked: the outermost quotations, in order.
    """
    starts = [one.outer.start for one in marked]
    result = []
    for draft in drafts:
        tokens = tokens_at((draft.cue or draft.content)[0].start)
        same = ruled.near(draft)
        if _is_no_statement(text, draft, tokens, same):
            continue
        first = max(0, bisect_left(starts, draft.content[0].start) - 1)
        last = bisect_left(starts, draft.content[-1].end)
        kept = _trimmed(text, draft, tokens_at(draft.content[0].start), marked[first:last])
        alike = [one for one in same if _has_cue(one, draft)]
        result.append(_laid_out(_completed(text, kept, alike, tokens), same))
    return result


def _has_cue(one: Draft, draft: Draft) -> bool:
    """Whether a statement of the rules has a draft's cue: begins there or, where grammar tells it all, holds it."""
    if not draft.cue:
        return False
    return one.cue[0].start == draft.cue[0].start or (one.borne and one.cue[0].holds(draft.cue[0]))


def _is_no_statement(text: str, draft: Draft, tokens: Sequence[Token], ruled: Sequence[Draft]) -> bool:
    """Whether what the tagger found only looks like a statement."""
    if _is_bare_noun(text, draft):
        return True
    cued = touched(tokens, draft.cue)
    if not draft.source:
        if any(tokens[number].quotation is not None for number in cued if not _inside(draft.cue, tokens[number].span)):
            return True  # the “debate” on the “future”
        return any(is_in(tokens, number, "naming") for number in cued)  # his boat is known as “the Duchess”
    return all(span.of(text) == ":" for span in draft.cue) and _is_topic(text, draft, tokens, ruled)


def _is_bare_noun(text: str, draft: Draft) -> bool:
    """Whether a noun of saying with its participle was taken for a content: "a statement issued by the ministry"."""
    if len(draft.content) > 1 or not draft.cue or draft.cue[0].start < draft.content[0].end:
        return False
    first, *further = draft.content[0].of(text).casefold().split()
    named = len(further) == 1 and first in classes()["determiners"] and further[0] in nouns()
    return named and draft.cue[0].of(text).casefold().split()[0] not in classes()["auxiliaries"]


def _inside(cue: Sequence[Span], quotation: Span) -> bool:
    """Whether the cue stands in the quotation, as one that is reported there."""
    return all(quotation.holds(span) and span.start > quotation.start for span in cue)


def _is_topic(text: str, draft: Draft, tokens: Sequence[Token], ruled: Sequence[Draft]) -> bool:
    """Whether the words before a colon name what a headline is about: "Election 2031: what we know"."""
    if not draft.cue or any(one.cue == draft.cue for one in ruled):
        return False
    label = draft.source[-1].of(text)
    first = next((number for number, token in enumerate(tokens) if token.start >= draft.content[0].start), None)
    if first is None or not is_label(label) or tokens[first].quotation is not None or names_speaker(label):
        return False
    if is_in(tokens, first, "questions"):
        return not draft.content[-1].of(text).endswith("?")
    words = classes()
    return not any(
        token.low in words["auxiliaries"] or token.low in words["verbs"] or token.low in verbs()
        for token in tokens[first:]
    )


def _trimmed(text: str, draft: Draft, tokens: Sequence[Token], marked: Sequence[Quotation]) -> Draft:
    """The draft without words that are not part of what was said; `tokens` are those of its beginning."""
    spans = draft.content
    if len(spans) > 1:  # "It was said by X that ...": "it" stands for the clause
        said = [span for span in spans if not (span.of(text).casefold() == "it" and _before_cue(text, draft, span))]
        spans = said if any(text.startswith("that ", span.start) for span in said) else spans
    spans = [_before_narration(tokens, span) for span in spans]
    draft.content = [part for span in spans for part in _paragraphs(text, span, marked)]
    return draft


def _before_cue(text: str, draft: Draft, span: Span) -> bool:
    return bool(draft.cue) and not text[span.end : max(span.end, draft.cue[0].start)].strip()


def _before_narration(tokens: Sequence[Token], span: Span) -> Span:
    """A quotation without the narrator's next verb: "She said ‘it is safe’ and left"."""
    for number, token in enumerate(tokens):
        if token.start < span.start or token.quotation is None:
            continue
        if token.start > span.start or token.end >= span.end:
            break
        after = number + 1
        if low(tokens, after) not in {"and", "but"}:
            break
        after += 1
        while after < len(tokens) and is_adverb(tokens, after):
            after += 1
        if after < len(tokens) and is_finite(tokens, after):
            return token.span
        break
    return span


def _paragraphs(text: str, span: Span, marked: Sequence[Quotation]) -> list[Span]:
    """A quotation over several paragraphs with marks opened again, as one span a paragraph."""
    parts = [one.outer for one in marked if span.holds(one.outer)]
    if len(parts) < 2 or parts[0].start != span.start or parts[-1].end != span.end:  # noqa: PLR2004
        return [span]
    between = [text[one.end : other.start] for one, other in pairwise(parts)]
    return parts if all("\n" in words and not words.strip() for words in between) else [span]


def _laid_out(draft: Draft, ruled: Sequence[Draft]) -> Draft:
    """The draft with the content that the layout gives its cue: the block, the list or the paragraph announced."""
    for one in ruled:
        if one.mode is not None and not one.layout and any(a.meets(b) for a in one.cue for b in draft.cue):
            return replace(draft, content=list(one.content), mode=one.mode)
    return draft


#: Characters behind a clause in which the cue stands that it is the subject of: "have since been rejected".
_NEXT_VERB = 40


def answered(drafts: Sequence[Draft], ruled: ByCue) -> list[Draft]:
    """Statements of the rules that answer a statement which is the subject of their verb.

    "Accusations by X that Y lied were rejected by Z": what Z rejected is the accusation, which ends before its verb.
    The contents of `drafts` that run on are cut.
    """
    found = []
    for draft in drafts:
        start, end = draft.content[0].start, draft.content[-1].end
        if len(draft.content) > 1 or not draft.cue or draft.cue[0].start > start:
            continue
        for noun in ruled.near(draft):
            cut = noun.content[-1].end
            if noun.content[0].start != start or cut > end or not any(draft.cue[0].meets(cue) for cue in noun.cue):
                continue
            reach = end if cut < end else end + _NEXT_VERB
            answers = [one for one in ruled.between(cut, reach) if _answers(one, noun, reach)]
            if answers:
                draft.content = [Span(start, cut)]
                found.extend(answers)
    return found


def end_before_participles(text: str, drafts: Sequence[Draft]) -> None:
    """Ends contents before what the same words as their source go on to say: "Orla said that A, adding that B"."""
    by_source: dict[tuple[Span, ...], list[Draft]] = {}
    for draft in drafts:
        if draft.source and draft.cue and draft.content:
            by_source.setdefault(draft.source, []).append(draft)
    for draft in (one for alike in by_source.values() if len(alike) > 1 for one in alike):
        content = draft.content[-1]
        if draft.cue[0].start > content.start:
            continue
        for other in by_source[draft.source]:
            goes_on = content.start < other.cue[0].start and content.holds(other.cue[0])
            participle = _PARTICIPLE.search(text, content.start, other.cue[0].end) if goes_on else None
            if participle is not None and content.holds(other.content[-1]):
                draft.content = [*draft.content[:-1], Span(content.start, participle.start())]
                break


#: A comma and a participle, right before a cue or as one: ", replying by stressing".
_PARTICIPLE = re.compile(r", (?:and |but )?[a-z]+ing(?: \w+){0,2}\Z")


def _answers(one: Draft, noun: Draft, end: int) -> bool:
    return (
        one.mode is not Mode.DIRECT
        and bool(one.source)
        and any(span.holds(noun.cue[0]) and span.holds(noun.content[-1]) for span in one.content)
        and all(noun.content[-1].end <= cue.start < end for cue in one.cue)
    )


def _completed(text: str, draft: Draft, ruled: Sequence[Draft], tokens: Sequence[Token]) -> Draft:
    """The draft with what its grammar demands and the tagger missed.

    That is the whole cue and who speaks in "it was said by X that ...", and the rest of a clause that its cue parts:
    "The pier, Orla said, would open".
    """
    for one in ruled:
        if one.borne:
            alike = draft.source and any(span.start == one.content[0].start for span in draft.content)
            content = draft.content if alike else list(one.content)
            draft = replace(draft, cue=one.cue, source=one.source, content=content)
        elif one.source and _is_parted(one, tokens):
            missed = [part for part in one.content if not any(part.meets(span) for span in draft.content)]
            if len(missed) == 1 and any(span in one.content for span in draft.content):
                draft = replace(draft, content=list(one.content), source=draft.source or one.source)
    return _one_sentence(_joined(text, _without_content(text, draft), tokens), tokens)


def _is_parted(one: Draft, tokens: Sequence[Token]) -> bool:
    """Whether the cue of a statement parts its clause: what follows it begins with the verb."""
    if len(one.content) != 2 or not one.content[0].end <= one.cue[0].start < one.content[1].start:  # noqa: PLR2004
        return False
    return _is_verb(tokens, _number(tokens, one.content[1].start))


def _is_verb(tokens: Sequence[Token], number: int) -> bool:
    if not is_finite(tokens, number):
        return False
    return is_in(tokens, number, "auxiliaries", "verbs") or low(tokens, number).endswith("ed")


def _number(tokens: Sequence[Token], offset: int) -> int:
    """The number of the first token that ends after an offset; of the last one beyond the line."""
    return next((number for number, token in enumerate(tokens) if token.end > offset), len(tokens) - 1)


def _without_content(text: str, draft: Draft) -> Draft:
    """The draft whose source does not begin with words of its content: "She, Orla said, was not told"."""
    if len(draft.source) != 1:
        return draft
    source = draft.source[0]
    start = max((span.end for span in draft.content if span.start <= source.start < span.end < source.end), default=0)
    if not start:
        return draft
    while start < source.end and not text[start].isalnum():
        start += 1
    return replace(draft, source=(Span(start, source.end),)) if start < source.end else draft


def _joined(text: str, draft: Draft, tokens: Sequence[Token]) -> Draft:
    """The draft with the verb that its first part lacks, where the line goes on with it behind the cue."""
    if len(draft.content) != 1 or not draft.cue or draft.content[0].end > draft.cue[0].start:
        return draft
    begin = _number(tokens, draft.content[0].start)
    end = _number(tokens, draft.content[0].end)
    after = _number(tokens, max(span.end for span in (*draft.cue, *draft.source)))
    if low(tokens, end) != "," or any(
        tokens[number].quotation is not None or is_finite(tokens, number) for number in range(begin, end)
    ):
        return draft
    comma = next((number for number in range(after, min(len(tokens), after + _ASIDE)) if low(tokens, number) == ","), 0)
    if not comma or comma + 1 >= len(tokens) or not _is_verb(tokens, comma + 1):
        return draft
    rest = Span(tokens[comma + 1].start, tokens[clause_end(tokens, comma + 1, len(tokens)) - 1].end)
    return replace(draft, content=[*draft.content, rest])


def _one_sentence(draft: Draft, tokens: Sequence[Token]) -> Draft:
    """The draft whose parted clause ends with its sentence."""
    if len(draft.content) != 2 or not draft.cue or not tokens:  # noqa: PLR2004
        return draft
    first, second = draft.content
    number = _number(tokens, second.start)
    inside = first.end <= draft.cue[0].start < second.start < tokens[-1].end
    if not inside or second.end <= tokens[-1].end or tokens[number].quotation is not None:
        return draft
    if not _is_verb(tokens, number):
        return draft
    end = tokens[ends_trimmed(tokens, number, len(tokens)) - 1].end
    return replace(draft, content=[first, Span(second.start, end)])
