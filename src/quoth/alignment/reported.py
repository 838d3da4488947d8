"""The reported words as they are aligned: units, marks that own up to a gap, and words in brackets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quoth.alignment.token_alignment import Word
from quoth.doc.stems import stem
from quoth.doc.tokens import Unit, units, weight
from quoth.doc.word_similarity import is_name
from quoth.types import Span

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
            elif any(inner in original for original in originals):
                found += units(text, match.start(), match.end())
            else:
                brackets.append((Span(*match.span()), len(found)))
            at = match.end()
        found += units(text, at, span.end)
    starts = [unit.start for unit in found]
    for span in content:
        for match in _GAP.finditer(text, span.start, span.end):
            marked.add(sum(1 for start in starts if start < match.start()))
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
