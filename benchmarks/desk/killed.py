"""kill -9 of the desk at random instants while people decide: whether a decision that was acknowledged is ever lost.

    python benchmarks/desk/killed.py [--times 50] [--people 5]

Each round starts the desk over the same folder, has people decide on the example story as fast as they can, and kills
the server after a random time. Then the database is read: every decision that was answered with 201 must be there, as
it was answered, and versions must follow each other without a gap. Prints what was found; exit status 1 if one is lost.
"""

import argparse
import http.client
import json
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from quoth.review import Database, DecisionLog

EXAMPLES = Path(__file__).parents[2] / "examples"
PATIENCE = 90.0  # seconds for a desk to open
LONGEST = 1.5  # seconds that a round lasts at most
Decided = dict[tuple[str, int], dict[str, object]]


def call(port: int, method: str, path: str, record: object = None) -> tuple[int, dict[str, object]]:
    """One request of the API: status and answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        body = None if record is None else json.dumps(record)
        connection.request(method, path, body, {"content-type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def opened(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """A desk over a folder, that answers."""
    command = [sys.executable, "-m", "quoth", "serve", "--rules", "--port", str(port), "--store", str(folder)]
    desk = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            call(port, "GET", "/api/examinations")
        except OSError:
            time.sleep(0.05)
        else:
            return desk
    desk.kill()
    raise TimeoutError("the desk does not answer")


def examined(port: int) -> tuple[str, list[str]]:
    """The example story, examined: its id and its findings."""
    given = {
        "report": {"text": (EXAMPLES / "gazette.txt").read_text()},
        "sources": [{"text": (EXAMPLES / "statement.txt").read_text()}],
    }
    _, job = call(port, "POST", "/api/examinations", given)
    while job["state"] in {"waiting", "running"}:
        time.sleep(0.05)
        _, job = call(port, "GET", f"/api/jobs/{job['id']}")
    _, made = call(port, "GET", f"/api/examinations/{job['examination']}")
    verdicts = made["verdicts"]
    assert isinstance(verdicts, list)
    return str(job["examination"]), [one["statement"] for one in verdicts]


def decide(port: int, examination: str, findings: list[str], done: Decided, stop: threading.Event, seed: float) -> None:
    """Decide until the desk is gone; what is acknowledged is noted."""
    chance = random.Random(seed)
    while not stop.is_set():
        finding, act = chance.choice(findings), chance.choice(("accept", "reject"))
        path = f"/api/examinations/{examination}/findings/{finding}/decisions"
        version = max((at for name, at in list(done) if name == finding), default=0)
        try:
            status, answer = call(port, "POST", path, {"act": act, "version": version})
        except (OSError, http.client.HTTPException, ValueError):
            return
        latest = answer if status == 201 else answer.get("latest")
        if isinstance(latest, dict):  # of a decision that another round wrote and could not tell of
            done[finding, int(latest["version"])] = latest


def lost(folder: Path, examination: str, done: Decided) -> list[str]:
    """What was acknowledged and is not there, or not as it was; and gaps."""
    base = Database(file=folder / "desk.sqlite")
    there = {(one.finding, one.version): one.to_dict() for one in DecisionLog(base).of(examination)}
    wrong = [f"{key} is lost" for key, told in done.items() if there.get(key) != told]
    wrong += [f"{name} {at} follows nothing" for name, at in there if at > 1 and (name, at - 1) not in there]
    if base.row("PRAGMA integrity_check") != ("ok",):
        wrong.append("the database is damaged")
    base.close()
    return wrong


def main() -> int:
    """Kill and look, again and again."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    done: Decided = {}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        desk = opened(folder, port)
        examination, findings = examined(port)
        for number in range(given.times):
            stop = threading.Event()
            people = [
                threading.Thread(target=decide, args=(port, examination, findings, done, stop, chance.random()))
                for _ in range(given.people)
            ]
            for one in people:
                one.start()
            time.sleep(chance.uniform(0.02, LONGEST))
            desk.send_signal(signal.SIGKILL)
            desk.wait()
            stop.set()
            for one in people:
                one.join()
            wrong += lost(folder, examination, done)
            if number + 1 < given.times:
                desk = opened(folder, port)
    print(f"{given.times} times killed, {len(done)} decisions acknowledged, {len(wrong)} lost or wrong")
    for one in wrong[:10]:
        print(f"  {one}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
