"""Long work is told of: a bar on a terminal, a line a minute elsewhere, never on standard output."""

import io
import json
import time
from pathlib import Path

import pytest

from quoth.cli import console, progress
from quoth.cli.main import DONE, run
from quoth.cli.progress import Progress, counted, telling

TEXT = "The mayor of Tarn Bay said that the bridge would open in May. “It is safe,” she added."


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(progress, "LINE_EVERY", 0.05)
    monkeypatch.setattr(progress, "BAR_AFTER", 0.05)
    monkeypatch.setattr(progress, "BAR_EVERY", 0.02)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for at in range(3):
        Path(f"n{at}.txt").write_text(f"Notice {at}. {TEXT}", encoding="utf-8")
    records = ({"id": at, "text": TEXT * 3} for at in range(150))
    Path("lines").write_text("".join(json.dumps(record) + "\n" for record in records))
    return tmp_path


def slowly(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Make a function of Quoth take a while longer."""
    module, _, function = name.rpartition(".")
    before = getattr(__import__(module, fromlist=[function]), function)

    def slow(*given: object, **named: object) -> object:
        time.sleep(0.15)
        return before(*given, **named)

    monkeypatch.setattr(name, slow)


@pytest.mark.usefixtures("_soon")
@pytest.mark.parametrize(
    ("command", "slow", "told"),
    [
        (
            ["trace", "--rules", "n0.txt", "--source", "n1.txt"],
            "quoth.verdicts.quoted_words.align",
            " statements done (",
        ),
        (
            ["archive", "add", "archive", "n0.txt", "n1.txt", "n2.txt"],
            "quoth.pipeline.inputs.load_all",
            " files done (",
        ),
        (
            ["statements", "--rules", "--jsonl", "lines", "--jobs", "1"],
            "quoth.cli.jsonl_commands.parse",
            " records done (",
        ),
        (["statements", "--rules", "n0.txt", "n1.txt"], "quoth.pipeline.jobs.statements_of", "documents done ("),
        (["archive", "add", "archive", "--jsonl", "lines"], "quoth.archive.archive.Archive._catch_up", "Still at work"),
    ],
    ids=["trace", "archive add", "statements --jsonl", "statements", "archive add --jsonl"],
)
def test_every_minute_a_line_says_how_far_it_is(
    desk: Path, capfd, monkeypatch: pytest.MonkeyPatch, command: list[str], slow: str, told: str
):
    if slow.endswith("parse"):  # called once a line
        Path("lines").write_text("".join(Path("lines").read_text().splitlines(keepends=True)[:6]))
    if slow.endswith("_catch_up"):
        from quoth.archive.archive import Archive  # noqa: PLC0415

        before = Archive._catch_up
        monkeypatch.setattr(Archive, "_catch_up", lambda self: (time.sleep(0.15), before(self))[1])
    else:
        slowly(monkeypatch, slow)
    assert run(command) == DONE
    out, err = capfd.readouterr()
    assert any(told in line for line in err.splitlines())
    assert all(line.startswith("quoth: ") for line in err.splitlines())
    assert "done (" not in out


def test_work_that_is_soon_done_is_not_told_of(desk: Path, capfd):
    assert run(["archive", "add", "archive", "n0.txt", "n1.txt"]) == DONE
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("_soon")
def test_on_a_terminal_a_bar_tells_the_share_and_the_time_left_and_is_taken_away(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    with telling("files", 40) as told:
        for at in range(1, 11):
            told.step(at)
            time.sleep(0.02)
        console.say("n7.txt: \x1b[2Jthe file is empty.")
        time.sleep(0.1)
    shown = terminal.getvalue()
    assert "10 files" in shown
    assert "25%" in shown
    assert "-:--:--" in shown or "0:00:0" in shown
    assert r"quoth: n7.txt: \x1b[2Jthe file is empty." in shown
    assert shown.endswith(("\x1b[2K", "\x1b[?25h", "\x1b[1A\x1b[2K"))
    assert console.diverted == []


@pytest.mark.usefixtures("_soon")
def test_where_results_go_to_the_same_terminal_there_is_no_bar_among_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    monkeypatch.setattr("sys.stdout", Terminal())
    with telling("records", 40, streaming=True):
        time.sleep(0.02)
    assert terminal.getvalue() == ""


def test_the_time_left_is_what_the_share_done_so_far_took(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    told = Progress("records", 1000)
    now[0] = 600.0
    told.at, told.done = 250, 12_345
    assert told.line() == "12,345 records done (25%) after 10 minutes; about 30 minutes left."
    told.total = None
    assert told.line() == "12,345 records done after 10 minutes; still at work."
    told.done = 0
    assert told.line() == "Still at work after 10 minutes."


def test_lines_are_counted_in_bytes_as_they_are_read():
    told = Progress("records", 9)
    read = list(counted(iter([(1, b"abc"), None, (2, b"abcd")]), told))
    assert read == [(1, b"abc"), None, (2, b"abcd")]
    assert told.at == 9
