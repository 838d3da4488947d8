"""The options of everything that may fetch an address: settings that hold for one command."""

import os
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def web_options(command: Command) -> Command:
    """Give a command the options."""
    command = click.option(
        "--keep-pages",
        metavar="FOLDER",
        expose_value=False,
        callback=partial(_settle, "KEPT"),
        help="Keep every page that is fetched as it was retrieved, in a WARC file of its own.",
    )(command)
    return click.option(
        "--allow-host",
        metavar="HOST",
        multiple=True,
        expose_value=False,
        callback=partial(_settle, "ALLOWED"),
        help="Fetch from this host though it is on this machine or in its network; may be given repeatedly.",
    )(command)


def _settle(which: str, context: click.Context, _: click.Parameter, given: str | tuple[str, ...] | None) -> None:
    """Set a setting, for the processes that this command starts as well, until the command is done."""
    if not given:
        return
    from quoth import fetching  # noqa: PLC0415  # what opens connections is slow to import, and --help needs none

    setting = str(getattr(fetching, which))
    before = os.environ.get(setting)
    os.environ[setting] = given if isinstance(given, str) else ",".join(filter(None, (before, *given)))

    def undo() -> None:
        if before is None:
            os.environ.pop(setting, None)
        else:
            os.environ[setting] = before

    context.call_on_close(undo)
