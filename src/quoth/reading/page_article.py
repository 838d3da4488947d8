"""Which stretches of a page belong to its article, and what each is.

What trafilatura found is taken as it is. The page tells what each stretch of it is, and adds what stands at the head
and beside pictures, and paragraphs that stand among those of the article though they were not found.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from quoth.reading import boilerplate
from quoth.reading.datelines import only_stamps, stamps
from quoth.reading.metadata import About
from quoth.reading.page_dates import Printed, printed_days
from quoth.reading.page_stretches import HEADINGS, Stretch, home_of
from quoth.reading.page_title import Heading, headline
from quoth.types import BlockKind, Span

_SQUASH = re.compile(r"[\W_]+")
_NEAR = 50_000  # letters and digits around the last place in which the next one is looked for
_ALIKE = 8  # stretches of the same words of which the one with the right tag is taken
_SENTENCE = 60  # code points of a sentence at the head that tells a part of the story
_PARAGRAPH = 40  # code points of a paragraph among those of the article
_SUMMARY = 30  # letters and digits of a standfirst that is known by what the page tells of itself
_SUMMARY_BEGINS = 60  # ... of which so many are compared, for summaries are cut off
_DATED = 80  # code points of a line of the head that is there for its date
_LEADS_ELSEWHERE = 0.8  # share of link text in a stretch that leads to another page
_ITEM_LEADS = 0.5  # ... and in an item of a list
_LINKS_INSIDE = 0.2  # ... and the most that a paragraph which was not found may have
_SURROUNDINGS = 0.25  # share of the text that may stand below an article in parts called something else
_PLAIN = frozenset({None, BlockKind.PARAGRAPH, BlockKind.LIST})


#: Stretches of an article, each with its number among those of the page, or None where it does not stand there.
Units = list[tuple[int | None, Stretch]]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the article.

    Attributes:
        stretch: its words, and where they stand on the page or, where they were not found there, in the article.
        kind: what the page's structure says it is; None where only its words can tell.
        placed: whether its words stand on the page in one place.
    """

    stretch: Stretch
    kind: BlockKind | None
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Article:
    """The parts of an article in reading order, its headline, and the days printed near it."""

    parts: tuple[Part, ...]
    title: str | None = None
    printed: Printed = field(default_factory=Printed)


def article(page: Sequence[Stretch], found: Sequence[Stretch], known: About) -> Article:
    """The article of a page.

    Args:
        page: the stretches of the page.
        found: the stretches of the article's text as it was found, in the order of the page.
        known: what the page says about itself.
    """
    places = _Places(page)
    units: Units = [unit for piece in found for unit in places.stand(piece)]
    first = _first(units)
    if first is None and (shown := _shown(places, found)):
        units, first = shown, _first(shown)
    if first is None:
        return Article(tuple(Part(one, _kind(one, before=False), placed=n is not None) for n, one in units))
    frame = _frame([stretch for _, stretch in units])
    heading = headline(page, first, known.titles, frame)
    added = deque(_added(places, units, first, heading, known, frame))
    parts: list[Part] = []
    for number, stretch in units:
        while added and number is not None and added[0][0] < number:
            parts.append(added.popleft()[1])
        titled = heading is not None and number in heading.numbers
        before = number is not None and number < first
        kind = BlockKind.TITLE if titled else _kind_of_found(stretch, before=before)
        parts.append(Part(stretch, kind, placed=number is not None))
    parts.extend(part for _, part in added)
    last = max(number for number, _ in units if number is not None)
    printed = printed_days(page, heading.numbers[0] if heading else first, first, last, frame)
    return Article(_without_surroundings(parts, frame), heading.words if heading else None, printed)


def _shown(places: "_Places", found: Sequence[Stretch]) -> Units:
    """The stretches of a page that are in what was found in one piece, as on pages of little text."""
    whole = _squash("".join(piece.text for piece in found))
    return [
        (number, stretch)
        for number, stretch in enumerate(places.page)
        if places.squashed[number] in whole and stretch.linked <= _LEADS_ELSEWHERE and not stretch.apart(frozenset())
    ]


def _first(units: Units) -> int | None:
    """Number of the first stretch of running text that stands on the page."""
    return next((number for number, stretch in units if number is not None and _is_running(stretch)), None)


