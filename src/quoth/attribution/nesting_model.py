"""How likely a candidate is a statement, and where its clause ends: two logistic regressions over named signs.

The weights stand in `nesting.json`, learned by `training/nesting`; see `docs/reference/models/nesting.md`.
"""

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import accumulate

from quoth.attribution.clauses import Clause
from quoth.attribution.cue_tables import classes, governing, nouns
from quoth.types import Statement

_WORD = re.compile(r"[\w'’]+")
_LENGTHS = (3, 6, 12, 30)  # words; bounds of the classes of lengths of a content that no clause was found for
_SIZES = (4, 8, 14, 22, 40)  # words; the same for any content
_SURE = (0.75, 0.9, 0.97)  # bounds of the classes of the tagger's confidence
_RULES = 0.6  # confidence of what the rules found
_HALF = 0.5  # share of the words in common at which two contents are the same one
_LIKENESS = 0.3  # weight of the likeness itself beside reaching the half


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of signs; a sign that is not there weighs nothing."""

    bias: float
    signs: Mapping[str, float]

    def chance(self, signs: Iterable[str]) -> float:
        """0..1."""
        return 1 / (1 + math.exp(-self.bias - math.fsum(self.signs.get(sign, 0.0) for sign in signs)))


@lru_cache(maxsize=1)
def weights() -> tuple[Weights, Weights]:
    """Those of statements, and those of the ends of clauses."""
    table = resources.files("quoth.attribution").joinpath("nesting.json")
    kept = json.loads(table.read_text(encoding="utf-8"))
    statement, end = (Weights(kept[name]["bias"], kept[name]["signs"]) for name in ("statement", "end"))
    return statement, end


def chance(signs: Iterable[str]) -> float:
    """How likely what has these signs is a statement, 0..1."""
    return weights()[0].chance(signs)


def ending(clause: Clause) -> int:
    """Where a clause ends: the cut whose words are expected to be most like the clause's, end offset exclusive."""
    if len(clause.cuts) == 1:
        return clause.cuts[0].end
    left, shares = 1.0, []
    for cut in clause.cuts[:-1]:
        here = weights()[1].chance(cut.signs)
        shares.append(left * here)
        left *= 1 - here
    shares.append(left)
    sizes = [cut.words for cut in clause.cuts]
    by_size = sorted(zip(sizes, shares, strict=True))
    sizes = [size for size, _ in by_size]
    # running sums: of shares, of shares times sizes, of shares by sizes
    told = [0.0, *accumulate(share for _, share in by_size)]
    smaller = [0.0, *accumulate(share * size for size, share in by_size)]
    larger = [0.0, *accumulate(share / size for size, share in by_size)]

    def worth(size: int) -> float:
        here = bisect_right(sizes, size)
        alike = smaller[here] / size + size * (larger[-1] - larger[here])
        return told[bisect_right(sizes, size / _HALF)] - told[bisect_left(sizes, size * _HALF)] + _LIKENESS * alike

    return max(clause.cuts, key=lambda cut: worth(cut.words)).end


def signs_of_clause(text: str, clause: Clause, statement: Statement) -> frozenset[str]:
    """What speaks for or against a clause that nothing else found."""
    return clause.signs | {"untagged", _size(text, statement)}


def signs_of_statement(text: str, statement: Statement, clause: Clause | None) -> frozenset[str]:
    """What speaks for or against a statement that was found, perhaps with a clause of the same cue."""
    signs = {f"mode {statement.mode}", _sureness(statement.confidence), _size(text, statement)}
    if clause is None:
        return frozenset(signs | {"tagged alone", *_signs_alone(text, statement)})
    if clause.start == statement.extent.start:
        agreement = "tagged same"
    else:
        agreement = "tagged parenthesis" if "opens parenthesis" in clause.signs else "tagged other"
    return clause.signs | signs | {agreement}


def _sureness(confidence: float) -> str:
    return "sure by rule" if confidence == _RULES else f"sure {bisect_right(_SURE, confidence)}"


def _size(text: str, statement: Statement) -> str:
    return f"words {bisect_right(_SIZES, len(statement.extent.of(text).split()))}"


def _signs_alone(text: str, statement: Statement) -> Iterable[str]:
    """Signs of a statement whose content no cue governs."""
    words = [word.casefold() for span in statement.cue for word in _WORD.findall(span.of(text))]
    verb = next((governing()[word].word.lemma for word in reversed(words) if word in governing()), None)
    yield f"alone {verb or ('noun' if any(word in nouns() for word in words) else 'other')}"
    start = statement.extent.start
    first = _WORD.search(text, start, start + 30)
    yield f"first {_class_of(first.group().casefold() if first else '')}"
    yield f"length {bisect_right(_LENGTHS, sum(len(span.of(text).split()) for span in statement.content))}"
    if not statement.source:
        yield "no source"
    if not statement.cue:
        yield "no cue"
    elif start < statement.cue[0].start:
        yield "content first"


def _class_of(word: str) -> str:
    if word in {"to", "that"}:
        return word
    for name in ("questions", "subjects", "prepositions", "determiners"):
        if word in classes()[name]:
            return name
    return "ing" if word.endswith("ing") else "other"
