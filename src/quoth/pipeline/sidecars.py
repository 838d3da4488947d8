"""What is said of files beside them: `publication.csv` in their folder, `FILE.meta.json` beside each."""

import csv
import io
import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from quoth.types import DESCRIBED, UnusableInput

TABLE, ENDING = "publication.csv", ".meta.json"
_FILE = "file"  # the column of names
_MOST_BYTES = 16 * 1024 * 1024


def is_sidecar(name: str) -> bool:
    """Whether a file only says something of others."""
    return Path(name).name == TABLE or name.endswith(ENDING)


def publication_of(name: str) -> Mapping[str, object]:
    """What is said of a file beside it: any of `DESCRIBED`; nothing of what is no file.

    Raises:
        UnusableInput: what stands beside it cannot be read.
    """
    if name == "-" or "://" in name:
        return {}
    path = Path(name)
    known: dict[str, object] = {}
    table = _stamped(path.parent / TABLE)
    for pattern, said in _lines(*table) if table else ():
        if pattern == path.name or fnmatchcase(path.name, pattern):
            known = {**said, **known}  # the first that says it
    own = path.with_name(f"{path.name}{ENDING}")
    if _stamped(own):
        known |= _fields(own)
    return known


def _stamped(path: Path) -> tuple[str, int] | None:
    """A file by its name and the time of its last change; None where there is none."""
    try:
        return (str(path), path.stat().st_mtime_ns) if path.is_file() else None
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=64)
def _lines(name: str, _: int) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """The lines of a table: which files, and what it says of them."""
    rows = csv.DictReader(io.StringIO(_text(name)), strict=True)
    try:
        columns = rows.fieldnames or ()
        if _FILE not in columns:
            raise UnusableInput(f"{name}: there is no column {_FILE!r} among {', '.join(columns) or 'none'}.")
        return tuple(
            (str(row[_FILE]).strip(), {one: row[one] for one in DESCRIBED if (row.get(one) or "").strip()})
            for row in rows
            if row[_FILE]
        )
    except csv.Error as error:
        raise UnusableInput(f"{name}: the table cannot be read ({error}).") from error


def _fields(path: Path) -> dict[str, object]:
    try:
        found = json.loads(_text(str(path)))
    except (ValueError, RecursionError) as error:
        raise UnusableInput(f"{path}: it is not JSON.") from error
    if not isinstance(found, dict):
        raise UnusableInput(f"{path}: it is JSON, but no object.")
    return {name: found[name] for name in DESCRIBED if found.get(name) not in {None, ""}}


def _text(name: str) -> str:
    try:
        with Path(name).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise UnusableInput(f"{name}: larger than {_MOST_BYTES // 1024 // 1024} MiB.")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UnusableInput(f"{name}: it cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UnusableInput(f"{name}: it is not UTF-8.") from error
