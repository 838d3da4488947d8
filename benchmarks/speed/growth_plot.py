"""Draw what growth.py measured: build time, questions, memory and size of the index by number of documents.

    python -m benchmarks.speed.growth_plot growth.csv docs/reference/growth.svg

Times are of the processor: on a machine that does other work besides, only these tell.
"""

import argparse
import csv
import itertools
from pathlib import Path

from benchmarks.plots import Panel, Series, svg

DOCUMENTS = "documents"


def main() -> None:
    """Read the table, write the plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path, help="the CSV that growth.py wrote")
    parser.add_argument("plot", type=Path)
    given = parser.parse_args()
    with given.table.open(encoding="utf-8", newline="") as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    given.plot.write_text(drawn(rows), encoding="utf-8")


def drawn(rows: list[dict[str, float]]) -> str:
    """The plot of some rows of the table."""
    sizes = [row["documents"] for row in rows]

    def series(label: str, values: list[float]) -> Series:
        return Series(label, list(zip(sizes, values, strict=True)))

    def column(label: str, name: str) -> Series:
        return series(label, [row[name] for row in rows])

    def level(label: str, value: float) -> Series:
        return Series(label, [(0, value), (sizes[-1], value)])

    built = list(itertools.accumulate(row["add_processor_s"] for row in rows))
    panels = [
        Panel("Adding all of them", DOCUMENTS, "seconds of processor", [series("", built)]),
        Panel(
            "A report asked",
            DOCUMENTS,
            "milliseconds of processor",
            [column("p50", "p50_cpu_ms"), column("p95", "p95_cpu_ms")],
            [level("bar for p95", 400)],
        ),
        Panel(
            "Peak memory",
            DOCUMENTS,
            "MB",
            [column("adding", "add_mb"), column("asking", "ask_mb")],
            [level("bar", 2000)],
        ),
        Panel("On the disk", DOCUMENTS, "MB", [column("text", "text_mb"), column("index", "index_mb")]),
    ]
    range_ = f"{sizes[0]:,.0f} to {sizes[-1]:,.0f} documents"
    return svg("How an archive grows", panels, description=f"Time, memory and size of an archive of {range_}.")


if __name__ == "__main__":
    main()
