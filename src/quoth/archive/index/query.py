"""A statement as it is looked for in other words than its own: which words are said, who says them, what each tells."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quoth.archive.index.lookup import Question, common_words
from quoth.archive.index.vocabulary import Floats, term_of

_SPEAKER = 0.1  # weight of what names the speaker ("Name said ..."), by the words that are said
_AROUND_QUOTATION = 0.35  # the same of the other words around a quotation, which say what it is about
_LEADING = 2  # words at the beginning of a statement that, in capitals, are taken for its speaker's name
_SHORTEST_ABBREVIATED = 3  # words of a name


@dataclass(frozen=True, slots=True)
class Query:
    """A statement as it is looked for.

    Attributes:
        weights: how telling each word is, the first time it is used.
        said: which words are said, and do not name the speaker.
        names: terms of the words that name the speaker.
        wanted: terms with their weights.
        short: terms of abbreviations, with the terms of the words that they stand for.
        content: what is said, without who says it.
    """

    weights: Floats
    said: npt.NDArray[np.bool_]
    names: frozenset[int]
    wanted: Mapping[int, float]
    short: Mapping[int, frozenset[int]]
    content: str

    @property
    def total(self) -> float:
        """All weight."""
        return sum(self.wanted.values())


def query_of(question: Question) -> Query:
    """What of a question is said, and how telling it is.

    What is in quotation marks is said, or, without any, all but the first words if they are capitalised and are no
    common words: they name the speaker and say little about the place.
    """
    text = question.text
    said = np.zeros(len(question.starts), dtype=bool)
    for part in question.utterances:
        said[part.first : part.last] = part.quoted
    capitals = np.array([_capitalised(text, int(start)) for start in question.starts], dtype=bool)
    if not said.any():
        usual = common_words()
        said[:] = True
        for word, term in enumerate(question.terms[:_LEADING].tolist()):
            said[word] = not capitals[word] or term in usual
    first = np.zeros(len(said), dtype=bool)
    first[np.unique(question.terms, return_index=True)[1]] = True
    telling = np.where(said, 1.0, np.where(capitals, _SPEAKER, _AROUND_QUOTATION)) * question.weights
    weights: Floats = np.where(first & (question.terms != 0), telling, 0.0)
    wanted = {int(term): float(weight) for term, weight in zip(question.terms, weights, strict=True) if weight > 0}
    names = question.terms[~said & capitals]
    content = " ".join(text[question.starts[first] : question.ends[last - 1]] for first, last in _ranges(said))
    return Query(
        weights, said, frozenset(int(term) for term in names if term), wanted, _abbreviations(question), content or text
    )


def _abbreviations(question: Question) -> dict[int, frozenset[int]]:
    """Initials of names of three words and more, which a source may have in their place ("Tarn Bay Pact": "TBP")."""
    capitals = np.array([question.text[int(start)].isupper() for start in question.starts], dtype=bool)
    found = {}
    for first, last in _ranges(capitals):
        if last - first >= _SHORTEST_ABBREVIATED:
            initials = "".join(question.text[int(start)] for start in question.starts[first:last])
            words = frozenset(int(term) for term in question.terms[first:last] if term)
            found[term_of(initials.lower())] = words
    return found


def _ranges(chosen: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The ranges `[first, last)` of what is chosen."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], chosen.astype(np.int8), [0]))))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _capitalised(text: str, start: int) -> bool:
    return text[start].isupper() and text[start + 1 : start + 2].islower()
