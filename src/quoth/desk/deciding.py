"""A person's act on a finding, from the words of a form or of JSON to a decision in the log."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from quoth.desk.asking import Misfilled
from quoth.desk.examinations import Entry, Examinations
from quoth.review import Act, Decision, Standing
from quoth.review.decisions import MOST_NAME, Who, after, entity_key, standing, who
from quoth.review.reviewed import SPLIT
from quoth.types import Entity, Examination, Grade, QuothError, Span, Statement, Status, UnusableInput

MOST_SPANS = 50  # of a corrected statement


class NoFinding(QuothError):
    """A finding that is not there."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for.

    Attributes:
        act: accept, reject, correct or undo.
        seen: the version of the last decision that they saw.
        note: why.
        grade: the right grade.
        content: the right words, as spans.
        speaker: the right speaker, by name.
        words: the right words themselves; where they stand is looked up.
    """

    act: Act
    seen: int
    note: str = ""
    grade: Grade | None = None
    content: tuple[Span, ...] = ()
    speaker: str = ""
    words: str = ""


def decide(where: Examinations, entry: Entry, finding: str, asked: Asked, by: str) -> Decision:
    """Append a decision about a finding.

    Raises:
        NoFinding: there is no such finding.
        UnusableInput: what is asked for makes no sense.
        Outdated: somebody decided since.
    """
    with where.deciding(entry) as now:
        return _decided(where, now, finding, asked, by)


def _decided(where: Examinations, entry: Entry, finding: str, asked: Asked, by: str) -> Decision:
    seen = where.reviewed(entry)
    statement = next((one for one in seen.examination.statements if one.id == finding), None)
    review = seen.findings.get(finding)
    first, key = (review.first, review.key) if review else (_first_of_entity(where, entry, finding), finding)
    if asked.act is Act.UNDO:
        return where.log.undo(entry.id, key, seen=asked.seen, by=by, suggested=first)
    if statement is None or review is None:
        raise NoFinding("This run has no such finding.")
    if asked.act not in {Act.ACCEPT, Act.REJECT, Act.CORRECT}:
        raise UnusableInput("A finding is accepted, rejected or corrected.")
    report = seen.examination.report
    before = review.standing
    made = after(
        before,
        asked.act,
        grade=asked.grade,
        content=asked.content or _spans(asked.words, before, statement, report.text),
        speaker=_speaker(seen.examination, asked.speaker, before),
        length=len(report.text),
    )
    return where.log.append(
        entry.id, key, asked.act, seen=asked.seen, by=by, suggested=first, after=made, note=asked.note
    )


def _spans(words: str, before: Standing, statement: Statement, text: str) -> tuple[Span, ...]:
    """Where corrected words stand in the report: of several such places the one nearest to the finding.

    Raises:
        UnusableInput: the report has no such words.
    """
    words = words.strip()
    if not words or words == text_of(before, text):
        return ()
    places: list[int] = []
    at = text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    if not places:
        raise Misfilled("The corrected words must stand in the report exactly so.", "words")
    nearest = min(places, key=lambda place: abs(place - statement.extent.start))
    return (Span(nearest, nearest + len(words)),)


def text_of(standing: Standing, text: str) -> str:
    """The words of a report that a finding is about, gaps as an ellipsis, as a form has them."""
    return " … ".join(span.of(text) for span in standing.content).strip()


def _speaker(examination: Examination, name: str, before: Standing) -> Who | None:
    """The speaker who is meant by a name: one of the examination's entities, or somebody new."""
    name = " ".join(name.split())
    if not name or (before.speaker and before.speaker.name == name):
        return None
    if len(name) > MOST_NAME:
        raise Misfilled(f"The name of a speaker has 1 to {MOST_NAME} letters.", "speaker")
    known = next((one for one in examination.entities if one.name == name), None)
    return who(known) if known else Who(name)


# --- entities ---------------------------------------------------------------------------------------------------------


def merge(where: Examinations, entry: Entry, keep: str, others: tuple[str, ...], seen: int, by: str) -> Decision:
    """Make several entities one, named by their ids in this run.

    Raises:
        UnusableInput: there are no such entities.
        Outdated: somebody decided since.
    """
    with where.deciding(entry) as now:
        return _merged(where, now, keep, others, seen, by)


def _merged(where: Examinations, entry: Entry, keep: str, others: tuple[str, ...], seen: int, by: str) -> Decision:
    entities = _entities(where.reviewed(entry).examination)
    kept, gone = entities.get(keep), [entities[one] for one in others if one in entities and one != keep]
    if kept is None or not gone:
        raise UnusableInput("Choose the entity that stays, and at least one other that is the same.")
    key = entity_key(kept)
    before = standing(where.log.of_finding(entry.id, key), Standing())
    joined = tuple(dict.fromkeys([*before.others, *(who(one) for one in gone)]))
    made = Standing(Status.CORRECTED, speaker=who(kept), others=joined)
    return where.log.append(entry.id, key, Act.MERGE, seen=seen, by=by, suggested=Standing(), after=made)


def split(
    where: Examinations, entry: Entry, entity: str, statements: tuple[str, ...], name: str, seen: int, by: str
) -> Decision:
    """Give some statements of an entity to another, new one.

    Raises:
        UnusableInput: there is no such entity, none of the statements is its own, or there is no name.
        Outdated: somebody decided since.
    """
    with where.deciding(entry) as now:
        return _split(where, now, entity, statements, name, seen, by)


def _split(
    where: Examinations, entry: Entry, entity: str, statements: tuple[str, ...], name: str, seen: int, by: str
) -> Decision:
    examination = where.reviewed(entry).examination
    old = _entities(examination).get(entity)
    own = tuple(one.id for one in examination.statements if one.speaker == entity and one.id in statements)
    name = " ".join(name.split())
    if old is None or not own or not name or len(name) > MOST_NAME:
        raise UnusableInput("Choose statements of the entity, and give the name of whoever made them.")
    key = f"{SPLIT}{entity_key(old)}:{name.casefold()}"
    made = Standing(Status.CORRECTED, speaker=Who(name), statements=own)
    return where.log.append(entry.id, key, Act.SPLIT, seen=seen, by=by, suggested=Standing(), after=made)


def _entities(examination: Examination) -> Mapping[str, Entity]:
    return {one.id: one for one in examination.entities}


def _first_of_entity(where: Examinations, entry: Entry, finding: str) -> Standing:
    """Where something stands that is no statement of this run, if nobody decided.

    Raises:
        NoFinding: nothing was ever decided about it.
    """
    earlier = where.log.of_finding(entry.id, finding)
    if not earlier:
        raise NoFinding("There is no such finding.")
    return replace(earlier[0].before)
