"""Bytes to text: in UTF-8, in the charset that is declared, or in the one that their letters tell for sure."""

import codecs
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from quoth.reading.language import language
from quoth.reading.reading_tables import load
from quoth.types import UnusableInput


class Declared(NamedTuple):
    """A charset that somebody says some bytes are in."""

    by: str  # "the server", "the page"
    label: str


_WIDE = (  # byte order marks; UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_META_WITHIN = 4_096  # bytes
_QUIRKS = re.compile(r"\Ax-(?=[a-z])|(?<=8859-8)-[ie]\Z")  # of labels: "x-sjis", "iso-8859-8-i"
_SEVEN_BITS = b"\x1b$"  # switches ISO-2022-JP to Japanese; no text in UTF-8 has it
_MANY_BYTES = frozenset({"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"})
_SURELY_UTF8 = 4  # letters of several bytes, after which it is no chance that bytes in such a charset are UTF-8 too

_HIGH = re.compile(rb"[\x80-\xff]")
_BREAK = re.compile(rb"[<>\n]")
_AROUND = 400  # bytes on each side of such a letter
_SAMPLE = 24_000  # bytes of stretches with letters beyond ASCII
_BEYOND = re.compile(r"[^\x00-\x7f]")
_IN_WORD = re.compile(r"[^\W\d_](?:[^\W\x00-\x7f]|’[^\W\d_])")
_CONTROL = re.compile(r"[\x00\x80-\x9f]")
_MARKS = frozenset("‘’“”‹›«»–—…·•\xa0\xad§")  # that may stand between two letters
_BEHIND = frozenset("²³ªº®™©°") | _MARKS  # that may stand behind a letter
_OPENING = frozenset("‚„¿¡")  # that stand before what they open
_NEVER = "¤"  # the sign of no currency: what is meant is the euro of another charset
_ONE_ODD_IN = 50
_FEW = 0.3  # share of bytes beyond ASCII in a text that is written in Latin letters
_OF_THE_LANGUAGE = 0.9  # share of the letters beyond ASCII


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Any]:
    return load("charsets.toml")


def wide(data: bytes, name: str) -> tuple[str, str] | None:
    """Text in UTF-16 or UTF-32, by its byte order mark, and a note that says so; None without such a mark.

    Raises:
        UnusableInput: there is such a mark, and what follows is not in that charset.
    """
    for mark, codec in _WIDE:
        if data.startswith(mark):
            called = _tables()["names"][codec]
            try:
                return _lines(data.decode(codec)), f"Read as {called}, by its byte order mark."
            except UnicodeDecodeError as error:
                if codec == "utf-32":
                    continue
                raise UnusableInput(
                    f"{name}: begins with the mark of {called} and is not in it (at position {error.start})."
                ) from error
    return None


def declared_in(page: bytes) -> tuple[Declared, ...]:
    """The charset that a page of the web says it is in, if it does."""
    found = _META.search(page[:_META_WITHIN])
    return (Declared("the page", (found[1] or found[2]).decode("ascii")),) if found else ()


def decoded(data: bytes, name: str, declared: Sequence[Declared] = ()) -> tuple[str, tuple[str, ...]]:
    """Bytes as text, without a byte order mark and with line feeds alone, and what a reader must know about it.

    Args:
        data: the bytes, with no mark of UTF-16 or UTF-32.
        name: file name or address, for messages.
        declared: the charsets that they are said to be in, the one that counts most first.

    Returns:
        The text; and a sentence if it is not in UTF-8 or not in what is declared.

    Raises:
        UnusableInput: they are not UTF-8, and no other charset is certain; the sentence gives the first wrong byte.
    """
    wrong: Declared | None = None
    codec, reason = "", ""
    for one in () if data.startswith(codecs.BOM_UTF8) else declared:
        its = _codec(one.label)
        if its is not None and not _contradicted(data, its):
            codec, reason = its, f"as {one.by} declares"
            break
        wrong = wrong or one
    if not codec:
        codec, reason = _told(data, name), "for its bytes are not UTF-8"
    text = _lines(data.decode(codec))
    if (codec == "utf-8" and wrong is None) or (data.isascii() and _SEVEN_BITS not in data):
        return text, ()
    if wrong is not None:
        reason = f"though {wrong.by} declares {wrong.label}"
    return text, (f"Read as {_tables()['names'][codec]}, {reason}.",)


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _codec(label: str) -> str | None:
    """The codec for a charset by one of its names; None if it is not one that is read."""
    tables = _tables()
    plain = _QUIRKS.sub("", label.lower())
    for name in (plain, plain.replace("windows-", "cp")):
        try:
            found = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        found = tables["larger"].get(found, found)
        if found in tables["names"]:
            return "utf-8" if found.startswith(("utf-16", "utf-32")) else found  # its name was read as ASCII
    return None


