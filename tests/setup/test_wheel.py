"""A wheel works where there is no checkout and no make: it has what it needs, says what it is, and runs."""

import email
import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import locks
import pytest
from pythons import SUPPORTED, pythons

ROOT = Path(__file__).parent.parent.parent
BASE = ROOT / "requirements" / "base.lock"
TRACE = ("trace", "examples/gazette.txt", "--source", "examples/statement.txt", "--json")
THERE = pythons()
TRIED = sorted({min(THERE, default=SUPPORTED[0]), max(THERE, default=SUPPORTED[-1])})


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as in a shell that knows nothing of the checkout."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_", "QUOTH_"))}
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built with what this environment has."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-index", "--no-build-isolation")
    done = run(*pip, "-w", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("quoth-*-py3-none-any.whl")
    return built


def lend(site: Path) -> None:
    """Link what base.lock names from this environment into another of the same Python."""
    for pin in filter(locks.holds, locks.locked(BASE)):
        files = distribution(pin.name).files or []
        for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
            (site / top).symlink_to(distribution(pin.name).locate_file(top))


@pytest.mark.slow
@pytest.mark.parametrize("minor", TRIED, ids=lambda minor: f"python3.{minor}")
def test_a_wheel_traces_a_report_outside_the_checkout(minor: int, wheel: Path, tmp_path: Path):
    if minor not in THERE:
        pytest.skip(f"there is no Python 3.{minor} that can make environments")
    bin_ = tmp_path / "environment" / "bin"
    made = run(THERE[minor], "-m", "venv", bin_.parent, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    pip = (bin_ / "python", "-m", "pip")
    if minor == sys.version_info.minor:
        lend(next(bin_.parent.glob("lib/python3*/site-packages")))
    else:
        done = run(*pip, "install", "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", BASE, cwd=tmp_path)
        if done.returncode != 0:
            pytest.skip(f"what Quoth needs cannot be installed for Python 3.{minor}: {done.stderr.strip()}")
    for step in (("install", "--no-index", wheel), ("check",)):
        done = run(*pip, *step, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    traced = run(bin_ / "quoth", *TRACE, cwd=tmp_path)
    assert traced.returncode == 0, traced.stderr
    where = run(bin_ / "python", "-c", "import quoth; print(quoth.__file__)", cwd=tmp_path)
    assert Path(where.stdout).is_relative_to(bin_.parent)
    here = subprocess.run([sys.executable, "-m", "quoth", *TRACE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(traced.stdout) == json.loads(here.stdout)


def test_a_wheel_says_what_it_is(wheel: Path):
    with zipfile.ZipFile(wheel) as files:
        (name,) = (name for name in files.namelist() if name.endswith(".dist-info/METADATA"))
        said = email.message_from_bytes(files.read(name))
    assert said["Name"] == "quoth"
    assert said["Author"] == "Quoth authors"
    assert said["License-Expression"] == "Apache-2.0"
    assert said["Summary"]
    assert said["Keywords"]
    assert said["Requires-Python"] == f">=3.{SUPPORTED[0]}"
    classified = {line.rpartition(" :: ")[2] for line in said.get_all("Classifier", [])}
    assert {f"3.{minor}" for minor in SUPPORTED} <= classified
    assert said["Description-Content-Type"] == "text/markdown"
    assert str(said.get_payload()).startswith("# Quoth")


def test_a_wheel_has_every_file_of_the_package_and_nothing_else(wheel: Path):
    with zipfile.ZipFile(wheel) as files:
        packed = {name for name in files.namelist() if not name.partition("/")[0].endswith(".dist-info")}
    source = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src" / "quoth").rglob("*")
              if path.is_file() and "__pycache__" not in path.parts}  # fmt: skip
    assert packed == source
