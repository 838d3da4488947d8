"""Which hosts are asked: no name server and no host outside this machine is, here; both are stood in for."""

import hashlib
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from quoth.fetching import Access, fetch, host_names, settings
from quoth.types import FetchFailed, OutputFailed

PUBLIC = "93.184.215.14"
PAGE = b"<p>The ferry stays.</p>"
CERTIFICATE = Path(__file__).with_name("harbour.pem")  # with its key; it lasts a hundred years

SPELLED = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.255.255.254/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://0X7F.0x0.0x0.0x1/",
    "http://0177.0.0.1/",
    "http://0177.1/",
    "http://017700000001/",
    "http://0300.0250.0.1/",
    "http://127.0.0.01/",
    "http://127.0.0.1./",
    "http://1.1/",
    "http://0/",
    "http://0x/",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    "http://000.000.000.000/",
    "http://300.1.1.1/",
    "http://２１３０７０６４３３/",
    "http://１２７.０.０.１/",
    "http://①②⑦.0.0.1/",
    "http://127。0。0。1/",
    "http://127｡0｡0｡1/",
    "http://127．0．0．1/",
    "http://10.0.0.1/",
    "http://172.16.31.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1:8080/admin",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/v2/credentials",
    "http://2852039166/latest/meta-data/",
    "http://0xA9FEA9FE/latest/meta-data/",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/machine",
    "http://192.0.0.192/opc/v2/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]:80/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:a9fe:a9fe]/latest/meta-data/",
    "http://[::ffff:0:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[2001:0:7f00:1::1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fec0::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[ff02::1]/",
    "http://localhost/",
    "https://LOCALHOST:8443/",
    "http://localhost./",
    "http://desk.localhost/",
    "http://ⓛocalhost/",
    "http://printer.local/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://router.home.arpa/",
    "http://intranet/",
]
RESOLVED = [
    "127.0.0.1",
    "0.0.0.0",
    "10.20.30.40",
    "172.20.0.1",
    "192.168.0.10",
    "100.127.255.254",
    "169.254.169.254",
    "168.63.129.16",
    "198.19.1.1",
    "224.0.0.251",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:10.0.0.1",
    "fe80::1%eth0",
    "fd12:3456::1",
    "ff05::2",
    "64:ff9b::a00:1",
    "2002:c0a8:1::1",
]


class Handler(BaseHTTPRequestHandler):
    """A page at `/`, and a redirect from everything else to what stands after the slash."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/" else 302)
        if self.path != "/":
            self.send_header("Location", self.path[1:])
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running.server_address[1]
        running.shutdown()
        thread.join()


class World:
    """A resolver and a network of one's own: each look-up and each connection is written down."""

    def __init__(self, port: int, answers: dict[str, list[list[str]]]) -> None:
        self.port = port
        self.answers = answers
        self.asked: list[str] = []
        self.dialled: list[str] = []

    def look_up(self, host: str, port: int, **_: object) -> list[tuple]:
        """The next of the answers for a host, the last one for ever."""
        self.asked.append(host)
        rest = self.answers.get(host) or [[host]]
        found = rest.pop(0) if len(rest) > 1 else rest[0]
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found
        ]

    def dial(self, _: int, place: tuple, time_out: float | None) -> socket.socket:
        """A connection that is said to go to a place, and goes to the tests' own server."""
        self.dialled.append(str(place[0]))
        return socket.create_connection(("127.0.0.1", self.port), time_out)

    def access(self, *hosts: str, keep: str | None = None) -> Access:
        return Access(host_names(hosts), keep, self.look_up, self.dial)


