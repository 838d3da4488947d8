"""JSON Lines through the stages: a record in, a record out, in input order, over all cores, in bounded memory.

Lines go in batches to a pool of processes; a writer gives the results out in order as soon as the oldest is ready. What
is under way is bounded, so memory does not grow with the number of lines. A batch never waits for lines that have not
arrived: a slow producer gets each answer at once.
"""

import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from queue import Queue
from typing import TYPE_CHECKING, BinaryIO

from quoth.cli.console import complain, flush, put, say
from quoth.cli.progress import Progress, counted, telling
from quoth.models.ports import Tools
from quoth.pipeline.lines import (
    BATCH_BYTES,
    Batch,
    Checked,
    IdChecker,
    Result,
    as_line,
    failure,
    in_batches,
    numbered_lines,
    parse,
)
from quoth.processes.interrupts import held
from quoth.processes.workers import cores, pool, submit
from quoth.types import ArchiveError, Document, QuothError, UnusableInput

if TYPE_CHECKING:
    from quoth.archive.archive import Archive

Against = str | tuple[Document, ...]  # the path of an archive, or sources
BATCHES_PER_WORKER = 3  # under way: one being worked on, two waiting
#: Bytes that make a batch. A document takes a tenth of a second: were many in a batch, one worker would end long before
#: the other.
ENOUGH_BYTES = {"statements": 8_192, "attitudes": 8_192, "trace": 8_192, "grade": BATCH_BYTES}
SMALL_BYTES = 40_000  # of a file: below, a second process costs more than it brings

DONE, SOME_FAILED, UNUSABLE = 0, 1, 2


def stream(task: str, name: str, *, jobs: int | None, rules: bool, against: Against = ()) -> int:
    """Read records from the file `name` (`-`: standard input), write their results; gives the exit status.

    Args:
        task: "statements", "attitudes" (statements, and what somebody thinks or wants), "grade" or "trace".
        name: a file of JSON Lines, or `-`.
        jobs: number of processes; one for each core this process may use where None.
        rules: whether to go without trained models.
        against: what "trace" holds the reports against.

    Raises:
        ArchiveError: the archive cannot be opened or read.
        UnusableInput: the file cannot be opened.
    """
    from quoth.cli.main import tools_at_hand  # noqa: PLC0415

    workers = jobs or cores()
    tools = tools_at_hand(rules=rules)  # once, for all workers: damaged weights end the command before it begins
    with opened(name) as source:
        size = size_of(source)
        with telling("records", size, streaming=True) as progress:
            batches = in_batches(counted(numbered_lines(source), progress), ENOUGH_BYTES[task])
            output = Output(progress)
            if workers == 1 or (size is not None and size < SMALL_BYTES):
                return alone(task, batches, tools, against, output)
            return over_pool(task, batches, workers, tools, against, output)


def size_of(source: BinaryIO) -> int | None:
    """Bytes of a file; None for a pipe and the like, of which nobody knows."""
    try:
        state = os.fstat(source.fileno())
    except (OSError, ValueError):  # no file of the system at all
        return None
    return state.st_size if stat.S_ISREG(state.st_mode) else None


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """A file of lines, or standard input.

    Raises:
        UnusableInput: there is no such file, or it cannot be read.
    """
    if name == "-":
        if sys.stdin is None:
            raise UnusableInput("Standard input is closed.")
        yield sys.stdin.buffer
        return
    path = Path(name)
    if path.is_dir():
        raise UnusableInput(f"{name} is a directory, not a file of JSON Lines.")
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise UnusableInput(f"{name} does not exist.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnusableInput(f"{name!r} cannot be read: {reason}.") from error
    with file:
        mode = os.fstat(file.fileno()).st_mode  # a device may have no end; an empty one has, and a terminal is a person
        if (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)) and name != os.devnull and not file.isatty():
            raise UnusableInput(f"{name} is a device, not a file of JSON Lines.")
        yield file


# --- results ----------------------------------------------------------------------------------------------------------


class Output:
    """Writes results in order, names the failed ones on standard error and counts."""

    def __init__(self, progress: Progress) -> None:
        self.failed = 0
        self.progress = progress

    def write(self, results: list[tuple[bytes, str | None]]) -> None:
        """One batch of results: the line, and what was wrong with it."""
        put(b"".join(line for line, _ in results))
        flush()
        for _, error in results:
            self.progress.done += 1
            if error:
                self.failed += 1
                say(error)

    @property
    def status(self) -> int:
        """The exit status so far."""
        return SOME_FAILED if self.failed else DONE


