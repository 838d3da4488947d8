"""The commands that the readme shows are run, in a copy of the examples, and must do what they say."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(page: str) -> list[str]:
    """The lines that begin with `$ quoth` in the console blocks of a page."""
    blocks = CONSOLE.findall((ROOT / page).read_text(encoding="utf-8"))
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ quoth ")]


def opens_and_closes(words: list[str], folder: Path) -> bool:
    """Whether a command that serves until it is interrupted says where, and ends then."""
    with subprocess.Popen([*words, "--port", "0"], cwd=folder, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr is not None
        told = serving.stderr.readline()
        serving.send_signal(signal.SIGINT)
        return "http://127.0.0.1:" in told and serving.wait(timeout=60) in {0, 130}


@pytest.mark.slow
def test_the_readmes_commands_run_in_their_order(tmp_path: Path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shown = commands("README.md")
    assert len(shown) >= 4, "the readme shows no commands any more: mend the pattern"
    for command in shown:
        words = [sys.executable, "-m", "quoth", *shlex.split(command)[1:]]
        if words[3] == "serve":
            assert opens_and_closes([word for word in words if word != "--open"], tmp_path), command
            continue
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert done.stdout.strip(), f"{command} prints nothing"
    assert "<html" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_view_in_the_readme_is_what_the_command_prints(tmp_path: Path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.split("things differ: report", 1)[1].split("\n\nMemos", 1)[0]
    shown = [" ".join(line.split()) for line in block.splitlines()[1:] if line.strip()]
    command = [sys.executable, "-m", "quoth", *shlex.split(commands("README.md")[0])[1:]]
    wide = {**os.environ, "COLUMNS": "100"}
    done = subprocess.run(command, cwd=tmp_path, env=wide, capture_output=True, text=True, check=True, timeout=120)
    printed = {" ".join(line.split()).rstrip("─") for line in done.stdout.splitlines()}
    assert len(shown) > 8, "the readme shows no view any more: mend the pattern"
    assert [line for line in shown if line.rstrip("─") not in printed] == []


def test_the_readmes_links_lead_to_files_of_the_project():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#:]+)\)", text) if target != "docs/reference/models"]
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert targets
    assert missing == []
