"""Articles as records: JSON, JSON Lines, CSV, Parquet; and ninjs, the JSON of news agencies.

A record is `{"id", "text"}` and, optionally, `title`, `publisher`, `published`, `url`, `language`; `--text-column` and
`--id-column` name other fields. In JSON it may stand alone, in a list, or in a list that a field of the whole holds.
"""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from itertools import chain
from typing import Any

from quoth.reading.formats.markup import fragment
from quoth.reading.formats.parsing import parsed
from quoth.reading.raw import Found, Raw, check_size
from quoth.reading.table_inputs import (
    HEAD,
    Record,
    TableKind,
    columns_of,
    csv_rows,
    parquet_rows,
    record_document,
    table_kind,
)
from quoth.types import Document, UnusableInput

_NINJS_BODIES = ("body_text", "body_xhtml", "body_html", "bodies")
_UNTIL = 20  # records of a list that are looked at for a text


def read(raw: Raw) -> Iterator[Found]:
    """Each record as a document; one that stands alone is the document.

    Raises:
        UnusableInput: it is damaged, or has no column or field of texts.
        MissingPart: it is Parquet, and pyarrow is not installed.
    """
    kind = table_kind(raw.data[:HEAD], raw.name, raw.columns.text)
    if kind is TableKind.PARQUET:
        yield from _rows(raw, iter(_parquet(raw)))
    elif raw.data.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:1] in {b"{", b"["} or raw.data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        yield from _json(raw)
    else:
        yield from _rows(raw, csv_rows(io.BytesIO(_utf8(raw)), raw.name, raw.columns.text, raw.columns.id))


def _parquet(raw: Raw) -> list[Record | UnusableInput]:
    """The rows of a Parquet table, read in the confined process."""
    if find_spec("pyarrow") is None:
        next(parquet_rows(io.BytesIO(), raw.name, None, None))  # which says what to install
    asked = json.dumps([raw.name, raw.columns.text, raw.columns.id]).encode() + b"\n"
    found = parsed(f"{__name__}:parquet_records", replace(raw, data=asked + raw.data), "a table")
    return list(found["rows"])


def parquet_records(data: bytes) -> dict[str, object]:
    """The rows of a Parquet table behind a line that names it and its columns; called in the confined process alone.

    Raises:
        ValueError: it is damaged, or has no such column.
    """
    asked, _, table = data.partition(b"\n")
    name, text, id_ = json.loads(asked)
    try:
        rows = [dict(row) for row in parquet_rows(io.BytesIO(table), name, text, id_) if isinstance(row, dict)]
    except UnusableInput as error:
        raise ValueError(str(error).removeprefix(f"{name}: ").rstrip(".")) from error
    dated = {"published": lambda value: value.isoformat() if isinstance(value, date) else value}
    return {"rows": [{key: dated.get(key, _as_is)(value) for key, value in row.items()} for row in rows]}


def _as_is(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def _utf8(raw: Raw) -> bytes:
    try:
        raw.data.decode("utf-8")
    except UnicodeDecodeError:
        return raw.text()[0].encode("utf-8", "replace")
    return raw.data


def _rows(raw: Raw, rows: Iterator[Record | UnusableInput]) -> Iterator[Found]:
    try:
        first = next(rows, None)
    except UnusableInput as error:
        what = str(error).removeprefix(f"{raw.name}: ")
        raise UnusableInput(f"{raw.name}: this is a table; {what}") from error
    for number, row in enumerate(chain(() if first is None else (first,), rows), 1):
        if isinstance(row, UnusableInput):
            yield row
            continue
        given = row["id"] if row["id"] != f"{raw.name}:{number}" else number  # which they get that have none
        yield _checked(row, raw, number, f"{raw.id}/{given}")


def _checked(record: Record, raw: Raw, number: int, id_: str) -> Document | UnusableInput:
    """A record's document, or what is wrong with it."""
    try:
        check_size(len(str(record.get("text", ""))), f"{raw.name}, row {number}")
        return record_document(record, id_)
    except UnusableInput as error:
        return UnusableInput(f"{raw.name}, row {number}: {error}")


# --- JSON -------------------------------------------------------------------------------------------------------------


def _json(raw: Raw) -> Iterator[Found]:
    text = raw.data.decode("utf-8-sig") if _is_utf8(raw.data) else raw.text()[0]
    try:
        whole = [json.loads(text, parse_int=_number)]
        records = _records(whole[0], raw)
    except (ValueError, RecursionError) as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].rstrip().endswith("}"):  # noqa: PLR2004  one line is no list of records
            raise UnusableInput(f"{raw.name}: this is JSON, and damaged ({_why(error)}).") from error
        yield from _lines(lines, raw)
        return
    if records is None:
        raise UnusableInput(
            f"{raw.name}: this is JSON without a text in it; name the field of its texts with --text-column, or save"
            " the text as plain text in UTF-8."
        )
    alone = isinstance(whole[0], dict) and len(records) == 1 and records[0] is whole[0]
    for number, record in enumerate(records, 1):
        yield _article(record, raw, number, alone=alone)


