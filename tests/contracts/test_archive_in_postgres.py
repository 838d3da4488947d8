"""An archive whose documents are in a database: the same promises, the index in its folder."""

import json
from pathlib import Path

import pytest

from quoth.archive.archive import Archive, repaired
from quoth.archive.store.postgres import SCHEMA
from quoth.types import ArchiveDamaged, ArchiveError
from unit.archive.store.desk import documents, own_sentence

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def fresh(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No documents in the database, and no setting that names one."""
    monkeypatch.delenv("QUOTH_DATABASE", raising=False)
    done(server, "DROP SCHEMA IF EXISTS quoth CASCADE")


def done(server: str, statement: str) -> None:
    import psycopg  # noqa: PLC0415  # optional

    with psycopg.connect(server, autocommit=True) as base:
        base.execute(statement.encode())


def made(path: Path, server: str, count: int = 5) -> Path:
    with Archive.open(path, create=True, database=server) as archive:
        list(archive.add(documents(0, count)))
    return path


def finds(archive: Archive, number: int) -> bool:
    return f"notice-{number}" in [source.id for source in archive.find(own_sentence(number))]


def test_an_archive_in_a_database_keeps_finds_and_mends(server: str, tmp_path: Path) -> None:
    path = tmp_path / "desk"
    with Archive.open(path, create=True, database=server) as archive:
        list(archive.add(documents(0, 20)))
        assert archive.check() == []
    with Archive.open(path, database=server) as archive:
        assert archive.certificate().documents == 20
        (source,) = archive.find(own_sentence(11))
        assert source.id == "notice-11"
        assert archive.delete("notice-11") == 1
        assert "notice-11" not in [source.id for source in archive.find(own_sentence(11))]
    next((path / "index").glob("*.segment")).write_bytes(b"")
    with repaired(path, database=server) as archive:
        assert archive.check() == []
        assert archive.find(own_sentence(12))[0].id == "notice-12"


def test_a_database_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as refused:
        Archive.open(tmp_path / "desk", create=True, database="host=127.0.0.1 port=1 dbname=none connect_timeout=2")
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_does_not_tell_where_the_database_is(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "desk", server)
    assert "127.0.0.1" not in (path / "archive.json").read_text()
    with pytest.raises(ArchiveError, match="QUOTH_DATABASE"):
        Archive.open(path)
    monkeypatch.setenv("QUOTH_DATABASE", server)
    with Archive.open(path) as archive:
        assert finds(archive, 3)


def test_a_new_archive_is_made_in_a_database_only_where_the_command_names_one(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_DATABASE", server)
    with Archive.open(tmp_path / "desk", create=True) as archive:
        list(archive.add(documents(0, 2)))
    assert (tmp_path / "desk" / "documents.sqlite").exists()


def test_one_database_serves_one_archive(server: str, tmp_path: Path) -> None:
    made(tmp_path / "desk", server)
    with pytest.raises(ArchiveError, match="another archive"):
        Archive.open(tmp_path / "second", create=True, database=server)
    assert not (tmp_path / "second").exists()
    known = json.loads((tmp_path / "desk" / "archive.json").read_text())
    (tmp_path / "third" / "index").mkdir(parents=True)
    (tmp_path / "third" / "archive.json").write_text(json.dumps(known | {"archive": "0" * 32}))
    for create in (False, True):
        with pytest.raises(ArchiveError, match="another archive"):
            Archive.open(tmp_path / "third", create=create, database=server)
    with Archive.open(tmp_path / "desk", database=server) as archive:
        assert archive.check() == []


def test_a_database_whose_folder_is_lost_is_taken_over_when_told_so(server: str, tmp_path: Path) -> None:
    made(tmp_path / "lost", server)
    with pytest.raises(ArchiveError, match="no archive"):
        repaired(tmp_path / "desk", database=server)
    with repaired(tmp_path / "desk", database=server, force=True) as archive:
        assert archive.check() == []
        assert finds(archive, 3)
    with pytest.raises(ArchiveError, match="another archive"):
        Archive.open(tmp_path / "lost", database=server)


def test_an_archive_that_was_killed_before_it_claimed_its_database_goes_on(server: str, tmp_path: Path) -> None:
    path = made(tmp_path / "desk", server)
    done(server, "UPDATE quoth.state SET archive = NULL")
    with Archive.open(path, database=server) as archive:
        assert finds(archive, 3)
    with pytest.raises(ArchiveError, match="another archive"):
        Archive.open(tmp_path / "second", create=True, database=server)


def test_an_archive_of_quoth_0_1_0_opens_with_its_address_and_claims_its_database(server: str, tmp_path: Path) -> None:
    path = made(tmp_path / "desk", server)
    done(server, "ALTER TABLE quoth.versions DROP COLUMN seal; ALTER TABLE quoth.state DROP COLUMN archive")
    done(server, "DELETE FROM quoth.steps WHERE number > 1")
    (path / "archive.json").write_text(json.dumps({"format": 1, "documents": server + " password=open-sesame"}))
    with pytest.raises(ArchiveError, match="--database") as refused:
        Archive.open(path)
    assert "open-sesame" not in str(refused.value)
    with Archive.open(path, database=server) as archive:
        assert finds(archive, 3)
        assert archive.check() == []
    with Archive.open(path, create=True, database=server) as archive:
        list(archive.add(documents(5, 7)))
        assert finds(archive, 6)
    assert "open-sesame" not in (path / "archive.json").read_text()
    with pytest.raises(ArchiveError, match="another archive"):
        Archive.open(tmp_path / "second", create=True, database=server)


def test_a_database_that_lost_its_documents_is_an_error_and_the_index_stays(server: str, tmp_path: Path) -> None:
    path = made(tmp_path / "desk", server)
    known = {file.name: file.read_bytes() for file in (path / "index").iterdir()}
    done(server, "DROP SCHEMA quoth CASCADE")
    for work in (lambda: Archive.open(path, database=server), lambda: repaired(path, database=server)):
        with pytest.raises(ArchiveDamaged, match="database"):
            work()
    done(server, "CREATE SCHEMA quoth; CREATE TABLE quoth.steps (number INTEGER PRIMARY KEY); SET search_path TO quoth;"
         + (SCHEMA / "001.sql").read_text() + "INSERT INTO steps VALUES (1)")  # fmt: skip
    with pytest.raises(ArchiveError, match="database"):
        Archive.open(path, database=server)
    assert {file.name: file.read_bytes() for file in (path / "index").iterdir()} == known


def test_who_may_only_read_the_database_reads_the_archive(server: str, tmp_path: Path) -> None:
    path = made(tmp_path / "desk", server)
    done(server, "DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN; GRANT USAGE ON SCHEMA quoth TO guest;"
         " GRANT SELECT ON ALL TABLES IN SCHEMA quoth TO guest")  # fmt: skip
    guest = server.replace("user=desk", "user=guest")
    with Archive.open(path, database=guest) as archive:
        assert finds(archive, 3)
        assert archive.check() == []
        with pytest.raises(ArchiveError) as refused:
            list(archive.add(documents(9, 10)))
    assert "\n" not in str(refused.value)


def test_a_database_that_does_not_keep_every_character_is_refused(server: str, tmp_path: Path) -> None:
    done(server, "CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(ArchiveError, match="LATIN1"):
        Archive.open(tmp_path / "desk", create=True, database=server.replace("dbname=postgres", "dbname=narrow"))
    assert list(tmp_path.iterdir()) == []
