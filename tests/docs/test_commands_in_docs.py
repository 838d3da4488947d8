"""The commands that the readme shows are run, in a copy of the examples, and must do what they say."""

import re
import shlex
import shutil
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


@pytest.mark.slow
def test_the_readmes_commands_run_in_their_order(tmp_path: Path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shown = commands("README.md")
    assert len(shown) >= 4, "the readme shows no commands any more: mend the pattern"
    for command in shown:
        words = [sys.executable, "-m", "quoth", *shlex.split(command)[1:]]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert done.stdout.strip(), f"{command} prints nothing"
    assert "<html" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_readmes_links_lead_to_files_of_the_project():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#:]+)\)", text) if target != "docs/reference/models"]
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert targets
    assert missing == []
