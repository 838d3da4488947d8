"""An examination with what people decided about it; what was recorded stays as it was, beside what stands now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from quoth.review.applying import found_entity, given, merged, regraded, split, with_words, without
from quoth.review.decisions import Act, Decision, Standing, Who, by_finding, standing_decisions, who
from quoth.types import (
    AsReviewed,
    Decided,
    Discrepancy,
    Examination,
    Grade,
    Passage,
    Span,
    Statement,
    Status,
    Told,
    Verdict,
)

SAME_PLACE = 0.8  # of the code points of two contents together, that both have
ENTITY, SPLIT = "entity:", "split:"  # what decisions about entities stand under

__all__ = ["ENTITY", "SPLIT", "Review", "Reviewed", "found_entity", "reviewed", "suggested"]


@dataclass(frozen=True, slots=True)
class Review:
    """What people made of one finding.

    Attributes:
        key: what decisions about it stand under in the log: its id, or the one that it had in the run decided on.
        standing: where it stands.
        first: where it stands if nobody decides on it.
        version: of the last decision; 0 where nobody decided.
        decisions: all of them, in order.
        last: the one that counts; None where none does.
    """

    key: str
    standing: Standing
    first: Standing
    version: int = 0
    decisions: tuple[Decision, ...] = ()
    last: Decision | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An examination, and what people made of it.

    Attributes:
        examination: with all that people decided applied to it: what every page and every export shows.
        recorded: as the program recorded it.
        findings: for each statement, where it stands.
        left: decisions about findings that this run does not have; they are kept and shown.
    """

    examination: AsReviewed
    recorded: Examination
    findings: Mapping[str, Review]
    left: tuple[Decision, ...] = ()


def suggested(examination: Examination, statement: Statement) -> Standing:
    """Where a statement stands if nobody decides."""
    verdict = next((one for one in examination.verdicts if one.statement == statement.id), None)
    entity = examination.speaker(statement)
    cited = examination.report.words(statement.source)
    speaker = who(entity) if entity else Who(cited, _place(statement)) if cited else None
    return Standing(grade=verdict.grade if verdict else None, content=statement.content, speaker=speaker)


def reviewed(examination: Examination, decisions: Sequence[Decision], examined: str = "") -> Reviewed:
    """Put decisions over an examination, in the order in which they were made.

    Args:
        examination: of any run.
        decisions: all about it, in order.
        examined: when it was examined, ISO 8601.
    """
    moved = _moved(examination, by_finding(decisions))
    keys = {id_: key for key, id_ in moved.items()}
    decisions = [replace(one, finding=moved.get(one.finding, one.finding)) for one in decisions]
    grouped = by_finding(decisions)
    counting = {key: standing_decisions(own) for key, own in grouped.items()}
    order = {(one.finding, one.version): at for at, one in enumerate(decisions)}
    lasts = sorted((own[-1] for own in counting.values() if own), key=lambda one: order[one.finding, one.version])
    of_entities = [one for one in lasts if one.finding.startswith((ENTITY, SPLIT))]
    program, _ = _applied(examination, of_entities)
    changed, left = _applied(examination, lasts)
    firsts, now = ({one.id: one for one in whole.statements} for whole in (program, changed))
    findings = {}
    for id_ in now:
        own, last = grouped.get(id_, []), counting.get(id_) or None
        first = suggested(program, firsts[id_])
        standing = first
        if last:
            standing, speaker = last[-1].after, suggested(changed, now[id_]).speaker
            if speaker and (standing.speaker is None or standing.speaker.name != speaker.name):
                standing = replace(standing, speaker=speaker)  # merged or split since
        version, counts = own[-1].version if own else 0, last[-1] if last else None
        findings[id_] = Review(keys.get(id_, id_), standing, first, version, tuple(own), counts)
    return Reviewed(
        _as_reviewed(examination, changed, findings, examined, len(left)), examination, findings, tuple(left)
    )


