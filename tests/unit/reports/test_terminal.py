"""The view for a terminal, a pipe and a narrow screen."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from quoth.reports import statements_to_terminal, to_terminal
from quoth.types import Examination


def shown(examination: Examination, *, width: int = 110, terminal: bool = False, no_color: bool = False) -> str:
    out = io.StringIO()
    colours = "standard" if terminal else "auto"
    console = Console(
        file=out, width=width, force_terminal=terminal, no_color=no_color, highlight=False, color_system=colours
    )
    to_terminal(examination, console)
    return out.getvalue()


def test_a_pipe_gets_no_escape_and_marks_in_signs(examination: Examination):
    text = shown(examination)
    assert "\x1b" not in text
    assert "{+almost+}" in text
    assert "{~No ship~}" in text


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
    verdict = replace(examination.verdicts[0], reason="[red]not markup[/red] [/]")
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
