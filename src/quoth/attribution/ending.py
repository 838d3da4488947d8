"""Where a content ends: before its speaker's next verb, which tells something else."""

import re
from collections.abc import Callable, Sequence

from quoth.attribution.sentence_view import Token
from quoth.attribution.speech import Draft
from quoth.attribution.token_predicates import is_adverb, is_finite, is_in, low
from quoth.types import Span

#: A comma and a participle, right before a cue or as one: ", replying by stressing".
_PARTICIPLE = re.compile(r", (?:and |but )?[a-z]+ing(?: \w+){0,2}\Z")
#: What a clause is told with that was still to come; a past behind it is another verb's.
_TO_COME = frozenset(("'d", "would", "will", "'ll", "wouldn't"))


def end_before_next_verbs(text: str, drafts: Sequence[Draft], tokens_at: Callable[[int], Sequence[Token]]) -> None:
    """Ends the contents of drafts before what their speakers do or say next.

    "She said “it is safe” and left"; "she said she would stay and then turned away"; "Orla said A, adding that B".
    """
    for draft in drafts:
        if draft.mode is None and draft.cue and draft.content and draft.cue[0].start < draft.content[-1].start:
            end = _before_next_verb(tokens_at(draft.content[-1].start), draft.content[-1])
            draft.content = [*draft.content[:-1], Span(draft.content[-1].start, end)]
    by_source: dict[tuple[Span, ...], list[Draft]] = {}
    for draft in drafts:
        if draft.source and draft.cue and draft.content:
            by_source.setdefault(draft.source, []).append(draft)
    for draft in (one for alike in by_source.values() if len(alike) > 1 for one in alike):
        content = draft.content[-1]
        for other in by_source[draft.source]:
            goes_on = draft.cue[0].start <= content.start < other.cue[0].start and content.holds(other.cue[0])
            participle = _PARTICIPLE.search(text, content.start, other.cue[0].end) if goes_on else None
            if participle is not None and content.holds(other.content[-1]):
                draft.content = [*draft.content[:-1], Span(content.start, participle.start())]
                break


def _before_next_verb(tokens: Sequence[Token], content: Span) -> int:
    """The end of a content without "and" and a verb of the narrator's behind it."""
    inside = [number for number, token in enumerate(tokens) if content.start <= token.start < content.end]
    quoted = bool(inside) and tokens[inside[0]].quotation is not None
    to_come = next((number for number in inside if is_in(tokens, number, "auxiliaries")), None)
    future = to_come is not None and low(tokens, to_come) in _TO_COME
    for number in inside[1:]:
        if low(tokens, number) not in {"and", "but"}:
            continue
        after = number + 1
        while is_adverb(tokens, after) if after < len(tokens) else False:
            after += 1
        if after not in inside or not is_finite(tokens, after) or is_in(tokens, after, "auxiliaries"):
            continue
        if (quoted and number == inside[0] + 1) or (future and _is_plain_past(tokens, after)):
            return tokens[number - 1].end
    return content.end


def _is_plain_past(tokens: Sequence[Token], number: int) -> bool:
    return low(tokens, number).endswith("ed")
