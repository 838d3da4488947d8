"""From stretches that belong together to mates: for each reported unit the unit of the source that it stands for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from quoth.alignment.reported import Reported, words
from quoth.alignment.token_alignment import BOTH_NAMES, SAME_KIND, Word, pairs
from quoth.doc.stems import stem
from quoth.doc.word_similarity import synonym_groups
from quoth.matching.passages import Prepared

#: Moved words weigh at least this much; a moved "of the" is chance.
LIGHTEST_MOVE = 0.75
#: Units within which the next part of a long statement goes on in the source.
_GOES_ON = 40
#: Mates that are at least so like mean the same: equal words, forms of one word, synonyms.
SAME_MEANING = 0.7


@dataclass(slots=True)
class Mates:
    """What became of each reported unit; built up part by part, then only read.

    Attributes:
        source: the prepared source.
        of: for each reported unit its unit in the source, or -1.
        worth: for each reported unit how like the two are: 1 equal, less for forms, synonyms, kinds; 0 without a mate.
        moved: whether the mate stands elsewhere than the order of the words says.
        parts: for each reported unit the number of the stretch it was paired in, or -1.
        windows: for each stretch its range of units of the source.
    """

    source: Prepared
    of: list[int]
    worth: list[float]
    moved: list[bool]
    parts: list[int]
    windows: list[tuple[int, int]] = field(default_factory=list)


def unmated(size: int, source: Prepared) -> Mates:
    """No unit has a mate yet."""
    return Mates(source, [-1] * size, [0.0] * size, [False] * size, [-1] * size)


def append(mates: Mates, further: Mates) -> None:
    """Add the mates of the reported units that follow; what goes on where the last one ended is one stretch."""
    known = len(mates.windows)
    numbers = list(range(known, known + len(further.windows)))
    if mates.parts and further.parts[0] >= 0 <= mates.parts[-1] and 0 < further.of[0] - mates.of[-1] <= _GOES_ON:
        numbers[further.parts[0]] = mates.parts[-1]
    mates.of += further.of
    mates.worth += further.worth
    mates.moved += further.moved
    mates.parts += [part if part < 0 else numbers[part] for part in further.parts]
    mates.windows += further.windows


def mate(quote: Reported, mates: Mates, ours: tuple[int, int], theirs: tuple[int, int]) -> None:
    """Pair the reported units `ours` with the source's units `theirs`, and note words that moved."""
    source = mates.source
    number = len(mates.windows)
    mates.windows.append(theirs)
    start, first = ours[0], theirs[0]
    size = ours[1] - start
    if size == theirs[1] - first and quote.keys[start : ours[1]] == source.keys[first : theirs[1]]:
        for step in range(size):
            _note(mates, start + step, first + step, 1.0, number)
        return
    reported = words(quote.text, quote.units[start : ours[1]], quote.weights[start : ours[1]])
    original = words(source.document.text, source.units[first : theirs[1]], source.weights[first : theirs[1]])
    for i, j in pairs(reported, original):
        _note(mates, start + i, first + j, likeness(reported[i], original[j]), number)
    _drop_strays(quote, mates, ours)
    _slide(quote, mates, ours)
    _move(quote, mates, ours, theirs, number)


def _note(mates: Mates, i: int, j: int, worth: float, part: int) -> None:
    mates.of[i], mates.worth[i], mates.parts[i] = j, worth, part


def likeness(reported: Word, original: Word) -> float:
    """1 equal, .8 two forms of one word, .7 synonyms, less where only the kind is the same."""
    if reported.key == original.key:
        return 1.0
    if stem(reported.key) == stem(original.key):
        return 0.8
    if synonym_groups(reported.key) & synonym_groups(original.key):
        return SAME_MEANING
    return BOTH_NAMES if reported.name and original.name else SAME_KIND