def _squash(words: str) -> str:
    return _SQUASH.sub("", words.casefold())


class _Places:
    """The stretches of a page, and where words stand among them."""

    def __init__(self, page: Sequence[Stretch]) -> None:
        self.page = page
        self.squashed = [_squash(stretch.text) for stretch in page]
        self.whole = "".join(self.squashed)
        self.ends = list(accumulate(map(len, self.squashed)))
        self.same: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self.squashed):
            self.same[words].append(number)
        self.at = 0

    def stand(self, piece: Stretch) -> Units:
        """A stretch of the article as the stretches of the page in which it stands, each with its number.

        Without a number where the page has no such words in one place.
        """
        words = _squash(piece.text)
        if not words:
            return [(None, piece)]
        if same := self.same.get(words):
            start = bisect_right(self.ends, self.at)
            at = bisect_right(same, start - 1)
            below = same[at : at + _ALIKE] or same[:_ALIKE]
            number = next((number for number in below if self.page[number].tag == piece.tag), below[0])
            self.at = self.ends[number]
            return [(number, self.page[number])]
        begin = self.whole.find(words, self.at, self.at + len(words) + _NEAR)
        if begin < 0:
            begin = self.whole.find(words, max(0, self.at - _NEAR), self.at + len(words))
        if begin < 0:
            return [(None, piece)]
        self.at = begin + len(words)
        first, last = bisect_right(self.ends, begin), bisect_right(self.ends, self.at - 1)
        if self.ends[first] - len(self.squashed[first]) == begin and self.ends[last] == self.at:
            return [(number, self.page[number]) for number in range(first, last + 1) if self.squashed[number]]
        return [(first, replace(self.page[first], text=piece.text))]


def _frame(article_stretches: Sequence[Stretch]) -> frozenset[Any]:
    """The elements that hold most of the article: what they are called says nothing against what they hold.

    Whole pages stand inside `<form>` or `<div class="content-sidebar-wrap">`.
    """
    held: Counter[Any] = Counter()
    for stretch in article_stretches:
        held.update(dict.fromkeys(stretch.around, len(stretch.text)))
    whole = sum(len(stretch.text) for stretch in article_stretches)
    return frozenset(element for element, size in held.items() if size > whole / 2)


def _added(
    places: _Places,
    units: Units,
    first: int,
    heading: Heading | None,
    known: About,
    frame: frozenset[Any],
) -> list[tuple[int, Part]]:
    """What belongs to the article though it was not found, each with its number: head, captions, paragraphs."""
    inside = {number for number, _ in units}
    last = max(number for number in inside if number is not None)
    homes = {stretch.home for number, stretch in units if number is not None and number >= first and stretch.tag == "p"}
    summaries = [_squash(words) for words in known.summaries]
    added: list[tuple[int, Part]] = []
    for number in range(min(heading.numbers) if heading else first, len(places.page)):
        if number in inside:
            continue
        stretch, before = places.page[number], number < first
        if heading and number in heading.numbers:
            added.append((number, Part(stretch, BlockKind.TITLE)))
        elif stretch.apart(frame):
            continue
        elif before and _sums_up(places.squashed[number], summaries):
            added.append((number, Part(stretch, None if _tells(stretch.text) else BlockKind.SUBTITLE)))
        elif (number < last and _is_furniture(stretch, before=before)) or (
            not before and _is_among(stretch, homes, inside=number < last)
        ):
            added.append((number, Part(stretch, _kind(stretch, before=before))))
    return added


def _without_surroundings(parts: Sequence[Part], frame: frozenset[Any]) -> tuple[Part, ...]:
    """The parts, those above the first paragraph and below the last that stand in what is called something else.

    "Release date", in an element called a label; what is told of the author, in one called a biography.
    """
    first = next((number for number, part in enumerate(parts) if _is_running(part.stretch)), 0)
    last = max((number for number, part in enumerate(parts) if not part.stretch.apart(frame)), default=len(parts))
    sizes = [len(part.stretch.text) for part in parts]
    if sum(sizes[last + 1 :]) > _SURROUNDINGS * sum(sizes):
        last = len(parts)  # too much for what stands below an article: the names are misleading
    return tuple(
        replace(part, kind=BlockKind.RELATED)
        if part.kind in _PLAIN and not first <= number <= last and part.stretch.apart(frame)
        else part
        for number, part in enumerate(parts)
    )


