"""A disk that is soon full."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of its own of a size ("6m"); where none can be mounted, the test is skipped."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def filled(disk: Path, left: int) -> None:
    """Fill a disk but for so many bytes."""
    free = os.statvfs(disk)
    with (disk / "filler").open("ab") as file:
        file.write(b"x" * max(0, free.f_bavail * free.f_frsize - left))
