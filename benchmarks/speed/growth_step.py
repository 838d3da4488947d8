"""One step of growth.py in a process of its own: `add ARCHIVE PART`, or `ask ARCHIVE REPORTS MOST`; prints figures."""

import contextlib
import itertools
import json
import resource
import statistics
import sys
import time
from pathlib import Path

from quoth.faces.archive import Archive
from quoth.faces.cli import run

WORKERS = 2  # processes that make segments, besides the one that adds; as in quoth.faces.archive


def peak() -> float:
    """MB of memory that this process has had at most; the system's own figure for it begins with the parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def add(archive: str, part: str) -> list[float]:
    """Seconds on the clock, seconds of the processor, MB of memory that all processes together may have had at most."""
    began = time.perf_counter()
    with Path("/dev/null").open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        if run(["archive", "add", archive, "--jsonl", part]):
            raise SystemExit(1)
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return [time.perf_counter() - began, processor, peak() + WORKERS * children.ru_maxrss / 1024]


def ask(archive: str, reports: str, most: str) -> list[float]:
    """p50 and p95 on the clock, the same of the processor, in ms, and MB of memory at most."""
    clocks, processors = [], []
    with Archive.open(archive) as opened, Path(reports).open(encoding="utf-8") as lines:
        for line in itertools.islice(lines, int(most)):
            text = json.loads(line)["text"]
            began, used = time.perf_counter(), time.process_time()
            opened.find(text)
            processors.append(1000 * (time.process_time() - used))
            clocks.append(1000 * (time.perf_counter() - began))
    ranks = [statistics.quantiles(times, n=100) for times in (clocks, processors)]
    return [ranks[0][49], ranks[0][94], ranks[1][49], ranks[1][94], peak()]


if __name__ == "__main__":
    figures = {"add": add, "ask": ask}[sys.argv[1]](*sys.argv[2:])
    print(*figures)
