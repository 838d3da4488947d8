"""Who said what, held against annotated attributions; what was gained and lost since the last accepted run.

    python benchmarks/quality/attribution.py GOLD.jsonl NAME [--rules] [--nested] [--style STYLE] [--accept]

GOLD has lines {"id", "text", "attributions": [{"id", "source", "cue", "content"}]}, or with "frame" in place of source
and cue. NAME is what the run is kept under in attribution.json, where the last accepted run's figures stand, and for
each gold attribution that was found right the beginning of a hash of its place (no text).

Figures, per cent: F1 of exact spans of source, cue and content; of contents with their outer quotation marks taken off
on both sides (`words`); of attributions whose contents share half of their words and whose sources touch (`soft`); of
those that have all three roles alike, word by word (`strict`); of links to the statement around (`nested`).
Documents a second are by process time on one thread.
"""

import argparse
import hashlib
import json
import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quoth.attribution import attribute
from quoth.models.loading import load_tools
from quoth.models.ports import RULES_ONLY
from quoth.types import Document, Span, Statement

KEPT = Path(__file__).with_name("attribution.json")
WORD = re.compile(r"\w+|[^\w\s]")
MARKS = "“”„‟«»‹›‘’\"'`「」『』 "
#: Ways of writing the same text anew, character for character.
STYLES = {
    "": lambda text: text,
    "straight": lambda text: text.translate(str.maketrans("“”‘’", "\"\"''")),
    "british": lambda text: re.sub(r'(?<![\w.,!?])"(?=\S)', "‘", text).translate(str.maketrans('"“”', "’‘’")),
    "lower": lambda text: "".join(low if len(low := char.lower()) == 1 else char for char in text),
}
HALF = 0.5  # share of words at which two contents are the same one
ROLES = ("source", "cue", "content")

Spans = tuple[Span, ...]


@dataclass(frozen=True)
class One:
    """An annotated or found attribution."""

    name: str
    roles: dict[str, Spans]
    words: dict[str, frozenset[int]]
    parent: str | None


def main() -> None:
    """Attribute every document, compare, print, and keep the run if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("name", help="what the run is kept under, such as 'polnear dev, models'")
    parser.add_argument("--rules", action="store_true", help="without the trained tagger")
    parser.add_argument("--nested", action="store_true", help="also links to the statement around")
    parser.add_argument("--style", choices=STYLES, default="", help="quotation marks or letters written otherwise")
    parser.add_argument("--accept", action="store_true", help="keep this run as the one to compare with")
    parser.add_argument("--errors", type=int, default=0, help="how many attributions that were not found to print")
    arguments = parser.parse_args()
    tagger = (RULES_ONLY if arguments.rules else load_tools()).tagger
    counts: Counter[tuple[str, str]] = Counter()
    right: set[str] = set()
    missed: list[str] = []
    spent = 0.0
    records = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines()]
    framed = any("frame" in raw for record in records for raw in record["attributions"])
    for record in records:
        record["text"] = STYLES[arguments.style](record["text"])
        document = Document(record["id"], record["text"], "")
        began = time.process_time()
        statements = attribute(document, tagger, attitudes=True)
        spent += time.process_time() - began
        compare(record, statements, counts, right, missed, framed=framed, nested=arguments.nested)
    figures = {figure: f1(counts, figure) for figure in dict.fromkeys(figure for figure, _ in counts)}
    figures["documents a second"] = round(len(records) / max(spent, 1e-9), 1)
    report(arguments.name, figures, right, accept=arguments.accept)
    for line in missed[: arguments.errors]:
        print(line)


def f1(counts: Counter[tuple[str, str]], figure: str) -> float:
    """Harmonic mean of precision and recall, per cent."""
    found, gold = counts[figure, "found"], counts[figure, "gold"]
    return round(200 * counts[figure, "right"] / max(1, found + gold), 1)


def numbers(text: str) -> list[int]:
    """For each code point the number of its word; -1 for white space."""
    of = [-1] * len(text)
    for number, match in enumerate(WORD.finditer(text)):
        of[match.start() : match.end()] = [number] * (match.end() - match.start())
    return of


def one_of(raw: dict[str, Any], text: str, of: list[int]) -> One:
    """An attribution with its roles as spans that only other words part, and as sets of word numbers."""
    roles = {role: tidy(raw.get(role) or (), text) for role in (*ROLES, "frame")}
    if not roles["frame"]:
        roles["frame"] = tidy([*roles["source"], *roles["cue"]], text)
    words = {
        role: frozenset(of[place] for start, end in spans for place in range(start, end) if of[place] >= 0)
        for role, spans in roles.items()
    }
    return One(str(raw.get("id")), roles, words, raw.get("parent"))


def tidy(raw: Any, text: str) -> Spans:  # noqa: ANN401 - JSON
    """Spans in order, trimmed; those that only white space parts made one."""
    result: list[Span] = []
    for span in sorted(Span(*one).trimmed(text) for one in raw):
        if result and not text[result[-1].end : span.start].strip():
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        elif span.length:
            result.append(span)
    return tuple(result)


def compare(
    record: dict[str, Any],
    statements: tuple[Statement, ...],
    counts: Counter[tuple[str, str]],
    right: set[str],
    missed: list[str],
    *,
    framed: bool,
    nested: bool,
) -> None:
    """Add one document's counts."""
    text = record["text"]
    of = numbers(text)
    gold = [one_of(raw, text, of) for raw in record["attributions"]]
    found = [
        one_of({"id": s.id, "source": s.source, "cue": s.cue, "content": s.content, "parent": s.within}, text, of)
        for s in statements
    ]
    for role in ("frame", "content") if framed else ROLES:
        add(counts, role, {s for o in gold for s in o.roles[role]}, {s for o in found for s in o.roles[role]})
    add(
        counts,
        "words",
        {bare(s, text) for o in gold for s in o.roles["content"]},
        {bare(s, text) for o in found for s in o.roles["content"]},
    )
    pairs = paired(gold, found)
    namer = "frame" if framed else "source"
    for figure in ("soft", "strict"):
        counts[figure, "gold"] += len(gold)
        counts[figure, "found"] += len(found)
    matched = set()
    for g, f, likeness in pairs:
        one, other = gold[g], found[f]
        touching = bool(one.words[namer] & other.words[namer]) or not (one.words[namer] or other.words[namer])
        if likeness >= HALF and touching:
            counts["soft", "right"] += 1
            matched.add(g)
            right.add(place(record["id"], one))
        counts["strict", "right"] += all(one.words[role] == other.words[role] for role in (namer, "cue", "content"))
    missed.extend(
        " | ".join(" ... ".join(s.of(text) for s in one.roles[role]) for role in (namer, "cue", "content"))
        for number, one in enumerate(gold)
        if number not in matched
    )
    if nested:
        count_links(gold, found, pairs, counts)


