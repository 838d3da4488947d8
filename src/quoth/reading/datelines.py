"""Dates of publication, as pages and papers print them: alone on a line, beside a byline, glued to the first words.

The dates inside running text belong to `quoth.doc.dates`; this file reads only the furniture around a text, in more
languages, and with the time of day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from quoth.reading.reading_tables import load
from quoth.types import Span

_LONGEST = 160  # code points of a line that can be nothing but a date
_DATELINE = 110  # code points of the first words in which a dateline gives the day
_FIRST_YEAR, _LAST_YEAR = 1600, 2199
_MONTHS = 12
_THIS_CENTURY = 2000  # of a year of two digits: "02.05.31"; what is read was mostly published on the web
_NOON = 12


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as printed.

    Attributes:
        span: the words, with the time of day where one follows.
        value: ISO 8601 day or day and minute, as printed (no time zone is applied); None for an ambiguous one.
        spelled: whether the month is a word.
    """

    span: Span
    value: str | None
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class _Tables:
    months: dict[str, int]
    furniture: frozenset[str]
    later: tuple[str, ...]
    glued: re.Pattern[str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    raw, words = load("months.toml"), load("cues.toml")["date"]
    months = {
        name: number
        for names in raw["months"].values()
        for number, forms in enumerate(names, 1)
        for name in forms.split()
    }
    weekdays = {day for days in raw["weekdays"].values() for day in days.split()}
    glued = "|".join(sorted(map(re.escape, words["glued"]), key=len, reverse=True))
    return _Tables(
        months=months,
        furniture=frozenset(words["words"]) | weekdays | {"n", "s"},
        later=tuple(words["later"]),
        glued=re.compile(rf"(?:{glued})\s*[:\-–]?\s*", re.IGNORECASE),
    )


_MONTH = r"(?P<{0}>[^\W\d_]{{3,14}})\.?"
_TIME = (
    r"(?:(?:\s*[,|•·@–—-]\s*|\s+)(?:(?:at|um|à|a las|alle|ore|kl\.?|saat|om|às|em|в)\s+)?|T)"
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d)(?:[:.][0-5]\d(?:\.\d+)?)?)?"
    r"(?P<half>\s?(?:[ap]\.m\.|[ap]m\b))?(?P<zone>Z\b|[+-]\d\d:?\d\d)?"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.|-?\s?го)?"
_YEAR = r"(?P<{0}>\d{{4}})"
_CORE = re.compile(
    rf"(?<![\w/.-])(?:{_YEAR.format('y1')}(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?![\d/-])"
    rf"|{_DAY.format('d2')}[\s-]{{1,2}}(?:(?:of|de|di)\s)?{_MONTH.format('w2')},?[\s-]{{1,2}}(?:(?:de|del)\s)?{_YEAR.format('y2')}\b"
    rf"|{_MONTH.format('w3')}\s{{1,2}}{_DAY.format('d3')},?\s{{1,2}}{_YEAR.format('y3')}\b"
    rf"|{_YEAR.format('y4')}\.?\s{_MONTH.format('w4')}\s{_DAY.format('d4')}"
    r"|(?P<d7>\d\d)\.(?P<m7>\d\d)\.(?P<y7>\d\d)(?![\w.-])"
    rf"|(?P<a>\d{{1,2}})(?P<s5>[./-])(?P<b>\d{{1,2}})(?P=s5){_YEAR.format('y5')}(?![\d/-])"
    rf"|{_YEAR.format('y6')}\s?[年년]\s?(?P<m6>\d{{1,2}})\s?[月월]\s?(?P<d6>\d{{1,2}})\s?[日일])",
)
_AFTER_DATELINE = re.compile(r"\.?\s*[)/\]]?\s*(?:\([^()\n]{2,30}\)|/[^/\n]{2,30}/)?\.?\s*(?:--?|–|—|:|\()")
_STOPPED = re.compile(r"\s*(?:\([^()\n]{2,30}\))?\.\s+(?=[“\"«„‘'(]?[^\W\d_a-z])")  # "ORVANE, 3 May 2031. The minister"
_TOWN = re.compile(r"[^\W\d_a-z][^\W_a-z.'’ -]+(?:/[^\W_a-z.'’ -]+)?(?:,\s+[^\W\d_][\w. ]{1,20})?,\s*")
_IN_TITLE = re.compile(r"(?:[,(\[|:·•]|\s[–—-])\s*\Z")
_FOLLOWING_TIME = re.compile(_TIME, re.IGNORECASE)


def stamps(text: str, start: int, end: int) -> Iterator[Stamp]:
    """The complete dates in `text[start:end]`, in reading order."""
    for match in _CORE.finditer(text, start, end):
        found = _read(match)
        if found is None:
            continue
        value, spelled = found
        stop = match.end()
        time = _FOLLOWING_TIME.match(text, stop, end)
        if time is not None and (time["minute"] or time["half"]):
            stop = time.end()
            value = f"{value}T{_clock(time)}" if value else None
        yield Stamp(Span(match.start(), stop).trimmed(text), value, spelled)


