"""Negations and conditions of German, French, Italian and Spanish that only one side of a quotation has.

The operators of `markers.toml` are English. For these languages the closed classes of `remainders.toml` tell as much as
is certain: a word that denies, or that opens a condition, left out of a quotation or put into it.
"""

import re
from collections.abc import Iterator, Sequence

from quoth.changes.comparison import Case
from quoth.changes.remainder_phrases import ENGLISH, phrases, tongue_of
from quoth.changes.sides import Side
from quoth.types import Change, ChangeKind, Mode, Span

_CLAUSE = re.compile(r"[,;:.!?–—]")
#: French words that deny only beside "ne": "plus" and "personne" alone are "more" and "a person".
_PARTNERED = frozenset(["plus", "personne", "rien", "point", "guere"])
_REACH = 5  # tokens


def foreign_changes(case: Case) -> Iterator[Change]:
    """Negations and conditions in words left out, put in or exchanged inside a quotation in another language."""
    tongue = tongue_of(case.theirs.doc)
    if tongue == ENGLISH or case.mode is not Mode.DIRECT:
        return
    denied = len(_denials(case.ours, case.ours.zones, tongue)), len(_denials(case.theirs, case.hulls, tongue))
    for edit in case.edits:
        mine = _denials(case.ours, [edit.reported] if edit.reported else [], tongue)
        theirs = _denials(case.theirs, [edit.original] if edit.original else [], tongue)
        if bool(mine) != bool(theirs) and denied[0] % 2 != denied[1] % 2:
            yield case.change(ChangeKind.NEGATION, mine[0] if mine else None, theirs[0] if theirs else None)
        elif edit.original and not edit.reported and (span := _condition(case.theirs, edit.original, tongue)):
            yield case.change(ChangeKind.CONDITION, None, span)


def _denials(side: Side, spans: Sequence[Span], tongue: str) -> list[Span]:
    """The words that deny in some stretches, one of each clause: "non ... mai" and "ne ... pas" deny once."""
    words = {phrase[0] for phrase in phrases(tongue)["negation"] if len(phrase) == 1}
    found: list[Span] = []
    for number, unit in enumerate(side.units):
        here = Span(unit.start, unit.end)
        if unit.key not in words or not any(span.holds(here) for span in spans):
            continue
        near = side.units[max(0, number - _REACH) : number + _REACH]
        if unit.key in _PARTNERED and not any(one.key == "ne" or one.key.startswith("n'") for one in near):
            continue
        if not found or _CLAUSE.search(side.text[found[-1].end : here.start]):
            found.append(here)
    return found


def _condition(side: Side, span: Span, tongue: str) -> Span | None:
    """The phrase that opens left-out words, if it is one of a condition and they are more than it."""
    units = side.inside(span)
    keys = [unit.key for unit in units]
    for phrase in phrases(tongue)["condition"]:
        if len(keys) > len(phrase) and tuple(keys[: len(phrase)]) == phrase:
            return Span(units[0].start, units[-1].end)
    return None
