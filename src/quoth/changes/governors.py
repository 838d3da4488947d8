"""What governs some words in their sentence and stays outside of them: whether it asserts them, and whose they are.

"The dam leaks" stands in "I doubt that the dam leaks", in "My opponent says the dam leaks", in "If it rains, the dam
leaks" and in "Almost all the dams leak", and says in none of them what it says alone.

What stands before the words, or around them in marks, is read here; what stands behind them in `afterthoughts`; what
each class of words does is told in `clause_signatures`. Negations, hedges, quantifiers and conditions are those of
`markers.toml`.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from quoth.changes.afterthoughts import behind
from quoth.changes.clause_signatures import (
    COORDINATING,
    FAMILIES,
    LIGHT,
    NEAR,
    OPEN_CLAUSE,
    OTHER_CLAUSE,
    SIGNATURES,
    STRONG,
    TAIL,
    Governor,
    denied,
    gives_away,
    marks_around,
    text_between,
)
from quoth.doc.doc import Doc
from quoth.doc.operators import Marker, embedding
from quoth.doc.word_lists import word_list
from quoth.types import ChangeKind, Span

_OWN = frozenset(["i", "we", "me", "us", "our", "my"])
_NEGATIONS = word_list("negations")
_PHRASES = frozenset(["to", "of", "in", "on", "for", "with", "from", "by", "at", "under"])
#: A narrator who quotes more often than this is a press release and no speaker.
_FEW_QUOTED = 3
_TEMPORAL = frozenset(["before", "until", "till", "once", "when", "whenever", "lest", "unless", "if"])
_CONCESSIVE = frozenset(["whatever", "whoever", "however", "although", "though", "despite", "unlike", "contrary"])
_DETERMINERS = word_list("determiners")
_AUXILIARIES = word_list("auxiliaries")
#: Offices that stand before a person and make him another one.
QUALIFIERS = word_list("qualifiers")
#: So many tokens may stand between a saying verb and its clause: whom one tells, and when.
_ADDRESSEE = 6


def nobody(_: Sequence[str]) -> bool:
    """Whether a subject is a speaker whom nobody knows."""
    return False


@lru_cache(maxsize=64)  # phrases of one sentence, and sentences said again, are held against the same place
def governors(doc: Doc, first: int, last: int, own: Callable[[Sequence[str]], bool] = nobody) -> tuple[Governor, ...]:
    """What governs the tokens `first` to `last` (exclusive), in their sentences and outside of them.

    Args:
        doc: the text.
        first: number of the first token.
        last: one past the last one.
        own: whether the subject of a verb of saying, given as the keys of the words before it, is the speaker himself.
    """
    if first >= last:
        return ()
    found = [*_before(doc, first, last, own), *behind(doc, first, last, own), *_quoted(doc, first, last, own)]
    once: dict[tuple[ChangeKind, int], Governor] = {}
    for one in found:
        once.setdefault((one.kind, one.span.start), one)
    return tuple(once.values())


def _quoted(doc: Doc, first: int, last: int, own: Callable[[Sequence[str]], bool]) -> Iterator[Governor]:
    """Words that a speaker who says "I" or "we" quotes from somebody else."""
    marks = marks_around(doc, first, last)
    if marks is None:
        return
    begin, end = marks
    number = doc.sentence_of(begin)
    start = doc.tokens_of(number)[0]
    if start == begin and number:
        start = doc.tokens_of(number - 1)[0]
    frame = [*doc.keys[start:begin], *doc.keys[end : end + TAIL]]
    if not (doc.turns or (doc.narrates_himself and len(doc.quotations) <= _FEW_QUOTED)):
        return  # a narrator who reports, and whose own words these are not anyway
    heads = embedding(doc.keys[start:begin])
    if (
        heads
        and heads[-1].kind in {"say", "hear", "claim"}
        and not _is_own(doc.keys[start : start + heads[0].first], own)
    ):
        yield Governor(ChangeKind.AGENT, doc.span(start, begin))
    elif (
        not heads
        and frame
        and (behind := embedding(doc.keys[end : end + TAIL]))
        and not _OWN & {*doc.keys[end : end + behind[0].first + 1]}
    ):
        yield Governor(ChangeKind.AGENT, doc.span(end, min(end + behind[0].last, len(doc.keys))))


def _before(doc: Doc, first: int, last: int, own: Callable[[Sequence[str]], bool]) -> Iterator[Governor]:
    start = doc.tokens_of(doc.sentence_of(first))[0]
    low = _clause(doc, start, first)
    if low >= first:
        return
    # phrases may reach into the words: "failed | to pay"
    heads = [one for one in embedding(doc.keys[low : min(last, first + 3)]) if one.first + low < first]
    taken: list[tuple[int, int]] = []
    quoted = marks_around(doc, first, last)
    for head in heads:
        p, q = head.first + low, head.last + low
        if head.kind in {"say", "claim"} and quoted and q <= quoted[0]:
            continue  # see `_quoted`
        if not _reaches(doc, head, q, first) or _concedes(doc, low, p, first):
            continue
        negated, since = denied(doc, low, p)
        said_by = doc.keys[q:first] if doc.keys[p] in {"according", "in"} else doc.keys[low:p]
        ours = _is_own(said_by, own)
        effect = SIGNATURES[head.kind][not ours][negated]
        taken.append((since, q))
        if head.kind == "say" and not ours and not gives_away(doc, first, last):
            continue
        if effect is not None:
            yield Governor(
                effect, doc.span(since, min(q, first)), opinion=head.kind == "think" and ours and not negated
            )
    for operator in doc.operators_in(low, first):
        if any(a <= operator.first < b for a, b in taken):
            continue
        kind = _operates(doc, operator, low, first, last)
        if kind is not None:
            yield Governor(kind, doc.span(operator.first, min(operator.last, first)))
    yield from _adjacent(doc, low, first, last)


def _concedes(doc: Doc, low: int, at: int, first: int) -> bool:
    """Whether a word stands in a clause that the words hold in spite of: "Smoke, whatever they claim, | kills"."""
    apart = any("," in text_between(doc, n, n + 1) for n in range(at, first))
    opens = next((n for n in range(at, low, -1) if "," in text_between(doc, n - 1, n)), low)
    return apart and doc.keys[opens] in _CONCESSIVE


def _clause(doc: Doc, start: int, first: int) -> int:
    """The first token of what may govern token `first` in its sentence: behind the last strong border before it."""
    for at in range(first, start, -1):
        between = text_between(doc, at - 1, at)
        if STRONG.search(between) or ("\n" in between and _shouted(doc, at - 1)):
            introduces = ":" in between or '"' in between or "“" in between
            if not (introduces and _introduced(doc, start, at)):
                return at
        key = doc.keys[at] if at < first else ""
        if at < first and key in COORDINATING and "," in between and doc.keys[at + 1] not in OPEN_CLAUSE:
            return at + 1
    return start


def _shouted(doc: Doc, at: int) -> bool:
    """Whether a token is written in capitals, as the last word of a headline."""
    word = doc.text[doc.tokens[at].start : doc.tokens[at].end]
    return len(word) > 1 and word.isupper()


def _introduced(doc: Doc, start: int, at: int) -> bool:
    """Whether what stands before a colon or a mark says that somebody's words follow."""
    heads = embedding(doc.keys[start:at])
    return bool(heads) and heads[-1].kind in {"say", "hear"} and at - start - heads[-1].last <= _ADDRESSEE


