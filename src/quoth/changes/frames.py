"""The reporter's own words around quoted ones: what they add to the source, or tell of somebody else.

The words in marks may be the source's to the letter, and the report may yet tell them of another subject ('the ferry
was "a heap of planks"' where the source speaks of the pier), under a condition, or with a hedge or an "only" that the
source has not. Nouns that differ may name the same ("the firm", "the company"): there only a doubt is raised.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from quoth.changes.contrasts import contrast
from quoth.changes.name_forms import named, same_name, surfaces
from quoth.doc.doc import Doc
from quoth.doc.operators import Marker
from quoth.doc.stems import stem
from quoth.doc.tenses import is_past
from quoth.doc.tokens import Unit, function_words
from quoth.doc.word_lists import word_list
from quoth.doc.word_similarity import synonym_groups
from quoth.types import ChangeKind, Span, Statement

#: Sentences of the source around the quoted words in which what the report adds may stand.
_AROUND = 2
#: So much of what stands under a condition or a cause may be told in the source for it to be thought the source's own.
_TOLD = 0.34
_DETERMINERS = word_list("determiners")
_AUXILIARIES = word_list("auxiliaries") | {
    "become",
    "became",
    "becomes",
    "remain",
    "remained",
    "remains",
    "not",
    "also",
}
_GENERIC = frozenset(stem(word) for word in word_list("generic"))
_BORDERS = frozenset('.;:!?,"“”–—()')
#: Words before an "if" that make it a "whether", and words by which a source may set a condition without one.
_WONDERING = frozenset(stem(word) for word in word_list("wondering"))
_CONDITIONAL = frozenset(word_list("conditional"))
_LIMITING = frozenset(word_list("only_words"))
#: Operators that a report adds for certain where nothing in the source answers them, and what they change.
_ADDED = {
    ("condition", "if"): ChangeKind.CONDITION, ("condition", "unless"): ChangeKind.CONDITION,
    ("hedge", "possible"): ChangeKind.HEDGE, ("hedge", "probable"): ChangeKind.HEDGE,
    ("quantifier", "only"): ChangeKind.QUANTIFIER,
}  # fmt: skip
#: Operators of a source that leave open what it says, as a hedge does.
_OPEN = frozenset([("modal", "may"), ("modal", "should"), ("modal", "plan")])
_OWNS = "'s"
_CAUSES = frozenset(["because", "due", "owing"])


@dataclass(frozen=True, slots=True)
class Framed:
    """Words around quoted ones that the source has not, or has otherwise.

    Attributes:
        kind: what they change.
        reported: where they stand in the report.
        original: what the source has in their place; None if nothing.
        certain: whether it is a change for certain; else a reader must settle it.
    """

    kind: ChangeKind
    reported: Span
    original: Span | None
    certain: bool


def framed(ours: Doc, statement: Statement, marked: Span, theirs: Doc, place: Span) -> Iterator[Framed]:
    """What the reporter's words around some quoted ones change.

    Args:
        ours: the report.
        statement: the statement that the words stand in.
        marked: the words in marks.
        theirs: the source.
        place: where the words stand in it.
    """
    read = _Frame(ours, statement, marked, theirs, place)
    yield from read.operators()
    yield from read.causes()
    yield from read.slots()


class _Frame:
    def __init__(self, ours: Doc, statement: Statement, marked: Span, theirs: Doc, place: Span) -> None:
        self._ours, self._theirs = ours, theirs
        self._content, self._marked = statement.content, marked
        self._quoted, self._place = ours.range(marked), theirs.range(place)
        number = theirs.sentence_of(self._place[0])
        last = theirs.sentence_of(max(self._place[0], self._place[1] - 1))
        self._sentence = theirs.tokens_of(number, last)
        near = max(0, number - _AROUND), min(len(theirs.sentences) - 1, last + _AROUND)
        self._near = theirs.tokens_of(*near)
        self._stems = {theirs.stems[at] for at in range(*self._near)}
        self._groups = {group for at in range(*self._near) for group in synonym_groups(theirs.keys[at])}

    def _outside(self, at: int) -> bool:
        """Whether a token is the reporter's own, in the statement."""
        token = self._ours.tokens[at]
        place = Span(token.start, token.end)
        return any(span.holds(place) for span in self._content) and self._ours.quotation_around(place) is None

    def _told(self, key: str) -> bool:
        return stem(key) in self._stems or bool(synonym_groups(key) & self._groups)

    def _share_told(self, keys: Sequence[str]) -> float:
        content = [key for key in keys if key not in function_words() and key not in _AUXILIARIES]
        return sum(map(self._told, content)) / len(content) if content else 1.0

    def _clause(self, at: int) -> range:
        """The tokens from one to the end of its clause."""
        stop = at
        while stop < len(self._ours.keys) and self._outside(stop):
            stop += 1
            if stop < len(self._ours.keys) and _border(self._ours, stop - 1):
                break
        return range(at, stop)

    def operators(self) -> Iterator[Framed]:
        """Conditions, hedges and "only" of the reporter's that nothing near the quoted words answers."""
        first, last = self._ours.range(Span(self._content[0].start, self._content[-1].end))
        there = {(one.family, one.kind) for one in self._theirs.operators_in(*self._near)}
        for one in self._ours.operators_in(first, last):
            kind = _ADDED.get((one.family, one.kind))
            if kind is None or not all(self._outside(at) for at in range(one.first, one.last)):
                continue
            opens = one.first == first and kind is ChangeKind.QUANTIFIER  # "only 'a few'" may be the cue's
            if not opens and not self._answered(one, kind, there):
                yield Framed(kind, self._ours.span(one.first, one.last), None, certain=True)

    def _answered(self, one: Marker, kind: ChangeKind, there: Set[tuple[str, str]]) -> bool:
        """Whether something near the quoted words may say what an operator of the reporter's says."""
        families = {family for family, _ in there}
        keys = {self._theirs.keys[at] for at in range(*self._near)}
        if kind is ChangeKind.HEDGE:
            return bool(there & _OPEN) or "hedge" in families
        if kind is ChangeKind.QUANTIFIER:
            return bool(keys & _LIMITING)
        clause = [self._ours.keys[at] for at in self._clause(one.last)]
        asks = one.first > 0 and stem(self._ours.keys[one.first - 1]) in _WONDERING
        told = not clause or self._share_told(clause) > _TOLD
        return "condition" in families or bool(keys & _CONDITIONAL) or asks or told

    def causes(self) -> Iterator[Framed]:
        """A cause that the source does not speak of."""
        first, last = self._ours.range(Span(self._content[0].start, self._content[-1].end))
        for at in range(first, last):
            if self._ours.keys[at] in _CAUSES and self._outside(at):
                clause = self._clause(at + 1)
                keys = [self._ours.keys[number] for number in clause]
                content = [key for key in keys if key not in function_words()]
                if len(content) > 1 and self._share_told(keys) <= _TOLD:
                    yield Framed(ChangeKind.INSERTION, self._ours.span(at, clause.stop), None, certain=False)

    def slots(self) -> Iterator[Framed]:
        """Another subject of the quoted words, or another object behind a preposition that follows them."""
        for phrase, end in ((_subject, 0), (_object, 1)):
            mine = [at for at in phrase(self._ours, self._quoted[end]) if self._outside(at)]
            its = phrase(self._theirs, self._place[end])
            if mine and its:
                yield from self._compared(mine, its)

    def _beside_it(self, mine: Sequence[int], its: Sequence[int]) -> bool:
        """Whether the source's sentence speaks of the report's noun, too, beside its own."""
        theirs = self._theirs
        first, last = self._sentence
        rest = {theirs.stems[at] for at in range(first, last) if not its[0] <= at <= its[-1]}
        return all(self._ours.stems[at] in rest for at in mine)

    def _compared(self, mine: Sequence[int], its: Sequence[int]) -> Iterator[Framed]:
        ours, theirs = self._ours, self._theirs
        spans = ours.span(mine[0], mine[-1] + 1), theirs.span(its[0], its[-1] + 1)
        names = [[doc.tokens[at] for at in found if _named(doc, at)] for doc, found in ((ours, mine), (theirs, its))]
        if names[0] and names[1]:
            heads = {ours.stems[at] for at in mine if not _named(ours, at)} & {
                theirs.stems[at] for at in its if not _named(theirs, at)
            }
            one = len(names[0]) == len(mine) and len(names[1]) == len(its)
            written = [
                surfaces(doc.text, [Unit(token.start, token.end, token.key) for token in found])
                for doc, found in zip((ours, theirs), names, strict=True)
            ]
            told = any(self._told(token.key) for token in names[0])
            if (heads or one) and not same_name(*written) and (not told or self._beside_it(mine, its)):
                yield Framed(ChangeKind.NAME, *spans, certain=bool(heads) or told)
            return
        if names[0] or names[1]:
            return
        keys = [[doc.keys[at] for at in found] for doc, found in ((ours, mine), (theirs, its))]
        if _alike(*keys):
            owners = [
                [at for at in found[:-1] if doc.keys[at + 1] == _OWNS] for doc, found in ((ours, mine), (theirs, its))
            ]
            if all(len(one) == 1 for one in owners) and keys[0][-1] == keys[1][-1]:
                mine, its = owners[0], owners[1]
                spans = ours.span(mine[0], mine[0] + 1), theirs.span(its[0], its[0] + 1)
                keys = [[ours.keys[mine[0]]], [theirs.keys[its[0]]]]
            if _alike(*keys):
                return
        rival = next((kind for one in keys[0] for other in keys[1] if (kind := contrast((one,), (other,)))), None)
        if rival or self._beside_it(mine, its):
            yield Framed(rival or ChangeKind.AGENT, *spans, certain=True)
        elif not any(stem(key) in _GENERIC for key in (*keys[0], *keys[1])):
            yield Framed(ChangeKind.AGENT, *spans, certain=False)


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return any(
        stem(one) == stem(other) or synonym_groups(one) & synonym_groups(other) for one in ours for other in theirs
    )


