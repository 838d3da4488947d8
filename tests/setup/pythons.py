"""The Pythons of this machine that Quoth supports. As a script: print one a line, the oldest first."""

import os
import subprocess
from pathlib import Path

SUPPORTED = range(11, 15)
PROBE = "import ensurepip, venv, sys; print(sys.executable)"


def pythons() -> dict[int, Path]:
    """The supported minor versions that are there, in order, each with an interpreter that can make environments.

    Looked for on the PATH, and among pyenv's, whose PATH shows only those that are switched on.
    """
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    folders += sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/*/bin"))
    found: dict[int, Path] = {}
    for minor in SUPPORTED:
        for candidate in (folder / f"python3.{minor}" for folder in folders):
            if minor not in found and candidate.is_file():
                done = subprocess.run([candidate, "-c", PROBE], capture_output=True, text=True, check=False)
                if done.returncode == 0:
                    found[minor] = Path(done.stdout.strip())
    return found


if __name__ == "__main__":
    print(*pythons().values(), sep="\n")
