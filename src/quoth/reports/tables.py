"""Rows of statements to CSV and Parquet, written as they come; a file is the whole table or what it was before."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from quoth.reports.outputs import whole
from quoth.types import MissingPart
from quoth.types.statement_rows import COLUMNS, Row

if TYPE_CHECKING:
    import pyarrow as pa

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a cell begins with that a spreadsheet may run
ROWS_IN_GROUP = 5_000  # of a Parquet file
_FIRST_COLUMNS = 13  # of the first tables
_HEADER_BYTES = 4_096  # more than the names of our columns take


class Sink(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> object:
        """Add bytes."""
        ...

    def flush(self) -> object:
        """Let go of what is held back."""
        ...


class Table(Protocol):
    """Takes the rows of one document after the other."""

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows, each with all of `COLUMNS`."""
        ...

    def close(self) -> None:
        """Write what is left."""
        ...


class CsvTable:
    """CSV by RFC 4180 in UTF-8 without a byte order mark, the names of the columns first.

    The words come from strangers, and spreadsheets run a cell that begins with `=`, `+`, `-` or `@`, so such a cell
    gets an apostrophe in front. Parquet and `to_rows` have the words as they are.
    """

    def __init__(self, file: Sink) -> None:
        self._file = file
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow(COLUMNS)

    def write(self, rows: Sequence[Row]) -> None:
        """See `Table.write`; what is written can be read by others at once."""
        self._writer.writerows([_cell(row[name]) for name in COLUMNS] for row in rows)
        self._file.write(self._text.getvalue().encode("utf-8", "backslashreplace"))
        self._file.flush()
        self._text.seek(0)
        self._text.truncate()

    def close(self) -> None:
        """See `Table.close`."""
        self.write(())


def _cell(value: str | float | None) -> str | float | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


class ParquetTable:
    """Parquet, a row group for every `ROWS_IN_GROUP` rows."""

    def __init__(self, file: BinaryIO) -> None:
        from pyarrow import parquet  # noqa: PLC0415  # an extra, and slow to import

        self._schema = _schema()
        self._writer = parquet.ParquetWriter(file, self._schema)
        self._rows: list[Row] = []

    def write(self, rows: Sequence[Row]) -> None:
        """See `Table.write`."""
        self._rows.extend(rows)
        if len(self._rows) >= ROWS_IN_GROUP:
            self._flush()

    def close(self) -> None:
        """See `Table.close`."""
        if self._rows:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa  # noqa: PLC0415

        self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []


def _schema() -> "pa.Schema":
    import pyarrow as pa  # noqa: PLC0415

    types = {str: pa.string(), float: pa.float64(), int: pa.int64(), bool: pa.bool_()}
    return pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])


def check_parquet() -> None:
    """Refuse, before any work, to write Parquet where it cannot be written.

    Raises:
        MissingPart: pyarrow is not installed.
    """
    try:
        from pyarrow import parquet  # noqa: F401, PLC0415
    except ImportError as error:
        raise MissingPart("Writing Parquet needs pyarrow; `pip install quoth[table]` brings it.") from error


class Tables:
    """The tables that a command writes, and how many rows each has by now."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self.rows = 0

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows to all of them."""
        self.rows += len(rows)
        for table in self._tables:
            table.write(rows)


@contextmanager
def tables(csv_file: str | None, parquet_file: str | None, inputs: Iterable[str], stdout: Sink) -> Iterator[Tables]:
    """The tables that are asked for; files are there, whole, once the block is left without an exception.

    Args:
        csv_file: a file, or `-` for standard output; None for no CSV.
        parquet_file: a file; None for no Parquet.
        inputs: names of files that are read, and so may not be written over.
        stdout: standard output.

    Raises:
        MissingPart: pyarrow is not installed.
        UnusableArguments: a file may not be written: it is an input or inside of one, or there and no table of ours.
        OutputFailed: a file, or standard output, cannot be written.
    """
    if parquet_file is not None:
        check_parquet()
    names = list(inputs)
    with ExitStack() as stack:
        open_tables: list[Table] = []
        if csv_file == "-":
            open_tables.append(CsvTable(stdout))
        elif csv_file is not None:
            open_tables.append(CsvTable(stack.enter_context(whole("--csv", csv_file, names, _is_csv))))
        if parquet_file is not None:
            file = stack.enter_context(whole("--parquet", parquet_file, names, _is_parquet))
            open_tables.append(ParquetTable(file))
        yield Tables(open_tables)
        for table in open_tables:
            table.close()


def _are_ours(names: Sequence[str]) -> bool:
    """Whether a table has our columns; those of an earlier version end sooner."""
    return len(names) >= _FIRST_COLUMNS and [*names] == [*COLUMNS][: len(names)]


def _is_csv(path: Path) -> bool:
    with path.open("rb") as file:
        return _are_ours(file.readline(_HEADER_BYTES).decode("utf-8", "replace").strip().split(","))


def _is_parquet(path: Path) -> bool:
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    try:
        return _are_ours(parquet.read_schema(path).names)
    except (pa.ArrowException, OSError):
        return False
