"""JSON Lines: a record in, a record out, in order, over processes, in bounded memory; bad lines are named."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from quoth.cli.main import DONE, SOME_FAILED, UNUSABLE, run
from quoth.pipeline import lines as lines_room
from quoth.pipeline.lines import IdChecker, as_line, in_batches, numbered_lines
from quoth.types import Span

QUOTH = [sys.executable, "-m", "quoth"]
TEXT = "The mayor of Tarn Bay said that the bridge would open in May. “It is safe,” she added."


def records(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def write(path: Path, *lines: object) -> str:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return str(path)


def test_spans_index_the_text_of_the_line(tmp_path: Path, capfd):
    assert run(["statements", "--rules", "--jsonl", write(tmp_path / "in", {"id": "a", "text": TEXT})]) == DONE
    (record,) = records(capfd.readouterr().out)
    contents = [Span(*span).of(TEXT) for statement in record["statements"] for span in statement["content"]]
    assert any("the bridge would open in May" in content for content in contents)


@pytest.mark.parametrize(
    "text", ["\ufeff" + TEXT, TEXT.replace(". ", ".\r\n\r\n"), "  \n\n" + TEXT, "é\u0301 😀 " + TEXT]
)
def test_spans_index_the_text_as_it_was_given_whatever_a_file_would_lose(tmp_path: Path, capfd, text: str):
    assert run(["statements", "--rules", "--jsonl", write(tmp_path / "in", {"id": 1, "text": text})]) == DONE
    (record,) = records(capfd.readouterr().out)
    cues = [Span(*span).of(text) for statement in record["statements"] for span in statement["cue"]]
    assert "said" in cues


def test_a_quotation_is_graded_against_its_original(tmp_path: Path, capfd):
    original = "We met at noon. The bridge will open in May, and it is safe. Nobody was hurt."
    lines = [
        {"id": "same", "reported": "The bridge will open in May, and it is safe.", "original": original},
        {"id": "not", "reported": "The bridge will not open in May, and it is safe.", "original": original},
    ]
    assert run(["grade", "--rules", "--jsonl", write(tmp_path / "in", *lines)]) == DONE
    same, not_same = records(capfd.readouterr().out)
    assert (same["id"], same["grade"]) == ("same", "verbatim")
    assert Span(*same["pieces"][0]["original"]).of(original).startswith("The bridge will open")
    assert not_same["grade"] == "altered"
    assert "negation" in {change["kind"] for change in not_same["changes"] if change["material"]}
    assert set(same) >= {"id", "grade", "confidence", "pieces", "changes", "reason"}


BAD_LINES = {
    "": "blank",
    "   ": "blank",
    "nonsense": "not JSON",
    '{"id": "x", "text": "cut': "not JSON",
    "[1, 2]": "no object",
    '"text"': "no object",
    '{"text": "A said B."}': '"id" is missing',
    '{"id": null, "text": "A said B."}': '"id" is missing',
    '{"id": [1], "text": "A said B."}': '"id" must be',
    '{"id": true, "text": "A said B."}': '"id" must be',
    '{"id": "", "text": "A said B."}': '"id" must be',
    '{"id": "x"}': '"text" is missing',
    '{"id": "x", "text": 5}': '"text" must be a string, not a number',
    '{"id": "x", "text": null}': '"text" must be a string, not null',
    '{"id": "x", "text": ["a"]}': '"text" must be a string, not a list',
    '{"id": "x", "text": "  "}': '"text" is empty',
    '{"id": "x", "text": "\\ud800 said"}': "surrogate",
    '{"id": ' + "9" * 5000 + "}": "no record would hold",
    "[" * 100_000: "no record would hold",
}


@pytest.mark.parametrize(("line", "told"), BAD_LINES.items(), ids=range(len(BAD_LINES)))
def test_a_bad_line_is_one_error_and_the_others_are_done(tmp_path: Path, capfd, line: str, told: str):
    name = write(tmp_path / "in", {"id": "before", "text": TEXT}, line, {"id": "after", "text": TEXT})
    assert run(["statements", "--rules", "--jsonl", name]) == SOME_FAILED
    out, err = capfd.readouterr()
    first, bad, last = records(out)
    assert (first["id"], last["id"]) == ("before", "after")
    assert "statements" in first
    assert bad["error"].startswith("Line 2: ")
    assert told in bad["error"]
    assert err.strip() == f"quoth: {bad['error']}"


def test_a_line_that_is_not_utf8_is_one_error(tmp_path: Path, capfd):
    (tmp_path / "in").write_bytes(b'{"id": 1, "text": "caf\xe9"}\n')
    assert run(["statements", "--rules", "--jsonl", str(tmp_path / "in")]) == SOME_FAILED
    assert "not UTF-8 (byte 22)" in records(capfd.readouterr().out)[0]["error"]


def test_an_id_given_again_is_an_error_that_names_the_first_line(tmp_path: Path, capfd):
    name = write(tmp_path / "in", *({"id": key, "text": TEXT} for key in ("a", "b", "a")))
    assert run(["statements", "--rules", "--jsonl", name]) == SOME_FAILED
    assert '"a" was given in line 1 already' in records(capfd.readouterr().out)[2]["error"]


def test_a_number_and_a_string_are_two_ids(tmp_path: Path, capfd):
    name = write(tmp_path / "in", {"id": 1, "text": TEXT}, {"id": "1", "text": TEXT})
    assert run(["statements", "--rules", "--jsonl", name]) == DONE
    assert [record["id"] for record in records(capfd.readouterr().out)] == [1, "1"]


def test_a_record_that_breaks_a_stage_is_its_own_error(tmp_path: Path, capfd, monkeypatch: pytest.MonkeyPatch):
    def break_down(*_: object) -> None:
        raise RuntimeError("the stage\nbroke")

    monkeypatch.setattr("quoth.pipeline.jobs.statements_record", break_down)
    assert run(["statements", "--rules", "--jsonl", write(tmp_path / "in", {"id": "a", "text": TEXT})]) == SOME_FAILED
    record = records(capfd.readouterr().out)[0]
    assert (record["id"], record["line"]) == ("a", 1)
    assert "RuntimeError: the stage broke" in record["error"]


def test_a_last_line_without_its_newline_counts(tmp_path: Path, capfd):
    (tmp_path / "in").write_text(json.dumps({"id": "a", "text": TEXT}))
    assert run(["statements", "--rules", "--jsonl", str(tmp_path / "in")]) == DONE
    assert len(records(capfd.readouterr().out)) == 1


def test_an_empty_file_of_lines_gives_nothing(tmp_path: Path, capfd):
    assert run(["statements", "--rules", "--jsonl", write(tmp_path / "in")]) == DONE
    assert capfd.readouterr() == ("", "")


def test_many_lines_come_back_in_order_from_several_processes(tmp_path: Path):
    name = write(tmp_path / "in", *({"id": at, "text": f"{at}. {TEXT}"} for at in range(60)))
    done = subprocess.run(
        [*QUOTH, "statements", "--rules", "--jobs", "2", "--jsonl", name], capture_output=True, text=True, check=False
    )
    assert done.returncode == DONE, done.stderr
    assert [record["id"] for record in records(done.stdout)] == list(range(60))


def test_one_process_and_two_give_the_same_bytes(tmp_path: Path):
    name = write(tmp_path / "in", *({"id": at, "text": f"{at}. {TEXT}"} for at in range(40)))
    command = [*QUOTH, "statements", "--rules", "--jsonl", name, "--jobs"]
    alone, together = (subprocess.run([*command, jobs], capture_output=True, check=True).stdout for jobs in "12")
    assert alone == together


def test_a_slow_producer_gets_each_answer_at_once():
    with subprocess.Popen(
        [*QUOTH, "statements", "--rules", "--jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        for at in range(3):
            process.stdin.write(json.dumps({"id": at, "text": TEXT}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == at  # would wait for ever if lines were held back
        process.stdin.close()
        assert process.wait() == DONE


def test_a_reader_that_goes_away_ends_the_work_without_a_traceback(tmp_path: Path):
    name = write(tmp_path / "in", *({"id": at, "text": TEXT * 4} for at in range(300)))
    command = [*QUOTH, "statements", "--rules", "--jobs", "2", "--jsonl", name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.wait() == SOME_FAILED
        assert process.stderr.read() == ""


@pytest.fixture
def _interrupts_are_heard():
    """A shell starts what it puts in the background with interrupts ignored, and a child inherits that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interrupts_are_heard")
