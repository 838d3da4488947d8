"""What `quoth watch` wrote: its JSON Lines, as far as they can be read."""

import json
from collections.abc import Iterator
from pathlib import Path

MOST = 300  # entries that are shown, the last first
_FIELDS = ("kind", "grade", "words", "speaker", "found", "confidence", "reason")
_REPORT = ("id", "title", "publisher", "url")
_CHANGE = ("kind", "material", "reported", "original")
_TAIL = 4_000_000  # bytes of a file that are looked at


def watched(folder: Path) -> list[dict[str, object]]:
    """The last entries of a file, or of all JSON Lines files in a folder, the last first."""
    found: list[dict[str, object]] = []
    files = [folder] if folder.is_file() else sorted(folder.glob("*.jsonl"), key=lambda one: one.stat().st_mtime)
    for file in files:
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
                yield _known(record)


def _known(record: dict[str, object]) -> dict[str, object]:
    """What a page shows of a finding; None for what it does not have."""
    report = record.get("report")
    described = report if isinstance(report, dict) else {}
    changes = record.get("changes")
    return {
        **{name: record.get(name) for name in _FIELDS},
        "report": {name: described.get(name) for name in _REPORT},
        "changes": [
            {name: one.get(name) for name in _CHANGE}
            for one in (changes if isinstance(changes, list) else [])
            if isinstance(one, dict)
        ],
    }
