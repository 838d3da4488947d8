"""What each edit touches, and whether it is material: the detectors in turn, then what none of them explained."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from itertools import takewhile

from quoth.changes.agents import agent_changes
from quoth.changes.answered import attributed_alike, condition_told, hedged_by_the_same_word, same_day, same_hour
from quoth.changes.brackets import bracket_changes
from quoth.changes.clause_signatures import Governor
from quoth.changes.comparison import Case, case
from quoth.changes.cut_negations import cut_negations
from quoth.changes.cut_subjects import subject_changes
from quoth.changes.denials import cue_denials, plain_subject
from quoth.changes.exchanges import Exchanges
from quoth.changes.focus import focus_changes
from quoth.changes.foreign_operators import foreign_changes
from quoth.changes.free_words import admitted_changes, certain_changes, condition_changes
from quoth.changes.governors import governors, nobody
from quoth.changes.heads import head_changes
from quoth.changes.offices import office_changes
from quoth.changes.operator_changes import EXCHANGEABLE, marker_changes
from quoth.changes.quantities import count_changes
from quoth.changes.reached import reached_changes
from quoth.changes.remainders import Force, remainders
from quoth.changes.role_swaps import judged_changes, swap_changes
from quoth.changes.roles import Roles
from quoth.changes.tense import tense_changes
from quoth.changes.word_changes import stronger, word_changes
from quoth.doc.doc import Doc, analysed
from quoth.doc.operators import embedding
from quoth.doc.tokens import Unit, function_words, units
from quoth.models.ports import Embedder, Judge
from quoth.types import Act, Alignment, Change, ChangeKind, Document, Edit, EditKind, Mode, Places, Span, Statement

#: Share of the reported weight that a passage must hold of indirect speech, which is freer than a quotation.
TOLD = 0.46


class Regime(StrEnum):
    """How word is held against word: in a quotation, in a close retelling, in free words."""

    QUOTED = "quoted"
    CLOSE = "close"
    FREE = "free"


#: Share of the words from which on a passage is certainly about the same, and operators on one head are compared.
SAME_MATTER = 0.6


def changes(
    report: Document,
    statement: Statement,
    alignment: Alignment,
    source: Document,
    judge: Judge | None = None,
    embedder: Embedder | None = None,
    *,
    says: Callable[[Sequence[str]], bool] | None = None,
    frame: Statement | None = None,
    regime: Regime = Regime.QUOTED,
    read: Case | None = None,
) -> tuple[Change, ...]:
    """Every difference found, in the order of the report.

    What was found by likeness of meaning alone is too freely told for words to be held against words: there nothing
    counts as material.

    Args:
        report: the reporting document.
        statement: the statement.
        alignment: with at least one piece.
        source: the document that the pieces come from.
        judge: settles what the tables do not know.
        embedder: tells another word for the same from a word for something else, where the tables know neither.
        says: whether a subject, given as keys of tokens, is the speaker himself.
        frame: the whole statement, with its cue, where `statement` holds only the quoted words of it.
        regime: how word is held against word.
        read: what `case` gives for the first four, where it is known already.
    """
    read, whole = read or case(report, statement, alignment, source), frame or statement
    if regime is Regime.FREE:
        ours, theirs = read.ours.doc, read.theirs.doc
        conditions = [one for one in condition_changes(read, whole) if not condition_told(ours, whole, theirs, one)]
        sure = [*certain_changes(read), *conditions, *admitted_changes(read, whole), *office_changes(read)]
        exchanged = Exchanges(read)
        sure += _besides((*exchanged.changes(), *Roles(read).changes(), *focus_changes(read)), sure)
        if alignment.coverage < SAME_MATTER:
            return tuple(sure)
        heads = [change for change in head_changes(read) if not exchanged.settled(change)]
        return tuple(_with_cue(read, report, whole, [*sure, *heads]))
    ours, theirs = read.ours.doc, read.theirs.doc
    found = [] if read.alike else _inside(read, embedder, judge)
    found += _governing(read, report, source, whole, says, regime)
    found += cut_negations(read, whole)
    found += foreign_changes(read)
    found += subject_changes(read)
    for one in remainders(read, whole, says):
        if one.force is Force.CERTAIN and not any(
            change.original and change.original.meets(one.span) for change in found
        ):
            found.append(read.change(one.kind, None, one.span))
    found += office_changes(read)
    found += judged_changes(read, found, judge)
    if regime is not Regime.QUOTED and frame is not None:
        found += admitted_changes(read, frame)
        found = _with_cue(read, report, frame, found)
    if statement.mode is not Mode.DIRECT:
        found = [
            change
            for change in found
            if not (
                _said_by_the_cue(read, change)
                or same_day(ours, theirs, change)
                or condition_told(ours, whole, theirs, change)
            )
        ]
    found = [change for change in found if not (hedged_by_the_same_word(read, change) or same_hour(read, change))]
    found = _not_moved(read, found)
    found += _unexplained(read, found)
    return tuple(sorted(_once(found), key=_order))


def _inside(read: Case, embedder: Embedder | None, judge: Judge | None) -> list[Change]:
    """What differs between the words themselves, whatever stands around them."""
    found: list[Change] = []
    found += marker_changes(read)
    found += count_changes(read)
    found += reached_changes(read)
    found += tense_changes(read)
    roles = Roles(read)
    found += [change for change in swap_changes(read) if not roles.kept(change)]
    found += agent_changes(read)
    found += bracket_changes(read)
    exchanged = Exchanges(read)
    found += word_changes(read, found, embedder, judge, from_ends=exchanged.from_ends)
    found = [change for change in found if not exchanged.settled(change)]
    return found + _besides((*exchanged.changes(), *roles.changes(), *focus_changes(read)), found)


def _governing(
    read: Case,
    report: Document,
    source: Document,
    statement: Statement,
    says: Callable[[Sequence[str]], bool] | None,
    regime: Regime,
) -> Iterator[Change]:
    """What governs the words in the source, stays outside of them, and is not said by the report's own sentence."""
    theirs, ours = analysed(source), analysed(report)
    own = says or nobody
    found = [(hull, governors(theirs, *theirs.range(hull), own)) for hull in read.hulls]
    if not any(some for _, some in found):
        return

    @cache
    def framed() -> frozenset[ChangeKind]:
        kinds = {one.kind for span in read.ours.zones for one in governors(ours, *ours.range(span))}
        denied = {ChangeKind.NEGATION} if statement.negated else set()
        return frozenset(kinds | denied | _CUES.get(statement.act, frozenset()))

    @cache
    def several() -> bool:
        return sum(len(ours.quotations_in(span)) for span in statement.content) > 1

    for hull, some in found:
        for one in some:
            answered = any(_answers(read, edit, one) for edit in read.edits_of(one.span))
            quoted = any(other is not hull and other.holds(one.span) for other in read.hulls_at(one.span))
            few = statement.mode is not Mode.DIRECT and len(theirs.inside(hull)) <= _FEW
            if (
                one.kind in framed()
                or answered
                or quoted
                or _told_beside(theirs.inside(one.span), ours, tuple(statement.content), read.ours.zones)
                or (one.kind is ChangeKind.AGENT and attributed_alike(ours, statement, theirs, one.span))
                or (one.kind is ChangeKind.HEDGE and _hedged_alike(read, theirs, one.span))
                or (few and (one.kind is ChangeKind.AGENT or (one.kind is ChangeKind.QUESTION and several())))
                or (one.opinion and statement.mode is not Mode.DIRECT)
            ):
                continue
            if one.kind is ChangeKind.QUESTION and (_asks(report, statement) or regime is not Regime.QUOTED):
                continue
            yield read.change(one.kind, None, one.span)


