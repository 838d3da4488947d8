"""Learns `src/quoth/attribution/nesting.json`: how likely a candidate is a statement, and where a clause ends.

    python -m training.nesting.learn [--data ../shared/data] [--write]

It learns from the records of GUM's training set whose licence has no NC, and prints F1 of links to the statement
around: cross-validated by document on those records, and on those that are only measured.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quoth.attribution import nesting_model
from quoth.attribution.attribute import Found, found_in
from quoth.attribution.clauses import Clause
from quoth.attribution.nesting import candidates, nested
from quoth.attribution.nesting_model import Weights
from quoth.doc.words import tokens
from quoth.models.loading import load_tools
from quoth.models.ports import Tagger
from quoth.reading import read_text
from quoth.types import Document, Span

TABLE = Path("src/quoth/attribution/nesting.json")
HALF = 0.5  # share of words in common from which two contents are the same one
SLIP = 2  # characters by which an end may differ: a mark and a space
SEEN = 5  # times a sign must be seen to be weighed
PULL = 2.0  # how strongly the weights of statements are pulled to zero; of ends, see END_PULL
END_PULL = 3.0
FOLDS = 6

Signs = Collection[str]


@dataclass(frozen=True)
class Read:
    """A record with everything that is found in it before what stands inside statements."""

    record: dict
    document: Document
    found: Found
    words: Callable[[Iterable[Sequence[int]]], frozenset[int]]

    @property
    def gold(self) -> list[dict]:
        """The annotated attributions."""
        return self.record["attributions"]

    @property
    def everywhere(self) -> tuple[Span]:
        """The whole text."""
        return (Span(0, len(self.document.text)),)


def read(record: dict, tagger: Tagger | None) -> Read:
    """What is found in a record."""
    document = read_text(record["text"], record["id"])
    return Read(record, document, found_in(document, tagger), words_of(document.text))


def words_of(text: str) -> Callable[[Iterable[Sequence[int]]], frozenset[int]]:
    """Gives the numbers of the words that spans touch."""
    numbers = [-1] * (len(text) + 1)
    for number, span in enumerate(tokens(text)):
        numbers[span.start : span.end] = [number] * span.length
    return lambda spans: frozenset(numbers[place] for start, end in spans for place in range(start, end)) - {-1}


def paired(one: Read, contents: Sequence[Iterable[Sequence[int]]]) -> dict[int, tuple[int, float]]:
    """For the number of a content that of its annotated attribution and how alike they are, best first, each once."""
    gold = [one.words(raw["content"]) for raw in one.gold]
    found = [one.words(content) for content in contents]
    likes = sorted((-len(a & b) / len(a | b), g, f) for g, a in enumerate(gold) for f, b in enumerate(found) if a & b)
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for unlike, g, f in likes:
        if g not in taken and f not in pairs:
            taken.add(g)
            pairs[f] = (g, -unlike)
    return pairs


def ends(some: Sequence[Read]) -> list[tuple[Signs, bool]]:
    """Signs of the places where clauses might end, and whether they do."""
    items: list[tuple[Signs, bool]] = []
    for one in some:
        gold = {min(one.words(raw["content"]), default=-1): raw for raw in one.gold}
        found = one.found.sentences.clauses(one.everywhere)
        for clause in found:
            raw = gold.get(min(one.words([(clause.start, clause.start + 1)]), default=-2))
            if raw is None or "opens parenthesis" in clause.signs or not one.words(raw["frame"]) & _frame(one, clause):
                continue
            end = max(stop for _, stop in raw["content"])
            for cut in clause.cuts[:-1]:
                items.append((cut.signs, cut.end >= end - SLIP))
                if items[-1][1]:
                    break
    return items


def _frame(one: Read, clause: Clause) -> frozenset[int]:
    return one.words([clause.cue, *([clause.source] if clause.source else [])])


def statements(some: Sequence[Read]) -> list[tuple[Signs, bool]]:
    """Signs of candidates, and whether they are annotated statements."""
    items: list[tuple[Signs, bool]] = []
    for one in some:
        outermost = [mark.outer for mark in one.found.marked if mark.depth == 0]
        found = candidates(one.document, one.found.statements, one.found.sentences, outermost, one.everywhere)
        pairs = paired(one, [candidate.statement.content for candidate in found])
        for number, candidate in enumerate(found):
            gold, alike = pairs.get(number, (-1, 0.0))
            frame = one.words([*candidate.statement.source, *candidate.statement.cue])
            right = alike >= HALF and bool(frame & one.words(one.gold[gold]["frame"]))
            items.append((candidate.signs(one.document.text), right))
    return items


def fitted(items: Sequence[tuple[Signs, bool]], pull: float) -> Weights:
    """A logistic regression by Newton's method, weights pulled to zero."""
    counts = Counter(sign for signs, _ in items for sign in signs)
    names = sorted(sign for sign, count in counts.items() if count >= SEEN)
    place = {name: number for number, name in enumerate(names)}
    x = np.zeros((len(items), len(names) + 1))
    x[:, -1] = 1
    for row, (signs, _) in enumerate(items):
        x[row, [place[sign] for sign in signs if sign in place]] = 1
    y = np.array([right for _, right in items], dtype=float)
    w, ridge = np.zeros(len(names) + 1), np.full(len(names) + 1, pull)
    ridge[-1] = 1e-3
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (p - y) + ridge * w)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    rounded = {name: round(float(weight), 2) for name, weight in zip(names, w, strict=False)}
    return Weights(round(float(w[-1]), 2), {name: weight for name, weight in rounded.items() if weight})


