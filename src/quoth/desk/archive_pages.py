"""The archive, and what a speaker said."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quoth.desk import said_where
from quoth.desk.asking import desk_of, person_of
from quoth.desk.examinations import Examinations
from quoth.desk.shelf import Facets, Found
from quoth.desk.showing import show
from quoth.types import Document, Span

LONGEST_QUERY = 2000  # letters
MOST_SHOWN = 400_000  # letters of a document that are shown


def archive(request: Request) -> Response:
    """Search the archive."""
    person_of(request)
    shelf = desk_of(request).shelf
    asked = {name: request.query_params.get(name, "")[:LONGEST_QUERY] for name in ("q", "publisher", "speaker", "year")}
    found: list[Found] = []
    facets: Facets | None = None
    if shelf and asked["q"].strip():
        found, facets = shelf.search(asked["q"], asked["publisher"], asked["speaker"], asked["year"])
    return show(
        request,
        "archive",
        asked=asked,
        found=found,
        facets=facets,
        documents=shelf.documents() if shelf else 0,
        there=shelf is not None,
    )


def document(request: Request) -> Response:
    """A document of the archive, with a place of it marked."""
    person_of(request)
    shelf = desk_of(request).shelf
    asked = request.query_params
    version = asked.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 7 else None  # noqa: PLR2004
    found = shelf.document(asked.get("id", ""), number or None) if shelf else None
    if found is None:
        raise HTTPException(404)
    return show(request, "document", document=found, parts=parts_around(found, asked.get("at", "")))


def parts_around(found: Document, place: str) -> tuple[str, str, str]:
    """The text before, in and after a place (`120-188`); all of it before one that is none."""
    text = found.text[:MOST_SHOWN]
    start, _, end = place.partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(place) < 20):  # noqa: PLR2004
        return text, "", ""
    span = Span(min(int(start), len(text)), min(int(end), len(text)))
    return text[: span.start], text[span.start : span.end], text[max(span.start, span.end) :]


def speakers(request: Request) -> Response:
    """Who is said to have said something."""
    person_of(request)
    desk = desk_of(request)
    return show(request, "speakers", listed=said_where.speakers(listed_shelves(request)), there=desk.shelf is not None)


def speaker(request: Request) -> Response:
    """All that somebody said, and how it was reported."""
    person_of(request)
    key = request.path_params["key"]
    reported = said_where.said_by(listed_shelves(request), key)
    name = str(reported[0]["speaker"]) if reported else key.partition(":")[2]
    shelf = desk_of(request).shelf
    own = shelf.said_by(name) if shelf else []
    if not reported and not own:
        raise HTTPException(404)
    return show(request, "speaker", name=name, reported=reported, own=own)


def listed_shelves(request: Request) -> tuple[Examinations, ...]:
    """Where examinations are that everybody who asks may see listed."""
    desk = desk_of(request)
    return desk.shelves if desk.accounts is None else tuple(one for one in desk.shelves if one.kept)


ROUTES = [
    Route("/archive", archive),
    Route("/archive/document", document),
    Route("/speakers", speakers),
    Route("/speakers/{key:path}", speaker),
]
