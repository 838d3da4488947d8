"""Standard streams that are closed, full or odd, and interrupts at any moment: one true sentence each."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quoth.cli.main import INTERRUPTED, UNUSABLE, run

TEXT = "The harbour master said that “the harbour is open to every boat from today.”\n"
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
QUOTH = f"{sys.executable} -m quoth"
TRACE = "trace --rules report.txt --source source.txt"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "report.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    (tmp_path / "source.txt").write_text(TEXT + "Nobody was hurt.\n", encoding="utf-8")
    line = '{"id": %d, "text": "The mayor said so.", "reported": "so", "original": "so it is"}\n'
    (tmp_path / "lines").write_text("".join(line % at for at in range(1500)), encoding="utf-8")
    return tmp_path


def shell(desk: Path, line: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **more}
    return subprocess.run(["bash", "-c", line], cwd=desk, env=environment, capture_output=True, text=True, check=False)


@FULL
@pytest.mark.parametrize(
    "command",
    [
        TRACE,
        f"{TRACE} --json",
        "--help",
        "archive add --help",
        "--version",
        "statements --rules --jsonl lines --jobs 1",
        "statements --rules --jsonl lines --jobs 2",
        "archive add archive source.txt",
        "archive add archive --jsonl lines",
    ],
)
def test_a_full_standard_output_is_one_true_sentence(desk: Path, command: str):
    done = shell(desk, f"{QUOTH} {command} >/dev/full")
    assert done.returncode == UNUSABLE
    assert done.stderr == "quoth: Standard output cannot be written: No space left on device.\n"


def test_a_closed_standard_output_is_told_before_any_work(desk: Path):
    done = shell(desk, f"{QUOTH} archive add archive source.txt >&-")
    assert done.returncode == UNUSABLE
    assert done.stderr == "quoth: Standard output is closed; there is nowhere to write results to.\n"
    assert not (desk / "archive").exists()


@pytest.mark.parametrize("command", ["statements --rules -", "statements --rules --jsonl -", f"{TRACE} --source -"])
def test_a_closed_standard_input_is_told_where_it_is_to_be_read(desk: Path, command: str):
    done = shell(desk, f"{QUOTH} {command} <&-")
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert "tandard input" in done.stderr
    assert "closed" in done.stderr


def test_a_closed_standard_input_that_nobody_reads_is_no_matter(desk: Path):
    assert shell(desk, f"{QUOTH} {TRACE} <&-").returncode == 0


@pytest.mark.parametrize("where", ["2>&-", pytest.param("2>/dev/full", marks=FULL)])
def test_diagnostics_that_cannot_be_written_alter_nothing_else(desk: Path, where: str):
    done = shell(desk, f"{QUOTH} {TRACE} --source missing.txt {where}")
    assert done.returncode == 1
    assert "1 verbatim" in done.stdout
    assert shell(desk, f"{QUOTH} trace missing.txt --source missing.txt {where}").returncode == UNUSABLE


def test_no_database_is_opened_under_the_number_of_a_closed_stream(desk: Path):
    assert shell(desk, f"{QUOTH} archive add archive source.txt <&- 2>&-").returncode == 0
    assert shell(desk, f"{QUOTH} archive check archive").returncode == 0


@pytest.mark.parametrize("columns", ["0", "1", "-5", "²", "1e3", "99999999999999999999", ""])
def test_any_width_that_the_environment_tells_is_lived_with(desk: Path, columns: str):
    done = shell(desk, f"{QUOTH} {TRACE}", COLUMNS=columns, LINES=columns)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "verbatim" in " ".join(done.stdout.split())


def test_an_error_at_the_end_of_a_file_is_not_taken_for_an_interrupt(capfd, monkeypatch: pytest.MonkeyPatch):
    def short(*_: object, **__: object) -> None:
        raise EOFError("no data left in file")

    monkeypatch.setattr("quoth.pipeline.inputs.load", short)
    assert run(["trace", "a", "--source", "b"]) == UNUSABLE
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert "EOFError: no data left in file" in err


INTERRUPT_AT = """
import os, signal, sys
class Hook:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            sys.meta_path.remove(self)
            print("reached", flush=True)
            os.kill(os.getpid(), signal.SIGINT)
module, sys.argv[1:] = sys.argv[1], "trace report.html --source source.txt --html page.html".split()
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test that runs in the background has it ignored
sys.meta_path.insert(0, Hook())
from quoth.cli.start import main
main()
"""


@pytest.mark.parametrize(
    "module",
    ["click", "quoth.cli.main", "quoth.types", "numpy", "lxml.etree", "trafilatura", "urllib3", "onnxruntime",
     "quoth.pipeline", "rich.console", "jinja2"],
)  # fmt: skip
def test_an_interrupt_while_modules_load_is_one_sentence(desk: Path, module: str):
    command = [sys.executable, "-c", INTERRUPT_AT, module]
    done = subprocess.run(command, cwd=desk, capture_output=True, text=True, check=False)
    assert "reached" in done.stdout
    assert done.stderr == "quoth: Interrupted.\n"
    assert done.returncode == INTERRUPTED
