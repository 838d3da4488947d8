"""Kill every long command at random instants, and say what was lost: kills.py [KILLS] [--only COMMAND ...].

After each kill (SIGKILL and SIGTERM by turns): no process of the command is left within ten seconds, no reader of its
output waits,
and of an archive everything that was told to be in is in, `check` finds nothing to mend after at most one `repair`.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

SAID = "The mayor of Tarn Bay said that the bridge would open in May. “It is safe,” she added. "
WITHIN = 10.0  # seconds
ARCHIVE = "archive"


def quoth(*command: str) -> list[str]:
    """A command line of Quoth."""
    return [sys.executable, "-m", "quoth", *command]


COMMANDS = {
    "statements": ["statements", "--rules", "--jsonl", "lines", "--jobs", "2"],
    "grade": ["grade", "--rules", "--jsonl", "lines", "--jobs", "2"],
    "names": ["names", "--jsonl", "names"],
    "trace lines": ["trace", "--rules", "--jsonl", "lines", "--source", "source.txt"],
    "trace page": ["trace", "--rules", "long.txt", "--source", "source.txt", "--html", "page.html"],
    "archive add": ["archive", "add", ARCHIVE, "--jsonl", "large"],
    "archive find": ["archive", "find", ARCHIVE, "--jsonl", "lines", "--jobs", "2", "--rules"],
    "archive repair": ["archive", "repair", ARCHIVE],
    "archive delete": ["archive", "delete", ARCHIVE, *(str(at) for at in range(50, 90))],
    "archive export": ["archive", "export", ARCHIVE],
}
LONGEST = {"archive delete": 1.5, "archive repair": 2.5}  # seconds until the kill; others 3


def made(folder: Path) -> None:
    """The inputs: many small records, fewer large ones, a long text, an archive of 200 documents."""
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
    (folder / "lines").write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    shutil.copy(folder / "lines", folder / "names")
    large = [{"id": f"large-{at}", "text": f"{at}. {SAID * 300}"} for at in range(400)]
    (folder / "large").write_text("".join(json.dumps(one) + "\n" for one in large), encoding="utf-8")
    (folder / "few").write_text("".join(json.dumps(one) + "\n" for one in records[:200]), encoding="utf-8")
    (folder / "long.txt").write_text("".join(f"{at}. {SAID}\n\n" for at in range(3000)), encoding="utf-8")
    (folder / "source.txt").write_text(f"Nobody spoke. {SAID}", encoding="utf-8")
    subprocess.run(quoth("archive", "add", ARCHIVE, "--jsonl", "few"), cwd=folder, check=True, capture_output=True)


def alive(session: int) -> list[str]:
    """Processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text(errors="replace").partition(") ")
        except OSError:
            continue
        state, _, _, its_session, *_ = rest.split()
        if int(its_session) == session and state not in "ZX":
            found.append(name)
    return found


def killed(command: str, folder: Path, wait: float, number: signal.Signals) -> tuple[list[str], str | None]:
    """Start a command and end it after a while: the ids that it told, and what is wrong, if anything is."""
    process = subprocess.Popen(
        quoth(*COMMANDS[command]), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(wait)
    os.kill(process.pid, number)
    try:
        out, _ = process.communicate(timeout=WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return [], "a reader of its output waits"
    until = time.monotonic() + WITHIN
    while (left := alive(process.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    told = [line for line in out.decode("utf-8", "replace").splitlines(keepends=True) if line.endswith("\n")]
    return [json.loads(line)["id"] for line in told if command == "archive add"], f"left: {left}" if left else None


def archive_after(folder: Path, told: Sequence[str]) -> tuple[str | None, bool]:
    """What is wrong with the archive, if anything is, and whether it had to be repaired."""
    checked = subprocess.run(quoth("archive", "check", ARCHIVE), cwd=folder, capture_output=True, check=False)
    mended = checked.returncode != 0
    if mended:
        subprocess.run(quoth("archive", "repair", ARCHIVE), cwd=folder, capture_output=True, check=False)
        checked = subprocess.run(quoth("archive", "check", ARCHIVE), cwd=folder, capture_output=True, check=False)
        if checked.returncode:
            return f"repair did not mend it: {checked.stderr.decode()[-200:]}", mended
    listed = subprocess.run(quoth("archive", "export", ARCHIVE), cwd=folder, capture_output=True, check=False)
    there = {str(json.loads(line)["id"]) for line in listed.stdout.splitlines()}
    lost = {*told, *(str(at) for at in range(50))} - there
    return (f"lost: {sorted(lost)[:5]}" if lost else None), mended


def main() -> int:
    """Kill, look, print a row a command; 1 if anything was lost, left or stuck."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=100)
    parser.add_argument("--only", nargs="*", default=list(COMMANDS))
    asked = parser.parse_args()
    chance = random.Random(20)
    failed = 0
    for command in asked.only:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            made(folder)
            failed += row(command, folder, asked.kills, lambda most: chance.uniform(0, most))
    return min(failed, 1)


def row(command: str, folder: Path, kills: int, drawn: Callable[[float], float]) -> int:
    """Kill one command so often; print what was seen; how many kills did harm."""
    wrong: list[str] = []
    repaired, told = 0, set[str]()
    for at in range(kills):
        number = (signal.SIGKILL, signal.SIGTERM)[at % 2]
        ids, bad = killed(command, folder, drawn(LONGEST.get(command, 3.0)), number)
        told.update(map(str, ids))
        if command.startswith("archive"):
            harm, mended = archive_after(folder, sorted(told))
            bad, repaired = bad or harm, repaired + mended
        wrong += [bad] if bad else []
        if (folder / "page.html").exists() and b"</html>" not in (folder / "page.html").read_bytes():
            wrong.append("half a page")
    print(
        f"{command:16s} kills {kills}  told {len(told)}  repaired {repaired}  harm {len(wrong)} {wrong[:3]}", flush=True
    )
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