def _is_running(stretch: Stretch) -> bool:
    """Whether a stretch is a paragraph of the article and not a part of its head."""
    return (
        stretch.tag not in HEADINGS
        and _ends_a_sentence(stretch)
        and not stretch.within("figure", "figcaption", "header")
        and not only_stamps(stretch.text, Span(0, len(stretch.text)))
    )


def _is_among(stretch: Stretch, homes: Set[Any], *, inside: bool) -> bool:
    """Whether a stretch is plainly a paragraph beside those of the article, or a quotation set among them."""
    if not _ends_a_sentence(stretch):
        return False
    if inside and stretch.within("blockquote"):
        return any(home_of(element) in homes for element in stretch.around)
    long = stretch.tag == "p" and len(stretch.text) >= _PARAGRAPH
    return long and stretch.linked < _LINKS_INSIDE and stretch.home in homes


def _tells(words: str) -> bool:
    """Whether a stretch of the head is a whole sentence of some length: then it tells a part of the story."""
    return len(words) >= _SENTENCE and boilerplate.ends_a_sentence(words, Span(0, len(words)))


def _ends_a_sentence(stretch: Stretch) -> bool:
    return boilerplate.ends_a_sentence(stretch.text, Span(0, len(stretch.text)))


def _sums_up(words: str, summaries: Sequence[str]) -> bool:
    """Whether words are what the page tells of itself, or go on where that was cut off."""
    return len(words) >= _SUMMARY and any(
        words[:_SUMMARY_BEGINS] == summary[:_SUMMARY_BEGINS] or (len(summary) >= _SUMMARY and words.startswith(summary))
        for summary in summaries
    )


def _is_furniture(stretch: Stretch, *, before: bool) -> bool:
    """Whether a stretch that was not found is a caption, or what stands at the head: standfirst, by-line, date."""
    if stretch.tag in HEADINGS:
        return False
    kind = _kind(stretch, before=before)
    if before and (kind in {BlockKind.DATE, BlockKind.BYLINE} or stretch.named("subtitle", depth=2)):
        return True
    return kind is BlockKind.CAPTION


def _kind_of_found(stretch: Stretch, *, before: bool) -> BlockKind | None:
    """What a stretch that was found is: running text that does nothing but lead to other pages is promotion."""
    kind = _kind(stretch, before=before)
    most = _ITEM_LEADS if kind is BlockKind.LIST else _LEADS_ELSEWHERE
    leads = stretch.linked > most and not _ends_a_sentence(stretch)
    return BlockKind.RELATED if leads and kind in _PLAIN else kind


def _names_a_table(stretch: Stretch) -> bool:
    return stretch.tag == "caption" and len(stretch.around) > 1 and stretch.around[1].tag == "table"


def _kind(stretch: Stretch, *, before: bool) -> BlockKind | None:  # noqa: PLR0911  a table of cases
    """What the page's structure says a stretch is; None where only its words can tell."""
    whole = Span(0, len(stretch.text))
    if stretch.tag == "table":
        return BlockKind.TABLE
    if stretch.within("figcaption") or stretch.named("caption", depth=2) or _names_a_table(stretch):
        return BlockKind.CAPTION
    if stretch.within("figure") and not stretch.within("blockquote"):
        return BlockKind.CAPTION
    if stretch.tag == "time" or only_stamps(stretch.text, whole):
        return BlockKind.DATE
    if stretch.within("blockquote"):
        return BlockKind.QUOTE
    if before and (boilerplate.byline(stretch.text, whole) or stretch.named("byline", depth=2)):
        return BlockKind.BYLINE
    if boilerplate.promotion(stretch.text, whole):
        return BlockKind.RELATED
    if stretch.tag in HEADINGS:
        return BlockKind.PARAGRAPH
    if before and len(stretch.text) <= _DATED and next(stamps(stretch.text, *whole), None) is not None:
        return BlockKind.DATE
    if before and stretch.named("subtitle", depth=2) and not _tells(stretch.text):
        return BlockKind.SUBTITLE
    return BlockKind.LIST if stretch.tag == "li" else None
