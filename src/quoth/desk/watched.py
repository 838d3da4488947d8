"""What `quoth watch` wrote: its JSON Lines, as far as they can be read."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from quoth.reports.points import readable
from quoth.types import Span

MOST = 300  # entries that are shown, the last first
_FIELDS = ("finding", "kind", "grade", "words", "words_now", "speaker", "found", "confidence", "reason", "start")
_REPORT = ("id", "title", "publisher", "published", "url", "sha256")
_POINT = ("kind", "reported", "original", "reported_value", "original_value")
_PASSAGE = ("source", "words")
_TAIL = 4_000_000  # bytes of a file that are looked at

Entry = dict[str, object]


def watched(folder: Path) -> list[Entry]:
    """The last entries of a file, or of all JSON Lines files in a folder, the last first."""
    found: list[Entry] = []
    files = [folder] if folder.is_file() else sorted(folder.glob("*.jsonl"), key=lambda one: one.stat().st_mtime)
    for file in files:
        found += _entries(file)
    return found[-MOST:][::-1]


def _entries(file: Path) -> Iterator[Entry]:
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


def _known(record: Mapping[str, object]) -> Entry:
    """What a page shows of a finding; None for what it does not have."""
    report, earlier = record.get("report"), record.get("earlier")
    described = report if isinstance(report, dict) else {}
    passages = [_only(one, _PASSAGE) for one in _records(record.get("passages"))]
    sources = {str(one.get("id")): _only(one, _REPORT) for one in _records(record.get("sources"))}
    return {
        **_only(record, _FIELDS),
        "report": _only(described, _REPORT),
        "earlier": str(earlier.get("finding") or "") if isinstance(earlier, dict) else "",
        "passages": [{**one, "document": sources.get(str(one["source"]))} for one in passages],
        "points": _points(record, [str(one["words"] or "") for one in passages]),
    }


def _records(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _only(record: Mapping[str, object], names: Sequence[str]) -> Entry:
    return {name: record.get(name) for name in names}


def _points(record: Mapping[str, object], passages: Sequence[str]) -> list[Entry]:
    """What differs, in words; of what an earlier Quoth wrote, from the words of each change and what is around them."""
    if "points" in record:
        return [_only(one, _POINT) for one in _records(record["points"])]
    words, source = str(record.get("words") or ""), " … ".join(passages)
    found = []
    for change in _records(record.get("changes")):
        reported, original = (str(change.get(side) or "") for side in ("reported", "original"))
        if not change.get("material"):
            continue
        if not original and (at := _only_place(reported, words)):
            reported, original = readable(words, at, Span(0, len(words)), source, Span(0, len(source)))
        elif not reported and (at := _only_place(original, source)):
            original, reported = readable(source, at, Span(0, len(source)), words, Span(0, len(words)))
        told = {"kind": change.get("kind"), "reported": reported or None, "original": original or None}
        found.append({**dict.fromkeys(_POINT), **told})
    return found


def _only_place(words: str, text: str) -> Span | None:
    """Where words stand in a text; None where they stand nowhere in it, or in several places."""
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)] if words else []
    return Span(*found[0]) if len(found) == 1 else None
