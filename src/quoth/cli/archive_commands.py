"""`quoth archive`: add, find, check, repair, export, delete; and the sources of a report for `quoth trace`."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quoth.cli.jsonl_commands import opened
from quoth.pipeline.lines import Result, as_line, failure, id_of, numbered_lines, parse
from quoth.types import Document, QuothError, UnusableArguments, UnusableInput

if TYPE_CHECKING:
    from quoth.archive.archive import Archive
    from quoth.archive.index import FoundSource
    from quoth.models.ports import Embedder, Tools
    from quoth.types import Examination

DONE, SOME_FAILED, UNUSABLE = 0, 1, 2
DESCRIBED = ("title", "publisher", "published", "url", "language")  # what a record may tell about a document


@click.group()
def archive() -> None:
    """Keep documents, and find what a report draws on among them."""


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@click.argument("names", metavar="[FILE-OR-FOLDER ...]", nargs=-1)
@click.option(
    "--jsonl", metavar="FILE", help='Read {"id", "text", ...} a line, print what was done a line; - is stdin.'
)
@click.option("--database", metavar="ADDRESS", help="Keep the documents of a new archive in this PostgreSQL database.")
def add(archive_path: str, names: tuple[str, ...], jsonl: str | None, database: str | None) -> int:
    """Add documents; adding the same again changes nothing."""
    from quoth.archive.archive import Archive  # noqa: PLC0415  # each command loads what it needs

    if bool(names) == bool(jsonl):
        raise UnusableArguments("Give either files and folders, or --jsonl FILE.")
    with Archive.open(archive_path, create=True, database=database) as opened_archive:
        if jsonl:
            return _add_lines(opened_archive, jsonl)
        return _add_files(opened_archive, names)


def _add_lines(archive: "Archive", name: str) -> int:
    """Add the records of a file of lines; a record out for each, in their order."""
    waiting: list[Result | None] = []  # in the order of lines; None for a document whose turn is in `add`
    failed = 0

    def documents() -> Iterator[Document]:
        for numbered in numbered_lines(source):
            if numbered is None:
                continue
            try:
                document = document_of(parse(numbered[1]))
            except QuothError as error:
                waiting.append(failure(*numbered, str(error)))
            else:
                waiting.append(None)
                yield document

    def failures() -> int:
        count = 0
        while waiting and (result := waiting[0]) is not None:
            count += _write(result)
            del waiting[0]
        return count

    with opened(name) as source:
        for document, outcome in archive.add(documents()):
            failed += failures()
            waiting.pop(0)
            _write(({"id": document.id, "outcome": outcome.value}, None))
        failed += failures()
    return SOME_FAILED if failed else DONE


def document_of(record: dict[str, object]) -> Document:
    """A record of the contract as a document.

    Raises:
        UnusableInput: it has no id or no text, or a value of another kind than it should be.
    """
    from quoth.archive.store import sha256_of  # noqa: PLC0415

    id_ = str(id_of(record))
    text = record.get("text")
    if not isinstance(text, str):
        raise UnusableInput('"text" is missing.' if text is None else '"text" must be a string.')
    if not text.strip():
        raise UnusableInput("the text is empty.")
    try:
        f"{id_}{text}".encode()
    except UnicodeEncodeError as error:
        raise UnusableInput("the text holds half a surrogate pair, which no text has.") from error
    known: dict[str, str] = {}
    for name in DESCRIBED:
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            raise UnusableInput(f'"{name}" must be a string.')
        if value:
            known[name] = value
    return replace(Document(id_, text, sha256_of(text)), **known)  # type: ignore[arg-type]  # all of them strings


def _add_files(archive: "Archive", names: tuple[str, ...]) -> int:
    """Add files and all files in folders; what cannot be read is named, and the others are added."""
    from collections import Counter  # noqa: PLC0415

    from quoth.pipeline.inputs import load  # noqa: PLC0415

    errors: list[str] = []

    def documents() -> Iterator[Document]:
        for path in _files(names):
            try:
                yield load(path, id=path)
            except QuothError as error:
                errors.append(str(error))

    counts = Counter(outcome for _, outcome in archive.add(documents()))
    for error in errors:
        click.echo(f"quoth: {error}", err=True)
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "nothing"
    click.echo(f"{told}; the archive holds {archive.summary().documents} documents.")
    if errors and not counts:
        return UNUSABLE
    return SOME_FAILED if errors else DONE


def _files(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from (
                str(file) for file in sorted(path.rglob("*")) if file.is_file() and not file.name.startswith(".")
            )
        else:
            yield name


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@click.option("--jsonl", metavar="FILE", help='Read {"id", "text"} a line, print a record a line; - is standard input.')
@click.option("--text", metavar="WORDS", help="Look for these words.")
@click.option("--top", metavar="K", type=click.IntRange(1), help="At most so many sources for each.")
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Processes; one for each core if not given.")
@click.option(
    "--rules", is_flag=True, help="Use no trained models: statements in other words are ranked by words alone."
)
def find(archive_path: str, jsonl: str | None, text: str | None, top: int | None, jobs: int | None, rules: bool) -> int:
    """Find what reports or quotations draw on."""
    if (jsonl is None) == (text is None):
        raise UnusableArguments("Give either --jsonl FILE or --text WORDS.")
    from quoth.archive.archive import Archive  # noqa: PLC0415

    if text is not None:
        with Archive.open(archive_path) as opened_archive:
            _caught_up(opened_archive)
            _write((answer({"id": "text", "text": text}, opened_archive, top, embedder_at_hand(rules=rules)), None))
        return DONE
    from quoth.cli.find_command import find_lines  # noqa: PLC0415

    with Archive.open(archive_path) as opened_archive:
        _caught_up(opened_archive)
    return find_lines(archive_path, str(jsonl), top=top, jobs=jobs, rules=rules)


def _caught_up(archive: "Archive") -> None:
    if not archive.catch_up():
        click.echo("quoth: Documents are being added; what is not in the index yet is not searched.", err=True)


def embedder_at_hand(*, rules: bool) -> "Embedder | None":
    """The trained embedder, opened when it is first used; None where it is not installed, or not wanted."""
    from quoth.models.loading import load_tools  # noqa: PLC0415

    return load_tools(models=not rules).embedder


def answer(
    record: dict[str, object], archive: "Archive", top: int | None, embedder: "Embedder | None"
) -> dict[str, object]:
    """The answer to one line of `find`.

    Raises:
        UnusableInput: it has no id or no text.
    """
    id_ = id_of(record)
    text = record.get("text")
    if not isinstance(text, str):
        raise UnusableInput('"text" is missing.' if text is None else '"text" must be a string.')
    return {"id": id_, "sources": [source_record(source) for source in archive.find(text, top=top, embedder=embedder)]}


def source_record(source: "FoundSource") -> dict[str, object]:
    """A found source as JSON; what is as usual is left out."""
    record: dict[str, object] = {"id": source.id, "score": source.score}
    if source.twin_of is not None:
        record["twin_of"] = source.twin_of
    if source.version != 1:
        record["version"] = source.version
    record["passages"] = [
        {
            "report": list(passage.report),
            "source": list(passage.source),
            "score": passage.score,
            "by": passage.by.value,
            **({"stock": True} if passage.stock else {}),
        }
        for passage in source.passages
    ]
    return record


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
def check(archive_path: str) -> int:
    """Verify every document and the index against each other."""
    from quoth.archive.archive import Archive  # noqa: PLC0415

    with Archive.open(archive_path) as opened_archive:
        problems = opened_archive.check()
        certificate = opened_archive.certificate()
    for problem in problems:
        click.echo(f"quoth: {problem}", err=True)
    if not problems:
        click.echo(
            f"{certificate.documents} documents ({certificate.versions} versions, {certificate.passages} passages) are"
            f" as they were written; digest {certificate.digest}."
        )
    return SOME_FAILED if problems else DONE


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
def repair(archive_path: str) -> int:
    """Make the index anew from the documents."""
    from quoth.archive.archive import repaired  # noqa: PLC0415

    with repaired(archive_path) as opened_archive:
        problems = opened_archive.check()
        click.echo(f"The index of {opened_archive.certificate().documents} documents is made anew.")
    for problem in problems:
        click.echo(f"quoth: {problem}", err=True)
    return SOME_FAILED if problems else DONE


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@click.option("--versions", "all_versions", is_flag=True, help="Earlier versions as well.")
def export(archive_path: str, all_versions: bool) -> int:
    """Print every document, a record a line, as `add --jsonl` reads them."""
    from quoth.archive.archive import Archive  # noqa: PLC0415

    with Archive.open(archive_path) as opened_archive:
        for stored in opened_archive.export():
            if stored.current or all_versions:
                document = stored.document
                known = {name: getattr(document, name) for name in DESCRIBED if getattr(document, name) is not None}
                extra = {"version": stored.version, "added": stored.added} if all_versions else {}
                sys.stdout.buffer.write(as_line({"id": document.id, "text": document.text, **known, **extra}))
    sys.stdout.buffer.flush()
    return DONE


@archive.command()
@click.argument("archive_path", metavar="ARCHIVE")
@click.argument("ids", metavar="ID ...", nargs=-1, required=True)
def delete(archive_path: str, ids: tuple[str, ...]) -> int:
    """Delete documents, each with all its versions."""
    from quoth.archive.archive import Archive  # noqa: PLC0415

    missing = 0
    with Archive.open(archive_path) as opened_archive:
        for id_ in ids:
            if count := opened_archive.delete(id_):
                click.echo(f"{id_}: {count} versions deleted.")
            else:
                missing += 1
                click.echo(f"quoth: {id_} is not in the archive.", err=True)
    return (UNUSABLE if missing == len(ids) else SOME_FAILED) if missing else DONE


def examine_from(archive_path: str, report: Document, tools: "Tools") -> "Examination":
    """A report held against what an archive has; see `quoth.pipeline.trace.examine_in`.

    Raises:
        ArchiveError: The archive cannot be opened or read.
    """
    from quoth.archive.archive import Archive  # noqa: PLC0415
    from quoth.pipeline.trace import examine_in  # noqa: PLC0415

    with Archive.open(archive_path) as opened_archive:
        _caught_up(opened_archive)
        return examine_in(opened_archive, report, tools)


def _write(result: Result) -> int:
    """One record out, and what was wrong with it to standard error; 1 if something was."""
    record, error = result
    sys.stdout.buffer.write(as_line(record))
    if error:
        sys.stdout.buffer.flush()
        click.echo(f"quoth: {error}", err=True)
    return int(bool(error))