def alone(task: str, batches: Iterator[Batch], tools: Tools, against: Against, output: Output) -> int:
    """All in this process."""
    begin(tools, against)
    checker = IdChecker()
    for batch in batches:
        for number, line in batch:
            output.write(run_batch(task, checker.check([(number, line)])))
    return output.status


def over_pool(task: str, batches: Iterator[Batch], workers: int, tools: Tools, against: Against, output: Output) -> int:
    """Over a pool of processes, in order, with bounded work under way."""
    checker = IdChecker()
    with pool(workers, begin, tools, against) as executor:
        writer = Writer(output, workers * BATCHES_PER_WORKER)
        try:
            for batch in batches:
                if not writer.add(submit(executor, run_batch, task, checker.check(batch))):
                    break
            writer.finish()
        except BaseException:
            writer.stop()
            raise
        if isinstance(writer.error, BrokenProcessPool):
            raise UnusableInput(
                f"A worker process ended after line {output.progress.done}, perhaps for want of memory; try --jobs 1."
            ) from writer.error
        if writer.error is not None:
            raise writer.error
    return output.status


class Writer:
    """A thread that waits for the oldest batch and writes it; adding blocks while too much is under way."""

    def __init__(self, output: Output, most: int) -> None:
        self.error: BaseException | None = None
        self._output = output
        self._queue: Queue[Future[list[tuple[bytes, str | None]]] | None] = Queue(most)
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="quoth-writer", daemon=True)
        with held():  # the thread inherits that interrupts are none of its business
            self._thread.start()

    def add(self, future: "Future[list[tuple[bytes, str | None]]]") -> bool:
        """Hand over a batch; False when the writer has failed and nothing more is wanted."""
        self._queue.put(future)
        return self.error is None

    def finish(self) -> None:
        """Wait until everything is written."""
        self._queue.put(None)
        while self._thread.is_alive():
            self._thread.join(0.2)  # in slices, so that an interrupt is answered

    def stop(self) -> None:
        """Write nothing more."""
        self._stopped = True

    def _run(self) -> None:
        while (future := self._queue.get()) is not None:
            if self.error is not None or self._stopped:
                future.cancel()
                continue
            try:
                self._output.write(future.result())
            except BaseException as error:  # handed to the main thread, which raises it
                self.error = error


def run_batch(task: str, checked: list[Checked]) -> list[tuple[bytes, str | None]]:
    """Results of a batch, each as the line to write and what was wrong with it."""
    done = (run_line(task, number, line, error) for number, line, error in checked)
    return [(as_line(record), error) for record, error in done]


def run_line(task: str, number: int, line: bytes, error: str | None) -> Result:
    """The result of one line; whatever goes wrong with it is its result."""
    from quoth.pipeline import jobs  # noqa: PLC0415  # in the process that does the work

    if error is not None:
        return failure(number, line, error)
    try:
        if task == "trace":
            return jobs.trace_record(parse(line), sources_here[0], tools_here[0]), None
        on_record: dict[str, Callable[[dict[str, object], Tools], dict[str, object]]] = {
            "statements": jobs.statements_record,
            "attitudes": partial(jobs.statements_record, attitudes=True),
            "grade": jobs.grade_record,
        }
        return on_record[task](parse(line), tools_here[0]), None
    except ArchiveError:
        raise  # no other line will fare better
    except QuothError as wrong:
        return failure(number, line, str(wrong))
    except Exception as wrong:  # one record must not end the others
        if os.environ.get("QUOTH_DEBUG"):
            import traceback  # noqa: PLC0415

            complain("".join(traceback.format_exception(wrong)))
        return failure(
            number, line, f"it could not be examined ({type(wrong).__name__}: {' '.join(str(wrong).split())})."
        )


tools_here: list[Tools] = []  # one, once this process has begun
sources_here: list["Archive | tuple[Document, ...]"] = []  # likewise


def begin(tools: Tools, against: Against) -> None:
    """Keep the tools for this process, each opened at its first use, and open the archive."""
    tools_here[:] = [tools]
    if isinstance(against, str):
        from quoth.archive.archive import Archive  # noqa: PLC0415

        sources_here[:] = [Archive.open(against)]
    else:
        sources_here[:] = [against]
