"""The words that were said, found from the cue: the clause, the phrase or the quotation after it or before it."""

from collections.abc import Sequence

from quoth.attribution.cue_tables import classes, nouns, verbs
from quoth.attribution.cues import Cue
from quoth.attribution.sentence_view import Token
from quoth.attribution.token_predicates import (
    DASHES,
    Range,
    clause_begins,
    ends_trimmed,
    is_adverb,
    is_finite,
    is_in,
    is_past,
    low,
    past_time,
)

_FARTHEST_THAT = (
    14  # tokens between a cue and its "that": "said on Tuesday in a letter to the council of Tarn Bay that"
)
_FARTHEST_QUOTATION = 25  # tokens between a cue and the quotation that a comma or colon sets off
_ADDRESSEE = 12  # tokens of the longest addressee: "told a meeting of the harbour council in Tarn Bay"
_SHORT_SUBJECT = 8  # tokens before the verb in ", the minister of trade said"
_CUTTING = frozenset({";", ",", "and", "but", "according", "when"})  # a content may end before these alone
_EMPTY = frozenset({"so", "it", "more", "little", "nothing", "much", "that", "this", "no", "yes"})


def forward(tokens: Sequence[Token], cue: Cue, start: int, limit: int) -> Range | None:
    """The content after the cue, from token `start` on and before token `limit`; None if there is none."""
    first = start
    while first < limit and low(tokens, first) in {",", ":"} | DASHES:
        first += 1
    if first >= limit:
        return None
    begin = _set_off(tokens, cue, start, first, limit) if first > start else _following(tokens, cue, first, limit)
    if begin is None:
        return None
    return begin, clause_end(tokens, begin, limit)


def _set_off(tokens: Sequence[Token], cue: Cue, start: int, first: int, limit: int) -> int | None:
    """Where the content begins that a comma or a colon sets off from the cue."""
    if tokens[first].quotation or (low(tokens, start) == ":" and cue.word.frames & set("qtz")):
        return first
    if "q" not in cue.word.frames:
        return None
    # "said, on the last day of the fair, that ..." and "said, referring to the pier, “...”"
    return _quotation(tokens, first, limit)


def _following(tokens: Sequence[Token], cue: Cue, first: int, limit: int) -> int | None:  # noqa: PLR0911 - a ladder
    """Where the content begins that follows the cue without a mark."""
    frames = cue.word.frames
    if tokens[first].quotation:
        return first
    if frames & set("qtz"):
        that = _that(tokens, first, limit)
        if that is not None:
            return that
    if "q" in frames:
        quotation = _quotation(tokens, first, limit)
        if quotation is not None:
            return quotation
    if "w" in frames and is_in(tokens, first, "questions"):
        return first
    if low(tokens, first) == "to":
        return first if "i" in frames else None
    if "a" in frames and cue.last == cue.head and not is_in(tokens, first, "prepositions"):
        told = _past_addressee(tokens, first, limit)
        return told if told is not None and told < limit else None
    return _bare(tokens, first, cue, limit)


def _bare(tokens: Sequence[Token], first: int, cue: Cue, limit: int) -> int | None:
    """A clause without "that", or an object."""
    frames = cue.word.frames
    start = past_time(tokens, first)
    if start >= limit or (tokens[start].mark and low(tokens, start) not in "$#'@"):
        return None
    if is_in(tokens, start, "conjunctions", "prepositions") and cue.last == cue.head:
        return None
    if "n" in frames:
        return None if is_adverb(tokens, start) and start + 1 >= limit else start
    if low(tokens, start) in _EMPTY and limit - start <= 2:  # noqa: PLR2004 - the word and the full stop
        return None
    return start if frames & set("tz") and clause_begins(tokens, start) else None


def _past_addressee(tokens: Sequence[Token], start: int, limit: int) -> int | None:
    """Where the content begins after "told X"."""
    words = classes()
    if low(tokens, start) in words["addressees"]:
        return past_time(tokens, start + 1)
    for place in range(start, min(limit, start + _ADDRESSEE)):
        word = low(tokens, place)
        if tokens[place].quotation or word in {",", ":", "."}:
            return None
        if place == start:
            continue
        if word in words["subjects"] or word in words["questions"] or word in {"to", "not"}:
            return place
        if word in words["determiners"] and not is_in(tokens, place - 1, "prepositions", "conjunctions"):
            return place
    return None


def _that(tokens: Sequence[Token], start: int, limit: int) -> int | None:
    """The "that" that begins the content, if only an addressee or adverbials stand before it."""
    for place in range(start, min(limit, start + _FARTHEST_THAT)):
        word = low(tokens, place)
        if word == "that":
            return None if _demonstrative(tokens, place, start, limit) or _of_noun(tokens, start, place) else place
        if tokens[place].quotation or word in {".", ";", ":", "and", "but"}:
            return None
        if is_in(tokens, place, "subordinators", "relatives", "subjects") or is_finite(tokens, place):
            return None
    return None


def _demonstrative(tokens: Sequence[Token], place: int, start: int, limit: int) -> bool:
    """Whether the "that" right after the cue stands for a thing: "said that.", "said that is so"."""
    ends = place + 1 >= limit or low(tokens, place + 1) in {".", ","} or is_in(tokens, place + 1, "auxiliaries")
    return place == start and ends


def _of_noun(tokens: Sequence[Token], start: int, place: int) -> bool:
    """Whether the "that" at `place` belongs to a noun: "rejected the claim that", not "said in a report that"."""
    return low(tokens, place - 1) in nouns() and not any(is_in(tokens, n, "prepositions") for n in range(start, place))


