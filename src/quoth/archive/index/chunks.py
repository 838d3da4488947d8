"""Units: the stretches of a document that the index points at, about a paragraph or two each."""

import re

from quoth.types import Span

UNIT_LENGTH = 1200  # code points; long enough for few entries, short enough to be read again at every question
_LONGEST = 1800  # a unit is cut here even inside a sentence (tables, lists without a full stop)
_CUT = re.compile(r"\n|[.!?][\"'”’)\]]*\s")


def units(text: str) -> list[Span]:
    """Consecutive stretches that together are `text`; cut after a line or a sentence where one ends near enough."""
    found: list[Span] = []
    start = 0
    while len(text) - start > _LONGEST:
        cut = _CUT.search(text, start + UNIT_LENGTH, start + _LONGEST)
        end = cut.end() if cut else _between_words(text, start + UNIT_LENGTH)
        found.append(Span(start, end))
        start = end
    found.append(Span(start, len(text)))
    return found


def _between_words(text: str, place: int) -> int:
    """The next place at which no word is cut; `place` itself where there is none near."""
    for near in range(place, min(place + 100, len(text))):
        if text[near].isspace():
            return near + 1
    return place
