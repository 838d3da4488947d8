"""Negations, hedges, modals, quantifiers and conditions: added, dropped, or exchanged for others."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quoth.changes.comparison import Case
from quoth.changes.omission_scope import harmless
from quoth.changes.sides import Side
from quoth.doc.operators import Marker, embedding
from quoth.doc.stems import stem
from quoth.doc.word_lists import word_list
from quoth.types import Change, ChangeKind, EditKind, Mode, Places, Span

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
EXCHANGEABLE = {
    frozenset(["will", "would"]), frozenset(["can", "may"]),
    frozenset(["would", "should"]), frozenset(["alleged", "opinion"]), frozenset(["possible", "apparent"]),
    frozenset(["partly", "generally"]), frozenset(["above", "or_more"]), frozenset(["many", "several"]),
    frozenset(["at_least", "or_more"]), frozenset(["some", "several"]), frozenset(["all_but", "most"]),
}  # fmt: skip
#: What indirect speech shifts, and a quotation does not.
_SHIFTED = frozenset(["will", "would"])
#: Words that "not" and "no" make an idiom with ("not only ... but", "no less"), in which they deny nothing.
_IDIOMS = {"not": frozenset({"only", "just", "merely", "simply"}), "no": frozenset({"less"})}
_DETERMINERS = word_list("determiners")
#: How far apart, in code points, two markers may stand and still answer each other.
_NEAR = 60


@dataclass(frozen=True, slots=True)
class _Placed:
    marker: Marker
    span: Span
    place: int  # offset in the source


class _Rest:
    """The operators of the source that none of the report's was held against yet, looked up by where they stand."""

    def __init__(self, every: Sequence[_Placed]) -> None:
        self._every = every  # in the order of the source
        self._spans = Places(one.span for one in every)
        self._free: dict[str | None, list[tuple[int, int]]] = {None: []}  # places and numbers, of each kind and of all
        for number, one in enumerate(every):
            for kind in (None, one.marker.kind):
                insort(self._free.setdefault(kind, []), (one.place, number))

    def __iter__(self) -> Iterator[_Placed]:
        return (self._every[number] for _, number in self._free[None])

    def near(self, place: int) -> list[_Placed]:
        """Those within `_NEAR` code points of an offset."""
        free = self._free[None]
        low, high = bisect_left(free, (place - _NEAR,)), bisect_left(free, (place + _NEAR + 1,))
        return [self._every[number] for _, number in free[low:high]]

    def at(self, spans: Iterable[Span | None]) -> list[_Placed]:
        """Those that share a code point with one of some spans."""
        met = (self._every[number] for span in spans if span for number in self._spans.meeting(span))
        return [one for one in met if one in self]

    def __contains__(self, one: _Placed) -> bool:
        free = self._free[None]
        at = bisect_left(free, (one.place,))
        return at < len(free) and free[at][0] == one.place

    def nearest(self, place: int, kind: str | None = None) -> _Placed | None:
        """The one nearest to an offset, of a kind or of all; of two as near the first."""
        free = self._free.get(kind, [])
        at = bisect_left(free, (place,))
        return self.nearest_of([self._every[number] for _, number in free[max(0, at - 1) : at + 1]], place)

    def nearest_of(self, some: Sequence[_Placed], place: int) -> _Placed | None:
        """The one of some that is nearest to an offset; of two as near the first."""
        return min(some, key=lambda one: (abs(one.place - place), one.place), default=None)

    def take(self, one: _Placed) -> None:
        """From now on it is not there."""
        for kind in (None, one.marker.kind):
            free = self._free[kind]
            del free[bisect_left(free, (one.place,))]


def marker_changes(case: Case) -> Iterator[Change]:
    """Changes of markers, and those of their edits that exchange a marker for one of the same class."""
    ours, theirs = _unmatched(case)
    for family in _KINDS:
        mine = [one for one in ours if one.marker.family == family]
        others = [one for one in theirs if one.marker.family == family]
        if not mine and not others:
            continue
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
        at = bisect_right(other_units, there.start, key=lambda unit: unit.end)
        if not at or other_units[at - 1].key != one.key:
            said = Span(one.start, one.end)
            mine = other_units is theirs
            yield case.change(ChangeKind.NEGATION, said if mine else there, None if mine else said)


