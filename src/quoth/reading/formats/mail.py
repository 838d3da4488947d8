"""Mails (RFC 5322, MIME), and pages saved as such: the message, what it quotes of earlier mails, what is attached."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from quoth.reading.decide import noted, read_page
from quoth.reading.plain import read_text
from quoth.reading.raw import Found, Raw
from quoth.reading.reading_tables import load
from quoth.types import BlockKind, Document, UnusableInput

_LARGEST = 32 * 1024 * 1024  # bytes; taken apart, a mail needs ten times its size
_MOST_LINES = 1_000_000
_MOST_PARTS = 5_000
_LONGEST_FIELD = 10_000  # characters of a field of a head that is taken apart further
_TOO_MANY = "more parts, or deeper in each other, than any mail has"
_WORDLESS = ("image/", "audio/", "video/", "font/")  # kinds of attachments that hold no text
_QUOTED = re.compile(r"^[^\S\n]*>[^\n]*(?:\n|\Z)(?:[^\S\n]*(?:>[^\n]*)?(?:\n|\Z))*", re.MULTILINE)
_MARK = re.compile(r"^[^\S\n]*(?:>[^\S\n]?)+", re.MULTILINE)
_PAST_LINES = re.compile(r"\n*")
_SIGNATURE = re.compile(r"^-- ?\n", re.MULTILINE)
_LONGER = 2.0  # times as many words in the page of a mail as in its text: then the text is a stub


class _Words(NamedTuple):
    answer: re.Pattern[str]
    wrote: re.Pattern[str]  # the line above what is quoted of an earlier mail
    added: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    tables = load("mail.toml")
    verbs, between, senders = ("|".join(map(re.escape, words)) for words in (
        tables["wrote"]["verbs"], tables["between"]["words"], tables["from"]["words"]
    ))  # fmt: skip
    answers = "|".join(tables["subject"]["answers"].split())
    return _Words(
        re.compile(rf"^(?:(?:{answers})\s*:\s*)+", re.IGNORECASE),
        re.compile(
            rf"^[^\S\n]*(?:(?!>)[^\n]{{0,300}}\n?(?!>)[^\n]{{0,200}}\b(?:{verbs})\s?[^\n>]{{0,80}}:[^\S\n]*\n(?=\s*>)"
            rf"|-{{2,}}\s?(?:{between})\s?-{{2,}}[^\S\n]*$|_{{20,}}[^\S\n]*\n(?=(?:{senders})\s?:))",
            re.IGNORECASE | re.MULTILINE,
        ),
        frozenset(tables["added"]["kinds"].split()),
    )


def read(raw: Raw) -> Iterator[Found]:
    """The message first, then what it quotes of earlier mails, then each attachment.

    Raises:
        UnusableInput: it is too large, has too many parts, or they lie too deep.
    """
    if len(raw.data) > _LARGEST or raw.data.count(b"\n") > _MOST_LINES:
        raise UnusableInput(
            f"{raw.name}: this mail is larger than {_LARGEST // 1024**2} MiB or has more than {_MOST_LINES:,} lines;"
            " save what is attached to it, and give that."
        )
    try:
        mail = BytesParser(_class=_counted()).parsebytes(raw.data.lstrip())
        parts = list(_parts(mail))
    except (RecursionError, _NoMailError) as error:
        what = f"{error}" if isinstance(error, _NoMailError) else _TOO_MANY
        raise UnusableInput(f"{raw.name}: this mail has {what}.") from error
    body, page, attached = _sorted(parts)
    wordless = [_called(part, number) for number, part in enumerate(attached, 1) if not _has_words(part)]
    others = [(number, part) for number, part in enumerate(attached, 1) if _has_words(part)]
    notes = [f"Attached, and not read, for there is no text in it: {', '.join(wordless[:5])}."] if wordless else []
    quoted: list[Document] = []
    for document in _message(raw, mail, body, page):
        if document.id == raw.id:
            yield noted(document, *notes)
        else:
            quoted.append(document)
    yield from quoted
    seen: set[str] = set()
    for number, part in others:
        called = _called(part, number)
        called = called if called not in seen else f"{number} {called}"
        seen.add(called)
        about = (part.get_content_type(), _charset(part))
        data = _bytes(raw, part)
        part.set_payload("")  # a mail in a mail is not kept twice while it is read
        yield raw.part(data, called, media_type=about[0], charset=about[1], declarer="the mail")


class _NoMailError(Exception):
    """What no mail has that was written to be read."""


class _Part(Message):
    """A mail, or a part of one, whose fields are no longer than what takes them apart can bear."""

    def set_raw(self, name: str, value: str) -> None:
        if name.lower().startswith("content-") and len(value) > _LONGEST_FIELD:
            raise _NoMailError(f"a {name} of more than {_LONGEST_FIELD:,} characters")
        super().set_raw(name, value)


def _counted() -> Callable[..., Message]:
    """What makes the parts of one mail, up to so many."""
    number = count(1)

    def made(**policy: Any) -> Message:  # noqa: ANN401  # of the library, whatever it is
        if next(number) > _MOST_PARTS:
            raise _NoMailError(_TOO_MANY)
        return _Part(**policy)

    return made


def _parts(mail: Message) -> Iterator[Message]:
    """The parts of a mail that hold something, those of mails attached to it left in them."""
    waiting: list[Message] = [mail]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.is_multipart() and isinstance(inner, list) and part.get_content_type() != "message/rfc822":
            waiting += [one for one in reversed(inner) if isinstance(one, Message)]
        else:
            yield part


def _sorted(parts: list[Message]) -> tuple[list[Message], Message | None, list[Message]]:
    """The parts that are the message's text, the page of the same, and what is attached."""
    body: list[Message] = []
    page: Message | None = None
    attached: list[Message] = []
    for part in parts:
        kind = part.get_content_type()
        inside = part.get_content_disposition() != "attachment" and not part.get_filename()
        if inside and kind == "text/plain":
            body.append(part)
        elif inside and kind == "text/html" and page is None:
            page = part
        else:
            attached.append(part)
    return body, page, attached


