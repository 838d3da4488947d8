"""The archive at the desk: search, facets, documents, sources chosen there, and what a speaker says."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from served import EXAMPLES, Client, desk, statement_ids

from quoth.archive.archive import Archive
from quoth.desk.settings import Settings
from quoth.desk.shelf import Shelf
from quoth.reading import read, read_text

DEBATE = """ADA RENN: The ferry is late because the pilots are on strike.

OTTO VALE: The pilots were never asked, and the ferry is late all the same.

ADA RENN: They were asked on Monday."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "desk"
    statement = replace(read((EXAMPLES / "statement.txt").read_bytes(), "statement.txt"), publisher="Ministry of Ports")
    debate = replace(read_text(DEBATE, "debate.txt"), publisher="Parliament of Orl", published="2030-02-01")
    with Archive.open(path, create=True) as archive:
        list(archive.add([statement, debate]))
    return path


@pytest.fixture(scope="module")
def shelved(folder: Path) -> Iterator[Client]:
    with desk(Settings(port=0, rules=True, archive=folder)) as (client, _):
        yield client


def test_a_search_marks_the_words_and_opens_at_the_hit(shelved: Client):
    page = shelved.get("/archive?q=the+pilots+on+strike").text
    assert "<mark>pilots</mark>" in page
    assert "<mark>strike</mark>" in page
    assert "<mark>the</mark>" not in page
    address = page.split('class="dk-hit" dir="auto"><a href="')[1].split('"')[0].replace("&amp;", "&")
    assert address.endswith("#hit")
    there = shelved.get(address.removesuffix("#hit")).text
    marked = there.split('<mark id="hit" tabindex="-1">')[1].split("</mark>")[0]
    assert marked.endswith("The ferry is late because the pilots are on strike.")
    assert "OTTO" not in marked


def test_short_and_inflected_words_are_marked_and_no_hit_is_without_a_mark(shelved: Client):
    page = shelved.get("/archive?q=oil+on+the+quays").text
    hits = page.split('class="dk-hit"')[1:]
    assert "<mark>oil</mark> on the <mark>quay</mark>" in page
    assert hits
    assert all("<mark>" in one for one in hits)


def test_the_words_around_a_hit_are_of_its_own_paragraph(shelved: Client):
    page = shelved.get("/archive?q=pilots+on+strike").text
    hit = next(one for one in page.split('class="dk-hit"')[1:] if "strike" in one)
    assert "late because the" in hit
    assert "OTTO VALE" not in hit.split("</p>")[0].split("</b>")[1]


def test_publishers_speakers_and_years_narrow_a_search(shelved: Client):
    page = shelved.get("/archive?q=ferry+pilots").text
    for word in ("Parliament of Orl", "2030"):
        assert word in page
    found = shelved.get("/api/archive/search?q=ferry+pilots&year=2030").json["found"]
    assert [one["id"] for one in found] == ["debate.txt"]
    assert shelved.get("/api/archive/search?q=ferry+pilots&year=1999").json["found"] == []
    by = shelved.get("/api/archive/search?q=pilots+on+strike&speaker=ADA+RENN").json["found"]
    assert [one["id"] for one in by] == ["debate.txt"]


def test_what_is_added_to_the_archive_meanwhile_is_found(shelved: Client, folder: Path):
    assert shelved.get("/api/archive/search?q=lighthouse+keeper").json["found"] == []
    with Archive.open(folder) as archive:
        list(archive.add([read_text("The lighthouse keeper of Orl said nothing at all.", "keeper.txt")]))
    found = shelved.get("/api/archive/search?q=lighthouse+keeper").json["found"]
    assert [one["id"] for one in found] == ["keeper.txt"]


def test_a_report_is_held_against_what_the_archive_has(shelved: Client):
    report = (EXAMPLES / "gazette.txt").read_text()
    answer = shelved.followed(shelved.send("/examine", {"report_text": report, "in_archive": "1"}, {}))
    assert len(statement_ids(answer.text)) > 5
    chosen = shelved.send("/examine", {"report_text": report, "source_document": "statement.txt"}, {})
    assert len(statement_ids(shelved.followed(chosen).text)) > 5
    none = shelved.send("/examine", {"report_text": report, "source_document": "none.txt"}, {})
    assert "the archive has no such document" in shelved.followed(none).text


def test_a_speaker_has_their_own_words_beside_what_was_reported(shelved: Client):
    report = "The ferry is late because of a strike, Ada Renn said on Friday in the parliament of Orl."
    shelved.followed(shelved.send("/examine", {"report_text": report, "source_document": "debate.txt"}, {}))
    listed = [one["key"] for one in shelved.get("/api/speakers").json["speakers"] if "renn" in one["key"]]
    assert listed
    page = shelved.get(f"/speakers/{quote(listed[0])}").text
    assert "They were asked on Monday." in page
    assert "never asked" not in page


def test_a_speaker_of_the_store_and_of_memory_is_listed_once_and_a_report_counts_once_as_it_was_last(tmp_path: Path):
    report = "The quay is shut, Nora Lind said on Friday. Nora Lind said that the crane is broken."
    fields = {"report_text": report, "source_text": "NORA LIND: The quay is shut."}
    with desk(Settings(port=0, rules=True, store=tmp_path)) as (client, _):
        for number in range(3):
            kept = {"forget": "1"} if number == 1 else {}
            client.followed(client.send("/examine", {**fields, **kept}, {}))
        newest = client.get("/api/examinations").json["examinations"][0]["id"]
        other = {**fields, "report_text": "Nora Lind said on Monday that the quay is shut."}
        client.followed(client.send("/examine", other, {}))
        listed = [one for one in client.get("/api/speakers").json["speakers"] if "lind" in one["key"]]
        assert [(one["statements"], one["examinations"]) for one in listed] == [(3, 2)]
        assert client.get("/speakers").text.count(">Nora Lind</a>") == 1
        said = client.get(f"/api/speakers/said?key={quote(listed[0]['key'])}").json["statements"]
        assert len(said) == 3
        assert sum(one["examination"] == newest for one in said) == 2


def test_a_store_from_before_reports_were_told_apart_lists_them_all_the_same(tmp_path: Path):
    settings = Settings(port=0, rules=True, store=tmp_path)
    with desk(settings) as (client, _):
        client.example()
        before = client.get("/api/speakers").json
    with sqlite3.connect(tmp_path / "desk.sqlite") as base:
        base.execute("DROP TABLE texts")
    base.close()
    with desk(settings) as (client, _):
        assert client.get("/api/speakers").json == before
        assert before["speakers"]


def test_a_hit_names_its_speaker_once_and_has_no_words_of_another(tmp_path: Path):
    talk = (
        "JON HAVEL: The dredger is late.\nOTTO VALE: It is not.\nJON HAVEL: The dredger is late again.\nOTTO VALE: No."
    )
    with Archive.open(tmp_path / "desk", create=True) as archive:
        list(archive.add([read_text(talk, "talk.txt")]))
    shelf = Shelf(tmp_path / "desk")
    hits = [hit for found in shelf.search("dredger late again")[0] for hit in found.hits]
    shelf.close()
    assert hits
    for hit in hits:
        words = "".join(part for part, _ in hit.parts)
        assert hit.speaker == "JON HAVEL"
        assert "HAVEL" not in words
        assert "VALE" not in words


@pytest.mark.parametrize("at", ["", "5", "9-3", "-1-4", "x-y", "99999999-999999999", "1-²"])
def test_a_place_that_is_none_opens_the_document_all_the_same(shelved: Client, at: str):
    assert shelved.get(f"/archive/document?id=debate.txt&at={quote(at)}").status == 200
