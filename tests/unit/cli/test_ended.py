"""A command that is ended from outside leaves no process behind, and no reader of its output waits."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quoth.archive.archive import Archive
from quoth.cli.main import run

TEXT = "The mayor of Tarn Bay said that the bridge would open in May. “It is safe,” she added. "
GONE_WITHIN = 10.0  # seconds; it takes one, on a machine that is not busy
ENDED = [signal.SIGTERM, signal.SIGKILL]


def lines(path: Path, count: int, repeat: int = 4) -> str:
    records = (
        {"id": at, "text": f"{at}. {TEXT * repeat}", "reported": "It is safe", "original": TEXT} for at in range(count)
    )
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


def begun(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    whole = [sys.executable, "-m", "quoth", *command]
    return subprocess.Popen(whole, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def alive(session: int) -> list[str]:
    """Processes of a session that still run; what waits to be fetched by its parent does not."""
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


def ends_without_a_trace(process: subprocess.Popen[bytes], number: signal.Signals, told: bytes = b"") -> None:
    os.kill(process.pid, number)
    _, err = process.communicate(timeout=GONE_WITHIN)  # a worker that held the pipe open would keep this waiting
    assert err == b"" or (told and told in err)
    assert process.returncode == -number
    until = time.monotonic() + GONE_WITHIN
    while (left := alive(process.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    assert left == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    lines(folder / "lines", 3000)
    lines(folder / "notices", 200)
    lines(folder / "large", 600, repeat=500)
    assert run(["archive", "add", str(folder / "archive"), "--jsonl", str(folder / "notices")]) == 0
    (folder / "long.txt").write_text("".join(f"{at}. {TEXT}\n\n" for at in range(3000)), encoding="utf-8")
    (folder / "source.txt").write_text(f"Nobody spoke. {TEXT}", encoding="utf-8")
    return folder


STREAMING = {
    "statements": ["statements", "--jsonl", "lines", "--jobs", "2"],
    "grade": ["grade", "--rules", "--jsonl", "lines", "--jobs", "2"],
    "find": ["archive", "find", "archive", "--jsonl", "lines", "--jobs", "2", "--rules"],
}
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system has no /proc")


@needs_proc
@pytest.mark.parametrize("number", ENDED)
@pytest.mark.parametrize("command", STREAMING)
def test_no_worker_outlives_a_command_over_many_lines(desk: Path, command: str, number: signal.Signals):
    process = begun(STREAMING[command], desk)
    assert process.stdout.readline()
    assert len(alive(process.pid)) > 2, "no worker was started"
    ends_without_a_trace(process, number)


@needs_proc
@pytest.mark.parametrize("number", ENDED)
@pytest.mark.parametrize("wait", [0.2, 0.5, 0.8])
def test_no_worker_outlives_a_command_that_is_ended_while_it_starts_them(
    desk: Path, wait: float, number: signal.Signals
):
    process = begun(STREAMING["statements"], desk)
    time.sleep(wait)
    # killed between starting a worker and telling it what it is, Python itself complains in the worker
    ends_without_a_trace(process, number, told=b"Ran out of input" if number == signal.SIGKILL else b"")


@needs_proc
@pytest.mark.slow
@pytest.mark.parametrize("number", ENDED)
def test_no_worker_outlives_the_adding_of_documents_and_nothing_told_is_lost(
    desk: Path, tmp_path: Path, number: signal.Signals
):
    process = begun(["archive", "add", str(tmp_path / "new"), "--jsonl", "large"], desk)
    told = [json.loads(process.stdout.readline())["id"] for _ in range(10)]
    ends_without_a_trace(process, number)
    with Archive.open(tmp_path / "new") as archive:
        assert archive.catch_up()
        assert archive.check() == []
        assert all(archive.document(id_) for id_ in told)


@needs_proc
@pytest.mark.parametrize("number", ENDED)
def test_a_command_in_one_process_ends_at_once(desk: Path, number: signal.Signals):
    process = begun(["trace", "--rules", "long.txt", "--source", "source.txt", "--html", "page.html"], desk)
    time.sleep(1.5)
    ends_without_a_trace(process, number)
    assert not (desk / "page.html").exists()


@needs_proc
@pytest.mark.parametrize("number", ENDED)
def test_what_takes_a_file_apart_ends_with_the_command_though_it_is_in_the_middle_of_it(
    tmp_path: Path, number: signal.Signals
):
    script = tmp_path / "reader.py"
    script.write_text(
        "from quoth.processes.confined import confined\n"
        "if __name__ == '__main__':\n"
        "    print(confined('hostile.hostile_work:noisy', b'begun'), flush=True)\n"
        "    confined('hostile.hostile_work:busy', b'x')\n"
    )
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])},
    )
    assert b"begun" in process.stdout.readline()
    assert len(alive(process.pid)) == 2
    time.sleep(1)
    ends_without_a_trace(process, number)


@needs_proc
def test_a_table_that_is_not_finished_when_the_command_is_asked_to_end_is_not_left_behind(desk: Path, tmp_path: Path):
    table = tmp_path / "table.csv"
    process = begun(["statements", "--rules", "--text-column", "text", "lines", "--csv", str(table)], desk)
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".quoth-*.part")) and time.monotonic() < until:
        time.sleep(0.02)
    assert list(tmp_path.glob(".quoth-*.part"))
    ends_without_a_trace(process, signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []


@needs_proc
@pytest.mark.java
@pytest.mark.slow
def test_neither_java_nor_a_worker_of_spark_outlives_the_command(desk: Path, tmp_path: Path):
    pytest.importorskip("pyspark")
    if not shutil.which("java"):
        pytest.skip("Java is not installed")
    process = begun(["spark", "statements", "lines", str(tmp_path / "out"), "--master", "local[2]", "--rules"], desk)
    until = time.monotonic() + 60
    while "java" not in " ".join(alive(process.pid)) and time.monotonic() < until:
        time.sleep(0.2)
    time.sleep(5)
    process.kill()
    process.communicate(timeout=3 * GONE_WITHIN)
    while (left := alive(process.pid)) and time.monotonic() < until:
        time.sleep(0.2)
    assert left == []


def test_without_the_systems_help_a_worker_sees_its_parent_end_by_the_pipe(tmp_path: Path):
    script = tmp_path / "pool.py"
    script.write_text(
        "import ctypes, os, sys, time\n"
        "ctypes.CDLL = None  # no prctl here, in the workers neither\n"
        "from quoth.processes.workers import pool, submit\n"
        "if __name__ == '__main__':\n"
        "    with pool(1) as executor:\n"
        "        print(submit(executor, os.getpid).result(), flush=True)\n"
        "        submit(executor, time.sleep, 600).result()\n"
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as process:
        worker = int(process.stdout.readline())
        process.kill()
        assert process.stdout.read() == b""  # the worker had it, too
    assert worker != process.pid


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_is_answered_at_once_whatever_the_workers_are_at(desk: Path, tmp_path: Path, jobs: str):
    slow = lines(tmp_path / "slow", 40, repeat=3000)
    command = [sys.executable, "-m", "quoth", "statements", "--rules", "--jsonl", slow, "--jobs", jobs]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    finally:
        signal.signal(signal.SIGINT, before)
    time.sleep(3)
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"quoth: Interrupted.\n")
    assert time.monotonic() - began < GONE_WITHIN
