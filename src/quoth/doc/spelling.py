"""One spelling for the British and the American forms of a word, by rules and a short table of exceptions."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

#: Letters; shorter words have no such variants outside the table.
SHORTEST = 5


@lru_cache(maxsize=1)
def _table() -> tuple[Mapping[str, str], tuple[tuple[re.Pattern[str], str], ...], frozenset[str]]:
    raw = tomllib.loads((files("quoth.lexicon") / "spelling.toml").read_text(encoding="utf-8"))
    rules = tuple((re.compile(rule["from"]), rule["to"]) for rule in raw["rules"])
    return raw["words"], rules, frozenset(raw["kept"])


@lru_cache(maxsize=100_000)
def american(word: str) -> str:
    """The American spelling of a folded English word ("colour" gives "color"); any other word as it is."""
    words, rules, kept = _table()
    if word in words:
        return words[word]
    if len(word) < SHORTEST or word in kept:
        return word
    for pattern, replacement in rules:
        changed = pattern.sub(replacement, word)
        if changed != word and changed not in kept:
            return changed
    return word
