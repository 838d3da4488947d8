"""From a statement to its verdict: whose words, which are quoted, where they stand, whether carried, what changed.

Words in quotation marks are held against the source by themselves and exactly, the speaker's own words first. What is
told in other words is carried or not by the chance of `carried`; in what is carried only certain pairs count as
changes. What nobody can settle is `unclear`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quoth.alignment import align
from quoth.changes.classify import Regime, changes
from quoth.doc.doc import Doc, analysed
from quoth.doc.word_lists import word_list
from quoth.matching.passages import Prepared, narrowed
from quoth.models.ports import Tools
from quoth.types import (
    Alignment,
    Carriage,
    Change,
    ChangeKind,
    Document,
    EditKind,
    Entity,
    Grade,
    Mode,
    Passage,
    Piece,
    Searched,
    Span,
    Statement,
    Verdict,
)
from quoth.verdicts.carried import Contents, Support, names_in, quoted_spans, support
from quoth.verdicts.confidence import UNSURE, confidence, of_absence, of_support
from quoth.verdicts.evidence import Anchor, anchors, passage, wanted_of
from quoth.verdicts.grade import graded, shown
from quoth.verdicts.heard import Heard, named_at
from quoth.verdicts.originals import original_of
from quoth.verdicts.reasons import (
    gathered_reason,
    not_found_reason,
    reason,
    retold_reason,
    retranslated,
    unclear_reason,
    unclear_speaker_reason,
)
from quoth.verdicts.support import QUOTED
from quoth.verdicts.voices import Standing, Voice, owner, voice

NO_SOURCE = "no source by this speaker"
#: Chances from which on indirect speech counts as carried, and below which as absent; between them nobody can tell.
CARRIED, ABSENT = 0.5, 0.45
#: The same for words in marks that stand nowhere as they are: a translation, or a paraphrase in marks.
CARRIED_IN_MARKS = 0.62
#: Likeness of meaning from which on a quotation in other words may be another rendering of the source's.
LIKE = 0.72
#: A place among the speaker's own words is taken if it covers so much of what the best place anywhere covers.
NEARLY = 0.9
#: From this share on words in other words are close enough to the source's for word to be held against word.
CLOSE = 0.75
#: A near match: so many tokens of a quotation may be other ones, and its source's stretch so much longer.
OTHER_TOKENS, LONGER = 0.34, 2
#: Coverage from which on a passage that does not carry a statement is about the same matter.
NEAR = 0.45


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


class Judging:
    """Verdicts on the statements of one report."""

    def __init__(self, report: Document, sources: Sequence[Source], entities: Sequence[Entity], tools: Tools) -> None:
        """Takes the report, its sources, who is named in all of them, and the models."""
        self._report = report
        self._doc = analysed(report)
        self._sources = sources
        self._entities = entities
        self._by_id = {one.id: one for one in entities}
        self._tools = tools
        self._documents = tuple(one.prepared.document for one in sources)
        self._passages = sum(len(one.doc.sentences) for one in sources)
        self._voices: dict[tuple[str, str], Sequence[Voice]] = {}
        self._names = names_in(self._doc, entities)
        self._anchors: dict[str, Sequence[Anchor]] = {}
        self._narrow: dict[tuple[str, tuple[int, ...]], Prepared] = {}

    def verdict(self, statement: Statement, voices: Sequence[Voice] | None = None) -> Verdict:
        """The verdict on one statement; `voices`, one for each source, where they are known already."""
        if voices is None:
            voices = self._heard(statement)
        if not self._sources:
            return self._not_found(statement, None, ())
        if statement.mode is Mode.DIRECT:
            found = [self._quoted(statement, part, voices) for part in self._paragraphs(statement.content)]
            kept = [one for one in found if one is not None]
            return self._worst(kept) if kept else self._told(statement, voices, in_marks=True)
        marked = quoted_spans(self._doc, statement) if statement.mode is Mode.MIXED else []
        if marked:
            verdict = self._marked(statement, marked, voices)
            if verdict is not None:
                return verdict
        return self._told(statement, voices, in_marks=any(len(self._doc.inside(span)) > 1 for span in marked))

    def _heard(self, statement: Statement) -> Sequence[Voice]:
        """What each source holds of the speaker of a statement; asked once for each name that he is given."""
        speaker = self._by_id.get(statement.speaker or "")
        named = " ".join(span.of(self._report.text) for span in statement.source)
        key = (speaker.id if speaker else "", "" if speaker else named)
        if key not in self._voices:
            heads = [self._doc, *(one.doc for one in self._sources)]
            self._voices[key] = [voice(one.doc, speaker, named, one.within, heads) for one in self._sources]
        return self._voices[key]

    def _paragraphs(self, content: tuple[Span, ...]) -> list[tuple[Span, ...]]:
        """The spans of a quotation, those of each paragraph by themselves: two quotations of two paragraphs are two."""
        parts: list[list[Span]] = []
        for span in content:
            if parts and "\n" not in self._report.text[parts[-1][-1].end : span.start]:
                parts[-1].append(span)
            else:
                parts.append([span])
        return [tuple(part) for part in parts]

    def _worst(self, found: Sequence[Verdict]) -> Verdict:
        """Several verdicts on one statement as one: the most serious grade, all pieces and changes."""
        worst = min(found, key=lambda one: _SERIOUS.index(one.grade))
        pieces = tuple(piece for one in found for piece in one.pieces)
        seen = tuple(change for one in found for change in one.changes)
        return replace(worst, pieces=pieces, changes=seen, confidence=min(one.confidence for one in found))

    # quoted words

    def _aligned(self, content: tuple[Span, ...], voices: Sequence[Voice]) -> tuple[Alignment, bool | None]:
        """Where quoted words come from, and whether they are the speaker's own as far as the sources tell.

        None: they seem to be somebody else's, and may be the speaker's.
        """
        best = align(self._report, content, [one.prepared for one in self._sources])
        if not best.pieces or best.drawn:
            return best, True
        number = next(n for n, one in enumerate(self._sources) if one.prepared.document.id == best.pieces[0].source)
        own = voices[number].own
        if own is None:
            heard = voices[number]
            absent = heard.standing is Standing.ABSENT and bool(self._sources[number].doc.turns)
            if absent:
                return best, False
            return self._unless_others(content, best, number, heard)
        source = self._sources[number]
        stands = {sentence for piece in best.pieces for sentence in _met(source.doc, piece.original)}
        if stands <= set(own):
            return best, None if _all_in(best.pieces, voices[number].doubtful) else True
        mine = align(self._report, content, [self._narrowed(source, own)])
        if mine.pieces and mine.coverage >= NEARLY * best.coverage:
            return replace(mine, documents=best.documents, passages=best.passages), True
        return best, False

    def _unless_others(
        self, content: tuple[Span, ...], best: Alignment, number: int, heard: Voice
    ) -> tuple[Alignment, bool | None]:
        """Where quoted words come from if nothing tells what all is the speaker's: not from others if it can be."""
        foreign = [*heard.others, *heard.doubtful]
        if heard.standing is Standing.UNNAMED or not _all_in(best.pieces, foreign):
            return best, True
        source = self._sources[number]
        taken = {sentence for span in foreign for sentence in _met(source.doc, span)}
        free = tuple(one for one in range(len(source.doc.sentences)) if one not in taken)
        mine = align(self._report, content, [self._narrowed(source, free)]) if free else best
        if mine is not best and mine.pieces and mine.coverage >= NEARLY * best.coverage:
            return replace(mine, documents=best.documents, passages=best.passages), True
        return best, False if _all_in(best.pieces, heard.others) else None

    def _narrowed(self, source: Source, own: tuple[int, ...]) -> Prepared:
        key = (source.prepared.document.id, own)
        if key not in self._narrow:
            self._narrow[key] = narrowed(source.prepared, own)
        return self._narrow[key]

    def _quoted(self, statement: Statement, content: tuple[Span, ...], voices: Sequence[Voice]) -> Verdict | None:
        """The verdict on words in quotation marks, if they stand in a source, word for word or nearly; else None."""
        alignment, own = self._aligned(content, voices)
        if not alignment.pieces:
            return None
        tokens = sum(len(self._doc.inside(span)) for span in content)
        if own is False and tokens < TELLING_TOKENS:
            return None
        needed = QUOTED if statement.mode is Mode.DIRECT else QUOTED_IN_PART
        if not ((alignment.coverage >= needed and not self._scattered(alignment, tokens)) or self._nearly(alignment)):
            return self._rendered(statement, content, alignment)
        verdict = self._graded(replace(statement, content=content), statement, alignment, voices, own=own is not False)
        if own is None and verdict.grade not in {Grade.ALTERED, Grade.SPLICED}:
            source = next(one for one in self._documents if one.id == alignment.pieces[0].source)
            return replace(verdict, grade=Grade.UNCLEAR, confidence=0.0, reason=unclear_speaker_reason(source))
        return verdict

    def _scattered(self, alignment: Alignment, tokens: int) -> bool:
        """Whether words of a quotation are met here and there, and many are not."""
        if alignment.coverage >= COVERED or alignment.drawn:
            return False
        doc = next(one.doc for one in self._sources if one.prepared.document.id == alignment.pieces[0].source)
        whole = Span(
            min(one.original.start for one in alignment.pieces), max(one.original.end for one in alignment.pieces)
        )
        return len(doc.inside(whole)) > SCATTERED * tokens

    def _nearly(self, alignment: Alignment) -> bool:
        """Whether quoted words stand in one place but for a few: one wrong word in a short quotation is found."""
        source = next(one for one in self._sources if one.prepared.document.id == alignment.pieces[0].source)
        ours = [token for span in alignment.reported for token in self._doc.inside(span)]
        other = sum(
            len(self._doc.inside(edit.reported)) for edit in alignment.edits if edit.reported and not edit.marked
        )
        start = min(piece.original.start for piece in alignment.pieces)
        end = max(piece.original.end for piece in alignment.pieces)
        theirs = len(source.doc.inside(Span(start, end)))
        paired = sum(edit.kind is EditKind.REPLACED for edit in alignment.edits)
        few = other <= max(1, OTHER_TOKENS * len(ours)) and len(ours) > other
        return few and theirs <= len(ours) + LONGER and (paired > 0 or other == 0) and len(ours) - other > 1

    def _rendered(self, statement: Statement, content: tuple[Span, ...], alignment: Alignment) -> Verdict | None:
        """Quoted words that are another rendering of the source's: alike in meaning, and in most words."""
        if (alignment.meaning or 0.0) < RENDERED or alignment.coverage < RENDERED_WORDS:
            return None
        return self._graded(replace(statement, content=content), statement, alignment, (), own=True)

    def _graded(
        self, quoted: Statement, statement: Statement, alignment: Alignment, voices: Sequence[Voice], *, own: bool
    ) -> Verdict:
        """The verdict on words that were found in a place, or in places."""
        judge, embedder = self._tools.judge, self._tools.embedder
        by_id = {one.id: one for one in self._documents}
        parts = alignment.drawn or (alignment,)
        seen: tuple[Change, ...] = ()
        for part in parts:
            source = by_id[part.pieces[0].source]
            number = self._documents.index(source)
            says = voices[number].says if voices else None
            held = replace(quoted, content=part.reported, mode=Mode.DIRECT)
            seen += changes(self._report, held, part, source, judge, embedder, says=says, frame=statement)
        if not own:
            piece = alignment.pieces[0]
            given_to = statement.source[0] if statement.source else None
            place = self._label(piece)
            change = Change(ChangeKind.AGENT, material=True, reported=given_to, original=place, source=piece.source)
            seen = (change, *seen)
        source = by_id[alignment.pieces[0].source]
        given = Grade.SPLICED if alignment.drawn else graded(self._report, source, alignment, seen)
        if any(change.material for change in seen):
            given = Grade.ALTERED
        if (
            statement.mode is Mode.MIXED
            and given in {Grade.VERBATIM, Grade.ABRIDGED}
            and not self._all_quoted(quoted, statement)
        ):
            given = Grade.REWORDED
        sure = confidence(given, alignment, seen)
        original = original_of(source, self._documents) if retranslated(alignment, seen) else None
        if alignment.drawn:
            told = gathered_reason(self._report, by_id, alignment, seen, unsure=sure < UNSURE)
        else:
            told = reason(given, self._report, source, alignment, seen, original=original, unsure=sure < UNSURE)
        pieces = tuple(
            piece for part in parts for piece in shown(given, part, self._report, by_id[part.pieces[0].source])
        )
        return Verdict(statement.id, given, sure, pieces, seen, told, self._searched(alignment.nearest))

    def _all_quoted(self, quoted: Statement, statement: Statement) -> bool:
        """Whether a statement says nothing besides the words in marks."""
        every = sum(len(self._doc.inside(span)) for span in statement.content)
        return every <= sum(len(self._doc.inside(span)) for span in quoted.content) + 2

    def _label(self, piece: Piece) -> Span:
        """What says whose words a passage is: the label of its turn, whom the source names, else the passage itself."""
        source = next(one for one in self._sources if one.prepared.document.id == piece.source)
        turn = source.doc.turn_at(piece.original.start)
        return turn.label if turn is not None else named_at(source.doc, source.within, piece.original)

    def _marked(self, statement: Statement, marked: Sequence[Span], voices: Sequence[Voice]) -> Verdict | None:
        """The verdict on a statement that is quoted in part: by the quoted words, if they stand."""
        found: list[Verdict] = []
        for span in marked:
            if len(self._doc.inside(span)) < 1:
                continue
            one = self._quoted(statement, (span,), voices)
            if one is not None:
                found.append(one)
            elif len(self._doc.inside(span)) > 2:  # noqa: PLR2004 - a quoted phrase that stands nowhere
                return None
        if not found or not any(len(self._doc.inside(span)) > 1 for span in marked):
            return None
        verdict = self._worst(found)
        beside = self._beside(statement, marked, verdict) if verdict.grade not in _ACCUSING else ()
        if not beside:
            return verdict
        source = next(one for one in self._documents if one.id == beside[0].source)
        empty = Alignment(reported=statement.content)
        told = reason(Grade.ALTERED, self._report, source, empty, beside)
        return replace(verdict, grade=Grade.ALTERED, changes=(*verdict.changes, *beside), reason=told)

    def _beside(self, statement: Statement, marked: Sequence[Span], verdict: Verdict) -> tuple[Change, ...]:
        """What certainly changed in the reporter's own words around the marks, held against the same passage."""
        source = next(one for one in self._sources if one.prepared.document.id == verdict.pieces[0].source)
        met = {at for piece in verdict.pieces for at in _met(source.doc, piece.original)}
        near = sorted(
            {at for number in met for at in (number - 1, number, number + 1)} & {*range(len(source.doc.sentences))}
        )
        alignment = align(self._report, statement.content, [narrowed(source.prepared, near)])
        if not alignment.pieces:
            return ()
        seen = changes(
            self._report, statement, alignment, source.prepared.document, frame=statement, regime=Regime.FREE
        )
        return tuple(
            one
            for one in seen
            if one.material
            and one.reported
            and not any(span.meets(one.reported) for span in marked)
            and one.kind in {ChangeKind.NUMBER, ChangeKind.HEDGE}
        )

    # words told in other words

    def _told(self, statement: Statement, voices: Sequence[Voice], *, in_marks: bool) -> Verdict:
        """The verdict on indirect speech."""
        offers = [
            support(self._doc, statement, one.prepared, one.contents, heard, self._names)
            for one, heard in zip(self._sources, voices, strict=True)
        ]
        number = max(range(len(offers)), key=lambda n: (offers[n].chance, offers[n].cover))
        best, source = offers[number], self._sources[number]
        if statement.mode is Mode.DIRECT and not self._renders(statement, best, source):
            return self._not_found(statement, None, voices)
        verdict = self._weighed(statement, best, number, voices, in_marks=in_marks)
        return replace(verdict, support=self._carriage(statement, best, source))

    def _weighed(
        self, statement: Statement, best: Support, number: int, voices: Sequence[Voice], *, in_marks: bool
    ) -> Verdict:
        """The verdict by the chance that the best window, of source `number`, carries a statement."""
        source = self._sources[number]
        if all(one.standing is Standing.ABSENT for one in voices):
            return self._not_found(statement, (best, source), voices)
        if best.chance >= (CARRIED_IN_MARKS if in_marks else CARRIED) and best.window:
            return self._retold(statement, best, source, voices[number])
        if best.chance < ABSENT or in_marks:
            return self._not_found(statement, (best, source), voices)
        told = unclear_reason(source.prepared.document)
        pieces = self._window(statement, source, voices[number])
        return Verdict(statement.id, Grade.UNCLEAR, 0.0, pieces, (), told, self._searched(self._place(best, source)))

    def _carriage(self, statement: Statement, best: Support, source: Source) -> Carriage | None:
        """What the judge makes of the best window as a whole; shown, and no part of the grade."""
        if self._tools.judge is None or not best.window:
            return None
        said = " ".join(span.of(self._report.text) for span in statement.content)
        there = " ".join(source.doc.sentences[number].of(source.doc.text) for number in best.window)
        (told,) = self._tools.judge.judge([(said, there)])
        return Carriage(told.carried, told.partly, told.changed, told.absent)

    def _renders(self, statement: Statement, best: Support, source: Source) -> bool:
        """Whether a quotation in other words is plainly another rendering of a window: alike, as many negations."""
        if best.signals.get("likeness", 0.0) < LIKE or not best.window:
            return False
        ours = sum(_negations(self._doc, span) for span in statement.content)
        return ours == sum(_negations(source.doc, source.doc.sentences[number]) for number in best.window)

    def _retold(self, statement: Statement, best: Support, source: Source, heard: Voice) -> Verdict:
        """The verdict on indirect speech that a window carries."""
        document = source.prepared.document
        beside = {at for number in best.window for at in (number - 1, number, number + 1)}
        near = sorted(number for number in beside if 0 <= number < len(source.doc.sentences))
        if heard.own is not None:
            own = set(heard.own)
            near = [number for number in near if number in own or number in best.window]
        alignment = align(self._report, statement.content, [narrowed(source.prepared, near)])
        seen: tuple[Change, ...] = ()
        if alignment.pieces:
            regime = Regime.CLOSE if alignment.coverage >= CLOSE else Regime.FREE
            seen = changes(
                self._report, statement, alignment, document, self._tools.judge, self._tools.embedder,
                says=heard.says, frame=statement, regime=regime,
            )  # fmt: skip
        material = any(change.material for change in seen)
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
        return Verdict(statement.id, given, sure, pieces, seen, told, self._searched(self._place(best, source)))

    def _window(self, statement: Statement, source: Source, heard: Voice) -> tuple[Piece, ...]:
        """A piece for the passage that is shown for what is told in other words."""
        known = source.prepared.document.id
        if known not in self._anchors:
            self._anchors[known] = anchors(self._doc, source.prepared)
        said = wanted_of(self._doc, statement, source.contents, self._names, source.within)
        eligible = heard.own if heard.own is not None else range(len(source.doc.sentences))
        found = passage(said, source.prepared, source.contents, eligible, self._anchors[known], self._tools.judge)
        whole = Span(statement.content[0].start, statement.content[-1].end)
        return tuple(Piece(whole, known, span) for span in found)

    def _place(self, best: Support, source: Source) -> Passage | None:
        if not best.window:
            return None
        span = source.doc.sentences[best.window[0]]
        return source.prepared.document.passage(span.start, source.doc.sentences[best.window[-1]].end)

    # what is not there

    def _searched(self, nearest: Passage | None) -> Searched:
        return Searched(len(self._documents), self._passages, nearest)

    def _not_found(
        self, statement: Statement, nearest: tuple[Support, Source] | None, voices: Sequence[Voice]
    ) -> Verdict:
        """That no source carries a statement: what was searched, and the nearest passage on the same matter."""
        absent = bool(voices) and all(one.standing is Standing.ABSENT for one in voices)
        place = self._place(*nearest) if nearest is not None and nearest[0].cover >= NEAR else None
        if nearest is not None and not absent:
            sure = of_support(Grade.NOT_FOUND, nearest[0].chance)
        else:
            alignment = align(self._report, statement.content, [one.prepared for one in self._sources])
            if nearest is None and alignment.coverage >= NEAR:
                place = alignment.nearest
            tokens = sum(len(self._doc.inside(span)) for span in statement.content)
            sure = of_absence(tokens, alignment.coverage, nobody=absent)
        told = not_found_reason(len(self._documents), self._passages, no_source=absent, near=place is not None)
        return Verdict(
            statement.id, Grade.NOT_FOUND, sure, (), (), told, self._searched(place),
            why=NO_SOURCE if absent else None,
        )  # fmt: skip


