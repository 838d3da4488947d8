"""Dates of a text, with their offsets, resolved against the day of publication.

A value is ISO 8601, as exact as the words allow: `2031-05-02`, `2031-05` ("last month"), `2031` ("in 2031"), or
`--05-02` where the year is not told. Words that cannot be resolved (an ambiguous `02/05/2031`, a weekday without a day
of publication) keep their span and have no value.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from quoth.doc.folding import fold
from quoth.types import Span


class DateKind(StrEnum):
    """How a date is given."""

    DAY = "day"
    WEEKDAY = "weekday"
    MONTH = "month"
    YEAR = "year"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text gives it.

    Attributes:
        span: the words.
        kind: how it is given.
        value: ISO 8601, complete or partial; None where the words cannot be resolved.
        weekday: 0 (Monday) to 6 where a weekday is named, also beside a full date.
        year: whether the words tell the year.
        offset: for a day, week, month or year told from the day of speaking ("tomorrow", "a day earlier"): how many,
            and of what.
    """

    span: Span
    kind: DateKind
    value: str | None
    weekday: int | None = None
    year: bool = False
    offset: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class _Tables:
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    relative: Mapping[str, int]
    counts: Mapping[str, int]
    first_words: frozenset[str]
    counts_and_articles: frozenset[str]
    pattern: re.Pattern[str]