def _clock(time: re.Match[str]) -> str:
    hour, half = int(time["hour"]), (time["half"] or "").strip().lower()
    if half.startswith("p") and hour < _NOON:
        hour += _NOON
    elif half.startswith("a") and hour == _NOON:
        hour = 0
    return f"{hour % 24:02}:{time['minute'] or '00'}"


def _read(match: re.Match[str]) -> tuple[str | None, bool] | None:
    """Value and whether the month is a word; None if this is no date at all."""
    group = match.groupdict()
    for year, month, day in (("y1", "m1", "d1"), ("y6", "m6", "d6")):
        if group[year]:
            return _numbers(int(group[year]), int(group[month]), int(group[day]))
    if group["y7"]:
        return _numbers(_THIS_CENTURY + int(group["y7"]), int(group["m7"]), int(group["d7"]))
    for year, word, day in (("y2", "w2", "d2"), ("y3", "w3", "d3"), ("y4", "w4", "d4")):
        if group[year]:
            number = _tables().months.get(group[word].casefold())
            found = _numbers(int(group[year]), number, int(group[day])) if number else None
            return (found[0], True) if found else None
    first, second, year_number = int(group["a"]), int(group["b"]), int(group["y5"])
    if group["s5"] == "." or first > _MONTHS or first == second:
        return _numbers(year_number, second, first)
    if second > _MONTHS:
        return _numbers(year_number, first, second)
    return None, False  # 02/05/2031: May or February, depending on the country


def _numbers(year: int, month: int, day: int) -> tuple[str, bool] | None:
    try:
        return (date(year, month, day).isoformat(), False) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def only_stamps(text: str, span: Span) -> tuple[Stamp, ...]:
    """The dates of a line that holds nothing but dates ("Published: 2 May 2031 | Updated 3 May 2031"); else none."""
    if span.length > _LONGEST:
        return ()
    found = tuple(stamps(text, *span))
    if not found:
        return ()
    rest, at = [], span.start
    for stamp in found:
        rest.append(text[at : stamp.span.start])
        at = stamp.span.end
    rest.append(text[at : span.end])
    words = re.findall(r"[^\W\d_]+(?:\.[^\W\d_]\.)?", " ".join(rest).casefold())
    furniture = _tables().furniture
    return found if all(word in furniture or word.rstrip(".") in furniture for word in words) else ()


def later(text: str, stamp: Stamp, start: int) -> bool:
    """Whether the words between `start` and the date name a later change ("Updated") and not the publication."""
    before = text[start : stamp.span.start].casefold()[-30:]
    return any(word in before for word in _tables().later)


def says_later(label: str) -> bool:
    """Whether words by themselves ("Last updated:") name a later change and nothing else."""
    words, tables = label.casefold().strip(" :|•·–—-"), _tables()
    for word in tables.later:
        if word in words:
            return all(one in tables.furniture for one in words.replace(word, " ").split())
    return False


def glued(text: str, span: Span) -> tuple[Span, Stamp] | None:
    """The date before the first words of a line, if one is glued there: its extent with its furniture, and the date.

    "date 2031-05-02 The harbour master said" and "2 May 2031 The harbour master said" begin with one; "On 2 May 2031
    the harbour master said" and "2 May 2031 was a Friday" do not.
    """
    cue = _tables().glued.match(text, span.start, span.end)
    begin = cue.end() if cue else span.start
    stamp = next(stamps(text, begin, min(span.end, begin + _LONGEST)), None)
    if stamp is None or text[begin : stamp.span.start].strip(" :-–(\t"):
        return None
    after = stamp.span.end
    while after < span.end and text[after] in " \t\xa0|:–—-•·.,)":
        after += 1
    if after >= span.end or after == stamp.span.end or text[stamp.span.end] == ",":
        return None
    if not cue and not (text[after].isupper() or text[after] in "“\"«„‘'"):
        return None
    return Span(span.start, stamp.span.end), stamp


def dateline(text: str, span: Span) -> str | None:
    """The day in the first words of a paragraph: "TARN BAY, 2 May 2031 (Seaboard Agency) - The minister said"."""
    end = min(span.end, span.start + _DATELINE)
    for stamp in stamps(text, span.start, end):
        before = text[span.start : stamp.span.start].rstrip()
        if _AFTER_DATELINE.match(text, stamp.span.end) and (not before or before[-1] in ",(–—-:|/"):
            return stamp.value
        if _STOPPED.match(text, stamp.span.end) and _TOWN.fullmatch(text, span.start, stamp.span.start):
            return stamp.value
    return None


def title_date(text: str, span: Span) -> str | None:
    """The day that ends a title: "Press briefing, 4 June 2031", "Sale of the mill (4 June 2031)"; not "from 4 June"."""
    found = list(stamps(text, *span))
    if not found or text[found[-1].span.end : span.end].strip(" )]."):
        return None
    before = text[span.start : found[-1].span.start].rstrip(" ,.")
    if before.rpartition(" ")[2].casefold() in _tables().furniture:
        before = before.rpartition(" ")[0]  # "Ministry of Gardens, Monday 6 May 2031"
    else:
        before = text[span.start : found[-1].span.start]
    return found[-1].value if _IN_TITLE.search(before) else None
