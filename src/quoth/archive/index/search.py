"""Finding: from a report to the documents whose words it carries, passage by passage.

The way: units with enough rare sequences in common are read again and held against the report; what is found there is
weighed for each utterance (quotation or sentence) of the report; a document that certainly carries one utterance is
then read as a whole, because short fragments that would prove nothing on their own do so in a known source; of several
documents that carry the same utterance those that carry it best stay.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from quoth.archive.index.document_ranking import rank_by_words
from quoth.archive.index.index import Index
from quoth.archive.index.lookup import Question, ask
from quoth.archive.index.passage_matching import Chain, Pattern, chains
from quoth.archive.index.passage_scoring import Evidence, Matched, carriers_of, choose, weigh
from quoth.archive.index.query import query_of
from quoth.archive.index.search_ports import Fetch, FoundPassage, FoundSource, Kept
from quoth.archive.index.vocabulary import WORD, Ints, Vocabulary, places
from quoth.models.ports import Embedder
from quoth.types import Span, united

STOCK = 25  # units; words whose rarest sequence stands in more are a stock phrase
_TWIN = 0.8  # share of passages that makes two sources twins
_EXACT = 0.2  # weight
_MOST = 0.6  # of a statement's weight: found word for word, nothing else need be looked for
_MARGIN = 100  # code points read on either side of a unit, for what runs across its ends
_MOST_READ = 60  # units read again for one report
_ONE_PLACE = 600  # code points between passages that stand together, at most
_LONG = 60_000  # code points; of a longer document only what is near its units is read as a whole
_AROUND = 15_000  # code points on either side of a unit of a long document
_LEAST = 4.0, 4.0  # weight of a run that makes a unit worth a closer look, and of a chain
_LEAST_IN_STATEMENT = 6.0, 7.0  # the same where nothing but a statement was asked: no other passage can bear it out
_LEAST_RUN_IN_CARRIER = 3.0  # the same in a document that certainly carries another utterance
_LEAST_CHAIN_IN_CARRIER = 3.5


class Stretch:
    """A stretch of a kept document, read again; where its words stand is only found out when somebody asks."""

    def __init__(self, kept: Kept, span: Span) -> None:
        self.kept = kept
        self.span = span
        self.text = span.of(kept.text)
        self._places: tuple[Ints, Ints] | None = None

    def words(self, first: int, last: int) -> Span:
        """Where the words `[first, last)` of the stretch stand in the document."""
        if self._places is None:
            self._places = places(self.text)
        starts, ends = self._places
        return Span(int(starts[first]), int(ends[last - 1])).shifted(self.span.start)


@dataclass(frozen=True)
class Match:
    """A chain of one utterance in one document.

    Attributes:
        utterance: its number.
        chain: the words.
        report: the stretch of the report.
        stretch: where in the document it was found.
    """

    utterance: int
    chain: Chain
    report: Span
    stretch: Stretch

    @property
    def place(self) -> tuple[int, int]:
        """Orders matches of a document by where they stand."""
        return self.stretch.span.start, self.chain.source[0]

    @cached_property
    def source(self) -> Span:
        """The stretch of the document's text."""
        return self.stretch.words(*self.chain.source)


def find(
    index: Index, vocabulary: Vocabulary, fetch: Fetch, text: str, embedder: Embedder | None = None
) -> list[FoundSource]:
    """The sources of a report or a statement, best first.

    A report is looked for by its wording. So is a statement; where most of it stands nowhere word for word, the places
    that have most of its words follow, and their passages say so (`By.WORDS`; `By.MEANING` where an embedder has put
    them in order).
    """
    question, units = ask(index, vocabulary, text)
    found = _by_wording(index, vocabulary, fetch, question, units) if units else []
    if not question.alone or _carried(question, found):
        return found
    return joined(found, rank_by_words(index, vocabulary, fetch, question, embedder))


