"""Texts of our own with forms of speech that the corpus has few of, made of frames (`forms.toml`)."""

import random
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PART = re.compile(r"\[([SCT])(\d?) |\]")
_SLOT = re.compile(r"\$([A-Z]?)([a-z_]+)\d?")
_ROLES = {"S": "source", "C": "cue", "T": "content"}
#: Sentences of a text, at least and at most, and the share of them that open a paragraph.
SENTENCES = (3, 9)
OPENING = 0.6


@cache
def _tables() -> dict[str, Any]:
    with Path(__file__).with_name("forms.toml").open("rb") as file:
        return tomllib.load(file)


def filled(frame: str, rng: random.Random) -> str:
    """A frame with words in its slots; a slot written with a capital opens its sentence."""

    def word(match: re.Match[str]) -> str:
        found = filled(rng.choice(_tables()["slots"][match[1].lower() + match[2]]), rng)
        return found[0].upper() + found[1:] if match[1] else found

    return _SLOT.sub(word, frame)


def read(marked: str) -> tuple[str, list[dict[str, list[tuple[int, int]]]]]:
    """A sentence without its marks, and its statements: for each role its spans [start, end)."""
    text, statements, opened, at = "", {}, ("", ""), 0
    begin = 0
    for match in _PART.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match[1]:
            opened, begin = (match[1], match[2]), len(text)
        else:
            kept = statements.setdefault(opened[1], {role: [] for role in _ROLES.values()})
            kept[_ROLES[opened[0]]].append((begin, len(text)))
    return text + marked[at:], list(statements.values())


def made(rng: random.Random) -> dict[str, Any]:
    """A text of some sentences with its statements, as a record of the corpus has them."""
    text, attributions = "", []
    for _ in range(rng.randint(*SENTENCES)):
        if text:
            text += "\n" if rng.random() < OPENING else " "
        sentence, statements = read(filled(rng.choice(_tables()["frames"]), rng))
        if sentence[0].islower():
            sentence = sentence[0].upper() + sentence[1:]
        attributions += [
            {role: [(low + len(text), high + len(text)) for low, high in spans] for role, spans in one.items()}
            for one in statements
        ]
        text += sentence
    return {"text": text, "attributions": attributions}
