"""From mates to what an Alignment holds: pieces and edits with offsets, and nothing of the reported words left over."""

import itertools
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from quoth.alignment.aligned_tokens import Mates
from quoth.alignment.reported import Reported
from quoth.doc.tokens import seen
from quoth.types import Edit, EditKind, Piece, Span

#: A mate that is at least so like its word anchors the pairing; a weaker one is part of a replaced stretch.
ANCHOR = 0.7
#: Words at the edge of a quotation stand for the rest of the source's sentence, if that has at most so many words more.
EDGE = 2
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‹›‘’‚‛'`´″′‴", '"'))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
#: Marks between the same two words that may come, go and change in a quotation that is word for word.
FOLDED_MARKS = frozenset(',.;:-"*•')


@dataclass(frozen=True, slots=True)
class _Step:
    """From one anchor to the next: what stands between them on both sides.

    Attributes:
        before: the anchor before, as (reported, original) units; None at the start of a stretch.
        after: the anchor after; None at the end of a stretch.
        ours: reported units between them without a mate.
        theirs: units of the source between them that nothing was taken from.
    """

    before: tuple[int, int] | None
    after: tuple[int, int] | None
    ours: tuple[int, ...]
    theirs: tuple[int, ...]


def _steps(quote: Reported, mates: Mates) -> Iterator[_Step]:
    """The steps from anchor to anchor, in the order of the report."""
    anchors = [(i, j) for i, j in enumerate(mates.of) if mates.worth[i] >= ANCHOR and not mates.moved[i]]
    taken = {j for i, j in enumerate(mates.of) if mates.worth[i] >= ANCHOR}
    ends: list[tuple[int, int] | None] = [None, *anchors, None]
    for before, after in itertools.pairwise(ends):
        low = before[0] + 1 if before else 0
        high = after[0] if after else len(mates.of)
        ours = tuple(i for i in range(low, high) if mates.worth[i] < ANCHOR)
        theirs: tuple[int, ...] = ()
        if before and after and mates.parts[before[0]] == mates.parts[after[0]]:
            theirs = tuple(j for j in range(before[1] + 1, after[1]) if j not in taken)
        elif ours and not (before and after):
            theirs = _edge(mates, before, after, len(ours), taken)
        yield _Step(before, after, ours, theirs)


def _edge(
    mates: Mates, before: tuple[int, int] | None, after: tuple[int, int] | None, size: int, taken: set[int]
) -> tuple[int, ...]:
    """What words at an end of the quotation stand for: as many of the source's words there, in its sentence."""
    source = mates.source
    if before:
        stop = source.units_of(source.sentence_of(before[1]))[1]
        rest = range(before[1] + 1, stop)
        wanted = len(rest) if len(rest) <= size + EDGE else size
        return tuple(j for j in rest[:wanted] if j not in taken)
    if after:
        start = source.units_of(source.sentence_of(after[1]))[0]
        rest = range(start, after[1])
        wanted = len(rest) if len(rest) <= size + EDGE else size
        return tuple(j for j in rest[len(rest) - wanted :] if j not in taken)
    return ()


def pieces(quote: Reported, mates: Mates) -> list[Piece]:
    """The stretches that the words come from: each as long as nothing is left out, bracketed or from elsewhere."""
    found: list[Piece] = []
    begun: tuple[int, int] | None = None
    brackets = {at for _, at in quote.brackets}
    for step in _steps(quote, mates):
        before, after = step.before, step.after
        if before and begun and (after is None or _breaks(quote, mates, step, brackets)):
            found.append(_piece(quote, mates, begun, before))
            begun = None
        if after and begun is None:
            begun = after
    return found


def _breaks(quote: Reported, mates: Mates, step: _Step, brackets: set[int]) -> bool:
    before, after = step.before, step.after
    if before is None or after is None:
        return True
    if mates.parts[before[0]] != mates.parts[after[0]] or after[1] <= before[1]:
        return True
    span = range(before[0] + 1, after[0] + 1)
    if any(i in quote.breaks or i in brackets for i in span):
        return True
    return not step.ours and bool(step.theirs)


def _piece(quote: Reported, mates: Mates, first: tuple[int, int], last: tuple[int, int]) -> Piece:
    units, theirs = quote.units, mates.source.units
    return Piece(
        Span(units[first[0]].start, units[last[0]].end),
        mates.source.document.id,
        Span(theirs[first[1]].start, theirs[last[1]].end),
    )


def word_pairs(quote: Reported, mates: Mates) -> list[tuple[Span, Span]]:
    """Each reported word that has a mate that means the same, with that mate, moved or not."""
    units, theirs = quote.units, mates.source.units
    return [
        (Span(units[i].start, units[i].end), Span(theirs[j].start, theirs[j].end))
        for i, j in enumerate(mates.of)
        if mates.worth[i] >= ANCHOR
    ]


def edits(quote: Reported, mates: Mates) -> list[Edit]:
    """Every edit, in the order of the report."""
    found: list[tuple[int, Edit]] = []
    brackets = {at: span for span, at in quote.brackets}
    for step in _steps(quote, mates):
        if step.ours or step.theirs or brackets:
            found += _blocks(quote, mates, step, brackets)
        if step.after and not _as_written(quote, mates, step):
            found += _surface(quote, mates, step, brackets)
    found += _moves(quote, mates)
    found.sort(key=lambda entry: entry[0])
    return [edit for _, edit in found]


