"""The headline of a page: where it stands on the page, and how it reads without the name of the site."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from quoth.reading.page_stretches import HEADINGS, Stretch

_DIVIDER = re.compile(r"\s+[|–—•·»«:⋆~<>›‹/-]+\s+|\s*[|｜»]\s*")
_HOST = re.compile(r"https?://(?:[^/@]*@)?([^/:?#]+)", re.IGNORECASE)
_SQUASH = re.compile(r"[\W_]+")
_DIVIDERS = 8  # looked at in a title
_LETTER = 1  # of a host's name, which is no name of a site
_PART = 0.5  # share of a title that a heading which is a part of it has


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: the numbers of its stretches, and its words."""

    numbers: range
    words: str


def headline(page: Sequence[Stretch], first: int, titles: Sequence[str], frame: frozenset[Any]) -> Heading | None:
    """The headline of a page; None if there is none.

    In this order, and the nearest above the first paragraph first: a heading that is one of the titles, one that is a
    title without the site's name, one that is a part of a title, another stretch that is a title, the page's only
    `h1` wherever it stands, an `h1`, another heading.

    Args:
        page: the stretches of the page.
        first: number of the first paragraph of the article.
        titles: the titles that the page gives itself, most trustworthy first, maybe with the site's name.
        frame: the elements that hold most of the article.
    """
    wanted = {squash(words): words for title in reversed(titles) for words in reversed(_cuts(title))}
    wholes = [squash(title) for title in titles]
    everywhere = list(_headings(page, titles))
    headings = [heading for heading in everywhere if heading.numbers[0] < first][::-1]
    named = [heading for heading in headings if squash(heading.words) in wanted]
    named.sort(key=lambda heading: squash(heading.words) not in wholes)
    parts = [heading for heading in headings if any(_is_part(squash(heading.words), whole) for whole in wholes)]
    plain = [
        Heading(range(number, number + 1), page[number].text)
        for number in range(first - 1, -1, -1)
        if squash(page[number].text) in wanted and not page[number].apart(frame)
    ]
    tops = [heading for heading in everywhere if page[heading.numbers[0]].within("h1")]
    ours = [heading for heading in headings if not page[heading.numbers[0]].apart(frame)]
    near = [heading for heading in ours if page[heading.numbers[0]].within("h1")]
    usable = [heading for heading in ours if not page[heading.numbers[0]].within("h4", "h5", "h6")]
    sure = named or parts or plain or (tops if len(tops) == 1 else near)
    return next(iter(sure or usable), None)


def without_site(title: str, site: str | None, address: str | None) -> str:
    """A title without the name of the site at its end or beginning.

    Args:
        title: as the page gives it.
        site: the site's name, if the page tells it.
        address: of the page; a site may be called as its host is: "Orven Times » Two docks shut" of orventimes.example.
    """
    host = _HOST.match(address or "")
    called = host[1].split(".")[:-1] if host else []
    names = {squash(name) for name in (site or "", *called) if len(squash(name)) > _LETTER}
    for words in _cuts(title)[1:]:
        if squash(title.replace(words, "", 1)) in names:
            return words
    return title


def squash(words: str) -> str:
    """The letters and digits of some words, without case."""
    return _SQUASH.sub("", words.casefold())


def _headings(page: Sequence[Stretch], titles: Sequence[str]) -> Iterator[Heading]:
    """The headings; of one that holds a title its words alone, of others what does not stand above it."""

    def element(entry: tuple[int, Stretch]) -> Any:  # noqa: ANN401
        number, stretch = entry
        tagged = next((one for one in stretch.around if one.tag in HEADINGS), None)
        return tagged if tagged is not None else (number if stretch.named("title", depth=1) else None)

    for holder, group in groupby(enumerate(page), key=element):
        if holder is None:
            continue
        members = list(group)
        numbers = range(members[0][0], members[-1][0] + 1)
        whole = squash(" ".join(stretch.text for _, stretch in members))
        held = [words for words in titles if whole.endswith(squash(words)) and len(squash(words)) > _PART * len(whole)]
        below = [stretch for _, stretch in members if not stretch.named("kicker", depth=1)]
        called = [stretch for stretch in below if stretch.tag == "span" and stretch.named("title", depth=1)]
        words = " ".join(stretch.text for stretch in called or below) or members[0][1].text
        if whole:  # how the parts of a heading are divided, styles tell, and a title in the page's data shows
            joined = len(members) > 1 or any(part.tag != "br" for part in members[0][1].element)
            own = not held or (squash(words) in map(squash, held) and not joined)
            yield Heading(numbers, words if own else min(held, key=len))


def _is_part(words: str, whole: str) -> bool:
    return bool(words) and words in whole and len(words) > _PART * len(whole)


def _cuts(title: str) -> list[str]:
    """A title whole, without what follows one of its dividers, and without what goes before one."""
    marks = list(_DIVIDER.finditer(title))[:_DIVIDERS]
    cut = [title[: mark.start()] for mark in reversed(marks)] + [title[mark.end() :] for mark in marks]
    return [words for words in (title, *cut) if squash(words)]
