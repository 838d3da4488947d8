"""The values of numbers in digits and in words: "1,200.5", "twenty-five thousand", "half a million", "two thirds"."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files

from quoth.doc.tokens import GROUPED

_RAW = tomllib.loads((files("quoth.lexicon") / "numbers.toml").read_text(encoding="utf-8"))
_ONES = {word: number for number, word in enumerate(_RAW["ones"])}
_TENS = {word: 10 * number for number, word in enumerate(_RAW["tens"], 2)}
DECADES = {word: 10 * number for number, word in enumerate(_RAW["decades"], 1) if number > 1}
_HUNDRED = {"hundred": 100, "hundreds": 100}
MAGNITUDES: dict[str, int] = _RAW["magnitudes"]
_SETS: dict[str, int] = _RAW["sets"]
_ORDINAL_WORDS: dict[str, int] = _RAW["ordinals"]
_PARTS: dict[str, int] = _RAW["parts"]
VAGUE: dict[str, int] = _RAW["vague"]
_CURRENCIES = tomllib.loads((files("quoth.lexicon") / "currencies.toml").read_text(encoding="utf-8"))
CURRENCY_SIGNS: dict[str, str] = _CURRENCIES["signs"]
CURRENCY_WORDS: dict[str, str] = {word: name for name, words in _CURRENCIES["words"].items() for word in words}
CURRENCIES = frozenset((*CURRENCY_SIGNS.values(), *CURRENCY_WORDS.values()))
DEGREES: dict[str, str] = _RAW["degrees"]
#: Counted units: every form, and the name that it is compared by.
PERIODS: dict[str, str] = {name + ending: name + "s" for name in _RAW["units"]["names"] for ending in ("", "s")} | _RAW[
    "unit_forms"
]
_TOKEN = re.compile(rf"{GROUPED}|" + r"(?<![\w.,)\]'’”\"])\.\d+|\d+(?:[.,]\d+)*|[^\W\d_]+|[$€£¥₹%½⅓¼¾⅔]|[-–—]|\S")
_VULGAR = {"½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_ORDINAL_ENDINGS = frozenset(["st", "nd", "rd", "th"])
_ABBREVIATED = 2  # letters: "m", "bn"; shorter magnitudes count only behind digits
_MOST_DIGITS = 60  # a longer row of digits is a key or a code, and counts nothing
_LARGEST = 10**_MOST_DIGITS  # no magnitude is applied to a number beyond it: "million million million ..."
_LARGEST_BELOW = 100  # "3/4" is a fraction, "3/400" is not
_DECADE_DIGITS = re.compile(r"(?:\d\d)?\d0")
_DECADE_LEADS = frozenset(["the", "early", "late", "mid", "-"])


class NumberKind(StrEnum):
    """What a number does."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"


@lru_cache(maxsize=50_000)
def is_number_word(word: str) -> bool:
    """Whether a folded word is a number in words, a magnitude or a fraction ("twelve", "million", "half")."""
    return (
        word in _ONES
        or word in _TENS
        or word in _HUNDRED
        or (len(word) > _ABBREVIATED + 1 and word in MAGNITUDES)
        or word in _SETS
        or word in _PARTS
        or word in _ORDINAL_WORDS
    )


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark of a text, folded, with its offsets."""

    start: int
    end: int
    word: str


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, in order; ".5" is "0.5"."""
    found = ((match.span(), match.group().casefold()) for match in _TOKEN.finditer(text))
    return [Token(*span, f"0{word}" if word[0] == "." and len(word) > 1 else word) for span, word in found]


def value_at(found: list[Token], at: int) -> tuple[Fraction, int, NumberKind, bool] | None:  # noqa: PLR0911
    """A value from token `at`: the value, the token after it, its kind, and whether it is more than "a" or "one"."""
    if at >= len(found):
        return None
    word = found[at].word
    if word[0].isdecimal():
        return _digits(found, at) if len(word) <= _MOST_DIGITS else None
    if word in _VULGAR:
        return _VULGAR[word], at + 1, NumberKind.FRACTION, True
    if word in {"a", "an", "half"} or word in _PARTS:
        special = _part(found, at)
        if special:
            return special
        if word not in {"a", "an"} and word not in _ORDINAL_WORDS:
            return None
    if word in {"a", "an"}:
        return _set_of(found, at)
    return _words(found, at)


def ordinal_at(found: list[Token], at: int, after: int) -> Fraction | None:
    """What "a fourth" says if it is no fraction, "three died, and a fourth is ill"; None where it must be one."""
    words = [token.word for token in found[at : after + 1]]
    if after != at + 2 or words[0] != "a" or words[1] not in _ORDINAL_WORDS or words[2:] == ["of"]:
        return None
    return Fraction(_ORDINAL_WORDS[words[1]])


