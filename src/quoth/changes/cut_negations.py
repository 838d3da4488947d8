"""Quotations cut just before the word that denies them: "We have promised | nothing", "I hope | not"."""

from collections.abc import Iterator

from quoth.changes.comparison import Case
from quoth.changes.sides import Side
from quoth.doc.doc import Doc
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import Change, ChangeKind, Mode, Span, Statement

#: Words that deny the verb before them from where its object stands.
_OBJECTS = frozenset(["nothing", "nobody", "none", "nowhere", "no"])
_AUXILIARIES = word_list("auxiliaries")
_DENIALS = word_list("negations")
#: Words that make a contrast or an aside of a denial: "nothing but", "no matter", "no doubt", "none of which".
_SHIELDS = frozenset(["but", "matter", "doubt", "less", "fewer", "more", "longer", "sooner", "wonder", "of", "like"])
_SHORTEST = 2  # words: of one word, the reporter says all the rest


def cut_negations(case: Case, frame: Statement) -> Iterator[Change]:
    """Negations of the source right behind a quotation, in its clause, that the report tells nowhere beside it."""
    if case.mode is not Mode.DIRECT or frame.negated:
        return
    doc = case.theirs.doc
    for hull in case.hulls:
        first, last = doc.range(hull)
        if last - first < _SHORTEST or last >= len(doc.keys):
            continue
        span = _denial(doc, last)
        taken = span is None or any(other.meets(span) for other in case.hulls)
        if span is not None and not taken and not _told(case.ours):
            yield case.change(ChangeKind.NEGATION, None, span)


def _denial(doc: Doc, last: int) -> Span | None:
    """A negation right behind token `last` - 1, with nothing but a blank between, that denies what stands before it."""
    stop = doc.tokens_of(doc.sentence_of(last - 1))[1]
    if last >= stop or not doc.text[doc.tokens[last - 1].end : doc.tokens[last].start].isspace():
        return None
    key, clause = doc.keys[last], _clause(doc, last, stop)
    if key == "not":
        return doc.span(last, last + 1) if clause == last + 1 == stop else None
    behind = doc.keys[last + 1 : clause]
    if key not in _OBJECTS or not _SHIELDS.isdisjoint(behind[:1]):
        return None
    # "the place nobody visits", "the help nobody else can give": a subject, and a verb behind it
    rest = behind[key == "no" :]
    subject = (rest[:1] and rest[0] not in function_words()) or not _AUXILIARIES.isdisjoint(behind)
    return None if subject else doc.span(last, last + 1)


def _clause(doc: Doc, at: int, stop: int) -> int:
    """The token just past the words that no mark parts from token `at`."""
    while at + 1 < stop and doc.text[doc.tokens[at].end : doc.tokens[at + 1].start].isspace():
        at += 1
    return at + 1


def _told(ours: Side) -> bool:
    """Whether the report's own words around the quotation deny: the ministry had "promised" nothing."""
    doc, zones = ours.doc, ours.zones
    first, last = doc.range(zones[0])[0], doc.range(zones[-1])[1]
    low, high = doc.tokens_of(doc.sentence_of(first))[0], doc.tokens_of(doc.sentence_of(max(first, last - 1)))[1]
    return any(key in _DENIALS for key in (*doc.keys[low:first], *doc.keys[last:high]))
