"""The rows that still stand in a damaged SQLite file, read page by page and without SQLite, which stops at damage.

A row is found where its page can be read, whatever happened to the pages that lead to it. Nothing here says whether a
row is what was written; see `salvage`. The format: https://sqlite.org/fileformat2.html
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

_MAGIC = b"SQLite format 3\0"
_HEAD, _LOG_HEAD, _FRAME_HEAD = 100, 32, 24  # bytes: of the file, of its log, of a page in the log
_USUAL = 4096  # bytes of a page, where the file does not say any more
_LEAF = 0x0D  # a page with rows of a table
_LONGEST_VARINT = 9
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)  # bytes of a value by its serial type; behind them two a kind
_INTEGERS, _ZERO, _ONE, _BLOB = range(1, 7), 8, 9, 12
_WIDEST = 65_536  # bytes of a page

Value = int | str | bytes | None
Place = int  # of a row: the number of its page, from 1, times `_WIDEST`, and its first byte there


class Pages:
    """The pages of a file, with what its log (`-wal`) has committed; a context manager.

    Attributes:
        whole: whether the file says how it is made and which of its pages are free. Where it does not, rows that were
            deleted may be among those that are found.
    """

    def __init__(self, path: Path) -> None:
        """Open the file at `path`.

        Raises:
            OSError: it cannot be read, or is no regular file.
        """
        self._file = _opened(path)
        self._log = -1
        self._logged: dict[int, int] = {}
        try:
            head = os.pread(self._file, _HEAD, 0)
            self.whole = head.startswith(_MAGIC) and len(head) == _HEAD
            self._size = _size_of_page(head) if self.whole else _USUAL
            self._usable = self._size - (head[20] if self.whole else 0)
            self._read_log(path.with_name(f"{path.name}-wal"))
        except BaseException:
            self.__exit__()
            raise
        stored = os.fstat(self._file).st_size
        self.count = max(-(-stored // self._size), *self._logged, 0)
        self._owners: dict[int, Place] = {}  # of pages that hold the rest of a long row: each belongs to one
        self._free = self._freed()

    def __enter__(self) -> "Pages":
        return self

    def __exit__(self, *_: object) -> None:
        for handle in (self._file, self._log):
            if handle >= 0:
                os.close(handle)

    def places(self) -> Iterator[tuple[Place, int, int]]:
        """Every row of every table: its place, its rowid, and how many columns it has."""
        for number in range(1, self.count + 1):
            if number in self._free:
                continue
            page = self._page(number)
            at = _HEAD if number == 1 else 0
            if len(page) < self._size or page[at] != _LEAF:
                continue
            for row in range(_two(page, at + 3)):
                start = _two(page, at + 8 + 2 * row)
                try:
                    _, rowid, values = _cell(page, start)
                    yield number * _WIDEST + start, rowid, len(_types(page, values)[0])
                except (IndexError, ValueError):
                    continue

    def row(self, place: Place) -> list[Value]:
        """The values of a row, None in place of a column that is the rowid itself.

        Raises:
            ValueError: it cannot be read to its end.
        """
        try:
            page = self._page(place // _WIDEST)
            length, _, start = _cell(page, place % _WIDEST)
            data = self._payload(page, place, length, start)
            types, at = _types(data, 0)
            values: list[Value] = []
            for kind in types:
                value, at = _value(data, at, kind)
                values.append(value)
        except (IndexError, OSError) as problem:
            raise ValueError(str(problem)) from problem
        return values

    def _payload(self, page: bytes, place: Place, length: int, start: int) -> bytes:
        """All bytes of a row; those that do not fit on its page stand on a chain of others."""
        if length > self.count * self._size:
            raise ValueError("longer than its file")
        most = self._usable - 35
        least = (self._usable - 12) * 32 // 255 - 23
        rest = least + (length - least) % (self._usable - 4)
        here = length if length <= most else rest if rest <= most else least
        parts = [page[start : start + here]]
        if here < length:
            after, left = _four(page, start + here), length - here
            while left > 0:
                if not 0 < after <= self.count or self._owners.setdefault(after, place) != place:
                    raise ValueError("its rest is lost")
                more = self._page(after)
                parts.append(more[4 : 4 + min(left, self._usable - 4)])
                after, left = _four(more, 0), left - (self._usable - 4)
        data = b"".join(parts)
        if len(data) != length:
            raise ValueError("cut off")
        return data

    def _page(self, number: int) -> bytes:
        if number in self._logged:
            return os.pread(self._log, self._size, self._logged[number])
        return os.pread(self._file, self._size, (number - 1) * self._size)

    def _read_log(self, path: Path) -> None:
        """Note the pages that the log has, as far as they were committed."""
        try:
            self._log = _opened(path)
        except OSError:
            return
        head = os.pread(self._log, _LOG_HEAD, 0)
        if len(head) < _LOG_HEAD or head[:3] != b"\x37\x7f\x06" or _four(head, 8) not in (self._size, 1):
            return
        begun: dict[int, int] = {}
        at = _LOG_HEAD
        while len(frame := os.pread(self._log, _FRAME_HEAD, at)) == _FRAME_HEAD and frame[8:16] == head[16:24]:
            begun[_four(frame, 0)] = at + _FRAME_HEAD
            if _four(frame, 4):  # the last one of a transaction
                self._logged |= begun
                begun = {}
            at += _FRAME_HEAD + self._size

    def _freed(self) -> set[int]:
        """The pages that hold nothing any more, but perhaps what was deleted."""
        free: set[int] = set()
        trunk = _four(self._page(1), 32) if self.whole else 0
        while trunk:
            page = self._page(trunk)
            if trunk in free or len(page) < self._size or _four(page, 4) > self._size // 4 - 2:
                self.whole = False  # a circle, or what stands there is no such list
                break
            free.add(trunk)
            free.update(_four(page, 8 + 4 * number) for number in range(_four(page, 4)))
            trunk = _four(page, 0)
        return free


def _opened(path: Path) -> int:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"{path} is no regular file")
    return handle


def _size_of_page(head: bytes) -> int:
    size = _two(head, 16)
    size = _WIDEST if size == 1 else size
    return size if size >= 512 and size & (size - 1) == 0 else _USUAL  # noqa: PLR2004  # the smallest there is


def _two(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "big")


def _four(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next thing begins."""
    number = 0
    for byte in range(_LONGEST_VARINT - 1):
        number = number << 7 | data[at + byte] & 0x7F
        if data[at + byte] < 0x80:  # noqa: PLR2004  # its first bit says whether more follow
            return number, at + byte + 1
    return number << 8 | data[at + 8], at + 9


def _cell(page: bytes, at: int) -> tuple[int, int, int]:
    """Of a row its length in bytes, its rowid, and where it begins."""
    length, at = _varint(page, at)
    rowid, at = _varint(page, at)
    return length, rowid, at


def _types(data: bytes, at: int) -> tuple[list[int], int]:
    """The serial types of a row's columns, and where its values begin."""
    length, after = _varint(data, at)
    end = at + length
    if not after <= end <= len(data):
        raise ValueError("no row")
    types: list[int] = []
    while after < end:
        kind, after = _varint(data, after)
        types.append(kind)
    return types, end


def _value(data: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind in (10, 11):
        raise ValueError("no value")
    end = at + (_SIZES[kind] if kind < _BLOB - 2 else (kind - _BLOB) // 2)
    part = data[at:end]
    if end > len(data):
        raise ValueError("cut off")
    if kind in _INTEGERS:
        return int.from_bytes(part, "big", signed=True), end
    if kind in (_ZERO, _ONE):
        return kind - _ZERO, end
    if kind > _BLOB and kind % 2:
        return part.decode(), end  # UnicodeDecodeError is a ValueError
    return (part if kind else None), end  # a fraction stays in its bytes; Quoth keeps none
