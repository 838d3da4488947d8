"""Runs the command of a desk for one finding, unless it was run for it before.

A process of its own, in a session of its own: a watch that is killed while the command runs takes neither with it.
Whoever changes the telling from pending to started runs the command, and nobody else does.
"""

import subprocess
import sys
import time
from pathlib import Path

from quoth.pipeline.watch.desk_state import FAILED, PENDING, STARTED, TOLD, connection

WAY = "command"
MOST_FAILURES = 5
AGAIN = 60.0  # seconds after the first failure; each time twice as long
_GRACE = 60.0  # seconds behind the end of its time after which a telling that did not end is not known to have been
_MOST_WORDS = 300  # code points of what a failing command said


def main() -> None:
    """Do what the arguments of this process say: the state's file, the finding's number, seconds, the command."""
    state, number, seconds, *command = sys.argv[1:]
    run_once(state, number, seconds, tuple(command))


def run_once(state: str, number: str, seconds: str, command: tuple[str, ...]) -> None:
    """Claim the telling, run the command with the finding's record as its input, and write down how it ended."""
    base = connection(Path(state))
    claimed = base.execute(
        "UPDATE tellings SET status = ?, due = ? WHERE finding = ? AND way = ? AND status = ?",
        (STARTED, time.time() + float(seconds) + _GRACE, number, WAY, PENDING),
    )
    if claimed.rowcount != 1:
        return
    (record, failures) = base.execute(
        "SELECT record, failures FROM findings JOIN tellings ON finding = number WHERE number = ? AND way = ?",
        (number, WAY),
    ).fetchone()
    why = _run(command, record, float(seconds))
    failures += why is not None
    again = time.time() + AGAIN * 2.0 ** (failures - 1) if why else 0.0
    status = TOLD if why is None else FAILED if failures >= MOST_FAILURES else PENDING
    base.execute(
        "UPDATE tellings SET status = ?, due = ?, failures = ?, why = ? WHERE finding = ? AND way = ?",
        (status, again, failures, why, number, WAY),
    )
    base.close()


def _run(command: tuple[str, ...], record: str, seconds: float) -> str | None:
    """Run it; what went wrong, None if nothing did."""
    try:
        done = subprocess.run(  # noqa: S603  the user's own command
            command,
            input=f"{record}\n".encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it was stopped after {seconds:g} seconds"
    except (OSError, ValueError) as error:
        return f"it cannot be run ({getattr(error, 'strerror', None) or error})"
    if done.returncode == 0:
        return None
    said = " ".join(done.stderr.decode("utf-8", "replace").split())[-_MOST_WORDS:]
    return f"it ended with status {done.returncode}{f': {said}' if said else ''}"
