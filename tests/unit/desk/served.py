"""A desk that really listens, and a client that speaks to it as a browser without scripts would."""

import asyncio
import http.client
import json
import re
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import uvicorn

from quoth.desk.rooms import Desk, application
from quoth.desk.serving import configuration, listen
from quoth.desk.settings import Settings

EXAMPLES = Path(__file__).parents[3] / "examples"
PATIENCE = 60.0  # seconds, on a busy machine


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def place(self) -> str:
        return self.headers.get("location", "")


class Client:
    """Somebody at a browser; cookies are kept."""

    def __init__(self, port: int, name: str | None = None) -> None:
        self.port = port
        self.cookies: dict[str, str] = {"quoth_name": name} if name else {}

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, sent)
            found = connection.getresponse()
            answer = Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        finally:
            connection.close()
        for name, value in re.findall(r"^(\w+)=([^;]*)", answer.headers.get("set-cookie", "")):
            self.cookies[name] = value.strip('"')
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> Answer:
        body = urlencode(fields or {}).encode()
        return self.ask("POST", path, body, **{"content_type": "application/x-www-form-urlencoded", **headers})

    def send(self, path: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> Answer:
        """A form with files."""
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\ncontent-disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items()
        ]
        for name, (file, data) in files.items():
            head = f'--{mark}\r\ncontent-disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'
            parts.append(head.encode() + data + b"\r\n")
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        return self.ask("POST", path, body, content_type=f"multipart/form-data; boundary={mark}")

    def call(self, method: str, path: str, record: object = None, **headers: str) -> Answer:
        """The JSON API."""
        body = None if record is None else json.dumps(record).encode()
        return self.ask(method, path, body, **{"content_type": "application/json", **headers})

    def followed(self, answer: Answer) -> Answer:
        """The page that an answer leads to, once a job that stands between has ended."""
        while answer.status == 303:
            path = urlsplit(answer.place).path
            if path.startswith("/jobs/"):
                self.get(f"{path}/events")  # ends with the job
            answer = self.get(path)
        return answer

    def example(self, **fields: str) -> str:
        """Have the example story examined; the path of the examination."""
        files = {side: (name, (EXAMPLES / name).read_bytes())
                 for side, name in (("report_file", "gazette.txt"), ("source_file", "statement.txt"))}  # fmt: skip
        answer = self.send("/examine", fields, files)
        while answer.place.startswith("/jobs/"):
            self.get(f"{answer.place}/events")
            answer = self.get(answer.place)
        assert answer.status == 303, answer.text
        assert answer.place.startswith("/e/"), answer.place
        return answer.place


@contextmanager
def desk(settings: Settings) -> Iterator[tuple[Client, Desk]]:
    """A desk that listens at a port of its own until the block is left."""
    listening = listen(settings)
    app = application(settings)
    server = uvicorn.Server(configuration(app))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
    thread.start()
    try:
        yield Client(listening.getsockname()[1]), app.state.desk
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


def statement_ids(page: str) -> list[str]:
    """The ids of the findings of a page, in its order."""
    return list(dict.fromkeys(re.findall(r"\bid=(s[0-9a-f]{12})\b", page)))
