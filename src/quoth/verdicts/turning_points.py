"""What turns a statement away from its source: the one difference without which the judge takes it as carried.

Each stretch in which report and passage part is put back in turn, and each sentence of the passage is left away in
turn; the judge reads every variant. A difference is named only if undoing it alone turns the judge's answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quoth.doc.doc import Doc
from quoth.doc.tokens import Unit
from quoth.models.ports import Judge
from quoth.types import Alignment, Span

#: A source's stretch that the report has not may have so many words, to be put into the report.
LONGEST = 12
#: So many variants are read at most.
MOST = 16


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """One difference, and what the judge makes of the statement once it is undone.

    Attributes:
        reported: the report's words; None where the source's are left out.
        original: the source's words; None where the report's are added.
        carried: the chance, 0..1, that the passage carries the statement without the difference.
        sentence: whether it is a whole sentence of the passage that the report does without.
    """

    reported: Span | None
    original: Span | None
    carried: float
    sentence: bool = False


def turning_point(
    judge: Judge,
    report: Doc,
    content: Sequence[Span],
    source: Doc,
    passage: Sequence[Span],
    alignment: Alignment,
    same: Sequence[tuple[Span, str]] = (),
) -> TurningPoint | None:
    """The difference whose undoing makes the judge surest that a passage carries a statement; None if there is none.

    Args:
        judge: is asked once, about all variants.
        report: the report.
        content: the statement's spans in it.
        source: the source.
        passage: sentences of it, in order.
        alignment: of the content with these sentences.
        same: spans of the report that tell the same in another form, and the source's words for it.
    """
    said = " ".join(restored(report.text, span, same) for span in content)
    there = " ".join(span.of(source.text) for span in passage)
    variants = [
        (point, (_restored(report, content, point, source, same), there))
        for point in _differences(report, content, source, passage, alignment)
    ]
    if len(passage) > 1:
        for span in passage:
            rest = " ".join(one.of(source.text) for one in passage if one is not span)
            variants.append((TurningPoint(None, span, 0.0, sentence=True), (said, rest)))
    variants = variants[:MOST]
    if not variants:
        return None
    told = judge.judge([pair for _, pair in variants])
    best = max(range(len(variants)), key=lambda n: told[n].carried)
    point = variants[best][0]
    return TurningPoint(point.reported, point.original, told[best].carried, point.sentence)


def _differences(
    report: Doc, content: Sequence[Span], source: Doc, passage: Sequence[Span], alignment: Alignment
) -> Iterator[TurningPoint]:
    """The stretches between neighbouring words that both sides share, where either has words of its own."""
    words = [token for span in content for token in report.inside(span)]
    theirs = [token for span in passage for token in source.inside(span)]
    mine = {token.start: at for at, token in enumerate(words)}
    its = {token.start: at for at, token in enumerate(theirs)}
    shared = [
        (mine[a.start], its[b.start])
        for a, b in alignment.pairs
        if a.start in mine and b.start in its and words[mine[a.start]].key == theirs[its[b.start]].key
    ]
    ends = sorted(set(shared))
    if not ends:
        return
    for (a, b), (c, d) in pairwise(ends):
        if b < d <= b + LONGEST + 1 and (c - a, d - b) != (1, 1):
            yield _parted(words[a + 1 : c], theirs[b + 1 : d])
    for ours, other in _outside(words, theirs, ends, source):
        if ours or other:
            yield _parted(ours, other)


def _outside(
    words: Sequence[Unit], theirs: Sequence[Unit], ends: Sequence[tuple[int, int]], source: Doc
) -> Iterator[tuple[Sequence[Unit], Sequence[Unit]]]:
    """What stands before the first and behind the last shared word, within the source's sentences."""
    (a, b), (c, d) = ends[0], ends[-1]
    first, last = (source.sentence_of(source.range(Span(theirs[at].start, theirs[at].end))[0]) for at in (b, d))
    start, end = source.sentences[first].start, source.sentences[last].end
    yield words[:a], [token for token in theirs[max(0, b - LONGEST) : b] if token.start >= start]
    yield words[c + 1 :], [token for token in theirs[d + 1 : d + 1 + LONGEST] if token.end <= end]


def _parted(ours: Sequence[Unit], theirs: Sequence[Unit]) -> TurningPoint:
    return TurningPoint(
        Span(ours[0].start, ours[-1].end) if ours else None,
        Span(theirs[0].start, theirs[-1].end) if theirs else None,
        0.0,
    )


def _restored(
    report: Doc, content: Sequence[Span], point: TurningPoint, source: Doc, same: Sequence[tuple[Span, str]]
) -> str:
    """The statement with the source's words in the place of the report's."""
    theirs = point.original.of(source.text) if point.original else ""
    places = [(point.reported, theirs)] if point.reported else []
    return " ".join(restored(report.text, span, [*places, *same]) for span in content)


def restored(text: str, span: Span, places: Sequence[tuple[Span, str]]) -> str:
    """The words of a span, with others in these places of it.

    Args:
        text: what the span is of.
        span: of the text.
        places: spans of the text, none over another, and what stands there instead; those outside the span are left.
    """
    told, at = "", span.start
    for place, words in sorted((one for one in places if span.holds(one[0])), key=lambda one: one[0].start):
        if place.start >= at:
            told, at = f"{told}{text[at : place.start]}{words}", place.end
    return told + text[at : span.end]
