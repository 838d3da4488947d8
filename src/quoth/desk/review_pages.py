"""Deciding on findings and entities, the history of each, and the log of corrections."""

import json
from collections.abc import Collection, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quoth.desk.accounts import Role
from quoth.desk.asking import (
    Misfilled,
    desk_of,
    examination_of,
    form_of,
    number_in,
    person_of,
    text_in,
    whole_number,
)
from quoth.desk.deciding import Asked, decide, merge, split, text_of
from quoth.desk.exam_part import layout
from quoth.desk.examinations import Entry, Examinations
from quoth.desk.refusing import status_of
from quoth.desk.showing import actions, show
from quoth.review import Act, Standing
from quoth.review.corrections import as_markdown, corrections, training_rows
from quoth.review.decision_log import NothingToUndo, Outdated
from quoth.review.decisions import MOST_NOTE, DoesNotFit, by_finding, entity_key
from quoth.types import Document, Grade, QuothError, UnusableInput

FRAGMENT = "quoth-fragment"  # a header by which the desk's script asks for a card's actions instead of a page
CHANGED = "quoth-changed"  # by which the script learns that more of the page is another now


def finding(request: Request) -> Response:
    """One finding: what is suggested, what was decided, and a form to decide."""
    where, entry = examination_of(request)
    person_of(request)
    known = request.query_params.get("seen", "")
    return _finding(request, where, entry, seen=whole_number(known) if known else None)


def _finding(
    request: Request,
    where: Examinations,
    entry: Entry,
    *,
    seen: int | None = None,
    typed: Mapping[str, str] | None = None,
    error: QuothError | None = None,
) -> Response:
    """The page of a finding.

    Args:
        request: what it answers.
        where: where the examination is.
        entry: the examination.
        seen: the version of the last decision that whoever asks knew of; they are shown what was decided since.
        typed: what they filled in, by field; what they left as it was then, follows what was decided since.
        error: why that could not be done.
    """
    whole = where.reviewed(entry)
    id_ = request.path_params["finding"]
    if id_ not in whole.findings:
        raise error or HTTPException(404)
    examination, review = whole.recorded, whole.findings[id_]
    statement = next(one for one in examination.statements if one.id == id_)
    verdict = next((one for one in examination.verdicts if one.statement == id_), None)
    since = review.decisions[seen:] if seen is not None else ()
    fields = _fields(review.standing, examination.report)
    if typed is not None:
        then = _fields(since[0].before if since else review.standing, examination.report)
        fields |= {name: value for name, value in typed.items() if value != then.get(name, "")}
    return show(
        request,
        "finding",
        status_of(error) if error else 200,
        entry=entry,
        finding=id_,
        review=review,
        words=examination.words(statement),
        fields=fields,
        since=since,
        outdated=str(Outdated(since[-1])) if since else "",
        wrong="" if error is None or (since and isinstance(error, Outdated)) else str(error),
        field=getattr(error, "field", "grade" if isinstance(error, DoesNotFit) else ""),
        verdict=verdict,
        passages=(
            [examination.document(piece.source).words(piece.original) for piece in verdict.pieces] if verdict else []
        ),
        names=sorted({one.name for one in whole.examination.entities if one.named}),
        grades=list(Grade),
    )


def _fields(standing: Standing, report: Document) -> dict[str, str]:
    """What the form of a finding has in it at first."""
    return {
        "grade": str(standing.grade or ""),
        "words": text_of(standing, report.text),
        "speaker": standing.speaker.name if standing.speaker else "",
        "note": "",
    }


async def act(request: Request) -> Response:
    """Decide on a finding; what could not be decided comes back as it was filled in."""
    person = person_of(request, Role.REVIEWER)
    form = await form_of(request)
    where, entry = examination_of(request)
    id_ = request.path_params["finding"]
    before = layout(where.reviewed(entry))
    seen = number_in(form, "seen") or whole_number(request.query_params.get("seen", ""))
    try:
        asked = asked_in(form, request.path_params["act"], seen)
        decision = await run_in_threadpool(decide, where, entry, id_, asked, person.name)
    except (UnusableInput, Outdated, NothingToUndo) as error:
        typed = {name: text_in(form, name) for name in ("grade", "words", "speaker", "note") if name in form}
        return _finding(request, where, entry, seen=seen, typed=typed, error=error)
    desk_of(request).note(person.name, str(decision.act), f"{entry.id}/{id_}")
    if request.headers.get(FRAGMENT):
        now = where.reviewed(entry)
        markup = actions(now, [id_], may_review=True)[id_]
        told = {CHANGED: "1"} if layout(now) != before else {}
        return Response(markup, media_type="text/html", headers=told)
    return RedirectResponse(f"/e/{entry.id}#{id_}", 303)


