"""Pools of worker processes that leave interrupts to the process that started them, and never outlive it."""

import ctypes
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from typing import ParamSpec, TypeVar

from quoth.processes.interrupts import held
from quoth.processes.quiet import hush_libraries

Given = ParamSpec("Given")
Made = TypeVar("Made")

_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def cores() -> int:
    """How many processes this one may keep busy."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def pool(workers: int, begin: Callable[..., object] | None = None, *arguments: object) -> Iterator[ProcessPoolExecutor]:
    """A pool of worker processes, gone when the block is left: at once if by an exception, else when all is done.

    Args:
        workers: processes at most; each is started when there is work for it.
        begin: called with `arguments` in each before its first work.
        arguments: what travels to it.
    """
    context = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
    executor = ProcessPoolExecutor(
        workers, mp_context=context, initializer=_begin, initargs=(os.getpid(), begin, arguments)
    )
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown(wait=True, cancel_futures=True)


def submit(
    executor: ProcessPoolExecutor, job: Callable[Given, Made], *given: Given.args, **named: Given.kwargs
) -> Future[Made]:
    """Send work to a pool. That may start a worker, which from its first moment leaves interrupts to this process."""
    with held():
        return executor.submit(job, *given, **named)


def _begin(parent: int, begin: Callable[..., object] | None, arguments: tuple[object, ...]) -> None:
    follow(parent)
    if begin is not None:
        begin(*arguments)


def follow(parent: int) -> None:
    """In a worker: leave interrupts to the process that started it, and end with it, even if that is killed.

    Args:
        parent: the id of the process that started this one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hush_libraries()
    with suppress(OSError, AttributeError, TypeError):  # Linux, at once and whatever this process is at
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.name == "posix" and os.getppid() != parent:
        os._exit(1)  # it has ended already
    threading.Thread(target=_end_with_parent, name="quoth-follow", daemon=True).start()


def _end_with_parent() -> None:
    """Everywhere: the pipe that only the parent holds open is closed when it ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
