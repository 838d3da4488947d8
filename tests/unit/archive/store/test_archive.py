"""An archive: documents and the index over them, kept in step, whatever happens."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from contracts.disks import filled, small_disk
from quoth.archive.archive import Archive, repaired
from quoth.archive.store import Outcome, sha256_of
from quoth.reading import read
from quoth.types import ArchiveBusy, ArchiveDamaged, ArchiveError, Document, QuothError
from unit.archive.store.desk import documents, own_sentence


def made(path: Path, count: int = 20) -> Path:
    with Archive.open(path, create=True) as archive:
        list(archive.add(documents(0, count)))
    return path


def finds(archive: Archive, number: int) -> bool:
    return f"notice-{number}" in [source.id for source in archive.find(own_sentence(number))]


def test_what_is_added_is_found(tmp_path: Path) -> None:
    with Archive.open(made(tmp_path / "desk")) as archive:
        assert all(finds(archive, number) for number in range(20))
        assert archive.check() == []


def test_many_documents_are_indexed_by_other_processes_and_told_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quoth.archive.archive._GROUP_LENGTH", 3000)
    with Archive.open(tmp_path / "desk", create=True) as archive:
        told = [document.id for document, _ in archive.add(documents(0, 90))]
        assert told == [f"notice-{number}" for number in range(90)]
        assert archive.check() == []
        assert all(finds(archive, number) for number in range(90))
        assert {outcome for _, outcome in archive.add(documents(0, 90))} == {Outcome.UNCHANGED}
        assert not list((tmp_path / "desk" / "index").glob("*.part"))


def test_adding_the_same_again_changes_nothing_at_all(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    before = {file: file.read_bytes() for file in sorted((path / "index").iterdir())}
    with Archive.open(path) as archive:
        certificate = archive.certificate()
        assert {outcome for _, outcome in archive.add(documents(0, 20))} == {Outcome.UNCHANGED}
        assert archive.certificate() == certificate
    assert {file: file.read_bytes() for file in sorted((path / "index").iterdir())} == before


def test_a_changed_text_is_found_and_so_is_the_one_before(tmp_path: Path) -> None:
    with Archive.open(made(tmp_path / "desk")) as archive:
        text = (
            "The pilot houses of Orm were painted green by order of the third undersecretary, at a cost of nine marks."
        )
        ((_, outcome),) = archive.add([Document("notice-3", text, sha256_of(text))])
        assert outcome is Outcome.NEW_VERSION
        (now,) = archive.find("painted green by order of the third undersecretary")
        (before,) = (source for source in archive.find(own_sentence(3)) if source.id == "notice-3")
        assert (now.id, now.version, before.version) == ("notice-3", 2, 1)
        assert archive.document("notice-3") is not None
        assert archive.check() == []


def test_deleted_documents_are_gone_for_good(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    with Archive.open(path) as archive:
        assert archive.delete("notice-5") == 1
        assert archive.delete("notice-5") == 0
        assert not finds(archive, 5)
        assert archive.check() == []
    with Archive.open(path) as archive:
        assert not finds(archive, 5)
        assert archive.document("notice-5") is None
        assert finds(archive, 6)


@pytest.mark.parametrize("adding", [True, False])
def test_the_next_writer_drops_from_the_index_what_a_killed_one_had_deleted(tmp_path: Path, adding: bool) -> None:
    with Archive.open(made(tmp_path / "desk")) as archive:
        archive.store.delete("notice-3")  # and killed here, before the index could forget it
    with Archive.open(tmp_path / "desk") as archive:
        assert "gone" in " ".join(archive.check())
        if adding:
            list(archive.add(documents(3, 4)))
        else:
            archive.delete("notice-4")
        assert archive.check() == []
        assert finds(archive, 3) is adding
        assert finds(archive, 5)


def test_an_index_forgets_nothing_where_documents_are_lost(tmp_path: Path) -> None:
    with Archive.open(made(tmp_path / "desk")) as archive:
        known = archive.index.numbers()
    with closing(sqlite3.connect(tmp_path / "desk" / "documents.sqlite")) as base, base:
        base.execute("DELETE FROM versions WHERE number = (SELECT min(number) FROM versions)")
    with Archive.open(tmp_path / "desk") as archive:
        list(archive.add(documents(30, 31)))
        assert known <= archive.index.numbers()


def test_an_archive_can_be_copied_as_a_folder(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    with Archive.open(path) as archive:
        certificate = archive.certificate()
    shutil.copytree(path, tmp_path / "copy")
    shutil.rmtree(path)
    with Archive.open(tmp_path / "copy") as archive:
        assert archive.certificate() == certificate
        assert archive.check() == []
        assert finds(archive, 7)


def test_the_certificate_tells_what_is_searched(tmp_path: Path) -> None:
    with Archive.open(made(tmp_path / "desk")) as archive:
        certificate = archive.certificate()
        assert (certificate.documents, certificate.versions, certificate.passages) == (20, 20, 20)
        assert certificate.date is not None
        list(archive.add(documents(20, 21)))
        assert archive.certificate().digest != certificate.digest


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear sir")
    with pytest.raises(ArchiveError, match="other things"):
        Archive.open(tmp_path, create=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["letters.txt"]


def test_what_is_no_archive_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive"):
        Archive.open(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArchiveError, match="not the folder"):
        Archive.open(tmp_path / "file", create=True)


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "desk", 1)
    (path / "archive.json").write_text(json.dumps({"format": 9, "documents": "sqlite"}))
    with pytest.raises(ArchiveError, match="format 9"):
        Archive.open(path)


def test_a_second_writer_is_told_so_and_readers_are_not_disturbed(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    with Archive.open(path) as one, Archive.open(path) as two:
        writing = one.add(documents(20, 22))
        next(writing)
        with pytest.raises(ArchiveBusy):
            list(two.add(documents(30, 31)))
        assert finds(two, 3)
        list(writing)
        list(two.add(documents(30, 31)))
        assert finds(two, 20)
        assert finds(two, 30)


def test_an_index_that_is_behind_catches_up(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    with Archive.open(path) as archive:
        list(archive.store.add(documents(20, 25)))  # as if killed before the index was told
        assert any("yet" in problem for problem in archive.check())
        assert archive.catch_up()
        assert all(finds(archive, number) for number in range(25))
        assert archive.check() == []


@pytest.mark.parametrize("left", [0, 100, 5000])
def test_a_truncated_index_is_one_sentence_and_repair_mends_it(tmp_path: Path, left: int) -> None:
    path = made(tmp_path / "desk")
    segment = next((path / "index").glob("*.segment"))
    segment.write_bytes(segment.read_bytes()[:left])
    with pytest.raises(ArchiveDamaged, match=r"repair") as refused:
        Archive.open(path)
    assert "\n" not in str(refused.value)
    with repaired(path) as archive:
        assert archive.check() == []
        assert all(finds(archive, number) for number in range(20))


def test_an_archive_whose_index_has_an_earlier_format_is_mended_by_repair(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    manifest = path / "index" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 1}))
    with pytest.raises(ArchiveError, match="repair") as refused:
        Archive.open(path)
    assert "\n" not in str(refused.value)
    with repaired(path) as archive:
        assert archive.check() == []
        assert finds(archive, 7)


def test_a_flipped_byte_in_the_index_is_noticed_and_repair_mends_it(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    segment = next((path / "index").glob("*.segment"))
    spoiled = bytearray(segment.read_bytes())
    spoiled[-3] ^= 16
    segment.write_bytes(spoiled)
    with Archive.open(path) as archive:
        assert archive.check()
    with repaired(path) as archive:
        assert archive.check() == []


def test_a_flipped_byte_in_a_text_is_noticed_and_never_given_out(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    with Archive.open(path) as archive:
        archive.store._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base = path / "documents.sqlite"
    spoiled = bytearray(base.read_bytes())
    at = spoiled.index(b"Clerk number 7 counted")
    spoiled[at] ^= 1
    base.write_bytes(spoiled)
    with Archive.open(path) as archive:
        assert any("notice-7" in problem for problem in archive.check())
        with pytest.raises(ArchiveDamaged, match="notice-7"):
            archive.document("notice-7")
        assert archive.document("notice-8") is not None


def test_a_base_that_is_none_is_damage_in_one_sentence(tmp_path: Path) -> None:
    path = made(tmp_path / "desk", 1)
    (path / "documents.sqlite").write_bytes(b"this is a letter and no database" * 40)
    with pytest.raises(ArchiveDamaged):
        Archive.open(path)


def test_passages_of_deleted_documents_are_not_counted_as_searched(tmp_path: Path) -> None:
    with Archive.open(made(tmp_path / "desk", 20)) as archive:
        archive.delete("notice-7")
        certificate = archive.certificate()
        assert (certificate.documents, certificate.passages) == (19, 19)


# --- killed at any instant --------------------------------------------------------------------------------------------


def killed_while_adding(path: Path, first: int, chance: float, at_once: int, how: int = signal.SIGKILL) -> list[int]:
    """Add documents in a process of its own and end it after a while; the numbers that it was told are safe."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:  # in the child: nothing of pytest may run
        try:
            with Archive.open(path, create=True) as archive:
                for number in range(first, first + 400, at_once):
                    for document, _ in archive.add(documents(number, number + at_once)):
                        os.write(writing, f"{document.id.split('-')[1]} ".encode())
        finally:
            os._exit(1)
    os.close(writing)
    told = os.read(reading, 1 << 16)  # the first one is in
    try:
        subprocess.run(["sleep", f"{chance:.4f}"], check=True)
    finally:
        os.kill(child, how)
        os.waitpid(child, 0)
    while more := os.read(reading, 1 << 16):
        told += more
    os.close(reading)
    return [int(number) for number in told.split()]


