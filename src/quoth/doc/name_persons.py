"""Whether two names of persons are one person's, by first names, middle names, surnames and what stands behind them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quoth.doc.name_east_asian import east_asian, same_syllables
from quoth.doc.name_reasons import Reason
from quoth.doc.name_scripts import MOST, distance, is_abjad, romanise, script, share_letters, ways_of_writing
from quoth.doc.name_tables import Gender, first_names, plain, words
from quoth.doc.phonetics import sounds
from quoth.doc.slips import slips

_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "fils": "jr", "pere": "sr"}
_NUMBER = re.compile(r"\b(?P<number>[IVX]{1,5})\b(?=\s*(?:\Z|of\b|,))")
_REALM = re.compile(r"\s+of\s+[A-Z].*\Z")
_PATRONYMIC = frozenset(["bin", "ibn", "bint", "ben"])
_SERVANT = frozenset(["abd", "abdel", "abdul", "abdal", "abdoul"])
_ABD = re.compile(r"\Aabd(?:el|ul|al|oul)(?=[^aeiou])")  # "Abdelkader", "Abd al-Kader"
_KUNYA = frozenset(["abu", "abou", "umm", "um", "oum"])
_FEWEST_CONSONANTS = 4  # of a name in a script without vowels
_LONG = 5  # letters of a word in which one slip may be
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Person:
    """A name taken apart.

    Attributes:
        words: romanised words without titles, articles, suffix and number; hyphens in them are left out.
        suffix: "jr", "sr", a Roman number, or "".
        gender: what its title tells.
        title: whether it has a title.
        written: the script of its first letter.
        patronymic: whether "bin" or the like stands in it.
    """

    words: tuple[str, ...]
    suffix: str
    gender: Gender | None
    title: bool
    written: str
    patronymic: bool

    @property
    def surname(self) -> str:
        """The last word."""
        return self.words[-1]


@dataclass(frozen=True, slots=True)
class _Tables:
    nicknames: Mapping[str, frozenset[int]]
    common: frozenset[str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    raw = tomllib.loads((files("quoth.lexicon") / "nicknames.toml").read_text(encoding="utf-8"))
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(raw["names"].strip().splitlines()):
        for word in line.split():
            groups.setdefault(word, set()).add(number)
    return _Tables({word: frozenset(told) for word, told in groups.items()}, frozenset(raw["common_surnames"].split()))


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    return frozenset(word for word, _ in ways_of_writing("particles"))


@lru_cache(maxsize=50_000)
def parse_person(name: str) -> Person:
    """Take a name apart."""
    written = script(name)
    name = re.sub(r"\s*\([^)]*\)", "", name).strip()
    if re.fullmatch(r"[^,]+,\s*[^,]+", name) and plain(name.split(",")[1]).strip(". ") not in _SUFFIXES:
        last, first = name.split(",")
        name = f"{first.strip()} {last.strip()}"
    number = _NUMBER.search(name) if len(name.split()) > 1 else None
    suffix = number["number"] if number else ""
    name = (name[: number.start()] if number else name).strip()
    name = re.sub(r"[.,]", " ", romanise(_REALM.sub("", name).replace(".", ". ")))
    found = [re.sub(r"[^\w]", "", word) for word in re.sub(r"\b(al|el|ul|ad|as|ar|an|at|az)[-‐]", r"\1 ", name).split()]
    found = [word for word in found if word]
    table = words()
    gender, title = None, False
    titled = [at for at, word in enumerate(found[:-1]) if word in table.titles and word not in first_names()]
    if titled:
        gender = next(
            (table.title_gender[word] for word in found[: titled[-1] + 1] if word in table.title_gender), None
        )
        found, title = found[titled[-1] + 1 :], True
    if len(found) > 1 and found[-1] in _SUFFIXES:
        suffix = _SUFFIXES[found.pop()]
    told: list[str] = []
    particles = _particles()
    for word in found:
        if told and told[-1] in _SERVANT and word not in particles:
            told[-1] = "abd" + word
        elif told and told[-1] in _KUNYA:
            told[-1] = "abu" + word if told[-1].startswith("a") else "um" + word
        elif word not in particles or len(found) == 1:
            told.append(_ABD.sub("abd", word))
    patronymic = bool(_PATRONYMIC & set(found))
    return Person(tuple(told), suffix.lower(), gender, title, written, patronymic)


@lru_cache(maxsize=50_000)
def word_relation(one: str, other: str) -> Reason:  # noqa: PLR0911  # an answer a rule
    """How two words of names go together: SAME, NICKNAME, TRANSLITERATION, INITIAL, SPELLING or DIFFERENT."""
    if one == other:
        return Reason.SAME
    if min(len(one), len(other)) == 1:
        return Reason.INITIAL if one[0] == other[0] else Reason.DIFFERENT
    table = _tables().nicknames
    if table.get(one, frozenset()) & table.get(other, frozenset()):
        return Reason.NICKNAME
    genders = {first_names().get(one), first_names().get(other)} - {None}
    if len(genders) > 1:
        return Reason.DIFFERENT
    if is_abjad(one) or is_abjad(other):
        return Reason.TRANSLITERATION if sounds(one) & sounds(other) else Reason.DIFFERENT
    if not share_letters(one, other):
        return Reason.DIFFERENT
    if distance(one, other) <= MOST:
        return Reason.TRANSLITERATION
    near = min(len(one), len(other)) >= _LONG and slips(one, other, 1) <= 1
    ends = {one[-1], other[-1]}
    return Reason.SPELLING if near and not (one[-1] != other[-1] and "a" in ends) else Reason.DIFFERENT


def may_be_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names may be one at all, told at a glance: first names with first names, or the order turned.

    Only of names of two words in plain letters; of all others it is not known before they are compared.
    """
    if (
        len(one) != _PAIR
        or len(other) != _PAIR
        or not all(word.isascii() and word.isalpha() for word in (*one, *other))
    ):
        return True
    if _may_be_word(one[1], other[1]) and _may_be_word(one[0], other[0]):
        return True
    turned = _may_be_word(one[1], other[0]) and _may_be_word(one[0], other[1])
    return turned or "".join(one) == "".join(other)