def test_an_interrupt_ends_the_work_with_one_sentence(tmp_path: Path):
    name = write(tmp_path / "in", *({"id": at, "text": TEXT * 4} for at in range(3000)))
    command = [*QUOTH, "statements", "--rules", "--jobs", "2", "--jsonl", name]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to every process of the group
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130
        assert err.strip() == "quoth: Interrupted."
        assert len(out.splitlines()) < 2999


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_lines(tmp_path: Path):
    def peak(count: int) -> int:
        name = write(tmp_path / str(count), *({"id": at, "text": "No one said a word."} for at in range(count)))
        script = (
            "import resource, sys; from quoth.cli.main import run; "
            f"run(['statements', '--rules', '--jobs', '1', '--jsonl', {name!r}]); "
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        return int(done.stderr.split()[-1])

    few, many = peak(500), peak(8000)
    assert many < few + 12_000, "kilobytes"


def test_progress_is_told_only_where_somebody_watches(tmp_path: Path, capfd):
    run(["statements", "--rules", "--jsonl", write(tmp_path / "in", {"id": "a", "text": TEXT})])
    assert capfd.readouterr().err == ""


def test_lines_that_have_not_arrived_are_not_waited_for():
    class Slow(io.RawIOBase):
        def __init__(self) -> None:
            self.blocks = [b'{"id": 1}\n{"id": 2}\n{"i', b'd": 3}\n', b""]

        def read1(self, _: int) -> bytes:
            return self.blocks.pop(0)

    batches = in_batches(numbered_lines(Slow()))
    assert next(batches) == [(1, b'{"id": 1}'), (2, b'{"id": 2}')]
    assert next(batches) == [(3, b'{"id": 3}')]


def test_a_line_without_end_is_an_error_and_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lines_room, "MOST_LINE_BYTES", 100_000)
    endless = io.BytesIO(b"x" * 2_000_000 + b'\n{"id": 2}\n')
    found = [line for line in numbered_lines(endless) if line]
    assert len(found[0][1]) < 300_000
    assert found[1] == (2, b'{"id": 2}')
    assert "longer than" in IdChecker().check([found[0]])[0][2]


