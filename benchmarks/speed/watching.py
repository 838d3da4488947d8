"""Runs a command and says what it and the processes below it took."""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Used:
    """What a command took.

    Attributes:
        clock: seconds on the clock.
        processor: seconds of the processor, of all its processes together.
        memory: the most MB that they had at one time, what they share counted once (PSS), as sampled.
        output: what it printed.
    """

    clock: float
    processor: float
    memory: float
    output: str


def watched(command: Sequence[object], *, every: float = 0.1, keep: bool = False) -> Used:
    """Runs a command and samples its memory.

    Args:
        command: program and arguments.
        every: seconds between samples.
        keep: whether its output is kept; otherwise output and messages are thrown away.

    Raises:
        SystemExit: it failed.
    """
    words = [str(word) for word in command]
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(words, stdout=subprocess.PIPE if keep else quiet, stderr=None if keep else quiet)
    most = 0.0
    ended = threading.Event()

    def watch() -> None:
        nonlocal most
        while not ended.wait(every):
            most = max(most, sum(proportional(process) for process in tree(running.pid)) / 1024)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    output = running.stdout.read().decode() if running.stdout else ""
    _, status, used = os.wait4(running.pid, 0)
    clock = time.perf_counter() - began
    ended.set()
    watcher.join()
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"failed: {' '.join(words)}")
    return Used(clock, used.ru_utime + used.ru_stime, most, output)


def tree(root: int) -> list[int]:
    """A process and all below it, as far as the system tells."""
    found = [root]
    for process in found:
        try:
            for thread in Path(f"/proc/{process}/task").iterdir():
                found += [int(child) for child in (thread / "children").read_text().split()]
        except OSError:
            continue
    return found


def proportional(process: int) -> int:
    """Memory of a process in kB, what it shares counted in part; 0 where the system does not tell."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0
