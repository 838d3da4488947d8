"""What a governor is, what each class of words does to those that it governs, and how far it goes, on either side.

Words that take a clause are read by class (`embedding.toml`) and by the signature of the class, after Karttunen (1971,
2012): what it does to the clause, and what it does when it is itself denied ("I have no doubt that the dam leaks"
asserts it).
"""

import re
from dataclasses import dataclass

from quoth.doc.doc import Doc
from quoth.doc.word_lists import word_list
from quoth.types import ChangeKind, Span

_AGENT, _CONDITION, _HEDGE, _NEGATION, _QUESTION, _QUANTIFIER = (
    ChangeKind.AGENT, ChangeKind.CONDITION, ChangeKind.HEDGE, ChangeKind.NEGATION, ChangeKind.QUESTION,
    ChangeKind.QUANTIFIER,
)  # fmt: skip

#: For each class, said by oneself and by others: what it does to its clause, and what it does when it is negated.
SIGNATURES: dict[
    str, tuple[tuple[ChangeKind | None, ChangeKind | None], tuple[ChangeKind | None, ChangeKind | None]]
] = {
    "say": ((None, _NEGATION), (_AGENT, _AGENT)),
    "hear": ((_HEDGE, _HEDGE), (_HEDGE, _HEDGE)),
    "think": ((_HEDGE, _NEGATION), (_AGENT, _AGENT)),
    "wish": ((_HEDGE, _NEGATION), (_HEDGE, _NEGATION)),
    "suppose": ((_CONDITION, _CONDITION), (_CONDITION, _CONDITION)),
    "doubt": ((_NEGATION, None), (_NEGATION, None)),
    "ask": ((_QUESTION, _QUESTION), (_QUESTION, _QUESTION)),
    "know": ((None, None), (None, None)),
    "fact": ((None, _NEGATION), (None, _NEGATION)),
    "sure": ((None, _NEGATION), (_AGENT, _AGENT)),
    "joke": ((_HEDGE, None), (_HEDGE, None)),
    "fail": ((_NEGATION, None), (_NEGATION, None)),
    "claim": ((None, _NEGATION), (_AGENT, _AGENT)),
    "hearsay": ((_AGENT, _NEGATION), (_AGENT, _NEGATION)),
}
#: What each family of operators changes.
FAMILIES = {
    "negation": _NEGATION, "hedge": _HEDGE, "modal": _HEDGE, "quantifier": _QUANTIFIER, "condition": _CONDITION,
}  # fmt: skip
#: Classes of operators that change nothing where they govern: "will", "would", boosters, and what only adds or counts
#: again.
LIGHT = frozenset(
    [*((("modal", kind)) for kind in ("will", "would", "can", "plan", "must", "should")),
     *((("quantifier", kind)) for kind in ("often", "once", "many", "several", "all", "both", "countless")),
     *((("negation", kind)) for kind in ("deny", "un")), *((("hedge", kind)) for kind in ("sure", "or_more"))]
)  # fmt: skip
#: Words that open a clause which the words before them govern.
OPEN_CLAUSE = frozenset(["that", "if", "whether", "to", "how", "why"])
#: Words that open a clause which the words before do not govern.
OTHER_CLAUSE = word_list("other_clause")
COORDINATING = frozenset(["and", "but", "yet", "so", "or"])
#: Signs between two clauses of which neither governs the other.
STRONG = re.compile(r"[;:?!–—]|\s-\s|--|\.\.\.|…")
#: Tokens before a verb that may deny it.
NEAR = 5
#: Tokens of a parenthesis behind the words: ", as my opponent says".
TAIL = 8
_NEGATIONS = word_list("negations")


@dataclass(frozen=True, slots=True)
class Governor:
    """Words outside of others that change what these say.

    Attributes:
        kind: what they change.
        span: where they stand.
        opinion: whether they only say that the speaker thinks so, which "X said" says, too.
    """

    kind: ChangeKind
    span: Span
    opinion: bool = False


def text_between(doc: Doc, left: int, right: int) -> str:
    """The text between two tokens."""
    return doc.text[doc.tokens[left].end : doc.tokens[right].start]


def marks_around(doc: Doc, first: int, last: int) -> tuple[int, int] | None:
    """The tokens of the quotation in marks that some words stand in, if it is not the whole text."""
    place = doc.span(first, last)
    around = doc.quotation_around(place)
    return doc.range(around.outer) if around is not None and around.outer.length < len(doc.text) - 4 else None


def denied(doc: Doc, low: int, at: int) -> tuple[bool, int]:
    """Whether a word is denied by one shortly before it, in its clause; and where what says so begins."""
    for before in range(at - 1, max(low, at - NEAR) - 1, -1):
        if before + 1 < at and "," in text_between(doc, before, before + 1):
            return False, at
        if doc.keys[before] in _NEGATIONS:
            return True, before
    return False, at


def gives_away(doc: Doc, first: int, last: int) -> bool:
    """Whether a neutral "X said" in front of some words gives them away: only where the narrator is a speaker himself.

    Where a reporter or a press release narrates, it is the very attribution that the words come with.
    """
    return doc.narrates_himself or doc.turn_at(doc.tokens[first].start) is not None
