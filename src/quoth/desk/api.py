"""The JSON API; `/api/openapi.json` describes it."""

import json
from collections.abc import Callable, Mapping
from inspect import iscoroutinefunction
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from quoth.desk import said_where
from quoth.desk.accounts import Role
from quoth.desk.archive_pages import LONGEST_QUERY, listed_shelves
from quoth.desk.asking import desk_of, examination_of, job_of, person_of
from quoth.desk.bench import About, Job, State
from quoth.desk.deciding import Asked, decide
from quoth.desk.examination_pages import delete_as, exported
from quoth.desk.operations import OPERATIONS, checked, openapi
from quoth.desk.review_pages import all_corrections
from quoth.desk.start_pages import told
from quoth.desk.tasks import Examine, Given, Simple
from quoth.pipeline.lines import LONE_SURROGATE
from quoth.review import Act
from quoth.review.corrections import with_reviews
from quoth.types import Document, FetchFailed, Grade, Span, UnusableInput

Record = dict[str, object]


async def body_of(request: Request, operation: str) -> Record:
    """The JSON that was sent, if it is what the operation takes.

    Raises:
        UnusableInput: it is no JSON, or not what the operation takes.
    """
    try:
        record = json.loads(await request.body())
    except (ValueError, RecursionError) as problem:
        raise UnusableInput("The body is no JSON.") from problem
    if LONE_SURROGATE.search(json.dumps(record, ensure_ascii=False)):
        raise UnusableInput("The body holds half of a surrogate pair, which no text has.")
    return checked(record, operation)


async def description(_: Request) -> Response:
    """The OpenAPI document."""
    return JSONResponse(openapi())


async def simple(request: Request, what: str) -> Response:
    """One of the small functions, done by a worker while the caller waits."""
    person = person_of(request, Role.REVIEWER)
    record = await body_of(request, what)
    given = _given(record, "document") if what == "read" else None
    if given and given.version is not None:
        await run_in_threadpool(_in_archive, request, given.name)
    job = desk_of(request).bench.submit(Simple(what, record, given), owner=person.name)
    return await _answer(request, job)


def _in_archive(request: Request, id_: str) -> Document:
    """A document of the archive.

    Raises:
        HTTPException: there is none.
    """
    shelf = desk_of(request).shelf
    found = shelf.document(id_) if shelf else None
    if found is None:
        raise HTTPException(404)
    return found


async def _answer(request: Request, job: Job) -> Response:
    """What came of a job, when it has ended."""
    try:
        await desk_of(request).bench.ended(job)
    finally:
        desk_of(request).bench.cancel(job)  # whoever asked has gone away
    if job.state is not State.DONE or job.result is None:
        raise (FetchFailed if job.unfetched else UnusableInput)(job.message or "This was cancelled.")
    result, job.result = job.result, None
    return Response(result, media_type="application/json")


async def statements(request: Request) -> Response:
    """Who said what in a text."""
    return await simple(request, "statements")


async def compare(request: Request) -> Response:
    """A quotation against its source."""
    return await simple(request, "compare")


async def names(request: Request) -> Response:
    """Whether two names are one person's."""
    return await simple(request, "names")


async def read(request: Request) -> Response:
    """A document of a text, a page or an address."""
    return await simple(request, "read")


async def examine(request: Request) -> Response:
    """Begin an examination; the answer is the job."""
    person = person_of(request, Role.REVIEWER)
    record = await body_of(request, "examine")
    sources = record.get("sources", [])
    listed = [one for one in sources if isinstance(one, dict)] if isinstance(sources, list) else []
    report = record["report"]
    task = Examine(
        _given(report if isinstance(report, dict) else {}, "report"),
        tuple(_given(one, f"source {number}") for number, one in enumerate(listed, 1)),
        "archive" in record,
    )
    about = About(person.name, keep=bool(record.get("keep", True)))
    job = desk_of(request).bench.submit(task, owner=person.name, about=about)
    return JSONResponse(job.record(), 202, {"location": f"/api/jobs/{job.id}"})


def _given(record: Mapping[str, object], name: str) -> Given:
    """A document as checked JSON gives it: exactly one of text, html, address and id (of the archive)."""
    way = next(way for way in ("text", "html", "address", "id") if way in record)
    told, called = str(record[way]), str(record.get("name", name))
    match way:
        case "text":
            return Given(called, text=told)
        case "html":
            data = told.encode("utf-8", "replace")
            url = record.get("url")
            return Given(called, data=data, media_type="text/html", address=str(url) if url else None)
        case "address":
            return Given(told, address=told)
        case _:
            return Given(told, version=0)


async def job(request: Request) -> Response:
    """How far a job is."""
    found = job_of(request)
    return JSONResponse(found.record())


async def events(request: Request) -> Response:
    """The same as server-sent events."""
    return StreamingResponse(told(request, job_of(request)), media_type="text/event-stream")