#: Words before a weekday or a month that move it into the future.
_FUTURE = re.compile(
    r"\b(?:will|shall|next|coming|upcoming|until|till|by|scheduled|due|plans?|expected|to be)\b", re.IGNORECASE
)
_CLAUSE_CHARS = 60  # how far before a weekday its clause is searched for signs of the future
_BEFORE_YEAR = re.compile(
    r"(?:^|[(–—-]|\b(?:in|since|until|till|by|from|to|of|during|after|before|the|early|late|mid|and|or|around|circa|"
    r"summer|autumn|fall|winter|spring|en|im|seit|desde|depuis|dans))\s*\Z",
    re.IGNORECASE,
)
_AFTER_YEAR = re.compile(r"\s*(?:[,.;:)]|\Z)")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_UNIT_AFTER = re.compile(r"\s+(?:day|week|month|year)", re.IGNORECASE)
#: Whether a date can begin with a word: never, where a unit of time follows, always.
_NEVER, _COUNTED, _ALWAYS = range(3)
_NEAR_CHARS = 12  # the word before a year
_MONTHS_A_YEAR = 12
_ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
            "twenty-second",
            "twenty-third",
            "twenty-fourth",
            "twenty-fifth",
            "twenty-sixth",
            "twenty-seventh",
            "twenty-eighth",
            "twenty-ninth",
            "thirtieth",
            "thirty-first",
        ],
        1,
    )
}


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    raw = tomllib.loads((files("quoth.lexicon") / "dates.toml").read_text(encoding="utf-8"))
    months = {name: int(number) for number, names in raw["months"].items() for name in names}
    weekdays = {name: int(number) for number, names in raw["weekdays"].items() for name in names}
    short = {name: int(number) for number, names in raw["weekdays_short"].items() for name in names}
    long_months = "|".join(sorted((_accented(name) for name in months), key=len, reverse=True))
    alone = "|".join(name.capitalize() for name in raw["alone"])
    days = "|".join(sorted((_accented(name) for name in weekdays), key=len, reverse=True))
    shorts = "|".join(sorted(short, key=len, reverse=True))
    counts = "|".join(sorted(raw["counts"], key=len, reverse=True))
    relative = "|".join(sorted(map(re.escape, raw["relative"]), key=len, reverse=True))
    lead = rf"(?:(?P<lead>(?i:{days})|(?i:{shorts})\b\.?),?\s+(?:the\s+)?)?"
    year = r"(?P<{}>(?:1[5-9]|20|21)\d\d)"
    day = r"(?P<{}>0?[1-9]|[12]\d|3[01])"
    ordinals = "|".join(sorted(_ORDINALS, key=len, reverse=True))
    may = "|".join(rf"(?<=(?i:\b{word})\s)" for word in raw["before_month"])
    parts = (
        r"(?P<iso>(?<![\w-])(?:1[5-9]|20|21)\d\d[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01])(?!\d))",
        rf"(?<!\w){lead}(?P<mdy>(?P<m1>(?i:{long_months}))\b(?:\.(?=,?\s*\d))?\s+{day.format('d1')}(?:st|nd|rd|th)?\b"
        rf"(?!\s*(?:per\s?cent|%|million|billion))(?:,?\s+{year.format('y1')}\b(?![-/]))?)",
        rf"(?<!\w){lead.replace('<lead>', '<lead2>')}(?P<dmy>(?<![\d.,])\b{day.format('d2')}"
        rf"(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?"
        rf"(?P<m2>(?i:{long_months}))\b(?:\.(?=,?\s*\d))?(?:,?\s+(?:de\s+)?{year.format('y2')}\b(?![-/]))?)",
        rf"(?P<omy>(?<!\w)(?i:(?P<o1>{ordinals}))\s+(?:day\s+)?of\s+(?P<m6>(?i:{long_months}))\b(?:,?\s+{year.format('y5')}\b)?)",
        rf"(?P<moy>(?<!\w)(?P<m7>(?i:{long_months}))\s+(?:the\s+)?(?i:(?P<o2>{ordinals}))\b(?:,?\s+{year.format('y6')}\b)?)",
        r"(?P<num>(?<![\w./-])(?P<n1>\d{1,2})(?P<sep>[./])(?P<n2>\d{1,2})(?P=sep)(?P<y3>(?:1[5-9]|20|21)\d\d)(?![\w/]))",
        rf"(?<!\w)(?P<my>(?P<m4>(?i:{long_months}))\b(?:\.(?=,?\s*\d))?,?\s+(?:of\s+)?{year.format('y4')}\b)",
        rf"(?P<rel>(?<!\w)(?i:{relative})(?!\w))",
        rf"(?P<ago>(?<!\w)(?P<n>\d{{1,3}}|(?i:{counts}))\s+(?P<unit>day|week|month|year)s?\s+ago(?!\w))",
        r"(?P<told>(?<!\w)(?i:(?:the\s+)?(?P<tn>next|following|previous|same)\s+(?P<tu>day|week|month|year)"
        r"|(?:an?|one|the)\s+(?P<tu2>day|week|month|year)\s+(?P<tn2>before|earlier|previously|later|after|afterwards?)"
        r"|that\s+(?P<tu3>day))(?!\w))",
        r"(?P<period>(?<!\w)(?P<which>(?i:last|this|next))\s+(?P<what>week|month|year)(?!\w))",
        rf"(?P<wd>(?<!\w)(?:(?P<side>(?i:last|next|this))\s+)?(?P<w>(?i:{days}))(?!\w))",
        rf"(?P<mon>(?<!\w)(?:(?P<mside>(?i:last|next|this))\s+)?(?P<m5>{alone}|(?:{may})May|May(?=\s*[,.;]|\s+(?:and|when|as)\b))(?!\w))",
        r"(?P<year>(?<![\w.,$€£/:-])(?:1[5-9]|20)\d\d(?![\w%/:-]|[.,]\d|['’]s\b))",
    )
    first = {name.split("-")[0] for name in (*months, *weekdays, *short)} | {"last", "this", "next"}
    first |= {"following", "previous", "same", "that", "one"}
    first |= set(_ORDINALS) | {name.split("-")[0] for name in _ORDINALS}
    first |= {phrase.split()[0] for phrase in raw["relative"]} - {"the"}
    return _Tables(
        months=months,
        weekdays=weekdays | short,
        relative=raw["relative"],
        counts=raw["counts"],
        first_words=frozenset(first),
        counts_and_articles=frozenset(raw["counts"]) | {"the"},
        pattern=re.compile("|".join(parts)),
    )


_VARIANTS = {"a": "aàáâãä", "e": "eèéêë", "i": "iìíîï", "o": "oòóôõö", "u": "uùúûü", "c": "cç", "n": "nñ"}


def _accented(name: str) -> str:
    """A pattern for a folded name that matches it with its accents."""
    return "".join(f"[{_VARIANTS[c]}]" if c in _VARIANTS else re.escape(c) for c in name)