def survives(path: Path, kills: int, *, at_once: int = 1, longest: float = 0.08, how: int = signal.SIGKILL) -> None:
    """Kill a writer so many times; after each, everything told is there, and the next command works."""
    import random  # noqa: PLC0415

    chance = random.Random(7)
    told: list[int] = []
    for _ in range(kills):
        told += killed_while_adding(path, len(told) and max(told) + 1, chance.uniform(0, longest), at_once, how)
        with Archive.open(path) as archive:
            assert archive.catch_up()
            assert archive.check() == []
            assert {f"notice-{number}" for number in told} <= {stored.id for stored in archive.export()}
            assert all(finds(archive, number) for number in told[-3:])
    with Archive.open(path) as archive:
        assert all(finds(archive, number) for number in told)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_told_is_lost_when_a_writer_is_killed(tmp_path: Path, how: int) -> None:
    survives(tmp_path / "desk", 6, how=how)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_told_is_lost_when_a_writer_with_workers_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: int
) -> None:
    monkeypatch.setattr("quoth.archive.archive._GROUP_LENGTH", 3000)
    survives(tmp_path / "desk", 2, at_once=200, longest=0.5, how=how)


@pytest.mark.slow
def test_nothing_told_is_lost_when_a_writer_is_killed_a_hundred_times(tmp_path: Path) -> None:
    survives(tmp_path / "desk", 100)