def _named(doc: Doc, at: int) -> bool:
    token = doc.tokens[at]
    return named(doc.text, Unit(token.start, token.end, token.key))


def _border(doc: Doc, at: int) -> bool:
    """Whether a mark stands behind a token."""
    if at + 1 >= len(doc.tokens):
        return True
    return any(mark in _BORDERS for mark in doc.text[doc.tokens[at].end : doc.tokens[at + 1].start])


def _subject(doc: Doc, first: int) -> Sequence[int]:
    """The content words of the subject of a verb that stands right before a token; none where no verb is seen."""
    at, verb = first - 1, False
    while at >= 0:
        key = doc.keys[at]
        if at + 1 < first and _border(doc, at):
            return ()
        if key in _AUXILIARIES:
            verb = True
        elif key not in _DETERMINERS and not (key.endswith("ly") or (is_past(key) and verb is False)):
            break
        elif is_past(key):
            verb = True
        at -= 1
    return _phrase(doc, range(at, -1, -1)) if verb else ()


def _object(doc: Doc, last: int) -> Sequence[int]:
    """The content words behind a preposition that follows a token at once."""
    if last >= len(doc.keys) or doc.keys[last] not in _PREPOSITIONS:
        return ()
    return _phrase(doc, range(last + 1, len(doc.keys)))


_OPENING = _DETERMINERS - {"of", "so", "very"}
_PREPOSITIONS = frozenset(["with", "for", "to", "from", "against", "of", "in", "by"])


def _phrase(doc: Doc, numbers: range) -> Sequence[int]:
    """The content words of the noun phrase on the way from a token, in the order of the text."""
    found: list[int] = []
    last: int | None = None
    for at in numbers:
        if last is not None and _border(doc, min(at, last)):
            break
        key = doc.keys[at]
        if key in function_words() and key not in _DETERMINERS and key != _OWNS:
            break
        if key not in function_words():
            found.append(at)
        last = at
        if numbers.step < 0 and key in _OPENING and (at == 0 or doc.keys[at - 1] != "of"):
            break
    return sorted(found)
