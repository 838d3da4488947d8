"""Asking the index: a report's words, their weights, and the units worth reading."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from quoth.archive.index.index import Index
from quoth.archive.index.postings import SEQUENCE, short
from quoth.archive.index.utterances import Utterance, parts_of, utterances
from quoth.archive.index.vocabulary import Floats, Hashes, Ints, Vocabulary, places, sequences, term_of_stem

MOST_UNITS = 400  # a sequence in more units than this is a stock phrase, and no way to find its source
_STOP_WEIGHT = 0.4  # of a word that says nothing, in the scale of inverse document frequencies
LONGEST_ALONE = 90  # words of a text that is a statement, and not a report
_BACKGROUND = 5000  # units of English in general that are counted as if they were in the archive too
_NAME = 0.6  # of its weight that a word of a name keeps: names are shared without anybody quoting anybody
_NEAR = 12  # words within which sequences found in one unit speak for each other
_ENOUGH = 14.0  # weight of sequences near each other that makes a unit worth reading
_MORE_OUTSIDE = 8.0  # that much more outside quotation marks, where words in common prove less
_SHORT = 14  # words; in a quotation not longer than this ...
_ENOUGH_IN_SHORT = 6.5  # ... a single sequence of this weight is enough


@dataclass(frozen=True, slots=True)
class Question:
    """A report as it is looked for.

    Attributes:
        text: the report.
        starts: where each word starts, in code points.
        ends: where it ends.
        hashes: the words.
        terms: their stems; 0 for words that say nothing.
        weights: how telling each word is: its inverse document frequency, by units.
        utterances: quotations and sentences.
        of_utterance: per word, its utterance.
        of_part: per word, the part of its utterance between two ellipses; words of two parts are not in a row.
        spread: per word, in how many units the sequence that begins there is kept; 0 where none is.
    """

    text: str
    starts: Ints
    ends: Ints
    hashes: Hashes
    terms: Hashes
    weights: Floats
    utterances: list[Utterance]
    of_utterance: Ints
    of_part: Ints
    spread: Ints

    @property
    def alone(self) -> bool:
        """Whether this is a statement or a quotation, and not a report: some words, in one paragraph."""
        return 0 < len(self.starts) <= LONGEST_ALONE and "\n\n" not in self.text.strip()


def ask(index: Index, vocabulary: Vocabulary, text: str) -> tuple[Question, list[int]]:
    """What is asked, and the units in which parts of it may stand word for word, most promising first."""
    numbers = vocabulary.numbers(text)
    words = vocabulary.features(numbers)
    starts, ends = places(text)
    parts = utterances(text, starts)
    of_utterance = np.zeros(len(starts), dtype=np.int64)
    for number, part in enumerate(parts):
        of_utterance[part.first : part.last] = number
    keys, which = np.unique(short(sequences(words.hashes, SEQUENCE)), return_inverse=True)
    hits = index.sequences(keys, MOST_UNITS)
    spread = np.zeros(len(starts), dtype=np.int64)
    if len(which):
        spread[: len(which)] = hits.counts[which]
    question = Question(
        text,
        starts,
        ends,
        words.hashes,
        words.terms,
        np.where(_as_names(text, starts, parts), _NAME, 1.0) * _weights(index, words.terms),
        parts,
        of_utterance,
        parts_of(text, starts, of_utterance),
        spread,
    )
    if not len(hits.units):
        return question, []
    order = np.argsort(which, kind="stable")
    first = order[np.searchsorted(which[order], np.arange(len(keys)))]  # of a repeated sequence the first place
    weight = np.log((index.units + _BACKGROUND) / (hits.counts[hits.asked] + 0.5))
    return question, _promising(question, hits.units, first[hits.asked], weight)


def _weights(index: Index, terms: Hashes) -> Floats:
    """Inverse document frequencies: those of the archive, and of English where the archive is small."""
    keys, which = np.unique(terms, return_inverse=True)
    usual = common_words()
    expected = np.array([usual.get(int(key), 0.0) for key in keys])
    counts = index.terms(keys, 0).counts + _BACKGROUND * expected
    inverse = np.where(keys == 0, _STOP_WEIGHT, np.log((index.units + _BACKGROUND) / (counts + 0.5)))
    weights: Floats = np.maximum(inverse, _STOP_WEIGHT)[which]
    return weights


def _as_names(text: str, starts: Ints, parts: list[Utterance]) -> npt.NDArray[np.bool_]:
    """Which words are capitalised though they begin no utterance: names of people, offices, committees, laws."""
    names = np.array([text[int(start)].isupper() for start in starts], dtype=bool)
    for part in parts:
        names[part.first] = False
        if names[part.first + 1 : part.last].all():
            names[part.first : part.last] = False  # all in capitals: they tell nothing
    return names


@lru_cache(maxsize=1)
def common_words() -> dict[int, float]:
    """Terms of common words, with the share of units that have them in English in general."""
    lines = (files("quoth.lexicon") / "common_words.csv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(",") for line in lines if not line.startswith("#"))
    return {term_of_stem(word): int(per_mille) / 1000 for word, per_mille in pairs}


def _promising(question: Question, units: Ints, at: Ints, weight: Floats) -> list[int]:
    """The units in which enough weight of sequences comes together in one utterance."""
    order = np.lexsort((at, units))
    units, at, weight = units[order], at[order], weight[order]
    sums = np.concatenate(([0.0], np.cumsum(weight)))
    key = units * (len(question.starts) + _NEAR + 1) + at
    near = np.searchsorted(key, key + _NEAR, side="right")
    together = sums[near] - sums[:-1]
    quoted, short_ones = _quoted(question)
    together[short_ones[at] & (weight >= _ENOUGH_IN_SHORT)] += _ENOUGH
    together[~quoted[at]] -= _MORE_OUTSIDE
    distinct, begin = np.unique(units, return_index=True)
    best = np.maximum.reduceat(together, begin)
    chosen = np.flatnonzero(best >= _ENOUGH)
    chosen = chosen[np.argsort(-best[chosen], kind="stable")]
    return [int(unit) for unit in distinct[chosen]]


def _quoted(question: Question) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which words are in quotation marks, and which in a short quotation."""
    parts = question.utterances
    quoted = np.array([part.quoted for part in parts], dtype=bool)
    brief = np.array([part.last - part.first <= _SHORT for part in parts], dtype=bool)
    return quoted[question.of_utterance], (quoted & brief)[question.of_utterance]
