"""What a reader could take away differently, one line each, value against value: what every view opens with.

A point is drawn from material changes, from values that differ, and from quoted words that stand nowhere. The same pair
of values is one point, however many findings and differences tell it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quoth.doc.stems import stem
from quoth.doc.tokens import function_words
from quoth.reports.excerpts import one_line
from quoth.reports.labels import confidence, day
from quoth.reports.view import ChangeLine, Difference, Finding, View
from quoth.types import Change, ChangeKind, Document, Examination, Grade, Span

#: How much turns on a change of a kind, 0..1: a convention of the views (what reverses a claim before what colours it),
#: which orders lines and decides nothing else.
GRAVITY = {
    ChangeKind.NEGATION: 1.0,
    ChangeKind.AGENT: 1.0,
    ChangeKind.NUMBER: 0.9,
    ChangeKind.CONDITION: 0.85,
    ChangeKind.QUESTION: 0.85,
    ChangeKind.DATE: 0.8,
    ChangeKind.QUANTIFIER: 0.75,
    ChangeKind.HEDGE: 0.7,
    ChangeKind.STRENGTH: 0.7,
    ChangeKind.TENSE: 0.6,
    ChangeKind.ORDER: 0.6,
    ChangeKind.OMISSION: 0.6,
    ChangeKind.INSERTION: 0.6,
    ChangeKind.NAME: 0.5,
}
#: Kinds that turn on a small word, which the other text may only have a whole clause for.
OPERATORS = frozenset(
    {
        ChangeKind.NEGATION,
        ChangeKind.HEDGE,
        ChangeKind.STRENGTH,
        ChangeKind.QUANTIFIER,
        ChangeKind.CONDITION,
        ChangeKind.TENSE,
    }
)
SLIGHT = 0.3  # of the kinds that are hardly ever material
SPLICED = 0.8
SPLICE = str(Grade.SPLICED)
ALTERED = str(Grade.ALTERED)
NOT_FOUND = str(Grade.NOT_FOUND)
NOWHERE = 0.65  # quoted words that stand nowhere in what was searched
OF_A_DIFFERENCE = 0.8  # stands for the confidence that a difference outside of any altered finding does not have
BESIDE = 4  # words that are added to a word which stands on one side only, so that a value can be read
LONGER = 2  # words that one side may have more than the other before what answers to it is looked for
CLAUSE = 9  # words of a clause that stands on one side only

_WORD = re.compile(r"\S+")
_CLAUSE_ENDS = (",", ".", ";", ":", "?", "!", "–", "—", "”", '"')
_MARKS = " \t\r\n,.;:!?“”„\"«»‘’'()[]"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a reader could take away differently.

    Attributes:
        number: its place in the list, from 1.
        kind: what it touches ("number"), or "altered", "spliced", "not found".
        reported: the report's words; "" where it has none in that place.
        original: the source's words; "" where it has none in that place.
        reported_value: the what the report's words do not tell of a day ("1 May 2031" of "Thursday"), else "".
        original_value: the source's.
        findings: those that tell it, in order of weight.
        differences: those that tell it.
        confidence: of the surest finding; None where only differences tell it.
        weight: gravity times confidence, 0..1; decides the order.
    """

    number: int
    kind: str
    reported: str
    original: str
    reported_value: str
    original_value: str
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    confidence: float | None
    weight: float

    @property
    def anchor(self) -> str:
        """The place of the page that tells more: a finding, else the place in the report."""
        return f"f{self.findings[0].number}" if self.findings else f"rd{self.differences[0].number}"

    @property
    def certainty(self) -> str:
        """Of the surest finding: ".84"; "corrected" where a person gave the grade, "" where no finding tells it."""
        if self.findings and self.findings[0].decided and self.findings[0].decided.regraded:
            return "corrected"
        return confidence(self.confidence) if self.confidence is not None else ""

    @property
    def grade(self) -> Grade | None:
        """The grade of the finding that tells it; None where no finding does."""
        return self.findings[0].grade if self.findings else None


def points(seen: View) -> tuple[Point, ...]:
    """The points of an examination: the surest and gravest first, quotations that stand nowhere after them.

    Args:
        seen: what is shown of it.

    Returns:
        A point for each pair of values that material changes and differences give, for each splice, and for each
        quotation of somebody whose words were given that stands nowhere in them. What is told indirectly and not found
        is none: that it was not found shows little.
    """
    found: list[Point] = []
    places: dict[object, int] = {}  # of the points that are there, by the differences and by the values that they tell
    for point in _each(seen):
        keys = [
            *(one.number for one in point.differences),
            (point.kind, _folded(point.reported), _folded(point.original)),
        ]
        if point.kind in {NOT_FOUND, SPLICE, ALTERED}:
            keys = [f"{point.kind} {point.number}"]
        at = next((places[key] for key in keys if key in places), None)
        if at is None and point.kind == ChangeKind.NAME:
            at = next((place for place, known in enumerate(found) if _is_name_of(known, point)), None)
        if at is None:
            at = len(found)
            found.append(point)
        else:
            found[at] = _joined(found[at], point)
        places.update(dict.fromkeys(keys, at))
    found.sort(key=lambda one: (one.kind == NOT_FOUND, -one.weight, one.number))
    return tuple(replace(one, number=number) for number, one in enumerate(found, 1))


