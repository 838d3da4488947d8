"""Names and ids that are none: empty, no UTF-8, half a surrogate pair: each is one sentence."""

import json
import os
from pathlib import Path

import pytest

from quoth.archive.archive import Archive
from quoth.cli.main import run
from quoth.reading import read_text

Captured = pytest.CaptureFixture[str]
SAID = "The mayor of Tarn Bay said that the bridge would open in May. “It is safe,” she added."


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(SAID, encoding="utf-8")
    (tmp_path / "source.txt").write_text("Mayor: The bridge will open in May. It is safe.", encoding="utf-8")
    with Archive.open(tmp_path / "desk", create=True) as archive:
        list(archive.add([read_text(SAID, "a")]))
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "statements --rules --jsonl in.jsonl",
        "trace --rules --jsonl in.jsonl --source source.txt",
        "trace --rules --jsonl in.jsonl --archive desk",
        "grade --rules --jsonl in.jsonl",
        "names --jsonl in.jsonl",
        "archive find desk --rules --jsonl in.jsonl",
        "archive add desk --jsonl in.jsonl",
    ],
)
def test_an_id_with_half_a_surrogate_pair_is_an_error_of_its_line_and_the_others_are_done(
    place: Path, capsys: Captured, command: str
) -> None:
    fields = {"text": SAID, "reported": "It is safe", "original": SAID, "a": "Odo Marn", "b": "O. Marn"}
    lines = [json.dumps({"id": id_, **fields}) for id_ in ("first", "half \ud800", "last")]
    (place / "in.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert run(command.split()) == 1
    out, err = capsys.readouterr()
    sentence = 'Line 2: "id" holds half of a surrogate pair at 5, which is no text.'
    assert err == f"quoth: {sentence}\n"
    records = [json.loads(line) for line in out.splitlines()]
    assert records[1] == {"id": None, "line": 2, "error": sentence}
    assert [record["id"] for record in (records[0], records[2])] == ["first", "last"]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["trace", "report.txt", "--source", "source.txt", "--html", ""], "--html: the name of the file is empty."),
        (["trace", "report.txt", "--source", "source.txt", "--csv", ""], "--csv: the name of the file is empty."),
        (["statements", "report.txt", "--csv", ""], "--csv: the name of the file is empty."),
        (["statements", ""], "The name of a file is empty."),
        (["archive", "add", "", "report.txt"], "The name of the archive is empty."),
        (["archive", "check", ""], "The name of the archive is empty."),
        (["archive", "repair", " "], "The name of the archive is empty."),
        (["archive", "salvage", "desk", ""], "The name of the archive is empty."),
    ],
)
def test_an_empty_name_is_said_to_be_empty(place: Path, capsys: Captured, command: list[str], sentence: str) -> None:
    rules = ["--rules"] if command[0] != "archive" else []
    before = sorted(place.iterdir())
    assert run([*command, *rules]) == 2
    assert capsys.readouterr().err == f"quoth: {sentence}\n"
    assert sorted(place.iterdir()) == before


def test_a_name_that_is_not_utf_8_is_shown_with_its_bytes(place: Path, capsys: Captured) -> None:
    table = os.fsdecode(b"t\xe9l\xff.csv")
    assert run(["statements", "report.txt", "--rules", "--csv", table]) == 0
    assert capsys.readouterr().err == "quoth: 2 statements of 1 document are in t\\xe9l\\xff.csv.\n"
    assert (place / table).read_bytes()
    assert run(["statements", "report.txt", "--rules", "--csv", f"none\udcff/{table}"]) == 2
    assert r"--csv none\xff/t\xe9l\xff.csv: there is no such directory" in capsys.readouterr().err
