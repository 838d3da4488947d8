"""Tables of texts (CSV, TSV, Parquet), told by their content or their name, a record a row, in bounded memory."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import BinaryIO

from quoth.reading.plain import given_date, read_text
from quoth.types import DESCRIBED, Document, MissingPart, UnusableInput

TEXT_COLUMN, ID_COLUMN = "text", "id"  # unless others are named
HEAD = 65_536  # bytes that are looked at
LONGEST_CELL = 12_000_000  # code points, as of a text
ROWS_AT_ONCE = 64  # of a Parquet file
_PARQUET = b"PAR1"
_NINJS = re.compile(r'"uri"\s*:\s*"')  # of news agencies, which `quoth.reading.formats.articles` reads
_RECORDS = re.compile(r'\s*\{\s*"')
_DELIMITERS = ",;\t|"
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")

Record = dict[str, object]


class TableKind(StrEnum):
    """How a table is written."""

    CSV = "CSV"
    JSONL = "JSON Lines"
    PARQUET = "Parquet"


_ENDINGS = {
    ".csv": TableKind.CSV,
    ".tsv": TableKind.CSV,
    ".jsonl": TableKind.JSONL,
    ".ndjson": TableKind.JSONL,
    ".parquet": TableKind.PARQUET,
}


def table_kind(head: bytes, name: str, text_column: str | None = None) -> TableKind | None:
    """How a file is written if it is a table of texts; None where it is to be read as one text.

    Args:
        head: its first `HEAD` bytes.
        name: its name; the ending tells where the content leaves it open.
        text_column: the column that holds the texts, if the user named one.

    Returns:
        Parquet by its signature, JSON Lines by an object in the first line, CSV by a first line that names the column
        of the texts beside another one; else what the name's ending says.
    """
    if head.startswith(_PARQUET):
        return TableKind.PARQUET
    named = _ENDINGS.get(re.sub(r".*(?=\.)", "", name.lower()))
    if named is TableKind.PARQUET:
        return None  # it is none, whatever it is called
    line = re.split(r"\r|\n", head.decode("utf-8-sig", "replace").lstrip(), maxsplit=1)[0]
    if _RECORDS.match(line) and line.rstrip().endswith("}"):
        agencys = _NINJS.search(line) and f'"{text_column or TEXT_COLUMN}"' not in line
        return None if agencys else TableKind.JSONL
    columns = _columns(line)
    if len(columns) > 1 and (text_column or TEXT_COLUMN) in columns:
        return TableKind.CSV
    return named


def _delimiter(line: str) -> str:
    """What parts the cells of a first line: of the usual marks, that which stands there most often."""
    return max(_DELIMITERS, key=line.count)


def _columns(line: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=_delimiter(line)), [])
    except csv.Error:
        return []


def csv_rows(
    file: BinaryIO, name: str, text_column: str | None, id_column: str | None
) -> Iterator[Record | UnusableInput]:
    """The rows of a CSV table as `{"id", "text"}`.

    Args:
        file: the table, in UTF-8, with a first line that names the columns; parted by commas, semicolons, tabs or bars.
        name: what it is called in messages.
        text_column: the column of the texts; "text" if None.
        id_column: the column of the ids; if None "id", and numbers of the rows where there is no such column.

    Yields:
        A record for each row; what is wrong with a row that is none.

    Raises:
        UnusableInput: it is not UTF-8, has no such column, or breaks off within a cell.
    """
    csv.field_size_limit(LONGEST_CELL)
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        first = lines.readline()
        columns = next(csv.reader([first], delimiter=_delimiter(first)), [])
        text, key = _chosen(columns, name, text_column, id_column)
        for number, row in enumerate(csv.reader(lines, delimiter=_delimiter(first), strict=True), 1):
            if not row:
                continue
            if len(row) != len(columns):
                yield UnusableInput(
                    f"{name}, row {number}: it has {len(row)} cells and the table {len(columns)} columns."
                )
                continue
            cells = dict(zip(columns, row, strict=True))
            known = {one: cells[one] for one in DESCRIBED if cells.get(one) and one not in {text, key}}
            yield {"id": cells[key] if key else f"{name}:{number}", "text": cells[text], **known}
    except UnicodeDecodeError as error:
        raise UnusableInput(f"{name}: the table is not UTF-8; convert it to UTF-8 first.") from error
    except csv.Error as error:
        raise UnusableInput(f"{name}: the table cannot be read further ({error}).") from error
    finally:
        lines.detach()


def parquet_rows(
    file: BinaryIO, name: str, text_column: str | None, id_column: str | None
) -> Iterator[Record | UnusableInput]:
    """The rows of a Parquet table as `{"id", "text"}`; see `csv_rows`.

    Raises:
        MissingPart: pyarrow is not installed.
        UnusableInput: it is damaged, or has no such column.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra, and slow to import
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise MissingPart(f"{name}: reading Parquet needs pyarrow; `pip install quoth[table]` brings it.") from error
    try:
        table = parquet.ParquetFile(file)
        text, key = _chosen(table.schema_arrow.names, name, text_column, id_column)
        told = [one for one in DESCRIBED if one in table.schema_arrow.names and one not in {text, key}]
        wanted = [text, key, *told] if key else [text, *told]
        number = 0
        for batch in table.iter_batches(ROWS_AT_ONCE, columns=wanted):
            for cells in batch.to_pylist():
                number += 1
                known = {one: cells[one] for one in told if cells[one] is not None}
                yield {"id": cells[key] if key else f"{name}:{number}", "text": cells[text], **known}
    except (pa.ArrowException, OSError, ValueError) as error:  # a ValueError: of text that is no UTF-8
        reason = " ".join(str(error).split())
        raise UnusableInput(f"{name}: the Parquet file cannot be read ({reason}).") from error


