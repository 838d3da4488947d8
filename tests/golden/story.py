"""The example story examined, and what of it agrees with a careful reader: one line for each check.

`python tests/golden/story.py --accept` takes what Quoth finds now as the yardstick for the next change.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from quoth.models.loading import load_tools
from quoth.pipeline.examine import examine
from quoth.reading import read
from quoth.reports import to_json
from quoth.types import Document

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
ACCEPTED = Path(__file__).parent

WAYS = {"rules": False, "models": True}
HALF = 0.5  # share of the longer of two stretches that they must have in common to be one statement


def document(name: str) -> Document:
    """One of the story's documents."""
    return read((EXAMPLES / name).read_bytes(), name)


def examinations(*, models: bool) -> Iterator[tuple[dict, dict]]:
    """What the reader finds and what Quoth finds, for each report."""
    tools = load_tools(models=models)
    for expected in json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))["examinations"]:
        sources = [document(name) for name in expected["sources"]]
        yield expected, to_json(examine(document(expected["report"]), sources, tools))


def verdict_lines(found: dict) -> Iterator[str]:
    """A line for every judgement on one report, in the words of the documents."""
    report, name = found["report"]["text"], found["report"]["id"]
    texts = {source["id"]: source["text"] for source in found["sources"]}
    statements = {statement["id"]: statement for statement in found["statements"]}
    for verdict in found["verdicts"]:
        statement = statements[verdict["statement"]]
        kinds = sorted({change["kind"] for change in verdict["changes"] if change["material"]})
        words = " … ".join(report[start:end] for start, end in statement["content"])
        by = " < ".join(speakers(found, statement))
        yield f"{name}: {verdict['grade']} [{', '.join(kinds)}] {statement['mode']} {by}: {words}"
    for entry in found["discrepancies"]:
        there = texts[entry["source"]][slice(*entry["original"])]
        yield f"{name}: difference of {entry['kind']}: {report[slice(*entry['report'])]} / {there}"
    for entry in found["left_out"]:
        yield f"{name}: left out: {texts[entry['source']][slice(*entry['span'])]}"
    for entry in found["added"]:
        yield f"{name}: added: {report[slice(*entry['span'])]}"


def speakers(found: dict, statement: dict) -> Iterator[str]:
    """Who said it, then according to whom."""
    names = {entity["id"]: entity["name"] for entity in found["entities"]}
    by_id = {one["id"]: one for one in found["statements"]}
    at: dict | None = statement
    while at:
        words = " ".join(found["report"]["text"][start:end] for start, end in at["source"])
        yield names.get(at["speaker"], words or "nobody")
        at = by_id.get(at["within"])