def _unmatched(case: Case) -> tuple[list[_Placed], list[_Placed]]:
    """Markers of each side that no marker of the same class on the other side stands for."""
    owners: dict[int, Marker] = {}
    for marker in case.theirs.markers:
        for number in range(marker.first, marker.last):
            owners[case.theirs.units[number].start] = marker
    matched: set[tuple[int, int]] = set()
    ours: list[_Placed] = []
    for marker in case.ours.markers:
        if marker.family == "quantifier" and case.ours.counts(case.our_span(marker)):
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
        and not (marker.family == "quantifier" and case.theirs.counts(span))
    ]
    return ours, theirs


def _stuttered(case: Case, marker: Marker) -> bool:
    """Whether a speaker says an operator twice: "It's not even, it's not even hard", "never, never ever"."""
    units = case.theirs.units
    if _repeated(case, marker):
        return True
    after = [unit.key for unit in units[marker.first : marker.last + 1]]
    around = [unit.key for unit in units[max(0, marker.first - _AGAIN) : marker.last + _AGAIN]]
    size = len(after)
    return size > 1 and sum(around[at : at + size] == after for at in range(len(around) - size + 1)) > 1


def _repeated(case: Case, marker: Marker) -> bool:
    """Whether a word is said again right beside itself, and the report has it once or it was said before."""
    units = case.theirs.units
    run = [marker.first]
    for step in (-1, 1):
        at = marker.first + step
        while 0 <= at < len(units) and units[at].key in {units[marker.first].key, _EVER}:
            if units[at].key != _EVER:
                run.append(at)
            at += step
    taken = any(units[at].start in case.pairs.back for at in run)
    return marker.last - marker.first == 1 and len(run) > 1 and (taken or min(run) < marker.first)


_EVER = "ever"
_AGAIN = 10


def _other_form(case: Case, marker: Marker) -> bool:
    """Whether a marker of one word is paired with a word of the report: "claimed" with "claims", which is no marker."""
    return marker.last - marker.first == 1 and case.theirs.units[marker.first].start in case.pairs.back


def _negations(case: Case, ours: Sequence[_Placed], theirs: Sequence[_Placed]) -> Iterator[Change]:
    """Negations cancel each other wherever they stand in a clause: "not acceptable" is "unacceptable"."""
    rest, unanswered = _Rest(theirs), _unanswered(case)
    for one in ours:
        twin = rest.nearest(one.place)
        if twin and abs(twin.place - one.place) <= _NEAR * 2:
            rest.take(twin)
            if {one.marker.kind, twin.marker.kind} in ({"refuse", "no"}, {"refuse", "fail"}, {"hardly", "no"}):
                yield case.change(ChangeKind.STRENGTH, one.span, twin.span)
            else:
                yield case.change(ChangeKind.WORDING, one.span, twin.span, material=False)
        elif ("negation", one.marker.kind) not in _LIGHT_ALONE and not _elsewhere(one, unanswered):
            yield case.change(ChangeKind.NEGATION, one.span, None)
    for one in rest:
        if not _taken_over(case, one):
            continue
        if ("negation", one.marker.kind) not in _LIGHT_ALONE and not harmless(case, one.span, "negation"):
            yield case.change(ChangeKind.NEGATION, _where(case, one), one.span)


