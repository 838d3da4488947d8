"""The verdict on words in quotation marks: held against the sources by themselves and exactly, the speaker's own first.

Which passages they come from, whether these are the speaker's, and what is changed in them. Words that stand nowhere,
word for word or nearly, have no verdict here: whether a source says as much in other words is told by `retelling`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from quoth.alignment import align
from quoth.changes.classify import Regime, changes
from quoth.changes.comparison import case
from quoth.changes.denials import Denial, denial_around
from quoth.changes.frames import framed
from quoth.changes.remainders import Force, Remainder, remainders
from quoth.matching.passages import narrowed
from quoth.types import Alignment, Change, ChangeKind, Document, EditKind, Grade, Mode, Piece, Span, Statement, Verdict
from quoth.verdicts.confidence import UNSURE, confidence, doubted, read_on
from quoth.verdicts.dossier import Dossier, Source
from quoth.verdicts.grade import graded, shown
from quoth.verdicts.heard import FOR_ANOTHER, named_at
from quoth.verdicts.originals import original_of
from quoth.verdicts.reasons import (
    denied_reason,
    framed_reason,
    gathered_reason,
    goes_on,
    limited_reason,
    reason,
    retranslated,
    unclear_speaker_reason,
)
from quoth.verdicts.support import QUOTED
from quoth.verdicts.voices import Numbers, Standing, Stretches, Voice

#: A place among the speaker's own words is taken if it covers so much of what the best place anywhere covers.
NEARLY = 0.9
#: A near match: so many tokens of a quotation may be other ones, and its source's stretch so much longer.
OTHER_TOKENS, LONGER = 0.34, 2
#: A passage may be so many times as long as the words that it is to carry, unless it covers (nearly) all of them.
SCATTERED, COVERED = 2.5, 0.85
#: Share of the words of a quoted phrase that must stand in a place.
QUOTED_IN_PART = 0.8
#: Quoted tokens from which on words of another speaker are no chance.
TELLING_TOKENS = 4
#: Likeness of meaning that makes up for words in a quotation, and the share of words that it cannot make up for.
RENDERED, RENDERED_WORDS = 0.84, 0.42
#: Kinds of change that are claimed of the reporter's own words around the marks.
_BESIDE = frozenset(
    [ChangeKind.NUMBER, ChangeKind.HEDGE, ChangeKind.DATE, ChangeKind.NAME, ChangeKind.WORDING, ChangeKind.AGENT]
)
_ARTICLES = frozenset(["a", "an", "the"])
_PRONOUNS = frozenset(["he", "she", "they", "it", "who", "his", "her", "their"])
_ACCUSING = frozenset([Grade.ALTERED, Grade.SPLICED])
_SERIOUS = [Grade.ALTERED, Grade.SPLICED, Grade.UNCLEAR, Grade.REWORDED, Grade.ABRIDGED, Grade.VERBATIM]


class QuotedWords:
    """Verdicts on the words in quotation marks of one report."""

    def __init__(self, dossier: Dossier) -> None:
        """Takes the report and what it is held against."""
        self._dossier = dossier
        self._report, self._doc, self._sources = dossier.report, dossier.doc, dossier.sources
        self._free: dict[int, tuple[Voice, Numbers]] = {}

    def quotation(self, statement: Statement, voices: Sequence[Voice]) -> Verdict | None:
        """The verdict on a statement that is quoted as a whole, each paragraph by itself; None if it stands nowhere."""
        found = [self._quoted(statement, part, voices) for part in self._paragraphs(statement.content)]
        kept = [one for one in found if one is not None]
        return self._worst(kept) if kept else None

    def phrases(self, statement: Statement, marked: Sequence[Span], voices: Sequence[Voice]) -> Verdict | None:
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
        if verdict.grade in _ACCUSING:
            return verdict
        denial = self._denial(statement, marked, verdict) if verdict.grade is not Grade.UNCLEAR else None
        around = self._framed(statement, marked, verdict) if verdict.grade is not Grade.UNCLEAR else []
        beside = (*self._beside(statement, marked, verdict), *(change for change, certain in around if certain))
        if denial and denial.certain:
            source_id = verdict.pieces[0].source
            beside = (
                *beside,
                Change(ChangeKind.NEGATION, material=True, reported=denial.span, original=None, source=source_id),
            )
        if not beside:
            return self._doubted(verdict, denial, [change for change, _ in around])
        source = self._dossier.source(beside[0].source).prepared.document
        empty = Alignment(reported=statement.content)
        told = reason(Grade.ALTERED, self._report, source, empty, beside)
        return replace(verdict, grade=Grade.ALTERED, changes=(*verdict.changes, *beside), reason=told)

    def _doubted(self, verdict: Verdict, denial: Denial | None, around: Sequence[Change]) -> Verdict:
        """A verdict with the doubt that the words around the marks raise, if they raise one."""
        if denial:
            told = denied_reason(self._report, denial.span)
            return replace(verdict, confidence=min(verdict.confidence, doubted()), reason=told)
        if around:
            source = self._dossier.source(around[0].source).prepared.document
            told = framed_reason(self._report, source, around[0])
            return replace(verdict, grade=Grade.UNCLEAR, confidence=0.0, reason=told)
        return verdict

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

    def _aligned(self, content: tuple[Span, ...], voices: Sequence[Voice]) -> tuple[Alignment, bool | None]:
        """Where quoted words come from, and whether they are the speaker's own as far as the sources tell.

        None: they seem to be somebody else's, and may be the speaker's.
        """
        best = self._dossier.aligned(content)
        if not best.pieces or best.drawn:
            return best, True
        number = next(n for n, one in enumerate(self._sources) if one.prepared.document.id == best.pieces[0].source)
        own = voices[number].own
        if own is None:
            heard = voices[number]
            absent = heard.standing is Standing.ABSENT and bool(self._sources[number].doc.turns)
            if absent:
                return best, None if _all_in(best.pieces, heard.doubted) else False
            return self._unless_others(content, best, number, heard)
        source = self._sources[number]
        if all(_are_among(own, source.met(piece.original)) for piece in best.pieces):
            return best, None if _all_in(best.pieces, voices[number].doubted) else True
        mine = align(self._report, content, [self._dossier.narrowed(source, own)])
        if mine.pieces and mine.coverage >= NEARLY * best.coverage:
            return replace(mine, documents=best.documents, passages=best.passages), True
        return best, False

    def _unless_others(
        self, content: tuple[Span, ...], best: Alignment, number: int, heard: Voice
    ) -> tuple[Alignment, bool | None]:
        """Where quoted words come from if nothing tells what all is the speaker's: not from others if it can be."""
        if heard.standing is Standing.UNNAMED:
            return best, True
        if not _all_in(best.pieces, heard.foreign):
            return best, True
        source = self._sources[number]
        free = self._free_for(source, heard)
        mine = align(self._report, content, [self._dossier.narrowed(source, free)]) if free else best
        if mine is not best and mine.pieces and mine.coverage >= NEARLY * best.coverage:
            return replace(mine, documents=best.documents, passages=best.passages), True
        return best, False if _all_in(best.pieces, heard.certain) else None

    def _free_for(self, source: Source, heard: Voice) -> Numbers:
        """The sentences of a source that nobody else than a speaker may have said; found once for a speaker."""
        known = self._free.get(id(heard))
        if known is None:
            free = Numbers(source.untouched(heard.foreign))
            known = self._free[id(heard)] = heard, free  # held, so that no other voice comes to have its id
        return known[1]

    def _quoted(self, statement: Statement, content: tuple[Span, ...], voices: Sequence[Voice]) -> Verdict | None:
        """The verdict on words in quotation marks, if they stand in a source, word for word or nearly; else None."""
        alignment, own = self._aligned(content, voices)
        if not alignment.pieces:
            return None
        tokens = sum(len(self._doc.inside(span)) for span in content)
        own = None if own is False and self._only_described(statement) else own
        if own is False and tokens < TELLING_TOKENS:
            return None
        needed = QUOTED if statement.mode is Mode.DIRECT else QUOTED_IN_PART
        if not ((alignment.coverage >= needed and not self._scattered(alignment, tokens)) or self._nearly(alignment)):
            return self._rendered(statement, content, alignment)
        verdict = self._graded(replace(statement, content=content), statement, alignment, voices, own=own is not False)
        if own is None and verdict.grade not in {Grade.ALTERED, Grade.SPLICED}:
            source = self._dossier.source(alignment.pieces[0].source).prepared.document
            return replace(verdict, grade=Grade.UNCLEAR, confidence=0.0, reason=unclear_speaker_reason(source))
        return verdict

    def _only_described(self, statement: Statement) -> bool:
        """Whether a report names a speaker by an office or a trade alone ("the engineer"), as a source may not."""
        called = [span.of(self._report.text).split() for span in statement.source]
        words = [word for part in called for word in part if word.casefold() not in _ARTICLES]
        return (
            bool(words)
            and all(word.islower() for word in words)
            and len(words) > (words[0] in _PRONOUNS)
            and FOR_ANOTHER.search(" ".join(words)) is None
        )

    def _scattered(self, alignment: Alignment, tokens: int) -> bool:
        """Whether words of a quotation are met here and there, and many are not."""
        if alignment.coverage >= COVERED or alignment.drawn:
            return False
        doc = self._dossier.source(alignment.pieces[0].source).doc
        whole = Span(
            min(one.original.start for one in alignment.pieces), max(one.original.end for one in alignment.pieces)
        )
        return len(doc.inside(whole)) > SCATTERED * tokens

    def _nearly(self, alignment: Alignment) -> bool:
        """Whether quoted words stand in one place but for a few: one wrong word in a short quotation is found."""
        source = self._dossier.source(alignment.pieces[0].source)
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
        judge, embedder = self._dossier.tools.judge, self._dossier.tools.embedder
        by_id = {one.id: one for one in self._dossier.documents}
        parts = alignment.drawn or (alignment,)
        seen: tuple[Change, ...] = ()
        reads_on: list[Remainder] = []
        for part in parts:
            source = by_id[part.pieces[0].source]
            number = self._dossier.documents.index(source)
            says = voices[number].says if voices else None
            held = replace(quoted, content=part.reported, mode=Mode.DIRECT)
            read = case(self._report, held, part, source)
            seen += changes(self._report, held, part, source, judge, embedder, says=says, frame=statement, read=read)
            reads_on += remainders(read, statement, says)
        given_to = statement.source[0] if statement.source else None
        place = self._label(alignment.pieces[0])
        if not own and not self._named_alike(given_to, place, alignment.pieces[0].source):
            piece = alignment.pieces[0]
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
        original = original_of(source, self._dossier.documents) if retranslated(alignment, seen) else None
        if alignment.drawn:
            told = gathered_reason(self._report, by_id, alignment, seen, unsure=sure < UNSURE)
        else:
            told = reason(given, self._report, source, alignment, seen, original=original, unsure=sure < UNSURE)
        pieces = tuple(
            piece for part in parts for piece in shown(given, part, self._report, by_id[part.pieces[0].source])
        )
        verdict = Verdict(statement.id, given, sure, pieces, seen, told, self._dossier.searched(alignment.nearest))
        return self._read_on(verdict, source, reads_on)

    def _read_on(self, verdict: Verdict, source: Document, found: Sequence[Remainder]) -> Verdict:
        """A verdict on words that stand as they are, doubted where the source's sentence goes on to limit them."""
        if verdict.grade in _ACCUSING or not found:
            return verdict
        worst = max(found, key=lambda one: one.force)
        if worst.force is Force.POSSIBLE:
            told = f"{verdict.reason.removesuffix('.')}{goes_on(source, worst.span)}"
            return replace(verdict, confidence=min(verdict.confidence, read_on()), reason=told)
        return replace(verdict, grade=Grade.UNCLEAR, confidence=0.0, reason=limited_reason(source, worst.span))

    def _all_quoted(self, quoted: Statement, statement: Statement) -> bool:
        """Whether a statement says nothing besides the words in marks."""
        every = sum(len(self._doc.inside(span)) for span in statement.content)
        return every <= sum(len(self._doc.inside(span)) for span in quoted.content) + 2

    def _named_alike(self, given_to: Span | None, place: Span, known: str) -> bool:
        """Whether report and source name the speaker of some words by the same words, though linking knows neither."""
        if given_to is None:
            return False
        doc = self._dossier.source(known).doc
        ours = [token.key for token in self._doc.inside(given_to) if token.key not in _ARTICLES]
        theirs = [token.key for token in doc.inside(place) if token.key not in _ARTICLES]
        return len(ours) > 1 and ours == theirs

    def _label(self, piece: Piece) -> Span:
        """What says whose words a passage is: the label of its turn, whom the source names, else the passage itself."""
        source = self._dossier.source(piece.source)
        turn = source.doc.turn_at(piece.original.start)
        return turn.label if turn is not None else named_at(source.heard_at(piece.original), piece.original)

    def _denial(self, statement: Statement, marked: Sequence[Span], verdict: Verdict) -> Denial | None:
        """The denial around the marks that the passages of the quoted words have no word of, the surest first."""
        found = [
            denial_around(self._doc, statement, span, self._dossier.source(piece.source).doc, piece.original)
            for span in marked
            for piece in verdict.pieces
            if span.meets(piece.reported)
        ]
        return max((one for one in found if one is not None), key=lambda one: one.certain, default=None)

    def _framed(self, statement: Statement, marked: Sequence[Span], verdict: Verdict) -> list[tuple[Change, bool]]:
        """What the reporter's words around the marks change in what the quoted words say, and whether for certain."""
        return [
            (
                Change(one.kind, material=True, reported=one.reported, original=one.original, source=piece.source),
                one.certain,
            )
            for span in marked
            for piece in [one for one in verdict.pieces if span.meets(one.reported)][:1]
            for one in framed(self._doc, statement, span, self._dossier.source(piece.source).doc, piece.original)
        ]

    def _beside(self, statement: Statement, marked: Sequence[Span], verdict: Verdict) -> tuple[Change, ...]:
        """What certainly changed in the reporter's own words around the marks, held against the same passage."""
        source = self._dossier.source(verdict.pieces[0].source)
        met = {at for piece in verdict.pieces for at in source.met(piece.original)}
        near = sorted(
            {at for number in met for at in (number - 1, number, number + 1)} & {*range(len(source.doc.sentences))}
        )
        alignment = align(self._report, statement.content, [narrowed(source.prepared, near)])
        if not alignment.pieces:
            return ()
        seen = changes(
            self._report, statement, alignment, source.prepared.document, frame=statement, regime=Regime.FREE
        )
        stands = [source.doc.sentences[at] for at in met]
        return tuple(
            one
            for one in seen
            if one.material
            and _outside(one, marked, verdict.pieces)
            and not (  # a day of another sentence may be that of a dateline
                one.kind is ChangeKind.DATE and one.original and not any(span.holds(one.original) for span in stands)
            )
        )


def _outside(change: Change, marked: Sequence[Span], pieces: Sequence[Piece]) -> bool:
    """Whether a change is one of the reporter's own words that is claimed of these; a denial may be the source's."""
    if change.reported is None or any(span.meets(change.reported) for span in marked):
        lone = change.kind is ChangeKind.NEGATION and change.reported is None and change.original is not None
        return lone and not any(change.original and one.original.meets(change.original) for one in pieces)
    return change.kind in _BESIDE or (change.kind is ChangeKind.NEGATION and change.original is not None)


def _all_in(pieces: Sequence[Piece], some: Stretches) -> bool:
    """Whether each of some pieces lies wholly in one of some stretches of its source."""
    starts, ends = some.T
    return all(bool(np.any((starts <= piece.original.start) & (piece.original.end <= ends))) for piece in pieces)


def _are_among(some: Sequence[int], numbers: range) -> bool:
    """Whether numbers in a row are all among some in order."""
    at = bisect_left(some, numbers.start)
    return tuple(some[at : at + len(numbers)]) == tuple(numbers)
