"""The door `claims`: who answered whom, and with which stance.

By rules: a statement that stands inside another's words is what that other answers ("rejected the accusation that
..."); a statement whose cue or content denies, disputes or confirms answers the last statement of somebody else that
speaks of the same. What is only said, and never answered, is no claim unless its verb makes it one (claim, accuse).
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from quoth.doc.coverage import telling
from quoth.doc.name_tables import plain
from quoth.types import Act, Claim, Document, Entity, EntityType, Response, Span, Stance, Statement

_SAME_CLAIM = 0.5  # share of the telling words of the shorter of two statements by one speaker
_SAME_TOPIC = 0.25  # the same, between a claim and an answer that does not stand around it
_OPENING_WORDS = 4  # of a content, in which a noun such as "claim" makes it another's
_LOOK_BACK = 12  # statements; an answer further away answers something else
_CLAIMING = frozenset({Act.CLAIM, Act.ACCUSE})
_ANSWERING = {Act.DENY: Stance.DENIES, Act.REJECT: Stance.DENIES, Act.CONFIRM: Stance.CONFIRMS}


@dataclass(frozen=True, slots=True)
class _Rules:
    cue: tuple[tuple[Stance, re.Pattern[str]], ...]
    content: tuple[tuple[Stance, re.Pattern[str]], ...]
    charges: re.Pattern[str]
    nouns: re.Pattern[str]


@dataclass(slots=True)
class _Open:
    """A claim while it is being gathered."""

    by: str
    statements: list[Statement]
    keys: list[frozenset[str]]
    spans: list[Span] = field(default_factory=list)
    responses: dict[str, Response] = field(default_factory=dict)
    asserted: bool = False


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    raw = tomllib.loads((files("quoth.lexicon") / "stances.toml").read_text(encoding="utf-8"))
    return _Rules(
        cue=tuple((Stance(name), re.compile(pattern)) for name, pattern in raw["cue"]),
        content=tuple((Stance(name), re.compile(pattern)) for name, pattern in raw["content"]),
        charges=re.compile(raw["charges"]),
        nouns=re.compile(rf"\b(?:{raw['claim_nouns']})\b"),
    )


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
    of_statement: dict[str, _Open] = {}
    for statement in ordered:
        if statement.id in inner or _only_answers(report.text, statement):
            continue  # it passes on or answers what another said; what it says of that is read below
        answered = _answered(report.text, statement, inner, opened, of_statement, entities)
        keys = _keys(report.text, statement)
        claim = _same(statement, keys, opened)
        if claim is None:
            claim = _Open(statement.speaker or "", [], [])
            opened.append(claim)
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
    return tuple(_value(report, f"c{number}", claim, entities) for number, claim in enumerate(kept, 1))


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
        stance = _stance(report.text, statement)
        held = inner.get(statement.id)
        if stance is None or statement.id in of_statement:
            continue
        target: _Open | None
        if held is not None:
            target = of_statement.get(held.id) if held.speaker != statement.speaker else None
        else:
            target = _on_the_same(report.text, statement, [one for one in opened if one.by != statement.speaker])
            target = target or _told_only_here(report, statement, opened, entities)
        if target is not None:
            target.responses.setdefault(statement.id, Response(statement.speaker or "", stance, statement.id))


def _told_only_here(
    report: Document, statement: Statement, opened: list[_Open], entities: Sequence[Entity]
) -> _Open | None:
    """The claim that only its denial tells: "rejected accusations by Ana Orr that it hid the spill"."""
    content = statement.content[0]
    noun = _rules().nouns.search(_lower(content.of(report.text)))
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


def _lower(words: str) -> str:
    """Words in lower case, each code point kept in its place."""
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in words)


def _only_answers(text: str, statement: Statement) -> bool:
    """Whether a statement names another's claim and says nothing of its own: "rejected the claim that it hid oil"."""
    opening = " ".join(_words(text, statement.content).split()[:_OPENING_WORDS])
    if statement.act not in _ANSWERING and not any(
        pattern.search(_words(text, statement.cue)) for _, pattern in _rules().cue
    ):
        return False
    return _rules().nouns.search(opening) is not None