@pytest.mark.parametrize("address", SPELLED)
def test_no_spelling_of_an_address_leads_into_this_machine_or_its_network(port: int, address: str) -> None:
    world = World(port, {})
    with pytest.raises(FetchFailed, match=r"only asked if you allow them \(--allow-host ") as caught:
        fetch(address, access=world.access())
    assert str(caught.value).startswith(f"{address}: the host ")
    assert world.dialled == []


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.%31/",
        "http://0.0.0.%30/",
        "http://127.0.0.1%3a80/",
        "http://169.254.169.25%34/latest/meta-data/",
        "http://%6cocalhost/",
        "http://harbour.example%00.test/",
    ],
)
def test_a_host_with_percent_signs_is_none(port: int, address: str) -> None:
    world = World(port, {"harbour.example": [[PUBLIC]]})
    with pytest.raises(FetchFailed, match="its host has a sign that no name has"):
        fetch(address, access=world.access("127.0.0.2"))
    assert world.dialled == []
    with pytest.raises(FetchFailed):
        fetch(f"http://harbour.example/{address}", access=world.access())
    assert world.dialled == [PUBLIC]


@pytest.mark.parametrize("where", RESOLVED)
def test_no_name_leads_into_this_machine_or_its_network(port: int, where: str) -> None:
    world = World(port, {"harbour.example": [[where]]})
    with pytest.raises(FetchFailed, match=r"the host harbour\.example leads to "):
        fetch("http://harbour.example/", access=world.access())
    assert world.dialled == []


def test_a_name_with_one_address_that_is_not_asked_is_not_asked_at_all(port: int) -> None:
    world = World(port, {"harbour.example": [[PUBLIC, "10.0.0.1"]]})
    with pytest.raises(FetchFailed, match=r"leads to 10\.0\.0\.1"):
        fetch("http://harbour.example/", access=world.access())
    assert world.dialled == []


@pytest.mark.parametrize("address", [one for one in SPELLED if one.isascii()])
def test_no_redirect_leads_into_this_machine_or_its_network(port: int, address: str) -> None:
    world = World(port, {"harbour.example": [[PUBLIC]]})
    with pytest.raises(FetchFailed):
        fetch(f"http://harbour.example/{address}", access=world.access())
    assert world.dialled == [PUBLIC]


def test_a_redirect_to_a_name_of_a_private_address_is_refused(port: int) -> None:
    world = World(port, {"harbour.example": [[PUBLIC]], "gazette.example": [["192.168.1.1"]]})
    with pytest.raises(FetchFailed, match=r"the host gazette\.example leads to 192\.168\.1\.1"):
        fetch("http://harbour.example/http://gazette.example/", access=world.access())


def test_a_name_that_resolves_anew_between_check_and_connection_gains_nothing(port: int) -> None:
    world = World(port, {"harbour.example": [[PUBLIC], ["127.0.0.1"]]})
    assert fetch("http://harbour.example/", access=world.access()).data == PAGE
    assert (world.asked, world.dialled) == (["harbour.example"], [PUBLIC])


def test_a_name_that_resolves_anew_between_two_hops_is_checked_anew(port: int) -> None:
    world = World(port, {"harbour.example": [[PUBLIC], ["127.0.0.1"]]})
    with pytest.raises(FetchFailed, match=r"leads to 127\.0\.0\.1"):
        fetch("http://harbour.example/http://harbour.example/", access=world.access())
    assert world.dialled == [PUBLIC]


def test_a_host_is_asked_where_the_user_allows_it_and_no_other_beside_it(port: int) -> None:
    world = World(port, {"intranet": [["10.0.0.7"]], "desk.local": [["10.0.0.8"]]})
    access = world.access("Intranet", "[::1]")
    assert fetch("http://intranet/", access=access).data == PAGE
    assert fetch("http://[::1]/", access=access).data == PAGE
    with pytest.raises(FetchFailed, match=r"desk\.local is a name of this machine or its network"):
        fetch("http://intranet/http://desk.local/", access=access)
    assert world.dialled == ["10.0.0.7", "::1", "10.0.0.7"]


@pytest.mark.parametrize("where", [PUBLIC, "2606:4700::1111", "64:ff9b::5db8:d70e", "2002:5db8:d70e::1"])
def test_what_all_the_world_can_reach_is_asked(port: int, where: str) -> None:
    world = World(port, {"harbour.example": [[where]]})
    assert fetch("http://harbour.example/", access=world.access()).data == PAGE
    assert list(map(ip_address, world.dialled)) == [ip_address(where)]


