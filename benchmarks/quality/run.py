"""Every figure of quality that the corpora beside the checkout allow, scored by the scorers beside them.

    python benchmarks/quality/run.py [--shared ../shared] [--only WORD]

`make quality` runs it. Each line printed is a command that can be run by itself. What takes long (the archive sets,
some minutes) comes last.
"""

import argparse
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PYTHON = shlex.quote(sys.executable)
QUOTH = f"{PYTHON} -m quoth"


def commands(shared: Path, work: Path) -> list[str]:
    """The commands, in order; WORK is a folder for what they write."""
    data, tools = shared / "data", shared / "tools"
    score, here = f"{PYTHON} {tools}", f"{PYTHON} {HERE}"
    seeds = shared / "seeds"
    seed = f"{seeds}/000_5c92c3c2da052747.txt --source {seeds}/002_3a65e573ad7c70a4.txt"
    return [
        f"{QUOTH} trace {seed} --json > {work}/seed.json",
        f"{score}/score_seed.py {shared}/gold/seed_pair.json {work}/seed.json",
        f"{QUOTH} grade --jsonl {data}/fidelity/dev.jsonl > {work}/fidelity.jsonl",
        f"{score}/score_fidelity.py {data}/fidelity/dev.jsonl {work}/fidelity.jsonl",
        f"{QUOTH} grade --rules --jsonl {data}/fidelity/dev.jsonl > {work}/fidelity-rules.jsonl",
        f"{score}/score_fidelity.py {data}/fidelity/dev.jsonl {work}/fidelity-rules.jsonl",
        f"{QUOTH} statements --attitudes --jsonl {data}/polnear/dev.jsonl > {work}/polnear.jsonl",
        f"{score}/score_attribution.py {data}/polnear/dev.jsonl {work}/polnear.jsonl",
        f"{QUOTH} statements --attitudes --rules --jsonl {data}/polnear/dev.jsonl > {work}/polnear-rules.jsonl",
        f"{score}/score_attribution.py {data}/polnear/dev.jsonl {work}/polnear-rules.jsonl",
        f"{QUOTH} statements --attitudes --jsonl {data}/gum/attributions_dev.jsonl > {work}/gum.jsonl",
        f"{score}/score_attribution.py --nested {data}/gum/attributions_dev.jsonl {work}/gum.jsonl",
        f"{here}/pages.py {data}/pages {work}/pages",
        f"{score}/score_reading.py {data}/pages/gold.jsonl {work}/pages/alone.jsonl",
        f"{score}/score_reading.py {data}/pages/gold.jsonl {work}/pages/quoth.jsonl",
        f"{here}/reports.py {data}/reports {work}/reports",
        f"{score}/score_pairs.py {data}/reports {work}/reports",
        f"{QUOTH} grade --jsonl {data}/hard/grade.jsonl > {work}/hard.jsonl",
        f"{score}/score_hard.py {data}/hard/grade.jsonl {work}/hard.jsonl",
        f"{here}/reports.py {data}/hard/trace.jsonl {work}/hard-trace.jsonl",
        f"{score}/score_hard.py {data}/hard/trace.jsonl {work}/hard-trace.jsonl",
        f"{PYTHON} {HERE.parents[1]}/training/support/fit.py {data}/reports",
        f"{here}/calibration.py --shared {shared}",
        f"{here}/names.py --data {data}",
        f"{here}/speakers.py {data}/gum/docs_dev.jsonl",
        f"{here}/judge.py --data {data}",
        f"{here}/grading.py places {data}/known_lie/dev > {work}/places.jsonl",
        f"{score}/score_known_lie.py {data}/known_lie/dev {work}/places.jsonl",
        f"{here}/grading.py silver {data}/known_lie/dev",
        f"{here}/grading.py planted {data}/planted_senate",
        f"{here}/grading.py paws --rules {data}/pairs/pawsx_dev_en.jsonl",
        f"{here}/grading.py calibration {data}/fidelity/dev.jsonl",
        f"{here}/finding.py --shared {shared}",
    ]


def main() -> None:
    """Run them all; the exit status is that of the worst."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--only", default="", help="only commands that hold this word")
    arguments = parser.parse_args()
    if not (arguments.shared / "tools").is_dir():
        sys.exit(f"{arguments.shared} has no corpora; nothing is measured.")
    worst = 0
    with tempfile.TemporaryDirectory() as work:
        for command in commands(arguments.shared, Path(work)):
            if arguments.only in command:
                print(f"\n$ {command.replace(PYTHON, 'python')}", flush=True)
                worst = max(worst, subprocess.run(command, shell=True, check=False).returncode)
    sys.exit(worst)


if __name__ == "__main__":
    main()
