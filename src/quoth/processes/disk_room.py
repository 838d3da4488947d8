"""Whether a disk is full, which SQLite tells as "disk I/O error", "unable to open" or "readonly" as it happens."""

import errno
import os
import tempfile
from pathlib import Path

_NEEDED = 131_072  # bytes; what SQLite writes beside a file before the first change in it, and some


def is_full(folder: Path) -> bool:
    """Whether nothing more can be written in a folder for want of room on its disk, or in its owner's share."""
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            left = _NEEDED
            while left:
                left -= file.write(b"\0" * left)
            os.fsync(file.fileno())
    except OSError as problem:
        return problem.errno in (errno.ENOSPC, errno.EDQUOT)
    return False
