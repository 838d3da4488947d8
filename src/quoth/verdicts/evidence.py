"""The passage that is shown for what a report tells in its own words: a few sentences, close together, and no wider.

A report follows its source: what it tells beside words that it quotes stands beside these words there, too. A passage
is a run of one to three sentences; it is chosen by how much of the statement it holds, how like in meaning it is, how
near it stands to what the report quotes nearby, how short it is, and whether the judge finds the statement in it. What
each of these weighs stands in `evidence.toml`, fitted by `training/support/fit_evidence.py` to the passages that
readers of real reports chose. A question is read with its answer, and the answer is what is shown.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log

import numpy as np

from quoth.doc.doc import Doc
from quoth.matching.passages import Prepared
from quoth.models.ports import Judge
from quoth.types import Span, Statement
from quoth.verdicts.carried import Contents, contents
from quoth.verdicts.heard import Heard

#: Sentences with words of the statement from which runs are begun, and sentences of a run at most.
BEGUN, LONGEST = 10, 3
#: Answers that are looked at because their question has words of the statement.
ASKED = 3
#: Tokens of a quotation by which it is known again, and how far its place is felt, in sentences and in code points.
KNOWN_BY, FELT_THERE, FELT_HERE = 4, 6.0, 600.0
#: Quotations nearest in the report whose surroundings in the source are looked at, and how many sentences of these.
NEAREST, AROUND = 2, 2
#: Quotations of the report on either side of a statement that are felt at all.
BESIDE = 8
#: The judge reads so many runs: the best by the other signals.
READ = 5
#: A run in which the source quotes the speaker is shown if it holds so much of what the best run anywhere holds.
NEARLY = 0.9
#: Clauses at the edges of a run are left away while all that are left away hold at most so much of what it holds.
LEFT_AWAY = 0.15
#: Where a clause ends, as far as signs tell.
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s[–—-]+(?=\s)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a statement says, for a source.

    Attributes:
        content: for each content word or name the keys by which it may be met.
        weights: what each of them tells in this source.
        text: the statement's words.
        place: where it begins in the report.
        his: numbers of the source's sentences in which it quotes the statement's speaker or reports what he says.
    """

    content: Sequence[tuple[str, ...]]
    weights: Sequence[float]
    text: str
    place: int
    his: frozenset[int] = frozenset()

    def worth(self, held: frozenset[int]) -> float:
        """The share of all that some of the content makes up, 0..1."""
        return sum(self.weights[number] for number in held) / (sum(self.weights) or 1.0)


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences that stand together in a source, and what speaks for their carrying a statement.

    Attributes:
        sentences: their numbers, in order.
        signals: what speaks for them, by name.
    """

    sentences: tuple[int, ...]
    signals: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quotation of the report that stands word for word in one place of a source: where here, in which sentence."""

    here: int
    sentence: int


def wanted_of(
    report: Doc, statement: Statement, there: Contents, named: Mapping[int, tuple[int, str]], within: Sequence[Heard]
) -> Wanted:
    """What a statement of a report says, for a source.

    Args:
        report: the report.
        statement: one of its statements.
        there: what each sentence of the source says.
        named: the names of the report, by `names_in`.
        within: who says what according to the source.
    """
    his = [one.statement for one in within if one.speaker is not None and one.speaker.id == statement.speaker]
    content = [one for span in statement.content for one in contents(report, span, named)]
    return Wanted(
        [keys for keys, _ in content],
        [weight * there.rarity(keys[0]) for keys, weight in content],
        " ".join(span.of(report.text) for span in statement.content),
        statement.content[0].start,
        frozenset(number for one in his for span in one.content for number in there.doc.sentences_of(span)),
    )


def anchors(report: Doc, source: Prepared) -> tuple[Anchor, ...]:
    """The quotations of a report of which some words running stand in one place of a source, in reading order."""
    found: list[Anchor] = []
    for quotation in report.quotations:
        first, last = report.range(quotation.inner)
        for at in range(first, last - KNOWN_BY + 1, KNOWN_BY):
            places = source.places_of(report.keys[at], report.keys[at + 1])
            for step in range(2, KNOWN_BY):
                places = source.which(places, step, report.keys[at + step])
            if len(places) == 1:
                found.append(Anchor(report.starts[at], source.sentence_of(int(places[0]))))
                break
    return tuple(found)


