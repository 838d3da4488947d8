"""Utterances of a report: its quotations, and the sentences between them; what is looked for as one thing."""

import re
from dataclasses import dataclass

import numpy as np

from quoth.archive.index.vocabulary import Ints
from quoth.doc.sentences import sentences
from quoth.types import Span

#: A quotation in one paragraph: from an opening mark to its closing mark, or to the paragraph's end (as where the next
#: paragraph goes on with the same quotation).
_QUOTATION = re.compile(
    r'"[^"\n]+(?:"|(?=\n)|\Z)|“[^”\n]+(?:”|(?=\n)|\Z)|«[^»\n]+(?:»|(?=\n)|\Z)|„[^“”\n]+(?:[“”]|(?=\n)|\Z)'
)
_ELLIPSIS = re.compile(r"\[?(?:…|\.\s?\.\s?\.)")


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words `[first, last)` of a report; quoted or not."""

    first: int
    last: int
    quoted: bool


def utterances(text: str, starts: Ints) -> list[Utterance]:
    """The utterances of `text`, whose words start at `starts`; every word belongs to exactly one."""
    found: list[Utterance] = []
    done = 0
    for span in [Span(*match.span()) for match in _QUOTATION.finditer(text)]:
        _between(found, text, starts, Span(done, span.start))
        _append(found, starts, span, quoted=True)
        done = span.end
    _between(found, text, starts, Span(done, len(text)))
    return found


def parts_of(text: str, starts: Ints, of_utterance: Ints) -> Ints:
    """For each word the number of its part: a new one begins with every utterance, and after every ellipsis."""
    if not len(starts):
        return of_utterance
    begins = np.zeros(len(starts) + 1, dtype=np.int64)
    begins[np.searchsorted(starts, [match.end() for match in _ELLIPSIS.finditer(text)])] = 1
    begins[1:-1] |= of_utterance[1:] != of_utterance[:-1]
    numbers: Ints = np.cumsum(begins[:-1])
    return numbers


def _between(found: list[Utterance], text: str, starts: Ints, span: Span) -> None:
    """Add the sentences of what stands between two quotations."""
    for sentence in sentences(span.of(text)):
        _append(found, starts, sentence.shifted(span.start), quoted=False)


def _append(found: list[Utterance], starts: Ints, span: Span, *, quoted: bool) -> None:
    """Add the words that begin in a stretch as an utterance, if there are any."""
    first, last = (int(place) for place in np.searchsorted(starts, [span.start, span.end]))
    if first < last:
        found.append(Utterance(first, last, quoted))
