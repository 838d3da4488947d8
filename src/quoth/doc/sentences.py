"""Sentences of a text, with their offsets."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources
from itertools import islice, takewhile

from quoth.types import Span, overlap


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """Abbreviations after which a full stop ends no sentence, in lower case, without it."""
    table = resources.files("quoth.lexicon").joinpath("abbreviations.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(table)["words"].split())


@lru_cache(maxsize=1)
def openers() -> frozenset[str]:
    """Words that begin a sentence and no name, in lower case."""
    table = resources.files("quoth.lexicon").joinpath("abbreviations.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(table)["openers"].split())


# possessive, and only from the first mark of a row: a row of a thousand marks is looked at once
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»›)\]]*+(?=\s|$)|\n[^\S\n]*+\n")
#: Code points of a sentence; a longer one is no sentence but a table, a list or noise, and is read in parts.
LONGEST = 2_000
_PART = 400  # code points of such a part, at most
_BLANKS = " \n\t"
_OPENERS = "\"'“‘«‹([„"


def sentences(text: str) -> list[Span]:
    """The sentences of `text`; a blank line always ends one, and no span has white space at its ends."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith("\n") or _ends(text, match.start(), match.end()):
            _append(found, text, start, match.end())
            start = match.end()
    _append(found, text, start, len(text))
    return found


def sentences_outside(
    text: str,
    span: Span,
    quotations: Sequence[Span],
    goes_on: Callable[[str, int], bool] = lambda _text, _offset: False,
) -> list[Span]:
    """The sentences of the narrator in `span`: what ends inside one of the `quotations` ends none of them.

    Args:
        text: the whole text.
        span: the stretch to read, usually a paragraph.
        quotations: outermost quotations with their marks, in order, none overlapping.
        goes_on: given the text and the offset after a closing mark, whether the sentence goes on there all the same
            ('"Why?" Mr Orla asked.').

    Returns:
        Spans into `text` in order, trimmed of white space.
    """
    found: list[Span] = []
    start, number = span.start, 0
    for match in _END.finditer(text, span.start, span.end):
        mark, end = match.span()
        while number < len(quotations) and quotations[number].end < end:
            number += 1
        if number < len(quotations) and quotations[number].start < mark:
            quotation = quotations[number]
            if end < quotation.end and text[end : quotation.end].strip("\"'”’»›)]"):
                continue
            if goes_on(text, quotation.end):
                continue
        if match.group().startswith("\n") or _ends(text, mark, end):
            _append(found, text, start, end, quotations)
            start = end
    _append(found, text, start, span.end, quotations)
    return found


def _append(found: list[Span], text: str, start: int, end: int, quotations: Sequence[Span] = ()) -> None:
    span = Span(start, end).trimmed(text)
    quoted = 0  # a long quotation makes no sentence of the narrator long
    if span.length > LONGEST:
        first = bisect_left(quotations, span.start, key=lambda one: one.end)
        quoted = sum(
            overlap(span, one) for one in takewhile(lambda one: one.start < span.end, islice(quotations, first, None))
        )
    if span.length - quoted <= LONGEST:
        if span.length:
            found.append(span)
        return
    at = span.start
    while span.end - at > _PART:
        blank = max(text.rfind(mark, at + 1, at + _PART) for mark in _BLANKS)
        stop = blank if blank > 0 else at + _PART
        found.append(Span(at, stop).trimmed(text))
        at = stop
        while text[at].isspace():
            at += 1
    found.append(Span(at, span.end))


def _ends(text: str, mark: int, after: int) -> bool:
    """Whether the marks at `mark` end a sentence, judged by the words around them."""
    following = text[after : after + 40].lstrip()
    if following and following[0].islower():
        return False  # "he said ... that", "the U.S. government"
    if text[mark] != ".":
        return True
    before = re.search(r"(\S+)\Z", text[max(0, mark - 30) : mark])
    word = before.group(1).lstrip(_OPENERS) if before else ""
    if word.casefold().rstrip(".") in abbreviations() and word[:1].isupper():
        return False
    if re.fullmatch(r"[A-Z]", word) and following[:1].isupper():
        return False  # an initial: "K. Ostrel"
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word) and following[:1].isupper():
        return following.split(maxsplit=1)[0].casefold().strip(",") in openers()  # not "the U.S. District Court"
    return True
