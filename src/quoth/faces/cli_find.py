"""`quoth archive find --jsonl`: answers in the order of the questions, over all cores, in bounded memory."""

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain

import click

from quoth.encoder.port import Embedder
from quoth.faces.archive import Archive
from quoth.faces.cli_archive import DONE, SOME_FAILED, answer, embedder_at_hand
from quoth.faces.cli_jsonl import opened
from quoth.faces.interrupts import held
from quoth.faces.lines import (
    Batch,
    Checked,
    IdChecker,
    Result,
    as_line,
    failure,
    head,
    in_batches,
    numbered_lines,
    parse,
)
from quoth.values import ArchiveError, QuothError, UnusableInput

UNDER_WAY = 3  # batches for each process
FEW = 24  # lines; for fewer a second process costs more than it brings

Asked = tuple[str, str | None, int | None, bool]  # an archive, the address of its database, at most so many, rules only

_here: list[tuple[Archive, int | None, Embedder | None]] = []  # this process's archive, once it has one


def find_lines(
    archive_path: str, name: str, *, top: int | None, jobs: int | None, rules: bool, database: str | None
) -> int:
    """Answer every line of the file `name`; gives the exit status.

    Raises:
        ArchiveError: the archive cannot be opened, or is damaged.
        UnusableInput: the file cannot be opened.
    """
    workers = jobs or len(os.sched_getaffinity(0))
    with opened(name) as source:
        lines = numbered_lines(source)
        first: Batch = []
        whole = False
        if name != "-" and workers > 1:
            first, whole = head(lines, FEW)
        batches = in_batches(chain(first, lines))
        if workers == 1 or whole:
            return _alone(batches, (archive_path, database, top, rules))
        return _over_pool(batches, (archive_path, database, top, rules), workers)


def _alone(batches: Iterator[Batch], asked: Asked) -> int:
    _begin(*asked)
    checker = IdChecker()
    return SOME_FAILED if sum(_write(_batch(checker.check(batch))) for batch in batches) else DONE


def _over_pool(batches: Iterator[Batch], asked: Asked, workers: int) -> int:
    context = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
    checker = IdChecker()
    failed = 0
    waiting: deque[Future[list[Result]]] = deque()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=asked)
    try:
        for batch in batches:
            checked = checker.check(batch)
            with held():  # it may start a worker, which is to leave interrupts to this process
                waiting.append(pool.submit(_batch, checked))
            while waiting and (waiting[0].done() or len(waiting) > UNDER_WAY * workers):
                failed += _write(waiting.popleft().result())
        while waiting:
            failed += _write(waiting.popleft().result())
    except BrokenProcessPool as error:
        raise UnusableInput("A worker process ended, perhaps for want of memory; try --jobs 1.") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return SOME_FAILED if failed else DONE


def _begin(archive_path: str, database: str | None, top: int | None, rules: bool) -> None:  # initargs are positional
    """Open the archive once for this process."""
    _here[:] = [(Archive.open(archive_path, database=database), top, embedder_at_hand(rules=rules))]


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


def _write(results: list[Result]) -> int:
    """Write a batch of results; how many failed."""
    sys.stdout.buffer.write(b"".join(as_line(record) for record, _ in results))
    sys.stdout.buffer.flush()
    failed = 0
    for _, error in results:
        if error:
            failed += 1
            click.echo(f"quoth: {error}", err=True)
    return failed
