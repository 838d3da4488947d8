"""The server itself: opened at an address, and closed by an interrupt."""

import asyncio
import contextlib
import socket
import webbrowser
from collections.abc import Callable
from importlib.resources import files

import uvicorn
from starlette.applications import Starlette

from quoth.desk.bench import About
from quoth.desk.rooms import application
from quoth.desk.settings import Settings
from quoth.desk.tasks import Examine, Given
from quoth.types import UnusableArguments

_KEPT_OPEN = 75  # seconds that a connection without a request stays open: people read for a while
_BACKLOG = 512  # connections that wait to be taken
_GRACE = 3  # seconds for answers that are under way when the desk is closed
EXAMPLE = ("gazette.txt", "statement.txt")  # an invented story


def run(settings: Settings, tell: Callable[[str], None], *, show: bool, example: bool) -> int:
    """Serve until interrupted; the exit status.

    Args:
        settings: what the desk is started with.
        tell: how the person at the keyboard is told of the address.
        show: whether to open it in a browser.
        example: whether to begin with the example story.

    Raises:
        UnusableArguments: the port is taken.
        ArchiveError: the archive or the database cannot be opened.
    """
    with listen(settings) as listening:
        _serve(settings, listening, tell, show=show, example=example)
    return 0


def _serve(
    settings: Settings, listening: socket.socket, tell: Callable[[str], None], *, show: bool, example: bool
) -> None:
    port = listening.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    app = application(settings)
    server = uvicorn.Server(configuration(app))

    async def serve() -> None:
        running = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started and not running.done():
            await asyncio.sleep(0.01)
        address = f"http://{host}:{port}/"
        if example and not running.done():
            address += f"e/{await _example(app)}"
        tell(f"The desk is open at {address} (an interrupt closes it). {_kept(settings)}")
        if show:
            await asyncio.to_thread(webbrowser.open, address)
        await running

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve())


def configuration(app: Starlette) -> uvicorn.Config:
    """How the server runs: it logs no request, for addresses hold what people search for."""
    return uvicorn.Config(
        app,
        access_log=False,
        log_level="critical",
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=_KEPT_OPEN,
        h11_max_incomplete_event_size=64 * 1024,
        proxy_headers=False,
    )


def listen(settings: Settings) -> socket.socket:
    """The socket that the desk listens at.

    Raises:
        UnusableArguments: the port is taken, or there is no such host.
    """
    try:
        kind, _, _, _, place = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((str(place[0]), settings.port), family=kind, backlog=_BACKLOG)
    except (OSError, UnicodeError) as problem:
        raise UnusableArguments(
            f"The desk cannot listen at {settings.host}, port {settings.port} ({problem.__class__.__name__}: "
            f"{getattr(problem, 'strerror', None) or problem}); --port N takes another."
        ) from problem


async def _example(app: Starlette) -> str:
    """Examine the invented story that Quoth brings along; the examination's id."""
    desk = app.state.desk
    folder = files("quoth.desk") / "example"
    report, statement = (Given(name, data=(folder / name).read_bytes()) for name in EXAMPLE)
    job = desk.bench.submit(Examine(report, (statement,)), about=About("example", keep=False))
    await desk.bench.ended(job)
    if job.result_id is None:
        raise UnusableArguments(f"The example could not be examined: {job.message}")
    return str(job.result_id)


def _kept(settings: Settings) -> str:
    if settings.database:
        return "What is examined is kept in the database."
    if settings.store:
        return f"What is examined is kept in {settings.store}."
    return "Nothing is kept: what is examined is forgotten when the desk closes."
