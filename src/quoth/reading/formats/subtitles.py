"""Subtitles (SRT, WebVTT, SBV): the words of their cues, and when each is said."""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quoth.reading.forms import CUE, STAMP
from quoth.reading.plain import read_text
from quoth.reading.raw import Found, Raw
from quoth.types import BlockKind, Document, Moment, Span, UnusableInput

_VOICE = re.compile(r"<v(?:\.[\w.]{1,40})? ([^<>]{1,80})>")
_STYLE = re.compile(r"</?[a-z][^<>]*>|<(?:\d+:)?\d+:\d\d\.\d+>|\{\\[^{}]*\}", re.IGNORECASE)
_TURN = re.compile(r"[-–—] ?\w|(?:[A-Z][\w.'’-]{0,30} ){0,4}[A-Z][\w.'’-]{0,30}: ")
_STAGE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # "(Laughter.)", on a line of its own
#: Captions that are made while somebody speaks roll up: each cue repeats the line before. Times within lines tell them.
_ROLLING = re.compile(r"<(?:\d+:)?\d+:\d\d\.\d{3}><c>")
_MILLISECONDS = 1_000


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at one time.

    Attributes:
        time: seconds from the beginning.
        lines: its lines, with their marks.
    """

    time: float
    lines: tuple[str, ...]


def read(raw: Raw) -> Iterator[Found]:
    """The words of the cues as one document, a line for each turn of somebody who is named.

    Raises:
        UnusableInput: there are no words in them.
    """
    source, notes = raw.text()
    text, moments = _told(list(_cues(source)), rolling=_ROLLING.search(source) is not None)
    if not text:
        raise UnusableInput(f"{raw.name}: there are no words in these subtitles.")
    document = _timed(read_text(text, raw.id), moments)
    yield replace(document, notes=(*document.notes, *notes, "Read as subtitles, without their numbers and times."))


def _cues(text: str) -> Iterator[Cue]:
    """The cues of subtitles, without numbers and notes."""
    lines = [line.strip() for line in text.splitlines()]
    stamps = [number for number, line in enumerate(lines) if CUE.match(line)]
    for start, end in zip(stamps, [*stamps[1:], len(lines)], strict=False):
        shown: list[str] = []
        for number in range(start + 1, end):
            if not lines[number] or (number == end - 1 < len(lines) - 1 and lines[number].isdecimal()):
                break  # the cue ends, or the number of the next one stands here
            shown.append(lines[number])
        yield Cue(_seconds(lines[start]), tuple(shown))


def _seconds(line: str) -> float:
    """When a cue begins, by its line of times."""
    found = re.search(STAMP, line)
    assert found is not None  # or it would be no such line
    *hours, minutes, seconds, parts = re.split(r"[:.,]", found[0])
    whole = int(hours[0] if hours else 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int(parts.ljust(3, "0")[:3]) / _MILLISECONDS, 3)


def _told(cues: list[Cue], *, rolling: bool) -> tuple[str, list[Moment]]:
    """The words of cues as one text, a line for each turn, and when each cue's words are said."""
    text = ""
    moments: list[Moment] = []
    voice = shown = ""
    after_stage = False
    for cue in cues:
        for line in cue.lines:
            named = _VOICE.search(line)
            speaks = named[1].strip() if named else ""
            words = " ".join(html.unescape(_STYLE.sub("", _VOICE.sub("", line))).split())
            if not words or (rolling and words == shown):
                continue
            shown = words
            if speaks and speaks != voice:  # who goes on speaking is not named anew in every cue
                words = f"{speaks}: {words}"
            turn = (bool(speaks) and speaks != voice) or (not speaks and _TURN.match(words) is not None)
            voice = speaks or ("" if turn else voice)
            stage = _STAGE.fullmatch(words) is not None
            text += ("\n" if turn or stage or after_stage else " ") if text else ""
            after_stage = stage
            moments.append(Moment(cue.time, Span(len(text), len(text) + len(words))))
            text += words
    return text, moments


def _timed(document: Document, moments: list[Moment]) -> Document:
    """The document, each block with the time at which it begins, and with the cues whose words stand in it."""
    starts = [moment.span.start for moment in moments]
    blocks = []
    for block in document.blocks:
        first = max(0, bisect_right(starts, block.span.start) - 1)
        last = bisect_right(starts, block.span.end - 1)
        within = tuple(
            replace(one, span=Span(max(one.span.start, block.span.start), min(one.span.end, block.span.end)))
            for one in moments[first:last]
            if one.span.end > block.span.start
        )
        time = within[0].time if within else None
        is_turn = block.kind is BlockKind.TITLE and _TURN.match(document.text, block.span.start) is not None
        kind = BlockKind.PARAGRAPH if is_turn else block.kind  # nobody speaks a headline
        blocks.append(replace(block, kind=kind, time=time, moments=within))
    headed = any(block.kind is BlockKind.TITLE for block in blocks)
    return replace(document, blocks=tuple(blocks), title=document.title if headed else None)
