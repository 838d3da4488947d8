"""Stretches of a text, cut up by how they stand to the other text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush
from itertools import pairwise

from quoth.doc.sentences import sentences
from quoth.types import Change, Document, Span, Verdict

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # ESC among them: a text must not move the cursor or change the screen
NEAR = 200  # code points between two passages of a source that are still shown as one excerpt
CONTEXT = 140  # code points of context at most on each side of an excerpt; whole sentences where they fit


class Mark(StrEnum):
    """How a stretch stands to the other text."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    LEFT_OUT = "left out"
    CONTEXT = "context"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that are shown in one way."""

    text: str
    mark: Mark
    material: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a source, cut up by how it stands to the reported words.

    Attributes:
        document: the source.
        span: the whole stretch shown.
        stretches: its words, in order.
        where: the page on which it begins, or the time at which it is said ("page 3", "0:12:07"); else empty.
    """

    document: Document
    span: Span
    stretches: tuple[Stretch, ...]
    where: str = ""


def where(document: Document, offset: int) -> str:
    """Where a place of a text stands in its pages or its recording, in words; empty where it has neither."""
    page, time = document.page_at(offset), document.time_at(offset)
    if time is not None:
        minutes, seconds = divmod(int(time), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return f"page {page}" if page is not None else ""


def excerpts(source: Document, verdict: Verdict) -> list[Excerpt]:
    """The passages of one source that a verdict points to; what stands near together is shown as one."""
    pieces = [piece.original for piece in verdict.pieces if piece.source == source.id]
    changes = [change for change in verdict.changes if change.source == source.id and change.original]
    spans = sorted({*pieces, *(change.original for change in changes if change.original)})
    groups: list[list[Span]] = []
    end = 0  # of all in the last group
    for span in spans:
        if groups and span.start - end <= NEAR:
            groups[-1].append(span)
            end = max(end, span.end)
        else:
            groups.append([span])
            end = span.end
    by_span: dict[Span | None, list[int]] = {}
    for number, change in enumerate(changes):
        by_span.setdefault(change.original, []).append(number)
    taken = set(pieces)
    return [
        excerpt(
            source,
            [span for span in group if span in taken],
            [changes[number] for number in sorted(number for span in group for number in by_span.get(span, ()))],
        )
        for group in groups
    ]


def excerpt(source: Document, pieces: Sequence[Span], changes: Sequence[Change], *, near: bool = False) -> Excerpt:
    """What stands from the first to the last of some stretches of a source, with its sentences' rest unless `near`."""
    marked = [
        (change.original, Mark.CHANGED if change.reported else Mark.LEFT_OUT, change.material)
        for change in changes
        if change.original
    ]
    spans = [*pieces, *(span for span, _, _ in marked)]
    core = Span(min(span.start for span in spans), max(span.end for span in spans))
    whole = core if near else with_context(source.text, core)
    same = [(span, Mark.SAME, False) for span in pieces]
    stretches = cut(source.text, whole, [*marked, *same], Mark.CONTEXT)
    return Excerpt(source, whole, tuple(stretches), where(source, core.start))


def with_context(text: str, core: Span) -> Span:
    """`core`, widened to the ends of its sentences, by `CONTEXT` at most on each side and then to a word's end."""
    base = max(0, core.start - 2 * CONTEXT)
    found = [span.shifted(base) for span in sentences(text[base : core.end + 2 * CONTEXT])]
    start = min([core.start, *(span.start for span in found if span.end > core.start)])
    end = max([core.end, *(span.end for span in found if span.start < core.end)])
    if core.start - start > CONTEXT:
        start = text.find(" ", core.start - CONTEXT, core.start) + 1 or core.start
    if end - core.end > CONTEXT:
        space = text.rfind(" ", core.end, core.end + CONTEXT)
        end = space if space >= 0 else core.end
    return Span(start, end).trimmed(text)


def cut(text: str, span: Span, marked: Iterable[tuple[Span, Mark, bool]], plain: Mark) -> list[Stretch]:
    """`span` of `text` cut up by marks; where marks overlap the first given wins, a material one before all."""
    ranked = sorted((entry for entry in marked if entry[0].meets(span)), key=lambda entry: not entry[2])
    bounds = sorted(
        {span.start, span.end}
        | {at for entry, _, _ in ranked for at in (entry.start, entry.end) if span.start < at < span.end}
    )
    begin = sorted(range(len(ranked)), key=lambda rank: -ranked[rank][0].start)  # the first at the end
    open_: list[int] = []  # a heap of those begun and not known to have ended
    stretches: list[Stretch] = []
    for start, end in pairwise(bounds):
        while begin and ranked[begin[-1]][0].start <= start:
            heappush(open_, begin.pop())
        while open_ and ranked[open_[0]][0].end < end:
            heappop(open_)
        _, mark, material = ranked[open_[0]] if open_ else (span, plain, False)
        words = text[start:end]
        if stretches and (stretches[-1].mark, stretches[-1].material) == (mark, material):
            stretches[-1] = Stretch(stretches[-1].text + words, mark, material)
        else:
            stretches.append(Stretch(words, mark, material))
    return stretches


def one_line(text: str) -> str:
    """`text` with every run of white space as one space, and no character that would command a terminal."""
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def shorten(text: str, most: int) -> str:
    """`text` on one line, cut at a word where it is longer than `most` code points."""
    text = one_line(text)
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return (head[: head.rfind(" ")] if " " in head[most // 2 :] else head).rstrip(" ,;:") + "…"
