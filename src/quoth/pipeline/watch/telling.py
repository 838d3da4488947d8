"""Findings to an Atom feed, to JSON Lines and to a command: each once, whenever the watch is killed.

The Atom feed is written whole from what is remembered, so that nothing can stand in it twice. A line of JSON that was
written and not yet noted down as told is found again behind the length at which all was noted down. The command is run
by a process that outlives the watch: see `once`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from quoth.pipeline.lines import as_line
from quoth.pipeline.watch import once
from quoth.pipeline.watch.atom_feed import GENERATOR, MOST_ENTRIES, atom
from quoth.pipeline.watch.desk import Desk
from quoth.pipeline.watch.desk_state import FAILED, PENDING, TOLD, DeskState, Told
from quoth.reports.outputs import check_output, has_mark, write_output
from quoth.types import OutputFailed, QuothError, UnusableArguments

#: Modules are found where they are found here, and the environment is left to the user's command as it is.
_ONCE = "import sys; sys.path[:] = sys.argv.pop(1).split(chr(0x1F)); from quoth.pipeline.watch.once import main; main()"
_OURS = re.compile(rb'\{"finding": ?"')


class Teller:
    """Tells what is to be told."""

    def __init__(self, desk: Desk, state: DeskState, say: Callable[[str], None]) -> None:
        """Check that everything can be written.

        Raises:
            UnusableArguments: a file was not written by a watch, or may not be written; there is no such command.
        """
        self._desk = desk
        self._state = state
        self._say = say
        self._found_again = False  # whether it was looked at what an earlier watch wrote last
        self._in_feed: int | None = None  # number of the newest finding in the Atom feed
        self.problems = 0
        if desk.atom:
            check_output("tell.atom", str(desk.atom), [], _is_feed)
        if desk.jsonl:
            check_output("tell.jsonl", str(desk.jsonl), [], _is_lines)

    def tell(self) -> int:
        """Tell all that is due; how many tellings were done."""
        done = 0
        for way in (self._lines, self._commands, self._feed):
            try:
                done += way()
            except QuothError as error:
                self.problems += 1
                self._say(str(error))
        return done

    # --- JSON Lines ---------------------------------------------------------------------------------------------------

    def _lines(self) -> int:
        pending = self._state.to_tell("jsonl", time.time()) if self._desk.jsonl else []
        if not pending or self._desk.jsonl is None:
            return 0
        path = self._desk.jsonl
        check_output("tell.jsonl", str(path), [], _is_lines)
        try:
            with path.open("a+b") as file:
                length = self._append(file, pending)
        except OSError as error:
            raise OutputFailed(f"tell.jsonl {path} cannot be written: {error.strerror or error}.") from error
        with self._state.writing():
            for one in pending:
                self._state.set_telling(one.number, "jsonl", TOLD, 0.0, 0, None)
            self._state.set_length("jsonl", length)
        return len(pending)

    def _append(self, file: BinaryIO, pending: Sequence[Told]) -> int:
        """Append what does not stand there yet; the length of the file then."""
        size = file.seek(0, os.SEEK_END)
        known = self._state.length("jsonl")
        if known is None:
            self._state.set_length("jsonl", known := size)
        there: set[str] = set()
        tail = b""
        if not self._found_again and size > known:
            file.seek(known)
            *lines, tail = file.read().split(b"\n")
            there = {id_ for line in lines if (id_ := _id_in(line))}
        left = [as_line(one.record) for one in pending if one.id not in there]
        if tail:  # half a line, written by a watch that was killed
            if left and left[0].startswith(tail):
                left[0] = left[0][len(tail) :]
            else:
                left.insert(0, b"\n")
        file.write(b"".join(left))
        file.flush()
        os.fsync(file.fileno())
        self._found_again = True
        return file.seek(0, os.SEEK_END)

    # --- the command --------------------------------------------------------------------------------------------------

    def _commands(self) -> int:
        if not self._desk.command:
            return 0
        for number, id_ in self._state.overdue(time.time()):
            self.problems += 1
            self._say(
                f"Finding {id_} of {number} was handed to the command, and it is not known whether that came to an end;"
                " it is not run for it again."
            )
        return sum(self._run(one) for one in self._state.to_tell(once.WAY, time.time()))

    def _run(self, told: Told) -> int:
        desk = self._desk
        state = desk.state.resolve()
        call = (sys.executable, "-c", _ONCE, "\x1f".join(sys.path), str(state))
        running = subprocess.Popen(  # noqa: S603  this program, with the user's own command
            (*call, str(told.number), f"{desk.command_time}", *desk.command),
            cwd=state.parent,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        running.wait()
        status, failures, why = self._state.telling(told.number, once.WAY)
        if status in {PENDING, FAILED}:
            self.problems += 1
            end = "is not run for it again" if status == FAILED else f"is run again later ({failures} failed by now)"
            self._say(f"The command could not tell finding {told.id}: {why or 'it never began'}; it {end}.")
        return int(status == TOLD)

    # --- the Atom feed ------------------------------------------------------------------------------------------------

    def _feed(self) -> int:
        if self._desk.atom is None:
            return 0
        latest = self._state.latest(MOST_ENTRIES)
        newest = latest[0].number if latest else 0
        if newest == self._in_feed:
            return 0
        write_output("tell.atom", str(self._desk.atom), atom(self._state.name, latest).encode(), _is_feed)
        told = sum(one.number > (self._in_feed or newest) for one in latest)
        self._in_feed = newest
        return told


def _id_in(line: bytes) -> str | None:
    """The id of the finding that a line is of."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return str(record["finding"]) if isinstance(record, dict) and "finding" in record else None


def _is_lines(path: Path) -> bool:
    with path.open("rb") as file:
        return _OURS.match(file.read(64)) is not None


_is_feed = has_mark(GENERATOR.encode())


def check_command(desk: Desk) -> None:
    """Refuse a command that there is no program for.

    Raises:
        UnusableArguments: it is so.
    """
    if not desk.command:
        return
    program = desk.command[0]
    if shutil.which(str(desk.state.resolve().parent / program) if "/" in program else program) is None:
        raise UnusableArguments(f"tell.command: there is no program {program}.")
