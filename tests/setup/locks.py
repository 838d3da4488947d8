"""Reading the locks. As a script, `locks.py LOCK...`: whether this environment holds what they say and nothing else."""

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BROUGHT = {"pip", "setuptools", "quoth"}  # by `python -m venv`, and the project itself


def locked(lock: Path) -> list[Requirement]:
    """The pins of a lock, markers included; a package may have several, each for other Pythons."""
    lines = re.findall(r"^[A-Za-z0-9].*?(?= \\$|$)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return [Requirement(line) for line in lines]


def name(pin: Requirement) -> str:
    """The name of a package as all tools compare it."""
    return canonicalize_name(pin.name)


def version(pin: Requirement) -> str:
    """The one version that a pin allows."""
    (only,) = pin.specifier
    return only.version


def holds(pin: Requirement, minor: int = sys.version_info.minor) -> bool:
    """Whether a pin is meant for a minor version of Python on this system."""
    python = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0"}
    return pin.marker is None or pin.marker.evaluate(python)


def departures(locks: list[Path]) -> list[str]:
    """Where the running Python's environment is not what the locks together say, one sentence each."""
    wanted = {name(pin): version(pin) for lock in locks for pin in locked(lock) if holds(pin)}
    there = {canonicalize_name(found.name): found.version for found in distributions()}
    differ = [each for each in sorted(wanted) if there.get(each) != wanted[each]]
    return [
        *(f"{each} {wanted[each]} is locked, {there.get(each, 'nothing')} is installed" for each in differ),
        *(f"{each} is installed and not locked" for each in sorted(there.keys() - wanted.keys() - BROUGHT)),
    ]


if __name__ == "__main__":
    sys.exit("\n".join(departures([Path(lock) for lock in sys.argv[1:]])) or None)
