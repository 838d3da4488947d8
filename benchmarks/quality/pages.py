"""Read saved pages of the web, by Quoth and by trafilatura alone, for the scorer beside the corpus.

    python benchmarks/quality/pages.py PAGES OUT

PAGES holds gold.jsonl and pages.tar.xz; the answers are OUT/quoth.jsonl and OUT/alone.jsonl.
Says how many pages each reads in a second of processor time; they take turns, so that a busy machine slows both.
"""

import json
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from quoth.reading import read
from quoth.reading.silently import trafilatura
from quoth.types import BODY_KINDS, BlockKind, UnusableInput

#: The article's own text; what stands above it is scored by itself.
BODY = (BODY_KINDS - {BlockKind.TITLE, BlockKind.SUBTITLE}) | {BlockKind.TABLE}
TURN = 20  # pages


def by_quoth(data: bytes, name: str) -> dict[str, str]:
    """A page as the scorer wants it; nothing of one that is refused."""
    try:
        document = read(data, name)
    except UnusableInput:
        return {}
    body = [document.words(block.span) for block in document.blocks if block.kind in BODY]
    return {"text": "\n".join(body), "title": document.title or "", "published": document.published or ""}


def alone(data: bytes, name: str) -> dict[str, str]:
    """The same by the library."""
    found = trafilatura().bare_extraction(data, include_comments=False, with_metadata=True)
    return (
        {} if found is None else {"text": found.text or "", "title": found.title or "", "published": found.date or ""}
    )


def main() -> None:
    """Read all pages twice."""
    folder, out = (Path(name) for name in sys.argv[1:])
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    readers: dict[str, Callable[[bytes, str], dict[str, str]]] = {"quoth": by_quoth, "alone": alone}
    seconds = dict.fromkeys(readers, 0.0)
    answers: dict[str, list[str]] = {name: [] for name in readers}
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as pages, tarfile.open(folder / "pages.tar.xz") as packed:
        packed.extractall(pages, filter="data")
        texts = [(page["id"], (Path(pages) / page["file"]).read_bytes(), page["file"]) for page in gold]
    for reader in readers.values():
        reader(*texts[0][1:])  # what is loaded once is no part of it
    for start in range(0, len(texts), TURN):
        for name, reader in readers.items():
            began = process_time()
            found = [{"id": id_, **reader(data, file)} for id_, data, file in texts[start : start + TURN]]
            seconds[name] += process_time() - began
            answers[name] += [json.dumps(answer, ensure_ascii=False) for answer in found]
    for name, lines in answers.items():
        (out / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{name}: {len(texts) / seconds[name]:.1f} pages a second of processor time")


if __name__ == "__main__":
    main()
