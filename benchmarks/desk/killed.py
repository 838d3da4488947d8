"""kill -9 of the desk at random instants while people decide: whether a decision that was acknowledged is ever lost.

    python benchmarks/desk/killed.py [--times 50] [--people 5]

Each round starts the desk over the same folder, has people decide on the example story as fast as they can, and kills
the server after a random time. Then the database is read: every decision that was answered with 201 must be there, as
it was answered, and versions must follow each other without a gap. Prints what was found; exit status 1 if one is lost.
"""

import argparse
import http.client
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from a_desk import call, examined, free_port, opened

from quoth.review import Database, DecisionLog

LONGEST = 1.5  # seconds that a round lasts at most
Decided = dict[tuple[str, int], dict[str, object]]


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
    examination, findings = "", list[str]()
    with tempfile.TemporaryDirectory() as name:
        for _ in range(given.times):
            port = free_port()
            with opened(port, ["--rules", "--store", name]):
                if not examination:
                    examination, findings = examined(port)
                stop = threading.Event()
                people = [
                    threading.Thread(target=decide, args=(port, examination, findings, done, stop, chance.random()))
                    for _ in range(given.people)
                ]
                for one in people:
                    one.start()
                time.sleep(chance.uniform(0.02, LONGEST))
            stop.set()  # the block kills the desk while they decide
            for one in people:
                one.join()
            wrong += lost(Path(name), examination, done)
    print(f"{given.times} times killed, {len(done)} decisions acknowledged, {len(wrong)} lost or wrong")
    for one in wrong[:10]:
        print(f"  {one}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
