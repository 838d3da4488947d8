"""Figures of a judge on the fifth of every set that no training sees.

    PYTHONPATH=src python -m training.judge.evaluate --data ../shared/data [--judge FILE.onnx | --checkpoint FILE.pt]

Per set: area under the ROC curve of "carried" against the rest, balanced accuracy (each half with the threshold that is
best on the other), share of minimal pairs in the right order, precision of the surest tenth, calibration error. The
last lines: means over the sets of retellings and claims, and over all; rows of contrast kept aside, and graded pairs.
"""

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from training.judge import contrast, data

#: Pairs that the program may be made with, and the grades that are no accusation.
FRESH = Path(__file__).parents[2] / "benchmarks/quality/fresh/dev.jsonl"
FAITHFUL = frozenset(["verbatim", "abridged", "reworded"])

Chances = Callable[[Sequence[tuple[str, str]]], list[tuple[float, ...]]]


def auc(rows: Sequence[tuple[float, bool]]) -> float:
    """Area under the ROC curve, ties counted half; nan where one class is missing."""
    ordered = sorted(rows)
    right = sum(truth for _, truth in ordered)
    wrong = len(ordered) - right
    if not right or not wrong:
        return float("nan")
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += (at + 1 + end) / 2 * sum(truth for _, truth in ordered[at:end])
        at = end
    return (ranks - right * (right + 1) / 2) / (right * wrong)


def balanced_accuracy(rows: Sequence[tuple[float, bool]]) -> float:
    """Mean recall of both classes; each half has the threshold that is best on the other."""
    mixed = list(rows)
    random.Random(4).shuffle(mixed)
    halves = mixed[::2], mixed[1::2]
    hits: defaultdict[bool, list[bool]] = defaultdict(list)
    for learn, test in (halves, halves[::-1]):
        threshold = _threshold(learn)
        for value, truth in test:
            hits[truth].append((value >= threshold) == truth)
    return sum(sum(part) / len(part) for part in hits.values()) / max(1, len(hits))


def _threshold(rows: Sequence[tuple[float, bool]]) -> float:
    right = sum(truth for _, truth in rows) or 1
    wrong = len(rows) - sum(truth for _, truth in rows) or 1
    best, threshold = -1.0, 0.5
    for value in {value for value, _ in rows}:
        share = sum(v >= value and t for v, t in rows) / right + sum(v < value and not t for v, t in rows) / wrong
        if share > best:
            best, threshold = share, value
    return threshold


