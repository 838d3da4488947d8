"""Processor time and memory of hostile texts held against themselves by rules: hostile.py [SIZE] [NAME ...].

The texts are those of tests/hostile/texts.py, which CI runs at 4,000 and 20,000 characters; here each gets 200,000 by
default, in a child of its own. Prints a row a text, the slowest last: seconds, megabytes at the peak.
"""

import os
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
from hostile.texts import TEXTS, ordinary
from quoth.pipeline.examine import examine
from quoth.reading import read_text

LIMIT = 60  # seconds


def in_a_child(text: str) -> tuple[float, int]:
    """Seconds and megabytes of an examination of a text against a copy of it; `LIMIT` where it takes longer."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        try:
            examine(read_text(text, "report"), [read_text(f"{text} end", "source")])
        finally:
            os._exit(0)  # also where a text cannot be used: what follows is the parent's
    _, _, used = os.wait4(child, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1000


def main() -> None:
    """Run all, or those that are named."""
    asked = sys.argv[1:]
    size = int(asked.pop(0)) if asked and asked[0].isdigit() else 200_000
    examine(read_text(ordinary(2_000), "warm"), [read_text(ordinary(2_100), "warmer")])
    rows = [("ordinary news", *in_a_child(ordinary(size)))]
    for name in asked or TEXTS:
        rows.append((name, *in_a_child(TEXTS[name](size)[:size])))
        print(f"{rows[-1][1]:7.1f} s {rows[-1][2]:5d} MB  {name}", file=sys.stderr, flush=True)
    for name, seconds, megabytes in sorted(rows, key=lambda row: row[1]):
        print(f"{seconds:7.1f} s {megabytes:5d} MB  {name}")


if __name__ == "__main__":
    main()
