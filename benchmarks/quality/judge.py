"""Figures of the judge on pairs of sentences.

    python benchmarks/quality/judge.py --data ../shared/data

The judge was trained on PAWS: that figure only shows that the shipped file works as the trained one did. MRPC and
XNLI are used to measure alone. Its figures on passages and statements: `training.judge.evaluate`,
`training.judge.reports`.
"""

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from quoth.models.judge import OnnxJudge, exaggeration
from quoth.models.session import vocabulary


def records(file: Path) -> list[dict]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def insciout(judge: OnnxJudge, file: Path) -> None:
    """Same, exaggerates, downplays: a press release against the paper."""
    rows = records(file)
    papers, releases = (judge.strengths([row[key] for row in rows]) for key in ("a", "b"))
    said = [exaggeration(paper, release) for paper, release in zip(papers, releases, strict=True)]
    right = sum(row["label"] == one for row, one in zip(rows, said, strict=True))
    print(f"insciout: accuracy {right / len(rows):.3f} of {len(rows)}")
    for (gold, found), count in sorted(Counter((r["label"], one) for r, one in zip(rows, said, strict=True)).items()):
        print(f"  {gold} read as {found}: {count}")


def two_ways(judge: OnnxJudge, file: Path, limit: int) -> None:
    """Same against changed meaning (labels 1 and 0): the likelier of the two."""
    rows = records(file)[:limit]
    began = time.perf_counter()
    judged = judge.judge([(row["b"], row["a"]) for row in rows])
    spent = time.perf_counter() - began
    right = sum((one.carried > one.changed) == bool(row["label"]) for row, one in zip(rows, judged, strict=True))
    print(f"{file.stem}: accuracy {right / len(rows):.3f} of {len(rows)}, {len(rows) / spent:.0f} pairs a second")


def three_ways(judge: OnnxJudge, file: Path, limit: int) -> None:
    """Entailment, contradiction, neutral, held against carried, changed, and the other two together."""
    names = ("entailment", "contradiction", "neutral")
    rows = records(file)[:limit]
    judged = judge.judge([(row["b"], row["a"]) for row in rows])
    chances = [(one.carried, one.changed, one.partly + one.absent) for one in judged]
    right = sum(names[c.index(max(c))] == row["label"] for row, c in zip(rows, chances, strict=True))
    print(f"{file.stem}: accuracy {right / len(rows):.3f} of {len(rows)}")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--limit", type=int, default=500, help="pairs of each set")
    given = parser.parse_args()
    judge = OnnxJudge(vocabulary())
    pairs = given.data / "pairs"
    insciout(judge, pairs / "insciout_train.jsonl")
    two_ways(judge, pairs / "pawsx_dev_en.jsonl", given.limit)
    two_ways(judge, pairs / "mrpc.jsonl", given.limit)
    three_ways(judge, pairs / "xnli_dev_en.jsonl", given.limit)


if __name__ == "__main__":
    main()
