"""The speed benchmarks that need no corpus, one after the other; `make speed` runs it. Fails where one of them does."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = ("align", "spark", "statements", "trace")


def main() -> None:
    """Run them."""
    failed = []
    for script in SCRIPTS:
        print(f"--- {script}", flush=True)
        if subprocess.run([sys.executable, HERE / f"{script}.py"], check=False).returncode:
            failed.append(script)
    if failed:
        print(f"over their bounds: {', '.join(failed)}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
