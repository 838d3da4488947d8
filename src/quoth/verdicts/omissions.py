"""What a report leaves out of its sources, and what it adds to them."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import Protocol

from quoth.doc.coverage import Told, carried, ready
from quoth.doc.doc import Doc, analysed
from quoth.doc.telling_words import TOLD, Word
from quoth.doc.turns import TurnKind
from quoth.types import Added, BlockKind, Document, Grade, LeftOut, Places, Span, Statement, Verdict
from quoth.verdicts.salience import Salience

_CARRIED_BY_PIECES = 0.5  # share of a sentence's telling words, by weight, inside verdicts' pieces
_CARRIED_BY_WORDS = 0.55  # weighted share of its telling words in one place of the other text
_LONGEST_HEADING = 10  # words
_FEWEST_WORDS = 4  # telling words of a report's sentence; a shorter one is a dateline or a heading
_FEWEST_LEFT = (
    2  # the same of a source's, unless it denies or promises: "That is false." is left out, "Good." is no loss
)


class HasDocument(Protocol):
    """A source made ready for searching."""

    @property
    def document(self) -> Document:
        """The source itself."""
        ...


def left_out(
    report: Document, statements: Sequence[Statement], verdicts: Sequence[Verdict], sources: Sequence[Document]
) -> tuple[LeftOut, ...]:
    """Sentences of the sources that the report does not carry, most salient first, all of them.

    A sentence is carried when half of what it tells lies in the pieces of verdicts that settle something, or when one
    place of the report holds most of its telling words though no statement was found there: then it was lost by our
    extraction, not omitted by the report, and is not listed. Questions are not, nor is anything of a source in another
    language than the report's: nobody here can tell whether the report carries it.

    Args:
        report: the report.
        statements: its statements.
        verdicts: their verdicts.
        sources: the documents that it was held against.
    """
    del statements  # verdicts point at their pieces
    told = ready([analysed(report)])
    settled = [piece for one in verdicts if one.grade is not Grade.UNCLEAR for piece in one.pieces]
    found: list[LeftOut] = []
    for source in sources:
        if report.language and source.language and report.language != source.language:
            continue
        doc = analysed(source)
        pieces = [piece.original for piece in settled if piece.source == source.id]
        places = Places(pieces)
        salience = Salience(analysed(report), doc, pieces)
        for number in _told(doc):
            span = doc.sentences[number]
            words = salience.words(number)
            telling_enough = len(words) >= _FEWEST_LEFT or (words and salience.signals(number)["heavy"])
            if not telling_enough or _is_carried(source.text, span, words, places, told):
                continue
            share, why = salience.of(number)
            found.append(LeftOut(source.id, span, share, why))
    found.sort(key=lambda one: -one.salience)  # stable: sources and reading order decide among equals
    return tuple(found)


def _told(doc: Doc) -> list[int]:
    """Numbers of the sentences that tell a source's story: no titles, captions, questions."""
    blocks = [block.span for block in doc.document.blocks if block.kind in TOLD] or [Span(0, len(doc.text))]
    paragraphs = {block.span for block in doc.document.blocks if block.kind is BlockKind.PARAGRAPH}
    asked = [turn.words for turn in doc.turns if turn.kind is TurnKind.QUESTION]
    return [
        number
        for number, span in enumerate(doc.sentences)
        if _within(blocks, span.start)
        and not _within(asked, span.start)
        and not span.of(doc.text).endswith("?")
        and not _is_heading(span, paragraphs, doc.text)
    ]


def _is_heading(span: Span, paragraphs: Collection[Span], text: str) -> bool:
    """Whether a paragraph is a few words without an end, "How the work will go on": not every format says so."""
    return span in paragraphs and span.of(text)[-1].isalnum() and len(span.of(text).split()) <= _LONGEST_HEADING


def _within(spans: Sequence[Span], offset: int) -> bool:
    """Whether an offset lies in one of some spans, which are in order."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end


def _is_carried(text: str, span: Span, words: Sequence[Word], pieces: Places, told: Told) -> bool:
    inside = pieces.spans_meeting(span)
    held = sum(word.weight for word in words if any(piece.meets(word.span) for piece in inside))
    if held and held >= _CARRIED_BY_PIECES * sum(word.weight for word in words):
        return True
    return carried(text, words, inside, told) >= _CARRIED_BY_WORDS


def added(
    report: Document, statements: Sequence[Statement], verdicts: Sequence[Verdict], prepared: Sequence[HasDocument]
) -> tuple[Added, ...]:
    """Sentences of the report that no source carries, in reading order.

    The words that only attribute ("the ministry said on Thursday") are left out of the account, and so is what lies in
    the pieces of verdicts. Without sources nothing is called added.
    """
    if not prepared:
        return ()
    told = ready([analysed(one.document) for one in prepared])
    pieces = Places(
        piece.reported for verdict in verdicts if verdict.grade is not Grade.NOT_FOUND for piece in verdict.pieces
    )
    frames = [span for statement in statements for span in (*statement.source, *statement.cue)]
    sentences = analysed(report).told
    framing = _by_sentence([span for span, _ in sentences], frames)
    found: list[Added] = []
    for number, (span, every) in enumerate(sentences):
        near = framing.get(number, [])
        words = [word for word in every if not any(frame.holds(word.span) for frame in near)]
        if len(words) >= _FEWEST_WORDS and not _is_carried(report.text, span, words, pieces, told):
            found.append(Added(span))
    return tuple(found)


def _by_sentence(spans: Sequence[Span], stretches: Sequence[Span]) -> dict[int, list[Span]]:
    """The stretches that meet each sentence, by its number; sentences are in reading order."""
    found: dict[int, list[Span]] = {}
    for stretch in stretches:
        first = bisect_right(spans, stretch.start, key=lambda span: span.end)
        for number in range(first, bisect_left(spans, stretch.end, key=lambda span: span.start)):
            found.setdefault(number, []).append(stretch)
    return found
