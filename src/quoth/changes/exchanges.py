"""Words that exclude each other, in the same slot of both texts: "the gate was green" for "we painted the gate red".

A slot is told by the words beside it: those that an alignment pairs stand as near on both sides. Claimed only where
the source's passage has the report's word nowhere, and the statement has the source's word nowhere. A negation on one
side turns an opposite back: "the road was not safe" for "the road is dangerous".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from quoth.changes.comparison import Case
from quoth.changes.contrasts import (
    alike_behind,
    contrast,
    converse,
    converses,
    little,
    longest,
    needs_capital,
    of_motion,
    senses,
    turned,
)
from quoth.changes.name_forms import named, same_name, surfaces
from quoth.changes.sides import Side
from quoth.doc.name_tables import plain, world
from quoth.doc.stems import stem
from quoth.doc.tokens import Unit, function_words
from quoth.doc.word_lists import word_list
from quoth.doc.word_similarity import synonym_groups
from quoth.types import Change, ChangeKind, Span

#: How far off, in content words, a word beside another one may stand, and how far on both sides together.
_BESIDE, _APART = 2, 3
_BORDER = re.compile(r"[.;:!?–—]|,\s+(?:and|but|while|whereas|which|who)\b")
_LESSENING = frozenset(["less", "least", "hardly", "little", "without", "nor"])
_DENYING = frozenset(["no", "no_longer", "fail", "refuse", "hardly"])
_DETERMINERS = word_list("determiners")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase with its place.

    Attributes:
        first: number of its first unit.
        last: just past its last.
        keys: its keys.
        at: its place among the content words of its side.
        name: whether it is (part of) a name where it stands.
    """

    first: int
    last: int
    keys: tuple[str, ...]
    at: int
    name: bool = False


class _Read:
    """One side: its content words, its clauses, its terms."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.content = [number for number, unit in enumerate(side.units) if unit.key not in function_words()]
        self.order = {number: at for at, number in enumerate(self.content)}

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stem(unit.key) for unit in self.side.units)

    @cached_property
    def groups(self) -> frozenset[int]:
        return frozenset(group for unit in self.side.units for group in synonym_groups(unit.key))

    @cached_property
    def sides(self) -> frozenset[int]:
        """The sides of pairs of opposites that words stand on here."""
        known = (senses((self.side.units[number].key,)) for number in self.content)
        return frozenset(sign for one in known if one is not None for sign in one.opposites)

    def has(self, term: Term) -> bool:
        """Whether a term of the other side, a synonym of it, or one that has the same opposites stands here."""
        known = senses(term.keys)
        if known is not None and known.opposites & self.sides:
            return True
        keys = [key for key in term.keys if key not in function_words()]
        return all(stem(key) in self.stems or synonym_groups(key) & self.groups for key in keys)

    @cached_property
    def terms(self) -> Sequence[Term]:
        """The content words; phrases of the tables, and names of several words, as one."""
        units, found, at = self.side.units, [], 0
        while at < len(self.content):
            first = self.content[at]
            named_ = named(self.side.text, units[first])
            last = first + (self._name(first) if named_ else self._phrase(first))
            barred = needs_capital(units[first].key) and not named_  # "the sun", "sat"
            if not barred:
                found.append(Term(first, last, tuple(unit.key for unit in units[first:last]), at, named_))
            while at < len(self.content) and self.content[at] < last:
                at += 1
        return found

    def _phrase(self, first: int) -> int:
        """How many units the longest entry of the tables has that begins at one; 1 where none does."""
        units = self.side.units[first : first + longest()]
        sizes = range(len(units), 1, -1)
        return next((size for size in sizes if senses(tuple(unit.key for unit in units[:size]))), 1)

    def _name(self, first: int) -> int:
        """How many units a name has that begins at one."""
        units, text = self.side.units, self.side.text
        last = first + 1
        while (
            last < len(units)
            and named(text, units[last])
            and text[units[last - 1].end : units[last].start] in {" ", "-"}
        ):
            last += 1
        return last - first

    def around(self, term: Term) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of the content words before and behind a term, in its clause."""
        before, behind = (
            frozenset(
                stem(self.side.units[number].key)
                for number in self.content
                if (number < term.first if early else number >= term.last) and not self.borders(number, term.first)
            )
            for early in (True, False)
        )
        return before, behind

    def borders(self, one: int, other: int) -> bool:
        """Whether a clause ends between two units."""
        low, high = sorted((one, other))
        return bool(_BORDER.search(self.side.text, self.side.units[low].end, self.side.units[high].start))

    def denial(self, number: int) -> int | None:
        """The unit that denies another, if an odd number of them do."""
        found = [
            one.first
            for one in self.side.markers
            if one.family == "negation" and one.kind in _DENYING and one.last <= number
        ]
        for at in range(max(0, number - 2), number):
            if self.side.units[at].key in _LESSENING and at not in found:
                found.append(at)
        found = [at for at in found if not self.borders(at, number)]
        return found[-1] if len(found) % 2 else None


