"""What the pages and the API share in answering: who asks, what they may, and which examination they mean."""

from typing import TYPE_CHECKING

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from quoth.desk.accounts import Person, Refused, Role
from quoth.desk.bench import Job
from quoth.desk.examinations import Entry, Examinations
from quoth.types import UnusableInput

if TYPE_CHECKING:
    from quoth.desk.rooms import Desk

MOST_FILES, MOST_FIELDS = 40, 200  # of one form


class Misfilled(UnusableInput):
    """A form that cannot be used as it is filled in.

    Attributes:
        field: the name of the field that has to be filled in otherwise.
    """

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


def desk_of(request: Request) -> "Desk":
    """The desk that is asked."""
    found: Desk = request.app.state.desk
    return found


def person_of(request: Request, role: Role = Role.READER) -> Person:
    """Who asks.

    Raises:
        Refused: they have not that role.
    """
    person: Person | None = request.state.person
    if person is None or not person.may(role):
        raise Refused(f"This takes the role of {role.told}.")
    return person


def examination_of(request: Request) -> tuple[Examinations, Entry]:
    """The examination whose id stands in the address.

    Raises:
        HTTPException: there is none.
    """
    found = desk_of(request).found(request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    return found


def job_of(request: Request) -> Job:
    """The job whose id stands in the address; somebody else's is none.

    Raises:
        HTTPException: there is none.
    """
    job = desk_of(request).bench.job(request.path_params["id"])
    if job is None or (desk_of(request).accounts and job.owner != person_of(request).name):
        raise HTTPException(404)
    return job


async def form_of(request: Request) -> FormData:
    """The form that was sent; its files stay in memory.

    Raises:
        UnusableInput: it is in no encoding of text.
    """
    largest = desk_of(request).settings.largest
    try:
        return await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=largest)
    except UnicodeError as problem:  # of an encoding that the form itself names
        raise UnusableInput("This form is in no encoding of text.") from problem


def text_in(form: FormData, name: str) -> str:
    """A field of a form, with line ends as texts have them; "" where it is missing or a file."""
    value = form.get(name)
    if not isinstance(value, str):
        return ""
    value = value.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()  # no database keeps NUL


def password_in(form: FormData) -> str:
    """The password in a form, letter by letter as it was typed, spaces at its ends too; "" where there is none."""
    value = form.get("password")
    return value if isinstance(value, str) else ""


def number_in(form: FormData, name: str) -> int:
    """A number in a form; 0 where there is none."""
    return whole_number(text_in(form, name))


def whole_number(value: str) -> int:
    """The number that some digits are; 0 for all else."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0  # noqa: PLR2004
