"""What the readme shows in Python is run, and the reference of `import quoth` is what the docstrings say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
MAKE = ROOT / "docs" / "make_python.py"


@pytest.mark.slow
def test_the_readmes_python_runs_and_shows_an_altered_quotation():
    (shown,) = PYTHON.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    done = subprocess.run([sys.executable, "-c", shown], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "altered “the ministry knew of almost 40 tonnes" in done.stdout


def test_the_reference_of_the_front_door_is_what_the_docstrings_say(tmp_path: Path):
    done = subprocess.run([sys.executable, MAKE, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_stale_reference_is_noticed(tmp_path: Path):
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "python.md").write_text("# Python\n")
    copy = tmp_path / MAKE.name
    copy.write_text(MAKE.read_text(encoding="utf-8"), encoding="utf-8")
    done = subprocess.run([sys.executable, copy, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is not what the docstrings say" in done.stderr
