"""From documents to a marked page: files, pasted text, jobs, and what is refused."""

import io
import json
import re
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from served import EXAMPLES, Client, desk, statement_ids

from quoth.desk.settings import Settings
from quoth.fetching import ALLOWED

GAZETTE, STATEMENT = ((EXAMPLES / name).read_bytes() for name in ("gazette.txt", "statement.txt"))


def test_two_dropped_files_lead_to_a_marked_page_with_an_address_of_its_own(client: Client, examined: str):
    page = client.get(examined)
    assert page.status == 200
    assert "almost" in page.text
    record = client.get(f"/api/examinations/{examined.removeprefix('/e/')}").json
    assert set(statement_ids(page.text)) == {verdict["statement"] for verdict in record["verdicts"]}
    assert len(record["verdicts"]) > 5


def test_of_examinations_that_end_within_one_second_the_last_is_listed_first(client: Client):
    listed = []
    for number in range(8):
        fields = {"report_text": f"Mayor Dune said that {number} lamps burn.", "source_text": f"{number} lamps burn."}
        client.followed(client.send("/examine", fields, {}))
        listed.append(client.get("/api/examinations").json["examinations"][0]["id"])
    assert len(set(listed)) == len(listed)


def test_lists_count_the_gravest_grades_first(client: Client, examined: str):
    row = client.get("/examinations").text.split(f'href="{examined}"')[1].split("</li>")[0]
    told = re.findall(r"\d+ (altered|spliced|not found|unclear|reworded|abridged|verbatim)", row)
    weight = ["altered", "spliced", "not found", "unclear", "reworded", "abridged", "verbatim"]
    assert len(told) > 2
    assert told == sorted(told, key=weight.index)


def test_pasted_text_is_examined_as_a_file_is(client: Client, examined: str):
    fields = {"report_text": GAZETTE.decode().replace("\n", "\r\n"), "source_text": STATEMENT.decode(), "forget": "1"}
    answer = client.followed(client.send("/examine", fields, {}))
    assert len(statement_ids(answer.text)) == len(statement_ids(client.get(examined).text))


def test_a_report_without_a_source_is_refused_in_a_sentence_and_its_text_is_still_there(client: Client):
    answer = client.send("/examine", {"report_text": "The mayor said that it rains."}, {})
    assert answer.status == 400
    assert "Give at least one source" in answer.text
    assert "The mayor said that it rains." in answer.text


def test_a_report_that_is_its_own_source_ends_the_job_with_a_sentence(client: Client):
    same = {"report_text": GAZETTE.decode(), "source_text": GAZETTE.decode()}
    answer = client.followed(client.send("/examine", same, {}))
    assert "a report cannot be its own source" in answer.text


def test_a_path_of_this_machine_is_no_address(client: Client):
    fields = {"report_address": "/etc/passwd", "source_text": STATEMENT.decode()}
    answer = client.followed(client.send("/examine", fields, {}))
    assert "this is no address" in answer.text
    assert "root:" not in answer.text


def test_the_events_of_a_job_end_with_its_examination(client: Client):
    record = {"report": {"text": GAZETTE.decode()}, "sources": [{"text": STATEMENT.decode()}]}
    job = client.call("POST", "/api/jobs", record)
    assert job.status == 202
    events = client.get(f"/api/jobs/{job.json['id']}/events").text
    last = json.loads(events.strip().rpartition("data: ")[2])
    assert last["state"] == "done"
    assert client.get(f"/e/{last['examination']}").status == 200


def test_an_examination_is_there_even_if_nobody_waited_for_it(client: Client):
    record = {"report": {"text": GAZETTE.decode(), "name": "unwatched"}, "sources": [{"text": STATEMENT.decode()}]}
    before = len(client.get("/api/examinations").json["examinations"])
    client.call("POST", "/api/jobs", record)
    ends = time.monotonic() + 60
    while len(client.get("/api/examinations").json["examinations"]) == before:
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_cancelled_job_has_no_result_and_the_next_one_is_done(client: Client):
    long = "\n\n".join(f"Mayor {n} said that pier {n} is closed. “Pier {n} is not safe,” she said." for n in range(600))
    record = {"report": {"text": long}, "sources": [{"text": long.replace("closed", "open")}]}
    job = client.call("POST", "/api/jobs", record).json
    assert client.call("POST", f"/api/jobs/{job['id']}/cancel").json["state"] == "cancelled"
    assert client.get(f"/jobs/{job['id']}").status == 200
    assert client.example().startswith("/e/")


