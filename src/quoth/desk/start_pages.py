"""The start page, and the way from documents to an examination: a job that can be watched and cancelled."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from quoth.desk.accounts import Role
from quoth.desk.asking import Misfilled, desk_of, form_of, job_of, person_of, text_in
from quoth.desk.bench import ENDED, About, Job, State
from quoth.desk.filling import Filled, filled_in, kept_as
from quoth.desk.guards import PREFILL
from quoth.desk.showing import show

AT_ONCE = 1.5  # seconds in which a short report is done; whoever waits longer is shown how far it is
PREFILLED = {"title": 300, "address": 2000, "text": 400_000}  # what a bookmarklet fills in, and how many letters
MOST_FOUND = 12  # documents of the archive that are offered for one search
#: Fields that the start page has a place beside for what is wrong with them.
FIELDS = frozenset(
    {f"{side}_{kind}" for side in ("report", "source") for kind in ("file", "text", "address")}
    | {"source_document", "in_archive"}
)


async def start(request: Request) -> Response:
    """The start page; sources chosen in the archive are in the address."""
    person = person_of(request)
    chosen = tuple(dict.fromkeys(one for one in request.query_params.getlist("source") if one.strip()))
    return _start(request, Filled(person.name, chosen=chosen))


async def prefill(request: Request) -> Response:
    """The start page, filled in with the page that somebody reads. Nothing happens before they say so.

    In team mode no browser says, from another site's page, who has signed in: a page of the desk sends it on.
    """
    form = await form_of(request)
    sent = {name: text_in(form, name)[:most] for name, most in PREFILLED.items()}
    if request.state.person is None:
        return RedirectResponse("/sign-in", 303) if "on" in form else show(request, "prefilled", sent=sent)
    filled = Filled(person_of(request).name)
    typed = {
        **filled.typed,
        "report_text": sent["text"],
        "report_name": sent["title"],
        "report_address": "" if sent["text"] else sent["address"],
    }
    return _start(request, replace(filled, typed=typed))


def _start(
    request: Request, filled: Filled, status: int = 200, *, wrong: str = "", field: str = "", key: str = ""
) -> Response:
    """The start page.

    Args:
        request: what it answers.
        filled: what stands in its form.
        status: of the answer.
        wrong: what is wrong with it, if anything.
        field: name of the field that this is about; it is said beside it.
        key: what the form is held by; without one a form that has files is held now.
    """
    desk = desk_of(request)
    if filled.files and not key:
        key = desk.forms.hold(filled)
    found = desk.shelf.search(filled.typed["q"])[0] if desk.shelf and filled.typed["q"] else []
    return show(
        request,
        "start",
        status,
        entries=desk.entries(filled.by, 8),
        documents=desk.shelf.documents() if desk.shelf else 0,
        filled=filled,
        typed=filled.typed,
        chosen=[(one, desk.shelf.document(one) if desk.shelf else None) for one in filled.chosen],
        found=[one for one in found if one.document.id not in filled.chosen][:MOST_FOUND],
        key=key,
        files=[(side, one.name, kept_as(key, one)) for side, one in filled.files],
        wrong=wrong,
        field=field if field in FIELDS else "",
        origin=f"{request.url.scheme}://{request.url.netloc}",
    )


async def _sent(request: Request) -> Filled:
    """The form that was sent."""
    person = person_of(request, Role.REVIEWER)
    form = await form_of(request)
    try:
        return await filled_in(form, person.name, desk_of(request).forms)
    finally:
        await form.close()


async def choose(request: Request) -> Response:
    """Look for sources in the archive; what stands in the form stays in it."""
    filled = await _sent(request)
    return await run_in_threadpool(_start, request, filled)


async def examine(request: Request) -> Response:
    """Examine what a form brings; short work is answered with the examination itself."""
    filled = await _sent(request)
    if filled.searches and filled.by_enter:  # the key was pressed in the field of the search
        return await run_in_threadpool(_start, request, filled)
    try:
        task = filled.task()
    except Misfilled as error:
        return await run_in_threadpool(_start, request, filled, 400, wrong=str(error), field=error.field)
    desk = desk_of(request)
    about = About(filled.by, keep="forget" not in filled.ticked, form=desk.forms.hold(filled))
    job = desk.bench.submit(task, owner=filled.by, about=about)
    if await desk.bench.ended(job, AT_ONCE) and job.state is State.DONE:
        return RedirectResponse(f"/e/{job.result_id}", 303)
    return RedirectResponse(f"/jobs/{job.id}", 303)


def job(request: Request) -> Response:
    """How far a job is; the examination, once it is there; the form to be mended, where nothing came of it."""
    found = job_of(request)
    if found.state is State.DONE:
        return RedirectResponse(f"/e/{found.result_id}", 303)
    about = found.about
    if found.state in ENDED and about and (filled := desk_of(request).forms.held(about.form, about.by)):
        return _start(request, filled, wrong=found.message, field=found.place, key=about.form)
    again = about.again if about else None
    return show(request, "job", job=found, over=found.state in ENDED, again=again)


async def events(request: Request) -> Response:
    """How far a job is, as server-sent events, until it has ended."""
    found = job_of(request)
    return StreamingResponse(told(request, found), media_type="text/event-stream")


async def told(request: Request, found: Job) -> AsyncIterator[str]:
    """The events of a job."""
    desk = desk_of(request)
    async for record in desk.bench.steps(found):
        if record is None:
            yield ": still at it\n\n"
            continue
        yield f"event: step\ndata: {json.dumps(record)}\n\n"


async def cancel(request: Request) -> Response:
    """Cancel a job."""
    person_of(request, Role.REVIEWER)
    found = job_of(request)
    desk_of(request).bench.cancel(found)
    return RedirectResponse(f"/jobs/{found.id}", 303)


ROUTES = [
    Route("/", start),
    Route(PREFILL, prefill, methods=["POST"]),
    Route("/choose", choose, methods=["POST"]),
    Route("/examine", examine, methods=["POST"]),
    Route("/jobs/{id}", job),
    Route("/jobs/{id}/events", events),
    Route("/jobs/{id}/cancel", cancel, methods=["POST"]),
]
