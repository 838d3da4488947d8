"""An examination as a page, in other forms, run again, and deleted."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quoth.desk.accounts import Person, Refused, Role
from quoth.desk.asking import desk_of, examination_of, person_of
from quoth.desk.bench import About
from quoth.desk.examinations import Entry, Examinations
from quoth.desk.showing import show
from quoth.desk.tasks import Examine, Given
from quoth.reports import to_html
from quoth.reports.exports import FORMATS
from quoth.reports.exports import export as export_of
from quoth.review.corrections import as_markdown, corrections, reviewed_rows, training_rows, with_reviews
from quoth.types import Status

if TYPE_CHECKING:
    from quoth.desk.rooms import Desk

Export = Callable[[Examinations, Entry], str | bytes]


def examinations(request: Request) -> Response:
    """The list of examinations."""
    person = person_of(request)
    return show(request, "examinations", entries=desk_of(request).entries(person.name, 500))


def examination(request: Request) -> Response:
    """An examination, with its findings as they stand."""
    where, entry = examination_of(request)
    person = person_of(request)
    if finding := request.query_params.get("f"):  # how a page of hundreds of findings links to each, in few letters
        return RedirectResponse(f"/e/{entry.id}/f/{quote(finding, safe='')}", 303)
    shown = desk_of(request).ready.shown(where, entry, may_review=person.may(Role.REVIEWER))
    alone = shown.deciders <= {person.name} and person.name == entry.by
    may_delete = person.may(Role.ADMIN) or alone
    return show(request, "examination", entry=entry, shown=shown, forms=EXPORTS, may_delete=may_delete)


async def again(request: Request) -> Response:
    """Examine the same documents again, with the models of today; what people decided stays."""
    person = person_of(request, Role.REVIEWER)
    where, entry = examination_of(request)
    made = where.examination(entry)
    searched = "searched" in made.recipe and desk_of(request).shelf is not None
    task = Examine(
        Given(made.report.id, document=made.report),
        () if searched else tuple(Given(one.id, document=one) for one in made.sources),
        in_archive=searched,
    )
    about = About(person.name, again=entry.id)
    job = desk_of(request).bench.submit(task, owner=person.name, about=about)
    return RedirectResponse(f"/jobs/{job.id}", 303)


async def delete(request: Request) -> Response:
    """Delete an examination: its texts, its runs, its decisions. An admin may, and whoever had it made alone."""
    person = person_of(request)
    where, entry = examination_of(request)
    await run_in_threadpool(delete_as, person, desk_of(request), where, entry)
    return RedirectResponse("/examinations", 303)


def check_may_delete(person: Person, where: Examinations, entry: Entry) -> None:
    """Refuse to delete what somebody else had examined, or decided on.

    Raises:
        Refused: it is so.
    """
    if person.may(Role.ADMIN):
        return
    if entry.by != person.name:
        raise Refused("Only an admin deletes what somebody else had examined.")
    if any(one.by != person.name for one in where.log.of(entry.id)):
        raise Refused("Only an admin deletes an examination on which somebody else decided.")


def delete_as(person: Person, desk: "Desk", where: Examinations, entry: Entry) -> None:
    """Delete an examination, if the person may.

    Raises:
        Refused: they may not.
        UnusableInput: somebody else has deleted it.
    """
    with where.database.transaction():
        where.hold(entry.id)  # nobody decides between the look and the deleting
        check_may_delete(person, where, entry)
        desk.delete(where, entry, person.name)


def as_json(where: Examinations, entry: Entry) -> str:
    """The contract's record, with what people decided beside it."""
    record = where.record(entry.id, entry.run) or {}
    return json.dumps(with_reviews(record, where.reviewed(entry)), ensure_ascii=False, indent=1) + "\n"


def as_csv(where: Examinations, entry: Entry) -> str:
    """A row for each statement as it stands now, what people rejected last; no cell begins like a formula."""
    rows = sorted(reviewed_rows(where.reviewed(entry)), key=lambda row: row["status"] == Status.REJECTED)
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(rows[0] if rows else ("document",))
    table.writerows([_cell(one) for one in row.values()] for row in rows)
    return written.getvalue()


def _cell(value: object) -> object:
    """A cell; see `quoth.reports.tables`: none may begin like a formula that a spreadsheet runs."""
    told = "" if value is None else value
    return f"'{told}" if isinstance(told, str) and told.startswith(("=", "+", "-", "@", "\t", "\r")) else told


def as_page(where: Examinations, entry: Entry) -> str:
    """The page that `quoth trace --html` writes, with what people decided."""
    return to_html(where.reviewed(entry).examination)


def as_corrections(where: Examinations, entry: Entry) -> str:
    """What people corrected, as Markdown."""
    return as_markdown(corrections(where.reviewed(entry)))


def as_training(where: Examinations, entry: Entry) -> str:
    """Decisions as training data, JSON Lines."""
    rows = training_rows(where.reviewed(entry))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which an examination leaves the desk: what it is, what makes it, its media type, the file's ending."""

    told: str
    make: Export
    media_type: str
    ending: str


def _in_format(name: str) -> Form:
    """A format of `quoth.reports.exports`, of the examination as people reviewed it."""
    chosen = FORMATS[name]

    def make(where: Examinations, entry: Entry) -> bytes:
        return export_of(where.reviewed(entry).examination, name)

    return Form(chosen.told, make, chosen.media_type, chosen.ending)


#: The forms that an examination leaves the desk in.
EXPORTS: dict[str, Form] = {
    "json": Form("the record, with what people decided", as_json, "application/json", ".json"),
    "csv": Form("a table of statements, with what people decided", as_csv, "text/csv", ".csv"),
    "html": Form("a page that stands alone, with what people decided", as_page, "text/html", ".html"),
    **{name: _in_format(name) for name in FORMATS},
    "corrections": Form("what people corrected, in Markdown", as_corrections, "text/markdown", ".md"),
    "training": Form("decisions as training data, JSON Lines", as_training, "application/x-ndjson", ".jsonl"),
}


def export(request: Request) -> Response:
    """An examination in another form, as a file."""
    person_of(request)
    where, entry = examination_of(request)
    return exported(where, entry, request.path_params["kind"])


def exported(where: Examinations, entry: Entry, kind: str) -> Response:
    """An examination in one of the forms of `EXPORTS`, as a file to be saved.

    Raises:
        HTTPException: there is no such form.
    """
    if kind not in EXPORTS:
        raise HTTPException(404)
    form = EXPORTS[kind]
    headers = {"content-disposition": f'attachment; filename="quoth-{entry.id}{form.ending}"'}
    made = form.make(where, entry)
    # A lone half of a surrogate pair is no UTF-8; a text that has one is shown with a question mark there.
    data = made if isinstance(made, bytes) else made.encode("utf-8", "replace")
    return Response(data, media_type=form.media_type, headers=headers)


ROUTES = [
    Route("/examinations", examinations),
    Route("/e/{id}", examination),
    Route("/e/{id}/again", again, methods=["POST"]),
    Route("/e/{id}/delete", delete, methods=["POST"]),
    Route("/e/{id}/export/{kind}", export),
]
