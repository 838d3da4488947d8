"""`quoth archive find --jsonl`: answers in the order of the questions, over all cores, in bounded memory."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import chain

from quoth.archive.archive import Archive
from quoth.cli.archive_commands import DONE, SOME_FAILED, embedder_at_hand
from quoth.cli.console import put_records, say
from quoth.cli.jsonl_commands import opened, size_of
from quoth.cli.progress import Progress, counted, telling
from quoth.models.ports import Embedder
from quoth.pipeline.jobs import answer
from quoth.pipeline.lines import (
    Batch,
    Checked,
    IdChecker,
    Result,
    failure,
    head,
    in_batches,
    numbered_lines,
    parse,
)
from quoth.processes.workers import cores, pool, submit
from quoth.types import ArchiveError, QuothError, UnusableInput

UNDER_WAY = 3  # batches for each process
FEW = 24  # lines; for fewer a second process costs more than it brings

Asked = tuple[str, str | None, int | None, Embedder | None]  # archive, database, most, embedder

_here: list[tuple[Archive, int | None, Embedder | None]] = []  # this process's archive, once it has one


def find_lines(
    archive_path: str, name: str, *, top: int | None, jobs: int | None, rules: bool, database: str | None
) -> int:
    """Answer every line of the file `name`; gives the exit status.

    Raises:
        ArchiveError: the archive cannot be opened, or is damaged.
        UnusableInput: the file cannot be opened.
    """
    workers = jobs or cores()
    embedder = embedder_at_hand(rules=rules)
    with opened(name) as source, telling("records", size_of(source), streaming=True) as progress:
        lines = counted(numbered_lines(source), progress)
        first: Batch = []
        whole = False
        if name != "-" and workers > 1:
            first, whole = head(lines, FEW)
        batches = in_batches(chain(first, lines))
        begin: Asked = (archive_path, database, top, embedder)
        if workers == 1 or whole:
            _begin(*begin)
            checker = IdChecker()
            failed = sum(_write(_batch(checker.check(batch)), progress) for batch in batches)
        else:
            failed = _over_pool(batches, workers, begin, progress)
    return SOME_FAILED if failed else DONE


def _over_pool(batches: Iterator[Batch], workers: int, begin: Asked, progress: Progress) -> int:
    """Answers of a pool of processes, in order; how many failed."""
    checker = IdChecker()
    failed = 0
    waiting: deque[Future[list[Result]]] = deque()
    try:
        with pool(workers, _begin, *begin) as executor:
            for batch in batches:
                waiting.append(submit(executor, _batch, checker.check(batch)))
                while waiting and (waiting[0].done() or len(waiting) > UNDER_WAY * workers):
                    failed += _write(waiting.popleft().result(), progress)
            while waiting:
                failed += _write(waiting.popleft().result(), progress)
    except BrokenProcessPool as error:
        raise UnusableInput("A worker process ended, perhaps for want of memory; try --jobs 1.") from error
    return failed


def _begin(archive_path: str, database: str | None, top: int | None, embedder: Embedder | None) -> None:
    """Open the archive once for this process."""
    _here[:] = [(Archive.open(archive_path, database=database), top, embedder)]


def _batch(checked: list[Checked]) -> list[Result]:
    archive, top, embedder = _here[0]
    results: list[Result] = []
    for number, line, error in checked:
        try:
            if error is not None:
                raise UnusableInput(error)
            results.append((answer(parse(line), archive, top, embedder), None))
        except ArchiveError:
            raise  # no other line will fare better
        except QuothError as wrong:
            results.append(failure(number, line, str(wrong)))
    return results


def _write(results: list[Result], progress: Progress) -> int:
    """Write a batch of results; how many failed."""
    put_records(record for record, _ in results)
    progress.done += len(results)
    errors = [error for _, error in results if error]
    for error in errors:
        say(error)
    return len(errors)
