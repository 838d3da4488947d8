"""What a batch of whole documents costs: who said what, with the speakers resolved, over both cores.

    python benchmarks/speed/statements.py [FILE.jsonl] [--jobs 2] [--least 0] [--most-memory 600]

Runs `quoth statements --jsonl` over the given documents; without any, over PolNeAR dev where the corpora stand beside
the checkout, and else over the examples, repeated. Figures are in documents of 400 words. The clock counts the start of
the command too, and whatever else the machine does; so the last figure is what the processor time allows: the documents
that as many free cores as there are jobs would do in a second. Memory is that of the command and its workers together,
read ten times a second; what they share, such as the word vectors, counts once (PSS).

Fails where the processor allows fewer than `--least` documents a second, or the memory is above `--most-memory`.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from watching import watched

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "data" / "polnear" / "dev.jsonl"
EXAMPLES = ("gazette.txt", "courier.txt", "interview.txt")
REPEATED = 60
WORDS = 400


def main() -> None:
    """Measure, print, compare with the bounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--least", type=float, default=0.0, help="documents a second by processor time")
    parser.add_argument("--most-memory", type=float, default=600.0, help="MB; 0 for no bound")
    parser.add_argument("--rules", action="store_true", help="without models")
    given = parser.parse_args()
    texts = documents(given.file)
    count = sum(len(text.split()) for text in texts) / WORDS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "documents.jsonl"
        lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "quoth", "statements", "--jsonl", file, "--jobs", given.jobs]
        used = watched([*command, *(["--rules"] if given.rules else [])])
    allowed = given.jobs * count / used.processor
    print(f"{len(texts)} texts, as {count:.0f} documents of {WORDS} words, {given.jobs} jobs:")
    print(f"  on the clock {count / used.clock:.1f} documents a second ({used.clock:.1f} s)")
    print(f"  of the processor {1000 * used.processor / count:.0f} ms a document, which allows {allowed:.1f} a second")
    print(f"  at most {used.memory:.0f} MB of memory in all")
    sys.exit(allowed < given.least or bool(given.most_memory and used.memory > given.most_memory))


def documents(file: Path | None) -> list[str]:
    """The texts to read."""
    file = file or (CORPUS if CORPUS.is_file() else None)
    if file is None:
        return [(ROOT / "examples" / name).read_text(encoding="utf-8") for name in EXAMPLES] * REPEATED
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


if __name__ == "__main__":
    main()
