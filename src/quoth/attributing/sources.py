"""The words that name the speaker, found from the cue without a parser: the noun phrase that is its subject."""

from collections.abc import Sequence

from quoth.attributing.cues import Cue
from quoth.attributing.lines import Token
from quoth.attributing.tables import classes, verbs

Range = tuple[int, int]  # numbers of the first token and past the last
_STOP_MARKS = frozenset(";:—–?!")
_LONGEST = 30  # tokens; a subject longer than this is a mistake


def before_cue(tokens: Sequence[Token], cue: Cue, floor: int = 0) -> Range | None:
    """The noun phrase that ends just before the verb group; None if there is none."""
    end = _skip_times(tokens, cue.first, floor)
    if end > floor and tokens[end - 1].low == ",":
        inserted = _before_insertion(tokens, end - 1, floor)
        if inserted:
            return inserted
        return None
    return _phrase_back(tokens, end, floor)


def _skip_times(tokens: Sequence[Token], end: int, floor: int) -> int:
    """Step left over "on Wednesday", "this week" and single adverbs between subject and verb."""
    words = classes()
    place = end
    while place - 1 > floor:
        low = tokens[place - 1].low
        if low in words["days"] or low in words["times"]:
            place -= 1
            while place - 1 > floor and tokens[place - 1].low in words["times"] | words["days"] | {
                "on",
                "in",
                "of",
                "the",
                "a",
            }:
                place -= 1
        elif (low in words["adverbs"] or (low.endswith("ly") and not tokens[place - 1].title)) and low not in {
            "here",
            "there",
        }:
            place -= 1
        else:
            break
    return place


def _before_insertion(tokens: Sequence[Token], comma: int, floor: int) -> Range | None:
    """The subject before "..., a teacher," (which belongs to it) or "..., who is 47," (which does not)."""
    words = classes()
    place = comma - 1
    commas = [comma]
    while place >= floor and comma - place < _LONGEST:
        token = tokens[place]
        if token.mark and (token.low in _STOP_MARKS or token.low in "()") and token.low not in "()":
            break
        if token.low == ",":
            commas.append(place)
        place -= 1
    for opening in commas[1:]:
        inside = tokens[opening + 1 : comma]
        if not inside:
            continue
        head = _phrase_back(tokens, opening, floor)
        if head is None:
            continue
        first = inside[0].low
        if first in words["relatives"]:
            return head
        if not tokens[head[0]].title and tokens[head[0]].low not in words["determiners"]:
            continue
        if first in {"in", "on", "at", "speaking", "for", "when", "asked", "during", "after", "like", "as", "with"}:
            return head
        if any(token.low in words["auxiliaries"] for token in inside):
            continue
        if head[1] != opening:
            continue
        return head[0], comma
    return None


def _phrase_back(tokens: Sequence[Token], end: int, floor: int) -> Range | None:  # noqa: C901, PLR0912 - one scan
    """The noun phrase whose last token is `end - 1`."""
    words = classes()
    place = end
    depth = 0
    while place > floor and end - place < _LONGEST:
        token = tokens[place - 1]
        low = token.low
        if token.quotation is not None:
            if not _nickname(tokens, place - 1):
                break
        elif low == ")":
            depth += 1
        elif low == "(":
            if not depth:
                break
            depth -= 1
        elif depth:
            pass
        elif token.mark and low not in {"-", "&", "'", "’", ".", "/", "@", "‘"}:
            break
        elif low in words["subordinators"] or low in words["relatives"] or low in words["auxiliaries"]:
            if not (place == end and low in {"who", "which", "that"}) and (low != "that" or place != end):
                break
        elif low in words["conjunctions"]:
            if low != "and" or place - 1 == floor or not _joins_nouns(tokens, place - 1):
                break
        elif (low in words["adverbs"] and place != end) or _is_finite(tokens, place - 1, end):
            break
        elif low in {"i", "he", "she", "we", "they"}:
            if place == end:
                place -= 1
            break
        place -= 1
    return _trimmed(tokens, place, end)


def _joins_nouns(tokens: Sequence[Token], place: int) -> bool:
    """Whether "and" at `place` joins two noun phrases, judged by the words beside it."""
    before, after = tokens[place - 1], tokens[place + 1]
    if before.mark:
        return False
    words = classes()
    if after.low in words["determiners"] and not before.title:
        return before.low not in words["verbs"] and before.low not in verbs() and False
    return (before.title and (after.title or after.low in words["determiners"] | words["titles"])) or (
        not before.title and not after.title and after.low not in words["pronouns"]
    )