async def cancel(request: Request) -> Response:
    """Cancel a job."""
    person_of(request, Role.REVIEWER)
    found = job_of(request)
    desk_of(request).bench.cancel(found)
    return JSONResponse(found.record())


def examinations(request: Request) -> Response:
    """The examinations."""
    person = person_of(request)
    return JSONResponse({"examinations": [one.to_dict() for one in desk_of(request).entries(person.name, 1000)]})


def examination(request: Request) -> Response:
    """An examination, with what people decided."""
    person_of(request)
    where, entry = examination_of(request)
    record = where.record(entry.id, entry.run) or {}
    return JSONResponse({"id": entry.id, "run": entry.run, **with_reviews(record, where.reviewed(entry))})


def export(request: Request) -> Response:
    """An examination in another form."""
    person_of(request)
    where, entry = examination_of(request)
    return exported(where, entry, request.path_params["kind"])


async def delete(request: Request) -> Response:
    """Delete an examination."""
    person = person_of(request)
    where, entry = examination_of(request)
    await run_in_threadpool(delete_as, person, desk_of(request), where, entry)
    return Response(status_code=204)


def decisions(request: Request) -> Response:
    """Everything that was decided about an examination, in order."""
    person_of(request)
    where, entry = examination_of(request)
    return JSONResponse({"decisions": [one.to_dict() for one in where.log.of(entry.id)]})


async def decision(request: Request) -> Response:
    """Decide on a finding."""
    person = person_of(request, Role.REVIEWER)
    where, entry = examination_of(request)
    record = await body_of(request, "decide")
    finding = request.path_params["finding"]
    made = await run_in_threadpool(decide, where, entry, finding, asked_in(record), person.name)
    desk_of(request).note(person.name, str(made.act), f"{entry.id}/{finding}")
    return JSONResponse(made.to_dict(), 201)


def asked_in(record: Mapping[str, object]) -> Asked:
    """What a checked record asks for."""
    content = record.get("content") or []
    spans = [Span(*map(int, one)) for one in content] if isinstance(content, list) else []
    seen, grade = record.get("version", 0), record.get("grade")
    return Asked(
        Act(str(record["act"])),
        int(seen) if isinstance(seen, int | float) else 0,
        str(record.get("note") or ""),
        Grade(str(grade)) if grade else None,
        tuple(spans),
        str(record.get("speaker") or ""),
    )


def corrections(request: Request) -> Response:
    """The log of corrections."""
    return JSONResponse({"corrections": all_corrections(request)})


def search(request: Request) -> Response:
    """Search the archive."""
    person_of(request)
    shelf = desk_of(request).shelf
    asked = {name: request.query_params.get(name, "")[:LONGEST_QUERY] for name in ("q", "publisher", "speaker", "year")}
    if shelf is None:
        raise HTTPException(404)
    found, _ = shelf.search(asked["q"], asked["publisher"], asked["speaker"], asked["year"])
    return JSONResponse({"found": [one.to_dict() for one in found]})


def document(request: Request) -> Response:
    """A document of the archive."""
    person_of(request)
    return JSONResponse(_in_archive(request, request.query_params.get("id", "")).to_dict())


def speakers(request: Request) -> Response:
    """Who is said to have said something."""
    person_of(request)
    names_ = ("key", "name", "statements", "examinations")
    rows = [dict(zip(names_, one, strict=True)) for one in said_where.speakers(listed_shelves(request))]
    return JSONResponse({"speakers": rows})


def speaker(request: Request) -> Response:
    """All that somebody is said to have said."""
    person_of(request)
    key = request.query_params.get("key", "")
    return JSONResponse({"statements": said_where.said_by(listed_shelves(request), key)})


ENDPOINTS: dict[str, Callable[[Request], Any]] = {
    "statements": statements,
    "compare": compare,
    "names": names,
    "read": read,
    "examine": examine,
    "job": job,
    "job_events": events,
    "cancel": cancel,
    "examinations": examinations,
    "examination": examination,
    "export": export,
    "delete": delete,
    "decisions": decisions,
    "decide": decision,
    "corrections": corrections,
    "search": search,
    "document": document,
    "speakers": speakers,
    "said_by": speaker,
}


def _route(path: str) -> Route:
    """One route for all methods of an address: a method that it has not is answered with those that it has."""
    own = {one.method: ENDPOINTS[one.name] for one in OPERATIONS if one.path == path}

    async def answer(request: Request) -> Response:
        endpoint = own[request.method if request.method in own else "GET"]  # HEAD is GET
        if iscoroutinefunction(endpoint):
            found: Response = await endpoint(request)
        else:
            found = await run_in_threadpool(endpoint, request)
        return found

    return Route(path, answer, methods=list(own))


ROUTES = [Route("/api/openapi.json", description), *map(_route, dict.fromkeys(one.path for one in OPERATIONS))]
