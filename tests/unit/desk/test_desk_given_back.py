"""What somebody typed, dropped or chose comes back where it could not be done, with what is wrong beside it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from served import Answer, Client, desk, statement_ids

from quoth.archive.archive import Archive
from quoth.desk.filling import MOST_HELD, Filled, Forms
from quoth.desk.settings import Settings
from quoth.desk.tasks import Given
from quoth.reading import read_text

REPORT = "The ferry of Orl is late, Mayor Dune said on Friday.\n\nShe said: “Forty boats wait.”"
SOURCE = "MAYOR DUNE: The ferry is late. Forty boats wait."


@pytest.fixture(scope="module")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("archive") / "desk"
    known = {"publisher": "Town of Orl", "published": "2031-05-02"}
    notices = [
        replace(read_text(f"The ferry notice number {number}: forty boats wait.", f"a/path/{number}.txt"),
                title=f"Notice {number} of the ferry", **known)
        for number in (1, 2, 3)
    ]  # fmt: skip
    with Archive.open(folder, create=True) as archive:
        list(archive.add(notices))
    with desk(Settings(port=0, rules=True, archive=folder)) as (client, _):
        yield client


def beside(answer: Answer, field: str) -> str:
    """What is said to be wrong just before a field, or ""."""
    found = re.search(rf'id="wrong">([^<]*)</p>\s*<[a-z]+ [^>]*?\bid="{field}"[^>]*aria-invalid="true"', answer.text)
    return found.group(1) if found else ""


def test_an_address_that_cannot_be_fetched_gives_the_form_back_with_all_that_stood_in_it(client: Client):
    fields = {"report_text": REPORT, "source_text": SOURCE, "source_address": "http://127.0.0.1:9/x", "forget": "1"}
    files = {"source_file": ("minutes.txt", b"MAYOR DUNE: Nobody waits.")}
    answer = client.followed(client.send("/examine", fields, files))
    assert "--allow-host" in beside(answer, "source_address")
    for words in ("Forty boats wait.”</textarea>", "Forty boats wait.</textarea>", "http://127.0.0.1:9/x</textarea>"):
        assert words in answer.text
    assert re.search('name="forget"[^>]*checked', answer.text) is None  # a desk that keeps nothing does not ask
    kept = re.findall('name="source_kept" value="([^"]+)" checked', answer.text)
    assert len(kept) == 1
    assert "minutes.txt" in answer.text
    mended = {**fields, "source_address": "", "source_kept": kept[0], "form": kept[0].partition("/")[0]}
    assert f'name="form" value="{mended["form"]}"' in answer.text
    page = client.followed(client.send("/examine", mended, {}))
    assert "Nobody waits." in page.text
    again = client.send("/examine", mended, {})
    assert again.status == 400  # once the examination is there, nothing is held any more
    assert beside(again, "source_file") == "minutes.txt is held no more: choose it again."


def test_a_refused_form_says_beside_the_field_what_is_wrong(client: Client):
    for fields, place, told in (
        ({"source_text": SOURCE}, "report_text", "Give the report"),
        ({"report_text": REPORT, "report_address": "https://orl.example/1"}, "report_text", "in one way only"),
        ({"report_text": REPORT}, "source_text", "at least one source"),
    ):
        answer = client.send("/examine", fields, {})
        assert answer.status == 400
        assert told in beside(answer, place)
        assert "autofocus" in answer.text
        for value in fields.values():
            assert value.rpartition("\n")[2] in answer.text
    wrong = client.followed(client.send("/examine", {"report_address": "/etc/passwd", "source_text": SOURCE}, {}))
    assert "this is no address" in beside(wrong, "report_address")
    assert 'value="/etc/passwd"' in wrong.text


def test_files_are_held_for_whoever_gave_them_and_of_the_latest_forms_only():
    file = Given("a.txt", data=b"x" * 1000)
    forms = Forms(10_000)
    first = forms.hold(Filled("ada", files=(("report", file),)))
    assert forms.held(first, "ada")
    assert forms.held(first, "bel") is None
    keys = [forms.hold(Filled("ada", files=(("report", file),))) for _ in range(10)]
    assert forms.held(first, "ada") is None
    assert forms.held(keys[-1], "ada")
    assert forms.hold(Filled("ada", key=keys[-1])) == keys[-1]
    assert forms.hold(Filled("bel", key=keys[-1])) != keys[-1]
    assert forms.held(keys[-1], "ada")
    many = [forms.hold(Filled("ada")) for _ in range(MOST_HELD + 1)]
    assert forms.held(many[0], "ada") is None


def test_a_conflict_shows_the_others_decision_and_gives_back_what_was_typed(client: Client):
    path = client.example()
    finding = statement_ids(client.get(path).text)[0]
    ada, bel = Client(client.port, "ada"), Client(client.port, "bel")
    typed = dict(re.findall(r'<textarea id="(words)"[^>]*>\n([^<]*)<', bel.get(f"{path}/f/{finding}").text))
    assert typed["words"]
    ada.post(f"{path}/f/{finding}/correct", {"seen": "0", "speaker": "Otto Vale", "note": "as the minutes have it"})
    mine = {"seen": "0", "grade": "unclear", "note": "ask the <ministry>", "speaker": "", "words": typed["words"]}
    answer = bel.post(f"{path}/f/{finding}/correct", mine)
    assert answer.status == 409
    assert "ada decided on this finding in the meantime (correct)" in answer.text
    assert "as the minutes have it" in answer.text
    assert "ask the &lt;ministry&gt;</textarea>" in answer.text
    assert "<option selected>unclear" in answer.text
    assert 'name="seen" value="1"' in answer.text
    looked = bel.get(f"{path}/f/{finding}?seen=0")
    assert "ada decided on this finding in the meantime" in looked.text
    assert "in the meantime" not in bel.get(f"{path}/f/{finding}?seen=1").text
    assert bel.post(f"{path}/f/{finding}/correct", {**mine, "seen": "1"}).status == 303


def test_what_was_left_as_it_was_follows_the_others_decision(client: Client):
    path = client.example()
    finding = statement_ids(client.get(path).text)[0]
    page = client.get(f"{path}/f/{finding}").text
    words = re.findall(r'<textarea id="words"[^>]*>\n([^<]*)<', page)[0]
    shorter = words.split()[0]
    assert client.post(f"{path}/f/{finding}/correct", {"seen": "0", "words": shorter}).status == 303
    answer = client.post(f"{path}/f/{finding}/correct", {"seen": "0", "words": words, "note": "mine"})
    assert answer.status == 409
    assert f">\n{shorter}</textarea>" in answer.text


def test_corrected_words_that_are_not_in_the_report_come_back_with_the_note(client: Client):
    path = client.example()
    finding = statement_ids(client.get(path).text)[0]
    fields = {"seen": "0", "words": "nobody wrote this", "note": "a long thought", "speaker": "Ada Renn"}
    answer = client.post(f"{path}/f/{finding}/correct", fields)
    assert answer.status == 400
    assert "must stand in the report" in beside(answer, "words")
    assert "nobody wrote this</textarea>" in answer.text
    assert "a long thought</textarea>" in answer.text
    assert 'value="Ada Renn"' in answer.text
    long = client.post(f"{path}/f/{finding}/accept", {"seen": "0", "note": "n" * 5000})
    assert "at most 4,000 letters" in beside(long, "note")


def test_a_decision_that_was_not_seen_is_shown_beside_another_mistake(client: Client):
    path = client.example()
    finding = statement_ids(client.get(path).text)[0]
    Client(client.port, "ada").post(f"{path}/f/{finding}/reject?seen=0")
    answer = client.post(f"{path}/f/{finding}/correct", {"seen": "0", "words": "nobody wrote this"})
    assert "must stand in the report" in beside(answer, "words")
    assert "ada decided on this finding in the meantime (reject)" in answer.text


def test_a_split_that_says_not_what_comes_back_as_it_was_filled_in(client: Client):
    path = client.example()
    entity, own = re.findall(
        r'name="entity" value="([^"]+)">\s*<label class="dk-check"><input type="checkbox" name="other" value="([^"]+)"',
        client.get(f"{path}/entities").text,
    )[0]
    answer = client.post(f"{path}/entities", {"act": "split", "entity": entity, "name": "Nora Lind"})
    assert answer.status == 400
    assert re.search(r'<details open><summary>Some of this.*?</summary>\s*<p class="dk-wrong"', answer.text)
    assert 'value="Nora Lind"' in answer.text
    merged = client.post(f"{path}/entities", {"act": "merge", "entity": entity, "other": own})
    assert "Choose the entity that stays" in merged.text


# --- sources of the archive -------------------------------------------------------------------------------------------


def test_several_documents_of_the_archive_are_chosen_and_what_was_typed_stays(shelved: Client):
    fields = {"report_text": REPORT, "source_text": SOURCE, "q": "ferry notice"}
    files = {"source_file": ("minutes.txt", b"MAYOR DUNE: Nobody waits.")}
    answer = shelved.send("/choose", fields, files)
    assert answer.status == 200
    for words in ("Forty boats wait.”</textarea>", "Forty boats wait.</textarea>", "minutes.txt"):
        assert words in answer.text
    boxes = re.findall(r'name="source_document" value="([^"]+)"( checked)?>', answer.text)
    assert sorted(boxes) == [(f"a/path/{number}.txt", "") for number in (1, 2, 3)]
    assert "Notice 2 of the ferry</bdi>" in answer.text
    assert "<bdi>Town of Orl</bdi> · Friday 2 May 2031" in answer.text
    ticked = shelved.get("/?source=a/path/1.txt&source=a/path/2.txt&source=a/path/2.txt")
    chosen = re.findall(r'name="source_document" value="([^"]+)" checked>\s*<span><bdi>([^<]+)<', ticked.text)
    assert chosen == [(f"a/path/{number}.txt", f"Notice {number} of the ferry") for number in (1, 2)]


def test_a_search_after_choosing_keeps_what_was_chosen_and_enter_in_its_field_searches(shelved: Client):
    fields = {"report_text": REPORT, "source_document": "a/path/1.txt", "q": "ferry notice"}
    answer = shelved.send("/examine", {**fields, "enter": "1"}, {})
    boxes = re.findall(r'name="source_document" value="([^"]+)"( checked)?>', answer.text)
    assert sorted(boxes) == [("a/path/1.txt", " checked"), ("a/path/2.txt", ""), ("a/path/3.txt", "")]
    looked = {**fields, "enter": "1", "found": "ferry notice"}
    assert shelved.send("/examine", looked, {}).status == 303


def test_in_the_archive_several_documents_can_be_ticked_to_be_sources(shelved: Client):
    page = shelved.get("/archive?q=ferry+notice").text
    assert len(re.findall(r'type="checkbox" name="source" value="a/path/\d.txt"', page)) == 3
    assert "Use the chosen ones as sources" in page
