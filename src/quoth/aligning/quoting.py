"""The reported words as they are aligned: units, marks that own up to a gap, and words in brackets."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from quoth.aligning.editing import Word
from quoth.text.likeness import is_name
from quoth.text.stems import stem
from quoth.text.units import Unit, units, weight
from quoth.values import Span

_GAP = re.compile(r"[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.\s?\.\s?\.(?:\s?\.)?")
_BRACKETED = re.compile(r"\[[^\[\]]{0,120}\]")
_OPENS = re.compile(r"(?:^|[.!?:;…]['\"”’)\]]*\s+|[\"“‘(\[]\s*|\n\s*)$")

#: How far around the content the report is read, in code points, for what tells two like places apart.
AROUND = 300
#: Words that weigh less say nothing about the place.
TELLING = 0.6


@dataclass(frozen=True, slots=True)
class Reported:
    """The words of a statement, as they are held against sources.

    Attributes:
        text: the reporting text.
        content: the spans that were reported.
        units: the words outside brackets, in order.
        keys: their keys.
        weights: how much each tells.
        marked: numbers of the units before which a gap is marked; the number of units, if one is marked at the end.
        brackets: bracketed insertions, brackets included, each with the number of the unit that follows it.
        breaks: numbers of the units that open a further span of content: somebody else's words stand before them.
    """

    text: str
    content: tuple[Span, ...]
    units: tuple[Unit, ...]
    keys: tuple[str, ...]
    weights: tuple[float, ...]
    marked: frozenset[int]
    brackets: tuple[tuple[Span, int], ...]
    breaks: frozenset[int]


def reported(text: str, content: Sequence[Span], originals: Sequence[str] = ()) -> Reported:
    """The words of `content`. Brackets that stand in one of the `originals` are ordinary words."""
    found: list[Unit] = []
    marked: set[int] = set()
    breaks: set[int] = set()
    brackets: list[tuple[Span, int]] = []
    originally = cache(lambda inner: any(inner in original for original in originals))
    for number, span in enumerate(content):
        if number:
            breaks.add(len(found))
        at = span.start
        stops = list(_BRACKETED.finditer(text, span.start, span.end))
        for match in stops:
            found += units(text, at, match.start())
            inner = match.group()
            if _GAP.fullmatch(inner):
                marked.add(len(found))
            elif originally(inner):
                found += units(text, match.start(), match.end())
            else:
                brackets.append((Span(*match.span()), len(found)))
            at = match.end()
        found += units(text, at, span.end)
    starts = [unit.start for unit in found]
    for span in content:
        marked.update(bisect_left(starts, match.start()) for match in _GAP.finditer(text, span.start, span.end))
    return Reported(
        text=text,
        content=tuple(content),
        units=tuple(found),
        keys=tuple(unit.key for unit in found),
        weights=tuple(weight(unit.key) for unit in found),
        marked=frozenset(marked),
        brackets=tuple(brackets),
        breaks=frozenset(breaks),
    )


def surroundings(quote: Reported) -> tuple[str, tuple[Span, ...], tuple[tuple[Span, int], ...]]:
    """All that decides where the reported words come from: the text that is read, and what of it is reported."""
    low = max(0, quote.content[0].start - AROUND)
    content = tuple(span.shifted(-low) for span in quote.content)
    brackets = tuple((span.shifted(-low), number) for span, number in quote.brackets)
    return quote.text[low : quote.content[-1].end + AROUND], content, brackets


def part_of(quote: Reported, start: int, end: int) -> Reported:
    """The reported units from `start` to before `end`, as a statement of their own."""
    low = quote.units[start].start if start else quote.content[0].start
    high = quote.units[end].start if end < len(quote.units) else quote.content[-1].end
    inside = [Span(max(low, span.start), min(high, span.end)) for span in quote.content if span.meets(Span(low, high))]

    def kept(numbers: Iterable[int]) -> frozenset[int]:
        return frozenset(number - start for number in numbers if start <= number <= end)

    return replace(
        quote,
        content=tuple(span.trimmed(quote.text) for span in inside),
        units=quote.units[start:end],
        keys=quote.keys[start:end],
        weights=quote.weights[start:end],
        marked=kept(quote.marked),
        brackets=tuple((span, number - start) for span, number in quote.brackets if start <= number < end),
        breaks=kept(quote.breaks) - {0},
    )


def words(text: str, found: Sequence[Unit], weights: Sequence[float]) -> list[Word]:
    """Units as the pairing wants them."""
    return [
        Word(
            unit.key,
            told,
            is_name(text[unit.start : unit.end], opens=bool(_OPENS.search(text, max(0, unit.start - 6), unit.start))),
        )
        for unit, told in zip(found, weights, strict=True)
    ]


def context(quote: Reported) -> dict[str, float]:
    """Stems of the telling words that stand around the content in the report, with their weights."""
    if not quote.content:
        return {}
    first, last = quote.content[0].start, quote.content[-1].end
    around = [*units(quote.text, max(0, first - AROUND), first), *units(quote.text, last, last + AROUND)]
    own = {stem(key) for key in quote.keys}
    found = {stem(unit.key): weight(unit.key) for unit in around if weight(unit.key) >= TELLING}
    return {word: told for word, told in found.items() if word not in own}
