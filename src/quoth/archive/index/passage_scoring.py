"""Weighing: does a document carry an utterance, and which of several documents does?"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Protocol

from quoth.archive.index.lookup import Question
from quoth.archive.index.passage_matching import Chain
from quoth.archive.index.search_ports import Kept
from quoth.types import Span, overlap

_CELL = 256  # code points


class Matched(Protocol):
    """A chain of one utterance in one document; see `finder.Match`."""

    @property
    def utterance(self) -> int:
        """The number of the utterance."""
        ...

    @property
    def chain(self) -> Chain:
        """The words in common."""
        ...

    @property
    def report(self) -> Span:
        """Where they stand in the report."""
        ...

    @property
    def place(self) -> tuple[int, int]:
        """Orders matches of a document by where they stand."""
        ...

    @property
    def source(self) -> Span:
        """Where they stand in the document."""
        ...


class Proof(IntEnum):
    """How far the words alone show that they come from a document."""

    WEAK = 0  # only if the document is known to carry another utterance
    LIKELY = 1  # if no other document carries as much of it
    CERTAIN = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one document has of one utterance.

    Attributes:
        document: the store's number.
        utterance: number of the utterance.
        matches: chains that share no report words, in the order of the report.
        weight: of the words in common.
        coverage: share of the utterance's weight or words that this is, whichever is larger, 0..1 (a word put in place
            of another is rare as a rule, and weighs much).
        words: number of words in common.
        longest: most words in common in a row.
        spread: in how many units the rarest sequence in common is kept.
        proof: what it shows.
        carrier: whether the document certainly carries another utterance.
    """

    document: int
    utterance: int
    matches: tuple[Matched, ...]
    weight: float
    coverage: float
    words: int
    longest: int
    spread: int
    proof: Proof
    carrier: bool


def weigh(question: Question, matches: Mapping[int, Sequence[Matched]], carriers: frozenset[int]) -> list[Evidence]:
    """What each document has of each utterance."""
    found = []
    for document, own in matches.items():
        by_utterance: dict[int, list[Matched]] = defaultdict(list)
        for match in own:
            by_utterance[match.utterance].append(match)
        found += [
            _evidence(question, document, number, ones, carrier=document in carriers)
            for number, ones in by_utterance.items()
        ]
    return found