def _each(seen: View) -> Iterator[Point]:
    told: set[int] = set()  # differences that a finding tells
    for finding in seen.by_weight:
        for change, line in zip(finding.verdict.changes, finding.changes, strict=True):
            if change.material:
                same = [one for one in seen.differences if one.discrepancy.is_told_by(change)]
                told.update(one.number for one in same)
                for one in same:
                    yield _sure(_of_difference(one, [finding], seen.examination.report), finding)
                if not same:
                    yield _of_change(seen.examination, finding, change, line)
        if finding.grade is Grade.ALTERED and not any(change.material for change in finding.changes):  # a person's
            yield _point(finding, ALTERED, finding.words, " […] ".join(map(one_line, finding.piece_words)), SPLICED)
        elif finding.grade is Grade.SPLICED and not any(change.material for change in finding.changes):
            pieces = [one_line(text) for text in finding.piece_words]
            yield _point(finding, SPLICE, finding.words, " […] ".join(pieces), SPLICED)
        elif finding.grade is Grade.NOT_FOUND and finding.quoted and not finding.unheard:
            yield _point(finding, NOT_FOUND, finding.words, "", NOWHERE)
    for one in seen.differences:
        if one.number not in told:
            telling = [finding for finding in seen.by_weight if _stands_in(one, finding)]
            yield _of_difference(one, telling, seen.examination.report)


def _point(finding: Finding, kind: str, reported: str, original: str, gravity: float) -> Point:
    sure = finding.verdict.confidence
    return Point(finding.number, kind, reported, original, "", "", (finding,), (), sure, gravity * sure)


def _sure(point: Point, finding: Finding) -> Point:
    """A difference that a finding tells is as sure as that."""
    sure = finding.verdict.confidence
    return replace(point, confidence=sure, weight=point.weight / OF_A_DIFFERENCE * sure)


def _of_change(examination: Examination, finding: Finding, change: Change, line: ChangeLine) -> Point:
    reported, original = line.reported, line.original
    source = next((one for one in examination.sources if one.id == change.source), None)
    if source and not reported and change.original:
        own = [change.original, *_originals(finding, source)]
        original, reported = readable(source.text, change.original, _whole(own), examination.report.text,
                                      finding.statement.extent)  # fmt: skip
    elif source and not original and change.reported:
        theirs = _originals(finding, source)
        there = _whole(theirs) if theirs else Span(0, 0)
        reported, original = readable(examination.report.text, change.reported, finding.statement.extent,
                                      source.text, there)  # fmt: skip
    elif source and change.reported and change.original and change.kind in OPERATORS:
        reported, original = _facing(examination.report, change.reported, source, change.original)
    return _point(finding, str(change.kind), reported, original, GRAVITY.get(change.kind, SLIGHT))


def _of_difference(one: Difference, findings: Sequence[Finding], report: Document) -> Point:
    kind = one.discrepancy.kind
    reported, original = one.reported, one.original
    if kind in OPERATORS:
        reported, original = _facing(report, one.discrepancy.report, one.source, one.discrepancy.original)
    return Point(
        number=findings[0].number if findings else one.number,
        kind=str(kind),
        reported=reported,
        original=original,
        reported_value=_in_full(kind, one.reported, one.discrepancy.report_value),
        original_value=_in_full(kind, one.original, one.discrepancy.source_value),
        findings=tuple(findings[:1]),
        differences=(one,),
        confidence=None,
        weight=GRAVITY.get(kind, SLIGHT) * OF_A_DIFFERENCE,
    )


def _facing(report: Document, ours: Span, source: Document, theirs: Span) -> tuple[str, str]:
    """The words of both sides; where a word of one stands against a clause of the other, what answers to it there."""
    sides = ((report.text, ours), (source.text, theirs))
    many, others = (len(_WORD.findall(span.of(text))) for text, span in sides)
    if abs(many - others) <= LONGER:
        return one_line(ours.of(report.text)), one_line(theirs.of(source.text))
    (text, span), (other, there) = sides if others > many else sides[::-1]
    word, answer = readable(text, span, Span(max(0, span.start - 80), span.end + 80), other, there)
    if not answer:
        clause = _words(other, there.start, there.end, CLAUSE)
        answer = _bare(other[there.start : clause[-1].end if clause else there.end])
    return (word, answer) if others > many else (answer, word)


def _in_full(kind: ChangeKind, words: str, value: str) -> str:
    """What a day is beside what the words tell of it: "1 May 2031" of "Thursday", "Thursday" of "1 May 2031"."""
    full = day(value)
    if kind is not ChangeKind.DATE or full == value:
        return ""
    before, found, after = full.partition(words)
    return f"{before}{after}".strip(" ,") if found else full


def _stands_in(one: Difference, finding: Finding) -> bool:
    return any(span.meets(one.discrepancy.report) for span in finding.statement.content)


