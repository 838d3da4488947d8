"""Invented stories for the tests of linking: a text with statements marked in it."""

import re
from hashlib import sha256

from quoth.types import Act, Block, BlockKind, Document, Mode, Span, Statement, statement_id


def document(text, name="report", published=None):
    """A document whose lines are its paragraphs."""
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, Span(*match.span()).trimmed(text)) for match in re.finditer(r"[^\n]*\S[^\n]*", text)
    )
    return Document(name, text, sha256(text.encode()).hexdigest(), published=published, blocks=blocks)


def span(text, words, after=0):
    """Where words stand in a text."""
    start = text.index(words, after)
    return Span(start, start + len(words))


def statement(text, source, cue, content, *, mode=Mode.INDIRECT, act=Act.SAY, within=None, after=0):
    """A statement whose source, cue and content are found by their words; an empty source or cue is none."""
    place = span(text, content, after)
    low = max(after, place.start - 200)
    parts = []
    for words in (source, cue):
        near = [
            Span(match.start(), match.end())
            for match in re.finditer(re.escape(words), text)
            if words and match.start() >= low and not place.holds(Span(*match.span()))
        ]
        parts.append((min(near, key=lambda one: abs(one.start - place.start)),) if near else ())
    return Statement(
        statement_id("report", [place], mode), "report", mode, (place,), parts[1], parts[0], act=act, within=within
    )