def _is_finite(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Whether the word at `place` is the verb of a clause that the phrase may not swallow."""
    words = classes()
    token = tokens[place]
    low = token.low
    if token.title and place:
        return False
    following = tokens[place + 1].low if place + 1 < end else ""
    if low in words["verbs"]:
        return not (following == "by" or (place + 1 == end and low in {"leads", "looks", "works", "force"}))
    form = verbs().get(low)
    if form is None or form.kind in {"base", "ing"}:
        return False
    if form.kind == "s":
        return following in words["determiners"] or following == "that"
    return following not in {"by", "on", "in", "at", "with", "to", "from"} or low == "said"


def _trimmed(tokens: Sequence[Token], first: int, end: int) -> Range | None:
    words = classes()
    while first < end and (
        (tokens[first].mark and tokens[first].low not in {"@", "("})
        or tokens[first].low in words["conjunctions"]
        or tokens[first].low in (words["adverbs"] - {"here"})
        or (tokens[first].low in words["prepositions"] and tokens[first].low != "like")
    ):
        if tokens[first].low in words["prepositions"]:
            # "in Tarn Bay officials said": what follows the preposition may hold both
            return None if end - first < 3 else _after_preposition(tokens, first, end)  # noqa: PLR2004
        first += 1
    while end > first and tokens[end - 1].mark and tokens[end - 1].low not in {")", "."}:
        end -= 1
    return (first, end) if first < end else None


def _after_preposition(tokens: Sequence[Token], first: int, end: int) -> Range | None:
    rest = tokens[end - 1]
    if rest.title or not rest.low.isalpha():
        start = end - 1
        while start > first + 1 and tokens[start - 1].title:
            start -= 1
        return start, end
    return end - 1, end


def after_cue(tokens: Sequence[Token], start: int) -> Range | None:
    """The noun phrase that begins at `start` ("said Mira Orla, a nurse"); None if there is none."""
    words = classes()
    place = start
    if place >= len(tokens) or tokens[place].quotation or (tokens[place].mark and tokens[place].low != "@"):
        return None
    if tokens[place].low in words["prepositions"] | words["subordinators"] | words["auxiliaries"] | words["days"]:
        return None
    while place < len(tokens) and place - start < _LONGEST:
        token = tokens[place]
        low = token.low
        if token.quotation is not None:
            if not _nickname(tokens, place):
                break
        elif (token.mark and low not in {"-", "&", "'", "’", "/", "(", ")", "@"} and not _initial(tokens, place)) or (
            place > start
            and (
                low in words["subordinators"]
                or low in words["relatives"]
                or low in words["auxiliaries"] - {"'s"}
                or low in words["pronouns"] - words["determiners"]
                or (low in words["prepositions"] and low not in {"of", "for", "at", "from", "with"})
                or low in words["days"]
                or (low in words["adverbs"] and not token.title)
            )
        ):
            break
        elif low in {"he", "she", "it", "they", "we", "i", "who"}:
            return place, place + 1
        place += 1
    end = _apposition(tokens, start, place)
    while end > start and tokens[end - 1].mark and tokens[end - 1].low not in {")", "."}:
        end -= 1
    return (start, end) if end > start else None


def _nickname(tokens: Sequence[Token], place: int) -> bool:
    """Whether the quotation at `place` stands in a name: Mira “the Gull” Orla."""
    return 0 < place < len(tokens) - 1 and tokens[place - 1].title and tokens[place + 1].title


def _initial(tokens: Sequence[Token], place: int) -> bool:
    """Whether the full stop at `place` stands in a name ("Sen. K. Orla")."""
    return tokens[place].low == "." and place + 1 < len(tokens) and tokens[place - 1].title and tokens[place + 1].title


def _apposition(tokens: Sequence[Token], start: int, place: int) -> int:
    """The end of the phrase with what follows it after a comma: "Mira Orla, a nurse in Tarn Bay"."""
    words = classes()
    if place < len(tokens) and tokens[place].low == "," and place + 1 < len(tokens):
        first = tokens[place + 1]
        if first.quotation or first.low in words["relatives"] | words["adverbs"] | words["prepositions"]:
            return place
        if first.low in words["pronouns"] - words["determiners"] or first.low in verbs() or first.low.endswith("ing"):
            return place
        if first.low in words["determiners"] or first.low.isalpha() or first.low.isdigit():
            end = place + 1
            while end < len(tokens) and end - start < _LONGEST:
                low = tokens[end].low
                if tokens[end].quotation or (
                    tokens[end].mark and low not in {"-", "&", "'", "’", "/", "(", ")"} and not _initial(tokens, end)
                ):
                    break
                if low in words["relatives"] | words["conjunctions"] - {"and"}:
                    break
                if low in words["auxiliaries"] - {"'s"} or _is_finite(tokens, end, len(tokens)):
                    return place
                end += 1
            return end
    return place


def main_subject(tokens: Sequence[Token], limit: int) -> Range | None:
    """The first noun phrase of a line that a finite verb follows, looking no further than token `limit`."""
    words = classes()
    for place in range(1, limit):
        low = tokens[place].low
        form = verbs().get(low)
        finite = (
            low in words["auxiliaries"] - {"'s"}
            or (low in words["verbs"] and not tokens[place].title)
            or (form is not None and form.kind in {"past", "s"} and not tokens[place].title)
            or (low.endswith("ed") and not tokens[place].title)
        )
        if finite and tokens[place - 1].low not in words["determiners"]:
            first = place
            found = before_cue(tokens, Cue(verbs()["say"].word, "past", place, first, place))
            if found:
                return found
    return None
