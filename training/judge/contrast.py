"""Rows of contrast: one passage, and fair and unfair reports of it that look alike, all of our own writing.

`contrast.jsonl` has a line a passage: {"original", "carried": [reports], "changed": [...], "partly": [...], "absent":
[...], "kind"}. A fifth of the passages is kept aside from training, by the hash of the passage.
"""

import hashlib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log
from pathlib import Path

from quoth.doc.sentences import sentences
from training.judge.data import ANSWERS, Pair, records

FILE = Path(__file__).parent / "contrast.jsonl"
#: How often sentences of another passage stand in front or behind: a window may hold more than is reported.
_WIDER = 0.45
#: How often a window is of another passage, which has words of a report.
_ELSEWHERE = 0.12
#: Words of a window at most: of more the judge reads only the beginning.
_LONGEST = 185
_WORD = re.compile(r"\w{4,}")
#: How often sentences of a passage are left away: a window may hold less.
_SHORTER = 0.3
#: What may be right of a report once sentences are left away, by what was right before: no fair one is `changed`.
_AFTER = {(0,): (0, 1, 3), (1,): (1, 3), (2,): (1, 2, 3), (3,): (1, 3)}


def rows(*, aside: bool, file: Path = FILE) -> list[dict]:
    """The lines that are trained on, or those that are kept aside."""
    return [row for row in records(file) if kept_aside(row["original"]) == aside]


def kept_aside(passage: str) -> bool:
    """Whether a passage belongs to the fifth that nothing is trained on."""
    return int(hashlib.sha1(passage.encode("utf-8")).hexdigest(), 16) % 5 == 0


def pairs(row: dict) -> list[Pair]:
    """All reports of one line, each with its answer."""
    return [
        Pair(report, row["original"], (number,))
        for number, answer in enumerate(ANSWERS)
        for report in row.get(answer, ())
    ]


class Others:
    """The sentences of many passages, to be found by their words."""

    def __init__(self, known: Sequence[dict]) -> None:
        """Takes rows of contrast."""
        self._rows = [(row["original"], _parts(row)) for row in known]
        self._places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, (_, parts) in enumerate(self._rows):
            for at, part in enumerate(parts):
                for word in set(_WORD.findall(part.lower())):
                    self._places[word].append((number, at))

    def some(self, rng: random.Random) -> list[str]:
        """The sentences of any passage."""
        return list(rng.choice(self._rows)[1])

    def beside(self, rng: random.Random) -> tuple[list[str], list[str]]:
        """Sentences of other passages to stand in front of a window and behind it, most often none."""
        sides: tuple[list[str], list[str]] = ([], [])
        if rng.random() < _WIDER:
            for _ in range(rng.choice((1, 1, 2))):
                other = self.some(rng)
                first = rng.randrange(len(other))
                rng.choice(sides).extend(other[first : first + rng.choice((1, 1, 2))])
        return sides

    def likest(self, report: str, passage: str) -> list[str]:
        """The sentence of another passage that has most of a report's words, and the next one; none without any."""
        heard: Counter[tuple[int, int]] = Counter()
        for word in set(_WORD.findall(report.lower())):
            places = self._places.get(word, ())
            for place in places:
                heard[place] += log(len(self._rows) / len(places)) + 0.01  # type: ignore[assignment]
        for (number, at), _ in heard.most_common(8):
            original, parts = self._rows[number]
            if original != passage:
                return parts[at : at + 2]
        return []


def windows(row: dict, others: Others, rng: random.Random) -> list[Pair]:
    """All reports of one line, against a window of the passage, or now and then against one that only sounds like it.

    A window may lack sentences of the passage, or have others beside them.
    """
    if rng.random() < _ELSEWHERE:
        told = pairs(row)
        window = " ".join(others.likest(rng.choice(told).reported, row["original"]))
        if window:
            return [Pair(one.reported, window, (ANSWERS.index("absent"),)) for one in told]
    parts, whole = _read(_parts(row), [one.reported for one in pairs(row)]), True
    if len(parts) > 1 and rng.random() < _SHORTER:
        whole = False
        for _ in range(1 if len(parts) < 4 or rng.random() < 0.6 else 2):
            parts.pop(rng.randrange(len(parts)))
    front, behind = others.beside(rng)
    window = " ".join([*front, *parts, *behind])
    return [Pair(one.reported, window, one.right if whole else _AFTER[one.right]) for one in pairs(row)]


def _read(parts: Sequence[str], reports: Sequence[str]) -> list[str]:
    """The sentences that a judge can read at once: those that share least with the reports are left away."""
    told = {word for report in reports for word in _WORD.findall(report.lower())}
    shared = {part: len(told.intersection(_WORD.findall(part.lower()))) for part in parts}
    kept = list(parts)
    while len(kept) > 1 and sum(len(part.split()) for part in kept) > _LONGEST:
        kept.remove(min(kept, key=lambda part: (shared[part], -len(part))))
    return kept


def _parts(row: dict) -> list[str]:
    return [span.of(row["original"]) for span in sentences(row["original"])]