def learned(some: Sequence[Read]) -> tuple[Weights, Weights]:
    """The weights of statements and of ends; leaves them in use."""
    nothing = Weights(0.0, {})
    use(nothing, fitted(ends(some), END_PULL))
    end = nesting_model.weights()[1]
    use(fitted(statements(some), PULL), end)
    return nesting_model.weights()


def use(statement: Weights, end: Weights) -> None:
    """Put weights in the place of those that are shipped."""
    nesting_model.weights = lambda: (statement, end)  # type: ignore[assignment]


def links(some: Iterable[Read]) -> Counter[str]:
    """How many links are right, found and annotated, with the weights in use."""
    counts: Counter[str] = Counter()
    for one in some:
        found, _ = nested(one.document, one.found.statements, one.found.sentences, one.found.marked, one.found.firm)
        pairs = paired(one, [statement.content for statement in found])
        name = {found[f].id: one.gold[g]["id"] for f, (g, alike) in pairs.items() if alike >= HALF}
        gold = {(raw["id"], raw["parent"]) for raw in one.gold if raw["parent"] is not None}
        given = [(statement.id, statement.within) for statement in found if statement.within is not None]
        counts["gold"] += len(gold)
        counts["found"] += len(given)
        counts["right"] += sum((name.get(inner), name.get(outer)) in gold for inner, outer in given)
    return counts


def shown(name: str, counts: Counter[str]) -> None:
    """Print a line of figures."""
    f1 = 200 * counts["right"] / max(1, counts["found"] + counts["gold"])
    print(f"{name:32}{f1:6.1f}   {counts['right']} right of {counts['found']} found and {counts['gold']} annotated")


def main() -> None:
    """Cross-validate, learn from all, measure, and write the table if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    tagger = load_tools().tagger
    gum = arguments.data / "gum"
    train, dev = (
        [read(json.loads(line), tagger) for line in (gum / name).read_text(encoding="utf-8").splitlines()]
        for name in ("attributions_train.jsonl", "attributions_dev.jsonl")
    )
    free = [one for one in train if "NC" not in one.record["licence"]]
    order = sorted(free, key=lambda one: one.document.id)
    random.Random(0).shuffle(order)
    crossed: Counter[str] = Counter()
    for fold in range(FOLDS):
        learned([one for number, one in enumerate(order) if number % FOLDS != fold])
        crossed += links(order[fold::FOLDS])
    shown("GUM train without NC, crossed", crossed)
    statement, end = learned(order)
    shown("GUM train with NC", links(one for one in train if "NC" in one.record["licence"]))
    shown("GUM dev", links(dev))
    if arguments.write:
        table = {
            name: {"bias": one.bias, "signs": dict(sorted(one.signs.items()))}
            for name, one in (("statement", statement), ("end", end))
        }
        TABLE.write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{TABLE}: {TABLE.stat().st_size} bytes, {len(statement.signs)} + {len(end.signs)} signs")


if __name__ == "__main__":
    main()
