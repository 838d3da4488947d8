"""Collects names that the shipped recogniser is sure of, to put in the place of others while learning.

    PYTHONPATH=src python -m training.recogniser.harvest build/names.json --data ../shared/data

It reads 700 press releases and 250 articles, and keeps each name of which it was sure (.9) at least once.
"""

import argparse
import json
from pathlib import Path

from quoth.models.loading import load_tools
from quoth.models.ner import KINDS as TYPES
from training.recogniser.data import KINDS
from training.tagger.corpus import paragraphs_of, read_records, read_releases

RELEASES, ARTICLES = 700, 250
SURE = 0.9


def harvested(texts: list[str]) -> dict[str, list[str]]:
    """The names of each kind that the recogniser is sure of."""
    recogniser = load_tools().recogniser
    if recogniser is None:
        raise SystemExit("The recogniser's weights are not installed.")
    short = dict(zip(TYPES, KINDS, strict=True))
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for text in texts:
        for name in recogniser.names(text, paragraphs_of(text)):
            if name.confidence >= SURE:
                found[short[name.type]].add(name.span.of(text))
    return {kind: sorted(names) for kind, names in found.items()}


def main() -> None:
    """Writes the names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    options = parser.parse_args()
    texts = read_releases(options.data / "archive" / "senate.jsonl.xz", RELEASES)
    texts += [record["text"] for record in read_records(options.data / "polnear" / "train.jsonl")[:ARTICLES]]
    found = harvested(texts)
    options.out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    print(", ".join(f"{len(names)} {kind}" for kind, names in found.items()))


if __name__ == "__main__":
    main()
