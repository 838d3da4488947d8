"""One form for the inflected forms of an English word: plurals, tenses, participles, adverbs."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

_VOWEL = re.compile(r"[aeiouy]")
_SHORT = re.compile(
    r"[^aeiouy][aeiouy][^aeiouwxy]"
)  # so short a base would double its last letter: this one ended in "e"
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


#: Pasts in "eed"; the others are base forms: "exceed", "proceed".
_AGREED = frozenset(["agreed", "disagreed", "freed", "guaranteed", "decreed"])
#: Letters; shorter words are left as they are.
SHORTEST = 4


@lru_cache(maxsize=1)
def _tables() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The base of each irregular form, of verbs and of all words."""
    raw = tomllib.loads((files("quoth.lexicon") / "irregular.toml").read_text(encoding="utf-8"))
    verbs, plurals = (
        {form: base for base, forms in raw[part].items() for form in forms.split()} for part in ("forms", "plurals")
    )
    return verbs, verbs | plurals


@lru_cache(maxsize=1)
def past_forms() -> frozenset[str]:
    """Irregular pasts and past participles, but for those that are the base form too ("put") and those of "be"."""
    return frozenset(
        form for form, base in _tables()[0].items() if base != "be" and not form.endswith(("ing", "s")) and form != base
    )


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word: "studies", "studied" and "studying" give "study"; other words as they are."""
    base = _tables()[1].get(word)
    if base:
        return stem(base) if base != word else base
    if len(word) < SHORTEST or not word.isalpha():
        return word
    for ending in ("ies", "ied"):
        if word.endswith(ending) and len(word) > SHORTEST:
            return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]
    if word.endswith("ly") and len(word) > SHORTEST + 1:
        word = word[:-2]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and (not word.endswith("eed") or word in _AGREED):
            rest = word[: -len(ending)]
            if len(rest) >= SHORTEST - 1 and _VOWEL.search(rest):
                return _restored(rest)
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST else word


def _restored(rest: str) -> str:
    """What is left after "ing" or "ed", as the base form would be: "plann" as "plan", "hid" as "hide", "increas"."""
    if _DOUBLED.search(rest) and not rest.endswith(("ll", "ss", "zz")):
        return rest[:-1]
    return f"{rest}e" if _SHORT.fullmatch(rest) else rest
