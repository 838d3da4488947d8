"""The day on which a page was published: as its data tell it, as it is printed near the article, or in its address."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from quoth.reading.datelines import later, only_stamps, says_later, stamps
from quoth.reading.page_stretches import HEADINGS, Stretch
from quoth.types import Span

_LONGEST = 100  # code points of a line of the head that is there for its date
_ABOVE, _INSIDE, _BELOW = 12, 5, 12  # stretches above the headline, from the first paragraph on, and below the article
_MOVED = timedelta(days=30)
_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?!\d)")


@dataclass(frozen=True, slots=True)
class Printed:
    """The days printed on a page, ISO 8601 (day, or day and minute); days of a later change are left out.

    Attributes:
        head: between the headline and the first paragraph.
        near: above the headline, among the first paragraphs or below the article, alone on their line; or the only day
            of all the page's `time` elements.
    """

    head: str | None = None
    near: str | None = None


def printed_days(page: Sequence[Stretch], top: int, first: int, last: int, frame: frozenset[Any]) -> Printed:
    """The days printed near an article.

    Args:
        page: the stretches of the page.
        top: number of the headline's stretch.
        first: number of the first paragraph.
        last: number of the article's last stretch.
        frame: the elements that hold most of the article.
    """
    of_change = {number + 1 for number, stretch in enumerate(page) if says_later(stretch.text)}
    head = next((day for n in range(top, first) if n not in of_change for day in _days(page[n], whole=False)), None)
    above, below = range(top - 1, max(-1, top - _ABOVE), -1), range(last, min(len(page), last + _BELOW))
    inside = range(first, min(len(page), first + _INSIDE))
    near = [
        page[number]
        for number in (*above, *inside, *below)
        if number not in of_change
        and not page[number].apart(frame)
        and (number < last or page[number].text[:1].isalpha())
    ]
    alone = next((day for stretch in near for day in _days(stretch, whole=True)), None)
    timed = (page[n] for n in range(len(page)) if page[n].tag == "time" and n not in of_change)
    times = {day[:10]: day for stretch in timed for day in _days(stretch, whole=True)}
    return Printed(head, alone or (next(iter(times.values())) if len(times) == 1 else None))


def published(told: str | None, printed: Printed, other: str | None, url: str | None) -> str | None:
    """The day of publication.

    Args:
        told: what the page's data say. The day printed in the head goes before it, where the two differ: it is what a
            reader of the page sees.
        printed: what is printed on the page.
        other: what the article's own words tell, in a dateline or on its last lines.
        url: the page's address; where a day in it is much earlier than what the data say, these tell of a move.
    """
    addressed = _day_of_address(url)
    if told and printed.head and told[:10] != printed.head[:10]:
        return printed.head
    if told and addressed and date.fromisoformat(told[:10]) - date.fromisoformat(addressed) > _MOVED:
        return addressed
    return told or printed.head or other or printed.near or addressed


def _days(stretch: Stretch, *, whole: bool) -> Iterator[str]:
    """The days of a line that is there for them: with nothing beside them, if `whole`."""
    text = stretch.text
    if stretch.within("figure", "figcaption") or len(text) > _LONGEST:
        return
    printed = only_stamps(text, Span(0, len(text))) if whole else tuple(stamps(text, 0, len(text)))
    exact = next(stamps(stretch.when, 0, len(stretch.when)), None) if stretch.when else None
    if exact is not None and exact.value and stretch.tag == "time" and len(printed) <= 1:
        if not printed or not later(text, printed[0], 0):
            yield exact.value
        return
    for stamp in printed:
        if stamp.span.start and stretch.within(*HEADINGS):
            return  # "Week of 14 to 20 January 2031"
        if stamp.value and not later(text, stamp, 0):
            yield stamp.value


def _day_of_address(url: str | None) -> str | None:
    """The day in an address such as `https://gazette.example/2031/03/02/ferry`."""
    match = _ADDRESS.search(url or "")
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None
