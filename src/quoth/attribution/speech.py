"""The statements of one line: each cue with its source and its content."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quoth.attribution.acts import act_of
from quoth.attribution.contents import backward, clause_end, forward, main_verb
from quoth.attribution.cue_tables import classes, nouns, verbs
from quoth.attribution.cues import Cue, cues, is_asked
from quoth.attribution.sentence_view import Token
from quoth.attribution.sources import after_cue, agent, before_cue, main_subject, possessor
from quoth.attribution.token_predicates import DASHES, Range, is_finite, is_in, is_past, low, past_time
from quoth.types import Act, Mode, Span

_ADDRESSEE = 8  # tokens of the longest one between a cue and a comma

RULES = 0.6  # share of the rules' statements right on PolNeAR dev; see benchmarks/quality


@dataclass(slots=True)
class Draft:
    """A statement in the making, spans with their quotation marks.

    Attributes:
        cue: the words that say that something was said.
        source: the words that name the speaker.
        content: what was said.
        act: the act of speech.
        negated: whether it was not said.
        mode: given only where the layout and not the marks tells it.
        confidence: 0..1; what the rules find has the share of their statements that readers agree with.
        layout: whether the layout names its speaker.
        borne: whether its grammar alone is enough to believe it anywhere: "it was said by X that ...".
        listing: whether its content is a list, so that the next item belongs to it.
        whole: whether it is a whole text, its author's.
        clause: whether its content is a clause or a quotation, and not an object or an infinitive.
        sure: whether its grammar alone is enough to believe it where it stands inside another statement.
    """

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: list[Span] = field(default_factory=list)
    act: Act = Act.SAY
    negated: bool = False
    mode: Mode | None = None
    confidence: float = RULES
    whole: bool = False
    clause: bool = False
    sure: bool = False
    layout: bool = False
    borne: bool = False
    listing: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a cue was found to report, by numbers of tokens."""

    cue: Cue
    source: Range | None
    content: tuple[Range, ...]


def of_line(tokens: Sequence[Token]) -> list[Draft]:
    """Drafts of the statements of a line, in order of their cues."""
    found: list[Found] = []
    floor, adjunct = 0, opening_adjunct(tokens)
    if adjunct and low(tokens, 0) in verbs():
        floor = adjunct + 1  # "Asked why, he said": the participle clause is not what he said
    for cue in cues(tokens):
        if low(tokens, cue.last + 1) == tokens[cue.last].low:  # "said said that": the first is a false start
            continue
        first = next((at for at in range(cue.first, 0, -1) if low(tokens, at - 1) != tokens[cue.last].low), 0)
        led = cue if first == cue.first else replace(cue, first=first)
        limit, begun = adjunct if cue.last < adjunct else len(tokens), floor if cue.first >= floor else 0
        one = _of_cue(tokens, led, found, begun, limit)
        if one is not None and one.content:
            found.append(one)
            if one.content[0][0] < cue.first:
                floor = max(floor, cue.last + 1)
    return [_draft(tokens, one) for one in found]


def opening_adjunct(tokens: Sequence[Token]) -> int:
    """Past what stands before the main clause ("Countering the claim that ..., he said"); 0 if nothing does."""
    form = verbs().get(low(tokens, 0))
    participle = form is not None and form.kind in {"ing", "past"}
    if not participle and low(tokens, 0) != "according" and not is_in(tokens, 0, "prepositions", "adjuncts"):
        return 0
    for place in range(1, len(tokens)):
        if low(tokens, place) == "," and _main_clause(tokens, place + 1):
            return place
    return 0


def _main_clause(tokens: Sequence[Token], start: int) -> bool:
    """Whether a subject and its verb follow at once."""
    if is_in(tokens, start, "prepositions", "conjunctions", "relatives", "subordinators"):
        return False
    for place in range(start + 1, min(len(tokens), start + 10)):
        if is_finite(tokens, place):
            return True
        if tokens[place].mark or tokens[place].quotation:
            return False
    return False


def _of_cue(tokens: Sequence[Token], cue: Cue, found: Sequence[Found], floor: int, limit: int) -> Found | None:
    if cue.kind == "according":
        return _according(tokens, cue, floor, limit)
    if cue.kind == "noun":
        return _noun(tokens, cue, limit)
    if cue.passive:
        return _passive(tokens, cue, found, floor, limit)
    source = _source(tokens, cue, found, limit)
    if "q" in cue.word.frames and cue.kind != "ing":
        one = _said_after(tokens, cue, source, floor, limit)
        if one:
            return one
    content = forward(tokens, cue, cue.last + 1, limit)
    return Found(cue, source, (content,)) if content else None