def main_verb(tokens: Sequence[Token], start: int, limit: int) -> int:
    """Where the clause of a noun that opens a line ends: before the verb of "The claim that Orla lied is false"."""
    seen = False
    for place in range(start + 1, limit):
        if is_finite(tokens, place) and not is_in(tokens, place - 1, "auxiliaries"):
            dependent = any(
                is_in(tokens, earlier, "subordinators", "relatives", "subjects", "conjunctions")
                for earlier in range(max(start + 1, place - 6), place)
            )
            if seen and not dependent:
                return place
            seen = True
    return limit


def _quotation(tokens: Sequence[Token], start: int, limit: int) -> int | None:
    """A quotation that a comma or colon sets off after adverbials: "said in a letter on Friday, “...”"."""
    for place in range(start, min(limit, start + _FARTHEST_QUOTATION)):
        if tokens[place].quotation:
            return place if place == start or low(tokens, place - 1) in {",", ":"} else None
        if is_in(tokens, place, "auxiliaries") or low(tokens, place) in {".", ";"}:
            return None
    return None


def clause_end(tokens: Sequence[Token], start: int, limit: int) -> int:
    """Past the last token of a content that begins at `start`: the clause, without its end punctuation."""
    place = start + 1
    if tokens[start].quotation and _stands_alone(tokens, start, limit):
        return place
    depth = 0
    while place < limit:
        word = tokens[place].low
        depth += (word == "(") - (word == ")")
        if depth <= 0 and word in _CUTTING and _cuts(tokens, place, limit):
            break
        place += 1
    return ends_trimmed(tokens, start, place)


def _cuts(tokens: Sequence[Token], place: int, limit: int) -> bool:
    """Whether the content ends before `place`."""
    word = low(tokens, place)
    return word == ";" or (word == "," and _cut_at_comma(tokens, place, limit)) or _cut_at(tokens, place, limit)


def _stands_alone(tokens: Sequence[Token], place: int, limit: int) -> bool:
    """Whether a quotation is all of the content: an end mark follows, or it holds its own."""
    if place + 1 >= limit or low(tokens, place + 1) in {".", ";", "?", "!"}:
        return True
    inner = tokens[place].quotation
    return low(tokens, place + 1) == "," and inner is not None and not _goes_on(tokens, place + 2, limit)


def _goes_on(tokens: Sequence[Token], place: int, limit: int) -> bool:
    """Whether the speaker's sentence goes on after a quoted fragment and a comma."""
    return (
        place < limit
        and low(tokens, place) in {"and", "or", "but", "which"}
        and not _same_subject(tokens, place + 1, limit)
    )


def _same_subject(tokens: Sequence[Token], place: int, limit: int) -> bool:
    """Whether a verb of saying without a subject of its own stands at `place`: "said A and called B"."""
    while place < limit and is_adverb(tokens, place):
        place += 1
    if low(tokens, place) in {"did", "does", "has", "had"} and low(tokens, place + 1) in {"not", "n't"}:
        return low(tokens, place + 2) in verbs()
    if is_in(tokens, place, "subjects") and is_past(tokens, place + 1):
        return True
    return place < limit and is_past(tokens, place) and low(tokens, place + 1) not in {".", ","}


def _cut_at(tokens: Sequence[Token], place: int, limit: int) -> bool:
    """Whether the content ends before a conjunction: the narrator's next verb has the same subject."""
    word = low(tokens, place)
    if word in {"and", "but"}:
        after_quotation = tokens[place - 1].quotation is not None and place + 1 < limit and is_finite(tokens, place + 1)
        return after_quotation or _same_subject(tokens, place + 1, limit)
    return word == "according" or (word == "when" and low(tokens, place + 1) == "asked")


def _cut_at_comma(tokens: Sequence[Token], comma: int, limit: int) -> bool:
    """Whether the content ends at a comma: another attribution, or the narrator, goes on."""
    word = low(tokens, comma + 1)
    if word in {"and", "but"}:
        return _same_subject(tokens, comma + 2, limit)
    form = verbs().get(word)
    if (form is not None and form.kind == "ing") or _cut_at(tokens, comma + 1, limit):
        return True
    # ", the minister said": a short subject and a verb of saying at the end
    for place in range(comma + 2, min(limit, comma + _SHORT_SUBJECT)):
        form = verbs().get(low(tokens, place))
        if form and form.kind in {"past", "s"} and "q" in form.word.frames:
            after = low(tokens, place + 1)
            return after in {"", ".", ","} or (after == "that" and not is_in(tokens, comma + 1, "relatives"))
        if tokens[place].mark or tokens[place].quotation or is_in(tokens, place, "auxiliaries"):
            return False
    return False


def backward(tokens: Sequence[Token], end: int, floor: int) -> Range | None:
    """The content before the attribution that begins at token `end`, not before token `floor`."""
    last = end
    while last > floor and low(tokens, last - 1) in {","} | DASHES:
        last -= 1
    if last <= floor:
        return None
    first = floor
    if tokens[last - 1].quotation:
        narrator = [
            number for number in range(floor, last - 1) if not (tokens[number].mark or tokens[number].quotation)
        ]
        if not narrator or _introduced(tokens, last - 1):
            return (floor if not narrator else last - 1), last
    while first < last and (tokens[first].mark or low(tokens, first) in classes()["opening"]):
        if low(tokens, first) in "$#@(":
            break
        first += 1
    return (first, last) if first < last else None


def _introduced(tokens: Sequence[Token], place: int) -> bool:
    """Whether the quotation is a sentence of its own after narration: "As rain fell, “We stay,” he said"."""
    quotation = tokens[place].quotation
    before = low(tokens, place - 1)
    return quotation is not None and before in {",", ":", ".", "?", "!"} and tokens[place].title
