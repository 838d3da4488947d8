"""The views and the formats of `quoth trace`."""

import json
from pathlib import Path

import pytest
from lxml import etree

from quoth.cli.main import DONE, UNUSABLE, run
from quoth.reports.exports import FORMATS

EXAMPLES = Path(__file__).parents[3] / "examples"
TRACE = ["trace", str(EXAMPLES / "gazette.txt"), "--source", str(EXAMPLES / "statement.txt"), "--rules"]


def test_a_summary_is_shorter_than_the_view_and_leads_with_values(capfd: pytest.CaptureFixture[str]):
    assert run([*TRACE, "--summary"]) == DONE
    short = capfd.readouterr().out
    assert run(TRACE) == DONE
    whole = capfd.readouterr().out
    assert "almost 40 tonnes ← 40 tonnes" in short
    assert len(short.splitlines()) < 25 < len(whole.splitlines())


def test_only_the_grades_that_are_asked_for_are_printed(capfd: pytest.CaptureFixture[str]):
    assert run([*TRACE, "--only", "altered, not-found"]) == DONE
    text = capfd.readouterr().out
    assert "ALTERED" in text
    assert "NOT FOUND" in text
    assert "VERBATIM" not in text


def test_a_grade_that_there_is_not_is_named_with_those_there_are(capfd: pytest.CaptureFixture[str]):
    for asked in ("changed", "", ","):
        assert run([*TRACE, "--only", asked]) == UNUSABLE
        error = capfd.readouterr().err
        assert "--only" in error
        assert len(error.splitlines()) == 1


def test_a_memo_is_printed_alone(capfd: pytest.CaptureFixture[str]):
    assert run([*TRACE, "--md"]) == DONE
    assert capfd.readouterr().out.startswith("# Ministry of Ports rejects claim")


@pytest.mark.parametrize("pair", [["--md", "--json"], ["--md", "--summary"], ["--json", "--only", "altered"]])
def test_two_things_to_print_are_refused_in_one_sentence(pair: list[str], capfd: pytest.CaptureFixture[str]):
    assert run([*TRACE, *pair]) == UNUSABLE
    captured = capfd.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_every_format_is_written_in_one_run_and_written_over_by_the_next(tmp_path: Path, capfd):
    files = {name: tmp_path / f"out-{name}{known.ending}" for name, known in FORMATS.items()}
    asked = [word for name, file in files.items() for word in ("--export", f"{name}={file}")]
    for _ in range(2):
        assert run([*TRACE, "--json", *asked]) == DONE
        captured = capfd.readouterr()
        json.loads(captured.out)
        assert len(captured.err.splitlines()) == len(FORMATS)
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert etree.parse(files["tei"]).getroot().tag.endswith("teiCorpus")
    for name in ("annotations", "annotations-utf16", "jsonld", "prov"):
        assert json.loads(files[name].read_bytes())["@graph"]


@pytest.mark.parametrize("export", ["docx=a.docx", "tei", "tei=", "tei=-", "=a"])
def test_an_export_that_cannot_be_is_refused_before_any_work(export: str, capfd: pytest.CaptureFixture[str]):
    assert run(["trace", str(EXAMPLES / "gazette.txt"), "--source", str(EXAMPLES / "no.txt"), "--export", export]) == 2
    error = capfd.readouterr().err
    assert len(error.splitlines()) == 1
    assert "no.txt" not in error


def test_an_export_never_writes_over_what_somebody_else_made(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    mine = tmp_path / "refs.bib"
    mine.write_text("@misc{mine}")
    assert run([*TRACE, "--export", f"bibtex={mine}"]) == UNUSABLE
    assert mine.read_text() == "@misc{mine}"
    assert "was not written by this option" in capfd.readouterr().err


def test_one_file_is_not_written_twice(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    file = tmp_path / "a.md"
    assert run([*TRACE, "--export", f"md={file}", "--export", f"tei={file}"]) == UNUSABLE
    assert "written twice" in capfd.readouterr().err
    assert not file.exists()


def test_a_format_whose_library_is_missing_says_what_to_install(tmp_path: Path, capfd, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fpdf", None)
    monkeypatch.delitem(__import__("sys").modules, "quoth.reports.paper", raising=False)
    assert run([*TRACE, "--export", f"pdf={tmp_path / 'a.pdf'}"]) == UNUSABLE
    assert "pip install 'quoth[pdf]'" in capfd.readouterr().err
