"""What kind of word stands at a place in a line: the small questions that sources and contents are found by."""

from collections.abc import Sequence

from quoth.attribution.cue_tables import class_of, classes, verbs
from quoth.attribution.sentence_view import Token
from quoth.types import Span

Range = tuple[int, int]  # numbers of the first token and past the last
DASHES = frozenset("—–-―")
_SOON = 22  # tokens within which a clause shows its verb


def touched(tokens: Sequence[Token], spans: Sequence[Span]) -> list[int]:
    """Numbers of the tokens that share a code point with one of some spans."""
    found = []
    for number, token in enumerate(tokens):
        for span in spans:
            if token.start < span.end and span.start < token.end:
                found.append(number)
                break
    return found


def low(tokens: Sequence[Token], number: int) -> str:
    """The token at a place in lower case; empty beyond the line and for a quotation."""
    return tokens[number].low if 0 <= number < len(tokens) else ""


def is_in(tokens: Sequence[Token], number: int, *names: str) -> bool:
    """Whether the word at a place belongs to one of the named classes."""
    return 0 <= number < len(tokens) and tokens[number].low in class_of(*names)


def is_adverb(tokens: Sequence[Token], number: int) -> bool:
    """Whether the word at a place is an adverb, by list or by its ending."""
    word = low(tokens, number)
    return word in classes()["adverbs"] or (
        word.endswith("ly") and not tokens[number].title and word not in classes()["no_adverbs"]
    )


def is_finite(tokens: Sequence[Token], number: int) -> bool:
    """Whether the word at a place is likely the verb of a clause: an auxiliary, a listed verb, a past form."""
    token = tokens[number]
    word = token.low
    words = classes()
    if not word or (token.title and number):
        return False
    if word in words["auxiliaries"]:
        return word != "'s" or low(tokens, number - 1) in words["pronouns"]
    if low(tokens, number - 1) in words["determiners"] and low(tokens, number - 1) not in words["pronouns"]:
        return False
    if word in words["verbs"]:
        return True
    form = verbs().get(word)
    if form is not None and form.kind in {"past", "s"}:
        return low(tokens, number + 1) not in {"by", "of"}
    return word.endswith("ed") and low(tokens, number + 1) not in {"by", "of"} and word not in words["no_verbs"]


def is_past(tokens: Sequence[Token], number: int) -> bool:
    """Whether the word at a place is a cue verb in the past or third person."""
    form = verbs().get(low(tokens, number))
    return form is not None and form.kind in {"past", "s"}


def clause_begins(tokens: Sequence[Token], start: int) -> bool:
    """Whether a subject begins at `start` and its verb follows soon."""
    if start >= len(tokens) or tokens[start].quotation or (tokens[start].mark and tokens[start].low not in "$#@"):
        return False
    if is_in(tokens, start, "prepositions", "conjunctions"):
        return False
    for number in range(start + 1, min(len(tokens), start + _SOON)):
        if is_finite(tokens, number):
            return True
        if tokens[number].low in {".", ":", ";"}:
            return False
    return False


def past_time(tokens: Sequence[Token], start: int) -> int:
    """Past the words that only say when: "on Tuesday", "last week", "Monday night", "earlier this year"."""
    place = start
    while place < len(tokens):
        word = tokens[place].low
        following = low(tokens, place + 1)
        if (word in {"on", "in"} and following in class_of("days", "months")) or (
            word in {"last", "this", "earlier", "later", "early", "late"}
            and following in classes()["times"] | {"this", "last"}
        ):
            place += 2
        elif word in classes()["days"] or word in classes()["when"]:
            place += 1
        else:
            break
        while place < len(tokens) and (tokens[place].low in classes()["times"] or tokens[place].low.isdigit()):
            place += 1
    return place


def before_time(tokens: Sequence[Token], end: int, floor: int) -> int:
    """Before the words that only say when or how, going left from `end`."""
    words = classes()
    place = end
    while place - 1 > floor:
        word = tokens[place - 1].low
        if word in words["days"] or word in words["times"]:
            if word in words["spans_of_time"] and not _says_when(tokens, place - 2):
                break  # "the demand for a shorter week was"
            place -= 1
            while place - 1 > floor and tokens[place - 1].low in words["times"] | {"on", "in", "of", "the", "a"}:
                place -= 1
        elif is_adverb(tokens, place - 1) and word not in {"here", "there"}:
            place -= 1
        else:
            break
    return place


def _says_when(tokens: Sequence[Token], before: int) -> bool:
    """Whether the word before "week" makes a time of it: "last week", "the week", "Monday night"."""
    word = low(tokens, before)
    known = class_of("times", "days", "months", "determiners")
    return word in known or word in {"in", "on", "at", "by"} or word.isdigit()


def ends_trimmed(tokens: Sequence[Token], first: int, end: int) -> int:
    """`end` without the marks before it that end a clause."""
    while end > first + 1 and tokens[end - 1].mark and tokens[end - 1].low in ".,:;!?—–-…":
        end -= 1
    return end