def _lines(lines: list[str], raw: Raw) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line, parse_int=_number)
        except (ValueError, RecursionError) as error:
            yield UnusableInput(f"{raw.name}, line {number}: it is not JSON ({_why(error)}).")
        else:
            yield _article(record, raw, number, alone=False)


def _records(whole: object, raw: Raw) -> list[Any] | None:
    """The records in some JSON: itself, a list, or the longest list of records that one of its fields holds."""
    if isinstance(whole, list):
        return whole if any(_has_text(one, raw) for one in whole[:_UNTIL]) else None
    if not isinstance(whole, dict):
        return None
    if _has_text(whole, raw):
        return [whole]
    lists = [one for one in whole.values() if isinstance(one, list) and any(_has_text(record, raw) for record in one)]
    return max(lists, key=len, default=None)


def _has_text(record: object, raw: Raw) -> bool:
    if not isinstance(record, dict):
        return False
    return isinstance(record.get(raw.columns.text or "text"), str) or _is_ninjs(record)


def _article(record: object, raw: Raw, number: int, *, alone: bool) -> Found:
    if not isinstance(record, dict):
        return UnusableInput(f"{raw.name}, row {number}: it is JSON, but no object.")
    try:
        if raw.columns.text is None and "text" not in record and _is_ninjs(record):
            return _ninjs(record, raw.id if alone else f"{raw.id}/{record.get('uri') or number}")
        found = columns_of(record, raw.columns.text, raw.columns.id)
        given = found.get("id")
        id_ = str(given) if isinstance(given, (str, int)) and given != "" else str(number)
        return _checked(found, raw, number, raw.id if alone else f"{raw.id}/{id_}")
    except UnusableInput as error:
        return UnusableInput(f"{raw.name}, row {number}: {error}")


def _number(digits: str) -> int | str:
    """A whole number; of thousands of digits its digits."""
    return int(digits) if len(digits) < 100 else digits  # noqa: PLR2004  no id is so long


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data[:4]


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at {error.pos}"
    return "no record would hold it"


# --- ninjs ------------------------------------------------------------------------------------------------------------


def _is_ninjs(record: Mapping[str, Any]) -> bool:
    """Whether a record is an article of ninjs, 1 to 3."""
    return isinstance(record.get("uri"), str) and any(record.get(name) for name in _NINJS_BODIES)


def _ninjs(record: Mapping[str, Any], id_: str) -> Document:
    """An article of ninjs, which has its text as plain words, as HTML, or both; the plain words are taken."""
    said: dict[str, object] = {
        "title": _first(record.get("headline"), record.get("headlines"), record.get("title")),
        "publisher": _first(record.get("infosources"), record.get("copyrightholder"), record.get("creditline")),
        "published": _first(record.get("versioncreated"), record.get("versionCreated"), record.get("firstcreated")),
        "url": next((one for one in (record.get("canonicalurl"), record["uri"]) if _is_address(one)), None),
    }
    bodies = record.get("bodies")
    typed = [one for one in bodies if isinstance(one, dict)] if isinstance(bodies, list) else []
    plain = record.get("body_text") or _body(typed, "text/plain")
    marked = record.get("body_xhtml") or record.get("body_html") or _body(typed, "html")
    if isinstance(marked, str) and (not isinstance(plain, str) or not plain.strip()):
        known = record_document({"text": "x", **said}, id_)
        return fragment(
            marked, id_, title=known.title, publisher=known.publisher, published=known.published, url=known.url
        )
    return record_document({"text": plain, **said}, id_)


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _body(bodies: list[dict[str, Any]], kind: str) -> object:
    """The value of the body whose content type says so."""
    types = ("contentType", "contenttype")
    return next((one.get("value") for one in bodies if any(kind in str(one.get(name, "")) for name in types)), None)


def _first(*values: object) -> str | None:
    """The first of some values that says something: a text, or the first entry of a list that has one."""
    for value in values:
        if isinstance(value, str) and value.strip():
            return value
        for one in value if isinstance(value, list) else ():
            if isinstance(one, dict) and (found := _first(one.get("value"), one.get("name"), one.get("literal"))):
                return found
    return None
