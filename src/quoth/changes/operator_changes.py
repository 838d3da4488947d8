"""Negations, hedges, modals, quantifiers and conditions: added, dropped, or exchanged for others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quoth.changes.comparison import Case
from quoth.changes.omission_scope import harmless
from quoth.doc.operators import Marker
from quoth.types import Change, ChangeKind, EditKind, Mode, Span

_KINDS = {
    "negation": ChangeKind.NEGATION,
    "hedge": ChangeKind.HEDGE,
    "modal": ChangeKind.HEDGE,
    "quantifier": ChangeKind.QUANTIFIER,
    "condition": ChangeKind.CONDITION,
}
#: Markers whose mere presence or absence changes nothing: "can help" and "helps", "several men" and "men".
_LIGHT_ALONE = {
    ("modal", "will"), ("modal", "would"), ("modal", "can"), ("quantifier", "several"), ("quantifier", "many"),
    ("quantifier", "once"), ("quantifier", "both"), ("negation", "un"), ("negation", "deny"), ("hedge", "or_more"),
}  # fmt: skip
#: Classes that may stand for each other: indirect speech, and words with two readings.
_EXCHANGEABLE = {
    frozenset(["will", "would"]), frozenset(["can", "may"]),
    frozenset(["would", "should"]), frozenset(["alleged", "opinion"]), frozenset(["possible", "apparent"]),
    frozenset(["partly", "generally"]), frozenset(["above", "or_more"]), frozenset(["many", "several"]),
    frozenset(["at_least", "or_more"]),
}  # fmt: skip
#: What indirect speech shifts, and a quotation does not.
_SHIFTED = frozenset(["will", "would"])
#: Words that "not" and "no" make an idiom with ("not only ... but", "no less"), in which they deny nothing.
_IDIOMS = {"not": frozenset({"only", "just", "merely", "simply"}), "no": frozenset({"less"})}
#: How far apart, in code points, two markers may stand and still answer each other.
_NEAR = 60


@dataclass(frozen=True, slots=True)
class _Placed:
    marker: Marker
    span: Span
    place: int  # offset in the source


def marker_changes(case: Case) -> Iterator[Change]:
    """Changes of markers, and those of their edits that exchange a marker for one of the same class."""
    ours, theirs = _unmatched(case)
    for family in _KINDS:
        mine = [one for one in ours if one.marker.family == family]
        others = [one for one in theirs if one.marker.family == family]
        if family == "negation":
            yield from _negations(case, mine, others)
        else:
            yield from _exchanged(case, mine, others)
    yield from _denied(case)


def _denied(case: Case) -> Iterator[Change]:
    """A "not" before a "just", or a "no" before a "less", that the other side has without it, denies."""
    ours, theirs = case.ours.units, case.theirs.units
    for (one, after), other_units, paired in (
        *((pair, theirs, case.pairs.there) for pair in pairwise(ours)),
        *((pair, ours, case.pairs.back) for pair in pairwise(theirs)),
    ):
        if after.key not in _IDIOMS.get(one.key, ()) or one.start in paired or after.start not in paired:
            continue
        there = paired[after.start]
        before = next((unit.key for unit in reversed(other_units) if unit.end <= there.start), "")
        if before != one.key:
            said = Span(one.start, one.end)
            mine = other_units is theirs
            yield case.change(ChangeKind.NEGATION, said if mine else there, None if mine else said)


def _unmatched(case: Case) -> tuple[list[_Placed], list[_Placed]]:
    """Markers of each side that no marker of the same class on the other side stands for."""
    owners: dict[int, Marker] = {}
    counted, their_counted = case.ours.counted, case.theirs.counted
    for marker in case.theirs.markers:
        for number in range(marker.first, marker.last):
            owners[case.theirs.units[number].start] = marker
    matched: set[tuple[int, int]] = set()
    ours: list[_Placed] = []
    for marker in case.ours.markers:
        if marker.family == "quantifier" and any(case.our_span(marker).meets(span) for span in counted):
            continue  # "half a million" is a number
        twin = None
        for number in range(marker.first, marker.last):
            there = case.pairs.there.get(case.ours.units[number].start)
            other = owners.get(there.start) if there else None
            if other and (other.family, other.kind) == (marker.family, marker.kind):
                twin = other
        if twin:
            matched.add((twin.first, twin.last))
        else:
            place = case.place(marker.first)
            if place is not None:
                ours.append(_Placed(marker, case.our_span(marker), place))
    theirs = [
        _Placed(marker, span, span.start)
        for marker in case.theirs.markers
        if (marker.first, marker.last) not in matched
        and case.inside(span := case.their_span(marker))
        and not _other_form(case, marker)
        and not _stuttered(case, marker)
        and not (marker.family == "quantifier" and any(span.meets(other) for other in their_counted))
    ]
    return ours, theirs


def _stuttered(case: Case, marker: Marker) -> bool:
    """Whether a speaker says an operator twice while he begins anew: "It's not even, it's not even hard"."""
    units = case.theirs.units
    after = [unit.key for unit in units[marker.first : marker.last + 1]]
    around = [unit.key for unit in units[max(0, marker.first - _AGAIN) : marker.last + _AGAIN]]
    size = len(after)
    return size > 1 and sum(around[at : at + size] == after for at in range(len(around) - size + 1)) > 1


_AGAIN = 10


def _other_form(case: Case, marker: Marker) -> bool:
    """Whether a marker of one word is paired with a word of the report: "claimed" with "claims", which is no marker."""
    return marker.last - marker.first == 1 and case.theirs.units[marker.first].start in case.pairs.back


def _negations(case: Case, ours: Sequence[_Placed], theirs: Sequence[_Placed]) -> Iterator[Change]:
    """Negations cancel each other wherever they stand in a clause: "not acceptable" is "unacceptable"."""
    rest = list(theirs)
    for one in ours:
        twin = min(rest, key=lambda other: abs(other.place - one.place), default=None)
        if twin and abs(twin.place - one.place) <= _NEAR * 2:
            rest.remove(twin)
            if {one.marker.kind, twin.marker.kind} in ({"refuse", "no"}, {"refuse", "fail"}, {"hardly", "no"}):
                yield case.change(ChangeKind.STRENGTH, one.span, twin.span)
            else:
                yield case.change(ChangeKind.WORDING, one.span, twin.span, material=False)
        elif ("negation", one.marker.kind) not in _LIGHT_ALONE and not _elsewhere(case, one):
            yield case.change(ChangeKind.NEGATION, one.span, None)
    for one in rest:
        if not _taken_over(case, one):
            continue
        if ("negation", one.marker.kind) not in _LIGHT_ALONE and not harmless(case, one.span, "negation"):
            yield case.change(ChangeKind.NEGATION, _where(case, one), one.span)


def _exchanged(case: Case, ours: Sequence[_Placed], theirs: Sequence[_Placed]) -> Iterator[Change]:
    rest = list(theirs)
    for one in ours:
        family, kind = one.marker.family, one.marker.kind
        near = [
            other
            for other in rest
            if other.marker.kind == kind or abs(other.place - one.place) <= _NEAR or _same_edit(case, one, other)
        ]
        twin = min(near, key=lambda other: (other.marker.kind != kind, abs(other.place - one.place)), default=None)
        if twin:
            rest.remove(twin)
            two = frozenset([kind, twin.marker.kind])
            if two == _SHIFTED and case.mode is Mode.DIRECT and not _bracketed(case, one.span):
                yield case.change(ChangeKind.TENSE, one.span, twin.span)
            elif twin.marker.kind != kind and two not in _EXCHANGEABLE:
                yield case.change(_KINDS[family], one.span, twin.span)
            else:
                yield case.change(ChangeKind.WORDING, one.span, twin.span, material=False)
        elif (family, kind) not in _LIGHT_ALONE and not _elsewhere(case, one):
            yield case.change(_KINDS[family], one.span, None)
    for one in rest:
        if not _taken_over(case, one):
            continue
        if (one.marker.family, one.marker.kind) not in _LIGHT_ALONE and not harmless(case, one.span, one.marker.family):
            yield case.change(_KINDS[one.marker.family], _where(case, one), one.span)


def _bracketed(case: Case, span: Span) -> bool:
    """Whether brackets own up to the words."""
    return any(edit.marked and edit.reported and edit.reported.holds(span) for edit in case.edits)


def _elsewhere(case: Case, one: _Placed) -> bool:
    """Whether the source's sentence has an operator of the same class that nothing answers, wherever it stands."""
    kind = one.marker.kind
    return any(
        other.family == one.marker.family
        and (other.kind == kind or frozenset([kind, other.kind]) in _EXCHANGEABLE)
        and not any(case.theirs.units[number].start in case.pairs.back for number in range(other.first, other.last))
        for other in case.theirs.markers
    )


def _taken_over(case: Case, one: _Placed) -> bool:
    """Whether a marker of the source stands between words that the report took over, and does not begin before them."""
    return any(hull.meets(one.span) and hull.start <= one.span.start for hull in case.hulls)


def _same_edit(case: Case, ours: _Placed, theirs: _Placed) -> bool:
    return any(
        edit.kind is EditKind.REPLACED
        and edit.reported
        and edit.original
        and edit.reported.meets(ours.span)
        and edit.original.meets(theirs.span)
        for edit in case.edits
    )


def _where(case: Case, dropped: _Placed) -> Span | None:
    """The report's words that stand where a marker of the source was dropped, if any do."""
    edit = case.edit_of(None, dropped.span)
    return edit.reported if edit else None
