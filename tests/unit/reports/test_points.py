"""What a reader could take away differently, one line each."""

from dataclasses import replace

import pytest

from quoth.models.ports import RULES_ONLY
from quoth.pipeline.examine import examine
from quoth.reading import read_text
from quoth.reports.points import Point, points, readable
from quoth.reports.view import view
from quoth.types import Change, ChangeKind, Discrepancy, Examination, Grade, Mode, Span


def lines(examination: Examination) -> list[str]:
    return [f"{one.kind}: {one.reported} <- {one.original}" for one in points(view(examination))]


def told(report: str, source: str) -> tuple[Point, ...]:
    documents = read_text(report, "report"), read_text(source, "source")
    return points(view(examine(documents[0], [documents[1]], RULES_ONLY)))


def test_a_word_that_stands_on_one_side_is_shown_as_a_value_against_a_value(examination: Examination):
    assert "hedge: almost 40 tonnes <- 40 tonnes" in lines(examination)


def test_differences_of_dates_and_names_stand_among_the_findings(examination: Examination):
    assert "date: Thursday <- 30 April 2031" in lines(examination)
    assert "name: Ilya Marens <- Ilya Mahrens" in lines(examination)


def test_a_date_is_told_with_what_its_words_leave_open(examination: Examination):
    date = next(one for one in points(view(examination)) if one.kind == "date")
    assert (date.reported_value, date.original_value) == ("1 May 2031", "Wednesday")


def test_a_difference_that_a_finding_tells_is_one_line_with_it(examination: Examination):
    report, source = examination.report, examination.sources[0]
    at, there = report.text.index("almost 40 tonnes"), source.text.index("40 tonnes")
    same = Discrepancy(ChangeKind.HEDGE, Span(at, at + 16), "almost 40 t", source.id, Span(there, there + 9), "40 t")
    found = points(view(replace(examination, discrepancies=(*examination.discrepancies, same))))
    hedges = [one for one in found if one.kind == "hedge"]
    assert [(one.reported, one.original) for one in hedges] == [("almost 40 tonnes", "40 tonnes")]
    assert hedges[0].findings[0].grade is Grade.ALTERED
    assert hedges[0].confidence is not None


def test_a_surname_and_the_whole_name_are_one_difference(examination: Examination):
    report, source = examination.report, examination.sources[0]
    at, there = report.text.rindex("Marens"), source.text.rindex("Mahrens")
    surname = Discrepancy(ChangeKind.NAME, Span(at, at + 6), "Marens", source.id, Span(there, there + 7), "Mahrens")
    found = points(view(replace(examination, discrepancies=(*examination.discrepancies, surname))))
    assert [(one.reported, len(one.differences)) for one in found if one.kind == "name"] == [("Ilya Marens", 2)]


def test_the_gravest_and_surest_come_first_and_what_stands_nowhere_after_them():
    found = told(
        "Minister Rana Velt spoke on Monday.\n\n“We do accept the plan for the river port,” Rana Velt said.\n\n"
        "“We will spend almost 20 crowns on the lamps of the quay,” Rana Velt said.\n\n"
        "“I shall eat my hat and dance upon the table,” Rana Velt said.",
        "Rana Velt: We do not accept the plan for the river port.\n\n"
        "Rana Velt: We will spend 20 crowns on the lamps of the quay.",
    )
    assert [one.kind for one in found] == ["negation", "hedge", "not found"]
    assert [one.number for one in found] == [1, 2, 3]


def test_what_is_told_indirectly_and_not_found_is_no_point(examination: Examination):
    missed = [one for one in examination.verdicts if one.grade is Grade.NOT_FOUND]
    assert missed
    assert all(one.kind != "not found" for one in points(view(examination)))