def test_a_bookmarklet_fills_the_form_in_and_nothing_more(client: Client):
    sent = {"title": "Ferry late", "address": "https://orl.example/1", "text": "She said: “<b>Late</b>.”"}
    answer = client.post("/prefill", sent, origin="https://orl.example", sec_fetch_site="cross-site")
    assert answer.status == 200
    assert "She said: “&lt;b&gt;Late&lt;/b&gt;.”" in answer.text


def test_every_page_opens(client: Client, examined: str):
    for path in ("/", "/examinations", "/archive", "/speakers", "/watch", "/corrections", "/settings", "/help",
                 f"{examined}/entities"):  # fmt: skip
        answer = client.get(path)
        assert answer.status == 200, path
        assert "<h1" in answer.text


def test_an_address_where_nothing_is_says_so(client: Client):
    assert client.get("/e/none").status == 404
    assert client.get("/api/examinations/none").json == {"error": "There is nothing at this address."}


def test_files_of_several_documents_give_several_sources_and_what_cannot_be_read_is_named(client: Client):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("statement.txt", STATEMENT)
        archive.writestr("interview.txt", (EXAMPLES / "interview.txt").read_bytes())
        archive.writestr("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    files = {"report_file": ("gazette.txt", GAZETTE), "source_file": ("sources.zip", packed.getvalue())}
    page = client.followed(client.send("/examine", {}, files))
    assert page.text.count('<section id="source-') == 2
    assert "picture.png" in page.text


@contextmanager
def site(body: bytes) -> Iterator[str]:
    """A site of this machine."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/statement"
        server.shutdown()


def test_an_address_of_this_machine_is_not_fetched_unless_it_was_allowed(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    with site(STATEMENT) as address:
        fields = {"report_text": GAZETTE.decode(), "source_address": address}
        refused = client.followed(client.send("/examine", fields, {}))
        assert "--allow-host 127.0.0.1" in refused.text
        assert "knew of 40 tonnes" not in refused.text
        monkeypatch.setenv(ALLOWED, "127.0.0.1")
        with desk(Settings(port=0, rules=True)) as (allowed, _):
            page = allowed.followed(allowed.send("/examine", fields, {}))
            assert "knew of" in page.text
            assert len(statement_ids(page.text)) > 5


@pytest.mark.parametrize("bad", ['"\\ud800"', '"a\\u0000b"'])
def test_what_no_text_has_is_refused_by_the_api_in_a_sentence(client: Client, bad: str):
    body = f'{{"reported": {bad}, "original": "It is late."}}'.encode()
    answer = client.ask("POST", "/api/compare", body)
    assert answer.status == 400
    assert re.search("which no text has|must match", answer.json["error"])


@pytest.mark.parametrize(
    "body", [b"", b"[1]", b"7", b"{", b"[" * 100_000, b'{"a": 1}', b'{"reported": 7, "original": "x"}']
)
def test_a_body_that_is_not_what_an_operation_takes_is_refused_in_a_sentence(client: Client, body: bytes):
    answer = client.ask("POST", "/api/compare", body)
    assert answer.status == 400
    assert answer.json["error"].endswith(".")


def test_the_small_functions_answer_as_their_commands_do(client: Client):
    made = client.call(
        "POST", "/api/compare", {"reported": "Almost every pier is open.", "original": "Every pier is open."}
    )
    assert (made.json["grade"], [one["kind"] for one in made.json["changes"]]) == ("altered", ["hedge"])
    assert client.call("POST", "/api/names", {"a": "Ada Renn", "b": "Otto Vale"}).json["label"] == "different"
    said = client.call("POST", "/api/statements", {"text": "The ferry is late, the mayor of Orl said on Friday."}).json
    assert said["statements"][0]["document"] == said["document"]["id"]
    page = "<html><body><article><p>The ferry is late, the mayor of Orl said.</p></article></body></html>"
    read = client.call("POST", "/api/read", {"html": page, "url": "https://orl.example/1"}).json
    assert (read["url"], "The ferry is late" in read["text"]) == ("https://orl.example/1", True)


def test_the_client_of_the_manual_examines_a_report(client: Client, tmp_path: Path):
    manual = (EXAMPLES.parent / "docs" / "how-to" / "desk.md").read_text()
    lines = [line[4:] for line in manual.partition("## From a program")[2].splitlines() if line.startswith("    ")]
    assert len(lines) <= 10
    code = "\n".join(lines).replace("127.0.0.1:8017", f"127.0.0.1:{client.port}")
    (tmp_path / "report.txt").write_bytes(GAZETTE)
    (tmp_path / "source.txt").write_bytes(STATEMENT)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "'altered'" in done.stdout, done.stderr
