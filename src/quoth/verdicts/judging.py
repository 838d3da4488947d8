"""From a statement to its verdict: whose words, which are quoted, where they stand, whether carried, what changed.

Words in quotation marks are held against the source by themselves and exactly, the speaker's own words first. What is
told in other words is carried or not by the chance of `carried`; in what is carried only certain pairs count as
changes. The judge then reads the whole a second time. What nobody can settle is `unclear`.
"""

from collections.abc import Sequence

from quoth.models.ports import Tools
from quoth.types import Document, Entity, Grade, Mode, Piece, Statement, Verdict
from quoth.verdicts.carried import quoted_spans
from quoth.verdicts.dossier import Dossier, Source
from quoth.verdicts.namings import Namings
from quoth.verdicts.quoted_words import QuotedWords
from quoth.verdicts.retelling import Retelling
from quoth.verdicts.second_reading import SecondReading
from quoth.verdicts.voices import Voice, voice

#: Speakers of a report times statements of its sources: whose words are whose is told so often at most. News of 200 kB
#: held against as much has half of it.
MOST_HEARD = 600_000
_TOO_MANY = "So many people speak in these texts that whose words are whose was not looked into."


class Judging:
    """Verdicts on the statements of one report."""

    def __init__(self, report: Document, sources: Sequence[Source], entities: Sequence[Entity], tools: Tools) -> None:
        """Takes the report, its sources, who is named in all of them, and the models."""
        self._dossier = Dossier(report, sources, tools)
        self._by_id = {one.id: one for one in entities}
        self._spoken = sum(len(one.within) for one in sources)
        self._namings = [Namings((heard.called for heard in one.within), len(entities)) for one in sources]
        self._voices: dict[tuple[str, str], Sequence[Voice]] = {}
        self._quoted = QuotedWords(self._dossier)
        self._retelling = Retelling(self._dossier, entities)
        self._second = SecondReading(self._dossier)

    def verdict(self, statement: Statement, voices: Sequence[Voice] | None = None) -> Verdict:
        """The verdict on one statement; `voices`, one for each source, where they are known already."""
        heard = voices if voices is not None else self._heard(statement)
        if heard is None:
            return Verdict(statement.id, Grade.UNCLEAR, 0.0, (), (), _TOO_MANY, self._dossier.searched(None))
        own = {one.prepared.document.id: voice_.own for one, voice_ in zip(self._dossier.sources, heard, strict=True)}
        return self._second.verdict(statement, *self._first(statement, heard), own)

    def _first(self, statement: Statement, voices: Sequence[Voice]) -> tuple[Verdict, tuple[Piece, ...]]:
        """The verdict by words, and by certain pairs of them; and the passage that the judge may read again."""
        if not self._dossier.sources:
            return self._retelling.not_found(statement, None, ()), ()
        if statement.mode is Mode.DIRECT:
            quoted = self._quoted.quotation(statement, voices)
            return _by_words(quoted) if quoted else self._retelling.verdict(statement, voices, in_marks=True)
        marked = quoted_spans(self._dossier.doc, statement) if statement.mode is Mode.MIXED else []
        if marked:
            verdict = self._quoted.phrases(statement, marked, voices)
            if verdict is not None:
                return _by_words(verdict)
        return self._retelling.verdict(
            statement, voices, in_marks=any(len(self._dossier.doc.inside(span)) > 1 for span in marked)
        )

    def _heard(self, statement: Statement) -> Sequence[Voice] | None:
        """What each source holds of the speaker of a statement; asked once for each name that he is given.

        None, if so many speak in report and sources that nobody holds each against all the others.
        """
        speaker = self._by_id.get(statement.speaker or "")
        named = " ".join(span.of(self._dossier.report.text) for span in statement.source)
        key = (speaker.id if speaker else "", "" if speaker else named)
        if key not in self._voices:
            if len(self._voices) * self._spoken > MOST_HEARD:
                return None
            heads = [self._dossier.doc, *(one.doc for one in self._dossier.sources)]
            self._voices[key] = [
                voice(one.doc, speaker, named, one.within, heads, namings)
                for one, namings in zip(self._dossier.sources, self._namings, strict=True)
            ]
        return self._voices[key]


def _by_words(verdict: Verdict) -> tuple[Verdict, tuple[Piece, ...]]:
    """A verdict on words in marks, and where they stand; one that is open stays open."""
    return verdict, () if verdict.grade is Grade.UNCLEAR else verdict.pieces
