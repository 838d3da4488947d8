"""A damaged file of documents: what can be read of it is told, and put into a new archive; nothing else is."""

import random
import shutil
from pathlib import Path

import pytest

from quoth.archive.archive import Archive
from quoth.archive.rescue import checked, salvaged
from quoth.archive.store import Stored
from quoth.cli.main import run
from quoth.reading import read_text
from quoth.types import ArchiveDamaged, ArchiveError, Document, UnusableArguments
from unit.archive.store.desk import text_of

PAGE = 4096
Captured = pytest.CaptureFixture[str]


def long_text(number: int) -> str:
    return f"{text_of(number)}\n\n" * (1 + number % 40)


def document(number: int, words: str = "") -> Document:
    return read_text(words + long_text(number), f"n{number}", title=f"Title {number}", published="2031-05-02")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "desk", create=True) as archive:
        list(archive.add(document(number) for number in range(120)))
        archive.delete("n7")
        list(archive.add([document(9, "Corrected. ")]))
    return tmp_path / "desk"


def held(path: Path) -> list[Stored]:
    with Archive.open(path) as archive:
        return list(archive.export())


def overwritten(path: Path, at: int, data: bytes) -> None:
    with (path / "documents.sqlite").open("r+b") as file:
        file.seek(at)
        file.write(data)


def salvage(path: Path) -> tuple[list[Stored], list[str]]:
    archive, found = salvaged(path, path.with_name("new"))
    archive.close()
    assert checked(path.with_name("new"))[0] == []
    return held(path.with_name("new")), found.lost


def test_a_sound_file_is_salvaged_as_it_is(desk: Path) -> None:
    assert salvage(desk) == (held(desk), [])


def test_a_lost_beginning_of_the_file_costs_no_document_and_brings_none_back_that_was_deleted(desk: Path) -> None:
    before = held(desk)
    overwritten(desk, 0, bytes(PAGE))
    assert salvage(desk) == (before, [])


