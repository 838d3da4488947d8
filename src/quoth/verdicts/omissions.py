"""What a report leaves out of its sources, and what it adds to them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol

from quoth.doc.coverage import Told, Word, carried, ready, telling, told_sentences
from quoth.doc.name_tables import plain
from quoth.doc.names import Name, names
from quoth.doc.numbers import numbers
from quoth.types import Added, Document, EntityType, Grade, LeftOut, Span, Statement, Verdict, overlap

_CARRIED_BY_PIECES = 0.5  # share of a sentence's characters inside verdicts' pieces
_CARRIED_BY_WORDS = 0.55  # weighted share of its telling words in one place of the other text
_FEWEST_WORDS = 4  # telling words; a shorter sentence is a dateline, a greeting or a heading
_MOST = 100  # sentences listed, the most salient ones; a transcript of hours has thousands

#: Words of an answer to an accusation.
_ANSWER = re.compile(
    r"\b(?:accus\w+|alleg\w+|den(?:y|ies|ied|ial)|reject\w*|refut\w+|groundless|unfounded|baseless|"
    r"slander\w*|defam\w+|libel\w*|"
    r"false|untrue|respon(?:d|se)\w*|repl(?:y|ies|ied)|contrary|never|not true|claims?|apolog\w+|regret\w*|admit\w*|"
    r"acknowledg\w+)\b",
    re.IGNORECASE,
)
_BASE, _LEAD, _EARLY, _ANSWERS, _NUMBERS, _KNOWN_NAME, _THIRD_PARTY = 0.2, 0.2, 0.1, 0.15, 0.1, 0.1, 0.25
_LEAD_SHARE = 0.1  # of a source's sentences
_EARLY_SHARE = 0.33


class HasDocument(Protocol):
    """A source made ready for searching."""

    @property
    def document(self) -> Document:
        """The source itself."""
        ...


def left_out(
    report: Document, statements: Sequence[Statement], verdicts: Sequence[Verdict], sources: Sequence[Document]
) -> tuple[LeftOut, ...]:
    """Sentences of the sources that the report does not carry, most salient first; at most a hundred.

    A sentence is carried when half of it lies in the pieces of verdicts, or when one place of the report holds most of
    its telling words though no statement was found there: then it was lost by our extraction, not omitted by the
    report, and is not listed. Nor is anything of a source in another language than the report's: nobody here can tell
    whether the report carries it.

    Args:
        report: the report.
        statements: its statements.
        verdicts: their verdicts.
        sources: the documents that it was held against.
    """
    del statements  # verdicts point at their pieces
    told = ready([report])
    mentioned = {plain(name.span.of(report.text)) for name in names(report.text)}
    report_words = plain(report.text)
    found: list[LeftOut] = []
    for source in sources:
        if report.language and source.language and report.language != source.language:
            continue
        pieces = [piece.original for verdict in verdicts for piece in verdict.pieces if piece.source == source.id]
        spans = told_sentences(source)
        named = names(source.text, spans)
        starts = [name.span.start for name in named]
        for number, span in enumerate(spans):
            words = telling(source.text, span)
            if len(words) < _FEWEST_WORDS or _is_carried(source.text, span, words, pieces, told):
                continue
            inside = named[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            salience, why = _salience(source.text, span, number / len(spans), inside, mentioned, report_words)
            found.append(LeftOut(source.id, span, salience, why))
    found.sort(key=lambda one: -one.salience)  # stable: sources and reading order decide among equals
    return tuple(found[:_MOST])


def _is_carried(text: str, span: Span, words: Sequence[Word], pieces: Sequence[Span], told: Told) -> bool:
    inside = [piece for piece in pieces if piece.meets(span)]
    if sum(overlap(piece, span) for piece in inside) >= _CARRIED_BY_PIECES * span.length:
        return True
    return carried(text, words, inside, told) >= _CARRIED_BY_WORDS


def _salience(
    text: str, span: Span, position: float, inside: Sequence[Name], mentioned: set[str], report_words: str
) -> tuple[float, str]:
    """How much a reader would miss a sentence, and why, in words."""
    salience, reasons = _BASE, []
    if position < _LEAD_SHARE:
        salience += _LEAD
        reasons.append("opens the source")
    elif position < _EARLY_SHARE:
        salience += _EARLY
        reasons.append("stands early in the source")
    if _ANSWER.search(text, span.start, span.end):
        salience += _ANSWERS
        reasons.append("answers or makes an accusation")
    strangers = [
        name.span.of(text)
        for name in inside
        if name.sure and not _mentions(name.span.of(text), mentioned, report_words)
    ]
    if strangers:
        salience += _THIRD_PARTY
        reasons.append(f"names {strangers[0]}, which the report does not")
    elif any(name.type is not EntityType.OTHER for name in inside):
        salience += _KNOWN_NAME
        reasons.append("names somebody the report speaks of")
    if numbers(span.of(text)):
        salience += _NUMBERS
        reasons.append("gives a number")
    return min(1.0, round(salience, 3)), "; ".join(reasons) or "is not in the report"


def _mentions(name: str, mentioned: set[str], report_words: str) -> bool:
    folded = plain(name)
    return folded in mentioned or re.search(rf"\b{re.escape(folded)}\b", report_words) is not None


def added(
    report: Document, statements: Sequence[Statement], verdicts: Sequence[Verdict], prepared: Sequence[HasDocument]
) -> tuple[Added, ...]:
    """Sentences of the report that no source carries, in reading order.

    The words that only attribute ("the ministry said on Thursday") are left out of the account, and so is what lies in
    the pieces of verdicts. Without sources nothing is called added.
    """
    if not prepared:
        return ()
    told = ready([one.document for one in prepared])
    pieces = [
        piece.reported for verdict in verdicts if verdict.grade is not Grade.NOT_FOUND for piece in verdict.pieces
    ]
    frames = [span for statement in statements for span in (*statement.source, *statement.cue)]
    spans = told_sentences(report)
    framing = _by_sentence(spans, frames)
    found: list[Added] = []
    for number, span in enumerate(spans):
        near = framing.get(number, [])
        words = [word for word in telling(report.text, span) if not any(frame.holds(word.span) for frame in near)]
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
