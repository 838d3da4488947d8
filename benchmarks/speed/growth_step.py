"""Asks an archive in a process of its own: `growth_step.py ARCHIVE QUESTIONS.jsonl MOST`.

Prints p50 and p95 on the clock, and the same of the processor, in ms.
"""

import itertools
import json
import statistics
import sys
import time
from pathlib import Path

from quoth.archive.archive import Archive


def main(archive: str, questions: str, most: str) -> None:
    """Asks, one question after the other."""
    clocks, processors = [], []
    with Archive.open(archive) as opened, Path(questions).open(encoding="utf-8") as lines:
        for line in itertools.islice(lines, int(most)):
            text = json.loads(line)["text"]
            began, used = time.perf_counter(), time.process_time()
            opened.find(text)
            processors.append(1000 * (time.process_time() - used))
            clocks.append(1000 * (time.perf_counter() - began))
    ranks = [statistics.quantiles(times, n=100) for times in (clocks, processors)]
    print(*(rank[place] for rank in ranks for place in (49, 94)))


if __name__ == "__main__":
    main(*sys.argv[1:])
