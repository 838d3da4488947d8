"""The pairs that the judge learns from, and the sentences that it learns the strength of claims from."""

import json
import lzma
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.judge.edits import Lexicon, apply, changing, cut, joined, keeping

SAME, CHANGED, ABSENT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Pair:
    """A reported sentence, an original one, and how the first stands to the second."""

    reported: str
    original: str
    label: int


def records(file: Path) -> list[dict]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def tidy(text: str) -> str:
    """Text of a corpus that sets marks apart ("a , b", "`` c ''", "-LRB-"), as print has it."""
    text = text.replace("-LRB-", "(").replace("-RRB-", ")").replace("-LSB-", "[").replace("-RSB-", "]")
    text = re.sub(r"``|''|` `|' '", '"', text)
    text = re.sub(r"\s+([,.;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$])\s+", r"\1", text)
    return re.sub(r"\s+('s|'|n't|'re|'ll|'ve)(?=\s|$)", r"\1", text).replace("  ", " ").strip()


def paws(folder: Path) -> list[tuple[Pair, str]]:
    """The English PAWS pairs, each with the group that shares its sentences (by which folds are made)."""
    pairs = [
        Pair(tidy(r["b"]), tidy(r["a"]), SAME if r["label"] else CHANGED)
        for r in records(folder / "pairs/pawsx_dev_en.jsonl")
    ]
    group = {text: text for p in pairs for text in (p.reported, p.original)}
    for _ in range(8):  # until sentences that are linked through others have one group, too
        for p in pairs:
            group[p.reported] = group[p.original] = min(group[p.reported], group[p.original])
    return [(p, group[p.original]) for p in pairs]


def used_elsewhere(folder: Path) -> set[str]:
    """Sentences of the fidelity set, letters only; no pair that holds one is trained on: the set measures."""
    found = set()
    for record in records(folder / "fidelity/dev.jsonl"):
        if "paws" in record["family"]:
            found |= {letters(record["reported"]), letters(record["original"])}
    return found


def letters(text: str) -> str:
    """The letters and digits of a text in lower case."""
    return "".join(character for character in text.lower() if character.isalnum())


def public(folder: Path, rng: random.Random) -> list[Pair]:
    """SNLI, FEVER symmetric and Climate-FEVER; the last, whose labels are less sure, in part."""
    answers = {"entailment": SAME, "contradiction": CHANGED, "neutral": ABSENT}
    checks = {"SUPPORTS": SAME, "REFUTES": CHANGED, "NOT_ENOUGH_INFO": ABSENT}
    made = []
    for name in ("snli_part_dev", "snli_part_test"):
        made += [Pair(r["b"], r["a"], answers[r["label"]]) for r in records(folder / f"pairs/{name}.jsonl")]
    for name in ("fever_symmetric_dev", "fever_symmetric_test"):
        made += [Pair(tidy(r["b"]), tidy(r["a"]), checks[r["label"]]) for r in records(folder / f"pairs/{name}.jsonl")]
    climate = [Pair(r["b"], r["a"], checks[r["label"]]) for r in records(folder / "pairs/climate_fever.jsonl")]
    sure = [pair for pair in climate if pair.label != ABSENT]
    unsure = [pair for pair in climate if pair.label == ABSENT]
    return [*made, *rng.sample(sure, min(1500, len(sure))), *rng.sample(unsure, 900)]


def strengths(folder: Path) -> list[tuple[str, int]]:
    """Sentences with the strength of their claim, 0 to 3."""
    return [(r["a"], r["label"]) for r in records(folder / "pairs/corr2cause.jsonl")]


def sentences(folder: Path, rng: random.Random, count: int) -> list[list[str]]:
    """Sentences of `count` releases of US senators, release by release."""
    made: list[list[str]] = []
    with lzma.open(folder / "archive/senate.jsonl.xz", "rt", encoding="utf-8") as opened:
        for line in opened:
            if rng.random() > 0.2:
                continue
            text = json.loads(line)["text"]
            parts = re.split(r"(?<=[.!?])[\"”]?\s+(?=[A-Z\"“])|\n+", text)
            kept = [part.strip() for part in parts if 8 <= len(part.split()) <= 38]
            if len(kept) > 3:
                made.append(kept[:40])
            if len(made) == count:
                break
    return made


def wiki(folder: Path) -> list[str]:
    """Sentences of Wikipedia, from the evidence of the two checking sets."""
    found = {
        tidy(r["a"])
        for name in ("fever_symmetric_dev", "fever_symmetric_test", "climate_fever")
        for r in records(folder / f"pairs/{name}.jsonl")
    }
    return sorted(text for text in found if 8 <= len(text.split()) <= 38)


def edited(texts: Iterable[str], lexicon: Lexicon, rng: random.Random, changed: float = 0.52) -> list[Pair]:
    """One pair of each sentence: edits that keep the meaning and, in a share `changed`, one that does not."""
    keep, change = keeping(lexicon, rng), changing(lexicon, rng)
    made = []
    for text in texts:
        words = cut(text)
        if len(words) < 6 or not words[0][0].isalnum():
            continue
        label = CHANGED if rng.random() < changed else SAME
        result = words
        for _ in range(rng.choice((0, 0, 1, 1, 2) if label == CHANGED else (1, 1, 2, 3))):
            step = apply(result, keep, rng)
            result = step[0] if step else result
        if label == CHANGED:
            step = apply(result, change, rng)
            if step is None:
                continue
            result = step[0]
        original, reported = joined(words), joined(result)
        made.append(Pair(reported, original, label) if rng.random() < 0.5 else Pair(original, reported, label))
    return made


def unrelated(releases: Sequence[Sequence[str]], rng: random.Random, count: int) -> list[Pair]:
    """Pairs of different sentences of one release, those with many words in common preferred."""
    made = []
    while len(made) < count:
        release = rng.choice(releases)
        reported = rng.choice(release)
        words = set(reported.lower().split())
        others = rng.sample(release, min(6, len(release)))
        others.sort(key=lambda other: -len(words & set(other.lower().split())))
        original = next((other for other in others if letters(other) != letters(reported)), None)
        if original is not None:
            made.append(Pair(reported, original, ABSENT))
    return made