def _evidence(question: Question, document: int, utterance: int, ones: list[Matched], *, carrier: bool) -> Evidence:
    """What one document has of one utterance; at least one of its matches is no repeat."""
    chosen: list[Matched] = []
    near: dict[int, list[Matched]] = defaultdict(list)  # those chosen, by where in the report they stand
    for match in sorted(ones, key=lambda one: (one.chain.repeat, -one.chain.weight, one.place)):
        report = match.report
        cells = range(report.start // _CELL, report.end // _CELL + 1)
        rivals = [one for cell in cells for one in near[cell] if overlap(report, one.report) * 3 > report.length]
        if not rivals or (match.chain.repeat and all(not overlap(match.source, other.source) for other in rivals)):
            chosen.append(match)
            for cell in cells:
                near[cell].append(match)
    chosen.sort(key=lambda one: (one.report, one.place))
    part = question.utterances[utterance]
    total = float(question.weights[part.first : part.last].sum())
    counted = [one for one in chosen if not one.chain.repeat]
    weight = sum(run.weight for one in counted for run in one.chain.runs)
    spreads = [
        int(question.spread[word])
        for one in counted
        for run in one.chain.runs
        for word in range(run.report, run.report + run.length - 2)
        if question.spread[word]
    ]
    words = sum(one.chain.words for one in counted)
    coverage = min(1.0, max(weight / total, words / (part.last - part.first)))
    spread = min(spreads, default=0)
    longest = max(run.length for one in counted for run in one.chain.runs)
    return Evidence(
        document, utterance, tuple(chosen), weight, coverage, words, longest, spread,
        proof_of(weight, coverage, words, longest, quoted=part.quoted), carrier,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """What words in common must have at least: weight, share of the utterance, number, number in a row."""

    weight: float
    coverage: float
    words: int = 0
    longest: int = 0

    def passed(self, weight: float, coverage: float, words: int, longest: int) -> bool:
        """Whether so much in common is enough."""
        return weight >= self.weight and coverage >= self.coverage and words >= self.words and longest >= self.longest


# Set on planted sets of our own making (other sources and stories than those measured); see docs/decisions. Weights are
# sums of inverse document frequencies: 22 is about five rare words or ten of the usual ones.
CERTAIN_QUOTED, CERTAIN_UNQUOTED = Bar(22, 0.5, 6, 6), Bar(26, 0.5, 10, 6)
LIKELY_QUOTED, WHOLE_QUOTED = Bar(9, 0.85, 4, 4), Bar(4, 0.95, 5, 5)
#: The same in a document that certainly carries another utterance of the report.
SHORT_IN_CARRIER, LONG_IN_CARRIER, UNQUOTED_IN_CARRIER = Bar(5, 0.5), Bar(10, 0.3, 7), Bar(14, 0.4, 7)


def proof_of(weight: float, coverage: float, words: int, longest: int, *, quoted: bool) -> Proof:
    """What so much in common shows."""
    if (CERTAIN_QUOTED if quoted else CERTAIN_UNQUOTED).passed(weight, coverage, words, longest):
        return Proof.CERTAIN
    if quoted and any(bar.passed(weight, coverage, words, longest) for bar in (LIKELY_QUOTED, WHOLE_QUOTED)):
        return Proof.LIKELY
    return Proof.WEAK


_AS_GOOD = 0.88  # share of the best document's weight that another needs to carry an utterance as well as it
_AS_LONG = 0.8  # the same of the words in a row
_ADDS = 0.35  # share of its matched words that no better document has, for one that carries another part (a splice)
_SHORTEST_FOR_TWINS = 8  # words; fewer words in common make no twins, they are met by chance
_SHORTEST_ALONE = 5  # words in common that a quotation needs if its document carries nothing else
_LEAST_FOR_STATEMENT = 7.0  # weight, where nothing but the quotation was asked
_LONG_ENOUGH = 7  # words; shorter ones stand in documents by chance, so the report must name the publisher too
_WIDEST_ALONE = 10  # units with its rarest sequence, at most, in the same case
_FOR_PUBLISHER = 2.0  # weight that the publisher's name in the report is worth


def carriers_of(evidence: Sequence[Evidence]) -> frozenset[int]:
    """The documents that certainly carry an utterance, and carry it as well as any other."""
    best = _best(evidence)
    return frozenset(
        one.document for one in evidence if one.proof is Proof.CERTAIN and one.weight >= _AS_GOOD * best[one.utterance]
    )


def choose(question: Question, kept: Mapping[int, Kept], evidence: Sequence[Evidence]) -> list[Evidence]:
    """For each utterance the documents that carry it; none where the words in common prove nothing."""
    by_utterance: dict[int, list[Evidence]] = defaultdict(list)
    for one in evidence:
        by_utterance[one.utterance].append(one)
    named = cache(lambda document: _names_publisher(question, kept[document]))
    chosen = []
    for utterance, ones in by_utterance.items():
        quoted = question.utterances[utterance].quoted
        known = [one for one in ones if one.carrier and _enough_in_carrier(one, quoted=quoted)]
        chosen += _carried(known) if known else _alone(question, kept, ones, named)
    return chosen


def _carried(ones: list[Evidence]) -> list[Evidence]:
    """Of documents that carry other parts of the report the best for this one, its equals, and what they lack."""
    ones = sorted(ones, key=lambda one: (-one.weight, one.document))
    best = ones[0]
    chosen = [best]
    covered = _words(best)
    for one in ones[1:]:
        own = _words(one)
        if _as_good(one, best) or len(own - covered) >= max(_SHORTEST_ALONE, _ADDS * len(own)):
            chosen.append(one)
            covered |= own
    return chosen


def _alone(
    question: Question, kept: Mapping[int, Kept], ones: list[Evidence], named: Callable[[int], bool]
) -> list[Evidence]:
    """The documents that carry a quotation and nothing else, if its words are rare enough to show that."""
    likely = [
        one
        for one in ones
        if one.proof >= Proof.LIKELY and one.words >= _SHORTEST_ALONE and 0 < one.spread <= _WIDEST_ALONE
    ]
    if not likely:
        return []
    likely = [one for one in likely if named(one.document) or _telling(one, alone=question.alone)]
    if not likely:
        return []
    likely.sort(
        key=lambda one: (-one.weight, not named(one.document), kept[one.document].published or "9", one.document)
    )
    best = max(likely, key=lambda one: one.weight + _FOR_PUBLISHER * named(one.document))
    if best.words < _SHORTEST_FOR_TWINS and not question.alone:
        return [best]
    return [best, *(one for one in likely if one is not best and _as_good(one, best))]


def _telling(one: Evidence, *, alone: bool) -> bool:
    """Whether words in common tell their document where the report does not name its publisher."""
    if alone:
        return one.weight >= _LEAST_FOR_STATEMENT
    return one.words >= _LONG_ENOUGH and one.weight >= LIKELY_QUOTED.weight


def _as_good(one: Evidence, best: Evidence) -> bool:
    """Whether a document carries an utterance as well as the best one does: as much of it, and as much in a row."""
    return one.weight >= _AS_GOOD * best.weight and one.longest >= _AS_LONG * best.longest


def _names_publisher(question: Question, kept: Kept) -> bool:
    """Whether the report names the document's publisher, by the last word of its name ("Sen. Ostrel")."""
    name = (kept.publisher or "").split()
    return bool(name) and re.search(rf"(?<!\w){re.escape(name[-1])}(?!\w)", question.text) is not None


def _enough_in_carrier(one: Evidence, *, quoted: bool) -> bool:
    """Whether an utterance may come from a document that certainly carries another one."""
    bars = (SHORT_IN_CARRIER, LONG_IN_CARRIER) if quoted else (UNQUOTED_IN_CARRIER,)
    return one.proof >= Proof.LIKELY or any(
        bar.passed(one.weight, one.coverage, one.words, one.longest) for bar in bars
    )


def _best(evidence: Sequence[Evidence]) -> dict[int, float]:
    """For each utterance the most weight that any document has of it."""
    best: dict[int, float] = defaultdict(float)
    for one in evidence:
        best[one.utterance] = max(best[one.utterance], one.weight)
    return best


def _words(one: Evidence) -> set[int]:
    """The report's words that a document has of an utterance."""
    return {
        word for match in one.matches for run in match.chain.runs for word in range(run.report, run.report + run.length)
    }
