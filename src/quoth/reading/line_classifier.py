"""A stretch of text as its parts, each with the kind that its own words tell."""

import re
from collections.abc import Iterator

from quoth.reading import boilerplate
from quoth.reading.blocks import is_table, item_mark
from quoth.reading.datelines import Stamp, glued, later, only_stamps, stamps
from quoth.reading.headlines import Line
from quoth.reading.reading_tables import cues
from quoth.types import BlockKind, Span

#: Dates of publication found on the way, each with whether it names a later change.
Dates = list[tuple[Stamp, bool]]

_FURNITURE_LONGEST = 700  # a longer stretch is running text; nothing but its two ends is looked at
_NAME_AND_DATE = 80  # code points
_DIVIDERS = ",|–—-•·:"
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")


def lines(text: str, span: Span, dates: Dates, *, edge: bool) -> Iterator[Line]:
    """A stretch as one or more parts, each with the kind its own words tell.

    Args:
        text: the whole text.
        span: the stretch.
        dates: receives the dates of publication found on the way.
        edge: whether the stretch is near the head or the foot of the text, where by-lines and dates stand.
    """
    found = _at_edge(text, span, dates) if edge else None
    if found is not None:
        yield from found
        return
    if edge and (cut := glued(text, span)) is not None:
        dates.append((cut[1], later(text, cut[1], span.start)))
        yield Line(cut[0], BlockKind.DATE)
        span = _without_lead(text, cut[0].end, span.end)
        if span.length and boilerplate.ends_a_sentence(text, span):
            yield Line(span, BlockKind.PARAGRAPH)  # and no headline, short as it may be
            return
    kind, begin = _inner(text, span) if 0 < span.length <= _FURNITURE_LONGEST else (None, span.start)
    if kind is not None:
        yield Line(Span(begin, span.end), kind)
    elif span.length:
        yield from _running(text, span)


def _at_edge(text: str, span: Span, dates: Dates) -> list[Line] | None:
    """The parts of a line of names and dates alone; None if it is another."""
    kind, begin = _edge(text, span, dates)
    if kind is not None:
        return [Line(Span(begin, span.end), kind)]
    if (split := _byline_and_date(text, span)) is not None:
        found, stamp = (
            [Line(split[0], BlockKind.BYLINE), Line(Span(split[1].span.start, span.end), BlockKind.DATE)],
            split[1],
        )
    elif (reverse := _date_and_byline(text, span)) is not None:
        stamp = reverse[0]
        found = [Line(Span(span.start, stamp.span.end), BlockKind.DATE), Line(reverse[1], BlockKind.BYLINE)]
    elif (printed := _name_and_date(text, span)) is not None:
        found, stamp = [Line(span, BlockKind.DATE)], printed
    else:
        return None
    dates.append((stamp, later(text, stamp, span.start)))
    return found


def _edge(text: str, span: Span, dates: Dates) -> tuple[BlockKind | None, int]:
    """What a stretch is that could only be so at the head or foot of a text."""
    mail = cues().mail.match(text, *span)
    if mail is not None and span.length <= _FURNITURE_LONGEST:
        return _mail_head(text, span, mail, dates)
    found = only_stamps(text, span)
    if found:
        dates.extend((stamp, later(text, stamp, span.start)) for stamp in found)
        return BlockKind.DATE, span.start
    if boilerplate.byline(text, span) and _byline_and_date(text, span) is None:
        return BlockKind.BYLINE, span.start
    return None, span.start


def _mail_head(text: str, span: Span, mail: re.Match[str], dates: Dates) -> tuple[BlockKind | None, int]:
    name = mail[1].casefold()
    begin = _without_lead(text, mail.end(), span.end).start
    if begin >= span.end:
        return BlockKind.RELATED, span.start
    if name == "subject":
        return BlockKind.TITLE, begin
    if name in {"date", "sent"}:
        found = list(stamps(text, begin, min(span.end, begin + 80)))
        if not found or found[0].span.end < span.end - 30:
            return None, span.start
        dates.append((found[0], False))
        return BlockKind.DATE, span.start
    if name == "from":
        return BlockKind.BYLINE, span.start
    return BlockKind.RELATED, span.start


