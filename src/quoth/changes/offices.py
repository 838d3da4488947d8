"""Offices told in other words with another rank: "the deputy mayor" for "the mayor", "the mayor" for "the former"."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from quoth.changes.comparison import Case
from quoth.changes.sides import Side
from quoth.doc.doc import Doc
from quoth.doc.name_tables import words as name_words
from quoth.types import Change, ChangeKind, Mode

#: Words that make another office of the one that they stand before.
_RANKS = frozenset(["acting", "assistant", "associate", "deputy", "honorary", "interim", "shadow", "vice"])
#: Words for an office that was held: a later report may know of it, and none may forget it.
_PAST = frozenset(["ex", "former"])


def office_changes(case: Case) -> Iterator[Change]:
    """Ranks that stand before an office on one side, and on the other before none of its kind."""
    if case.mode is Mode.DIRECT:
        return  # there every word is held against every word
    numbers = {start: number for number, start in enumerate(case.theirs.starts)}
    for number, unit in enumerate(case.ours.units):
        there = case.pairs.there.get(unit.start)
        other = numbers.get(there.start) if there else None
        if other is None or unit.key not in name_words().titles or case.theirs.units[other].key != unit.key:
            continue
        mine, its = _before(case.ours, number), _before(case.theirs, other)
        have = {one.key for one in case.ours.units[mine:number]}
        lost = {one.key for one in case.theirs.units[its:other]} - have
        won = have & _RANKS if its == other else set()
        if any((rank, unit.key) not in _ranked(case.ours.doc) for rank in lost) or any(
            (rank, unit.key) not in _ranked(case.theirs.doc) for rank in won
        ):
            yield case.change(ChangeKind.AGENT, case.ours.span(mine, number + 1), case.theirs.span(its, other + 1))


def _before(side: Side, number: int) -> int:
    """The first of the ranks right before a unit, with nothing but blanks and hyphens between; the unit without one."""
    while number and side.units[number - 1].key in _RANKS | _PAST:
        if side.text[side.units[number - 1].end : side.units[number].start].strip(" -\u2010\u2011"):
            break
        number -= 1
    return number


@lru_cache(maxsize=8)
def _ranked(doc: Doc) -> frozenset[tuple[str, str]]:
    """The ranks of a text with the words right behind them."""
    return frozenset((rank, office) for rank, office in pairwise(doc.keys) if rank in _RANKS | _PAST)
