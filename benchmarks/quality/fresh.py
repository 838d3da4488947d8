"""Score the fresh cases, which were written without sight of the program: fresh.py [dev | held] [--rules] [--wrong].

Printed by kind and for all: the share of grades that a careful editor accepts; of the unfair reports those passed as
faithful; of the fair ones those accused; how many of the verdicts told .9 or more are right, and their share. `unclear`
is right only where it is accepted, and neither passes nor accuses.
"""

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from quoth.models.loading import load_tools
from quoth.models.ports import RULES_ONLY, Tools
from quoth.pipeline.examine import examine, grade_pair
from quoth.types import Document, Mode

CASES = Path(__file__).parent / "fresh"
SERIOUS = ("not found", "altered", "spliced", "unclear", "reworded", "abridged", "verbatim")
ACCUSING, FAITHFUL = set(SERIOUS[:3]), set(SERIOUS[4:])
SURE = 0.9


def answer(case: dict, tools: Tools) -> tuple[str, float]:
    """The grade of a pair, or the most serious one of a report, and its confidence; "none" where nothing was said."""
    if "report" in case:
        verdicts = examine(
            Document("report", case["report"], ""), [Document("source", case["source"], "")], tools
        ).verdicts
    else:
        mode = Mode.INDIRECT if case.get("mode") == "indirect" else Mode.DIRECT
        verdicts = (grade_pair(case["reported"], case["original"], tools, mode),)
    told = [(str(one.grade), one.confidence) for one in verdicts]
    return min(told, key=lambda one: SERIOUS.index(one[0]), default=("none", 0.0))


def counted(case: dict, grade: str, sure: float) -> Counter[str]:
    """What one answer adds to the counts."""
    accepted = set(case["grades"])
    right = grade in accepted
    unfair, fair = not accepted & (FAITHFUL | {"none"}), accepted <= FAITHFUL | {"none"}
    told = sure >= SURE and grade != "unclear"
    return Counter(
        all=1, right=right, unfair=unfair, passed=unfair and grade in FAITHFUL, fair=fair,
        accused=fair and grade in ACCUSING, sure=told, sure_right=told and right,
    )  # fmt: skip


def line(count: Counter[str]) -> str:
    """The figures of some cases."""

    def share(part: str, whole: str) -> str:
        return f"{count[part] / count[whole]:.3f}" if count[whole] else "-"

    return (
        f"right {share('right', 'all')} of {count['all']}  passed {share('passed', 'unfair')}  "
        f"accused {share('accused', 'fair')}  sure: right {share('sure_right', 'sure')}, share {share('sure', 'all')}"
    )


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("part", choices=("dev", "held"), nargs="?", default="dev")
    parser.add_argument("--rules", action="store_true", help="without the models")
    parser.add_argument("--wrong", action="store_true", help="list the wrong answers (never those kept aside)")
    given = parser.parse_args()
    if given.wrong and given.part == "held":
        parser.error("what is kept aside is scored, not read.")
    tools = RULES_ONLY if given.rules else load_tools()
    for name in (given.part, f"{given.part}_trace"):
        kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(text)
            if case.get("debatable"):
                continue
            grade, sure = answer(case, tools)
            kinds[case["kind"]] += counted(case, grade, sure)
            if given.wrong and grade not in case["grades"]:
                print(f"{case['id']:6} {grade} {sure:.2f}, right: {', '.join(case['grades'])}  ({case['right']})")
        for kind, count in sorted(kinds.items()):
            print(f"{line(count)}  {kind}")
        print(f"{line(sum(kinds.values(), Counter()))}  {name}")


if __name__ == "__main__":
    main()
