"""Bytes that hold several documents: each is read, and one that cannot be never stops the others."""

import io
import zipfile
from pathlib import Path

import pytest

import quoth
from quoth.cli.main import run
from quoth.pipeline.inputs import documents_in
from quoth.reading import decide, read, read_all
from quoth.types import Document, QuothError, UnusableInput

WORDS = "The harbour master said on Monday that “no boat was refused”, and that the log books lie open."
OTHER = "“The quay is safe,” said Oda Kest, who runs the port of Tarn Bay."


def zipped(**members: str | bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return target.getvalue()


def found(data: bytes, name: str = "x.zip") -> tuple[dict[str, Document], list[str]]:
    every = list(read_all(data, name))
    return {one.id: one for one in every if isinstance(one, Document)}, [
        str(one) for one in every if isinstance(one, QuothError)
    ]


def test_each_file_of_an_archive_is_a_document_with_an_id_of_its_own() -> None:
    documents, errors = found(zipped(a_txt=WORDS, deep__b_html=f"<html><body><p>{OTHER}</p></body></html>"))
    assert {id_: one.text for id_, one in documents.items()} == {"x.zip/a.txt": WORDS, "x.zip/deep/b.html": OTHER}
    assert not errors


def test_a_part_that_cannot_be_read_never_stops_the_others() -> None:
    documents, errors = found(zipped(a_png=b"\x89PNG\r\n\x1a\n\0\0", b_txt=WORDS, c_txt=b"", d_txt=OTHER))
    assert list(documents) == ["x.zip/b.txt", "x.zip/d.txt"]
    assert [error.split(":")[0] for error in errors] == ["x.zip/a.png", "x.zip/c.txt"]


def test_hidden_files_and_those_that_a_computer_adds_are_no_documents() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("__MACOSX/._a.txt", ".hidden", "in/.git/config", "Thumbs.db", "a.txt"):
            archive.writestr(name, WORDS)
    documents, errors = found(target.getvalue())
    assert list(documents) == ["x.zip/a.txt"]
    assert not errors


def test_an_archive_inside_an_archive_is_read_in_turn() -> None:
    documents, errors = found(zipped(inner_zip=zipped(a_txt=WORDS), b_txt=OTHER))
    assert list(documents) == ["x.zip/inner.zip/a.txt", "x.zip/b.txt"]
    assert not errors


def test_archives_nested_without_end_end_in_one_sentence() -> None:
    data = zipped(a_txt=WORDS)
    for _ in range(50):
        data = zipped(a_zip=data, b_txt=OTHER)
    documents, errors = found(data)
    assert len(documents) == decide.DEEPEST
    assert len(errors) == 1
    assert errors[0] == f"x.zip{'/a.zip' * 5}: it lies in 5 others and holds still more; unpack them first."


def test_more_than_is_ever_sent_is_read_in_part_and_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "MOST_INSIDE", 3 * len(WORDS))
    inner = zipped(a_txt=WORDS, b_txt=WORDS + "!", c_txt=WORDS + "?", d_txt=WORDS + ".")
    documents, errors = found(inner)
    assert list(documents) == ["x.zip/a.txt", "x.zip/b.txt"]
    assert len(errors) == 1
    assert errors[0].startswith("x.zip/c.txt: what lies in one file is larger than")


def test_a_member_that_unpacks_to_more_than_a_file_may_hold_is_named() -> None:
    documents, errors = found(zipped(bomb_txt=b"0" * (70 * 1024 * 1024), a_txt=WORDS))
    assert list(documents) == ["x.zip/a.txt"]
    assert errors == ["x.zip/bomb.txt: larger than 64 MiB unpacked; it was not read."]


def test_a_damaged_archive_is_one_sentence() -> None:
    data = zipped(a_txt=WORDS)
    documents, errors = found(data[: len(data) // 2])
    assert not documents
    assert len(errors) == 1
    assert errors[0].startswith("x.zip: this is a ZIP archive; it is damaged (")


def test_an_archive_with_nothing_in_it_says_so() -> None:
    assert found(zipped()) == ({}, ["x.zip: there is no document in it."])
    with pytest.raises(UnusableInput, match=r"x\.zip: there is no document in it that can be read\."):
        read(zipped(), "x.zip")


def test_where_one_document_is_needed_several_are_counted_in_one_sentence() -> None:
    with pytest.raises(UnusableInput) as caught:
        read(zipped(a_txt=WORDS, b_txt=OTHER), "x.zip")
    assert str(caught.value).startswith("x.zip: it holds 2 documents (a.txt, b.txt), and one is needed here; ")
    with pytest.raises(UnusableInput, match=r"it holds more than 20 documents \(f0\.txt, f1\.txt, f2\.txt, \.\.\.\)"):
        read(zipped(**{f"f{number}_txt": WORDS for number in range(30)}), "x.zip")


def test_the_only_document_of_an_archive_is_that_document_and_what_was_not_read_is_noted() -> None:
    document = read(zipped(a_txt=WORDS, b_png=b"\x89PNG\r\n\x1a\n\0\0"), "x.zip")
    assert document.text == WORDS
    assert len(document.notes) == 1
    assert document.notes[0].startswith("x.zip/b.png: this is a PNG image")


def test_sources_statements_and_archives_take_all_documents_of_a_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    archive, report = tmp_path / "x.zip", tmp_path / "report.txt"
    archive.write_bytes(zipped(a_txt=WORDS, b_txt=OTHER))
    report.write_text("Harbour news\n\n“The quay is safe,” said Oda Kest.\n", encoding="utf-8")
    assert [one.id for one in documents_in([str(archive)]) if isinstance(one, Document)] == [
        "x.zip/a.txt",
        "x.zip/b.txt",
    ]
    assert run(["trace", str(report), "--source", str(archive), "--rules"]) == 0
    assert "verbatim" in capfd.readouterr().out
    assert run(["statements", str(archive), "--rules", "--json"]) == 0
    assert capfd.readouterr().out.count('"x.zip/') >= 2
    assert run(["archive", "add", str(tmp_path / "archive"), str(archive)]) == 0
    assert "2 new; the archive holds 2 documents." in capfd.readouterr().out
    assert run(["trace", str(archive), "--source", str(report), "--rules"]) == 2
    assert "it holds 2 documents (a.txt, b.txt), and one is needed here" in capfd.readouterr().err


def test_a_folder_is_taken_as_its_files_where_sources_are_given(tmp_path: Path) -> None:
    (tmp_path / "sources" / "deep").mkdir(parents=True)
    (tmp_path / "sources" / "a.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "sources" / "deep" / "b.txt").write_text(OTHER, encoding="utf-8")
    (tmp_path / "report.txt").write_text("“The quay is safe,” said Oda Kest.\n", encoding="utf-8")
    assert run(["trace", str(tmp_path / "report.txt"), "--source", str(tmp_path / "sources"), "--rules"]) == 0


def test_python_reads_the_same() -> None:
    assert quoth.read(zipped(a_txt=WORDS), name="x.zip").text == WORDS
