"""`quoth archive`: add, find, check, repair, salvage, export, delete; and the sources of a report for `quoth trace`."""

import json
import os
from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from quoth.cli.console import put_records, say, tell
from quoth.cli.jsonl_commands import opened, size_of
from quoth.cli.progress import counted, stepped, telling
from quoth.cli.table_options import column_options
from quoth.cli.web_options import web_options
from quoth.fetching.web import is_address
from quoth.pipeline.inputs import STDIN
from quoth.pipeline.jobs import answer, document_of
from quoth.pipeline.lines import REMEMBERED_IDS, Result, failure, numbered_lines, parse
from quoth.reading.raw import Columns
from quoth.reports.labels import count_of
from quoth.types import DESCRIBED, Document, QuothError, UnusableArguments, UnusableInput

if TYPE_CHECKING:
    from quoth.archive.archive import Archive
    from quoth.models.ports import Embedder, Tools
    from quoth.types import Examination

DONE, SOME_FAILED, UNUSABLE = 0, 1, 2
DATABASE = click.option(
    "--database",
    metavar="ADDRESS",
    help="Where the documents are, for an archive that keeps them in PostgreSQL; QUOTH_DATABASE if not given.",
)


@click.group()
def archive() -> None:
    """Keep documents, and find what a report draws on among them."""


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@click.argument("names", metavar="[FILE-OR-FOLDER ...]", nargs=-1)
@click.option(
    "--jsonl", metavar="FILE", help='Read {"id", "text", ...} a line, print what was done a line; - is stdin.'
)
@click.option(
    "--database",
    metavar="ADDRESS",
    help="The PostgreSQL database in which a new archive is to keep its documents, or an old one keeps them.",
)
@column_options
@web_options
def add(
    archive_path: str,
    names: tuple[str, ...],
    jsonl: str | None,
    database: str | None,
    text_column: str | None,
    id_column: str | None,
) -> int:
    """Add documents; adding the same again changes nothing."""
    from quoth.archive.archive import Archive  # noqa: PLC0415  # each command loads what it needs

    if bool(names) == bool(jsonl):
        raise UnusableArguments("Give either files and folders, or --jsonl FILE.")
    if jsonl and (text_column or id_column):
        raise UnusableArguments('The lines of --jsonl have "text" and "id"; give the file without --jsonl instead.')
    if names and not any(name == STDIN or is_address(name) or os.path.exists(name) for name in names):  # noqa: PTH110
        for name in names:
            say(f"{name}: there is no such file.")
        return UNUSABLE  # and no archive is made for nothing
    with Archive.open(archive_path, create=True, database=database) as opened_archive:
        if jsonl:
            return _add_lines(opened_archive, jsonl)
        return _add_files(opened_archive, names, Columns(text_column, id_column))


def _add_lines(archive: "Archive", name: str) -> int:
    """Add the records of a file of lines; a record out for each, in their order."""
    waiting: deque[Result | None] = deque()  # in the order of lines; None for a document whose turn is in `add`
    failed = 0
    kinds = IdKinds()

    def documents() -> Iterator[Document]:
        for numbered in counted(numbered_lines(source), progress):
            if numbered is None:
                continue
            try:
                record = parse(numbered[1])
                document = document_of(record)
                kinds.check(record["id"], numbered[0])
            except QuothError as error:
                waiting.append(failure(*numbered, str(error)))
            else:
                waiting.append(None)
                yield document

    def failures() -> int:
        count = 0
        while waiting and (result := waiting[0]) is not None:
            count += _write(result)
            waiting.popleft()
        return count

    with opened(name) as source, telling("records", size_of(source), streaming=True) as progress:
        for document, outcome in archive.add(documents()):
            failed += failures()
            waiting.popleft()
            _write(({"id": document.id, "outcome": outcome.value}, None))
            progress.done += 1
        failed += failures()
    return SOME_FAILED if failed else DONE


