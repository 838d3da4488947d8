"""What stands behind some words and governs them after all: conditions, exceptions, who says so, taking it back.

"The dam leaks, as my opponent says", "The dam leaks if it rains", "The dam leaks? Nonsense."
"""

import re
from collections.abc import Callable, Iterator, Sequence

from quoth.changes.clause_signatures import (
    COORDINATING,
    FAMILIES,
    LIGHT,
    NEAR,
    OPEN_CLAUSE,
    OTHER_CLAUSE,
    SIGNATURES,
    STRONG,
    TAIL,
    Governor,
    denied,
    gives_away,
    marks_around,
    text_between,
)
from quoth.doc.doc import Doc
from quoth.doc.name_tables import words as name_words
from quoth.doc.operators import embedding
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import ChangeKind, Span

OWNER = "'s"
_CONCESSIVE = frozenset(["whatever", "whoever", "no", "although", "though", "however", "unlike", "despite"])
_BOUNDS = frozenset([("fewer", "than"), ("less", "than"), ("more", "than")])
_UNTRUE = frozenset(["false", "untrue", "wrong", "absurd", "nonsense"])
_DETERMINERS = word_list("determiners")
_AUXILIARIES = word_list("auxiliaries")
_WHEN = word_list("when")
_SUPERLATIVE = re.compile(r"\A(?:most|least|best|worst|\w{2,}est)\Z")
_COMPARATIVE = re.compile(r"\A(?:more|less|fewer|better|worse|\w{3,}er)\Z")
#: A word or two behind a comma that a speaker goes on with, and that make no question of what they follow.
_TAG = re.compile(r",\s*(?:right|okay|ok|yes|no|eh|huh|you\s+know|you\s+see)\s*\?", re.IGNORECASE)
_ASKING = frozenset(["who", "what", "when", "where", "why", "how", "which", "whose", "whom"])


def behind(doc: Doc, first: int, last: int, own: Callable[[Sequence[str]], bool]) -> Iterator[Governor]:
    """What governs the tokens `first` to `last` (exclusive) from behind; `own` as in `governors`."""
    number = doc.sentence_of(last - 1)
    stop = doc.tokens_of(number)[1]
    sentence = doc.sentences[number]
    tail = doc.text[doc.tokens[last - 1].end : sentence.end]
    if "?" in tail and _TAG.search(tail) is None and _is_question(doc, first, last, number):
        mark = doc.text.index("?", doc.tokens[last - 1].end)
        yield Governor(ChangeKind.QUESTION, Span(mark, mark + 1))
    if last < stop:
        yield from _tail(doc, first, last, stop, own)


def _is_question(doc: Doc, first: int, last: int, number: int) -> bool:
    """Whether the words are what is asked: little follows them, or the sentence begins like a question."""
    start, stop = doc.tokens_of(number)
    opening = next((key for key in doc.keys[start:stop] if key not in COORDINATING), "")
    return stop - last <= NEAR or opening in _AUXILIARIES | _ASKING


def _tail(doc: Doc, first: int, last: int, stop: int, own: Callable[[Sequence[str]], bool]) -> Iterator[Governor]:
    """What follows the words in their sentence: conditions, exceptions, limits, and who says so."""
    gap = text_between(doc, last - 1, last)
    if STRONG.search(gap):
        if doc.keys[last:stop] == ("not",):
            yield Governor(ChangeKind.NEGATION, doc.span(last, stop))
        return
    border = next((at for at in range(last, stop - 1) if STRONG.search(text_between(doc, at, at + 1))), stop - 1) + 1
    clause = next(
        (at for at in range(last + 1, border) if doc.keys[at] in COORDINATING and "," in text_between(doc, at - 1, at)),
        border,
    )
    yield from _operators_behind(doc, last, clause, gap)
    if "," in gap and not ((quoted := marks_around(doc, first, last)) and quoted[1] <= last):
        yield from _parenthesis(doc, first, last, clause, own)
    yield from _next_words(doc, first, last, stop)


def _operators_behind(doc: Doc, last: int, clause: int, gap: str) -> Iterator[Governor]:
    """Conditions, limits and hedges behind the words, up to the end of their clause."""
    at = last + (doc.keys[last] in {"but", "and"})
    for operator in doc.operators_in(last, clause):
        if (operator.family, operator.kind) in LIGHT:
            continue
        comma = operator.first > last and "," in text_between(doc, operator.first - 1, operator.first)
        reaches = {
            "condition": operator.first <= at + 1 or comma,
            "quantifier": operator.kind == "only" and (operator.first == at or operator.last == clause),
            "hedge": operator.first == last and ("," in gap or operator.kind in {"approx", "or_more", "at_most"}),
        }
        if reaches.get(operator.family):
            yield Governor(FAMILIES[operator.family], doc.span(operator.first, operator.last))


