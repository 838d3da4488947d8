"""`align`: from a statement to the place or places it comes from, and every edit on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from quoth.alignment.aligned_tokens import SAME_MEANING, Mates, append, covered, in_run, mate, seam, unmated
from quoth.alignment.edits import edits, pieces, word_pairs
from quoth.alignment.multi_source import contents, stretches
from quoth.alignment.reported import Reported, context, part_of, reported, surroundings
from quoth.doc.doc import analysed
from quoth.doc.sentences import sentences
from quoth.matching.chains import Part, chain
from quoth.matching.passages import Prepared
from quoth.matching.ranking import Place, place
from quoth.matching.seeds import runs, settled
from quoth.types import Alignment, Document, Passage, Span

#: From this share of the reported weight on, shared runs of words are enough to know the place.
ENOUGH = 0.72
#: A neighbouring sentence belongs to the nearest passage if it holds so much of what the best one holds.
NEAREST_SHARE = 0.3
#: A shorter passage, in code points, shows nobody the place.
SHORTEST_SHOWN = 40
#: What a mate counts that stands by itself, beside one in a run of words, when two places are compared.
ALONE = 0.6
#: From this share on nothing that tells is left to be looked for in another source.
SAME_THROUGHOUT = 0.9
#: A longer statement, in units (a speech, an essay), is held against a source part by part.
LONGEST = 1_500
#: How much likelier a place must be than the one the shared runs point to.
CLEARLY_BETTER = 0.12


@dataclass(frozen=True, slots=True)
class _Found:
    """What one source offers."""

    mates: Mates
    share: float
    place: Place | None


def align(report: Document, content: tuple[Span, ...], prepared: Sequence[Prepared]) -> Alignment:
    """Hold the words of a statement against sources.

    Args:
        report: the reporting document.
        content: spans of `report.text` that were reported, in order.
        prepared: the sources, from `prepare`.

    Returns:
        Pieces and edits in the order of the report. Every reported word is in a piece or in an edit. Words are taken
        from one source, the one that covers most of them, unless a stretch stands word for word in another one only.
    """
    quote = reported(analysed(report), content, [source.document.text for source in prepared])
    passages = sum(len(source.sentences) for source in prepared)
    if not quote.units or not any(source.units for source in prepared):
        return Alignment(reported=tuple(content), documents=len(prepared), passages=passages)
    found = [_search(quote, source) for source in prepared if source.units]
    best = max(found, key=lambda one: one.share)
    whole = _alignment(quote, best, len(prepared), passages)
    if len(found) == 1 or best.share >= SAME_THROUGHOUT:
        return whole
    shares = stretches(quote, [one.mates for one in found], found.index(best))
    if len(shares) == 1:
        return whole
    drawn = [
        align(report, part, [found[number].mates.source])
        for part, (_, _, number) in zip(contents(quote, shares), shares, strict=True)
    ]
    return _together(quote, drawn, shares, whole) if all(part.pieces for part in drawn) else whole


def _alignment(quote: Reported, found: _Found, documents: int, passages: int) -> Alignment:
    """What one source offers, as an Alignment."""
    meaning = found.place.meaning if found.place else None
    likeliest, shown = _nearest(quote, found)
    return Alignment(
        reported=quote.content,
        pieces=tuple(pieces(quote, found.mates)),
        edits=tuple(edits(quote, found.mates)),
        coverage=round(found.share, 6),
        meaning=None if meaning is None else round(meaning, 6),
        nearest=_passage(found.mates.source, shown),
        likeliest=_passage(found.mates.source, likeliest),
        documents=documents,
        passages=passages,
        pairs=tuple(word_pairs(quote, found.mates)),
        marked=frozenset(quote.units[at - 1].end for at in quote.marked if at),
    )


def _together(
    quote: Reported, drawn: Sequence[Alignment], shares: Sequence[tuple[int, int, int]], whole: Alignment
) -> Alignment:
    """The alignments of stretches of one statement as one; `whole` is what the best single source offers."""
    total = sum(quote.weights) or 1.0
    weights = [sum(quote.weights[start:end]) for start, end, _ in shares]
    longest = drawn[weights.index(max(weights))]
    covers = sum(part.coverage * weight for part, weight in zip(drawn, weights, strict=True)) / total
    return replace(
        whole,
        pieces=tuple(piece for part in drawn for piece in part.pieces),
        edits=tuple(edit for part in drawn for edit in part.edits),
        coverage=round(covers, 6),
        meaning=None,
        nearest=longest.nearest,
        likeliest=longest.likeliest,
        pairs=(),
        drawn=tuple(drawn),
    )


def _search(quote: Reported, source: Prepared) -> _Found:
    """Mates for the reported words in one source; those of a long statement part by part, so that time stays linear.

    The same words in the same surroundings are searched once.
    """
    if len(quote.units) <= LONGEST:
        seen = surroundings(quote)
        kept = source.found.get(seen)
        if isinstance(kept, tuple):
            return _Found(Mates(source, *kept[0]), *kept[1:])
        found = _search_part(quote, source)
        one = found.mates
        # without the source, which would never be freed while it points to itself
        source.found[seen] = (one.of, one.worth, one.moved, one.parts, one.windows), found.share, found.place
        return found
    mates = unmated(0, source)
    places: list[Place] = []
    for start, end in _divided(quote):
        found = _search_part(part_of(quote, start, end), source)
        append(mates, found.mates)
        places += [found.place] if found.place else []
    share = covered(quote.weights, mates)
    return _Found(mates, share, max(places, key=lambda one: one.score) if places and share < ENOUGH else None)


def _divided(quote: Reported) -> list[tuple[int, int]]:
    """Ranges of units, each as long as may be, that end with a sentence where one ends."""
    found: list[tuple[int, int]] = []
    for start, end in _sentences(quote):
        for at in range(start, end, LONGEST):
            stop = min(end, at + LONGEST)
            if found and stop - found[-1][0] <= LONGEST:
                found[-1] = (found[-1][0], stop)
            else:
                found.append((at, stop))
    return found


def _search_part(quote: Reported, source: Prepared) -> _Found:
    """Mates for the reported words in one source: by shared runs, and where they are too few by likeness of meaning."""
    found = settled(runs(quote.keys, quote.weights, source), context(quote), source)
    parts = chain(found, quote.weights, source, quote.marked | quote.breaks)
    mates = _by_parts(quote, source, parts)
    share = covered(quote.weights, mates)
    if share >= ENOUGH:
        return _Found(mates, share, None)
    other, where = _by_place(quote, source)
    other_share = covered(quote.weights, other)
    lead = _standing(quote, other) - _standing(quote, mates)
    needed = CLEARLY_BETTER if source.embedder is None else -CLEARLY_BETTER / 2
    if len(parts) > 1:
        needed = -CLEARLY_BETTER
    if lead > needed:
        return _Found(other, other_share, where)
    return _Found(mates, share, where)


def _standing(quote: Reported, mates: Mates) -> float:
    """Share of the reported weight that has mates, those that stand alone counted less than those in runs of words."""
    total = sum(quote.weights) or 1.0
    value = 0.0
    for i, j in enumerate(mates.of):
        if j < 0 or mates.worth[i] < SAME_MEANING:
            continue
        value += quote.weights[i] * mates.worth[i] * (1.0 if in_run(mates, i) else ALONE)
    return value / total


def _by_parts(quote: Reported, source: Prepared, parts: Sequence[Part]) -> Mates:
    """Mates in the stretches that shared runs point to."""
    mates = unmated(len(quote.units), source)
    cursor = 0
    for number, part in enumerate(parts):
        last = number + 1 == len(parts)
        stop = len(quote.units) if last else parts[number + 1].reported[0]
        before, after = part.reported[0] - cursor, stop - part.reported[1]
        (low, high), (first, end) = part.reported, part.original
        exact = quote.keys[low:high] == source.keys[first:end]
        window = part.original if exact and not before and not after else _widened(source, part.original, before, after)
        mate(quote, mates, (cursor, stop), window)
        done = [i for i in range(cursor, stop) if mates.of[i] >= 0]
        cursor = max(done, default=cursor - 1) + 1
    seam(quote, mates)
    return mates


def _widened(source: Prepared, window: tuple[int, int], before: int, after: int) -> tuple[int, int]:
    """A stretch of units with room for reported words that stand before and after its shared runs."""
    start = source.units_of(source.sentence_of(window[0]))[0]  # moved words may stand anywhere in the sentence
    end = source.units_of(source.sentence_of(window[1] - 1))[1]
    if before:
        start = max(0, min(start, window[0] - round(1.5 * before) - 4))
    if after:
        end = min(len(source.units), max(end, window[1] + round(1.5 * after) + 4))
    return start, end


def _by_place(quote: Reported, source: Prepared) -> tuple[Mates, Place | None]:
    """Mates in the sentences that each reported sentence is likest to."""
    mates = unmated(len(quote.units), source)
    stretches = _sentences(quote)
    vectors: npt.NDArray[np.float32] | None = None
    if source.embedder is not None:
        vectors = source.embedder.embed([_words(quote, stretch) for stretch in stretches])
    places: list[Place] = []
    for number, (start, end) in enumerate(stretches):
        where = place(quote.keys[start:end], source, None if vectors is None else vectors[number])
        if where is None:
            continue
        places.append(where)
        mate(quote, mates, (start, end), source.units_of(*where.sentences))
    if not places:
        return mates, None
    sizes = [end - start for start, end in stretches]
    total = sum(sizes)
    meaning = None
    if vectors is not None:
        meaning = sum((one.meaning or 0.0) * size for one, size in zip(places, sizes, strict=True)) / total
    share = sum(one.words * size for one, size in zip(places, sizes, strict=True)) / total
    likeliest = max(places, key=lambda one: one.score)
    return mates, replace(likeliest, words=share, meaning=meaning)


def _sentences(quote: Reported) -> list[tuple[int, int]]:
    """Ranges of units of the reported sentences."""
    found: list[tuple[int, int]] = []
    at = 0
    for content in quote.content:
        for span in sentences(content.of(quote.text)):
            end = span.end + content.start
            start = at
            while at < len(quote.units) and quote.units[at].start < end:
                at += 1
            if at > start:
                found.append((start, at))
    if at < len(quote.units):
        found.append((at, len(quote.units)))
    return found


def _words(quote: Reported, stretch: tuple[int, int]) -> str:
    """The text from the first unit of a range to its last."""
    return quote.text[quote.units[stretch[0]].start : quote.units[stretch[1] - 1].end]


def _passage(source: Prepared, sentences: tuple[int, int]) -> Passage:
    """From the first sentence of a source to the last, inclusive."""
    first, last = sentences
    return source.document.passage(source.sentences[first].start, source.sentences[last].end)


def _nearest(quote: Reported, found: _Found) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last of the sentences that hold most of the mates; where meaning decides, of the likeliest ones.

    Returns:
        The sentences, and what is shown: where the words leave the place open the stretch in which it most probably is.
    """
    source = found.mates.source
    held: dict[int, float] = {}
    for i, j in enumerate(found.mates.of):
        if j >= 0:
            number = source.sentence_of(j)
            held[number] = held.get(number, 0.0) + quote.weights[i] * found.mates.worth[i]
    if found.place is not None and (not held or found.share < ENOUGH):
        return found.place.sentences, found.place.shown
    if not held:
        return (0, 0), (0, 0)
    first = last = max(held, key=lambda number: (held[number], -number))
    while held.get(last + 1, 0.0) >= NEAREST_SHARE * held[first]:
        last += 1
    while held.get(first - 1, 0.0) >= NEAREST_SHARE * held[last]:
        first -= 1
    return (first, last), _long_enough(first, last, source)


def _long_enough(first: int, last: int, source: Prepared) -> tuple[int, int]:
    """The sentences with as many before and after them as it takes to see where they stand ("I was gone.")."""
    spans = source.sentences
    while spans[last].end - spans[first].start < SHORTEST_SHOWN and (first > 0 or last + 1 < len(spans)):
        first, last = max(0, first - 1), min(len(spans) - 1, last + 1)
    return first, last
