"""Addresses, against a server that the tests start on loopback."""

import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from quoth.fetching import fetch, is_address, open_bytes
from quoth.fetching.web import encoded
from quoth.pipeline.inputs import load, load_all
from quoth.types import Document, FetchFailed, UnusableInput

PAGE = b"<html><body><p>The ferry stays.</p></body></html>"
TEXT = {"Content-Type": "text/plain"}


def packed(body: bytes, coding: str = "gzip") -> tuple[int, dict[str, str], bytes]:
    return 200, {**TEXT, "Content-Encoding": coding}, body


def bare_deflate(body: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(body) + packing.flush()


ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "Text/HTML; charset=UTF-8"}, PAGE),
    "/greek": (200, {"Content-Type": 'text/plain;charset="windows-1253"'}, "Το λιμάνι".encode("cp1253")),
    "/records": (200, TEXT, b'{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n'),
    "/report.pdf": (200, TEXT, b"\n%PDF-1.4\n1 0 obj\nendobj\n"),
    "/called-json": (200, {"Content-Type": "application/json"}, b"The ferry stays."),
    "/untyped": (200, {}, PAGE),
    "/moved": (301, {"Location": "/page"}, b""),
    "/moved-far": (302, {"Location": "/caf\u00e9 au lait"}, b""),
    "/caf%E9%20au%20lait": (200, TEXT, b"moved far"),
    "/web/20310502092400id_/https://harbour.example/news?id=7&x=//y": (200, TEXT, b"archived"),
    "/caf%C3%A9?q=%C3%BC&r=a%20b": (200, TEXT, b"letters"),
    "/circle": (302, {"Location": "/circle"}, b""),
    "/pair": (302, {"Location": "/riap"}, b""),
    "/riap": (302, {"Location": "/pair"}, b""),
    "/away": (302, {"Location": "file:///etc/hostname"}, b""),
    "/elsewhere": (302, {"Location": "ftp://harbour.example/a"}, b""),
    "/nowhere": (302, {}, b""),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/large": (200, TEXT, b"x" * 200_000),
    "/broken": (500, {}, b"sorry"),
    "/cut": (200, TEXT, PAGE),
    "/gzip": packed(gzip.compress(PAGE)),
    "/gzip-twice": packed(gzip.compress(PAGE) + gzip.compress(PAGE)),
    "/deflate": packed(zlib.compress(PAGE), "deflate"),
    "/bare-deflate": packed(bare_deflate(PAGE), "Deflate"),
    "/bomb": packed(gzip.compress(b"\0" * 30_000_000)),
    "/gzip-cut": packed(gzip.compress(PAGE)[:-12]),
    "/gzip-broken": packed(b"\x1f\x8b" + PAGE),
    "/brotli": packed(PAGE, "br"),
    "/twice-packed": packed(gzip.compress(gzip.compress(PAGE)), "gzip, gzip"),
}


