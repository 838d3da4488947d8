"""`quoth serve`: the desk."""

import os
import sys
from pathlib import Path

import click

from quoth.cli.console import complain
from quoth.cli.web_options import web_options
from quoth.types import MissingPart, UnusableArguments

DATABASE = "QUOTH_DESK_DATABASE"  # the PostgreSQL address of the desk's store, so that no list of processes shows it


@click.group(invoke_without_command=True)
@click.option("--archive", metavar="ARCHIVE", help="Find sources in this archive.")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), help="Port; 8017 if not given, 0 for any free one.")
@click.option("--open", "show", is_flag=True, help="Open the desk in the browser.")
@click.option("--store", metavar="FOLDER", help="Keep examinations and decisions here; without, they are forgotten.")
@click.option("--database", metavar="ADDRESS", help=f"Keep them in PostgreSQL instead; {DATABASE} says so too.")
@click.option(
    "--watch", metavar="FILE", help="Show the JSON Lines that `quoth watch` writes; or a folder of such files."
)
@click.option("--team", is_flag=True, help="People sign in; see `quoth serve account`.")
@click.option(
    "--host",
    metavar="HOST",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; elsewhere only with --team.",
)
@click.option("--name", "names", metavar="NAME", multiple=True, help="A host name that people ask for.")
@click.option("--https", "behind", is_flag=True, help="A proxy that speaks https stands before the desk.")
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that examine."
)
@web_options
@click.option("--example", is_flag=True, help="Begin with an examination of an invented story.")
@click.option("--rules", is_flag=True, help="Use no trained models.")
@click.pass_context
def serve(
    context: click.Context,
    archive: str | None,
    port: int | None,
    show: bool,
    store: str | None,
    database: str | None,
    watch: str | None,
    team: bool,
    host: str,
    names: tuple[str, ...],
    behind: bool,
    workers: int,
    example: bool,
    rules: bool,
) -> int:
    """Open the desk: web pages and a JSON API, for this machine alone unless told otherwise."""
    _check_installed()
    from quoth.desk.settings import PORT, Settings  # noqa: PLC0415

    settings = Settings(
        archive=Path(archive) if archive else None,
        store=Path(store) if store else None,
        database=database or os.environ.get(DATABASE) or None,
        host=host,
        port=PORT if port is None else port,
        names=names,
        team=team,
        watch=Path(watch) if watch else None,
        workers=workers,
        rules=rules,
        behind=behind,
    )
    if context.invoked_subcommand is not None:
        context.obj = settings
        return 0
    from quoth.desk.serving import run  # noqa: PLC0415

    return run(settings.checked(), complain, show=show, example=example)


@serve.command()
@click.argument("act", type=click.Choice(("add", "change", "disable", "list")))
@click.argument("name", required=False)
@click.option("--role", type=click.Choice(("reader", "reviewer", "admin")), help="What they may do.")
@click.pass_obj
def account(settings: object, act: str, name: str | None, role: str | None) -> int:
    """Make accounts for --team; the password is a line of standard input.

    For instance: quoth serve --store FOLDER account add ada --role admin
    """
    from quoth.cli.console import put_records  # noqa: PLC0415
    from quoth.desk.accounts import Accounts, role_named  # noqa: PLC0415
    from quoth.desk.rooms import opened  # noqa: PLC0415
    from quoth.desk.settings import Settings  # noqa: PLC0415

    base = opened(settings) if isinstance(settings, Settings) else None
    if base is None:
        raise UnusableArguments("Say where the accounts are: --store FOLDER or --database ADDRESS.")
    accounts = Accounts(base)
    if act == "list":
        put_records({"name": one, "role": kind, "disabled": shut} for one, kind, shut in accounts.people())
        return 0
    if not name:
        raise UnusableArguments("Give the NAME of the account.")
    if act == "disable":
        accounts.change(name, disabled=True)
    else:
        password = _password(sys.stdin.isatty())
        if act == "add":
            accounts.add(name, role_named(role or "reader"), password)
        else:
            accounts.change(name, role=role_named(role) if role else None, password=password, disabled=False)
    accounts.note("command line", f"account {act}", name)
    return 0


def _password(terminal: bool) -> str:
    if terminal:
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _check_installed() -> None:
    """Refuse, in one sentence, where the extra is not installed."""
    from importlib.util import find_spec  # noqa: PLC0415

    missing = [one for one in ("starlette", "uvicorn", "python_multipart", "argon2") if find_spec(one) is None]
    if missing:
        raise MissingPart(f"The desk needs {', '.join(missing)}; `pip install 'quoth[desk]'` brings it.")
