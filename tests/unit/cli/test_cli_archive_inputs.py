"""`quoth archive` and what it is sent: each bad record, name or folder gets its line, and the others are kept."""

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from quoth.archive.archive import Archive
from quoth.cli.main import run
from quoth.cli.source_files import files_in
from unit.archive.store.desk import own_sentence, text_of
from unit.archive.store.test_archive_promises import as_somebody_else, hall
from unit.cli.test_cli_archive import Captured, answers, written

__all__ = ["hall"]  # a fixture


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"id": "bad", "text": text_of(9), "title": "\ud800"}, "title"),
        ({"id": "bad", "text": text_of(9), "publisher": "\udfff"}, "publisher"),
        ({"id": "bad\ud800", "text": text_of(9)}, "id"),
        ({"id": "bad\0", "text": text_of(9)}, "NUL"),
        ({"id": "bad", "text": text_of(9), "url": "https://ports.example/\0"}, "NUL"),
        ({"id": "é" * 1001, "text": text_of(9)}, "2,000 bytes"),
        ({"id": "1", "text": text_of(9)}, "as a number"),
        ('{"id": "bad", "text": ' + "[" * 100_000, "JSON"),
        ('{"id": 1e400, "text": "The minister said so."}', "id"),
        ('{"id": "bad", "text": "The minister said so.", "published": 1e400}', "published"),
        ('{"id": ' + "7" * 4301 + ', "text": "The minister said so."}', "JSON"),
        ('{"id": ' + "7" * 2001 + ', "text": "The minister said so."}', "2,000 bytes"),
    ],
)
def test_one_bad_record_gets_its_line_and_the_others_are_kept(
    bad: object, said: str, tmp_path: Path, capsysbinary: Captured
) -> None:
    records = [{"id": 1, "text": text_of(1)}, bad, {"id": "n2", "text": text_of(2)}]
    assert run(["archive", "add", str(tmp_path / "desk"), "--jsonl", written(tmp_path / "in.jsonl", records)]) == 1
    given, complaints = answers(capsysbinary)
    assert [record.get("outcome", "error") for record in given] == ["new", "error", "new"]
    assert said in str(given[1]["error"])
    assert complaints.count("\n") == 1
    assert "Line 2" in complaints
    with Archive.open(tmp_path / "desk") as archive:
        assert archive.check() == []
        assert [kept.text for kept in archive.export()] == [text_of(1), text_of(2)]


def test_file_names_that_are_no_text_are_kept_apart_and_stop_nothing(tmp_path: Path, capsysbinary: Captured) -> None:
    folder = tmp_path / "statements"
    folder.mkdir()
    for number, name in enumerate([b"a\xff.txt", b"a\xfe.txt", b"b.txt", "ü.txt".encode()]):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(text_of(number))
    Path(os.fsdecode(os.fsencode(folder) + b"/empty\xff")).write_text("")
    assert run(["archive", "add", str(tmp_path / "desk"), str(folder), str(tmp_path / ("n" * 300))]) == 1
    out, err = capsysbinary.readouterr()
    assert b"4 new" in out
    assert err.count(b"\n") == 2
    with Archive.open(tmp_path / "desk") as archive:
        ids = {Path(kept.id).name for kept in archive.export()}
        assert ids == {"a\\xff.txt", "a\\xfe.txt", "b.txt", "ü.txt"}
        assert archive.check() == []


