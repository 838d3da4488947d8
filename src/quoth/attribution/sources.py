"""The words that name the speaker, found from the cue without a parser: the noun phrase that is its subject."""

from collections.abc import Sequence

from quoth.attribution.cue_tables import classes, verbs
from quoth.attribution.cues import Cue
from quoth.attribution.sentence_view import Token
from quoth.attribution.token_predicates import DASHES, Range, before_time, is_adverb, is_finite, is_in, low

_LONGEST = 30  # tokens; a subject longer than this is a mistake
_IN_NAMES = frozenset("-&'’./@‘")
#: Prepositions that stand before an owner and not in his name: "the deals stem from the firm's admission".
_NO_OWNERS = frozenset({"from", "by", "with", "on", "to", "after", "against", "despite"})
_SUBJECT_PRONOUNS = frozenset({"i", "he", "she", "it", "we", "they", "who"})


def before_cue(tokens: Sequence[Token], cue: Cue, floor: int = 0) -> Range | None:
    """The noun phrase that is the subject of the verb group; None if there is none before it."""
    end = before_time(tokens, cue.first, floor)
    if end <= floor:
        return None
    if low(tokens, end - 1) in {"who", "which", "that"} and end - 1 > floor:
        return end - 1, end
    if low(tokens, end - 1) == ",":
        return _before_insertion(tokens, end - 1, floor)
    if low(tokens, end - 1) in DASHES:
        return _before_dashes(tokens, end - 1, floor)
    found = _phrase_back(tokens, end, floor)
    return _antecedent(tokens, found, floor) if found else None


def possessor(tokens: Sequence[Token], noun: int) -> Range | None:
    """Who a cue noun belongs to: "the ministry's" or "his" before it, perhaps with adjectives between."""
    words = classes()
    for place in range(noun - 1, max(-1, noun - 4), -1):
        word = low(tokens, place)
        if word in words["possessives"] and word != "whose":
            return place, place + 1
        if word in {"'s", "'"} and place:
            found = _phrase_back(tokens, place, 0)
            if found is None:
                return None
            near = [number for number in range(*found) if low(tokens, number) in _NO_OWNERS]
            return (near[-1] + 1 if near else found[0]), place + (word == "'s")
        if not word.isalpha() or word in words["determiners"] or is_in(tokens, place, "prepositions", "auxiliaries"):
            return None
    return _titled(tokens, noun)


def _titled(tokens: Sequence[Token], noun: int) -> Range | None:
    """The person whose title stands before a noun, as headlines have it: "Valdora commander accusation of ..."."""
    if not is_in(tokens, noun - 1, "titles"):
        return None
    return _phrase_back(tokens, noun, 0)


def agent(tokens: Sequence[Token], start: int) -> Range | None:
    """The noun phrase after the first "by" (or "from") from `start` on, not past a mark."""
    for place in range(start, min(len(tokens), start + _LONGEST)):
        word = low(tokens, place)
        if word in {"by", "from"} and not low(tokens, place + 1).endswith("ing"):
            found = after_cue(tokens, place + 1)
            return None if found and _is_time(tokens, found) else found
        if tokens[place].mark or tokens[place].quotation or word == "that":
            return None
    return None


def _is_time(tokens: Sequence[Token], place: Range) -> bool:
    """Whether a phrase says when: "by the summer", "by 2031", "by May"."""
    last = low(tokens, place[1] - 1)
    return last.isdigit() or is_in(tokens, place[1] - 1, "times", "days", "months")


def _antecedent(tokens: Sequence[Token], found: Range, floor: int) -> Range:
    """What stands before "who" in "Friends of Mr Orla who have seen him lately say", not "lately"."""
    first = found[0]
    for place in range(first - 1, max(floor, first - 16), -1):
        word = low(tokens, place)
        if tokens[place].quotation or (tokens[place].mark and word not in _IN_NAMES):
            break
        if word in {"who", "which"}:
            if any(is_finite(tokens, number) for number in range(place + 1, first)):
                return _phrase_back(tokens, place, floor) or found
            break
    return found


