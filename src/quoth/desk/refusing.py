"""What is answered where Quoth cannot do what was asked: a status, and a page or JSON that says why and leads back."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from quoth.desk.accounts import Refused, TooOften
from quoth.desk.bench import TooMuch
from quoth.desk.deciding import NoFinding
from quoth.desk.showing import show
from quoth.review.decision_log import NothingToUndo, Outdated
from quoth.review.decisions import DoesNotFit
from quoth.types import FetchFailed

#: The status of each kind of error; the first kind that it is.
STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (NoFinding, 404),
    (Outdated, 409),
    (NothingToUndo, 409),
    (DoesNotFit, 409),
    (TooOften, 429),
    (Refused, 403),
    (TooMuch, 503),
    (FetchFailed, 502),
)


def status_of(error: Exception) -> int:
    """The status of an answer that says what an error says."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 400)


async def refused(request: Request, error: Exception) -> Response:
    """What Quoth says it cannot do, as a page or as JSON."""
    status = status_of(error)
    if request.url.path.startswith("/api/"):
        record: dict[str, object] = {"error": str(error)}
        if isinstance(error, Outdated) and error.latest:
            record["latest"] = error.latest.to_dict()
        return JSONResponse(record, status)
    return show(request, "refused", status, told=str(error), back=_back(request))


async def nothing(request: Request, error: Exception) -> Response:
    """An address where nothing is."""
    status = getattr(error, "status_code", 404)
    told = "There is nothing at this address." if status == 404 else "This address is not used that way."  # noqa: PLR2004
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": told}, status, getattr(error, "headers", None))
    return show(request, "refused", status, told=told, back=_back(request))


def _back(request: Request) -> str:
    """The page of this desk from which somebody came here; "" where they came from none."""
    came = urlsplit(request.headers.get("referer", ""))
    if came.netloc != request.url.netloc or came.path in {"", "/", request.url.path}:
        return ""
    return came.path + (f"?{came.query}" if came.query else "")