def _carried(question: Question, found: Sequence[FoundSource]) -> bool:
    """Whether what was found carries most of a statement: of its quotations, if it has any."""
    weights = query_of(question).weights
    total = float(weights.sum())
    for source in found:
        inside = np.zeros(len(weights), dtype=bool)
        for passage in source.passages:
            inside |= (question.starts >= passage.report.start) & (question.ends <= passage.report.end)
        if float(weights[inside].sum()) >= _MOST * total:
            return True
    return False


def joined(found: Sequence[FoundSource], others: Sequence[FoundSource]) -> list[FoundSource]:
    """Sources found by wording with passages found by words: those of the same document together."""
    answer = list(found)
    at = {source.id: place for place, source in enumerate(answer)}
    for other in others:
        if other.id in at:
            source = answer[at[other.id]]
            if source.number != other.number:
                continue  # another version, by words only
            new = [two for two in other.passages if not any(two.source.meets(one.source) for one in source.passages)]
            answer[at[other.id]] = replace(source, passages=(*source.passages, *new))
        else:
            answer.append(other)
    return answer


def _by_wording(
    index: Index, vocabulary: Vocabulary, fetch: Fetch, question: Question, units: Sequence[int]
) -> list[FoundSource]:
    """The documents whose words a report carries, best first; of documents that say the same the earliest first."""
    pattern = Pattern(question.hashes, question.weights, question.of_part, question.of_utterance)
    stated = [index.place(unit) for unit in units[:_MOST_READ]]
    kept = fetch(sorted({place.document for place in stated}))
    stretches = [
        Stretch(kept[place.document], _widened(Span(place.start, place.end), kept[place.document].text, _MARGIN))
        for place in stated
        if place.document in kept
    ]
    least = _LEAST_IN_STATEMENT if question.alone else _LEAST
    matches = _matches(question, pattern, vocabulary, stretches, *least)
    first = {number: [one for one in own if not one.chain.repeat] for number, own in matches.items()}
    carriers = carriers_of(weigh(question, first, frozenset()))
    if carriers:
        whole = [stretch for number in sorted(carriers) for stretch in _whole(kept[number], stretches)]
        again = _matches(question, pattern, vocabulary, whole, _LEAST_RUN_IN_CARRIER, _LEAST_CHAIN_IN_CARRIER)
        matches |= again
    evidence = choose(question, kept, weigh(question, matches, carriers))
    return _sources(question, kept, evidence)


def _matches(
    question: Question,
    pattern: Pattern,
    vocabulary: Vocabulary,
    stretches: Sequence[Stretch],
    least_run: float,
    least_chain: float,
) -> dict[int, list[Match]]:
    """Per document number, the chains found in stretches of it."""
    read = [vocabulary.hashes(vocabulary.numbers(stretch.text)) for stretch in stretches]
    runs_of = pattern.runs(read, least_run)
    found: dict[int, list[Match]] = defaultdict(list)
    for stretch, runs in zip(stretches, runs_of, strict=True):
        if not runs:
            continue
        by_utterance = defaultdict(list)
        for run in runs:
            by_utterance[int(question.of_utterance[run.report])].append(run)
        for utterance, own in by_utterance.items():
            for chain in chains(own, least_chain):
                first, last = chain.report
                report = Span(int(question.starts[first]), int(question.ends[last - 1]))
                found[stretch.kept.number].append(Match(utterance, chain, report, stretch))
    return dict(found)


def _whole(kept: Kept, stretches: Sequence[Stretch]) -> list[Stretch]:
    """All of a document; of a long one, what is near the stretches already read."""
    if len(kept.text) <= _LONG:
        return [Stretch(kept, Span(0, len(kept.text)))]
    near = united(_widened(one.span, kept.text, _AROUND) for one in stretches if one.kept.number == kept.number)
    return [Stretch(kept, span) for span in near]


def _widened(span: Span, text: str, margin: int) -> Span:
    """A stretch with some more on both sides."""
    return Span(max(0, span.start - margin), min(len(text), span.end + margin))