def _drop_strays(quote: Reported, mates: Mates, ours: tuple[int, int]) -> None:
    """Forget a last (or first) word that found an equal one further on, in another sentence, unmarked."""
    mated = [i for i in range(*ours) if mates.of[i] >= 0]
    for ends in (mated, mated[::-1]):
        if len(ends) <= _STRAYS + 1:
            continue
        for size in range(1, _STRAYS + 1):
            inner, outer = ends[-size - 1], ends[-size]
            gap = abs(mates.of[outer] - mates.of[inner]) - abs(outer - inner)
            low, high = sorted((inner, outer))
            source = mates.source
            elsewhere = source.sentence_of(mates.of[outer]) != source.sentence_of(mates.of[inner])
            if gap > _STRAY_GAP and elsewhere and not any(at in quote.marked for at in range(low + 1, high + 1)):
                for stray in ends[-size:]:
                    mates.of[stray], mates.worth[stray], mates.parts[stray] = -1, 0.0, -1
                break


#: Words at an end that count as strays, and the gap in the source, in words, that makes them so.
_STRAYS = 2
_STRAY_GAP = 3


def _slide(quote: Reported, mates: Mates, ours: tuple[int, int]) -> None:
    """Where words were left out between repeated words, put the gap where a mark stands.

    "a matter of law, and of course, of order" shortened to "a matter of law ... of order" leaves the choice of "of".
    """
    keys, source = mates.source.keys, mates.source
    text = source.document.text

    def worth(before: int, i: int, after: int) -> int:
        """How well a gap fits between source units `before` and `after`, at reported unit `i`."""
        value = 4 * (i in quote.marked or any(at == i for _, at in quote.brackets))
        units = source.units
        value += any(char in ",;:()–—-." for char in text[units[before].end : units[before + 1].start])
        value += any(char in ",;:()–—-." for char in text[units[after - 1].end : units[after].start])
        return value

    for i in range(ours[0] + 1, ours[1]):
        before, after = mates.of[i - 1], mates.of[i]
        if after - before <= 1 or mates.worth[i] != 1 or mates.worth[i - 1] != 1:
            continue
        options = [(worth(before, i, after), 0, 0)]
        shift = 1
        while (
            i - shift > ours[0]
            and mates.of[i - shift] == before - shift + 1
            and keys[after - shift] == keys[before - shift + 1]
            and after - shift > before - shift + 1
            and mates.of[i - shift - 1] == before - shift
        ):
            options.append((worth(before - shift, i - shift, after - shift), -shift, -shift))
            shift += 1
        shift = 1
        while (
            i + shift < ours[1]
            and mates.of[i + shift - 1] == after + shift - 1
            and keys[before + shift] == keys[after + shift - 1]
            and mates.of[i + shift] == after + shift
        ):
            options.append((worth(before + shift, i + shift, after + shift), -shift, shift))
            shift += 1
        _, _, best = max(options)
        if best < 0:
            for step in range(1, -best + 1):
                mates.of[i - step] = after - step
        for step in range(best):
            mates.of[i + step] = before + 1 + step


def seam(quote: Reported, mates: Mates) -> None:
    """Where the report goes on elsewhere, put the seam at the end of a sentence, if repeated words leave the choice.

    The words before the seam may as well be the ones before those after it: "... to commit fraud. The plea to commit
    fraud ..." A conjunction left dangling before a seam is the report's own.
    """
    units, _keys = mates.source.units, mates.source.keys
    text = mates.source.document.text

    def ends(j: int) -> bool:
        return j + 1 >= len(units) or any(mark in ".!?\n" for mark in text[units[j].end : units[j + 1].start])

    for i in range(1, len(mates.of)):
        before, after = mates.of[i - 1], mates.of[i]
        if before < 0 or after < 0 or mates.parts[i - 1] == mates.parts[i]:
            continue
        if ends(before):
            continue
        _seam_back(quote, mates, i, ends) or _seam_on(quote, mates, i, ends)
    for i in range(1, len(mates.of)):
        if (
            mates.parts[i - 1] != mates.parts[i]
            and quote.keys[i - 1] in {"and", "but"}
            and mates.of[i - 1] >= 0
            and not ends(mates.of[i - 1])
        ):
            mates.of[i - 1], mates.worth[i - 1], mates.parts[i - 1] = -1, 0.0, -1


