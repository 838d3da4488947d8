"""Statements of a text as words, for tests that compare words."""

from collections.abc import Callable
from dataclasses import dataclass

from quoth.attribution import attribute
from quoth.models.ports import Tagger
from quoth.types import Act, Block, BlockKind, Document, Mode, Span

MARKS = "“”„‟«»‹›‘’「」『』\"`'"


@dataclass(frozen=True)
class Said:
    source: str
    cue: str
    content: str
    mode: Mode
    act: Act
    negated: bool
    within: int | None


Reading = Callable[..., list[Said]]


def said_by(tagger: Tagger | None, text: str, blocks: tuple[Block, ...] = ()) -> list[Said]:
    """What is found; parts of a content are joined by " ... ", its outer quotation marks are taken off."""
    statements = attribute(Document("d", text, "", blocks=blocks), tagger, attitudes=True)
    numbers = {one.id: number for number, one in enumerate(statements)}
    return [
        Said(
            " ... ".join(span.of(text) for span in one.source),
            " ... ".join(span.of(text) for span in one.cue),
            " ... ".join(bare(span.of(text), one.mode) for span in one.content),
            one.mode,
            one.act,
            one.negated,
            numbers[one.within] if one.within is not None else None,
        )
        for one in statements
    ]


def bare(words: str, mode: Mode) -> str:
    return words.strip(MARKS) if mode is Mode.DIRECT and words[0] in MARKS else words


def paragraphs(*texts: tuple[BlockKind, str]) -> tuple[str, tuple[Block, ...]]:
    """A text of blocks and the blocks."""
    blocks, text = [], ""
    for kind, words in texts:
        text += "\n\n" if text else ""
        blocks.append(Block(kind, Span(len(text), len(text) + len(words))))
        text += words
    return text, tuple(blocks)
