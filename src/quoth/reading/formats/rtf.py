"""Rich Text Format (RTF 1.9.1): paragraphs, tables, headers, footers and footnotes; read in the confined process."""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from quoth.reading.formats.parsing import parsed
from quoth.reading.laid_out import as_laid, laid_out
from quoth.reading.raw import Found, Raw
from quoth.reading.reading_tables import load

_WHAT = "an RTF file"
_UNITS = 65_536  # of UTF-16
_DEEPEST = 2_000  # groups one inside the other
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE | re.DOTALL,
)
_CONTROLS = {b"~": "\xa0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
_HEADERS = frozenset({"header", "headerl", "headerr", "headerf"})
_FOOTERS = frozenset({"footer", "footerl", "footerr", "footerf"})
Record = dict[str, object]


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Any]:
    tables = load("rtf.toml")
    return {**tables, "silent": frozenset(tables["silent"]["words"].split())}


def read(raw: Raw) -> Iterator[Found]:
    """The document."""
    found = parsed(f"{__name__}:stretches", raw, _WHAT)
    yield laid_out(as_laid(found["stretches"]), raw.id, name=raw.name)


def stretches(data: bytes) -> dict[str, object]:
    """The stretches of an RTF file; in the confined process.

    Raises:
        ValueError: it is damaged, or its groups lie too deep; in words.
    """
    reading = _Reading()
    start = data.find(b"{\\rtf")
    at, end = max(0, start), len(data)
    while at < end:
        token = _TOKEN.match(data, at)
        if token is None:
            at += 1
            continue
        at = token.end()
        word, number, byte, control, brace, text = token.groups()
        if word is not None:
            count = int(number) if number else None
            if word == b"bin":
                at += max(0, count or 0)
            else:
                reading.word(word.decode("ascii"), count)
        elif byte is not None:
            reading.byte(int(byte, 16))
        elif control is not None:
            reading.control(control)
        elif brace == b"{":
            reading.open()
        elif brace == b"}":
            if reading.close():
                break
        elif text is not None:
            reading.text(text)
    return {"stretches": reading.done()}


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces."""

    silent: bool = False
    hidden: bool = False
    font: int | None = None
    skipped: int = 1  # bytes after \\u that stand for the same letter
    starred: bool = False
    table: bool = False
    style: int | None = None
    listed: bool = False
    heading: bool = False
    target: "_Target | None" = None
    fonts: bool = False


@dataclass(slots=True)
class _Target:
    """Where words go: the text, a header, a footer, a note."""

    kind: str | None
    number: int = 0
    parts: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    found: list[Record] = field(default_factory=list)


class _Reading:
    def __init__(self) -> None:
        self.main = _Target(None)
        self.groups: list[_Group] = [_Group(target=self.main)]
        self.others: list[_Target] = []
        self.notes = 0
        self.page = "cp1252"
        self.font_pages: dict[int, str] = {}
        self.default_font: int | None = None
        self.pending = bytearray()
        self.to_skip = 0
        self.high = 0
        self.last_font = -1

    @property
    def here(self) -> _Group:
        return self.groups[-1]

    def open(self) -> None:
        self._flush()
        if len(self.groups) > _DEEPEST:
            raise ValueError("its groups lie deeper in each other than any text has them")
        self.groups.append(replace(self.here, starred=False))
        self.to_skip = 0

    def close(self) -> bool:
        """End a group; whether it was the last."""
        self._flush()
        ended = self.groups.pop()
        if not self.groups:
            return True
        if ended.target is not self.here.target and ended.target is not None:
            self._paragraph(ended, closing=True)
        return False

    def byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif not (self.here.silent or self.here.hidden):
            self.pending.append(value)

    def text(self, data: bytes) -> None:
        if self.to_skip:
            cut = min(self.to_skip, len(data))
            self.to_skip -= cut
            data = data[cut:]
        if not (self.here.silent or self.here.hidden):
            self.pending += data

    def control(self, sign: bytes) -> None:
        if sign == b"*":
            self.here.starred = True
        elif sign in {b"\n", b"\r"}:
            self.word("par", None)
        elif sign in _CONTROLS:
            if self.to_skip:
                self.to_skip -= 1
            else:
                self._say(_CONTROLS[sign])

    def word(self, name: str, number: int | None) -> None:  # noqa: C901, PLR0912, PLR0915  # a table of cases
        group = self.here
        if name == "u" and number is not None:
            self._unicode(number)
            return
        self._flush()
        self.to_skip = 0
        match name:
            case "ansicpg" if number is not None:
                self.page = _codec(number) or self.page
            case "mac":
                self.page = "mac_roman"
            case "pc":
                self.page = "cp437"
            case "pca":
                self.page = "cp850"
            case "deff":
                self.default_font = number
            case "fonttbl":
                group.silent = group.fonts = True
            case "f" if group.fonts:
                self.last_font = number or 0
            case "fcharset" if group.fonts:
                if codec := _codec(_tables()["charsets"].get(str(number or 0), 0)):
                    self.font_pages[self.last_font] = codec
            case "f":
                group.font = number
            case "uc":
                group.skipped = min(max(0, number or 0), 100)
            case "v" | "deleted":
                group.hidden = number != 0
            case "plain":
                group.hidden, group.font = False, None
            case "pard":
                group.table = group.listed = group.heading = False
            case "outlinelevel" | "keepn":  # a paragraph that keeps to the next one is a heading
                group.heading = True
            case "intbl":
                group.table = True
            case "ls" | "pntext":
                group.listed = name == "ls" and bool(number)
                group.silent = group.silent or name == "pntext"
            case "par" | "sect" | "page":
                self._paragraph(group)
            case "cell" | "nestcell":
                self._cell(group)
            case "row" | "nestrow":
                self._row(group)
            case "footnote":
                self._into("footer", note=True)
            case "chftn" | "chpgn":
                if name == "chpgn":
                    self._say("#")
            case _ if name in _HEADERS:
                self._into("header")
            case _ if name in _FOOTERS:
                self._into("footer")
            case _ if name in _tables()["signs"]:
                self._say(_tables()["signs"][name])
            case "shptxt" | "ud":
                group.silent = False
            case _ if name in _tables()["silent"] or group.starred:
                group.silent = True
        group.starred = False

    def _into(self, kind: str, *, note: bool = False) -> None:
        if self.here.silent:
            return
        self.notes += note
        self.here.target = _Target(kind, self.notes if note else 0)
        self.here.table = self.here.listed = False
        self.others.append(self.here.target)

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number % _UNITS if number < _UNITS else number
        if 0xD800 <= code < 0xDC00:  # noqa: PLR2004  # the first half of a letter
            self.high = code
        elif 0xDC00 <= code < 0xE000:  # noqa: PLR2004
            if self.high:
                self._say(chr(0x10000 + ((self.high - 0xD800) << 10) + (code - 0xDC00)))
            self.high = 0
        elif 0xF000 <= code < 0xF100:  # noqa: PLR2004  # signs of symbol fonts
            self._say(chr(code - 0xF000) if code - 0xF000 >= 0x20 else "")  # noqa: PLR2004
        elif code >= 0x20 and code <= 0x10FFFF:  # noqa: PLR2004
            self._say(chr(code))
        self.to_skip = self.here.skipped

    def _flush(self) -> None:
        if self.pending:
            font = self.here.font if self.here.font is not None else self.default_font
            words = self.pending.decode(self.font_pages.get(font if font is not None else -1, self.page), "replace")
            self.pending.clear()
            self._say(words)

    def _say(self, words: str) -> None:
        group = self.here
        if group.target is not None and not (group.silent or group.hidden):
            group.target.parts.append(words)

    def _taken(self, target: _Target) -> str:
        text = "".join(target.parts).replace("\x00", "").strip()
        target.parts.clear()
        return text

    def _paragraph(self, group: _Group, *, closing: bool = False) -> None:
        target = group.target
        if target is None or group.silent:
            return
        if group.table and not closing:
            target.parts.append("\n")
            return
        self._end_table(target)
        if text := self._taken(target):
            target.found.append(
                {
                    "text": text,
                    "kind": "list" if group.listed and not group.heading and target.kind is None else target.kind,
                }
            )

    def _cell(self, group: _Group) -> None:
        if group.target is not None:
            group.target.cells.append(" ".join(self._taken(group.target).split()))

    def _row(self, group: _Group) -> None:
        target = group.target
        if target is not None:
            if any(target.cells):
                target.rows.append(" | ".join(target.cells).strip())
            target.cells.clear()

    def _end_table(self, target: _Target) -> None:
        if target.cells:  # of a row that never ended
            target.rows.append(" | ".join(target.cells).strip())
            target.cells.clear()
        if target.rows:
            target.found.append({"text": "\n".join(target.rows), "kind": "table"})
            target.rows.clear()

    def done(self) -> list[Record]:
        """The stretches: headers first, notes and footers last."""
        self._flush()
        if self.groups:
            self._paragraph(replace(self.groups[0], table=False), closing=True)
        else:
            self._paragraph(_Group(target=self.main), closing=True)
        heads: dict[str, Record] = {}
        feet: dict[str, Record] = {}
        notes: list[Record] = []
        for other in self.others:
            if other.number and other.found:
                notes.append(
                    {"text": f"{other.number} " + "\n".join(str(one["text"]) for one in other.found), "kind": "footer"}
                )
            else:
                for one in other.found:
                    (heads if other.kind == "header" else feet)[str(one["text"])] = {**one, "kind": other.kind}
        return [*heads.values(), *self.main.found, *notes, *feet.values()]


def _codec(page: int) -> str | None:
    name = _tables()["pages"].get(str(page), f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