def columns_of(record: Mapping[str, object], text_column: str | None, id_column: str | None) -> Record:
    """A record of JSON Lines with its text and its id under the names that all records have."""
    found = dict(record)
    for name, column in ((TEXT_COLUMN, text_column), (ID_COLUMN, id_column)):
        if column and column != name:
            found.pop(name, None)
            if column in record:
                found[name] = record[column]
    return found


def record_document(record: Mapping[str, object], id: str) -> Document:  # noqa: A002  the document's own word
    """The document that a record describes: its text, unchanged, and what else it tells.

    Args:
        record: `{"text"}` and any of `DESCRIBED`.
        id: the document's id.

    Raises:
        UnusableInput: it has no text, or one of these is of another kind than it should be.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise UnusableInput("there is no text in it." if text is None else "its text is no string.")
    if _LONE_SURROGATE.search(text):
        raise UnusableInput("its text holds half of a surrogate pair, which is no text.")
    return described(read_text(text, id), record)


def described(document: Document, record: Mapping[str, object]) -> Document:
    """A document with what a record tells about it; what the record leaves open stays as it was read.

    Raises:
        UnusableInput: one of `DESCRIBED` is neither a text nor a date.
    """
    known: dict[str, str] = {}
    for name in DESCRIBED:
        value = record.get(name)
        if isinstance(value, date):  # of Parquet; times are dates, too
            value = value.isoformat()
        if value is not None and not isinstance(value, str):
            raise UnusableInput(f'"{name}" must be a string.')
        if value and _LONE_SURROGATE.search(value):
            raise UnusableInput(f'"{name}" holds half of a surrogate pair, which is no text.')
        if value and value.strip():
            known[name] = value.strip()
    if "published" in known:
        known["published"] = given_date(known["published"]) or document.published or ""
    return replace(document, **{name: value for name, value in known.items() if value})  # type: ignore[arg-type]


def _chosen(columns: list[str], name: str, text_column: str | None, id_column: str | None) -> tuple[str, str | None]:
    """The columns of the texts and of the ids; None for ids that no column has."""
    listed = ", ".join(columns) or "none"
    text = text_column or TEXT_COLUMN
    if text not in columns:
        asked = "there is no" if text_column else "name the column of the texts with --text-column; there is no"
        raise UnusableInput(f"{name}: {asked} column {text!r} among {listed}.")
    if id_column and id_column not in columns:
        raise UnusableInput(f"{name}: there is no column {id_column!r} among {listed}.")
    return text, id_column or (ID_COLUMN if ID_COLUMN in columns else None)
