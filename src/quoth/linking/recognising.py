"""Names by the trained recogniser, which reads each name once: where it first stands, not where it comes again.

A story names the same few persons over and over. A sentence all of whose capitals stood together before tells the
recogniser little, so it is not read; the names found before are looked up in it. On news this leaves about six tenths
of the text to read, the recogniser being one of the two costly steps of a document.
"""

import re
from collections.abc import Iterator, Sequence

from quoth.encoder.port import Recogniser, TaggedName
from quoth.text.sentences import sentences
from quoth.text.units import frequencies
from quoth.values import Span

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
#: Per cent of a word's places in running text.
_MOSTLY = 50


def recognised(text: str, parts: Sequence[Span], recogniser: Recogniser) -> list[TaggedName]:
    """Names in `parts` of `text`, in reading order, none overlapping.

    Args:
        text: any text.
        parts: where to look, in reading order.
        recogniser: what reads the sentences with something new in them.

    Returns:
        What the recogniser found, and the same names, of the same type, in the sentences that it did not read.
    """
    fresh, known = _parted(text, parts)
    found = recogniser.names(text, fresh)
    if not known or not found:
        return found
    return sorted([*found, *_again(text, found, known)], key=lambda name: name.span)


def _parted(text: str, parts: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """Sentences with new capitals, those that follow each other in one stretch, and those with old ones only."""
    fresh: list[Span] = []
    known: list[Span] = []
    met: set[str] = set()
    for part in parts:
        goes_on = False
        for sentence in (one.shifted(part.start) for one in sentences(part.of(text))):
            capitals = set(_capitals(text, sentence))
            if _careless(text, sentence):
                capitals.add(sentence.of(text))
            if not capitals:
                goes_on = False
            elif capitals <= met:
                known.append(sentence)
                goes_on = False
            else:
                met |= capitals
                if goes_on:
                    fresh[-1] = Span(fresh[-1].start, sentence.end)
                else:
                    fresh.append(sentence)
                goes_on = True
    return fresh, known


def _capitals(text: str, sentence: Span) -> Iterator[str]:
    """Words with capitals, as many as stand side by side; not "I", nor a small word that only opens the sentence."""
    start = end = -2
    for number, match in enumerate(_WORD.finditer(text, sentence.start, sentence.end)):
        word = match.group()
        if word[0].islower() or word == "I" or (number == 0 and _small(word)):
            continue
        if match.start() == end + 1 and text[end] == " ":
            end = match.end()
            continue
        if start >= 0:
            yield text[start:end]
        start, end = match.span()
    if start >= 0:
        yield text[start:end]


def _small(word: str) -> bool:
    """Whether a word is mostly written small where it opens no sentence."""
    _, lower = frequencies().get(word.lower(), (0, 0))
    return lower >= _MOSTLY


def _careless(text: str, sentence: Span) -> bool:
    """Whether a sentence does not even open with a capital, so that capitals tell nothing of its names."""
    first = _WORD.search(text, sentence.start, sentence.end)
    return first is not None and first.group()[0].islower()


def _again(text: str, found: Sequence[TaggedName], known: Sequence[Span]) -> Iterator[TaggedName]:
    """The names found, where they stand once more in the `known` sentences; of two that overlap, the longer one."""
    first: dict[str, TaggedName] = {}
    for name in found:
        words = name.span.of(text)
        if words[0].isupper() and "\n" not in words and not _small(words):
            first.setdefault(words, name)
    if not first:
        return
    longest = sorted(first, key=lambda words: (-len(words), words))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    for sentence in known:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            like = first[match.group()]
            yield TaggedName(Span(*match.span()), like.type, like.confidence)