def _decodes(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _contradicted(data: bytes, codec: str) -> bool:
    """Whether bytes cannot be in a charset, or are surely in another one."""
    text = _decodes(data, codec)
    if text is None or codec == "utf-8":
        return text is None
    utf8 = None if data.isascii() else _decodes(data, "utf-8")
    if utf8 is not None:
        return codec not in _MANY_BYTES or len(_BEYOND.findall(utf8, 0, _SAMPLE)) >= _SURELY_UTF8
    if codec not in _tables()["told"]:
        return False
    sample = _sample(data)
    sure, _ = _fitting(data)
    return bool(sure) and all(_decodes(sample, other) != _decodes(sample, codec) for other in sure)


def _told(data: bytes, name: str) -> str:
    """The codec of bytes that declare none.

    Raises:
        UnusableInput: none is certain.
    """
    if _SEVEN_BITS in data and _decodes(data, "iso2022_jp") is not None:
        return "iso2022_jp"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not is_damaged(data):
            sure, possible = _fitting(data)
            if sure:
                return sure[0]
            if len({data.decode(codec) for codec in possible}) == 1:  # whatever it is called
                return possible[0]
        where = f"byte 0x{data[error.start]:02x} at position {error.start}"
        raise UnusableInput(
            f"{name}: not UTF-8 ({where}), and no other charset is certain; convert the text to UTF-8 first."
        ) from error
    return "utf-8"


def is_damaged(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 are it for the most part, and broken in some places."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return len(text) - wrong - sum(len(part) for part in _BEYOND.split(text)) >= wrong


def _sample(data: bytes) -> bytes:
    """The stretches of bytes that hold letters beyond ASCII, one a line; as many as tell."""
    parts: list[bytes] = []
    size = at = 0
    while size < _SAMPLE and (high := _HIGH.search(data, at)):
        before = _BREAK.split(data[max(at, high.start() - _AROUND) : high.start()])[-1]
        after = _BREAK.split(data[high.start() : high.start() + _AROUND], 1)[0]
        parts.append(before + after)
        size += len(parts[-1])
        at = high.start() + len(after)
    return b"\n".join(parts)


def _fitting(data: bytes) -> tuple[list[str], list[str]]:
    """The charsets in which bytes are a text in one of their languages, and those in which they may be one."""
    sample = _sample(data)
    few = len(_HIGH.findall(sample)) <= _FEW * len(sample)
    sure: list[str] = []
    possible: list[str] = []
    for codec, languages in _tables()["told"].items():
        text = _decodes(sample, codec)
        if text is None or _is_odd(text) or _decodes(data, codec) is None:
            continue
        rare = codec in _tables()["rare"]
        if rare and not _IN_WORD.search(text):  # a mark alone tells nothing
            continue
        if few and not rare:
            possible.append(codec)
        if (told := language(text)) in languages.split() and _has_letters_of(text, str(told)):
            sure.append(codec)
    return sure, possible


def _has_letters_of(text: str, code: str) -> bool:
    """Whether the letters beyond ASCII are a language's own, where that tells charsets apart."""
    own = _tables()["letters"].get(code)
    letters = [char for char in _BEYOND.findall(text) if char.isalpha()]
    return own is None or sum(char.casefold() in own for char in letters) >= _OF_THE_LANGUAGE * len(letters)


def _is_odd(text: str) -> bool:
    """Whether letters stand as they do in no text: signs and capitals inside words, two scripts in one word."""
    if _CONTROL.search(text) or _NEVER in text:
        return True
    seen = odd = 0
    for found in _BEYOND.finditer(text):
        at = found.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        seen += 1
        odd += _stands_oddly(before, found[0], after)
    return odd > seen // _ONE_ODD_IN


def _stands_oddly(before: str, char: str, after: str) -> bool:
    if char in _OPENING and (after.isspace() or not after):
        return True
    if not char.isalpha():
        return before.isalpha() and char not in (_MARKS if after.isalpha() else _BEHIND)
    if char.isupper() and before.isalpha() and (before.islower() or after.islower()):
        return True
    if char.islower() and after.isupper():
        return True
    return any(other.isalpha() and _script(other) != _script(char) for other in (before, after))


@lru_cache(maxsize=4_096)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]