def count_links(
    gold: list[One], found: list[One], pairs: list[tuple[int, int, float]], counts: Counter[tuple[str, str]]
) -> None:
    """Links to the statement around, both ends paired."""
    partner = {found[f].name: gold[g].name for g, f, likeness in pairs if likeness >= HALF}
    links = {(one.name, str(one.parent)) for one in gold if one.parent is not None}
    given = [(one.name, one.parent) for one in found if one.parent is not None]
    counts["nested", "gold"] += len(links)
    counts["nested", "found"] += len(given)
    counts["nested", "right"] += sum((partner.get(one), partner.get(around)) in links for one, around in given)


def add(counts: Counter[tuple[str, str]], figure: str, gold: set[Span], found: set[Span]) -> None:
    """Add the counts of two sets of spans."""
    counts[figure, "right"] += len(gold & found)
    counts[figure, "found"] += len(found)
    counts[figure, "gold"] += len(gold)


def bare(span: Span, text: str) -> Span:
    """A span without quotation marks at its ends."""
    start, end = span
    while start < end and text[start] in MARKS:
        start += 1
    while end > start and text[end - 1] in MARKS:
        end -= 1
    return Span(start, end)


def paired(gold: list[One], found: list[One]) -> list[tuple[int, int, float]]:
    """Pairs of gold and found attributions with the likeness of their contents, best first, each used once."""
    candidates = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            common = len(one.words["content"] & other.words["content"])
            if common:
                candidates.append((-common / len(one.words["content"] | other.words["content"]), g, f))
    pairs: list[tuple[int, int, float]] = []
    taken: set[tuple[str, int]] = set()
    for unlikeness, g, f in sorted(candidates):
        if not {("gold", g), ("found", f)} & taken:
            taken |= {("gold", g), ("found", f)}
            pairs.append((g, f, -unlikeness))
    return pairs


def place(document: str, one: One) -> str:
    """The beginning of a hash of where a gold attribution stands."""
    return hashlib.sha256(f"{document}|{one.roles['cue']}|{one.roles['content']}".encode()).hexdigest()[:10]


def report(name: str, figures: dict[str, float], right: set[str], *, accept: bool) -> None:
    """Print the figures beside the last accepted ones, and how many attributions were gained and lost."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    before = kept.get(name, {"figures": {}, "right": []})
    for figure, value in figures.items():
        last = before["figures"].get(figure)
        print(f"{figure:20}{value:8.1f}" + ("" if last is None else f"   was {last:.1f}"))
    earlier = set(before["right"])
    print(f"{len(right)} found; gained {len(right - earlier)}, lost {len(earlier - right)}")
    if accept:
        kept[name] = {"figures": figures, "right": sorted(right)}
        KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