def _before_insertion(tokens: Sequence[Token], comma: int, floor: int) -> Range | None:
    """The subject before "..., a teacher," (which belongs to it) or "..., who is 47," (which does not)."""
    for opening in range(comma - 1, max(floor, comma - _LONGEST), -1):
        if low(tokens, opening) in DASHES or low(tokens, opening) in {";", ":"}:
            return None
        if low(tokens, opening) != ",":
            continue
        head = _phrase_back(tokens, opening, floor)
        if head is None or head[1] != opening:
            continue
        first = low(tokens, opening + 1)
        participle = verbs().get(first)
        if is_in(tokens, opening + 1, "relatives", "inserting") or (participle and participle.kind == "past"):
            return head
        named = tokens[head[0]].title or is_in(tokens, head[0], "determiners", "pronouns")
        if named and not any(is_in(tokens, number, "auxiliaries") for number in range(opening + 1, comma)):
            return head[0], comma
    return None


def _before_dashes(tokens: Sequence[Token], dash: int, floor: int) -> Range | None:
    """The subject before "The mayor — a former sailor — said"."""
    for opening in range(dash - 1, max(floor, dash - _LONGEST), -1):
        if low(tokens, opening) in DASHES:
            return _phrase_back(tokens, opening, floor)
    return None


def _phrase_back(tokens: Sequence[Token], end: int, floor: int) -> Range | None:
    """The noun phrase whose last token is `end - 1`."""
    place = end
    depth = 0
    while place > floor and end - place < _LONGEST:
        word = low(tokens, place - 1)
        depth += (word == ")") - (word == "(")
        if depth < 0:
            break
        if not depth and word != "(":
            if word in _SUBJECT_PRONOUNS:
                place -= place == end
                break
            if not _in_phrase(tokens, place - 1, end):
                break
        place -= 1
    return _trimmed(tokens, place, end)


def _in_phrase(tokens: Sequence[Token], place: int, end: int) -> bool:  # noqa: PLR0911 - a ladder
    """Whether the token at `place` can belong to a noun phrase that ends before `end`."""
    token = tokens[place]
    if token.quotation is not None:
        return is_nickname(tokens, place)
    if token.mark:
        return token.low in _IN_NAMES
    if is_in(tokens, place, "subordinators", "relatives") or (
        token.low in classes()["conjunctions"] and token.low not in {"and", "nor"}
    ):
        return False
    if token.low in {"and", "nor"}:
        return _joins_nouns(tokens, place)
    if token.low == "'s":
        return True  # in a subject it is a possessive
    if is_adverb(tokens, place):
        return place + 1 == end or low(tokens, place + 1).isdigit()
    if place + 1 == end or not is_finite(tokens, place):
        return True  # the word before the verb is none itself: "reports said"
    # "a statement issued on Thursday by X": a participle with its preposition
    form = verbs().get(token.low)
    participle = token.low.endswith("ed") or (form is not None and form.kind == "past")
    return participle and low(tokens, place + 1) in classes()["after_participles"] and _noun_before(tokens, place)


def _noun_before(tokens: Sequence[Token], place: int) -> bool:
    """Whether a common noun stands before `place`, so that a participle there may belong to it."""
    return (
        place > 0
        and tokens[place - 1].low.isalpha()
        and not tokens[place - 1].title
        and not is_in(tokens, place - 1, "pronouns", "auxiliaries", "conjunctions", "relatives")
    )


def is_nickname(tokens: Sequence[Token], place: int) -> bool:
    """Whether the quotation at `place` stands in a name: Mira “the Gull” Orla."""
    return 0 < place < len(tokens) - 1 and tokens[place - 1].title and tokens[place + 1].title


def _joins_nouns(tokens: Sequence[Token], place: int) -> bool:
    """Whether "and" at `place` joins two noun phrases, judged by the words beside it."""
    if not place or place + 1 >= len(tokens):
        return False
    before, after = tokens[place - 1], tokens[place + 1]
    if before.mark or before.quotation or after.quotation:
        return False
    if before.title:
        return after.title or is_in(tokens, place + 1, "determiners", "titles")
    return not after.title and not is_in(tokens, place + 1, "pronouns", "determiners")