def asked_in(form: FormData, act: str, seen: int) -> Asked:
    """What a form asks for.

    Raises:
        UnusableInput: there is no such act or grade.
    """
    grade, note = text_in(form, "grade"), text_in(form, "note")
    if len(note) > MOST_NOTE:
        raise Misfilled(f"A note has at most {MOST_NOTE:,} letters.", "note")
    if grade and grade not in set(Grade):
        raise Misfilled("There is no such grade.", "grade")
    if act not in set(Act):
        raise UnusableInput("There is no such act.")
    return Asked(
        Act(act),
        seen,
        note,
        Grade(grade) if grade else None,
        speaker=text_in(form, "speaker"),
        words=text_in(form, "words"),
    )


def entities(request: Request) -> Response:
    """Who is who in an examination: to make two entities one, or one two."""
    person_of(request)
    return _entities(request, *examination_of(request))


def _entities(
    request: Request,
    where: Examinations,
    entry: Entry,
    *,
    error: QuothError | None = None,
    typed: Mapping[str, str] | None = None,
    ticked: Collection[str] = (),
) -> Response:
    """The page of who is who; with an error, as it was filled in, with what is wrong beside the form."""
    whole = where.reviewed(entry).examination
    said: dict[str, list[tuple[str, str]]] = {}
    for one in whole.statements:
        if one.speaker:
            said.setdefault(one.speaker, []).append((one.id, whole.words(one)))
    decided = by_finding(where.log.of(entry.id))
    listed = [
        (one, said.get(one.id, []), decided.get(entity_key(one), []))
        for one in whole.entities
        if one.id in said or one.type in {"person", "organisation"}
    ]
    history = [one for key, own in decided.items() if key.startswith(("entity:", "split:")) for one in own]
    return show(
        request,
        "entities",
        status_of(error) if error else 200,
        entry=entry,
        entities=listed,
        history=history,
        wrong=str(error) if error else "",
        typed=typed or dict.fromkeys(("act", "entity", "name"), ""),
        ticked=ticked,
    )


async def alter_entities(request: Request) -> Response:
    """Merge, split, or undo one of these."""
    person = person_of(request, Role.REVIEWER)
    where, entry = examination_of(request)
    form = await form_of(request)
    typed = {name: text_in(form, name) for name in ("act", "entity", "name", "finding")}
    chosen = typed["entity"]
    seen = number_in(form, f"seen-{chosen}") or number_in(form, "seen")
    listed = tuple(one for one in form.getlist("other") if isinstance(one, str))
    try:
        match typed["act"]:
            case "merge":
                made = merge(where, entry, chosen, listed, seen, person.name)
            case "split":
                made = split(where, entry, chosen, listed, typed["name"], seen, person.name)
            case _:
                made = decide(where, entry, typed["finding"], Asked(Act.UNDO, seen), person.name)
    except (UnusableInput, Outdated, NothingToUndo) as error:
        return _entities(request, where, entry, error=error, typed=typed, ticked=listed)
    desk_of(request).note(person.name, str(made.act), entry.id)
    return RedirectResponse(f"/e/{entry.id}/entities", 303)


def log_of_corrections(request: Request) -> Response:
    """Everything that people corrected, to be published."""
    return show(request, "corrections", entries=all_corrections(request))


def corrections_file(request: Request) -> Response:
    """The same as Markdown."""
    headers = {"content-disposition": 'attachment; filename="corrections.md"'}
    text = as_markdown(all_corrections(request))
    return Response(text.encode("utf-8", "replace"), media_type="text/markdown", headers=headers)


def all_corrections(request: Request) -> list[dict[str, object]]:
    """What people corrected in all examinations that whoever asks sees listed, the last first."""
    desk, person = desk_of(request), person_of(request)
    found: list[dict[str, object]] = []
    for entry in desk.entries(person.name, 10_000):
        for where in desk.shelves:
            if where.kept == entry.kept and where.log.count(entry.id):
                told = corrections(where.reviewed(entry))
                found += [{**one, "examination": entry.id} for one in told]
    return sorted(found, key=lambda one: str(one["date"]), reverse=True)


def training_file(request: Request) -> Response:
    """All decisions as training data."""
    desk, person = desk_of(request), person_of(request, Role.REVIEWER)
    lines = [
        json.dumps(row) + "\n"
        for entry in desk.entries(person.name, 10_000)
        for where in desk.shelves
        if where.kept == entry.kept and where.log.count(entry.id)
        for row in training_rows(where.reviewed(entry))
    ]
    headers = {"content-disposition": 'attachment; filename="decisions.jsonl"'}
    return Response("".join(lines), media_type="application/x-ndjson", headers=headers)


ROUTES = [
    Route("/e/{id}/f/{finding}", finding),
    Route("/e/{id}/f/{finding}/{act}", act, methods=["POST"]),
    Route("/e/{id}/entities", entities),
    Route("/e/{id}/entities", alter_entities, methods=["POST"]),
    Route("/corrections", log_of_corrections),
    Route("/corrections.md", corrections_file),
    Route("/decisions.jsonl", training_file),
]