def _source(tokens: Sequence[Token], cue: Cue, found: Sequence[Found], limit: int) -> Range | None:
    """The subject of the cue; where it has none of its own, that of the verb before it."""
    before = low(tokens, cue.first - 1)
    joined = before in {"and", "but", "or", "then"} or (before == "," and cue.kind != "ing" and bool(found))
    own = None if cue.kind == "ing" or joined else before_cue(tokens, cue)
    if own is not None or not (cue.kind == "ing" or joined or low(tokens, cue.first) == "to"):
        return own
    for earlier in reversed(found):
        if earlier.cue.kind != "noun" and earlier.source and earlier.source[1] <= cue.first:
            return earlier.source
    return main_subject(
        tokens, 0 if limit == len(tokens) else limit + 1, cue.first if limit == len(tokens) else len(tokens)
    )


def _said_after(  # noqa: PLR0911 - a ladder
    tokens: Sequence[Token], cue: Cue, source: Range | None, floor: int, limit: int
) -> Found | None:
    """Content before its cue: "“...,” X said", "“...,” said X", "..., X said.", "A, X said, B"."""
    after = cue.last + 1
    if source is not None and source[1] <= cue.first:
        start = source[0]
    else:
        if not _quotation_before(tokens, cue.first):
            return None
        source = after_cue(tokens, after)
        if source is None:
            return None
        start, after = cue.first, source[1]
    if start <= floor or not _set_apart(tokens, start):
        return None
    content = backward(tokens, start, floor)
    if content is None:
        return None
    if low(tokens, after) == ":" and tokens[content[1] - 1].quotation is None:
        return None  # "Asked why, she said: ..."
    second = _second_part(tokens, _past_told(tokens, cue, after, limit), limit)
    if tokens[content[1] - 1].quotation is None and not second and not _closes(tokens, after, limit):
        return None
    return Found(cue, source, (content, second) if second else (content,))


def _past_told(tokens: Sequence[Token], cue: Cue, after: int, limit: int) -> int:
    """The comma behind an addressee where the clause goes on with its verb: "A, X told Harbour Wire, is"."""
    if "a" not in cue.word.frames:
        return after
    for place in range(after, min(limit - 1, after + _ADDRESSEE)):
        if low(tokens, place) == ",":
            return place if is_in(tokens, place + 1, "auxiliaries", "verbs") else after
        if tokens[place].quotation or is_finite(tokens, place):
            break
    return after


def _set_apart(tokens: Sequence[Token], start: int) -> bool:
    """Whether a quotation or a comma stands before "X said"."""
    mark = tokens[start - 1]
    return mark.quotation is not None or mark.low == "," or mark.low in DASHES


def _closes(tokens: Sequence[Token], after: int, limit: int) -> bool:
    """Whether nothing but adverbials follows "X said"."""
    place = past_time(tokens, after)
    return (
        place >= limit
        or low(tokens, place) in {".", ",", ";", "–", "—"}
        or (
            is_in(tokens, place, "prepositions")
            and not any(low(tokens, number) == "that" for number in range(place, limit))
        )
    )


def _quotation_before(tokens: Sequence[Token], place: int) -> bool:
    before = place - 1
    while before >= 0 and tokens[before].mark:
        before -= 1
    return before >= 0 and (tokens[before].quotation is not None or low(tokens, place - 1) == ",")


def _second_part(tokens: Sequence[Token], place: int, limit: int) -> Range | None:
    """The rest after "A, X said, B": a quotation, or a clause that goes on."""
    place = past_time(tokens, place)
    if low(tokens, place) not in {",", ":"} | DASHES:
        for number in range(place, limit):
            if tokens[number].quotation and low(tokens, number - 1) in {",", ":"}:
                return number, number + 1
        return None
    first = place + 1
    if first >= limit:
        return None
    if not tokens[first].quotation:
        form = verbs().get(low(tokens, first))
        if (form and form.kind == "ing") or low(tokens, first).endswith("ing") or is_in(tokens, first, "breaking"):
            return None
        if is_in(tokens, first, "conjunctions") and _another_says(tokens, first + 1, limit):
            return None
    return first, clause_end(tokens, first, limit)


