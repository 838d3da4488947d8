"""Ranking by words: for a statement in other words than the source's, the places that have most of its words.

Such a place is no proof that the statement comes from there: it is where a reader should look. The words of a
statement are weighed by how rare they are; what speaks for a sentence is how many of them it and its neighbours have,
how many stand in the same order, and, with an embedder, likeness of meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
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

MOST_PASSAGES = 10  # of one answer
_WEIGHED_AGAIN = 30  # of the best passages by words, those that an embedder reads
_UNITS = 60  # read again for one statement
_COMMONEST = 0.15  # of all units; a word in more of them is not looked up
_AROUND_QUOTATION = 0.1  # weight of what names the speaker ("Name said ..."), by the words that are said
_LEADING = 2  # words at the beginning of a statement that, in capitals, are taken for its speaker's name
_LONGEST_PASSAGE = 1200  # code points; a sentence is shown with its neighbours as far as they fit
_MARGIN = 400  # code points read on either side of a unit


@dataclass(frozen=True, slots=True)
class Parts:
    """What speaks for a sentence, each from 0 to 1.

    Attributes:
        own: weight of the statement's words that the sentence has.
        beside: weight of those that only the sentence before or after it has.
        pairs: share of the statement's pairs of neighbouring words that stand there, too.
        triples: share of its runs of three words.
        likeness: of meaning, of the sentence; 0 without an embedder.
        likeness_shown: of meaning, of the sentence with its neighbours.
    """

    own: float = 0.0
    beside: float = 0.0
    pairs: float = 0.0
    triples: float = 0.0
    likeness: float = 0.0
    likeness_shown: float = 0.0

    def times(self, other: "Parts") -> float:
        """The sum of the parts, each times the same part of the other."""
        return float(sum(mine * its for mine, its in zip(astuple(self), astuple(other), strict=True)))

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return self.times(Parts(1, 1, 1, 1, 1, 1))


# Fitted to statements of fact checkers and the transcripts they rest on, by five-fold cross-validation; see
# docs/decisions/040-finding.md.
BY_WORDS = Parts(own=5.0, beside=3.5, pairs=2.0, triples=3.3)
BY_MEANING = Parts(own=3.2, beside=2.5, pairs=0.7, triples=3.6, likeness=5.5, likeness_shown=4.1)


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


def statement_weights(question: Question) -> Floats:
    """How telling each word of a statement is, the first time it is used; words that name its speaker say little.

    Those are the words around a quotation, or the first words of a statement without one, if they are capitalised.
    """
    weights = np.where(question.terms == 0, 0.0, question.weights)
    said = np.zeros(len(weights), dtype=bool)
    for part in question.utterances:
        said[part.first : part.last] = part.quoted
    if not said.any():
        said[:] = True
        for word in range(min(_LEADING, len(said))):
            start = int(question.starts[word])
            said[word] = not (question.text[start].isupper() and question.text[start + 1 : start + 2].islower())
    weights = np.where(said, weights, _AROUND_QUOTATION * weights)
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
    edges = [*np.searchsorted(starts, [span.start for span in spans]).tolist(), len(starts)]
    runs = pattern.runs([words.hashes[first:last] for first, last in pairwise(edges)], 0.0, anchor=0)
    has = [set(words.terms[first:last].tolist()) & wanted.keys() for first, last in pairwise(edges)]
    total = sum(wanted.values())
    found = []
    for number, terms in enumerate(has):
        if not terms:
            continue
        beside = set().union(*has[max(0, number - 1) : number + 2]) - terms
        in_order = [set(range(run.report, run.report + run.length - 1)) for run in runs[number]]
        triples = [set(range(run.report, run.report + run.length - 2)) for run in runs[number]]
        parts = Parts(
            own=sum(wanted[term] for term in terms) / total,
            beside=sum(wanted[term] for term in beside) / total,
            pairs=len(set().union(*in_order)) / max(1, pattern.size - 1),
            triples=len(set().union(*triples)) / max(1, pattern.size - 2),
        )
        shown = _shown(spans, number).shifted(stretch.start)
        score = parts.times(BY_WORDS) / BY_WORDS.total
        found.append(Scored(kept, spans[number].shifted(stretch.start), shown, parts, score))
    return found


def _shown(spans: Sequence[Span], number: int) -> Span:
    """A sentence with the one before and the one after it, as far as they fit."""
    shown = spans[number]
    for neighbour in spans[max(0, number - 1) : number + 2]:
        both = Span(min(shown.start, neighbour.start), max(shown.end, neighbour.end))
        if both.length <= _LONGEST_PASSAGE:
            shown = both
    return shown


def _by_meaning(best: Sequence[Scored], text: str, embedder: Embedder) -> list[Scored]:
    """Passages in the order of words and meaning together."""
    vectors = embedder.embed(
        [text, *(one.sentence.of(one.kept.text) for one in best), *(one.span.of(one.kept.text) for one in best)]
    )
    alike = [max(0.0, float(likeness)) for likeness in vectors[1:] @ vectors[0]]
    again = []
    for one, sentence, shown in zip(best, alike, alike[len(best) :], strict=False):
        parts = replace(one.parts, likeness=sentence, likeness_shown=shown)
        again.append(replace(one, parts=parts, score=parts.times(BY_MEANING) / BY_MEANING.total))
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
    weight = float(statement_weights(question).sum())  # on the scale of passages found by wording
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
