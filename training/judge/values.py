"""Names, numbers and dates in a sentence put otherwise: with the same value, or with another one."""

import datetime as dt
import random
import re
from collections.abc import Callable

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_MONEY = re.compile(r"\$\s?(\d[\d,]*(?:\.\d+)?)(?: (thousand|million|billion|trillion))?(?![\d,.]*\d)")
_SHARE = re.compile(r"\b(\d+(?:\.\d+)?)(?:%| percent| per cent)")
_COUNT = re.compile(
    r"(?<![\d$.,:/-])\b(\d{1,3}(?:,\d{3})+|\d{1,3}|\d{5,})(?: (million|billion))?\b"
    r"(?![\d%:/.,-]*\d|%| per|-|st|nd|rd|th)"
)
_WORD = re.compile(rf"\b({'|'.join([*SMALL[2:], *TENS.values()])})\b(?!-)", re.IGNORECASE)
_DATE = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}})(?:, (\d{{4}}))?\b")
_YEAR = re.compile(r"\b(19[5-9]\d|20[0-3]\d)\b")
_TITLED = re.compile(
    r"\b(President|Vice President|Senator|Sen\.|Rep\.|Representative|Congressman|Congresswoman|Governor|Gov\.|Secretary"
    r"|Mayor|Chairman|Judge|Justice|Dr\.|Mr\.|Mrs\.|Ms\.|General|Gen\.|Sheriff|Director|Administrator|Minister) "
    r"((?:[A-Z][\w'’-]+\.? |[A-Z]\. )*)([A-Z][a-z][\w'’-]+)"
)
_SHORT = re.compile(r"((?:[A-Z][\w'’&-]+ (?:(?:of|for|and|the|on) )*)+[A-Z][\w'’&-]+) \(([A-Z]{2,6})\)")
FIRST = (
    "Jim",
    "Mary",
    "Robert",
    "Linda",
    "Carlos",
    "Helen",
    "Peter",
    "Anna",
    "Tom",
    "Ruth",
    "Victor",
    "Nina",
    "Paul",
    "Edith",
)
LAST = (
    "Carver",
    "Holt",
    "Medina",
    "Brandt",
    "Okafor",
    "Lindgren",
    "Pruitt",
    "Vance",
    "Sorel",
    "Whitlock",
    "Ames",
    "Duarte",
)
Rewriting = Callable[[str, random.Random], str | None]


