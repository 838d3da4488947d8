"""A folder of made-up newer versions, which no set-up may take: `newer.py FOLDER LOCK...`.

Named in PIP_FIND_LINKS, it offers version 9999 of every package in the locks and of what building may ask for.
"""

import re
import sys
import zipfile
from pathlib import Path

VERSION = "9999"
LOCKED = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)
ASKED_BY_BUILDS = ("editables", "pip", "setuptools", "wheel")


def offer(folder: Path, locks: list[Path]) -> list[str]:
    """Write one empty wheel for each package into `folder`, which is made; returns the names."""
    names = {name for lock in locks for name in LOCKED.findall(lock.read_text(encoding="utf-8"))}
    folder.mkdir(parents=True)
    for name in sorted(names | set(ASKED_BY_BUILDS)):
        stem = f"{re.sub(r'[-_.]+', '_', name).lower()}-{VERSION}"
        files = {
            "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {VERSION}\n",
            "WHEEL": "Wheel-Version: 1.0\nGenerator: made up\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            "RECORD": "".join(f"{stem}.dist-info/{file},,\n" for file in ("METADATA", "WHEEL", "RECORD")),
        }
        with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
            for file, text in files.items():
                wheel.writestr(f"{stem}.dist-info/{file}", text)
    return sorted(names)


if __name__ == "__main__":
    offered = offer(Path(sys.argv[1]), [Path(lock) for lock in sys.argv[2:]])
    sys.exit(None if offered else "the locks name nothing: mend the pattern")
