"""Fit the weights of `quoth.verdicts.second_reading`, and print what folds give.

    python -m training.support.fit_second_reading SHARED_DATA [--write]

The cases are the graded statements of real reports (SHARED_DATA/reports), the hard pairs (SHARED_DATA/hard) and the
fresh pairs that may be read (benchmarks/quality/fresh/dev.jsonl), and the rows of contrast that the judge was not
taught (`training.judge.contrast`, kept aside), and its sentences of close words with what leaves or undoes them around
them (`training.judge.close`, kept aside). A case is fair if only faithful grades are right, unfair if none is, and
else left out. In each family of grades the kinds weigh as `SHARES` says, however many there are. Printed is how often
what is told so sure is fair, by folds: real ones by report, others by tenths.
"""

import argparse
import json
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from training.judge import close, contrast
from training.support.fit import SAME, fitted, shared

from quoth.models.loading import load_tools
from quoth.models.ports import Tools
from quoth.pipeline.examine import examine, grade_pair
from quoth.reading import read
from quoth.types import Document, Grade, Mode, Statement, Verdict
from quoth.verdicts import second_reading

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "src/quoth/verdicts/second_reading.toml"
FRESH = ROOT / "benchmarks/quality/fresh"
GATE = ROOT / "tests/gate/reports"
HEAD = (
    "# Weights of `second_reading`: for each family of grades a logistic regression with an L2 of 1 over the log odds\n"
    "# of the first reading's confidence and of two of the judge's answers, and more. Made by\n"
    "# training/support/fit_second_reading.py, where the cases and what they weigh are told.\n"
)
TENTHS = 10
#: What each kind of case weighs in a family: the first reading was made with the graded ones in view.
SHARES = {"real": 1.0, "graded": 0.5, "short": 0.5, "contrast": 1.0, "around": 0.15}
#: A kind of so many cases in a family weighs half of its share: three cases tell little.
FEW = 20
FAITHFUL = {Grade.VERBATIM, Grade.ABRIDGED, Grade.REWORDED}
LEVELS = (0.0, 0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 1.001)


@dataclass(frozen=True)
class Case:
    """One verdict of the first reading: what kind of case, its fold, what the judge told, and whether it is fair."""

    kind: str
    fold: str
    family: str
    signals: dict[str, float]
    fair: bool


class Listening:
    """In the place of `second_reading.chance`: keeps what was asked last, and lets every verdict stand."""

    def __init__(self) -> None:
        """Heard nothing yet."""
        self.last: tuple[str, dict[str, float]] | None = None

    def __call__(self, family: str, heard: Mapping[str, float]) -> float:
        """Keeps what is asked, and says what leaves a verdict of this family as it is."""
        self.last = family, dict(heard)
        return 1.0 if family in {"exact", "faithful"} else 0.3


def fair(grades: Sequence[str]) -> bool | None:
    """Whether only faithful grades are right: False, if none of them is; None, if readers accept either."""
    faithful = [grade in FAITHFUL for grade in grades]
    return all(faithful) if all(faithful) or not any(faithful) else None


