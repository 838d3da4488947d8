"""Edits of sentences that keep or change their meaning, by rules and word lists.

Every function takes words (a sentence cut at white space, marks apart) and gives edited words, or None where it does
not apply. They are made to train on: most results read well, some do not.
"""

import json
import random
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

Words = list[str]
LISTS = tomllib.loads((Path(__file__).parent / "edits.toml").read_text(encoding="utf-8"))
_CUT = re.compile(r"\w+(?:[-.,'’&]\w+)*|[^\w\s]")
_LEADS = {"In", "On", "At", "After", "During", "Since", "Before", "By", "For", "From", "With", "Under", "Until"}
_CLAUSES = {"where", "who", "which", "that", "when", "whose", ";"}
_JOINTS = {"and", "or", ",", "&", "/"}
_ENDS = {"in", "on", "at", "during", "for", "from", "after", "before", "to", "with", "and", ",", ".", "as", "while"}
_SUFFIXES = {
    "NOUN": ("tion", "ment", "ness", "ity", "ship", "ism", "ance", "ence"),
    "ADJ": ("ous", "ful", "ive", "ical", "able", "ible", "ish", "ary"),
}


def cut(text: str) -> Words:
    """A sentence as words and marks."""
    return _CUT.findall(text)


def joined(words: Sequence[str]) -> str:
    """Words and marks as a sentence, with spaces where print has them."""
    text = " ".join(words)
    text = re.sub(r" ([,.;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$#£€]) ", r"\1", text)
    text = re.sub(r"(\d): (\d)", r"\1:\2", text)
    text = re.sub(r"(\w) / (\w)", r"\1/\2", text)
    text = re.sub(r"- - ?", "-- ", text)
    text = re.sub(r'(["“]) ([^"“”]*) (["”])', r"\1\2\3", text)
    return re.sub(r" ['’] ?s\b", "'s", text)


class Lexicon:
    """The commonest part of speech of a word, as counted in a tagged corpus, and by suffix for other words."""

    def __init__(self, gum: Path) -> None:
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for line in gum.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if "NC" in record["licence"]:
                continue
            tokens = record["tokens"]
            starts = tokens["start"] if isinstance(tokens, dict) else [t["start"] for t in tokens]
            ends = tokens["end"] if isinstance(tokens, dict) else [t["end"] for t in tokens]
            tags = tokens["upos"] if isinstance(tokens, dict) else [t["upos"] for t in tokens]
            for start, end, tag in zip(starts, ends, tags, strict=True):
                counts[record["text"][start:end].lower()][tag] += 1
        self._tags = {word: tags.most_common(1)[0][0] for word, tags in counts.items()}

    def tag(self, word: str) -> str:
        """NOUN, ADJ, VERB ... or "" where nothing is known."""
        known = self._tags.get(word.lower())
        if known:
            return known
        return next((tag for tag, ends in _SUFFIXES.items() if word.lower().endswith(ends)), "")


def names(words: Words) -> list[tuple[int, int]]:
    """Runs of capitalised words that do not begin the sentence."""
    found, at = [], 1
    while at < len(words):
        if words[at][0].isupper() and words[at] not in {"I", "The", "A"}:
            end = at + 1
            while end < len(words) and words[end][0].isupper():
                end += 1
            found.append((at, end))
            at = end
        else:
            at += 1
    return found


