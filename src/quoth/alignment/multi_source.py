"""One quotation drawn from several sources: which stretch of it comes from which.

The best path through the reported words is found by dynamic programming (Viterbi 1967): at each word it earns what
the word's mate in one source is worth, and it pays for going on in another source, as `chaining` pays for going on
elsewhere in the same one.
"""

from collections.abc import Sequence
from itertools import pairwise

from quoth.alignment.aligned_tokens import SAME_MEANING, Mates, in_run
from quoth.alignment.reported import Reported, words
from quoth.matching.chains import LIGHTEST_PART
from quoth.types import Span

#: What it costs to go on in another source, in units of weight; paid on both sides of a stretch that stands between two
#: of one source. Less than a jump inside one, as a stretch must pass the tests below besides.
ELSEWHERE = 2.0
#: Share of a stretch's weight that must stand in runs of words of the source that it is given to.
LITERAL = 0.75
#: Share of a stretch's weight that the best source may hold too, for the stretch to be given to another one.
HELD = 0.34


def stretches(quote: Reported, offers: Sequence[Mates], best: int) -> list[tuple[int, int, int]]:
    """The quotation shared out among sources.

    Args:
        quote: the reported words.
        offers: their mates in each source.
        best: number of the source that covers most of them.

    Returns:
        First and last (exclusive) reported unit and the number of the source, in the order of the report; one stretch
        where all come from the best source. A stretch is given to another source only if it stands there word for word,
        names aside is long enough to be no chance, and is not in the best source in whatever words.
    """
    size = len(quote.units)
    worth = [_worth(quote, mates) for mates in offers]
    given = _path(worth)
    telling = [
        0.0 if word.name else word.weight for word in words(quote.text, quote.units, quote.weights)
    ]  # names of bodies are the same everywhere
    for start, end, source in _grouped(given):
        if source == best:
            continue
        total = sum(quote.weights[start:end])
        inside = range(start, end)
        own = sum(telling[i] for i in inside if worth[source][i])
        there = sum(worth[source][start:end])
        held = sum(quote.weights[i] for i in inside if offers[best].worth[i] >= SAME_MEANING)
        if own < LIGHTEST_PART or there < LITERAL * total or held > HELD * total:
            given[start:end] = [best] * (end - start)
    found = _grouped(given)
    lit = all(sum(worth[source][start:end]) >= LITERAL * sum(quote.weights[start:end]) for start, end, source in found)
    return found if lit else [(0, size, best)]


def _worth(quote: Reported, mates: Mates) -> list[float]:
    """What each reported word's mate is worth; nothing where it stands in no run of words."""
    found = [0.0] * len(mates.of)
    for i in range(len(mates.of)):
        if mates.worth[i] >= SAME_MEANING and in_run(mates, i):
            found[i] = quote.weights[i] * mates.worth[i]
    return found


def _path(worth: Sequence[Sequence[float]]) -> list[int]:
    """For each reported word the source that the best path reads it in; words of none stay with the one before."""
    value = [row[0] for row in worth]
    back: list[list[int]] = []
    for i in range(1, len(worth[0])):
        lead = max(range(len(value)), key=value.__getitem__)
        elsewhere = value[lead] - ELSEWHERE
        back.append([k if value[k] > elsewhere else lead for k in range(len(value))])
        value = [max(value[k], elsewhere) + row[i] for k, row in enumerate(worth)]
    path = [max(range(len(value)), key=value.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def _grouped(given: Sequence[int]) -> list[tuple[int, int, int]]:
    """Words in a row of one source as first and last (exclusive) word, and the source."""
    found: list[tuple[int, int, int]] = []
    for i, source in enumerate(given):
        if found and found[-1][2] == source:
            found[-1] = (found[-1][0], i + 1, source)
        else:
            found.append((i, i + 1, source))
    return found


def contents(quote: Reported, found: Sequence[tuple[int, int, int]]) -> list[tuple[Span, ...]]:
    """The spans of the report that each stretch fills, white space at their ends aside; together all of the content."""
    cuts = [quote.content[0].start, *(quote.units[start].start for start, _, _ in found[1:]), quote.content[-1].end]
    made: list[tuple[Span, ...]] = []
    for low, high in pairwise(cuts):
        inside = [Span(max(low, span.start), min(high, span.end)) for span in quote.content]
        made.append(tuple(span.trimmed(quote.text) for span in inside if span.length > 0))
    return made