def plain(value: float) -> str:
    """A number in digits, with commas."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def written(value: float, kind: str, rng: random.Random) -> str:
    """One of the ways to write an amount of a kind: money, share or count."""
    text = plain(value)
    for scale, factor in (("million", 1e6), ("billion", 1e9)):
        part = value / factor
        if 1 <= part < 1000 and part == round(part, 2) and rng.random() < 0.85:
            text = f"{plain(part)} {scale}"
    if kind == "count" and value == int(value) and rng.random() < 0.7:
        text = SMALL[int(value)] if value <= 12 else TENS.get(int(value), text) if value < 100 else text
    if kind == "money":
        return f"${text}" if rng.random() < 0.85 else f"{text} dollars"
    return text + rng.choice((" percent", "%", " per cent")) if kind == "share" else text


def rounded(value: float) -> float:
    """The value to one or two figures."""
    digits = len(str(int(value)))
    one = round(value, 1 - digits)
    return one if one and abs(one - value) <= 0.1 * value else round(value, 2 - digits)


def told(value: float, kind: str, rng: random.Random, *, faithful: bool) -> str:
    """An amount as a report may give it; if not `faithful`, with another value or on the wrong side of it."""
    near = rounded(value)
    below, above = ("nearly", "almost", "just under", "close to"), ("more than", "over", "just over", "upwards of")
    if faithful:
        if near == value or rng.random() < 0.5:
            return written(value, kind, rng)
        side = rng.choice([*(below if value < near else above), "about", "around", "some", "roughly"])
        return f"{side} {written(near, kind, rng)}"
    if rng.random() < 0.3:
        if near == value:
            return f"{rng.choice((*below, *above))} {written(value, kind, rng)}"
        return f"{rng.choice(above if value < near else below)} {written(near, kind, rng)}"
    return written(other(value, kind, rng), kind, rng)


def other(value: float, kind: str, rng: random.Random) -> float:
    """Another value of the same kind of size."""
    for _ in range(20):
        ways = [
            value * rng.choice((0.5, 0.7, 0.8, 1.2, 1.25, 1.5, 2, 3, 10)),
            value + rng.choice((-2, -1, 1, 2, 5, 10)),
        ]
        if kind == "money":
            ways.append(value * rng.choice((0.001, 1000, 0.1)))
        found = rng.choice(ways)
        found = float(f"{found:.2g}") if value >= 100 else float(round(found, 1) if value % 1 else round(found))
        if found > 0 and found != value and not (kind == "share" and found > 100):
            return found
    return value + 1


def _amount(match: re.Match[str]) -> float:
    return float(match[1].replace(",", "")) * _SCALES.get(match[2] or "", 1.0)


def _amounts(text: str) -> list[tuple[int, int, float, str]]:
    found = [(m.start(), m.end(), _amount(m), "money") for m in _MONEY.finditer(text)]
    found += [(m.start(), m.end(), float(m[1]), "share") for m in _SHARE.finditer(text)]
    found += [(m.start(), m.end(), _amount(m), "count") for m in _COUNT.finditer(text)]
    for m in _WORD.finditer(text):
        word = m[1].lower()
        value = SMALL.index(word) if word in SMALL else next(k for k, w in TENS.items() if w == word)
        found.append((m.start(), m.end(), float(value), "count"))
    dates = [m.span() for m in _DATE.finditer(text)]
    return [one for one in found if one[2] > 0 and not any(s <= one[0] < e for s, e in dates)]


def amount(text: str, rng: random.Random, *, faithful: bool) -> str | None:
    """One amount of the text given otherwise."""
    ways = _amounts(text)
    if not ways:
        return None
    start, end, value, kind = rng.choice(ways)
    made = told(value, kind, rng, faithful=faithful)
    before = text[:start].rstrip()
    if (
        re.search(r"\b(?:than|about|over|nearly|almost|under|some|least|most|around|approximately|to)$", before)
        and " " in made
    ):
        made = written(value if faithful else other(value, kind, rng), kind, rng)
    return text[:start] + made + text[end:]


def day(text: str, rng: random.Random, *, faithful: bool) -> str | None:
    """One date given otherwise: in another order, less exactly, with its weekday; or another date."""
    match = _DATE.search(text)
    if match is None:
        return _year(text, rng) if not faithful else None
    month, number, year = MONTHS.index(match[1]) + 1, int(match[2]), match[3]
    if not 1 <= number <= 28:
        return None
    if not faithful:
        part = rng.randrange(3 if year else 2)
        month = (month + rng.randrange(1, 11)) % 12 + 1 if part == 0 else month
        number = (number + rng.randrange(1, 27)) % 28 + 1 if part == 1 else number
        year = str(int(year) + rng.choice((-2, -1, 1, 2))) if year and part == 2 else year
    name = MONTHS[month - 1]
    forms = [
        f"{name} {number}",
        f"{number} {name}",
        f"the {number}{ordinal(number)} of {name}",
        f"{name[:3]}. {number}",
    ]
    if year and (faithful or rng.random() < 0.7):
        weekday = f"{dt.date(int(year), month, number):%A}"
        forms = [f"{name} {number}, {year}", f"{number} {name} {year}", f"{weekday}, {name} {number}, {year}"]
        forms += [f"{name} {number}"] if faithful else []
    return text[: match.start()] + rng.choice(forms) + text[match.end() :]


def ordinal(number: int) -> str:
    """What stands behind the digits of an ordinal."""
    return "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _year(text: str, rng: random.Random) -> str | None:
    match = _YEAR.search(text)
    if match is None:
        return None
    return text[: match.start()] + str(int(match[1]) + rng.choice((-10, -3, -2, -1, 1, 2, 3, 10))) + text[match.end() :]


def person(text: str, rng: random.Random, *, faithful: bool) -> str | None:
    """A person with a title named otherwise, or another person's name put there."""
    ways = list(_TITLED.finditer(text))
    if not ways:
        return None
    match = rng.choice(ways)
    title, first, last = match[1], match[2], match[3]
    if faithful:
        forms = [last, f"{title} {last}", f"{first}{last}".strip()]
        if title in {"Senator", "Sen."}:
            forms += [f"Sen. {first}{last}", f"Senator {last}", f"the senator, {first}{last},"][:2]
        made = rng.choice([form for form in forms if form != match[0]] or [last])
    elif rng.random() < 0.5 and first:
        made = f"{title} {rng.choice([n for n in FIRST if n not in first])} {last}"
    else:
        made = f"{title} {first}{rng.choice(LAST)}"
    return text[: match.start()] + made + text[match.end() :]


def shortened(text: str, rng: random.Random, *, faithful: bool) -> str | None:
    """A body named by its short name or its long one alone; or a short name with another letter."""
    match = _SHORT.search(text)
    if match is None:
        return None
    long, short = match[1], match[2]
    made = (
        rng.choice((long, short)) if faithful else short[:-1] + rng.choice([c for c in "ABCDEFPST" if c != short[-1]])
    )
    return text[: match.start()] + made + text[match.end() :]


def same(text: str, rng: random.Random) -> str | None:
    """One value of the text given otherwise, and meaning the same."""
    return _one(text, rng, faithful=True)


def changed(text: str, rng: random.Random) -> str | None:
    """One value of the text put wrong."""
    return _one(text, rng, faithful=False)


def _one(text: str, rng: random.Random, *, faithful: bool) -> str | None:
    ways = [amount, amount, day, person, shortened]
    rng.shuffle(ways)
    for way in ways:
        made = way(text, rng, faithful=faithful)
        if made is not None and made != text:
            return made
    return None
