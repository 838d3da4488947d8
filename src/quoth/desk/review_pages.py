"""Deciding on findings and entities, the history of each, and the log of corrections."""

import json

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quoth.desk.accounts import Role
from quoth.desk.asking import desk_of, examination_of, form_of, number_in, person_of, text_in, whole_number
from quoth.desk.deciding import Asked, decide, merge, split
from quoth.desk.exam_part import layout
from quoth.desk.showing import actions, show
from quoth.review import Act
from quoth.review.corrections import as_markdown, corrections, training_rows
from quoth.review.decisions import by_finding, entity_key
from quoth.types import Grade, UnusableInput

FRAGMENT = "quoth-fragment"  # a header by which the desk's script asks for a card's actions instead of a page
CHANGED = "quoth-changed"  # by which the script learns that more of the page is another now


def finding(request: Request) -> Response:
    """One finding: what is suggested, what was decided, and a form to decide."""
    where, entry = examination_of(request)
    person_of(request)
    seen = where.reviewed(entry)
    id_ = request.path_params["finding"]
    if id_ not in seen.findings:
        raise HTTPException(404)
    whole = seen.recorded
    statement = next(one for one in whole.statements if one.id == id_)
    verdict = next((one for one in whole.verdicts if one.statement == id_), None)
    names = sorted({one.name for one in seen.examination.entities if one.named})
    return show(
        request,
        "finding",
        entry=entry,
        finding=id_,
        review=seen.findings[id_],
        words=whole.words(statement),
        now=" … ".join(span.of(whole.report.text) for span in seen.findings[id_].standing.content),
        verdict=verdict,
        passages=[whole.document(piece.source).words(piece.original) for piece in verdict.pieces] if verdict else [],
        names=names,
        grades=list(Grade),
    )


async def act(request: Request) -> Response:
    """Decide on a finding."""
    person = person_of(request, Role.REVIEWER)
    form = await form_of(request)
    asked = asked_in(form, request.path_params["act"], whole_number(request.query_params.get("seen", "")))
    where, entry = examination_of(request)
    id_ = request.path_params["finding"]
    before = layout(where.reviewed(entry))
    decision = await run_in_threadpool(decide, where, entry, id_, asked, person.name)
    desk_of(request).note(person.name, str(decision.act), f"{entry.id}/{id_}")
    if request.headers.get(FRAGMENT):
        seen = where.reviewed(entry)
        markup = actions(seen, [id_], may_review=True)[id_]
        told = {CHANGED: "1"} if layout(seen) != before else {}
        return Response(markup, media_type="text/html", headers=told)
    return RedirectResponse(f"/e/{entry.id}#{id_}", 303)


def asked_in(form: FormData, act: str, seen: int) -> Asked:
    """What a form asks for.

    Raises:
        UnusableInput: there is no such act or grade.
    """
    grade = text_in(form, "grade")
    try:
        return Asked(
            Act(act),
            number_in(form, "seen") or seen,
            text_in(form, "note"),
            Grade(grade) if grade else None,
            speaker=text_in(form, "speaker"),
            words=text_in(form, "words"),
        )
    except ValueError as problem:
        raise UnusableInput("There is no such act, or no such grade.") from problem


def entities(request: Request) -> Response:
    """Who is who in an examination: to make two entities one, or one two."""
    where, entry = examination_of(request)
    person_of(request)
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
    return show(request, "entities", entry=entry, entities=listed, history=history)


async def alter_entities(request: Request) -> Response:
    """Merge, split, or undo one of these."""
    person = person_of(request, Role.REVIEWER)
    where, entry = examination_of(request)
    form = await form_of(request)
    seen, chosen = number_in(form, "seen"), text_in(form, "entity")
    listed = tuple(one for one in form.getlist("other") if isinstance(one, str))
    match text_in(form, "act"):
        case "merge":
            made = merge(where, entry, chosen, listed, seen, person.name)
        case "split":
            made = split(where, entry, chosen, listed, text_in(form, "name"), seen, person.name)
        case "undo":
            made = decide(where, entry, text_in(form, "finding"), Asked(Act.UNDO, seen), person.name)
        case _:
            raise UnusableInput("Choose what to do: merge, split or undo.")
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
