"""The tables of cue words and word classes, read once, with every inflected form made by rule."""

import csv
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from quoth.types import Act

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class CueWord:
    """A verb or noun of saying.

    Attributes:
        lemma: its dictionary form.
        act: the act of speech it names.
        frames: the complements it takes, a letter each; see `tables/verbs.csv`.
        after: particles and prepositions that belong to the cue.
        needs: particles without which the verb is no cue ("ruled out").
        does: what is done by it, a class of `lexicon/verbs.csv`: "speech", "judgement", "attitude" ...
    """

    lemma: str
    act: Act
    frames: frozenset[str]
    after: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    does: str = "speech"


@dataclass(frozen=True, slots=True)
class Form:
    """An inflected form of a cue word: base, s, past, participle (past only) or ing; a past that is both is "past"."""

    word: CueWord
    kind: str


def _rows(name: str) -> list[dict[str, str]]:
    lines = resources.files("quoth.lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@lru_cache(maxsize=1)
def verbs() -> dict[str, Form]:
    """Every form of every cue verb in lower case."""
    forms: dict[str, Form] = {}
    for row in _rows("verbs.csv"):
        after = row["after"].split()
        word = CueWord(
            row["lemma"],
            Act(row["act"]),
            frozenset(row["frames"]),
            frozenset(particle.rstrip("!") for particle in after),
            frozenset(particle.rstrip("!") for particle in after if particle.endswith("!")),
            row["class"],
        )
        for form, kind in inflected(row["lemma"], row["irregular"].split()).items():
            forms.setdefault(form, Form(word, kind))
    return forms


@lru_cache(maxsize=1)
def governing() -> dict[str, Form]:
    """Every form of every verb or adjective that may govern a clause of what is said or thought, in lower case."""
    forms: dict[str, Form] = {}
    for row in _rows("governors.csv"):
        word = CueWord(row["lemma"], Act(row["act"]), frozenset("tz"), does=row["class"])
        made = (
            {row["lemma"]: "adjective"}
            if row["kind"] == "adjective"
            else inflected(row["lemma"], row["irregular"].split())
        )
        for form, kind in made.items():
            forms.setdefault(form, Form(word, kind))
    return verbs() | forms


@lru_cache(maxsize=1)
def act_contexts() -> dict[tuple[str, str], Act]:
    """The act of (lemma, context), where it is not the lemma's usual one."""
    return {(row["lemma"], row["following"]): Act(row["act"]) for row in _rows("acts.csv")}


@lru_cache(maxsize=1)
def nouns() -> dict[str, Form]:
    """Singular and plural of every cue noun in lower case."""
    forms: dict[str, Form] = {}
    for row in _rows("nouns.csv"):
        word = CueWord(row["lemma"], Act(row["act"]), frozenset("n"), does=row["class"])
        forms[row["lemma"]] = Form(word, "base")
        forms[with_s(row["lemma"])] = Form(word, "s")
    return forms


@lru_cache(maxsize=1)
def done_by() -> dict[str, str]:
    """What is done by a word, in any of its forms: the class of a verb, an adjective or a noun of the tables."""
    done: dict[str, str] = {}
    for row in _rows("cue_classes.csv"):
        done |= dict.fromkeys([*inflected(row["lemma"], []), with_s(row["lemma"])], row["class"])
    for table in (nouns(), governing()):
        done |= {form: one.word.does for form, one in table.items()}
    return done


@lru_cache(maxsize=1)
def classes() -> dict[str, frozenset[str]]:
    """The closed classes of words, by name."""
    text = resources.files("quoth.lexicon").joinpath("attribution.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


@lru_cache(maxsize=64)
def class_of(*names: str) -> frozenset[str]:
    """The words of any of the named classes."""
    return frozenset().union(*(classes()[name] for name in names))


def with_s(lemma: str) -> str:
    """The plural of a noun, or the third person of a verb."""
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def inflected(lemma: str, irregular: list[str]) -> dict[str, str]:
    """All forms of a verb, each with its kind."""
    stem = lemma + lemma[-1] if lemma in classes()["doubling"] else lemma
    if lemma.endswith("ee"):
        past, ing = lemma + "d", lemma + "ing"
    elif lemma.endswith("e"):
        past, ing = lemma + "d", lemma[:-1] + "ing"
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        past, ing = lemma[:-1] + "ied", lemma + "ing"
    else:
        past, ing = stem + "ed", stem + "ing"
    forms = {lemma: "base", with_s(lemma): "s", ing: "ing"}
    if lemma[-1] == "l" and lemma[-2] in _VOWELS and lemma[-3:-2] not in _VOWELS:
        forms |= {lemma + "led": "past", lemma + "ling": "ing"}  # "signalled" beside "signaled"
    if irregular:
        forms[irregular[0]] = "past"
        for other in irregular[1:]:
            forms.setdefault(other, "participle")
    else:
        forms.setdefault(past, "past")
    return forms