def _is_own(before: Sequence[str], own: Callable[[Sequence[str]], bool]) -> bool:
    """Whether the subject of a verb is who speaks: "I", "we", his own name, or nobody ("It is wrong to say")."""
    subject = [key for key in before if key not in _AUXILIARIES and key not in _NEGATIONS]
    if not subject:
        return True
    pronoun = next((key for key in reversed(subject[-NEAR:]) if key in {"i", "we", "he", "she", "they", "you"}), None)
    return pronoun in {"i", "we"} if pronoun else subject == ["it"] or own(subject)


def _reaches(doc: Doc, head: Marker, q: int, first: int) -> bool:
    """Whether the clause that a word takes goes on to the token `first`."""
    if q >= first:
        return True
    middle = doc.keys[q:first]
    commas = [at for at in range(q, first) if "," in text_between(doc, at, at + 1)] + (
        [q - 1] if "," in text_between(doc, q - 1, q) else []
    )
    told = head.kind in {"say", "claim"} and doc.keys[first] in _PHRASES  # its object: "reported income | on accounts"
    if middle[0] == "of" or told or any(key in OTHER_CLAUSE for key in middle):
        return False  # a noun, "the claim of the board is ...", or another clause
    if head.kind in {"fail", "joke"} or (head.kind == "suppose" and not commas):
        return not commas
    if middle[0] in OPEN_CLAUSE or (len(middle) <= _ADDRESSEE and not commas):
        return True
    opens = next((number for number, key in enumerate(middle) if key in OPEN_CLAUSE), None)
    if opens is not None and opens <= _ADDRESSEE:
        return True
    return len(commas) == 1 and commas[0] in {q - 1, first - 1} and len(middle) <= _ADDRESSEE