def _message(raw: Raw, mail: Message, body: list[Message], page: Message | None) -> Iterator[Document]:
    texts = [_text(raw, part) for part in body]
    text = "\n\n".join(words.strip("\n") for words, _ in texts if words.strip())
    notes = [note for _, told in texts for note in told]
    said = _said(mail)
    if page is not None:
        whole = _page(raw, page)
        if whole is not None and (not text or len(whole.text.split()) > _LONGER * len(text.split())):
            yield noted(
                replace(whole, title=whole.title or said["title"], published=said["published"] or whole.published),
                *_from(mail),
            )
            return
    message, quoted = _apart(text)
    if message.strip():
        document = read_text(message, raw.id, title=said["title"], published=said["published"])
        yield noted(_with_signature(document), *notes, *_from(mail))
    for number, words in enumerate(quoted, 1):
        yield noted(read_text(words, f"{raw.id}/quoted {number}"), "What a mail quotes of an earlier one.")


def _text(raw: Raw, part: Message) -> tuple[str, tuple[str, ...]]:
    given = raw.part(_bytes(raw, part), "text", charset=_charset(part), declarer="the mail")
    if not given.data.strip():
        return "", ()
    text, notes = given.text()
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unfolded(text)
    return text.replace("\r\n", "\n"), notes


def _unfolded(text: str) -> str:
    """A text whose lines were broken for the mail alone (RFC 3676), as it was."""
    parts: list[str] = []
    flows = True
    for line in text.splitlines():
        words = line.removeprefix(" ")
        joined = flows and not words.startswith(">") and words
        parts += [words] if joined or not parts else ["\n", words]
        flows = words.endswith(" ") and words != "-- " and not words.startswith(">")
    return "".join(parts)


def _page(raw: Raw, part: Message) -> Document | None:
    given = raw.part(_bytes(raw, part), "page", media_type="text/html", charset=_charset(part), declarer="the mail")
    try:
        found = next(iter(read_page(replace(given, id=raw.id))), None)
    except UnusableInput:
        return None
    return found if isinstance(found, Document) else None


def _apart(text: str) -> tuple[str, list[str]]:
    """A message without what it quotes of earlier mails, and that."""
    quoted: list[str] = []
    kept: list[str] = []
    at = 0
    while len(quoted) < _MOST_PARTS and (begin := _words().wrote.search(text, at)):
        kept.append(text[at : begin.start()])
        lines = _QUOTED.match(text, _PAST_LINES.match(text, begin.end()).end())  # type: ignore[union-attr]  # it matches
        end = lines.end() if lines else len(text)
        quoted.append(_MARK.sub("", text[begin.end() : end]).strip())
        at = end
    kept.append(text[at:])
    return "".join(kept).strip("\n"), [words for words in quoted if words]


def _with_signature(document: Document) -> Document:
    """The document with what stands below the mark of a signature named as beside the text."""
    marks = [found.start() for found in _SIGNATURE.finditer(document.text)]
    if not marks:
        return document
    blocks = (
        replace(block, kind=BlockKind.RELATED) if block.span.start >= marks[-1] else block for block in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


def _said(mail: Message) -> dict[str, str | None]:
    subject = _words().answer.sub("", _header(mail, "Subject")).strip()
    published = None
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        published = parsedate_to_datetime(_header(mail, "Date")).strftime("%Y-%m-%dT%H:%M")
    return {"title": subject or None, "published": published}


def _from(mail: Message) -> list[str]:
    sender = _header(mail, "From")
    return [f"A mail from {sender}."] if sender else []


def _header(mail: Message, name: str) -> str:
    """A header line as text, whatever it is encoded in."""
    value = mail.get(name)
    if value is None:
        return ""
    value = str(value)[:_LONGEST_FIELD]
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (LookupError, ValueError, TypeError):
        return " ".join(value.split())


def _bytes(raw: Raw, part: Message) -> bytes:
    inner = part.get_payload()
    if (
        part.get_content_type() == "message/rfc822"
        and isinstance(inner, list)
        and inner
        and isinstance(inner[0], Message)
    ):
        try:
            return inner[0].as_bytes()
        except RecursionError as error:
            raise UnusableInput(
                f"{raw.name}: a mail attached to this one holds mails deeper in each other than any mail does."
            ) from error
    try:
        found = part.get_payload(decode=True)
    except (ValueError, TypeError, LookupError):
        found = None
    return found if isinstance(found, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        found = part.get_content_charset()
    except (LookupError, ValueError, TypeError):
        return None
    return None if found in {None, "us-ascii", "unknown-8bit", "x-unknown"} else found


def _has_words(part: Message) -> bool:
    kind = part.get_content_type()
    return not kind.startswith(_WORDLESS) and kind not in _words().added


def _called(part: Message, number: int) -> str:
    try:
        name = part.get_filename()
    except (LookupError, ValueError, TypeError):
        name = None
    if name:
        with suppress(LookupError, ValueError):
            name = str(make_header(decode_header(name)))
    elif part.get_content_type() == "message/rfc822":
        name = f"mail {number}.eml"
    return re.sub(r"[/\\\x00-\x1f]+", "_", name or "") or f"part {number}"