def test_the_same_file_is_one_document_however_its_name_is_given(
    tmp_path: Path, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "statements"
    (folder / "may").mkdir(parents=True)
    (folder / "may" / "one.txt").write_text(text_of(1))
    (tmp_path / "link").symlink_to(folder)
    desk = str(tmp_path / "desk")
    for place, name in (
        (tmp_path, "statements/may/one.txt"),
        (tmp_path, "./statements/may/../may/one.txt"),
        (tmp_path, "statements"),
        (tmp_path, "link/may/one.txt"),
        (folder, "may/one.txt"),
        (folder / "may", "."),
        (folder / "may", "one.txt"),
        (tmp_path / "link", str(folder / "may" / "one.txt")),
    ):
        monkeypatch.chdir(place)
        assert run(["archive", "add", desk, name]) == 0
        assert b"the archive holds 1 document." in capsysbinary.readouterr().out
    with Archive.open(desk) as archive:
        assert archive.summary().versions == 1
        assert archive.document(str(folder.resolve() / "may" / "one.txt")) is not None


def test_an_archive_is_not_added_to_itself(
    tmp_path: Path, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.txt").write_text(text_of(1))
    monkeypatch.chdir(tmp_path)
    for told in (b"1 new", b"1 unchanged"):
        assert run(["archive", "add", "desk", "."]) == 0
        assert told in capsysbinary.readouterr().out


def test_a_folder_that_cannot_be_read_gets_its_line_and_the_others_are_read(hall: Path) -> None:
    (hall / "statements" / "closed").mkdir(parents=True)
    (hall / "statements" / "one.txt").write_text(text_of(1))
    (hall / "statements" / "closed").chmod(0)

    def work() -> list[list[str]]:
        wrong: list[str] = []
        return [list(files_in([str(hall / "statements")], hall / "desk", wrong.append)), wrong]

    files, wrong = as_somebody_else(work)
    assert files == [str(hall / "statements" / "one.txt")]
    assert len(wrong) == 1
    assert "closed: the folder cannot be read" in wrong[0]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.05)
        yield listening


@pytest.mark.parametrize("form", [1, 2])
def test_a_folder_from_somebody_else_makes_no_command_call_anybody(
    form: int, listener: socket.socket, tmp_path: Path, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "open-sesame")
    monkeypatch.delenv("QUOTH_DATABASE", raising=False)
    desk, report = tmp_path / "desk", tmp_path / "report.txt"
    with Archive.open(desk, create=True) as archive:
        list(archive.add([]))
    address = f"host=127.0.0.1 port={listener.getsockname()[1]} user=desk dbname=q connect_timeout=1"
    (desk / "archive.json").write_text(json.dumps({"format": form, "documents": address, "archive": address}))
    report.write_text(f'"{own_sentence(3)}," the minister said.')
    for command in (
        ["archive", "check", str(desk)],
        ["archive", "repair", str(desk)],
        ["archive", "repair", str(desk), "--force"],
        ["archive", "export", str(desk)],
        ["archive", "delete", str(desk), "a"],
        ["archive", "find", str(desk), "--text", "x"],
        ["archive", "find", str(desk), "--jsonl", written(tmp_path / "in.jsonl", [{"id": "a", "text": "b"}])],
        ["archive", "add", str(desk), str(report)],
        ["trace", str(report), "--archive", str(desk), "--rules"],
    ):
        assert run(command) == 2, command
        out, err = capsysbinary.readouterr()
        assert (out, err.count(b"\n")) == (b"", 1), command
        assert address.encode() not in err
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.parametrize("command", ["add", "check", "repair", "export", "find", "delete"])
def test_an_empty_address_of_a_database_is_an_argument_that_cannot_be_used(
    command: str, tmp_path: Path, capsysbinary: Captured
) -> None:
    more = {"find": ["--text", "x"], "delete": ["a"], "add": [__file__]}.get(command, [])
    assert run(["archive", command, str(tmp_path / "desk"), *more, "--database", ""]) == 2
    assert b"--database" in capsysbinary.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_lost_documents_are_named_by_every_command_and_none_finds_nothing(
    tmp_path: Path, capsysbinary: Captured
) -> None:
    desk = str(tmp_path / "desk")
    written(tmp_path / "in.jsonl", [{"id": "n1", "text": text_of(1)}])
    assert run(["archive", "add", desk, "--jsonl", str(tmp_path / "in.jsonl")]) == 0
    (tmp_path / "desk" / "documents.sqlite").write_bytes(b"")
    capsysbinary.readouterr()
    for command in (
        ["find", desk, "--text", own_sentence(1), "--rules"],
        ["check", desk],
        ["repair", desk],
        ["export", desk],
        ["delete", desk, "n1"],
        ["add", desk, "--jsonl", str(tmp_path / "in.jsonl")],
    ):
        assert run(["archive", *command]) == 2
        out, err = capsysbinary.readouterr()
        assert (out, err.count(b"\n")) == (b"", 1)
        assert b"documents.sqlite" in err


def test_a_damaged_index_is_one_sentence_however_many_processes_search(tmp_path: Path, capsysbinary: Captured) -> None:
    desk = tmp_path / "desk"
    records = [{"id": f"n{number}", "text": text_of(number)} for number in range(40)]
    assert run(["archive", "add", str(desk), "--jsonl", written(tmp_path / "in.jsonl", records)]) == 0
    (segment,) = (desk / "index").glob("*.segment")
    whole = segment.read_bytes()
    segment.write_bytes(whole[:1024] + bytes(byte ^ 1 for byte in whole[1024:]))
    questions = written(tmp_path / "q.jsonl", [{"id": n, "text": own_sentence(n % 40)} for n in range(60)])
    capsysbinary.readouterr()
    for jobs in ("1", "2"):
        assert run(["archive", "find", str(desk), "--jsonl", questions, "--rules", "--jobs", jobs]) == 2
        out, err = capsysbinary.readouterr()
        assert (out, err.count(b"\n")) == (b"", 1)
        assert b"repair" in err


def test_what_must_be_known_of_a_file_that_was_read_is_said_and_the_file_is_kept(
    tmp_path: Path, capsysbinary: Captured
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes("The minister said: “The café at Tarn Bay stays open, and so does the ferry.”".encode("cp1252"))
    assert run(["archive", "add", str(tmp_path / "desk"), str(letter)]) == 0
    out, err = capsysbinary.readouterr()
    assert out.startswith(b"1 new")
    assert err.decode() == f"quoth: {letter}: Read as Windows-1252, for its bytes are not UTF-8.\n"


def test_no_archive_is_made_where_no_file_is_there(tmp_path, capsys):
    assert run(["archive", "add", str(tmp_path / "new"), str(tmp_path / "nope.txt"), str(tmp_path / "nor.txt")]) == 2
    assert capsys.readouterr().err.count("there is no such file.") == 2
    assert not (tmp_path / "new").exists()
