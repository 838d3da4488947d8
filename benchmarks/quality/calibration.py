"""Count, by group of verdicts, how many grades are right: what `verdicts/confidence.toml` holds.

    python benchmarks/quality/calibration.py [--shared ../shared]

Pairs of hard cases and of the gate, and the quotations of real reports that a reader graded. The shares are for one who
looks at all of them together; a set that is harder than what newsrooms send makes them too low.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from quoth.models.loading import load_tools
from quoth.models.ports import Tools
from quoth.pipeline.examine import examine, grade_pair
from quoth.reading import read
from quoth.types import Alignment, Change, Grade, Mode, Verdict
from quoth.verdicts import confidence, judging

ROOT = Path(__file__).parents[2]
#: Share of characters in common from which a statement found is the reader's.
SAME = 0.5
seen: list[str] = []  # groups, in the order of the questions


def told(given: Grade, alignment: Alignment, changes: list[Change]) -> float:
    """`confidence.confidence`, remembering the group."""
    seen.append(confidence.group(given, alignment, changes))
    return confidence.confidence(given, alignment, changes)


def pairs(path: Path, tools: Tools) -> Iterator[tuple[str, bool]]:
    """Group and rightness of each pair of a file of graded quotations."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        gold = record.get("grades") or record["grade"]
        seen.clear()
        verdict = grade_pair(record["reported"], record["original"], tools, Mode(record.get("mode", "direct")))
        yield group(verdict), verdict.grade in ([gold] if isinstance(gold, str) else gold)


def reports(folder: Path, tools: Tools) -> Iterator[tuple[str, bool]]:
    """Group and rightness of each graded statement of real reports."""
    for gold_path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))["statements"]
        report, source = (read((gold_path.parent / name).read_bytes(), name) for name in ("report.txt", "source.txt"))
        done = examine(report, [source], tools)
        for statement, verdict in zip(done.statements, done.verdicts, strict=True):
            ours = {at for span in statement.content for at in range(span.start, span.end)}
            for entry in gold:
                spans = [entry["content"]] if isinstance(entry["content"][0], int) else entry["content"]
                theirs = {at for start, end in spans for at in range(start, end)}
                if entry["grade"] and len(ours & theirs) >= SAME * len(ours | theirs):
                    seen.clear()
                    yield (
                        f"{statement.mode} {verdict.grade} told {verdict.confidence:.2f}",
                        verdict.grade in entry["grade"],
                    )


def group(verdict: Verdict) -> str:
    """The group of the worst of the quotations that a verdict is made of, or that it was told in other words."""
    return seen[-1] if seen else f"told in other words: {verdict.grade}"


def main() -> None:
    """Print, by group, how many are right of how many."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    tools = load_tools()
    judging.confidence = told  # type: ignore[assignment]  # to hear of the groups
    counts: dict[str, list[bool]] = defaultdict(list)
    for name, right in (
        *pairs(shared / "data/hard/grade.jsonl", tools),
        *pairs(ROOT / "tests/gate/pairs.jsonl", tools),
        *reports(shared / "data/reports", tools),
    ):
        counts[name].append(right)
    for name, every in sorted(counts.items()):
        print(f"{name}: {sum(every)} of {len(every)}")


if __name__ == "__main__":
    main()
