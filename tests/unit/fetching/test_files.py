"""Files, standard input and what is neither."""

import errno
import io
import os
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from quoth.fetching import files as room
from quoth.fetching import open_bytes
from quoth.types import UnusableInput


def test_a_file_gives_its_bytes_and_its_name(tmp_path: Path) -> None:
    path = tmp_path / "statement.txt"
    path.write_bytes(b"words\r\n")
    assert open_bytes(str(path))[:4] == (b"words\r\n", str(path), None, None)


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"words")))
    assert open_bytes("-")[:4] == (b"words", "standard input", None, None)


def test_a_missing_file_is_named_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=r"no\.txt: there is no such file\.\Z"):
        open_bytes(str(tmp_path / "no.txt"))


def test_a_file_below_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"words")
    with pytest.raises(UnusableInput, match="there is no such file"):
        open_bytes(str(tmp_path / "a.txt" / "b.txt"))


def test_a_directory_is_called_one(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=r"this is a directory, not a file\.\Z"):
        open_bytes(str(tmp_path))


def test_a_circle_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(UnusableInput, match="symbolic links lead in a circle"):
        open_bytes(str(tmp_path / "a"))


@pytest.mark.parametrize("place", ["a\x00b", "a" * 5_000])
def test_what_cannot_be_a_file_name_is_no_traceback(place: str) -> None:
    with pytest.raises(UnusableInput):
        open_bytes(place)


def test_a_file_larger_than_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST", 10)
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(UnusableInput, match="larger than"):
        open_bytes(str(path))


def test_a_named_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnusableInput, match=r"pipe: this is a named pipe, not a file; .* standard input \(-\)\.\Z"):
        open_bytes(str(tmp_path / "pipe"))


def test_what_a_shell_hands_over_as_a_file_is_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"words")
    os.close(writing)
    try:
        assert open_bytes(f"/dev/fd/{reading}").data == b"words"
    finally:
        os.close(reading)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/random"])
def test_a_device_without_an_end_is_not_read(device: str) -> None:
    with pytest.raises(UnusableInput, match=f"{device}: this is a device, not a file"):
        open_bytes(device)


def test_a_socket_is_called_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("a.socket")
        with pytest.raises(UnusableInput, match=r"a\.socket: this is a socket, not a file\.\Z"):
            open_bytes("a.socket")


def test_standard_input_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UnusableInput, match=r"\Astandard input: it is closed, or not open for reading\.\Z"):
        open_bytes("-")


@pytest.mark.parametrize(("number", "words"), [(errno.EISDIR, "this is a directory"), (errno.EBADF, "it is closed")])
def test_standard_input_that_cannot_be_read_is_told(number: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> bytes:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=SimpleNamespace(read=fail)))
    with pytest.raises(UnusableInput, match=f"standard input: {words}"):
        open_bytes("-")
