"""Signing in and out, settings, accounts, and the help."""

from collections.abc import Mapping
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quoth.desk.accounts import (
    SESSION_SECONDS,
    TOKEN,
    TOKEN_SECONDS,
    Accounts,
    Person,
    Refused,
    Role,
    TooOften,
    role_named,
)
from quoth.desk.asking import desk_of, form_of, password_in, person_of, text_in
from quoth.desk.guards import COOKIE, LONGEST_NAME, NAME_COOKIE
from quoth.desk.refusing import status_of
from quoth.desk.showing import show
from quoth.reports import labels
from quoth.types import QuothError, UnusableArguments

_YEAR = 365 * 24 * 3600


def _accounts(request: Request) -> Accounts:
    """The accounts, in team mode.

    Raises:
        HTTPException: there are none.
    """
    accounts = desk_of(request).accounts
    if accounts is None:
        raise HTTPException(404)
    return accounts


def sign_in(request: Request) -> Response:
    """The form to sign in."""
    _accounts(request)
    return show(request, "sign_in", told="", name="")


async def signing_in(request: Request) -> Response:
    """Sign in."""
    accounts = _accounts(request)
    form = await form_of(request)
    name = text_in(form, "name")[:LONGEST_NAME]
    try:
        key = await run_in_threadpool(
            accounts.sign_in, name, password_in(form), request.client.host if request.client else ""
        )
    except Refused as error:
        accounts.note(name, "sign in refused", "")
        again = show(request, "sign_in", status_of(error), told=str(error), name=name)
        if isinstance(error, TooOften):
            again.headers["retry-after"] = str(error.seconds)
        return again
    accounts.note(name, "sign in", "")
    answer = RedirectResponse("/", 303)
    secure = desk_of(request).settings.behind or request.url.scheme == "https"
    answer.set_cookie(COOKIE, key, max_age=SESSION_SECONDS, httponly=True, samesite="lax", secure=secure)
    return answer


async def sign_out(request: Request) -> Response:
    """Sign out."""
    accounts = _accounts(request)
    if key := request.cookies.get(COOKIE):
        accounts.end(key)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE)
    return answer


def settings(request: Request) -> Response:
    """What the desk was started with, and what a person can set."""
    return _settings(request)


def _settings(request: Request, key: str = "") -> Response:
    person, desk = person_of(request), desk_of(request)
    tokens = desk.accounts.tokens(person.name) if desk.accounts else []
    origin = f"{request.url.scheme}://{request.url.netloc}"
    return show(request, "settings", settings=desk.settings, tokens=tokens, key=key, origin=origin)


async def set_name(request: Request) -> Response:
    """On a desk without accounts: the name that stands under decisions."""
    person_of(request)
    if desk_of(request).accounts:
        raise HTTPException(404)
    name = " ".join(text_in(await form_of(request), "name").split())[:LONGEST_NAME]
    answer = RedirectResponse("/settings", 303)
    answer.set_cookie(NAME_COOKIE, quote(name), max_age=_YEAR, httponly=True, samesite="lax")
    return answer


async def new_token(request: Request) -> Response:
    """A token for programs; shown once."""
    person, accounts = person_of(request), _accounts(request)
    label = text_in(await form_of(request), "label")
    key = accounts.key(person.name, TOKEN, label, TOKEN_SECONDS)
    accounts.note(person.name, "token", label[:100])
    return _settings(request, key)


async def end_token(request: Request) -> Response:
    """End a token."""
    person, accounts = person_of(request), _accounts(request)
    accounts.revoke(person.name, text_in(await form_of(request), "digest"))
    return RedirectResponse("/settings", 303)


def people(request: Request) -> Response:
    """The accounts, and the audit."""
    person_of(request, Role.ADMIN)
    return _people(request)


def _people(
    request: Request, *, error: QuothError | None = None, typed: Mapping[str, str] | None = None, disabled: bool = False
) -> Response:
    """The page of the accounts; with an error, as it was filled in (but for passwords), and what is wrong with it."""
    accounts = _accounts(request)
    return show(
        request,
        "people",
        status_of(error) if error else 200,
        people=accounts.people(),
        audit=accounts.audit(),
        roles=list(Role),
        wrong=str(error) if error else "",
        typed=typed or dict.fromkeys(("act", "name", "role"), ""),
        disabled=disabled,
    )


async def change_people(request: Request) -> Response:
    """Make an account, or change one."""
    person, accounts = person_of(request, Role.ADMIN), _accounts(request)
    form = await form_of(request)
    typed = {name: text_in(form, name) for name in ("act", "name", "role")}
    disabled = "disabled" in form
    try:
        await run_in_threadpool(_changed, accounts, person, typed, password_in(form), disabled=disabled)
    except (UnusableArguments, Refused) as error:
        again = partial(_people, error=error, typed=typed, disabled=disabled)
        return await run_in_threadpool(again, request)
    accounts.note(person.name, f"account {typed['act']}", typed["name"])
    return RedirectResponse("/people", 303)


def _changed(accounts: Accounts, person: Person, typed: Mapping[str, str], password: str, *, disabled: bool) -> None:
    """Make an account, or change one.

    Raises:
        UnusableArguments: what was filled in cannot be.
        Refused: nobody else could undo it.
    """
    name, role = typed["name"], role_named(typed["role"])
    if typed["act"] == "add":
        accounts.add(name, role, password)
        return
    if name == person.name and (disabled or role is not Role.ADMIN):
        raise Refused("You cannot shut yourself out.")
    accounts.change(name, role=role, password=password or None, disabled=disabled)


def help_page(request: Request) -> Response:
    """What each grade means, the keys, and where what is kept."""
    person_of(request)
    return show(request, "help", meanings=labels.MEANINGS)


ROUTES = [
    Route("/sign-in", sign_in),
    Route("/sign-in", signing_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/settings", settings),
    Route("/settings/name", set_name, methods=["POST"]),
    Route("/settings/token", new_token, methods=["POST"]),
    Route("/settings/token/end", end_token, methods=["POST"]),
    Route("/people", people),
    Route("/people", change_people, methods=["POST"]),
    Route("/help", help_page),
]
