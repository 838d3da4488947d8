"""The door `claims`: who answered whom, and with which stance.

By rules: a statement that stands inside another's words is what that other answers ("rejected the accusation that
..."); a statement whose cue or content denies, disputes or confirms answers the last statement of somebody else that
speaks of the same. What is only said, and never answered, is no claim unless its verb makes it one (claim, accuse).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from quoth.doc.name_similarity import name_words
from quoth.doc.name_tables import plain
from quoth.doc.telling_words import telling
from quoth.entities.stances import ANSWERING, rules, stance_of, words_of
from quoth.types import Act, Claim, Document, Entity, EntityType, Places, Response, Span, Stance, Statement

_SAME_CLAIM = 0.5  # share of the telling words of the shorter of two statements by one speaker
_SAME_TOPIC = 0.25  # the same, between a claim and an answer that does not stand around it
_SHARED = 2  # words that two statements of one matter have in common, if both have as many
_ROOT = 0.25  # likeness by which what answers nothing is preferred to what is an answer itself
_CONFIRMED = 0.7  # of the share of a statement that a claim has: less than a third confirms nothing
_NEAR = 3  # claims back to which a bare "That is a lie" may answer
_RETORT = 8  # words of the longest bare answer
_OPENING_WORDS = 4  # of a content, in which a noun such as "claim" makes it another's
_LOOK_BACK = 12  # statements; an answer further away answers something else
_CLAIMING = frozenset({Act.CLAIM, Act.ACCUSE})
_WEAK = frozenset({Stance.CONFIRMS, Stance.SUPPORTS})  # stances that many statements on a matter seem to have


@dataclass(slots=True)
class _Open:
    """A claim while it is being gathered.

    `asserted`: whether a verb makes it one; `answer`: whether it answers another.
    """

    by: str
    statements: list[Statement]
    keys: list[frozenset[str]]
    spans: list[Span] = field(default_factory=list)
    responses: dict[str, Response] = field(default_factory=dict)
    asserted: bool = False
    answer: bool = False


def claims(report: Document, statements: tuple[Statement, ...], entities: tuple[Entity, ...]) -> tuple[Claim, ...]:
    """Claims and the answers to them, in reading order of the claims.

    Args:
        report: the report.
        statements: its statements, with speakers.
        entities: who is named, as `link` gave them.
    """
    ordered = sorted((one for one in statements if one.speaker and one.content), key=_at)
    inner: dict[str | None, Statement] = {one.within: one for one in ordered if one.within}
    opened: list[_Open] = []
    by_speaker: dict[str, list[_Open]] = {}
    of_statement: dict[str, _Open] = {}
    for statement in ordered:
        if statement.id in inner or _only_answers(report.text, statement):
            continue  # it passes on or answers what another said; what it says of that is read below
        keys = _keys(report.text, statement)
        answered = _answered(report.text, statement, keys, inner, opened, of_statement, entities)
        mine = by_speaker.setdefault(statement.speaker or "", [])
        claim = _same(keys, mine)
        if claim is None:
            claim = _Open(statement.speaker or "", [], [], answer=bool(answered))
            opened.append(claim)
            mine.append(claim)
        claim.statements.append(statement)
        claim.spans.extend(statement.content)
        claim.keys.append(keys)
        claim.asserted = claim.asserted or statement.act in _CLAIMING
        of_statement[statement.id] = claim
        for target, stance in answered:
            target.responses.setdefault(statement.id, Response(statement.speaker or "", stance, statement.id))
            # An accusation in return is a claim itself.
            claim.asserted = claim.asserted or stance is Stance.COUNTER_ACCUSES
    _answer_later(report, ordered, inner, opened, of_statement, entities)
    kept = [claim for claim in opened if claim.asserted or claim.responses]
    kept.sort(key=lambda claim: claim.spans[0])
    named = [(one.id, place.span) for one in entities for place in one.mentions if place.document == report.id]
    places = Places(span for _, span in named)
    nameable = tuple(one.id for one in entities if one.type in _NAMEABLE)
    found = []
    for number, claim in enumerate(kept, 1):
        met = {named[at] for span in claim.spans for at in places.meeting(span) if span.holds(named[at][1])}
        about = {one for one, _ in met} - {claim.by}
        found.append(_value(report, f"c{number}", claim, tuple(one for one in nameable if one in about)))
    return tuple(found)


def _answer_later(
    report: Document,
    ordered: Sequence[Statement],
    inner: Mapping[str | None, Statement],
    opened: list[_Open],
    of_statement: Mapping[str, _Open],
    entities: Sequence[Entity],
) -> None:
    """Add the answers whose claim is read after them: "denied that she had said so", a headline above its story."""
    for statement in ordered:
        stance = stance_of(report.text, statement)
        held = inner.get(statement.id)
        if stance is None or statement.id in of_statement:
            continue
        target: _Open | None
        if held is not None:
            target = of_statement.get(held.id) if held.speaker != statement.speaker else None
        else:
            target = _on_the_same(report.text, statement, [one for one in opened if one.by != statement.speaker])
            target = target or _told_only_here(report, statement, opened, entities)
            target = target or _meant(report.text, statement, opened, entities)
        if target is not None:
            target.responses.setdefault(statement.id, Response(statement.speaker or "", stance, statement.id))


def _told_only_here(
    report: Document, statement: Statement, opened: list[_Open], entities: Sequence[Entity]
) -> _Open | None:
    """The claim that only its denial tells: "rejected accusations by Ana Orr that it hid the spill"."""
    content = statement.content[0]
    noun = rules().nouns.search(_lower(content.of(report.text)))
    if noun is None:
        return None
    near = [
        (abs(mention.start - content.start - noun.start()), entity.id)
        for entity in entities
        if entity.named and entity.type in _CLAIMANTS and entity.id != statement.speaker
        for mention in entity.mentions
        if mention.document == report.id and content.holds(mention.span)
    ]
    if not near:
        return None
    maker = min(near)[1]
    start = report.text.find(" that ", content.start + noun.start(), content.end)
    before = [one for one in opened if one.by == maker and one.spans[0] < content]
    if start < 0 and before:
        return before[-1]  # "rejected her remarks": the last ones told
    span = Span(start + 1 if start >= 0 else content.start, content.end)
    claim = _Open(maker, [], [_keys(report.text, statement)], [span])
    opened.append(claim)
    return claim


_DEFINITE = r"(?:the|this|that|these|those|such|his|her|its|their|both|all)"


def _meant(text: str, statement: Statement, opened: Sequence[_Open], entities: Sequence[Entity]) -> _Open | None:
    """Which claim "the claim" or "her account" means, with nothing behind it: the last one against who answers."""
    bare = re.compile(rf"\W*{_DEFINITE}\s+(?:\w+\s+)?(?:{rules().noun_words})(?:\W*\Z|\W+as\b)")
    if bare.match(words_of(text, statement.content)) is None:
        return None
    before = [
        one
        for one in opened
        if one.by != statement.speaker and one.spans[0] < statement.content[0] and not one.answer and one.statements
    ]
    return next(
        (one for one in reversed(before) if one.asserted and _charges(one, statement, entities)),
        next((one for one in reversed(before) if one.asserted), before[-1] if before else None),
    )


def _lower(words: str) -> str:
    """Words in lower case, each code point kept in its place."""
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in words)


def _only_answers(text: str, statement: Statement) -> bool:
    """Whether a statement names another's claim and says nothing of its own: "rejected the claim that it hid oil"."""
    opening = " ".join(words_of(text, statement.content).split()[:_OPENING_WORDS])
    if statement.act not in ANSWERING and not any(
        pattern.search(words_of(text, statement.cue)) for _, pattern in rules().cue
    ):
        return False
    return rules().nouns.search(opening) is not None