def decade_at(found: list[Token], at: int) -> tuple[int, int] | None:
    """The first year of a decade at token `at`, of which the century may be missing, and the token after it.

    "1990s", "nineteen-nineties" give 1990; "the '90s", "nineties" give 90.
    """
    word = found[at].word
    if word in DECADES:
        return DECADES[word], at + 1
    after = at + 1
    if _ONES.get(word) in _CENTURIES:
        after += after < len(found) and found[after].word == "-"
        if after < len(found) and found[after].word in DECADES:
            return 100 * _ONES[word] + DECADES[found[after].word], after + 1
        return None
    if not _DECADE_DIGITS.fullmatch(word):
        return None
    led = at > 0 and found[at - 1].word in _DECADE_LEADS
    after += led and after < len(found) and found[after].word in {"'", "’"}  # "the 1990's"
    if after < len(found) and found[after].word == "s" and found[after].start == found[after - 1].end:
        return int(word), after + 1
    return None


def _digits(found: list[Token], at: int) -> tuple[Fraction, int, NumberKind, bool]:
    value = _parse(found[at].word)
    after = at + 1
    following = found[after] if after < len(found) else None
    if following and following.start == found[at].end and following.word in _ORDINAL_ENDINGS:
        return value, after + 1, NumberKind.ORDINAL, True
    if following and following.word in _VULGAR:
        value += _VULGAR[following.word]
        after += 1
    if following and following.word == "/" and after + 1 < len(found) and found[after + 1].word.isdecimal():
        below = _parse(found[after + 1].word) if len(found[after + 1].word) <= _MOST_DIGITS else 0
        if 0 < value < below <= _LARGEST_BELOW:
            return value / below, after + 2, NumberKind.FRACTION, True
    if part := and_a_part(found, after):
        value += part
        after += 3
    value, after = _magnitude(found, after, value)
    return value, after, NumberKind.CARDINAL, True


def and_a_part(found: list[Token], after: int) -> Fraction | None:
    """The part that is added from token `after`, three tokens long: "and a half", "and one quarter"; None without."""
    words = [token.word for token in found[after : after + 3]]
    if len(words) < 3 or words[0] != "and" or words[1] not in {"a", "one"}:  # noqa: PLR2004
        return None
    part = _PARTS.get(words[2])
    return Fraction(1, part) if part in {2, 3, 4} else None


def _magnitude(found: list[Token], after: int, value: Fraction) -> tuple[Fraction, int]:
    skip = after
    if skip < len(found) and found[skip].word == "-":
        skip += 1
    while skip < len(found) and value < _LARGEST:
        word = found[skip].word
        glued = found[skip].start == found[skip - 1].end
        if word in _HUNDRED or (word in MAGNITUDES and (len(word) > _ABBREVIATED or glued or word == "bn")):
            value *= _HUNDRED.get(word) or MAGNITUDES[word]
            skip += 1
            after = skip
        else:
            break
    return value, after


def _part(found: list[Token], at: int) -> tuple[Fraction, int, NumberKind, bool] | None:
    """As in "half", "a third", "half a million", "a quarter of a million"."""
    skip = at + (found[at].word in {"a", "an"})
    if skip >= len(found) or found[skip].word not in _PARTS:
        return None
    word = found[skip].word
    bare = skip == at
    if bare and word != "half":
        return None  # "third" alone is an ordinal
    value = Fraction(1, _PARTS[word])
    after = skip + 1
    step = after
    if step < len(found) and found[step].word == "of":
        step += 1
    if step < len(found) and found[step].word in {"a", "an"}:
        step += 1
    if (
        step < len(found)
        and step > after - (not bare)
        and found[step].word in {"million", "billion", "trillion", "dozen", "thousand"}
    ):
        size = MAGNITUDES.get(found[step].word) or _SETS[found[step].word]
        return value * size, step + 1, NumberKind.CARDINAL, True
    if word == "second":
        return None
    return value, after, NumberKind.FRACTION, True


def _set_of(found: list[Token], at: int) -> tuple[Fraction, int, NumberKind, bool] | None:
    """As in "a dozen", "a hundred", "a couple", "a million"."""
    after = at + 1
    if after >= len(found):
        return None
    word = found[after].word
    if word in {"dozen", "couple", "score"}:
        return Fraction(_SETS[word]), after + 1, NumberKind.CARDINAL, True
    if word == "hundred" or (word in MAGNITUDES and len(word) > _ABBREVIATED):
        value, stop = _magnitude(found, after, Fraction(1))
        return value, stop, NumberKind.CARDINAL, True
    return None


#: Numbers that begin a year told by twos: "nineteen ninety-eight", "twenty seventeen".
_TEN = 10
_CENTURIES = frozenset(range(11, 21))


