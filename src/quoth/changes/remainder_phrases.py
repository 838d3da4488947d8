"""The phrases that sentences go on with, language by language, and which language a text is in as far as they ask.

The table is `lexicon/remainders.toml`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from quoth.doc.doc import Doc

#: The language of the other tables of operators.
ENGLISH = "en"
_LONGEST = 4  # tokens that "*" stands for at most
_BY_WORDS = 400  # tokens of a text by which its language is told


def begins(keys: Sequence[str], phrase: Sequence[str]) -> int:
    """How many of some keys a phrase takes up, from the first one on; 0 if they do not begin with it."""
    at = 0
    for number, word in enumerate(phrase):
        if word != "*":
            if at >= len(keys) or keys[at] != word:
                return 0
            at += 1
            continue
        rest = phrase[number + 1 :]
        if not rest:
            return at + 1 if at < len(keys) else 0
        for skipped in range(1, _LONGEST + 1):
            size = begins(keys[at + skipped :], rest)
            if size:
                return at + skipped + size
        return 0
    return at


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]:
    raw = tomllib.loads((files("quoth.lexicon") / "remainders.toml").read_text(encoding="utf-8"))
    return {
        tongue: {role: tuple(tuple(phrase.split("_")) for phrase in line.split()) for role, line in table.items()}
        for tongue, table in raw.items()
    }


def phrases(tongue: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The phrases of a language by class, each as keys of tokens; "*" stands for one to four of them."""
    return _tables()[tongue]


@lru_cache(maxsize=16)  # asked for each of hundreds of pieces
def tongue_of(doc: Doc) -> str:
    """The language of a text, of those that have a table; English where nothing tells another."""
    if doc.document.language is not None:
        return doc.document.language if doc.document.language in _tables() else ENGLISH
    words = doc.keys[:_BY_WORDS]
    counts = {tongue: sum(word in known for word in words) for tongue, known in _common().items()}
    return max(counts, key=lambda tongue: (counts[tongue], tongue == ENGLISH))


@lru_cache(maxsize=1)
def _common() -> Mapping[str, frozenset[str]]:
    """Words by which each language is told, and those that its phrases begin with."""
    return {
        tongue: frozenset(
            phrase[0] for role, listed in table.items() for phrase in listed if tongue != ENGLISH or role == "told_by"
        )
        for tongue, table in _tables().items()
    }
