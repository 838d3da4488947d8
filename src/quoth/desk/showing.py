"""Pages out of templates, and an examination as a part of one: its findings are laid out by `quoth.reports` alone."""

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from quoth.desk.accounts import Person, Role
from quoth.reports import labels
from quoth.reports.excerpts import shorten
from quoth.reports.html_page import safe_address, script, style_sheet
from quoth.review.reviewed import Reviewed


@lru_cache(maxsize=2)
def _own(name: str) -> str:
    return (files("quoth.desk") / "static" / name).read_text(encoding="utf-8")


#: The files that pages load, each told once: an examination's style and script are those of a page that stands alone.
FILES: dict[str, Callable[[], str]] = {
    "desk.css": lambda: _own("desk.css"),
    "desk.js": lambda: _own("desk.js"),
    "examination.css": style_sheet,
    "examination.js": script,
}


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the desk."""
    made = Environment(
        loader=PackageLoader("quoth.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["day"] = labels.day
    made.filters["web_address"] = safe_address
    made.filters["kind_words"] = labels.kind_words
    made.filters["shorten"] = shorten
    made.filters["confidence"] = labels.confidence
    made.globals["count_of"] = labels.count_of
    made.globals["stands_as"] = labels.stands_as
    made.globals["what_changed"] = labels.what_changed
    made.globals["suggestion"] = labels.suggestion
    made.globals["static"] = static
    made.globals["by_weight"] = [str(grade) for grade in labels.MEANINGS]
    return made


@lru_cache(maxsize=16)
def static(name: str) -> str:
    """The address of a file that never changes under it."""
    digest = hashlib.sha256(FILES[name]().encode()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


def file(request: Request) -> Response:
    """One of the files that pages load.

    Raises:
        HTTPException: there is no such file.
    """
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    return Response(FILES[name](), media_type="text/css" if name.endswith(".css") else "text/javascript")


def show(request: Request, page: str, status: int = 200, **known: object) -> Response:
    """A page.

    Args:
        request: what it answers.
        page: name of the template, without its endings.
        status: of the answer.
        known: what the template calls by name.
    """
    person: Person | None = request.state.person
    html = (
        environment()
        .get_template(f"{page}.html.j2")
        .render(
            person=person,
            desk=request.app.state.desk,
            path=request.url.path,
            may_review=person is not None and person.may(Role.REVIEWER),
            may_all=person is not None and person.may(Role.ADMIN),
            **known,
        )
    )
    return HTMLResponse(html, status)


def actions(seen: Reviewed, findings: Iterable[str] | None = None, *, may_review: bool) -> dict[str, Markup]:
    """What a reader can do with each finding, and what was decided about it, as markup for the end of its card."""
    template = environment().get_template("actions.html.j2")
    decided = {one.statement: one for one in seen.examination.decided}
    return {
        finding: Markup(  # noqa: S704
            template.render(
                finding=finding,
                version=seen.findings[finding].version,
                one=decided.get(finding),
                may_review=may_review,
            )
        )
        for finding in (seen.findings if findings is None else findings)
    }


ROUTES = [Route("/static/{name}", file)]
