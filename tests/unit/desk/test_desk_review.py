"""Deciding at the desk: accept, reject, correct, undo; two people; another run; what leaves the desk."""

import csv
import io
import json

import pytest
from served import Client, statement_ids

from quoth.reports.exports import FORMATS


@pytest.fixture
def mine(client: Client) -> str:
    return client.example()


def api(path: str) -> str:
    return f"/api/examinations/{path.removeprefix('/e/')}"


def verdict(client: Client, path: str, finding: str) -> dict[str, object]:
    return next(one for one in client.get(api(path)).json["verdicts"] if one["statement"] == finding)


def test_a_finding_is_a_suggestion_until_somebody_decides_and_again_when_it_is_undone(client: Client, mine: str):
    first = statement_ids(client.get(mine).text)[0]
    assert verdict(client, mine, first)["review"] is None
    ada = Client(client.port, "ada")
    assert ada.post(f"{mine}/f/{first}/accept?seen=0").place == f"{mine}#{first}"
    assert verdict(client, mine, first)["review"] == {
        **verdict(client, mine, first)["review"], "status": "accepted", "by": "ada"
    }  # fmt: skip
    assert "accepted</b>" in client.get(mine).text
    ada.post(f"{mine}/f/{first}/undo?seen=1")
    assert verdict(client, mine, first)["review"] is None
    assert [one["act"] for one in client.get(f"{api(mine)}/decisions").json["decisions"]] == ["accept", "undo"]


def test_the_second_of_two_reviewers_sees_the_decision_of_the_first(client: Client, mine: str):
    first = statement_ids(client.get(mine).text)[0]
    ada, bel = Client(client.port, "ada"), Client(client.port, "bel")
    ada.post(f"{mine}/f/{first}/reject?seen=0", {"note": "a headline"})
    answer = bel.post(f"{mine}/f/{first}/accept?seen=0")
    assert answer.status == 409
    assert "ada decided on this finding in the meantime (reject)" in answer.text
    assert "a headline" in answer.text
    asked = {"act": "accept", "version": 0}
    refused = bel.call("POST", f"{api(mine)}/findings/{first}/decisions", asked)
    assert (refused.status, refused.json["latest"]["by"]) == (409, "ada")
    assert bel.call("POST", f"{api(mine)}/findings/{first}/decisions", {**asked, "version": 1}).status == 201
    assert verdict(client, mine, first)["review"]["by"] == "bel"


def test_grade_words_and_speaker_can_be_corrected_and_the_verdict_stays_what_it_was(client: Client, mine: str):
    record = client.get(api(mine)).json
    text = record["report"]["text"]
    altered = next(one for one in record["verdicts"] if one["grade"] == "altered")
    finding = altered["statement"]
    fields = {"seen": "0", "grade": "reworded", "words": "almost 40 tonnes of oil", "note": "rounded"}
    fields["speaker"] = "The ministry’s press office"
    assert client.post(f"{mine}/f/{finding}/correct", fields).status == 303
    after = verdict(client, mine, finding)
    start = text.index("almost 40 tonnes of oil")
    assert after["grade"] == "altered"
    assert after["review"]["grade"] == "reworded"
    assert after["review"]["content"] == [[start, start + len("almost 40 tonnes of oil")]]
    assert after["review"]["speaker"]["name"] == "The ministry’s press office"
    assert "corrected to reworded" in client.get(mine).text
    wrong = client.post(f"{mine}/f/{finding}/correct", {**fields, "seen": "1", "words": "nobody wrote this"})
    assert (wrong.status, "must stand in the report" in wrong.text) == (400, True)


def test_another_run_keeps_what_people_decided(client: Client, mine: str):
    first = statement_ids(client.get(mine).text)[0]
    client.post(f"{mine}/f/{first}/accept?seen=0")
    answer = client.followed(client.post(f"{mine}/again"))
    assert "run 2" in answer.text
    assert verdict(client, mine, first)["review"]["status"] == "accepted"


def test_what_people_decided_is_in_every_export(client: Client, mine: str):
    finding = statement_ids(client.get(mine).text)[0]
    fields = {"seen": "0", "grade": "unclear", "note": "=not | sure"}
    client.post(f"{mine}/f/{finding}/correct", fields)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{mine}/export/csv").text)))
    (row,) = [one for one in rows if one["status"] == "corrected"]
    assert (row["decided_grade"], row["note"]) == ("unclear", "'=not | sure")
    (line,) = client.get(f"{mine}/export/training").text.splitlines()
    made = json.loads(line)
    assert (made["grade"], made["status"]) == ("unclear", "corrected")
    assert made["reported"]
    assert "=not \\| sure" in client.get(f"{mine}/export/corrections").text
    assert "=not | sure" in client.get("/corrections").text
    listed = client.get("/api/corrections").json["corrections"]
    assert mine.removeprefix("/e/") in {one["examination"] for one in listed}
    assert client.get(f"{mine}/export/html").text.startswith("<!doctype html>")
    assert client.get(f"{mine}/export/exe").status == 404


