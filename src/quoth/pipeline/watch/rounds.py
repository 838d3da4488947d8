"""The loop of `quoth watch`: poll, examine what is new, tell what was found, wait."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from quoth.archive.archive import Archive
from quoth.models.ports import Tools
from quoth.pipeline.trace import examine_in
from quoth.pipeline.watch.desk import Desk, Watched
from quoth.pipeline.watch.desk_state import DeskState, Place
from quoth.pipeline.watch.findings import news
from quoth.pipeline.watch.polling import AGAIN, FILE, MOST_FAILURES, Poller, asked_to_wait
from quoth.pipeline.watch.telling import Teller, check_command
from quoth.types import ArchiveError, Document, QuothError, UnusableInput

_LONGEST_SLEEP = 60.0  # seconds, after which the clock is looked at again: the machine may have slept
_LONGEST_REVISIT = 43_200.0  # seconds between two looks at a page
_LONGEST_BACK_OFF = 86_400.0  # seconds between two looks at a feed that fails


@dataclass(slots=True)
class Tally:
    """What a watch did: reports examined (versions of them), findings made, and problems told."""

    reports: int = 0
    findings: int = 0
    problems: int = 0


def watch(desk: Desk, tools: Tools, say: Callable[[str], None], done: Callable[[Tally], None], *, once: bool) -> Tally:
    """Watch until interrupted, or for one round.

    Args:
        desk: what is watched.
        tools: trained models.
        say: is told each problem, in a sentence.
        done: is told after each round in which anything happened what it was.
        once: whether to end after one round: everything polled, all that is due examined and told.

    Returns:
        What the round did.

    Raises:
        ArchiveError: the archive cannot be opened.
        UnusableInput: another watch has this desk, or its state is damaged.
        UnusableArguments: something cannot be written where it should go.
    """
    check_command(desk)
    with Archive.open(desk.archive):  # before anything is asked for
        pass
    with DeskState(desk.state) as state:
        rounds = _Rounds(desk, tools, state, say, once=once)
        while True:
            tally = rounds.round()
            if once:
                return tally
            if tally != Tally():
                done(tally)
            rounds.wait()


class _Rounds:
    def __init__(self, desk: Desk, tools: Tools, state: DeskState, say: Callable[[str], None], *, once: bool) -> None:
        self._desk, self._tools, self._state, self._say, self._once = desk, tools, state, say, once
        self._poller = Poller(desk, state)
        self._teller = Teller(desk, state, say)
        self._due: dict[Watched, float] = dict.fromkeys(desk.watched, 0.0)  # when each is looked at next
        self._failures: dict[Watched, int] = {}

    def round(self) -> Tally:
        """Poll what is due, examine all that is due, telling each finding as it is made."""
        tally = Tally()
        before = self._teller.problems
        self._poll(tally)
        self._teller.tell()
        place = self._state.due(time.time())
        if place is not None:
            with Archive.open(self._desk.archive) as archive:
                archive.catch_up()
                while place is not None:
                    self._examine(place, archive, tally)
                    self._teller.tell()
                    self._poll(tally)
                    place = self._state.due(time.time())
        tally.problems += self._teller.problems - before
        return tally

    def wait(self) -> None:
        """Sleep until something is due."""
        now = time.time()
        due = self._state.next_due()
        nearest = min((*self._due.values(), *([due] if due is not None else [])), default=now)
        time.sleep(min(max(0.0, nearest - now), _LONGEST_SLEEP))

    def _poll(self, tally: Tally) -> None:
        for watched, due in self._due.items():
            now = time.time()
            if due > now:
                continue
            try:
                self._poller.poll(watched, now=now)
            except QuothError as error:
                self._failures[watched] = self._failures.get(watched, 0) + 1
                tally.problems += 1
                self._say(str(error))
            else:
                self._failures[watched] = 0
            wait = min(watched.every * 2.0 ** self._failures[watched], _LONGEST_BACK_OFF)
            self._due[watched] = now + wait if not self._once else float("inf")

    def _examine(self, place: Place, archive: Archive, tally: Tally) -> None:
        """The reports at a place, each with what is to be told of it; then when the place is looked at again."""
        try:
            found = self._poller.documents(place)
            for document in found[0] if found else ():
                if isinstance(document, Document):
                    self._report(document, place, archive, tally)
                else:
                    self._say(str(document))
                    tally.problems += 1
        except ArchiveError:
            raise  # no other report will fare better
        except QuothError as error:
            self._put_off(place, error)
            tally.problems += 1
            return
        except Exception as error:  # one report must not end the others
            words = " ".join(str(error).split())
            what = UnusableInput(f"{place.place}: it could not be examined ({type(error).__name__}: {words}).")
            self._put_off(place, what)
            tally.problems += 1
            return
        known = found[1] if found else (place.etag, place.modified)
        self._state.settle(place.place, self._revisit(place), 0, (known[0], known[1]))

    def _report(self, document: Document, place: Place, archive: Archive, tally: Tally) -> None:
        version, before = self._state.version(document.id)
        if before == document.sha256:
            return
        examination = examine_in(archive, document, self._tools)
        found = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        told = news(document.id, version + 1, examination, self._state.findings(document.id), self._desk, found)
        self._state.add(
            document.id, place.place, version + 1, document.sha256, told.new, told.ended, self._desk.ways
        )  # fmt: skip
        tally.reports += 1
        tally.findings += len(told.new)

    def _revisit(self, place: Place) -> float | None:
        """When a page is looked at again for a later version, less and less often; None for never, as of files."""
        now = time.time()
        every = next((one.every for one in self._desk.watched if one.place == place.watched), 0.0)
        due = now + min(max(every, AGAIN) * 2.0**place.visits, _LONGEST_REVISIT)
        return None if place.kind == FILE or place.link is None or due > place.seen + self._desk.revisit else due

    def _put_off(self, place: Place, error: QuothError) -> None:
        """A place that could not be examined: later once more, or given up."""
        failures = place.failures + 1
        over = failures >= MOST_FAILURES or place.kind == FILE
        self._say(f"{error}{' It is given up.' if over and place.kind != FILE else ''}")
        due = None if over else time.time() + max(asked_to_wait(error), AGAIN * 2.0 ** (failures - 1))
        self._state.settle(place.place, due, failures, (place.etag, place.modified))
