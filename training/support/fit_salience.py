"""Fit the weights of `quoth.verdicts.salience` to what readers missed, and print what folds by report give.

    python -m training.support.fit_salience REPORTS [--write]

REPORTS is a folder of folders with report.txt, source.txt and gold.json (`left_out_useful`: places of the source). An
entry is right if it shares 30 % of the shorter one's characters with a place that the reader named. Of the sentences of
one source that are left out, those that the reader named are to be the likeliest: a conditional logit with an L2 of 1;
the bias is fitted afterwards, so that the chances sum to the number named. The printed share is of the first three
entries of each report, as many as the reader named at least, by weights fitted to the other reports; what is written
is fitted to all. Chances are those of a reader who names the half dozen omissions that matter most to him.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from quoth.doc.doc import analysed
from quoth.models.loading import load_tools
from quoth.models.ports import Tools
from quoth.pipeline.examine import examine
from quoth.reading import read
from quoth.types import Grade
from quoth.verdicts.salience import Salience

WEIGHTS = Path(__file__).parents[2] / "src/quoth/verdicts/salience.toml"
HEAD = (
    "# Weights of the signals of `salience`: a conditional logit with an L2 of 1 over the sentences that real reports\n"
    "# leave out. Made by training/support/fit_salience.py.\n"
)
PENALTY, STEPS, RATE = 1.0, 800, 0.2
MEETS, FIRST = 0.3, 3
NAMES = ("near", "words", "in part", "heavy")


def left_out_of(folder: Path, tools: Tools) -> tuple[np.ndarray, np.ndarray, int]:
    """The signals of each sentence that a report leaves out, whether its reader named it, and how many he named."""
    named = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["left_out_useful"]
    report, source = (read((folder / name).read_bytes(), name) for name in ("report.txt", "source.txt"))
    found = examine(report, [source], tools)
    pieces = [piece.original for one in found.verdicts if one.grade is not Grade.UNCLEAR for piece in one.pieces]
    doc = analysed(source)
    salience = Salience(analysed(report), doc, pieces)
    listed = sorted(found.left_out, key=lambda one: one.span)
    numbers = [doc.sentences.index(one.span) for one in listed]
    told = [salience.signals(number) for number in numbers]
    rows = np.array([[one[name] for name in NAMES] for one in told]).reshape(-1, len(NAMES))
    places = [set(range(start, end)) for start, end in named]
    right = [
        any(len(place & ours) >= MEETS * min(len(place), len(ours)) for place in places)
        for ours in (set(range(*one.span)) for one in listed)
    ]
    return rows, np.array(right, dtype=float), len(named)


def fitted(groups: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Weights under which what a reader named is likeliest in each group, by gradient ascent; columns scaled to 1."""
    scale = np.vstack([rows for rows, _ in groups]).std(axis=0) + 1e-9
    weights = np.zeros(len(scale))
    for _ in range(STEPS):
        slope = -PENALTY * weights
        for rows, right in groups:
            raised = np.exp((scores := (rows / scale) @ weights) - scores.max())
            slope += (right / right.sum() - raised / raised.sum()) @ (rows / scale)
        weights += RATE * slope / len(groups)
    found: np.ndarray = weights / scale
    return found


def bias_of(groups: list[tuple[np.ndarray, np.ndarray]], weights: np.ndarray) -> float:
    """What must be added to all scores for the chances to sum to the number of those named, by bisection."""
    scores = np.concatenate([rows @ weights for rows, _ in groups])
    wanted = sum(right.sum() for _, right in groups)
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if (1 / (1 + np.exp(-scores - middle))).sum() > wanted else (middle, high)
    return low


def main() -> None:
    """Fit, print, and write if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("reports", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    tools = load_tools()
    folders = sorted(one for one in given.reports.iterdir() if (one / "gold.json").exists())
    told = {folder.name: left_out_of(folder, tools) for folder in folders}
    groups = {name: (rows, right) for name, (rows, right, _) in told.items() if len(rows)}
    hits = entries = 0
    for name, (rows, right) in groups.items():
        weights = fitted([pair for other, pair in groups.items() if other != name and pair[1].any()])
        first = np.argsort(-(rows @ weights), kind="stable")[:FIRST]
        print(f"{name}: {int(right[first].sum())} of {len(first)}")
        hits += int(right[first].sum())
        entries += max(len(first), min(FIRST, told[name][2]))
    figure = f"# By folds by report: {hits} of {entries} first entries named by the reader."
    print(figure)
    usable = [pair for pair in groups.values() if pair[1].any()]
    weights = fitted(usable)
    table = {"bias": bias_of(usable, weights), **dict(zip(NAMES, weights, strict=True))}
    written = "".join(f'"{name}" = {value:.3f}\n' for name, value in table.items())
    print(written)
    if given.write:
        WEIGHTS.write_text(f"{HEAD}{figure}\n[weights]\n{written}", encoding="utf-8")


if __name__ == "__main__":
    main()
