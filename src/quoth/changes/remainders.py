"""What a sentence of the source goes on with behind words that are quoted without it: a limit of them, or an addition.

"Everyone was paid | save the nurses", "The reactor is safe | according to the operator", "There is no risk | to
adults": each is word for word and says another thing. What `remainders.toml` has a phrase for is known to turn them.
For all else it is asked whether the quoted words follow from the whole sentence: what is left out behind a denial, a
superlative or a "nobody" makes them say more than the source does; behind what happened once it only makes them say
less ("They stole the bell | from the tower").
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from quoth.changes.clause_signatures import STRONG, gives_away, text_between
from quoth.changes.comparison import Case
from quoth.changes.remainder_phrases import ENGLISH, begins, phrases, tongue_of
from quoth.changes.taking_back import taken_back
from quoth.doc.doc import Doc
from quoth.doc.number_words import PERIODS
from quoth.doc.operators import embedding
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import ChangeKind, EditKind, Mode, Span, Statement


class Force(IntEnum):
    """How surely what a sentence goes on with turns the words before it."""

    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Remainder:
    """What a sentence of the source goes on with behind quoted words.

    Attributes:
        kind: what it changes.
        span: where it stands, up to the end of its clause.
        force: how surely it turns the words.
    """

    kind: ChangeKind
    span: Span
    force: Force


#: What each class of phrases changes.
_ROLES = {
    "exception": ChangeKind.QUANTIFIER, "source": ChangeKind.AGENT, "refusal": ChangeKind.NEGATION,
    "nominal": ChangeKind.HEDGE, "condition": ChangeKind.CONDITION, "model": ChangeKind.QUANTIFIER,
    "negation": ChangeKind.NEGATION, "hedge": ChangeKind.HEDGE,
}  # fmt: skip
_MODALS = frozenset(["will", "would", "shall", "can", "could", "may", "might", "must", "should", "'ll", "going"])
_BE = frozenset(["is", "are", "am", "be", "was", "were"])
_OWN = frozenset(["i", "we", "me", "us", "our", "my", "mine"])
_DENIALS = frozenset(["no", "no_longer", "hardly"])
_EVERY = frozenset(["all", "both"])
_DETERMINERS = word_list("determiners") | {"any", "no", "every", "each", "some"}
#: Words that may limit what stands before them, if nothing but a blank is between.
_LIMITING = word_list("limiting") | {
    "to", "with", "against", "of", "among", "between", "beyond", "below", "above", "outside", "inside", "across",
    "through", "without", "towards", "toward", "as", "when", "whenever", "where", "wherever", "while",
    "this", "next", "yet", "tonight", "tomorrow",
}  # fmt: skip
_RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
_PRONOUNS = frozenset(["me", "you", "him", "her", "us", "them", "it", "anyone", "anybody", "everyone", "those"])
_TIMES = frozenset([*PERIODS, "length", "duration", "rest", "season", "term", "night", "course", "moment", "while"])
_ONLY_ONE = frozenset(["first", "only", "last", "best", "worst", "most", "least", "sole"])
#: Words before which "save the nurses" is no exception but what somebody does.
_BEFORE_VERB = word_list("auxiliaries") | {"to", "not", "please", "we", "i", "you", "they", "and", "or", "let", "help"}
_NEAR = 4  # tokens before the cut in which a superlative or an "all" belongs to what is cut; and how far a duration is
_LONGEST = 4  # tokens that "*" stands for at most
_CLAUSE = 4  # tokens of a quotation woven into a sentence from which on it may be a clause of its own
_SHORTEST = 2  # tokens of a quotation: of a single word the reporter says all the rest


def remainders(case: Case, frame: Statement, own: Callable[[Sequence[str]], bool] | None = None) -> Iterator[Remainder]:
    """What the source goes on with behind each stretch of quoted words, where the report tells it nowhere.

    Args:
        case: words in marks, held against their passage.
        frame: the whole statement that they stand in; what is woven into the reporter's sentence is limited by it.
        own: whether the subject of a verb of saying, given as keys of tokens, is the speaker himself.
    """
    if case.mode is not Mode.DIRECT:
        return
    doc = case.theirs.doc
    for hull in case.hulls:
        first, last = doc.range(hull)
        if last - first < _SHORTEST:
            continue
        for one in (_behind(doc, first, last, own), _in_front(doc, first, last)):
            taken = one is None or any(other.meets(one.span) for other in case.hulls)
            if one is None or taken or _told(case, one):
                continue
            if frame.mode is Mode.DIRECT or (one.force is Force.CERTAIN and last - first >= _CLAUSE):
                yield one
    yield from _left_out(case)


def _left_out(case: Case) -> Iterator[Remainder]:
    """The same of clauses left out from inside a quotation: "The vaccine, | when it is kept cold, | protects"."""
    doc = case.theirs.doc
    for edit in case.edits:
        if edit.kind is not EditKind.LEFT_OUT or edit.original is None or tongue_of(doc) != ENGLISH:
            continue
        first, last = doc.range(edit.original)
        stop = doc.tokens_of(doc.sentence_of(first))[1]
        if (
            last - first < _SHORTEST
            or last >= stop
            or "," not in doc.text[doc.tokens[first - 1].end : edit.original.end]
        ):
            continue
        role = _role(ENGLISH, doc.keys[first:last], comma=True)
        lasting = doc.keys[last] in _MODALS | {"is", "are"} or doc.keys[last].endswith("s")
        if role in {"exception", "condition", "model", "refusal"} or (
            doc.keys[first] in {"when", "whenever"} and lasting
        ):
            yield Remainder(_ROLES[role] if role else ChangeKind.CONDITION, edit.original, Force.LIKELY)


@lru_cache(maxsize=64)  # asked for what is certain, and again for what is only likely
def _behind(  # noqa: PLR0911 - one border after another
    doc: Doc, first: int, last: int, own: Callable[[Sequence[str]], bool] | None
) -> Remainder | None:
    """What stands behind the words in their sentence, or takes them back in the next one."""
    stop = doc.tokens_of(doc.sentence_of(last - 1))[1]
    taken = taken_back(doc, last)
    if taken is not None:
        return Remainder(taken[0], taken[1], Force.CERTAIN if taken[2] else Force.LIKELY)
    if last >= stop:
        return None
    gap = text_between(doc, last - 1, last)
    if STRONG.search(gap) or any(mark in gap for mark in '"“”()[]\n'):
        return None
    end = _clause_end(doc, last, stop)
    if doc.keys[last : last + 1] == ("or",) and end < stop:  # ", or so the director told us"
        end = _clause_end(doc, end, stop)
    start = _clause_start(doc, first, last)
    tongue, span = tongue_of(doc), doc.span(last, end)
    role = _role(tongue, doc.keys[last:end], comma="," in gap)
    if tongue != ENGLISH:
        return _foreign(tongue, role, span, gap)
    if role is not None:
        force = _force(doc, start, last, end, role, own)
        if force is not None:
            return Remainder(_ROLES[role], span, force)
    if doc.keys[last] in {"when", "whenever"} and _awaited(doc, start, last, end):
        return Remainder(ChangeKind.CONDITION, span, Force.CERTAIN)
    if "," in gap or not gap.isspace():
        return None
    kind, force = _limits(doc, start, last, end)
    return Remainder(kind, span, force) if force is not None else None


def _awaited(doc: Doc, start: int, last: int, end: int) -> bool:
    """Whether a clause promises what comes only when another thing does: "We will sign when they withdraw".

    With a day of its own it comes anyway: "The clinic will open on 3 May, when the nurses are back".
    """
    ahead = not {"will", "shall", "'ll", "would"}.isdisjoint(doc.keys[start:last])
    dated = bool(doc.dates_in([doc.span(start, last)]))
    past = any(key in {"was", "were", "had", "did"} or key.endswith("ed") for key in doc.keys[last:end])
    return ahead and not dated and not past and end - last > _SHORTEST


def _clause_start(doc: Doc, first: int, last: int) -> int:
    """The first token of the clause that ends before token `last`, no earlier than `first`."""
    for at in range(last - 1, first, -1):
        between = text_between(doc, at - 1, at)
        if "," in between or STRONG.search(between) or (doc.keys[at] in {"but", "because", "although"}):
            return at
    return first


def _clause_end(doc: Doc, last: int, stop: int) -> int:
    """The token just past those that no mark parts from token `last`."""
    for at in range(last, stop - 1):
        between = text_between(doc, at, at + 1)
        if "," in between or STRONG.search(between):
            return at + 1
    return stop


def _role(tongue: str, keys: Sequence[str], *, comma: bool) -> str | None:
    """The class of the longest phrase that some words begin with; "once boiled" and "given the money" are read, too."""
    best: tuple[int, str] | None = None
    table = phrases(tongue)
    for role in _ROLES:
        for phrase in table.get(role, ()):
            size = begins(keys, phrase)
            if size and (best is None or size > best[0]):
                best = size, role
    if best is None and tongue == ENGLISH and len(keys) > 1:
        if keys[0] == "once" and (keys[1].endswith(("ed", ENGLISH, "wn")) or keys[1] in _DETERMINERS | _PRONOUNS):
            return "condition"
        if keys[0] == "given" and keys[1] in _DETERMINERS and "to" not in keys[2:4] and not comma:
            return "condition"
    return best[1] if best else None


def _force(  # noqa: PLR0911 - one class after another
    doc: Doc, start: int, last: int, end: int, role: str, own: Callable[[Sequence[str]], bool] | None
) -> Force | None:
    """How surely a phrase of a class turns the clause from `start` to `last`; None where it is none after all."""
    keys = doc.keys[last:end]
    if role == "exception":
        if keys[0] in {"save", "bar", "minus"}:
            noun = len(keys) > 1 and (keys[1] in _DETERMINERS or keys[1][:1].isdigit() or _capital(doc, last + 1))
            if doc.keys[last - 1] in _BEFORE_VERB | _DETERMINERS or not noun:
                return None
        counted = bool(doc.numbers_at([doc.span(start, last)]))
        return Force.CERTAIN if counted or _denied(doc, start, last) or _every(doc, start, last) else Force.LIKELY
    if role == "source":
        if not _OWN.isdisjoint(keys[:_LONGEST]) or (own is not None and own(keys)):
            return None
        return Force.CERTAIN if gives_away(doc, start, last) else Force.LIKELY
    if role == "condition" and keys[0] in {"once", "given", "pending", "failing", "the", "at", "in", "only"}:
        ahead = not _MODALS.isdisjoint(doc.keys[start:last]) or not _BE.isdisjoint(doc.keys[start:last])
        return Force.CERTAIN if ahead and keys[0] == "once" else Force.LIKELY if ahead else None
    if role == "nominal" and keys[0] in {"in", "by", "compared", "relative", "for", "you", "one", "of"}:
        return Force.LIKELY if keys[:2] not in {("in", "name"), ("in", "theory")} else Force.CERTAIN
    return Force.CERTAIN


def _capital(doc: Doc, at: int) -> bool:
    return doc.text[doc.tokens[at].start].isupper()


def _limits(  # noqa: PLR0911 - one sign after another
    doc: Doc, start: int, last: int, end: int
) -> tuple[ChangeKind, Force | None]:
    """What some words that are parted from the clause before them by a blank alone do to it."""
    keys, clause = doc.keys[last:end], doc.keys[start:last]
    opener, second = keys[0], keys[1] if len(keys) > 1 else ""
    kind = ChangeKind.QUANTIFIER
    if opener in _RELATIVE and clause[-1] not in function_words():
        complement = opener == "that" and (second in _DETERMINERS | _OWN | _PRONOUNS or second in {"he", "she", "they"})
        if complement:
            return kind, None
        bare = clause[-1].endswith("s") and not (_DETERMINERS - {"of"}) & {*clause[-3:]}
        return kind, Force.LIKELY if bare or _unique(doc, start, last) else Force.POSSIBLE
    if any(one.span.start == doc.tokens[last].start for one in doc.dates) and _denied(doc, start, last):
        return kind, Force.LIKELY  # "We will not strike | this week"
    if opener not in _LIMITING or _completes(doc, last, keys):
        return kind, None
    timed = opener in {"until", "till", "before", "after", "when", "whenever", "while"} or (
        opener == "for" and any(key in _TIMES for key in keys[1 : _NEAR + 1])
    )
    kind = ChangeKind.CONDITION if opener in {"when", "whenever", "before", "until", "till", "where"} else kind
    if opener in {"before", "until", "till"} and _denied(doc, start, last):
        return kind, Force.CERTAIN
    if timed and (not _MODALS.isdisjoint(clause) or _denied(doc, start, last)):
        return kind, Force.LIKELY
    if any(key in {"nothing", "nobody", "none"} for key in keys[1:3]):
        return ChangeKind.NEGATION, Force.LIKELY
    if _denied(doc, start, last) or _unique(doc, start, last, wide=opener == "after"):
        return kind, Force.LIKELY
    return kind, Force.POSSIBLE


def _completes(doc: Doc, last: int, keys: Sequence[str]) -> bool:
    """Whether words only complete a verb, open another clause or name nothing: "to go", "as well as", "for it"."""
    if keys[1:] in {("it",), ("them",), ("that",), ("this",)}:
        return True
    if keys[0] == "to":
        noun = len(keys) > 1 and (
            keys[1] in _DETERMINERS | _PRONOUNS or keys[1].endswith("s") or _capital(doc, last + 1)
        )
        return not noun
    return keys[0] == "as" and keys[1:2] not in {("far",), ("long",)}


def _denied(doc: Doc, start: int, last: int) -> bool:
    """Whether a clause is denied, so that it says more without what limits it."""
    return any(one.family == "negation" and one.kind in _DENIALS for one in doc.operators_in(start, last))


def _every(doc: Doc, start: int, last: int) -> bool:
    """Whether a clause speaks of all there are."""
    return any(one.family == "quantifier" and one.kind in _EVERY for one in doc.operators_in(start, last))


def _unique(doc: Doc, start: int, last: int, *, wide: bool = False) -> bool:
    """Whether a clause ends in a noun of which it says "all", "the only" or "the worst": what follows counts."""
    near = doc.keys[start if wide else max(start, last - _NEAR) : last]
    one = any(key in _ONLY_ONE or (key.endswith("est") and len(key) > _NEAR) for key in near[:-1])
    nouns = last - 1 > start and near[-1] not in function_words()
    return nouns and (one or any(key in {"all", "every", "each"} for key in near[-3:-1]))


def _told(case: Case, rest: Remainder) -> bool:
    """Whether the report tells what was cut beside the quotation: most of its content words, or a denial of its own."""
    ours, zones, theirs = case.ours.doc, case.ours.zones, case.theirs.doc
    first, last = theirs.range(rest.span)
    cut = {theirs.stems[at] for at in range(first, last) if theirs.keys[at] not in function_words()}
    begin, end = ours.range(zones[0])[0], ours.range(zones[-1])[1]
    if begin >= end:
        return False
    low, high = ours.tokens_of(ours.sentence_of(begin))[0], ours.tokens_of(ours.sentence_of(end - 1))[1]
    beside = {*ours.stems[low:begin], *ours.stems[end:high]}
    if rest.kind is ChangeKind.NEGATION and not word_list("negations").isdisjoint(beside):
        return True
    return bool(cut) and 2 * len(cut & beside) >= len(cut)


def _in_front(doc: Doc, first: int, last: int) -> Remainder | None:
    """What opens the sentence before the words, apart by a comma: "On paper, | the bridge is finished"."""
    number = doc.sentence_of(first)
    low, stop = doc.tokens_of(number)
    if low >= first:
        return None
    tongue = tongue_of(doc)
    before = doc.keys[low:first]
    if tongue != ENGLISH:
        return _denied_in_front(doc, tongue, low, first)
    gap = text_between(doc, first - 1, first)
    if before[-1] == "that" and len(before) == 1 and last < stop and doc.keys[last] in _BE | {"has", "have", "seems"}:
        rest = doc.keys[last:stop]
        doubted = any(head.kind == "doubt" for head in embedding(rest)) or any(
            one.family == "negation" for one in doc.operators_in(last, stop)
        )
        known = any(head.kind in {"know", "fact"} for head in embedding(rest)) or {"true", "clear", "certain"} & {*rest}
        if doubted or not known:
            kind = ChangeKind.NEGATION if doubted else ChangeKind.HEDGE
            return Remainder(kind, doc.span(last, stop), Force.CERTAIN if doubted else Force.LIKELY)
    if "," in gap and not STRONG.search(doc.text[doc.tokens[low].start : doc.tokens[first - 1].end]):
        role = _role(tongue, before, comma=True)
        if role in {"model", "nominal", "refusal"}:
            return Remainder(_ROLES[role], doc.span(low, first), Force.LIKELY if role == "model" else Force.CERTAIN)
    return None


def _foreign(tongue: str, role: str | None, span: Span, gap: str) -> Remainder | None:
    """What stands behind words of a German, French, Italian or Spanish source."""
    if role is None or (role == "negation" and not gap.isspace()):
        return None
    force = Force.LIKELY if role in {"source", "nominal"} else Force.CERTAIN
    return Remainder(_ROLES[role], span, force)


def _denied_in_front(doc: Doc, tongue: str, low: int, first: int) -> Remainder | None:
    """A denial or a condition that opens the sentence: "Es ist nicht wahr, dass | ...", "Si ..., | ..."."""
    table, before = phrases(tongue), doc.keys[low:first]
    opens = {word for phrase in table["opens"] for word in phrase}
    sure = {word for phrase in table["sure"] for word in phrase}
    denials = {phrase[0] for phrase in table["negation"] if len(phrase) == 1}
    asserted = not sure.isdisjoint(before)
    if not asserted and before[-1] in opens:
        at = next((at for at in range(low, first) if doc.keys[at] in denials), None)
        return None if at is None else Remainder(ChangeKind.NEGATION, doc.span(at, first), Force.CERTAIN)
    if before[-1] in denials:
        return Remainder(ChangeKind.NEGATION, doc.span(first - 1, first), Force.CERTAIN)
    if any(phrase == before[-len(phrase) :] for phrase in table["hedge"]):
        return Remainder(ChangeKind.HEDGE, doc.span(first - 1, first), Force.CERTAIN)
    if "," in text_between(doc, first - 1, first) and any(begins(before, one) for one in table["condition"]):
        return Remainder(ChangeKind.CONDITION, doc.span(low, first), Force.CERTAIN)
    return None
