"""Change one number of what judges at a time, and see whether the tests notice: mutants.py [--seeds 1 2 3] [--each 10].

The numbers are all numeric constants of `alignment`, `changes`, `matching` and `verdicts`: in assignments of a module,
in defaults of parameters and in comparisons, and in the tables beside them. Each seed draws so many numbers, and for
each one of three faults: half, double or nothing. A whole number stays one; a nought becomes one.

A mutant is killed when a test fails that passes without it. The tests are those of whole verdicts first, then those of
the four packages; what survives these can be tried on all (`--tests tests`). A test that repeats the number would kill
it without showing a text whose verdict turns: who reads the output looks at the failed test.

Source of the method: DeMillo, Lipton, Sayward, "Hints on test data selection", 1978.
"""

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("alignment", "changes", "matching", "verdicts")
TESTS = ("tests/gate", "tests/golden", *(f"tests/unit/{package}" for package in PACKAGES))
FAULTS = ("half", "double", "nothing")
_IN_TABLE = re.compile(r"=\s*(-?\d+(?:\.\d+)?)\s*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Number:
    """A number in a file: the code points from `start` to `end` of its text."""

    file: Path
    start: int
    end: int
    line: int


def numbers(package: Path) -> Iterator[Number]:
    """All numbers of a package's modules and tables that a mutant may change."""
    for file in sorted(package.rglob("*.toml")):
        text = file.read_text(encoding="utf-8")
        for found in _IN_TABLE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Number(file, found.start(1), found.end(1), line)
    for file in sorted(package.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        starts = [0]
        for line_text in text.encode().splitlines(keepends=True):
            starts.append(starts[-1] + len(line_text))
        for node in sorted(_constants(ast.parse(text)), key=lambda node: (node.lineno, node.col_offset)):
            at = [starts[line - 1] + column for line, column in ((node.lineno, node.col_offset), _end(node))]
            start, end = (len(text.encode()[:byte].decode()) for byte in at)
            yield Number(file, start, end, node.lineno)


def _end(node: ast.Constant) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset


def _constants(module: ast.Module) -> set[ast.Constant]:
    """The numeric literals of a module's own assignments, of defaults and of comparisons."""
    places: list[ast.AST] = [one for one in module.body if isinstance(one, ast.Assign | ast.AnnAssign)]
    for node in ast.walk(module):
        if isinstance(node, ast.arguments):
            places.extend(default for default in (*node.defaults, *node.kw_defaults) if default is not None)
        elif isinstance(node, ast.Compare):
            places.extend(one for one in (node.left, *node.comparators) if isinstance(one, ast.Constant))
    return {
        node
        for place in places
        for node in ast.walk(place)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    }


def faulty(written: str, fault: str) -> str:
    """A number as code and tables write it, with a fault in it."""
    if not re.fullmatch(r"-?[\d_]+", written):
        value = float(written)
        return repr({"half": value / 2, "double": value * 2, "nothing": 0.0}[fault] if value else 1.0)
    whole = int(written)
    return str({"half": whole // 2, "double": whole * 2, "nothing": 0}[fault] if whole else 1)


def failed_test(tree: Path, tests: list[str], *, stop_after: float) -> str | None:
    """The first test that fails with the modules of `tree`, or None where all pass."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        run = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=stop_after
        )
    except subprocess.TimeoutExpired:
        return f"nothing within {stop_after:.0f} s"
    if run.returncode == 0:
        return None
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", run.stdout, re.MULTILINE)
    return found[1] if found else run.stdout.strip().splitlines()[-1]


def main() -> None:
    """Draw, change, test, tell."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    options.add_argument("--each", type=int, default=10, help="how many numbers a seed draws")
    options.add_argument("--tests", nargs="+", default=list(TESTS))
    options.add_argument("--list", action="store_true", help="only say what would be changed")
    given = options.parse_args()
    everything = [number for package in PACKAGES for number in numbers(ROOT / "src" / "quoth" / package)]
    print(f"{len(everything)} numbers", flush=True)
    killed = tried = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "src"
        shutil.copytree(ROOT / "src", tree, copy_function=os.link, ignore=shutil.ignore_patterns("__pycache__"))
        if not given.list and (first := failed_test(tree, given.tests, stop_after=3600)):
            sys.exit(f"{first} fails before anything is changed.")
        for seed in given.seeds:
            draw = random.Random(seed)
            for number in draw.sample(everything, given.each):
                fault = draw.choice(FAULTS)
                text = number.file.read_text(encoding="utf-8")
                put = faulty(text[number.start : number.end], fault)
                place = f"{number.file.relative_to(ROOT / 'src' / 'quoth')}:{number.line}"
                told = f"seed {seed}  {place}  {text[number.start : number.end]} -> {put}"
                if given.list:
                    print(told)
                    continue
                copy = tree / number.file.relative_to(ROOT / "src")
                copy.unlink()  # it is the file itself by another name
                copy.write_text(text[: number.start] + put + text[number.end :], encoding="utf-8")
                failed = failed_test(tree, given.tests, stop_after=3600)
                copy.write_text(text, encoding="utf-8")
                tried += 1
                killed += failed is not None
                print(f"{told}  {f'killed by {failed}' if failed else 'SURVIVES'}", flush=True)
    if tried:
        print(f"{killed} of {tried} killed")


if __name__ == "__main__":
    main()
