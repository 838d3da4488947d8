"""Lines: the sentences of the narrator, in which every quotation is one opaque token."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quoth.attribution.cue_tables import verbs
from quoth.doc.quotations import Quotation
from quoth.doc.sentences import sentences_outside
from quoth.doc.words import TOKEN
from quoth.types import Span


class Token(NamedTuple):
    """A word, a mark or a whole quotation of a line.

    Attributes:
        start: offset of its first code point.
        end: offset past its last.
        low: its words in lower case, apostrophes straight; empty for a quotation.
        title: whether it, or the words of a quotation, begin with a capital letter.
        quotation: the quotation that it is, if it is one.
    """

    start: int
    end: int
    low: str
    title: bool = False
    quotation: Quotation | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def mark(self) -> bool:
        """Whether it is a punctuation mark."""
        return len(self.low) == 1 and not self.low.isalnum()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the narrator."""

    span: Span
    tokens: tuple[Token, ...]


_LONGEST = 250  # tokens of a line; a longer one is no sentence, and is read in parts so that time stays linear
_PART = 60  # tokens of such a part
_PIECES = re.compile(r"(n['’]t|['’](?:s|re|ve|d|ll|m))$", re.IGNORECASE)


def lines(text: str, paragraph: Span, quotations: Sequence[Quotation]) -> list[Line]:
    """The lines of one paragraph; `quotations` are its outermost ones, in order."""
    found: list[Line] = []
    first = end = 0  # the next quotation, and where the last one ended: a sentence in parts has it once
    for span in sentences_outside(text, paragraph, [one.outer for one in quotations], follows_quotation):
        while first < len(quotations) and quotations[first].outer.end <= span.start:
            first += 1
        last = first
        while last < len(quotations) and quotations[last].outer.start < span.end:
            last += 1
        tokens = _tokens(text, Span(max(span.start, end), max(span.end, end)), quotations[first:last])
        if last > first:
            first, end = last, quotations[last - 1].outer.end
        size = _LONGEST if len(tokens) <= _LONGEST else _PART
        for place in range(0, len(tokens), size):
            part = tokens[place : place + size]
            found.append(Line(Span(part[0].start, part[-1].end), part))
    return found


def _tokens(text: str, span: Span, quotations: Sequence[Quotation]) -> tuple[Token, ...]:
    tokens: list[Token] = []
    position = span.start
    for quotation in quotations:
        _words(text, position, quotation.outer.start, tokens)
        first = text[quotation.inner.start]
        tokens.append(Token(quotation.outer.start, quotation.outer.end, "", first.isupper(), quotation))
        position = quotation.outer.end
    _words(text, position, span.end, tokens)
    return tuple(tokens)


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    for match in TOKEN.finditer(text, start, end):
        begin, stop = match.span()
        word = match.group()
        low = word.casefold()
        if "'" in word or "’" in word:
            low = low.replace("’", "'")
            cut = _PIECES.search(word)
            if cut and cut.start() > 0:
                middle = begin + cut.start()
                tokens.append(Token(begin, middle, low[: cut.start()], word[0].isupper()))
                tokens.append(Token(middle, stop, low[cut.start() :]))
                continue
        tokens.append(Token(begin, stop, low, word[0].isupper()))


_FOLLOWING = re.compile(
    r"\s*((?:[\w.’'-]+\s+){0,6}?)(\w+)(\s+(?:on|in|at|to|of|during|as|after|with|by)\b|\s*[,.:—–(]|\s*$)"
)


def follows_quotation(text: str, position: int) -> bool:
    """Whether the words after a closing quotation say who spoke ("...?" Mr Orla asked.)."""
    if not any(mark in "?!" for mark in text[max(0, position - 3) : position]):
        return False  # after a full stop the next words are a sentence of their own: “...” She also said, ...
    match = _FOLLOWING.match(text, position, min(len(text), position + 120))
    if not match:
        return False
    form = verbs().get(match.group(2).casefold())
    return form is not None and "q" in form.word.frames and form.kind in {"past", "s"}
