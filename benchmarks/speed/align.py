"""Milliseconds of alignment and grades, by rules, on texts of our own making.

    python -m benchmarks.speed.align [--svg docs/reference/alignment.svg]

One quotation of thirty words against sources of 1,000 to 100,000 words, the source prepared before (warm) and not; the
quotation is taken word for word, with edits, and from elsewhere. Processor time of one core, the middle of the runs,
without the collector of garbage, as `timeit` has it.
"""

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from quoth.alignment import align
from quoth.doc.tokens import frequencies
from quoth.matching import prepare
from quoth.pipeline.examine import grade_pair
from quoth.types import Document, Mode, Span, Statement
from quoth.verdicts import grade

SIZES = (1_000, 2_000, 10_000, 30_000, 100_000)
RUNS = 7


def made(words: int, rng: random.Random) -> str:
    """A text of sentences of twelve to thirty words, drawn as often as English has them."""
    known = [(word, count) for word, (count, _) in frequencies().items()]
    drawn = rng.choices([word for word, _ in known], [count for _, count in known], k=words)
    text, at = [], 0
    while at < len(drawn):
        size = rng.randint(12, 30)
        text.append(" ".join(drawn[at : at + size]).capitalize() + ".")
        at += size
    return " ".join(text)


def edited(quote: str, rng: random.Random) -> str:
    """The quotation with every sixth word gone and every seventh another."""
    words = quote.split()
    return " ".join(rng.choice(words) if not at % 7 else word for at, word in enumerate(words) if at % 6)


def milliseconds(run: Callable[[], object]) -> float:
    """Processor time of the middle run."""
    taken = []
    gc.collect()
    gc.disable()
    for _ in range(RUNS):
        begun = time.process_time()
        run()
        taken.append(1000 * (time.process_time() - begun))
    gc.enable()
    return statistics.median(taken)


def measured(size: int, rng: random.Random) -> dict[str, float]:
    """Milliseconds of each column for a source of so many words."""
    text = made(size, rng)
    source = Document("source", text, "")
    start = len(text) // 2
    quote = " ".join(text[start : start + 400].split()[1:31])
    ready = prepare(source)

    def verdict(words: str) -> object:
        report = Document("report", words, "")
        content = (Span(0, len(words)),)
        found = align(report, content, [ready])
        return grade(report, Statement("", "report", Mode.DIRECT, content), found, [source])

    ready.stems  # noqa: B018 - made when first asked for
    changed, absent = edited(quote, rng), made(30, rng)
    return {
        "prepare": milliseconds(lambda: prepare(source)),
        "verbatim": milliseconds(lambda: verdict(quote)),
        "edited": milliseconds(lambda: verdict(changed)),
        "absent": milliseconds(lambda: verdict(absent)),
        "pair": milliseconds(lambda: grade_pair(quote, text)),
    }


def plot(table: dict[int, dict[str, float]]) -> str:
    """The table as SVG, each panel beside a line of linear growth."""
    from benchmarks.plots import Panel, Series, svg  # noqa: PLC0415 - where it is run as a module

    def column(name: str) -> object:
        return Series(name, [(size, row[name]) for size, row in table.items()])

    def linear(name: str) -> object:
        first, last = min(table), max(table)
        begin = table[first][name]
        return Series("linear", [(first, begin), (last, begin * last / first)])

    words, time_ = "words of the source", "ms of processor time"
    quoted = [column("verbatim"), column("edited"), column("absent")]
    panels = [
        Panel("One quotation, the source prepared", words, time_, quoted, [linear("verbatim")], log=True),
        Panel("Preparing the source", words, time_, [column("prepare")], [linear("prepare")], log=True),
    ]
    return svg(
        "What alignment and a grade cost as the source grows",
        panels,
        description="A quotation of thirty words against sources of 1,000 to 100,000 words: what a quotation costs "
        "grows more slowly than the source, what preparing the source costs about as it does.",
    )


def main() -> None:
    """Print a line for each size, and draw them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--svg", type=Path, help="where to draw them")
    arguments = parser.parse_args()
    rng = random.Random(7)
    measured(SIZES[0], rng)  # tables are read
    table = {}
    for size in SIZES:
        table[size] = measured(size, rng)
        if len(table) == 1:
            print(f"{'words':>8} " + " ".join(f"{name:>9}" for name in table[size]) + "  (ms)")
        print(f"{size:8} " + " ".join(f"{cell:9.1f}" for cell in table[size].values()))
    if arguments.svg:
        arguments.svg.write_text(plot(table), encoding="utf-8")


if __name__ == "__main__":
    main()
