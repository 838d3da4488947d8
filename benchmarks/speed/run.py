"""All speed benchmarks, one after the other; `make speed` runs it. Fails where one of them does."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__)


def main() -> None:
    """Run every other file of this folder."""
    failed = []
    for script in sorted(HERE.parent.glob("*.py")):
        if script != HERE:
            print(f"--- {script.stem}", flush=True)
            if subprocess.run([sys.executable, str(script)], check=False).returncode:
                failed.append(script.stem)
    if failed:
        print(f"over their bounds: {', '.join(failed)}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