def _exchanged(case: Case, ours: Sequence[_Placed], theirs: Sequence[_Placed]) -> Iterator[Change]:
    rest, unanswered = _Rest(theirs), _unanswered(case)
    for one in ours:
        family, kind = one.marker.family, one.marker.kind
        replaced = [edit.original for edit in case.edits_at(one.span) if edit.kind is EditKind.REPLACED]
        twin = rest.nearest(one.place, kind) or rest.nearest_of([*rest.near(one.place), *rest.at(replaced)], one.place)
        if twin:
            rest.take(twin)
            two = frozenset([kind, twin.marker.kind])
            if two == _SHIFTED and case.mode is Mode.DIRECT and not _bracketed(case, one.span):
                yield case.change(ChangeKind.TENSE, one.span, twin.span)
            elif twin.marker.kind != kind and two not in EXCHANGEABLE:
                yield case.change(_KINDS[family], one.span, twin.span)
            else:
                yield case.change(ChangeKind.WORDING, one.span, twin.span, material=False)
        elif not (_light(case, case.ours, one.marker) or _elsewhere(one, unanswered) or _claimed(case, one.marker)):
            yield case.change(_KINDS[family], one.span, None)
    for one in rest:
        if not _taken_over(case, one) or _generic(case, one.marker):
            continue
        if not _light(case, case.theirs, one.marker) and not harmless(case, one.span, one.marker.family):
            yield case.change(_KINDS[one.marker.family], _where(case, one), one.span)


def _light(case: Case, side: Side, marker: Marker) -> bool:
    """Whether an operator changes nothing by its mere presence: "could not save" is "was unable to save"."""
    if (marker.family, marker.kind) in _LIGHT_ALONE:
        return True
    if marker.family != "modal":
        return False
    following = [unit.key for unit in side.units[marker.first + 1 : marker.first + 2]]
    if side.units[marker.first].key == "could" and following == ["not"]:
        return True
    return marker.kind == "must" and case.mode is not Mode.DIRECT and side.units[marker.first].key == "have"


def _claimed(case: Case, marker: Marker) -> bool:
    """Whether a report tells as an accusation what somebody claims in the source: "accused" for "maintains that"."""
    return marker.kind == "alleged" and any(
        one.kind in _CLAIMING for one in embedding([unit.key for unit in case.theirs.units])
    )


_CLAIMING = frozenset(["say", "claim"])


def _generic(case: Case, marker: Marker) -> bool:
    """Whether a report tells in a bare plural what the source says of all: "pays fishermen" for "every fisherman"."""
    if case.mode is Mode.DIRECT or (marker.family, marker.kind) != ("quantifier", "all"):
        return False
    following = case.theirs.units[marker.last : marker.last + 1]
    mate = case.pairs.back.get(following[0].start) if following else None
    at = case.ours.range(mate)[0] if mate else 0
    if not mate or at >= len(case.ours.units):
        return False
    key = case.ours.units[at].key
    plural = key != following[0].key and stem(key) == stem(following[0].key)
    return plural and (at == 0 or case.ours.units[at - 1].key not in _DETERMINERS)


def _bracketed(case: Case, span: Span) -> bool:
    """Whether brackets own up to the words."""
    return any(edit.marked and edit.reported and edit.reported.holds(span) for edit in case.edits_at(span))


def _unanswered(case: Case) -> frozenset[tuple[str, str]]:
    """Families and classes of the operators of the source of which the report has no word."""
    return frozenset(
        (other.family, other.kind)
        for other in case.theirs.markers
        if not any(case.theirs.units[number].start in case.pairs.back for number in range(other.first, other.last))
    )


def _elsewhere(one: _Placed, unanswered: Iterable[tuple[str, str]]) -> bool:
    """Whether the source's sentence has an operator of the same class that nothing answers, wherever it stands."""
    return any(
        family == one.marker.family and (kind == one.marker.kind or frozenset([kind, one.marker.kind]) in EXCHANGEABLE)
        for family, kind in unanswered
    )


def _taken_over(case: Case, one: _Placed) -> bool:
    """Whether a marker of the source stands between words that the report took over, and does not begin before them."""
    return any(hull.start <= one.span.start for hull in case.hulls_at(one.span))


def _where(case: Case, dropped: _Placed) -> Span | None:
    """The report's words that stand where a marker of the source was dropped, if any do."""
    edit = case.edit_of(None, dropped.span)
    return edit.reported if edit else None
