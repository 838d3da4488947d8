"""What goes wrong between two acts, and what no page of the desk would send."""

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from served import Client, desk, statement_ids
from servers import NoServerError, postgres

from quoth.desk.accounts import Accounts, Person, Refused, Role
from quoth.desk.deciding import Asked, decide
from quoth.desk.examination_pages import delete_as
from quoth.desk.examinations import Examinations
from quoth.desk.rooms import Desk, opened
from quoth.desk.settings import Settings
from quoth.pipeline.examine import examine
from quoth.reading import read_text
from quoth.reports import to_json
from quoth.review import Act, Database
from quoth.types import ArchiveError, UnusableInput

WORDS = "a password of many letters"


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Desk]]:
    place = Settings(port=0, rules=True, team=True, store=tmp_path_factory.mktemp("attacked"))
    base = opened(place)
    assert base
    accounts = Accounts(base)
    for name, role in (("rev", Role.REVIEWER), ("adm", Role.ADMIN)):
        accounts.add(name, role, WORDS)
    base.close()
    with desk(place) as made:
        yield made


def signed_in(team: tuple[Client, Desk], name: str, password: str = WORDS) -> Client:
    client = Client(team[0].port)
    assert client.post("/sign-in", {"name": name, "password": password}).status == 303
    return client


def long_story() -> str:
    return "\n\n".join(f"Mayor {n} said that pier {n} is closed. “Pier {n} is wet,” she said." for n in range(200))


def examined(client: Client, **more: object) -> str:
    """The id of a long examination."""
    record = {"report": {"text": long_story()}, "sources": [{"text": long_story().replace("closed", "open")}], **more}
    job = client.call("POST", "/api/jobs", record).json["id"]
    client.get(f"/api/jobs/{job}/events")
    return str(client.get(f"/api/jobs/{job}").json["examination"])


@pytest.mark.parametrize("keep", [False, True])
def test_what_is_deleted_while_it_is_examined_again_does_not_come_back(team: tuple[Client, Desk], keep: bool):
    client = signed_in(team, "rev")
    id_ = examined(client, keep=keep)
    known = {one["id"] for one in client.get("/api/examinations").json["examinations"]}
    job = client.post(f"/e/{id_}/again").place
    assert client.post(f"/e/{id_}/delete").place == "/examinations"
    client.get(f"{job}/events")
    assert client.get(f"/api{job}").json["message"].startswith("This examination was deleted meanwhile")
    assert {one["id"] for one in client.get("/api/examinations").json["examinations"]} == known - {id_}
    kept = team[1].kept
    assert kept
    assert kept.record(id_) is None


def test_deleting_between_the_look_and_the_keeping_is_seen_too(team: tuple[Client, Desk]):
    client = signed_in(team, "rev")
    path = client.example()
    kept = team[1].kept
    assert kept
    id_ = path.removeprefix("/e/")
    record = client.get(f"/api/examinations/{id_}").body.decode()
    client.post(f"{path}/delete")
    with pytest.raises(UnusableInput, match="deleted meanwhile"):
        kept.put(record, by="rev", id_=id_)
    assert kept.entry(id_) is None


def test_a_password_with_spaces_at_its_ends_lets_its_owner_in(team: tuple[Client, Desk]):
    typed = "  two spaces before and one behind "
    adm = signed_in(team, "adm")
    adm.post("/people", {"act": "add", "name": "spa", "role": "reader", "password": typed})
    assert signed_in(team, "spa", typed).get("/").status == 200


@pytest.mark.parametrize("encoding", ["undefined", "punycode"])
def test_a_form_in_an_encoding_that_is_none_is_refused_in_a_sentence(team: tuple[Client, Desk], encoding: str):
    body = b'--m\r\ncontent-disposition: form-data; name="report_text"\r\n\r\n\xff\xfe-\xff\r\n--m--\r\n'
    kind = f"multipart/form-data; charset={encoding}; boundary=m"
    answer = signed_in(team, "rev").ask("POST", "/examine", body, content_type=kind)
    assert (answer.status, "no encoding of text" in answer.text) == (400, True)


