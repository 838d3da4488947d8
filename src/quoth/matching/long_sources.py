"""A very long source, read where a report comes near it: its other parts are looked through for shared words only."""

import re
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from math import log

from quoth.doc.folding import fold
from quoth.doc.stems import stem
from quoth.doc.turns import turns
from quoth.types import Document, Places, Span, united

#: Code points of a source that is read as a whole; about 170,000 words, more than any transcript of one occasion.
LONGEST = 1_000_000
#: Code points that are read of a longer one, unless the report is so long that one part a sentence is more.
READ = 500_000
#: Code points of a part, about three paragraphs; a part ends where a line does.
PART = 2_000
#: Parts looked at for a sentence of the report, the nearest first.
MOST = 24
#: A word in more than this share of the parts says nothing about where to look.
EVERYWHERE = 0.1
#: Stands for what is not read: "object replacement characters", which are no words, no marks and no white space.
_FILLING = "\ufffc" * 99 + "\n"
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.!?\n]+")


def near(report: Document, source: Document) -> tuple[Document, tuple[Span, ...]]:
    """The source as it is read for a report.

    The parts are ranked for each sentence of the report by the words that they share, the rarer in the source the
    more, as search engines do (idf); the best ones and the neighbours of the first are kept, and the label of the turn
    that each stands in.

    Args:
        report: the report.
        source: a source of any length.

    Returns:
        The source itself and no spans, if it is no longer than `LONGEST`. Else the source with a filling for all that
        is far from the report, so that offsets stay what they are, and the spans of what was left out, in order.
    """
    if len(source.text) <= LONGEST:
        return source, ()
    parts, holders, labels = _looked_through(source.text)
    chosen = _chosen(report.text, parts, holders)
    starts = [label.start for label in labels]
    near_by: list[Span] = []
    for number in sorted(chosen):
        label = bisect_right(starts, parts[number].start) - 1
        if label >= 0:
            near_by.append(labels[label])
        near_by.append(parts[number])
    kept = united(near_by)
    text = _blanked(source.text, kept)
    places = Places(kept)
    blocks = [
        replace(block, span=span)
        for block in source.blocks
        for at in places.meeting(block.span)
        if (span := _common(block.span, kept[at]).trimmed(text)).length
    ]
    return replace(source, text=text, blocks=tuple(blocks)), _between(kept, source.text)


@lru_cache(maxsize=2)  # a very long report asks for each of its parts
def _looked_through(text: str) -> tuple[list[Span], Mapping[str, Sequence[int]], list[Span]]:
    """The parts of a source, for each stem the numbers of those that have it, and the labels of its turns."""
    parts = _parts(text)
    places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, part in enumerate(parts):
        for word in _stems(part.of(text)):
            places[word].append(number)
    return parts, places, [turn.label for turn in turns(text)]


def _parts(text: str) -> list[Span]:
    """The text cut at ends of lines, or of words where a line is longer than two parts."""
    found: list[Span] = []
    at = 0
    while at < len(text):
        end = text.find("\n", at + PART, at + 2 * PART) + 1 or text.find(" ", at + PART, at + 2 * PART) + 1
        found.append(Span(at, min(len(text), end or at + 2 * PART)))
        at = found[-1].end
    return found


def _chosen(report: str, parts: Sequence[Span], places: Mapping[str, Sequence[int]]) -> set[int]:
    """Numbers of the parts to be read: the first one, and by turns the best ones for each sentence of the report."""
    sentences = [_stems(match.group()) for match in _SENTENCE.finditer(report)]
    asked = set[str]().union(*sentences)
    held = {word: len(places[word]) for word in asked if word in places}
    telling = {word: log(len(parts) / often) for word, often in held.items() if often <= EVERYWHERE * len(parts)}
    ranked: list[list[int]] = []
    for words in sentences:
        scores: Counter[int] = Counter()
        for word in sorted(words & telling.keys()):
            for number in places[word]:
                scores[number] += telling[word]  # type: ignore[assignment]  # a Counter may hold any number
        ranked.append([number for number, _ in scores.most_common(MOST)])
    chosen = {0}
    for best in range(MOST):
        for numbers in ranked:
            if best and len(chosen) * PART >= READ:
                return chosen
            near_by = 1 if best < 1 else 0
            for number in numbers[best : best + 1]:
                chosen.update(range(max(0, number - near_by), min(len(parts), number + near_by + 1)))
    return chosen


def _stems(text: str) -> set[str]:
    return {stem(word) for word in set(_WORD.findall(fold(text)))}


def _blanked(text: str, kept: Sequence[Span]) -> str:
    """The text with `_FILLING` for all that lies outside of some spans.

    Not white space: a pattern that reads over white space takes quadratic time on a million of it.
    """
    pieces: list[str] = []
    at = 0
    for start, end in (*kept, (len(text), len(text))):
        gap = start - at
        if gap:
            pieces.append((_FILLING * (gap // len(_FILLING) + 1))[: gap - 1] + "\n")
        pieces.append(text[start:end])
        at = end
    return "".join(pieces)


def _common(one: Span, other: Span) -> Span:
    return Span(max(one.start, other.start), min(one.end, other.end))


def _between(kept: Sequence[Span], text: str) -> tuple[Span, ...]:
    """What lies between some spans, trimmed; none empty."""
    edges = (Span(0, 0), *kept, Span(len(text), len(text)))
    gaps = (Span(one.end, other.start).trimmed(text) for one, other in pairwise(edges))
    return tuple(gap for gap in gaps if gap.length)
