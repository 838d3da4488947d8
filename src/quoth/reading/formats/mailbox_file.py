"""Mailboxes (mbox): each mail in them is read in turn."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from quoth.reading.raw import Found, Raw

_BEGINS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]{0,300}\d{4}[^\r\n]{0,20}\r?\n")
_STUFFED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


def read(raw: Raw) -> Iterator[Found]:
    """The mails in their order, by their numbers, the first being 1."""
    data = raw.data.lstrip()
    begins = chain(_BEGINS.finditer(data), [None])
    for number, (begin, after) in enumerate(pairwise(begins), 1):
        assert begin is not None
        mail = _STUFFED.sub(b"", data[begin.end() : after.start() if after else len(data)])
        yield raw.part(mail, str(number), media_type="message/rfc822")
