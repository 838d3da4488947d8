"""Nothing that was read commands the terminal, whatever way it takes to standard output or standard error."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.text import Text

from quoth.cli import console
from quoth.cli.console import clean, say, tell
from quoth.cli.main import UNUSABLE, run
from quoth.cli.views import show
from quoth.pipeline.lines import as_line

SOURCE = Path(console.__file__).parents[1]
TITLE = "\x1b]0;owned\x07"  # OSC: sets the title of a window
COMMANDS = [
    TITLE,
    "\x1b[2J",
    "\x9b31m",
    "\x9d0;x\x9c",
    "\x08\x08",
    "\r",
    "\x7f",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u2028",
    "\x00",
]
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_message_shows_what_would_command_the_terminal_as_an_escape(capsys, command: str):
    say(f"a{command}b does not exist.")
    tell(f"a{command}b: deleted.")
    out, err = capsys.readouterr()
    for text in (out, err):
        assert not FORBIDDEN.search(text.replace("\n", ""))
        assert ascii(command[0])[1:-1] in text
        assert text.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_view_drops_what_would_command_the_terminal(capsys, command: str):
    show(lambda out: out.print(Text(f"Ministry of {command}Ports", style="bold")))
    out = capsys.readouterr().out
    assert not FORBIDDEN.search(out.replace("\n", ""))
    assert "Ports" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_a_record_of_json_holds_it_escaped_and_means_the_same(command: str):
    line = as_line({"id": command, "text": f"a{command}b"}).decode()
    assert not FORBIDDEN.search(line.rstrip("\n"))
    assert json.loads(line) == {"id": command, "text": f"a{command}b"}


def test_ordinary_text_is_left_as_it_is():
    text = "“Ströme”\n\xa0– co\xadoperate, क्\u200dष, 😀 שלום"
    assert clean(text, view=True) == text
    assert clean("שלום, “Ströme” 😀") == "שלום, “Ströme” 😀"


@pytest.mark.parametrize("command", ["trace", "statements", "archive find"])
def test_names_ids_titles_and_texts_reach_a_terminal_clean(tmp_path: Path, command: str):
    name = f"re{TITLE}port\u202e.txt"
    text = (
        f"Har{TITLE}bour \u202eopens\n\nThe mayor\x9b31m said that “the \x1b[2Jharbour\u2066 is open to every boat”.\n"
    )
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / f"source{TITLE}.txt").write_text(
        f"Notice. The harbour is open to every \x1b[2Jboat.{text}", encoding="utf-8"
    )
    (tmp_path / "lines").write_text(json.dumps({"id": TITLE, "text": "The harbour is open to every boat."}) + "\n{}\n")
    subprocess.run(quoth("archive", "add", "archive", name), cwd=tmp_path, check=True, capture_output=True)
    arguments = {
        "trace": [
            "trace",
            name,
            "--source",
            f"source{TITLE}.txt",
            "--source",
            f"{TITLE}missing",
            "--html",
            f"{TITLE}.html",
        ],
        "statements": ["statements", name, f"missing{TITLE}"],
        "archive find": ["archive", "find", "archive", "--jsonl", "lines"],
    }[command]
    shown = in_terminal(tmp_path, *arguments, "--rules")
    assert "harbour" in shown or TITLE[1:4] in shown
    ours = re.sub(r"\x1b\[(?:[\d;]*m|\?25[lh]|2K|1A)|\r", "", shown)  # rich's colours, and its bar on a slow machine
    assert not FORBIDDEN.search(ours)


def quoth(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "quoth", *arguments]


def in_terminal(folder: Path, *arguments: str) -> str:
    """What a command writes to a terminal, standard output and standard error."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(quoth(*arguments), cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = bytearray()
        while True:
            try:
                block = os.read(ours, 4096)
            except OSError:  # nobody has the other end any more
                break
            if not block:
                break
            shown += block
        process.wait()
    os.close(ours)
    return shown.decode("utf-8", "replace")


def test_only_one_room_writes_to_standard_output_and_standard_error():
    writing = re.compile(r"\bprint\(|\becho\(|sys\.std(out|err)\.(write|buffer)|print_exception|os\.write\(")
    allowed = {
        "cli/console.py",
        "cli/start.py",
        "reports/schema.py",
    }  # the last prints our own schema, for the docs
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if writing.search(
            re.sub(r"console\.print\(|>>> print\(|\.console\.print\(", "", path.read_text(encoding="utf-8"))
        )
    }
    assert found <= allowed


def test_a_command_that_does_not_exist_is_named_clean(capfd):
    assert run([f"tra{TITLE}ce"]) == UNUSABLE
    assert "\x1b" not in capfd.readouterr().err