def _on_the_same(text: str, statement: Statement, others: Sequence[_Open]) -> _Open | None:
    """The claim that is likest to what a statement speaks of, if it is like enough."""
    keys = _keys(text, statement)
    rated = [(_topic(keys, claim), -number) for number, claim in enumerate(others)]
    best = max(rated, default=(0.0, 0))
    return others[-best[1]] if best[0] >= _SAME_TOPIC else None


def _topic(keys: frozenset[str], claim: _Open, names: frozenset[str] = frozenset()) -> float:
    """How much a statement and a claim speak of the same; nothing, if they share one word of several, or names."""
    return max(
        (
            _likeness(keys, known)
            for known in claim.keys
            if min(_SHARED, len(keys), len(known)) <= len(keys & known) and not keys & known <= names
        ),
        default=0.0,
    )


def _share(keys: frozenset[str], claim: _Open) -> float:
    """The share of a statement's words that a claim has as well."""
    return max((len(keys & known) / len(keys) for known in claim.keys if keys), default=0.0)


def _named(entities: Sequence[Entity]) -> frozenset[str]:
    """The words of the names of persons and bodies."""
    return frozenset(word for one in entities if one.named and one.type in _CLAIMANTS for word in name_words(one.name))


def _at(statement: Statement) -> tuple[int, int]:
    return statement.extent.start, -statement.extent.end


def _keys(text: str, statement: Statement) -> frozenset[str]:
    return frozenset(key for span in statement.content for word in telling(text, span) for key in word.keys)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _same(keys: frozenset[str], mine: Sequence[_Open]) -> _Open | None:
    """The last of a speaker's claims that says the same."""
    for claim in reversed(mine):
        if any(_likeness(keys, known) >= _SAME_CLAIM for known in claim.keys):
            return claim
    return None