def passage(
    wanted: Wanted,
    source: Prepared,
    there: Contents,
    eligible: Sequence[int],
    near: Sequence[Anchor],
    judge: Judge | None,
) -> tuple[Span, ...]:
    """The words of a source to show for a statement: one stretch, or none where no sentence is eligible."""
    runs = looked_at(wanted, source, there, eligible, near, judge)
    runs.sort(key=lambda run: score(run.signals), reverse=True)
    his = [run for run in runs if not wanted.his.isdisjoint(run.sentences)]
    if his and his[0].signals["cover"] >= NEARLY * runs[0].signals["cover"]:
        runs = his
    return (trimmed(wanted, there, runs[0].sentences),) if runs else ()


def looked_at(
    wanted: Wanted,
    source: Prepared,
    there: Contents,
    eligible: Sequence[int],
    near: Sequence[Anchor],
    judge: Judge | None,
) -> list[Run]:
    """The runs that may be shown for a statement, with their signals; see `passage`.

    Args:
        wanted: the statement.
        source: the source, ready for the search.
        there: what each of its sentences says.
        eligible: numbers of the sentences that may carry it: the speaker's own, where these are known.
        near: the places of what the report quotes.
        judge: reads statement and run together, if there is one.
    """
    allowed = set(eligible)
    at = bisect_left(near, wanted.place, key=lambda one: one.here)
    near = near[max(0, at - BESIDE) : at + BESIDE]
    held: dict[int, set[int]] = {}
    for number, keys in enumerate(wanted.content):
        for sentence in {one for key in keys for one in there.index.get(key, ())}:
            held.setdefault(sentence, set()).add(number)
    runs = _runs(wanted, there.doc, held, allowed, near)
    made: list[Run] = []
    likeness = _likeness(wanted, source, runs)
    for number, run in enumerate(runs):
        signals = {
            "cover": wanted.worth(frozenset().union(*(held.get(one, ()) for one in run))),
            "longer": float(len(run) > 1),
            "near": max((_felt(anchor, wanted, run) for anchor in near), default=0.0),
        }
        if likeness is not None:
            signals["likeness"] = float(likeness[number])
        made.append(Run(run, signals))
    if judge is None:
        return made
    made = _apart(sorted(made, key=lambda run: (-score(run.signals), run.sentences)))[:READ]
    told = judge.judge([(wanted.text, _read(there.doc, run.sentences)) for run in made])
    return [
        Run(run.sentences, {**run.signals, "absent": log(one.absent + 0.01)})
        for run, one in zip(made, told, strict=True)
    ]


def _apart(ranked: Sequence[Run]) -> list[Run]:
    """Those of some runs, best first, that share no sentence with a better one."""
    kept: list[Run] = []
    taken: set[int] = set()
    for run in ranked:
        if taken.isdisjoint(run.sentences):
            kept.append(run)
            taken |= set(run.sentences)
    return kept


def _runs(
    wanted: Wanted, doc: Doc, held: Mapping[int, set[int]], allowed: set[int], near: Sequence[Anchor]
) -> list[tuple[int, ...]]:
    """Runs around the sentences that hold most, after questions that do, and beside what the report quotes nearby."""
    worth = {sentence: wanted.worth(frozenset(one)) for sentence, one in held.items()}
    order = sorted(worth, key=lambda one: (-worth[one], one))
    begun = set([one for one in order if one in allowed][:BEGUN])
    for anchor in sorted(near, key=lambda one: (abs(one.here - wanted.place), one.sentence))[:NEAREST]:
        begun |= set(range(anchor.sentence - AROUND, anchor.sentence + AROUND + 1)) & allowed
    found = {
        tuple(range(start, start + length))
        for one in begun
        for length in range(1, LONGEST + 1)
        for start in range(one - length + 1, one + 1)
        if all(number in allowed for number in range(start, start + length))
    }
    answers = [one + 1 for one in order if one not in allowed and one + 1 in allowed and _opens(doc, one + 1)]
    return sorted(found | {(one,) for one in answers[:ASKED]})


