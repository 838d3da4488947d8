"""Ranking by words: for a statement in other words than the source's, the places that have most of its words.

Such a place is no proof that the statement comes from there: it is where a reader should look. The words of a
statement are weighed by how rare they are; what speaks for a sentence is how many of them it and its neighbours have,
how many stand in the same order, and, with an embedder, likeness of meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from quoth.encoder.port import Embedder
from quoth.finding.asking import Question
from quoth.finding.index import Index
from quoth.finding.matching import Pattern, Run
from quoth.finding.port import By, Fetch, FoundPassage, FoundSource, Kept
from quoth.finding.segment import Hits
from quoth.finding.words import Floats, Ints, Vocabulary, places
from quoth.text.sentences import sentences
from quoth.values import Span

MOST_PASSAGES = 10  # of one answer
_WEIGHED_AGAIN = 40  # of the best passages by words, those that an embedder reads
_UNITS = 60  # read again for one statement
_COMMONEST = 0.15  # of all units; a word in more of them is not looked up
_AROUND_QUOTATION = 0.1  # weight of what names the speaker ("Name said ..."), by the words that are said
_LEADING = 2  # words at the beginning of a statement that, in capitals, are taken for its speaker's name
_NEIGHBOURS_SHOWN = 2  # sentences on either side
_LONGEST_PASSAGE = 1200  # code points; a sentence is shown with its neighbours as far as they fit
_BEFORE, _AFTER = 1200, 400  # code points read before and after a unit
_BEFORE_SENTENCES = 15  # among which the speaker may be named
_FEW = 50  # units that are always few enough to be looked up
_OFTEN = 20.0  # a word in a twentieth of a document's units counts a fifth as much as one in all of them


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it is looked for.

    Attributes:
        weights: how telling each word is, the first time it is used.
        said: which words are said, and do not name the speaker.
        names: terms of the words that name the speaker.
        wanted: terms with their weights.
    """

    weights: Floats
    said: npt.NDArray[np.bool_]
    names: frozenset[int]
    wanted: Mapping[int, float]

    @property
    def total(self) -> float:
        """All weight."""
        return sum(self.wanted.values())


@dataclass(frozen=True, slots=True)
class Parts:
    """What speaks for a sentence, each from 0 to 1.

    Attributes:
        own: weight of the statement's words that the sentence has.
        beside: weight of those that only the sentence before or after it has.
        pairs: share of the statement's pairs of neighbouring words that stand there, too.
        triples: share of its runs of three words.
        named: whether the speaker is named in the sentence, and whether before it.
        whole: weight of the statement's words by how much of the whole document has them.
        likeness: of meaning; 0 without an embedder.
    """

    own: float = 0.0
    beside: float = 0.0
    pairs: float = 0.0
    triples: float = 0.0
    named: float = 0.0
    whole: float = 0.0
    likeness: float = 0.0

    def times(self, other: "Parts") -> float:
        """The sum of the parts, each times the same part of the other."""
        return float(sum(mine * its for mine, its in zip(astuple(self), astuple(other), strict=True)))

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return float(sum(astuple(self)))


# Fitted to statements of fact checkers and the transcripts they rest on, by five-fold cross-validation; see
# docs/decisions/040-finding.md.
BY_WORDS = Parts(own=6.6, beside=4.0, pairs=0.1, triples=3.3)
BY_MEANING = Parts(own=4.7, beside=4.4, triples=3.2, named=1.4, whole=2.4, likeness=8.4)


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence of a document, with its neighbours as the passage to show.

    Attributes:
        kept: the document.
        sentence: the sentence.
        span: the passage.
        parts: what speaks for it.
        score: how telling that is, 0..1.
    """

    kept: Kept
    sentence: Span
    span: Span
    parts: Parts
    score: float


def rank_by_words(
    index: Index, vocabulary: Vocabulary, fetch: Fetch, question: Question, embedder: Embedder | None = None
) -> list[FoundSource]:
    """Places that have the words of a statement, as sources in the order of their best passage.

    With an embedder the best of them are put in order by likeness of meaning as well; nothing is looked up by meaning,
    so an archive needs no vectors.
    """
    statement = statement_of(question)
    units, wholes = _units(index, question, statement)
    if not units:
        return []
    stretches = [index.place(unit) for unit in units]
    kept = fetch(sorted({place.document for place in stretches}))
    pattern = Pattern(question.hashes, statement.weights, question.of_part)
    found: list[Scored] = []
    for place in stretches:
        if place.document in kept:
            document = kept[place.document]
            begin, end = max(0, place.start - _BEFORE), min(len(document.text), place.end + _AFTER)
            whole = wholes[place.document]
            found += _scored(document, Span(begin, end), whole, statement, pattern, vocabulary)
    best = _distinct(found, MOST_PASSAGES if embedder is None else _WEIGHED_AGAIN)
    if embedder is not None and best:
        best = _by_meaning(best, question.text, embedder)
    return _sources(question, kept, best, statement.total, By.WORDS if embedder is None else By.MEANING)


def statement_of(question: Question) -> Statement:
    """A statement as it is looked for.

    What is in quotation marks is said, or, without any, all but the first words if they are capitalised: they name the
    speaker and say little about the place.
    """
    said = np.zeros(len(question.starts), dtype=bool)
    for part in question.utterances:
        said[part.first : part.last] = part.quoted
    capitals = np.array([_capitalised(question.text, int(start)) for start in question.starts], dtype=bool)
    if not said.any():
        said[:] = True
        said[:_LEADING] = ~capitals[:_LEADING]
    first = np.zeros(len(said), dtype=bool)
    first[np.unique(question.terms, return_index=True)[1]] = True
    telling = np.where(said, 1.0, _AROUND_QUOTATION) * question.weights
    weights: Floats = np.where(first & (question.terms != 0), telling, 0.0)
    wanted = {int(term): float(weight) for term, weight in zip(question.terms, weights, strict=True) if weight > 0}
    names = question.terms[~said & capitals]
    return Statement(weights, said, frozenset(int(term) for term in names if term), wanted)


def _capitalised(text: str, start: int) -> bool:
    return text[start].isupper() and text[start + 1 : start + 2].islower()


def _units(index: Index, question: Question, statement: Statement) -> tuple[list[int], Mapping[int, float]]:
    """The units with most of the statement's words, by weight; and what speaks for each document as a whole."""
    telling = np.flatnonzero(statement.weights > 0)
    keys, first = np.unique(question.terms[telling], return_index=True)
    hits = index.terms(keys, max(_FEW, int(_COMMONEST * index.units)))
    if not len(hits.units):
        return [], {}
    weights = statement.weights[telling][first]
    scores = np.bincount(hits.units, weights=weights[hits.asked], minlength=index.units)
    best = np.argpartition(-scores, min(_UNITS, len(scores) - 1))[:_UNITS]
    best = best[scores[best] > 0]
    best = best[np.argsort(-scores[best], kind="stable")]
    return [int(unit) for unit in best], _wholes(index, hits, best, weights)