def _seam_back(quote: Reported, mates: Mates, i: int, ends: Callable[[int], bool]) -> bool:
    """Give the last words before a seam to the stretch behind it, if a sentence ends before them."""
    before, after, keys = mates.of[i - 1], mates.of[i], mates.source.keys
    for step in range(1, min(i, after + 1)):
        if mates.of[i - step] != before - step + 1:
            return False
        if keys[after - step] != quote.keys[i - step]:
            return False
        if ends(before - step):
            for back in range(1, step + 1):
                mates.of[i - back], mates.parts[i - back] = after - back, mates.parts[i]
            return True
    return False


def _seam_on(quote: Reported, mates: Mates, i: int, ends: Callable[[int], bool]) -> bool:
    """Give the first words behind a seam to the stretch before it, if a sentence ends after them."""
    before, after, keys = mates.of[i - 1], mates.of[i], mates.source.keys
    for step in range(1, min(len(mates.of) - i + 1, len(keys) - before)):
        at = i + step - 1
        if mates.of[at] != after + step - 1:
            return False
        if keys[before + step] != quote.keys[at]:
            return False
        if ends(before + step):
            for on in range(1, step + 1):
                mates.of[i + on - 1], mates.parts[i + on - 1] = before + on, mates.parts[i - 1]
            return True
    return False


def _move(quote: Reported, mates: Mates, ours: tuple[int, int], theirs: tuple[int, int], number: int) -> None:
    """Mate leftover words of the report with equal leftover words of the source that stand elsewhere."""
    taken = {mates.of[i] for i in range(*ours) if mates.worth[i] >= SAME_MEANING}
    free = [i for i in range(*ours) if mates.worth[i] < SAME_MEANING]
    places: dict[str, list[int]] = {}
    for j in range(*theirs):
        if j not in taken:
            places.setdefault(mates.source.keys[j], []).append(j)
    runs: list[tuple[float, tuple[bool, int], int, int, int]] = []
    for i in free:
        for j in places.get(quote.keys[i], ()):
            stop = 0
            weight = 0.0
            while (
                i + stop < ours[1]
                and j + stop < theirs[1]
                and mates.worth[i + stop] < SAME_MEANING
                and j + stop not in taken
                and quote.keys[i + stop] == mates.source.keys[j + stop]
            ):
                weight += quote.weights[i + stop]
                stop += 1
            if weight >= LIGHTEST_MOVE:
                runs.append((weight, _nearness(mates, ours, i, j), -i, j, stop))
    for _, _, i, j, size in sorted(runs, reverse=True):
        span = [(-i + step, j + step) for step in range(size)]
        if any(mates.worth[a] >= SAME_MEANING or b in taken for a, b in span):
            continue
        for a, b in span:
            _note(mates, a, b, 1.0, number)
            mates.moved[a] = True
            taken.add(b)


def _nearness(mates: Mates, ours: tuple[int, int], i: int, j: int) -> tuple[bool, int]:
    """Whether `j` stands in the sentence of the mates of the reported words beside `i`, and how few words off."""
    around = (
        next((mates.of[at] for at in range(i - 1, ours[0] - 1, -1) if mates.worth[at] >= SAME_MEANING), None),
        next((mates.of[at] for at in range(i + 1, ours[1]) if mates.worth[at] >= SAME_MEANING), None),
    )
    sentence = mates.source.sentence_of
    there = [at for at in around if at is not None]
    same = any(sentence(at) == sentence(j) for at in there)
    return same, -min((abs(j - at) for at in there), default=0)


def in_run(mates: Mates, i: int) -> bool:
    """Whether the unit before or after one stands beside it in the source, too."""
    of = mates.of
    return (i > 0 and 0 <= of[i - 1] == of[i] - 1) or (i + 1 < len(of) and of[i + 1] == of[i] + 1)


def covered(weights: Sequence[float], mates: Mates) -> float:
    """Share of the reported weight whose mates mean the same, 0..1."""
    total = sum(weights)
    if not total:
        return 0.0
    return (
        sum(weight * worth for weight, worth in zip(weights, mates.worth, strict=True) if worth >= SAME_MEANING) / total
    )