def _hedged_alike(read: Case, theirs: Doc, span: Span) -> bool:
    """Whether the report hedges its words by another operator of the same class: "40 or more" for "at least 40"."""
    its = {one.kind for one in theirs.operators_in(*theirs.range(span)) if one.family == "hedge"}
    mine = {one.kind for one in read.ours.markers if one.family == "hedge"}
    return any(kind in mine or any(frozenset([kind, other]) in EXCHANGEABLE for other in mine) for kind in its)


def _told_beside(units_: Sequence[Unit], ours: Doc, content: tuple[Span, ...], zones: Sequence[Span]) -> bool:
    """Whether the statement has the same words, but for the marks: in another of the quotations that it is made of."""
    keys = tuple(unit.key for unit in units_)
    if not keys:
        return False
    for at in _places(ours, content).get(keys[0], ()):
        there = ours.span(at, min(at + len(keys), len(ours.keys)))
        if ours.keys[at : at + len(keys)] == keys and not any(zone.meets(there) for zone in zones):
            return True
    return False


@lru_cache(maxsize=8)  # a statement of hundreds of pieces is read again for each
def _places(ours: Doc, content: tuple[Span, ...]) -> Mapping[str, Sequence[int]]:
    """The numbers of the tokens of a statement, by their keys."""
    found: dict[str, list[int]] = {}
    for span in content:
        for at in range(*ours.range(span)):
            found.setdefault(ours.keys[at], []).append(at)
    return found


