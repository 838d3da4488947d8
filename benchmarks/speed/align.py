"""Milliseconds of alignment and grades, by rules, on texts of our own making.

    python benchmarks/speed/align.py

One quotation of thirty words against sources of 1,000 to 100,000 words, the source prepared before (warm) and not; the
quotation is taken word for word, with edits, and from elsewhere. Processor time of one core, the middle of the runs.
"""

import random
import statistics
import time
from collections.abc import Callable

from quoth.aligning import align, prepare
from quoth.grading import grade
from quoth.pipeline import grade_pair
from quoth.text.units import frequencies
from quoth.values import Document, Mode, Span, Statement

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
    for _ in range(RUNS):
        begun = time.process_time()
        run()
        taken.append(1000 * (time.process_time() - begun))
    return statistics.median(taken)


def main() -> None:
    """Print a line for each size."""
    rng = random.Random(7)
    print(f"{'words':>8} {'prepare':>9} {'verbatim':>9} {'edited':>9} {'absent':>9} {'pair':>9}  (ms)")
    for size in SIZES:
        text = made(size, rng)
        source = Document("source", text, "")
        start = len(text) // 2
        quote = " ".join(text[start : start + 400].split()[1:31])
        ready = prepare(source)

        def verdict(words: str) -> object:
            report = Document("report", words, "")
            content = (Span(0, len(words)),)
            found = align(report, content, [ready])  # noqa: B023 - called at once
            return grade(report, Statement("", "report", Mode.DIRECT, content), found, [source])  # noqa: B023

        ready.stems  # noqa: B018 - made when first asked for
        cells = [milliseconds(lambda: prepare(source))]  # noqa: B023
        cells += [milliseconds(lambda q=q: verdict(q)) for q in (quote, edited(quote, rng), made(30, rng))]
        cells.append(milliseconds(lambda: grade_pair(quote, text)))  # noqa: B023
        print(f"{size:8} " + " ".join(f"{cell:9.1f}" for cell in cells))


if __name__ == "__main__":
    main()