def _on_the_same(text: str, statement: Statement, others: Sequence[_Open]) -> _Open | None:
    """The claim that is likest to what a statement speaks of, if it is like enough."""
    keys = _keys(text, statement)
    rated = [(max(_likeness(keys, known) for known in claim.keys), -number) for number, claim in enumerate(others)]
    best = max(rated, default=(0.0, 0))
    return others[-best[1]] if best[0] >= _SAME_TOPIC else None


def _at(statement: Statement) -> tuple[int, int]:
    return statement.extent.start, -statement.extent.end


def _words(text: str, spans: Sequence[Span]) -> str:
    return plain(" ".join(span.of(text) for span in spans))


def _keys(text: str, statement: Statement) -> frozenset[str]:
    return frozenset(key for span in statement.content for word in telling(text, span) for key in word.keys)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _same(statement: Statement, keys: frozenset[str], opened: Sequence[_Open]) -> _Open | None:
    """An earlier claim of the same speaker that says the same."""
    for claim in reversed(opened):
        if claim.by == statement.speaker and any(_likeness(keys, known) >= _SAME_CLAIM for known in claim.keys):
            return claim
    return None


def _stance(text: str, statement: Statement) -> Stance | None:
    """How a statement answers, by its cue, else by its content; None where it answers nothing."""
    cue = _words(text, statement.cue)
    for stance, pattern in _rules().cue:
        if pattern.search(cue):
            return stance
    if statement.act in _ANSWERING:
        return _ANSWERING[statement.act]
    content = _words(text, statement.content)
    for stance, pattern in _rules().content:
        if pattern.search(content):
            return stance
    return None


def _answered(
    text: str,
    statement: Statement,
    inner: dict[str | None, Statement],
    opened: Sequence[_Open],
    of_statement: dict[str, _Open],
    entities: Sequence[Entity],
) -> list[tuple[_Open, Stance]]:
    """The earlier claims of others that a statement answers, with the stance."""
    if statement.id in inner:
        return []  # answers what stands inside it; see `claims`
    stance = _stance(text, statement)
    charged = _rules().charges.search(_words(text, statement.content)) is not None
    if stance is None and not charged:
        return []
    others = [claim for claim in opened if claim.by != statement.speaker][-_LOOK_BACK:]
    if statement.within in of_statement:
        others = [claim for claim in others if claim is not of_statement[statement.within]]
    keys = _keys(text, statement)
    by_topic = [
        (max(_likeness(keys, known) for known in claim.keys), number, claim) for number, claim in enumerate(others)
    ]
    best = max(by_topic, default=None, key=lambda one: one[:2])
    spoken_of = _rules().nouns.search(_words(text, statement.content)) is not None
    if best is not None and best[0] >= _SAME_TOPIC:
        target = best[2]
    elif spoken_of and others:
        target = next((claim for claim in reversed(others) if claim.asserted), others[-1])
    else:
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


def _about(text: str, statement: Statement, by: str, entities: Sequence[Entity]) -> bool:
    """Whether a statement speaks of an entity, by one of its names or descriptions."""
    entity = next((one for one in entities if one.id == by), None)
    if entity is None:
        return False
    if any(span.holds(mention.span) for mention in entity.mentions for span in statement.content):
        return True
    described = {word for alias in entity.aliases for word in plain(alias).split() if len(word) > 4}  # noqa: PLR2004
    return bool(described & set(_words(text, statement.content).split()))


_CLAIMANTS = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.GROUP})
_NAMEABLE = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.GROUP})


def _value(report: Document, name: str, claim: _Open, entities: Sequence[Entity]) -> Claim:
    about = tuple(
        entity.id
        for entity in entities
        if entity.id != claim.by
        and entity.type in _NAMEABLE
        and any(
            mention.document == report.id and span.holds(mention.span)
            for mention in entity.mentions
            for span in claim.spans
        )
    )
    first = claim.statements[0].content if claim.statements else claim.spans
    return Claim(
        id=name,
        by=claim.by,
        about=about,
        statements=tuple(statement.id for statement in claim.statements),
        text=" ... ".join(" ".join(span.of(report.text).split()) for span in first),
        responses=tuple(claim.responses.values()),
    )
