"""Cut a release: make_release.py VERSION joins changelog.d into CHANGELOG.md, empties it, and sets the version."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Refuses a version that is not one, or not above the present one, and a release without a change."""
    package = ROOT / "src" / "quoth" / "__init__.py"
    code = package.read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+)\.(\d+)\.(\d+)"$', code, re.MULTILINE)
    asked = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", sys.argv[1] if len(sys.argv) == 2 else "")  # noqa: PLR2004
    if found is None or asked is None or tuple(map(int, asked.groups())) <= tuple(map(int, found.groups())):
        sys.exit(f"Give a version above {'.'.join(found.groups()) if found else 'the present one'}, like 1.2.3.")
    words = sorted((ROOT / "changelog.d").glob("*.md"))
    if not words:
        sys.exit("changelog.d is empty: nothing to release.")
    changes = "\n".join(f"- {' '.join(word.read_text(encoding='utf-8').split())}" for word in words)
    log = ROOT / "CHANGELOG.md"
    before = log.read_text(encoding="utf-8").removeprefix("# Changelog\n")
    log.write_text(f"# Changelog\n\n## {asked.group()}\n\n{changes}\n{before}", encoding="utf-8")
    package.write_text(code.replace(found.group(), f'__version__ = "{asked.group()}"'), encoding="utf-8")
    for word in words:
        word.unlink()


if __name__ == "__main__":
    main()
