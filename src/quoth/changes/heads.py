"""Operators on one head: a word that both sides have, denied or only possible on one of them."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from quoth.changes.comparison import Case
from quoth.changes.sides import Side
from quoth.doc.operators import Marker
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import Change, ChangeKind, Span

_BORDER = re.compile(r"[,;:.!?–—()]|\s-\s")
#: Words that open another clause, which an operator before them does not govern.
_CLAUSES = word_list("clauses")
_DENIALS = frozenset(["no", "no_longer", "fail", "refuse", "hardly"])
_MODALS = frozenset(["may"])


def head_changes(case: Case) -> Iterator[Change]:
    """Negations and modals that govern a word on one side and not the word that it is paired with on the other.

    Claimed only where nothing else on either side may answer it: no other negation stands in either clause, and no
    other pair of the same words says otherwise.
    """
    places = {unit.start: number for number, unit in enumerate(case.theirs.units)}
    found: dict[ChangeKind, list[Change]] = {}
    agreeing: set[ChangeKind] = set()
    for number, unit in enumerate(case.ours.units):
        mate = case.pairs.there.get(unit.start)
        if mate is None or unit.key in function_words() or mate.start not in places or not unit.key.isalpha():
            continue
        other = places[mate.start]
        for kind, family, kinds in ((ChangeKind.NEGATION, "negation", _DENIALS), (ChangeKind.HEDGE, "modal", _MODALS)):
            mine, its = _governing(case.ours, number, family, kinds), _governing(case.theirs, other, family, kinds)
            if mine is not None and its is not None:
                agreeing.add(kind)
            elif mine is not None or its is not None:
                change = case.change(kind, _span(case.ours, mine), _span(case.theirs, its))
                found.setdefault(kind, []).append(change)
    for kind, changes in found.items():
        if kind not in agreeing:
            yield changes[0]


def _span(side: Side, one: Marker | None) -> Span | None:
    return side.span(one.first, one.last) if one is not None else None


def _inability(side: Side, one: Marker) -> bool:
    """Whether a modal is the "could" of "could not", which leaves nothing open."""
    following = [unit.key for unit in side.units[one.last : one.last + 1]]
    return one.family == "modal" and side.units[one.first].key == "could" and following == ["not"]


def _governing(side: Side, number: int, family: str, kinds: frozenset[str]) -> Marker | None:
    """The operator that governs a token in its clause, the nearest one; None where none does."""
    for one in reversed(side.markers[: bisect_left(side.markers, number + 1, key=lambda one: one.last)]):
        if one.family != family or one.kind not in kinds or _inability(side, one):
            continue
        between = side.units[one.last - 1 : number + 1]
        text = side.text[between[0].end : between[-1].start]
        if not _BORDER.search(text) and not any(unit.key in _CLAUSES for unit in between[1:-1]):
            return one
    return None
