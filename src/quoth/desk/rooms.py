"""The desk put together: what it has at hand, and which function answers which address."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware

from quoth.desk import (
    api,
    archive_pages,
    examination_pages,
    people_pages,
    review_pages,
    showing,
    start_pages,
    watch_pages,
)
from quoth.desk.accounts import Accounts
from quoth.desk.bench import About, Bench
from quoth.desk.exam_part import Ready
from quoth.desk.examinations import DELETED, Entry, Examinations
from quoth.desk.filling import Forms
from quoth.desk.guards import Guards
from quoth.desk.refusing import nothing, refused
from quoth.desk.settings import Settings
from quoth.desk.shelf import Shelf
from quoth.review import Database
from quoth.types import QuothError, UnusableInput

DATABASE = "desk.sqlite"  # in the folder that is given to keep things in


class Desk:
    """What the desk has at hand.

    Attributes:
        settings: what it was started with.
        bench: the workers.
        kept: examinations that outlive the desk; None where nothing is kept.
        fleeting: those in memory only.
        accounts: people, in team mode.
        ready: examinations as they were shown lately.
        shelf: the archive; None for none.
        forms: those that may have to be given back.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.bench = Bench(settings, self._keep)
        base = opened(settings)
        self.kept = Examinations(base) if base else None
        self.fleeting = Examinations(Database())
        self.accounts = Accounts(base) if base and settings.team else None
        self.ready = Ready()
        self.shelf = Shelf(settings.archive) if settings.archive else None
        self.forms = Forms(2 * settings.largest)

    @property
    def shelves(self) -> tuple[Examinations, ...]:
        """Where examinations are, those that are kept first."""
        return (self.kept, self.fleeting) if self.kept else (self.fleeting,)

    def found(self, id_: str) -> tuple[Examinations, Entry] | None:
        """An examination and where it is; None where there is none."""
        for where in self.shelves:
            entry = where.entry(id_)
            if entry:
                return where, entry
        return None

    def entries(self, name: str, most: int = 100) -> list[Entry]:
        """The examinations that somebody sees in a list: of those that are not kept, in team mode, only their own."""
        found = [one for where in self.shelves for one in where.entries(most)]
        seen = [one for one in found if one.kept or one.by == name or self.accounts is None]
        return sorted(seen, key=lambda one: one.at, reverse=True)[:most]

    def _keep(self, about: About, record: str) -> str:
        """Put an examination where it belongs; its id.

        Raises:
            UnusableInput: it was run again, and deleted meanwhile.
        """
        found = self.found(about.again) if about.again else None
        if about.again and not found:
            raise UnusableInput(DELETED)
        where = found[0] if found else self.kept if self.kept and about.keep else self.fleeting
        id_ = where.put(record, by=about.by, id_=about.again if found else None)
        self.forms.drop(about.form)
        self.note(about.by, "examine again" if found else "examine", id_)
        return id_

    def delete(self, where: Examinations, entry: Entry, who: str) -> None:
        """Delete an examination, wherever something of it stands."""
        where.forget(entry.id)
        self.ready.forget(entry.id)
        self.note(who, "delete", entry.id)

    def note(self, who: str, action: str, what: str) -> None:
        """Write into the audit, in team mode."""
        if self.accounts:
            self.accounts.note(who, action, what)

    def close(self) -> None:
        """Let go of everything."""
        self.bench.close()
        for one in self.shelves:
            one.database.close()
        if self.shelf:
            self.shelf.close()


def opened(settings: Settings) -> Database | None:
    """The database in which things are kept; None where nothing is."""
    if settings.database:
        return Database(address=settings.database)
    return Database(file=Path(settings.store, DATABASE)) if settings.store else None


def application(settings: Settings) -> Starlette:
    """The desk as an ASGI application.

    Raises:
        ArchiveError: the archive or the database cannot be opened.
        MissingPart: PostgreSQL is asked for and psycopg is not installed.
    """
    desk = Desk(settings)
    MultiPartParser.spool_max_size = settings.largest  # files stay in memory: none of an upload is left on a disk

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(8, thread_name_prefix="quoth-desk"))
        desk.bench.open(loop)
        yield
        desk.close()

    handlers: dict[Any, Any] = {QuothError: refused, 404: nothing, 405: nothing}
    made = Starlette(
        routes=[
            *showing.ROUTES,
            *start_pages.ROUTES,
            *examination_pages.ROUTES,
            *review_pages.ROUTES,
            *archive_pages.ROUTES,
            *watch_pages.ROUTES,
            *people_pages.ROUTES,
            *api.ROUTES,
        ],
        middleware=[Middleware(Guards, settings=settings, accounts=desk.accounts)],
        exception_handlers=handlers,
        lifespan=lifespan,
    )
    made.state.desk = desk
    return made
