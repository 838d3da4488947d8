"""What an archive promises whoever opens it: nothing lost unnoticed, nothing read that is not there, nobody called."""

import json
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quoth.archive.archive import Archive, repaired
from quoth.archive.store.rows import description
from quoth.archive.store.sqlite import SCHEMA
from quoth.types import ArchiveDamaged, ArchiveError, QuothError, UnusableArguments
from unit.archive.store.desk import documents, own_sentence
from unit.archive.store.test_archive import finds, made, small_disk

NOBODY = 65534
MANIFEST = {"format": 2, "through": 20, "segments": ["00000001.segment"], "gone": []}


def refusal(work: Callable[[], object], kind: type[QuothError] = ArchiveError) -> str:
    """The one sentence with which something is refused."""
    with pytest.raises(kind) as refused:
        work()
    assert "\n" not in str(refused.value)
    return str(refused.value)


# --- who may read -----------------------------------------------------------------------------------------------------


def test_an_archive_is_made_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quoth.archive.archive._GROUP_LENGTH", 3000)  # by several processes
    before = os.umask(0)
    try:
        with Archive.open(tmp_path / "desk", create=True) as archive:
            list(archive.add(documents(0, 60)))
            modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [archive.path, *archive.path.rglob("*")]}
    finally:
        os.umask(before)
    assert len(modes) > 6
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if not path.is_dir()} == {0o600}


def test_what_is_added_to_a_folder_that_was_opened_to_a_group_is_open_to_it_too(tmp_path: Path) -> None:
    path = made(tmp_path / "desk", 3)
    for entry in [path, *path.rglob("*")]:
        entry.chmod(0o750 if entry.is_dir() else 0o640)
    with Archive.open(path) as archive:
        list(archive.add(documents(3, 6)))
        assert {stat.S_IMODE(entry.stat().st_mode) for entry in path.rglob("*") if entry.is_file()} == {0o640}


@pytest.fixture
def hall() -> Iterator[Path]:
    """A folder that everybody can reach."""
    folder = Path(tempfile.mkdtemp(prefix="quoth-hall-"))
    folder.chmod(0o755)
    yield folder
    subprocess.run(["chmod", "-R", "u+w", folder], check=True)
    shutil.rmtree(folder)


def opened_to_all(path: Path, *, writable: bool = False) -> None:
    for entry in [path, *path.rglob("*")]:
        entry.chmod((0o755 if entry.is_dir() else 0o644) if writable else (0o555 if entry.is_dir() else 0o444))


