"""What a site lets programs fetch (RFC 9309), and asking only for what has changed; servers on loopback."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from quoth.fetching import Access, Known, Robots, retrieve
from quoth.fetching.robots import READ_AT_MOST, allowed, rules_for
from quoth.types import FetchFailed

LOCAL = Access(frozenset({"127.0.0.1"}))


def may(robots: str, path: str, product: str = "Quoth") -> bool:
    return allowed(rules_for(robots, product), f"https://harbour.example{path}")


@pytest.mark.parametrize(
    ("lines", "path", "answer"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("user-AGENT : quoth # us\ndisallow : /news", "/news/1", False),
        ("User-agent: Quoth/2.0\nDisallow: /", "/a", False),
        ("User-agent: QuothBot\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: quoth\nDisallow: /desk", "/a", True),
        ("User-agent: other\nUser-agent: quoth\nDisallow: /", "/a", False),
        (
            "User-agent: quoth\nDisallow: /a\n\nUser-agent: other\nDisallow: /c\n\nUser-agent: quoth\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: quoth\nSitemap: https://harbour.example/map\nDisallow: /a", "/a", False),
        ("User-agent: quoth\nCrawl-delay: 5\n\nDisallow: /a", "/a", False),
        ("Disallow: /a\nUser-agent: quoth\nDisallow: /b", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /a/*/c", "/a/b/b/c", False),
        ("User-agent: *\nDisallow: /a/*/c", "/a/c", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?p=1", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /aa*a$", "/aa", True),
        ("User-agent: *\nDisallow: /?page=", "/?page=2", False),
        ("User-agent: *\nDisallow: /fähre", "/f%C3%A4hre/1", False),
        ("User-agent: *\nDisallow: /f%c3%a4hre", "/fähre", False),
        ("User-agent: *\nDisallow: /%7Edesk", "/~desk/", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\rDisallow: /a\r", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("<html><p>Not here: sorry</p></html>", "/a", True),
    ],
)
def test_what_a_site_lets_programs_fetch_is_told_by_its_lines(lines: str, path: str, answer: bool) -> None:
    assert may(lines, path) is answer


def test_a_pattern_of_a_thousand_stars_takes_no_time() -> None:
    began = time.monotonic()
    assert may(f"User-agent: *\nDisallow: /{'*a' * 1000}*b$", f"/{'a' * 50_000}")
    assert time.monotonic() - began < 2


class Handler(BaseHTTPRequestHandler):
    """Answers robots.txt as the server is told to, and pages with their state."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        if self.path == "/robots.txt":
            self.answer(*self.server.robots)  # type: ignore[attr-defined]
        elif self.path == "/moved":
            self.answer(302, b"", Location="/desk/page")
        elif self.headers.get("If-None-Match") == '"two"' or self.headers.get("If-Modified-Since"):
            self.answer(304, b"")
        else:
            self.answer(200, b"The ferry stays.", ETag='"two"', **{"Last-Modified": "Fri, 02 May 2031 09:24:00 GMT"})

    def answer(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.asked = []  # type: ignore[attr-defined]
        running.robots = (200, b"User-agent: *\nDisallow: /desk")  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def site(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


def refused(robots: Robots, address: str) -> bool:
    try:
        robots.check(address)
    except FetchFailed as error:
        return error.forbidden
    return False


def test_a_site_is_asked_for_its_robots_txt_once_a_day(server: ThreadingHTTPServer) -> None:
    kept: dict[str, tuple[float, str]] = {}
    waited: list[str] = []
    robots = Robots(LOCAL, kept, waited.append)
    assert refused(robots, f"{site(server)}/desk/a")
    assert not refused(robots, f"{site(server)}/news/a")
    assert server.asked == ["/robots.txt"]
    assert waited == [f"{site(server)}/robots.txt"]
    assert not refused(Robots(LOCAL, kept), f"{site(server)}/news/a")
    assert server.asked == ["/robots.txt"]
    kept[site(server)] = (time.time() - 1, kept[site(server)][1])
    assert refused(robots, f"{site(server)}/desk/a")
    assert server.asked == ["/robots.txt"] * 2


@pytest.mark.parametrize(("status", "forbids"), [(404, False), (403, False), (429, True), (500, True), (503, True)])
def test_a_robots_txt_that_is_not_there_allows_all_and_one_that_cannot_be_had_nothing(
    server: ThreadingHTTPServer, status: int, forbids: bool
) -> None:
    server.robots = (status, b"")
    assert refused(Robots(LOCAL), f"{site(server)}/a") is forbids


def test_a_site_that_does_not_answer_forbids_everything() -> None:
    assert refused(Robots(LOCAL), "http://127.0.0.1:9/a")


def test_what_stands_behind_the_first_half_megabyte_of_a_robots_txt_is_not_read(server: ThreadingHTTPServer) -> None:
    server.robots = (200, b"User-agent: *\n" + b"#" * READ_AT_MOST + b"\nDisallow: /")
    assert not refused(Robots(LOCAL), f"{site(server)}/a")


def test_what_a_page_redirects_to_is_asked_for_as_well(server: ThreadingHTTPServer) -> None:
    with pytest.raises(FetchFailed, match="does not let programs fetch it") as caught:
        retrieve(f"{site(server)}/moved", access=LOCAL, check=Robots(LOCAL).check)
    assert caught.value.forbidden
    assert server.asked == ["/robots.txt", "/moved"]


def test_a_page_that_has_not_changed_is_not_sent_again(server: ThreadingHTTPServer) -> None:
    first = retrieve(f"{site(server)}/page", access=LOCAL)
    assert first.opened is not None
    assert first.known == Known('"two"', "Fri, 02 May 2031 09:24:00 GMT")
    for known in (first.known, Known(etag='"two"'), Known(modified="Fri, 02 May 2031 09:24:00 GMT")):
        again = retrieve(f"{site(server)}/page", access=LOCAL, known=known)
        assert (again.opened, again.known) == (None, known)
    assert retrieve(f"{site(server)}/page", access=LOCAL, known=Known(etag='"one"')).opened == first.opened


def test_a_server_that_says_nothing_changed_to_whom_it_never_told_anything_is_named(
    server: ThreadingHTTPServer,
) -> None:
    server.robots = (304, b"")
    with pytest.raises(FetchFailed, match="the server answers 304"):
        retrieve(f"{site(server)}/robots.txt", access=LOCAL)
