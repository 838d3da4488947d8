"""Where the `quoth` command begins: what must be settled before anything heavier is imported.

An interrupt while modules load is one sentence; standard streams that are closed are led into nothing, so that no
database is opened under the number of one; and no library writes there by itself.
"""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

INTERRUPTED, UNUSABLE = 130, 2
#: For the process that Python keeps beside a pool: after a command was killed it would tell of what it cleared away.
QUIET = "ignore::UserWarning:multiprocessing.resource_tracker"


def _interrupted(number: int, frame: FrameType | None) -> None:  # what a handler is given
    tell("Interrupted.")
    os._exit(INTERRUPTED)


def main() -> None:
    """The entry point of the `quoth` command."""
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # a shell may have it ignored
    if heard:
        signal.signal(signal.SIGINT, _interrupted)
    reserve()
    if sys.stdout is None:
        tell("Standard output is closed; there is nowhere to write results to.")
        sys.exit(UNUSABLE)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)

    from quoth.cli.main import run  # noqa: PLC0415
    from quoth.processes.quiet import hush_libraries  # noqa: PLC0415

    hush_libraries()
    os.environ["PYTHONWARNINGS"] = ",".join(filter(None, (os.environ.get("PYTHONWARNINGS"), QUIET)))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # whatever the locale
    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        status = run(sys.argv[1:])
    finally:
        if heard:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing is left to tell of
    if _workers_left():
        _leave(status)
    sys.exit(status)


def _workers_left() -> bool:
    """Whether workers are still at something that nobody waits for any more."""
    processes = sys.modules.get("multiprocessing")
    return processes is not None and bool(processes.active_children())


def _leave(status: int) -> None:
    """End now, and the workers with this process; the interpreter's own end would wait for them."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(status)


def tell(sentence: str) -> None:
    """A diagnostic, before there is anything to write it with."""
    with suppress(OSError):
        os.write(2, f"quoth: {sentence}\n".encode())


def reserve() -> None:
    """Give every closed standard stream's number to nothing; `sys.stdin` and the others stay None."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, which is this one


if __name__ == "__main__":
    main()
