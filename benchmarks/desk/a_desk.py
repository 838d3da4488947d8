"""A desk in a process of its own, and requests of its API; what the benchmarks here share."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
PATIENCE = 90.0  # seconds for a desk to open


def call(port: int, method: str, path: str, record: object = None) -> tuple[int, dict[str, object]]:
    """One request of the API: status and answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = None if record is None else json.dumps(record)
        connection.request(method, path, body, {"content-type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def opened(port: int, where: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A desk that answers at a port, until the block is left."""
    command = [sys.executable, "-m", "quoth", "serve", "--port", str(port), *where]
    desk = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                call(port, "GET", "/api/examinations")
                break
            except OSError:
                if time.monotonic() > ends or desk.poll() is not None:
                    raise
                time.sleep(0.05)
        yield desk
    finally:
        desk.kill()
        desk.wait()


def examined(port: int) -> tuple[str, list[str]]:
    """The example story, examined: its id and its findings."""
    given = {
        "report": {"text": (EXAMPLES / "gazette.txt").read_text()},
        "sources": [{"text": (EXAMPLES / "statement.txt").read_text()}],
    }
    _, job = call(port, "POST", "/api/jobs", given)
    while job["state"] in {"waiting", "running"}:
        time.sleep(0.05)
        _, job = call(port, "GET", f"/api/jobs/{job['id']}")
    _, made = call(port, "GET", f"/api/examinations/{job['examination']}")
    verdicts = made["verdicts"]
    assert isinstance(verdicts, list)
    return str(job["examination"]), [one["statement"] for one in verdicts]
