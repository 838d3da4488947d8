"""Long work is never silent: a bar with the time that is left on a terminal, a line a minute elsewhere.

All of it goes to standard error, and nothing is said of work that is soon done.
"""

import shutil
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from quoth.cli import console
from quoth.processes.interrupts import held

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

Thing = TypeVar("Thing")

BAR_AFTER = 1.0  # seconds of work before a bar appears
BAR_EVERY = 0.25  # seconds between two drawings of it
LINE_EVERY = 60.0  # seconds between two lines where there is no terminal
_MINUTE, _HOUR = 60, 3600


class Progress:
    """How far a piece of work is; a thread of its own tells, so that work that reports nothing is not silent either.

    Attributes:
        done: things done, in `unit`.
        at: how far it is, of `total`.
        total: how far it goes, in whatever counts (bytes, files, statements); None while that is not known.
    """

    def __init__(self, unit: str, total: int | None = None, *, watched: bool = True) -> None:
        """See `telling`."""
        self.unit = unit
        self.done = 0
        self.at = 0
        self.total = total
        self._bar_wanted = watched and sys.stderr.isatty()
        self._began = time.monotonic()
        self._ended = threading.Event()
        self._drawing = threading.Lock()
        self._bar: Bar | None = None
        self._thread = threading.Thread(target=self._tell, name="quoth-progress", daemon=True)

    def step(self, at: int, total: int | None = None) -> None:
        """So many of the things are done, of `total` where that is given."""
        self.done = self.at = at
        if total is not None:
            self.total = total

    def start(self) -> None:
        """Begin to tell."""
        with held():  # the thread inherits that interrupts are none of its business
            self._thread.start()

    def stop(self) -> None:
        """Take the bar away and say no more."""
        self._ended.set()
        self._thread.join()

    def line(self) -> str:
        """One sentence: how far it is, and how long it will take."""
        spent = time.monotonic() - self._began
        if not self.done:
            return f"Still at work after {_span(spent)}."
        counted = self._counted()
        if not self.total or not self.at:
            return f"{counted} done after {_span(spent)}; still at work."
        share = min(1.0, self.at / self.total)
        return f"{counted} done ({share:.0%}) after {_span(spent)}; about {_span(spent / share - spent)} left."

    def _counted(self) -> str:
        return f"{self.done:,} {self.unit}" if self.done else self.unit

    def _tell(self) -> None:
        if not self._bar_wanted:
            while not self._ended.wait(LINE_EVERY):
                console.say(self.line())
            return
        if self._ended.wait(BAR_AFTER):
            return
        bar = self._bar = _bar()
        task = bar.add_task(self.unit, total=self.total)
        bar.start()
        console.diverted.append(self._above)
        try:
            while True:
                with self._drawing:
                    bar.update(task, description=self._counted(), completed=self.at, total=self.total)
                    bar.refresh()
                if self._ended.wait(BAR_EVERY):
                    break
        finally:
            with self._drawing:
                console.diverted.remove(self._above)
                bar.stop()

    def _above(self, line: str) -> bool:
        """Print a message above the bar."""
        with self._drawing:
            if self._bar is None or self._above not in console.diverted:
                return False
            self._bar.console.print(line, soft_wrap=True, markup=False, highlight=False)
        return True


def _bar() -> "Bar":
    from rich.console import Console  # noqa: PLC0415  # most work is done before anybody needs it
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    wide, high = shutil.get_terminal_size()
    console = Console(stderr=True, width=max(wide, 20), height=high)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, auto_refresh=False, redirect_stdout=False,
                    redirect_stderr=False)  # fmt: skip


@contextmanager
def telling(unit: str, total: int | None = None, *, streaming: bool = False) -> Iterator[Progress]:
    """Tell how far the work in the block is.

    Args:
        unit: what is counted, in the plural ("records").
        total: where it ends, if that is known.
        streaming: whether results go to standard output meanwhile; where that is a terminal, they are progress enough.
    """
    progress = Progress(unit, total, watched=not (streaming and sys.stdout.isatty()))
    progress.start()
    try:
        yield progress
    finally:
        progress.stop()


def counted(lines: Iterator[tuple[int, bytes] | None], progress: Progress) -> Iterator[tuple[int, bytes] | None]:
    """`lines`, each counted in bytes as it is read."""
    for line in lines:
        if line is not None:
            progress.at += len(line[1]) + 1
        yield line


def stepped(things: Sequence[Thing], progress: Progress) -> Iterator[Thing]:
    """`things`, each counted when the next one is asked for."""
    for at, thing in enumerate(things):
        progress.step(at)
        yield thing


def _span(seconds: float) -> str:
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} seconds"
    return f"{seconds / _MINUTE:.0f} minutes" if seconds < 2 * _HOUR else f"{seconds / _HOUR:.1f} hours"
