"""Mailboxes (mbox): each mail in them is read in turn."""

import re
from collections.abc import Iterator

from quoth.reading.raw import Found, Raw

_BEGINS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]{0,300}\d{4}[^\r\n]{0,20}\r?\n")
_STUFFED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


def read(raw: Raw) -> Iterator[Found]:
    """The mails in their order, by their numbers, the first being 1."""
    data = raw.data.lstrip()
    begins = list(_BEGINS.finditer(data))
    for number, begin in enumerate(begins, 1):
        end = begins[number].start() if number < len(begins) else len(data)
        mail = _STUFFED.sub(b"", data[begin.end() : end])
        yield raw.part(mail, str(number), media_type="message/rfc822")
