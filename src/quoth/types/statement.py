"""Who said what, according to a document."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quoth.types.span import Span


class Mode(StrEnum):
    """How the words are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """The act of speech that the cue names."""

    SAY = "say"
    CLAIM = "claim"
    ACCUSE = "accuse"
    DENY = "deny"
    REJECT = "reject"
    CONFIRM = "confirm"
    WARN = "warn"
    DEMAND = "demand"
    PROMISE = "promise"
    ASK = "ask"
    EXPLAIN = "explain"
    ADD = "add"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution of content to a source.

    Attributes:
        id: hash of the place (document, content, mode), never of a model's opinion.
        document: id of the document that reports it.
        mode: direct, indirect or mixed speech.
        content: what was said, with the quotation marks that stand around it, as corpora of attribution have it;
            several spans where other words stand between.
        cue: the words that say that something was said.
        source: the words that name the speaker in that place ("It", "the ministry"); empty if nobody is named.
        speaker: id of the entity that the source is, if resolved.
        act: the act of speech.
        within: id of the statement inside which this one stands, if any.
        said: ISO 8601 date on which it was said, if the text tells.
        negated: whether the cue says that it was *not* said ("did not say that ...").
        confidence: 0..1, of the attribution as a whole.
        attitude: whether it tells what somebody thinks, wants, plans, does or is expected to do, and not what was said.
    """

    id: str
    document: str
    mode: Mode
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speaker: str | None = None
    act: Act = Act.SAY
    within: str | None = None
    said: str | None = None
    negated: bool = False
    confidence: float = 1.0
    attitude: bool = False

    @property
    def extent(self) -> Span:
        """From the first code point of the content to the last."""
        return Span(min(span.start for span in self.content), max(span.end for span in self.content))


def statement_id(document: str, content: Sequence[Span], mode: Mode) -> str:
    """The id of the statement at a place: the same place always has the same id."""
    place = f"{document}|{mode}|" + ",".join(f"{span.start}-{span.end}" for span in content)
    return "s" + hashlib.sha256(place.encode()).hexdigest()[:12]
