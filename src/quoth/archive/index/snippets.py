"""Showing: the stretches of sources in which the place of a statement most probably is, short enough for a glance."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from quoth.archive.index.lookup import Question
from quoth.archive.index.search_ports import By, FoundPassage, FoundSource, Kept
from quoth.types import Span

MOST_PASSAGES = 10  # of one answer
_LONGEST_PASSAGE = 800  # code points of sentences shown together: a paragraph or two
_NEIGHBOURS_SHOWN = 2  # sentences on either side, as far as they fit


class Scored(Protocol):
    """A sentence of a document; see `ranking.Sentence`."""

    @property
    def kept(self) -> Kept:
        """The document."""
        ...

    @property
    def span(self) -> Span:
        """Where the sentence stands."""
        ...

    @property
    def shown(self) -> Span:
        """The sentence with those beside it; see `with_neighbours`."""
        ...

    @property
    def score(self) -> float:
        """The logarithm of how likely it is, but for a constant."""
        ...


def with_neighbours(spans: Sequence[Span], number: int) -> Span:
    """A sentence with those before and after it, as far as they fit."""
    shown = spans[number]
    for distance in range(1, _NEIGHBOURS_SHOWN + 1):
        for neighbour in (number - distance, number + distance):
            if 0 <= neighbour < len(spans):
                both = _over(shown, spans[neighbour])
                shown = both if both.length <= _LONGEST_PASSAGE else shown
    return shown


def _over(one: Span, other: Span) -> Span:
    """The stretch from the first of two to the last."""
    return Span(min(one.start, other.start), max(one.end, other.end))


def best_first(one: Scored) -> tuple[float, str, bool, int, Span]:
    """Orders sentences: the better first; of equals the earlier published, the current version, the earlier place."""
    return (-round(one.score, 4), one.kept.published or "9", not one.kept.current, one.kept.number, one.span)


@dataclass(frozen=True, slots=True)
class Shown:
    """Sentences that are shown together.

    Attributes:
        kept: their document.
        span: where they stand.
        score: what speaks for them, on the scale on which a sentence that has everything has 1.
    """

    kept: Kept
    span: Span
    score: float


def stretches(found: Sequence[Scored], most: float, *, quoted: bool) -> list[Shown]:
    """The stretches in which the place most probably is, none overlapping a likelier one, likeliest first.

    Args:
        found: sentences, the likeliest first.
        most: the score of a sentence that has everything.
        quoted: whether a quotation is looked for. One sentence carries it; what is told in other words may be drawn
            together from several.
    """
    by_document: dict[int, list[Scored]] = {}
    for one in found:
        by_document.setdefault(one.kept.number, []).append(one)
    windows: list[tuple[float, Scored, Span]] = []
    for own in by_document.values():
        windows += [(one.score, one, one.shown) for one in own] if quoted else _windows(own)
    windows.sort(key=lambda window: (-round(window[0], 4), best_first(window[1]), window[2]))
    chosen: list[Shown] = []
    for score, likeliest, span in windows:
        if not any(other.kept.number == likeliest.kept.number and other.span.meets(span) for other in chosen):
            chosen.append(Shown(likeliest.kept, span, score / most))
        if len(chosen) == MOST_PASSAGES:
            break
    return chosen


def _windows(own: Sequence[Scored]) -> list[tuple[float, Scored, Span]]:
    """The longest stretches of a document that may be shown.

    Returns:
        What speaks for the sentences of each together, the likeliest of them, and where it stands.
    """
    own = sorted(own, key=lambda one: one.span)
    odds = np.exp([one.score for one in own])
    ends = [one.span.end for one in own]
    found = []
    for first, one in enumerate(own):
        last = max(first + 1, bisect_right(ends, one.span.start + _LONGEST_PASSAGE))
        likeliest = max(own[first:last], key=lambda other: other.score)
        span = Span(one.span.start, ends[last - 1])
        wider = _over(span, likeliest.shown)
        span = wider if wider.length <= _LONGEST_PASSAGE else span
        found.append((float(np.log(odds[first:last].sum())), likeliest, span))
    return found


def as_sources(
    question: Question, kept: Mapping[int, Kept], chosen: Sequence[Shown], weight: float, by: By
) -> list[FoundSource]:
    """Passages by their documents; their scores are on the scale of those found by wording."""
    asked = Span(int(question.starts[0]), int(question.ends[-1]))
    by_document: dict[int, list[FoundPassage]] = {}
    numbers: dict[str, int] = {}
    for one in chosen:
        # Of several versions with the words the one that comes first is given, which is the current one if they tie.
        if numbers.setdefault(one.kept.id, one.kept.number) == one.kept.number:
            passage = FoundPassage(asked, one.span, round(one.score * weight, 2), by)
            by_document.setdefault(one.kept.number, []).append(passage)
    return [
        FoundSource(kept[number].id, passages[0].score, tuple(passages), kept[number].version, number)
        for number, passages in by_document.items()
    ]
