"""What a person decided reaches every page and everything that leaves the desk."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from served import Client, desk

from quoth.desk.accounts import Role
from quoth.desk.deciding import Asked, decide
from quoth.desk.examinations import Examinations
from quoth.desk.settings import Settings
from quoth.models.ports import RULES_ONLY
from quoth.pipeline.examine import examine
from quoth.reading import read_text
from quoth.reports import to_json
from quoth.review import Act, Database
from quoth.types import Span


@pytest.fixture
def mine(client: Client) -> str:
    return client.example()


@pytest.fixture
def altered(client: Client, mine: str) -> str:
    """The id of the finding that is graded altered."""
    record = client.get(f"/api/examinations{mine.removeprefix('/e')}").json
    return next(str(one["statement"]) for one in record["verdicts"] if one["grade"] == "altered")


def points(page: str) -> str:
    """What a page of an examination opens with."""
    return page.partition('<ol class="points">')[2].partition("</ol>")[0]


def all_count(page: str) -> int:
    found = re.search(r'for="show-all"><b>(\d+)</b>', page)
    assert found
    return int(found[1])


def listed(client: Client, mine: str) -> dict[str, object]:
    entries = client.get("/api/examinations").json["examinations"]
    return next(one for one in entries if one["id"] == mine.removeprefix("/e/"))


def speaker_of(client: Client, mine: str, finding: str) -> dict[str, str]:
    """The row of a finding on the page of its speaker."""
    for speaker in client.get("/api/speakers").json["speakers"]:
        for row in client.get(f"/api/speakers/said?key={speaker['key'].replace(' ', '%20')}").json["statements"]:
            if row["examination"] == mine.removeprefix("/e/") and row["finding"] == finding:
                return {**row, "key": speaker["key"], "many": speaker["statements"]}
    return {}


def rows(client: Client, mine: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"{mine}/export/csv").text)))


def test_a_rejected_finding_is_last_struck_through_and_counted_nowhere(client: Client, mine: str, altered: str):
    before, first, row = client.get(mine).text, listed(client, mine), speaker_of(client, mine, altered)
    assert "how sure" in points(before)
    client.post(f"{mine}/f/{altered}/reject?seen=0", {"note": "as the log has it"})
    page = client.get(mine).text
    assert "how sure" not in points(page)
    assert all_count(page) == all_count(before) - 1
    assert page.index(f"id={altered}") > page.index('class="group g-rejected"') > page.index('class="group g-')
    assert f"<b id={altered}>" in page
    assert "<s><bdi>" in page.partition('class="group g-rejected"')[2]
    now = listed(client, mine)
    assert now["findings"] == first["findings"] - 1
    assert now["counts"].get("altered", 0) == first["counts"]["altered"] - 1
    after = speaker_of(client, mine, altered)
    assert (after["status"], after["many"]) == ("rejected", row["many"] - 1)
    speaker = client.get(f"/speakers/{row['key'].replace(' ', '%20')}").text
    assert "rejected by" in speaker
    struck = [one.startswith("<s>") for one in speaker.split("<li>") if "/e/" in one]
    assert struck == sorted(struck)
    assert struck[-1]
    last = rows(client, mine)[-1]
    assert (last["status"], last["grade"], last["decided_grade"], last["confidence"]) == ("rejected", "", "", "")
    assert (last["suggested_grade"], last["note"]) == ("altered", "as the log has it")
    client.post(f"{mine}/f/{altered}/undo?seen=1")
    assert points(client.get(mine).text) == points(before)
    assert listed(client, mine)["counts"] == first["counts"]
    assert speaker_of(client, mine, altered) == row


def test_corrected_speaker_words_and_grade_are_what_every_page_and_table_tells(client: Client, mine: str, altered: str):
    old = speaker_of(client, mine, altered)
    fields = {"seen": "0", "grade": "reworded", "speaker": "Orla Venn", "words": "almost 40 tonnes of oil",
              "note": "rounded"}  # fmt: skip
    client.post(f"{mine}/f/{altered}/correct", fields)
    page = client.get(mine).text
    assert "how sure" not in points(page)
    card = page.partition(f"<a href=#{altered} id={altered}>")[0].rpartition("<details")[2]
    assert "<b>reworded</b>" in card
    assert "<b>Orla Venn</b>" in card
    assert "corrected to reworded</b>" in page
    assert "(Quoth: altered" in page
    new = speaker_of(client, mine, altered)
    assert (new["speaker"], new["words"], new["grade"]) == ("Orla Venn", "almost 40 tonnes of oil", "reworded")
    assert "“" + old["speaker"] + "” → “Orla Venn”" in new["decided"]
    row = next(one for one in rows(client, mine) if one["status"] == "corrected")
    assert (row["speaker"], row["words"], row["grade"]) == ("Orla Venn", "almost 40 tonnes of oil", "reworded")
    assert (row["suggested_speaker"], row["suggested_grade"]) == (old["speaker"], "altered")
    alone = client.get(f"{mine}/export/html").text
    assert "corrected to reworded, speaker “" in alone
    assert "Orla Venn" in client.get(f"{mine}/entities").text
    record = client.get(f"/api/examinations{mine.removeprefix('/e')}").json
    stands = next(one for one in record["as_reviewed"] if one["statement"] == altered)
    assert (stands["status"], stands["grade"], stands["speaker"]) == ("corrected", "reworded", "Orla Venn")


def test_another_run_keeps_what_lists_and_speakers_pages_tell(client: Client, mine: str, altered: str):
    client.post(f"{mine}/f/{altered}/reject?seen=0")
    before = listed(client, mine)
    assert "run 2" in client.followed(client.post(f"{mine}/again")).text
    assert listed(client, mine)["counts"] == before["counts"]
    assert speaker_of(client, mine, altered)["status"] == "rejected"


def test_a_script_is_told_when_a_decision_alters_more_than_one_card(client: Client, mine: str, altered: str):
    told = client.post(f"{mine}/f/{altered}/accept?seen=0", quoth_fragment="1")
    assert "quoth-changed" not in told.headers
    told = client.post(f"{mine}/f/{altered}/reject?seen=1", quoth_fragment="1")
    assert told.headers["quoth-changed"] == "1"
    assert "rejected</b>" in told.text


def test_only_an_admin_deletes_an_examination_on_which_somebody_else_decided(tmp_path: Path):
    with desk(Settings(port=0, rules=True, store=tmp_path, team=True)) as (visitor, made):
        assert made.accounts
        people = {}
        for name, role in (("ada", Role.REVIEWER), ("bel", Role.REVIEWER), ("cyd", Role.ADMIN)):
            made.accounts.add(name, role, "correct horse battery")
            people[name] = Client(visitor.port)
            people[name].post("/sign-in", {"name": name, "password": "correct horse battery"})
        ada, bel, cyd = people.values()
        mine = ada.example()
        assert "Delete for good" in ada.get(mine).text
        finding = re.search(r"id=(s[0-9a-f]{12})", ada.get(mine).text)[1]  # type: ignore[index]
        bel.post(f"{mine}/f/{finding}/accept?seen=0")
        assert "Delete for good" not in ada.get(mine).text
        refused = ada.post(f"{mine}/delete")
        assert (refused.status, "somebody else decided" in refused.text) == (403, True)
        assert ada.call("DELETE", f"/api/examinations{mine.removeprefix('/e')}").status == 403
        assert ada.get(mine).status == 200
        assert cyd.post(f"{mine}/delete").place == "/examinations"
        assert ada.get(mine).status == 404


def test_a_desk_that_was_kept_before_lists_its_speakers_as_they_stand(tmp_path: Path):
    with desk(Settings(port=0, rules=True, store=tmp_path)) as (client, made):
        mine = client.example()
        speakers = client.get("/api/speakers").json
        assert made.kept
        for table in ("reported", "texts"):  # which desks did not have then
            made.kept.database.run(f"DELETE FROM {table}")
    with desk(Settings(port=0, rules=True, store=tmp_path)) as (client, _):
        assert client.get("/api/speakers").json == speakers
        assert client.get(mine).status == 200


def test_a_finding_that_another_run_ends_sooner_can_be_decided_on_and_undone(tmp_path: Path):
    made = Examinations(Database(file=tmp_path / "desk.sqlite"))
    report = read_text("Brenn said: “The pier is shut for the whole of the summer.”", "report")
    source = read_text("BRENN: The pier is shut for the whole of the summer.", "source")
    first = examine(report, [source], RULES_ONLY)
    id_ = made.put(json.dumps(to_json(first)), by="ada")
    entry = made.entry(id_)
    assert entry
    finding = first.statements[0].id
    decide(made, entry, finding, Asked(Act.REJECT, 0), "ada")
    (span,) = first.statements[0].content
    other = replace(first.statements[0], id="s0", content=(Span(span.start, span.end - 1),))
    again = replace(first, statements=(other,), verdicts=(replace(first.verdicts[0], statement="s0"),))
    made.put(json.dumps(to_json(again)), by="ada", id_=id_)
    now = made.entry(id_)
    assert now
    assert (now.run, now.findings) == (2, 0)
    decide(made, now, "s0", Asked(Act.UNDO, 1), "bel")
    decide(made, now, "s0", Asked(Act.ACCEPT, 2), "bel")
    assert [one.act for one in made.log.of_finding(id_, finding)] == [Act.REJECT, Act.UNDO, Act.ACCEPT]
    assert made.reviewed(now).findings["s0"].standing.status == "accepted"
