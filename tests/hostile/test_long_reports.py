"""A report of any length is examined from its first word to its last, and every span indexes the whole text."""

import pytest

from hostile.texts import ordinary
from quoth.doc import doc
from quoth.doc.doc import Doc
from quoth.doc.kept_analyses import KeptAnalyses
from quoth.matching import long_sources
from quoth.pipeline import long_reports
from quoth.pipeline.examine import examine
from quoth.reading import read_text
from quoth.types import Examination, Grade

STATEMENT = "Statement of Mira Orlan\n\nThe new bridge is safe for everybody. We never promised Kerrow a lighthouse."


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_reports, "LONGEST", 3_000)
    monkeypatch.setattr(long_reports, "PART", 1_500)


def _told() -> str:
    paragraph = "Mira Orlan said: “The new bridge is safe for everybody.”"
    return f"{paragraph}\n\n{ordinary(5_000)}.\n\n{paragraph}\n\nThe mill opens today, Mira Orlan said."


def _examined() -> Examination:
    return examine(read_text(_told(), "report"), [read_text(STATEMENT, "source")])


@pytest.mark.usefixtures("short_parts")
def test_the_parts_of_a_long_report_are_the_report() -> None:
    report = read_text(_told(), "report")
    parts = list(long_reports.cut(report))
    assert len(parts) >= 3
    assert "".join(part.text for _, part in parts) == report.text
    for offset, part in parts:
        assert report.text[offset : offset + len(part.text)] == part.text
        for block in part.blocks:
            assert block.span.of(part.text).strip()


@pytest.mark.usefixtures("short_parts")
def test_the_last_words_of_a_long_report_are_held_against_the_source() -> None:
    found = _examined()
    first, *_, last = (one for one in found.statements if "bridge is safe" in found.report.words(one))
    assert last.content[0].start - first.content[0].start > 5_000
    for one in (first, last):
        assert found.verdict(one).grade is Grade.VERBATIM
        (piece,) = found.verdict(one).pieces
        assert found.both(piece) == ("The new bridge is safe for everybody", "The new bridge is safe for everybody")
    assert first.speaker == last.speaker
    assert found.not_examined == ()


@pytest.mark.usefixtures("short_parts")
def test_a_long_report_leaves_out_what_all_of_its_parts_leave_out() -> None:
    found = _examined()
    left = [one.span.of(found.sources[0].text) for one in found.left_out]
    assert "The new bridge is safe for everybody." not in left
    assert "We never promised Kerrow a lighthouse." in left


def test_in_parts_a_report_tells_the_same_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _examined()
    monkeypatch.setattr(long_reports, "LONGEST", 3_000)
    monkeypatch.setattr(long_reports, "PART", 1_500)
    parts = _examined()
    assert {one.id: one.content for one in whole.statements} == {one.id: one.content for one in parts.statements}
    assert [one.statement for one in parts.verdicts] == [one.id for one in parts.statements]
    known = {one.id for one in parts.entities}
    assert len(known) == len(parts.entities)
    assert {one.speaker for one in parts.statements} - {None} <= known
    for entity in parts.entities:
        for mention in entity.mentions:
            assert mention.span.of(parts.document(mention.document).text).strip()
    names = [(one.type, one.name) for one in parts.entities if one.named]
    assert len(names) == len(set(names))


@pytest.mark.usefixtures("short_parts")
def test_progress_over_the_parts_ends_where_the_statements_do() -> None:
    told: list[tuple[int, int]] = []
    report, source = read_text(_told(), "report"), read_text(STATEMENT, "source")
    found = examine(report, [source], watch=lambda *step: told.append(step))
    assert [done for done, _ in told] == list(range(1, len(found.statements) + 1))
    assert told[-1][1] == len(found.statements)


@pytest.mark.usefixtures("short_parts")
def test_what_is_read_of_a_very_long_source_for_one_part_of_a_report_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(long_sources, "LONGEST", 20_000)
    monkeypatch.setattr(long_sources, "READ", 6_000)
    kept = KeptAnalyses(4_000_000, Doc)
    monkeypatch.setattr(doc, "_kept", kept)
    report, source = read_text(_told(), "report"), read_text(f"{STATEMENT}\n\n{ordinary(40_000)}", "source")
    assert examine(report, [source]).statements
    assert kept._size == 0
