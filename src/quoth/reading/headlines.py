"""The head of a page: which line is the headline, and what stands around it.

A headline shares its words with the story; the slogan of the site and the name of the section above it do not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quoth.reading.boilerplate import ends_a_sentence, sentences_inside, slogan
from quoth.reading.datelines import dateline
from quoth.reading.language import is_common
from quoth.types import BlockKind, Span

_RUNNING = frozenset({None, BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.QUOTE})
HEAD = 12  # stretches looked at for a head
TITLE_LONGEST = 260  # code points
BODY_SHORTEST = 220  # a stretch this long is running text
TWO_SENTENCES = 120  # ... or this long with two sentences in it
SENTENCE = 60  # ... or, below another line, this long with a full stop
LINES = 3  # of a broken headline
STORY = 4_000  # code points of running text in which a headline's words are looked for
STOPPED = 15  # words of a headline with a full stop
SMALL_WORD, CAPITALS = 3, 0.7  # letters of words not written large in headlines; share of the others that are
THIN = 8  # words of a section's name or a slogan, at most
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5  # letters by which two forms of a word are taken for one


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the head and what is already known about it (None: open)."""

    span: Span
    kind: BlockKind | None


def name_the_head(text: str, lines: Sequence[Line], known_title: str | None) -> list[BlockKind | None]:
    """The kinds of the first stretches of a text, at most `HEAD`; None for running text and whatever lies below it.

    Args:
        text: the whole text.
        lines: its stretches with what their own words tell.
        known_title: the headline, where the record names it.
    """
    kinds: list[BlockKind | None] = [line.kind for line in lines[:HEAD]]
    if BlockKind.TITLE in kinds:
        return kinds
    body = _body(text, lines[:HEAD])
    candidates = [
        number
        for number in range(min(body + 1, len(kinds)))
        if lines[number].kind is None and _can_be_title(text, lines[number].span) and _goes_before(text, lines, number)
    ]
    candidates = candidates[: _told(text, lines, candidates)]
    if not candidates:
        return kinds
    title = _title(text, lines, candidates, body, known_title)
    for number in candidates:
        if title is None:
            if slogan(text, lines[number].span):
                kinds[number] = BlockKind.RELATED
        elif number < title:
            stray = slogan(text, lines[number].span) or _thin(text, lines, number, body)
            kinds[number] = BlockKind.RELATED if stray else BlockKind.SUBTITLE
        elif number == title:
            kinds[number] = BlockKind.TITLE
        elif number < body:
            kinds[number] = _below_title(text, lines, number, body)
    return kinds


def _body(text: str, lines: Sequence[Line]) -> int:
    """Number of the first stretch that is surely running text; `len(lines)` if none is."""
    open_before = 0
    for number, line in enumerate(lines):
        if line.kind is BlockKind.PARAGRAPH:
            return number
        if line.kind is not None:
            continue
        if line.span.length >= BODY_SHORTEST or not _can_be_title(text, line.span):
            return number
        if line.span.length >= TWO_SENTENCES and sentences_inside(text, line.span) > 1:
            return number
        ended = ends_a_sentence(text, line.span) or text[line.span.end - 1] in '”"»:'
        if open_before and ended and line.span.length >= SENTENCE and not _furniture_follows(lines, number):
            return number
        open_before += 1
    return len(lines)


def _furniture_follows(lines: Sequence[Line], number: int) -> bool:
    """Whether a by-line or a date stands below: then the line above is still part of the head."""
    following = lines[number + 1].kind if number + 1 < len(lines) else None
    below = any(line.kind in _RUNNING for line in lines[number + 1 :])
    return below and following in {BlockKind.BYLINE, BlockKind.DATE}


def _told(text: str, lines: Sequence[Line], candidates: Sequence[int]) -> int:
    """How many of some lines may be of a head: from the second sentence with a full stop on, a story is told."""
    ended = (place for place, number in enumerate(candidates) if ends_a_sentence(text, lines[number].span))
    next(ended, None)
    return next(ended, len(candidates))


def _goes_before(text: str, lines: Sequence[Line], number: int) -> bool:
    """Whether running text follows a line; one that has a full stop and none below it is running text itself."""
    return text[lines[number].span.end - 1] != "." or any(line.kind in _RUNNING for line in lines[number + 1 :][:HEAD])


def _can_be_title(text: str, span: Span) -> bool:
    """Short, on few lines; with a full stop only if it is shorter still, or written in capitals as headlines are."""
    if span.length > TITLE_LONGEST or text.count("\n", *span) >= LINES or text[span.end - 1] in ":,":
        return False
    if dateline(text, span):
        return False
    if text[span.end - 1] != ".":
        return True
    if sentences_inside(text, span) > 1:
        return False
    words = span.of(text).split()
    if len(words) <= STOPPED:
        return True
    long = [word for word in words if len(word) > SMALL_WORD]
    return sum(word[0].isupper() for word in long) > CAPITALS * len(long)


def _title(text: str, lines: Sequence[Line], candidates: Sequence[int], body: int, known: str | None) -> int | None:
    if known:
        wanted = _plain(known)
        for number in candidates:
            if _plain(lines[number].span.of(text)) == wanted:
                return number
    above = [number for number in candidates if number < body and not slogan(text, lines[number].span)]
    if not above:
        return body if body in candidates and _stands_alone(text, lines, body) else None
    for number in above:
        if not _thin(text, lines, number, body):
            return number
    return above[0]


def _thin(text: str, lines: Sequence[Line], number: int, body: int) -> bool:
    """Whether a short line has nothing to do with the story: a section's name, a slogan, a label."""
    words = lines[number].span.of(text)
    if len(words.split()) > THIN or ends_a_sentence(text, lines[number].span):
        return False
    return not {word[:_STEM] for word in _telling(words)} & _stems(text, lines, number, body)


def _stands_alone(text: str, lines: Sequence[Line], number: int) -> bool:
    """Whether a stretch that reads as a sentence may yet be a headline: first of the text, one sentence, more below."""
    span = lines[number].span
    return number + 1 < len(lines) and span.length < BODY_SHORTEST and sentences_inside(text, span) == 1


def _below_title(text: str, lines: Sequence[Line], number: int, body: int) -> BlockKind | None:
    """A standfirst has no full stop, or has a by-line or a date below it; anything else is running text."""
    span = lines[number].span
    if not ends_a_sentence(text, span):
        return BlockKind.SUBTITLE
    between = {line.kind for line in lines[number + 1 : body]} if body < len(lines) else set()
    return BlockKind.SUBTITLE if between & {BlockKind.BYLINE, BlockKind.DATE} else None


def _telling(words: str) -> list[str]:
    return [word for word in _WORD.findall(words.casefold()) if not is_common(word)]


def _stems(text: str, lines: Sequence[Line], number: int, body: int) -> set[str]:
    """Stems of the story's words: from the running text on, or from below the line where there is none."""
    found: set[str] = set()
    size = 0
    for line in lines[max(number + 1, body) if body < min(HEAD, len(lines)) else number + 1 :]:
        if line.kind in _RUNNING:
            found.update(word[:_STEM] for word in _telling(text[line.span.start : line.span.end][:STORY]))
            size += line.span.length
        if size > STORY:
            break
    return found


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
