"""The view for a terminal, a pipe and a narrow screen."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from quoth.reports import statements_to_terminal, to_terminal
from quoth.types import Examination, Grade, Mode


def shown(
    examination: Examination, *, width: int = 110, terminal: bool = False, no_color: bool = False, **asked: object
) -> str:
    out = io.StringIO()
    colours = "standard" if terminal else "auto"
    console = Console(
        file=out, width=width, force_terminal=terminal, no_color=no_color, highlight=False, color_system=colours
    )
    to_terminal(examination, console, **asked)
    return out.getvalue()


def test_a_pipe_gets_no_escape_and_marks_in_signs(examination: Examination):
    text = shown(examination)
    assert "\x1b" not in text
    assert "{+almost+}" in text


def test_without_colour_differences_stay_underlined(examination: Examination):
    text = shown(examination, terminal=True, no_color=True)
    assert "\x1b[1;4malmost" in text  # bold and underlined
    assert "\x1b[31m" not in text  # no red


def test_with_colour_the_grade_is_also_a_word(examination: Examination):
    text = shown(examination, terminal=True)
    assert "\x1b[1;31mALTERED" in text


@pytest.mark.parametrize("width", [28, 40, 79, 84, 200])
def test_no_line_is_wider_than_the_terminal(examination: Examination, width: int):
    assert max(len(line) for line in shown(examination, width=width).splitlines()) <= width


def test_a_wide_terminal_shows_the_texts_side_by_side(examination: Examination):
    line = next(line for line in shown(examination).splitlines() if "{+almost+}" in line)
    assert "The ministry knew of 40 tonnes" in line


def test_a_narrow_terminal_shows_them_one_below_the_other(examination: Examination):
    assert not any(
        "{+almost+}" in line and "The ministry knew" in line for line in shown(examination, width=60).splitlines()
    )


def test_departures_come_before_what_was_not_found_and_both_before_the_faithful(examination: Examination):
    text = shown(examination)
    assert text.index("ALTERED") < text.index("NOT FOUND") < text.index("REWORDED") < text.index("VERBATIM")


def test_not_found_says_what_was_searched_and_what_it_does_not_show(examination: Examination):
    text = " ".join(shown(examination).split())
    assert "Searched: 1 document, 15 passages." in text
    assert "does not show that it was not said" in text


def test_markup_in_a_text_is_shown_as_it_is(examination: Examination):
    verdict = replace(examination.verdicts[1], reason="[red]not markup[/red] [/]")
    text = shown(replace(examination, verdicts=(verdict,)))
    assert "[red]not markup[/red] [/]" in text


def test_no_view_calls_anything_false(examination: Examination):
    assert "false" not in shown(examination).lower()


def test_an_examination_without_statements_says_so(examination: Examination):
    text = shown(replace(examination, statements=(), verdicts=(), claims=()))
    assert "No statement of anybody was found" in text


def test_statements_are_listed_with_who_according_to_whom(examination: Examination):
    out = io.StringIO()
    console = Console(file=out, width=100, highlight=False)
    statements_to_terminal([(examination.report, examination.statements, examination.entities)], console)
    assert "dock workers, according to Radio Tarn" in out.getvalue()


def test_a_text_cannot_command_the_terminal(examination: Examination):
    escape = "\x1b]0;title\x07\x1b[2J\x9b31m"
    hostile = replace(
        examination,
        report=replace(examination.report, title=f"Title {escape}", publisher=escape, id=escape),
        entities=tuple(replace(entity, name=f"{entity.name}{escape}") for entity in examination.entities),
        verdicts=tuple(replace(verdict, reason=f"Reason {escape}") for verdict in examination.verdicts),
        discrepancies=tuple(replace(one, report_value=escape) for one in examination.discrepancies),
        left_out=tuple(replace(one, why=escape) for one in examination.left_out),
        recipe={"quoth": escape},
    )
    text = shown(hostile)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\x9b" not in text


def test_the_view_leads_with_what_differs_value_against_value(examination: Examination):
    text = shown(examination)
    assert "almost 40 tonnes of oil ← 40 tonnes of oil" in text or "almost 40 tonnes ← 40 tonnes" in text
    assert "Thursday (1 May 2031) ← 30 April 2031 (Wednesday)" in text
    assert "Ilya Marens ← Ilya Mahrens" in text
    assert text.index("Ilya Marens ← Ilya Mahrens") < text.index("ALTERED")


def test_a_summary_is_what_differs_and_no_more(examination: Examination):
    text = shown(examination, summary=True)
    assert "almost 40 tonnes ← 40 tonnes" in text
    assert "Ministry of Ports, .93" in text
    for further in ("ALTERED", "VERBATIM", "Claims and answers", "In the source, not in the report"):
        assert further not in text


def test_only_some_grades_are_shown_where_some_are_asked_for(examination: Examination):
    text = shown(examination, only={Grade.REWORDED})
    assert "REWORDED" in text
    for further in ("ALTERED", "NOT FOUND", "VERBATIM", "almost 40 tonnes ←", "Claims and answers"):
        assert further not in text


def test_a_free_paraphrase_is_two_passages_with_the_certain_pair_marked(examination: Examination):
    assert "{~No ship~}" not in shown(examination)
    indirect = tuple(replace(one, mode=Mode.INDIRECT) for one in examination.statements)
    assert "{+almost+}" in shown(replace(examination, statements=indirect))


def test_people_whose_words_were_not_given_stand_in_one_line_each(examination: Examination):
    unheard = tuple(
        replace(one, why="no source by this speaker") if one.grade is Grade.NOT_FOUND else one
        for one in examination.verdicts
    )
    lines = shown(replace(examination, verdicts=unheard)).splitlines()
    start = next(number for number, line in enumerate(lines) if "BY PEOPLE WHOSE WORDS WERE NOT GIVEN  2" in line)
    assert [line.split(":")[0].strip() for line in lines[start + 2 : start + 4]] == ["4  Radio Tarn", "5  dock workers"]
    assert not any("NOT FOUND" in line for line in lines)


def test_what_is_unclear_claims_no_confidence(examination: Examination):
    verdicts = tuple(replace(one, grade=Grade.UNCLEAR, confidence=0.0) for one in examination.verdicts)
    assert "confidence" not in shown(replace(examination, verdicts=verdicts))
