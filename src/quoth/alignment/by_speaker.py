"""Where a source says a thing twice, the place where it says it of the same speaker."""

from collections.abc import Sequence
from dataclasses import replace

from quoth.alignment.align import align
from quoth.matching.passages import Prepared, prepare
from quoth.types import Alignment, Document, Span

#: Share of the best place's coverage that the place beside the speaker's name must reach to be taken instead.
NEARLY = 0.9


def align_beside(
    report: Document, content: tuple[Span, ...], prepared: Prepared, named: Sequence[Span], best: Alignment
) -> Alignment:
    """The alignment with the sentences that name the speaker, if they carry the words (almost) as well as any.

    "He claims that the board sold the quay. ... As to the accusation that the board sold the quay, we declare ...": who
    reports what he said draws on the first.

    Args:
        report: the reporting document.
        content: spans of `report.text` that were reported.
        prepared: the source that `best` draws on.
        named: where that source names the speaker, in order.
        best: the alignment without regard to the speaker.
    """
    beside = [sentence for sentence in prepared.sentences if any(sentence.meets(span) for span in named)]
    drawn = [piece.original for piece in best.pieces]
    if not beside or any(sentence.meets(span) for sentence in beside for span in drawn):
        return best
    text = list(" " * len(prepared.document.text))
    for sentence in beside:
        text[sentence.start : sentence.end] = prepared.document.text[sentence.start : sentence.end]
        if sentence.end < len(text):
            text[sentence.end] = "\n"
    there = prepare(replace(prepared.document, text="".join(text)), prepared.embedder)
    found = align(report, content, [there])
    if not found.pieces or found.coverage < NEARLY * best.coverage:
        return best
    return replace(found, documents=best.documents, passages=best.passages)