_read = lru_cache(maxsize=32)(_Read)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A word for one that excludes it.

    Attributes:
        ours: the report's word.
        theirs: the source's.
        kind: what is changed.
        turned_back: the negation of the one side that makes them say the same; None where none does.
    """

    ours: Span
    theirs: Span
    kind: ChangeKind
    turned_back: Span | None = None


class Exchanges:
    """The words of one case that are exchanged for others that exclude them."""

    def __init__(self, case: Case) -> None:
        """Reads both sides."""
        self._case = case
        self._ours, self._theirs = _read(case.ours), _read(case.theirs)
        places = {unit.start: number for number, unit in enumerate(case.theirs.units)}
        self._mates: dict[int, int] = {}  # content words that certainly stand for each other
        for number, unit in enumerate(case.ours.units):
            there = case.pairs.there.get(unit.start)
            mate = places.get(there.start) if there else None
            if mate is not None and _same(unit.key, case.theirs.units[mate].key):
                self._mates[number] = mate
        self._back = {mate: number for number, mate in self._mates.items()}

    @cached_property
    def words(self) -> Sequence[Exchange]:
        """Content words."""
        theirs = [term for term in self._theirs.terms if term.first not in self._back and not self._ours.has(term)]
        found: list[Exchange] = []
        for term in self._ours.terms:
            if term.first in self._mates or self._theirs.has(term) or self._near_by(term):
                continue
            rivals = [(kind, other) for other in theirs if (kind := self._rival(term, other)) is not None]
            if rivals:
                kind, other = min(rivals, key=lambda rival: abs(rival[1].first - self._place(term)))
                found += self._exchange(term, other, kind)
        return found

    def _rival(self, term: Term, other: Term) -> ChangeKind | None:
        """The kind of change that a word of the source is, told as one of the report's, if they share a slot."""
        kind = contrast(term.keys, other.keys)
        if kind is not None and self._one_slot(term, other, _APART):
            return None if self._from_other_end(term, other) else kind
        if term.name and other.name and self._one_slot(term, other, 2) and self._other_name(term, other):
            return ChangeKind.NAME
        return None

    def _other_name(self, term: Term, other: Term) -> bool:
        """Whether two names behind one preposition are two, of which the source has the report's nowhere."""
        behind = _preposition(self._ours.side, term.first), _preposition(self._theirs.side, other.first)
        doc = self._theirs.side.doc
        if behind[0] is None or behind[0] != behind[1] or not {*term.keys}.isdisjoint(doc.keys):
            return False
        written = [
            surfaces(read.side.text, read.side.units[one.first : one.last])
            for read, one in ((self._ours, term), (self._theirs, other))
        ]
        seats = [world().capitals.get(plain(" ".join(words))) for words in written]
        countries = [world().names.get(plain(" ".join(words))) for words in written]
        seated = any(seat and seat == country for seat, country in zip(seats, reversed(countries), strict=True))
        return not seated and not same_name(*written) and not same_name(*reversed(written))

    def _exchange(self, term: Term, other: Term, kind: ChangeKind) -> Iterator[Exchange]:
        mine, its = self._ours.denial(term.first), self._theirs.denial(other.first)
        ours, theirs = self._ours.side.span(term.first, term.last), self._theirs.side.span(other.first, other.last)
        if (mine is None) is (its is None):
            yield Exchange(ours, theirs, kind)
        elif kind is ChangeKind.NEGATION:
            back = self._ours.side.span(mine, mine + 1) if mine is not None else None
            if its is not None:
                back = self._theirs.side.span(its, its + 1)
            yield Exchange(ours, theirs, kind, back)

    def _near_by(self, term: Term) -> bool:
        """Whether the sentences around the passage have the term."""
        doc = self._theirs.side.doc
        numbers = {doc.sentence_of(doc.range(zone)[0]) for zone in self._theirs.side.zones}
        near = {at for number in numbers for at in (number - 1, number + 1) if 0 <= at < len(doc.sentences)} - numbers
        stems = {doc.stems[token] for at in near for token in range(*doc.tokens_of(at))}
        return all(stem(key) in stems for key in term.keys)

    def _place(self, term: Term) -> int:
        """About where in the source a term of the report would stand."""
        paired = sorted(self._mates)
        at = bisect_left(paired, term.first)
        near = paired[max(0, at - 1) : at + 1]
        return self._mates[min(near, key=lambda number: abs(number - term.first))] if near else 0

    def _one_slot(self, term: Term, other: Term, most: int) -> bool:
        """Whether content words that stand for each other stand as near to the one as to the other."""
        for step in (-1, 1):
            for apart in range(1, _BESIDE + 1):
                near = self._beside(self._ours, term, step, apart)
                mate = self._mates.get(near) if near is not None else None
                if mate is None:
                    continue
                if self._theirs.borders(mate, other.first):
                    break
                gap = self._theirs.order.get(mate, -9) - other.at
                if (gap * step > 0 and apart + abs(gap) <= most) or (apart == abs(gap) == 1):
                    return True
                break
        return False

    def _from_other_end(self, term: Term, other: Term) -> bool:
        """Whether one thing is told from its two ends, by words that do that."""
        return converse(term.keys, other.keys) and self._ends_changed(term, other)

    @cached_property
    def from_ends(self) -> bool:
        """Whether any two words tell one thing from its two ends: "to" and "from" change with them."""
        asked = [(one, end) for one in self._ours.terms for end in converses(one.keys)]
        if not asked:
            return False
        ends: dict[str, list[Term]] = {}
        for other in self._theirs.terms:
            ends.setdefault(stem(other.keys[-1]), []).append(other)
        return any(self._ends_changed(one, other) for one, end in asked for other in ends.get(end, ()))

    def _ends_changed(self, term: Term, other: Term) -> bool:
        """Whether a word before the term stands behind the source's, or the reverse: "Olm borrowed", "lent Olm"."""
        mine, its = self._ours.around(term), self._theirs.around(other)
        return bool((mine[0] & its[1]) - its[0] or (mine[1] & its[0]) - its[1])

    @staticmethod
    def _beside(read: _Read, term: Term, step: int, apart: int) -> int | None:
        """The content word so many words before or behind a term, in its clause."""
        at = term.at + step * apart + (term.last - term.first - 1 if step > 0 and term.last - term.first > 1 else 0)
        if not 0 <= at < len(read.content) or read.borders(read.content[at], term.first):
            return None
        return read.content[at]

    def changes(self) -> Iterator[Change]:
        """Every exchange that is one, as a change."""
        for one in self.words:
            if one.turned_back is None:
                yield self._case.change(one.kind, one.ours, one.theirs)
        yield from self._little()

    def _little(self) -> Iterator[Change]:
        """Little words before a word that both sides have: "because of the rain" for "despite the rain"."""
        ours, theirs = self._ours.side.units, self._theirs.side.units
        for number, mate in self._mates.items():
            if ours[number].key in function_words():
                continue
            mine, its = _before(ours, number), _before(theirs, mate)
            if mine is None or its is None or mine[0] == its[0]:
                continue
            kind = turned(mine[0], its[0])
            if kind is None or not self._framed(mine, its):
                continue
            if {mine[0], its[0]} in ({"to", "from"}, {"before", "after"}) and self.from_ends:
                continue
            if {mine[0], its[0]} == {"with", "against"} and any(
                alike_behind(unit.key) for unit in ours[max(0, mine[1] - 4) : mine[1]]
            ):
                continue
            yield self._case.change(
                kind, self._ours.side.span(mine[1], mine[2]), self._theirs.side.span(its[1], its[2])
            )

    def _framed(self, mine: tuple[str, int, int], its: tuple[str, int, int]) -> bool:
        """Whether the content words before two little words stand for each other, or none does that needs to.

        A conjunction or a time stands for itself: "after the vote, he left" and "he left before the vote".
        """
        if {mine[0], its[0]} & _ALONE:
            return True
        before = [
            next((at for at in range(place - 1, -1, -1) if read.side.units[at].key not in function_words()), None)
            for read, place in ((self._ours, mine[1]), (self._theirs, its[1]))
        ]
        if before[0] is None or before[1] is None:
            return False
        if {mine[0], its[0]} == {"to", "from"} and all(
            of_motion(read.side.units[at].key) for read, at in ((self._ours, before[0]), (self._theirs, before[1]))
        ):
            return True
        return self._mates.get(before[0]) == before[1]

    def settled(self, change: Change) -> bool:
        """Whether a change is one of negation that an opposite word takes back: "not safe" for "dangerous"."""
        if change.kind is not ChangeKind.NEGATION:
            return False
        for one in self.words:
            back = one.turned_back
            if back is None:
                continue
            if (change.reported == one.ours and change.original == one.theirs) or any(
                span is not None and span.meets(back) and other is None
                for span, other in ((change.reported, change.original), (change.original, change.reported))
            ):
                return True
            if change.original and change.original.meets(back) and change.reported and change.reported.meets(one.ours):
                return True
        return False


_PREPOSITIONS = frozenset(
    ["to", "from", "in", "at", "of", "with", "against", "for", "by", "near", "into", "through", "via", "between"]
)


def _preposition(side: Side, first: int) -> str | None:
    """The preposition right before a unit."""
    key = side.units[first - 1].key if first else ""
    return key if key in _PREPOSITIONS else None


#: Little words that say how two clauses or a clause and a time stand to each other: what stands before them is free.
_ALONE = frozenset(["because", "despite", "before", "after", "since", "until", "if", "unless", "without"])


def _same(first: str, second: str) -> bool:
    return first == second or stem(first) == stem(second) or bool(synonym_groups(first) & synonym_groups(second))


def _before(units: Sequence[Unit], number: int) -> tuple[str, int, int] | None:
    """The little word before a content word and its article: its group, its first unit, and just past its last."""
    at = number - 1
    while at >= 0 and units[at].key in _DETERMINERS and units[at].key not in {"of", "so"}:
        at -= 1
    keys = [unit.key for unit in units[max(0, at - 3) : at + 1]]
    for start in range(len(keys)):
        found = little(keys, start)
        if found is not None and start + found[1] == len(keys):
            first = max(0, at - 3) + start
            return found[0], first, at + 1
    return None
