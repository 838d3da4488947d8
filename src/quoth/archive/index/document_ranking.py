"""Ranking by words: for a statement in other words than the source's, the places that have most of its words.

Such a place is no proof that the statement comes from there: it is where a reader should look. What speaks for a
sentence is how many of the statement's words it and the sentences around it have, weighed by how rare they are, how
many stand in the same order, how much it says at all, whether its speaker is named, and, with an embedder, likeness of
meaning. Together they make some sentences likelier than others; what is shown are the stretches, short enough to be
taken in at a glance, in which the place most probably is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import pairwise
from math import log1p

import numpy as np

from quoth.archive.index.index import Index, Place
from quoth.archive.index.lookup import Question
from quoth.archive.index.passage_matching import Pattern, Run
from quoth.archive.index.query import Query, query_of
from quoth.archive.index.search_ports import By, Fetch, FoundSource, Kept
from quoth.archive.index.segment import Hits
from quoth.archive.index.snippets import as_sources, best_first, stretches, with_neighbours
from quoth.archive.index.vocabulary import Floats, Ints, Vocabulary, places
from quoth.doc.sentences import sentences
from quoth.models.ports import Embedder
from quoth.types import Span

_WEIGHED_AGAIN = 40  # of the best sentences by words, those that an embedder reads
_UNITS = 60  # read again for one statement
_COMMONEST = 0.3  # of all units; a word in more of them is not looked up
_BEFORE, _AFTER = 1200, 400  # code points read before and after a unit
_BEFORE_SENTENCES = 15  # among which the speaker may be named
_AROUND = 6  # sentences on either side that are on the same matter
_FEW = 50  # units that are always few enough to be looked up
_OFTEN = 20.0  # a word in a twentieth of a document's units counts a fifth as much as one in all of them
_LONG = 40  # words; a longer sentence says no more for being longer


@dataclass(frozen=True, slots=True)
class Parts:
    """What speaks for a sentence, each from 0 to 1.

    Attributes:
        own: weight of the statement's words that the sentence has.
        around: weight of those that the sentence or those around it have.
        pairs: share of the statement's pairs of neighbouring words that stand there, too.
        triples: share of its runs of three words.
        named: whether the speaker is named in the sentence, and whether before it.
        whole: weight of the statement's words by how much of the whole document has them.
        speaker: how much of the whole document has the speaker's name.
        length: of the sentence, in words, by its logarithm: what is quoted says something.
        likeness: of meaning; 0 without an embedder.
        content: the same of what is said, without who says it.
    """

    own: float = 0.0
    around: float = 0.0
    pairs: float = 0.0
    triples: float = 0.0
    named: float = 0.0
    whole: float = 0.0
    speaker: float = 0.0
    length: float = 0.0
    likeness: float = 0.0
    content: float = 0.0

    def times(self, other: "Parts") -> float:
        """The sum of the parts, each times the same part of the other."""
        return float(sum(mine * its for mine, its in zip(astuple(self), astuple(other), strict=True)))

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return float(sum(astuple(self)))


# Fitted to statements of fact checkers and the transcripts they rest on: logistic regression over the sentences of an
# answer, cross-validated with folds by event; see docs/decisions/040-finding.md.
BY_WORDS = Parts(own=5.8, around=3.5, pairs=1.0, triples=2.3, named=1.2, whole=0.8, speaker=1.8)
BY_MEANING = Parts(
    own=3.4,
    around=2.4,
    pairs=0.8,
    triples=2.1,
    named=0.8,
    whole=0.6,
    speaker=1.4,
    length=0.8,
    likeness=3.1,
    content=3.1,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document.

    Attributes:
        kept: the document.
        span: where the sentence stands.
        shown: the sentence with those beside it, as far as they fit.
        parts: what speaks for it.
        score: the parts together: the logarithm of how likely it is, but for a constant.
    """

    kept: Kept
    span: Span
    shown: Span
    parts: Parts
    score: float


def rank_by_words(
    index: Index, vocabulary: Vocabulary, fetch: Fetch, question: Question, embedder: Embedder | None = None
) -> list[FoundSource]:
    """Places that have the words of a statement, as sources in the order of their best passage.

    With an embedder the best of them are put in order by likeness of meaning as well; nothing is looked up by meaning,
    so an archive needs no vectors.
    """
    query = query_of(question)
    units, wholes = _units(index, question, query)
    if not units:
        return []
    near = _joined([index.place(unit) for unit in units])
    kept = fetch(sorted({place.document for place in near}))
    pattern = Pattern(question.hashes, query.weights, question.of_part, question.of_utterance)
    found: list[Sentence] = []
    for place in near:
        if place.document in kept:
            document = kept[place.document]
            stretch = Span(place.start, min(len(document.text), place.end))
            found += _scored(document, stretch, wholes[place.document], query, pattern, vocabulary)
    found.sort(key=best_first)
    quoted = any(part.quoted for part in question.utterances)
    if embedder is None:
        return as_sources(question, kept, stretches(found, BY_WORDS.total, quoted=quoted), query.total, By.WORDS)
    read = _by_meaning(found[:_WEIGHED_AGAIN], question.text, query.content, embedder)
    return as_sources(question, kept, stretches(read, BY_MEANING.total, quoted=quoted), query.total, By.MEANING)


