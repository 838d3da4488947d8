"""What only seems to be changed: whose words they are, how sure or at what hour, told by the report elsewise."""

import re

from quoth.changes.comparison import Case
from quoth.doc.dates import DateKind, parse_day
from quoth.doc.doc import Doc
from quoth.doc.operators import embedding
from quoth.doc.tokens import function_words
from quoth.types import Change, ChangeKind, Span, Statement

#: Relative words that stand for those who say something: "those who say | ...".
_RELATIVE = frozenset(["who", "that", "which"])
_AROUND = 6  # tokens on either side of a verb of saying in which its subject stands
#: Classes of words by which a speaker hedges what he says.
_HEDGING = frozenset(["wish", "think", "hear", "hearsay"])

_FIGURES = re.compile(r"\d+")
_HOUR = re.compile(r"\d\s*(?:a\.?m|p\.?m|o['’]clock)|\d[:.]\d\d", re.IGNORECASE)
_BESIDE = 8  # code points beside other words for a day in which its hour stands


def attributed_alike(ours: Doc, statement: Statement, theirs: Doc, span: Span) -> bool:
    """Whether the report gives words to the same who says them in the source.

    "They told us that | the shaft was sound" stands on both sides; and "the prime minister's remark about farmers"
    tells "the prime minister told the papers that farmers are | ...".
    """
    first, last = theirs.range(span)
    low, stop = theirs.tokens_of(theirs.sentence_of(first))
    cue = {ours.stems[at] for one in statement.cue for at in range(*ours.range(one))}
    said = {theirs.stems[at] for at in range(first, last)}
    named = {ours.keys[at] for one in statement.source for at in range(*ours.range(one))}
    near = {*theirs.keys[max(low, first - _AROUND) : min(stop, last + _AROUND)]}
    names = {key for key in named if key not in function_words()}
    if names & near or (cue & said and not names and (named <= _RELATIVE or named & near)):
        return True
    heads = embedding(theirs.keys[first:last])
    verb = first + heads[0].first if heads else last
    for beside in (range(first, verb), range(verb + 1, last), _before(theirs, low, verb) if heads else range(0)):
        subject = {theirs.stems[at] for at in beside if theirs.keys[at] not in function_words()}
        if subject:
            break
    begin, end = ours.range(statement.extent)
    start, close = ours.tokens_of(ours.sentence_of(begin))[0], ours.tokens_of(ours.sentence_of(max(begin, end - 1)))[1]
    return bool(subject) and 2 * len(subject & {*ours.stems[start:close]}) > len(subject)


def _before(doc: Doc, low: int, verb: int) -> range:
    """The tokens before a verb, at most `_AROUND` and not before `low`, with no mark between."""
    at = verb
    while at > max(low, verb - _AROUND) and not doc.text[doc.tokens[at - 1].end : doc.tokens[at].start].strip():
        at -= 1
    return range(at, verb)


def condition_told(ours: Doc, frame: Statement, theirs: Doc, change: Change) -> bool:
    """Whether the report tells a condition in other words: "with eight per cent" for "if we win eight per cent"."""
    if change.kind is not ChangeKind.CONDITION or change.original is None or change.reported is not None:
        return False
    first, last = theirs.range(change.original)
    stop = theirs.tokens_of(theirs.sentence_of(first))[1]
    end = next(
        (at for at in range(last, stop) if "," in theirs.text[theirs.tokens[at - 1].end : theirs.tokens[at].start]),
        stop,
    )
    clause = [at for at in range(last, end) if theirs.keys[at] not in function_words()]
    counted = [at for at in clause if theirs.keys[at][:1].isdigit()]
    begin, until = ours.range(frame.extent)
    low, high = ours.tokens_of(ours.sentence_of(begin))[0], ours.tokens_of(ours.sentence_of(max(begin, until - 1)))[1]
    beside = {*ours.stems[low:high]}
    told = sum(theirs.stems[at] in beside for at in clause)
    return bool(clause) and (
        2 * told > len(clause) or (bool(counted) and all(theirs.stems[at] in beside for at in counted))
    )


def hedged_by_the_same_word(read: Case, change: Change) -> bool:
    """Whether a hedge that one side seems to have alone is there on the other in another form: "hoped", "I hope"."""
    if change.kind is not ChangeKind.HEDGE or (change.reported and change.original):
        return False
    side, other = (read.ours, read.theirs) if change.reported else (read.theirs, read.ours)
    span = change.reported or change.original
    assert span is not None
    doc = side.doc
    first, last = doc.range(span)
    near = range(max(0, first - 1), min(len(doc.keys), last + 2))
    heads = [one for one in embedding(doc.keys[near.start : near.stop]) if one.kind in _HEDGING]
    mine = {doc.stems[near.start + at] for one in heads for at in range(one.first, one.last)}
    mine = {doc_stem for doc_stem in mine if doc_stem not in function_words()}
    last_zone = other.zones[-1]
    begin, end = other.doc.range(Span(other.zones[0].start, last_zone.end))
    return bool(mine) and mine <= {*other.doc.stems[begin:end]}


def same_hour(read: Case, change: Change) -> bool:
    """Whether an hour stands in the source beside other words for the day: "2.07 a.m.", "2.07 this morning"."""
    if change.kind is not ChangeKind.DATE or not change.reported or not change.original:
        return False
    told = _FIGURES.findall(change.reported.of(read.ours.text))
    around = read.theirs.text[max(0, change.original.start - _BESIDE) : change.original.end + _BESIDE]
    return _HOUR.search(change.reported.of(read.ours.text)) is not None and told == _FIGURES.findall(around)


def same_day(ours: Doc, theirs: Doc, change: Change) -> bool | None:
    """Whether two words for a day mean the same one, each from its own text's day: "Thursday", "today"; None: unknown.

    Of a weekday only its name counts: which week is meant is told by no word.
    """
    if change.kind is not ChangeKind.DATE or not change.reported or not change.original:
        return None
    mine, other = ours.dates_in([change.reported]), theirs.dates_in([change.original])
    days = [parse_day(one[0].value) if len(one) == 1 else None for one in (mine, other)]
    if days[0] is None or days[1] is None:
        return None
    named = DateKind.WEEKDAY in {mine[0].kind, other[0].kind}
    return days[0].weekday() == days[1].weekday() if named else days[0] == days[1]
