"""What the stages may ask of trained models, and nothing about how they run.

Every model is optional. A stage that is given `None` takes its documented rule-based way, and the recipe says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from quoth.types import EntityType, Span


@dataclass(frozen=True, slots=True)
class TaggedStatement:
    """What the tagger sees of one statement, before the rules of decoding.

    Attributes:
        cue: words that say that something was said.
        source: words that name the speaker; empty if there are none.
        content: what was said.
        confidence: 0..1.
    """

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class TaggedName:
    """One name in a text: where, of which kind, how sure (0..1)."""

    span: Span
    type: EntityType
    confidence: float


class Tagger(Protocol):
    """Finds cue, source and content of every statement of a text."""

    def tag(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedStatement]:
        """Statements in reading order of their cues; spans index `text`; only `paragraphs` are read."""
        ...


class Recogniser(Protocol):
    """Finds names of persons, organisations and places."""

    def names(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedName]:
        """Names in reading order, none overlapping; spans index `text`; only `paragraphs` are read."""
        ...


class Embedder(Protocol):
    """Turns passages into vectors whose dot product is likeness of meaning."""

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Array of shape (len(texts), width), each row of length 1."""
        ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a reported clause stands to a passage of an original; the four chances sum to 1.

    Attributes:
        carried: all of it is in the passage.
        partly: some of it is, and some is not there.
        changed: the passage says something else of the same matter.
        absent: it is not there.
    """

    carried: float
    partly: float
    changed: float
    absent: float

    @property
    def same(self) -> float:
        """The chance of the same meaning: another name for `carried`, where two sentences are held together."""
        return self.carried


class Judge(Protocol):
    """Reads a reported clause and a passage of an original together and tells whether the passage carries it."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """One judgement for each (reported, original); a passage may be a sentence or a window of up to five."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """The trained models that are at hand; each may be missing.

    Attributes:
        tagger: who said what.
        recogniser: names.
        embedder: likeness of meaning, for finding a place.
        judge: whether a passage carries a clause, for grading.
        recipe: name of each model that is at hand, with its version, for the examination's recipe.
    """

    tagger: Tagger | None = None
    recogniser: Recogniser | None = None
    embedder: Embedder | None = None
    judge: Judge | None = None
    recipe: dict[str, str] = field(default_factory=dict)


#: No models at all: everything by rules.
RULES_ONLY = Tools()
