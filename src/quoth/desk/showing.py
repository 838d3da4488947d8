"""Pages out of templates, and an examination as a part of one: its findings are laid out by `quoth.reports` alone."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from quoth.desk.accounts import Person, Role
from quoth.reports import labels
from quoth.reports.html_page import safe_address
from quoth.review.reviewed import Review

STATIC = Path(str(files("quoth.desk") / "static"))


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
    made.globals["count_of"] = labels.count_of
    made.globals["static"] = static
    return made


@lru_cache(maxsize=16)
def static(name: str) -> str:
    """The address of a file that never changes under it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


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
            nonce=request.state.nonce,
            desk=request.app.state.desk,
            path=request.url.path,
            may_review=person is not None and person.may(Role.REVIEWER),
            may_all=person is not None and person.may(Role.ADMIN),
            **known,
        )
    )
    return HTMLResponse(html, status)


def actions(reviews: Mapping[str, Review], address: str, *, may_review: bool) -> dict[str, Markup]:
    """What a reader can do with each finding, and what was decided about it, as markup for the end of its card."""
    template = environment().get_template("actions.html.j2")
    return {
        finding: Markup(template.render(finding=finding, review=review, address=address, may_review=may_review))  # noqa: S704
        for finding, review in reviews.items()
    }
