"""Kill every long command at random instants, and say what was lost: kills.py [KILLS] [--only COMMAND ...].

After each kill (SIGKILL and SIGTERM by turns): no process of the command is left within ten seconds, no reader of its
output or its messages waits; a table or page is whole or not there; a watch that is started again tells each finding
once. An archive is made once for all kills of a command, and is not repaired between them: each command meets what the
kills before it have left. After every kill all that was told to be in it, or was once seen in it, is in it, and
nothing that was told to be deleted is; after the last one `check` finds nothing to mend after at most one `repair`.
Printed as well: after how many kills `check` found the index behind the documents, and how many of the commands still
ran when they were killed. Commands over PostgreSQL need Debian's server, those of Spark need pyspark and Java; where
that is missing they are passed over and named.
"""

import argparse
import contextlib
import csv
import importlib.util
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
from contracts.servers import NoServerError, postgres

SAID = "The mayor of Tarn Bay said that the bridge would open in May. “It is safe,” she added. "
WITHIN = 10.0  # seconds; Java looks only when it has started, which takes longer on a busy machine
LONGER = {"spark": 60.0}
ARCHIVE = "archive"
FEW = 200  # documents that the archive has from the beginning
UNUSABLE = 2  # the status of a command that did nothing
KEPT = 50  # of them, which no command deletes
MARK = "QUOTH_KILLS"  # in the environment of every process of a command, its workers and Java included


def quoth(*command: str) -> list[str]:
    """A command line of Quoth."""
    return [sys.executable, "-m", "quoth", *command]


OF_ARCHIVES = {
    "archive add": ["archive", "add", ARCHIVE, "--jsonl", "large"],
    "archive add files": ["archive", "add", ARCHIVE, "files"],
    "archive find": ["archive", "find", ARCHIVE, "--jsonl", "lines", "--jobs", "2", "--rules"],
    "archive check": ["archive", "check", ARCHIVE],
    "archive repair": ["archive", "repair", ARCHIVE],
    "archive delete": ["archive", "delete", ARCHIVE, *(str(at) for at in range(KEPT, FEW))],
    "archive export": ["archive", "export", ARCHIVE],
    "trace archive": ["trace", "--rules", "--jsonl", "lines", "--archive", ARCHIVE, "--jobs", "2"],
}
POSTGRES = "postgres "
COMMANDS = {
    "statements": ["statements", "--rules", "--jsonl", "lines", "--jobs", "2"],
    "statements pdf": ["statements", "--rules", "heavy.pdf"],
    "statements table": ["statements", "--rules", "lines.jsonl", "--csv", "table.csv"],
    "grade": ["grade", "--rules", "--jsonl", "lines", "--jobs", "2"],
    "names": ["names", "--jsonl", "names"],
    "trace lines": ["trace", "--rules", "--jsonl", "lines", "--source", "source.txt"],
    "trace page": ["trace", "--rules", "long.txt", "--source", "source.txt", "--html", "page.html"],
    "trace table": ["trace", "--rules", "files", "--source", "source.txt", "--csv", "table.csv"],
    **OF_ARCHIVES,
    **{POSTGRES + name: command for name, command in OF_ARCHIVES.items()},
    "watch": ["watch", "desk.toml"],
    "serve": [
        "serve",
        "--rules",
        "--port",
        "0",
        "--archive",
        ARCHIVE,
        "--store",
        "store",
        "--example",
        "--workers",
        "2",
    ],
    "spark": ["spark", "statements", "few", "spark-out", "--rules", "--master", "local[2]"],
}
LONGEST = {
    "archive add": 1.5,
    "archive add files": 1.5,
    "archive delete": 1.5,
    "archive repair": 2.5,
    "archive check": 1.5,
    "spark": 15.0,
}  # seconds to the kill; others 3


def heavy_pdf() -> bytes:
    """A PDF whose page holds words by the million: its reader is long at it."""
    page = zlib.compress(b"BT /F 12 Tf 10 10 Td (No boat.) Tj ET\n" * 6_000_000)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[5 0 R]/Resources<</Font<</F 3 0 R>>>>/MediaBox[0 0 400 400]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


DESK = """archive = "archive"
rules = true
[[watch]]
folder = "files"
every = "1s"
[tell]
min = "reworded"
confidence = 0
jsonl = "findings.jsonl"
atom = "findings.xml"
"""