def as_somebody_else(work: Callable[[], object]) -> object:
    """What somebody who may only read is told by some work, or the sentence with which it is refused."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:  # nothing of pytest may run here
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            try:
                told: object = work()
            except QuothError as problem:
                told = str(problem)
            os.write(writing, json.dumps(told).encode())
        finally:
            os._exit(0)
    os.close(writing)
    told = b""
    while more := os.read(reading, 1 << 16):
        told += more
    os.close(reading)
    os.waitpid(child, 0)
    return json.loads(told)


def counted(path: Path, number: int) -> Callable[[], list[object]]:
    def work() -> list[object]:
        with Archive.open(path) as archive:
            return [archive.summary().versions, len(list(archive.export())), finds(archive, number)]

    return work


def test_a_reader_who_may_not_write_sees_what_a_writer_beside_him_has_committed(hall: Path) -> None:
    path = made(hall / "desk", 1)
    with Archive.open(path) as writer:
        list(writer.add(documents(1, 40)))
        assert (path / "documents.sqlite-wal").stat().st_size > 0
        opened_to_all(path)
        assert as_somebody_else(counted(path, 33)) == [40, 40, True]


def test_a_reader_who_may_not_write_reads_an_archive_that_nobody_writes(hall: Path) -> None:
    path = made(hall / "desk", 12)
    opened_to_all(path)
    assert not (path / "documents.sqlite-wal").exists()
    assert as_somebody_else(counted(path, 7)) == [12, 12, True]
    assert not (path / "documents.sqlite-wal").exists()


def test_a_reader_who_may_not_write_is_told_of_a_log_that_he_cannot_read(hall: Path) -> None:
    path = made(hall / "desk", 1)
    with Archive.open(path) as writer:
        list(writer.add(documents(1, 30)))
        shutil.copytree(path, hall / "copy", ignore=shutil.ignore_patterns("*-shm"))
    opened_to_all(hall / "copy")
    told = as_somebody_else(counted(hall / "copy", 7))
    assert "documents.sqlite has changes in its log" in str(told)


def test_a_reader_who_may_not_write_sees_what_is_written_after_he_opened_the_archive(hall: Path) -> None:
    path = made(hall / "desk", 5)
    (go, gone), (done, told) = os.pipe(), os.pipe()

    def work() -> list[int]:
        with Archive.open(path) as archive:
            before = len(archive.store.numbers())
            os.write(told, b".")
            os.read(go, 1)
            return [before, len(archive.store.numbers()), archive.summary().versions]

    writer = os.fork()
    if not writer:
        try:
            os.read(done, 1)
            opened_to_all(path, writable=True)
            with Archive.open(path) as archive:
                list(archive.add(documents(5, 25)))
                opened_to_all(path)
                os.write(gone, b".")
                os.read(done, 1)
        finally:
            os._exit(0)
    opened_to_all(path)
    assert as_somebody_else(work) == [5, 25, 25]
    os.write(told, b".")
    os.waitpid(writer, 0)


def test_a_disk_that_is_full_does_not_keep_a_reader_out(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "6m") as disk:
        made(disk / "desk", 20)
        subprocess.run(["dd", "if=/dev/zero", f"of={disk / 'filler'}", "bs=4096"], capture_output=True, check=False)
        with Archive.open(disk / "desk") as archive:
            archive.catch_up()
            assert finds(archive, 7)
            assert archive.check() == []
            assert "full" in refusal(lambda: list(archive.add(documents(20, 21))))


# --- what is lost -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", [None, b""])
def test_lost_documents_are_an_error_that_names_their_file_and_the_index_stays(
    tmp_path: Path, left: bytes | None
) -> None:
    path = made(tmp_path / "desk")
    index = {file.name: file.read_bytes() for file in (path / "index").iterdir()}
    base = (path / "documents.sqlite").read_bytes()
    (path / "documents.sqlite").unlink()
    if left is not None:
        (path / "documents.sqlite").write_bytes(left)
    for work in (
        lambda: Archive.open(path),
        lambda: Archive.open(path, create=True),
        lambda: repaired(path),
        lambda: repaired(path, force=True),
    ):
        assert "documents.sqlite" in refusal(work, ArchiveDamaged)
    assert {file.name: file.read_bytes() for file in (path / "index").iterdir()} == index
    (path / "documents.sqlite").write_bytes(base)
    with Archive.open(path) as archive:
        assert finds(archive, 7)


def test_documents_from_an_earlier_copy_are_noticed_and_what_is_added_after_a_repair_is_found(tmp_path: Path) -> None:
    path = made(tmp_path / "desk", 5)
    shutil.copy(path / "documents.sqlite", tmp_path / "copy")
    made(path, 20)
    shutil.copy(tmp_path / "copy", path / "documents.sqlite")
    for work in (lambda: Archive.open(path), lambda: repaired(path)):
        said = refusal(work, ArchiveDamaged)
        assert "documents.sqlite" in said
        assert "--force" in said
    with repaired(path, force=True) as archive:
        assert archive.check() == []
        list(archive.add(documents(30, 33)))
        assert finds(archive, 31)
        assert finds(archive, 3)


def test_repair_leaves_the_index_as_it_is_where_rows_are_gone(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    with sqlite3.connect(path / "documents.sqlite") as base:
        base.execute("DELETE FROM versions")
    base.close()
    assert "20 versions" in refusal(lambda: repaired(path), ArchiveDamaged)
    with Archive.open(path) as archive:
        assert archive.index.units == 20


def test_a_lost_description_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    (path / "archive.json").unlink()
    for create in (False, True):
        assert "archive.json is not there" in refusal(lambda: Archive.open(path, create=create), ArchiveDamaged)  # noqa: B023


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    with sqlite3.connect(tmp_path / "desk" / "documents.sqlite") as base:
        base.execute("CREATE TABLE letters (text)")
    base.close()
    before = (tmp_path / "desk" / "documents.sqlite").read_bytes()
    assert "another program" in refusal(lambda: Archive.open(tmp_path / "desk", create=True))
    assert (tmp_path / "desk" / "documents.sqlite").read_bytes() == before


def test_a_base_without_its_tables_or_with_a_senseless_state_is_one_sentence(tmp_path: Path) -> None:
    for statement in ("DROP TABLE state", "DELETE FROM state", "UPDATE state SET digest = 'x'"):
        path = made(tmp_path / statement.split()[0], 2)
        with sqlite3.connect(path / "documents.sqlite") as base:
            base.execute(statement)
        base.close()
        assert "documents.sqlite" in refusal(lambda: Archive.open(path), ArchiveDamaged)  # noqa: B023


# --- what a folder from somebody else may hold ------------------------------------------------------------------------

SENSELESS = ["", "{", "[]", "3", "null", "[" * 100_000, '{"format": 1e400}', '{"format": NaN}', "\ud800"]


@pytest.mark.parametrize("text", [*SENSELESS, '{"format": 1, "documents": 3}', '{"format": 2, "documents": "sqlite"}'])
def test_a_description_that_nobody_wrote_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = made(tmp_path / "desk", 1)
    (path / "archive.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    for work in (lambda: Archive.open(path), lambda: Archive.open(path, create=True), lambda: repaired(path)):
        assert "archive.json" in refusal(work, ArchiveDamaged)


@pytest.mark.parametrize(
    "manifest",
    [
        *SENSELESS,
        json.dumps(MANIFEST | {"segments": ["../../outside.segment"]}),
        json.dumps(MANIFEST | {"segments": ["/dev/zero"]}),
        json.dumps(MANIFEST | {"segments": ["00000001.segment", "00000001.segment"]}),
        json.dumps(MANIFEST | {"segments": [1]}),
        json.dumps(MANIFEST | {"through": -1}),
        json.dumps(MANIFEST | {"through": True}),
        json.dumps(MANIFEST).replace("20", "1e400"),
        json.dumps(MANIFEST | {"gone": [1.5]}),
        json.dumps(MANIFEST | {"gone": {}}).replace("{}", "[1e400]"),
    ],
)
def test_a_manifest_that_nobody_wrote_is_one_sentence_and_repair_mends_it(tmp_path: Path, manifest: str) -> None:
    path = made(tmp_path / "desk")
    shutil.copy(path / "index" / "00000001.segment", tmp_path / "outside.segment")
    (path / "index" / "manifest.json").write_bytes(manifest.encode("utf-8", "surrogatepass"))
    assert "repair" in refusal(lambda: Archive.open(path), ArchiveDamaged)
    with repaired(path) as archive:
        assert archive.check() == []
        assert finds(archive, 7)


@pytest.mark.parametrize("name", ["archive.json", "index/manifest.json", "index/00000001.segment"])
def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(tmp_path: Path, name: str) -> None:
    path = made(tmp_path / "desk")
    (path / name).unlink()
    os.mkfifo(path / name)
    refusal(lambda: Archive.open(path), ArchiveDamaged)


@pytest.mark.parametrize("name", ["archive.json", "documents.sqlite", "index", "index/manifest.json", "writer.lock"])
def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    path, other = made(tmp_path / "desk"), made(tmp_path / "other", 3)
    shutil.rmtree(path / name) if (path / name).is_dir() else (path / name).unlink()
    (path / name).symlink_to(other / name)
    before = {file: file.read_bytes() for file in sorted(other.rglob("*")) if file.is_file()}
    for create in (False, True):
        refusal(lambda: Archive.open(path, create=create))  # noqa: B023
    assert {file: file.read_bytes() for file in sorted(other.rglob("*")) if file.is_file()} == before


def test_a_search_gives_what_it_gave_or_says_that_the_index_is_damaged(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    with Archive.open(path) as archive:
        known = archive.find(own_sentence(7))
        (segment,) = archive.index.segments
        heads = range(1024)
    whole = segment.path.read_bytes()
    noticed = []
    for place in [*range(heads.stop, len(whole), 7), *range(0, heads.stop, 5)]:
        spoiled = bytearray(whole)
        spoiled[place] ^= 4
        segment.path.write_bytes(spoiled)
        try:
            with Archive.open(path) as archive:
                assert archive.find(own_sentence(7)) == known
        except ArchiveError as problem:
            noticed.append(str(problem))
    assert len(noticed) > 100
    assert not [said for said in noticed if "\n" in said]


def test_a_damaged_base_is_one_sentence_or_gives_what_it_gave(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    base = path / "documents.sqlite"
    whole = base.read_bytes()
    index = {file: file.read_bytes() for file in (path / "index").iterdir()}
    chance = random.Random(5)
    refused = []
    for _ in range(120):
        spoiled = bytearray(whole)
        for _ in range(chance.choice([1, 3, 20])):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        for work in (lambda archive: finds(archive, 7), Archive.check, lambda archive: list(archive.export())):
            base.write_bytes(spoiled)
            try:
                with Archive.open(path) as archive:
                    assert work(archive) is not False
            except ArchiveError as problem:
                refused.append(str(problem))
        for file, known in index.items():
            file.write_bytes(known)
    assert len(refused) > 20
    assert not [said for said in refused if "\n" in said]


def test_a_search_says_that_documents_are_lost_and_not_that_they_say_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    with sqlite3.connect(path / "documents.sqlite") as base:
        base.execute("DELETE FROM versions WHERE id = 'notice-7'")
    base.close()
    with Archive.open(path) as archive:
        assert "lost" in refusal(lambda: archive.find(own_sentence(7)), ArchiveDamaged)
        assert finds(archive, 8)


def test_a_deletion_that_was_killed_before_the_index_was_told_is_no_damage(tmp_path: Path) -> None:
    with Archive.open(made(tmp_path / "desk")) as archive:
        archive.store.delete("notice-7")
        assert not finds(archive, 7)
        assert finds(archive, 8)


def test_segments_of_quoth_0_1_0_without_sums_of_blocks_are_verified_whole(tmp_path: Path) -> None:
    path = made(tmp_path / "desk")
    (segment,) = (path / "index").glob("*.segment")
    whole = segment.read_bytes()
    head = json.loads(whole[:1024])
    _, length, _ = head["arrays"].pop("blocks")
    whole = (json.dumps(head).encode().ljust(1023) + b"\n" + whole[1024:])[: -4 * length].rstrip(b"\0")
    whole += b"\0" * (max(1024, len(whole)) - len(whole))
    end = 1024
    for kind, size, _ in head["arrays"].values():
        end += -end % 64 + int(kind[-1]) * size
    whole = whole.ljust(end, b"\0")[:end]
    segment.write_bytes(whole)
    with Archive.open(path) as archive:
        assert finds(archive, 7)
    segment.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with Archive.open(path) as archive:
        assert "repair" in refusal(lambda: archive.find(own_sentence(7)), ArchiveDamaged)


def test_damage_is_not_hidden_by_a_merge(tmp_path: Path) -> None:
    path = made(tmp_path / "desk", 2)
    for number in range(2, 6):
        with Archive.open(path) as archive:
            list(archive.add(documents(number, number + 1)))
    first = min((path / "index").glob("*.segment"))
    whole = first.read_bytes()
    first.write_bytes(whole[:2000] + bytes([whole[2000] ^ 1]) + whole[2001:])
    with Archive.open(path) as archive:
        assert "repair" in refusal(lambda: list(archive.add(documents(6, 7))), ArchiveDamaged)
    with repaired(path) as archive:
        assert all(finds(archive, number) for number in range(6))


def test_what_a_killed_writer_had_begun_is_cleared_by_the_next_one(tmp_path: Path) -> None:
    path = made(tmp_path / "desk", 3)
    (path / "index" / "17.part").write_bytes(b"half a segment")
    (path / "index" / "manifest.json.new").write_bytes(b"{")
    (path / "index" / "anew.part").mkdir()
    (path / "index" / "anew.part" / "00000001.segment").write_bytes(b"half")
    with Archive.open(path) as archive:
        list(archive.add(documents(3, 4)))
    assert sorted(entry.name for entry in (path / "index").iterdir()) == [
        "00000001.segment", "00000002.segment", "manifest.json",
    ]  # fmt: skip


# --- where the documents are ------------------------------------------------------------------------------------------


def test_an_empty_address_of_a_database_is_refused(tmp_path: Path) -> None:
    for address in ("", "  "):
        said = refusal(lambda: Archive.open(tmp_path / "desk", create=True, database=address), UnusableArguments)  # noqa: B023
        assert "--database" in said
    assert list(tmp_path.iterdir()) == []


def test_a_database_is_not_asked_for_documents_that_are_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "desk")
    assert "elsewhere" in refusal(lambda: Archive.open(path, database="host=127.0.0.1 port=1"))
    monkeypatch.setenv("QUOTH_DATABASE", "host=127.0.0.1 port=1")
    with Archive.open(path) as archive:
        assert finds(archive, 7)
    made(tmp_path / "another", 1)


@pytest.mark.parametrize(
    "address",
    [
        "host=127.0.0.1 port=1 dbname=q password=open-sesame",
        "postgresql://desk:open-sesame@127.0.0.1:1/q?connect_timeout=1",
        "postgresql://desk:open-sesame@127.0.0.1:port/q",
        "postgresql://desk:open-sesame@[127.0.0.1/q",
        "host=127.0.0.1 password=open-sesame nonsense",
        "open-sesame",
        "host=127.0.0.1 port=1 password=open-sesame\ud800",
        "host=127.0.0.1\0 password=open-sesame",
    ],
)
def test_no_password_stands_in_a_message(tmp_path: Path, address: str) -> None:
    pytest.importorskip("psycopg")
    said = refusal(lambda: Archive.open(tmp_path / "desk", create=True, database=address))
    assert "open-sesame" not in said
    assert list(tmp_path.iterdir()) == []


# --- what version 0.1.0 made ------------------------------------------------------------------------------------------


def made_by_0_1_0(path: Path, count: int) -> Path:
    """An archive as Quoth 0.1.0 left it: the first schema, no seals, files open to all."""
    made(path, count)
    rows = []
    with Archive.open(path) as archive:
        for kept in archive.export():
            known = description(kept.document)
            rows.append((kept.number, kept.id, kept.version, kept.document.sha256, kept.text, *known, kept.added))
        digest = archive.summary()
    (path / "documents.sqlite").unlink()
    base = sqlite3.connect(path / "documents.sqlite", isolation_level=None)
    base.execute("PRAGMA journal_mode = WAL")
    base.executescript((SCHEMA / "001.sql").read_text(encoding="utf-8"))
    for number, id_, version, sha256, text, *known, added in rows:
        base.execute("INSERT INTO texts (sha256, text) VALUES (?, ?)", (sha256, text))
        base.execute(
            "INSERT INTO versions SELECT ?, ?, ?, key, ?, ?, ?, ?, ?, ?, ? FROM texts WHERE sha256 = ?",
            (number, id_, version, *known, added, sha256),
        )
    state = (1, digest.documents, digest.versions, digest.digest, digest.changed)
    base.execute("INSERT INTO state VALUES (?, ?, ?, ?, ?)", state)
    base.execute("PRAGMA user_version = 1")
    base.close()
    for entry in [path, *path.rglob("*")]:
        entry.chmod(0o755 if entry.is_dir() else 0o644)
    return path


def test_an_archive_of_quoth_0_1_0_opens_is_sealed_and_grows(tmp_path: Path) -> None:
    path = made_by_0_1_0(tmp_path / "desk", 20)
    with Archive.open(path) as archive:
        assert finds(archive, 7)
        assert archive.check() == []
        list(archive.add(documents(20, 25)))
        assert finds(archive, 22)
    with sqlite3.connect(path / "documents.sqlite") as base:
        base.execute("UPDATE versions SET published = '2031-05-09' WHERE id = 'notice-4'")
    base.close()
    with Archive.open(path) as archive:
        (problem,) = archive.check()
        assert "notice-4" in problem


def test_an_archive_of_quoth_0_1_0_opens_for_a_reader_who_may_not_write(hall: Path) -> None:
    path = made_by_0_1_0(hall / "desk", 20)
    opened_to_all(path)

    def work() -> list[object]:
        with Archive.open(path) as archive:
            return [archive.summary().versions, finds(archive, 7), archive.check()]

    assert as_somebody_else(work) == [20, True, []]


@pytest.mark.parametrize("number", [2**60, -1, "many"])
def test_a_count_of_documents_that_quoth_never_gives_is_damage_and_no_full_disk(tmp_path: Path, number: object):
    path = made(tmp_path / "desk", 2)
    with sqlite3.connect(path / "documents.sqlite") as base:
        base.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'versions'", (number,))
    base.close()
    with pytest.raises(ArchiveDamaged, match="a copy helps"):
        Archive.open(path)
