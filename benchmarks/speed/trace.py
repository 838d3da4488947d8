"""How long one examination takes in a warm process, with and without models, and the whole command cold.

Runs the example story, and the seed pair where the corpora stand beside the checkout. The documents are read once; what
is timed is `examine`, by its median over several runs, on the clock and of the processor: on a machine that does other
work besides, only the second tells. Prints a line for each; fails where the processor takes longer than `--most`.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from quoth.models.loading import load_tools
from quoth.pipeline.examine import examine
from quoth.reading import read

ROOT = Path(__file__).parents[2]
STORY = (ROOT / "examples" / "gazette.txt", ROOT / "examples" / "statement.txt")
SEEDS = ROOT.parent / "shared" / "seeds"


def main() -> None:
    """Time every pair in every way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20, help="warm runs of each")
    parser.add_argument(
        "--most", type=float, default=60.0, help="milliseconds that the median may take; 0 for no bound"
    )
    parser.add_argument("--profile", action="store_true", help="print where the time goes instead")
    arguments = parser.parse_args()
    pairs = {"story": STORY}
    seeds = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
    if seeds:
        pairs["seed pair"] = (seeds[0], seeds[1])
    if arguments.profile:
        profile(*list(pairs.values())[-1])
        return
    late = False
    for name, (report, source) in pairs.items():
        for way, models in (("rules", False), ("models", True)):
            clock, processor = warm(report, source, arguments.runs, models=models)
            late |= bool(arguments.most) and processor > arguments.most
            print(f"{name:10} {way:7} warm: {clock:6.1f} ms, {processor:6.1f} ms of processor time")
        for way, extra in (("rules", ["--rules"]), ("models", [])):
            seconds, processor, megabytes = cold(report, source, extra)
            print(
                f"{name:10} {way:7} cold: {seconds:5.2f} s, {processor:5.2f} s of processor time, {megabytes:4.0f} MB"
            )
    sys.exit(late)


def warm(report: Path, source: Path, runs: int, *, models: bool) -> tuple[float, float]:
    """Medians of `examine`, in milliseconds: on the clock, and of the processor."""
    tools = load_tools(models=models)
    documents = [read(path.read_bytes(), path.name) for path in (report, source)]
    examine(documents[0], documents[1:], tools)  # opens the models
    clock, processor = [], []
    for _ in range(runs):
        began, used = time.perf_counter(), time.process_time()
        examine(documents[0], documents[1:], tools)
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - used))
    return statistics.median(clock), statistics.median(processor)


def cold(report: Path, source: Path, extra: list[str]) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak megabytes of the whole command, the best of three."""
    measure = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    )
    command = [sys.executable, "-m", "quoth", "trace", str(report), "--source", str(source), *extra]
    best = []
    for _ in range(3):
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", measure, *command], capture_output=True, text=True, check=True)
        processor, kilobytes = (float(part) for part in done.stdout.split())
        best.append((time.perf_counter() - began, processor, kilobytes / 1024))
    return min(best)


def profile(report: Path, source: Path) -> None:
    """The functions that a warm examination spends its time in."""
    import cProfile  # noqa: PLC0415  # only where asked for
    import pstats  # noqa: PLC0415

    tools = load_tools()
    documents = [read(path.read_bytes(), path.name) for path in (report, source)]
    examine(documents[0], documents[1:], tools)
    with cProfile.Profile() as profiler:
        examine(documents[0], documents[1:], tools)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