def made(folder: Path, database: str | None) -> None:
    """The inputs: many small records, fewer large ones, a long text, files, an archive of 200 documents."""
    records = [
        {
            "id": at,
            "text": f"{at}. {SAID * 4}",
            "reported": "It is safe",
            "original": SAID,
            "a": "Odo Marn",
            "b": f"O. Marn{at}",
        }
        for at in range(6000)
    ]
    lines = [json.dumps(one) + "\n" for one in records]
    (folder / "lines").write_text("".join(lines), encoding="utf-8")
    for name in ("names", "lines.jsonl"):
        shutil.copy(folder / "lines", folder / name)
    (folder / "few").write_text("".join(lines[:FEW]), encoding="utf-8")
    (folder / "long.txt").write_text("".join(f"{at}. {SAID}\n\n" for at in range(3000)), encoding="utf-8")
    (folder / "source.txt").write_text(f"Nobody spoke. {SAID}", encoding="utf-8")
    (folder / "heavy.pdf").write_bytes(heavy_pdf())
    (folder / "desk.toml").write_text(DESK, encoding="utf-8")
    (folder / "files").mkdir()
    (folder / "store").mkdir()  # of the desk, which makes none
    new_work(folder, 0)
    if database:
        emptied(database)
    where = ["--database", database] if database else []
    ended(folder, "archive", "add", ARCHIVE, "--jsonl", "few", *where).check_returncode()


def new_work(folder: Path, number: int) -> None:
    """Records and files that no archive has yet, so that each command has as much to do as the first one."""
    large = [{"id": f"large-{number}-{at}", "text": f"{number}, {at}. {SAID * 30}"} for at in range(400)]
    (folder / "large").write_text("".join(json.dumps(one) + "\n" for one in large), encoding="utf-8")
    for at in range(400):
        day = f"{number}-{at}"
        text = f"The mayor of Tarn Bay spoke on day {day}. “It is safe in {day},” she said.\n\n{SAID}"
        (folder / "files" / f"{at}.txt").write_text(text, encoding="utf-8")


def ended(folder: Path, *command: str) -> subprocess.CompletedProcess[bytes]:
    """What a command that nobody kills has printed."""
    return subprocess.run(quoth(*command), cwd=folder, capture_output=True, check=False)


