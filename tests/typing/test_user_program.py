"""A user's program is checked against Quoth's types, which ship with it."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROGRAM = HERE / "user_program.py"


def mypy(program: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    """Check a program as a user would; errors in Quoth itself are `make types`' matter."""
    settings = cache / "mypy.ini"
    settings.write_text("[mypy]\nstrict = True\n[mypy-quoth.*]\nfollow_imports = silent\n")
    command = [sys.executable, "-m", "mypy", "--config-file", settings, "--cache-dir", cache / "cache", program]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cache, env={"MYPYPATH": str(ROOT / "src")}
    )


@pytest.mark.slow
def test_a_users_program_passes_the_type_checker_and_a_wrong_one_does_not(tmp_path: Path):
    done = mypy(PROGRAM, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import quoth\n\nquoth.read(3)\nquoth.compare('a', 'b').grade.nonsense\nquoth.telltale\n")
    told = mypy(wrong, tmp_path).stdout
    assert "wrong.py:3" in told
    assert "wrong.py:4" in told
    assert "wrong.py:5" in told


def test_a_users_program_runs():
    done = subprocess.run([sys.executable, PROGRAM], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "almost 40 tonnes" in done.stdout
    assert done.stdout.endswith("True nowhere: there is no such file.\n")


def test_the_mark_of_types_ships_with_quoth():
    assert (ROOT / "src" / "quoth" / "py.typed").is_file()
