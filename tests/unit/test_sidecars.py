"""What is said of files beside them, and of texts in the columns of their tables."""

import json
from pathlib import Path

import pytest

from quoth.archive.archive import Archive
from quoth.cli.main import run
from quoth.pipeline.inputs import documents_in, load
from quoth.types import Document, UnusableInput

WORDS = "The harbour master said that no boat was refused at the pier."
HEAD = "file,publisher,published,title\n"


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")


def known(folder: Path) -> dict[str, tuple[str | None, ...]]:
    found = [one for one in documents_in([str(folder)]) if isinstance(one, Document)]
    return {one.id: (one.publisher, one.published, one.title) for one in found}


def test_a_table_says_publisher_day_and_title_of_the_files_in_its_folder(tmp_path: Path) -> None:
    put(tmp_path, one__txt=WORDS, two__txt=WORDS + " Twice.", three__md=WORDS)
    put(tmp_path, publication__csv=f"{HEAD}one.txt,,2031-05-02,Pier\n*.txt,Harbour of Orl,2031-01-01,\n")
    assert known(tmp_path) == {
        "one.txt": ("Harbour of Orl", "2031-05-02", "Pier"),
        "two.txt": ("Harbour of Orl", "2031-01-01", None),
        "three.md": (None, None, None),
    }


def test_a_file_of_its_own_says_it_of_one_file_and_goes_first(tmp_path: Path) -> None:
    put(tmp_path, one__txt=WORDS, publication__csv=f"{HEAD}*,Harbour of Orl,2031-05-02,\n")
    put(tmp_path, one__txt__meta__json=json.dumps({"publisher": "Seaboard", "url": "https://seaboard.example/1"}))
    document = load(str(tmp_path / "one.txt"))
    assert (document.publisher, document.published, document.url) == (
        "Seaboard",
        "2031-05-02",
        "https://seaboard.example/1",
    )


def test_columns_say_it_of_the_texts_of_a_table_and_the_folder_of_those_that_do_not(tmp_path: Path) -> None:
    put(
        tmp_path,
        may__csv=f"id,text,publisher,published,url\n1,{WORDS},Seaboard,2 May 2031,https://a.example/1\n2,{WORDS},,,\n",
    )
    put(tmp_path, publication__csv=f"{HEAD}may.csv,Harbour of Orl,2031-01-01,\n")
    assert known(tmp_path) == {"1": ("Seaboard", "2031-05-02", None), "2": ("Harbour of Orl", "2031-01-01", None)}


def test_an_archive_keeps_what_is_said_of_its_files(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", one__txt=WORDS, publication__csv=f"{HEAD}*,Harbour of Orl,2031-05-02,Pier\n")
    assert run(["archive", "add", str(tmp_path / "desk"), str(tmp_path / "in")]) == 0
    assert "1 new" in capsys.readouterr().out
    with Archive.open(tmp_path / "desk") as archive:
        document = archive.document(str((tmp_path / "in" / "one.txt").resolve()))
    assert document is not None
    assert (document.publisher, document.published, document.title) == ("Harbour of Orl", "2031-05-02", "Pier")


def test_an_archive_takes_the_texts_of_a_table_from_a_column_that_is_named(tmp_path: Path) -> None:
    put(tmp_path, may__csv=f"key,body,publisher\n7,{WORDS},Seaboard\n")
    add = ["archive", "add", str(tmp_path / "desk"), str(tmp_path / "may.csv")]
    assert run(add) == 2
    assert run([*add, "--text-column", "body", "--id-column", "key"]) == 0
    with Archive.open(tmp_path / "desk") as archive:
        document = archive.document("7")
    assert document is not None
    assert (document.text, document.publisher) == (WORDS, "Seaboard")


def test_a_report_is_held_against_the_texts_of_a_table_whose_column_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    put(tmp_path, may__csv=f"key,body,publisher\n7,{WORDS},Seaboard\n8,It rains in Orl.,Seaboard\n")
    put(tmp_path, report__txt='The pier\n\nThe harbour master said that "no boat was refused at the pier" in May.\n')
    trace = ["trace", str(tmp_path / "report.txt"), "--source", str(tmp_path / "may.csv"), "--rules", "--json"]
    assert run(trace) == 2
    capsys.readouterr()
    assert run([*trace, "--text-column", "body", "--id-column", "key"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in found["sources"]] == ["7", "8"]
    assert found["verdicts"][0]["pieces"][0]["source"] == "7"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"publication__csv": "name,publisher\na,b\n"}, "there is no column 'file' among name, publisher"),
        ({"publication__csv": ""}, "there is no column 'file' among none"),
        ({"publication__csv": 'file,title\n"a'}, "the table cannot be read"),
        ({"one__txt__meta__json": "{"}, "it is not JSON"),
        ({"one__txt__meta__json": "[" * 100_000}, "it is not JSON"),
        ({"one__txt__meta__json": "[1]"}, "it is JSON, but no object"),
        ({"one__txt__meta__json": '{"title": 5}'}, "what is said of it beside it is no text"),
    ],
)
def test_what_is_said_and_cannot_be_read_is_told_in_one_sentence(
    tmp_path: Path, files: dict[str, str], words: str
) -> None:
    put(tmp_path, one__txt=WORDS, **files)
    with pytest.raises(UnusableInput, match=words) as caught:
        load(str(tmp_path / "one.txt"))
    assert "\n" not in str(caught.value)
    (error,) = documents_in([str(tmp_path / "one.txt")])
    assert str(error) == str(caught.value)
