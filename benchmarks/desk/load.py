"""Readers and reviewers at one desk: errors, and how long a page takes.

    python benchmarks/desk/load.py [--readers 50] [--reviewers 5] [--seconds 60] [--postgres] [--think 1.0]

Readers open pages one after the other (the start, lists, the example story, exports, a search) and take `--think`
seconds on average over each; reviewers decide on findings of the story. A conflict with another reviewer (409) is an
answer, not an error. Prints the number of requests, errors, and the 50th, 95th and 99th percentile in milliseconds.
"""

import argparse
import contextlib
import http.client
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "contracts"))

from a_desk import EXAMPLES, call, examined, free_port, opened
from servers import postgres

from quoth.archive.archive import Archive
from quoth.reading import read as read_bytes

PAGES = ("/", "/examinations", "/speakers", "/corrections", "/help", "E", "E", "E", "E/entities", "E/export/json",
         f"/archive?q={quote('oil on the quay')}")  # fmt: skip
GOOD = {200, 303}


class Times:
    """How long requests took, and what went wrong."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = {"read": [], "decide": []}
        self.wrong: list[str] = []
        self.conflicts = 0
        self.lock = threading.Lock()

    def note(self, kind: str, seconds: float, status: int, path: str) -> None:
        """One answer."""
        with self.lock:
            self.taken[kind].append(seconds * 1000)
            self.conflicts += status == 409
            if status not in GOOD and not (kind == "decide" and status in {201, 409}):
                self.wrong.append(f"{path}: {status}")

    def told(self, kind: str) -> str:
        """The percentiles of a kind of request."""
        taken = sorted(self.taken[kind])
        if len(taken) < 2:
            return f"{kind}: {len(taken)} requests"
        cuts = statistics.quantiles(taken, n=100)
        return f"{kind}: {len(taken)} requests, p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms"


def read(port: int, path: str, times: Times, stop: threading.Event, seed: int, think: float) -> None:
    """Somebody who reads, over one connection as browsers have it."""
    chance = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while not stop.wait(chance.expovariate(1 / think) if think else 0):
        page = chance.choice(PAGES).replace("E", path, 1)
        began = time.perf_counter()
        try:
            connection.request("GET", page)
            answer = connection.getresponse()
            answer.read()
            times.note("read", time.perf_counter() - began, answer.status, page)
        except (OSError, http.client.HTTPException) as error:
            times.note("read", time.perf_counter() - began, 0, f"{page}: {type(error).__name__}")
            connection.close()
    connection.close()


def review(
    port: int, id_: str, findings: list[str], times: Times, stop: threading.Event, seed: int, think: float
) -> None:
    """Somebody who decides."""
    chance = random.Random(seed)
    seen: dict[str, int] = {}
    while not stop.wait(chance.expovariate(1 / think) if think else 0):
        finding = chance.choice(findings)
        place = f"/api/examinations/{id_}/findings/{finding}/decisions"
        began = time.perf_counter()
        try:
            asked = {"act": chance.choice(("accept", "reject")), "version": seen.get(finding, 0)}
            status, told = call(port, "POST", place, asked)
        except (OSError, http.client.HTTPException) as error:
            times.note("decide", time.perf_counter() - began, 0, f"decide: {type(error).__name__}")
            continue
        times.note("decide", time.perf_counter() - began, status, place)
        latest = told.get("latest") if status == 409 else told
        if isinstance(latest, dict) and isinstance(latest.get("version"), int):
            seen[finding] = int(str(latest["version"]))


@contextlib.contextmanager
def kept(folder: str, *, in_postgres: bool) -> Iterator[list[str]]:
    """Where the desk keeps things, as arguments of its command."""
    if not in_postgres:
        yield ["--store", folder]
        return
    with postgres() as address:
        yield ["--database", address]


def main() -> int:
    """Load a desk."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--reviewers", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=1.0, help="seconds between two requests of one person")
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    times, stop = Times(), threading.Event()
    with tempfile.TemporaryDirectory() as folder, kept(folder, in_postgres=given.postgres) as where:
        archive = f"{folder}/archive"
        with Archive.open(archive, create=True) as making:
            list(
                making.add(
                    read_bytes((EXAMPLES / name).read_bytes(), name) for name in ("statement.txt", "interview.txt")
                )
            )
        port = free_port()
        with opened(port, ["--rules", "--archive", archive, *where]):
            id_, findings = examined(port)
            people = [
                threading.Thread(target=read, args=(port, f"/e/{id_}", times, stop, number, given.think))
                for number in range(given.readers)
            ] + [
                threading.Thread(target=review, args=(port, id_, findings, times, stop, number, given.think))
                for number in range(given.reviewers)
            ]
            for one in people:
                one.start()
            time.sleep(given.seconds)
            stop.set()
            for one in people:
                one.join()
    kind = "PostgreSQL" if given.postgres else "SQLite"
    print(f"{kind}, {given.readers} readers, {given.reviewers} reviewers, {given.seconds:g} s")
    print(f"the machine's load is {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(times.told("read"))
    print(f"{times.told('decide')}, {times.conflicts} conflicts shown")
    print(f"{len(times.wrong)} errors")
    for one in times.wrong[:10]:
        print(f"  {one}")
    return 1 if times.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
