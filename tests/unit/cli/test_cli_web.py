"""The options of commands that fetch addresses."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

NOTICE = b"Notice of the harbour master\n\nThe pier is closed, and no boat may leave.\n"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(NOTICE)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/notice"
        running.shutdown()
        thread.join()


def quoth(*arguments: str, **settings: str) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    command = [sys.executable, "-m", "quoth", *arguments]
    return subprocess.run(command, env={**environment, **settings}, capture_output=True, text=True, check=False)


def test_a_host_of_this_machine_is_refused_with_the_option_that_allows_it(address: str) -> None:
    told = quoth("statements", address, "--rules")
    assert told.returncode == 2
    assert told.stderr == (
        f"quoth: {address}: the host 127.0.0.1 is an address of this machine; such hosts are only asked if you allow"
        " them (--allow-host 127.0.0.1).\n"
    )


@pytest.mark.parametrize("settings", [{}, {"QUOTH_ALLOW_HOSTS": "127.0.0.1"}])
def test_a_host_is_allowed_by_an_option_or_a_setting(address: str, settings: dict[str, str]) -> None:
    option = () if settings else ("--allow-host", "127.0.0.1")
    told = quoth("statements", address, "--json", "--rules", *option, **settings)
    assert told.returncode == 0
    assert "The pier is closed" in told.stdout


def test_a_page_is_kept_where_the_user_asks_and_the_document_says_so(address: str, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    options = ("--allow-host", "127.0.0.1", "--keep-pages", str(pages))
    told = quoth("archive", "add", str(tmp_path / "desk"), address, *options)
    assert told.returncode == 0
    (file,) = pages.iterdir()
    assert f"kept in {file}." in told.stderr
