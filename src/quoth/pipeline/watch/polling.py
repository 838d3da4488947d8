"""Feeds and folders to the places where reports are, and a place to the documents in it."""

import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from quoth.fetching import Known, Retrieved, Robots, is_address, retrieve
from quoth.pipeline.inputs import load_all
from quoth.pipeline.sidecars import is_sidecar
from quoth.pipeline.watch.desk import Desk, Watched
from quoth.pipeline.watch.desk_state import DeskState, Place
from quoth.reading import read
from quoth.reading.formats.feeds import FeedItem, feed_items, item_document
from quoth.types import Document, FetchFailed, QuothError, UnusableInput

PAGE, ITEM, FILE = "page", "item", "file"
MOST_FAILURES = 5  # of a page, after which the feed's own text is taken, or the page is given up
AGAIN = 600.0  # seconds after the first failure; each time twice as long
_FILES_AT_MOST = 100_000  # of a folder
_LONGEST_WAIT = 86_400.0  # seconds; a server that asks for more is asked after so long
_STILL = 0.5  # seconds for which a file was not written, before it is taken to be whole


class Poller:
    """Asks feeds, folders and pages, politely."""

    def __init__(self, desk: Desk, state: DeskState, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._desk = desk
        self._state = state
        self._sleep = sleep
        self._asked: dict[str, float] = {}  # when each host was asked last
        self._kept = state.robots()
        self._saved = dict(self._kept)
        self._robots = Robots(desk.access, self._kept, self._wait)

    def poll(self, watched: Watched, *, now: float) -> int:
        """Look at a feed or a folder; how many places are new or changed.

        Raises:
            QuothError: it cannot be looked at.
        """
        if not watched.is_feed:
            with self._state.writing():
                return sum(self._state.offer(one, now) for one in self._files(watched))
        etag, modified, due, failures = self._state.feed(watched.place)
        if due > now:
            return 0
        try:
            found = self._retrieved(watched.place, Known(etag, modified), keep=False)
            items = self._items(watched, found)
        except QuothError as error:
            wait = asked_to_wait(error)
            self._state.set_feed(watched.place, None, None, now + wait if wait else 0.0, failures + 1)
            raise
        with self._state.writing():
            count = sum(self._state.offer(one, now) for one in items)
            self._state.set_feed(watched.place, *found.known, 0.0, 0)
        return count

    def documents(self, place: Place) -> tuple[list[Document | QuothError], Known] | None:
        """The documents at a place, and what its server says of their state; None where nothing changed.

        In the place of a document inside a file that cannot be read stands what is wrong with it.

        Raises:
            QuothError: they cannot be had.
        """
        watched = self._watched(place)
        if place.kind == FILE:
            path = os.fsdecode(json.loads(place.item).encode("latin-1"))
            return [self._known(one, watched) for one in load_all(path, id=place.place)], Known()
        item = FeedItem(**json.loads(place.item))
        if place.kind == ITEM or place.link is None:
            return [self._known(item_document(item, place.place), watched)], Known()
        try:
            found = self._retrieved(place.link, Known(place.etag, place.modified), keep=True)
            if found.opened is None:
                return None
            opened = found.opened
            page = read(opened.data, opened.name, media_type=opened.media_type, charset=opened.charset)
        except QuothError as error:
            forbidden = isinstance(error, FetchFailed) and error.forbidden
            if not item.content.strip() or not (forbidden or place.failures + 1 >= MOST_FAILURES):
                raise
            return [self._known(item_document(item, place.place), watched)], Known()
        document = replace(
            page,
            id=place.place,
            title=page.title or item.title,
            publisher=page.publisher or item.publisher,
            published=page.published or item.published,
            url=opened.name,
            notes=(*page.notes, *filter(None, (opened.kept,))),
        )
        return [self._known(document, watched)], found.known

    # --- feeds and pages ----------------------------------------------------------------------------------------------

    def _items(self, watched: Watched, found: Retrieved) -> list[Place]:
        """The items of a feed as places, the oldest first, as feeds list the newest first."""
        if found.opened is None:
            return []
        items = feed_items(found.opened.data, watched.place, found.opened.name)
        return [_item_place(one, watched) for one in reversed(items)]

    def _retrieved(self, address: str, known: Known, *, keep: bool) -> Retrieved:
        """What an address gives, with all that politeness asks for."""
        try:
            self._robots.check(address)
            self._wait(address)
            access = self._desk.access if keep else replace(self._desk.access, keep=None)
            return retrieve(address, access=access, known=known, check=self._robots.check)
        finally:
            new = {site: kept for site, kept in self._kept.items() if self._saved.get(site) != kept}
            if new:
                self._state.set_robots(new)
                self._saved.update(new)

    def _wait(self, address: str) -> None:
        """Wait until a host may be asked again."""
        host = urlsplit(address).netloc.lower()
        wait = self._asked.get(host, 0.0) + self._desk.pause - time.monotonic()
        if host in self._asked and wait > 0:
            self._sleep(wait)
        self._asked[host] = time.monotonic()

    def _watched(self, place: Place) -> Watched | None:
        return next((one for one in self._desk.watched if one.place == place.watched), None)

    def _known(self, found: Document | QuothError, watched: Watched | None) -> Document | QuothError:
        if not isinstance(found, Document) or watched is None or watched.publisher is None:
            return found
        return replace(found, publisher=watched.publisher)

    # --- folders ------------------------------------------------------------------------------------------------------

    def _files(self, watched: Watched) -> Iterator[Place]:
        """All files in a folder that are not hidden and that nobody writes just now, the desk's own apart.

        Raises:
            UnusableInput: the folder cannot be read.
        """

        def unread(problem: OSError) -> None:
            raise UnusableInput(f"{problem.filename}: the folder cannot be read ({problem.strerror}).")

        own = self._own()
        count = 0
        for folder, folders, files in os.walk(watched.place, onerror=unread):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            folders[:] = [one for one in folders if os.path.realpath(Path(folder, one)) not in own]
            for name in sorted(one for one in files if not one.startswith(".") and not is_sidecar(one)):
                path = os.path.realpath(Path(folder, name))
                if path in own or path.startswith(f"{self._desk.state.resolve()}-"):
                    continue
                state = self._state_of(path)
                if state is None:
                    continue
                count += 1
                if count > _FILES_AT_MOST:
                    raise UnusableInput(f"{watched.place}: there are more than {_FILES_AT_MOST} files in this folder.")
                place = os.fsencode(path).decode("utf-8", "backslashreplace")
                yield Place(place, watched.place, FILE, None, json.dumps(os.fsencode(path).decode("latin-1")), state)

    def _state_of(self, path: str) -> str | None:
        """By what one sees that a file has changed; None for none, and for one that somebody is writing."""
        seen = _seen(path)
        if seen and 0 <= seen[1] < _STILL:
            self._sleep(_STILL)
            again = _seen(path)
            return seen[0] if again and again[0] == seen[0] else None
        return seen[0] if seen else None

    def _own(self) -> frozenset[str]:
        """The files and folders of the desk itself."""
        desk = self._desk
        lock = desk.state.with_name(f"{desk.state.name}.lock")
        own = (desk.archive, desk.state, lock, desk.atom, desk.jsonl, desk.access.keep)
        return frozenset(os.path.realpath(one) for one in own if one)


def _item_place(item: FeedItem, watched: Watched) -> Place:
    """Where the report of an item is: the page that it links to, else the feed itself."""
    link = urldefrag(item.link).url if item.link and is_address(item.link) else None
    kind = ITEM if watched.from_feed or link is None else PAGE
    name = link or f"{watched.place}#{item.id}"
    return Place(name, watched.place, kind, link, json.dumps(asdict(item)), item.state)


def _seen(path: str) -> tuple[str, float] | None:
    """Size and time of a file, by which one sees that it has changed, and its age in seconds; None for none."""
    try:
        known = Path(path).stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(known.st_mode):
        return None
    return f"{known.st_size}-{known.st_mtime_ns}", time.time() - known.st_mtime


def asked_to_wait(error: QuothError) -> float:
    """Seconds that a server asks to be left alone for; 0 if it does not."""
    said = error.retry_after if isinstance(error, FetchFailed) else None
    if not said:
        return 0.0
    try:
        wait = float(said) if said.strip().isdecimal() else parsedate_to_datetime(said).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(0.0, wait), _LONGEST_WAIT)
