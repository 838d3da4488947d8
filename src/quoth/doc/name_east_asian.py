"""Chinese and Korean names by their syllables: pinyin and Wade-Giles, hyphens and none, surname first."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import product

from quoth.doc.name_reasons import Reason
from quoth.doc.name_scripts import han_readings, ways_of_writing

_MOST_SYLLABLES = 3  # of one word
_MOST_WORDS = 3
_KOREAN = re.compile(
    r"(?:(?:kk|tt|pp|ss|jj|ch|sh|[kg]w|hw|[kgntdrlmpbsjhyw])?y?w?"
    r"(?:eo|ae|oe|eu|ui|oo|ou|ee|yu|[aeiou])(?:ng|[kgntdlmpbhr])?)"
)


@lru_cache(maxsize=1)
def _wade() -> Mapping[str, frozenset[str]]:
    """A syllable as Wade-Giles writes it to the pinyin syllables that it may be."""
    found: dict[str, set[str]] = {}
    initials, finals, syllables = (dict(ways_of_writing(key)) for key in ("initials", "finals", "syllables"))
    for syllable in set(han_readings().values()):
        initial = next((one for one in ("zh", "ch", "sh") if syllable.startswith(one)), syllable[:1])
        final = syllable[len(initial) :]
        turned = syllables.get(syllable) or initials.get(initial, initial) + finals.get(final, final)
        found.setdefault(turned, set()).add(syllable)
        if syllable.endswith("un") and initial in {"j", "q", "x", "y"}:
            found.setdefault(turned, set()).add(syllable)
    return {turned: frozenset(told) for turned, told in found.items()}


@lru_cache(maxsize=1)
def _pinyin() -> frozenset[str]:
    return frozenset(han_readings().values())


@lru_cache(maxsize=1)
def _surnames() -> Mapping[str, int]:
    raw = tomllib.loads((files("quoth.lexicon") / "nicknames.toml").read_text(encoding="utf-8"))
    return {word: number for number, line in enumerate(raw["korean"].strip().splitlines()) for word in line.split()}


@lru_cache(maxsize=20_000)
def _readings(word: str) -> frozenset[tuple[str, ...]]:
    """The pinyin syllables that a word may be: as pinyin, or all of it as Wade-Giles."""
    found: set[tuple[str, ...]] = set()
    for cut in _cuts(word):
        if all(part in _pinyin() for part in cut):
            found.add(cut)
        if all(part in _wade() for part in cut):
            found |= set(product(*(sorted(_wade()[part]) for part in cut)))
    return frozenset(found)


def _cuts(word: str, syllables: int = _MOST_SYLLABLES) -> list[tuple[str, ...]]:
    known = _pinyin() | _wade().keys()
    found: list[tuple[str, ...]] = [(word,)] if word in known else []
    if syllables > 1:
        for size in range(1, min(len(word), 7)):
            if word[:size] in known:
                found += [(word[:size], *rest) for rest in _cuts(word[size:], syllables - 1)]
    return found


@lru_cache(maxsize=20_000)
def east_asian(name: tuple[str, ...]) -> bool:
    """Whether a name can be one of China or Korea: a short surname and syllables of those languages."""
    if not 1 < len(name) <= _MOST_WORDS:
        return False
    chinese = all(_readings(word) for word in name)
    ends = {name[0], name[-1]} & _surnames().keys()
    return chinese or bool(ends and all(_korean(word) for word in name if word not in ends))


def _korean(word: str) -> bool:
    return re.fullmatch(rf"{_KOREAN.pattern}{{1,2}}", word) is not None


def same_syllables(one: Sequence[str], other: Sequence[str]) -> Reason | None:
    """How two names of China or Korea go together; None if they are no such names, or another comparison must tell.

    Hyphens and spaces inside the given name count for nothing; "Ri Sun-ok" is not "Ri Sun".
    """
    first, second = tuple(one), tuple(other)
    if not (east_asian(first) and east_asian(second)):
        return None
    for told in ((first[0], "".join(first[1:])), (first[-1], "".join(first[:-1]))):
        for heard in ((second[0], "".join(second[1:])), (second[-1], "".join(second[:-1]))):
            if told == heard:
                return Reason.SAME
            if _is_one(told[0], heard[0]) and _is_one(told[1], heard[1]):
                wade = not all(_all_pinyin(word) for word in (*told, *heard))
                return Reason.TRANSLITERATION if wade else Reason.COMMON
            if _of_korea(told, heard):
                return Reason.TRANSLITERATION
    return Reason.DIFFERENT


def _all_pinyin(word: str) -> bool:
    return any(all(part in _pinyin() for part in cut) for cut in _cuts(word))


def _is_one(one: str, other: str) -> bool:
    return not _readings(one).isdisjoint(_readings(other))


def _of_korea(told: tuple[str, str], heard: tuple[str, str]) -> bool:
    surnames = _surnames()
    return surnames.get(told[0], -1) == surnames.get(heard[0], -2) and not _folded(told[1]).isdisjoint(
        _folded(heard[1])
    )


@lru_cache(maxsize=1)
def _korean_folds() -> tuple[tuple[str, str], ...]:
    return tuple(ways_of_writing("korean"))


def _folded(word: str) -> frozenset[str]:
    """A Korean word in the letters that all ways of romanising share; "eo" is written "o" or "u" as well."""
    made = set()
    for vowel in ("o", "u"):
        turned = word.replace("eo", vowel)
        for written, folded in _korean_folds():
            turned = turned.replace(written, folded)
        made.add(re.sub(r"(.)\1", r"\1", turned))
    return frozenset(made)