def groups(words: Words, lexicon: Lexicon) -> dict[str, list[tuple[int, int]]]:
    """Stretches that could stand for each other, by what they are."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    found["name"] = names(words)
    inside = {index for start, end in found["name"] for index in range(start, end)}
    for index, word in enumerate(words):
        if index == 0 or index in inside:
            continue
        if re.fullmatch(r"\d{4}", word):
            found["year"].append((index, index + 1))
        elif word[0].isdigit():
            found["number"].append((index, index + 1))
        elif word.isalpha() and len(word) > 3:
            tag = lexicon.tag(word)
            if tag in {"NOUN", "ADJ", "ADV"} or (tag == "VERB" and word.endswith(("ed", "ing"))):
                found[f"{tag} {word[-2:] if tag == 'VERB' else word[-1] == 's'}"].append((index, index + 1))
    return found


def swap(words: Words, lexicon: Lexicon, rng: random.Random, *, coordinated: bool = False) -> Words | None:
    """Two stretches of a kind exchanged: such as are joined by "and" (the meaning stays), or such as are not."""
    ways = []
    for kind, spans in groups(words, lexicon).items():
        for i, (a, b) in enumerate(spans):
            for c, d in spans[i + 1 :]:
                between = words[b:c]
                joint = between in (["and"], ["or"], [",", "and"])
                near = bool(between) and all(word in _JOINTS for word in between)
                if near == joint == coordinated and [w.lower() for w in words[a:b]] != [w.lower() for w in words[c:d]]:
                    ways += [(a, b, c, d)] * (4 if kind in {"name", "year", "number"} else 1)
    if not ways:
        return None
    a, b, c, d = rng.choice(ways)
    return [*words[:a], *words[c:d], *words[b:c], *words[a:b], *words[d:]]


def replace(words: Words, pairs: Sequence[Sequence[str]], rng: random.Random) -> Words | None:
    """One phrase of a list of pairs put for the other."""
    lowered = [word.lower() for word in words]
    ways = []
    for pair in pairs:
        for old, new in (pair, pair[::-1]):
            phrase = old.lower().split()
            ways += [
                (at, at + len(phrase), new)
                for at in range(len(words) - len(phrase) + 1)
                if lowered[at : at + len(phrase)] == phrase and not _extends(lowered, at, len(phrase), old, new)
            ]
    if not ways:
        return None
    start, end, new = rng.choice(ways)
    put = new.split()
    if words[start][0].isupper():
        put[0] = put[0][0].upper() + put[0][1:]
    return [*words[:start], *put, *words[end:]]


def _extends(lowered: Words, at: int, length: int, old: str, new: str) -> bool:
    """Whether the longer phrase stands there already ("is" where "is not" stands)."""
    longer = new.lower().split()
    return new.lower().startswith(old.lower() + " ") and lowered[at : at + max(length, len(longer))] == longer


def number(words: Words, rng: random.Random) -> Words | None:
    """One number changed."""
    places = [index for index, word in enumerate(words) if word[0].isdigit()]
    if not places:
        return None
    at = rng.choice(places)
    digits = [index for index, character in enumerate(words[at]) if character.isdigit()]
    spot = rng.choice(digits[-2:] if len(digits) == 4 else digits)
    fresh = rng.choice([d for d in "123456789" if d != words[at][spot]])
    return [*words[:at], words[at][:spot] + fresh + words[at][spot + 1 :], *words[at + 1 :]]


def moved(words: Words, rng: random.Random) -> Words | None:
    """A leading phrase put last, or a last phrase put first: the meaning stays."""
    if words[0] in _LEADS and "," in words[2:9] and words[-1] == ".":
        comma = words.index(",", 2)
        rest = words[comma + 1 : -1]
        if len(rest) >= 4:
            first = words[0].lower()
            return [rest[0][0].upper() + rest[0][1:], *rest[1:], first, *words[1:comma], "."]
    if words[-1] == "." and not _CLAUSES & set(words) and "." not in words[:-1]:
        starts = [index for index in range(max(4, len(words) - 7), len(words) - 2) if words[index].title() in _LEADS]
        if starts:
            at = starts[-1] if rng.random() < 0.7 else starts[0]
            first = (
                words[0]
                if names([".", *words[:2]]) and words[0] not in {"The", "A", "An", "It", "We"}
                else words[0].lower()
            )
            return [words[at].title(), *words[at + 1 : -1], ",", first, *words[1:at], "."]
    return None


def voice(words: Words, lexicon: Lexicon, *, faithful: bool) -> Words | None:
    """A regular passive made active: with the right doer, or (not faithful) with doer and done-to exchanged."""
    for at in range(1, min(12, len(words) - 3)):
        if words[at] in {"was", "were"} and words[at + 1].endswith("ed") and words[at + 2] == "by":
            end = next((i for i in range(at + 4, min(at + 12, len(words))) if words[i] in _ENDS), None)
            subject = words[:at]
            if end is None or "," in subject or any(lexicon.tag(word) == "VERB" for word in subject):
                return None
            doer = words[at + 3 : end]
            lowered = [
                subject[0].lower() if subject[0] in {"The", "A", "An", "This", "These"} else subject[0],
                *subject[1:],
            ]
            if faithful:
                return [doer[0][0].upper() + doer[0][1:], *doer[1:], words[at + 1], *lowered, *words[end:]]
            return [*subject, words[at + 1], *doer, *words[end:]]
    return None


def genitive(words: Words, rng: random.Random) -> Words | None:
    """The roof of Tarnbay made Tarnbay's roof; of single words."""
    places = [
        index
        for index in range(1, len(words) - 3)
        if words[index + 1] == "of"
        and words[index - 1].lower() == "the"
        and words[index].isalpha()
        and words[index + 2][0].isupper()
        and words[index + 3] in _ENDS
    ]
    if not places:
        return None
    at = rng.choice(places)
    return [*words[: at - 1], words[at + 2] + "'s", words[at], *words[at + 3 :]]


