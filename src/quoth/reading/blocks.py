"""The stretches of a plain text that belong together: paragraphs, however its lines are broken."""

import re
from itertools import pairwise

from quoth.types import Span

_BLANK = re.compile(r"\n[^\S\n]*+(?:\n[^\S\n]*+)++")
_LINE = re.compile(r"[^\n]+")
_FIRST_WORD = re.compile(r"\S+")
_ITEM = re.compile(
    r"[^\S\n]*(?:(?P<strong>[•‣◦▪●·*]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})\))|[-–—+]|\d{1,3}\.)[^\S\n]+(?=\S)"
)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»›)\]]*\Z")

INDENT = 2  # columns
MOST = 250_000  # stretches; a text of more is no report, and what is left of it is one stretch
SAMPLED = 20_000  # code points of one group of lines looked at
SAMPLE = 2_000  # breaks looked at to tell how lines are broken
NARROWEST, WIDEST = 38, 132  # columns of a text whose lines a machine has broken
FULL = 0.8  # share of the width that a line and the next line's first word reach where the break was forced
RUNNING = 0.4  # share of them after which the next line begins small, in the middle of a sentence
CELLS = 3  # bars in a row that is surely one of a table; two where the first stands at its beginning
LONG = 0.6  # share of the width below which a line tells nothing: a heading, the end of a paragraph
FORCED = 0.6  # share of forced breaks after long lines in a text whose lines were broken by a machine


def stretches(text: str) -> list[Span]:
    """Paragraph-like stretches of `text`, in order, without white space at their ends.

    A blank line always separates two. A single line break separates two as well, unless the lines were broken to a
    width (a mail, a wire report): then only where the line ends early or the next one is indented or begins an item.
    """
    groups = _groups(text)
    width = _width(text, groups)
    found: list[Span] = []
    for group in groups:
        if text.find("\n", *group) < 0:
            found.append(group)
        else:
            found.extend(_split(text, group, width))
    if len(found) > MOST:
        found[MOST - 1 :] = [Span(found[MOST - 1].start, found[-1].end)]
    return found


def _groups(text: str) -> list[Span]:
    groups: list[Span] = []
    start = 0
    for match in _BLANK.finditer(text):
        groups.append(Span(start, match.start()).trimmed(text))
        start = match.end()
    groups.append(Span(start, len(text)).trimmed(text))
    return [group for group in groups if group.length]


def _width(text: str, groups: list[Span]) -> int | None:
    """The width to which the lines were broken; None where each line is a stretch of its own."""
    breaks: list[tuple[int, int, bool]] = []  # length of a line, of the next one's first word, whether it runs on
    lengths: list[int] = []
    for group in groups:
        if text.find("\n", *group) < 0:
            continue
        lines = [
            Span(*match.span()).trimmed(text)
            for match in _LINE.finditer(text, group.start, min(group.end, group.start + SAMPLED))
        ]
        lengths.extend(line.length for line in lines)
        for line, following in pairwise(lines):
            word = _FIRST_WORD.match(text, following.start, following.end)
            open_end = not _SENTENCE_END.search(text, max(line.start, line.end - 6), line.end)
            runs_on = (
                open_end and word is not None and text[word.start()].isalpha() and not text[word.start()].isupper()
            )
            breaks.append((line.length, word.end() - word.start() if word else 0, runs_on))
        if len(breaks) >= SAMPLE:
            break
    if not breaks:
        return None
    width = sorted(lengths)[int(0.98 * (len(lengths) - 1))]
    if not NARROWEST <= width <= WIDEST:
        return None
    long = [entry for entry in breaks if entry[0] > LONG * width]
    forced = sum(length + 1 + word > FULL * width for length, word, _ in long)
    running = sum(runs_on for _, _, runs_on in long)
    return width if long and forced >= FORCED * len(long) and running >= RUNNING * len(long) else None


def _split(text: str, group: Span, width: int | None) -> list[Span]:
    found: list[Span] = []
    start: int | None = None
    previous: Span | None = None
    for match in _LINE.finditer(text, *group):
        line = Span(*match.span()).trimmed(text)
        if not line.length:
            continue
        if (
            start is not None
            and previous is not None
            and not (width is not None and _goes_on(text, previous, match.start(), line, width))
        ):
            found.append(Span(start, previous.end))
            start = None
            if len(found) >= MOST:
                return [*found, Span(line.start, group.end)]
        if start is None:
            start = line.start
        previous = line
    if start is not None and previous is not None:
        found.append(Span(start, previous.end))
    return found


def _goes_on(text: str, previous: Span, begin: int, line: Span, width: int) -> bool:
    """Whether `line` goes on where `previous` was broken for want of width."""
    if _ITEM.match(text, begin, line.end) or (
        line.start - begin >= INDENT and text[max(0, previous.start - 1)] == "\n"
    ):
        return False
    if text[line.start].islower():
        return True
    word = _FIRST_WORD.match(text, line.start, line.end)
    return previous.length + 1 + (word.end() - word.start() if word else 0) > FULL * width


def item_mark(text: str, span: Span) -> tuple[int, bool]:
    """The bullet or number with which a stretch begins: its length with the white space after it, and if it is sure.

    0 if there is none. A dash may open a line of dialogue, and a number with a full stop a date ("12. März"): such
    marks are sure only beside another item.
    """
    match = _ITEM.match(text, *span)
    return (match.end() - span.start, match["strong"] is not None) if match else (0, False)


def cells(text: str, span: Span) -> int:
    """How many bars divide a line."""
    return text.count("|", *span)


def is_table(text: str, span: Span) -> bool:
    """Whether a line is, by itself, a row of cells, divided by bars or tabs."""
    bars = cells(text, span)
    return bars >= CELLS - (text[span.start] == "|") or text.count("\t", *span) >= CELLS - 1
