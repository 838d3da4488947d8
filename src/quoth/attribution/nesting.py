"""Who quotes whom: what is said inside a statement, and which statement stands inside which.

The words of a statement are read once more, by rules, for what its speaker says that others, or he himself, say or
think. What is found there, and what was found there before, stands if it is likely a statement (`weighing`).
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from quoth.attribution.acts import act_of
from quoth.attribution.clauses import Clause, clauses
from quoth.attribution.cue_tables import classes, governing
from quoth.attribution.modes import mode_of
from quoth.attribution.nesting_model import chance, ending, signs_of_clause, signs_of_statement
from quoth.attribution.sentence_view import Line, Token, lines
from quoth.doc.quotations import Quotation
from quoth.types import Act, Document, Mode, Places, Span, Statement, statement_id, united

_LONGEST_CUE = 80  # code points
#: Code points from which a content is a text of its own: a letter, a speech, an essay.
_TEXT = 1000
#: Chances from which a statement stands inside a text that is one statement: one found before, and a clause that
#: nothing else found.
FOUND_IN_TEXT, NEW_IN_TEXT = 0.2, 0.3
#: Chance from which one found before stands inside another statement.
FOUND_INSIDE = 0.5
#: Chance from which a clause that nothing else found tells what somebody else said, inside direct speech.
NEW_SPEECH = 0.2
#: Statements that may stand around one another; what lies deeper is passed over.
DEEPEST = 4

#: Subjects of a clause that make it no report of somebody else's speech.
_OWN = frozenset(("subject i", "subject we", "subject you"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that was found, or a clause that may be one.

    Attributes:
        statement: itself.
        clause: the clause that its cue governs, if one was looked for and found.
        new: whether nothing but its clause speaks for it.
    """

    statement: Statement
    clause: Clause | None
    new: bool

    def signs(self, text: str) -> frozenset[str]:
        """What speaks for or against it, by name."""
        if self.new and self.clause is not None:
            return signs_of_clause(text, self.clause, self.statement)
        return signs_of_statement(text, self.statement, self.clause)


class Sentences:
    """The sentences of a document: the narrator's, and those inside quotation marks, each as a text of its own."""

    def __init__(self, text: str, all_lines: Sequence[Line], marked: Sequence[Quotation]) -> None:
        """Takes the narrator's sentences, and reads those of the outermost quotations."""
        self._begun: Mapping[int, Quotation] = {one.outer.start: one for one in marked}
        spoken = [line for one in marked if one.depth == 0 for line in lines(text, one.inner, ())]
        self._voices = (list(all_lines), spoken)  # each in order, none overlapping

    def clauses(self, places: Sequence[Span]) -> list[Clause]:
        """The clauses, in order of their cues, whose verbs stand in some places, themselves in order and apart."""
        starts, ends = [place.start for place in places], [place.end for place in places]
        found = [
            clause
            for voice in self._voices
            for line in voice
            if (first := bisect_right(ends, line.span.start)) < (last := bisect_left(starts, line.span.end))
            for clause in clauses(line.tokens, self._begun, places[first:last])
        ]
        return sorted(found, key=lambda one: one.cue)

    def tokens_at(self, span: Span) -> Sequence[Token]:
        """The tokens of the sentence that a span stands in, of him who is quoted where it is quoted; none outside."""
        for voice in reversed(self._voices):
            number = bisect_right(voice, span.start, key=_start) - 1
            if number >= 0 and voice[number].span.end > span.start:
                return voice[number].tokens
        return ()


def _start(line: Line) -> int:
    return line.span.start


def nested(
    document: Document,
    statements: Sequence[Statement],
    sentences: Sentences,
    marked: Sequence[Quotation],
    firm: Collection[str] = (),
) -> tuple[tuple[Statement, ...], tuple[Span, ...]]:
    """The statements with those inside them, each linked to the innermost one whose content holds its cue and content.

    Args:
        document: where they stand.
        statements: what was found, in order of the beginnings of their contents, longer before shorter.
        sentences: those of the document.
        marked: its quotations, in order.
        firm: ids of those that stand by their grammar or layout, wherever they are.

    Returns:
        The statements in order, and the extents of those that were passed over as too many stand around them.
    """
    passed_over: list[Span] = []
    outermost = [one.outer for one in marked if one.depth == 0]
    chosen: list[Candidate] = []
    result: list[Statement] = []
    contents: list[Places] = []  # of the statements of `result`
    names: set[str] = set()
    # chosen statements that reach past the beginning of this one, the shortest first: size, place in order, end
    around: list[tuple[int, int, int]] = []
    said = united(span for one in statements for span in one.content)
    for one in candidates(document, statements, sentences, outermost, said):
        statement = one.statement
        start, end = statement.extent
        around = [other for other in around if other[2] > start]
        holds = ((size, at) for size, at, _ in around if _holds(result[at], contents[at], statement))
        size, holder = next(holds, (0, None))
        if statement.id in names or (holder is None and one.new):
            continue
        if holder is not None:
            quoted = chosen[holder].statement.mode is Mode.DIRECT
            if statement.id not in firm and not _stands(document.text, one, inside_text=size >= _TEXT, quoted=quoted):
                continue
            statement = replace(statement, within=result[holder].id)
        if len(around) >= DEEPEST:
            passed_over.append(statement.extent)
            continue
        names.add(statement.id)
        insort(around, (_size(statement), len(chosen), end))
        chosen.append(one)
        result.append(statement)
        contents.append(Places(statement.content))
    return tuple(result), united(passed_over)


