"""How like two words are: the same, two forms of one word, synonyms by our table, or of one kind."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from quoth.doc.numbers import is_number_word
from quoth.doc.stems import stem
from quoth.doc.tokens import frequencies, function_words

_MODALS = frozenset(["will", "would", "shall", "should", "can", "could", "may", "might", "must"])
_MOSTLY_LOWER = 30  # per cent of the uses of a word that are in lower case; fewer make it a name


def _stemmed(phrase: str) -> str:
    """A phrase by the stems of its words: "carried out" as "carry out"."""
    return " ".join(stem(word) for word in phrase.split())


@lru_cache(maxsize=1)
def _groups() -> tuple[Mapping[str, frozenset[int]], Mapping[str, frozenset[int]]]:
    """Synonym groups by the stem of single words, and by phrase."""
    raw = tomllib.loads((files("quoth.lexicon") / "synonyms.toml").read_text(encoding="utf-8"))
    words: dict[str, set[int]] = {}
    phrases: dict[str, set[int]] = {}
    for number, line in enumerate(raw["groups"]):
        for entry in line.split():
            if "_" in entry:
                phrases.setdefault(_stemmed(entry.replace("_", " ")), set()).add(number)
            else:
                phrases.setdefault(_stemmed(entry), set()).add(number)
                if entry not in function_words():  # "on" for "about" is too slight to pair words by
                    words.setdefault(stem(entry), set()).add(number)
    return (
        {word: frozenset(numbers) for word, numbers in words.items()},
        {phrase: frozenset(numbers) for phrase, numbers in phrases.items()},
    )


@lru_cache(maxsize=100_000)
def synonym_groups(key: str) -> frozenset[int]:
    """Numbers of the synonym groups that a word belongs to."""
    return _groups()[0].get(stem(key), frozenset())


def phrase_groups(phrase: str) -> frozenset[int]:
    """Numbers of the synonym groups that a phrase belongs to; keys joined by single blanks."""
    found = _groups()[1].get(_stemmed(phrase))
    if found is None and " " not in phrase:
        return synonym_groups(phrase)
    return found or frozenset()


def is_name(surface: str, *, opens: bool = False) -> bool:
    """Whether a written word looks like (part of) a name: a capital, and not just because it opens a sentence."""
    if not surface[:1].isupper():
        return False
    known = frequencies().get(surface.casefold())
    if known is None:
        return True
    return known[1] < _MOSTLY_LOWER or not opens


@lru_cache(maxsize=100_000)
def word_kind(key: str) -> str:
    """The kind of a word that may stand for another of its kind: "number", "modal", or ""."""
    if key[0].isdigit() or is_number_word(key):
        return "number"
    return "modal" if key in _MODALS else ""
