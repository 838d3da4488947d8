"""Grades and places on the corpora, in the form that the scorers beside them read.

    python benchmarks/quality/grading.py fidelity FILE.jsonl > PRED      then score_fidelity.py FILE.jsonl PRED
    python benchmarks/quality/grading.py places KNOWN_LIE > PRED         then score_known_lie.py KNOWN_LIE PRED
    python benchmarks/quality/grading.py silver KNOWN_LIE                      agreement with the silver grades
    python -m benchmarks.quality.grading calibration FILE.jsonl [--svg OUT]  how sure a verdict may be, cross-validated
    python benchmarks/quality/grading.py planted PLANTED                     which planted changes are flagged
    python benchmarks/quality/grading.py paws PAIRS.jsonl                      same against changed meaning

`places` holds each statement against the right transcript: its quotation alone where it has one, else the statement as
published. `--rules` leaves the trained models out.
"""

import argparse
import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from quoth.alignment import align
from quoth.matching import prepare
from quoth.models.loading import load_tools
from quoth.models.ports import RULES_ONLY, Tools
from quoth.pipeline.examine import grade_pair
from quoth.types import Document, Grade, Mode, Span, Statement, Verdict
from quoth.verdicts import grade


def main() -> None:
    """Run one measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=sorted([*RUNS, "calibration"]))
    parser.add_argument("path", type=Path)
    parser.add_argument("--rules", action="store_true", help="no trained models")
    parser.add_argument("--svg", type=Path, help="where to draw the calibration")
    arguments = parser.parse_args()
    tools = RULES_ONLY if arguments.rules else load_tools()
    if arguments.what == "calibration":
        calibration(arguments.path, tools, arguments.svg)
    else:
        RUNS[arguments.what](arguments.path, tools)


def calibration(path: Path, tools: Tools, drawn: Path | None = None) -> None:
    """The share of right grades of each group; and how far off it is on the half that it was not counted on."""
    from quoth.verdicts.confidence import group  # noqa: PLC0415 - only here

    counts: list[dict[str, list[int]]] = [defaultdict(lambda: [1, 2]), defaultdict(lambda: [1, 2])]
    told: list[list[tuple[str, bool]]] = [[], []]
    for number, record in enumerate(records(path)):
        report = Document("report", record["reported"], "")
        source = Document("source", record["original"], "")
        content = (Span(0, len(report.text)).trimmed(report.text),)
        found = align(report, content, [prepare(source, tools.embedder)])
        statement = Statement("", "report", Mode.DIRECT, content)
        verdict = grade(report, statement, found, [source], tools.judge, tools.embedder)
        name, right = group(verdict.grade, found, verdict.changes), verdict.grade == record["grade"]
        counts[number % 2][name][0] += right
        counts[number % 2][name][1] += 1
        told[number % 2].append((name, right))
    bins: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for half in (0, 1):
        for name, right in told[half]:
            share = counts[1 - half][name][0] / counts[1 - half][name][1]
            cell = bins[min(9, int(10 * share))]
            for at, value in enumerate((share, right, 1)):
                cell[at] += value
    size = sum(cell[2] for cell in bins.values())
    off = sum(abs(cell[0] - cell[1]) for cell in bins.values()) / size
    for name in sorted({*counts[0], *counts[1]}):
        right = counts[0][name][0] + counts[1][name][0] - 1
        total = counts[0][name][1] + counts[1][name][1] - 2
        print(f'"{name}" = {right / total:.3f}  # {total - 2}')
    for _, cell in sorted(bins.items()):
        print(f"told {cell[0] / cell[2]:.3f} right {cell[1] / cell[2]:.3f} of {cell[2]:.0f}")
    print(f"expected calibration error, each half by the other: {off:.3f}")
    if drawn:
        drawn.write_text(reliability([(cell[0], cell[1], cell[2]) for _, cell in sorted(bins.items())], off), "utf-8")


#: Bins of fewer verdicts are drawn as one with the next.
FEWEST = 15


def reliability(bins: Sequence[tuple[float, float, float]], off: float) -> str:
    """A reliability plot as SVG: for each bin the sum of confidences told, of right grades, and of verdicts."""
    from benchmarks.plots import Panel, Series, svg  # noqa: PLC0415 - where it is run as a module

    joined: list[list[float]] = []
    for cell in bins:
        if joined and joined[-1][2] < FEWEST:
            joined[-1] = [before + now for before, now in zip(joined[-1], cell, strict=True)]
        else:
            joined.append([*cell])
    told = Series("verdicts of the other half", [(sure / size, right / size) for sure, right, size in joined])
    many = Series("verdicts", [(sure / size, size) for sure, _, size in joined])
    return svg(
        "How far a verdict's confidence can be trusted",
        [
            Panel(
                "Told and right", "confidence told", "share of right grades", [told], [Series("just", [(0, 0), (1, 1)])]
            ),
            Panel("How many verdicts", "confidence told", "verdicts", [many], joined=False),
        ],
        description="Confidence counted on each half of the graded quotations and held against the other half: "
        f"expected calibration error {off:.3f}.",
    )


def records(path: Path) -> Iterator[dict]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def fidelity(path: Path, tools: Tools) -> None:
    """A verdict for each pair."""
    for record in records(path):
        verdict = grade_pair(record["reported"], record["original"], tools)
        print(json.dumps({"id": record["id"], **as_record(verdict)}))


def as_record(verdict: Verdict) -> dict:
    """A verdict as the contract writes it, as far as the scorer reads it."""
    return {
        "grade": verdict.grade,
        "confidence": verdict.confidence,
        "pieces": [{"reported": piece.reported, "original": piece.original} for piece in verdict.pieces],
        "changes": [
            {"kind": change.kind, "material": change.material, "reported": change.reported, "original": change.original}
            for change in verdict.changes
        ],
        "reason": verdict.reason,
    }


def places(folder: Path, tools: Tools) -> None:
    """The place of each statement in the transcript that it rests on."""
    sources = transcripts(folder, tools)
    for record in records(folder / "statements.jsonl"):
        text, source = record["statement"], sources[record["event"]]
        report = Document(record["id"], text, "")
        passages = []
        for quote in record["quotes"] or [text]:
            start = max(0, text.find(quote))
            content = Span(start, start + len(quote)).trimmed(text)
            found = align(report if start else Document(record["id"], quote, ""), (content,), [source])
            if found.nearest:
                place = [found.nearest.start, found.nearest.end]
                passages.append({"report": list(content), "source": place, "score": found.coverage})
        print(
            json.dumps({"id": record["id"], "sources": [{"id": record["event"], "score": 1.0, "passages": passages}]})
        )


def transcripts(folder: Path, tools: Tools) -> dict:
    """The transcripts, prepared."""
    return {
        record["id"]: prepare(Document(record["id"], record["text"], ""), tools.embedder)
        for record in records(folder / "transcripts.jsonl")
    }


def silver(folder: Path, tools: Tools) -> None:
    """Agreement with the grades that one reader gave to the quotations."""
    sources = transcripts(folder, tools)
    given = {record["id"]: record["grade"] for record in records(folder / "quote_grades_silver.jsonl")}
    seen: Counter = Counter()
    for record in records(folder / "statements.jsonl"):
        wanted = given.get(record["id"])
        if wanted is None:
            continue
        source = sources[record["event"]]
        grades = [held(quote, source, tools).grade for quote in record["quotes"]]
        worst = min(grades, key=list(Grade).index)
        seen[wanted, worst.value] += 1
        if wanted != worst:
            print(record["id"], f"{wanted} called {worst.value}", file=sys.stderr)
    agreed = sum(count for (wanted, got), count in seen.items() if wanted == got)
    print(f"silver {agreed / seen.total():.3f} of {seen.total()}")


def planted(folder: Path, tools: Tools) -> None:
    """Of passages planted in reports, graded against the release they come from: which changes are flagged.

    Prints for each operation, and each kind of change, how many of the quoted passages are called altered.
    """
    reports = {record["id"]: record["text"] for record in records(folder / "reports.jsonl")}
    wanted = [one for one in records(folder / "gold.jsonl") if one["quoted"] and one["source"]]
    names = {one["source"] for one in wanted}
    sources = {}
    with lzma.open(folder / "archive.jsonl.xz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["id"] in names:
                sources[record["id"]] = prepare(Document(record["id"], record["text"], ""), tools.embedder)
    seen: Counter = Counter()
    for one in wanted:
        if one["source"] in sources:
            name = (one["op"], one["change"]["kind"] if one["change"] else "none")
            verdict = held(reports[one["report"]][slice(*one["span"])], sources[one["source"]], tools)
            seen[name, "all"] += 1
            seen[name, "altered"] += verdict.grade is Grade.ALTERED
    for name in sorted({name for name, _ in seen}):
        print(f"{name[0]}, change {name[1]}: altered {seen[name, 'altered']} of {seen[name, 'all']}")


def held(quote: str, source: object, tools: Tools) -> Verdict:
    """A quotation held against a prepared source."""
    report = Document("report", quote, "")
    content = (Span(0, len(quote)).trimmed(quote),)
    found = align(report, content, [source])
    statement = Statement("", "report", Mode.DIRECT, content)
    return grade(report, statement, found, [source.document], tools.judge, tools.embedder)


def printed(text: str) -> str:
    """Text of a corpus that sets marks apart ("a , b", "`` c ''"), as print has it."""
    text = re.sub(r"``|\'\'", '"', text)
    return re.sub(r"([(\[$])\s+", r"\1", re.sub(r"\s+([,.;:!?%)\]]|'s\b)", r"\1", text))


def paws(path: Path, tools: Tools) -> None:
    """Accuracy of same against changed meaning: changed is an altered or absent grade."""
    right = Counter()
    for record in records(path):
        verdict = grade_pair(printed(record["b"]), printed(record["a"]), tools)
        changed = verdict.grade in {Grade.ALTERED, Grade.NOT_FOUND}
        right[changed == (record["label"] == 0)] += 1
    print(f"paws accuracy {right[True] / right.total():.3f} of {right.total()}")


RUNS = {"fidelity": fidelity, "places": places, "silver": silver, "paws": paws, "planted": planted}

if __name__ == "__main__":
    main()