def test_a_quotation_of_somebody_who_never_speaks_in_the_source_is_no_point(examination: Examination):
    statement = replace(examination.statements[3], mode=Mode.DIRECT)
    others = (*examination.statements[:3], statement, examination.statements[4])
    quoted = replace(examination, statements=others)
    assert any(one.kind == "not found" for one in points(view(quoted)))
    unheard = tuple(
        replace(one, why="no source by this speaker") if one.grade is Grade.NOT_FOUND else one
        for one in quoted.verdicts
    )
    assert all(one.kind != "not found" for one in points(view(replace(quoted, verdicts=unheard))))


def test_two_changes_within_one_difference_are_one_line(examination: Examination):
    report, source = examination.report, examination.sources[0]
    at, there = report.text.index("almost 40 tonnes"), source.text.index("40 tonnes")
    difference = Discrepancy(ChangeKind.HEDGE, Span(at, at + 16), "a", source.id, Span(there, there + 9), "b")
    altered = next(one for one in examination.verdicts if one.grade is Grade.ALTERED)
    number = Change(ChangeKind.NUMBER, True, Span(at + 7, at + 9), Span(there, there + 2), source.id)
    verdicts = tuple(
        replace(one, changes=(*one.changes, number)) if one is altered else one for one in examination.verdicts
    )
    found = points(view(replace(examination, verdicts=verdicts, discrepancies=(difference,))))
    assert len(found) == 1


def test_a_material_change_that_is_no_value_shows_its_clause(examination: Examination):
    source = examination.sources[0]
    at = source.text.index("If the water")
    condition = Change(ChangeKind.CONDITION, True, None, Span(at, at + 2), source.id)
    verdicts = (replace(examination.verdicts[0], grade=Grade.ALTERED, changes=(condition,)),)
    assert "condition:  <- If the water is clean by Sunday" in lines(replace(examination, verdicts=verdicts))


@pytest.mark.parametrize(
    ("text", "word", "other", "expected"),
    [
        ("they paid almost 40 crowns a day", "almost", "they paid 40 crowns a day", ("almost 40 crowns", "40 crowns")),
        ("we do not accept the plan", "not", "we accept the plan at last", ("not accept the plan", "accept the plan")),
        ("he was told, reportedly", "reportedly", "he was told", ("he was told, reportedly", "he was told")),
        ("is it so?", "?", "it was", ("is it so?", "")),
        ("the pier could burn down", "could", "the pier burns down by night", ("could burn", "burns")),
    ],
)  # fmt: skip
def test_a_value_takes_neighbours_that_both_texts_have(text: str, word: str, other: str, expected: tuple[str, str]):
    start = text.index(word)
    found = readable(text, Span(start, start + len(word)), Span(0, len(text)), other, Span(0, len(other)))
    assert found == expected


@pytest.mark.parametrize(
    ("said", "source", "reported", "original"),
    [
        ("the bridge could open on Monday", "We checked every bolt of it. The bridge opens on Monday, as promised.",
         "could open on Monday", "opens on Monday"),
        ("the company could lose its licence", "We will take the licence away from the company.",
         "the company could", "the company"),
    ],
)  # fmt: skip
def test_a_small_word_stands_against_what_answers_to_it_and_no_whole_sentence(
    said: str, source: str, reported: str, original: str
):
    found = told(f"Mayor Ada Brenn said {said}.", f"ADA BRENN: {source}")
    assert [(one.kind, one.reported, one.original) for one in found] == [("hedge", reported, original)]


def test_a_clause_is_cut_where_nothing_in_it_answers_to_the_small_word(examination: Examination):
    report, source = examination.report, examination.sources[0]
    at, there = report.text.index("almost"), source.text.index("If the water is clean")
    end = source.text.index(".", there)
    hedge = Discrepancy(ChangeKind.STRENGTH, Span(at, at + 6), "a", source.id, Span(there, end), "b")
    found = points(view(replace(examination, discrepancies=(hedge,), verdicts=())))
    assert [len(one.original.split()) <= 9 for one in found] == [True]
