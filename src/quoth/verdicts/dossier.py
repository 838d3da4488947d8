"""What the verdicts on one report draw on: the report, its sources, the models, and what was searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from quoth.alignment import align
from quoth.doc.doc import Doc, analysed
from quoth.matching.passages import Prepared, narrowed
from quoth.models.ports import Tools
from quoth.types import Alignment, Document, Passage, Places, Searched, Span
from quoth.verdicts.carried import Contents
from quoth.verdicts.heard import Heard


@dataclass(frozen=True)
class Source:
    """A source, ready for the statements of one report.

    Attributes:
        prepared: for the search.
        contents: what each sentence says.
        within: who says what in it.
    """

    prepared: Prepared
    contents: Contents
    within: tuple[Heard, ...]

    @property
    def doc(self) -> Doc:
        """Its analysis."""
        return self.contents.doc

    @cached_property
    def _met(self) -> dict[Span, range]:
        return {}

    def met(self, words: Span) -> range:
        """The numbers of the sentences that some words stand in; looked up once."""
        if words not in self._met:
            first, last = self.doc.range(words)
            self._met[words] = range(self.doc.sentence_of(first), self.doc.sentence_of(max(first, last - 1)) + 1)
        return self._met[words]

    @cached_property
    def _token_starts(self) -> npt.NDArray[np.int64]:
        return np.array(self.doc.starts, dtype=np.int64)

    def untouched(self, stretches: npt.NDArray[np.int32]) -> list[int]:
        """The numbers of the sentences that none of some stretches touches, as `met` tells it.

        Args:
            stretches: array of shape (n, 2), starts and ends.
        """
        first, last = (
            np.searchsorted(self._token_starts, stretches[:, 0]),
            np.searchsorted(self._token_starts, stretches[:, 1]),
        )
        of = np.array(self.doc.first, dtype=np.int64)
        begin, end = (
            np.maximum(np.searchsorted(of, token, side="right") - 1, 0)
            for token in (first, np.maximum(first, last - 1))
        )
        edges = np.zeros(len(of) + 1, dtype=np.int64)
        np.add.at(edges, begin, 1)
        np.add.at(edges, end + 1, -1)
        free: list[int] = np.flatnonzero(np.cumsum(edges)[: len(self.doc.sentences)] == 0).tolist()
        return free

    @cached_property
    def _said(self) -> tuple[Sequence[tuple[Span, Heard]], Places]:
        said = [(span, one) for one in self.within for span in one.statement.content]
        return said, Places(span for span, _ in said)

    def heard_at(self, words: Span) -> Heard | None:
        """The first statement of the source that some words stand in."""
        said, places = self._said
        return next((said[at][1] for at in places.meeting(words) if said[at][0].holds(words)), None)


class Dossier:
    """A report and the sources that its statements are held against.

    Attributes:
        report: the report.
        doc: its analysis.
        sources: what its statements are held against.
        documents: the texts of the sources, in their order.
        passages: how many sentences they have in all.
        tools: the models.
    """

    def __init__(self, report: Document, sources: Sequence[Source], tools: Tools) -> None:
        """Takes the report, its sources and the models."""
        self.report = report
        self.doc = analysed(report)
        self.sources = sources
        self.documents = tuple(one.prepared.document for one in sources)
        self.passages = sum(len(one.doc.sentences) for one in sources)
        self.tools = tools
        self._aligned: tuple[tuple[Span, ...], Alignment] | None = None
        self._narrow: dict[tuple[str, tuple[int, ...]], Prepared] = {}

    def source(self, known: str) -> Source:
        """The source whose document has an id."""
        return next(one for one in self.sources if one.prepared.document.id == known)

    def aligned(self, content: tuple[Span, ...]) -> Alignment:
        """Some words of the report held against all sources; not twice where they are asked for again at once."""
        if self._aligned is None or self._aligned[0] != content:
            self._aligned = content, align(self.report, content, [one.prepared for one in self.sources])
        return self._aligned[1]

    def narrowed(self, source: Source, own: tuple[int, ...]) -> Prepared:
        """A source cut down to the sentences of these numbers; prepared once."""
        key = (source.prepared.document.id, own)
        if key not in self._narrow:
            self._narrow[key] = narrowed(source.prepared, own)
        return self._narrow[key]

    def searched(self, nearest: Passage | None) -> Searched:
        """What was searched for a statement, and the nearest passage."""
        return Searched(len(self.documents), self.passages, nearest)
