"""How well sources are found: planted reports, and statements of fact checkers, scored by the house's own scorers.

    python benchmarks/quality/finding.py --shared ../shared [--planted FOLDER ...] [--rules]

Makes an archive of each planted set (and of the transcripts), asks it through the command line, and prints what the
scorers say. Further planted sets, made by make_planted.py from other stories, guard against fitting to one.
"""

import argparse
import lzma
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

QUOTH = [sys.executable, "-m", "quoth"]


def main() -> None:
    """Run every set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--planted", type=Path, nargs="*", default=[], help="further planted sets")
    parser.add_argument("--rules", action="store_true", help="without trained models")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    extra = ["--jobs", str(given.jobs), *(["--rules"] if given.rules else [])]
    tools = given.shared / "tools"
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        for planted in (given.shared / "data" / "planted_senate", *given.planted):
            answers = asked(room, plain(planted, room), planted / "reports.jsonl", extra)
            score(tools / "score_find.py", planted / "gold.jsonl", answers, "--spans")
        folder = given.shared / "data" / "known_lie" / "dev"
        answers = asked(room, folder / "transcripts.jsonl", folder / "queries.jsonl", extra)
        score(tools / "score_known_lie.py", folder, answers)


def plain(planted: Path, room: Path) -> Path:
    """The documents of a planted set, unpacked."""
    if (planted / "archive.jsonl").exists():
        return planted / "archive.jsonl"
    path = room / "archive.jsonl"
    with lzma.open(planted / "archive.jsonl.xz") as packed, path.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked)
    return path


def asked(room: Path, documents: Path, questions: Path, extra: list[str]) -> Path:
    """Answers to questions, from a fresh archive of documents."""
    archive, answers = room / "archive", room / "answers.jsonl"
    shutil.rmtree(archive, ignore_errors=True)
    began = time.perf_counter()
    subprocess.run([*QUOTH, "archive", "add", archive, "--jsonl", documents], check=True, stdout=subprocess.DEVNULL)
    added = time.perf_counter()
    with answers.open("wb") as file:
        subprocess.run([*QUOTH, "archive", "find", archive, "--jsonl", questions, *extra], check=True, stdout=file)
    print(f"\n{questions}: added in {added - began:.1f} s, answered in {time.perf_counter() - added:.1f} s", flush=True)
    return answers


def score(scorer: Path, *arguments: Path | str) -> None:
    """Print what a scorer says."""
    subprocess.run([sys.executable, scorer, *arguments], check=True)


if __name__ == "__main__":
    main()