def _wholes(index: Index, hits: Hits, best: Ints, weights: Floats) -> dict[int, float]:
    """For the documents of some units: the weight of words by the share of each document's units that have them."""
    documents = index.documents(hits.units)
    found = {}
    for number in np.unique(index.documents(best)):
        having = np.bincount(hits.asked[documents == number], minlength=len(weights))
        share = np.minimum(1.0, having / index.size_of(int(number)))
        found[int(number)] = float(weights @ (np.log1p(_OFTEN * share) / np.log1p(_OFTEN))) / float(weights.sum())
    return found


def _scored(
    kept: Kept, stretch: Span, whole: float, statement: Statement, pattern: Pattern, vocabulary: Vocabulary
) -> list[Scored]:
    """The sentences of a stretch that have words of the statement."""
    text = stretch.of(kept.text)
    spans = sentences(text)
    words = vocabulary.features(vocabulary.numbers(text))
    starts, _ = places(text)
    edges = [*np.searchsorted(starts, [span.start for span in spans]).tolist(), len(starts)]
    runs = pattern.runs([words.hashes[first:last] for first, last in pairwise(edges)], 0.0, anchor=0)
    every = [set(words.terms[first:last].tolist()) for first, last in pairwise(edges)]
    has = [terms & statement.wanted.keys() for terms in every]
    names = [bool(terms & statement.names) for terms in every]
    many = int(statement.said.sum())
    found = []
    for number, terms in enumerate(has):
        if not terms:
            continue
        beside = set().union(*has[max(0, number - 1) : number + 2]) - terms
        parts = Parts(
            own=sum(statement.wanted[term] for term in terms) / statement.total,
            beside=sum(statement.wanted[term] for term in beside) / statement.total,
            pairs=_in_order(runs[number], statement, 2) / max(1, many - 1),
            triples=_in_order(runs[number], statement, 3) / max(1, many - 2),
            named=(names[number] + any(names[max(0, number - _BEFORE_SENTENCES) : number])) / 2,
            whole=whole,
        )
        shown = _shown(spans, number).shifted(stretch.start)
        score = parts.times(BY_WORDS) / BY_WORDS.total
        found.append(Scored(kept, spans[number].shifted(stretch.start), shown, parts, score))
    return found


def _in_order(runs: Sequence[Run], statement: Statement, length: int) -> int:
    """How many sequences of so many words that are said stand in some runs."""
    begins = {word for run in runs for word in range(run.report, run.report + run.length - length + 1)}
    return sum(bool(statement.said[word]) for word in begins)


def _shown(spans: Sequence[Span], number: int) -> Span:
    """A sentence with those before and after it, as far as they fit."""
    shown = spans[number]
    for distance in range(1, _NEIGHBOURS_SHOWN + 1):
        for neighbour in (number - distance, number + distance):
            if 0 <= neighbour < len(spans):
                both = Span(min(shown.start, spans[neighbour].start), max(shown.end, spans[neighbour].end))
                shown = both if both.length <= _LONGEST_PASSAGE else shown
    return shown


def _by_meaning(best: Sequence[Scored], text: str, embedder: Embedder) -> list[Scored]:
    """Passages in the order of words and meaning together."""
    vectors = embedder.embed([text, *(one.sentence.of(one.kept.text) for one in best)])
    again = []
    for one, likeness in zip(best, vectors[1:] @ vectors[0], strict=True):
        parts = replace(one.parts, likeness=max(0.0, float(likeness)))
        again.append(replace(one, parts=parts, score=parts.times(BY_MEANING) / BY_MEANING.total))
    return sorted(again, key=_first)[:MOST_PASSAGES]


def _first(one: Scored) -> tuple[float, str, bool, int, Span]:
    """Orders passages: the better first; of equals the earlier published, the current version, the earlier place."""
    return (-round(one.score, 4), one.kept.published or "9", not one.kept.current, one.kept.number, one.span)


def _distinct(found: Sequence[Scored], most: int) -> list[Scored]:
    """The best passages, none overlapping a better one."""
    chosen: list[Scored] = []
    for one in sorted(found, key=_first):
        if not any(other.kept.number == one.kept.number and other.span.meets(one.span) for other in chosen):
            chosen.append(one)
        if len(chosen) == most:
            break
    return chosen


def _sources(
    question: Question, kept: Mapping[int, Kept], chosen: Sequence[Scored], weight: float, by: By
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
