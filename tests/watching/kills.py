"""Kills a watch over a busy feed with `kill -9`, again and again, and counts what was lost and what was told twice.

    python tests/watching/kills.py --kills 100

A newsroom on loopback publishes reports with an altered quotation all the while, and corrects some that were told. A
third of the kills come at a random moment, the others within an instant of a request or of something told, when there
is most to lose.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from lxml import etree

sys.path.insert(0, str(Path(__file__).parent.parent))

from quoth.archive.archive import Archive
from quoth.reading import read_text
from watching.newsroom import Newsroom, open_newsroom, records, report, source, write_desk

TELL = 'jsonl = "findings.jsonl"\natom = "findings.xml"\ncommand = ["sh", "-c", "cat >> command.jsonl"]'
_ID = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}id"


@dataclass(frozen=True)
class Outcome:
    """What became of the findings.

    Attributes:
        kills: how often the watch was killed.
        reports: published, each with one altered quotation.
        corrected: those of them that were corrected after they had been told.
        lost: findings and corrections that some way of telling lacks.
        twice: those that one has more than once, and findings of which there are two.
        strange: what was told of a report that says nothing wrong.
    """

    kills: int
    reports: int
    corrected: int
    lost: int
    twice: int
    strange: int


def killed(folder: Path, kills: int, seed: int, say: bool = False) -> Outcome:
    """Run and kill a watch in a folder; see the module."""
    chance = random.Random(seed)
    numbers = 4 * kills + 10
    with Archive.open(folder / "archive", create=True) as archive:
        list(archive.add(read_text(source(number), f"notice-{number}") for number in range(numbers)))
    published: list[int] = []
    corrected: list[int] = []
    with open_newsroom() as room:
        desk = write_desk(folder, room, tell=TELL)
        for at in range(kills):
            _publish(room, folder, published, corrected, chance)
            running = _started(desk, folder)
            _wait(running, room, folder, chance)
            assert running.poll() is None, "the watch ended by itself"
            running.kill()
            running.wait()
            if say and at % 10 == 9:
                print(f"{at + 1} kills, {len(records(folder / 'findings.jsonl'))} lines told", file=sys.stderr)
        for _ in range(3):  # the second finds what the first tells; the last one nothing
            done = subprocess.run(
                _command(desk, "--once"), env=_environment(), capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
        return _counted(folder, room, kills, published, corrected)


def _publish(room: Newsroom, folder: Path, published: list[int], corrected: list[int], chance: random.Random) -> None:
    """One to three new reports, and now and then a correction of one that was told."""
    for _ in range(chance.randint(1, 3)):
        number = len(published)
        room.publish(f"{number}", report(number))
        published.append(number)
    told = [int(one["report"]["url"].rpartition("/")[2]) for one in records(folder / "findings.jsonl")[:-1]]
    left = sorted(set(told) - set(corrected))
    if left and chance.random() < 0.3:
        number = chance.choice(left)
        room.publish(f"{number}", report(number, wrong=False), updated="2031-05-03T08:00:00Z")
        corrected.append(number)


def _wait(running: subprocess.Popen, room: Newsroom, folder: Path, chance: random.Random) -> None:
    """Wait for a random moment, or for an instant behind one of the things that happen."""
    at_something = chance.random() < 0.67
    left = chance.randint(1, 15)
    ends = time.monotonic() + (20.0 if at_something else chance.uniform(0.3, 9.0))
    seen = _happened(room, folder)
    while running.poll() is None and time.monotonic() < ends:
        if (now := _happened(room, folder)) != seen:
            seen = now
            left -= 1
            if at_something and left <= 0:
                time.sleep(chance.choice((0.0, 0.001, 0.01, 0.1)))
                return
        time.sleep(0.002)


def _happened(room: Newsroom, folder: Path) -> tuple:
    files = [folder / name for name in ("findings.jsonl", "command.jsonl", "findings.xml")]
    return len(room.asked), *(one.stat().st_size if one.exists() else 0 for one in files)


def _counted(folder: Path, room: Newsroom, kills: int, published: list[int], corrected: list[int]) -> Outcome:
    lines = records(folder / "findings.jsonl")
    wanted = Counter({("finding", f"{room.site}/{number}"): 1 for number in published})
    wanted.update({("correction", f"{room.site}/{number}"): 1 for number in corrected})
    ways = [
        Counter((one["kind"], one["report"]["url"]) for one in lines),
        Counter((one["kind"], one["report"]["url"]) for one in records(folder / "command.jsonl")),
    ]
    ids = [one.text for one in etree.parse(folder / "findings.xml").getroot().iterfind(_ID)]
    in_feed = min(len(wanted), 500)
    return Outcome(
        kills=kills,
        reports=len(published),
        corrected=len(corrected),
        lost=sum((wanted - way).total() for way in ways) + max(0, in_feed - len(set(ids))),
        twice=sum((way - wanted).total() for way in ways) + len(ids) - len(set(ids)),
        strange=sum(one["kind"] == "withdrawal" for one in lines),
    )


def _started(desk: Path, folder: Path) -> subprocess.Popen:
    quiet = (folder / "messages.txt").open("ab")
    with quiet:
        return subprocess.Popen(_command(desk), env=_environment(), stdout=subprocess.DEVNULL, stderr=quiet)


def _command(desk: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "quoth", "watch", str(desk), *options]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        found = killed(Path(made), chosen.kills, chosen.seed, say=True)
        print(json.dumps(asdict(found)))
        print((Path(made) / "messages.txt").read_text()[-2000:], file=sys.stderr)
    sys.exit(bool(found.lost or found.twice or found.strange))
