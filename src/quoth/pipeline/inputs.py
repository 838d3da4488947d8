"""Files, folders, addresses, tables and standard input to documents; what is wrong with one is said in one sentence."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from quoth.pipeline.sidecars import is_sidecar, publication_of
from quoth.reading.raw import Columns
from quoth.types import Document, QuothError, UnusableArguments, UnusableInput

if TYPE_CHECKING:  # --help must not wait for it
    from quoth.fetching.web import Opened

STDIN = "-"
REMEMBERED_IDS = 100_000  # an id given again within so many documents is an error; bounded, as memory is


def check_names(names: Sequence[str]) -> None:
    """Refuse standard input given twice, and nothing given at all.

    Raises:
        UnusableArguments: it is so.
    """
    if not names:
        raise UnusableArguments("No file is given.")
    if list(names).count(STDIN) > 1:
        raise UnusableArguments("Standard input (-) can stand for one file only.")


def load(name: str, *, id: str | None = None) -> Document:  # noqa: A002  # the document's own word
    """Read one document: a file, an address, or standard input where `name` is `-`.

    Args:
        name: path of a file, an address (`http://` or `https://`), or `-`.
        id: id of the document; its file name where not given.

    Raises:
        UnusableInput: the file is missing, a directory, empty, no text, in no certain charset, too large, holds several
            documents, or cannot be read.
        FetchFailed: the address could not be fetched.
    """
    from quoth.fetching import open_bytes  # noqa: PLC0415
    from quoth.reading import read  # noqa: PLC0415  # brings in the readers, which --help must not wait for

    opened = open_bytes(name)
    given = as_text(id) if id else ids_for([name])[0]
    document = read(opened.data, opened.name, id=given, media_type=opened.media_type, charset=opened.charset)
    return _as_said(_as_found(document, opened, given), name, given)


def load_all(name: str, *, id: str | None = None, columns: Columns | None = None) -> Iterator[Document | QuothError]:  # noqa: A002
    """Read all documents that a file, an address or standard input holds; see `load` and `quoth.reading.read_all`.

    Yields:
        Each document, and in its place what is wrong with one that cannot be read. What stops all of them comes last.
    """
    from quoth.fetching import open_bytes  # noqa: PLC0415
    from quoth.reading import read_all  # noqa: PLC0415

    try:
        opened = open_bytes(name)
    except QuothError as error:
        yield error
        return
    given = as_text(id) if id else ids_for([name])[0]
    every = read_all(
        opened.data, opened.name, id=given, media_type=opened.media_type, charset=opened.charset, columns=columns
    )
    try:
        for found in every:
            if isinstance(found, Document):
                yield _as_said(_as_found(found, opened, given), name, given)
            else:
                yield found
    except UnusableInput as error:  # of what is said beside it
        yield error


def _as_said(document: Document, name: str, whole: str) -> Document:
    """The document with what is said of its file beside it; to one of several inside, title and address do not belong.

    Raises:
        UnusableInput: what is said beside it cannot be read.
    """
    from quoth.reading.table_inputs import described  # noqa: PLC0415

    said = publication_of(name)
    if document.id != whole:
        said = {key: value for key, value in said.items() if key not in {"title", "url"}}
    try:
        return described(document, said) if said else document
    except UnusableInput as error:
        raise UnusableInput(f"{name}: what is said of it beside it is no text: {error}") from error


def _as_found(document: Document, opened: "Opened", whole: str) -> Document:
    """The document with the address it was fetched from, unless it tells its own or is one of several at that address.

    A note says where the page was kept as it was retrieved, if it was.
    """
    from quoth.fetching.web import is_address  # noqa: PLC0415

    notes = (*document.notes, opened.kept) if opened.kept else document.notes
    alone = document.url is None and document.id == whole and is_address(opened.name)
    return replace(document, notes=notes, url=opened.name if alone else document.url)


def ids_for(names: Sequence[str]) -> list[str]:
    """An id for each name, none twice: the file name, or the path where file names collide, or path and a number."""
    short = ["stdin" if name == STDIN else Path(name).name for name in names]
    counted: dict[str, int] = {}
    for base in short:
        counted[base] = counted.get(base, 0) + 1
    wanted = [as_text(name if counted[base] > 1 else base) for name, base in zip(names, short, strict=True)]
    seen: dict[str, int] = {}
    given: list[str] = []
    for id_ in wanted:
        seen[id_] = seen.get(id_, 0) + 1
        given.append(id_ if seen[id_] == 1 else f"{id_} ({seen[id_]})")
    return given


def as_text(name: str) -> str:
    """A file's name as text; bytes that are no UTF-8 stand as replacement characters."""
    return os.fsencode(name).decode("utf-8", "replace")


