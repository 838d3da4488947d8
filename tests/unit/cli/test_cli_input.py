"""Everything that can be wrong with an input: one clear sentence and the documented exit status, never a traceback."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quoth.cli.main import DONE, SOME_FAILED, UNUSABLE, run
from quoth.pipeline.inputs import ids_for
from quoth.reading.raw import MOST_BYTES

REPORT = (
    "Harbour opens again\n\n2 May 2031\n\nThe harbour master said that “the harbour is open to every boat from today.” "
    "He added that nobody had been hurt in the storm.\n"
)
SOURCE = (
    "Notice of the harbour master\n\n1 May 2031\n\nThe harbour is open to every boat from today. Nobody was hurt.\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "source.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b"\xef\xbb\xbf \n\t\r\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    (tmp_path / "noise.bin").write_bytes(bytes(range(1, 256)) * 20)
    (tmp_path / "chinese.txt").write_bytes("港口今天重新开放".encode("gb18030"))
    (tmp_path / "x.jsonl").write_text('{"id": "a", "text": "Words."}\n{"id": "b", "text": "More."}\n', encoding="utf-8")
    (tmp_path / "copy.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    return tmp_path


BAD = {
    "missing.txt": "there is no such file",
    "folder": "is a directory",
    "empty.txt": "is empty",
    "blank.txt": "is empty",
    "picture.png": "a PNG image",
    "noise.bin": "not UTF-8 (byte 0x80 at position 127)",
    "chinese.txt": "not UTF-8 (byte",
    "a\0b": "this is no file name",
}


def one_sentence(err: str) -> str:
    lines = err.strip().splitlines()
    assert len(lines) == 1, err
    assert lines[0].startswith("quoth: ")
    assert "Traceback" not in err
    return lines[0]


@pytest.mark.parametrize(("name", "told"), BAD.items())
@pytest.mark.parametrize("command", ["statements", "trace report", "trace source"])
def test_an_unusable_file_is_named_in_one_sentence(files: Path, capfd, command: str, name: str, told: str):
    bad, good = str(files / name), str(files / "report.txt")
    arguments = {
        "statements": ["statements", bad],
        "trace report": ["trace", bad, "--source", good],
        "trace source": ["trace", good, "--source", bad],
    }[command]
    assert run(arguments) == UNUSABLE
    out, err = capfd.readouterr()
    assert out == ""
    sentence = one_sentence(err)
    assert told in sentence
    assert name.split("\0", maxsplit=1)[0] in sentence


def test_records_are_sources_each_and_no_single_report(files: Path, capfd):
    records, good = str(files / "x.jsonl"), str(files / "report.txt")
    assert run(["trace", good, "--source", records, "--json", "--rules"]) == DONE
    sources = json.loads(capfd.readouterr().out)["sources"]
    assert [source["id"] for source in sources] == [
        json.loads(line)["id"] for line in (files / "x.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert run(["trace", records, "--source", good]) == UNUSABLE
    assert "of many reports; write --csv FILE" in one_sentence(capfd.readouterr().err)


def test_a_file_that_may_not_be_read_is_named(files: Path, capfd, monkeypatch: pytest.MonkeyPatch):
    report = files / "report.txt"
    opened = Path.open

    def refuse(self: Path, *how, **named):
        if self == report:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *how, **named)

    monkeypatch.setattr(Path, "open", refuse)
    assert run(["statements", str(report)]) == UNUSABLE
    assert "no permission to read" in one_sentence(capfd.readouterr().err)


@pytest.mark.parametrize("name", ["report.txt", "copy.txt"])
def test_a_report_is_not_held_against_itself(files: Path, capfd, name: str):
    assert run(["trace", str(files / "report.txt"), "--source", str(files / name)]) == UNUSABLE
    assert "report" in one_sentence(capfd.readouterr().err)


def test_a_text_too_large_to_compare_says_how_large_it_may_be(files: Path, capfd):
    large = files / "large.txt"
    large.write_text("The mayor said so again and again. " * (20_000_000 // 35), encoding="utf-8")
    assert run(["trace", str(files / "report.txt"), "--source", str(large)]) == UNUSABLE
    sentence = one_sentence(capfd.readouterr().err)
    assert "20.0 MB" in sentence
    assert f"{MOST_BYTES // 1_000_000} MB" in sentence


def test_standard_input_too_large_is_refused_without_reading_it_all(capfd, monkeypatch: pytest.MonkeyPatch):
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert size > 0
            return b"a" * size

    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": Endless()})())
    assert run(["statements", "-"]) == UNUSABLE
    assert "standard input: larger than" in one_sentence(capfd.readouterr().err)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["trace"], "either a REPORT or --jsonl"),
        (["trace", "r.txt"], "--source FILE or with --archive"),
        (["trace", "r.txt", "--source", "s.txt", "--archive", "a"], "--source FILE or with --archive"),
        (["trace", "-", "--source", "-"], "Standard input (-)"),
        (["statements"], "files or --jsonl"),
        (["statements", "a.txt", "--jsonl", "b"], "files or --jsonl"),
        (["grade"], "Missing option '--jsonl'"),
        (["grade", "--jsonl", "missing.jsonl"], "does not exist"),
        (["grade", "--jsonl", "."], "is a directory"),
        (["grade", "--jsonl", "/dev/zero"], "is a device"),
        (["grade", "--jsonl", "-", "--jobs", "0"], "--jobs"),
        (["telltale"], "No such command"),
        (["trace", "r.txt", "--sauce", "s.txt"], "No such option"),
    ],
)
def test_unusable_arguments_are_one_sentence(capfd, arguments: list[str], told: str):
    assert run(arguments) == UNUSABLE
    assert told in one_sentence(capfd.readouterr().err)


@pytest.mark.parametrize("target", ["no/such/folder/out.html", "folder", "report.txt", "source.txt"])
def test_a_page_is_not_written_where_it_cannot_be_or_over_an_input(files: Path, capfd, target: str):
    report, source = str(files / "report.txt"), str(files / "source.txt")
    assert run(["trace", report, "--source", source, "--html", str(files / target)]) == UNUSABLE
    one_sentence(capfd.readouterr().err)
    assert (files / "report.txt").read_text(encoding="utf-8") == REPORT
    assert (files / "source.txt").read_text(encoding="utf-8") == SOURCE


def test_a_report_in_another_charset_is_read_and_a_note_says_so(files: Path, capfd):
    other = files / "cp1252.txt"
    other.write_bytes(REPORT.replace("nobody", "“nobody” at the Café").encode("cp1252"))
    said = "Read as Windows-1252, for its bytes are not UTF-8."
    assert run(["trace", "--rules", str(other), "--source", str(files / "source.txt"), "--json"]) == DONE
    found = json.loads(capfd.readouterr().out)
    assert found["report"]["notes"] == [said]
    assert found["sources"][0]["notes"] == []
    assert found["notes"][0] == f"“Harbour opens again”: {said}"
    assert run(["statements", "--rules", str(other)]) == DONE
    assert said in capfd.readouterr().out


def test_one_bad_file_among_good_ones_is_named_and_the_others_are_done(files: Path, capfd):
    assert run(["statements", "--rules", str(files / "empty.txt"), str(files / "report.txt")]) == SOME_FAILED
    out, err = capfd.readouterr()
    assert "empty.txt: the file is empty" in one_sentence(err)
    assert "the harbour is open to every boat" in out


def test_one_bad_source_among_good_ones_is_named_and_the_others_are_searched(files: Path, capfd):
    sources = ["--source", str(files / "source.txt"), "--source", str(files / "missing.txt")]
    assert run(["trace", "--rules", str(files / "report.txt"), *sources]) == SOME_FAILED
    out, err = capfd.readouterr()
    assert "missing.txt: there is no such file" in one_sentence(err)
    assert "1 verbatim" in out


def test_a_source_in_another_language_is_compared_and_the_result_says_what_that_is_worth(files: Path, capfd):
    german = files / "german.txt"
    german.write_text(
        "Mitteilung des Hafenmeisters\n\n1. Mai 2031\n\nDer Hafen steht seit heute wieder allen Booten offen. Bei dem "
        "Sturm ist niemand verletzt worden, und die Schäden an den Kais werden bis zum Sommer behoben sein.\n",
        encoding="utf-8",
    )
    assert run(["trace", "--rules", str(files / "report.txt"), "--source", str(german)]) == DONE
    assert "is in German and the report in English" in " ".join(capfd.readouterr().out.split())


def test_an_error_nobody_foresaw_is_one_sentence(files: Path, capfd, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("quoth.pipeline.inputs.load", lambda *_, **__: 1 // 0)
    monkeypatch.delenv("QUOTH_DEBUG", raising=False)
    assert run(["trace", "a", "--source", "b"]) == UNUSABLE
    assert "ZeroDivisionError" in one_sentence(capfd.readouterr().err)


def test_with_quoth_debug_it_is_a_traceback_too(capfd, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("quoth.pipeline.inputs.load", lambda *_, **__: 1 // 0)
    monkeypatch.setenv("QUOTH_DEBUG", "1")
    assert run(["trace", "a", "--source", "b"]) == UNUSABLE
    assert "Traceback" in capfd.readouterr().err


def test_two_files_of_one_name_have_two_ids():
    assert ids_for(["a/x.txt", "b/x.txt", "b/y.txt"]) == ["a/x.txt", "b/x.txt", "y.txt"]
    assert ids_for(["x.txt", "x.txt"]) == ["x.txt", "x.txt (2)"]


def test_nothing_is_left_beside_a_page_that_could_not_be_written(files: Path, capfd, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    page = files / "page.html"
    arguments = ["trace", "--rules", str(files / "report.txt"), "--source", str(files / "source.txt")]
    assert run([*arguments, "--html", str(page)]) == UNUSABLE
    assert "No space left" in one_sentence(capfd.readouterr().err)
    assert not [name for name in os.listdir(files) if "page.html" in name]  # noqa: PTH208


def test_a_file_name_that_is_no_text_is_no_trouble(files: Path):
    name = os.fsencode(files) + b"/caf\xe9 \x1b[31m.txt"
    Path(os.fsdecode(name)).write_text(REPORT, encoding="utf-8")
    command = [sys.executable, "-m", "quoth", "trace", "--rules"]
    page = files / "page.html"
    done = subprocess.run([*command, name, "--source", files / "source.txt", "--html", page], capture_output=True,
                          check=False)  # fmt: skip
    assert done.returncode == DONE, done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
    missing = subprocess.run([*command, name + b"x", "--source", name], capture_output=True, check=False)
    assert missing.returncode == UNUSABLE
    assert b"there is no such file" in missing.stderr
    assert b"\x1b" not in missing.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_output_is_utf8_whatever_the_locale(files: Path, locale: str):
    environment = {**os.environ, "LC_ALL": locale, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "quoth", "statements", "--rules", str(files / "report.txt")]
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.returncode == DONE, done.stderr
    assert "(“said”)" in done.stdout.decode()


def test_a_view_whose_reader_goes_away_is_no_traceback(files: Path):
    command = [sys.executable, "-m", "quoth", "trace", "--rules", str(files / "report.txt")]
    with subprocess.Popen([*command, "--source", str(files / "source.txt"), "--json"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:  # fmt: skip
        process.stdout.close()
        assert process.wait() == SOME_FAILED
        assert process.stderr.read() == b""
