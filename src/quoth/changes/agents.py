"""Who it is about: another person, an office that was added or lost, one for many, a subject inside a larger one."""

from bisect import bisect_left
from collections.abc import Iterator

from quoth.changes.comparison import Case
from quoth.changes.governors import QUALIFIERS
from quoth.changes.word_changes import FREE_PLACES
from quoth.doc.stems import stem
from quoth.types import Change, ChangeKind, Edit, EditKind, Mode

_PERSONS = (
    frozenset(["i", "me", "my", "mine", "myself"]),
    frozenset(["we", "us", "our", "ours", "ourselves"]),
    frozenset(["you", "your", "yours", "yourself", "yourselves"]),
    frozenset(["he", "him", "his", "himself"]),
    frozenset(["she", "her", "hers", "herself"]),
    frozenset(["they", "them", "their", "theirs", "themselves"]),
)
_SPEAKER = frozenset().union(*_PERSONS[:2])
_THIRD = frozenset().union(*_PERSONS[3:])
_ONE = frozenset(["a", "an", "one", "another"])


def agent_changes(case: Case) -> Iterator[Change]:
    """Changes of person, office and number between words that are else the source's own."""
    if case.mode is not Mode.DIRECT or case.places > FREE_PLACES + 1:
        return
    for edit in case.edits:
        if edit.kind is EditKind.MOVED:
            continue
        ours = [unit.key for unit in case.ours.inside(edit.reported)] if edit.reported else []
        theirs = [unit.key for unit in case.theirs.inside(edit.original)] if edit.original else []
        if (
            (not edit.marked and _another(ours, theirs))
            or (_qualifies(ours, theirs) and not edit.marked)
            or _of_somebody(case, edit, ours, theirs)
        ):
            yield case.change(ChangeKind.AGENT, edit.reported, edit.original)
        elif not edit.marked and _one_for_many(case, edit, ours, theirs):
            yield case.change(ChangeKind.QUANTIFIER, edit.reported, edit.original)


def _another(ours: list[str], theirs: list[str]) -> bool:
    """Whether one person's pronoun stands for another's; "he" for the speaker's own "I" is how a report tells it."""
    mine, other = _person(ours), _person(theirs)
    if mine is None or other is None or mine is other:
        return False
    return not (ours[0] in _THIRD and theirs[0] in _SPEAKER)


def _person(keys: list[str]) -> frozenset[str] | None:
    """Which person a lone pronoun is, of six."""
    return next((person for person in _PERSONS if keys and person >= {*keys}), None)


def _qualifies(ours: list[str], theirs: list[str]) -> bool:
    """Whether one side has an office's qualifier more: "former", "deputy", "-elect"."""
    mine, other = QUALIFIERS & {*ours}, QUALIFIERS & {*theirs}
    return mine != other and len(ours) + len(theirs) <= 3  # noqa: PLR2004 - a qualifier alone, or one for another


def _of_somebody(case: Case, edit: Edit, ours: list[str], theirs: list[str]) -> bool:
    """Whether words put before the subject make it somebody else's: "the wife of | Dorn"."""
    only = ours if not theirs else theirs if not ours else []
    if only[-1:] != ["of"]:
        return False
    first = case.ours.units[0].start if ours else case.theirs.units[0].start
    place = edit.reported if ours else edit.original
    return place is not None and place.start <= first


def _one_for_many(case: Case, edit: Edit, ours: list[str], theirs: list[str]) -> bool:
    """Whether "a mistake" became "mistakes", or the other way round."""
    for one, many in ((ours, theirs), (theirs, ours)):
        if one and one[0] in _ONE and [*map(stem, one[1:])] == [*map(stem, many)] != []:
            return one[1:] != many
        if one and one[-1] in _ONE and not many:
            units, place = (case.ours.units, edit.reported) if one is ours else (case.theirs.units, edit.original)
            following = bisect_left(units, place.end, key=lambda unit: unit.start) if place else len(units)
            after = units[following] if following < len(units) else None
            pairs = case.pairs.there if one is ours else case.pairs.back
            mate = pairs.get(after.start) if after else None
            side = case.theirs if one is ours else case.ours
            other = next(iter(side.inside(mate)), None) if after and mate else None
            if after and other:
                return stem(other.key) == stem(after.key) and other.key != after.key
    return False