def test_every_form_that_can_be_made_here_says_what_a_person_stands_for(client: Client, mine: str):
    record = client.get(api(mine)).json
    finding = next(one["statement"] for one in record["verdicts"] if one["grade"] == "altered")
    rejected = next(one["statement"] for one in record["verdicts"] if one["grade"] == "reworded")
    ada = Client(client.port, "Ada Venn")
    ada.post(f"{mine}/f/{finding}/accept?seen=0")
    Client(client.port, "Otto Vale").post(f"{mine}/f/{rejected}/reject?seen=0")
    for kind in FORMATS:
        answer = client.get(f"{mine}/export/{kind}")
        if kind == "pdf" and answer.status == 400:
            assert "pip install" in answer.text
            continue
        assert answer.status == 200, kind
        assert answer.headers["content-type"].startswith(FORMATS[kind].media_type)
    assert "Ada Venn" in client.get(f"{mine}/export/md").text
    graph = client.get(f"{mine}/export/jsonld").json["@graph"]
    assert [one["author"]["name"] for one in graph if one["@type"] == "ClaimReview"] == ["Ada Venn"]
    assert [one.get("creativeWorkStatus") for one in graph][-1] == "rejected"


def test_a_correction_that_somebody_else_accepts_stays_in_the_log_of_corrections(client: Client, mine: str):
    finding = statement_ids(client.get(mine).text)[0]
    client.post(f"{mine}/f/{finding}/correct", {"seen": "0", "grade": "unclear"})
    Client(client.port, "bel").post(f"{mine}/f/{finding}/accept?seen=1")
    told = [one for one in client.get("/api/corrections").json["corrections"] if one["examination"] in mine]
    assert [(one["by"], one["decided"].partition(";")[0]) for one in told] == [("bel", "unclear")]
    client.post(f"{mine}/f/{finding}/undo?seen=2")
    client.post(f"{mine}/f/{finding}/undo?seen=3")
    client.post(f"{mine}/f/{finding}/accept?seen=4")
    assert not [one for one in client.get("/api/corrections").json["corrections"] if one["examination"] in mine]


def test_two_entities_can_be_made_one_and_one_two_and_both_undone(client: Client, mine: str):
    record = client.get(api(mine)).json
    speaking = {one["speaker"] for one in record["statements"] if one["speaker"]}
    keep, other = sorted(speaking)[:2]
    names = {one["id"]: one["name"] for one in record["entities"]}
    client.post(f"{mine}/entities", {"act": "merge", "entity": keep, "other": other, "seen": "0"})
    page = client.get(f"{mine}/entities").text
    assert f"also: <bdi>{names[other]}" in page or f"<bdi>{names[other]}</bdi>" in page
    assert len(speaking) - page.count('class="dk-who"') == 1
    own = next(one["id"] for one in record["statements"] if one["speaker"] == keep)
    client.post(f"{mine}/entities", {"act": "split", "entity": keep, "other": own, "name": "Orla Venn", "seen": "0"})
    assert "Orla Venn" in client.get(f"{mine}/entities").text
    for one in client.get(f"{api(mine)}/decisions").json["decisions"]:
        client.post(f"{mine}/entities", {"act": "undo", "finding": one["finding"], "seen": str(one["version"])})
    page = client.get(f"{mine}/entities").text
    assert page.count('class="dk-who"') == len(speaking)
    assert '<h3 dir="auto">Orla Venn</h3>' not in page


def test_a_speaker_has_a_page_of_all_that_was_reported(client: Client, mine: str):
    listed = client.get("/api/speakers").json["speakers"]
    assert listed
    page = client.get(f"/speakers/{listed[0]['key'].replace(' ', '%20')}")
    assert page.status == 200
    assert mine in page.text


def test_what_is_deleted_is_gone(client: Client, mine: str):
    first = statement_ids(client.get(mine).text)[0]
    client.post(f"{mine}/f/{first}/accept?seen=0")
    assert client.post(f"{mine}/delete").place == "/examinations"
    assert client.get(mine).status == 404
    assert mine not in client.get("/examinations").text


def test_a_script_gets_the_actions_of_one_finding_instead_of_a_page(client: Client, mine: str):
    first = statement_ids(client.get(mine).text)[0]
    answer = client.post(f"{mine}/f/{first}/accept?seen=0", quoth_fragment="1")
    assert answer.text.startswith("<p class=dk-act data-seen=1>")
    assert f"href=?f={first}>" in answer.text


def test_whole_numbers_may_be_written_with_a_point_and_others_are_refused(client: Client, mine: str):
    finding = statement_ids(client.get(mine).text)[0]
    place = f"{api(mine)}/findings/{finding}/decisions"
    for wrong in (0.5, True, "0", -1, None):
        assert client.call("POST", place, {"act": "accept", "version": wrong}).status == 400
    assert client.call("POST", place, {"act": "correct", "version": 0.0, "content": [[3.0, 9]]}).status == 201
    assert verdict(client, mine, finding)["review"]["content"] == [[3, 9]]
