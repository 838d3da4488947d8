"""Texts that are no running text (mail, feeds, records, tables, subtitles), told by their form, not by their words.

A text that merely begins like one of them is none: what follows must keep to the form.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from quoth.reading.reading_tables import load
from quoth.reading.signatures import Format

_HEAD = 65_536  # code points in which a form shows
_FEW = 6  # lines or cues that show what the whole is

_MAIL = Format("a mail with its header lines", reader="mail")
_MAILBOX = Format("a mailbox", reader="mailbox_file")
_FEED = Format("a news feed (RSS or Atom)", reader="feeds")
_NEWSML = Format("a news item (NewsML-G2 or NITF)", reader="newsml")
_FLAT_ODT = Format("an OpenDocument text (flat XML)", reader="odt")
_XML = Format("an XML file", "save its text as plain text in UTF-8 first")
_WARC = Format("a web archive (WARC)", reader="webarchive")
_ARC = Format("a web archive of the older kind (ARC)", "save one of its pages as HTML first")
_HTTP = Format("a server's answer with its header lines", "save the page without them first")
_JSON = Format("JSON", reader="articles")
_TABLE = Format("a table (CSV or TSV)", reader="articles")
_SUBTITLES = Format("a file of subtitles", "save their words as plain text first")
_CUES = Format("a file of subtitles", reader="subtitles")  # SRT, WebVTT, SBV: read as the words of their cues
_CARD = Format("a calendar or an address card", "save its words as plain text first")

_BEGINNINGS = (
    (re.compile(r"WEBVTT(?:[ \t\r\n]|\Z)"), _CUES),
    (re.compile(r"\[Script Info\]\s|\{\d+\}\{\d+\}"), _SUBTITLES),
    (re.compile(r"WARC/\d\.\d\s+[A-Za-z-]+:"), _WARC),
    (re.compile(r"filedesc://\S+ "), _ARC),
    (re.compile(r"HTTP/\d(?:\.\d)? \d{3}\b[^\n]*\n[A-Za-z-]+:"), _HTTP),
    (re.compile(r"BEGIN:(?:VCALENDAR|VCARD)\s"), _CARD),
)

_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):")
_TRACE = re.compile(r"Received: *(?:from|by|\(\w)", re.IGNORECASE)  # people type "Received: 3 May" as well
_MAIL_NAMES = (".eml", ".mbox", ".mht", ".mhtml")
_MAIL_TYPE = "message/rfc822"
_MBOX = re.compile(
    r"From \S+\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d(?::\d\d)? .{0,20}\d{4}"
)

_PROLOG = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype\s+([\w:.-]+)[^>\[]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE
)
_ELEMENT = re.compile(r"\s*<([A-Za-z_][\w:.-]*)(?=[\s/>])[^<>]*>")

_PAGE_BEGINS = re.compile(r"<!doctype html\b|<html[\s>]", re.IGNORECASE)
_JUNK = 4_096  # code points

_KEY_FIRST = re.compile(r'[\[{][\s\[{]*"(?:[^"\\\n]|\\.){0,1000}"\s*:')

STAMP = r"(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3}"
CUE = re.compile(rf"[ \t]*{STAMP}(?:[ \t]*-->[ \t]*|,){STAMP}(?:[ \t]+\w+:\S+)*[ \t]*\Z")

_TABLE_NAMES = (".csv", ".tsv", ".tab")
_ROWS = 50  # looked at
_COLUMNS = 3  # from here on rows of one width are a table; two columns are told by what they are called
_LONGEST_NAME, _WORDS_IN_NAME = 40, 4  # of a column
_LOOSE = 0.1  # share of cells that begin with a blank, up to which it is no list within sentences
_REGULAR = 0.8  # share of rows of one width, in a file that is called a table


@lru_cache(maxsize=1)
def _words() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(listed.split()) for name, listed in load("forms.toml").items()}


def no_running_text(text: str, name: str, media_type: str | None = None) -> Format | None:  # noqa: PLR0911
    """The form of a text that is no running text; None where it is to be read as one.

    Args:
        text: the text, or its bytes one code point each: the forms are told by ASCII alone.
        name: file name or address; its ending says more where the form alone leaves it open.
        media_type: what a server or a mail calls it; the same.
    """
    start = len(text) - len(text.lstrip())
    head = text[start : start + _HEAD]
    for beginning, format_ in _BEGINNINGS:
        if beginning.match(head):
            return format_
    if head[:1] in {"{", "["}:
        return _records(text[start:])
    if head[:1] == "<":
        return _markup(head, text[-_HEAD:])
    ending = re.split("[?#]", name, maxsplit=1)[0].lower()
    if _MBOX.match(head):
        return _MAILBOX
    if _is_mail(head, named=ending.endswith(_MAIL_NAMES), sure=media_type == _MAIL_TYPE):
        return _MAIL
    if _is_subtitles(head):
        return _CUES
    return _TABLE if _is_table(head, named=ending.endswith(_TABLE_NAMES)) else None


def is_page(text: str) -> bool:
    """Whether a text is a page of the web, or a part of one, by its first element."""
    head = text[:_HEAD]
    doctype, element, _ = _first_element(head)
    if "html" in (doctype, element) or element in _words()["html_roots"]:
        return True
    return element in _words()["html_parts"] and text[-_HEAD:].rstrip().endswith(">")


def is_page_below(text: str) -> bool:
    """Whether a text is a page of the web with something above it, such as a server's warning."""
    return text[-_HEAD:].rstrip().lower().endswith("</html>") and _PAGE_BEGINS.search(text, 0, _JUNK) is not None