def _sources(question: Question, kept: Mapping[int, Kept], evidence: Sequence[Evidence]) -> list[FoundSource]:
    """The answer: sources best first, of an id the version that carries most."""
    by_document: dict[int, list[Evidence]] = defaultdict(list)
    for one in evidence:
        by_document[one.document].append(one)
    sources: dict[str, FoundSource] = {}
    for number, ones in by_document.items():
        document = kept[number]
        weighed = [
            [match.chain.weight + _exactly(match, question.text, document.text) for match in one.matches]
            for one in ones
        ]
        score = round(sum(map(sum, weighed)), 2)
        if question.alone:
            _bear_out(ones, weighed)
        passages = [
            FoundPassage(match.report, match.source, round(weight, 2), stock=one.spread > STOCK)
            for one, weights in zip(ones, weighed, strict=True)
            for match, weight in zip(one.matches, weights, strict=True)
        ]
        passages.sort(key=lambda one: (one.report, one.source))
        source = FoundSource(document.id, score, tuple(passages), document.version, number)
        other = sources.get(document.id)
        if other is None or (score, document.current, document.version) > (
            other.score,
            kept[other.number].current,
            other.version,
        ):
            sources[document.id] = source
    ranked = sorted(sources.values(), key=lambda one: (-one.score, kept[one.number].published or "9", one.id))
    return with_twins(ranked, {source.number: kept[source.number].published or "9" for source in ranked})


def _bear_out(ones: Sequence[Evidence], weighed: Sequence[list[float]]) -> None:
    """Give the best matches of several quotations the weight that they have together, where they stand together.

    Several quotations in one statement come from one place as a rule, so each of them bears the others out.

    Args:
        ones: what one document has of each utterance.
        weighed: the weights of the matches of each, which are changed.
    """
    best = [max(range(len(weights)), key=weights.__getitem__) for weights in weighed]
    leads = sorted(range(len(ones)), key=lambda at: ones[at].matches[best[at]].source)
    groups: list[list[int]] = []
    for lead in leads:
        start = ones[lead].matches[best[lead]].source.start
        if groups and start - ones[groups[-1][-1]].matches[best[groups[-1][-1]]].source.end <= _ONE_PLACE:
            groups[-1].append(lead)
        else:
            groups.append([lead])
    for group in groups:
        together = sum(weighed[lead][best[lead]] for lead in group)
        for lead in group:
            weighed[lead][best[lead]] = together


def _exactly(match: Matched, report: str, source: str) -> float:
    """A little more weight where words are written the same, capitals included: it decides between equals."""
    said, original = (WORD.findall(span.of(text)) for span, text in ((match.report, report), (match.source, source)))
    same: int = sum(one == two for one, two in zip(said, original, strict=False))
    return _EXACT * same / max(1, len(said))


def with_twins(ranked: Sequence[FoundSource], published: Mapping[int, str]) -> list[FoundSource]:
    """Sources with those that have the same passages put together, the earliest first and named by the others."""
    groups: list[list[FoundSource]] = []
    for source in ranked:
        for group in groups:
            if _same_passages(source, group[0]):
                group.append(source)
                break
        else:
            groups.append([source])
    answer: list[FoundSource] = []
    for group in groups:
        first, *others = sorted(group, key=lambda one: (published[one.number], -one.score, one.id))
        answer.append(first)
        answer += [replace(other, twin_of=first.id) for other in others]
    return answer


def _same_passages(source: FoundSource, other: FoundSource) -> bool:
    """Whether a source has most of what the other has, and next to nothing else."""
    spans = [np.array([passage.report for passage in each.passages]) for each in (source, other)]
    edges = np.unique(np.concatenate(spans))
    lengths = np.diff(edges)
    layers = [
        np.searchsorted(np.sort(own[:, 0]), edges[:-1], "right")
        - np.searchsorted(np.sort(own[:, 1]), edges[:-1], "right")
        for own in spans
    ]
    shared = int((layers[0] * layers[1] * lengths).sum())  # of every passage of one with every one of the other
    return shared >= _TWIN * max(int((own * lengths).sum()) for own in layers)
