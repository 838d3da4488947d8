"""`quoth archive` at the command line: the records of the contract in and out, and one sentence for what goes wrong."""

import json
from pathlib import Path

import pytest

from quoth.archive.archive import Archive
from quoth.cli.main import run
from unit.archive.store.desk import own_sentence, text_of

Captured = pytest.CaptureFixture[bytes]


def lines_of(records: list[object]) -> str:
    return "".join(f"{record if isinstance(record, str) else json.dumps(record)}\n" for record in records)


def written(path: Path, records: list[object]) -> str:
    path.write_text(lines_of(records), encoding="utf-8")
    return str(path)


def answers(captured: Captured) -> tuple[list[dict[str, object]], str]:
    out, err = captured.readouterr()
    return [json.loads(line) for line in out.splitlines()], err.decode()


@pytest.fixture
def desk(tmp_path: Path, capsysbinary: Captured) -> str:
    records = [{"id": f"n{number}", "text": text_of(number), "publisher": "Ministry of Ports"} for number in range(40)]
    assert run(["archive", "add", str(tmp_path / "desk"), "--jsonl", written(tmp_path / "in.jsonl", records)]) == 0
    capsysbinary.readouterr()
    return str(tmp_path / "desk")


def test_each_added_line_is_answered_in_its_order(tmp_path: Path, capsysbinary: Captured) -> None:
    records = [
        {"id": "a", "text": text_of(1), "title": "A", "published": "2031-05-02"},
        {"id": "b"},
        "no json",
        {"id": "a", "text": text_of(2)},
        {"id": "c", "text": 3},
        {"id": "d", "text": " "},
        {"id": "e", "text": "half \ud800"},
        {"id": "a", "text": text_of(1), "title": "A", "published": "2031-05-02"},
        {"text": text_of(3)},
        {"id": 7, "text": text_of(4), "title": 9},
        {"id": 7, "text": text_of(4)},
    ]
    status = run(["archive", "add", str(tmp_path / "desk"), "--jsonl", written(tmp_path / "in.jsonl", records)])
    given, complaints = answers(capsysbinary)
    assert status == 1
    assert [record.get("outcome", "error") for record in given] == [
        "new", "error", "error", "new version", "error", "error", "error", "unchanged", "error", "error", "new",
    ]  # fmt: skip
    assert [record["id"] for record in given] == ["a", "b", None, "a", "c", "d", "e", "a", None, 7, "7"]
    assert complaints.count("\n") == 7
    assert "Line 3" in complaints


def test_a_question_is_answered_with_sources_and_passages(desk: str, tmp_path: Path, capsysbinary: Captured) -> None:
    report = f'Dealers were calm.\n\n"{own_sentence(17)}," the ministry said.\n\nThe crown was unchanged.'
    questions = [{"id": "r1", "text": report}, {"id": "r2", "text": "Nothing of that kind.\n\nNothing at all."}]
    assert run(["archive", "find", desk, "--jsonl", written(tmp_path / "q.jsonl", questions), "--rules"]) == 0
    (first, second), _ = answers(capsysbinary)
    assert (first["id"], second["id"], second["sources"]) == ("r1", "r2", [])
    (source,) = first["sources"]
    (passage,) = source["passages"]
    assert source["id"] == "n17"
    assert report[slice(*passage["report"])] == own_sentence(17)
    assert text_of(17)[slice(*passage["source"])] == own_sentence(17)
    assert passage["by"] == "wording"


def test_many_questions_are_answered_in_order_over_processes(desk: str, tmp_path: Path, capsysbinary: Captured) -> None:
    questions: list[object] = [{"id": number, "text": own_sentence(number % 40)} for number in range(60)]
    questions[5] = "{"
    path = written(tmp_path / "q.jsonl", questions)
    assert run(["archive", "find", desk, "--jsonl", path, "--rules", "--jobs", "1"]) == 1
    alone = answers(capsysbinary)
    assert run(["archive", "find", desk, "--jsonl", path, "--rules", "--jobs", "2"]) == 1
    assert answers(capsysbinary) == alone
    assert [record["id"] for record in alone[0]] == [None if number == 5 else number for number in range(60)]
    assert all(record["sources"][0]["id"] == f"n{record['id'] % 40}" for record in alone[0] if "sources" in record)


def test_at_most_so_many_sources_are_given(desk: str, capsysbinary: Captured) -> None:
    words = "The harbour council of Orm thanked the engineers"
    assert run(["archive", "find", desk, "--text", words, "--top", "2", "--rules"]) == 0
    ((answer,), _) = answers(capsysbinary)
    assert len(answer["sources"]) == 2


