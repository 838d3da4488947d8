"""Clauses that a verb, or an adjective, of saying or thinking governs: "I hope the pier opens", "we are sure that ...".

They are read off the words of a sentence alone. `nesting_model` says how likely each is a statement, and where it ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quoth.attribution.cue_tables import classes, governing
from quoth.attribution.cues import Cue, is_asked, negated
from quoth.attribution.sentence_view import Token
from quoth.attribution.sources import before_cue
from quoth.attribution.token_predicates import Range, ends_trimmed, is_adverb, is_finite, is_in, low
from quoth.doc.quotations import Quotation
from quoth.types import Span

_ADDRESSEE = 9  # tokens of the longest addressee before "that": "remind the people of Tarn Bay, old and young, that"
_GROUP = 6  # tokens of the longest verb group before its verb
_SOON = 22  # tokens within which a clause shows its verb
_QUOTES = frozenset("\"“”'‘’«»")
_ENDS = frozenset(".?!;")
_SHORTEST = 2  # words of a clause
_FARTHEST_CUT = 80  # words; a clause goes on to the end of its sentence rather than end later
_CLAUSE = 5  # words of "that" and a clause whose verb is not known for one
_HELPERS = frozenset(
    ("to", "would", "could", "can", "will", "should", "may", "might", "must", "do", "did", "does", "have", "has", "had")
)
#: What speech that is given without quotation marks begins with: "and she says, well, the pier is shut".
_CALLS = frozenset(
    ("okay", "ok", "well", "yeah", "yes", "no", "oh", "hey", "whoa", "wow", "alright", "hello", "hi", "please")
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a clause may end: an offset, how many words the clause then has, and what stands there."""

    end: int
    words: int
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that may be a statement.

    Attributes:
        word: the verb or adjective that governs it, in lower case.
        cue: its verb group.
        source: its subject; None if it has none of its own.
        start: offset of the clause's first code point.
        cuts: where it may end, in order; one at least.
        signs: what speaks for or against a statement, by name.
        negated: whether it says that nothing was said or thought.
        asked: whether it asks if something was said or thought.
    """

    word: str
    cue: Span
    source: Span | None
    start: int
    cuts: tuple[Cut, ...]
    signs: frozenset[str]
    negated: bool
    asked: bool


def clauses(tokens: Sequence[Token], marked: Mapping[int, Quotation], places: Sequence[Span]) -> list[Clause]:
    """The governed clauses of a sentence, in order of their cues.

    Args:
        tokens: of the sentence; a quotation may be one token, or its marks may be tokens as others are.
        marked: the quotations of the text by their beginnings.
        places: where the verbs and adjectives stand that are asked for, in order, none overlapping.
    """
    if not places:
        return []
    found = []
    place = 0
    for number, token in enumerate(tokens):
        form = governing().get(token.low)
        if form is None or low(tokens, number + 1) == token.low:  # "he said, said that": the first is a false start
            continue
        while place < len(places) and places[place].end <= token.start:
            place += 1
        if place == len(places):
            break
        if places[place].start <= token.start:
            one = _of_head(tokens, number, form.word.lemma, form.kind, marked)
            if one is not None:
                found.append(one)
    return found


def _of_head(
    tokens: Sequence[Token], head: int, lemma: str, kind: str, marked: Mapping[int, Quotation]
) -> Clause | None:
    first = _group(tokens, head)
    if kind == "adjective":
        if (first == head or not is_in(tokens, first, "be", "feeling")) and not is_in(tokens, head - 1, "making"):
            return None
        if is_in(tokens, head - 1, "making"):
            first = _group(tokens, head - 1)
    elif first == head and kind != "ing" and _is_noun(tokens, head):
        return None
    if is_in(tokens, head, "making") and low(tokens, head + 1) in governing():
        return None  # "make sure": the adjective governs
    source = before_cue(tokens, Cue(governing()[tokens[head].low].word, kind, head, first, head))
    if source is not None and (source[1] > first or low(tokens, first) == "to"):
        source = None
    ahead = _ahead(tokens, head)
    if ahead is not None:
        start, opening, gap = ahead
        cuts = tuple(_cuts(tokens, start, opening, marked))
    else:
        parted = _parenthesis(tokens, head, source)
        if parted is None:
            return None
        start, opening, gap = parted[0], "parenthesis", 0
        cuts = (Cut(tokens[parted[1] - 1].end, parted[1] - start, frozenset()),)
    if not cuts:
        return None
    signs = frozenset(_signs(tokens, head, first, kind, lemma, source, start, opening, gap))
    return Clause(
        tokens[head].low,
        Span(tokens[first].start, tokens[head].end),
        Span(tokens[source[0]].start, tokens[source[1] - 1].end) if source else None,
        tokens[start].start,
        cuts,
        signs,
        negated(tokens, first, head),
        source is not None and is_asked(tokens, source[0]),
    )


def _group(tokens: Sequence[Token], head: int) -> int:
    """First token of the verb group that ends at `head`."""
    first = head
    while first > max(0, head - _GROUP) and (
        is_in(tokens, first - 1, "auxiliaries", "negations", "feeling")
        or low(tokens, first - 1) in {"to", "'m", tokens[head].low}
        or (is_adverb(tokens, first - 1) and first - 1 > 0)
    ):
        first -= 1
    while first < head and is_adverb(tokens, first):
        first += 1
    return first


def _is_noun(tokens: Sequence[Token], head: int) -> bool:
    before = low(tokens, head - 1)
    return (before in classes()["determiners"] and before not in classes()["pronouns"] - classes()["possessives"]) or (
        before in classes()["prepositions"] or before == "'s"
    )


def _ahead(tokens: Sequence[Token], head: int) -> tuple[int, str, int] | None:
    """Where the clause behind a head begins, what opens it, and how many words stand between."""
    start = head + 1 + (low(tokens, head + 1) == "out")
    while start < len(tokens) and _is_filler(tokens, start):
        start += 1
    told = is_in(tokens, start, "objects") or (
        is_in(tokens, start, "addressees") and is_in(tokens, start + 1, "subjects", "relatives")
    )
    opening = None if told else _opening(tokens, start)
    addressed = "a" in governing()[tokens[head].low].word.frames
    if opening is not None and not (opening == "bare" and addressed):
        return _past_mark(tokens, start), opening, 0
    if is_in(tokens, start, "objects", "addressees"):
        behind = _opening(tokens, start + 1)
        if behind is not None:
            return _past_mark(tokens, start + 1), behind, 1
    return _past_addressee(tokens, start) or ((start, opening, 0) if opening is not None else None)


def _past_addressee(tokens: Sequence[Token], start: int) -> tuple[int, str, int] | None:
    """The clause with "that" behind whom one tells."""
    for place in range(start + 1, min(len(tokens), start + _ADDRESSEE)):
        word = low(tokens, place)
        if word in {"that", "whether"} and not is_in(tokens, place + 1, "auxiliaries"):
            return (place, word, place - start) if _opening(tokens, place) else None
        if is_finite(tokens, place) or word in {".", ";", ":", "?", "!"} or is_in(tokens, place, "conjunctions"):
            return None
    return None


def _is_filler(tokens: Sequence[Token], place: int) -> bool:
    """Whether an adverb stands between a verb and its clause: "I think now the pier", "it felt like the pier"."""
    return (is_adverb(tokens, place) and low(tokens, place) not in {"there", "here"}) or low(tokens, place) == "like"


def _quotes(tokens: Sequence[Token], place: int) -> bool:
    """Whether a quotation or its mark stands at a place."""
    return place < len(tokens) and (tokens[place].quotation is not None or tokens[place].low in _QUOTES)


def _past_mark(tokens: Sequence[Token], start: int) -> int:
    return start + 1 if low(tokens, start) in {",", ":"} and start + 1 < len(tokens) else start


def _opening(tokens: Sequence[Token], start: int) -> str | None:  # noqa: PLR0911 - a ladder
    """What opens the clause that begins at `start`; None if none does."""
    word, after = low(tokens, start), start + 1
    if start >= len(tokens):
        return None
    if _quotes(tokens, start) or (word in {",", ":"} and _quotes(tokens, after)):
        return "quotation"
    if word == ":":
        return "colon" if after < len(tokens) else None
    if word == "," or word in _CALLS:
        if word in _CALLS or low(tokens, after) in _CALLS:
            return "call"
        return "comma" if is_in(tokens, after, "subjects") and _clause_begins(tokens, after) else None
    if word == "that" and not is_in(tokens, after, "auxiliaries"):
        return None if _stands_for_a_thing(tokens, start) else "that"
    if word in {"if", "whether"}:
        return "whether"
    if is_in(tokens, start, "questions"):
        return None if after >= len(tokens) or low(tokens, after) in _ENDS | {","} else "question"
    if is_in(tokens, start, "prepositions"):
        return "adverbial" if _fronted(tokens, start) else None
    return "bare" if _clause_begins(tokens, start) else None


def _stands_for_a_thing(tokens: Sequence[Token], that: int) -> bool:
    """Whether no clause follows a "that": "denied that.", "asked that question last year"."""
    end = that + 1
    while end < len(tokens) and low(tokens, end) not in _ENDS | {","}:
        end += 1
    known = is_in(tokens, that + 1, "subjects") or _verb_after(tokens, that) is not None
    return end - that < _CLAUSE and not (known and end > that + 1)


def _fronted(tokens: Sequence[Token], start: int) -> bool:
    """Whether a clause begins with an adverbial: "I think in those years we paid for it"."""
    for place in range(start + 2, min(len(tokens), start + _ADDRESSEE)):
        if is_finite(tokens, place):
            return is_in(tokens, place - 1, "subjects")
        if tokens[place].mark and tokens[place].low != ",":
            return False
    return False


def _clause_begins(tokens: Sequence[Token], start: int) -> bool:
    """Whether a subject begins at `start` and its verb follows soon."""
    if start >= len(tokens) or tokens[start].mark or is_in(tokens, start, "prepositions", "conjunctions"):
        return False
    return _verb_after(tokens, start) is not None


def _verb_after(tokens: Sequence[Token], start: int) -> int | None:
    """How many words behind the one at `start` the clause has its verb, past those of relative clauses."""
    relatives = 0
    for number in range(start + 1, min(len(tokens), start + _SOON)):
        if low(tokens, number) in {".", ":", ";"}:
            return None
        relatives += is_in(tokens, number, "relatives")
        if _is_verb(tokens, number):
            if not relatives:
                return number - start
            relatives -= not _is_verb(tokens, number - 1)
    return None


def _is_verb(tokens: Sequence[Token], number: int) -> bool:
    word, before = low(tokens, number), low(tokens, number - 1)
    if word == "'s":
        return before in {"there", "what", "who", "here", "let", "where"} or is_finite(tokens, number)
    return word in {"'m", "'re", "'ll", "'d", "'ve"} or is_finite(tokens, number)


def _cuts(tokens: Sequence[Token], start: int, opening: str, marked: Mapping[int, Quotation]) -> Iterator[Cut]:
    """Where a clause may end: before a mark, a conjunction or a subordinator; at the end of its sentence."""
    quotation = tokens[start].quotation or (marked.get(tokens[start].start) if opening == "quotation" else None)
    if quotation is not None:
        yield Cut(quotation.outer.end, 1, frozenset({"quotation"}))
        return
    last = len(tokens)
    verb = last  # the first one of the clause
    for place in range(start + 1, min(last, start + _FARTHEST_CUT)):
        sign = _sign_of_cut(tokens, place) if place >= start + _SHORTEST else None
        if sign is not None:
            signs = _signs_of_cut(tokens, start, place, sign, opening)
            yield Cut(tokens[place - 1].end, place - start, frozenset([*signs, *(["no verb"] if verb == last else [])]))
        if verb == last and is_finite(tokens, place):
            verb = place
    end = ends_trimmed(tokens, start, last)
    yield Cut(tokens[-1].end, max(1, end - start), frozenset({"sentence"}))


def _sign_of_cut(tokens: Sequence[Token], place: int) -> str | None:
    word = low(tokens, place)
    if _quotes(tokens, place):
        return "quotation"
    if word in {",", ";", ":", "—", "–", "(", ")", "?", "!"}:
        return word
    if is_in(tokens, place - 1, "conjunctions", "subordinators") or low(tokens, place - 1) == ",":
        return None
    if word in classes()["conjunctions"]:
        return "conjunction"
    if word in classes()["subordinators"] and word != "that":
        return "subordinator"
    return None


def _signs_of_cut(tokens: Sequence[Token], start: int, place: int, sign: str, opening: str) -> Iterator[str]:
    yield f"at {sign}"
    after = place + 1 if sign == "," else place
    word = low(tokens, after)
    if is_in(tokens, after, "conjunctions", "subordinators", "relatives"):
        yield f"{sign} {word}"
        if is_in(tokens, after + 1, "subjects"):
            yield f"{sign} {word} subject"
        elif after + 1 < len(tokens) and is_finite(tokens, after + 1):
            yield f"{sign} {word} verb"
    elif is_in(tokens, after, "subjects"):
        yield f"{sign} subject"
    elif word.endswith("ing"):
        yield f"{sign} ing"
    yield f"size {min(5, (place - start) // 3)}"
    left = len(tokens) - place
    yield f"left {min(5, left // 4)}"
    yield f"opened {opening}"


def _parenthesis(tokens: Sequence[Token], head: int, source: Range | None) -> Range | None:
    """What stands before ", I think," and ", he said."."""
    after = low(tokens, head + 1)
    if source is None or source[0] == 0 or after not in {"", ",", ".", "?", "!", ")", ";", "—", "–"}:
        return None
    if not _quotes(tokens, source[0] - 1) and low(tokens, source[0] - 1) not in {",", "?", "!", "—", "–"}:
        return None
    end = ends_trimmed(tokens, 0, source[0])
    first = 0
    while first < end and (
        (tokens[first].mark and tokens[first].low not in _QUOTES) or low(tokens, first) in classes()["opening"]
    ):
        first += 1
    quoted = any(token.quotation is not None for token in tokens[first:end])
    return (first, end) if quoted or end - first >= _SHORTEST else None


def _signs(
    tokens: Sequence[Token],
    head: int,
    first: int,
    kind: str,
    lemma: str,
    source: Range | None,
    start: int,
    opening: str,
    gap: int,
) -> Iterator[str]:
    """What speaks for or against a statement, by name."""
    yield f"lemma {lemma}"
    yield f"kind {kind}"
    yield f"opens {opening}"
    yield f"{opening} {lemma}"
    if gap:
        yield "gap" if gap > 1 else "addressee"
    yield _subject(tokens, first, source)
    if negated(tokens, first, head):
        yield "negated"
    for number in range(first, head):
        if low(tokens, number) in _HELPERS:
            yield f"group {low(tokens, number)}"
        elif is_in(tokens, number, "be"):
            yield "group be"
    if low(tokens, len(tokens) - 1) == "?":
        yield "asked"
    before = (source[0] if source else first) - 1
    if (
        before < 0
        or low(tokens, before) == ","
        or is_in(tokens, before, "subordinators", "conjunctions", "relatives", "prepositions")
    ):
        yield f"before {low(tokens, before)}"
    if opening == "bare":
        yield from _signs_of_bare(tokens, start)


def _subject(tokens: Sequence[Token], first: int, source: Range | None) -> str:
    if source is None:
        return "infinitive" if low(tokens, first) == "to" else "imperative" if first == 0 else "no subject"
    if source[1] - source[0] == 1 and (
        is_in(tokens, source[0], "subjects") or low(tokens, source[0]) in {"who", "that", "which", "this"}
    ):
        return f"subject {low(tokens, source[0])}"
    return "subject noun"


def _signs_of_bare(tokens: Sequence[Token], start: int) -> Iterator[str]:
    if is_in(tokens, start, "subjects"):
        yield "bare pronoun"
    elif is_in(tokens, start, "determiners", "pronouns"):
        yield "bare determiner"
    else:
        yield "bare name" if tokens[start].title else "bare other"
    distance = _verb_after(tokens, start) or _SOON
    yield "verb at once" if distance == 1 else "verb soon" if distance < 5 else "verb late"  # noqa: PLR2004 - words
