"""Carried or not, on real reports with readers' gold: by words, by the judge, by crude signs of the speaker, by all.

    PYTHONPATH=src python -m training.judge.reports --data ../shared/data [--judge FILE.onnx | --checkpoint FILE.pt]

Indirect and mixed statements, windows of 1, 2, 3 and 5 sentences of the source; the judge reads the six that cover the
words best and the six that the embedder finds most alike. Each set of signals is fitted by a logistic regression whose
folds are the reports. Nothing is trained here.
"""

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quoth.doc.sentences import sentences
from quoth.models.embedder import OnnxEmbedder
from quoth.models.ports import Embedder
from quoth.models.session import vocabulary
from training.judge import data
from training.judge.evaluate import Chances, auc, chances_of

SIZES = (1, 2, 3, 5)
ASKED = 6
KEPT = {"verbatim", "abridged", "reworded", "spliced"}
LOST = {"altered", "not found"}
_WORD = re.compile(r"[^\W_]+(?:[’'][a-z]+)?")
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One statement: its report, its words, its speaker, the source, and whether the source carries it."""

    report: str
    words: str
    speaker: str
    source: str
    carried: bool


def cases(folder: Path) -> list[Case]:
    """The statements whose gold says one or the other."""
    found = []
    for file in sorted(folder.glob("*/gold.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        text, source = ((file.parent / name).read_text(encoding="utf-8") for name in ("report.txt", "source.txt"))
        for one in gold["statements"]:
            grades = set(one["grade"])
            if one.get("mode") == "direct" or not grades or not (grades <= KEPT or grades <= LOST):
                continue
            spans = one["content"] if isinstance(one["content"][0], list) else [one["content"]]
            words = " ".join(" ".join(text[start:end].split()) for start, end in spans)
            found.append(Case(file.parent.name, words, one.get("speaker") or "", source, grades <= KEPT))
    return found


def stems(text: str) -> list[str]:
    """The words of a text, roughly stemmed."""
    return [re.sub(r"(?:[’']s|ies|es|s|ing|ed)$", "", word) or word for word in map(str.lower, _WORD.findall(text))]


def windows(source: str) -> list[str]:
    """All windows of a source."""
    parts = [" ".join(span.of(source).split()) for span in sentences(source)]
    return [" ".join(parts[at : at + size]) for size in SIZES for at in range(max(1, len(parts) - size + 1))]


def rarity(sources: Sequence[str]) -> dict[str, float]:
    """How rare each word is among the sentences of all sources."""
    parts = [set(stems(span.of(source))) for source in sources for span in sentences(source)]
    counts = Counter(word for part in parts for word in part)
    return {word: math.log((len(parts) + 1) / (count + 0.5)) for word, count in counts.items()}


class Source:
    """A source with its windows: their words and their vectors."""

    def __init__(self, text: str, embedder: Embedder) -> None:
        self.windows = windows(text)
        self.bags = [set(stems(window)) for window in self.windows]
        self.vectors = embedder.embed(self.windows)


def signals(
    case: Case, source: Source, idf: dict[str, float], embedder: Embedder, judge: Chances
) -> dict[str, list[float]]:
    """What is known of one statement, by kind."""
    own, most = set(stems(case.words)), max(idf.values())
    whole = sum(idf.get(word, most) for word in own) or 1.0
    # the shorter of two windows that cover the same
    cover = np.array([sum(idf.get(w, most) for w in own & bag) / whole - 2e-4 * len(bag) for bag in source.bags])
    likeness = source.vectors @ embedder.embed([case.words])[0]
    best = list(dict.fromkeys([*np.argsort(-cover)[:ASKED].tolist(), *np.argsort(-likeness)[:ASKED].tolist()]))
    said = np.array(judge([(case.words, source.windows[index]) for index in best]))
    surname = (case.speaker.split() or ["?"])[-1].strip(".").lower()
    lowered = case.source.lower()
    turn = re.search(rf"{re.escape(surname)}[^\n.]{{0,20}}:", lowered)
    return {
        "words": [float(cover.max()), math.log(len(own) + 1)],
        "meaning": [float(likeness.max())],
        "judge": [_logit(said[:, data.CARRIED].max()), _logit(1 - said[:, data.ABSENT].min())],
        "speaker": [float(surname in lowered), float(surname in lowered[:600]), float(turn is not None)],
    }


def _logit(chance: float) -> float:
    clipped = min(max(float(chance), 1e-3), 1 - 1e-3)
    return math.log(clipped / (1 - clipped))


def by_folds(features: Matrix, truths: Sequence[bool], folds: Sequence[str], penalty: float = 1.0) -> Matrix:
    """The chance of each row by a logistic regression fitted to the other folds."""
    made = np.zeros(len(truths))
    target = np.array(truths, dtype=float)
    groups = np.array(folds)
    for name in sorted(set(folds)):
        test = groups == name
        mean, spread = features[~test].mean(0), features[~test].std(0) + 1e-9
        given = np.hstack([(features - mean) / spread, np.ones((len(features), 1))])
        weights = np.zeros(given.shape[1])
        for _ in range(30):  # Newton's steps
            chance = 1 / (1 + np.exp(-given[~test] @ weights))
            shrink = np.full(len(weights), penalty)
            shrink[-1] = 1e-6
            slope = given[~test].T @ (chance - target[~test]) + shrink * weights
            curve = (given[~test] * (chance * (1 - chance))[:, None]).T @ given[~test] + np.diag(shrink)
            weights -= np.linalg.solve(curve, slope)
        made[test] = 1 / (1 + np.exp(-given[test] @ weights))
    return made


def surest(chances: Matrix, truths: Sequence[bool], share: float, *, carried: bool) -> float:
    """The share that is right among the surest."""
    order = np.argsort(-chances if carried else chances)[: max(1, int(len(truths) * share))]
    return float(np.mean([truths[index] == carried for index in order]))


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--judge", type=Path, help="an ONNX file; the shipped one if not given")
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint of training instead")
    given = parser.parse_args()
    found = cases(given.data / "reports")
    judge, embedder = chances_of(given), OnnxEmbedder(vocabulary())
    texts = list({case.source: None for case in found})
    idf, sources = rarity(texts), {text: Source(text, embedder) for text in texts}
    made = [signals(case, sources[case.source], idf, embedder, judge) for case in found]
    truths, folds = [case.carried for case in found], [case.report for case in found]
    print(f"{len(found)} statements, {sum(truths)} carried, {len(set(folds))} reports")
    for name, kind, at in (
        ("cover", "words", 0),
        ("cosine", "meaning", 0),
        ("carried", "judge", 0),
        ("1 - absent", "judge", 1),
    ):
        print(
            f"largest {name}, not fitted: AUC {auc([(m[kind][at], t) for m, t in zip(made, truths, strict=True)]):.3f}"
        )
    kinds = ("words", "meaning", "speaker", "judge")
    for some in (set_ for size in range(1, len(kinds) + 1) for set_ in combinations(kinds, size)):
        chances = by_folds(np.array([[value for kind in some for value in one[kind]] for one in made]), truths, folds)
        print(
            f"{' + '.join(some):34} AUC {auc(list(zip(chances.tolist(), truths, strict=True))):.3f}"
            f"  surest 30 % carried {surest(chances, truths, 0.3, carried=True):.2f}"
            f"  surest 20 % not {surest(chances, truths, 0.2, carried=False):.2f}"
        )


if __name__ == "__main__":
    main()
