"""An examination with what people decided about it; the verdicts themselves stay as they were given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quoth.review.decisions import Act, Decision, Standing, Who, by_finding, standing, standing_decisions, who
from quoth.types import Entity, Examination, Passage, Statement

ENTITY, SPLIT = "entity:", "split:"  # what decisions about entities stand under


@dataclass(frozen=True, slots=True)
class Review:
    """What people made of one finding.

    Attributes:
        standing: where it stands.
        version: of the last decision; 0 where nobody decided.
        decisions: all of them, in order.
        last: the one that counts; None where none does.
    """

    standing: Standing
    version: int = 0
    decisions: tuple[Decision, ...] = ()
    last: Decision | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An examination, and what people made of it.

    Attributes:
        examination: with entities merged and split as people decided.
        findings: for each statement, where it stands.
        left: decisions about findings that this run does not have; they are kept and shown.
    """

    examination: Examination
    findings: Mapping[str, Review]
    left: tuple[Decision, ...] = ()


def suggested(examination: Examination, statement: Statement) -> Standing:
    """Where a statement stands if nobody decides."""
    verdict = next((one for one in examination.verdicts if one.statement == statement.id), None)
    entity = examination.speaker(statement)
    cited = examination.report.words(statement.source)
    speaker = who(entity) if entity else Who(cited, _place(statement)) if cited else None
    return Standing(grade=verdict.grade if verdict else None, content=statement.content, speaker=speaker)


def reviewed(examination: Examination, decisions: Sequence[Decision]) -> Reviewed:
    """Put decisions over an examination.

    Args:
        examination: of any run.
        decisions: all about it, in order.
    """
    grouped = by_finding(decisions)
    left: list[Decision] = []
    changed = examination
    for key, own in grouped.items():
        counting = standing_decisions(own)
        if key.startswith((ENTITY, SPLIT)) and counting:
            after = counting[-1].after
            made = _merged(changed, after) if counting[-1].act is Act.MERGE else _split(changed, after)
            if made is None:
                left.append(counting[-1])
            changed = made or changed
    findings = {}
    for one in examination.statements:
        own = grouped.get(one.id, [])
        first = suggested(changed, one)
        counting = standing_decisions(own)
        findings[one.id] = Review(
            standing(own, first),
            own[-1].version if own else 0,
            tuple(own),
            counting[-1] if counting else None,
        )
    for key, own in grouped.items():
        counting = standing_decisions(own)
        if counting and key not in findings and not key.startswith((ENTITY, SPLIT)):
            left.append(counting[-1])
    return Reviewed(changed, findings, tuple(left))


def found_entity(examination: Examination, wanted: Who) -> Entity | None:
    """The entity of this run that somebody meant: the one named there, else the only one of that name."""
    named_there = [one for one in examination.entities if wanted.at and wanted.at in one.mentions]
    if named_there:
        return named_there[0]
    of_name = [one for one in examination.entities if one.name == wanted.name]
    return of_name[0] if len(of_name) == 1 else None


def _merged(examination: Examination, after: Standing) -> Examination | None:
    """Several entities made one; None where this run does not have the first of them."""
    kept = found_entity(examination, after.speaker) if after.speaker else None
    found = [found_entity(examination, one) for one in after.others]
    others = [one for one in found if one is not None and one is not kept]
    if kept is None or not others:
        return None
    gone = {one.id for one in others}
    whole = replace(
        kept,
        mentions=tuple(sorted({*kept.mentions, *(at for one in others for at in one.mentions)})),
        aliases=tuple(dict.fromkeys([*kept.aliases, *(one.name for one in others)])),
    )
    return replace(
        examination,
        entities=tuple(whole if one is kept else one for one in examination.entities if one.id not in gone),
        statements=tuple(
            replace(one, speaker=kept.id) if one.speaker in gone else one for one in examination.statements
        ),
    )


def _split(examination: Examination, after: Standing) -> Examination | None:
    """Some statements given to an entity of their own; None where this run has none of them."""
    taken = [one for one in examination.statements if one.id in after.statements]
    if not taken or after.speaker is None:
        return None
    places = {Passage(one.document, *span) for one in taken for span in one.source}
    ids = {one.id for one in examination.entities}
    id_ = next(f"e{number}" for number in range(1, len(ids) + 2) if f"e{number}" not in ids)
    old = {one.speaker for one in taken}
    kind = next((one.type for one in examination.entities if one.id in old), None)
    if kind is None:
        return None
    made = Entity(id_, after.speaker.name, kind, tuple(sorted(places)))
    rest = tuple(
        replace(one, mentions=tuple(at for at in one.mentions if at not in places)) if one.id in old else one
        for one in examination.entities
    )
    numbers = {one.id for one in taken}
    return replace(
        examination,
        entities=(*rest, made),
        statements=tuple(replace(one, speaker=id_) if one.id in numbers else one for one in examination.statements),
    )


def _place(statement: Statement) -> Passage | None:
    return Passage(statement.document, *statement.source[0]) if statement.source else None