def _answers(read: Case, edit: Edit, one: Governor) -> bool:
    """Whether the report has words for what governs: a content word, or an operator that is not a mere "will"."""
    if not edit.original or not edit.original.meets(one.span) or not edit.reported:
        return False
    if one.kind is ChangeKind.NEGATION and plain_subject(read.ours.doc, edit.reported):
        return False
    first, last = read.ours.range(edit.reported)
    told = any(unit.key not in function_words() for unit in read.ours.units[first:last])
    return told or any(first <= marker.first < last and marker.kind not in _MERE for marker in read.ours.markers)


_MERE = frozenset(["will", "would", "can"])
#: Quoted words so few are woven into the reporter's sentence: whose they are is his to say; and beside other quotations
#: in it, what was asked of them.
_FEW = 3
#: What the report's own cue says of the words: "denied that ...", "asked whether ...".
_CUES = {
    Act.DENY: frozenset([ChangeKind.NEGATION, ChangeKind.AGENT, ChangeKind.HEDGE]),
    Act.REJECT: frozenset([ChangeKind.NEGATION, ChangeKind.AGENT]),
    Act.ASK: frozenset([ChangeKind.QUESTION]),
    Act.PROMISE: frozenset([ChangeKind.HEDGE]),
    Act.DEMAND: frozenset([ChangeKind.HEDGE]),
}


_FARTHER = 4  # sentences behind the passage in which it may be denied in the same words
_DENYING = frozenset([Act.DENY, Act.REJECT])
#: Classes of words that keep what they take from being asserted by the speaker: denied, asked, or told by others.
_UNASSERTING = frozenset(["doubt", "fail", "claim", "hearsay", "ask", "suppose", "joke"])


def _with_cue(read: Case, report: Document, statement: Statement, found: Sequence[Change]) -> list[Change]:
    """The changes with the report's own cue taken into account: "denied that he had" carries "I did not"."""
    kept = [*found, *cue_denials(read, statement)]
    if statement.cue and (statement.act in _DENYING) is not statement.negated:
        lone = [change for change in kept if change.kind is ChangeKind.NEGATION and change.reported is None]
        kept = [change for change in kept if change not in lone]
        if not lone and not _denies(read):
            kept.append(read.change(ChangeKind.NEGATION, statement.cue[0], None))
    doc = analysed(report)
    for cue in statement.cue:
        for token in doc.inside(cue):
            rival = stronger(token.key, [unit.key for unit in read.theirs.units])
            if rival is not None:
                unit = read.theirs.units[rival]
                kept.append(read.change(ChangeKind.STRENGTH, Span(token.start, token.end), Span(unit.start, unit.end)))
    return kept


def _denies(read: Case) -> bool:
    """Whether the source denies the matter in the sentences of the passage or beside them, or tells it of others."""
    doc = read.theirs.doc
    for hull in read.hulls:
        first, last = doc.range(hull)
        near = range(max(0, doc.sentence_of(first) - 1), min(len(doc.sentences), doc.sentence_of(last - 1) + 2))
        start, stop = doc.tokens_of(near[0])[0], doc.tokens_of(near[-1])[1]
        denied = any(one.family == "negation" for one in doc.operators_in(start, stop))
        if denied or any(one.kind in _UNASSERTING for one in embedding(doc.keys[start:stop])):
            return True
        told = {doc.stems[at] for at in range(first, last) if doc.keys[at] not in function_words()}
        if any(_denied_there(doc, number, told) for number in range(near[-1] + 1, near[-1] + _FARTHER)):
            return True
    return False