def test_half_of_a_surrogate_pair_in_a_note_is_kept_as_a_question_mark(team: tuple[Client, Desk]):
    client = signed_in(team, "rev")
    path = client.example()
    finding = statement_ids(client.get(path).text)[0]
    body = b'--m\r\ncontent-disposition: form-data; name="note"\r\n\r\nhalf \\ud800 of it\r\n--m--\r\n'
    kind = "multipart/form-data; charset=unicode_escape; boundary=m"
    assert client.ask("POST", f"{path}/f/{finding}/accept", body, content_type=kind).status == 303
    assert "half ? of it" in client.get(f"{path}/f/{finding}").text


def test_a_bookmarklet_reaches_the_form_of_who_has_signed_in(team: tuple[Client, Desk]):
    """No browser sends the cookie (`SameSite=Lax`) with a form of another site."""
    sent = {"title": "Ferry late", "address": "https://orl.example/1", "text": "She said: “<b>Late</b>.”"}
    stranger = Client(team[0].port)
    passed = stranger.post("/prefill", sent, origin="https://orl.example", sec_fetch_site="cross-site")
    assert (passed.status, "“&lt;b&gt;Late&lt;/b&gt;.”" in passed.text) == (200, True)
    on = {"on": "1", **sent}
    assert (
        "“&lt;b&gt;Late&lt;/b&gt;.”" in signed_in(team, "rev").post("/prefill", on, sec_fetch_site="same-origin").text
    )
    assert stranger.post("/prefill", on, sec_fetch_site="same-origin").place == "/sign-in"


def test_jobs_wait_while_the_machine_has_no_room_for_a_process(monkeypatch: pytest.MonkeyPatch):
    start, refused = SpawnProcess.start, [True]

    def started(self: SpawnProcess) -> None:
        if refused:
            refused.clear()
            raise BlockingIOError(11, "Resource temporarily unavailable")
        start(self)

    monkeypatch.setattr(SpawnProcess, "start", started)
    with desk(Settings(port=0, rules=True, workers=1)) as (client, _):
        assert client.example().startswith("/e/")


class Full:
    """A connection on whose disk there is no room to write; SQLite itself rolls back then."""

    def __init__(self, real: sqlite3.Connection) -> None:
        self.real, self.full = real, False

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        if self.full and statement.startswith("INSERT"):
            self.real.execute("ROLLBACK")
            raise sqlite3.OperationalError("database or disk is full")
        return self.real.execute(statement, values)


def test_a_disk_that_was_full_leaves_the_database_readable_and_writable_again(tmp_path: Path):
    base = Database(file=tmp_path / "desk.sqlite")
    base.make(["CREATE TABLE words (word TEXT)"])
    base.run("INSERT INTO words VALUES (?)", "before")
    base._connection = full = Full(base._connection)
    full.full = True
    with pytest.raises(ArchiveError, match="full"), base.transaction():
        base.run("INSERT INTO words VALUES (?)", "no room")
    assert base.rows("SELECT word FROM words") == [("before",)]
    full.full = False
    with base.transaction():
        base.run("INSERT INTO words VALUES (?)", "after")
    assert base.rows("SELECT word FROM words") == [("before",), ("after",)]


@pytest.mark.postgres
def test_no_desk_deletes_what_somebody_decides_on_at_another_desk():
    record = to_json(examine(read_text("The mayor said: “It is late.”", "a"), [read_text("It is late.", "b")]))
    with contextlib.ExitStack() as left:
        try:
            address = left.enter_context(postgres())
        except NoServerError as problem:
            pytest.skip(str(problem))
        here, there = (Examinations(Database(address=address)) for _ in range(2))
        left.callback(here.database.close)
        left.callback(there.database.close)
        entry = here.entry(here.put(json.dumps(record), by="rev"))
        assert entry
        finding = here.examination(entry).statements[0].id
        asked = Asked(Act.ACCEPT, 0)
        rooms = SimpleNamespace(delete=lambda where, one, _: where.forget(one.id))
        with ThreadPoolExecutor(1) as other:
            with there.deciding(entry):
                decide(there, entry, finding, asked, "rio")
                deleted = other.submit(delete_as, Person("rev", Role.REVIEWER), rooms, here, entry)
                time.sleep(0.5)  # for the look to be over, if it does not wait
            with pytest.raises(Refused, match="somebody else decided"):
                deleted.result(30)
        assert [one.by for one in here.log.of(entry.id)] == ["rio"]
