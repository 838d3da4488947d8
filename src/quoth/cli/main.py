"""The command line: arguments in, one call, a result out; nothing is ever a traceback.

Exit 0: done. 1: done for some inputs, the others are named. 2: unusable arguments or input. 130: interrupted.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from quoth import __version__
from quoth.cli.console import complain, flush, hush, put_records, say
from quoth.cli.progress import telling
from quoth.cli.table_options import check_options, table_options, trace_many, write_tables
from quoth.cli.view_options import Asked, view_options
from quoth.cli.web_options import web_options
from quoth.types import OutputFailed, QuothError, UnusableArguments, UnusableInput

if TYPE_CHECKING:
    from quoth.models.ports import Tools
    from quoth.reading.raw import Columns
    from quoth.types import Document, Examination

DONE, SOME_FAILED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
DEBUG = "QUOTH_DEBUG"  # set it to anything to see where an unexpected error comes from
COMPLETE = "_QUOTH_COMPLETE"  # set by the completion of a shell


class LazyGroup(click.Group):
    """A group whose heavier commands are imported when they are called for."""

    lazy = {  # noqa: RUF012  # a constant table
        "archive": "quoth.cli.archive_commands:archive",
        "names": "quoth.cli.names_command:names",
        "serve": "quoth.cli.serve_command:serve",
        "spark": "quoth.cli.spark_command:spark",
        "watch": "quoth.cli.watch_command:watch",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, also those that are not imported yet."""
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.lazy[cmd_name].partition(":")
        try:
            command = getattr(importlib.import_module(module), name)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            return None
        return command if isinstance(command, click.Command) else None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", "-V", prog_name="quoth", message="%(prog)s %(version)s")
def cli() -> None:
    """Check what the press says someone said against what they said."""


@cli.command()
@click.argument("report", metavar="[REPORT]", required=False)
@click.option("--source", "sources", metavar="FILE", multiple=True, help="A primary source; may be given repeatedly.")
@click.option("--archive", metavar="ARCHIVE", help="Find the sources in this archive.")
@view_options
@click.option("--jsonl", metavar="FILE", help='Read reports, {"id", "text"} a line, print an Examination a line.')
@click.option(
    "--jobs", metavar="N", type=click.IntRange(1), help="Processes for --jsonl; one for each core if not given."
)
@table_options
@web_options
@click.option("--rules", is_flag=True, help="Use no trained models.")
def trace(
    report: str | None,
    sources: tuple[str, ...],
    archive: str | None,
    jsonl: str | None,
    jobs: int | None,
    csv_file: str | None,
    parquet_file: str | None,
    text_column: str | None,
    id_column: str | None,
    rules: bool,
    **views: Any,  # noqa: ANN401  # what `view_options` brings, of several types
) -> int:
    """Hold one report against its primary sources.

    A file may be text, a page of the web, PDF, DOCX, a mail and more (docs/reference/documents.md); - is standard
    input. With --csv or --parquet, REPORT may be a folder or a table of reports.
    """
    from quoth.pipeline.inputs import are_many  # noqa: PLC0415
    from quoth.reading.raw import Columns  # noqa: PLC0415

    asked = Asked(**views)
    if bool(report) == bool(jsonl):
        raise UnusableArguments("Give either a REPORT or --jsonl FILE.")
    if bool(sources) == bool(archive):
        raise UnusableArguments("Give the sources either with --source FILE or with --archive ARCHIVE.")
    columns = Columns(text_column, id_column)
    as_table = check_options(csv_file, parquet_file, columns, jsonl, other=asked.any)
    if as_table or jsonl or report is None:
        return trace_many(
            report,
            jsonl,
            sources,
            archive,
            jobs=jobs,
            rules=rules,
            table=(columns, csv_file, parquet_file) if as_table else None,
            tools=lambda: tools_at_hand(rules=rules),
        )
    if are_many([report], columns):
        raise UnusableInput(f"{report} is a directory or a table, of many reports; write --csv FILE or --parquet FILE.")
    asked.check([report, *sources])
    status, examination = examine_files(report, sources, archive, columns, rules=rules)
    asked.show(examination)
    return status


def examine_files(
    report: str, names: Sequence[str], archive: str | None, columns: "Columns", *, rules: bool
) -> "tuple[int, Examination]":
    """Read the files, or find the sources in the archive, and examine; the exit status comes first."""
    from quoth.pipeline.inputs import check_names, check_not_itself, ids_for, load, sources_in  # noqa: PLC0415
    from quoth.reports.outputs import is_same_file  # noqa: PLC0415

    check_names([report, *names])
    ids = ids_for([report, *names])
    document = load(report, id=ids[0])
    if archive:
        from quoth.cli.archive_commands import examine_from  # noqa: PLC0415

        tools = tools_at_hand(rules=rules)
        with telling("statements") as progress:
            examination = examine_from(archive, document, tools, progress.step)
        if not examination.sources:
            say(f"Nothing in {archive} shares enough words with {report}.")
        return DONE, examination
    for name in names:
        if is_same_file(name, report):
            raise UnusableArguments(f"{name} is given both as the report and as its source.")
    sources, failed = sources_in(names, ids[1:], say, columns)
    status = SOME_FAILED if failed else DONE
    check_not_itself(document, sources)

    from quoth.pipeline.examine import examine  # noqa: PLC0415

    tools = tools_at_hand(rules=rules)
    with telling("statements") as progress:
        return status, examine(document, sources, tools, progress.step)


