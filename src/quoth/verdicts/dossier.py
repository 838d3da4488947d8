"""What the verdicts on one report draw on: the report, its sources, the models, and what was searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from quoth.doc.doc import Doc, analysed
from quoth.matching.passages import Prepared, narrowed
from quoth.models.ports import Tools
from quoth.types import Document, Passage, Places, Searched, Span
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
        self._narrow: dict[tuple[str, tuple[int, ...]], Prepared] = {}

    def source(self, known: str) -> Source:
        """The source whose document has an id."""
        return next(one for one in self.sources if one.prepared.document.id == known)

    def narrowed(self, source: Source, own: tuple[int, ...]) -> Prepared:
        """A source cut down to the sentences of these numbers; prepared once."""
        key = (source.prepared.document.id, own)
        if key not in self._narrow:
            self._narrow[key] = narrowed(source.prepared, own)
        return self._narrow[key]

    def searched(self, nearest: Passage | None) -> Searched:
        """What was searched for a statement, and the nearest passage."""
        return Searched(len(self.documents), self.passages, nearest)
