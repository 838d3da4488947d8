"""Whether any text makes attribution fall over, or gives a span that does not slice back.

    python benchmarks/quality/robust.py [--data ../shared/data] [--releases 5000] [--fuzzed 5000] [--rules] [--jobs 2]

Reads PolNeAR and GUM whole, the first releases of the archive, and texts made of theirs by accidents: characters lost,
doubled or swapped, marks of many scripts, control characters and halves of pairs put in, lines joined or cut, all in
capitals or in none. Each goes the whole way from text to statements and entities. Counts crashes, and spans that are
empty, stand outside their text, or begin or end with a space; prints what it was of the first few, without the text,
and every few hundred texts how far it is, so that a run that is broken off has said something. Fails if there is any.
"""

import argparse
import json
import lzma
import random
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import islice
from pathlib import Path

from quoth.models.loading import load_tools
from quoth.models.ports import Tools
from quoth.pipeline.jobs import statements_of
from quoth.reading import read_text
from quoth.types import Span, UnusableInput

#: What accidents put into a text.
ODD = list("“”„‟«»‹›‘’\"'`「」『』—–…()[]{}:;,.?!-\t\r\n\u00a0\u200b\u2028\ufeff\0\a\u0301éßİ部한ع😀🇫🇷\U0010ffff")
LONGEST = 6000
SHOWN = 10
REPORTED = 500  # texts after which to say how far it is


def main() -> None:
    """Read everything, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--releases", type=int, default=5000)
    parser.add_argument("--fuzzed", type=int, default=5000)
    parser.add_argument("--rules", action="store_true", help="without the trained models")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    work = ((name, text, given.rules) for name, text in texts(given))
    with ProcessPoolExecutor(given.jobs) as pool:
        for done, ((kind, *_), troubles) in enumerate(pool.map(check, work, chunksize=16), 1):
            counts[f"{kind}: texts"] += 1
            for trouble in troubles:
                counts[f"{kind}: {trouble.split(':')[0]}"] += 1
                counts["troubles"] += 1
                if counts["troubles"] <= SHOWN:
                    print(kind, trouble, flush=True)
            if done % REPORTED == 0:
                print(f"{done} texts, the last of {kind}, {counts['troubles']} troubles", file=sys.stderr, flush=True)
    for name, count in sorted(counts.items()):
        print(f"{name} {count}")
    sys.exit(counts["troubles"] > 0)


def texts(given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Where each text is from, and the text."""
    rng = random.Random(given.seed)
    kept: list[str] = []
    for name in ("polnear/train", "polnear/dev", "gum/attributions_train", "gum/attributions_dev"):
        for line in (given.data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            kept.append(json.loads(line)["text"])
            yield name.split("/")[0], kept[-1]
    with lzma.open(given.data / "archive/senate.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, given.releases):
            kept.append(json.loads(line)["text"])
            yield "releases", kept[-1]
    for _ in range(given.fuzzed):
        yield "fuzzed", fuzzed(rng.choice(kept), rng)


def fuzzed(text: str, rng: random.Random) -> str:
    """A part of a text after some accidents."""
    start = rng.randrange(len(text)) if rng.random() < 0.5 else 0
    characters = list(text[start : start + rng.randrange(1, LONGEST)])
    for _ in range(int(len(characters) * rng.choice((0.0, 0.002, 0.02, 0.2))) + 1):
        at = rng.randrange(len(characters))
        accident = rng.random()
        if accident < 0.3:
            characters[at] = ""
        elif accident < 0.5:
            characters[at] *= rng.choice((2, 2, 2, 50))
        elif accident < 0.6:
            other = rng.randrange(len(characters))
            characters[at], characters[other] = characters[other], characters[at]
        else:
            characters[at] += rng.choice(ODD)
    made = "".join(characters)
    draw = rng.random()
    if draw < 0.1:
        return made.upper()
    if draw < 0.2:
        return made.lower()
    if draw < 0.3:
        return made.replace("\n", " ")
    return made.replace(" ", "\n") if draw < 0.33 else made


@lru_cache(maxsize=2)
def tools(*, rules: bool) -> Tools:
    """The models of this process."""
    return load_tools(models=not rules)


def check(item: tuple[str, str, bool]) -> tuple[tuple[str, str, bool], list[str]]:
    """What goes wrong with a text."""
    _, text, rules = item
    try:
        document = read_text(text, "text")
        statements, entities = statements_of(document, tools(rules=rules))
    except UnusableInput:  # said in one sentence: nothing to read
        return item, []
    except Exception as error:  # whatever it is, it is counted
        last = traceback.extract_tb(error.__traceback__)[-1]
        return item, [f"crash: {type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"]
    spans: list[tuple[str, Span]] = []
    for one in statements:
        spans += [(role, span) for role in ("content", "cue", "source") for span in getattr(one, role)]
    spans += [("mention", mention.span) for entity in entities for mention in entity.mentions]
    return item, [f"span: {role} {tuple(span)}" for role, span in spans if not slices(span, document.text)]


def slices(span: Span, text: str) -> bool:
    """Whether a span is a stretch of its text that neither begins nor ends with a space."""
    cut = span.of(text)
    return 0 <= span.start < span.end <= len(text) and cut == cut.strip()


if __name__ == "__main__":
    main()
