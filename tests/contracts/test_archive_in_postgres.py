"""An archive whose documents are in a database: the same promises, the index in its folder."""

from pathlib import Path

import pytest

from quoth.faces.archive import Archive, repaired
from quoth.values import ArchiveError
from unit.storing.desk import documents, own_sentence

pytestmark = pytest.mark.postgres


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