def candidates(
    document: Document,
    statements: Sequence[Statement],
    sentences: Sentences,
    outermost: Sequence[Span],
    places: Sequence[Span],
) -> list[Candidate]:
    """The statements, and the clauses governed in some places that may be more.

    They come in order of the beginnings of their contents, longer before shorter.
    """
    found = sentences.clauses(places)
    starts = [clause.cue.start for clause in found]
    taken: set[int] = set()
    result = []
    for statement in statements:
        same = [number for number in _near(starts, statement) if _same(statement, found[number])]
        taken.update(same)
        result.append(Candidate(statement, _governed(statement, [found[number] for number in same]), new=False))
    for number, clause in enumerate(found):
        if number not in taken:
            result.append(Candidate(_statement(document, clause, outermost), clause, new=True))
    return sorted(result, key=lambda one: (one.statement.extent.start, -one.statement.extent.end, one.new))


def _governed(statement: Statement, same: Sequence[Clause]) -> Clause | None:
    """The clause that is a statement's: one that begins where its content does, or else the first that it meets."""
    start = statement.extent.start
    return next((clause for clause in same if clause.start == start), same[0] if same else None)


def _near(starts: Sequence[int], statement: Statement) -> list[int]:
    """Numbers of the clauses whose cue may meet one of a statement's."""
    numbers: set[int] = set()
    for span in statement.cue:
        numbers.update(range(bisect_right(starts, span.start - _LONGEST_CUE), bisect_right(starts, span.end)))
    return sorted(numbers)


def _same(statement: Statement, clause: Clause) -> bool:
    """Whether a statement and a clause share words of their cues and of their contents."""
    if not any(span.meets(clause.cue) for span in statement.cue):
        return False
    content = Span(clause.start, ending(clause))
    return any(span.meets(content) for span in statement.content)


def _statement(document: Document, clause: Clause, outermost: Sequence[Span]) -> Statement:
    content = Span(clause.start, ending(clause)).trimmed(document.text)
    mode = mode_of(document.text, (content,), outermost)
    word = governing()[clause.word].word
    opening = document.text[content.start : content.start + 12].split(maxsplit=1)[0].casefold()
    return Statement(
        statement_id(document.id, (content,), mode),
        document.id,
        mode,
        (content,),
        (clause.cue,),
        (clause.source,) if clause.source is not None else (),
        act=Act.ASK if clause.asked else act_of(word, (opening, "clause")),
        negated=clause.negated,
    )


def _stands(text: str, one: Candidate, *, inside_text: bool, quoted: bool) -> bool:
    """Whether a candidate stands inside the statement that holds it; clauses alone do so in a text of its own only."""
    if one.new and not inside_text:
        return quoted and _is_anothers_speech(one.clause) and chance(one.signs(text)) >= NEW_SPEECH
    if one.new:
        return chance(one.signs(text)) >= NEW_IN_TEXT
    return chance(one.signs(text)) >= (FOUND_IN_TEXT if inside_text else FOUND_INSIDE)


def _is_anothers_speech(clause: Clause | None) -> bool:
    """Whether a clause tells what somebody else said: "Tannis claims that ...", not "I say that ..."."""
    return (
        clause is not None
        and clause.source is not None
        and governing()[clause.word].word.lemma in classes()["saying"]
        and governing()[clause.word].kind in {"past", "s"}
        and not _OWN & clause.signs
        and "opens that" in clause.signs
    )


def _size(statement: Statement) -> int:
    return sum(span.length for span in statement.content)


def _holds(outer: Statement, content: Places, inner: Statement) -> bool:
    first = min(span.start for span in inner.content)
    places = [*inner.cue, Span(first, first + 1)]  # two readings of one clause may end at different words
    if outer.content == inner.content or not inner.cue:
        return False
    return all(any(span.holds(place) for span in content.spans_meeting(place)) for place in places)