def _another_says(tokens: Sequence[Token], start: int, limit: int) -> bool:
    """Whether another speaker follows: "..., but Tannis said"."""
    for place in range(start, min(limit, start + 8)):
        form = verbs().get(low(tokens, place))
        if form is not None and form.kind in {"past", "s"} and "q" in form.word.frames:
            return True
    return False


def _according(tokens: Sequence[Token], cue: Cue, floor: int, limit: int) -> Found | None:
    source = after_cue(tokens, cue.last + 1)
    if source is None:
        return None
    after = source[1]
    if cue.first <= 1 or low(tokens, cue.first - 1) in {":", "—", "–"}:
        while after < len(tokens) and low(tokens, after) != ",":
            after += 1
        after = max(after, limit) if limit < len(tokens) else after
        if after + 1 >= len(tokens):
            return None
        return Found(cue, source, ((after + 1, clause_end(tokens, after + 1, len(tokens))),))
    content = backward(tokens, cue.first, floor)
    if content is None:
        return None
    second = None
    if low(tokens, cue.first - 1) == "," and low(tokens, after) == ",":
        second = _second_part(tokens, after, limit)
    return Found(cue, source, (content, second) if second else (content,))


def _noun(tokens: Sequence[Token], cue: Cue, limit: int) -> Found | None:
    place = cue.last + 1
    source = possessor(tokens, cue.first)
    if source is None and cue.word.act is Act.CLAIM and low(tokens, place) == "that" and is_past(tokens, cue.first - 1):
        return None  # "rejects claim that": nobody is named, and the verb reports the same words
    light = _light_verb(tokens, cue.first)
    if source is None and light:
        source = before_cue(tokens, replace(cue, first=light))
        cue = replace(cue, first=light)
    if low(tokens, place) in {"by", "from", "of", "in", "on", "at", "last", "this"} and not low(
        tokens, place + 1
    ).endswith("ing"):
        source = agent(tokens, place) or source
        while place < limit and low(tokens, place) != "that":
            place += 1
    if place >= limit or (low(tokens, place) == "that" and _is_only_verb(tokens, place + 1)):
        return None  # "a report that said": the words behind it tell of the noun
    if not any(is_finite(tokens, earlier) for earlier in range(cue.first)):
        limit = min(limit, main_verb(tokens, place, limit))
    return Found(cue, source, ((place, clause_end(tokens, place, limit)),))


def _is_only_verb(tokens: Sequence[Token], number: int) -> bool:
    """Whether a word can only be a verb: an auxiliary, or a past as "said" is; "alleged" and "reports" can be more."""
    word = low(tokens, number)
    form = verbs().get(word)
    return is_in(tokens, number, "auxiliaries") or (form is not None and form.kind == "past" and word[-2:] != "ed")


def _light_verb(tokens: Sequence[Token], noun: int) -> int:
    """Where "made the" of "made the claim" begins; 0 if the noun has no such verb."""
    for place in range(noun - 1, max(0, noun - 4), -1):
        if is_in(tokens, place, "light"):
            return place
        if not (is_in(tokens, place, "determiners") or low(tokens, place).isalpha()):
            return 0
    return 0


def _passive(tokens: Sequence[Token], cue: Cue, found: Sequence[Found], floor: int, limit: int) -> Found | None:
    """What is said of a subject: "it was said by X that ...", "the claim was denied by X", "X is expected to ..."."""
    active = replace(cue, passive=False)
    subject = before_cue(tokens, active, floor)
    source = agent(tokens, cue.last + 1) if low(tokens, cue.last + 1) == "by" else None
    after = source[1] if source else cue.last + 1
    if source is None and is_in(tokens, cue.head, "naming"):
        return None  # his boat is known as “the Duchess”
    if subject is not None and low(tokens, subject[0]) == "it":
        content = forward(tokens, active, after, limit)
        return Found(cue, source, (content,)) if content else None
    if low(tokens, after) == "to" or "w" in cue.word.frames or "a" in cue.word.frames:
        return (
            Found(cue, source, ((after, clause_end(tokens, after, limit)),))
            if _has_more(tokens, after, limit)
            else None
        )
    if source is None or subject is None or "n" not in cue.word.frames:
        return None
    for earlier in found:
        if earlier.cue.kind == "noun" and earlier.content[-1][1] == cue.first:
            subject = earlier.cue.first, cue.first  # "Accusations by X that Y were rejected by Z"
    if low(tokens, after) == "of" and after < limit:
        return Found(cue, source, (subject, (after, clause_end(tokens, after, limit))))
    return Found(cue, source, (subject,))


