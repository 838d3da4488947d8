"""What an archive costs: adding, its size on the disk, opening it, asking it, and the memory of each.

    python benchmarks/speed/archive.py DOCUMENTS.jsonl REPORTS.jsonl [--sizes 10000 50000] [--keep FOLDER]

For each size the first so many documents are added by the command line to a fresh archive, and, to compare, to a table
of SQLite FTS5; then the archive is opened and asked in this process, report by report. Times are on the clock and of
the processor: on a machine that does other work besides, only the second tells. With --keep an archive that is there
already is asked, and nothing is added.
"""

import argparse
import itertools
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from quoth.archive.archive import Archive

QUOTH = [sys.executable, "-m", "quoth"]
FTS5 = """
import json, sqlite3, sys
base = sqlite3.connect(sys.argv[2])
base.execute("PRAGMA journal_mode = WAL")
base.execute("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, text)")
records = map(json.loads, open(sys.argv[1], encoding="utf-8"))
with base:
    base.executemany("INSERT INTO texts VALUES (?, ?)", ((record["id"], record["text"]) for record in records))
"""


def main() -> None:
    """Measure every size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000])
    parser.add_argument("--most", type=int, default=600, help="reports asked")
    parser.add_argument("--keep", type=Path, help="an archive to ask, instead of making one")
    given = parser.parse_args()
    if given.keep:
        ask(given.keep, given.reports, given.most)
        return
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as name:
            archive = Path(name) / "archive"
            add(given.documents, size, archive)
            ask(archive, given.reports, given.most)


def add(documents: Path, size: int, archive: Path) -> None:
    """Add the first so many documents, and say what it took."""
    part = archive.with_suffix(".jsonl")
    length = 0
    with documents.open(encoding="utf-8") as lines, part.open("w", encoding="utf-8") as file:
        for line in itertools.islice(lines, size):
            file.write(line)
            length += len(json.loads(line)["text"].encode())
    clock, processor, memory = run([*QUOTH, "archive", "add", str(archive), "--jsonl", str(part)])
    _, fts5, _ = run([sys.executable, "-c", FTS5, str(part), str(archive.with_suffix(".fts5"))])
    index = sum(path.stat().st_size for path in (archive / "index").iterdir())
    print(
        f"{size} documents, {length / 1e6:.0f} MB of text: added in {clock:.1f} s "
        f"({processor:.1f} s of processor time, {processor / fts5:.2f} times the {fts5:.1f} s of SQLite FTS5), "
        f"at most {memory:.0f} MB of memory; index {index / 1e6:.0f} MB, {index / length:.2f} of the text"
    )


def run(command: list[str]) -> tuple[float, float, float]:
    """Seconds on the clock and of the processor, and the most memory in MB, of one command."""
    began = time.perf_counter()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execv(command[0], command)
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"failed: {command}")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def ask(path: Path, reports: Path, most: int) -> None:
    """Ask an archive with each report, and say how long that takes."""
    began, used = time.perf_counter(), time.process_time()
    archive = Archive.open(path)
    clock, processor = 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)
    print(f"opened in {clock:.1f} ms ({processor:.1f} of processor)")
    clocks, processors = [], []
    with reports.open(encoding="utf-8") as lines:
        for line in itertools.islice(lines, most):
            text = json.loads(line)["text"]
            began, used = time.perf_counter(), time.process_time()
            archive.find(text)
            processors.append(1000 * (time.process_time() - used))
            clocks.append(1000 * (time.perf_counter() - began))
    certificate = archive.certificate()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(clocks)} reports against {certificate.documents} documents ({certificate.passages} passages):")
    for name, times in (("clock", clocks), ("processor", processors)):
        ranks = statistics.quantiles(times, n=100)
        print(f"  {name:9} p50 {ranks[49]:6.1f} ms, p95 {ranks[94]:6.1f} ms, most {max(times):6.1f} ms")
    print(f"  at most {memory:.0f} MB of memory, of which memory maps can be given back")


if __name__ == "__main__":
    main()