def _moved(examination: Examination, grouped: Mapping[str, Sequence[Decision]]) -> dict[str, str]:
    """Findings that another run has in nearly the same place: what decisions call them, and their ids in this one.

    An id tells the very place and the mode; a run that takes a full stop along, or sees quoted words as told, gives
    another. A decision is about the words that somebody saw.
    """
    ids = {one.id for one in examination.statements}
    free = {one.id: _points(one.content) for one in examination.statements if one.id not in grouped}
    found: dict[str, str] = {}
    for key, own in grouped.items():
        if key in ids or key.startswith((ENTITY, SPLIT)) or not free:
            continue
        seen = _points(own[0].before.content)
        shares = {id_: len(seen & place) / len(seen | place) for id_, place in free.items() if seen & place}
        best = max(shares, key=lambda id_: shares[id_], default="")
        if best and shares[best] >= SAME_PLACE:
            found[key] = best
            del free[best]
    return found


def _points(content: Sequence[Span]) -> set[int]:
    return {at for span in content for at in range(span.start, span.end)}


def _applied(examination: Examination, lasts: Sequence[Decision]) -> tuple[Examination, list[Decision]]:
    """An examination with decisions applied, and those that find nothing in this run to be applied to."""
    left: list[Decision] = []
    for one in lasts:
        make: Callable[[Examination, Standing], Examination | None] = (
            merged if one.act is Act.MERGE else split if one.act is Act.SPLIT else _corrected(one.finding)
        )
        made = make(examination, one.after)
        if made is None:
            left.append(one)
        examination = made or examination
    return examination, left


def _corrected(finding: str) -> Callable[[Examination, Standing], Examination | None]:
    """Gives a statement the words and the speaker that a person stood for; None where this run does not have it."""

    def make(examination: Examination, after: Standing) -> Examination | None:
        statement = next((one for one in examination.statements if one.id == finding), None)
        if statement is None:
            return None
        speaker = suggested(examination, statement).speaker
        if after.speaker and (speaker is None or speaker.name != after.speaker.name):
            examination = given(examination, {finding}, after.speaker)
        if after.content and after.content != statement.content:
            examination = with_words(examination, statement, after.content)
        return examination

    return make


def _as_reviewed(
    recorded: Examination, changed: Examination, findings: Mapping[str, Review], examined: str, left: int
) -> AsReviewed:
    verdicts = {one.statement: one for one in recorded.verdicts}
    decided = [
        made
        for one in changed.statements
        if (made := _decided(recorded, verdicts.get(one.id), one.id, findings[one.id])) is not None
    ]
    rejected = {one.statement for one in decided if one.status is Status.REJECTED}
    grades = {one.statement: one.stands.grade for one in decided if one.statement not in rejected}
    judged = tuple(regraded(one, grades.get(one.statement) or one.grade) for one in changed.verdicts)
    standing = [one for one in judged if one.statement not in rejected]
    aside = tuple(
        one for one in changed.discrepancies if _is_told(one, changed.verdicts) and not _is_told(one, standing)
    )
    own = {field.name: getattr(changed, field.name) for field in fields(Examination)}
    return AsReviewed(
        **{
            **own,
            "verdicts": judged,
            "claims": without(changed.claims, rejected),
            "discrepancies": tuple(one for one in changed.discrepancies if one not in aside),
        },
        decided=tuple(decided),
        set_aside=aside,
        examined=examined,
        left=left,
    )


def _is_told(one: Discrepancy, verdicts: Sequence[Verdict]) -> bool:
    return any(change.material and one.is_told_by(change) for verdict in verdicts for change in verdict.changes)


def _decided(recorded: Examination, verdict: Verdict | None, id_: str, review: Review) -> Decided | None:
    last = review.last
    if last is None:
        return None

    def told(standing: Standing) -> Told:
        name = standing.speaker.name if standing.speaker else None
        return Told(standing.grade, name, standing.content, recorded.report.words(standing.content))

    return Decided(
        statement=id_,
        status=review.standing.status,
        by=last.by,
        at=last.at,
        note=last.note,
        found=told(review.first),
        stands=told(review.standing),
        confidence=verdict.confidence if verdict and verdict.grade is not Grade.UNCLEAR else 0.0,
        reason=verdict.reason if verdict else "",
    )


def _place(statement: Statement) -> Passage | None:
    return Passage(statement.document, *statement.source[0]) if statement.source else None
