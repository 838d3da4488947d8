"""A tense that moves an event: what is still to come told as done, what is under way as over."""

from collections.abc import Iterator

from quoth.changes.comparison import Case
from quoth.changes.word_changes import FREE_PLACES
from quoth.doc.tenses import BE, Tense, tense
from quoth.doc.tokens import function_words
from quoth.types import Change, ChangeKind, EditKind, Mode

_DONE = frozenset([Tense.PAST, Tense.WAS, Tense.HAD, Tense.PERFECT])
_AHEAD = frozenset([Tense.FUTURE, Tense.WOULD, Tense.WILL_HAVE])
#: Told of one side and of the other, these place an event differently, whoever tells it: done and still to come; and
#: what never came about ("would have signed") and what did or may.
_ALWAYS = frozenset(frozenset([done, ahead]) for done in _DONE for ahead in _AHEAD) | frozenset(
    frozenset([Tense.WOULD_HAVE, real]) for real in (*_DONE, *_AHEAD - {Tense.WILL_HAVE}, Tense.PRESENT, Tense.ONGOING)
)
#: So do these in words that are else the source's: what is under way, and what is over. Translations differ so.
_LITERAL = frozenset([frozenset([Tense.ONGOING, Tense.PERFECT]), frozenset([Tense.ONGOING, Tense.HAD])])
#: And these between quotation marks; indirect speech shifts them back, as it must. "is a clerk" and "was a clerk" are
#: not here: they move no event.
_QUOTED = frozenset(
    frozenset(two)
    for two in (
        (Tense.ONGOING, Tense.PAST),
        (Tense.ONGOING, Tense.WAS_DOING),
        (Tense.ONGOING, Tense.FUTURE),
        (Tense.PRESENT, Tense.PAST),
        (Tense.PRESENT, Tense.HAD),
        (Tense.PERFECT, Tense.HAD),
        (Tense.SINCE, Tense.HAD),
        (Tense.STATE, Tense.PAST),
        (Tense.STATE, Tense.HAD),
        (Tense.STATE, Tense.FUTURE),
    )
)


def tense_changes(case: Case) -> Iterator[Change]:
    """The verbs of the report whose event stands at another time than in the source, as changes of date."""
    if not case.edits:
        return
    numbers = {unit.start: number for number, unit in enumerate(case.theirs.units)}
    ours, theirs = [unit.key for unit in case.ours.units], [unit.key for unit in case.theirs.units]
    moving = _ALWAYS
    if case.places <= FREE_PLACES:
        moving |= _LITERAL | (_QUOTED if case.mode is Mode.DIRECT else frozenset())
    if case.mode is Mode.DIRECT and case.places <= FREE_PLACES:
        yield from _turned_past(case)
    for number, unit in enumerate(case.ours.units):
        there = case.pairs.there.get(unit.start)
        if there is None or unit.key in function_words() or there.start not in numbers:
            continue
        other = numbers[there.start]
        told, said = tense(ours, number), tense(theirs, other)
        if told is None or said is None or frozenset([told[0], said[0]]) not in moving:
            continue
        mine, its = ours[told[1] : number], theirs[said[1] : other]
        if (not mine and BE & {*its}) or (not its and BE & {*mine}):
            continue  # "the rule applied there" and "the rule that will be applied there"
        yield case.change(ChangeKind.TENSE, case.ours.span(told[1], number + 1), case.theirs.span(said[1], other + 1))


_IS, _WAS = frozenset(["is", "are", "am", "'s", "'re"]), frozenset(["was", "were"])


def _turned_past(case: Case) -> Iterator[Change]:
    """A lone "is" for "was" between quotation marks, or the other way round."""
    for edit in case.edits:
        if edit.kind is not EditKind.REPLACED or edit.marked or not edit.reported or not edit.original:
            continue
        ours, theirs = case.ours.inside(edit.reported), case.theirs.inside(edit.original)
        keys = {unit.key for unit in ours}, {unit.key for unit in theirs}
        if len(ours) == len(theirs) == 1 and any(
            keys[0] <= one and keys[1] <= other for one, other in ((_IS, _WAS), (_WAS, _IS))
        ):
            yield case.change(ChangeKind.TENSE, edit.reported, edit.original)
