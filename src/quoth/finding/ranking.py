"""Ranking by words: for a statement in other words than the source's, the places that have most of its words.

Such a place is no proof that the statement comes from there: it is where a reader should look. The words of a
statement are weighed by how rare they are; a sentence is scored by the distinct words of the statement that it has, its
neighbours by less, and words that stand in the same order count twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from quoth.encoder.port import Embedder
from quoth.finding.asking import Question
from quoth.finding.index import Index
from quoth.finding.matching import Pattern
from quoth.finding.port import By, Fetch, FoundPassage, FoundSource, Kept
from quoth.finding.words import Floats, Vocabulary, places
from quoth.text.sentences import sentences
from quoth.values import Span

LONGEST = 90  # words of a text that is a statement, and not a report
MOST_PASSAGES = 10  # of one answer
_WEIGHED_AGAIN = 30  # of the best passages by words, those that an embedder reads
_MEANING = 0.4  # share of likeness of meaning in the score, where there is an embedder
_UNITS = 60  # read again for one statement
_COMMONEST = 0.15  # of all units; a word in more of them is not looked up
_AROUND_QUOTATION = 0.3  # weight of the words around a quotation ("Name said ..."), by those inside it
_NEIGHBOUR = 0.3  # what a sentence gets of its neighbours' scores
_LENGTH = 0.02  # of its score a sentence loses for every telling word, half at fifty
_LONGEST_PASSAGE = 1200  # code points; a sentence is shown with its neighbours as far as they fit
_MARGIN = 400  # code points read on either side of a unit


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence of a document, with its neighbours as the passage to show.

    Attributes:
        kept: the document.
        sentence: the sentence.
        span: the passage.
        score: how telling the statement's words in it are.
    """

    kept: Kept
    sentence: Span
    span: Span
    score: float


def rank_by_words(
    index: Index, vocabulary: Vocabulary, fetch: Fetch, question: Question, embedder: Embedder | None = None
) -> list[FoundSource]:
    """Places that have the words of a statement, as sources in the order of their best passage.

    With an embedder the best of them are put in order by likeness of meaning as well; nothing is looked up by meaning,
    so an archive needs no vectors.
    """
    weights = statement_weights(question)
    units = _units(index, question, weights)
    if not units:
        return []
    stretches = [index.place(unit) for unit in units]
    kept = fetch(sorted({place.document for place in stretches}))
    wanted = {int(term): float(weight) for term, weight in zip(question.terms, weights, strict=True) if weight > 0}
    pattern = Pattern(question.hashes, weights, question.of_part)
    found: list[Scored] = []
    for place in stretches:
        if place.document in kept:
            document = kept[place.document]
            begin, end = max(0, place.start - _MARGIN), min(len(document.text), place.end + _MARGIN)
            found += _scored(document, Span(begin, end), wanted, pattern, vocabulary)
    best = _distinct(found, MOST_PASSAGES if embedder is None else _WEIGHED_AGAIN)
    if embedder is not None and best:
        best = _by_meaning(best, question.text, embedder)
    return _sources(question, kept, best, By.WORDS if embedder is None else By.MEANING)


def is_statement(question: Question) -> bool:
    """Whether a text is a statement, and not a report: some words, in one paragraph."""
    return 0 < len(question.starts) <= LONGEST and "\n\n" not in question.text.strip()


def statement_weights(question: Question) -> Floats:
    """How telling each word of a statement is: without a quotation as everywhere, else mostly what is in quotation."""
    weights = np.where(question.terms == 0, 0.0, question.weights)
    quoted = np.zeros(len(weights), dtype=bool)
    for part in question.utterances:
        quoted[part.first : part.last] = part.quoted
    if quoted.any():
        weights = np.where(quoted, weights, _AROUND_QUOTATION * weights)
    repeated = np.ones(len(weights), dtype=bool)
    _, first = np.unique(question.terms, return_index=True)
    repeated[first] = False
    result: Floats = np.where(repeated, 0.0, weights)
    return result


