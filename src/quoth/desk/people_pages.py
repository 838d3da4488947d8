"""Signing in and out, settings, accounts, and the help."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quoth.desk.accounts import SESSION_SECONDS, TOKEN, TOKEN_SECONDS, Accounts, Refused, Role, role_named
from quoth.desk.asking import desk_of, form_of, person_of, text_in
from quoth.desk.guards import COOKIE, LONGEST_NAME, NAME_COOKIE
from quoth.desk.showing import show
from quoth.reports import labels

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
    return show(request, "sign_in", told="")


async def signing_in(request: Request) -> Response:
    """Sign in."""
    accounts = _accounts(request)
    form = await form_of(request)
    name = text_in(form, "name")[:LONGEST_NAME]
    password = form.get("password")
    try:
        typed = password if isinstance(password, str) else ""
        key = await run_in_threadpool(accounts.sign_in, name, typed, request.client.host if request.client else "")
    except Refused as error:
        accounts.note(name, "sign in refused", "")
        return show(request, "sign_in", 403, told=str(error))
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
    accounts = _accounts(request)
    return show(request, "people", people=accounts.people(), audit=accounts.audit(), roles=list(Role))


async def change_people(request: Request) -> Response:
    """Make an account, or change one."""
    person, accounts = person_of(request, Role.ADMIN), _accounts(request)
    form = await form_of(request)
    name, role, password = text_in(form, "name"), role_named(text_in(form, "role")), text_in(form, "password")
    if text_in(form, "act") == "add":
        await run_in_threadpool(accounts.add, name, role, password)
    else:
        disabled = "disabled" in form
        if name == person.name and (disabled or role is not Role.ADMIN):
            raise Refused("You cannot shut yourself out.")
        await run_in_threadpool(lambda: accounts.change(name, role=role, password=password or None, disabled=disabled))
    accounts.note(person.name, f"account {text_in(form, 'act')}", name)
    return RedirectResponse("/people", 303)


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