def _is_name_of(known: Point, point: Point) -> bool:
    """Whether a name in one is a part of a name in the other, on both sides: "Marens" of "Ilya Marens"."""
    pairs = ((known.reported, point.reported), (known.original, point.original))
    return known.kind == point.kind and all(
        one and other and (_within(one, other) or _within(other, one)) for one, other in pairs
    )


def _within(one: str, other: str) -> bool:
    return set(_folded(one).split()) <= set(_folded(other).split())


def _folded(words: str) -> str:
    return words.casefold()


def _joined(known: Point, point: Point) -> Point:
    """Two points that are one: the longer words, all findings, the greater weight."""
    fuller = max(known, point, key=lambda one: len(one.reported) + len(one.original))
    sure = [one.confidence for one in (known, point) if one.confidence is not None]
    return replace(
        fuller,
        number=min(known.number, point.number),
        findings=tuple({one.number: one for one in (*known.findings, *point.findings)}.values()),
        differences=tuple({one.number: one for one in (*known.differences, *point.differences)}.values()),
        confidence=max(sure) if sure else None,
        weight=max(known.weight, point.weight),
    )


def _originals(finding: Finding, source: Document) -> list[Span]:
    return [piece.original for piece in finding.verdict.pieces if piece.source == source.id]


def _whole(spans: Iterable[Span]) -> Span:
    spans = list(spans)
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def readable(text: str, span: Span, extent: Span, other: str, there: Span) -> tuple[str, str]:
    """Words that stand in one text only, with neighbours that both texts have: a value against a value.

    Args:
        text: the text that has the words.
        span: the words ("almost").
        extent: what may be shown of this text.
        other: the other text.
        there: what it says in that place.

    Returns:
        The words with what follows ("almost 40 tonnes"), else with what goes before, and the same of the other text
        ("40 tonnes"); where neither stands there, the words to the end of their clause, and "".
    """
    opposite = other[there.start : there.end]
    after = _words(text, span.end, extent.end, BESIDE)
    for many in _telling_ends(text, after):
        found = _find(text[after[0].start : after[many - 1].end], opposite)
        if found:
            return _bare(text[span.start : after[many - 1].end]), _bare(found)
    before = list(_WORD.finditer(text, max(extent.start, span.start - 80), span.start))[-BESIDE:]
    for match in before:
        words = text[match.start() : span.start]
        found = "" if all(map(_is_common, words.split())) else _find(words, opposite)
        if found:
            return _bare(text[match.start() : span.end], keep=span.of(text)), _bare(found)
    if before and not any(map(str.isalnum, span.of(text))):  # a question mark
        return one_line(text[before[0].start() : span.end]), ""
    clause = _words(text, span.end, max(extent.end, span.end + 80), CLAUSE)
    end = clause[-1].end if clause and not span.of(text).rstrip().endswith(_CLAUSE_ENDS) else span.end
    return _bare(text[span.start : end], keep=span.of(text)), ""


def _words(text: str, start: int, end: int, most: int) -> list[Span]:
    """The words from `start` on to the end of their clause."""
    found: list[Span] = []
    for match in _WORD.finditer(text, start, end):
        found.append(Span(match.start(), match.end()))
        if match.group().endswith(_CLAUSE_ENDS) or len(found) == most:
            break
    return found


def _telling_ends(text: str, words: Sequence[Span]) -> list[int]:
    """How many words to take, the best first; the last of them must mean something by itself.

    Best are two that tell something and stand before one that does not ("40 tonnes" of "40 tonnes of oil"), then many.
    """
    telling = [not _is_common(word.of(text)) for word in words]
    ends = [at + 1 for at in range(len(words)) if telling[at]]
    close = [end for end in ends if sum(telling[:end]) > 1 and (end == len(words) or not telling[end])]
    return [*close[:1], *sorted(set(ends) - set(close[:1]), reverse=True)]


def _is_common(word: str) -> bool:
    """Whether a word carries grammar only."""
    return _bare(word).casefold() in function_words()


def _find(words: str, text: str) -> str:
    """The same words in another text, whatever their case, white space and the marks at their ends; "" if nowhere."""
    pattern = r"\s+".join(re.escape(word) for word in _bare(words).split())
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if pattern else None
    return found.group() if found else _inflected(words, text)


def _inflected(words: str, text: str) -> str:
    """The same words in other forms in another text: "opens on Monday" for "open on Monday"; "" if nowhere."""
    wanted = [stem(_bare(word).casefold()) for word in words.split()]
    places = list(_WORD.finditer(text))
    stems = [stem(_bare(place.group()).casefold()) for place in places]
    for at in range(len(places) - len(wanted) + 1):
        if wanted and stems[at : at + len(wanted)] == wanted:
            return text[places[at].start() : places[at + len(wanted) - 1].end()].strip(_MARKS)
    return ""


def _bare(words: str, keep: str = "") -> str:
    """Words on one line without the marks at their ends, unless those are what it is about."""
    return one_line(words.strip(_MARKS) if not keep or keep.strip(_MARKS) else words)