def _units(index: Index, question: Question, weights: Floats) -> list[int]:
    """The units with most of the statement's words, by weight."""
    telling = np.flatnonzero(weights > 0)
    keys, first = np.unique(question.terms[telling], return_index=True)
    hits = index.terms(keys, max(50, int(_COMMONEST * index.units)))
    if not len(hits.units):
        return []
    scores = np.bincount(hits.units, weights=weights[telling][first][hits.asked], minlength=index.units)
    best = np.argpartition(-scores, min(_UNITS, len(scores) - 1))[:_UNITS]
    best = best[scores[best] > 0]
    return [int(unit) for unit in best[np.argsort(-scores[best], kind="stable")]]


def _scored(
    kept: Kept, stretch: Span, wanted: Mapping[int, float], pattern: Pattern, vocabulary: Vocabulary
) -> list[Scored]:
    """The sentences of a stretch that have words of the statement."""
    text = stretch.of(kept.text)
    spans = sentences(text)
    words = vocabulary.features(vocabulary.numbers(text))
    starts, _ = places(text)
    firsts = np.searchsorted(starts, [span.start for span in spans])
    edges = [*(int(first) for first in firsts), len(starts)]
    runs = pattern.runs([words.hashes[first:last] for first, last in pairwise(edges)], 0.0)
    own = []
    for number, (first, last) in enumerate(pairwise(edges)):
        distinct = set(words.terms[first:last].tolist())
        in_order = max((run.weight for run in runs[number]), default=0.0)
        score = sum(wanted[term] for term in distinct & wanted.keys()) + in_order
        own.append(score / (1 + _LENGTH * len(distinct)))
    return [
        Scored(
            kept,
            spans[number].shifted(stretch.start),
            _shown(spans, number).shifted(stretch.start),
            score + _NEIGHBOUR * _beside(own, number),
        )
        for number, score in enumerate(own)
        if score > 0
    ]


def _beside(scores: Sequence[float], number: int) -> float:
    return sum(scores[place] for place in (number - 1, number + 1) if 0 <= place < len(scores))


def _shown(spans: Sequence[Span], number: int) -> Span:
    """A sentence with the one before and the one after it, as far as they fit."""
    shown = spans[number]
    for neighbour in spans[max(0, number - 1) : number + 2]:
        both = Span(min(shown.start, neighbour.start), max(shown.end, neighbour.end))
        if both.length <= _LONGEST_PASSAGE:
            shown = both
    return shown


def _by_meaning(best: Sequence[Scored], text: str, embedder: Embedder) -> list[Scored]:
    """Passages in the order of words and meaning together; scores stay on the scale of words."""
    vectors = embedder.embed([text, *(one.sentence.of(one.kept.text) for one in best)])
    alike = vectors[1:] @ vectors[0]
    highest = best[0].score
    again = [
        replace(one, score=(1 - _MEANING) * one.score + _MEANING * highest * float(likeness))
        for one, likeness in zip(best, alike, strict=True)
    ]
    return sorted(again, key=lambda one: -one.score)[:MOST_PASSAGES]


def _distinct(found: Sequence[Scored], most: int) -> list[Scored]:
    """The best passages, none overlapping a better one."""
    chosen: list[Scored] = []
    for one in sorted(found, key=lambda one: (-one.score, not one.kept.current, one.kept.number, one.span)):
        if not any(other.kept.number == one.kept.number and other.span.meets(one.span) for other in chosen):
            chosen.append(one)
        if len(chosen) == most:
            break
    return chosen


def _sources(question: Question, kept: Mapping[int, Kept], chosen: Sequence[Scored], by: By) -> list[FoundSource]:
    asked = Span(int(question.starts[0]), int(question.ends[-1]))
    by_document: dict[int, list[FoundPassage]] = {}
    numbers: dict[str, int] = {}
    for one in chosen:
        # Of several versions with the words the one that comes first is given, which is the current one if they tie.
        if numbers.setdefault(one.kept.id, one.kept.number) == one.kept.number:
            passage = FoundPassage(asked, one.span, round(one.score, 2), by)
            by_document.setdefault(one.kept.number, []).append(passage)
    return [
        FoundSource(kept[number].id, passages[0].score, tuple(passages), kept[number].version, number)
        for number, passages in by_document.items()
    ]
