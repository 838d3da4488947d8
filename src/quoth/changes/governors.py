"""What governs some words in their sentence and stays outside of them: whether it asserts them, and whose they are.

"The dam leaks" stands in "I doubt that the dam leaks", in "My opponent says the dam leaks", in "If it rains, the dam
leaks" and in "Almost all the dams leak", and says in none of them what it says alone. Words that take a clause are
read by class (`embedding.toml`) and by the signature of the class, after Karttunen (1971, 2012): what it does to the
clause, and what it does when it is itself denied ("I have no doubt that the dam leaks" asserts it). Negations,
hedges, quantifiers and conditions are those of `markers.toml`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quoth.doc.doc import Doc
from quoth.doc.name_tables import words as name_words
from quoth.doc.operators import Marker, embedding
from quoth.doc.tokens import function_words
from quoth.doc.word_lists import word_list
from quoth.types import ChangeKind, Span

_AGENT, _CONDITION, _HEDGE, _NEGATION, _QUESTION, _QUANTIFIER, _NAME = (
    ChangeKind.AGENT, ChangeKind.CONDITION, ChangeKind.HEDGE, ChangeKind.NEGATION, ChangeKind.QUESTION,
    ChangeKind.QUANTIFIER, ChangeKind.NAME,
)  # fmt: skip

#: For each class, said by oneself and by others: what it does to its clause, and what it does when it is negated.
_SIGNATURES: dict[
    str, tuple[tuple[ChangeKind | None, ChangeKind | None], tuple[ChangeKind | None, ChangeKind | None]]
] = {
    "say": ((None, _NEGATION), (_AGENT, _AGENT)),
    "hear": ((_HEDGE, _HEDGE), (_HEDGE, _HEDGE)),
    "think": ((_HEDGE, _NEGATION), (_AGENT, _AGENT)),
    "wish": ((_HEDGE, _NEGATION), (_HEDGE, _NEGATION)),
    "suppose": ((_CONDITION, _CONDITION), (_CONDITION, _CONDITION)),
    "doubt": ((_NEGATION, None), (_NEGATION, None)),
    "ask": ((_QUESTION, _QUESTION), (_QUESTION, _QUESTION)),
    "know": ((None, None), (None, None)),
    "fact": ((None, _NEGATION), (None, _NEGATION)),
    "joke": ((_HEDGE, None), (_HEDGE, None)),
    "fail": ((_NEGATION, None), (_NEGATION, None)),
    "claim": ((None, _NEGATION), (_AGENT, _AGENT)),
    "hearsay": ((_AGENT, _NEGATION), (_AGENT, _NEGATION)),
}
_FAMILIES = {
    "negation": _NEGATION, "hedge": _HEDGE, "modal": _HEDGE, "quantifier": _QUANTIFIER, "condition": _CONDITION,
}  # fmt: skip
#: Classes of operators that change nothing where they govern: "will", "would", boosters, and what only adds or counts
#: again.
_LIGHT = frozenset(
    [*((("modal", kind)) for kind in ("will", "would", "can", "plan", "must", "should")),
     *((("quantifier", kind)) for kind in ("often", "once", "many", "several", "all", "both", "countless")),
     *((("negation", kind)) for kind in ("deny", "un")), *((("hedge", kind)) for kind in ("sure", "or_more"))]
)  # fmt: skip
_OWN = frozenset(["i", "we", "me", "us", "our", "my"])
_SPEAKER = _OWN | {"you", "your"}
_NEGATIONS = word_list("negations")
_OPEN_CLAUSE = frozenset(["that", "if", "whether", "to", "how", "why"])
#: Words that open a clause which the words before do not govern.
_OTHER_CLAUSE = word_list("other_clause")
_CONCESSIVE = frozenset(["whatever", "whoever", "no", "although", "though", "however", "unlike", "despite"])
_BOUNDS = frozenset([("fewer", "than"), ("less", "than"), ("more", "than")])
_UNTRUE = frozenset(["false", "untrue", "wrong", "absurd", "nonsense"])
_PHRASES = frozenset(["to", "of", "in", "on", "for", "with", "from", "by", "at", "under"])
#: A narrator who quotes more often than this is a press release and no speaker.
_FEW_QUOTED = 3
_TEMPORAL = frozenset(["before", "until", "till", "once", "when", "whenever", "lest", "unless", "if"])
_COORDINATING = frozenset(["and", "but", "yet", "so", "or"])
_STRONG = re.compile(r"[;:?!–—]|\s-\s|--|\.\.\.|…")
_DETERMINERS = word_list("determiners")
_AUXILIARIES = word_list("auxiliaries")
#: Offices that stand before a person and make him another one.
QUALIFIERS = word_list("qualifiers")
_WHEN = word_list("when")
_TAKES_BACK = re.compile(
    r"\s*(?:no[.,!;]|nonsense|rubbish|wrong[.!]|not[.!]"
    r"|of course (?:it|that|he|she|they)?\s*(?:is|does|did|was|are)?\s*n[o']t"
    r"|that is (?:false|wrong|a lie|untrue|not true|nonsense|absurd)|it is (?:false|untrue|a lie|not[.!])"
    r"|(?:and )?(?:i was|he was|she was|they were|he is|she is|they are|we were) (?:wrong|lying|mistaken)"
    r"|(?:and )?(?:they|he|she) lied)\b",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(r"\A(?:most|least|best|worst|\w{2,}est)\Z")
_COMPARATIVE = re.compile(r"\A(?:more|less|fewer|better|worse|\w{3,}er)\Z")
#: So many tokens may stand between a saying verb and its clause: whom one tells, and when.
_ADDRESSEE = 6
_NEAR = 5  # tokens before a verb that may deny it
_TAIL = 8  # tokens of a parenthesis behind the words: ", as my opponent says"


@dataclass(frozen=True, slots=True)
class Governor:
    """Words outside of others that change what these say.

    Attributes:
        kind: what they change.
        span: where they stand.
        opinion: whether they only say that the speaker thinks so, which "X said" says, too.
    """

    kind: ChangeKind
    span: Span
    opinion: bool = False


def governors(
    doc: Doc, first: int, last: int, own: Callable[[Sequence[str]], bool] = lambda _: False
) -> tuple[Governor, ...]:
    """What governs the tokens `first` to `last` (exclusive), in their sentences and outside of them.

    Args:
        doc: the text.
        first: number of the first token.
        last: one past the last one.
        own: whether the subject of a verb of saying, given as the keys of the words before it, is the speaker himself.
    """
    if first >= last:
        return ()
    found = [*_before(doc, first, last, own), *_behind(doc, first, last, own), *_quoted(doc, first, last, own)]
    once: dict[tuple[ChangeKind, int], Governor] = {}
    for one in found:
        once.setdefault((one.kind, one.span.start), one)
    return tuple(once.values())


def _quoted(doc: Doc, first: int, last: int, own: Callable[[Sequence[str]], bool]) -> Iterator[Governor]:
    """Words that a speaker who says "I" or "we" quotes from somebody else."""
    marks = _marks(doc, first, last)
    if marks is None:
        return
    begin, end = marks
    number = doc.sentence_of(begin)
    start = doc.tokens_of(number)[0]
    if start == begin and number:
        start = doc.tokens_of(number - 1)[0]
    frame = [*doc.keys[start:begin], *doc.keys[end : end + _TAIL]]
    if not (doc.turns or (doc.narrates_himself and len(doc.quotations) <= _FEW_QUOTED)):
        return  # a narrator who reports, and whose own words these are not anyway
    heads = embedding(doc.keys[start:begin])
    if (
        heads
        and heads[-1].kind in {"say", "hear", "claim"}
        and not _is_own(doc.keys[start : start + heads[0].first], own)
    ):
        yield Governor(_AGENT, doc.span(start, begin))
    elif (
        not heads
        and frame
        and (behind := embedding(doc.keys[end : end + _TAIL]))
        and not _OWN & {*doc.keys[end : end + behind[0].first + 1]}
    ):
        yield Governor(_AGENT, doc.span(end, min(end + behind[0].last, len(doc.keys))))


def _marks(doc: Doc, first: int, last: int) -> tuple[int, int] | None:
    """The tokens of the quotation in marks that some words stand in, if it is not the whole text."""
    place = doc.span(first, last)
    around = doc.quotation_around(place)
    return doc.range(around.outer) if around is not None and around.outer.length < len(doc.text) - 4 else None


def _between(doc: Doc, left: int, right: int) -> str:
    """The text between two tokens."""
    return doc.text[doc.tokens[left].end : doc.tokens[right].start]


def _clause(doc: Doc, start: int, first: int) -> int:
    """The first token of what may govern token `first` in its sentence: behind the last strong border before it."""
    for at in range(first, start, -1):
        between = _between(doc, at - 1, at)
        if _STRONG.search(between) or ("\n" in between and _shouted(doc, at - 1)):
            introduces = ":" in between or '"' in between or "“" in between
            if not (introduces and _introduced(doc, start, at)):
                return at
        key = doc.keys[at] if at < first else ""
        if at < first and key in _COORDINATING and "," in between and doc.keys[at + 1] not in _OPEN_CLAUSE:
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


def _before(doc: Doc, first: int, last: int, own: Callable[[Sequence[str]], bool]) -> Iterator[Governor]:
    start = doc.tokens_of(doc.sentence_of(first))[0]
    low = _clause(doc, start, first)
    if low >= first:
        return
    # phrases may reach into the words: "failed | to pay"
    heads = [one for one in embedding(doc.keys[low : min(last, first + 3)]) if one.first + low < first]
    taken: list[tuple[int, int]] = []
    quoted = _marks(doc, first, last)
    for head in heads:
        p, q = head.first + low, head.last + low
        if head.kind in {"say", "claim"} and quoted and q <= quoted[0]:
            continue  # see `_quoted`
        if not _reaches(doc, head, q, first):
            continue
        negated, since = _negated(doc, low, p)
        said_by = doc.keys[q:first] if doc.keys[p] in {"according", "in"} else doc.keys[low:p]
        ours = _is_own(said_by, own)
        effect = _SIGNATURES[head.kind][not ours][negated]
        taken.append((since, q))
        if head.kind == "say" and not ours and not _told(doc, first, last):
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


def _told(doc: Doc, first: int, last: int) -> bool:
    """Whether a neutral "X said" in front of some words gives them away: only where the narrator is a speaker himself.

    Where a reporter or a press release narrates, it is the very attribution that the words come with.
    """
    return doc.narrates_himself or doc.turn_at(doc.tokens[first].start) is not None


def _is_own(before: Sequence[str], own: Callable[[Sequence[str]], bool]) -> bool:
    """Whether the subject of a verb is who speaks: "I", "we", his own name, or nobody ("It is wrong to say")."""
    subject = [key for key in before if key not in _AUXILIARIES and key not in _NEGATIONS]
    if not subject:
        return True
    pronoun = next((key for key in reversed(subject[-_NEAR:]) if key in {"i", "we", "he", "she", "they", "you"}), None)
    return pronoun in {"i", "we"} if pronoun else subject == ["it"] or own(subject)


def _negated(doc: Doc, low: int, at: int) -> tuple[bool, int]:
    """Whether a word is denied by one shortly before it, in its clause; and where what says so begins."""
    for before in range(at - 1, max(low, at - _NEAR) - 1, -1):
        if before + 1 < at and "," in _between(doc, before, before + 1):
            return False, at
        if doc.keys[before] in _NEGATIONS:
            return True, before
    return False, at


def _reaches(doc: Doc, head: Marker, q: int, first: int) -> bool:
    """Whether the clause that a word takes goes on to the token `first`."""
    if q >= first:
        return True
    middle = doc.keys[q:first]
    commas = [at for at in range(q, first) if "," in _between(doc, at, at + 1)] + (
        [q - 1] if "," in _between(doc, q - 1, q) else []
    )
    told = head.kind in {"say", "claim"} and doc.keys[first] in _PHRASES  # its object: "reported income | on accounts"
    if middle[0] == "of" or told or any(key in _OTHER_CLAUSE for key in middle):
        return False  # a noun, "the claim of the board is ...", or another clause
    if head.kind in {"fail", "joke"}:
        return not commas
    if middle[0] in _OPEN_CLAUSE or (len(middle) <= _ADDRESSEE and not commas):
        return True
    opens = next((number for number, key in enumerate(middle) if key in _OPEN_CLAUSE), None)
    if opens is not None and opens <= _ADDRESSEE:
        return True
    return len(commas) == 1 and commas[0] in {q - 1, first - 1} and len(middle) <= _ADDRESSEE


def _operates(doc: Doc, operator: Marker, low: int, first: int, last: int) -> ChangeKind | None:
    """What an operator before the words does to them, if it reaches them."""
    if (operator.family, operator.kind) in _LIGHT:
        return None
    b = operator.last
    commas = [at for at in range(b - 1, first) if at + 1 <= first and "," in _between(doc, at, at + 1)]
    opening = operator.first <= low + 1
    if operator.family == "condition":
        return _CONDITION if b >= first or (commas and opening) else None
    between = doc.keys[b:first]
    if operator.family == "quantifier":
        return _QUANTIFIER if not commas and all(key in _DETERMINERS for key in between) else None
    if any(key in _OTHER_CLAUSE or key in {"that", "and", "but"} for key in between):
        return None
    # in the same stretch; a hedge may be apart by commas right before the words, or at the head of the sentence
    apart = len(commas) == 1 and (opening or commas[0] == b - 1) and first - b <= 1 and operator.family != "negation"
    return _FAMILIES[operator.family] if not commas or apart else None


def _adjacent(doc: Doc, low: int, first: int, last: int) -> Iterator[Governor]:
    """What stands right before the words and takes their subject away: shares, offices, "the wife of"."""
    before = doc.keys[first - 1]
    if "\n" in _between(doc, first - 1, first):
        return
    if "," in _between(doc, first - 1, first):
        if doc.keys[low] in {"should", "had", "were"}:
            yield Governor(_CONDITION, doc.span(low, low + 1))
        return
    if before == "of" and first - 2 >= low:
        near = doc.numbers_at([Span(doc.tokens[first - 2].start - 1, doc.tokens[first - 1].start)])
        number = near[0] if near else None
        if number is not None:
            yield Governor(_QUANTIFIER, Span(number.span.start, doc.tokens[first - 1].end))
        elif (
            first - low <= _NEAR - 1
            and not any(key in _AUXILIARIES for key in doc.keys[low:first])
            and any(key in _AUXILIARIES or key.endswith("ed") for key in doc.keys[first:last])
        ):
            yield Governor(_AGENT, doc.span(max(low, first - 3), first))
    elif any(one.span.end == doc.tokens[first - 1].end for one in doc.numbers) and doc.keys[first].isalpha():
        yield Governor(_QUANTIFIER, doc.span(first - 1, first))
    elif before in QUALIFIERS:
        yield Governor(
            _HEDGE if before in {"alleged", "suspected", "so-called", "would-be"} else _AGENT,
            doc.span(first - 1, first),
        )
    elif before in _TEMPORAL or (before in _TEMPORAL and first - 1 == low):
        yield Governor(_CONDITION, doc.span(first - 1, first))


def _behind(doc: Doc, first: int, last: int, own: Callable[[Sequence[str]], bool]) -> Iterator[Governor]:
    number = doc.sentence_of(last - 1)
    stop = doc.tokens_of(number)[1]
    sentence = doc.sentences[number]
    tail = doc.text[doc.tokens[last - 1].end : sentence.end]
    asked = "?" in tail and _is_question(doc, first, last, number)
    if asked:
        mark = doc.text.index("?", doc.tokens[last - 1].end)
        yield Governor(_QUESTION, Span(mark, mark + 1))
    if last < stop:
        yield from _tail(doc, first, last, stop, own)
    inside = re.match(r"\s*[;,–—-]+\s*", tail) if last < stop and not asked else None
    base = doc.tokens[last - 1].end + inside.end() if inside else sentence.end
    taken = _TAKES_BACK.match(doc.text, base, base + 60) if inside or last >= stop or asked else None
    taken = taken or re.compile(r",\s+and\s+(?:they|he|she)\s+lied\b").search(
        doc.text, doc.tokens[last - 1].end, sentence.end
    )
    if taken:
        yield Governor(_NEGATION, Span(*taken.span()).trimmed(doc.text))


def _is_question(doc: Doc, first: int, last: int, number: int) -> bool:
    """Whether the words are what is asked: little follows them, or the sentence begins like a question."""
    start, stop = doc.tokens_of(number)
    opening = next((key for key in doc.keys[start:stop] if key not in _COORDINATING), "")
    return stop - last <= _NEAR or opening in _AUXILIARIES | _ASKING


_ASKING = frozenset(["who", "what", "when", "where", "why", "how", "which", "whose", "whom"])


def _tail(doc: Doc, first: int, last: int, stop: int, own: Callable[[Sequence[str]], bool]) -> Iterator[Governor]:
    """What follows the words in their sentence: conditions, exceptions, limits, and who says so."""
    gap = _between(doc, last - 1, last)
    if _STRONG.search(gap):
        if doc.keys[last:stop] == ("not",):
            yield Governor(_NEGATION, doc.span(last, stop))
        return
    border = next((at for at in range(last, stop - 1) if _STRONG.search(_between(doc, at, at + 1))), stop - 1) + 1
    clause = next(
        (at for at in range(last + 1, border) if doc.keys[at] in _COORDINATING and "," in _between(doc, at - 1, at)),
        border,
    )
    yield from _operators_behind(doc, last, clause, gap)
    if "," in gap and not ((quoted := _marks(doc, first, last)) and quoted[1] <= last):
        yield from _parenthesis(doc, first, last, clause, own)
    yield from _next_words(doc, first, last, stop)


def _operators_behind(doc: Doc, last: int, clause: int, gap: str) -> Iterator[Governor]:
    """Conditions, limits and hedges behind the words, up to the end of their clause."""
    at = last + (doc.keys[last] in {"but", "and"})
    for operator in doc.operators_in(last, clause):
        if (operator.family, operator.kind) in _LIGHT:
            continue
        comma = operator.first > last and "," in _between(doc, operator.first - 1, operator.first)
        reaches = {
            "condition": operator.first <= at + 1 or comma,
            "quantifier": operator.kind == "only" and (operator.first == at or operator.last == clause),
            "hedge": operator.first == last and ("," in gap or operator.kind in {"approx", "or_more", "at_most"}),
        }
        if reaches.get(operator.family):
            yield Governor(_FAMILIES[operator.family], doc.span(operator.first, operator.last))


def _next_words(doc: Doc, first: int, last: int, stop: int) -> Iterator[Governor]:
    """What goes on right behind the words: exceptions, the rest of a name, comparisons, a noun they belong to."""
    gap = _between(doc, last - 1, last)
    two = doc.keys[last : last + 2]
    if (two[0] == "but" and gap == " ") or two in _BOUNDS:
        yield Governor(_QUANTIFIER, doc.span(last, min(last + 2, stop)))
    inside = last - 1 > doc.tokens_of(doc.sentence_of(last))[0]
    if gap == " " and _capital(doc, last - 1) and _capital(doc, last) and inside:
        yield Governor(_NAME, doc.span(last, last + 1))
    near = doc.keys[max(first, last - 3) : last]
    limited = two[0] in {"since", "among", "outside"} and any(_SUPERLATIVE.match(key) for key in near)
    if limited or (two[0] == "than" and any(_COMPARATIVE.match(key) for key in near)):
        yield Governor(_QUANTIFIER, doc.span(last, last + 1))
    if last - first > _NEAR - 2 and doc.keys[last - 2] in _DETERMINERS and gap == " " and _goes_on(doc, last, stop):
        yield Governor(_AGENT, doc.span(last, last + 1))
    if two[0] == "is" and two[1:] and two[1] in _UNTRUE:
        yield Governor(_NEGATION, doc.span(last, last + 2))


def _capital(doc: Doc, at: int) -> bool:
    """Whether a token is written with a capital and is no title, so that it may belong to the name beside it."""
    word = doc.text[doc.tokens[at].start : doc.tokens[at].end]
    return (
        word[:1].isupper() and not word.isupper() and doc.keys[at] not in name_words().titles | name_words().title_parts
    )


def _goes_on(doc: Doc, last: int, stop: int) -> bool:
    """Whether the noun behind the words belongs to their last one: "the border | crackdown"."""
    key = doc.keys[last]
    word = doc.text[doc.tokens[last].start : doc.tokens[last].end]
    alone = last + 1 == stop or not _between(doc, last, last + 1).isspace() or doc.keys[last + 1] in function_words()
    told = (
        key in function_words()
        or key.endswith(("ly", "ed", "ing"))
        or word[:1].isupper()
        or key in _WHEN
        or not key.isalpha()
    )
    return alone and not told and not doc.operators_in(last, last + 1)


def _parenthesis(
    doc: Doc, first: int, last: int, clause: int, own: Callable[[Sequence[str]], bool]
) -> Iterator[Governor]:
    """Who says so, behind the words: ", says my opponent", ", I suspect", ", they said"."""
    end = min(clause, last + _TAIL)
    heads = embedding(doc.keys[last:end])
    if not heads:
        return
    head = heads[0]
    p, q = head.first + last, head.last + last
    before = [key for key in doc.keys[last:p] if key not in {"as", "so", "or"}]
    subject = before or list(doc.keys[q:end])
    if doc.keys[last] in _CONCESSIVE or (doc.keys[last] in _COORDINATING and doc.keys[last : last + 2] != ("or", "so")):
        return  # a clause of its own
    if len(before) > _TAIL - 1 or any(key in _OPEN_CLAUSE | _OTHER_CLAUSE for key in doc.keys[last:p]):
        return
    if not before and not subject:
        return
    rest = clause - q
    if rest > (_NEAR - 1 if before else _TAIL - 2):
        return  # a clause of its own: ", I mean, it could be done"
    negated, since = _negated(doc, last, p)
    if head.kind == "say" and not _told(doc, first, last):
        return
    ours = any(key in {"i", "we"} for key in subject[:2]) or own(subject)
    effect = _SIGNATURES[head.kind][not ours][negated]
    if effect is not None:
        yield Governor(effect, doc.span(min(since, last), max(q, min(end, q + 2))))
