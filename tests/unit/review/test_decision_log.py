"""The log of decisions: appended, checked for what was seen, undone, never overwritten."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import NoServerError, postgres

from contracts.disks import filled, small_disk
from quoth.review import Act, Database, DecisionLog, Standing, standing
from quoth.review.decision_log import NothingToUndo, Outdated
from quoth.review.decisions import Who, after
from quoth.types import ArchiveError, Grade, Span, Status, UnusableInput

FIRST = Standing(grade=Grade.ALTERED, content=(Span(3, 9),), speaker=Who("Ada Renn"))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    try:
        with postgres() as address:
            yield address
    except NoServerError as problem:
        pytest.skip(str(problem))


@pytest.fixture(params=["file", pytest.param("database", marks=pytest.mark.postgres)])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """Opens one and the same empty database, as often as it is called."""
    opened: list[Database] = []

    def make() -> Database:
        if request.param == "file":
            opened.append(Database(file=tmp_path / "desk.sqlite"))
        else:
            opened.append(Database(address=request.getfixturevalue("server")))
        return opened[-1]

    base = make()
    if base.shared:
        base.run("DROP TABLE IF EXISTS decisions")
    yield make
    for one in opened:
        one.close()


@pytest.fixture
def log(another: Callable[[], Database]) -> DecisionLog:
    return DecisionLog(another())


def accept(log: DecisionLog, seen: int, by: str = "ada") -> None:
    made = after(FIRST, Act.ACCEPT, length=100)
    log.append("x", "s1", Act.ACCEPT, seen=seen, by=by, suggested=FIRST, after=made)


def test_a_decision_has_who_when_before_and_after(log: DecisionLog):
    made = after(FIRST, Act.CORRECT, grade=Grade.REWORDED, length=100)
    log.append("x", "s1", Act.CORRECT, seen=0, by="ada", suggested=FIRST, after=made, note=" a hedge ")
    (one,) = log.of("x")
    assert (one.by, one.version, one.note) == ("ada", 1, "a hedge")
    assert one.before == FIRST
    assert (one.after.status, one.after.grade) == (Status.CORRECTED, Grade.REWORDED)
    assert one.at.endswith("Z")


def test_who_has_not_seen_the_last_decision_is_shown_it_and_nothing_is_written(log: DecisionLog):
    accept(log, 0, "ada")
    with pytest.raises(Outdated, match="ada decided on this finding in the meantime") as refused:
        accept(log, 0, "bel")
    assert refused.value.latest
    assert refused.value.latest.by == "ada"
    assert len(log.of("x")) == 1


def test_a_decision_on_what_does_not_exist_yet_is_refused(log: DecisionLog):
    with pytest.raises(Outdated):
        accept(log, 4)
    assert log.of("x") == []


def test_undoing_goes_back_step_by_step_and_stays_in_the_log(log: DecisionLog):
    accept(log, 0)
    rejected = after(FIRST, Act.REJECT, length=100)
    log.append("x", "s1", Act.REJECT, seen=1, by="ada", suggested=FIRST, after=rejected)
    assert log.undo("x", "s1", seen=2, by="bel", suggested=FIRST).after.status is Status.ACCEPTED
    assert log.undo("x", "s1", seen=3, by="bel", suggested=FIRST).after == FIRST
    assert standing(log.of_finding("x", "s1"), FIRST) == FIRST
    assert [one.act for one in log.of("x")] == [Act.ACCEPT, Act.REJECT, Act.UNDO, Act.UNDO]
    with pytest.raises(NothingToUndo):
        log.undo("x", "s1", seen=4, by="bel", suggested=FIRST)


def test_of_many_who_decide_at_once_on_what_they_saw_one_is_first(another: Callable[[], Database]):
    logs = [DecisionLog(another()) for _ in range(8)]
    won: list[str] = []

    def decide(number: int) -> None:
        for seen in range(20):
            try:
                accept(logs[number], seen, f"p{number}")
            except Outdated:
                continue
            won.append(f"p{number}")

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    kept = logs[0].of("x")
    assert [one.version for one in kept] == list(range(1, len(kept) + 1))
    assert sorted(one.by for one in kept) == sorted(won)


@pytest.mark.postgres
def test_a_connection_that_was_lost_is_made_anew(server: str):
    base, other = Database(address=server), Database(address=server)
    (number,) = base.row("SELECT pg_backend_pid()") or (0,)
    other.rows("SELECT pg_terminate_backend(?::int)", number)
    assert base.row("SELECT 1") == (1,)
    (number,) = base.row("SELECT pg_backend_pid()") or (0,)
    other.rows("SELECT pg_terminate_backend(?::int)", number)
    with base.transaction():
        assert base.row("SELECT current_schema()") == ("quoth_desk",)
    base.close()
    other.close()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "to confirm a finding, accept it"),
        ({"grade": Grade.ALTERED}, "to confirm a finding, accept it"),
        ({"content": (Span(90, 200),)}, "not in the report"),
        ({"content": (Span(4, 4),)}, "not in the report"),
        ({"content": (Span(9, 4),)}, "not in the report"),
        ({"speaker": Who(" ")}, "name of a speaker"),
    ],
)
def test_a_correction_that_corrects_nothing_is_refused(given: dict[str, object], told: str):
    with pytest.raises(UnusableInput, match=told):
        after(FIRST, Act.CORRECT, length=100, **given)  # type: ignore[arg-type]


def test_the_file_is_its_owners_alone_and_what_is_deleted_is_gone_from_it(tmp_path: Path):
    file = tmp_path / "desk.sqlite"
    base = Database(file=file)
    log = DecisionLog(base)
    made = after(FIRST, Act.ACCEPT, length=100)
    log.append("x", "s1", Act.ACCEPT, seen=0, by="ada", suggested=FIRST, after=made, note="embargoed until noon")
    assert file.stat().st_mode & 0o077 == 0
    log.forget("x")
    base.close()
    assert b"embargoed" not in file.read_bytes()
    assert sqlite3.connect(file).execute("SELECT count(*) FROM decisions").fetchone() == (0,)


def accept_many(log: DecisionLog) -> None:
    for seen in range(200):
        accept(log, seen)


def test_a_full_disk_under_the_log_is_named(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        base = Database(file=disk / "desk.sqlite")
        log = DecisionLog(base)
        filled(disk, 0)
        with pytest.raises(ArchiveError, match="the disk is full"):
            accept_many(log)
        base.close()
        filled(disk, 0)
        with pytest.raises(ArchiveError, match="the disk is full"):
            Database(file=disk / "another.sqlite")
