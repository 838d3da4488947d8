"""How much of a sentence another text carries, by its telling words: for what was left out and what was added.

Coarser than an alignment on purpose: a report that retells a sentence in its own words carries it, though no statement
quotes it. Words are compared by stem, by synonym group, by the country or body that they belong to, and by the
spelling variants of names.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from quoth.doc.doc import Doc
from quoth.doc.name_similarity import similar
from quoth.doc.name_tables import plain
from quoth.doc.telling_words import Word
from quoth.types import Span

_NAME_LENGTH = 5  # letters from which a capitalised word may be a spelling variant of another


@dataclass(frozen=True, slots=True)
class Told:
    """A text's sentences, ready to be asked whether they carry another sentence.

    Attributes:
        spans: its sentences.
        places: for each key the numbers of the sentences that hold it.
        capitalised: folded capitalised words and the sentences that hold them.
        known: for each written word that was asked for the windows that hold it (see `_where`).
        asked: for words that were asked for together, with their weights, what the best window has of them.
    """

    spans: tuple[Span, ...]
    places: Mapping[str, frozenset[int]]
    capitalised: Mapping[str, frozenset[int]]
    known: dict[str, npt.NDArray[np.int32]] = field(default_factory=dict, repr=False, compare=False)
    asked: dict[tuple[tuple[str, float], ...], float] = field(default_factory=dict, repr=False, compare=False)


def ready(docs: Sequence[Doc]) -> Told:
    """The sentences of some documents, counted through, ready for `carried`; the spans index each one's own text."""
    spans: list[Span] = []
    places: defaultdict[str, set[int]] = defaultdict(set)
    capitalised: defaultdict[str, set[int]] = defaultdict(set)
    for doc in docs:
        for span, words in doc.told:
            for word in words:
                written = word.span.of(doc.text)
                for key in word.keys:
                    places[key].add(len(spans))
                if written[0].isupper() and len(written) >= _NAME_LENGTH:
                    capitalised[plain(re.sub(r"['’]s?\Z", "", written))].add(len(spans))
            spans.append(span)
    return Told(
        tuple(spans),
        {key: frozenset(numbers) for key, numbers in places.items()},
        {key: frozenset(numbers) for key, numbers in capitalised.items()},
    )


def carried(text: str, words: Sequence[Word], sure: Sequence[Span], told: Told) -> float:
    """The share of some words, by weight, that one place of `told` carries (a sentence and the next one).

    Args:
        text: the text that the words index.
        words: telling words of one sentence.
        sure: stretches of `text` that a verdict's pieces carry; their words count as carried everywhere.
        told: the other text.
    """
    total = sum(word.weight for word in words)
    if not total:
        return 1.0
    held = [any(span.meets(word.span) for span in sure) for word in words]
    base = sum(word.weight for word, found in zip(words, held, strict=True) if found)
    left = [word for word, found in zip(words, held, strict=True) if not found]
    wanted = tuple((word.span.of(text), word.weight) for word in left)
    if wanted not in told.asked:
        counts = np.zeros(len(told.spans))
        for word in left:
            counts[_where(text, word, told)] += word.weight
        told.asked[wanted] = max(0.0, float(counts.max(initial=0.0)))
    return (base + told.asked[wanted]) / total


def _where(text: str, word: Word, told: Told) -> npt.NDArray[np.int32]:
    """Windows of two sentences (by the number of the first, in order) that hold a word in some form."""
    written = word.span.of(text)
    windows = told.known.get(written)
    if windows is None:
        numbers = _holding(written, word, told)
        numbers |= {number - 1 for number in numbers if number}
        windows = told.known[written] = np.array(sorted(numbers), dtype=np.int32)
    return windows


def _holding(written: str, word: Word, told: Told) -> set[int]:
    """Numbers of the sentences that hold a word in some form."""
    numbers: set[int] = set()
    for key in word.keys:
        numbers |= told.places.get(key, frozenset())
    if not numbers and written[0].isupper() and len(written) >= _NAME_LENGTH:
        folded = plain(re.sub(r"['’]s?\Z", "", written))
        for other, places in told.capitalised.items():
            if other[0] == folded[0] and similar(folded, other):
                numbers |= places
    return numbers