def calibration_error(rows: Sequence[tuple[float, bool]]) -> float:
    """How far the chance that was given lies from the share that was true, in ten bins."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for value, truth in rows:
        bins[min(9, int(value * 10))].append((value, truth))
    return sum(abs(sum(v for v, _ in part) - sum(t for _, t in part)) for part in bins.values()) / max(1, len(rows))


def surest(rows: Sequence[tuple[float, bool]], share: float) -> float:
    """The share of carried ones among those that are called so most surely."""
    top = sorted(rows, reverse=True)[: max(1, int(len(rows) * share))]
    return sum(truth for _, truth in top) / len(top)


def figures(rows: Sequence[dict], chances: Sequence[Sequence[float]]) -> dict[str, float]:
    """The figures of one set."""
    scored = [(float(c[data.CARRIED]), row["label"] == "carried") for c, row in zip(chances, rows, strict=True)]
    found = {"auc": auc(scored), "balanced": balanced_accuracy(scored), "ece": calibration_error(scored)}
    if len(rows) >= 50:
        found |= {"precision_10": surest(scored, 0.1), "precision_20": surest(scored, 0.2)}
    pairs: defaultdict[str, dict[bool, float]] = defaultdict(dict)
    for row, (value, truth) in zip(rows, scored, strict=True):
        if row.get("pair") is not None:
            pairs[str(row["pair"])][truth] = value
    both = [(one[True] > one[False]) + 0.5 * (one[True] == one[False]) for one in pairs.values() if len(one) == 2]
    if both:
        found["pairs"] = sum(both) / len(both)
    return found


def evaluate(
    folder: Path, chances: Chances, *, only: tuple[str, ...] = (), out: Path | None = None
) -> dict[str, float]:
    """Prints the figures of every set and gives the means over the retellings."""
    table: dict[str, dict[str, float]] = {}
    lines = []
    for name, rows in data.carried(folder).items():
        kept = [row for row in rows if data.held_out(row)]
        if not kept or (only and not name.startswith(only)):
            continue
        made = chances([(row["hypothesis"], row.get("passage") or row["premise"]) for row in kept])
        table[name] = figures(kept, made)
        print(f"{name:24} n {len(kept):4d}  " + "  ".join(f"{k} {v:.3f}" for k, v in table[name].items()), flush=True)
        for row, one in zip(kept, made, strict=True):
            support = dict(zip(data.ANSWERS, map(float, one), strict=False))
            lines.append(json.dumps({"id": row["id"], "support": support}) + "\n")
    if not only:
        rows = [row for row in data.told(folder) if row.held_out()]
        for title, forms in (
            ("clause", [r.content for r in rows]),
            ("frame", [f"{r.source} {r.cue} {r.content}" for r in rows]),
        ):
            made = chances([(form, row.quoted) for form, row in zip(forms, rows, strict=True)])
            found = figures([{"label": data.ANSWERS[row.answer]} for row in rows], made)
            print(
                f"told, {title:18} n {len(rows):4d}  " + "  ".join(f"{k} {v:.3f}" for k, v in found.items()), flush=True
            )
    if out is not None:
        out.write_text("".join(lines), encoding="utf-8")
    means = {}
    for title, names in (("retellings", [n for n in table if n.startswith(data.RETELLINGS)]), ("all", list(table))):
        with_both = [table[n] for n in names if table[n]["auc"] == table[n]["auc"]]
        keys = ("auc", "balanced", "ece", "precision_10")
        means[title] = {k: _mean([one[k] for one in with_both if k in one]) for k in keys}
        print(f"mean over {title} ({len(with_both)}): " + "  ".join(f"{k} {v:.3f}" for k, v in means[title].items()))
    return means["retellings"]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))


def main() -> None:
    """Prints the figures of a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--judge", type=Path, help="an ONNX file; the shipped one if not given")
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint of training instead")
    parser.add_argument("--retellings", action="store_true", help="only the sets of retellings and claims")
    parser.add_argument("--out", type=Path, help="where to write the chances, for score_carried.py")
    given = parser.parse_args()
    began = time.process_time()
    evaluate(given.data, chances_of(given), only=data.RETELLINGS if given.retellings else (), out=given.out)
    if not given.retellings:
        contrasted(chances_of(given), given.data)
    print(f"{time.process_time() - began:.0f} processor seconds")


def contrasted(ask: Chances, folder: Path) -> None:
    """Prints how well carried is told from not: rows of contrast kept aside, hard and fresh pairs."""
    kept = [pair for row in contrast.rows(aside=True) for pair in contrast.pairs(row)]
    told = {"contrast, kept aside": [(one.reported, one.original, one.right == (data.CARRIED,)) for one in kept]}
    for name, file in (("hard pairs", folder / "hard/grade.jsonl"), ("fresh pairs, read", FRESH)):
        graded = [one for one in data.records(file) if not one.get("debatable")]
        faithful = [{grade in FAITHFUL for grade in one["grades"]} for one in graded]
        told[name] = [
            (one["reported"], one["original"], known == {True})
            for one, known in zip(graded, faithful, strict=True)
            if len(known) == 1
        ]
    for name, rows in told.items():
        chances = ask([(reported, original) for reported, original, _ in rows])
        area = auc([(one[data.CARRIED], right) for one, (*_, right) in zip(chances, rows, strict=True)])
        print(f"{name}, {len(rows)}: auc of carried {area:.3f}")


def chances_of(given: argparse.Namespace) -> Chances:
    """The judge that was asked for, as a function of pairs (reported, original)."""
    if given.checkpoint:
        from training.judge.network import chances, restored  # noqa: PLC0415 - torch only where it is needed

        model = restored(given.checkpoint)
        return lambda pairs: chances(model, pairs)
    from quoth.models.judge import OnnxJudge  # noqa: PLC0415
    from quoth.models.session import WEIGHTS, vocabulary  # noqa: PLC0415

    judge = OnnxJudge(vocabulary(), given.judge or WEIGHTS / "judge.onnx")
    return lambda pairs: [(one.carried, one.partly, one.changed, one.absent) for one in judge.judge(pairs)]


if __name__ == "__main__":
    main()