def test_where_one_address_does_not_answer_the_next_is_asked(port: int) -> None:
    world = World(port, {"harbour.example": [["93.184.215.15", PUBLIC]]})

    def dial(family: int, place: tuple, time_out: float | None) -> socket.socket:
        if place[0] != PUBLIC:
            raise ConnectionRefusedError(111, "Connection refused")
        return world.dial(family, place, time_out)

    assert fetch("http://harbour.example/", access=Access(look_up=world.look_up, dial=dial)).data == PAGE


@pytest.fixture
def encrypted_port() -> Iterator[int]:
    """The same server behind TLS, with a certificate that is of harbour.example and signed by nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that does not trust it
        running.socket = context.wrap_socket(running.socket, server_side=True)
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running.server_address[1]
        running.shutdown()
        thread.join()


def test_the_certificate_must_be_of_the_name_though_the_connection_goes_to_an_address(
    encrypted_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(encrypted_port, {"harbour.example": [[PUBLIC]], "gazette.example": [[PUBLIC]]})
    with pytest.raises(FetchFailed, match="CERTIFICATE_VERIFY_FAILED"):
        fetch("https://harbour.example/", access=world.access())
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    assert fetch("https://harbour.example/", access=world.access()).data == PAGE
    with pytest.raises(FetchFailed, match="CERTIFICATE_VERIFY_FAILED"):
        fetch("https://gazette.example/", access=world.access())
    assert world.dialled == [PUBLIC] * 3


def test_hosts_are_allowed_by_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_ALLOW_HOSTS", " Intranet ,[::1], ,127.0.0.1.")
    assert settings().hosts == {"intranet", "::1", "127.0.0.1"}


def test_a_proxy_of_the_user_is_asked_wherever_it_is_and_the_hosts_behind_it_are_told_by_their_spelling(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    world = World(port, {"127.0.0.1": [["127.0.0.1"]]})
    with pytest.raises(FetchFailed, match="such hosts are only asked"):
        fetch("http://169.254.169.254/", access=world.access())
    with pytest.raises(FetchFailed, match="redirects"):  # the tests' server takes the whole address for a path
        fetch("http://harbour.example/", access=world.access())
    assert world.dialled == ["127.0.0.1"]


def test_a_kept_page_is_a_web_archive_with_the_redirects_that_led_to_it(port: int, tmp_path: Path) -> None:
    world = World(port, {"harbour.example": [[PUBLIC]]})
    access = world.access(keep=str(tmp_path / "pages"))
    found = fetch("http://harbour.example/http://harbour.example/", access=access)
    (file,) = (tmp_path / "pages").iterdir()
    digest = hashlib.sha256(PAGE).hexdigest()
    assert found.kept is not None
    assert found.kept.startswith("Retrieved from http://harbour.example/ at 20")
    assert found.kept.endswith(f"; SHA-256 {digest}; kept in {file}.")
    records = [
        (
            one.rec_type,
            one.rec_headers.get_header("WARC-Target-URI"),
            one.http_headers and one.http_headers.get_statuscode(),
            one.content_stream().read(),
        )
        for one in ArchiveIterator(BytesIO(file.read_bytes()), check_digests="raise")
    ]
    assert records[0][0] == "warcinfo"
    assert records[1:] == [
        ("response", "http://harbour.example/http://harbour.example/", "302", PAGE),
        ("response", "http://harbour.example/", "200", PAGE),
    ]


def test_a_folder_in_which_no_page_can_be_kept_is_told_in_one_sentence(port: int, tmp_path: Path) -> None:
    (tmp_path / "pages").write_bytes(b"")
    world = World(port, {"harbour.example": [[PUBLIC]]})
    with pytest.raises(OutputFailed, match="the page cannot be kept there"):
        fetch("http://harbour.example/", access=world.access(keep=str(tmp_path / "pages")))
