"""A file that an option asks for is a new one, or Quoth's own earlier one; nothing else is ever written over."""

import os
from pathlib import Path

import pytest

from quoth.cli.main import DONE, UNUSABLE, run
from quoth.cli.view_options import PAGE
from quoth.reports.outputs import has_mark, write_output
from quoth.types import OutputFailed, UnusableArguments

TEXT = "The harbour master said that “the harbour is open to every boat from today.”\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(TEXT, encoding="utf-8")
    Path("source.txt").write_text(TEXT + "Nobody was hurt.\n", encoding="utf-8")
    return tmp_path


def trace(target: str) -> int:
    return run(["trace", "--rules", "report.txt", "--source", "source.txt", "--html", target])


def refused(target: str, capfd: pytest.CaptureFixture[str]) -> str:
    before = os.lstat(target) if os.path.lexists(target) else None
    assert trace(target) == UNUSABLE
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    after = os.lstat(target) if os.path.lexists(target) else None
    assert (before and (before.st_ino, before.st_mode, before.st_size)) == (
        after and (after.st_ino, after.st_mode, after.st_size)
    )
    return err


def test_a_new_page_is_written_and_written_over_by_the_next(desk: Path, capfd):
    for _ in range(2):
        assert trace("page.html") == DONE
        assert PAGE in (desk / "page.html").read_bytes()
    assert sorted(map(str, Path().iterdir())) == ["page.html", "report.txt", "source.txt"]


def test_a_file_that_somebody_else_made_is_kept(desk: Path, capfd):
    Path("notes.html").write_text("<title>My notes</title>")
    assert "was not written by this option" in refused("notes.html", capfd)


def test_a_device_a_pipe_and_a_link_are_refused(desk: Path, capfd):
    os.mkfifo("pipe")
    Path("kept.txt").write_text("kept")
    Path("link.html").symlink_to("kept.txt")
    Path("dangling.html").symlink_to("nowhere.html")
    assert "a device" in refused("/dev/null", capfd)
    assert "a pipe" in refused("pipe", capfd)
    assert "a symbolic link" in refused("link.html", capfd)
    assert "a symbolic link" in refused("dangling.html", capfd)
    assert Path("kept.txt").read_text() == "kept"
    assert not os.path.lexists("nowhere.html")


def test_a_link_to_an_earlier_page_is_not_followed(desk: Path, capfd):
    assert trace("page.html") == DONE
    capfd.readouterr()
    Path("link.html").symlink_to("page.html")
    refused("link.html", capfd)


def test_no_file_of_an_archive_is_written_over_and_no_page_is_put_among_them(desk: Path, capfd):
    assert run(["archive", "add", "archive", "source.txt"]) == DONE
    capfd.readouterr()
    names = [str(path) for path in Path("archive").rglob("*") if path.is_file()]
    assert any(name.endswith("documents.sqlite") for name in names)
    for name in [*names, "archive/page.html", "archive/index/page.html"]:
        assert "archive" in refused(name, capfd)
    assert run(["archive", "check", "archive"]) == DONE


def test_a_page_appears_whole_or_not_at_all(desk: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputFailed, match="No space left"):
        write_output("--html", "page.html", b"x", has_mark(PAGE))
    assert sorted(map(str, Path().iterdir())) == ["report.txt", "source.txt"]


def test_a_target_that_changed_meanwhile_is_looked_at_again(desk: Path):
    Path("page.html").symlink_to("report.txt")
    with pytest.raises(UnusableArguments):
        write_output("--html", "page.html", b"x", has_mark(PAGE))
    assert Path("report.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("target", ["", ".", "..", "report.txt/page.html", "a\0b", "x" * 300])
def test_a_name_that_no_file_can_have_is_one_sentence(desk: Path, capfd, target: str):
    assert trace(target) == UNUSABLE
    assert capfd.readouterr().err.count("\n") == 1
