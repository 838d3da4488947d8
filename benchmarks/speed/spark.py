"""What finding costs on Spark, with two local cores: the session, and the reports a second after it.

    python benchmarks/speed/spark.py DOCUMENTS.jsonl REPORTS.jsonl [--most N]

A pair is one report against one document of the archive. Without files, or without Spark, nothing is measured.
"""

import argparse
import itertools
import json
import tempfile
import time
from pathlib import Path

from quoth.archive.archive import Archive
from quoth.cli.archive_commands import document_of
from quoth.spark.cluster import lines_of, run, session
from quoth.types import MissingPart


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, nargs="?")
    parser.add_argument("reports", type=Path, nargs="?")
    parser.add_argument("--most", type=int, default=10_000, help="documents put into the archive")
    given = parser.parse_args()
    if given.documents is None or given.reports is None:
        print("no files given: nothing is measured")
        return
    with tempfile.TemporaryDirectory() as room:
        with given.documents.open(encoding="utf-8") as lines, Archive.open(f"{room}/archive", create=True) as archive:
            for _ in archive.add(document_of(json.loads(line)) for line in itertools.islice(lines, given.most)):
                pass
        start = time.perf_counter()
        try:
            spark = session("local[2]")
        except MissingPart as error:
            print(error)
            return
        opened = time.perf_counter()
        asked = lines_of(spark, str(given.reports)).repartition(8)
        count = asked.count()
        begun = time.perf_counter()
        run("find", asked, archive=f"{room}/archive", rules=True).write.parquet(f"{room}/found")
        taken = time.perf_counter() - begun
        spark.stop()
    pairs = count * given.most
    print(f"session {opened - start:.1f} s; {count} reports against {given.most} documents in {taken:.1f} s")
    print(f"{count / taken:.0f} reports a second; {taken / pairs * 1e6:.2f} s for a million pairs, on two cores")


if __name__ == "__main__":
    main()