def test_a_lost_page_costs_the_texts_on_it_and_these_are_named(desk: Path) -> None:
    before = held(desk)
    words = before[60].text.encode()[:40]
    data = (desk / "documents.sqlite").read_bytes()
    overwritten(desk, data.index(words) // PAGE * PAGE, bytes(PAGE))
    after, lost = salvage(desk)
    gone = [one for one in before if one not in after]
    assert before[60] in gone
    assert len(gone) < 10
    assert [one for one in before if one not in gone] == after
    assert lost == [f"The text of {one.id}, version {one.version}, cannot be read." for one in gone]


def test_a_version_that_is_lost_leaves_its_text_under_an_id_that_says_so(desk: Path) -> None:
    before = held(desk)
    data = (desk / "documents.sqlite").read_bytes()
    at = data.index(b"Title 60")
    overwritten(desk, at // PAGE * PAGE, bytes(PAGE))
    after, lost = salvage(desk)
    unnamed = [one for one in after if one.id.startswith("salvaged-")]
    assert {one.text for one in after} == {one.text for one in before}
    assert len(unnamed) == len(lost) > 1


def test_a_damaged_title_costs_the_description_and_not_the_text(desk: Path) -> None:
    overwritten(desk, (desk / "documents.sqlite").read_bytes().index(b"Title 60"), b"Titl\xff")
    after, lost = salvage(desk)
    assert lost[0] == "A version, number 61, cannot be read."  # no text in it can be trusted, its id neither
    assert len(after) == 120


def test_a_changed_title_is_not_taken_for_what_was_added(desk: Path) -> None:
    overwritten(desk, (desk / "documents.sqlite").read_bytes().index(b"Title 60"), b"Tidal")
    after, lost = salvage(desk)
    assert lost == ["What was known about n60, version 1, is damaged; its text alone is kept."]
    (one,) = (one for one in after if one.id == "n60")
    assert (one.document.title, one.text) == (None, document(60).text)


def test_half_a_file_gives_half_of_the_documents(desk: Path) -> None:
    data = (desk / "documents.sqlite").read_bytes()
    (desk / "documents.sqlite").write_bytes(data[: len(data) // 2 + 100])
    after, lost = salvage(desk)
    assert 20 < len(after) < 110
    assert lost


def test_what_only_the_log_has_is_read_too(desk: Path, tmp_path: Path) -> None:
    with Archive.open(desk) as archive:
        list(archive.add([document(300)]))
        copy = tmp_path / "copy"
        shutil.copytree(desk, copy)
    assert (copy / "documents.sqlite-wal").stat().st_size
    overwritten(copy, 0, bytes(PAGE))
    archive, _ = salvaged(copy, tmp_path / "new")
    with archive:
        assert archive.document("n300") == document(300)


def test_random_damage_never_gives_a_text_that_was_not_added(desk: Path, tmp_path: Path) -> None:
    before = {(one.id, one.version): one.document for one in held(desk)}
    texts = {one.text for one in before.values()}
    rng = random.Random(2031)
    for turn in range(12):
        copy = tmp_path / f"copy{turn}"
        shutil.copytree(desk, copy)
        size = (copy / "documents.sqlite").stat().st_size
        for _ in range(60):
            overwritten(copy, rng.randrange(size), rng.randbytes(rng.choice([1, 2, 300])))
        archive, _ = salvaged(copy, tmp_path / f"new{turn}")
        with archive:
            after = list(archive.export())
        assert {one.text for one in after} <= texts
        assert all(one.document == before.get((one.id, one.version)) for one in after if one.document.title)
        assert len(after) > 20


def test_check_says_what_is_damaged_how_much_can_be_read_and_what_can_be_done(desk: Path, capsys: Captured) -> None:
    overwritten(desk, 0, bytes(PAGE))
    assert run(["archive", "check", str(desk)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"quoth: {desk}/documents.sqlite is damaged (file is not a database)."
    assert told[-1].startswith(
        f"quoth: 120 of 120 versions of documents can be read; `quoth archive salvage {desk} NEW`"
    )
    assert run(["archive", "salvage", str(desk), str(desk.with_name("new"))]) == 1
    out, err = capsys.readouterr()
    assert out == f"120 of 120 versions of 119 documents are in {desk.with_name('new')} now.\n"
    assert "which documents were deleted" in err


def test_where_nothing_can_be_read_no_archive_is_made(desk: Path, capsys: Captured) -> None:
    overwritten(desk, 0, bytes((desk / "documents.sqlite").stat().st_size))
    assert run(["archive", "salvage", str(desk), str(desk.with_name("new"))]) == 2
    assert "Nothing in" in capsys.readouterr().err
    assert not desk.with_name("new").exists()
    with pytest.raises(ArchiveDamaged, match="nothing in it can be read any more, only a copy helps"):
        checked(desk)


def test_the_new_archive_must_be_new_and_the_old_one_there(desk: Path) -> None:
    with pytest.raises(UnusableArguments, match="is there already"):
        salvaged(desk, desk)
    with pytest.raises(ArchiveError, match="is not there"):
        salvaged(desk.with_name("none"), desk.with_name("new"))
    (desk / "documents.sqlite").unlink()
    with pytest.raises(ArchiveDamaged, match="bring it back"):
        checked(desk)


def test_of_a_damaged_index_check_says_that_repair_makes_it_anew_and_looks_at_the_documents_all_the_same(
    desk: Path,
) -> None:
    (desk / "index" / "manifest.json").write_text("{}")
    (problem,) = checked(desk)[0]
    assert problem.endswith("`quoth archive repair` makes the index anew.")
    overwritten(desk, (desk / "documents.sqlite").read_bytes().index(b"Title 60"), b"Tidal")
    problems, _ = checked(desk)
    assert problems[1] == "What is known about n60, version 1, is not what was added (its title, date or the like)."
    assert "120 of 120 versions of documents can be read" in problems[-1]
