"""Schemathesis against the desk's own OpenAPI document: `python benchmarks/desk/api.py [--examples 30]`.

It needs the extra `contract` (30 packages, so that no lock has it). The exit status is Schemathesis's own.
"""

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

from a_desk import EXAMPLES, examined, free_port, opened

from quoth.archive.archive import Archive
from quoth.reading import read

SETTINGS = Path(__file__).with_name("schemathesis.toml")


def main() -> int:
    """Open a desk with something in it, and have it tried."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=30, help="tries of each operation")
    parser.add_argument("--schemathesis", help="its command, where it is installed elsewhere")
    given = parser.parse_args()
    if given.schemathesis is None and importlib.util.find_spec("schemathesis") is None:
        print("Schemathesis is not installed: pip install 'quoth[contract]'", file=sys.stderr)
        return 2
    tried = [given.schemathesis] if given.schemathesis else [sys.executable, "-m", "schemathesis.cli"]
    with tempfile.TemporaryDirectory() as name:
        archive = Path(name, "archive")
        with Archive.open(archive, create=True) as making:
            list(making.add([read((EXAMPLES / "statement.txt").read_bytes(), "statement.txt")]))
        port = free_port()
        with opened(port, ["--rules", "--archive", str(archive), "--workers", "2"]):
            examined(port)
            command = [
                *tried,
                "--config-file",
                str(SETTINGS),
                "run",
                f"http://127.0.0.1:{port}/api/openapi.json",
                "--max-examples",
                str(given.examples),
            ]
            return subprocess.run([*command, "--request-timeout", "30"], check=False, cwd=name).returncode


if __name__ == "__main__":
    sys.exit(main())
