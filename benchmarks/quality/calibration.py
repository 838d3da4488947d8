"""Count, by group of verdicts, how many grades are right: what `verdicts/confidence.toml` holds.

    python benchmarks/quality/calibration.py [--shared ../shared]

How often a verdict is right is a matter of what newsrooms send: real reports that a reader graded. Of many groups they
hold few; there the pairs and reports of the gate and the hard cases, which were written to be hard, weigh as much as
`PRIOR` real verdicts do. Printed are the shares, both counts, and what they are worth: the verdicts of each report
told by shares that were counted without it.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quoth.models.loading import load_tools
from quoth.models.ports import Tools
from quoth.pipeline.examine import examine, grade_pair
from quoth.reading import read
from quoth.types import Grade, Mode, Piece, Statement, Verdict
from quoth.verdicts import confidence
from quoth.verdicts.second_reading import SecondReading

ROOT = Path(__file__).parents[2]
#: Share of characters in common from which a statement found is the reader's.
SAME = 0.5
#: Real verdicts that all verdicts of a group on adversarial texts weigh as much as: of 0.5, 1, 2, 4 and 8 the one whose
#: shares tell the verdicts of each report best (log loss) if they are counted without it.
PRIOR = 2
#: Of fewer real verdicts nothing is concluded: an accusation is told by the adversarial ones alone.
FEWEST = 5
SURE = 0.9


@dataclass(frozen=True)
class Told:
    """One verdict: the text it is on ("" for an adversarial one), its group, and whether a reader gives its grade."""

    report: str
    group: str
    right: bool


class Groups:
    """Names of groups in place of their shares, so that a verdict tells which one it was given."""

    def __init__(self) -> None:
        """Knows none yet."""
        self.names: list[str] = []

    def share(self, name: str) -> float:
        """A number that stands for the group, less than any bound of confidence."""
        if name not in self.names:
            self.names.append(name)
        return (self.names.index(name) + 1) / 1000

    def of(self, verdict: Verdict) -> str:
        """The group of a verdict."""
        return self.names[round(verdict.confidence * 1000) - 1]


def pairs(path: Path, tools: Tools, groups: Groups) -> Iterator[Told]:
    """The verdicts on the pairs of a file of graded quotations."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        verdict = grade_pair(record["reported"], record["original"], tools, Mode(record.get("mode", "direct")))
        if verdict.grade is not Grade.UNCLEAR:
            yield Told("", groups.of(verdict), verdict.grade in record["grades"])


def reports(folder: Path, tools: Tools, groups: Groups) -> Iterator[Told]:
    """The verdicts on the graded statements of real reports."""
    for gold_path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))["statements"]
        report, source = (read((gold_path.parent / name).read_bytes(), name) for name in ("report.txt", "source.txt"))
        done = examine(report, [source], tools)
        for statement, verdict in zip(done.statements, done.verdicts, strict=True):
            ours = {at for span in statement.content for at in range(span.start, span.end)}
            for entry in gold:
                spans = [entry["content"]] if isinstance(entry["content"][0], int) else entry["content"]
                theirs = {at for start, end in spans for at in range(start, end)}
                same = entry["grade"] and len(ours & theirs) >= SAME * len(ours | theirs)
                if same and verdict.grade is not Grade.UNCLEAR:
                    yield Told(gold_path.parent.name, groups.of(verdict), verdict.grade in entry["grade"])


def first_alone(
    _reading: SecondReading, _statement: Statement, first: Verdict, _passage: Sequence[Piece], _own: object
) -> Verdict:
    """In the place of the second reading: a group is told by the first."""
    return first


def counted(told: list[Told]) -> dict[str, float]:
    """The share of each group."""
    real: dict[str, list[bool]] = defaultdict(list)
    hard: dict[str, list[bool]] = defaultdict(list)
    for one in told:
        (real if one.report else hard)[one.group].append(one.right)
    shares = {}
    for name in sorted({*real, *hard}):
        before = (sum(hard[name]) + 1) / (len(hard[name]) + 2)
        few = len(real[name]) < FEWEST and bool(hard[name])
        shares[name] = before if few else (sum(real[name]) + PRIOR * before) / (len(real[name]) + PRIOR)
    return shares


def main() -> None:
    """Print, by group, its share and what it was counted on."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    tools, groups = load_tools(), Groups()
    confidence.share = groups.share
    SecondReading.verdict = first_alone  # type: ignore[method-assign]
    told = [
        *pairs(shared / "data/hard/grade.jsonl", tools, groups),
        *pairs(ROOT / "tests/gate/pairs.jsonl", tools, groups),
        *reports(shared / "data/reports", tools, groups),
    ]
    for name, share in counted(told).items():
        real, hard = (
            [one.right for one in told if one.group == name and bool(one.report) is kind] for kind in (True, False)
        )
        print(f'"{name}" = {share:.3f}  # {sum(real)} of {len(real)} real, {sum(hard)} of {len(hard)} hard')
    sure = []
    for report in sorted({one.report for one in told} - {""}):
        shares = counted([one for one in told if one.report != report])
        sure += [one.right for one in told if one.report == report and shares.get(one.group, 0.0) >= SURE]
    every = sum(bool(one.report) for one in told)
    print(f"told {SURE} or more without the report: {sum(sure)} of {len(sure)} right, {len(sure) / every:.3f} of all")


if __name__ == "__main__":
    main()