def _operates(doc: Doc, operator: Marker, low: int, first: int, last: int) -> ChangeKind | None:
    """What an operator before the words does to them, if it reaches them."""
    if (operator.family, operator.kind) in LIGHT:
        return None
    b = operator.last
    commas = [at for at in range(b - 1, first) if at + 1 <= first and "," in text_between(doc, at, at + 1)]
    opening = operator.first <= low + 1
    if operator.family == "condition":
        return ChangeKind.CONDITION if b >= first or (commas and opening) else None
    between = doc.keys[b:first]
    if operator.family == "quantifier":
        return ChangeKind.QUANTIFIER if not commas and all(key in _DETERMINERS for key in between) else None
    if any(key in OTHER_CLAUSE or key in {"that", "and", "but"} for key in between):
        return None
    # in the same stretch; a hedge may be apart by commas right before the words, or at the head of the sentence
    apart = len(commas) == 1 and (opening or commas[0] == b - 1) and first - b <= 1 and operator.family != "negation"
    return FAMILIES[operator.family] if not commas or apart else None


def _ends_number(doc: Doc, at: int) -> bool:
    """Whether a number ends with a token."""
    place = doc.span(at, at + 1)
    return any(one.span.end == place.end for one in doc.numbers_at([place]))


def _adjacent(doc: Doc, low: int, first: int, last: int) -> Iterator[Governor]:
    """What stands right before the words and takes their subject away: shares, offices, "the wife of"."""
    before = doc.keys[first - 1]
    if "\n" in text_between(doc, first - 1, first):
        return
    if "," in text_between(doc, first - 1, first):
        if doc.keys[low] in {"should", "had", "were"}:
            yield Governor(ChangeKind.CONDITION, doc.span(low, low + 1))
        return
    if before == "of" and first - 2 >= low:
        near = doc.numbers_at([Span(doc.tokens[first - 2].start - 1, doc.tokens[first - 1].start)])
        number = near[0] if near else None
        if number is not None:
            yield Governor(ChangeKind.QUANTIFIER, Span(number.span.start, doc.tokens[first - 1].end))
        elif (
            first - low <= NEAR - 1
            and not any(key in _AUXILIARIES for key in doc.keys[low:first])
            and any(key in _AUXILIARIES or key.endswith("ed") for key in doc.keys[first:last])
        ):
            yield Governor(ChangeKind.AGENT, doc.span(max(low, first - 3), first))
    elif doc.keys[first].isalpha() and _ends_number(doc, first - 1):
        yield Governor(ChangeKind.QUANTIFIER, doc.span(first - 1, first))
    elif before in QUALIFIERS:
        yield Governor(
            ChangeKind.HEDGE if before in {"alleged", "suspected", "so-called", "would-be"} else ChangeKind.AGENT,
            doc.span(first - 1, first),
        )
    elif before in _TEMPORAL or (before in _TEMPORAL and first - 1 == low):
        yield Governor(ChangeKind.CONDITION, doc.span(first - 1, first))
