"""Trace real reports and hard cases against their sources, in one process, for the scorers beside the corpora.

python benchmarks/quality/reports.py REPORTS OUT      a folder of folders with report.txt and source.txt; OUT/NAME.json
    python benchmarks/quality/reports.py REPORTS OUT      folders with report.txt and source.txt to OUT/NAME.json
"""

import json
import sys
from pathlib import Path

from quoth.models.loading import load_tools
from quoth.pipeline.examine import examine
from quoth.reading import read
from quoth.reports import to_json


def main() -> None:
    """Trace what was asked for."""
    asked, out = (Path(name) for name in sys.argv[1:])
    tools = load_tools()
    if asked.is_dir():
        out.mkdir(parents=True, exist_ok=True)
        for folder in sorted(one for one in asked.iterdir() if (one / "gold.json").exists()):
            report, source = (read((folder / name).read_bytes(), name) for name in ("report.txt", "source.txt"))
            (out / f"{folder.name}.json").write_text(json.dumps(to_json(examine(report, [source], tools))))
        return
    lines = []
    for line in asked.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        report, source = (read(case[name].encode(), f"{name}.txt") for name in ("report", "source"))
        found = to_json(examine(report, [source], tools))
        lines.append(json.dumps({"id": case["id"], "verdicts": found["verdicts"]}))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