def check_not_itself(report: Document, sources: Iterable[Document]) -> None:
    """Refuse a report that is held against itself: every grade would be `verbatim` and mean nothing.

    Raises:
        UnusableArguments: it is.
    """
    for source in sources:
        if source.sha256 == report.sha256:
            raise UnusableArguments(f"{source.id} has the same text as the report: a report cannot be its own source.")


# --- many at once -----------------------------------------------------------------------------------------------------


def are_many(names: Sequence[str], columns: Columns) -> bool:
    """Whether a folder or a table is among the inputs, so that they hold any number of texts."""
    return any(os.path.isdir(name) or _kind(name, columns) is not None for name in names)  # noqa: PTH112  # see `_files`


def documents_in(
    names: Sequence[str],
    columns: Columns | None = None,
    ids: Callable[[Sequence[str]], Sequence[str]] | None = None,
) -> Iterator[Document | QuothError]:
    """Every document in some inputs, one after the other, in memory that does not grow with the rows of a table.

    Args:
        names: files, folders (all files in them that are not hidden), tables (CSV, JSON Lines, Parquet: a document a
            row), addresses, or `-`. Of a file that holds several documents (ZIP, a mail with attachments, a feed) each.
        columns: where the tables have their texts and ids.
        ids: gives each of some files its id; `ids_for` where not given.

    Yields:
        Each document, in order, and in its place what is wrong with one that cannot be read. Ids are file names, or
        paths where two files have one name; `file/part` of what lies inside a file; in tables those of the rows, and
        "table:row" where they have none.
    """
    files = [file for name in names for file in _files(name)]
    given: dict[str, None] = {}
    for name, id_ in zip(files, (ids or ids_for)(files), strict=True):
        for found in _documents(name, id_, columns or Columns()):
            if isinstance(found, Document):
                if found.id in given:
                    yield UnusableInput(f"{name}: the id {found.id!r} was given to another document already.")
                    continue
                given[found.id] = None
                if len(given) > REMEMBERED_IDS:
                    del given[next(iter(given))]
            yield found


def sources_in(
    names: Sequence[str], ids: Sequence[str], wrong: Callable[[str], None], columns: Columns | None = None
) -> tuple[list[Document], int]:
    """The sources that a report is held against: every document in some inputs, see `documents_in`.

    Args:
        names: the inputs.
        ids: an id for each.
        wrong: is told, in a sentence, of each that cannot be read.
        columns: where tables have their texts and ids.

    Returns:
        The documents, and how many could not be read.

    Raises:
        UnusableInput: none can be read.
        FetchFailed: the only one is an address that could not be fetched.
    """
    given = dict(zip(names, ids, strict=True))
    found = list(documents_in(names, columns, lambda files: [given.get(file) or ids_for([file])[0] for file in files]))
    documents = [one for one in found if isinstance(one, Document)]
    errors = [one for one in found if not isinstance(one, Document)]
    if len(found) == len(errors) == 1:
        raise errors[0]
    for error in errors:
        wrong(str(error))
    if not documents:
        raise UnusableInput("No source is left to compare with.")
    return documents, len(errors)


