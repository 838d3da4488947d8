"""A paper of our own invention on loopback: a site with pages, a feed of them, and the archive they draw on."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from feedgenerator import Atom1Feed

SOURCE = """Notice of the harbour master of Orl

The harbour master, Oda Kest, said: "We will close pier {n} for {days} days in May, and no ferry may leave from it."

She added: "The lighthouse of pier {n} stays open to the public on every weekday of the month."
"""
REPORT = """<!doctype html><html><head><title>Pier {n} to close, harbour master says</title>
<meta property="article:published_time" content="2031-05-02T09:24"></head><body><article>
<h1>Pier {n} to close, harbour master says</h1>
<p>TARN BAY - The town of Orl has to do without pier {n} for a part of May, its harbour master announced on Friday.</p>
<p>"We will close pier {n} for {days} days in May, and no ferry may leave from it," the harbour master, Oda Kest,
said.</p>
<p>"The lighthouse of pier {n} stays open to the public on every weekday of the month," Kest added.</p>
<p>The town council meets on Tuesday to hear what the fishermen of the bay have to say about it.</p>
</article></body></html>"""


def source(number: int) -> str:
    return SOURCE.format(n=number, days=10 + number)


def report(number: int, *, wrong: bool = True) -> str:
    """A page that quotes source `number`, with another number of days where it is `wrong`."""
    return REPORT.format(n=number, days=(50 if wrong else 10) + number)


class Newsroom(ThreadingHTTPServer):
    """Pages, a feed of them and a robots.txt; what was asked for is written down."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, str] = {}
        self.items: list[dict[str, str]] = []
        self.robots = ""
        self.down: dict[str, tuple[int, dict[str, str]]] = {}
        self.asked: list[tuple[str, int]] = []

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def publish(self, name: str, page: str, **item: str) -> None:
        """Put a page online and into the feed, or change it there."""
        self.pages[f"/{name}"] = page
        known = {"name": name, "title": f"Report {name}", "updated": "2031-05-02T09:24:00Z", **item}
        self.items = [known, *(one for one in self.items if one["name"] != name)]

    def feed(self) -> bytes:
        made = Atom1Feed("Seaboard", f"{self.site}/", "What happens in the bay", feed_guid=self.site)
        for item in self.items:
            made.add_item(
                item["title"],
                f"{self.site}/{item['name']}",
                "",
                unique_id=f"{self.site}/{item['name']}",
                updateddate=datetime.fromisoformat(item["updated"]),
                content=item.get("content"),
            )
        return made.writeString("utf-8").encode()


class _Handler(BaseHTTPRequestHandler):
    server: Newsroom

    def do_GET(self) -> None:
        room = self.server
        if self.path in room.down:
            status, headers = room.down[self.path]
            self.answer(status, b"", headers)
            return
        body = {
            "/feed": room.feed,
            "/robots.txt": lambda: room.robots.encode() or None,
        }.get(self.path, lambda: page.encode() if (page := room.pages.get(self.path)) else None)()
        if body is None:
            self.answer(404, b"", {})
            return
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self.answer(304, b"", {})
        else:
            kind = "application/atom+xml" if self.path == "/feed" else "text/html; charset=utf-8"
            self.answer(200, body, {"ETag": tag, "Content-Type": kind})

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.server.asked.append((self.path, status))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@contextmanager
def open_newsroom() -> Iterator[Newsroom]:
    """A newsroom that answers as long as the block lasts."""
    with Newsroom() as room:
        room.handle_error = lambda *_: None  # a reader that is killed
        thread = threading.Thread(target=room.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield room
        finally:
            room.shutdown()
            thread.join()


def write_desk(folder: Path, room: Newsroom | None, *, more: str = "", tell: str = 'jsonl = "findings.jsonl"') -> Path:
    """A desk's file for a newsroom's feed, against the archive `archive` beside it."""
    feed = f'[[watch]]\nfeed = "{room.site}/feed"\npublisher = "Seaboard"\nevery = 1\n' if room else ""
    path = folder / "desk.toml"
    path.write_text(
        f'archive = "archive"\nrules = true\n{more}\n[fetch]\nallow_hosts = ["127.0.0.1"]\npause = 0\n[tell]\n'
        f"confidence = 0.0\n{tell}\n{feed}",
        encoding="utf-8",
    )
    return path


def records(path: Path) -> list[dict]:
    """The lines of a file of findings."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
