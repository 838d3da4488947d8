"""What a request must pass: host, origin, size; and what an answer says to the browser."""

import re

import pytest
from served import Client, desk

from quoth.desk.settings import Settings
from quoth.types import UnusableArguments


@pytest.mark.parametrize("host", ["orl.example", "127.0.0.1.orl.example:80", "", "localhost.orl.example"])
def test_a_name_elsewhere_that_leads_to_this_machine_is_turned_away(client: Client, host: str):
    assert client.get("/", host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "[::1]:9"])
def test_the_names_of_this_machine_are_let_in(client: Client, host: str):
    assert client.get("/", host=host).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://orl.example"},
        {"origin": "null"},
    ],
)
def test_a_form_of_another_site_changes_nothing(client: Client, examined: str, headers: dict[str, str]):
    assert client.post(f"{examined}/delete", **headers).status == 403
    assert client.get(examined).status == 200


def test_more_than_a_request_may_bring_is_refused_however_it_is_sent():
    with desk(Settings(port=0, rules=True, largest=50_000)) as (client, _):
        assert client.send("/examine", {"report_text": "a" * 60_000}, {}).status == 413
        parts = iter([b"a" * 30_000, b"a" * 30_000])
        assert client.ask("POST", "/examine", parts, content_type="text/plain").status in {400, 413}
        assert client.ask("POST", "/api/compare", iter([b"a" * 30_000] * 2)).status == 413


def test_every_answer_forbids_foreign_scripts_frames_and_caches(client: Client, examined: str):
    for path in ("/", examined, "/nothing", "/api/examinations"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_has_a_script_or_style_that_the_policy_would_stop(client: Client, examined: str):
    for path in ("/", examined, f"{examined}/entities", "/settings", "/help"):
        page = client.get(path)
        assert not re.findall(r"\son\w+=|\sstyle=", re.sub(r">[^<]*<", "><", page.text))
        for tag in re.findall(r"<(?:script|style)\b[^>]*>", page.text):
            assert 'src="/static/' in tag


def test_a_hostile_document_stays_text(client: Client):
    evil = '<script>alert(1)</script> The mayor said: “<img src=x onerror=alert(1)> is closed.” "><svg onload=alert(1)>'
    answer = client.followed(
        client.send("/examine", {"report_text": evil, "source_text": "It is closed, she said."}, {})
    )
    assert answer.status == 200
    assert "alert(1)" in answer.text
    assert not re.findall(r"<(?:img|svg)\b|<script>alert", answer.text)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(host="0.0.0.0"), "add --team"),
        (Settings(team=True), "needs a place for accounts"),
        (Settings(team=True, database="x", host="0.0.0.0"), "--name"),
    ],
)
def test_a_desk_that_others_could_reach_unasked_is_not_opened(settings: Settings, told: str):
    with pytest.raises(UnusableArguments, match=told):
        settings.checked()
