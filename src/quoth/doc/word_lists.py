"""Closed classes of words that several modules ask for, from `lexicon/word_lists.toml`."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


def word_list(name: str) -> frozenset[str]:
    """The words of one class, as keys of tokens; KeyError where there is no such class."""
    return _lists()[name]


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, frozenset[str]]:
    raw = tomllib.loads((files("quoth.lexicon") / "word_lists.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in raw.items()}