def _first_element(head: str) -> tuple[str, str, bool]:
    """What the document type says, what the first element is called, and whether an XML declaration stands above."""
    at, doctype, declared = 0, "", False
    while before := _PROLOG.match(head, at):
        at = before.end()
        doctype = (before[1] or doctype).lower()
        declared = declared or before[0].lstrip().startswith("<?xml")
    element = _ELEMENT.match(head, at)
    return doctype, element[1].lower() if element else "", declared


def _markup(head: str, foot: str) -> Format | None:
    _, element, declared = _first_element(head)
    if element in _words()["feeds"]:
        return _FEED
    if element.rpartition(":")[2] in _words()["news_items"]:
        return _NEWSML
    if element == "office:document":
        return _FLAT_ODT
    closed = bool(element) and foot.rstrip().lower().endswith(f"</{element}>")
    return _XML if declared or closed else None


def _is_mail(head: str, *, named: bool, sure: bool) -> bool:
    lines = head.splitlines()
    found: set[str] = set()
    for line in lines:
        header = _HEADER.match(line)
        if header is None and not (found and line[:1] in {" ", "\t"} and line.strip()):
            break
        if header is not None:
            found.add("return-path" if _TRACE.match(line) else header[1].lower())
    typed = found & _words()["mail_typed"]
    by_machines = found & _words()["mail_by_machines"]
    if len(typed) > 1:  # else "X-ray: what it shows" would be one
        by_machines |= {name for name in found if name.startswith("x-")}
    return (sure and bool(found)) or ((named or bool(by_machines)) and len(by_machines | typed) > 1)


def _records(text: str) -> Format | None:
    lines = [line for line in text[:_HEAD].splitlines() if line.strip()]
    whole = lines if len(text) <= _HEAD else lines[:-1]
    if len(whole) > 1 and all(_parses(line) for line in whole[:_FEW]):
        return _JSON
    return _JSON if _KEY_FIRST.match(text) or _parses(text) else None


def _parses(text: str) -> bool:
    try:
        return isinstance(json.loads(text, parse_int=str, parse_float=str), dict | list)
    except RecursionError:  # no text has a thousand brackets one inside the other
        return True
    except ValueError:
        return False


def _is_subtitles(head: str) -> bool:
    lines = [line for line in head.splitlines() if line.strip()]
    first = 1 if lines and lines[0].strip().isdecimal() else 0
    if len(lines) <= first or not CUE.match(lines[first]):
        return False
    return len(lines) < _FEW or sum(CUE.match(line) is not None for line in lines) > 1


def _is_table(head: str, *, named: bool) -> bool:
    body = re.sub(r"\Asep=.\s*\n", "", head)
    if named and body.split("\n", 1)[0].strip().strip('"').casefold() in _words()["columns"]:
        return True  # of one column
    return any(_is_divided(rows, delimiter, named=named) for delimiter, rows in _divided(body))


def _divided(head: str) -> Iterator[tuple[str, list[list[str]]]]:
    """The first rows of a text, divided in each of the usual ways."""
    first = head.split("\n", 1)[0]
    for delimiter in ",;\t":
        if delimiter not in first:
            continue
        rows: list[list[str]] = []
        try:
            for row in csv.reader(io.StringIO(head), delimiter=delimiter):
                if any(map(str.strip, row)):
                    rows.append(row)
                if len(rows) > _ROWS:
                    break
        except csv.Error:
            continue
        cut = len(head) == _HEAD and len(rows) <= _ROWS  # then the last row may not be whole
        yield delimiter, rows[:-1] if cut else rows[:_ROWS]


def _is_divided(rows: Sequence[Sequence[str]], delimiter: str, *, named: bool) -> bool:
    """Whether rows are those of a table: all of one width, and below names of columns or plainly no sentences."""
    if len(rows) < 2 or len(rows[0]) < 2:  # noqa: PLR2004  two make a table
        return False
    width = len(rows[0])
    regular = sum(len(row) == width for row in rows) / len(rows)
    headed = _are_names(rows[0])
    if named:
        return headed or (regular >= _REGULAR and all(map(str.strip, rows[0])))
    later = [cell for row in rows for cell in row[1:] if cell]
    loose = sum(cell[0] == " " for cell in later) > _LOOSE * len(later)
    known = headed and not _words()["columns"].isdisjoint(re.split(r"[\W_]+", " ".join(rows[0]).casefold()))
    if regular < (_REGULAR if known and width >= _COLUMNS else 1) or loose:
        return False
    if width < _COLUMNS:
        return known
    words = any(map(str.isalpha, "".join(map("".join, rows))))
    return headed or (words and delimiter != "\t" and len(rows) >= _COLUMNS)


def _are_names(row: Sequence[str]) -> bool:
    """Whether the cells of a first row are what columns are called."""
    names = [cell.strip() for cell in row]
    return len(set(names)) == len(names) and all(
        name and len(name) <= _LONGEST_NAME and len(name.split()) <= _WORDS_IN_NAME
        and (name[0].isalpha() or name[0] == "_") and name[-1] not in ".!?:;,”\"'"
        for name in names
    )  # fmt: skip
