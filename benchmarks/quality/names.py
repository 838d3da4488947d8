"""F1 of whole names, as they are found in running text: by the recogniser, one form of a text being one name.

    python benchmarks/quality/names.py --data ../shared/data

UNER EWT dev is scored document by document, paragraphs as blank lines part them: the corpus's sentences are not given
away. A name is right where both ends and the kind agree.
"""

import argparse
import json
import re
import time
from collections import Counter
from pathlib import Path

from quoth.encoder.base import vocabulary
from quoth.encoder.recogniser import OnnxRecogniser
from quoth.linking.recognising import agreed, recognised
from quoth.values import EntityType, Span

KINDS = {EntityType.PERSON: "PER", EntityType.PLACE: "LOC", EntityType.ORGANISATION: "ORG"}


def paragraphs(text: str) -> list[Span]:
    """Stretches between blank lines."""
    return [Span(*match.span()) for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--errors", action="store_true", help="print what was missed and what was invented")
    parser.add_argument("--whole", action="store_true", help="read every sentence, not only what is new in a text")
    given = parser.parse_args()
    recogniser = OnnxRecogniser(vocabulary())
    counts: Counter[tuple[str, str]] = Counter()
    words, began = 0, time.process_time()
    for line in (given.data / "ner/dev.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        words += len(text.split())
        gold = {(start, end, kind) for start, end, kind in record["entities"]}
        parts = paragraphs(text)
        if given.whole:
            found = agreed(text, recogniser.names(text, parts), parts)
        else:
            found = recognised(text, parts, recogniser)
        said = {(*name.span, KINDS[name.type]) for name in found}
        for group, names in (("gold", gold), ("said", said), ("both", gold & said)):
            for *_, kind in names:
                counts[group, kind] += 1
                counts[group, "all"] += 1
        if given.errors:
            for what, names in (("missed", gold - said), ("invented", said - gold)):
                for start, end, kind in sorted(names):
                    print(f"{what} {kind}: {text[start:end]!r}")
    spent = time.process_time() - began
    for kind in ("PER", "LOC", "ORG", "all"):
        both, said_, gold_ = (counts[group, kind] for group in ("both", "said", "gold"))
        precision, recall, f1 = both / max(1, said_), both / gold_, 2 * both / (said_ + gold_)
        print(f"{kind}: precision {precision:.3f} recall {recall:.3f} f1 {f1:.4f}")
    print(f"{words / spent / 400:.1f} documents of 400 words a second of processor time")


if __name__ == "__main__":
    main()