def test_files_and_folders_are_added_by_their_paths(tmp_path: Path, capsysbinary: Captured) -> None:
    folder = tmp_path / "statements" / "may"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text(text_of(1))
    (folder.parent / "two.txt").write_text(text_of(2))
    (folder / ".hidden").write_text("x")
    (folder / "empty.txt").write_text("")
    assert run(["archive", "add", str(tmp_path / "desk"), str(tmp_path / "statements")]) == 1
    out, err = capsysbinary.readouterr()
    assert b"2 new" in out
    assert b"empty.txt" in err
    with Archive.open(tmp_path / "desk") as archive:
        assert archive.document(str(folder / "one.txt")) is not None
    assert run(["archive", "add", str(tmp_path / "desk"), str(tmp_path / "statements")]) == 1
    assert b"2 unchanged" in capsysbinary.readouterr().out


def test_what_is_exported_makes_the_same_archive_again(desk: str, tmp_path: Path, capsysbinary: Captured) -> None:
    assert run(["archive", "export", desk]) == 0
    (tmp_path / "out.jsonl").write_bytes(capsysbinary.readouterr().out)
    assert run(["archive", "add", str(tmp_path / "again"), "--jsonl", str(tmp_path / "out.jsonl")]) == 0
    with Archive.open(desk) as one, Archive.open(tmp_path / "again") as two:
        assert one.certificate().digest == two.certificate().digest
        assert [kept.document for kept in one.export()] == [kept.document for kept in two.export()]


def test_earlier_versions_are_exported_when_asked_for(desk: str, tmp_path: Path, capsysbinary: Captured) -> None:
    path = written(tmp_path / "new.jsonl", [{"id": "n3", "text": text_of(99)}])
    assert run(["archive", "add", desk, "--jsonl", path]) == 0
    capsysbinary.readouterr()
    assert run(["archive", "export", desk]) == 0
    assert [record["text"] for record in answers(capsysbinary)[0] if record["id"] == "n3"] == [text_of(99)]
    assert run(["archive", "export", desk, "--versions"]) == 0
    every = [record for record in answers(capsysbinary)[0] if record["id"] == "n3"]
    assert [(record["version"], record["text"]) for record in every] == [(1, text_of(3)), (2, text_of(99))]


def test_an_id_that_is_not_utf8_is_told_to_be_missing_like_any_other(desk: str, capsysbinary: Captured) -> None:
    assert run(["archive", "delete", desk, "n1", "\udcff"]) == 1
    told = capsysbinary.readouterr()
    assert b"n1: 1 version deleted." in told.out + told.err
    assert b"is not in the archive" in told.err
    assert b"Error" not in told.err


def test_deleting_checking_and_repairing(desk: str, capsysbinary: Captured) -> None:
    assert run(["archive", "delete", desk, "n1", "nobody"]) == 1
    assert b"nobody is not in the archive" in capsysbinary.readouterr().err
    assert run(["archive", "delete", desk, "nobody"]) == 2
    assert run(["archive", "check", desk]) == 0
    assert b"39 documents" in capsysbinary.readouterr().out
    segment = next((Path(desk) / "index").glob("*.segment"))
    segment.write_bytes(segment.read_bytes()[:900])
    assert run(["archive", "find", desk, "--text", own_sentence(4)]) == 2
    complaint = capsysbinary.readouterr().err
    assert b"repair" in complaint
    assert complaint.count(b"\n") == 1
    assert run(["archive", "check", desk]) in (1, 2)
    capsysbinary.readouterr()
    assert run(["archive", "repair", desk]) == 0
    capsysbinary.readouterr()
    assert run(["archive", "find", desk, "--text", own_sentence(4), "--rules"]) == 0
    ((answer,), _) = answers(capsysbinary)
    assert answer["sources"][0]["id"] == "n4"


@pytest.mark.parametrize(
    "arguments",
    [
        ["find", "nowhere", "--text", "x"],
        ["find", "nowhere"],
        ["find", "nowhere", "--text", "x", "--jsonl", "y"],
        ["check", "nowhere"],
        ["repair", "nowhere"],
        ["export", "nowhere"],
        ["delete", "nowhere", "a"],
        ["add", "nowhere"],
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_makes_nothing(
    arguments: list[str], tmp_path: Path, capsysbinary: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["archive", *arguments]) == 2
    out, err = capsysbinary.readouterr()
    assert (out, err.count(b"\n")) == (b"", 1)
    assert list(tmp_path.iterdir()) == []
