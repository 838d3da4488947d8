"""Who did what to whom: words that exchanged their places.

Two words are swapped when each stands in the report where the other stands in the source. A place is known by the words
beside it, articles aside: "from Tarn to Olm" and "from Olm to Tarn" differ in what stands after "from" and "to". A list
told in another order ("Tarn and Olm", "Olm and Tarn") exchanges nothing, nor does a passive.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quoth.changes.comparison import Case
from quoth.changes.name_forms import named
from quoth.changes.sides import Side
from quoth.doc.stems import stem
from quoth.doc.tokens import function_words
from quoth.doc.word_similarity import word_kind
from quoth.models.ports import Judge
from quoth.types import Change, ChangeKind, EditKind, Span

_SKIPPED = frozenset(["a", "an", "the", "this", "that", "his", "her", "its", "their", "our", "'s"])
_COORDINATING = frozenset(["and", "or", "&", "as", "well", "both", "nor"])
_EDGE = "|"
_PASSIVE = frozenset(["by"])
#: Words that turn a relation round, or say which end of it is which: a passive, a genitive.
_TURNING = frozenset(
    ["by", "of", "'s", "from", "to", "with", "for", "is", "are", "was", "were", "been", "be", "who", "which"]
)
#: Words further apart than this, in units, are not read as swapped, nor as one phrase.
_FARTHEST = 60
#: From this share of the reported weight on the words are the same, and only their places differ.
SAME_WORDS = 0.98
#: How sure a judge must be that words that only moved say something else.
JUDGED_CHANGED = 0.9


@dataclass(frozen=True, slots=True)
class _Word:
    """A content word, or a name of several words, with its places in both texts.

    Attributes:
        ours: number of its first unit in the report.
        theirs: number of its first unit in the source.
        size: how many units it has.
        our_sides: the words before and after it in the report, nearest first.
        their_sides: the same in the source.
        our_mates: numbers of the source's units that the content words beside it in the report stand for; -1 for none.
        their_mates: numbers of the content words beside it in the source; -1 for none.
    """

    ours: int
    theirs: int
    size: int
    our_sides: tuple[tuple[str, str], tuple[str, str]]
    their_sides: tuple[tuple[str, str], tuple[str, str]]
    our_mates: tuple[int, int] = (-1, -1)
    their_mates: tuple[int, int] = (-1, -1)


def swap_changes(case: Case) -> Iterator[Change]:
    """The first two words that exchanged their places, as changes of agent (numbers: of number).

    Where none did, the first two words that stand before other words than in the source.
    """
    places = _places(case)
    if all(before < after for (_, before), (_, after) in pairwise(places)):
        return  # nothing stands in another order
    words = [_Word(*place, 1, _sides(case.ours, place[0]), _sides(case.theirs, place[1])) for place in places]
    blocks = _blocks(case, words)
    for number, first in enumerate(blocks):
        for second in (blocks[later] for later in range(number + 1, len(blocks))):
            if second.ours - first.ours > _FARTHEST:
                break  # they stand in the order of the report
            if second.theirs > first.theirs or _same_word(case, first, second):
                continue
            if not _alike(case, first, second) or _coordinated(case, first, second):
                continue
            took = (
                _took_places(first, second)
                and not _one_phrase(case, first)
                and _alike_turned(case, first, second, _PASSIVE)
            )
            if took or _exchanged(first, second) or _around(case, first, second, places):
                numeric, _ = _kind(case, first.ours)
                kind = ChangeKind.NUMBER if numeric else ChangeKind.AGENT
                yield from (_change(case, kind, word) for word in (first, second))
                return
    yield from _reattached(case, words)


def _around(case: Case, first: _Word, second: _Word, places: Sequence[tuple[int, int]]) -> bool:
    """Whether two names or numbers stand on both sides of a word, each where the other was, with nothing to turn it.

    "Tarn lost to Olm" and "Olm lost to Tarn"; not "Tarn beat Olm" and "Olm was beaten by Tarn".
    """
    kind = _kind(case, first.ours)
    if kind == (False, False):
        return False
    ours, theirs = _between(first, second)
    beside = places[bisect_left(places, (ours.start,)) : bisect_left(places, (ours.stop,))]
    if not any(there in theirs and _kind(case, here) != kind for here, there in beside):
        return False
    return _alike_turned(case, first, second, _TURNING)


def _between(first: _Word, second: _Word) -> tuple[range, range]:
    """Numbers of the units between two words that stand in the other order in the source, in the report and there."""
    return range(first.ours + first.size, second.ours), range(second.theirs + second.size, first.theirs)


def _alike_turned(case: Case, first: _Word, second: _Word, words: frozenset[str]) -> bool:
    """Whether as many of some words stand between two in the report as in the source."""
    ours, theirs = (
        sorted(side.units[number].key for number in stretch if side.units[number].key in words)
        for side, stretch in zip((case.ours, case.theirs), _between(first, second), strict=True)
    )
    return ours == theirs


def _same_word(case: Case, first: _Word, second: _Word) -> bool:
    """Whether two places hold the same word: between them nothing is exchanged."""
    return stem(case.ours.units[first.ours].key) == stem(case.ours.units[second.ours].key)


def _places(case: Case) -> list[tuple[int, int]]:
    """Numbers of the content words that have a mate, and of their mates, in the order of the report."""
    numbers = {unit.start: number for number, unit in enumerate(case.theirs.units)}
    return [
        (number, numbers[there.start])
        for number, unit in enumerate(case.ours.units)
        if (there := case.pairs.there.get(unit.start)) and there.start in numbers and unit.key not in function_words()
    ]


def _blocks(case: Case, words: Sequence[_Word]) -> list[_Word]:
    """The words, those of one name as one, with the content words that stand beside them."""
    found: list[_Word] = []
    for word in words:
        last = found[-1] if found else None
        if (
            last
            and (last.ours + last.size, last.theirs + last.size) == (word.ours, word.theirs)
            and _name_goes_on(case, word)
        ):
            found[-1] = replace(
                last,
                size=last.size + 1,
                our_sides=(last.our_sides[0], word.our_sides[1]),
                their_sides=(last.their_sides[0], word.their_sides[1]),
            )
        else:
            found.append(word)
    mates = {word.ours: word.theirs for word in words}
    made: list[_Word] = []
    for block in found:
        beside = _beside(case.ours, block.ours, block.size)
        made.append(
            replace(
                block,
                our_mates=(mates.get(beside[0], -1), mates.get(beside[1], -1)),
                their_mates=_beside(case.theirs, block.theirs, block.size),
            )
        )
    return made


def _name_goes_on(case: Case, word: _Word) -> bool:
    """Whether a word and the one before it belong to one name."""
    before, unit = case.ours.units[word.ours - 1], case.ours.units[word.ours]
    between = case.ours.text[before.end : unit.start]
    return named(case.ours.text, before) and named(case.ours.text, unit) and not between.strip(" .-")


def _beside(side: Side, first: int, size: int) -> tuple[int, int]:
    """Numbers of the content words before and after some units, in their clause; -1 for none."""
    found = []
    for step, start in ((-1, first), (1, first + size - 1)):
        at, beside = start, -1
        while beside < 0 and 0 <= at + step < len(side.units):
            low, high = sorted((at, at + step))
            if any(mark in ".;:!?" for mark in side.text[side.units[low].end : side.units[high].start]):
                break
            at += step
            if side.units[at].key not in function_words():
                beside = at
        found.append(beside)
    return found[0], found[1]


def _took_places(first: _Word, second: _Word) -> bool:
    """Whether each of two stands beside the very word that the other stood beside, and beside its own no longer."""

    def took(one: _Word, other: _Word) -> bool:
        return any(
            mate >= 0 and mate == was and mate != own
            for mate, was, own in zip(one.our_mates, other.their_mates, one.their_mates, strict=True)
        )

    own = first.our_sides[0][0], second.our_sides[0][0]
    if own == (first.their_sides[0][0], second.their_sides[0][0]) and own[0] != own[1]:
        return False  # "from Tarn to Olm" and "to Olm from Tarn"
    return took(first, second) and took(second, first)


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
    between = [unit for unit in case.ours.units[first.ours + first.size : second.ours] if stem(unit.key) != shared]
    between = [unit for unit in between if unit.key not in _SKIPPED]
    if all(unit.key in _COORDINATING for unit in between):
        return True
    text, units = case.ours.text, case.ours.units
    listed = "," in text[units[first.ours + first.size - 1].end : between[0].start] and (
        between[-1].key in _COORDINATING or "," in text[between[-1].end : units[second.ours].start]
    )
    return listed and all(unit.key in _COORDINATING or named(text, unit) for unit in between)


def _listed(case: Case, one: _Word, other: _Word) -> bool:
    """Whether two words stand in a list, in another order than in the source."""
    first, second = sorted((one, other), key=lambda word: word.ours)
    return first.theirs > second.theirs and _coordinated(case, first, second)


def _alike(case: Case, first: _Word, second: _Word) -> bool:
    """Whether two words could stand for each other: both numbers, both names, or neither.

    "born in 1947 in Tarn" and "born in Tarn in 1947" say the same.
    """
    return _kind(case, first.ours) == _kind(case, second.ours)


def _kind(case: Case, number: int) -> tuple[bool, bool]:
    """Whether a unit of the report is a number, and whether it is a name."""
    unit = case.ours.units[number]
    return word_kind(unit.key) == "number", named(case.ours.text, unit)


def _reattached(case: Case, words: Sequence[_Word]) -> Iterator[Change]:
    """Words that stand before other words than in the source, where those have others before them now."""
    ours = {word.ours: word for word in words}
    theirs = {word.theirs: word for word in words}
    found: list[_Word] = []
    for word in words:
        head, was = ours.get(word.ours + 1), theirs.get(word.theirs + 1)
        if head is None or was is None or _same_word(case, head, was):
            continue
        start = case.ours.units[word.ours].start
        if case.ours.counts(Span(start, start + 1)):
            continue  # "May 3" and "3 May"
        if word.our_sides[1][0] == _EDGE or word.their_sides[1][0] == _EDGE:
            continue
        before, stood = theirs.get(head.theirs - 1), ours.get(was.ours - 1)
        if before is word or stood is word or _one_phrase(case, word):
            continue
        if not _listed(case, head, was) and (stood is None or not _listed(case, word, stood)):
            found.append(word)
    needed = 1 if case.alignment.coverage >= SAME_WORDS else 2  # where words differ as well, one is an accident
    if len(found) >= needed:
        yield from (_change(case, ChangeKind.AGENT, word) for word in found[:2])


_OF = _SKIPPED | {"of"}


def _one_phrase(case: Case, word: _Word) -> bool:
    """Whether a word stands among the same words in both: "the official Tarnish envoy", "the Tarnish official envoy".

    What stands between two words other than these, articles and "of" ends a phrase.
    """
    ours, of_ours = _phrase(case.ours, word.ours)
    theirs, of_theirs = _phrase(case.theirs, word.theirs)
    if of_ours and of_ours == of_theirs:
        return False  # "the last line of the third verse", "the third line of the last verse"
    starts = [case.theirs.units[number].start for number in theirs]
    mates = [case.pairs.there.get(case.ours.units[number].start) for number in ours]
    return len(ours) > 1 and sorted(mate.start for mate in mates if mate) == starts and all(mates)


def _phrase(side: Side, number: int) -> tuple[list[int], int]:
    """Numbers of the content words around a word with nothing but "of" and articles between, and how many "of"."""
    found, ofs = [number], 0
    for step in (-1, 1):
        at = number
        while abs(at - number) < _FARTHEST and 0 <= at + step < len(side.units):
            low, high = sorted((at, at + step))
            between = side.text[side.units[low].end : side.units[high].start]
            key = side.units[at + step].key
            if between.strip(" -'’") or (key in function_words() and key not in _OF):
                break
            at += step
            ofs += key == "of"
            if key not in _OF:
                found.append(at)
    return sorted(found), ofs


def _change(case: Case, kind: ChangeKind, word: _Word) -> Change:
    """A word in another place, as a change."""
    ours = case.ours.span(word.ours, word.ours + word.size)
    return case.change(kind, ours, case.theirs.span(word.theirs, word.theirs + word.size))


def judged_changes(case: Case, found: Sequence[Change], judge: Judge | None) -> Iterator[Change]:
    """Moved words that a judge takes for another meaning, where the words are the same and no rule found it."""
    if judge is None or any(change.material for change in found) or case.alignment.coverage < SAME_WORDS:
        return
    moved = [edit for edit in case.edits if edit.kind is EditKind.MOVED and not edit.marked]
    if moved and judge.judge([case.passages])[0].changed >= JUDGED_CHANGED:
        yield case.change(ChangeKind.AGENT, moved[0].reported, moved[0].original)