def alive(mark: str) -> list[str]:
    """Processes that a command started, those in sessions of their own too, and that still run."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"{MARK}={mark}".encode() in (place / "environ").read_bytes().split(b"\0"):
                found.append((place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:80])
    return [command for command in found if command]  # a zombie has none


@dataclass(frozen=True)
class Killed:
    """A command that was ended: whether it still ran then, the whole lines it printed, what is wrong with its end."""

    ran: bool
    lines: list[str]
    wrong: str | None


def killed(command: str, folder: Path, wait: float, number: signal.Signals) -> Killed:
    """Start a command and end it after a while."""
    mark = uuid.uuid4().hex
    process = subprocess.Popen(
        quoth(*COMMANDS[command]),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, MARK: mark},
    )
    time.sleep(wait)
    ran = process.poll() is None
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, number)
    try:
        out, errors = process.communicate(timeout=LONGER.get(command, WITHIN))
    except subprocess.TimeoutExpired:
        left = alive(mark)
        os.killpg(process.pid, signal.SIGKILL)
        return Killed(ran, [], f"a reader of its output waits: {left}")
    until = time.monotonic() + LONGER.get(command, WITHIN)
    while (left := alive(mark)) and time.monotonic() < until:
        time.sleep(0.05)
    if left:
        return Killed(ran, [], f"left: {left}")
    wrong = None
    if b"Traceback" in errors and command != "spark":
        wrong = f"a traceback: {errors.decode('utf-8', 'replace')[-300:]}"
    elif not ran and process.returncode == UNUSABLE:
        wrong = f"it refused to run: {errors.decode('utf-8', 'replace')[-300:]}"
    whole = [line for line in out.decode("utf-8", "replace").splitlines(keepends=True) if line.endswith("\n")]
    return Killed(ran, whole, wrong)


class Acknowledged:
    """What an archive has told or shown of itself over all kills: what is in it, and what is gone from it."""

    def __init__(self) -> None:
        self.kept = {str(at) for at in range(FEW)}
        self.gone: set[str] = set()

    def asked(self, name: str) -> None:
        """A command begins: of what it is to delete nothing is known until it tells it."""
        if name == "archive delete":
            self.kept -= {str(at) for at in range(KEPT, FEW)}

    def added(self, lines: Iterable[str]) -> None:
        """Records of `archive add --jsonl` were printed."""
        ids = {str(json.loads(line)["id"]) for line in lines}
        self.kept |= ids
        self.gone -= ids

    def told(self, name: str, lines: Iterable[str]) -> None:
        """A command that was killed had printed these lines."""
        if name == "archive add":
            self.added(lines)
        if name == "archive delete":
            self.gone |= {line.partition(":")[0] for line in lines}

    def harm(self, folder: Path) -> str | None:
        """What is wrong with the archive as it stands, unrepaired; what it shows must be there from now on."""
        shown = ended(folder, "archive", "export", ARCHIVE)
        if shown.returncode:
            return f"not to be exported: {shown.stderr.decode('utf-8', 'replace')[-200:]}"
        there = {str(json.loads(line)["id"]) for line in shown.stdout.splitlines()}
        lost, back = sorted(self.kept - there), sorted(self.gone & there)
        self.kept |= there
        if lost or back:
            return f"lost: {lost[:5]}, deleted and there again: {back[:5]}"
        return None


def mended(folder: Path, known: Acknowledged) -> str | None:
    """What is wrong with an archive after all kills and one repair, if anything is."""
    if ended(folder, "archive", "check", ARCHIVE).returncode:
        ended(folder, "archive", "repair", ARCHIVE)
        checked = ended(folder, "archive", "check", ARCHIVE)
        if checked.returncode:
            return f"repair did not mend it: {checked.stderr.decode('utf-8', 'replace')[-200:]}"
    return known.harm(folder)


def files_after(folder: Path) -> list[str]:
    """What is wrong with the files that a command writes: each is whole, or is not there."""
    wrong = []
    if (folder / "page.html").exists() and b"</html>" not in (folder / "page.html").read_bytes():
        wrong.append("half a page")
    if (folder / "table.csv").exists():
        with (folder / "table.csv").open(encoding="utf-8", newline="") as file:
            if len({len(row) for row in csv.reader(file)}) != 1:
                wrong.append("half a table")
    return wrong


def findings_after(folder: Path) -> list[str]:
    """What is wrong with what a watch told: half a line, or a finding told twice."""
    path = folder / "findings.jsonl"
    if not path.exists():
        return []
    try:
        ids = [json.loads(line)["finding"] for line in path.read_text(encoding="utf-8").splitlines()[:-1]]
    except ValueError:
        return ["half a line among the findings"]
    return [f"told twice: {len(ids) - len(set(ids))}"] if len(ids) != len(set(ids)) else []


def row(command: str, folder: Path, kills: int, drawn: Callable[[float], float]) -> int:
    """Kill one command so often; print what was seen; how many kills did harm."""
    wrong: list[str] = []
    behind = running = 0
    known = Acknowledged()
    name = command.removeprefix(POSTGRES)
    for at in range(kills):
        number = (signal.SIGKILL, signal.SIGTERM)[at % 2]
        new_work(folder, at)
        if name == "archive delete":  # what was deleted comes in again, into the archive as the kill has left it
            known.added(ended(folder, "archive", "add", ARCHIVE, "--jsonl", "few").stdout.decode().splitlines())
        known.asked(name)
        one = killed(command, folder, drawn(LONGEST.get(name, 3.0)), number)
        running += one.ran
        if name in OF_ARCHIVES:
            known.told(name, one.lines)
            behind += ended(folder, "archive", "check", ARCHIVE).returncode != 0
            wrong += filter(None, [known.harm(folder)])
        wrong += [*filter(None, [one.wrong]), *files_after(folder), *findings_after(folder)]
        shutil.rmtree(folder / "spark-out", ignore_errors=True)
    if name in OF_ARCHIVES:
        wrong += filter(None, [mended(folder, known)])
    if command == "watch":
        ended(folder, "watch", "desk.toml", "--once")
        wrong += findings_after(folder)
    print(
        f"{command:25s} kills {kills}  still ran {running}  kept {len(known.kept)}  gone {len(known.gone)}"
        f"  index behind {behind}  harm {len(wrong)} {wrong[:3]}",
        flush=True,
    )
    return len(wrong)


def without(command: str, database: str | None) -> str | None:
    """What is missing for a command, if anything is."""
    if command.startswith(POSTGRES) and database is None:
        return "PostgreSQL"
    if command == "spark" and not (importlib.util.find_spec("pyspark") and shutil.which("java")):
        return "pyspark or Java"
    return None


def emptied(database: str) -> None:
    """Leave nothing of an earlier archive in the database."""
    subprocess.run(
        ["psql", "-q", database, "-c", "DROP SCHEMA IF EXISTS quoth CASCADE"],
        check=True,
        capture_output=True,
    )


def main() -> int:
    """Kill, look, print a row a command; 1 if anything was lost, left or stuck."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=100)
    parser.add_argument("--only", nargs="*", default=list(COMMANDS))
    asked = parser.parse_args()
    chance = random.Random(20)
    failed = 0
    with contextlib.ExitStack() as stack:
        database = None
        if any(command.startswith(POSTGRES) for command in asked.only):
            with contextlib.suppress(NoServerError):
                database = stack.enter_context(postgres())
        for command in asked.only:
            if missing := without(command, database):
                print(f"{command:25s} not run: no {missing}", flush=True)
                continue
            used = database if command.startswith(POSTGRES) else None
            if used:
                os.environ["QUOTH_DATABASE"] = used
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
                made(Path(name), used)
                failed += row(command, Path(name), asked.kills, lambda most: chance.uniform(0, most))
            os.environ.pop("QUOTH_DATABASE", None)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
