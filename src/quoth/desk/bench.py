"""Worker processes at a bench, and the jobs they do: one after the other, told of step by step, and cancelled at once.

A pool of `concurrent.futures` cannot stop what it has begun; here a cancelled job's process is ended and another takes
its place.
"""

import asyncio
import multiprocessing
import os
import queue
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import Any

from quoth.desk.settings import Settings
from quoth.processes.workers import follow
from quoth.types import FetchFailed, QuothError

MOST_WAITING = 200  # jobs; more are refused
REMEMBERED = 500  # jobs that are done; the oldest are forgotten
_TOLD_EVERY = 0.1  # seconds between two steps that a worker tells of
_ROOM = 1.0  # seconds until another process is tried where there was no room for one
_POLL = 15.0  # seconds after which a listener is told that all is well


class State(StrEnum):
    """What has become of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({State.DONE, State.FAILED, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class About:
    """What becomes of an examination.

    Attributes:
        by: who had it examined.
        keep: whether it shall outlive the desk, where anything does.
        again: id of the examination that is run again.
        form: what the form that asked for it is held by, to be given back where nothing comes of it.
    """

    by: str
    keep: bool = True
    again: str | None = None
    form: str = ""


@dataclass(slots=True, eq=False)
class Job:
    """Some work, which changes as it goes on.

    Attributes:
        task: what is to be done; dropped when it ends, for it holds texts.
        owner: who asked for it; None where nobody signs in.
        id: what it is asked for by.
        state: what has become of it.
        done: statements judged so far.
        total: statements to judge; 0 while nobody knows.
        message: what went wrong.
        unfetched: whether that was an address.
        place: name of the field of a form that brought what could not be read; "" where nothing of the kind went wrong.
        result: what came of it, as JSON, where it is not kept.
        result_id: id of the examination that came of it.
        about: what becomes of the examination; None where the result is for whoever asked alone.
    """

    task: Any
    owner: str | None = None
    about: "About | None" = None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    state: State = State.WAITING
    done: int = 0
    total: int = 0
    message: str = ""
    unfetched: bool = False
    place: str = ""
    result: str | None = None
    result_id: str | None = None
    began: float = field(default_factory=time.monotonic)
    changes: int = 0
    heard: "set[asyncio.Event]" = field(default_factory=set)
    process: Any = None

    def record(self) -> dict[str, object]:
        """How it stands, as JSON."""
        return {
            "id": self.id,
            "state": str(self.state),
            "done": self.done,
            "total": self.total,
            "message": self.message,
            "examination": self.result_id,
        }


class TooMuch(QuothError):
    """More work than the desk takes."""


class Bench:
    """The worker processes and the jobs they do."""

    def __init__(self, settings: Settings, keep: Callable[[About, str], str]) -> None:
        """Set up; nothing is started yet.

        Args:
            settings: of the desk.
            keep: puts an examination, as JSON, where it belongs, and gives its id; for jobs that have an `About`.
        """
        self._settings, self._keep = settings, keep
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._ended = False
        self._ready = threading.Event()
        self._threads: list[threading.Thread] = []

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the workers; `loop` is where those who listen wait."""
        self._loop = loop
        for number in range(self._settings.workers):
            thread = threading.Thread(target=self._attend, name=f"quoth-bench-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def ready(self, seconds: float) -> bool:
        """Whether a worker has its models open, after at most so long."""
        return self._ready.wait(seconds)

    def close(self) -> None:
        """End the workers; what they were at is lost."""
        self._ended = True
        for job in list(self._jobs.values()):
            self.cancel(job)
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(5.0)

    def submit(self, task: object, *, owner: str | None = None, about: About | None = None) -> Job:
        """Put work on the bench.

        Raises:
            TooMuch: too many jobs wait already.
        """
        with self._lock:
            waiting = sum(one.state is State.WAITING for one in self._jobs.values())
            if waiting >= MOST_WAITING:
                raise TooMuch(f"{MOST_WAITING} jobs wait already; try again later.")
            job = Job(task, owner, about)
            self._jobs[job.id] = job
            for old in [one.id for one in self._jobs.values() if one.state in ENDED][: -REMEMBERED or None]:
                del self._jobs[old]
        self._queue.put(job)
        return job

    def job(self, id_: str) -> Job | None:
        """A job by its id; None where there is none any more."""
        return self._jobs.get(id_)

    def cancel(self, job: Job) -> bool:
        """Stop a job; whether it had not ended before."""
        with self._lock:
            if job.state in ENDED:
                return False
            job.state, job.task, job.message = State.CANCELLED, None, "Cancelled."
            process = job.process
        if process is not None:
            process.kill()
        self._told(job)
        return True

    async def ended(self, job: Job, seconds: float | None = None) -> bool:
        """Wait until a job has ended, at most so long; whether it has."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                async for _ in self.steps(job):
                    pass
        return job.state in ENDED

    async def steps(self, job: Job) -> AsyncIterator[dict[str, object] | None]:
        """How a job stands, whenever that changes, until it has ended; None from time to time where nothing does."""
        heard = asyncio.Event()
        job.heard.add(heard)
        try:
            while True:
                heard.clear()
                yield job.record()
                if job.state in ENDED:
                    return
                while not heard.is_set():
                    try:
                        await asyncio.wait_for(heard.wait(), _POLL)
                    except TimeoutError:
                        yield None
        finally:
            job.heard.discard(heard)

    def _told(self, job: Job) -> None:
        """Wake those who listen to a job."""
        job.changes += 1
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        with suppress(RuntimeError):  # the loop ended just now
            for one in list(job.heard):
                loop.call_soon_threadsafe(one.set)

    def _attend(self) -> None:
        """In a thread: keep one worker process, and give it one job after the other."""
        process, pipe = self._started()
        while not self._ended:
            job = self._queue.get()
            if job is None:
                break
            with self._lock:
                if job.state is not State.WAITING:
                    continue
                job.state, job.process = State.RUNNING, process
                task = job.task
            self._told(job)
            if not self._done(job, task, pipe):
                process.kill()
                process.join()
                pipe.close()
                process, pipe = self._started()
        process.kill()
        process.join()

    def _done(self, job: Job, task: object, pipe: Connection) -> bool:
        """Have a job done; whether the worker is still fit for another."""
        try:
            pipe.send(task)
            while True:
                word, *told = pipe.recv()
                if word == "step":
                    job.done, job.total = told
                    self._told(job)
                    continue
                if word == "failed":
                    _, job.unfetched, job.place = told
                self._end(job, State.DONE if word == "done" else State.FAILED, told[0])
                return True
        except (EOFError, OSError):
            self._end(job, State.FAILED, "The worker process ended, perhaps for want of memory.")
            return False

    def _end(self, job: Job, state: State, told: str) -> None:
        with self._lock:
            job.process = job.task = None
            if job.state not in ENDED:
                job.state = self._settled(job, state, told)
        self._told(job)

    def _settled(self, job: Job, state: State, told: str) -> State:
        """Put what came of a job where it belongs; what has become of it then. A cancelled one never comes here."""
        if state is not State.DONE:
            job.message = told
        elif job.about is None:
            job.result = told
        else:
            try:
                job.result_id = self._keep(job.about, told)
            except Exception as error:  # the disk is full, the database has gone away; the bench goes on
                job.message = sentence(error)
                return State.FAILED
        return state

    def _started(self) -> tuple[Any, Connection]:
        """A worker process, and the pipe to it; jobs wait while the machine has no room for one."""
        context = multiprocessing.get_context("spawn")
        while True:
            try:
                ours, theirs = context.Pipe()
                process = context.Process(target=_work, args=(theirs, os.getpid(), self._settings), daemon=True)
                process.start()
                break
            except OSError:  # too many processes or files just now, or too little memory
                if self._ended:
                    raise
                time.sleep(_ROOM)
        theirs.close()
        with suppress(EOFError, OSError):
            ours.recv()  # it is warm, or has ended: then the first job fails and says so
            self._ready.set()
        return process, ours


def sentence(error: Exception) -> str:
    """What is told of an error: the sentence of one of Quoth's own; of any other its kind only, never its words."""
    if isinstance(error, QuothError):
        return str(error)
    return f"An unexpected error stopped this ({type(error).__name__})."


def _work(pipe: Connection, parent: int, settings: Settings) -> None:
    """In a worker process: one task after the other, until the pipe closes."""
    follow(parent)
    from quoth.desk.hands import Hands  # noqa: PLC0415  # brings in all that the server itself does not need

    hands = Hands(settings)
    hands.warm()
    pipe.send(("ready",))
    last = 0.0

    def watch(done: int, total: int) -> None:
        nonlocal last
        if done == total or time.monotonic() - last > _TOLD_EVERY:
            last = time.monotonic()
            pipe.send(("step", done, total))

    with suppress(EOFError, OSError):
        while True:
            task = pipe.recv()
            try:
                pipe.send(("done", hands.do(task, watch)))
            except Exception as error:  # told as a sentence; the worker goes on
                pipe.send(("failed", sentence(error), isinstance(error, FetchFailed), hands.reading))