def _next_words(doc: Doc, first: int, last: int, stop: int) -> Iterator[Governor]:
    """What goes on right behind the words: exceptions, the rest of a name, comparisons, a noun they belong to."""
    gap = text_between(doc, last - 1, last)
    two = doc.keys[last : last + 2]
    if (two[0] == "but" and gap == " ") or two in _BOUNDS:
        yield Governor(ChangeKind.QUANTIFIER, doc.span(last, min(last + 2, stop)))
    inside = last - 1 > doc.tokens_of(doc.sentence_of(last))[0]
    if gap == " " and _capital(doc, last - 1) and _capital(doc, last) and inside:
        yield Governor(ChangeKind.NAME, doc.span(last, last + 1))
    near = doc.keys[max(first, last - 3) : last]
    limited = two[0] in {"since", "among", "outside"} and any(_SUPERLATIVE.match(key) for key in near)
    if limited or (two[0] == "than" and any(_COMPARATIVE.match(key) for key in near)):
        yield Governor(ChangeKind.QUANTIFIER, doc.span(last, last + 1))
    if two[0] == OWNER and gap == "" and last - first > NEAR - 2 and not _AUXILIARIES.isdisjoint(doc.keys[first:last]):
        yield Governor(ChangeKind.AGENT, doc.span(last, min(last + 2, stop)))  # "admired the general|'s horses"
    if last - first > NEAR - 2 and doc.keys[last - 2] in _DETERMINERS and gap == " " and _goes_on(doc, last, stop):
        yield Governor(ChangeKind.AGENT, doc.span(last, last + 1))
    if two[0] == "is" and two[1:] and two[1] in _UNTRUE:
        yield Governor(ChangeKind.NEGATION, doc.span(last, last + 2))


def _capital(doc: Doc, at: int) -> bool:
    """Whether a token is written with a capital and is no title, so that it may belong to the name beside it."""
    word = doc.text[doc.tokens[at].start : doc.tokens[at].end]
    return (
        word[:1].isupper() and not word.isupper() and doc.keys[at] not in name_words().titles | name_words().title_parts
    )


def _goes_on(doc: Doc, last: int, stop: int) -> bool:
    """Whether the noun behind the words belongs to their last one: "the border | crackdown"."""
    key = doc.keys[last]
    word = doc.text[doc.tokens[last].start : doc.tokens[last].end]
    alone = (
        last + 1 == stop or not text_between(doc, last, last + 1).isspace() or doc.keys[last + 1] in function_words()
    )
    told = (
        key in function_words()
        or key.endswith(("ly", "ed", "ing"))
        or word[:1].isupper()
        or key in _WHEN | {"thanks", "due"}
        or not key.isalpha()
    )
    return alone and not told and not doc.operators_in(last, last + 1)


def _parenthesis(
    doc: Doc, first: int, last: int, clause: int, own: Callable[[Sequence[str]], bool]
) -> Iterator[Governor]:
    """Who says so, behind the words: ", says my opponent", ", I suspect", ", they said"."""
    end = min(clause, last + TAIL)
    heads = embedding(doc.keys[last:end])
    if not heads:
        return
    head = heads[0]
    p, q = head.first + last, head.last + last
    before = [key for key in doc.keys[last:p] if key not in {"as", "so", "or"}]
    subject = before or list(doc.keys[q:end])
    if doc.keys[last] in _CONCESSIVE or (doc.keys[last] in COORDINATING and doc.keys[last : last + 2] != ("or", "so")):
        return  # a clause of its own
    if len(before) > TAIL - 1 or any(key in OPEN_CLAUSE | OTHER_CLAUSE for key in doc.keys[last:p]):
        return
    if not before and not subject:
        return
    rest = clause - q
    if rest > (NEAR - 1 if before else TAIL - 2):
        return  # a clause of its own: ", I mean, it could be done"
    negated, since = denied(doc, last, p)
    if head.kind == "say" and not gives_away(doc, first, last):
        return
    ours = any(key in {"i", "we"} for key in subject[:2]) or own(subject)
    effect = SIGNATURES[head.kind][not ours][negated]
    if effect is not None:
        yield Governor(effect, doc.span(min(since, last), max(q, min(end, q + 2))))
