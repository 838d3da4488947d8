"""What an "only" limits: "only nurses may enter on Sundays" for "nurses may enter only on Sundays"."""

import re
from collections.abc import Iterator

from quoth.changes.comparison import Case
from quoth.changes.sides import Side
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import Change, ChangeKind

_ONLY = frozenset(["only", "solely", "exclusively"])
_BORDER = re.compile(r"[.;:!?,–—]")
_OPENING = frozenset(["that", "and", "but", "because", "while", "so"])
_DETERMINERS = word_list("determiners")


def focus_changes(case: Case) -> Iterator[Change]:
    """An "only" before the subject on one side, and behind it on the other.

    Before a verb an "only" may limit whatever follows; in front of the subject it can limit nothing else.
    """
    ours, theirs = _lone(case.ours), _lone(case.theirs)
    if ours is None or theirs is None:
        return
    limited = _subject(case.ours, ours), _subject(case.theirs, theirs)
    if (limited[0] is None) is (limited[1] is None):
        return
    if limited[0] is not None:
        mate = case.pairs.there.get(case.ours.units[limited[0]].start)
        behind = mate is not None and mate.start < case.theirs.units[theirs].start
    else:
        mate = case.pairs.back.get(case.theirs.units[limited[1] or 0].start)
        behind = mate is not None and mate.start < case.ours.units[ours].start
    if behind:
        yield case.change(ChangeKind.QUANTIFIER, case.ours.span(ours, ours + 1), case.theirs.span(theirs, theirs + 1))


def _lone(side: Side) -> int | None:
    """The unit that is the one "only" of a side."""
    found = [number for number, unit in enumerate(side.units) if unit.key in _ONLY]
    return found[0] if len(found) == 1 else None


def _subject(side: Side, only: int) -> int | None:
    """The first content word behind an "only" that opens its clause right before its subject; else None."""
    units = side.units
    opens = only == 0 or bool(_BORDER.search(side.text, units[only - 1].end, units[only].start))
    if not opens and units[only - 1].key not in _OPENING:
        return None
    at = only + 1
    while at < len(units) and units[at].key in _DETERMINERS and units[at].key != "so":
        at += 1
    return at if at < len(units) and units[at].key not in function_words() else None