def _blocks(quote: Reported, mates: Mates, step: _Step, brackets: dict[int, Span]) -> Iterator[tuple[int, Edit]]:
    """Words replaced, inserted and left out between two anchors, each with its place in the report."""
    units, theirs = quote.units, mates.source.units
    source = mates.source.document.id
    low = step.before[0] + 1 if step.before else 0
    high = step.after[0] if step.after else len(quote.units)
    ours = [Span(units[a].start, units[b].end) for a, b in _runs(step.ours, quote.breaks)]
    originals = [Span(theirs[a].start, theirs[b].end) for a, b in _runs(step.theirs)]
    inside = [brackets[at] for at in range(low, high + 1) if at in brackets]
    marked = any(at in quote.marked for at in range(low, high + 1)) or bool(inside)
    reported = sorted(ours + inside)
    place = units[step.before[0]].end if step.before else 0
    for number in range(max(len(reported), len(originals))):
        our = reported[number] if number < len(reported) else None
        their = originals[number] if number < len(originals) else None
        owned = marked if our is None else our in inside
        if our and their and _letters(our.of(quote.text)) == _letters(their.of(mates.source.document.text)):
            continue  # "e-mail" and "email"
        kind = EditKind.LEFT_OUT if our is None else EditKind.INSERTED if their is None else EditKind.REPLACED
        yield (our.start if our else place), Edit(kind, our, their, source, owned)


def _runs(numbers: tuple[int, ...], breaks: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
    """Stretches of consecutive numbers, cut before the `breaks`."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1 and number not in breaks:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _moves(quote: Reported, mates: Mates) -> Iterator[tuple[int, Edit]]:
    units, theirs = quote.units, mates.source.units
    i = 0
    while i < len(mates.of):
        if not mates.moved[i]:
            i += 1
            continue
        start = i
        while i + 1 < len(mates.of) and mates.moved[i + 1] and mates.of[i + 1] == mates.of[i] + 1:
            i += 1
        ours = Span(units[start].start, units[i].end)
        yield (
            ours.start,
            Edit(
                EditKind.MOVED,
                ours,
                Span(theirs[mates.of[start]].start, theirs[mates.of[i]].end),
                mates.source.document.id,
            ),
        )
        i += 1


def _as_written(quote: Reported, mates: Mates, step: _Step) -> bool:
    """Whether a mate, and what stands between it and the mate before it, is letter for letter as in the source."""
    if step.before is None or step.after is None:
        return False
    (a, b), (i, j) = step.before, step.after
    start, stop = quote.units[a].end, mates.source.units[b].end
    words = quote.text[start : quote.units[i].end]
    return (a, b) == (i - 1, j - 1) and words == mates.source.document.text[stop : mates.source.units[j].end]


def _surface(quote: Reported, mates: Mates, step: _Step, brackets: Container[int]) -> Iterator[tuple[int, Edit]]:
    """Where a mate is written otherwise, or other marks stand between two words that are neighbours in both texts."""
    if step.after is None:
        return
    i, j = step.after
    text, other = quote.text, mates.source.document.text
    our, their = quote.units[i], mates.source.units[j]
    source = mates.source.document.id
    opens = step.before != (i - 1, j - 1) or _opens_sentence(quote, mates, i, j)
    ours, theirs = text[our.start : our.end], other[their.start : their.end]
    told, meant = _folded(ours), _folded(theirs)
    if told != meant and not (opens and told.casefold() == meant.casefold()):
        yield our.start, Edit(EditKind.REPLACED, Span(our.start, our.end), Span(their.start, their.end), source)
    if step.before == (i - 1, j - 1):
        before, behind = Span(quote.units[i - 1].end, our.start), Span(mates.source.units[j - 1].end, their.start)
        if before.length < 0 or i in quote.breaks or i in brackets:
            return
        if _marks(before.of(text)) != _marks(behind.of(other)):
            ours_, theirs_ = before.trimmed(text), behind.trimmed(other)
            left, right = ours_ if ours_.length else None, theirs_ if theirs_.length else None
            kind = EditKind.INSERTED if right is None else EditKind.LEFT_OUT if left is None else EditKind.REPLACED
            yield before.start, Edit(kind, left, right, source)


def _opens_sentence(quote: Reported, mates: Mates, i: int, j: int) -> bool:
    """Whether a word opens a sentence in either text, where its case says nothing."""
    ours = quote.text[quote.units[i - 1].end : quote.units[i].start]
    theirs = mates.source.document.text[mates.source.units[j - 1].end : mates.source.units[j].start]
    return any(char in ".!?\n:" for char in ours + theirs)


def _letters(words: str) -> str:
    """Words without hyphens and apostrophes, case kept; as they are if there are digits or signs: those never fold."""
    plain = unicodedata.normalize("NFKC", words).translate(_QUOTES).translate(_DASHES)
    if any(char.isdigit() or char in "$€£¥%&" for char in plain):
        return plain
    return plain.replace("-", "").replace('"', "")


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    """A word with the folds of `verbatim`, case kept: apostrophes, hyphens and the stops of abbreviations are marks.

    The marks inside numbers stay: "34,000" written "34000" is another form.
    """
    plain = unicodedata.normalize("NFKC", word).translate(_QUOTES).translate(_DASHES)
    return plain if any(char.isdigit() for char in plain) else "".join(char for char in plain if char.isalnum())


@lru_cache(maxsize=2_000)
def _marks(between: str) -> str:
    """What stands between two words and is no fold of `verbatim`: a question mark, a bracket, a sign.

    Marks that end a clause or a sentence, dashes and quotation marks are the writer's way to set down the same words.
    """
    plain = unicodedata.normalize("NFKC", seen(between)).translate(_QUOTES).translate(_DASHES)
    return "".join(char for char in plain if not char.isspace() and char not in FOLDED_MARKS)
