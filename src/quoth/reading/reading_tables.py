"""The tables beside this room's files, read once, when first needed."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


def load(name: str) -> dict[str, Any]:
    """A TOML table of this package."""
    return tomllib.loads((files("quoth.lexicon") / name).read_text(encoding="utf-8"))


def _any(patterns: Sequence[str]) -> str:
    return "(?:" + "|".join(f"(?:{pattern})" for pattern in patterns) + ")"


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled patterns of `cues.toml`; each is applied at a place of the whole text, never to a copy."""

    byline: re.Pattern[str]
    byline_whole: re.Pattern[str]
    credit: re.Pattern[str]
    caption_start: re.Pattern[str]
    caption_end: re.Pattern[str]
    caption_whole: re.Pattern[str]
    related: re.Pattern[str]
    related_opens: re.Pattern[str]
    release: re.Pattern[str]
    slogan: re.Pattern[str]
    glued_promotion: re.Pattern[str]
    mail: re.Pattern[str]
    small_words: frozenset[str]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The patterns that tell what a line is."""
    raw: Mapping[str, Mapping[str, list[str] | str]] = load("cues.toml")

    def of(table: str, key: str) -> str:
        return _any(list(raw[table][key]))

    fold = re.IGNORECASE
    return Cues(
        byline=re.compile(rf"(?P<cue>{_any([re.escape(cue) for cue in raw['byline']['start']])})(?:\s+|(?<=:))", fold),
        byline_whole=re.compile(rf"{of('byline', 'whole')}\s*\Z", fold),
        credit=re.compile(rf"{of('caption', 'credit_start')}|.{{0,200}}?{of('caption', 'credit_holds')}", fold),
        caption_start=re.compile(of("caption", "start"), fold),
        caption_end=re.compile(rf"(?:^|[\s(\[]){of('caption', 'end_cased')}[)\]]?\.?\s*\Z"),
        caption_whole=re.compile(rf"{of('caption', 'whole')}\s*\Z", fold),
        related=re.compile(rf"[►▶➤»>*•\-]*\s*{of('related', 'start')}\s*(?:[:|►▶➤»→…·•]|\s[-–—]\s|\Z)", fold),
        related_opens=re.compile(rf"[►▶➤»>*•]*\s*{of('related', 'opens')}", fold),
        release=re.compile(rf"{of('related', 'release')}\s*\Z", fold),
        slogan=re.compile(rf"{of('related', 'slogan')}\s*\Z", fold),
        glued_promotion=re.compile(rf"(?<=[.!?”’\"'»)])\s+(?P<start>{of('related', 'glued_cased')}\s*:\s)"),
        mail=re.compile(str(raw["mail"]["head"]), fold),
        small_words=frozenset(raw["byline"]["small"]),
    )