class Handler(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        code, headers, body = ANSWERS.get(self.path, (404, {}, b""))
        if self.path == "/slow":
            time.sleep(1.0)
        if self.path in {"/dripping", "/dripping-head"}:
            self.drip()
            return
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + (50 if self.path == "/cut" else 0)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """A byte now and then, each well within the time for one read."""
        if self.path == "/dripping":
            self.send_response(200)
            self.end_headers()
        for _ in range(100):
            time.sleep(0.05)
            self.wfile.write(b"x")

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(autouse=True)
def _this_machine_may_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_ALLOW_HOSTS", "127.0.0.1")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.handle_error = lambda *_: None  # a client that gives up is what some tests are about
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def test_a_page_is_fetched_with_its_address_its_format_and_its_charset(server: str) -> None:
    assert fetch(f"{server}/page")[:4] == (PAGE, f"{server}/page", "text/html", "utf-8")
    assert open_bytes(f"{server}/page") == fetch(f"{server}/page")
    assert fetch(f"{server}/greek")[2:4] == ("text/plain", "windows-1253")
    assert fetch(f"{server}/untyped")[2:4] == (None, None)


def test_a_redirect_gives_the_address_in_the_end(server: str) -> None:
    assert fetch(f"{server}/moved").name == f"{server}/page"
    assert fetch(f"{server}/moved-far").data == b"moved far"


@pytest.mark.parametrize("path", ["/gzip", "/deflate", "/bare-deflate"])
def test_a_packed_body_is_unpacked(server: str, path: str) -> None:
    assert fetch(f"{server}{path}").data == PAGE


def test_a_body_packed_in_two_parts_is_unpacked_to_its_end(server: str) -> None:
    assert fetch(f"{server}/gzip-twice").data == PAGE + PAGE


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing", "the server answers 404"),
        ("/broken", "the server answers 500"),
        ("/circle", "redirects too often"),
        ("/away", "not on the web"),
        ("/elsewhere", "not on the web"),
        ("/pair", "redirects too often"),
        ("/nowhere", "the server answers 302"),
        ("/picture", "this is image/png, not a text or an HTML page"),
        ("/cut", f"the answer breaks off after {len(PAGE)} of {len(PAGE) + 50} bytes"),
        ("/gzip-cut", "the answer breaks off before its end"),
        ("/gzip-broken", "the answer is packed, and damaged"),
        ("/brotli", "the answer is packed as br, which is not read here"),
        ("/twice-packed", "the answer is packed as gzip, gzip, which is not read here"),
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


def test_what_is_packed_is_bounded_by_what_comes_out(server: str) -> None:
    with pytest.raises(FetchFailed, match=r"larger than 1 MiB, so it was not read to the end\.\Z"):
        fetch(f"{server}/bomb", largest=1 << 20)


@pytest.mark.parametrize("path", ["/dripping", "/dripping-head"])
def test_a_server_that_answers_byte_by_byte_is_given_up(server: str, path: str) -> None:
    began = time.monotonic()
    with pytest.raises(FetchFailed, match=r"not all of it came within 0\.4 seconds"):
        fetch(f"{server}{path}", time_out=0.3, whole_time=0.4)
    assert time.monotonic() - began < 2


def test_letters_in_an_address_go_over_the_wire_as_ascii(server: str) -> None:
    assert fetch(f"{server}/café?q=ü&r=a%20b#là").data == b"letters"


def test_the_copy_of_a_web_archive_is_taken_like_any_address(server: str) -> None:
    copy = f"{server}/web/20310502092400id_/https://harbour.example/news?id=7&x=//y"
    assert fetch(copy)[:2] == (b"archived", copy)


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("http://hafen-größe.example/Fähre", "http://xn--hafen-gre-n1a6w.example/F%C3%A4hre"),
        ("HTTPS://Harbour.example:8443/a%20b?c=d%26e#f", "https://harbour.example:8443/a%20b?c=d%26e"),
        ("http://[::1]:80/пирс", "http://[::1]:80/%D0%BF%D0%B8%D1%80%D1%81"),
        ("http://harbour.example", "http://harbour.example"),
    ],
)
def test_an_address_is_written_as_servers_know_it(address: str, wire: str) -> None:
    assert encoded(address) == wire


def test_a_password_in_an_address_is_never_shown() -> None:
    for address in ("https://oda:pearl@harbour.example/", "https://oda:pearl@", "ftp://oda:pearl@harbour.example/"):
        with pytest.raises(FetchFailed) as caught:
            fetch(address)
        assert "pearl" not in str(caught.value)


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
    "address",
    [
        "http://[::1/",
        "http://a b/",
        "https://\x00/",
        "http://127.0.0.1:99999999/",
        "http://",
        "http://a\r\nb/",
        f"http://{'ä' * 99}/",
    ],
)
def test_an_address_that_is_none_is_no_traceback(address: str) -> None:
    with pytest.raises(FetchFailed):
        fetch(address)


def test_a_served_text_is_read_in_the_charset_of_its_header(server: str) -> None:
    document = load(f"{server}/greek")
    assert (document.text, document.notes) == ("Το λιμάνι", ("Read as Windows-1253, as the server declares.",))
    assert document.id == "greek"


def test_a_document_without_an_address_of_its_own_has_that_at_which_it_was_found(server: str) -> None:
    assert load(f"{server}/greek", id="harbour").url == f"{server}/greek"
    (found,) = load_all(f"{server}/greek")
    assert isinstance(found, Document)
    assert found.url == f"{server}/greek"


@pytest.mark.parametrize(("path", "words"), [("/records", "it holds 2 documents"), ("/report.pdf", "a PDF file")])
def test_what_is_served_as_text_and_is_none_is_told_by_its_bytes(server: str, path: str, words: str) -> None:
    with pytest.raises(UnusableInput, match=words):
        load(f"{server}{path}")


def test_a_text_that_a_server_calls_a_record_is_read_as_what_it_is(server: str) -> None:
    assert load(f"{server}/called-json").text == "The ferry stays."