def parse_day(value: str | None) -> date | None:
    """The day of a complete ISO date (a time after it is left aside), or None."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def dates(text: str, published: str | None = None) -> list[DateMention]:
    """The dates of `text` in reading order, none overlapping.

    Args:
        text: any text.
        published: ISO 8601 date or date and time of its publication, against which "Thursday" is resolved.

    Returns:
        Mentions with spans into `text`. A bare weekday is the last one up to the day of publication, unless words such
        as "will" or "next" before it point ahead.
    """
    tables = _tables()
    day = parse_day(published)
    found: list[DateMention] = []
    after = 0
    for word in _WORD.finditer(text):
        if word.start() < after:
            continue
        begins = _begins(word.group())
        if begins == _NEVER or (begins == _COUNTED and _UNIT_AFTER.match(text, word.end()) is None):
            continue
        match = tables.pattern.match(text, word.start())
        if match is None:
            continue
        after = match.end()
        mention = _read(match, text, day, tables)
        if mention is not None:
            found.append(mention)
    return found


@lru_cache(maxsize=8192)
def _begins(word: str) -> int:
    """Whether a date can begin with a word; asked first, because most words can be told at a glance."""
    if word[0].isdigit():
        return _ALWAYS
    tables = _tables()
    folded = word.lower() if word.isascii() else fold(word)
    if folded in tables.first_words:
        return _ALWAYS
    return _COUNTED if folded in tables.counts_and_articles else _NEVER


def _read(match: re.Match[str], text: str, published: date | None, tables: _Tables) -> DateMention | None:
    group = match.groupdict()
    span = Span(match.start(), match.end() - match.group().endswith("."))
    if group["iso"]:
        year, month, number = (int(part) for part in re.split("[-/]", group["iso"]))
        found = _day(span, year, month, number)
    elif group["mdy"] or group["dmy"]:
        found = _in_words(span, group, published, tables)
    elif group["omy"] or group["moy"]:
        found = _in_ordinals(span, group, published, tables)
    elif group["num"]:
        found = _numeric(span, group)
    elif group["my"] or group["mon"]:
        found = _month(span, group, published, tables)
    elif group["year"]:
        found = _year(span, text)
    elif group["wd"]:
        found = _weekday(span, group, text, published, tables)
    else:
        found = _relative(span, group, published, tables)
    return found


def _in_ordinals(
    span: Span, group: Mapping[str, str | None], published: date | None, tables: _Tables
) -> DateMention | None:
    """As in "the third of May" and "May the third"."""
    day, month, year = group["o1"] or group["o2"] or "", group["m6"] or group["m7"] or "", group["y5"] or group["y6"]
    if not year and not _looks_like_a_date(month):
        return None
    return _day(span, int(year) if year else None, tables.months[fold(month)], _ORDINALS[day.lower()], None, published)


def _year(span: Span, text: str) -> DateMention | None:
    before = text[max(0, span.start - _NEAR_CHARS) : span.start]
    if _BEFORE_YEAR.search(before) or _AFTER_YEAR.match(text, span.end):
        return DateMention(span, DateKind.YEAR, span.of(text), year=True)
    return None  # "2000 men"


def _in_words(
    span: Span, group: Mapping[str, str | None], published: date | None, tables: _Tables
) -> DateMention | None:
    lead, month = group["lead"] or group["lead2"], group["m1"] or group["m2"] or ""
    year, number = group["y1"] or group["y2"], int(group["d1"] or group["d2"] or 0)
    if year is None and not _looks_like_a_date(month):
        return None
    weekday = tables.weekdays[fold(lead.rstrip("."))] if lead else None
    return _day(span, int(year) if year else None, tables.months[fold(month)], number, weekday, published)


def _looks_like_a_date(month: str) -> bool:
    """A month without a year beside it is written with a capital in English, or is no English word ("mars", "mai")."""
    return month[:1].isupper() or fold(month) not in {"march", "mar", "may", "sept", "dec", "mars", "marco"}


def _day(
    span: Span, year: int | None, month: int, day: int, weekday: int | None = None, published: date | None = None
) -> DateMention | None:
    if year is None:
        value = f"--{month:02}-{day:02}"
        if published is not None:
            nearest = min(
                (found for y in (-1, 0, 1) if (found := _valid(published.year + y, month, day))),
                key=lambda found: abs((found - published).days),
                default=None,
            )
            value = nearest.isoformat() if nearest else value
        return DateMention(span, DateKind.DAY, value, weekday)
    found = _valid(year, month, day)
    return DateMention(span, DateKind.DAY, found.isoformat(), weekday, year=True) if found else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(span: Span, group: Mapping[str, str]) -> DateMention | None:
    first, second, year = int(group["n1"]), int(group["n2"]), int(group["y3"])
    if group["sep"] == "." or first > _MONTHS_A_YEAR:
        return _day(span, year, second, first)
    if second > _MONTHS_A_YEAR or first == second:
        return _day(span, year, first, second)
    return DateMention(span, DateKind.DAY, None)  # 02/05/2031: May or February, depending on the country


def _month(span: Span, group: Mapping[str, str | None], published: date | None, tables: _Tables) -> DateMention | None:
    if group["my"]:
        month, year = tables.months[fold(group["m4"] or "")], group["y4"]
        return DateMention(span, DateKind.MONTH, f"{year}-{month:02}", year=True)
    month = tables.months[fold(group["m5"] or "")]
    if published is None:
        return DateMention(span, DateKind.MONTH, f"--{month:02}")
    side = (group["mside"] or "").lower()
    if side == "last":
        year_number = published.year - (month >= published.month)
    elif side == "next":
        year_number = published.year + (month <= published.month)
    else:
        middles = {y: date(published.year + y, month, 15) for y in (-1, 0, 1)}
        year_number = published.year + min(middles, key=lambda y: abs((middles[y] - published).days))
    return DateMention(span, DateKind.MONTH, f"{year_number}-{month:02}")


def _weekday(span: Span, group: Mapping[str, str], text: str, published: date | None, tables: _Tables) -> DateMention:
    weekday = tables.weekdays[fold(group["w"])]
    if published is None:
        return DateMention(span, DateKind.WEEKDAY, None, weekday)
    before = re.split(r"[.!?;\n“”\"]", text[max(0, span.start - _CLAUSE_CHARS) : span.start])[-1]
    side = (group["side"] or "").lower()
    ahead = side == "next" or (not side and _FUTURE.search(before) is not None)
    back = (published.weekday() - weekday) % 7
    if side == "last" and back == 0:
        back = 7
    offset = ((weekday - published.weekday()) % 7 or 7) if ahead else -back
    return DateMention(span, DateKind.WEEKDAY, (published + timedelta(days=offset)).isoformat(), weekday)


def _relative(span: Span, group: Mapping[str, str | None], published: date | None, tables: _Tables) -> DateMention:
    offset = _offset(group, tables)
    if published is None or group["told"]:
        return DateMention(span, DateKind.RELATIVE, None, offset=offset)
    if group["rel"]:
        day = published + timedelta(days=tables.relative[group["rel"].lower()])
        return DateMention(span, DateKind.RELATIVE, day.isoformat(), offset=offset)
    if group["ago"]:
        number = (group["n"] or "1").lower()
        back = int(number) if number.isdigit() else tables.counts[number]
        return DateMention(span, DateKind.RELATIVE, _shifted(published, group["unit"] or "day", -back))
    steps = {"last": -1, "this": 0, "next": 1}[(group["which"] or "this").lower()]
    return DateMention(span, DateKind.RELATIVE, _shifted(published, group["what"] or "week", steps), offset=offset)


#: How words tell a period from the day of speaking, or from the one that is spoken of.
_STEPS = {
    "next": 1, "following": 1, "later": 1, "after": 1, "afterward": 1, "afterwards": 1, "same": 0, "this": 0,
    "previous": -1, "last": -1, "before": -1, "earlier": -1, "previously": -1,
}  # fmt: skip


def _offset(group: Mapping[str, str | None], tables: _Tables) -> tuple[int, str] | None:
    """How far from the day of speaking: (1, "day") for "tomorrow" and for "the next day"."""
    if group["rel"]:
        return tables.relative[group["rel"].lower()], "day"
    if group["period"]:
        return _STEPS[(group["which"] or "this").lower()], group["what"] or "week"
    if group["told"]:
        word = group["tn"] or group["tn2"]
        return (_STEPS[word.lower()] if word else 0), (group["tu"] or group["tu2"] or group["tu3"] or "day").lower()
    return None


def _shifted(published: date, unit: str, steps: int) -> str | None:
    """The day, month or year that lies some steps away; a week is not a date."""
    if unit == "day":
        return (published + timedelta(days=steps)).isoformat()
    if unit == "week":
        return None
    if unit == "month":
        year, month = divmod(published.year * _MONTHS_A_YEAR + published.month - 1 + steps, _MONTHS_A_YEAR)
        return f"{year}-{month + 1:02}"
    return str(published.year + steps)