def _opens(doc: Doc, sentence: int) -> bool:
    """Whether a sentence is the first one of a turn that follows another."""
    if sentence < 1 or not doc.turns:
        return False
    return doc.turn_at(doc.sentences[sentence].start) != doc.turn_at(doc.sentences[sentence - 1].start)


def _read(doc: Doc, run: Sequence[int]) -> str:
    """The words of a run as they are to be read: after the last sentence of the turn that it answers."""
    first = run[0] - _opens(doc, run[0])
    return " ".join(doc.sentences[number].of(doc.text) for number in range(first, run[-1] + 1))


def _felt(anchor: Anchor, wanted: Wanted, run: Sequence[int]) -> float:
    """How near a run stands to a quotation that stands near the statement, 0..1."""
    there = min(abs(number - anchor.sentence) for number in run)
    return exp(-there / FELT_THERE) * exp(-abs(anchor.here - wanted.place) / FELT_HERE)


def _likeness(wanted: Wanted, source: Prepared, runs: Sequence[Sequence[int]]) -> np.ndarray | None:
    """Likeness of meaning of the statement and the middle of each run's sentences; None without an embedder."""
    if source.embedder is None or not runs:
        return None
    numbers = sorted({number for run in runs for number in run})
    vectors = source.vectors(numbers)
    assert vectors is not None
    at = {number: place for place, number in enumerate(numbers)}
    (own,) = source.embedder.embed([wanted.text])
    middles = np.stack([vectors[[at[number] for number in run]].sum(axis=0) for run in runs])
    likeness: np.ndarray = (middles @ own) / np.maximum(np.linalg.norm(middles, axis=1), 1e-9)
    return likeness


def trimmed(wanted: Wanted, there: Contents, run: Sequence[int]) -> Span:
    """A run without the clauses at its edges that hold next to nothing of the statement."""
    clauses = [clause for number in run for clause in _clauses(there.doc, number)]
    holds = [_held(wanted, there, clause) for clause in clauses]
    free = LEFT_AWAY * wanted.worth(frozenset().union(*holds))
    first, last = 0, len(clauses)
    while last - first > 1:
        front, back = (wanted.worth(holds[one] - frozenset().union(*holds[rest])) for one, rest in _edges(first, last))
        cut = min(front, back)
        if cut > free:
            break
        free -= cut
        first, last = (first + 1, last) if front <= back else (first, last - 1)
    return Span(clauses[first].start, clauses[last - 1].end)


def _edges(first: int, last: int) -> tuple[tuple[int, slice], tuple[int, slice]]:
    """The clause at either edge, and those that are left without it."""
    return (first, slice(first + 1, last)), (last - 1, slice(first, last - 1))


def _clauses(doc: Doc, sentence: int) -> list[Span]:
    """The clauses of a sentence, as commas and the like part them."""
    whole = doc.sentences[sentence]
    ends = [match.end() for match in _CLAUSE_END.finditer(doc.text, *whole)]
    cuts = dict.fromkeys([whole.start, *ends, whole.end])
    return [span for a, b in pairwise(cuts) if (span := Span(a, b).trimmed(doc.text)).length]


def _held(wanted: Wanted, there: Contents, span: Span) -> frozenset[int]:
    """Numbers of a statement's content that a stretch of the source holds."""
    keys = {key for keys, _ in there.of(span) for key in keys}
    return frozenset(number for number, one in enumerate(wanted.content) if not keys.isdisjoint(one))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    raw = tomllib.loads((files("quoth.verdicts") / "evidence.toml").read_text(encoding="utf-8"))
    return {way: {name: float(value) for name, value in table.items()} for way, table in raw.items()}


def score(signals: Mapping[str, float]) -> float:
    """How much speaks for a run, by the weights for the signals that are at hand; the larger of two is shown."""
    way = "judge" if "absent" in signals else "embedder" if "likeness" in signals else "words"
    return sum(weight * signals.get(name, 0.0) for name, weight in _weights()[way].items())
