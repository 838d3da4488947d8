"""Who did what to whom: words that exchanged their places.

Two words are swapped when each stands in the report where the other stands in the source. A place is known by the words
beside it, articles aside: "from Tarn to Olm" and "from Olm to Tarn" differ in what stands after "from" and "to". A list
told in another order ("Tarn and Olm", "Olm and Tarn") exchanges nothing, nor does a passive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quoth.encoder.port import Judge
from quoth.grading.case import Case
from quoth.grading.naming import named
from quoth.grading.region import Side
from quoth.text.likeness import word_kind
from quoth.text.stems import stem
from quoth.text.units import function_words
from quoth.values import Change, ChangeKind, EditKind, Span

_SKIPPED = frozenset(["a", "an", "the", "this", "that", "his", "her", "its", "their", "our", "'s"])
_COORDINATING = frozenset(["and", "or", "&", "as", "well", "both", "nor", "with", "between"])
_EDGE = "|"
#: Content words further apart than this, in units, are not read as swapped.
_FARTHEST = 60
#: So many words before other words than in the source are no accident; where words differ as well, twice as many.
REATTACHED = 1
#: From this share of the reported weight on the words are the same, and only their places differ.
SAME_WORDS = 0.98
#: How sure a judge must be that words that only moved say something else.
JUDGED_CHANGED = 0.9


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
            if _alike(case, first, second) and _exchanged(first, second) and not _coordinated(case, first, second):
                yield from _changes(case, first, second)
                return
    yield from _reattached(case, words)


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
    shared = second.our_sides[1][0]  # "indie music and chamber music"
    between = [unit.key for unit in case.ours.units[first.ours + 1 : second.ours] if stem(unit.key) != shared]
    telling = [key for key in between if key in function_words() and key not in _SKIPPED]
    return all(key in _COORDINATING for key in telling) and len(telling) == len(between) if between else True


def _alike(case: Case, first: _Word, second: _Word) -> bool:
    """Whether two words could stand for each other: both numbers, both names, or neither.

    "born in 1947 in Tarn" and "born in Tarn in 1947" say the same.
    """
    kinds = []
    for word in (first, second):
        unit = case.ours.units[word.ours]
        kinds.append((word_kind(unit.key) == "number", named(case.ours.text, unit)))
    return kinds[0] == kinds[1]


def _reattached(case: Case, words: Sequence[_Word]) -> Iterator[Change]:
    """Words that stand before other words than in the source, where those have others before them now."""
    ours = {word.ours: word for word in words}
    theirs = {word.theirs: word for word in words}
    found: list[_Word] = []
    for word in words:
        head, was = ours.get(word.ours + 1), theirs.get(word.theirs + 1)
        if head is None or was is None or head is was:
            continue
        if any(span.start <= case.ours.units[word.ours].start < span.end for span in case.ours.counted):
            continue  # "May 3" and "3 May"
        if word.our_sides[1][0] == _EDGE or word.their_sides[1][0] == _EDGE:
            continue
        before, stood = theirs.get(head.theirs - 1), ours.get(was.ours - 1)
        if before is not word and stood is not word:
            found.append(word)
    needed = REATTACHED if case.alignment.coverage >= SAME_WORDS else 2 * REATTACHED
    if len(found) >= needed:
        for word in found[:2]:
            ours_, theirs_ = case.ours.units[word.ours], case.theirs.units[word.theirs]
            yield case.change(ChangeKind.AGENT, Span(ours_.start, ours_.end), Span(theirs_.start, theirs_.end))


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


def judged_changes(case: Case, found: Sequence[Change], judge: Judge | None) -> Iterator[Change]:
    """Moved words that a judge takes for another meaning, where the words are the same and no rule found it."""
    if judge is None or any(change.material for change in found) or case.alignment.coverage < SAME_WORDS:
        return
    moved = [edit for edit in case.edits if edit.kind is EditKind.MOVED and not edit.marked]
    if moved and judge.judge([case.passages])[0].changed >= JUDGED_CHANGED:
        yield case.change(ChangeKind.AGENT, moved[0].reported, moved[0].original)
