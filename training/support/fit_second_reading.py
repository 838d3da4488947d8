"""Fit the weights of `quoth.verdicts.second_reading`, and print what folds give.

    python training/support/fit_second_reading.py SHARED_DATA [--write]

The cases are the graded statements of real reports (SHARED_DATA/reports), the hard pairs (SHARED_DATA/hard), and the
fresh pairs that may be read (benchmarks/quality/fresh/dev.jsonl); real ones weigh as much as all others together. For
each family of grades is printed what the verdicts of cases are worth that its weights were fitted without: real ones
by report, others by tenths.
"""

import argparse
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from training.support.fit import SAME, STEPS, shared

from quoth.models.loading import load_tools
from quoth.models.ports import Tools
from quoth.pipeline.examine import examine, grade_pair
from quoth.reading import read
from quoth.types import Carriage, Mode
from quoth.verdicts import second_reading

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "src/quoth/verdicts/second_reading.toml"
FRESH = ROOT / "benchmarks/quality/fresh/dev.jsonl"
HEAD = (
    "# Weights of `second_reading`: for each family of grades a logistic regression with an L2 of 1 over the log odds\n"
    "# of the first reading's confidence and of two of the judge's answers; real reports weigh as much as hard and\n"
    "# fresh pairs together. Made by training/support/fit_second_reading.py.\n"
)
PENALTY = 1.0
TENTHS = 10


@dataclass(frozen=True)
class Case:
    """One verdict of the first reading: where it is from, what the judge told, and whether it is right, and real."""

    fold: str
    family: str
    signals: dict[str, float]
    right: bool
    real: bool


class Listening:
    """In the place of `second_reading.chance`: keeps what was asked last, and lets every verdict stand."""

    def __init__(self) -> None:
        """Heard nothing yet."""
        self.last: tuple[str, dict[str, float]] | None = None

    def __call__(self, family: str, first: float, told: Carriage) -> float:
        """Keeps what is asked; that one can be told from all others by its confidence of 1."""
        self.last = family, second_reading.signals(first, told)
        return 1.0


def pairs(file: Path, tools: Tools, heard: Listening) -> Iterator[Case]:
    """The cases of a file of graded pairs."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        if case.get("debatable"):
            continue
        heard.last = None
        mode = Mode.INDIRECT if case.get("mode") == "indirect" else Mode.DIRECT
        verdict = grade_pair(case["reported"], case["original"], tools, mode)
        if heard.last is not None:
            right = str(verdict.grade) in case["grades"]
            yield Case(f"{file.stem} {number * TENTHS // 320}", *heard.last, right=right, real=False)


def reports(folder: Path, tools: Tools, heard: Listening) -> Iterator[Case]:
    """The cases of real reports, which a reader graded."""
    for file in sorted(folder.glob("*/gold.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))["statements"]
        report, source = (read((file.parent / name).read_bytes(), name) for name in ("report.txt", "source.txt"))
        asked: dict[str, tuple[str, dict[str, float]]] = {}
        known = second_reading.SecondReading.verdict

        def noted(self, statement, first, known=known, asked=asked):  # noqa: ANN001, ANN202
            heard.last = None
            told = known(self, statement, first)
            if heard.last is not None:
                asked[statement.id] = heard.last
            return told

        second_reading.SecondReading.verdict = noted  # type: ignore[method-assign]
        try:
            examination = examine(report, [source], tools)
        finally:
            second_reading.SecondReading.verdict = known  # type: ignore[method-assign]
        told = {verdict.statement: verdict for verdict in examination.verdicts}
        for entry in gold:
            best = max(examination.statements, key=lambda one: shared(one, entry["content"]), default=None)
            if entry["grade"] and best is not None and shared(best, entry["content"]) >= SAME and best.id in asked:
                right = str(told[best.id].grade) in entry["grade"]
                yield Case(file.parent.name, *asked[best.id], right=right, real=True)


def fitted(rows: np.ndarray, right: np.ndarray, weigh: np.ndarray) -> np.ndarray:
    """Weights by Newton's method; the first column is the bias, which is not penalised."""
    weights = np.zeros(rows.shape[1])
    penalty = PENALTY * np.r_[0.0, np.ones(rows.shape[1] - 1)]
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (weigh * (chance - right)) + penalty * weights
        curve = (
            (rows * (weigh * chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty) + 1e-9 * np.eye(len(weights))
        )
        weights -= np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    """Fit, print, and write if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    tools, heard = load_tools(), Listening()
    second_reading.chance = heard  # type: ignore[assignment]
    cases = [
        *reports(given.data / "reports", tools, heard),
        *pairs(given.data / "hard/grade.jsonl", tools, heard),
        *pairs(FRESH, tools, heard),
    ]
    families = dict.fromkeys(second_reading.FAMILIES.values())
    tables = [table(family, [one for one in cases if one.family == family]) for family in families]
    if given.write:
        WEIGHTS.write_text(HEAD + "\n" + "\n\n".join(tables) + "\n", encoding="utf-8")
        tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))


def table(family: str, cases: Sequence[Case]) -> str:
    """The weights of one family; prints what they are worth by folds."""
    names = list(cases[0].signals)
    rows = np.array([[1.0, *(one.signals[name] for name in names)] for one in cases])
    right = np.array([float(one.right) for one in cases])
    real = np.array([one.real for one in cases])
    weigh = np.where(real, (~real).sum() / max(1, real.sum()), 1.0)
    weigh *= len(cases) / weigh.sum()
    folds = np.zeros(len(cases))
    for fold in dict.fromkeys(one.fold for one in cases):
        left = np.array([one.fold == fold for one in cases])
        folds[left] = 1 / (1 + np.exp(-rows[left] @ fitted(rows[~left], right[~left], weigh[~left])))
    for name, those in (("real", real), ("hard and fresh", ~real)):
        kept, sure = those & (folds >= second_reading.EVEN), those & (folds >= 0.9)
        print(
            f"{family}, {name}: right {right[those].mean():.3f} of {those.sum()}; left open {(those & ~kept).sum()}, "
            f"of them right {int(right[those & ~kept].sum())}; kept and right {right[kept].mean():.3f}; told .9 or "
            f"more {sure.sum()}, of them right {right[sure].mean() if sure.any() else float('nan'):.3f}"
        )
    weights = fitted(rows, right, weigh)
    return f"[{family}]\n" + "\n".join(f"{n} = {w:.3f}" for n, w in zip(["bias", *names], weights, strict=True))


if __name__ == "__main__":
    main()