def test_remembered_ids_are_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lines_room, "REMEMBERED_IDS", 3)
    checker = IdChecker()
    batch = [(at, json.dumps({"id": at % 5}).encode()) for at in range(10)]
    assert [error for _, _, error in checker.check(batch) if error] == []
    assert checker.check([(11, b'{"id": 4}')])[0][2]


def test_a_record_with_half_a_surrogate_pair_is_still_a_line():
    assert json.loads(as_line({"id": "\ud800"})) == {"id": "\ud800"}


def test_a_missing_file_of_lines_is_one_sentence(capfd):
    assert run(["statements", "--jsonl", "missing.jsonl"]) == UNUSABLE
    assert capfd.readouterr().err == "quoth: missing.jsonl does not exist.\n"


def test_the_first_answer_does_not_wait_for_the_last_line(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (
        subprocess.Popen([*QUOTH, "statements", "--rules", "--jsonl", str(pipe)], stdout=subprocess.PIPE) as process,
        pipe.open("w") as lines,
    ):
        lines.write("".join(json.dumps({"id": at, "text": TEXT}) + "\n" for at in range(40)))
        lines.flush()
        assert [json.loads(process.stdout.readline())["id"] for _ in range(40)] == list(range(40))  # still open
        lines.write(json.dumps({"id": "last", "text": TEXT}) + "\n")
        lines.close()
        assert json.loads(process.stdout.readline())["id"] == "last"