def _may_be_word(one: str, other: str) -> bool:
    if one == other or min(len(one), len(other)) == 1 or share_letters(one, other):
        return True
    table = _tables().nicknames
    return bool(table.get(one, frozenset()) & table.get(other, frozenset()))


def compare_persons(first: Person, second: Person) -> Reason:
    """Whether two are one person."""
    if not first.words or not second.words:
        return Reason.DIFFERENT
    if None not in {first.gender, second.gender} and first.gender is not second.gender:
        return Reason.GENDERS
    reason = _by_words(first, second)
    if reason in {Reason.DIFFERENT, Reason.FIRST_NAMES, Reason.MIDDLE_NAMES}:
        return reason
    if first.suffix != second.suffix:
        return Reason.GENERATIONS if first.suffix and second.suffix else Reason.GENERATION_LEFT_OUT
    lone = len(first.words) == 1 or len(second.words) == 1
    if reason is not Reason.SAME and not lone and (_is_common(first) or _is_common(second)):
        return Reason.COMMON
    return reason


def _is_common(name: Person) -> bool:
    table = _tables()
    usual = name.words[0] in first_names() or name.words[0] in table.nicknames
    few = len(name.words) == _PAIR and name.words[0] in table.common and len(re.findall("[aeiou]+", name.surname)) == 1
    return few or (usual and name.surname in table.common)  # "Wang Wei"


def _by_words(first: Person, second: Person) -> Reason:  # noqa: PLR0911  # an answer a rule
    one, other = sorted((first.words, second.words), key=lambda told: (len(told), told))
    if first.words == second.words:
        alike = Reason.SAME if first.written == second.written else Reason.TRANSLITERATION
        return Reason.SURNAME if len(one) == 1 and not (first.suffix or second.suffix) else alike
    if len(one) == 1:
        return _lone(one[0], other)
    syllables = same_syllables(one, other)
    if syllables is not None:
        return syllables
    if "".join(one) == "".join(other):
        return Reason.SAME
    if sorted(one) == sorted(other):
        if first.patronymic or second.patronymic:
            return Reason.FIRST_NAMES  # a father and his son
        doubtful = all(word in first_names() for word in one[:_PAIR])
        return Reason.COMMON if doubtful else Reason.WORDS
    reason = _in_order(one, other, patronymic=first.patronymic or second.patronymic)
    if reason is Reason.DIFFERENT and len(one) == len(other) == _PAIR:
        turned = _in_order(one, other[::-1], patronymic=False)
        reason = turned if turned is Reason.TRANSLITERATION else reason
    if reason is not Reason.TRANSLITERATION or not (is_abjad("".join(one)) or is_abjad("".join(other))):
        return reason
    few = sum(len(min(sounds(word), key=len, default="")) for word in one) < _FEWEST_CONSONANTS
    return Reason.COMMON if few else reason


