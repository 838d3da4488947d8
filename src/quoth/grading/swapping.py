"""Who did what to whom: words that exchanged their places.

Two words are swapped when each stands in the report where the other stands in the source. A place is known by the words
beside it, articles aside: "from Tarn to Olm" and "from Olm to Tarn" differ in what stands after "from" and "to". A list
told in another order ("Tarn and Olm", "Olm and Tarn") exchanges nothing, nor does a passive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quoth.grading.case import Case
from quoth.grading.region import Side
from quoth.text.likeness import word_kind
from quoth.text.stems import stem
from quoth.text.units import function_words
from quoth.values import Change, ChangeKind, Span

_SKIPPED = frozenset(["a", "an", "the", "this", "that", "his", "her", "its", "their", "our", "'s"])
_COORDINATING = frozenset(["and", "or", "&", "as", "well", "both", "nor", "with", "between"])
_EDGE = "|"
#: Content words further apart than this, in units, are not read as swapped.
_FARTHEST = 60


@dataclass(frozen=True, slots=True)
class _Word:
    """A content word with its places in both texts: numbers of units, and the words beside it."""

    ours: int
    theirs: int
    our_sides: tuple[tuple[str, str], tuple[str, str]]
    their_sides: tuple[tuple[str, str], tuple[str, str]]


def swap_changes(case: Case) -> Iterator[Change]:
    """The first two words that exchanged their places, as changes of agent (numbers: of number)."""
    words = _words(case)
    for number, first in enumerate(words):
        for second in words[number + 1 :]:
            if second.theirs > first.theirs or second.ours - first.ours > _FARTHEST:
                continue
            if _exchanged(first, second) and not _coordinated(case, first, second):
                yield from _changes(case, first, second)
                return


def _words(case: Case) -> list[_Word]:
    """The content words that have a mate, in the order of the report."""
    numbers = {unit.start: number for number, unit in enumerate(case.theirs.units)}
    found: list[_Word] = []
    for number, unit in enumerate(case.ours.units):
        there = case.pairs.there.get(unit.start)
        if there is None or there.start not in numbers or unit.key in function_words():
            continue
        other = numbers[there.start]
        found.append(_Word(number, other, _sides(case.ours, number), _sides(case.theirs, other)))
    return found


def _sides(side: Side, number: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two words before a unit, nearest first, and the two after it; marks that end a clause are words here."""
    return _side(side, number, -1), _side(side, number, 1)


def _side(side: Side, number: int, step: int) -> tuple[str, str]:
    found: list[str] = []
    at = number
    while len(found) < 2:  # noqa: PLR2004
        following = at + step
        if not 0 <= following < len(side.units):
            found.append(_EDGE)
            break
        low, high = sorted((at, following))
        between = side.text[side.units[low].end : side.units[high].start]
        if any(mark in between for mark in ".;:!?") and len(between.strip()) and " " in between:
            found.append(_EDGE)
            break
        key = side.units[following].key
        at = following
        if key not in _SKIPPED:
            found.append(stem(key))
    return (found[0], found[1]) if len(found) > 1 else (found[0], _EDGE)


def _exchanged(first: _Word, second: _Word) -> bool:
    """Whether each word stands where the other stood, by the words before them or by the words after them."""
    for at in (0, 1):
        one, two = first.our_sides[at], second.our_sides[at]
        was_one, was_two = first.their_sides[at], second.their_sides[at]
        if one[0] != two[0]:
            if one[0] == was_two[0] and two[0] == was_one[0]:
                return True
        elif one != two and one == was_two and two == was_one:
            return True
    return False


def _coordinated(case: Case, first: _Word, second: _Word) -> bool:
    """Whether nothing but "and", "or" and names stands between the two: a list told in another order."""
    between = [unit.key for unit in case.ours.units[first.ours + 1 : second.ours]]
    telling = [key for key in between if key in function_words() and key not in _SKIPPED]
    return all(key in _COORDINATING for key in telling) and len(telling) == len(between) if between else True


def _changes(case: Case, first: _Word, second: _Word) -> Iterator[Change]:
    numeric = all(word_kind(case.ours.units[word.ours].key) == "number" for word in (first, second))
    kind = ChangeKind.NUMBER if numeric else ChangeKind.AGENT
    for word in (first, second):
        ours, theirs = case.ours.units[word.ours], case.theirs.units[word.theirs]
        yield case.change(kind, Span(ours.start, ours.end), Span(theirs.start, theirs.end))


def inversions(words: Sequence[_Word]) -> int:
    """How many pairs of content words stand in another order than in the source."""
    return sum(
        1 for number, first in enumerate(words) for second in words[number + 1 :] if second.theirs < first.theirs
    )