def _inner(text: str, span: Span) -> tuple[BlockKind | None, int]:
    """What a stretch is wherever it stands, and where its words begin."""
    if text[span.start] == ">" and (quoted := _without_lead(text, span.start + 1, span.end)).length:
        return BlockKind.QUOTE, quoted.start
    if is_table(text, span):
        return BlockKind.TABLE, span.start
    if boilerplate.promotion(text, span):
        return BlockKind.RELATED, span.start
    if boilerplate.caption(text, span):
        return BlockKind.CAPTION, span.start
    if text[span.start] == "#" and (mark := _HEADING.match(text, *span)):
        return (BlockKind.TITLE if len(mark[1]) == 1 else BlockKind.SUBTITLE), mark.end()
    length, sure = item_mark(text, span)
    return (BlockKind.LIST, span.start + length) if length and sure else (None, span.start)


def _running(text: str, span: Span) -> Iterator[Line]:
    """Running text, less the credits and promotions glued into it."""
    promotion = boilerplate.glued_promotion(text, span)
    end = promotion.start if promotion else span.end
    at = span.start
    for credit in boilerplate.credits_inside(text, Span(span.start, end)):
        before = Span(at, credit.start).trimmed(text)
        if (
            at == span.start
            and before.length
            and before.length <= boilerplate.SHORT_CAPTION
            and boilerplate.sentences_inside(text, before) == 1
        ):
            credit = Span(before.start, credit.end)  # noqa: PLW2901  "The pier at dusk. [Photo by ...] The minister said"
        elif before.length:
            yield Line(before, None)
        yield Line(credit, BlockKind.CAPTION)
        at = credit.end
    rest = Span(at, end).trimmed(text)
    if rest.length:
        yield Line(rest, None)
    if promotion:
        yield Line(promotion, BlockKind.RELATED)


def _byline_and_date(text: str, span: Span) -> tuple[Span, Stamp] | None:
    """The two parts of "By Mira Coll | 2 May 2031"."""
    if span.length > boilerplate.BYLINE_LONGEST:
        return None
    stamp = next(stamps(text, *span), None)
    if stamp is None or stamp.span.start == span.start or not only_stamps(text, Span(stamp.span.start, span.end)):
        return None
    end = stamp.span.start
    lead = re.search(
        r"[\s|,•·–—\-/]*(?:(?:published|posted|updated|on)[\s:]*(?:on\s+)?)?\Z", text[span.start : end], re.IGNORECASE
    )
    before = Span(span.start, span.start + lead.start() if lead else end).trimmed(text)
    return (before, stamp) if before.length and boilerplate.byline(text, before) else None


def _name_and_date(text: str, span: Span) -> Stamp | None:
    """The date of "Harbour Gazette, 2 May 2031" or "Tarn Bay, 2 May 2031", where it is not the first line of a text."""
    if span.length > _NAME_AND_DATE or not text[: span.start].strip():
        return None
    stamp = next(stamps(text, *span), None)
    if stamp is None or stamp.span.start == span.start or not only_stamps(text, Span(stamp.span.start, span.end)):
        return None
    before = text[span.start : stamp.span.start].rstrip()
    named = before[-1:] in _DIVIDERS and boilerplate.names_alone(before.rstrip(_DIVIDERS + " "))
    return stamp if named else None


def _date_and_byline(text: str, span: Span) -> tuple[Stamp, Span] | None:
    """The two parts of "2 May 2031 by Mira Coll"."""
    if span.length > boilerplate.BYLINE_LONGEST:
        return None
    stamp = next(stamps(text, *span), None)
    if stamp is None or not only_stamps(text, Span(span.start, stamp.span.end)):
        return None
    rest = _without_lead(text, stamp.span.end, span.end)
    return (stamp, rest) if rest.length and boilerplate.byline(text, rest) else None


def _without_lead(text: str, start: int, end: int) -> Span:
    """What is left of a stretch without the marks that divided it from what was cut off before it."""
    while start < end and (text[start].isspace() or text[start] in "|:–—-•·>,."):
        start += 1
    return Span(start, end).trimmed(text)
