"""Interrupts, and requests to end, while worker processes are started or a file is written."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def held() -> Iterator[None]:
    """An interrupt or a SIGTERM that comes meanwhile is answered afterwards.

    A process that is half started when its parent ends would complain of that. Processes and threads that are started
    meanwhile do not hear interrupts.
    """
    if not hasattr(signal, "pthread_sigmask"):  # no such thing on Windows
        yield
        return
    heard: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    # a mask alone would not do for them: a thread of a library hears what this one does not
    handlers = {
        number: signal.signal(number, lambda which, _: heard.append(which))
        for number in numbers
        if signal.getsignal(number) not in (None, signal.SIG_IGN)
    }
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for which in dict.fromkeys(heard):
            signal.raise_signal(which)


@contextmanager
def unfinished(path: Path) -> Iterator[None]:
    """A file that is not left behind by a SIGTERM that comes while it is written."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return

    def ended(which: int, _: object) -> None:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        signal.signal(which, signal.SIG_DFL)
        signal.raise_signal(which)

    signal.signal(signal.SIGTERM, ended)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
