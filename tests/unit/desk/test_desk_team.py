"""A desk where people sign in: roles, sessions, tokens, limits, the audit; in a file and in PostgreSQL."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Client, desk, statement_ids
from servers import NoServerError, postgres

from quoth.desk.accounts import LOGIN_SECONDS, LOGINS, Accounts, Role
from quoth.desk.rates import Rates
from quoth.desk.rooms import opened
from quoth.desk.settings import Settings

WORDS = "a password of many letters"


@pytest.fixture(params=["file", pytest.param("database", marks=pytest.mark.postgres)], scope="module")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    if request.param == "file":
        yield Settings(port=0, rules=True, team=True, store=tmp_path_factory.mktemp("team"))
        return
    try:
        with postgres() as address:
            yield Settings(port=0, rules=True, team=True, database=address)
    except NoServerError as problem:
        pytest.skip(str(problem))


@pytest.fixture(scope="module")
def team(place: Settings) -> Iterator[Client]:
    base = opened(place)
    assert base
    accounts = Accounts(base)
    for name, role in (("rea", Role.READER), ("rev", Role.REVIEWER), ("rio", Role.REVIEWER), ("adm", Role.ADMIN)):
        accounts.add(name, role, WORDS)
    base.close()
    with desk(place) as (client, _):
        yield client


def signed_in(team: Client, name: str) -> Client:
    client = Client(team.port)
    answer = client.post("/sign-in", {"name": name, "password": WORDS})
    assert (answer.status, answer.place) == (303, "/")
    return client


@pytest.fixture(scope="module")
def story(team: Client) -> str:
    return signed_in(team, "rev").example()


def test_who_has_not_signed_in_sees_nothing(team: Client, story: str):
    stranger = Client(team.port)
    for path in ("/", story, f"{story}/export/json", "/examinations", "/people", "/nothing"):
        answer = stranger.get(path)
        assert (answer.status, answer.place) == (303, "/sign-in"), path
    for path in ("/api/examinations", "/api/openapi.json"):
        assert stranger.get(path).status == 401
    assert stranger.post(f"{story}/delete").status == 303
    assert stranger.get("/sign-in").status == 200


def test_a_wrong_password_and_an_unknown_name_are_refused_in_the_same_words(team: Client):
    told = [Client(team.port).post("/sign-in", {"name": name, "password": "wrong"}) for name in ("rea", "nobody")]
    assert [one.status for one in told] == [403, 403]
    assert told[0].text == told[1].text.replace('value="nobody"', 'value="rea"')
    assert "The name or the password is wrong." in told[0].text


def test_a_reader_reads_and_changes_nothing(team: Client, story: str):
    reader = signed_in(team, "rea")
    page = reader.get(story)
    finding = statement_ids(page.text)[0]
    assert "data-act" not in page.text
    assert reader.post(f"{story}/f/{finding}/accept?seen=0").status == 403
    assert reader.post(f"{story}/delete").status == 403
    assert reader.post(f"{story}/again").status == 403
    assert reader.send("/examine", {"report_text": "a", "source_text": "b"}, {}).status == 403
    assert reader.call("POST", "/api/compare", {"reported": "a", "original": "b"}).status == 403
    assert reader.get("/people").status == 403
    assert reader.post("/people", {"act": "add", "name": "x", "role": "admin", "password": WORDS}).status == 403


def test_a_reviewer_decides_and_deletes_their_own_only(team: Client, story: str):
    rio = signed_in(team, "rio")
    finding = statement_ids(rio.get(story).text)[-1]
    assert rio.post(f"{story}/f/{finding}/accept?seen=0").status == 303
    assert rio.post(f"{story}/delete").status == 403
    own = rio.example()
    assert rio.post(f"{own}/delete").place == "/examinations"


def test_what_is_marked_as_embargoed_is_listed_for_its_owner_only_and_is_in_no_database(team: Client, place: Settings):
    rio = signed_in(team, "rio")
    secret = rio.example(forget="1")
    assert secret in rio.get("/examinations").text
    other = signed_in(team, "rea")
    assert secret not in other.get("/examinations").text
    assert other.get(secret).status == 200  # whoever was sent the address
    base = opened(place)
    assert base
    assert base.row("SELECT count(*) FROM examinations WHERE id = ?", secret.removeprefix("/e/")) == (0,)
    base.close()


def test_a_token_is_shown_once_lets_a_program_in_and_can_be_ended(team: Client):
    rev = signed_in(team, "rev")
    page = rev.post("/settings/token", {"label": "night script"}).text
    token = page.split("shown this once: <code>")[1].split("<")[0]
    program = Client(team.port)
    assert program.get("/api/examinations", authorization=f"Bearer {token}").status == 200
    assert program.get("/api/examinations", authorization="Bearer wrong").status == 401
    later = rev.get("/settings").text
    assert token not in later
    digest = later.split('name="digest" value="')[1].split('"')[0]
    signed_in(team, "rio").post("/settings/token/end", {"digest": digest})
    assert program.get("/api/examinations", authorization=f"Bearer {token}").status == 200
    rev.post("/settings/token/end", {"digest": digest})
    assert program.get("/api/examinations", authorization=f"Bearer {token}").status == 401


def test_signing_out_ends_the_session_not_only_the_cookie(team: Client):
    rev = signed_in(team, "rev")
    cookies = dict(rev.cookies)
    rev.post("/sign-out")
    rev.cookies = cookies
    assert rev.get("/").status == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(team: Client):
    answer = Client(team.port).post("/sign-in", {"name": "rea", "password": WORDS})
    told = answer.headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=lax" in told


def test_an_admin_makes_and_shuts_out_accounts_and_every_act_is_in_the_audit(team: Client):
    admin = signed_in(team, "adm")
    assert admin.post("/people", {"act": "add", "name": "new", "role": "reader", "password": "short"}).status == 400
    admin.post("/people", {"act": "add", "name": "new", "role": "reader", "password": WORDS})
    new = signed_in(team, "new")
    assert new.get("/").status == 200
    admin.post("/people", {"act": "change", "name": "new", "role": "reader", "disabled": "1"})
    assert new.get("/").status == 303
    assert Client(team.port).post("/sign-in", {"name": "new", "password": WORDS}).status == 403
    assert admin.post("/people", {"act": "change", "name": "adm", "role": "reader"}).status == 403
    page = admin.get("/people").text
    for action in ("sign in", "account add", "account change", "examine", "accept"):
        assert f"<td>{action}</td>" in page
    assert "tonnes" not in page


def test_many_wrong_passwords_shut_a_name_for_a_while(team: Client):
    for _ in range(LOGINS):
        Client(team.port).post("/sign-in", {"name": "victim", "password": "wrong"})
    answer = Client(team.port).post("/sign-in", {"name": "victim", "password": "wrong"})
    assert answer.status == 429
    assert "Too many tries" in answer.text
    assert 0 < int(answer.headers["retry-after"]) <= LOGIN_SECONDS / LOGINS


def test_what_was_typed_to_sign_in_or_for_an_account_comes_back_with_what_is_wrong_beside_it(team: Client):
    refused = Client(team.port).post("/sign-in", {"name": "rea", "password": "wrong"})
    assert 'value="rea"' in refused.text
    assert "wrong" not in re.findall('type="password"[^>]*>', refused.text)[0].replace('"wrong"', "")
    admin = signed_in(team, "adm")
    answer = admin.post("/people", {"act": "add", "name": "mira", "role": "admin", "password": "short"})
    assert answer.status == 400
    form = answer.text.split("<h2>Another account</h2>")[1].split("</form>")[0]
    assert "A password has 12" in form
    assert 'value="mira"' in form
    assert "<option selected>admin" in form
    changed = admin.post("/people", {"act": "change", "name": "rea", "role": "reviewer", "password": "short"})
    form = changed.text.split("<bdi>rea</bdi></h2>")[1].split("</form>")[0]
    assert "A password has 12" in form
    assert "<option selected>reviewer" in form


def test_who_may_not_is_told_the_role_that_it_takes_and_led_back(team: Client, story: str):
    reader = signed_in(team, "rea")
    refused = reader.get("/people", referer=f"http://127.0.0.1:{team.port}{story}")
    assert "the role of an admin" in refused.text
    assert f'href="{story}"' in refused.text
    elsewhere = reader.get("/people", referer="https://orl.example/x")
    assert "orl.example" not in elsewhere.text


def test_a_bucket_fills_again():
    at = [0.0]
    rates = Rates(2, 10.0, lambda: at[0])
    assert [rates.take("ada") for _ in range(3)] == [True, True, False]
    assert rates.take("bel")
    at[0] = 5.0
    assert [rates.take("ada") for _ in range(2)] == [True, False]


def test_the_database_has_no_password_and_no_key(tmp_path: Path):
    settings = Settings(port=0, rules=True, team=True, store=tmp_path)
    base = opened(settings)
    assert base
    accounts = Accounts(base)
    accounts.add("ada", Role.READER, WORDS)
    key = accounts.sign_in("ada", WORDS)
    base.close()
    dump = "\n".join(sqlite3.connect(tmp_path / "desk.sqlite").iterdump())
    assert WORDS not in dump
    assert key not in dump
    assert "$argon2id$" in dump