def _has_more(tokens: Sequence[Token], place: int, limit: int) -> bool:
    return place < limit and not tokens[place].mark and not is_in(tokens, place, "conjunctions")


def _contexts(tokens: Sequence[Token], found: Found) -> list[str]:
    first = found.content[-1][0]
    kind = "object" if tokens[first].quotation is None else "quotation"
    if any(is_finite(tokens, place) for place in range(*found.content[-1])) or low(tokens, first) == "that":
        kind = "clause" if kind == "object" else kind
    asked = ["to"] if kind == "object" and any(low(tokens, place) == "to" for place in range(first, first + 8)) else []
    return [*asked, low(tokens, found.cue.last), low(tokens, found.cue.last + 1), low(tokens, first), kind]


def _sure(tokens: Sequence[Token], found: Found) -> bool:
    """Whether a statement inside another is one by its grammar: who says it, with which word, and a clause.

    "According to X, Y claimed that ...", "the accusation that ...", "replying by stressing ...".
    """
    cue, word = found.cue, found.cue.word
    begins = low(tokens, found.content[-1][0])
    clear = begins == "that" or begins.endswith("ing")  # "that the pier was rotten", "taking part"
    clear = clear or (word.act is Act.DENY and begins in {"any", "all", "every"})  # "denied any part in it"
    if cue.kind == "noun":
        return clear and (found.source is not None or word.act in {Act.ACCUSE, Act.CLAIM, Act.DENY})
    if cue.kind == "ing" and low(tokens, cue.first - 1) == "by" and "q" in word.frames:
        return any(is_in(tokens, place, "replies") for place in range(max(0, cue.first - 4), cue.first))
    if found.source is None or cue.passive or "q" not in word.frames or cue.kind == "base":
        return False
    if begins == "that" or (clear and word.act in {Act.CONFIRM, Act.DENY}):
        return True
    firm = (
        word.act in {Act.CLAIM, Act.DENY, Act.CONFIRM, Act.WARN} or tokens[found.content[-1][0]].quotation is not None
    )
    return firm and word.lemma in classes()["saying"] and _contexts(tokens, found)[-1] != "object"


def _draft(tokens: Sequence[Token], found: Found, *, empty: bool = False) -> Draft:
    def span(place: Range) -> Span:
        return Span(tokens[place[0]].start, tokens[place[1] - 1].end)

    cue = found.cue
    return Draft(
        cue=(span((cue.first, cue.last + 1)),),
        source=(span(found.source),) if found.source else (),
        content=[] if empty else [span(one) for one in found.content],
        act=Act.ASK
        if found.source and is_asked(tokens, found.source[0])
        else act_of(cue.word, _contexts(tokens, found)),
        negated=cue.negated,
        clause=_contexts(tokens, found)[-1] != "object",
        sure=_sure(tokens, found),
        borne=found.source is not None
        and (
            (cue.kind == "according" and not cue.first)
            or _is_passive_clause(tokens, found)
            or _closes_line(tokens, found)
        ),
    )


def _is_passive_clause(tokens: Sequence[Token], found: Found) -> bool:
    """Whether it was said by somebody "that ...", or what was said before is answered: "the claim was denied by X"."""
    first, end = found.content[0]
    answered = end <= found.cue.first and any(low(tokens, place) in nouns() for place in range(first, end))
    return found.cue.passive and (low(tokens, first) == "that" or answered)


def _closes_line(tokens: Sequence[Token], found: Found) -> bool:
    """Whether a sentence ends with who said it: "The pier was shut on Monday, the ministry said."."""
    cue = found.cue
    before = found.source is not None and found.content[0][1] < found.source[0] and found.source[1] == cue.first
    return before and cue.word.lemma in classes()["saying"] and low(tokens, cue.last + 1) in {"", "."}


def announced(tokens: Sequence[Token]) -> Draft | None:
    """A draft without content for a line that ends with a colon: "The ministry added in a letter:"."""
    for cue in reversed(cues(tokens)):
        if "q" in cue.word.frames and cue.kind in {"past", "s", "ing"}:
            source = _source(tokens, cue, (), len(tokens)) or after_cue(tokens, cue.last + 1)
            return _draft(tokens, Found(cue, source, ((cue.head, cue.head + 1),)), empty=True)
    return None
