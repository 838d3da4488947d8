"""How a statement stands to what it answers, by its cue, else by its content; patterns of `lexicon/stances.toml`."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quoth.doc.name_tables import plain
from quoth.types import Act, Span, Stance, Statement

_ELSEWHERE = frozenset({Act.ASK, Act.DEMAND, Act.PROMISE})  # "challenged her to a debate" answers nothing
ANSWERING = {Act.DENY: Stance.DENIES, Act.REJECT: Stance.DENIES, Act.CONFIRM: Stance.CONFIRMS}


@dataclass(frozen=True, slots=True)
class Rules:
    """The patterns: what cues and contents say, words of charges, nouns that stand for something said."""

    cue: tuple[tuple[Stance, re.Pattern[str]], ...]
    content: tuple[tuple[Stance, re.Pattern[str]], ...]
    charges: re.Pattern[str]
    nouns: re.Pattern[str]
    noun_words: str


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The patterns, read once."""
    raw = tomllib.loads((files("quoth.lexicon") / "stances.toml").read_text(encoding="utf-8"))
    return Rules(
        cue=tuple((Stance(name), re.compile(pattern)) for name, pattern in raw["cue"]),
        content=tuple((Stance(name), re.compile(pattern)) for name, pattern in raw["content"]),
        charges=re.compile(raw["charges"]),
        nouns=re.compile(rf"\b(?:{raw['claim_nouns']})\b"),
        noun_words=raw["claim_nouns"],
    )


def words_of(text: str, spans: Sequence[Span]) -> str:
    """The words of some stretches, folded."""
    return plain(" ".join(span.of(text) for span in spans))


_FALSE_CLAIM = re.compile(
    r"\W*(?:an?|the|his|her|its|their)\s+(?:\w+\s+)?(?:false|untrue|baseless|unfounded|debunked)\s+\w+\s+that\b"
)


def stance_of(text: str, statement: Statement) -> Stance | None:
    """How a statement answers, by its cue, else by its content; None where it answers nothing."""
    if statement.act in _ELSEWHERE:
        return None
    cue = words_of(text, statement.cue)
    for stance, pattern in rules().cue:
        if pattern.search(cue):
            return stance
    if statement.act in ANSWERING:
        return ANSWERING[statement.act]
    content = words_of(text, statement.content)
    if _FALSE_CLAIM.match(content):
        return None  # the narrator says that it is false
    for stance, pattern in rules().content:
        if pattern.search(content):
            return stance
    return None
