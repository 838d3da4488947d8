"""`quoth watch` over a newsroom on loopback."""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from contracts.disks import filled, small_disk
from quoth.archive.archive import Archive
from quoth.cli.main import run
from quoth.models.ports import RULES_ONLY
from quoth.pipeline.watch import rounds
from quoth.pipeline.watch.desk import read_desk
from quoth.pipeline.watch.desk_state import DeskState
from quoth.pipeline.watch.rounds import Tally, watch
from quoth.reading import read_text
from quoth.types import Document, UnusableArguments, UnusableInput
from watching.kills import killed
from watching.newsroom import Newsroom, open_newsroom, records, report, source, write_desk

OTHER = """<html><head><title>Choir sings</title></head><body><article><h1>Choir sings in the old granary</h1>
<p>"Our choir has rehearsed these eleven songs since the winter," its conductor, Pal Vessin, told the audience.</p>
<p>Some three hundred people came to the granary of Tolm to hear them on a warm evening.</p></article></body></html>"""
ALL = 'jsonl = "findings.jsonl"\natom = "findings.xml"'


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with open_newsroom() as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder of a desk with an archive of five notices."""
    fill(tmp_path, *((f"notice-{number}", source(number)) for number in range(5)))
    return tmp_path


def fill(folder: Path, *texts: tuple[str, str]) -> None:
    with Archive.open(folder / "archive", create=True) as archive:
        list(archive.add([read_text(text, id_) for id_, text in texts]))


def watched(path: Path, said: list[str] | None = None) -> Tally:
    """One round."""
    return watch(read_desk(str(path)), RULES_ONLY, (said if said is not None else []).append, lambda _: None, once=True)


def told(folder: Path) -> list[tuple[str, str | None, str]]:
    return [(one["kind"], one["grade"], one["words"]) for one in records(folder / "findings.jsonl")]


def words(number: int, days: int) -> str:
    return f'"We will close pier {number} for {days} days in May, and no ferry may leave from it,"'


def state(folder: Path, command: str, *values: object) -> list[tuple]:
    with sqlite3.connect(folder / "desk.state.sqlite") as base:
        rows = base.execute(command, values).fetchall()
    base.close()
    return rows


def entries(folder: Path) -> list[tuple[str, str, str]]:
    space = "{http://www.w3.org/2005/Atom}"
    root = etree.parse(folder / "findings.xml").getroot()
    return [
        tuple(one.findtext(f"{space}{name}") for name in ("id", "title", "content"))
        for one in root.iter(f"{space}entry")
    ]


# --- each finding once ------------------------------------------------------------------------------------------------


def test_an_altered_quotation_in_a_new_report_is_told_once_with_its_change(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room, tell=ALL)
    room.publish("one", report(1))
    room.publish("two", report(2, wrong=False))
    assert watched(path) == Tally(reports=2, findings=1)
    (record,) = records(desk / "findings.jsonl")
    assert (record["grade"], record["words"], record["speaker"]) == ("altered", words(1, 51), "Oda Kest")
    assert record["report"]["url"] == f"{room.site}/one"
    assert (record["report"]["publisher"], record["report"]["published"]) == ("Seaboard", "2031-05-02T09:24")
    (change,) = [one for one in record["changes"] if one["material"]]
    assert (change["kind"], change["reported"], change["original"]) == ("number", "51 days", "11 days")
    assert record["passages"][0]["source"] == "notice-1"
    (entry,) = entries(desk)
    assert "51 days" in entry[1]
    assert "<del>11 days</del> <ins>51 days</ins>" in entry[2]
    assert watched(path) == Tally()
    assert len(records(desk / "findings.jsonl")) == len(entries(desk)) == 1


def test_a_report_that_two_feeds_have_is_told_once(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room)
    room.pages["/feed2"] = room.pages["/feed3"] = ""
    with path.open("a") as file:
        file.write(f'[[watch]]\nfeed = "{room.site}/feed?2"\n')
    room.publish("one", report(1))
    room.pages["/feed?2"] = room.feed().decode()
    assert watched(path) == Tally(reports=1, findings=1)


def test_what_is_not_sure_or_not_serious_enough_is_not_told(room: Newsroom, desk: Path) -> None:
    room.publish("one", report(1))
    path = write_desk(desk, room)
    settings = path.read_text()
    path.write_text(settings.replace("confidence = 0.0", "confidence = 1.0"))
    assert watched(path) == Tally(reports=1)
    (desk / "desk.state.sqlite").unlink()
    path.write_text(settings.replace("confidence = 0.0", 'confidence = 0.0\nmin = "verbatim"'))
    with pytest.raises(UnusableInput, match="min must be one of"):
        watched(path)
    path.write_text(settings.replace("confidence = 0.0", 'confidence = 0.0\nmin = "reworded"'))
    watched(path)
    assert {grade for _, grade, _ in told(desk)} == {"altered", "reworded"}  # and not what is verbatim


def test_what_no_source_carries_is_told_only_where_the_desk_asks_for_it(room: Newsroom, desk: Path) -> None:
    room.publish("other", OTHER)
    path = write_desk(desk, room)
    assert watched(path) == Tally(reports=1)
    (desk / "desk.state.sqlite").unlink()
    path.write_text(path.read_text().replace("confidence = 0.0", "confidence = 0.0\nnot_found = true"))
    watched(path)
    assert {grade for _, grade, _ in told(desk)} == {"not found"}


# --- later versions ---------------------------------------------------------------------------------------------------


def test_a_corrected_report_is_told_as_a_correction(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room, tell=ALL)
    room.publish("one", report(1))
    watched(path)
    room.publish("one", report(1, wrong=False), updated="2031-05-03T08:00:00Z")
    assert watched(path) == Tally(reports=1, findings=1)
    first, second = records(desk / "findings.jsonl")
    assert (second["kind"], second["words"]) == ("correction", first["words"])
    assert second["words_now"] == words(1, 11)
    assert second["earlier"]["finding"] == first["finding"]
    assert (second["report"]["version"], second["report"]["later_version"]) == (2, True)
    assert entries(desk)[0][1].startswith("corrected in a later version: “We will close pier 1 for 51 days")
    assert watched(path) == Tally()


def test_a_finding_of_a_later_version_says_so_and_what_stands_is_not_told_again(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room, tell=ALL)
    room.publish("one", report(1))
    watched(path)
    more = report(1).replace("stays open to the public", "stays closed to the public")
    room.publish("one", more, updated="2031-05-03T08:00:00Z")
    watched(path)
    assert [one["report"]["version"] for one in records(desk / "findings.jsonl")] == [1, 2]
    assert entries(desk)[0][1].startswith("altered in a later version (")


def test_a_finding_that_the_archive_no_longer_bears_out_is_withdrawn_and_not_called_corrected(
    room: Newsroom, desk: Path
) -> None:
    path = write_desk(desk, room)
    room.publish("one", report(1))
    watched(path)
    fill(desk, ("notice-1-again", source(1).replace("11 days", "51 days")))
    room.publish("one", report(1).replace("on Tuesday", "on Wednesday"), updated="2031-05-03T08:00:00Z")
    watched(path)
    assert [one["kind"] for one in records(desk / "findings.jsonl")] == ["finding", "withdrawal"]
    assert "still has these words; they are now graded verbatim" in records(desk / "findings.jsonl")[1]["reason"]


def test_a_page_is_looked_at_again_for_later_versions_though_the_feed_stays_as_it_is(
    room: Newsroom, desk: Path
) -> None:
    path = write_desk(desk, room)
    room.publish("one", report(1))
    watched(path)
    room.pages["/one"] = report(1, wrong=False)
    assert watched(path) == Tally()
    assert state(desk, "SELECT due > ? FROM places", time.time()) == [(1,)]
    state(desk, "UPDATE places SET due = 0")
    assert watched(path) == Tally(reports=1, findings=1)
    state(desk, "UPDATE places SET due = 0")
    room.asked.clear()
    assert watched(path) == Tally()
    assert ("/one", 304) in room.asked
    state(desk, "UPDATE places SET due = 0, seen = ?", time.time() - 200_000)
    watched(path)
    assert state(desk, "SELECT due FROM places") == [(None,)]


# --- politeness -------------------------------------------------------------------------------------------------------


def test_a_feed_that_has_not_changed_is_not_sent_again(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room)
    room.publish("one", report(1))
    watched(path)
    room.asked.clear()
    watched(path)
    assert room.asked == [("/feed", 304)]


def test_a_page_that_robots_txt_forbids_is_not_asked_for_and_the_feeds_own_text_is_examined(
    room: Newsroom, desk: Path
) -> None:
    path = write_desk(desk, room)
    room.robots = "User-agent: *\nDisallow: /one\nDisallow: /two"
    room.publish("one", report(1), content=f"<p>{words(1, 51)} Oda Kest, the harbour master, said.</p>")
    room.publish("two", report(2))
    said: list[str] = []
    tally = watched(path, said)
    assert told(desk) == [("finding", "altered", words(1, 51))]
    assert said == [f"{room.site}/two: the robots.txt of its site does not let programs fetch it."]
    assert tally.problems == 1
    assert {place for place, _ in room.asked} == {"/robots.txt", "/feed"}


def test_a_feed_that_robots_txt_forbids_is_not_asked_for(room: Newsroom, desk: Path) -> None:
    room.robots = "User-agent: quoth\nDisallow: /"
    said: list[str] = []
    assert watched(write_desk(desk, room), said).problems == 1
    assert room.asked == [("/robots.txt", 200)]


def test_a_server_that_asks_to_be_left_alone_is_left_alone(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room)
    room.down["/feed"] = (503, {"Retry-After": "3600"})
    assert watched(path).problems == 1
    room.asked.clear()
    assert watched(path) == Tally()
    assert room.asked == []
    assert 3500 < state(desk, "SELECT due FROM feeds")[0][0] - time.time() < 3700


def test_a_page_that_fails_is_asked_for_later_and_given_up_at_last(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room)
    room.publish("one", report(1))
    room.down["/one"] = (500, {})
    said: list[str] = []
    for _ in range(7):
        watched(path, said)
        state(desk, "UPDATE places SET due = 0 WHERE due IS NOT NULL")
    assert len(said) == 5
    assert said[-1].endswith("It is given up.")
    room.down.clear()
    assert watched(path) == Tally()
    room.publish("one", report(1), updated="2031-05-03T08:00:00Z")
    assert watched(path) == Tally(reports=1, findings=1)


def test_a_report_over_which_something_breaks_down_does_not_end_the_others(
    room: Newsroom, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_desk(desk, room)
    room.publish("one", report(1))
    room.publish("two", report(2))
    examined = rounds.examine_in

    def broken(archive: Archive, document: Document, *more: object) -> object:
        if document.id.endswith("/one"):
            raise ZeroDivisionError("so\nit is")
        return examined(archive, document, *more)

    monkeypatch.setattr(rounds, "examine_in", broken)
    said: list[str] = []
    assert watched(path, said) == Tally(reports=1, findings=1, problems=1)
    assert said == [f"{room.site}/one: it could not be examined (ZeroDivisionError: so it is)."]
    monkeypatch.undo()
    state(desk, "UPDATE places SET due = 0 WHERE failures > 0")
    assert watched(path) == Tally(reports=1, findings=1)


def test_a_page_whose_server_asks_to_be_left_alone_is_asked_for_when_it_may_be(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room)
    room.publish("one", report(1))
    room.down["/one"] = (429, {"Retry-After": "7200"})
    watched(path)
    assert 7100 < state(desk, "SELECT due FROM places")[0][0] - time.time() < 7300


def test_two_requests_to_one_host_keep_the_pause_that_the_desk_asks_for(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room)
    path.write_text(path.read_text().replace("pause = 0", 'pause = "0.4s"'))
    room.publish("one", report(1))
    began = time.monotonic()
    watched(path)
    assert time.monotonic() - began >= 0.8  # robots.txt, feed, page


def test_pages_are_kept_as_they_were_retrieved_where_the_desk_asks_for_it(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room)
    path.write_text(path.read_text().replace("pause = 0", 'pause = 0\nkeep_pages = "pages"'))
    room.publish("one", report(1))
    watched(path)
    assert [one.name.endswith(".warc.gz") for one in (desk / "pages").iterdir()] == [True]


def test_the_text_of_a_feed_is_examined_where_the_desk_says_so(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room)
    path.write_text(path.read_text().replace("every = 1", 'text = "feed"'))
    room.publish("one", report(1), content=f"<p>{words(1, 51)} Oda Kest, the harbour master, said.</p>")
    assert watched(path) == Tally(reports=1, findings=1)
    assert "/one" not in [place for place, _ in room.asked]


def test_a_feed_that_is_none_is_told_in_one_sentence(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room)
    path.write_text(path.read_text().replace("/feed", "/one"))
    room.pages["/one"] = report(1)
    said: list[str] = []
    assert watched(path, said).problems == 1
    assert said == [f"{room.site}/one: the feed cannot be read; there is no XML in it."]


# --- folders ----------------------------------------------------------------------------------------------------------


def put(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    os.utime(path, (time.time() - 60, path.stat().st_mtime))


def test_a_folder_is_watched_with_new_and_changed_files(desk: Path) -> None:
    path = write_desk(desk, None, more='[[watch]]\nfolder = "."')
    put(desk / "in" / "one.html", report(1))
    put(desk / "in" / ".hidden.html", report(2))
    said: list[str] = []
    first = watched(path, said)
    assert (first.reports, first.findings) == (2, 1)  # the desk's file itself is a text, and says nothing
    assert said == []
    put(desk / "in" / "one.html", report(1, wrong=False) + " ")
    assert watched(path).findings == 1
    assert [kind for kind, _, _ in told(desk)] == ["finding", "correction"]
    assert watched(path) == Tally()


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_examined(desk: Path) -> None:
    path = write_desk(desk, None, more='[[watch]]\nfolder = "in"')
    put(desk / "in" / "a.bin", "\x00\x01")
    put(desk / "in" / "one.html", report(1))
    said: list[str] = []
    assert watched(path, said) == Tally(reports=1, findings=1, problems=1)
    assert said[0].startswith(f"{desk}/in/a.bin: ")
    assert watched(path) == Tally()


def test_a_folder_that_is_not_there_is_told(desk: Path) -> None:
    said: list[str] = []
    assert watched(write_desk(desk, None, more='[[watch]]\nfolder = "in"'), said).problems == 1
    assert "the folder cannot be read" in said[0]


# --- telling ----------------------------------------------------------------------------------------------------------


def command(*words_: str) -> str:
    return f"command = {json.dumps([sys.executable, '-c', *words_])}\n"


APPEND = "import sys; open(sys.argv[1], 'ab').write(sys.stdin.buffer.read())"


def test_the_command_is_run_once_for_each_finding_with_its_record(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room, tell=ALL + "\n" + command(APPEND, "told.jsonl"))
    room.publish("one", report(1))
    room.publish("two", report(2))
    watched(path)
    watched(path)
    assert len(records(desk / "told.jsonl")) == 2
    assert (desk / "told.jsonl").read_bytes() == (desk / "findings.jsonl").read_bytes()


def test_the_command_has_the_environment_that_the_watch_was_given(
    room: Newsroom, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    write = "import os, sys; open('told.txt', 'w').write(os.environ['PYTHONPATH'])"
    room.publish("one", report(1))
    watched(write_desk(desk, room, tell=command(write)))
    assert (desk / "told.txt").read_text() == "/nowhere"


def test_a_command_that_fails_is_run_again_later_and_at_last_no_more(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room, tell=command("import sys; sys.exit('no mail today')"))
    room.publish("one", report(1))
    said: list[str] = []
    assert watched(path, said).problems == 1
    assert "it ended with status 1: no mail today; it is run again later (1 failed by now)" in said[0]
    assert watched(path, said) == Tally()
    for _ in range(6):
        state(desk, "UPDATE tellings SET due = 0")
        watched(path, said)
    assert len(said) == 5
    assert said[-1].endswith("it is not run for it again.")


def test_a_command_that_takes_too_long_is_stopped(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room, tell=command("import time; time.sleep(60)") + "command_time = 0.3")
    room.publish("one", report(1))
    said: list[str] = []
    watched(path, said)
    assert "it was stopped after 0.3 seconds" in said[0]


def test_a_command_that_was_begun_by_a_watch_that_is_gone_is_not_run_again_and_that_is_said(
    room: Newsroom, desk: Path
) -> None:
    path = write_desk(desk, room, tell=command(APPEND, "told.jsonl"))
    room.publish("one", report(1))
    watched(path)
    state(desk, "UPDATE tellings SET status = 'started', due = 1")
    said: list[str] = []
    assert watched(path, said).problems == 1
    assert "it is not known whether that came to an end" in said[0]
    assert watched(path) == Tally()
    assert len(records(desk / "told.jsonl")) == 1


@pytest.mark.parametrize("cut", [1, 20, 100_000])
def test_a_line_that_a_killed_watch_wrote_in_part_or_whole_is_completed_and_not_written_again(
    room: Newsroom, desk: Path, cut: int
) -> None:
    path = write_desk(desk, room)
    room.publish("one", report(1))
    room.publish("two", report(2))
    watched(path)
    whole = (desk / "findings.jsonl").read_bytes()
    first, second = whole.splitlines(keepends=True)
    state(desk, "UPDATE tellings SET status = 'pending' WHERE finding = 2")
    state(desk, "UPDATE files SET length = ?", len(first))
    (desk / "findings.jsonl").write_bytes(first + second[:cut])
    watched(path)
    assert (desk / "findings.jsonl").read_bytes() == whole


def test_a_file_of_findings_that_somebody_moved_away_is_begun_anew(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room)
    room.publish("one", report(1))
    watched(path)
    (desk / "findings.jsonl").rename(desk / "may.jsonl")
    room.publish("two", report(2))
    watched(path)
    assert [words_ for _, _, words_ in told(desk)] == [words(2, 52)]


@pytest.mark.parametrize("name", ["findings.jsonl", "findings.xml"])
def test_a_file_that_somebody_else_wrote_is_not_written_over(room: Newsroom, desk: Path, name: str) -> None:
    (desk / name).write_text("my notes\n")
    with pytest.raises(UnusableArguments, match="was not written by this option"):
        watched(write_desk(desk, room, tell=ALL))
    assert (desk / name).read_text() == "my notes\n"


def test_words_that_are_no_xml_do_not_break_the_feed(room: Newsroom, desk: Path) -> None:
    path = write_desk(desk, room, tell=ALL)
    room.publish("one", report(1).replace("Oda Kest,\nsaid", "Oda &lt;script&gt;alert(1)&lt;/script&gt; Kest,\nsaid"))
    watched(path)
    (entry,) = entries(desk)
    assert "<script>" not in entry[2]


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_told_twice_however_a_watch_is_killed(tmp_path: Path) -> None:
    outcome = killed(tmp_path, kills=6, seed=7)
    assert (outcome.lost, outcome.twice, outcome.strange) == (0, 0, 0)
    assert outcome.reports >= 6


# --- the desk's file --------------------------------------------------------------------------------------------------

FEED = '[[watch]]\nfeed = "https://seaboard.example/feed"\n'
TELL = '[tell]\njsonl = "f.jsonl"\n'


@pytest.mark.parametrize(
    ("text", "words_"),
    [
        ("archive = ", "the desk's file cannot be read"),
        ("\xff", "the desk's file cannot be read"),
        (FEED + TELL, "archive is missing"),
        ('archive = ""\n' + FEED + TELL, "archive must be text that is not empty"),
        ("archive = 3\n" + FEED + TELL, "archive must be a text"),
        ('archive = "a"\n' + TELL, "nothing is watched"),
        ('archive = "a"\n' + FEED, "findings are told nowhere"),
        ('archive = "a"\n' + FEED + TELL + "colour = 1", "there is no setting tell.colour"),
        ('archive = "a"\nevry = 3\n' + FEED + TELL, "there is no setting evry"),
        ('archive = "a"\nevery = "soon"\n' + FEED + TELL, 'every must be a time such as "15m"'),
        ('archive = "a"\nevery = -1\n' + FEED + TELL, 'every must be a time such as "15m"'),
        ('archive = "a"\nrules = 1\n' + FEED + TELL, "rules must be true or false"),
        ('archive = "a"\nwatch = 1\n' + TELL, "watch must be a list"),
        ('archive = "a"\nwatch = [1]\n' + TELL, "watch must be tables"),
        ('archive = "a"\n[[watch]]\n' + TELL, "watch 1: name either a feed or a folder"),
        ('archive = "a"\n[[watch]]\nfeed = "seaboard.example"\n' + TELL, "watch 1: feed must be an address"),
        ('archive = "a"\n' + FEED + 'text = "all"\n' + TELL, 'watch 1: text must be "page" or "feed"'),
        ('archive = "a"\n' + FEED + TELL + "confidence = 2", "tell.confidence must be between 0 and 1"),
        ('archive = "a"\n' + FEED + TELL + 'min = "bad"', "tell.min must be one of not found, altered"),
        ('archive = "a"\n' + FEED + TELL + 'atom = "f.jsonl"', "must be different files"),
        ('archive = "a"\n' + FEED + TELL + "command = [1]", "tell.command must be a list of texts"),
        ('archive = "a"\n' + FEED + TELL + 'command = ["no-such-program"]', "there is no program no-such-program"),
        ('archive = "a"\n' + FEED + TELL, "a is no archive"),
    ],
)
def test_a_desk_that_makes_no_sense_is_told_in_one_sentence(
    tmp_path: Path, text: str, words_: str, capsys: pytest.CaptureFixture
) -> None:
    path = tmp_path / "desk.toml"
    path.write_bytes(text.encode("latin-1"))
    assert run(["watch", str(path), "--once"]) == 2
    said = capsys.readouterr().err
    assert words_ in said
    assert said.count("\n") == 1


def test_a_desk_that_is_not_there_is_told_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert run(["watch", str(tmp_path / "desk.toml")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_the_command_line_tells_what_was_done_and_ends_with_1_where_something_failed(
    room: Newsroom, desk: Path, capsys: pytest.CaptureFixture
) -> None:
    path = write_desk(desk, room)
    room.publish("one", report(1))
    assert run(["watch", str(path), "--once"]) == 0
    assert capsys.readouterr().out == "1 new or changed report examined; 1 finding; no problems.\n"
    room.down["/feed"] = (500, {})
    assert run(["watch", str(path), "--once"]) == 1


def test_a_desk_is_watched_by_one_watch_at_a_time(desk: Path, room: Newsroom) -> None:
    path = write_desk(desk, room)
    with DeskState(desk / "desk.state.sqlite"), pytest.raises(UnusableInput, match="another quoth watch has this desk"):
        watched(path)


def another_programs(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE letters (a)")
    base.commit()
    base.close()


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"x" * 5000), another_programs])
def test_a_state_that_is_none_is_told_in_one_sentence(
    desk: Path, room: Newsroom, spoil: Callable[[Path], None]
) -> None:
    path = write_desk(desk, room)
    spoil(desk / "desk.state.sqlite")
    with pytest.raises(UnusableInput, match=r"no state of a watch|the file of another program"):
        watched(path)


@pytest.mark.parametrize("left", [0, 12_288, 60_000, 120_000])
def test_a_full_disk_under_a_watch_is_one_sentence_that_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], left: int
) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        with Archive.open(tmp_path / "archive", create=True):
            pass
        file = disk / "desk.toml"
        file.write_text(
            f'archive = "{tmp_path / "archive"}"\nrules = true\n[[watch]]\nfolder = "{tmp_path}"\n'
            '[tell]\njsonl = "told.jsonl"\natom = "told.xml"\n'
        )
        filled(disk, left)
        assert run(["watch", str(file), "--once"]) == 2
    told = capsys.readouterr().err
    assert "the disk is full" in told
    assert told.count("\n") == 1
