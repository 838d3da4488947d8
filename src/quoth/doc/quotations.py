"""Quotations marked by quotation marks: paired, nested, carried over paragraphs, and left open.

Straight marks say neither "open" nor "close", a right single mark is mostly an apostrophe, and in some languages the
marks point the other way. What a mark is follows from the characters beside it and from what is open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quoth.types import Span

#: What may close a quotation that a mark opens. Typists mix glyphs, so a straight mark closes any of its own size.
_CLOSERS = {
    "“": '”"“',
    "„": '“”"',
    "‟": '”"',
    "”": '”"',  # Swedish and Finnish open with it; so does a careless typist
    "«": "»",
    "»": "«»",  # »German books«
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    '"': '"”“',
    "‘": "’'",
    "‚": "‘’'",
    "’": "’'",  # a careless typist's, or Swedish
    "'": "'’",
    "＂": "＂",
}
_DOUBLE = frozenset('“”„‟«»「」『』"＂')
_SINGLE = frozenset("‘’‚‹›'")
#: A mark, or two that stand for one: single ones for a double one, signs of "less" and "more" for pointed ones.
_MARK = re.compile(rf"''|``|‘‘|’’|<<|>>|[{''.join(sorted(_DOUBLE | _SINGLE))}]")
_ONLY_CLOSE = frozenset("」』")
_BEFORE_OPENING = frozenset(" \t\n\r\u00a0\u2009\u202f([{-–—―/:;,…>*_|")
_AFTER_CLOSING = frozenset(" \t\n\r\u00a0\u2009\u202f)]},.;:!?-–—―/…<*_|")
#: Words written with an apostrophe in front.
_CLIPPED = ("tis", "twas", "em ", "em.", "em,", "cause", "til ", "till ", "bout ", "round ", "n ", "n' ", "n’ ")


_DEEPEST = 8  # quotations open at once that a mark may close; deeper nesting is a typing error


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks.

    Attributes:
        outer: with its marks.
        inner: without them, trimmed of white space.
        depth: 0 for a quotation that stands in no other.
        closed: whether a closing mark was found.
        carried: whether it goes on from a quotation that the paragraph before left open.
    """

    outer: Span
    inner: Span
    depth: int
    closed: bool = True
    carried: bool = False


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    width: int
    carried: bool = False


def quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """The quotations of some paragraphs, in order of their beginnings, outer before inner.

    A quotation left open at the end of a paragraph ends there; if the next paragraph opens with a mark again, its first
    quotation is `carried`. Time is linear in the length of the paragraphs.
    """
    found: list[Quotation] = []
    left_open = False
    for paragraph in paragraphs:
        here, left_open = _of_paragraph(text, paragraph, after_open=left_open)
        found.extend(here)
    return found


def _of_paragraph(text: str, paragraph: Span, *, after_open: bool) -> tuple[list[Quotation], bool]:
    found: list[Quotation] = []
    stack: list[_Open] = []
    first = paragraph.trimmed(text).start
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark, position, width = match.group(), match.start(), len(match.group())
        if width > 1:
            mark = {"<<": "«", ">>": "»"}.get(mark, '"')  # ``so'' and ''so''
        if mark in _DOUBLE or mark in _SINGLE:
            closes = _closes(text, position, width, mark, stack, paragraph)
            if closes is not None:
                _close(text, found, stack, closes, position + width)
            elif _opens(text, position, width, mark, paragraph):
                stack.append(_Open(mark, position, width, after_open and position == first))
    left_open = bool(stack) and stack[0].mark in _DOUBLE
    if stack and stack[0].mark in _DOUBLE:
        _leave_open(text, found, stack[0], paragraph, len([one for one in stack if one.mark in _DOUBLE]))
    return sorted(found, key=lambda one: (one.outer.start, -one.outer.end)), left_open


def _closes(text: str, position: int, width: int, mark: str, stack: list[_Open], paragraph: Span) -> int | None:
    """Which open quotation the mark at `position` closes; None if it closes none."""
    before = text[position - 1] if position > paragraph.start else "\n"
    after = text[position + width] if position + width < paragraph.end else "\n"
    for number in range(len(stack) - 1, max(-1, len(stack) - 1 - _DEEPEST), -1):
        opened = stack[number]
        if mark not in _CLOSERS[opened.mark] or position == opened.start:
            continue
        if mark in _SINGLE and mark not in "‹›" and not _closes_single(text, position, before, after, paragraph):
            return None
        if mark == '"' and before in " \t\u00a0" and after.isalnum() and opened.mark != '"':
            continue  # “he said "so" again”
        if mark in "“»‘" and before in _BEFORE_OPENING and after not in _AFTER_CLOSING:
            continue  # another opening, not a German close
        return number
    return None


def _closes_single(text: str, position: int, before: str, after: str, paragraph: Span) -> bool:
    """Whether a single mark is a close and not an apostrophe, while a single quotation is open."""
    if before.isspace() or after.isalnum():
        return False
    if before != "s" or after in ".,!?":
        return True
    # "the leaders' plan'": a possessive plural if the quotation still closes further on
    rest = text[position + 1 : min(paragraph.end, position + 400)]
    return not any(
        char in "’'" and index and rest[index - 1] in ".,!?" and (rest[index + 1 : index + 2] or " ") in _AFTER_CLOSING
        for index, char in enumerate(rest)
    )


def _opens(text: str, position: int, width: int, mark: str, paragraph: Span) -> bool:
    """Whether a mark that closes nothing opens a quotation."""
    before = text[position - 1] if position > paragraph.start else "\n"
    after = text[position + width] if position + width < paragraph.end else "\n"
    if mark in _ONLY_CLOSE or (after.isspace() and mark in "\"'’”»"):
        return False
    beginning = before in _BEFORE_OPENING or (before in _DOUBLE or before in _SINGLE)
    if mark in "'’":
        clipped = text[position + 1 : position + 6].casefold()
        return beginning and (after.isalpha() or after in '…[("“') and not clipped.startswith(_CLIPPED)
    if mark in '"”›»’＂':
        return beginning or (mark == '"' and not before.isalnum())
    return True


def _close(text: str, found: list[Quotation], stack: list[_Open], number: int, end: int) -> None:
    opened = stack[number]
    width = 2 if opened.width == 2 and text[end - 1] in "'`‘’<>" else 1  # noqa: PLR2004 - two characters
    outer = Span(opened.start, end)
    inner = Span(opened.start + opened.width, max(opened.start + opened.width, end - width)).trimmed(text)
    del stack[number:]
    if inner.length:
        found.append(Quotation(outer, inner, number, carried=opened.carried))


def _leave_open(text: str, found: list[Quotation], opened: _Open, paragraph: Span, opened_marks: int) -> None:
    """Record the quotation that the paragraph leaves open; what closed inside it lies one deeper."""
    outer = Span(opened.start, paragraph.end).trimmed(text)
    inner = Span(opened.start + opened.width, paragraph.end).trimmed(text)
    if inner.length and opened_marks:
        found.append(Quotation(outer, inner, 0, closed=False, carried=opened.carried))
