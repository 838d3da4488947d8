"""Work on what others made, in a process of its own with limits of memory and time: whatever it does there ends there.

A file can be made to exhaust whatever reads it, and readers written in C can fall over it. The process is started at
the first call and kept for the next ones; one that failed is replaced.
"""

import atexit
import contextlib
import importlib
import json
import os
import struct
import subprocess
import sys
import threading
import time
from typing import IO

SECONDS = 60  # of processor time for one call
PATIENCE = 5  # times as many seconds by the clock, on a machine that has other work
MEMORY = 1024**3  # bytes of address space beyond those with which the process begins
_LARGEST_ANSWER = 256 * 1024 * 1024  # bytes
_LOOKS_EVERY = 0.5  # seconds between looks whether the process that asks is there
_HEAD = struct.Struct(">II")
_BEGIN = (
    "import sys; sys.path[:] = sys.argv[1].split(chr(0x1F));"
    " from quoth.processes.confined import serve; serve(int(sys.argv[2]))"
)


class Refused(Exception):
    """What the work itself says of its data, in one sentence."""


class Exhausted(Exception):
    """The work came to no end within its limits, or the process broke down."""


def confined(function: str, data: bytes, *, seconds: float = SECONDS) -> object:
    """Call a function on some bytes in the confined process.

    Args:
        function: `module:name`; it takes the bytes, and gives what JSON can hold.
        data: the bytes.
        seconds: processor time that it may take.

    Returns:
        What the function gives, as JSON has it.

    Raises:
        Refused: the function raised ValueError; its words.
        Exhausted: it took more time or memory than it may, or broke down; the words say which, without a full stop.
    """
    with _lock:
        return _process().call(function, data, seconds)


class _Confined:
    """The process, and the pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # this interpreter
            [sys.executable, "-c", _BEGIN, "\x1f".join(sys.path), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.owner = os.getpid()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def call(self, function: str, data: bytes, seconds: float) -> object:
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        asked = json.dumps({"function": function, "seconds": seconds}).encode()
        began = time.monotonic()
        watch = threading.Timer(seconds * PATIENCE, self._process.kill)
        watch.start()
        try:
            into.write(_HEAD.pack(len(asked), len(data)) + asked)
            into.write(data)
            into.flush()
            answer = _received(out)
        except (OSError, EOFError, ValueError) as error:
            self.end()
            late = time.monotonic() - began >= min(seconds, seconds * PATIENCE)
            raise Exhausted(
                f"it takes more than {seconds:g} s" if late else "its reader breaks down over it"
            ) from error
        except BaseException:  # an interrupt: what the process is at is nobody's concern any more
            self.end()
            raise
        finally:
            watch.cancel()
        match answer:
            case {"refused": str() as words}:
                self.end()  # what the work held is not let go while its error is
                raise Refused(words)
            case {"exhausted": str() as words}:
                self.end()  # memory that is torn apart is not used again
                raise Exhausted(words)
            case _:
                return answer.get("found")

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


_lock = threading.Lock()
_here: list[_Confined] = []  # one, once it was needed


def _process() -> _Confined:
    if _here and (_here[0].owner != os.getpid() or not _here[0].alive):  # of a process that was forked, it is not ours
        _here.clear()
    if not _here:
        _here.append(_Confined())
        atexit.register(_end)
    return _here[0]


def _end() -> None:
    while _here:
        one = _here.pop()
        if one.owner == os.getpid():
            one.end()


def _received(pipe: IO[bytes]) -> dict[str, object]:
    size, _ = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    if size > _LARGEST_ANSWER:
        raise ValueError("the answer is too long")
    found = json.loads(_exactly(pipe, size))
    if not isinstance(found, dict):
        raise ValueError("no answer")  # noqa: TRY004  # of a process that broke down
    return found


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


# --- in the process ---------------------------------------------------------------------------------------------------


def serve(parent: int) -> None:
    """Answer calls until nobody asks any more, or the process that asks is gone."""
    import signal  # noqa: PLC0415

    threading.Thread(target=_end_with, args=(parent,), name="quoth-follow", daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the interrupt is meant for who asked
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not answer
    while True:
        try:
            about, size = _HEAD.unpack(_exactly(asked, _HEAD.size))
            call = json.loads(_exactly(asked, about))
            data = _exactly(asked, size)
        except EOFError:
            return
        answer = json.dumps(_answer(call["function"], data, call["seconds"])).encode()
        answers.write(_HEAD.pack(len(answer), 0) + answer)
        answers.flush()


def _end_with(parent: int) -> None:
    """End soon after the process that asks, though it is killed: what was asked for is nobody's concern any more.

    The system's own way, prctl, would end this process with the thread that started it.
    """
    while os.getppid() == parent:
        time.sleep(_LOOKS_EVERY)
    os._exit(1)


def _answer(function: str, data: bytes, seconds: float) -> dict[str, object]:
    module, _, name = function.partition(":")
    try:
        work = getattr(importlib.import_module(module), name)
        _limit(seconds)
        return {"found": work(data)}
    except ValueError as error:
        return {"refused": " ".join(str(error).split())}
    except (MemoryError, RecursionError):
        return {"exhausted": f"it takes more than {MEMORY // 1024**2} MiB"}
    except Exception as error:  # whatever a reader raises over bytes that nobody foresaw
        return {"exhausted": f"its reader breaks down over it ({type(error).__name__})"}
    finally:
        _unlimit()


def _limit(seconds: float) -> None:
    """Set the limits for the next call; where the system has none, whoever asked looks at the clock."""
    try:
        import resource  # noqa: PLC0415  # not everywhere
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # nothing of what was read is left behind
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))
    with contextlib.suppress(OSError, ValueError), open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        now = int(file.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, hard))


def _unlimit() -> None:
    """Lift the limit of memory: what the next call imports is not counted."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  # not everywhere

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
