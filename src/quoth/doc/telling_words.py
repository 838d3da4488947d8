"""The words of a sentence that tell something, and the keys by which they may meet others."""

import re
from dataclasses import dataclass
from functools import lru_cache

from quoth.doc.name_tables import plain, world
from quoth.doc.sentences import sentences
from quoth.doc.stems import stem
from quoth.doc.tokens import function_words, units, weight
from quoth.doc.word_similarity import synonym_groups
from quoth.types import BlockKind, Document, Span

#: Blocks whose sentences tell the story; a title repeats it and a caption is not part of it.
TOLD = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST})


@dataclass(frozen=True, slots=True)
class Word:
    """A telling word of a sentence: where it stands, the keys by which it may meet another, and how much it tells."""

    span: Span
    keys: frozenset[str]
    weight: float


def told_sentences(document: Document) -> list[Span]:
    """The sentences of a document's own story, in reading order."""
    parts = [block.span for block in document.blocks if block.kind in TOLD]
    if not parts:
        parts = [Span(0, len(document.text))]
    return [found.shifted(part.start) for part in parts for found in sentences(part.of(document.text))]


def _keys(word: str) -> frozenset[str]:
    table = world()
    found = {stem(word)} | {f"#{group}" for group in synonym_groups(word)}
    country = table.peoples.get(word) or table.names.get(word) or table.capitals.get(word)
    if country:
        found.add("@" + country)
    return frozenset(found)


def telling(text: str, span: Span) -> list[Word]:
    """The words of a stretch that tell something; function words are left aside."""
    common = function_words()
    found = []
    for start, end, key in units(text, span.start, span.end):
        if key not in common and (keys := _keys_of(text[start:end], key)):
            found.append(Word(Span(start, end), keys, weight(key)))
    return found


@lru_cache(maxsize=50_000)
def _keys_of(written: str, key: str) -> frozenset[str]:
    """The keys of a word as it is written and as it is compared; none if it has no letter and no digit."""
    if not any(char.isalnum() for char in key):
        return frozenset()
    return _keys(key) | _keys(plain(re.sub(r"['’]s?\Z", "", written)))