def aside(words: Words, rng: random.Random) -> Words:
    """An aside that changes nothing set before the sentence."""
    phrase = rng.choice(LISTS["insert"]["aside"]).split()
    first = words[0].lower() if words[0] in _LOWER else words[0]
    return [phrase[0].title(), *phrase[1:], ",", first, *words[1:]]


def condition(words: Words, rng: random.Random) -> Words:
    """A condition that was not there set before or after the sentence."""
    phrase = rng.choice(LISTS["insert"]["condition"]).split()
    end = -1 if words[-1] in ".!?" else len(words)
    if rng.random() < 0.5:
        return [*words[:end], *phrase, *words[end:]]
    return [phrase[0].title(), *phrase[1:], ",", *words]


_LOWER = {
    "The",
    "A",
    "An",
    "It",
    "We",
    "This",
    "In",
    "These",
    "They",
    "There",
    "That",
    "Our",
    "He",
    "She",
    "If",
    "As",
    "For",
}
Edit = Callable[[Words], Words | None]


def keeping(lexicon: Lexicon, rng: random.Random) -> dict[str, tuple[float, Edit]]:
    """Edits that keep the meaning, with their weights."""
    return {
        "synonym": (5, lambda w: replace(w, LISTS["same"], rng)),
        "moved": (4, lambda w: moved(w, rng)),
        "coordination": (3, lambda w: swap(w, lexicon, rng, coordinated=True)),
        "voice": (4, lambda w: voice(w, lexicon, faithful=True)),
        "genitive": (2, lambda w: genitive(w, rng)),
        "aside": (0.5, lambda w: aside(w, rng)),
    }


def changing(lexicon: Lexicon, rng: random.Random) -> dict[str, tuple[float, Edit]]:
    """Edits that change the meaning, with their weights."""
    made: dict[str, tuple[float, Edit]] = {
        "swap": (9, lambda w: swap(w, lexicon, rng)),
        "number": (1.5, lambda w: number(w, rng)),
        "voice": (4, lambda w: voice(w, lexicon, faithful=False)),
        "condition": (0.7, lambda w: condition(w, rng)),
    }
    for kind, weight in (("antonym", 2.0), ("hedge", 1.5), ("quantifier", 2.0), ("strength", 1.5), ("negation", 2.0)):
        made[kind] = (weight, lambda w, k=kind: replace(w, LISTS["changed"][k], rng))
    return made


def apply(words: Words, edits: dict[str, tuple[float, Edit]], rng: random.Random) -> tuple[Words, str] | None:
    """One of the edits that apply, drawn by weight."""
    names_, weights = list(edits), [weight for weight, _ in edits.values()]
    for _ in range(6):
        name = rng.choices(names_, weights)[0]
        made = edits[name][1](words)
        if made is not None and made != words:
            return made, name
    return None
