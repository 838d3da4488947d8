"""`quoth serve` from the command line: where it says what, how it ends, what it refuses, and what it leaves behind."""

import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from served import EXAMPLES, Client
from test_promises import GUARD

from quoth.cli.main import run

PATIENCE = 60.0


@contextmanager
def serving(*arguments: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], Client, str]]:
    """A desk as the command opens it, with its client and what it said."""
    command = [sys.executable, "-m", "quoth", "serve", "--port", "0", "--rules", *arguments]
    environment = {**os.environ, **more}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stderr
        said = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert found, said
        yield process, Client(int(found[1])), said
    finally:
        process.kill()
        process.communicate()


def children(process: int) -> list[int]:
    """Processes that a process started, in whichever of its threads."""
    return [
        int(one) for task in Path(f"/proc/{process}/task").iterdir() for one in (task / "children").read_text().split()
    ]


def test_the_address_is_told_on_standard_error_and_an_interrupt_ends_desk_and_workers():
    with serving() as (process, client, said):
        assert "Nothing is kept" in said
        client.example()
        workers = children(process.pid)
        assert workers
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out, err) == (0, "", "")
        ends = time.monotonic() + PATIENCE
        while any(Path(f"/proc/{one}").exists() for one in workers) and time.monotonic() < ends:
            time.sleep(0.05)
        assert not [one for one in workers if Path(f"/proc/{one}").exists()]


def test_the_example_is_examined_before_the_address_is_told():
    with serving("--example") as (_, client, said):
        path = re.search(r"/e/[\w-]+", said)
        assert path
        assert "almost" in client.get(path[0]).text


def test_the_story_that_comes_along_is_the_one_of_the_examples():
    there = Path(importlib.util.find_spec("quoth.desk").submodule_search_locations[0]) / "example"  # type: ignore[union-attr, index]
    for name in ("gazette.txt", "statement.txt"):
        assert (there / name).read_bytes() == (EXAMPLES / name).read_bytes()


def test_a_desk_without_a_store_writes_nothing_and_asks_nobody(tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text(GUARD)
    (tmp_path / "home").mkdir()
    notes = tmp_path / "notes"
    more = {"PYTHONPATH": f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}", "QUOTH_TEST_NOTES": str(notes),
            "HOME": str(tmp_path / "home"), "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    large = (EXAMPLES / "statement.txt").read_bytes() * 1200  # more than a library would keep in memory by itself
    assert len(large) > 1_000_000
    with serving(**more) as (_, client, _):
        client.example()
        client.followed(client.send("/examine", {"report_text": "x"}, {"source_file": ("large.txt", large)}))
        client.get("/archive?q=oil")
    noted = notes.read_text(encoding="utf-8").splitlines()
    written = {line.removeprefix("write ") for line in noted if line.startswith("write ")}
    assert {one for one in written if not one.startswith(("/dev/", "/proc/self/"))} - {
        ":memory:",
        f"{Path.cwd()}/:memory:",
    } == set()
    asked = {line for line in noted if line.startswith("net ")}
    out = [one for one in asked if re.search(r"socket\.(connect|sendto|gethostby)", one)]
    assert out == []
    assert not list((tmp_path / "home").iterdir())


def test_what_is_kept_is_there_when_the_desk_opens_again(tmp_path: Path):
    with serving("--store", str(tmp_path)) as (process, client, said):
        assert f"kept in {tmp_path}" in said
        path = client.example()
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
    with serving("--store", str(tmp_path)) as (_, client, _):
        assert client.get(path).status == 200
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith("desk.sqlite")] == []


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    status = run(["serve", *arguments])
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    return err


def test_a_port_that_is_taken_a_folder_that_is_not_there_and_an_open_door_are_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = refusal(capsys, "--port", str(taken.getsockname()[1]))
    assert "--port N takes another" in told
    assert "there is no such folder" in refusal(capsys, "--store", str(tmp_path / "none"))
    assert "add --team" in refusal(capsys, "--host", "0.0.0.0")
    assert "none" in refusal(capsys, "--archive", str(tmp_path / "none"))


def test_without_its_extra_the_command_names_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    there = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name, *more: None if name == "starlette" else there(name, *more)
    )
    assert "pip install 'quoth[desk]'" in refusal(capsys)


def test_accounts_are_made_listed_and_shut_out(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    command = [sys.executable, "-m", "quoth", "serve", "--store", str(tmp_path), "account"]

    def account(*arguments: str, password: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *arguments], input=password, capture_output=True, text=True, check=False)

    assert account("add", "ada", "--role", "admin", password="a password of many letters\n").returncode == 0
    short = account("add", "bel", password="short\n")
    assert (short.returncode, short.stderr) == (2, "quoth: A password has 12 to 1024 letters.\n")
    twice = account("add", "ada", password="a password of many letters\n")
    assert "There is an account ada already." in twice.stderr
    assert account("disable", "ada").returncode == 0
    (line,) = account("list").stdout.splitlines()
    assert json.loads(line) == {"name": "ada", "role": "admin", "disabled": True}
    assert "Say where the accounts are" in refusal(capsys, "account", "list")