def _answered(
    text: str,
    statement: Statement,
    keys: frozenset[str],
    inner: dict[str | None, Statement],
    opened: Sequence[_Open],
    of_statement: dict[str, _Open],
    entities: Sequence[Entity],
) -> list[tuple[_Open, Stance]]:
    """The earlier claims of others that a statement answers, with the stance."""
    if statement.id in inner:
        return []  # answers what stands inside it; see `claims`
    stance = stance_of(text, statement)
    said = words_of(text, statement.content)
    charged = rules().charges.search(said) is not None
    others = [*islice((claim for claim in reversed(opened) if claim.by != statement.speaker), _LOOK_BACK)][::-1]
    if statement.within in of_statement:
        others = [claim for claim in others if claim is not of_statement[statement.within]]
    accuser = _accuser(text, statement, others, entities)
    if accuser is not None:
        return [(accuser, Stance.COUNTER_ACCUSES)]
    opposed = _opposed(text, statement, keys, others) if stance is None or statement.act not in ANSWERING else None
    if opposed is not None:
        return [(opposed, Stance.DENIES)]
    target = _target(text, statement, keys, others, entities, stance) if stance is not None or charged else None
    if target is None:
        return []
    if (
        charged
        and stance in {None, Stance.DISPUTES, Stance.COUNTER_ACCUSES}
        and _about(text, statement, target.by, entities)
    ):
        stance = Stance.COUNTER_ACCUSES
    elif stance is None or (stance is Stance.COUNTER_ACCUSES and not _about(text, statement, target.by, entities)):
        return []
    return [(target, stance)]


def _target(
    text: str,
    statement: Statement,
    keys: frozenset[str],
    others: Sequence[_Open],
    entities: Sequence[Entity],
    stance: Stance | None,
) -> _Open | None:
    """Which of others' claims a statement answers: the likest one, else the last one of which it says "the claim"."""
    said = words_of(text, statement.content)
    names = _named(entities)
    rated = [(_topic(keys, claim, names), number) for number, claim in enumerate(others)]
    if stance in _WEAK:  # many statements on a matter seem to confirm
        rated = [(min(topic, _CONFIRMED * _share(keys, others[number])), number) for topic, number in rated]
    on_topic = [
        (topic + _ROOT * (not others[number].answer), number) for topic, number in rated if topic >= _SAME_TOPIC
    ]
    if on_topic:
        return others[max(on_topic)[1]]
    if rules().nouns.search(said) is not None and others:
        return next((claim for claim in reversed(others) if claim.asserted), others[-1])
    if len(said.split()) <= _RETORT and statement.act not in ANSWERING:
        return next(
            (one for one in reversed(others[-_NEAR:]) if one.asserted and _charges(one, statement, entities)), None
        )
    return None


def _charges(claim: _Open, statement: Statement, entities: Sequence[Entity]) -> bool:
    """Whether a claim speaks of the speaker of a statement."""
    speaker = next((one for one in entities if one.id == statement.speaker), None)
    return speaker is not None and any(span.holds(place.span) for place in speaker.mentions for span in claim.spans)


def _accuser(text: str, statement: Statement, others: Sequence[_Open], entities: Sequence[Entity]) -> _Open | None:
    """The accusation that an accused answers with one of his own against who made it."""
    if statement.act is not Act.ACCUSE:
        return None
    return next(
        (
            one
            for one in reversed(others)
            if one.asserted and _charges(one, statement, entities) and _about(text, statement, one.by, entities)
        ),
        None,
    )


_ONE_SENTENCE = 25  # words of the longest that only says the contrary
_SAME_MATTER = 0.6  # likeness of what is said and of its contrary
_NEGATION = re.compile(r"\b(?:not|never|no|nobody|nothing|none|neither|nor|cannot|without)\b|n't\b")


def _opposed(text: str, statement: Statement, keys: frozenset[str], others: Sequence[_Open]) -> _Open | None:
    """The claim of which a statement says the contrary: "was never inspected", "was inspected in May"."""
    said = words_of(text, statement.content)
    if len(said.split()) > _ONE_SENTENCE or re.search(r"[.!?]\W+\w", said):
        return None  # it says more than the contrary
    odd = len(_NEGATION.findall(said)) % 2
    found = None
    for one in others:
        if not one.statements or one.answer:
            continue
        contrary = len(_NEGATION.findall(words_of(text, one.statements[0].content))) % 2 != odd
        least = 1 if one.asserted and statement.act is not Act.SAY else _SHARED
        if contrary and _likeness(keys, one.keys[0]) >= _SAME_MATTER and len(keys & one.keys[0]) >= least:
            found = one
    return found


def _about(text: str, statement: Statement, by: str, entities: Sequence[Entity]) -> bool:
    """Whether a statement speaks of an entity, by one of its names or descriptions."""
    entity = next((one for one in entities if one.id == by), None)
    if entity is None:
        return False
    if any(span.holds(mention.span) for mention in entity.mentions for span in statement.content):
        return True
    described = {word for alias in entity.aliases for word in plain(alias).split() if len(word) > 4}  # noqa: PLR2004
    return bool(described & set(words_of(text, statement.content).split()))


_CLAIMANTS = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.GROUP})
_NAMEABLE = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.GROUP})


def _value(report: Document, name: str, claim: _Open, about: tuple[str, ...]) -> Claim:
    first = claim.statements[0].content if claim.statements else claim.spans
    return Claim(
        id=name,
        by=claim.by,
        about=about,
        statements=tuple(statement.id for statement in claim.statements),
        text=" ... ".join(" ".join(span.of(report.text).split()) for span in first),
        responses=tuple(claim.responses.values()),
    )