def _two_digits(found: list[Token], at: int) -> tuple[int, int] | None:
    """A number from ten to ninety-nine in words from token `at`, or "oh five": its value, and the token after it."""
    word = found[at].word
    if word in _ONES and _ONES[word] >= 10:  # noqa: PLR2004
        return _ONES[word], at + 1
    if word not in _TENS:
        return None
    after = at + 1 + (at + 2 < len(found) and found[at + 1].word == "-" and found[at + 2].word in _ONES)
    if after < len(found) and 0 < _ONES.get(found[after].word, 0) < 10:  # noqa: PLR2004
        return _TENS[word] + _ONES[found[after].word], after + 1
    return _TENS[word], at + 1


def _decimals(found: list[Token], at: int) -> tuple[Fraction, int] | None:
    """Digits in words behind "point": their value, and the token after them."""
    value, size, after = Fraction(0), Fraction(1, 10), at
    while after < len(found) and _ONES.get(found[after].word, 10) < 10:  # noqa: PLR2004
        value, size, after = value + size * _ONES[found[after].word], size / 10, after + 1
    return (value, after) if after > at else None


def _words(found: list[Token], at: int) -> tuple[Fraction, int, NumberKind, bool] | None:  # noqa: C901, PLR0912
    """As in "twenty-five", "one hundred and six thousand", "two thirds", "twenty-first"."""
    total, current = 0, 0
    after = at
    any_number = False
    ordinal = False
    while after < len(found):
        word = found[after].word
        if (
            word == "-"
            and any_number
            and after + 1 < len(found)
            and (
                found[after + 1].word in _ONES
                or found[after + 1].word in _ORDINAL_WORDS
                or found[after + 1].word in _PARTS
            )
        ):
            after += 1
            continue
        if (
            word == "and"
            and any_number
            and found[after - 1].word in {"hundred", "thousand", "million"}
            and after + 1 < len(found)
            and (found[after + 1].word in _ONES or found[after + 1].word in _TENS)
        ):
            after += 1
            continue
        if (
            any_number
            and not total
            and after == at + 1
            and current in _CENTURIES
            and (year := _two_digits(found, after))
        ):
            return Fraction(100 * current + year[0]), year[1], NumberKind.CARDINAL, True  # "nineteen ninety-eight"
        if (
            word in _ONES
            and (not current or (_ONES[word] < _TEN and current % _TEN == 0))
            and current % 100 not in range(1, 20)
        ):
            current += _ONES[word]
        elif word in _TENS and current % 100 == 0:
            current += _TENS[word]
        elif word in {"hundred", "hundreds"} and any_number and current and current < 100:  # noqa: PLR2004
            current *= 100
        elif word in MAGNITUDES and len(word) > _ABBREVIATED and any_number:
            total += (current or 1) * MAGNITUDES[word]
            current = 0
        elif word == "dozen" and any_number and current < _LARGEST:
            current *= 12
        elif word == "and" and current and (part := and_a_part(found, after)):
            value, after = _magnitude(found, after + 3, current + part)  # "two and a half million"
            return value, after, NumberKind.CARDINAL, True
        elif word == "point" and any_number and (tail := _decimals(found, after + 1)):
            value, after = _magnitude(found, tail[1], current + tail[0])
            return value, after, NumberKind.CARDINAL, True
        elif (
            any_number
            and word in _PARTS
            and word != "second"
            and 0 < current < 20  # noqa: PLR2004
            and (word.endswith("s") or current == 1)
        ):
            part = Fraction(current, _PARTS[word])
            return part, after + 1, NumberKind.FRACTION, True
        elif word in _ORDINAL_WORDS and (not any_number or (current % 10 == 0 and current >= 20)):  # noqa: PLR2004
            current += _ORDINAL_WORDS[word]
            ordinal = True
            after += 1
            any_number = True
            break
        else:
            break
        any_number = True
        after += 1
    if not any_number:
        return None
    while found[after - 1].word in {"-", "and"}:
        after -= 1
    value = Fraction(total + current)
    kind = NumberKind.ORDINAL if ordinal else NumberKind.CARDINAL
    return value, after, kind, not (value == 1 and after - at == 1 and not ordinal)


@lru_cache(maxsize=50_000)
def _parse(digits: str) -> Fraction:
    """The value of digits: "1,200.5", "1.200,5" (by the last separator), "34,000", "34 000"."""
    digits = re.sub(r"[\s'’]", "", digits)
    if re.fullmatch(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?", digits):
        return Fraction(digits.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", digits) or re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", digits):
        return Fraction(digits.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return Fraction(digits.replace(",", "."))
    if re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return Fraction(digits)
    return Fraction(re.sub(r"\D", "", digits))
