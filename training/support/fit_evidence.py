"""Fit the weights of `quoth.verdicts.evidence` to passages that readers chose, and print what folds by report give.

    python -m training.support.fit_evidence REPORTS [--write]

REPORTS is a folder of folders with report.txt, source.txt and gold.json (`statements`, each with `content` and the
`source` passage that its reader chose, or null). Quotations in quotation marks are left out: they are held against the
source word for word. A passage is right if it shares 30 % of the shorter one's characters with the reader's and is at
most three times as long. A choice among the runs of one statement is a conditional logit with an L2 of 1; the printed
shares are of statements, each chosen for with weights fitted to the other reports; what is written is fitted to all.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from training.support.fit import SAME, shared

from quoth.doc.doc import analysed
from quoth.models.loading import load_tools
from quoth.models.ports import Tools
from quoth.pipeline.examine import who_says_what
from quoth.reading import read
from quoth.types import Mode
from quoth.verdicts.carried import names_in
from quoth.verdicts.evidence import Run, anchors, looked_at, trimmed, wanted_of
from quoth.verdicts.voices import voice

WEIGHTS = Path(__file__).parents[2] / "src/quoth/verdicts/evidence.toml"
HEAD = (
    "# Weights of the signals of `evidence`: conditional logits with an L2 of 1 over the runs of sentences that were\n"
    "# looked at for indirect and mixed statements of real reports. Made by training/support/fit_evidence.py.\n"
    "# By folds by report:\n"
)
PENALTY, STEPS, RATE = 1.0, 2000, 0.2
#: A passage is right from this share of the shorter one on, and at most so many times as long; short ones count as 80.
MEETS, TIMES, SHORT = 0.3, 3, 80
WAYS = {"words": ("cover", "longer", "near"), "embedder": ("cover", "longer", "near", "likeness")}
WAYS["judge"] = (*WAYS["embedder"], "absent")


def choices(folder: Path, tools: Tools) -> list[tuple[list[Run], list[bool]]]:
    """For each statement of one report the runs that are looked at, and which of them are the reader's passage."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["statements"]
    report, source = (read((folder / name).read_bytes(), name) for name in ("report.txt", "source.txt"))
    said = who_says_what(report, [source], tools)
    statements, entities, held = said.statements, said.entities, said.held[0]
    doc = analysed(report)
    near = anchors(doc, held.prepared)
    by_id = {one.id: one for one in entities}
    named = names_in(doc, entities)
    found = []
    for entry in gold:
        best = max(statements, key=lambda one: shared(one, entry["content"]), default=None)
        if not entry["source"] or best is None or shared(best, entry["content"]) < SAME or best.mode is Mode.DIRECT:
            continue
        called = " ".join(span.of(report.text) for span in best.source)
        heard = voice(held.doc, by_id.get(best.speaker or ""), called, held.within, [doc, held.doc])
        eligible = heard.own if heard.own is not None else range(len(held.contents.keys))
        told = wanted_of(doc, best, held.contents, named, held.within)
        runs = looked_at(told, held.prepared, held.contents, eligible, near, tools.judge)
        theirs = characters(entry["source"])
        right = [right_one(set(range(*trimmed(told, held.contents, run.sentences))), theirs) for run in runs]
        found.append((runs, right))
    return found


def characters(spans: Sequence[Any]) -> set[int]:
    """The offsets that one span, or a list of spans, covers."""
    many = [spans] if isinstance(spans[0], int) else spans
    return {at for start, end in many for at in range(start, end)}


def right_one(ours: set[int], theirs: set[int]) -> bool:
    """Whether a passage is the reader's."""
    return len(ours & theirs) >= MEETS * min(len(ours), len(theirs)) and len(ours) <= TIMES * max(len(theirs), SHORT)


def fitted(groups: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Weights under which a right run of each group is likeliest, by gradient ascent; columns are scaled to 1."""
    scale = np.vstack([rows for rows, _ in groups]).std(axis=0) + 1e-9
    weights = np.zeros(len(scale))
    for _ in range(STEPS):
        slope = -PENALTY * weights
        for rows, right in groups:
            raised = np.exp((scores := (rows / scale) @ weights) - scores.max())
            chance = raised / raised.sum()
            wanted_chance = chance * right / (chance * right).sum()
            slope += (wanted_chance - chance) @ (rows / scale)
        weights += RATE * slope / len(groups)
    found: np.ndarray = weights / scale
    return found


def main() -> None:
    """Fit, print, and write if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("reports", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    loaded = load_tools()
    folders = sorted(one for one in given.reports.iterdir() if (one / "gold.json").exists())
    tables, figures = [], []
    for way, names in WAYS.items():
        tools = Tools(
            loaded.tagger,
            loaded.recogniser,
            loaded.embedder if "likeness" in names else None,
            loaded.judge if "absent" in names else None,
        )
        told = [(folder.name, runs, right) for folder in folders for runs, right in choices(folder, tools)]
        groups = [
            (name, np.array([[run.signals[one] for one in names] for run in runs]), np.array(right, dtype=float))
            for name, runs, right in told
            if runs
        ]
        hits = 0.0
        for folder in folders:
            weights = fitted([(rows, right) for name, rows, right in groups if name != folder.name and right.any()])
            hits += sum(right[int(np.argmax(rows @ weights))] for name, rows, right in groups if name == folder.name)
        could = sum(any(right) for _, _, right in told)
        weights = fitted([(rows, right) for _, rows, right in groups if right.any()])
        figures.append(f"# {way}: {int(hits)} of {len(told)} passages right ({could} could be)")
        print(figures[-1])
        tables.append(f"[{way}]\n" + "\n".join(f'"{n}" = {w:.3f}' for n, w in zip(names, weights, strict=True)))
    if given.write:
        WEIGHTS.write_text(HEAD + "\n".join(figures) + "\n\n" + "\n\n".join(tables) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
