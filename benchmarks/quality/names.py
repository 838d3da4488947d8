"""F1 of whole names in running text.

    python benchmarks/quality/names.py [--data ../shared/data] [--network | --rules] [--errors]

UNER EWT dev is read document by document: the corpus's sentences are not given away. What counts is where the entities
of a document's record are named, of persons, places and organisations; with `--network`, what the recogniser by itself
says, one form of a text being one name, before rules join in. A name is right where both ends and the kind agree.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from quoth.doc.source_types import SourceKind, kind_of
from quoth.entities.ner_mentions import recognised
from quoth.models.loading import load_tools
from quoth.models.ports import RULES_ONLY, Tools
from quoth.pipeline.jobs import statements_of
from quoth.reading import read_text
from quoth.types import EntityType, Span

KINDS = {EntityType.PERSON: "PER", EntityType.PLACE: "LOC", EntityType.ORGANISATION: "ORG"}


def paragraphs(text: str) -> list[Span]:
    """Stretches between blank lines."""
    return [Span(*match.span()) for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]


def by_network(text: str, tools: Tools) -> set[tuple[int, int, str]]:
    """Names as the recogniser says."""
    if tools.recogniser is None:
        raise SystemExit("The recogniser's weights are not installed.")
    found = recognised(text, paragraphs(text), (), tools.recogniser, whole=True)
    return {(*name.span, KINDS[name.type]) for name in found}


def in_entities(text: str, tools: Tools) -> set[tuple[int, int, str]]:
    """Names as the entities of the document have them, without the pronouns that stand for a speaker."""
    _, entities = statements_of(read_text(text, "text"), tools)
    named = [entity for entity in entities if entity.named and entity.type in KINDS]
    return {
        (place.start, place.end, KINDS[entity.type])
        for entity in named
        for place in entity.mentions
        if (words := text[place.start : place.end]) == "US" or kind_of(words) is SourceKind.DESCRIBED
    }


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--errors", action="store_true", help="print what was missed and what was invented")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--network", action="store_true", help="the recogniser by itself")
    way.add_argument("--rules", action="store_true", help="without models")
    given = parser.parse_args()
    tools = RULES_ONLY if given.rules else load_tools()
    names_of = by_network if given.network else in_entities
    counts: Counter[tuple[str, str]] = Counter()
    for line in (given.data / "ner/dev.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        gold = {(start, end, kind) for start, end, kind in record["entities"]}
        said = names_of(text, tools)
        for group, names in (("gold", gold), ("said", said), ("both", gold & said)):
            for *_, kind in names:
                counts[group, kind] += 1
                counts[group, "all"] += 1
        if given.errors:
            for what, names in (("missed", gold - said), ("invented", said - gold)):
                for start, end, kind in sorted(names):
                    print(f"{what} {kind}: {text[start:end]!r}")
    for kind in ("PER", "LOC", "ORG", "all"):
        both, said_, gold_ = (counts[group, kind] for group in ("both", "said", "gold"))
        precision, recall, f1 = both / max(1, said_), both / gold_, 2 * both / (said_ + gold_)
        print(f"{kind}: precision {precision:.3f} recall {recall:.3f} f1 {f1:.4f}")


if __name__ == "__main__":
    main()
