"""Where a source says a thing twice, the place where it says it of the same speaker."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quoth.aligning.preparing import Prepared, narrowed
from quoth.aligning.tracing import align
from quoth.values import Alignment, Document, Entity, Span

#: Share of the best place's coverage that the place beside the speaker's name must reach to be taken instead.
NEARLY = 0.9


class Speakers:
    """Who is named where in some sources; what stands beside a name is read once for all statements of its bearer."""

    def __init__(self, entities: Iterable[Entity], prepared: Sequence[Prepared]) -> None:
        """Takes who is named, and the sources, made ready."""
        self._known = {one.id: one for one in entities if one.named}
        self._sources = {one.document.id: one for one in prepared}
        self._beside: dict[tuple[str, str], tuple[frozenset[int], Prepared]] = {}

    def align_beside(
        self, report: Document, content: tuple[Span, ...], speaker: str | None, best: Alignment
    ) -> Alignment:
        """The alignment with the sentences that name the speaker, if they carry the words (almost) as well as any.

        "He claims that the board sold the quay. ... As to the accusation that the board sold the quay, we declare ...":
        who reports what he said draws on the first.

        Args:
            report: the reporting document.
            content: spans of `report.text` that were reported.
            speaker: id of the entity that speaks, if it is known.
            best: the alignment without regard to the speaker.
        """
        source = self._sources.get(best.pieces[0].source) if best.pieces else None
        if source is None or speaker not in self._known:
            return best
        beside, there = self._named(speaker, source)
        drawn = {number for piece in best.pieces for number in _met(source, piece.original)}
        if not beside or not beside.isdisjoint(drawn):
            return best
        found = align(report, content, [there])
        if not found.pieces or found.coverage < NEARLY * best.coverage:
            return best
        return replace(found, documents=best.documents, passages=best.passages)

    def _named(self, speaker: str, source: Prepared) -> tuple[frozenset[int], Prepared]:
        """Numbers of the sentences of a source that name a speaker, and the source as if it had no others."""
        key = (speaker, source.document.id)
        if key not in self._beside:
            named = (one.span for one in self._known[speaker].mentions if one.document == source.document.id)
            numbers = frozenset(number for span in named for number in _met(source, span))
            self._beside[key] = numbers, narrowed(source, sorted(numbers))
        return self._beside[key]


def _met(source: Prepared, span: Span) -> range:
    """Numbers of the sentences that a span meets."""
    first = bisect_right(source.sentences, span.start, key=lambda sentence: sentence.end)
    return range(first, bisect_left(source.sentences, span.end, lo=first, key=lambda sentence: sentence.start))