def _files(name: str) -> list[str]:
    """The name as it is, or all files in a folder that are not hidden; of an empty folder `load` says what is wrong."""
    if not os.path.isdir(name):  # noqa: PTH112  # Path.is_dir raises for a name that is too long
        return [name]
    found: list[str] = []
    for folder, folders, files in os.walk(name):
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        found += (
            str(Path(folder, file)) for file in sorted(files) if not file.startswith(".") and not is_sidecar(file)
        )
    return found or [name]


def _documents(name: str, id_: str, columns: Columns) -> Iterator[Document | QuothError]:
    """What one file holds; whatever stops it comes last."""
    try:
        if _kind(name, columns) is None:
            yield from load_all(name, id=id_, columns=columns)
        else:
            yield from _rows(name, id_, columns)
    except QuothError as error:
        yield error


def _kind(name: str, columns: Columns) -> str | None:
    """How a file is written if it is a table. Of pipes only standard input is looked into: it can be read after."""
    from quoth.reading.table_inputs import HEAD, table_kind  # noqa: PLC0415  # not needed for a single text

    try:
        if name == STDIN:
            peek = getattr(getattr(sys.stdin, "buffer", None), "peek", None)
            return table_kind(peek(HEAD) if peek else b"", name, columns.text)
        if not Path(name).is_file():
            return None
        with Path(name).open("rb") as file:
            return table_kind(file.read(HEAD), name, columns.text)
    except (OSError, ValueError):  # `load` says what is wrong with it
        return None


def _rows(name: str, id_: str, columns: Columns) -> Iterator[Document | QuothError]:
    """The documents of a table, a row each."""
    from quoth.pipeline.lines import checked_text, id_of  # noqa: PLC0415
    from quoth.reading import read_text  # noqa: PLC0415
    from quoth.reading.table_inputs import described  # noqa: PLC0415

    said = publication_of(name)
    for number, record in enumerate(_records(name, id_, columns), 1):
        if isinstance(record, QuothError):
            yield record
            continue
        try:
            if "text" not in record:
                raise UnusableInput(f'"{columns.text or "text"}" is missing.')
            document = read_text(checked_text(record["text"], "the text"), checked_text(str(id_of(record)), "the id"))
            yield described(document, {**said, **{key: value for key, value in record.items() if value}})
        except QuothError as error:
            yield UnusableInput(f"{id_}, row {number}: {error}")


def _records(name: str, id_: str, columns: Columns) -> Iterator[dict[str, object] | UnusableInput]:
    from quoth.reading.table_inputs import TableKind, csv_rows, parquet_rows  # noqa: PLC0415

    kind = _kind(name, columns)
    with _opened(name, whole=kind is TableKind.PARQUET) as file:
        if kind is TableKind.CSV:
            yield from csv_rows(file, id_, columns.text, columns.id)
        elif kind is TableKind.PARQUET:
            yield from parquet_rows(file, id_, columns.text, columns.id)
        else:
            yield from _lines(file, id_, columns)


def _lines(file: BinaryIO, name: str, columns: Columns) -> Iterator[dict[str, object] | UnusableInput]:
    from quoth.pipeline.lines import numbered_lines, parse  # noqa: PLC0415
    from quoth.reading.table_inputs import columns_of  # noqa: PLC0415

    for numbered in numbered_lines(file):
        if numbered is not None:
            number, line = numbered
            try:
                record = parse(line)
            except UnusableInput as error:
                yield UnusableInput(f"{name}, row {number}: {error}")
            else:
                yield columns_of(record, columns.text, columns.id)


@contextmanager
def _opened(name: str, *, whole: bool) -> Iterator[BinaryIO]:
    """A file, or standard input; `whole` where the reader must go back and forth in it."""
    if name == STDIN:
        yield io.BytesIO(sys.stdin.buffer.read()) if whole else sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield file
