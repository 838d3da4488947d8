"""Names known again in another script or spelling by the consonants that they are heard with."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from itertools import product

#: A name of many letters that are heard in two ways is not tried in all of them.
_MOST_WAYS = 16


@lru_cache(maxsize=1)
def _letters() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """What finds the listed letters, longest first, and the ways in which each may be heard."""
    raw = tomllib.loads((files("quoth.lexicon") / "letters.toml").read_text(encoding="utf-8"))
    heard: dict[str, tuple[str, ...]] = {}
    for line in raw.values():
        for entry in line.split():
            letters, ways = entry.split(":")
            heard[letters] = tuple(way.strip("-") for way in ways.split("/"))
    return re.compile("|".join(sorted(map(re.escape, heard), key=len, reverse=True))), heard


@lru_cache(maxsize=100_000)
def sounds(word: str) -> frozenset[str]:
    """The consonants of a word in the ways in which they may be heard: "Havel" and "Хавел" both give "vl" and "kvl".

    A sound that is heard twice running counts once; accents and marks below and above other letters are left aside.
    """
    pattern, heard = _letters()
    low = unicodedata.normalize("NFC", word.casefold())
    if not low.isascii():
        low = "".join(char if char in heard else unicodedata.normalize("NFD", char)[:1] for char in low)
    ways = [heard[found] for found in pattern.findall(low)]
    count = 1
    for number, one in enumerate(ways):
        count *= len(one)
        if count > _MOST_WAYS:
            ways[number:] = [other[:1] for other in ways[number:]]
            break
    return frozenset(re.sub(r"(.)\1+", r"\1", "".join(way)) for way in product(*ways))