def _denied_there(doc: Doc, number: int, told: set[str]) -> bool:
    """Whether a sentence denies something, in much the same words: "They say I want to sell it. ... I do not"."""
    if number >= len(doc.sentences):
        return False
    start, stop = doc.tokens_of(number)
    denied = any(one.family == "negation" for one in doc.operators_in(start, stop))
    return denied and len(told & {*doc.stems[start:stop]}) >= max(2, len(told) // 2)


#: A few words at the end that ask by themselves, whatever sign stands behind them: "not to be neighbours, who knows,".
_TAG = re.compile(
    r"(?:\A|[,;:.!?–—]\s*)[\"“]?(?:who|why|how|what|where|when)(?:\s\w+){1,2}[,.]?[\"”]?\Z", re.IGNORECASE
)


def _asks(report: Document, statement: Statement) -> bool:
    """Whether the report gives the words as a question."""
    last = statement.content[-1]
    return "?" in report.text[last.end - 2 : last.end + 2] or _TAG.search(last.of(report.text)) is not None


def _said_by_the_cue(read: Case, change: Change) -> bool:
    """Whether what is left out is the source's "allegedly" or "they claim that": the report's own cue says as much."""
    if change.original is None:
        return False
    if change.kind is ChangeKind.AGENT:
        return change.reported is None
    if change.kind is not ChangeKind.HEDGE:
        return False
    markers, (first, last) = read.theirs.markers, read.theirs.range(change.original)
    inside = markers[bisect_left(markers, first, key=lambda marker: marker.first) :]
    return any(marker.kind == "alleged" for marker in takewhile(lambda marker: marker.last <= last, inside))


def _besides(more: Iterable[Change], found: Sequence[Change]) -> list[Change]:
    """Those changes whose words no material change found before has on either side."""
    material = [one for one in found if one.material]
    if not material:
        return list(more)
    ours, theirs = Places(one.reported for one in material), Places(one.original for one in material)
    return [
        one
        for one in more
        if not (one.reported and ours.meeting(one.reported)) and not (one.original and theirs.meeting(one.original))
    ]


def _not_moved(read: Case, found: Sequence[Change]) -> list[Change]:
    """The changes without those of words that one detector misses and another finds left out: they stand elsewhere."""
    missed = [
        (one, [unit.key for unit in read.ours.inside(one.reported)])
        for one in found
        if one.reported and not one.original
    ]
    left = [
        (one, [unit.key for unit in read.theirs.doc.inside(one.original)])
        for one in found
        if one.original and not one.reported
    ]
    moved = {id(one) for mine, keys in missed for its, others in left if keys == others for one in (mine, its)}
    return [one for one in found if id(one) not in moved]


def _unexplained(read: Case, found: Sequence[Change]) -> list[Change]:
    """The edits that no change covers, named for what they are."""
    if not read.edits:
        return []
    reported, original = Places(one.reported for one in found), Places(one.original for one in found)
    return [
        read.change(_kind(read, edit), edit.reported, edit.original, material=False)
        for edit in read.edits
        if not (edit.reported and reported.meeting(edit.reported))
        and not (edit.original and original.meeting(edit.original))
    ]


def _kind(read: Case, edit: Edit) -> ChangeKind:
    if edit.kind is EditKind.LEFT_OUT:
        wordless = edit.original is not None and not units(read.theirs.text, edit.original.start, edit.original.end)
        return ChangeKind.SPELLING if wordless else ChangeKind.OMISSION
    if edit.kind is EditKind.INSERTED:
        wordless = edit.reported is not None and not units(read.ours.text, edit.reported.start, edit.reported.end)
        return ChangeKind.SPELLING if wordless else ChangeKind.INSERTION
    if edit.kind is EditKind.REPLACED and edit.reported and edit.original:
        ours = [unit.key for unit in units(read.ours.text, edit.reported.start, edit.reported.end)]
        theirs = [unit.key for unit in units(read.theirs.text, edit.original.start, edit.original.end)]
        if ours == theirs:
            return ChangeKind.SPELLING
    return ChangeKind.INSERTION if edit.marked else ChangeKind.WORDING


def _once(found: Sequence[Change]) -> list[Change]:
    """Each change once."""
    return list(dict.fromkeys(found))


def _order(change: Change) -> tuple[int, int]:
    place = change.reported.start if change.reported else change.original.start if change.original else 0
    return (0 if change.reported else 1, place)
