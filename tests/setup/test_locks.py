"""The locks are whole, agree with each other and with what the project asks for, and name no index."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import locks
import newer
import pytest
from packaging.requirements import Requirement
from pythons import SUPPORTED

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted(FOLDER.glob("*.lock"))


def asked(name: str) -> list[str]:
    """The lines of a list of requirements, without what is said about them."""
    lines = (line.partition("#")[0].strip() for line in (FOLDER / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("base.lock", [*PROJECT["project"]["dependencies"], *asked("build.in"), *PROJECT["build-system"]["requires"]]),
        (
            "dev.lock",
            [
                *asked("dev.in"),
                *PROJECT["project"]["optional-dependencies"]["postgres"],
                *PROJECT["project"]["optional-dependencies"]["desk"],
            ],
        ),
        (
            "desk.lock",  # the desk offers the PDF to be saved
            [
                *asked("desk.in"),
                *PROJECT["project"]["optional-dependencies"]["desk"],
                *PROJECT["project"]["optional-dependencies"]["pdf"],
            ],
        ),
        ("spark.lock", [*asked("spark.in"), *PROJECT["project"]["optional-dependencies"]["spark"]]),
        ("locking.lock", asked("locking.in")),
    ],
)
def test_every_python_gets_one_fitting_version_of_all_that_is_asked_for(lock: str, wanted: list[str]):
    for requirement in map(Requirement, wanted):
        pins = [pin for pin in locks.locked(FOLDER / lock) if locks.name(pin) == locks.name(requirement)]
        for minor in SUPPORTED:
            held = [pin for pin in pins if locks.holds(pin, minor)]
            assert len(held) == 1, f"{lock} has {len(held)} of {requirement.name} for Python 3.{minor}: make lock"
            assert requirement.specifier.contains(locks.version(held[0])), f"{held[0]} is not {requirement}: make lock"


def test_what_developers_have_is_what_users_have_and_more():
    """In dev.lock a pin may hold on more systems: something there needs the package everywhere."""
    base, dev = (
        {(locks.name(pin), locks.version(pin)) for pin in locks.locked(FOLDER / lock)}
        for lock in ("base.lock", "dev.lock")
    )
    assert dev > base


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_has_hashes_for_every_package_and_names_no_index(lock: Path):
    text = lock.read_text(encoding="utf-8")
    packages = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(packages) == len(locks.locked(lock))
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert re.findall(r"^-.*|\S*://\S*|.* @ .*", text, re.MULTILINE) == []


def test_spark_is_not_what_every_contributor_installs():
    names = {lock.name: {locks.name(pin) for pin in locks.locked(lock)} for lock in LOCKS}
    assert "pyspark" in names["spark.lock"]
    assert not {"pyspark", "py4j", "uv"} & names["dev.lock"]


def test_a_newer_version_on_offer_is_taken_where_nothing_is_locked(tmp_path: Path):
    """What CI offers beside the index is an offer: without the lock pip takes it, with it never."""
    offered = tmp_path / "offered"
    assert "coverage" in newer.offer(offered, LOCKS)
    pip = [sys.executable, "-m", "pip", "download", "--no-index", "--no-deps", "--find-links", str(offered)]
    free = subprocess.run([*pip, "-d", tmp_path / "free", "coverage"], check=False, capture_output=True, text=True)
    assert free.returncode == 0, free.stderr
    assert [path.name for path in (tmp_path / "free").iterdir()] == ["coverage-9999-py3-none-any.whl"]
    from_lock = [*pip, "--require-hashes", "-r", str(FOLDER / "dev.lock"), "-d", str(tmp_path / "locked")]
    bound = subprocess.run(from_lock, check=False, capture_output=True, text=True)
    assert bound.returncode != 0
    assert "No matching distribution found" in bound.stderr