def _units(index: Index, question: Question, query: Query) -> tuple[list[int], Mapping[int, Parts]]:
    """The units with most of the statement's words, by weight; and what speaks for each document as a whole."""
    telling = np.flatnonzero(query.weights > 0)
    keys, first = np.unique(question.terms[telling], return_index=True)
    hits = index.terms(keys, max(_FEW, int(_COMMONEST * index.units)))
    if not len(hits.units):
        return [], {}
    weights = query.weights[telling][first]
    scores = np.bincount(hits.units, weights=weights[hits.asked], minlength=index.units)
    best = np.flatnonzero(scores)
    if len(best) > _UNITS:
        best = best[np.argpartition(-scores[best], _UNITS)[:_UNITS]]
    best = best[np.argsort(-scores[best], kind="stable")]
    documents = np.unique(index.documents(best))
    names = index.terms(np.array(sorted(query.names), dtype=np.uint64), index.units)
    wholes = _shares(index, hits, documents, weights)
    speakers = _shares(index, names, documents, np.ones(len(query.names)))
    parts = {
        int(number): Parts(whole=float(whole), speaker=float(speaker))
        for number, whole, speaker in zip(documents, wholes, speakers, strict=True)
    }
    return [int(unit) for unit in best], parts


def _shares(index: Index, hits: Hits, documents: Ints, weights: Floats) -> Floats:
    """For some documents: the weight of words by the share of each document's units that have them, 0..1."""
    ranges = np.array([index.units_of(int(number)) for number in documents], dtype=np.int64)
    order = np.argsort(ranges[:, 0])
    begin, after = ranges[order].T
    place = np.searchsorted(begin, hits.units, side="right") - 1
    inside = (place >= 0) & (hits.units < after[place])
    many = len(documents) * len(weights)
    having = np.bincount(place[inside] * len(weights) + hits.asked[inside], minlength=many)
    share = np.minimum(1.0, having.reshape(len(documents), -1) / (after - begin)[:, None])
    found = np.zeros(len(documents))
    found[order] = (np.log1p(_OFTEN * share) / np.log1p(_OFTEN)) @ weights / max(1.0, float(weights.sum()))
    return found


def _joined(units: Sequence[Place]) -> list[Place]:
    """Units with what stands before and after them, those that then meet as one; an end may lie past the text's."""
    joined: list[Place] = []
    for unit in sorted(units, key=lambda one: (one.document, one.start)):
        begin, end = max(0, unit.start - _BEFORE), unit.end + _AFTER
        if joined and joined[-1].document == unit.document and begin <= joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, end))
        else:
            joined.append(Place(unit.document, begin, end))
    return joined


def _scored(
    kept: Kept, stretch: Span, whole: Parts, query: Query, pattern: Pattern, vocabulary: Vocabulary
) -> list[Sentence]:
    """The sentences of a stretch that have words of the statement in them or around them."""
    text = stretch.of(kept.text)
    spans = sentences(text)
    words = vocabulary.features(vocabulary.numbers(text))
    starts, _ = places(text)
    edges = [*np.searchsorted(starts, [span.start for span in spans]).tolist(), len(starts)]
    runs = pattern.runs([words.hashes[first:last] for first, last in pairwise(edges)], 0.0, anchor=0)
    every = [set(words.terms[first:last].tolist()) for first, last in pairwise(edges)]
    has = [_with_meant(terms, query) & query.wanted.keys() for terms in every]
    names = [bool(terms & query.names) for terms in every]
    many, total = int(query.said.sum()), query.total
    found = []
    for number, terms in enumerate(has):
        around = set().union(*has[max(0, number - _AROUND) : number + _AROUND + 1])
        size = edges[number + 1] - edges[number]
        if not around or not size:
            continue
        parts = replace(
            whole,
            own=sum(query.wanted[term] for term in terms) / total,
            around=sum(query.wanted[term] for term in around) / total,
            pairs=_in_order(runs[number], query, 2) / max(1, many - 1),
            triples=_in_order(runs[number], query, 3) / max(1, many - 2),
            named=(names[number] + any(names[max(0, number - _BEFORE_SENTENCES) : number])) / 2,
            length=log1p(min(size, _LONG)) / log1p(_LONG),
        )
        own, shown = (span.shifted(stretch.start) for span in (spans[number], with_neighbours(spans, number)))
        found.append(Sentence(kept, own, shown, parts, parts.times(BY_WORDS)))
    return found


def _with_meant(terms: set[int], query: Query) -> set[int]:
    """The terms of a sentence, with those of the words that its abbreviations stand for."""
    meant = [query.short[term] for term in terms & query.short.keys()]
    return terms.union(*meant)


def _in_order(runs: Sequence[Run], query: Query, length: int) -> int:
    """How many sequences of so many words that are said stand in some runs."""
    begins = {word for run in runs for word in range(run.report, run.report + run.length - length + 1)}
    return sum(bool(query.said[word]) for word in begins)


def _by_meaning(best: Sequence[Sentence], text: str, content: str, embedder: Embedder) -> list[Sentence]:
    """Sentences in the order of words and meaning together."""
    vectors = embedder.embed([text, content, *(one.span.of(one.kept.text) for one in best)])
    again = []
    for one, (whole, bare) in zip(best, vectors[2:] @ vectors[:2].T, strict=True):
        parts = replace(one.parts, likeness=max(0.0, float(whole)), content=max(0.0, float(bare)))
        again.append(replace(one, parts=parts, score=parts.times(BY_MEANING)))
    return sorted(again, key=best_first)