# --- a full disk ------------------------------------------------------------------------------------------------------


def test_a_full_disk_is_one_sentence_and_nothing_told_is_lost(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "6m") as disk:
        told: list[str] = []
        with pytest.raises(QuothError, match="full") as refused:
            fill(disk / "desk", told)
        assert "\n" not in str(refused.value)
        assert told
        with Archive.open(disk / "desk") as archive:
            archive.catch_up()  # as far as that goes on a full disk
            assert set(told) <= {stored.id for stored in archive.export()}
            assert finds(archive, 7)
        subprocess.run(["mount", "-o", "remount,size=40m", disk], check=True)
        with Archive.open(disk / "desk") as archive:
            assert archive.catch_up()
            assert archive.check() == []
            list(archive.add(documents(500_000, 500_010)))
            assert finds(archive, 500_003)
            assert all(finds(archive, int(id_.split("-")[1])) for id_ in told[-5:])


@pytest.mark.parametrize("left", [0, 8192, 20_480, 65_536])
def test_a_full_disk_is_named_wherever_sqlite_meets_it(tmp_path: Path, left: int) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        with Archive.open(disk / "old", create=True) as archive:
            list(archive.add(documents(0, 3)))
        filled(disk, left)
        told: list[str] = []
        for path in (disk / "old", disk / "new"):
            with pytest.raises(ArchiveError, match="the disk is full"):
                fill(path, told)


def fill(path: Path, told: list[str]) -> None:
    """Add documents until the disk is full; `told` are those that were told to be in."""
    with Archive.open(path, create=True) as archive:
        for number in range(0, 100_000, 50):
            told += [document.id for document, _ in archive.add(documents(number, number + 50))]


def test_an_archive_keeps_where_the_blocks_of_a_page_stand(tmp_path: Path) -> None:
    page = read(b"<html><body><h1>The ferry</h1><p>The mate said that the pier was closed.</p></body></html>", "a.html")
    with Archive.open(tmp_path / "desk", create=True) as archive:
        list(archive.add([page]))
        kept = archive.document("a.html")
    assert kept is not None
    assert kept.blocks == page.blocks
    assert [block.path for block in page.blocks] == ["/html/body/h1", "/html/body/p"]
