"""ZIP archives: each file in them is read in turn."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from quoth.reading.raw import LARGEST_PART, MOST_PARTS, Found, Raw
from quoth.reading.signatures import has_too_many
from quoth.types import UnusableInput

_MEBIBYTE = 1024 * 1024
_ALWAYS_READ = 4 * _MEBIBYTE  # unpacked bytes of a member, however densely packed
_DENSEST = 200  # times smaller than it was; prose becomes three to ten times smaller, tables and logs up to fifty
_ENCRYPTED = 0x1  # bit of a member's flags
_OF_SYSTEMS = ("__MACOSX/", "Thumbs.db", "desktop.ini")  # what a computer puts into an archive by itself


def read(raw: Raw) -> Iterator[Found]:
    """The files of an archive, in its order; hidden ones and folders are left out.

    Raises:
        UnusableInput: it is damaged, or packed as nobody packs who means to be read.
    """
    if has_too_many(raw.data):
        raise UnusableInput(f"{raw.name}: this is a ZIP archive; it lists more than {MOST_PARTS:,} files; split it.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw.data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise UnusableInput(f"{raw.name}: this is a ZIP archive; it is damaged ({_plain(error)}).") from error
    if sum(member.compress_size for member in members) > len(raw.data):
        raise UnusableInput(f"{raw.name}: this is a ZIP archive; it says that more is packed in it than it holds.")
    with archive:
        for member in members:
            name = member.filename.replace("\\", "/").strip("/")
            parts = name.split("/")
            if member.is_dir() or name.startswith(_OF_SYSTEMS) or any(part.startswith(".") for part in parts):
                continue
            try:
                yield raw.part(_unpacked(archive, member, raw.name), name)
            except UnusableInput as error:
                yield error


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of a member, never more than `LARGEST_PART` of them: what an archive says of its sizes may be wrong."""
    called = f"{name}/{member.filename}"
    too_large = UnusableInput(f"{called}: larger than {LARGEST_PART // _MEBIBYTE} MiB unpacked; it was not read.")
    if member.flag_bits & _ENCRYPTED:
        raise UnusableInput(f"{called}: it is locked with a password; unpack it first.")
    if member.file_size > LARGEST_PART:
        raise too_large
    if member.file_size > max(_ALWAYS_READ, _DENSEST * member.compress_size):
        raise UnusableInput(
            f"{called}: {member.file_size / 1_000_000:.0f} MB are packed into {member.compress_size / 1_000:.0f} kB,"
            " as no text is that says anything; unpack it first if it is meant."
        )
    try:
        with archive.open(member) as file:
            data = file.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise UnusableInput(f"{called}: it cannot be unpacked ({_plain(error)}).") from error
    if len(data) > LARGEST_PART:
        raise too_large
    return data


def _plain(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
