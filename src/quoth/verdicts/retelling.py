"""The verdict on what is told in other words: carried or not by the chance of `carried`, and what certainly changed.

What no source carries is `not found`, with what was searched; what nobody can settle is `unclear`.
"""

from collections.abc import Sequence
from dataclasses import replace

from quoth.alignment import align
from quoth.changes.answered import same_day
from quoth.changes.classify import SAME_MATTER, Regime, changes
from quoth.changes.remainder_phrases import ENGLISH, tongue_of
from quoth.doc.doc import Doc
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.matching.passages import narrowed
from quoth.types import (
    Alignment,
    Change,
    ChangeKind,
    Entity,
    Grade,
    Mode,
    Passage,
    Piece,
    Span,
    Statement,
    Verdict,
)
from quoth.verdicts.carried import Support, names_in, support
from quoth.verdicts.confidence import FEW_TOKENS, MOSTLY, UNSURE, of_absence, of_few_words, of_support
from quoth.verdicts.dossier import Dossier, Source
from quoth.verdicts.evidence import Anchor, anchors, passage, wanted_of
from quoth.verdicts.grade import shown
from quoth.verdicts.reasons import (
    denied_alike_reason,
    few_words_reason,
    foreign_reason,
    limited_reason,
    not_found_reason,
    reason,
    retold_reason,
    unclear_reason,
)
from quoth.verdicts.short_statements import denied_matter, told_but_for_values
from quoth.verdicts.unasserted import refused, unasserted
from quoth.verdicts.voices import Standing, Voice

NO_SOURCE = "no source by this speaker"
#: Chances from which on indirect speech counts as carried, and below which as absent; between them nobody can tell.
CARRIED, ABSENT = 0.5, 0.45
#: The same for words in marks that stand nowhere as they are: a translation, or a paraphrase in marks.
CARRIED_IN_MARKS = 0.62
#: Likeness of meaning from which on a quotation in other words may be another rendering of the source's.
LIKE = 0.72
#: Content words that are few, what a common one weighs at most, and the likeness of meaning from which on a passage may
#: say as much in wholly other words ("had no comment" for "declined to comment").
FEWEST, COMMON, PERHAPS = 5, 1.9, 0.36
MANY = 1000  # words that tell enough
_PLAIN = word_list("negations") | {"1", "2"}
_SPEAKING = frozenset([Standing.TURN, Standing.QUOTED, Standing.ISSUER])
#: From this share on words in other words are close enough to the source's for word to be held against word.
CLOSE = 0.75
#: Coverage from which on a passage that does not carry a statement is about the same matter.
NEAR = 0.45