def pairs(file: Path, tools: Tools, heard: Listening) -> Iterator[Case]:
    """The cases of a file of graded pairs."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        right = fair(case["grades"])
        if case.get("debatable") or right is None:
            continue
        heard.last = None
        grade_pair(
            case["reported"], case["original"], tools,
            Mode.INDIRECT if case.get("mode") == "indirect" else Mode.DIRECT,
        )  # fmt: skip
        if heard.last is not None:
            yield Case("graded", f"{file.stem} {number * TENTHS // 320}", *heard.last, fair=right)


def rows(tools: Tools, heard: Listening) -> Iterator[Case]:
    """The cases of every third row of contrast of those kept aside; a whole sentence without marks is a quotation."""
    for number, row in enumerate(contrast.rows(aside=True)[::3]):
        for pair in contrast.pairs(row):
            said = pair.reported
            whole = said[:1].isupper() and said.rstrip()[-1:] in set(".!?") and not set(said) & set('"“”«»„')
            heard.last = None
            grade_pair(said, pair.original, tools, Mode.DIRECT if whole else Mode.INDIRECT)
            if heard.last is not None:
                yield Case("contrast", f"contrast {number % TENTHS}", *heard.last, fair=pair.right == (0,))


def surrounded(tools: Tools, heard: Listening) -> Iterator[Case]:
    """The cases of every second sentence of close words kept aside, quoted and retold, left as it is and undone."""
    rng = random.Random(1)
    aside = [one for one in close.entries(aside=True) if isinstance(one, close.Near)]
    for number, entry in enumerate(aside[::2]):
        for pair in close.surrounded(entry, ("lead", "before", "after", "tail")[number % 4], rng):
            heard.last = None
            quoted = pair.reported != entry.told
            grade_pair(pair.reported, pair.original, tools, Mode.DIRECT if quoted else Mode.INDIRECT)
            if heard.last is not None:
                yield Case("around", f"around {number % TENTHS}", *heard.last, fair=pair.right == (0,))


def heard_of(
    report: Document, sources: Sequence[Document], tools: Tools, heard: Listening
) -> list[tuple[Statement, Verdict, tuple[str, dict[str, float]] | None]]:
    """The statements of a report with their verdicts, and what was asked of each."""
    asked: dict[str, tuple[str, dict[str, float]]] = {}
    known = second_reading.SecondReading.verdict

    def noted(self, statement, first, passage, own):  # noqa: ANN001, ANN202
        heard.last = None
        told = known(self, statement, first, passage, own)
        if heard.last is not None:
            asked[statement.id] = heard.last
        return told

    second_reading.SecondReading.verdict = noted  # type: ignore[method-assign]
    try:
        examination = examine(report, sources, tools)
    finally:
        second_reading.SecondReading.verdict = known  # type: ignore[method-assign]
    return [
        (one, verdict, asked.get(one.id))
        for one, verdict in zip(examination.statements, examination.verdicts, strict=True)
    ]


def reports(folder: Path, tools: Tools, heard: Listening) -> Iterator[Case]:
    """The cases of real reports, which a reader graded."""
    for file in sorted(folder.glob("*/gold.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))["statements"]
        report, source = (read((file.parent / name).read_bytes(), name) for name in ("report.txt", "source.txt"))
        told = heard_of(report, [source], tools, heard)
        for entry in gold:
            best = max(told, key=lambda one: shared(one[0], entry["content"]), default=None)
            right = fair(entry["grade"]) if entry["grade"] else None
            if right is None or best is None or best[2] is None or shared(best[0], entry["content"]) < SAME:
                continue
            yield Case("real", file.parent.name, *best[2], fair=right)


def short_reports(tools: Tools, heard: Listening) -> Iterator[Case]:
    """The cases of our own short reports at the gate, whose statements are graded one by one."""
    for file in sorted(GATE.glob("*/gold.json")):
        report, *sources = (read(at.read_bytes(), at.name) for at in sorted(file.parent.glob("*.txt")))
        told = heard_of(report, sources, tools, heard)
        for entry in json.loads(file.read_text(encoding="utf-8"))["statements"]:
            right = fair(entry.get("grades") or ["unclear", "reworded"])
            for statement, _, asked in told:
                said = " ".join(span.of(report.text) for span in statement.content)
                if asked is not None and right is not None and all(words in said for words in entry["words"]):
                    yield Case("short", f"gate {file.parent.name.partition('-')[0]}", *asked, fair=right)


def whole_reports(file: Path, tools: Tools, heard: Listening) -> Iterator[Case]:
    """The cases of short reports graded as a whole, by their most serious statement.

    All statements of a fair report are fair. Of an unfair one those that the first reading accuses are unfair, or the
    only one; of the others nothing is known.
    """
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        right = fair([grade for grade in case["grades"] if grade != "none"] or ["unclear", "reworded"])
        if case.get("debatable") or right is None:
            continue
        told = heard_of(Document("r", case["report"], ""), [Document("s", case["source"], "")], tools, heard)
        for _, verdict, asked in told:
            if asked is not None and (right or len(told) == 1 or verdict.grade is Grade.ALTERED):
                yield Case("short", f"{file.stem} {number * TENTHS // 80}", *asked, fair=right)


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
        *pairs(FRESH / "dev.jsonl", tools, heard),
        *short_reports(tools, heard),
        *whole_reports(given.data / "hard/trace.jsonl", tools, heard),
        *whole_reports(FRESH / "dev_trace.jsonl", tools, heard),
        *rows(tools, heard),
        *surrounded(tools, heard),
    ]
    tables = [
        table(name, [one for one in cases if one.family == name])
        for name in dict.fromkeys(second_reading.FAMILIES.values())
    ]
    if given.write:
        WEIGHTS.write_text(HEAD + "\n" + "\n\n".join(tables) + "\n", encoding="utf-8")
        tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))


def table(family: str, cases: Sequence[Case]) -> str:
    """The weights of one family; prints what they are worth by folds."""
    names = list(cases[0].signals)
    given = np.array([[1.0, *(one.signals[name] for name in names)] for one in cases])
    right = np.array([float(one.fair) for one in cases])
    kinds = np.array([one.kind for one in cases])
    weigh = np.zeros(len(cases))
    for kind in dict.fromkeys(kinds):
        weigh[kinds == kind] = SHARES[kind] / ((kinds == kind).sum() + FEW)
    weigh *= len(cases) / weigh.sum()
    folds = np.zeros(len(cases))
    for fold in dict.fromkeys(one.fold for one in cases):
        left = np.array([one.fold == fold for one in cases])
        folds[left] = 1 / (1 + np.exp(-given[left] @ fitted(given[~left], right[~left], weigh[~left])))
    for kind in dict.fromkeys(kinds):
        told = []
        for low, high in pairwise(LEVELS):
            those = (kinds == kind) & (folds >= low) & (folds < high)
            if those.any():
                told.append(f"{low:.2f}: {right[those].mean():.2f} of {those.sum()}")
        print(
            f"{family}, {kind}: fair {right[kinds == kind].mean():.3f} of {(kinds == kind).sum()}; told from "
            + ", ".join(told)
        )
    weights = fitted(given, right, weigh)
    return f"[{family}]\n" + "\n".join(f"{n} = {w:.3f}" for n, w in zip(["bias", *names], weights, strict=True))


if __name__ == "__main__":
    main()
