"""Addresses, against a server that the tests start on loopback."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from quoth.fetching import fetch, is_address, open_bytes
from quoth.types import FetchFailed

PAGE = b"<html><body><p>The ferry stays.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        code, headers, body = {
            "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
            "/moved": (301, {"Location": "/page"}, b""),
            "/circle": (302, {"Location": "/circle"}, b""),
            "/away": (302, {"Location": "file:///etc/hostname"}, b""),
            "/elsewhere": (302, {"Location": "ftp://harbour.example/a"}, b""),
            "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
            "/large": (200, {"Content-Type": "text/plain"}, b"x" * 200_000),
            "/broken": (500, {}, b"sorry"),
        }.get(self.path, (404, {}, b""))
        if self.path == "/slow":
            time.sleep(1.0)
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + (50 if self.path == "/cut" else 0)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.handle_error = lambda *_: None  # a client that gives up is what some tests are about
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def test_a_page_is_fetched_with_its_address(server: str) -> None:
    assert fetch(f"{server}/page") == (PAGE, f"{server}/page")
    assert open_bytes(f"{server}/page") == (PAGE, f"{server}/page")


def test_a_redirect_gives_the_address_in_the_end(server: str) -> None:
    assert fetch(f"{server}/moved") == (PAGE, f"{server}/page")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing", "the server answers 404"),
        ("/broken", "the server answers 500"),
        ("/circle", "redirects too often"),
        ("/away", "not on the web"),
        ("/elsewhere", "not on the web"),
        ("/picture", "this is image/png, not a text or an HTML page"),
    ],
)
def test_what_cannot_be_fetched_is_told_in_one_sentence(server: str, path: str, words: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch(f"{server}{path}")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_download_ends_at_the_limit(server: str) -> None:
    with pytest.raises(FetchFailed, match="larger than"):
        fetch(f"{server}/large", largest=100_000)


def test_a_server_that_does_not_answer_is_given_up(server: str) -> None:
    with pytest.raises(FetchFailed, match=r"no answer within 0\.2 seconds"):
        fetch(f"{server}/slow", time_out=0.2)


def test_a_port_where_nobody_listens_cannot_be_reached() -> None:
    with pytest.raises(FetchFailed, match="cannot be reached"):
        fetch("http://127.0.0.1:9/")


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://harbour.example/a", "statement.txt", "http:"])
def test_only_the_web_is_fetched(address: str) -> None:
    with pytest.raises(FetchFailed, match="only http"):
        fetch(address)


def test_an_address_that_is_not_on_the_web_is_no_file_either() -> None:
    assert is_address("file:///etc/hostname")
    assert not is_address("statement.txt")
    with pytest.raises(FetchFailed, match="only http"):
        open_bytes("file:///etc/hostname")


@pytest.mark.parametrize(
    "address", ["http://[::1/", "http://a b/", "https://\x00/", "http://127.0.0.1:99999999/", "http://"]
)
def test_an_address_that_is_none_is_no_traceback(address: str) -> None:
    with pytest.raises(FetchFailed):
        fetch(address)