@cli.command()
@click.argument("files", metavar="FILE ...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", metavar="FILE", help='Read {"id", "text"} a line, print a record a line; - is standard input.')
@click.option(
    "--jobs", metavar="N", type=click.IntRange(1), help="Processes for --jsonl; one for each core if not given."
)
@table_options
@web_options
@click.option("--attitudes", is_flag=True, help="List what somebody thinks, wants, plans or expects, too.")
@click.option("--rules", is_flag=True, help="Use no trained models.")
def statements(
    files: tuple[str, ...],
    as_json: bool,
    jsonl: str | None,
    jobs: int | None,
    csv_file: str | None,
    parquet_file: str | None,
    text_column: str | None,
    id_column: str | None,
    attitudes: bool,
    rules: bool,
) -> int:
    """Find who said what. A FILE may be a text, a page, a folder, or a table of texts (CSV, JSON Lines, Parquet)."""
    from quoth.pipeline.inputs import check_names, documents_in  # noqa: PLC0415
    from quoth.reading.raw import Columns  # noqa: PLC0415

    if bool(files) == bool(jsonl):
        raise UnusableArguments("Give either files or --jsonl FILE.")
    columns = Columns(text_column, id_column)
    if check_options(csv_file, parquet_file, columns, jsonl, other=as_json):
        from quoth.pipeline.tabulate import statement_rows  # noqa: PLC0415

        rows_of = statement_rows(tools_at_hand(rules=rules), attitudes=attitudes)
        return write_tables([jsonl] if jsonl else files, columns, csv_file, parquet_file, rows_of)
    if jsonl:
        from quoth.cli.jsonl_commands import stream  # noqa: PLC0415

        return stream("attitudes" if attitudes else "statements", jsonl, jobs=jobs, rules=rules)

    from quoth.pipeline.jobs import statements_of  # noqa: PLC0415

    check_names(files)
    documents: list[Document] = []
    errors = 0
    for one in documents_in(files, columns):
        if isinstance(one, QuothError):
            errors += 1
            say(str(one))
        else:
            documents.append(one)
    if not documents and not errors:
        raise UnusableInput(f"There is no document in {', '.join(files)}.")
    if not documents:
        return UNUSABLE
    tools = tools_at_hand(rules=rules)
    found = []
    with telling("documents", len(documents)) as progress:
        for document in documents:
            found.append((document, *statements_of(document, tools, attitudes=attitudes)))  # each is told of
            progress.step(len(found))
    if as_json:
        records = [
            {
                "document": document.to_dict(),
                "statements": [statement.to_dict() for statement in said],
                "entities": [entity.to_dict() for entity in entities],
            }
            for document, said, entities in found
        ]
        put_records([{"documents": records}])
    else:
        from quoth.cli.views import show  # noqa: PLC0415
        from quoth.reports import statements_to_terminal  # noqa: PLC0415

        show(lambda out: statements_to_terminal(found, out))
    return SOME_FAILED if errors else DONE


@cli.command()
@click.option("--jsonl", metavar="FILE", required=True, help='Read {"id", "reported", "original"} a line; - is stdin.')
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Processes; one for each core if not given.")
@click.option("--rules", is_flag=True, help="Use no trained models.")
def grade(jsonl: str, jobs: int | None, rules: bool) -> int:
    """Grade quotations against their sources, one record a line."""
    from quoth.cli.jsonl_commands import stream  # noqa: PLC0415

    return stream("grade", jsonl, jobs=jobs, rules=rules)


# --- what the commands share ------------------------------------------------------------------------------------------


def tools_at_hand(*, rules: bool = False) -> "Tools":
    """The trained models that are installed; none where `rules` asks for none."""
    from quoth.models.loading import load_tools  # noqa: PLC0415

    return load_tools(models=not rules)


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit status."""
    try:
        status = dispatch(arguments)
        flush()
    except (click.ClickException, QuothError) as error:
        return refused(error)
    except KeyboardInterrupt:
        say("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        hush(sys.stdout)
        return SOME_FAILED
    except Exception as error:  # the last resort: a sentence instead of a traceback
        return unexpected(error)
    return status if isinstance(status, int) else DONE


def dispatch(arguments: Sequence[str]) -> object:
    """Call the command. click's own `main` would take every EOFError for an interrupt, and write by itself."""
    if instruction := os.environ.get(COMPLETE):
        from click.shell_completion import shell_complete  # noqa: PLC0415

        return shell_complete(cli, {}, "quoth", COMPLETE, instruction)
    try:
        with cli.make_context("quoth", list(arguments)) as context:
            return cli.invoke(context)
    except click.exceptions.Exit as done:  # --help and --version
        return done.exit_code


def refused(error: click.ClickException | QuothError) -> int:
    """One sentence for what was asked and cannot be done."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            complain(error.format_message())
        case click.ClickException():
            path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "quoth"
            say(f"{error.format_message()} (see {path} --help)")
        case _:
            if isinstance(error, OutputFailed):
                hush(sys.stdout)
            say(str(error))
    return UNUSABLE


def unexpected(error: Exception) -> int:
    """One sentence for an error that nobody foresaw."""
    if isinstance(error, OSError) and _raised_in(error) == "click.utils":  # which prints help by itself
        return refused(OutputFailed(f"Standard output cannot be written: {error.strerror}."))
    if os.environ.get(DEBUG):
        import traceback  # noqa: PLC0415

        complain("".join(traceback.format_exception(error)))
    detail = " ".join(str(error).split())
    say(f"An unexpected error stopped this command ({type(error).__name__}: {detail}); {DEBUG}=1 shows where.")
    return UNUSABLE


def _raised_in(error: Exception) -> object:
    """The module that raised an error."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return last.tb_frame.f_globals.get("__name__") if last is not None else None


def main() -> None:
    """The entry point of the `quoth` command; see `quoth.cli.start`."""
    from quoth.cli.start import main as start  # noqa: PLC0415

    start()


if __name__ == "__main__":
    main()
