"""The pages of the manual: every command they show gives what they show, and no command or option goes unnamed."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from quoth.cli.main import cli

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "docs" / "tutorial" / "first-trace.md", ROOT / "docs" / "how-to" / "scripts.md"]


def shown(page: Path) -> Iterator[tuple[str, list[str]]]:
    """The commands of a page, each with the lines that follow it; an open quotation mark carries a command on."""
    command: str | None = None
    lines: list[str] = []
    for line in [*page.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("    $ "):
            command, lines = line[6:], []
        elif command and line.startswith("    ") and command.count("'") % 2:
            command += "\n" + line[4:]
        elif command and line.startswith("    "):
            lines.append(line.strip())
        elif command:
            yield command, lines
            command = None


@pytest.mark.parametrize(
    ("command", "lines"), [pair for page in PAGES for pair in shown(page)], ids=lambda part: str(part)[:40]
)
def test_a_command_of_the_manual_gives_what_the_manual_shows(command: str, lines: list[str], tmp_path: Path):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "quoth").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m quoth "$@"\n')
    (tmp_path / "quoth").chmod(0o755)
    plain = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "FORCE_COLOR"}}
    plain["PATH"] = f"{tmp_path}:{plain['PATH']}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=tmp_path, env=plain)
    assert done.returncode == 0, done.stderr
    rest = " ".join(done.stdout.split())
    for line in lines:
        words = " ".join(line.split())
        if words != "...":
            assert words in rest, f"{words!r} does not come next in:\n{done.stdout}"
            rest = rest.split(words, 1)[1]


def commands(group: click.Group, path: str = "quoth") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{path} {name} is listed and cannot be loaded"
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_every_command_and_every_option_is_in_the_reference():
    reference = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference").glob("*.md"))
    missing = []
    for name, command in commands(cli):
        if name not in reference:
            missing.append(name)
        missing += [
            f"{name} {option.opts[0]}"
            for option in command.params
            if isinstance(option, click.Option) and option.opts[0] not in reference
        ]
    assert missing == []


def test_every_command_says_what_it_does():
    assert [name for name, command in commands(cli) if not (command.help or "").strip()] == []
