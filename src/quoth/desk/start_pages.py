"""The start page, and the way from documents to an examination: a job that can be watched and cancelled."""

import json
from collections.abc import AsyncIterator
from pathlib import PurePath

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from quoth.desk.accounts import Role
from quoth.desk.asking import desk_of, form_of, job_of, person_of, text_in
from quoth.desk.bench import ENDED, About, Job, State
from quoth.desk.guards import PREFILL
from quoth.desk.showing import show
from quoth.desk.tasks import Examine, Given
from quoth.types import UnusableInput

AT_ONCE = 1.5  # seconds in which a short report is done; whoever waits longer is shown how far it is
MOST_PREFILLED = 400_000  # letters that a bookmarklet fills in


async def start(request: Request) -> Response:
    """The start page; sources chosen in the archive are in the address."""
    return _start(request, sources=request.query_params.getlist("source"))


async def prefill(request: Request) -> Response:
    """The start page, filled in with the page that somebody reads. Nothing happens before they say so."""
    form = await form_of(request)
    return _start(
        request,
        text=text_in(form, "text")[:MOST_PREFILLED],
        title=text_in(form, "title")[:300],
        address=text_in(form, "address")[:2000],
    )


def _start(
    request: Request,
    *,
    text: str = "",
    title: str = "",
    address: str = "",
    sources: list[str] | None = None,
    wrong: str = "",
) -> Response:
    person, desk = person_of(request), desk_of(request)
    filled = {"text": text, "title": title, "address": address, "sources": sources or [], "wrong": wrong}
    return show(
        request,
        "start",
        400 if wrong else 200,
        entries=desk.entries(person.name, 8),
        documents=desk.shelf.documents() if desk.shelf else 0,
        filled=filled,
        origin=f"{request.url.scheme}://{request.url.netloc}",
    )


async def examine(request: Request) -> Response:
    """Examine what a form brings; short work is answered with the examination itself."""
    person = person_of(request, Role.REVIEWER)
    form = await form_of(request)
    try:
        task = await task_in(form)
    except UnusableInput as error:
        return _start(
            request, text=text_in(form, "report_text"), address=text_in(form, "report_address"), wrong=str(error)
        )
    finally:
        await form.close()
    desk = desk_of(request)
    about = About(person.name, keep="forget" not in form)
    job = desk.bench.submit(task, owner=person.name, about=about)
    if await desk.bench.ended(job, AT_ONCE) and job.state is State.DONE:
        return RedirectResponse(f"/e/{job.result_id}", 303)
    return RedirectResponse(f"/jobs/{job.id}", 303)


async def task_in(form: FormData) -> Examine:
    """What a form asks for.

    Raises:
        UnusableInput: no report, or nothing to hold it against.
    """
    reports = await _given(form, "report")
    if not reports:
        raise UnusableInput("Give the report: a file, its text, or its address.")
    if len(reports) > 1:
        raise UnusableInput("Give the report in one way only: a file, its text, or its address.")
    sources = await _given(form, "source")
    sources += [
        Given(one, version=0) for one in form.getlist("source_document") if isinstance(one, str) and one.strip()
    ]
    in_archive = "in_archive" in form
    if not sources and not in_archive:
        raise UnusableInput("Give at least one source: a statement, a transcript, an interview.")
    if sources and in_archive:
        raise UnusableInput("Give sources, or have them looked for in the archive; not both.")
    return Examine(reports[0], tuple(sources), in_archive)


async def _given(form: FormData, side: str) -> list[Given]:
    """The documents of one side of a form: files, pasted text, addresses."""
    found: list[Given] = []
    for one in form.getlist(f"{side}_file"):
        if isinstance(one, UploadFile) and one.filename:
            data = await one.read()
            found.append(Given(PurePath(one.filename).name or side, data=data, media_type=_kind(one)))
    if text := text_in(form, f"{side}_text"):
        found.append(Given(text_in(form, f"{side}_name")[:200] or side, text=text))
    found += [Given(one, address=one) for one in text_in(form, f"{side}_address").split()]
    return found


def _kind(file: UploadFile) -> str | None:
    """The kind of a file, where a browser is sure of it: most are told by their bytes."""
    return file.content_type if file.content_type in {"text/html", "text/plain"} else None


async def job(request: Request) -> Response:
    """How far a job is; the examination, once it is there."""
    found = job_of(request)
    if found.state is State.DONE:
        return RedirectResponse(f"/e/{found.result_id}", 303)
    return show(request, "job", job=found, over=found.state in ENDED)


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
    Route("/examine", examine, methods=["POST"]),
    Route("/jobs/{id}", job),
    Route("/jobs/{id}/events", events),
    Route("/jobs/{id}/cancel", cancel, methods=["POST"]),
]