_ACCUSING = frozenset([Grade.ALTERED, Grade.SPLICED])
_SERIOUS = [Grade.ALTERED, Grade.SPLICED, Grade.UNCLEAR, Grade.REWORDED, Grade.ABRIDGED, Grade.VERBATIM]
#: A passage may be so many times as long as the words that it is to carry, unless it covers (nearly) all of them.
SCATTERED, COVERED = 2.5, 0.85
#: Share of the words of a quoted phrase that must stand in a place.
QUOTED_IN_PART = 0.8
#: Quoted tokens from which on words of another speaker are no chance.
TELLING_TOKENS = 4
#: Likeness of meaning that makes up for words in a quotation, and the share of words that it cannot make up for.
RENDERED, RENDERED_WORDS = 0.84, 0.42


def _negations(doc: Doc, span: Span) -> int:
    """How many negations stand in a stretch."""
    first, last = doc.range(span)
    return sum(key in word_list("negations") for key in doc.keys[first:last])


def _all_in(pieces: Sequence[Piece], spans: Sequence[Span]) -> bool:
    return all(any(span.holds(piece.original) for span in spans) for piece in pieces)


def _met(doc: Doc, span: Span) -> range:
    first, last = doc.range(span)
    return range(doc.sentence_of(first), doc.sentence_of(max(first, last - 1)) + 1)


__all__ = ["Judging", "Source", "owner"]
