"""What one report with one quotation and one source passes through, models on.

Counts, in `examine` of documents already read, warm: distinct functions of `src/quoth` that are entered (code objects
in `call` events of `sys.setprofile`; comprehensions and lambdas are counted apart), the files that they stand in, and
how often the program goes from one file to another. With `--list`, the functions by file.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from types import CodeType, FrameType

from quoth.models.loading import load_tools
from quoth.pipeline.examine import examine
from quoth.reading import read

SOURCE = str(Path(__file__).parents[2] / "src" / "quoth")
REPORT = b"""The harbour opens again

The Ministry of Ports said on Thursday: "The harbour of Tarn Bay will open to every boat before the end of May."
"""
STATEMENT = b"""Statement of the Ministry of Ports

2 May 2031

The storm is over. The harbour of Tarn Bay will open to every boat before the end of June. We thank the crews.
"""


def main() -> None:
    """Count, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="name the functions, by file")
    arguments = parser.parse_args()
    tools = load_tools()
    report, source = read(REPORT, "report.txt"), read(STATEMENT, "source.txt")
    examine(report, [source], tools)  # opens the models and the tables
    entered: set[CodeType] = set()
    changes, last = 0, ""

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal changes, last
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(SOURCE):
            entered.add(code)
            changes += code.co_filename != last
            last = code.co_filename

    sys.setprofile(note)
    examine(report, [source], tools)
    sys.setprofile(None)
    files: defaultdict[str, set[str]] = defaultdict(set)
    for code in entered:
        files[code.co_filename.removeprefix(SOURCE + "/")].add(code.co_qualname)
    named = sum(not code.co_name.startswith("<") for code in entered)
    print(f"{named} functions in {len(files)} files, {changes} changes of file; {len(entered) - named} comprehensions")
    if arguments.list:
        for file, names in sorted(files.items()):
            print(f"{file}: {', '.join(sorted(names))}")


if __name__ == "__main__":
    main()
