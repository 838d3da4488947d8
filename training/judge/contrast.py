"""Rows of contrast: one passage, and fair and unfair reports of it that look alike, all of our own writing.

`contrast.jsonl` has a line a passage: {"original", "carried": [reports], "changed": [...], "partly": [...], "absent":
[...], "kind"}. A fifth of the passages is kept aside from training, by the hash of the passage.
"""

import hashlib
import random
from pathlib import Path

from quoth.doc.sentences import sentences
from training.judge.data import ANSWERS, CARRIED, Pair, records

FILE = Path(__file__).parent / "contrast.jsonl"
#: How often a passage gets a sentence of another one in front or behind: a window may hold more than is reported.
_WIDER = 0.3
#: The share of rows that are carried.
_CARRIED = 0.45


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


def make(known: list[dict], rng: random.Random, count: int) -> list[Pair]:
    """`count` rows, carried or not by a share of their own, some in a wider window."""
    made = []
    while len(made) < count:
        found = pairs(rng.choice(known))
        fair = rng.random() < _CARRIED
        one = rng.choice([pair for pair in found if (pair.right == (CARRIED,)) == fair] or found)
        if rng.random() < _WIDER:
            other = rng.choice(known)["original"]
            beside = rng.choice([span.of(other) for span in sentences(other)])
            both = (beside, one.original) if rng.random() < 0.5 else (one.original, beside)
            one = Pair(one.reported, " ".join(both), one.right)
        made.append(one)
    return made
