"""Denials that stand outside of the words held against each other: around the marks, and in a verb of denying.

'He would never accept "a cruel deal"' denies what "I will accept a cruel deal" says, though the words in marks are
the source's; and "ruled out an attack" says the contrary of "we do not rule out an attack".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quoth.changes.clause_signatures import STRONG, denied, text_between
from quoth.changes.comparison import Case
from quoth.changes.governors import governors
from quoth.doc.doc import Doc
from quoth.doc.operators import embedding
from quoth.doc.stems import stem
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import Change, ChangeKind, Span, Statement

#: Classes of words that keep a clause from being asserted, so that a denial may rest on them.
_DENYING = frozenset(["doubt", "fail"])
_AUXILIARIES = word_list("auxiliaries")
#: Words behind a denial that turn it: "not until", "nothing but".
_TURNING = frozenset(["until", "till", "before", "unless", "without", "but", "than", "only", "except", "because"])
_SPEAKING = frozenset(["i", "we"])
#: Classes of words of mere saying, thinking and knowing.
_SAYING = frozenset(["say", "claim", "hear", "think", "know", "wish", "ask", "doubt"])


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial of quoted words by the reporter's own that the source's passage has no word of.

    Attributes:
        span: where it stands in the report.
        certain: whether the source plainly asserts the same verb of the same words; else nobody can tell.
    """

    span: Span
    certain: bool


def denial_around(ours: Doc, statement: Statement, marked: Span, theirs: Doc, place: Span) -> Denial | None:
    """The denial of some quoted words that the report alone has.

    Args:
        ours: the report.
        statement: the statement that the words stand in.
        marked: the words in marks, with a denial before them or not.
        theirs: the source.
        place: where the words stand in it.
    """
    first, last = ours.range(marked)
    denials = [one.span for one in governors(ours, first, last) if one.kind is ChangeKind.NEGATION]
    if len(denials) != 1 or not any(span.holds(denials[0]) for span in statement.content):
        return None
    middle = ours.range(Span(denials[0].end, marked.start))
    if STRONG.search(ours.text[denials[0].end : marked.start]) or _TURNING & {*ours.keys[slice(*middle)]}:
        return None  # "he never wavered: he would ...", "he would not sign until ..."
    begin, end = theirs.range(place)
    number = theirs.sentence_of(begin)
    near = range(max(0, number - 1), min(len(theirs.sentences), theirs.sentence_of(max(begin, end - 1)) + 2))
    if _denies(theirs, *theirs.tokens_of(near[0], near[-1])):
        return None
    low, stop = theirs.tokens_of(number)
    commas = (at for at in range(end, stop) if "," in text_between(theirs, at - 1, at))
    between, behind = _content(ours, middle), _content(theirs, (end, next(commas, stop)))
    told = {ours.stems[at] for at in range(*ours.range(statement.extent))}
    left = _content(theirs, (low, begin))
    stems = [theirs.stems[at] for at in left]
    same = (
        bool(left)
        and {*stems, *(theirs.stems[at] for at in behind)} <= told
        and {ours.stems[at] for at in between} <= {*stems}
    )
    if same and between:
        verb = low + [theirs.stems[at] for at in range(low, begin)].index(ours.stems[between[0]])
        same = verb > low and theirs.keys[verb - 1] in _AUXILIARIES | _SPEAKING
    elif same:
        same = any(key in _AUXILIARIES for key in theirs.keys[low:begin])
    return Denial(denials[0], certain=same and not governors(theirs, begin, end))


def _denies(doc: Doc, first: int, last: int) -> bool:
    """Whether anything in a stretch of tokens may deny."""
    return any(one.family == "negation" for one in doc.operators_in(first, last)) or any(
        one.kind in _DENYING for one in embedding(doc.keys[first:last])
    )


def _content(doc: Doc, place: tuple[int, int]) -> Sequence[int]:
    return [at for at in range(*place) if doc.keys[at] not in function_words() and doc.keys[at] not in _AUXILIARIES]


def plain_subject(doc: Doc, span: Span) -> bool:
    """Whether words end in the auxiliary of a verb that follows them, and deny nothing: "his country would"."""
    first, last = doc.range(span)
    return last > first + 1 and doc.keys[last - 1] in _AUXILIARIES and not _denies(doc, first, last)


def cue_denials(read: Case, statement: Statement) -> Iterator[Change]:
    """A verb of denying that the cue and the source share, denied on one side only: "ruled out", "not rule out"."""
    ours, doc = read.ours.doc, read.theirs.doc
    cues = [token for cue in statement.cue for token in ours.inside(cue)]
    stems = {stem(token.key) for token in cues}
    if not cues:
        return
    opens = ours.range(Span(cues[0].start, cues[0].end))[0]
    spoken = ours.tokens_of(ours.sentence_of(opens))[0]
    if _denies(ours, spoken, opens):
        return  # "refused to rule out", read here as no more than a cue
    for hull in read.hulls:
        first = doc.range(hull)[0]
        number = doc.sentence_of(first)
        low = doc.tokens_of(number)[0]
        near = doc.tokens_of(max(0, number - 1), min(len(doc.sentences) - 1, number + 1))
        for head in embedding(doc.keys[low:first]):
            at = low + head.first
            if head.kind != "doubt" or doc.stems[at] not in stems or low + head.last < first - 1:
                continue
            theirs, since = denied(doc, low, at)
            alone = doc.stems[slice(*near)].count(doc.stems[at]) == 1 and (theirs or not _denies(doc, low, at))
            alone = alone and not doc.sentences[number].of(doc.text).rstrip().endswith("?")
            if alone and theirs is not statement.negated:
                yield read.change(ChangeKind.NEGATION, statement.cue[0], doc.span(since, first))


def cue_stems(report: Doc, statement: Statement) -> frozenset[str]:
    """The stems of a cue that names an act of its own, "blamed" or "promised", and no mere saying."""
    cues = [at for cue in statement.cue for at in range(*report.range(cue))]
    plain = {head.first for head in embedding([report.keys[at] for at in cues]) if head.kind in _SAYING}
    return frozenset(
        report.stems[at]
        for number, at in enumerate(cues)
        if number not in plain and report.keys[at] not in function_words()
    )