def _trimmed(tokens: Sequence[Token], first: int, end: int) -> Range | None:
    words = classes()
    while first < end:
        word = low(tokens, first)
        if word in words["prepositions"] and word != "like":
            return _after_preposition(tokens, first, end)
        if not ((tokens[first].mark and word not in "@(") or word in words["conjunctions"] or word in words["adverbs"]):
            break
        first += 1
    while end > first and tokens[end - 1].mark and low(tokens, end - 1) not in {")", "."}:
        end -= 1
    return (first, end) if first < end else None


def _after_preposition(tokens: Sequence[Token], first: int, end: int) -> Range | None:
    """The subject where a preposition's noun phrase runs into it: "In Tarn Bay officials said"."""
    if end - first <= 2:  # noqa: PLR2004 - the preposition and its noun
        return None
    start = end - 1
    while start > first + 1 and tokens[start].title and tokens[start - 1].title:
        start -= 1
    return start, end


def after_cue(tokens: Sequence[Token], start: int) -> Range | None:
    """The noun phrase that begins at `start` ("said Mira Orla, a nurse"); None if there is none."""
    if start >= len(tokens) or tokens[start].quotation or (tokens[start].mark and low(tokens, start) != "@"):
        return None
    if is_in(tokens, start, "prepositions", "subordinators", "auxiliaries", "days") or is_adverb(tokens, start):
        return None
    if low(tokens, start) in _SUBJECT_PRONOUNS | {"him", "her", "them"} and low(tokens, start + 1) != "own":
        return start, start + 1
    place = start
    while place < len(tokens) and place - start < _LONGEST and not _stops_name(tokens, place, start):
        place += 1
    end = _apposition(tokens, start, place)
    while end > start and tokens[end - 1].mark and low(tokens, end - 1) not in {")", "."}:
        end -= 1
    return (start, end) if end > start else None


def _stops_name(tokens: Sequence[Token], place: int, start: int) -> bool:  # noqa: PLR0911 - a ladder
    token = tokens[place]
    if token.quotation is not None:
        return not is_nickname(tokens, place)
    if token.mark:
        return token.low not in "-&'’/()@" and not _initial(tokens, place)
    if place == start:
        return False
    if is_in(tokens, place, "subordinators", "relatives", "days") or (token.low != "'s" and is_finite(tokens, place)):
        return True
    if token.low in classes()["pronouns"] - classes()["determiners"]:
        return True
    if token.low in classes()["prepositions"]:
        return token.low not in {"of", "for", "at", "from", "with", "by", "in"} or low(tokens, place + 1).endswith(
            "ing"
        )
    return is_adverb(tokens, place) and not token.title


def _initial(tokens: Sequence[Token], place: int) -> bool:
    """Whether the full stop at `place` stands in a name ("Sen. K. Orla")."""
    return (
        low(tokens, place) == "."
        and 0 < place < len(tokens) - 1
        and tokens[place - 1].title
        and tokens[place + 1].title
    )


def _apposition(tokens: Sequence[Token], start: int, place: int) -> int:
    """The end of the phrase with what follows it after a comma: "Mira Orla, a nurse in Tarn Bay"."""
    if low(tokens, place) != "," or place + 1 >= len(tokens) or tokens[place + 1].quotation:
        return place
    first = place + 1
    if is_in(tokens, first, "relatives", "adverbs", "prepositions", "subordinators") or low(tokens, first).endswith(
        "ing"
    ):
        return place
    if low(tokens, first) in verbs() or low(tokens, first) in classes()["pronouns"] - classes()["determiners"]:
        return place
    end = first
    while end < len(tokens) and end - start < _LONGEST:
        token = tokens[end]
        if token.quotation or (token.mark and token.low not in "-&'’/()" and not _initial(tokens, end)):
            break
        if is_in(tokens, end, "relatives") or token.low in {"or", "but"}:
            break
        if token.low != "'s" and is_finite(tokens, end):
            return place  # not an apposition but the next clause
        end += 1
    return end


def main_subject(tokens: Sequence[Token], start: int, limit: int) -> Range | None:
    """The first noun phrase from `start` on that a finite verb follows before `limit`."""
    for place in range(max(1, start), limit):
        if not is_finite(tokens, place):
            continue
        found = before_cue(tokens, Cue(verbs()["say"].word, "past", place, place, place), start)
        if found:
            return found
    return None