def _lone(lone: str, name: Sequence[str]) -> Reason:
    fits = {Reason.SAME, Reason.TRANSLITERATION, Reason.NICKNAME}
    if word_relation(lone, name[-1]) in fits:
        return Reason.SURNAME
    if any(word_relation(lone, word) in fits for word in name[:-1]):
        return Reason.GIVEN if word_relation(lone, name[0]) in fits else Reason.SURNAME
    if lone == "".join(word[0] for word in name):
        return Reason.INITIAL  # "LBJ"
    return Reason.DIFFERENT


_FITS = frozenset({Reason.SAME, Reason.TRANSLITERATION, Reason.NICKNAME})


def _in_order(one: Sequence[str], other: Sequence[str], *, patronymic: bool) -> Reason:  # noqa: PLR0911  # an answer a rule
    """Two full names, the shorter one first, by surname, first name and what stands between."""
    last = word_relation(one[-1], other[-1])
    if last is Reason.INITIAL or (last is Reason.NICKNAME):
        last = Reason.DIFFERENT
    if last is Reason.DIFFERENT:
        return _other_surname(one, other)
    first = word_relation(one[0], other[0])
    if first in {Reason.DIFFERENT, Reason.SPELLING} and len(other) > len(one):
        shifted = all(word_relation(a, b) in _FITS for a, b in zip(reversed(one), reversed(other), strict=False))
        if shifted:
            longest = len(one) > _PAIR or patronymic
            return Reason.FIRST_NAMES if longest and len(other[0]) > 1 else Reason.COMMON
    if first is Reason.DIFFERENT:
        return Reason.FIRST_NAMES
    middle = _middles(one[1:-1], other[1:-1])
    if middle is Reason.DIFFERENT:
        return Reason.MIDDLE_NAMES
    if Reason.SPELLING in {first, last}:
        return Reason.SPELLING
    if middle is Reason.COMMON:
        return Reason.COMMON
    if first is Reason.INITIAL:
        initials = middle in {Reason.SAME, Reason.INITIALS} and len(one) > _PAIR
        return Reason.INITIALS if initials else Reason.INITIAL
    for reason in (Reason.TRANSLITERATION, Reason.NICKNAME):
        if reason in {first, last}:
            return reason
    return middle if middle is not Reason.SAME else Reason.TRANSLITERATION


def _middles(one: Sequence[str], other: Sequence[str]) -> Reason:
    """Names between the first and the last: SAME, INITIALS, MIDDLE (left out), COMMON (some left out), DIFFERENT."""
    if not one or not other:
        return Reason.MIDDLE if one or other else Reason.SAME
    shorter, longer = sorted((one, other), key=len)
    relations = [word_relation(a, b) for a, b in zip(shorter, longer, strict=False)]
    if any(relation in {Reason.DIFFERENT, Reason.SPELLING} for relation in relations):
        return Reason.DIFFERENT
    if len(shorter) < len(longer):
        return Reason.COMMON
    return Reason.INITIALS if Reason.INITIAL in relations else Reason.SAME


def _other_surname(one: Sequence[str], other: Sequence[str]) -> Reason:
    """The shorter name may lack the second of two surnames: "Ana Tarrel", "Ana Tarrel Quiroga"."""
    if len(other) <= len(one) or east_asian(other):
        return Reason.DIFFERENT
    if all(word_relation(a, b) in _FITS for a, b in zip(one, other, strict=False)):
        return Reason.COMMON if one[-1] in first_names() else Reason.SECOND_SURNAME
    return Reason.DIFFERENT
