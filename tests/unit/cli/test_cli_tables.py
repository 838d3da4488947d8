"""Many documents in, tables out: folders, CSV, JSON Lines and Parquet to CSV and Parquet, and reports a line each."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from quoth.archive.archive import Archive
from quoth.cli.main import DONE, SOME_FAILED, UNUSABLE, run
from quoth.reading import read_text
from quoth.types.statement_rows import COLUMNS

REPORT = "The harbour master of Orl said: “The harbour is open to almost every boat from today.”"
OTHER = "“Nobody was hurt,” the harbour master of Orl said."
SOURCE = "Notice of the harbour master of Orl\n\nThe harbour is open to every boat from today. Nobody was hurt.\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "deeper").mkdir(parents=True)
    (folder / "one.txt").write_text(REPORT, encoding="utf-8")
    (folder / "deeper" / "two.html").write_text(f"<html><body><p>{OTHER}</p></body></html>", encoding="utf-8")
    (folder / ".hidden").write_bytes(b"\0")
    with (tmp_path / "table.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("name", "body"), ("one", REPORT), ("two", OTHER)])
    (tmp_path / "lines.jsonl").write_text(
        json.dumps({"id": "one", "text": REPORT}) + "\n" + json.dumps({"id": 2, "text": OTHER}) + "\n", encoding="utf-8"
    )
    (tmp_path / "source.txt").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def one_sentence(err: str) -> str:
    (line,) = err.splitlines()
    assert line.startswith("quoth: ")
    return line


def test_a_folder_becomes_a_table_of_statements(place: Path, capfd):
    assert run(["statements", str(place / "reports"), "--rules", "--csv", "-"]) == DONE
    out, err = capfd.readouterr()
    rows = table(out)
    assert list(rows[0]) == list(COLUMNS)
    assert [row["document"] for row in rows] == ["one.txt", "two.html"]
    assert [row["grade"] for row in rows] == ["", ""]
    assert rows[0]["words"] == REPORT[int(rows[0]["start"]) : int(rows[0]["end"])]
    assert err == ""


@pytest.mark.parametrize(
    ("name", "options", "ids"),
    [
        ("table.csv", ["--text-column", "body", "--id-column", "name"], ["one", "two"]),
        ("table.csv", ["--text-column", "body"], ["table.csv:1", "table.csv:2"]),
        ("lines.jsonl", [], ["one", "2"]),
    ],
)
def test_a_table_becomes_a_table(place: Path, capfd, name: str, options: list[str], ids: list[str]):
    assert run(["statements", str(place / name), *options, "--rules", "--csv", "-"]) == DONE
    assert [row["document"] for row in table(capfd.readouterr().out)] == ids


def test_the_lines_of_the_option_jsonl_become_a_table_too(place: Path, capfd):
    assert run(["statements", "--jsonl", str(place / "lines.jsonl"), "--rules", "--csv", "-"]) == DONE
    assert [row["document"] for row in table(capfd.readouterr().out)] == ["one", "2"]


def test_tables_and_folders_are_shown_as_other_documents_are(place: Path, capfd):
    assert run(["statements", str(place / "reports"), str(place / "lines.jsonl"), "--rules", "--json"]) == DONE
    documents = json.loads(capfd.readouterr().out)["documents"]
    assert [one["document"]["id"] for one in documents] == ["one.txt", "two.html", "one", "2"]


def test_many_reports_are_held_against_a_source_in_a_table(place: Path, capfd):
    target = place / "out.csv"
    arguments = ["trace", str(place / "reports"), "--source", str(place / "source.txt"), "--rules"]
    assert run([*arguments, "--csv", str(target)]) == DONE
    out, err = capfd.readouterr()
    assert out == ""
    assert one_sentence(err) == f"quoth: 2 statements of 2 documents are in {target}."
    first, second = table(target.read_text(encoding="utf-8"))
    assert (first["grade"], second["grade"]) == ("altered", "verbatim")
    assert second["source"] == "source.txt"
    assert second["source_words"] in SOURCE
    assert first["reason"]


def test_csv_and_parquet_hold_the_same(place: Path, capfd):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `table` (pyarrow) is not installed")
    names = [str(place / "out.csv"), str(place / "out.parquet")]
    arguments = ["trace", str(place / "lines.jsonl"), "--source", str(place / "source.txt"), "--rules"]
    assert run([*arguments, "--csv", names[0], "--parquet", names[1]]) == DONE
    back = parquet.read_table(names[1]).to_pylist()
    shown = [{name: "" if value is None else str(value) for name, value in row.items()} for row in back]
    assert shown == table(Path(names[0]).read_text(encoding="utf-8"))


def test_a_parquet_table_is_read(place: Path, capfd):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `table` (pyarrow) is not installed")
    pa = pytest.importorskip("pyarrow")
    parquet.write_table(pa.table({"key": [7, 8], "body": [REPORT, OTHER]}), place / "in.parquet")
    arguments = ["statements", str(place / "in.parquet"), "--text-column", "body", "--rules", "--csv", "-"]
    assert run(arguments) == DONE
    assert [row["document"] for row in table(capfd.readouterr().out)] == ["in.parquet:1", "in.parquet:2"]
    assert run([*arguments, "--id-column", "key"]) == DONE
    assert [row["document"] for row in table(capfd.readouterr().out)] == ["7", "8"]


def test_reports_are_held_against_sources_a_record_a_line(place: Path, capfd):
    arguments = ["trace", "--jsonl", str(place / "lines.jsonl"), "--rules"]
    assert run([*arguments, "--source", str(place / "source.txt")]) == DONE
    first, second = (json.loads(line) for line in capfd.readouterr().out.splitlines())
    assert (first["id"], second["id"]) == ("one", 2)
    assert [one["grade"] for one in first["verdicts"]] == ["altered"]
    assert second["report"]["text"] == OTHER
    assert second["sources"][0]["id"] == "source.txt"


def test_reports_are_held_against_an_archive_a_record_a_line_and_in_a_table(place: Path, capfd):
    with Archive.open(place / "archive", create=True) as archive:
        list(archive.add([read_text(SOURCE, "notice")]))
    arguments = ["trace", "--jsonl", str(place / "lines.jsonl"), "--archive", str(place / "archive"), "--rules"]
    assert run(arguments) == DONE
    first, second = (json.loads(line) for line in capfd.readouterr().out.splitlines())
    assert first["sources"][0]["id"] == "notice"
    assert second["recipe"]["searched"]["documents"] == 1
    assert run([*arguments, "--csv", "-"]) == DONE
    assert [row["grade"] for row in table(capfd.readouterr().out)] == [
        one["verdicts"][0]["grade"] for one in (first, second)
    ]


def test_many_reports_over_processes_come_in_their_order(place: Path):
    lines = [json.dumps({"id": number, "text": f"{number}. {REPORT}"}) for number in range(40)]
    (place / "many").write_text("\n".join(lines), encoding="utf-8")
    command = ["trace", "--jsonl", str(place / "many"), "--source", str(place / "source.txt"), "--rules", "--jobs", "2"]
    done = subprocess.run([sys.executable, "-m", "quoth", *command], capture_output=True, text=True, check=False)
    assert done.returncode == DONE, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == list(range(40))


def test_what_cannot_be_read_is_named_and_the_others_are_done(place: Path, capfd):
    (place / "reports" / "noise.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (place / "bad.jsonl").write_text(f'{{"id": 1}}\nno\n{json.dumps({"id": 1, "text": OTHER})}\n')
    names = [str(place / "reports"), str(place / "bad.jsonl"), str(place / "missing.txt")]
    assert run(["statements", *names, "--rules", "--csv", "-"]) == SOME_FAILED
    out, err = capfd.readouterr()
    assert [row["document"] for row in table(out)] == ["one.txt", "two.html", "1"]
    picture, no_text, no_json, missing = err.splitlines()
    assert "noise.png: this is a PNG image" in picture
    assert 'bad.jsonl, row 1: "text" is missing.' in no_text
    assert "bad.jsonl, row 2: the line is not JSON" in no_json
    assert "missing.txt: there is no such file" in missing


def test_an_id_that_is_given_again_is_an_error(place: Path, capfd):
    again = str(place / "lines.jsonl")
    assert run(["statements", again, again, "--rules", "--csv", "-"]) == SOME_FAILED
    out, err = capfd.readouterr()
    assert len(table(out)) == 2
    assert "the id 'one' was given" in err.splitlines()[0]


def test_a_report_that_is_its_own_source_is_that_reports_error(place: Path, capfd):
    (place / "reports" / "copy.txt").write_text(SOURCE, encoding="utf-8")
    arguments = ["trace", str(place / "reports"), "--source", str(place / "source.txt"), "--rules"]
    assert run([*arguments, "--csv", "-"]) == SOME_FAILED
    out, err = capfd.readouterr()
    assert len(table(out)) == 2
    assert "cannot be its own source" in one_sentence(err)


def test_a_document_that_breaks_a_stage_is_its_own_error(place: Path, capfd, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("quoth.pipeline.tabulate.statements_of", lambda *_, **__: 1 // 0)
    target = place / "out.csv"
    assert run(["statements", str(place / "reports"), "--rules", "--csv", str(target)]) == UNUSABLE
    assert "one.txt: it could not be examined (ZeroDivisionError" in capfd.readouterr().err
    assert not target.exists()


def test_rows_are_written_while_more_are_awaited(place: Path):
    command = [sys.executable, "-m", "quoth", "statements", "-", "--text-column", "body", "--rules", "--csv", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        header = b"name,body\r\n"
        filling = f'x,"{REPORT}"\r\n'.encode() * 200  # more than what is read at once
        process.stdin.write(header + filling)
        process.stdin.flush()
        assert process.stdout.readline().decode().strip() == ",".join(COLUMNS)
        assert b"stdin:1" in process.stdout.readline()
        process.stdin.close()
        process.stdout.read()
        assert process.wait() == DONE


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["statements", "table.csv", "--csv", "-"], "--text-column; there is no column 'text' among name, body"),
        (["statements", "table.csv", "--text-column", "words", "--csv", "-"], "no column 'words'"),
        (["statements", "reports", "--parquet", "-"], "--parquet needs the name of a file"),
        (["statements", "reports", "--csv", "-", "--json"], "--json and --html"),
        (["statements", "reports", "--csv", "reports/out.csv"], "stands in, what is being read"),
        (["statements", "table.csv", "--csv", "table.csv"], "is, or stands in, what is being read"),
        (["statements", "--jsonl", "lines.jsonl", "--text-column", "body"], "leave out the columns"),
        (["trace", "reports", "--source", "source.txt"], "write --csv FILE or --parquet FILE"),
        (["trace", "table.csv", "--source", "source.txt", "--json"], "write --csv FILE or --parquet FILE"),
        (["trace", "--source", "source.txt", "--csv", "-"], "either a REPORT or --jsonl"),
        (["trace", "--jsonl", "lines.jsonl", "--source", "source.txt", "--html", "a.html"], "--json and --html"),
        (["trace", "--jsonl", "missing.jsonl", "--source", "source.txt"], "missing.jsonl does not exist"),
        (["trace", "--jsonl", "lines.jsonl", "--archive", "nowhere"], "nowhere"),
        (["trace", "--jsonl", "lines.jsonl", "--source", "missing.txt"], "missing.txt"),
        (["trace", "-", "--source", "-", "--csv", "-"], "Standard input (-)"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    place: Path, capfd, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
):
    monkeypatch.chdir(place)
    assert run([*arguments, "--rules"]) == UNUSABLE
    out, err = capfd.readouterr()
    assert told in err.splitlines()[0]
    assert "Traceback" not in err
    assert out in {"", ",".join(COLUMNS) + "\r\n"}
