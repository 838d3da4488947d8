"""Stems of English words, and the words that say nothing about where a text comes from."""

from functools import lru_cache
from importlib.resources import files

STOP_WORDS = frozenset(
    word
    for line in (files("quoth.lexicon") / "stop_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
_SHORTEST = 3  # letters that must remain of a word
_VOWELS = set("aeiouy")
#: Endings and what stands in their place, longest first; a light version of the steps of Porter (1980), chosen so
#: that "decline", "declined", "declining" and "declines" fall together without rules for every Latin ending.
_ENDINGS = (
    ("ational", "ate"), ("isation", "ize"), ("ization", "ize"), ("fulness", "ful"), ("ousness", "ous"),
    ("iveness", "ive"), ("ations", "ate"), ("ation", "ate"), ("ments", "ment"), ("ising", "ize"), ("izing", "ize"),
    ("ised", "ize"), ("ized", "ize"), ("ises", "ize"), ("izes", "ize"), ("ies", "y"), ("ied", "y"), ("ying", "y"),
    ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ingly", ""), ("edly", ""), ("ing", ""), ("ed", ""),
    ("ly", ""), ("ness", ""), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""),
)  # fmt: skip


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word: what its inflections have in common; numbers and short words as they are."""
    if not word.isalpha() or len(word) <= _SHORTEST:
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            kept = word[: len(word) - len(ending)]
            if len(kept) + len(instead) >= _SHORTEST and _VOWELS & set(kept):
                return _smoothed(kept + instead)
            break
    return _smoothed(word)


def _smoothed(word: str) -> str:
    """Without a doubled last consonant or a silent e, so that "stopped" meets "stop" and "raising" meets "raise"."""
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouls":
        return word[:-1]
    if len(word) > _SHORTEST and word.endswith("e"):
        return word[:-1]
    if len(word) > _SHORTEST and word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "i"
    return word
