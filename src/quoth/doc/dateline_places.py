"""Where a report says whence it comes, before its first words: "ARLEN, 4 May 2024 (Courier) - ", "NEW YORK "."""

import re
from collections.abc import Sequence

from quoth.doc.name_tables import plain, world
from quoth.doc.word_lists import word_list
from quoth.types import EntityType, Span

_LONGEST = 90  # characters
_TOWN = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ ][A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,2}"
_REGION = (
    r"(?:,\s+(?:[A-Z]\.){1,3}|,\s+[A-Z][a-z]+\.?(?:\s+[A-Z][a-z]+)?|,\s+\d{1,2}\s+[A-Z][a-z]+(?:\s+\d{4})?"
    r"|,\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?|\s+[A-Z][a-z]{2,8}\s+\d{1,2})"
)
_WITH_DASH = re.compile(
    rf"(?:{_TOWN}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?=,|\s+\())(?:/{_TOWN})?{_REGION}{{0,3}}\.?\s*(?:\([^)\n]{{2,40}}\))?\.?\s*(?:[-–—]|--)\s+"
)
_DAY = r",\s+(?:\d{1,2}\s+[A-Z][a-z]+|[A-Z][a-z]{2,8}\.?\s+\d{1,2})(?:,?\s+\d{4})?"
#: "ORVANE, 3 May. The minister": a town in capitals and a day, with a full stop behind.
_WITH_STOP = re.compile(rf"{_TOWN}(?:/{_TOWN})?(?:{_REGION})?{_DAY}\s*(?:\([^)\n]{{2,40}}\))?\.\s+(?=[A-Z“\"])")
_WITH_COLON = re.compile(rf"{_TOWN}{_REGION}{{0,3}}\s*(?:\([^)\n]{{2,40}}\))?\s*:\s+(?=[A-Z])")
_BARE = re.compile(
    rf"(?P<town>{_TOWN})(?:/{_TOWN})?{_REGION}?(?:/{_TOWN})?(?:\s*\([^)\n]{{2,40}}\))?\s+(?=(?:The|An?|U\.[SNK]\.|[A-Z][a-z]+)\s)"
)
_FIRST = 3  # paragraphs of a text in which "KORVALI: " opens a report
_SHORTEST = 4  # letters of a town without a dash behind it; "FBI Director" is none


def datelines(text: str, paragraphs: Sequence[Span], *, labelled: bool = False) -> list[Span]:
    """The datelines of a text, each from the start of a paragraph to the first word of the story.

    A dash ends it, or a full stop behind the day, or a colon near the beginning of a text without labels of speakers
    (`labelled`); without one, a town in capitals must be written in small letters, or not at all, wherever else the
    text names it, and be no body.
    """
    found = []
    for number, paragraph in enumerate(paragraphs):
        head = paragraph.of(text)[:_LONGEST]
        colon = None if labelled or number >= _FIRST else _WITH_COLON.match(head)
        if colon is not None and word_list("no_labels").intersection(plain(head.split(":")[0]).split()):
            colon = None
        dash = _WITH_DASH.match(head) or _WITH_STOP.match(head) or colon
        match = dash or _BARE.match(head)
        if match is None:
            continue
        if dash is None:
            town = match["town"]
            body = world().types.get(world().names.get(plain(town), "")) is EntityType.ORGANISATION
            if len(town) < _SHORTEST or body or len(re.findall(rf"\b{re.escape(town)}\b", text)) > 1:
                continue
        found.append(Span(paragraph.start, paragraph.start + match.end()))
    return found
