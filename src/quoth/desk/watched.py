"""What `quoth watch` wrote: its JSON Lines, as far as they can be read."""

import json
from collections.abc import Iterator
from pathlib import Path

MOST = 300  # entries that are shown, the last first
_TAIL = 4_000_000  # bytes of a file that are looked at


def watched(folder: Path) -> list[dict[str, object]]:
    """The last entries of all JSON Lines files in a folder, the last first."""
    found: list[dict[str, object]] = []
    for file in sorted(folder.glob("*.jsonl"), key=lambda one: one.stat().st_mtime):
        found += _entries(file)
    return found[-MOST:][::-1]


def _entries(file: Path) -> Iterator[dict[str, object]]:
    with file.open("rb") as opened:
        opened.seek(0, 2)
        opened.seek(max(0, opened.tell() - _TAIL))
        for line in opened.read().splitlines()[-MOST:]:
            try:
                record = json.loads(line)
            except ValueError:  # cut at the beginning, or just being written
                continue
            if isinstance(record, dict):
                yield record
