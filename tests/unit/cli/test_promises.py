"""What SECURITY.md promises: no connection, no look-up, nothing written where no argument said; of workers as well."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quoth.models.session import SILENT

#: Put before everything else in each Python process: what it opens for writing and every use of the network is noted.
GUARD = """
import os, sys
note = os.open(os.environ["QUOTH_TEST_NOTES"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
alters = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "sqlite3.connect"}
runs = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}
def hear(event, given):
    if event.startswith("socket.") or event in runs:
        os.write(note, f"net {event} {given!r}\\n".encode("utf-8", "backslashreplace"))
    elif event == "open" and isinstance(given[0], (str, bytes)) and given[2] & writing or event in alters:
        for name in given[: 2 if event in ("os.rename", "os.link", "os.symlink") else 1]:
            path = os.path.join(os.getcwd(), os.fsdecode(name))
            os.write(note, f"write {path}\\n".encode("utf-8", "backslashreplace"))
sys.addaudithook(hear)
"""
ALTERS = "open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,truncate"
CALLS = f"socket,connect,sendto,bind,{ALTERS}"
MEMORY = ("/dev/null", "/dev/tty", "/dev/shm/sem.", "/dev/shm/__KMP")  # of the system; no file of anybody's
TEXT = (
    "The mayor of Tarn Bay said that bridge {at} would open in May. “It is safe,” she added. The harbour master denied "
    "that boat {at} had ever been late, and the Ministry of Ports warned of ice."
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    desk = tmp_path / "desk"
    desk.mkdir()
    (tmp_path / "home").mkdir()
    (desk / "report.txt").write_text(TEXT.format(at=7), encoding="utf-8")
    (desk / "source.html").write_text(f"<html><body><p>{TEXT.format(at=7)} Nobody spoke.</p></body></html>", "utf-8")
    lines = [{"id": at, "text": TEXT.format(at=at), "reported": f"bridge {at}", "original": TEXT} for at in range(60)]
    (desk / "lines.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return desk


def commands(desk: Path) -> list[list[str]]:
    """Every command that takes no address, those of many lines over two processes."""
    lines, archive = ["--jsonl", "lines.jsonl"], "archive"
    return [
        ["trace", "report.txt", "--source", "source.html", "--html", "page.html"],
        ["statements", *lines, "--jobs", "2"],
        ["grade", *lines, "--jobs", "2"],
        ["archive", "add", archive, *lines],
        ["archive", "add", archive, "source.html"],
        ["archive", "find", archive, *lines, "--jobs", "2"],
        ["trace", "report.txt", "--archive", archive, "--json"],
        ["archive", "delete", archive, "3"],
        ["archive", "check", archive],
        ["archive", "repair", archive],
        ["archive", "export", archive],
    ]


def run_all(desk: Path, before: list[str], more: dict[str, str]) -> None:
    known = {name: value for name, value in os.environ.items() if name not in SILENT}
    environment = {**known, "HOME": str(desk.parent / "home"), "PYTHONDONTWRITEBYTECODE": "1", **more}
    for command in commands(desk):
        whole = [*before, sys.executable, "-m", "quoth", *command]
        done = subprocess.run(whole, cwd=desk, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stderr)


def outside(paths: set[str], desk: Path) -> list[str]:
    return sorted(path for path in paths if not path.startswith((f"{desk}/", *MEMORY)))


def heard_by_python(desk: Path) -> tuple[set[str], set[str]]:
    notes, guard = desk.parent / "notes", desk.parent / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD)
    path = os.pathsep.join([str(guard), *filter(None, [os.environ.get("PYTHONPATH")])])
    run_all(desk, [], {"PYTHONPATH": path, "QUOTH_TEST_NOTES": str(notes)})
    kinds = [line.partition(" ") for line in notes.read_text(errors="replace").splitlines()]
    return {told for kind, _, told in kinds if kind == "net"}, {told for kind, _, told in kinds if kind == "write"}


def heard_by_strace(desk: Path) -> tuple[set[str], set[str]]:
    log = desk.parent / "log"
    run_all(desk, ["strace", "-f", "-qq", "-A", "-s", "500", "-o", str(log), "-e", f"trace={CALLS}"], {})
    net, written = set(), set()
    for line in log.read_text(errors="replace").splitlines():
        call = line.split(maxsplit=1)[-1]
        if call.startswith(("socket(", "connect(", "sendto(", "bind(")):
            net.add(call)
        elif " = -1 " not in call and (not call.startswith("open") or re.search("O_WRONLY|O_RDWR|O_CREAT", call)):
            written |= {os.path.join(desk, name) for name in re.findall(r'"([^"]*)"', call)}  # noqa: PTH118
    return net, written


@pytest.mark.slow
@pytest.mark.parametrize("heard", [heard_by_python, heard_by_strace])
def test_no_command_connects_or_looks_up_or_writes_where_no_argument_said(
    desk: Path, heard: Callable[[Path], tuple[set[str], set[str]]]
):
    if heard is heard_by_strace and not shutil.which("strace"):
        pytest.skip("strace is not installed")
    net, written = heard(desk)
    assert not net
    assert any(path.endswith("page.html") for path in written), "the guard hears nothing"
    assert outside(written, desk) == []
    assert not list((desk.parent / "home").iterdir())


def test_onnxruntime_is_imported_silent_even_where_the_environment_says_otherwise():
    code = (
        "import os; from quoth.models.session import silent_onnxruntime; silent_onnxruntime();"
        "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'"
    )
    environment = {**os.environ, "ORT_DISABLE_TELEMETRY": "0"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
