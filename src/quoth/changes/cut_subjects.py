"""A gap that gives one sentence's subject the predicate of another: "The treasurer ... lied to us for years"."""

from collections.abc import Iterator
from itertools import pairwise

from quoth.changes.comparison import Case
from quoth.doc.doc import Doc
from quoth.doc.word_lists import word_list
from quoth.types import Change, ChangeKind, Mode

_AUXILIARIES = word_list("auxiliaries")
_PRONOUNS = frozenset(["he", "she", "they", "it", "and", "but", "who", "this", "that", "these", "those"])
_RELATIVE = frozenset(["who", "which", "that"])


def subject_changes(case: Case) -> Iterator[Change]:
    """Subjects that are parted from their predicate by a gap, and given that of a later sentence."""
    if case.mode is not Mode.DIRECT:
        return
    doc = case.theirs.doc
    for before, after in pairwise(case.alignment.pieces):
        first, last = doc.range(before.original)
        at, end = doc.range(after.original)
        if first >= last or at >= end or at <= last:
            continue
        number, later = doc.sentence_of(last - 1), doc.sentence_of(at)
        if later <= number or not _is_subject(doc, max(first, doc.tokens_of(number)[0]), last):
            continue
        start = doc.tokens_of(later)[0]
        if start < at and doc.keys[at] not in _RELATIVE and _is_predicate(doc, start, at):
            ours, theirs = doc.keys[first:last], doc.keys[start:at]
            if theirs == ours[-len(theirs) :] or (later == number + 1 and {*theirs} <= _PRONOUNS):
                continue  # "We built it. We paid for it.", "The pilots did it. They were praised."
            subject = doc.span(start, at)
            yield case.change(ChangeKind.AGENT, before.reported, subject)


def _is_subject(doc: Doc, first: int, last: int) -> bool:
    """Whether tokens open their sentence, have no verb that is told by its form, and a verb follows them."""
    low, stop = doc.tokens_of(doc.sentence_of(first))
    if first != low or last >= stop:
        return False
    finite = any(key in _AUXILIARIES for key in doc.keys[first:last])
    return not finite and _verbal(doc.keys[last])


def _is_predicate(doc: Doc, start: int, at: int) -> bool:
    """Whether tokens from `at` on go on with the subject that stands before them in their sentence: a verb."""
    return _verbal(doc.keys[at]) and not any(key in _AUXILIARIES for key in doc.keys[max(start, at - 1) : at])


def _verbal(key: str) -> bool:
    return key in _AUXILIARIES or key.endswith("ed")
