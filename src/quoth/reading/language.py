"""Which language a text is in, told by its script and its commonest short words; no model, no download."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from quoth.reading.reading_tables import load

_SAMPLE = 12_000  # code points looked at
_FEWEST = 3.0  # weight of words below which nothing is said; see docs/decisions/ on the language of a text
_CLEAR = 1.15  # how many times the second best the best must reach
_SCRIPT_SHARE = 0.3  # share of the letters in a script that decides
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN = re.compile(r"[^\x00-\u036f]")


@dataclass(frozen=True, slots=True)
class _Tables:
    scripts: tuple[tuple[int, int, str], ...]
    weights: dict[str, dict[str, float]]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    raw = load("languages.toml")
    words: dict[str, set[str]] = {name: set(listed.split()) for name, listed in raw["words"].items()}
    sharers = Counter(word for listed in words.values() for word in listed)
    weights: dict[str, dict[str, float]] = {}
    for name, listed in words.items():
        for word in listed:
            weights.setdefault(word, {})[name] = 1.0 / sharers[word] ** 0.5
    scripts = tuple(sorted((low, high, name) for name, ranges in raw["scripts"].items() for low, high in ranges))
    return _Tables(scripts, weights)


def language(text: str) -> str | None:
    """ISO 639-1 code of the language of `text`; None where too little of it tells.

    The method is the old one of counting closed-class words; see `languages.toml` for the words, and the record of the
    decision on languages for how often it is right.
    """
    tables = _tables()
    sample = text[:_SAMPLE]
    own = _by_script(sample, tables)
    if own is not None:
        return own
    scores: Counter[str] = Counter()
    for word, times in Counter(_WORD.findall(sample.casefold())).items():
        for name, weight in tables.weights.get(word, {}).items():
            scores[name] += weight * times  # type: ignore[assignment]  # a Counter of fractions
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < _FEWEST:
        return None
    if len(ranked) > 1 and ranked[0][1] < _CLEAR * ranked[1][1]:
        return None
    return ranked[0][0]


def is_common(word: str) -> bool:
    """Whether a word, in lower case, is among the commonest short words of some language, and so tells nothing."""
    return word in _tables().weights


def _by_script(sample: str, tables: _Tables) -> str | None:
    far = [ord(char) for char in _BEYOND_LATIN.findall(sample, 0, 4_000) if char.isalpha()]
    if not far:
        return None  # the common case
    letters = sum(map(str.isalpha, sample[:4_000]))
    seen: Counter[str] = Counter()
    for point in far:
        for low, high, name in tables.scripts:
            if low <= point <= high:
                seen[name] += 1
                break
    if seen["ja"] > 0.05 * letters and seen["ja"] + seen["zh"] > _SCRIPT_SHARE * letters:
        return "ja"  # Japanese writes Chinese characters between its own letters
    best = max(seen, key=lambda name: seen[name], default=None)
    return best if best is not None and seen[best] >= _SCRIPT_SHARE * letters else None