def checks(expected: dict, found: dict) -> Iterator[tuple[str, bool]]:
    """Every check against the careful reader: its name, and whether it holds."""
    text, name = found["report"]["text"], found["report"]["id"]
    texts = {source["id"]: source["text"] for source in found["sources"]}
    verdicts = {verdict["statement"]: verdict for verdict in found["verdicts"]}
    yield f"{name}: published", found["report"]["published"] == expected["published"]
    for wanted in expected["statements"]:
        span = place(text, wanted["words"])
        statement = nearest(found["statements"], span)
        label = f"{name}: “{wanted['words'][:40]}”"
        yield f"{label} found", statement is not None
        verdict = verdicts.get(statement["id"]) if statement else None
        chain = list(speakers(found, statement)) if statement else []
        kinds = {change["kind"] for change in verdict["changes"] if change["material"]} if verdict else None
        pieces = [texts[piece["source"]][slice(*piece["original"])] for piece in verdict["pieces"]] if verdict else []
        yield f"{label} {wanted['mode']}", statement is not None and statement["mode"] == wanted["mode"]
        yield f"{label} by {wanted['speaker']}", chain[:1] == [wanted["speaker"]]
        yield (
            f"{label} within {wanted['within']}",
            statement is not None and chain[1:2] == [wanted["within"]][: bool(wanted["within"])],
        )
        yield f"{label} {wanted['grade']}", verdict is not None and verdict["grade"] == wanted["grade"]
        yield f"{label} material {wanted['changes']}", kinds == set(wanted["changes"])
        if "source" in wanted:
            yield f"{label} placed", bool(set(wanted["source"].split()) & set(" ".join(pieces).split()))
    for words in expected["faithful"]:
        span = place(text, words)
        there = [one["id"] for one in found["statements"] if any(meets(part, span) for part in one["content"])]
        grades = {verdicts[one]["grade"] for one in there if one in verdicts}
        yield f"{name}: nothing altered or spliced in “{words}”", not grades & {"altered", "spliced"}
    for words in expected["nobody_says"]:
        span = place(text, words)
        inside = [one for one in found["statements"] if any(meets(part, span) for part in one["content"])]
        yield f"{name}: nobody says “{words}”", not inside
    for block in expected["blocks"]:
        span = place(text, block["words"])
        kinds = {one["kind"] for one in found["report"]["blocks"] if meets(one["span"], span)}
        yield f"{name}: {block['kind']} “{block['words']}”", kinds == {block["kind"]}
    for wanted in expected["differences"]:
        seen = any(
            entry["kind"] == wanted["kind"]
            and wanted["report"] in text[slice(*entry["report"])]
            and wanted["source"] in texts[entry["source"]][slice(*entry["original"])]
            for entry in found["discrepancies"]
        )
        yield f"{name}: difference of {wanted['kind']}: {wanted['report']} / {wanted['source']}", seen
    gone = [texts[entry["source"]][slice(*entry["span"])] for entry in found["left_out"]]
    extra = [text[slice(*entry["span"])] for entry in found["added"]]
    for words in expected["left_out"]:
        yield f"{name}: left out “{words}”", any(words in sentence for sentence in gone)
    for words in expected["carried"]:
        yield f"{name}: not left out “{words}”", not any(words in sentence for sentence in gone)
    for words in expected["added"]:
        yield f"{name}: added “{words}”", any(words in sentence for sentence in extra)


def place(text: str, words: str) -> tuple[int, int]:
    """Where words stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def meets(first: list[int], second: tuple[int, int]) -> bool:
    """Whether two stretches share anything."""
    return first[0] < second[1] and second[0] < first[1]


def nearest(statements: list[dict], span: tuple[int, int]) -> dict | None:
    """The statement that shares most with a stretch, half of the longer of them or more."""
    best, most = None, HALF
    for statement in statements:
        start, end = statement["content"][0][0], statement["content"][-1][1]
        common = min(end, span[1]) - max(start, span[0])
        share = common / max(end - start, span[1] - span[0])
        if share > most:
            best, most = statement, share
    return best


def now(way: str) -> tuple[list[str], list[str]]:
    """What Quoth finds now: every judgement, and the names of the checks that fail."""
    lines: list[str] = []
    missed: list[str] = []
    for expected, found in examinations(models=WAYS[way]):
        lines += verdict_lines(found)
        missed += [label for label, holds in checks(expected, found) if not holds]
    return lines, missed


def accepted(way: str, what: str) -> list[str]:
    """What was accepted last; nothing where nothing was."""
    path = ACCEPTED / f"{what}_{way}.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def main() -> None:
    """Print gained and lost; with --accept, take them over."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true", help="take what is found now as the yardstick")
    parser.add_argument("--way", choices=WAYS, action="append", help="with rules only or with models; both by default")
    arguments = parser.parse_args()
    for way in arguments.way or WAYS:
        lines, missed = now(way)
        for label in missed:
            print(f"{way}: a careful reader sees otherwise: {label}")
        for what, found in (("verdicts", lines), ("missed", missed)):
            for line in difference(accepted(way, what), found):
                print(f"{way}: {line}")
            if arguments.accept:
                path = ACCEPTED / f"{what}_{way}.txt"
                path.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    sys.exit(0)


def difference(before: list[str], after: list[str]) -> list[str]:
    """`gained: ...` and `lost: ...`, in order."""
    return [f"lost:   {line}" for line in before if line not in after] + [
        f"gained: {line}" for line in after if line not in before
    ]


if __name__ == "__main__":
    main()
