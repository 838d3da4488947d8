"""Where a line says that something was said: verbs that act as verbs, with their auxiliaries and particles."""

from collections.abc import Sequence
from dataclasses import dataclass

from quoth.attributing.lines import Token
from quoth.attributing.tables import CueWord, classes, nouns, verbs


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a line, by numbers of tokens.

    Attributes:
        word: the cue word.
        kind: form of the verb, "noun", or "according".
        head: number of the token that is the cue word.
        first: number of the first token of the group ("has not" of "has not said").
        last: number of the last token of the group ("out" of "pointed out").
        passive: whether the subject is what was said or who was told.
        negated: whether it says that nothing was said.
    """

    word: CueWord
    kind: str
    head: int
    first: int
    last: int
    passive: bool = False
    negated: bool = False


_BE = frozenset(
    ["am", "is", "are", "was", "were", "be", "been", "being", "'s", "'re", "isn't", "aren't", "wasn't", "weren't"]
)
_NOT_IN_GROUP = frozenset(
    [
        "so",
        "very",
        "quite",
        "rather",
        "far",
        "long",
        "here",
        "there",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "too",
        "instead",
    ]
)
_CAUSES = frozenset(
    ["by", "in", "without", "after", "before", "when", "while", "for", "from", "of", "with", "on", "despite", "besides"]
)
_PLURAL_SUBJECTS = frozenset(
    [
        "they",
        "we",
        "i",
        "you",
        "who",
        "some",
        "many",
        "most",
        "others",
        "few",
        "both",
        "that",
        "which",
        "critics",
        "people",
    ]
)


def cues(tokens: Sequence[Token]) -> list[Cue]:
    """The cue verbs and cue nouns of a line, in order."""
    found: list[Cue] = []
    for number, token in enumerate(tokens):
        cue = None
        if token.low in verbs():
            cue = _verb(tokens, number)
        if cue is None and token.low in nouns():
            cue = _noun(tokens, number)
        if cue is None and token.low == "according" and _low(tokens, number + 1) == "to":
            cue = Cue(_ACCORDING, "according", number, number, number + 1)
        if cue is not None and not (found and cue.head <= found[-1].last):
            found.append(cue)
    return found


_ACCORDING = CueWord("according", verbs()["say"].word.act, frozenset("z"))


def _low(tokens: Sequence[Token], number: int) -> str:
    return tokens[number].low if 0 <= number < len(tokens) else ""


def _verb(tokens: Sequence[Token], number: int) -> Cue | None:
    form = verbs()[tokens[number].low]
    first, group = _group_start(tokens, number)
    before = _low(tokens, first - 1)
    after = _low(tokens, number + 1)
    kind = form.kind
    passive = kind in {"past", "participle"} and any(word in _BE for word in group[-3:])
    if not _acts_as_verb(tokens, number, first, group, kind, before, after):
        return None
    last = number
    if (after and after in form.word.after and after not in {"to", "with"}) or (
        after in form.word.after and form.word.lemma not in {"respond", "reply", "answer"}
    ):
        last = number + 1
    negated = any(word in classes()["negations"] for word in group)
    return Cue(form.word, kind, number, first, last, passive, negated)


def _group_start(tokens: Sequence[Token], number: int) -> tuple[int, list[str]]:
    """First token of the verb group that ends at `number`, and its words before the verb."""
    first = number
    while first > 0 and not tokens[first - 1].quotation:
        low = tokens[first - 1].low
        adverb = (low in classes()["adverbs"] and low not in _NOT_IN_GROUP) or (low.endswith("ly") and len(low) > 4)  # noqa: PLR2004
        if low in classes()["auxiliaries"] or low in {"n't", "not", "never"} or adverb:
            if low == "'s" and first >= 2 and tokens[number].low not in _participles():  # noqa: PLR2004
                break
            first -= 1
        elif low == "to" and first == number and verbs()[tokens[number].low].kind == "base":
            first -= 1
        else:
            break
    while (
        first < number
        and tokens[first].low in classes()["adverbs"]
        and tokens[first].low not in {"also", "not", "never"}
    ):
        first += 1  # "then said" keeps its adverb out of the cue
    return first, [token.low for token in tokens[first:number]]


def _participles() -> frozenset[str]:
    return frozenset(form for form, value in verbs().items() if value.kind in {"past", "participle", "ing"})


def _acts_as_verb(  # noqa: PLR0911 - a ladder of cases
    tokens: Sequence[Token], number: int, first: int, group: list[str], kind: str, before: str, after: str
) -> bool:
    words = classes()
    helped = any(low in words["auxiliaries"] or low == "to" for low in group)
    if kind == "participle":
        return helped
    if kind == "ing":
        return (
            any(low in _BE for low in group)
            or before in {",", "", "and", "but", "or", "—", "–", "-"}
            or before in _CAUSES
            or before in words["subordinators"]
        ) and after not in {"of", ".", ""}
    if helped:
        return True
    if before in words["determiners"] or before in {"'s", "'"} or before in words["possessives"]:
        # "this said", "his said": only a pronoun can be the subject
        return before in {"that", "this", "some", "many", "most", "several", "few", "all", "both", "another", "her"} - {
            "her"
        }
    if before in words["prepositions"]:
        return False
    if kind == "base":
        subject = tokens[first - 1] if first else None
        plural = subject is not None and (
            before in _PLURAL_SUBJECTS
            or (before.endswith("s") and not before.endswith(("ss", "'s", "is", "us")) and len(before) > 3)  # noqa: PLR2004
        )
        return plural and after not in {"of", ".", ","} | words["auxiliaries"]
    if kind == "s":
        return bool(before) and after not in words["auxiliaries"] | {"of"} and after != "and"
    return True


def _noun(tokens: Sequence[Token], number: int) -> Cue | None:
    """A cue noun counts where a clause with "that" follows, at once or after "by X"."""
    form = nouns()[tokens[number].low]
    limit = min(len(tokens), number + 10)
    for place in range(number + 1, limit):
        low = tokens[place].low
        if low == "that":
            if place == number + 1 or _low(tokens, number + 1) in {"by", "from", "of"}:
                break
            return None
        if tokens[place].mark or tokens[place].quotation or low in verbs() or low in classes()["auxiliaries"]:
            return None
    else:
        return None
    if _low(tokens, place + 1) in classes()["auxiliaries"] and form.kind == "base":
        return None  # "a statement that was sent"
    return Cue(form.word, "noun", number, number, number)