class Retelling:
    """Verdicts on what one report tells in other words."""

    def __init__(self, dossier: Dossier, entities: Sequence[Entity]) -> None:
        """Takes the report and what it is held against, and who is named in all of it."""
        self._dossier = dossier
        self._report, self._doc, self._sources = dossier.report, dossier.doc, dossier.sources
        self._names = names_in(self._doc, entities)
        self._anchors: dict[str, Sequence[Anchor]] = {}

    def verdict(
        self, statement: Statement, voices: Sequence[Voice], *, in_marks: bool
    ) -> tuple[Verdict, tuple[Piece, ...]]:
        """The verdict on indirect speech, and the passage against which the whole may be read a second time, if any."""
        offers = [
            support(self._doc, statement, one.prepared, one.contents, heard, self._names)
            for one, heard in zip(self._sources, voices, strict=True)
        ]
        number = max(range(len(offers)), key=lambda n: (offers[n].chance, offers[n].cover))
        best, source = offers[number], self._sources[number]
        if statement.mode is Mode.DIRECT and not self._renders(statement, best, source):
            verdict, closed = self.not_found(statement, None, voices), False
        else:
            verdict, closed = self._weighed(statement, best, number, voices, in_marks=in_marks)
        if closed or self._dossier.tools.judge is None or not best.window or verdict.why is not None:
            return verdict, ()
        return verdict, verdict.pieces or self._window(statement, source, voices[number])

    def not_found(
        self, statement: Statement, nearest: tuple[Support, Source] | None, voices: Sequence[Voice]
    ) -> Verdict:
        """That no source carries a statement: what was searched, and the nearest passage on the same matter."""
        absent = bool(voices) and all(one.standing is Standing.ABSENT for one in voices)
        place = self._place(*nearest) if nearest is not None and nearest[0].cover >= NEAR else None
        if nearest is not None and not absent:
            sure = of_support(Grade.NOT_FOUND, nearest[0].chance)
        else:
            alignment = self._dossier.aligned(statement.content)
            if nearest is None and alignment.coverage >= NEAR:
                place = alignment.nearest
            tokens = sum(len(self._doc.inside(span)) for span in statement.content)
            sure = of_absence(tokens, alignment.coverage, nobody=absent)
        told = not_found_reason(
            len(self._dossier.documents), self._dossier.passages, no_source=absent, near=place is not None
        )
        return Verdict(
            statement.id, Grade.NOT_FOUND, sure, (), (), told, self._dossier.searched(place),
            why=NO_SOURCE if absent else None,
        )  # fmt: skip

    def _weighed(
        self, statement: Statement, best: Support, number: int, voices: Sequence[Voice], *, in_marks: bool
    ) -> tuple[Verdict, bool]:
        """The verdict by the chance that the best window, of source `number`, carries a statement.

        And whether it is closed: left open by the language, or by a limit that the source names.
        """
        source = self._sources[number]
        if all(one.standing is Standing.ABSENT for one in voices):
            return self.not_found(statement, (best, source), voices), True
        short = None if in_marks else self._short(statement, best, number, voices[number])
        if short is not None:
            return short, False
        if best.chance >= (CARRIED_IN_MARKS if in_marks else CARRIED) and best.window:
            retold = self._retold(statement, best, source, voices[number])
            return retold, retold.grade is Grade.UNCLEAR
        told, foreign = unclear_reason(source.prepared.document), False
        if best.chance < ABSENT or in_marks:
            foreign = not in_marks and tongue_of(self._doc) != ENGLISH
            speaks = not in_marks and voices[number].standing in _SPEAKING
            few = self._common_words(statement) if speaks else MANY
            if not foreign and not (few <= FEWEST and best.signals.get("likeness", 0.0) >= PERHAPS):
                found = self.not_found(statement, (best, source), voices)
                sure = min(found.confidence, of_few_words()) if few <= FEW_TOKENS else found.confidence
                return replace(found, confidence=sure), False
            told = foreign_reason(source.prepared.document) if foreign else few_words_reason(source.prepared.document)
        pieces = self._window(statement, source, voices[number])
        place = self._dossier.searched(self._place(best, source))
        return Verdict(statement.id, Grade.UNCLEAR, 0.0, pieces, (), told, place), foreign

    def _short(self, statement: Statement, best: Support, number: int, heard: Voice) -> Verdict | None:
        """The verdict on a few words of which one sentence of the speaker has all, but for a value or denied."""
        source = self._sources[number]
        if heard.standing is Standing.ABSENT:
            return None
        eligible = heard.own if heard.own is not None else range(len(source.doc.sentences))
        same = told_but_for_values(self._doc, statement, source.contents, eligible, self._names)
        if same is not None:
            held = self._retold(statement, replace(best, window=(same,)), source, heard, close=True)
            return held if any(self._other_value(change, source) for change in held.changes) else None
        known = source.prepared.document.id
        whole = Span(statement.content[0].start, statement.content[-1].end)
        if (place := refused(self._doc, statement, source.doc, eligible)) is not None:
            change = Change(ChangeKind.NEGATION, material=True, reported=statement.cue[0], original=place, source=known)
            return self._turned(statement, best, source, (Piece(whole, known, place),), change)
        denied = denied_matter(self._doc, statement, source.contents, eligible)
        if denied is None or not statement.cue:
            return None
        sentence, agrees = denied
        pieces = (Piece(whole, known, source.doc.sentences[sentence]),)
        searched = self._dossier.searched(self._place(replace(best, window=(sentence,)), source))
        if agrees:
            sure = of_support(Grade.REWORDED, MOSTLY)
            return Verdict(statement.id, Grade.REWORDED, sure, pieces, (), denied_alike_reason(), searched)
        change = Change(ChangeKind.NEGATION, material=True, reported=statement.cue[0], original=None, source=known)
        return self._turned(statement, best, source, pieces, change)

    def _turned(
        self, statement: Statement, best: Support, source: Source, pieces: tuple[Piece, ...], change: Change
    ) -> Verdict:
        """The verdict on what the source says the contrary of."""
        document = source.prepared.document
        sure = of_support(Grade.ALTERED, best.chance)
        alignment = Alignment(reported=statement.content)
        told = reason(Grade.ALTERED, self._report, document, alignment, [change], unsure=sure < UNSURE)
        searched = self._dossier.searched(self._place(best, source))
        return Verdict(statement.id, Grade.ALTERED, sure, pieces, (change,), told, searched)

    def _other_value(self, change: Change, source: Source) -> bool:
        """Whether a change gives two numbers of which each has its unit, or two of which neither has one."""
        if not change.material or not change.reported or not change.original:
            return False
        if change.kind is ChangeKind.DATE:
            return same_day(self._doc, source.doc, change) is False
        mine, theirs = self._doc.numbers_at([change.reported]), source.doc.numbers_at([change.original])
        if len(mine) != 1 or len(theirs) != 1:
            return False
        return bool(mine[0].unit) is bool(theirs[0].unit) and mine[0].value != theirs[0].value

    def _common_words(self, statement: Statement) -> int:
        """How many content words a statement has, if all are common ones, so that a source may well have others."""
        words = [at for span in statement.content for at in range(*self._doc.range(span))]
        telling = [at for at in words if self._doc.keys[at] not in function_words()]
        named = any(one.span.meets(span) for one in self._doc.names for span in statement.content)
        common = all(
            self._doc.keys[at] in _PLAIN or (self._doc.weights[at] <= COMMON and not self._doc.keys[at][:1].isdigit())
            for at in telling
        )
        return len(telling) if common and not named else MANY

    def _renders(self, statement: Statement, best: Support, source: Source) -> bool:
        """Whether a quotation in other words is plainly another rendering of a window: alike, as many negations."""
        if best.signals.get("likeness", 0.0) < LIKE or not best.window:
            return False
        ours = sum(_negations(self._doc, span) for span in statement.content)
        return ours == sum(_negations(source.doc, source.doc.sentences[number]) for number in best.window)

    def _retold(
        self, statement: Statement, best: Support, source: Source, heard: Voice, *, close: bool = False
    ) -> Verdict:
        """The verdict on indirect speech that a window carries."""
        document = source.prepared.document
        beside = {at for number in best.window for at in ((number,) if close else (number - 1, number, number + 1))}
        near = sorted(number for number in beside if 0 <= number < len(source.doc.sentences))
        if heard.own is not None:
            near = [number for number in near if number in heard.own_set or number in best.window]
        alignment = align(self._report, statement.content, [narrowed(source.prepared, near)])
        seen: tuple[Change, ...] = ()
        if alignment.pieces:
            regime = Regime.CLOSE if close or alignment.coverage >= CLOSE else Regime.FREE
            seen = changes(
                self._report, statement, alignment, document, self._dossier.tools.judge, self._dossier.tools.embedder,
                says=heard.says, frame=statement, regime=regime,
            )  # fmt: skip
        material = any(change.material for change in seen)
        if not material and alignment.coverage >= SAME_MATTER:
            kept = unasserted(self._doc, statement, alignment, source.doc, heard.says)
            if kept is not None:
                return Verdict(
                    statement.id, Grade.UNCLEAR, 0.0, shown(Grade.REWORDED, alignment, self._report, document), (),
                    limited_reason(document, kept), self._dossier.searched(self._place(best, source)),
                )  # fmt: skip
        given = Grade.ALTERED if material else Grade.REWORDED
        pieces = (
            shown(given, alignment, self._report, document)
            if alignment.coverage >= CLOSE
            else self._window(statement, source, heard)
        )
        sure = of_support(given, best.chance)
        told = (
            reason(given, self._report, document, alignment, seen, unsure=sure < UNSURE)
            if material or alignment.coverage >= CLOSE
            else retold_reason()
        )
        return Verdict(statement.id, given, sure, pieces, seen, told, self._dossier.searched(self._place(best, source)))

    def _window(self, statement: Statement, source: Source, heard: Voice) -> tuple[Piece, ...]:
        """A piece for the passage that is shown for what is told in other words."""
        known = source.prepared.document.id
        if known not in self._anchors:
            self._anchors[known] = anchors(self._doc, source.prepared)
        said = wanted_of(self._doc, statement, source.contents, self._names, source.within)
        eligible = heard.own if heard.own is not None else range(len(source.doc.sentences))
        found = passage(
            said, source.prepared, source.contents, eligible, self._anchors[known], self._dossier.tools.judge
        )
        whole = Span(statement.content[0].start, statement.content[-1].end)
        return tuple(Piece(whole, known, span) for span in found)

    def _place(self, best: Support, source: Source) -> Passage | None:
        if not best.window:
            return None
        span = source.doc.sentences[best.window[0]]
        return source.prepared.document.passage(span.start, source.doc.sentences[best.window[-1]].end)


def _negations(doc: Doc, span: Span) -> int:
    """How many negations stand in a stretch."""
    first, last = doc.range(span)
    return sum(key in word_list("negations") for key in doc.keys[first:last])
