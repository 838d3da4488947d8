"""How an archive grows: documents made by resampling real sentences, so that word statistics hold, in growing number.

    python benchmarks/speed/growth.py DOCUMENTS.jsonl REPORTS.jsonl [--statements STATEMENTS.jsonl]
        --sizes 100000 300000 1000000 --csv growth.csv

The first documents are the real ones; the further ones have as many sentences as a real one, each drawn from any real
document. They are added to one archive, which is asked at each size, for whole reports and, where they are given, for
single statements that stand nowhere word for word. A line for each size goes to standard output, and to the CSV:
documents, MB of text, seconds of adding since the last size (clock, processor), MB of the index, p50 and p95 of a
report (ms of clock, of processor), the most memory of adding and of asking (MB; what processes share counts once), p50
and p95 of a statement (ms of processor).
"""

import argparse
import csv
import itertools
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from quoth.doc.sentences import sentences
from watching import watched

HERE = Path(__file__).parent
COLUMNS = [
    "documents",
    "text_mb",
    "add_clock_s",
    "add_processor_s",
    "index_mb",
    "p50_ms",
    "p95_ms",
    "p50_cpu_ms",
    "p95_cpu_ms",
    "add_mb",
    "ask_mb",
    "lone_p50_cpu_ms",
    "lone_p95_cpu_ms",
]


def main() -> None:
    """Grow, and measure on the way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--statements", type=Path, help="single statements to ask for, too, one JSON record a line")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 300_000, 1_000_000])
    parser.add_argument("--most", type=int, default=200, help="reports asked at each size")
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--room", type=Path, help="where the archive is made; a temporary folder if not given")
    given = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(dir=given.room) as name:
        archive, part = Path(name) / "archive", Path(name) / "part.jsonl"
        stream = records(given.documents)
        done, length = 0, 0
        for size in given.sizes:
            with part.open("w", encoding="utf-8") as file:
                for record in itertools.islice(stream, size - done):
                    length += len(record["text"].encode())
                    file.write(json.dumps(record) + "\n")
            done = size
            command = [sys.executable, "-m", "quoth", "archive", "add", archive, "--jsonl", part]
            added = watched(command, every=0.5)
            asked, memory = answers(archive, given.reports, given.most)
            alone = answers(archive, given.statements, given.most)[0][2:] if given.statements else [0.0, 0.0]
            index = sum(path.stat().st_size for path in (archive / "index").iterdir())
            row = [size, length / 1e6, added.clock, added.processor, index / 1e6, *asked, added.memory, memory, *alone]
            rows.append([round(value, 1) for value in row])
            print(" ".join(f"{name} {value}" for name, value in zip(COLUMNS, rows[-1], strict=True)), flush=True)
            if given.csv:
                with given.csv.open("w", newline="", encoding="utf-8") as file:
                    csv.writer(file).writerows([COLUMNS, *rows])


def records(documents: Path) -> Iterator[dict[str, str]]:
    """The real documents, then resampled ones without end; always the same."""
    chance = random.Random(1)
    pool: list[str] = []
    counts: list[int] = []
    with documents.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            spans = sentences(record["text"])
            counts.append(len(spans))
            pool += [span.of(record["text"]) for span in spans]
            yield {"id": record["id"], "text": record["text"]}
    for number in itertools.count():
        yield {"id": f"resampled:{number}", "text": " ".join(chance.choices(pool, k=chance.choice(counts)))}


def answers(archive: Path, questions: Path, most: int) -> tuple[list[float], float]:
    """p50 and p95 of the first `most` questions, ms of clock and of processor, and the most memory in MB."""
    used = watched([sys.executable, HERE / "growth_step.py", archive, questions, most], every=0.5, keep=True)
    return [float(value) for value in used.output.split()], used.memory


if __name__ == "__main__":
    main()
