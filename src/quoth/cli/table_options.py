"""The options by which `statements` and `trace` read many documents and write tables; `quoth.pipeline` does it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quoth.cli.console import StandardOutput, say
from quoth.types import UnusableArguments

if TYPE_CHECKING:
    from quoth.archive.archive import Archive
    from quoth.models.ports import Tools
    from quoth.reading.raw import Columns
    from quoth.types import Document
    from quoth.types.statement_rows import Row

DONE, SOME_FAILED, UNUSABLE = 0, 1, 2
Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--csv", "csv_file", metavar="FILE", help="Write a table, a row a statement; - is standard output."),
    click.option("--parquet", "parquet_file", metavar="FILE", help="The same as Parquet (extra `table`)."),
)
_COLUMNS = (
    click.option("--text-column", metavar="NAME", help='Where a table has its texts; "text" if not given.'),
    click.option("--id-column", metavar="NAME", help='Where a table has its ids; "id" if not given.'),
)


def table_options(command: Command) -> Command:
    """Give a command the options."""
    for option in reversed(_OPTIONS):
        command = option(column_options(command) if option is _OPTIONS[-1] else command)
    return command


def column_options(command: Command) -> Command:
    """Give a command the options that name the columns of tables."""
    for option in reversed(_COLUMNS):
        command = option(command)
    return command


def check_options(
    csv_file: str | None, parquet_file: str | None, columns: "Columns", jsonl: str | None, *, other: bool
) -> bool:
    """Whether a table is asked for.

    Args:
        csv_file: the value of `--csv`.
        parquet_file: the value of `--parquet`.
        columns: those that are named.
        jsonl: the value of `--jsonl`.
        other: whether `--json`, `--html` or another view of one report is given.

    Raises:
        UnusableArguments: the options do not go together.
    """
    asked = csv_file is not None or parquet_file is not None
    if parquet_file == "-":
        raise UnusableArguments("--parquet needs the name of a file; only --csv writes to standard output.")
    if (asked or jsonl) and other:
        raise UnusableArguments(
            "--json and --html, as all views, are for single files; leave them out beside --jsonl, --csv or --parquet."
        )
    if jsonl and not asked and (columns.text or columns.id):
        raise UnusableArguments(
            'The lines of --jsonl have their texts in "text" and their ids in "id"; leave out the columns.'
        )
    return asked


def write_tables(
    names: Sequence[str],
    columns: "Columns",
    csv_file: str | None,
    parquet_file: str | None,
    rows_of: "Callable[[Document], list[Row]]",
) -> int:
    """Read the inputs, write the tables; gives the exit status."""
    from quoth.pipeline.inputs import documents_in  # noqa: PLC0415  # each command loads what it needs
    from quoth.pipeline.tabulate import tabulate  # noqa: PLC0415
    from quoth.reports.labels import count_of  # noqa: PLC0415
    from quoth.reports.tables import tables  # noqa: PLC0415
    from quoth.types import UnusableInput  # noqa: PLC0415

    with tables(csv_file, parquet_file, names, StandardOutput()) as out:
        tally = tabulate(documents_in(names, columns), rows_of, out, say)
        if not tally.done:
            raise UnusableInput(f"There is nothing to examine in {', '.join(names)}.")
    files = " and ".join(name for name in (csv_file, parquet_file) if name not in {None, "-"})
    if files:
        say(f"{count_of(out.rows, 'statement')} of {count_of(tally.done, 'document')} are in {files}.")
    return SOME_FAILED if tally.failed else DONE


@contextmanager
def opened_sources(
    names: Sequence[str], archive: str | None, columns: "Columns | None" = None
) -> "Iterator[tuple[Archive | tuple[Document, ...], int]]":
    """What many reports are held against, and the exit status by now."""
    from quoth.pipeline.inputs import ids_for, sources_in  # noqa: PLC0415

    if archive is None:
        sources, failed = sources_in(names, ids_for(names), say, columns)
        yield tuple(sources), SOME_FAILED if failed else DONE
        return
    from quoth.archive.archive import Archive  # noqa: PLC0415

    with Archive.open(archive) as opened:
        if not opened.catch_up():
            say("Documents are being added; what is not in the index yet is not searched.")
        yield opened, DONE


def trace_many(
    report: str | None,
    jsonl: str | None,
    sources: Sequence[str],
    archive: str | None,
    *,
    jobs: int | None,
    rules: bool,
    table: "tuple[Columns, str | None, str | None] | None",
    tools: "Callable[[], Tools]",
) -> int:
    """Hold many reports against sources or an archive: a table of rows, or a record a line; gives the exit status."""
    from quoth.pipeline.inputs import check_names  # noqa: PLC0415

    names = [name for name in (report, jsonl) if name]
    check_names([*names, *sources])
    with opened_sources(sources, archive, table[0] if table else None) as (against, status):
        if table:
            from quoth.pipeline.tabulate import trace_rows  # noqa: PLC0415

            columns, csv_file, parquet_file = table
            return write_tables(names, columns, csv_file, parquet_file, trace_rows(against, tools())) or status
        given = against if isinstance(against, tuple) else str(archive)  # each process opens an archive by itself
    from quoth.cli.jsonl_commands import stream  # noqa: PLC0415

    return stream("trace", names[0], jobs=jobs, rules=rules, against=given) or status
