"""What `quoth watch` found: all of it, and each finding with what was compared and where more is told."""

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quoth.desk.archive_pages import listed_shelves
from quoth.desk.asking import desk_of, person_of
from quoth.desk.showing import show
from quoth.desk.watched import Entry, watched


def watch(request: Request) -> Response:
    """What `quoth watch` found."""
    person_of(request)
    return show(request, "watch", there=desk_of(request).settings.watch is not None, entries=_entries(request))


def finding(request: Request) -> Response:
    """One finding of the watch."""
    person_of(request)
    id_ = request.path_params["finding"]
    entries = _entries(request)
    one = next((one for one in entries if one["finding"] == id_), None)
    if one is None:
        raise HTTPException(404)
    later = [other for other in entries if other["earlier"] == id_]
    passages = one["passages"] if isinstance(one["passages"], list) else []
    return show(
        request,
        "watched",
        one=one,
        examined=_examined(request, one),
        places=[_in_archive(request, passage) for passage in passages],
        later=later,
        known={other["finding"] for other in entries},
    )


def _entries(request: Request) -> list[Entry]:
    folder = desk_of(request).settings.watch
    return watched(folder) if folder else []


def _examined(request: Request, one: Entry) -> str:
    """The address of the finding in an examination of the same text; "" where this desk has none."""
    report = one["report"]
    for where in listed_shelves(request):
        last = where.newest().get(str(report["sha256"])) if isinstance(report, dict) else None
        entry = where.entry(last[1]) if last else None
        if entry:
            said = where.examination(entry).statements
            same = next((f"#{each.id}" for each in said if each.extent.start == one["start"]), "")
            return f"/e/{entry.id}{same}"
    return ""


def _in_archive(request: Request, passage: Entry) -> str:
    """The address of a passage in the archive; "" where the archive does not have it."""
    shelf, words = desk_of(request).shelf, str(passage["words"] or "")
    document = shelf.document(str(passage["source"])) if shelf else None
    at = document.text.find(words) if document and words else -1
    if document is None or at < 0:
        return ""
    return f"/archive/document?{urlencode({'id': document.id, 'at': f'{at}-{at + len(words)}'})}#hit"


ROUTES = [Route("/watch", watch), Route("/watch/{finding}", finding)]
