"""Fit the weights of `quoth.verdicts.carried` to statements of real reports, and print what folds by report give.

    python training/support/fit.py REPORTS [--write]

REPORTS is a folder of folders with report.txt, source.txt and gold.json (`statements`, each with `content` and the
accepted `grade`s). A statement counts as carried unless its first accepted grade is "not found". Quotations in
quotation marks are left out: they are held against the source word for word. The same statements are used for
fitting and for the printed figures, the latter by leaving out one report at a time; weights that are written are
fitted to all of them.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from quoth.doc.doc import analysed
from quoth.models.loading import load_tools
from quoth.models.ports import Tools
from quoth.pipeline.examine import who_says_what
from quoth.reading import read
from quoth.types import Mode, Statement
from quoth.verdicts.carried import support
from quoth.verdicts.voices import voice

WEIGHTS = Path(__file__).parents[2] / "src/quoth/verdicts/carried.toml"
HEAD = (
    "# Weights of the signals of `carried`: logistic regressions with an L2 of 1 over indirect and mixed statements\n"
    "# of real reports, by words alone and with an embedder. Made by training/support/fit.py.\n"
)
PENALTY, STEPS = 1.0, 60
#: Share of characters in common from which a statement found is the reader's.
SAME = 0.5


def signals_of(folder: Path, tools: Tools) -> list[tuple[dict[str, float], bool]]:
    """The signals of each paired statement of one report, and whether the source carries it."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["statements"]
    report, source = (read((folder / name).read_bytes(), name) for name in ("report.txt", "source.txt"))
    said = who_says_what(report, [source], tools)
    statements, entities, held = said.statements, said.entities, said.held[0]
    by_id = {one.id: one for one in entities}
    found = []
    for entry in gold:
        best = max(statements, key=lambda one: shared(one, entry["content"]), default=None)
        if not entry["grade"] or best is None or shared(best, entry["content"]) < SAME or best.mode is Mode.DIRECT:
            continue
        named = " ".join(span.of(report.text) for span in best.source)
        heard = voice(held.doc, by_id.get(best.speaker or ""), named, held.within, [analysed(report), held.doc])
        told = support(analysed(report), best, held.prepared, held.contents, heard, entities)
        found.append((dict(told.signals), entry["grade"][0] != "not found"))
    return found


def shared(statement: Statement, content: Sequence[Any]) -> float:
    """Characters that a statement has in common with a gold one, over those of either."""
    ours = {at for span in statement.content for at in range(span.start, span.end)}
    spans = [content] if isinstance(content[0], int) else content
    theirs = {at for start, end in spans for at in range(start, end)}
    return len(ours & theirs) / len(ours | theirs)


def fitted(rows: np.ndarray, carried: np.ndarray, weigh: np.ndarray | None = None) -> np.ndarray:
    """Weights by Newton's method; the first column is the bias, which is not penalised. `weigh` is of the rows."""
    weights = np.zeros(rows.shape[1])
    weigh = np.ones(len(rows)) if weigh is None else weigh
    penalty = PENALTY * np.r_[0.0, np.ones(rows.shape[1] - 1)]
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (weigh * (chance - carried)) + penalty * weights
        each = (weigh * chance * (1 - chance))[:, None]
        curve = (rows * each).T @ rows + np.diag(penalty) + 1e-9 * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def area(chance: np.ndarray, carried: np.ndarray) -> float:
    """Area under the ROC curve."""
    yes, no = chance[carried == 1], chance[carried == 0]
    return float(np.mean([(yes[:, None] > no).mean() + (yes[:, None] == no).mean() / 2]))


def main() -> None:
    """Fit, print, and write if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("reports", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    tools = load_tools()
    folders = sorted(one for one in given.reports.iterdir() if (one / "gold.json").exists())
    told = [(folder.name, *row) for folder in folders for row in signals_of(folder, tools)]
    carried = np.array([float(one[2]) for one in told])
    reports = np.array([one[0] for one in told])
    names = list(max((one[1] for one in told), key=len))
    tables = []
    for way, without in (("words", {"likeness"}), ("embedder", set())):
        kept = [name for name in names if name not in without]
        rows = np.array([[1.0, *(one[1].get(name, 0.0) for name in kept)] for one in told])
        folds = np.zeros(len(carried))
        for name in set(reports):
            left = reports == name
            folds[left] = 1 / (1 + np.exp(-rows[left] @ fitted(rows[~left], carried[~left])))
        order = np.argsort(folds)
        fifth = len(order) // 5
        print(
            f"{way}: {len(carried)} statements, by folds AUC {area(folds, carried):.3f}, right "
            f"{((folds > 0.5) == carried).mean():.3f}, surest fifth not right {1 - carried[order[:fifth]].mean():.3f}, "
            f"called carried at .9: {carried[folds >= 0.9].mean():.3f} of {int((folds >= 0.9).sum())}"
        )
        weights = fitted(rows, carried)
        tables.append(
            f"[{way}]\n" + "\n".join(f'"{n}" = {w:.3f}' for n, w in zip(["bias", *kept], weights, strict=True))
        )
    if given.write:
        WEIGHTS.write_text(HEAD + "\n\n".join(tables) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