class IdKinds:
    """Sees that no line's id is the string "1" where another's was the number 1: an archive's ids are strings."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[type, int]] = {}

    def check(self, id_: object, line: int) -> None:
        """Look at the id of a line; remembers the first `REMEMBERED_IDS` of them.

        Raises:
            UnusableInput: it was given before as a value of the other kind.
        """
        kind, before = self._seen.get(str(id_), (type(id_), line))
        if kind is not type(id_):
            raise UnusableInput(
                f"the id {json.dumps(id_, ensure_ascii=False)} was given in line {before} as a {_KINDS[kind]} already,"
                " and an archive does not tell the two apart."
            )
        if len(self._seen) < REMEMBERED_IDS:
            self._seen.setdefault(str(id_), (kind, line))


_KINDS = {int: "number", str: "string"}


def _add_files(archive: "Archive", names: tuple[str, ...], columns: Columns) -> int:
    """Add files and all files in folders; what cannot be read is named, and the others are added."""
    from collections import Counter  # noqa: PLC0415

    from quoth.cli.source_files import files_in, keepable  # noqa: PLC0415

    failed = 0

    def failure_of(error: str) -> None:
        nonlocal failed
        failed += 1
        say(error)

    paths = list(files_in(names, archive.path, failure_of))
    with telling("files", len(paths)) as progress:
        documents = keepable(stepped(paths, progress), failure_of, note=say, columns=columns)
        counts = Counter(outcome for _, outcome in archive.add(documents))
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "nothing"
    tell(f"{told}; the archive holds {count_of(archive.summary().documents, 'document')}.")
    if failed and not counts:
        return UNUSABLE
    return SOME_FAILED if failed else DONE


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@click.option("--jsonl", metavar="FILE", help='Read {"id", "text"} a line, print a record a line; - is standard input.')
@click.option("--text", metavar="WORDS", help="Look for these words.")
@click.option("--top", metavar="K", type=click.IntRange(1), help="At most so many sources for each.")
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Processes; one for each core if not given.")
@click.option(
    "--rules", is_flag=True, help="Use no trained models: statements in other words are ranked by words alone."
)
@DATABASE
def find(
    archive_path: str,
    jsonl: str | None,
    text: str | None,
    top: int | None,
    jobs: int | None,
    rules: bool,
    database: str | None,
) -> int:
    """Find what reports or quotations draw on."""
    if (jsonl is None) == (text is None):
        raise UnusableArguments("Give either --jsonl FILE or --text WORDS.")
    from quoth.archive.archive import Archive  # noqa: PLC0415

    if text is not None:
        with Archive.open(archive_path, database=database) as opened_archive:
            _caught_up(opened_archive)
            _write((answer({"id": "text", "text": text}, opened_archive, top, embedder_at_hand(rules=rules)), None))
        return DONE
    from quoth.cli.find_command import find_lines  # noqa: PLC0415

    with Archive.open(archive_path, database=database) as opened_archive:
        _caught_up(opened_archive)
    return find_lines(archive_path, str(jsonl), top=top, jobs=jobs, rules=rules, database=database)


def _caught_up(archive: "Archive") -> None:
    if not archive.catch_up():
        say(
            "Some documents are not in the index yet and are not searched: somebody is adding them, or the index cannot"
            " be written from here."
        )


def embedder_at_hand(*, rules: bool) -> "Embedder | None":
    """The trained embedder, opened when it is first used; None where it is not installed, or not wanted."""
    from quoth.models.loading import load_tools  # noqa: PLC0415

    return load_tools(models=not rules).embedder


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@DATABASE
def check(archive_path: str, database: str | None) -> int:
    """Verify every document and the index against each other; where documents are damaged, say what can be read."""
    from quoth.archive.rescue import checked  # noqa: PLC0415

    with telling("documents"):
        problems, certificate = checked(archive_path, database)
    for problem in problems:
        say(problem)
    if certificate is not None:
        tell(
            f"{count_of(certificate.documents, 'document')} ({count_of(certificate.versions, 'version')},"
            f" {count_of(certificate.passages, 'passage')}) as written, nothing wrong; digest {certificate.digest}."
        )
    return SOME_FAILED if problems else DONE


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@click.argument("into", metavar="NEW")
def salvage(archive_path: str, into: str) -> int:
    """Put what can still be read of damaged documents into a new archive."""
    from quoth.archive.rescue import salvaged  # noqa: PLC0415

    with telling("documents"):
        new, found = salvaged(archive_path, into)
    with new:
        held = new.summary()
    for problem in found.lost:
        say(problem)
    if not found.sure:
        say("The file does not say any more which documents were deleted; such may be among those in the new archive.")
    whole = not found.lost and found.sure and held.versions == found.expected
    of = "" if found.expected is None else f" of {found.expected}"
    tell(f"{held.versions}{of} versions of {count_of(held.documents, 'document')} are in {into} now.")
    return DONE if whole else SOME_FAILED


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@click.option(
    "--force", is_flag=True, help="Also where documents are lost, or the database belongs to another archive."
)
@DATABASE
def repair(archive_path: str, force: bool, database: str | None) -> int:
    """Make the index anew from the documents."""
    from quoth.archive.archive import repaired  # noqa: PLC0415

    with telling("documents"), repaired(archive_path, force=force, database=database) as opened_archive:
        problems = opened_archive.check()
        tell(f"The index of {count_of(opened_archive.certificate().documents, 'document')} is made anew.")
    for problem in problems:
        say(problem)
    return SOME_FAILED if problems else DONE


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@click.option("--versions", "all_versions", is_flag=True, help="Earlier versions as well.")
@DATABASE
def export(archive_path: str, all_versions: bool, database: str | None) -> int:
    """Print every document, a record a line, as `add --jsonl` reads them."""
    from quoth.archive.archive import Archive  # noqa: PLC0415

    with Archive.open(archive_path, database=database) as opened_archive:
        for stored in opened_archive.export():
            if stored.current or all_versions:
                document = stored.document
                known = {name: getattr(document, name) for name in DESCRIBED if getattr(document, name) is not None}
                extra = {"version": stored.version, "added": stored.added} if all_versions else {}
                put_records([{"id": document.id, "text": document.text, **known, **extra}], at_once=False)
    return DONE


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@click.argument("ids", metavar="ID ...", nargs=-1, required=True)
@DATABASE
def delete(archive_path: str, ids: tuple[str, ...], database: str | None) -> int:
    """Delete documents, each with all its versions."""
    from quoth.archive.archive import Archive  # noqa: PLC0415

    missing = 0
    with Archive.open(archive_path, database=database) as opened_archive:
        for id_ in ids:
            if count := opened_archive.delete(id_):
                tell(f"{id_}: {count_of(count, 'version')} deleted.")
            else:
                missing += 1
                say(f"{id_} is not in the archive.")
    return (UNUSABLE if missing == len(ids) else SOME_FAILED) if missing else DONE


def examine_from(
    archive_path: str, report: Document, tools: "Tools", watch: Callable[[int, int], None]
) -> "Examination":
    """A report held against what an archive has; see `quoth.pipeline.trace.examine_in`.

    Raises:
        ArchiveError: The archive cannot be opened or read.
    """
    from quoth.archive.archive import Archive  # noqa: PLC0415
    from quoth.pipeline.trace import examine_in  # noqa: PLC0415

    with Archive.open(archive_path) as opened_archive:
        _caught_up(opened_archive)
        return examine_in(opened_archive, report, tools, watch=watch)


def _write(result: Result) -> int:
    """One record out, and what was wrong with it to standard error; 1 if something was."""
    record, error = result
    put_records([record], at_once=error is not None)
    if error:
        say(error)
    return int(bool(error))
