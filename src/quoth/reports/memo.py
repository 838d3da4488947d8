"""An examination as a memo in Markdown: what differs first, then the findings in order of weight."""

import re
from collections.abc import Iterator, Sequence

from quoth.reports.excerpts import CONTROLS, Mark, Stretch, one_line, shorten
from quoth.reports.labels import count_of, heading, kind_words, line_of, made_with, searched
from quoth.reports.notes import notes
from quoth.reports.points import NOT_FOUND, Point, points
from quoth.reports.summary import answer, card_groups, in_short, rejected_group
from quoth.reports.view import Finding, View, view
from quoth.types import Examination, Grade

#: What CommonMark, its tables and GitHub's mathematics read as markup within a line, and at the beginning of one.
_SIGNS = re.compile(r"([\\`*_\[\]<>&|~$])")
_BEGINNING = re.compile(r"\A(?:([#+=-])|(\d+)([.)]))")
MARKED = frozenset({Mark.ADDED, Mark.CHANGED, Mark.LEFT_OUT})
MOST_PASSAGES = 3  # of a source text that a finding shows
MOST_LEFT_OUT = 10  # sentences of the source


def to_markdown(examination: Examination) -> str:
    """The memo.

    Args:
        examination: what was found out about one report; what people decided stands with the findings.

    Returns:
        CommonMark with tables; no word of a text is read as markup.
    """
    return "\n".join(_lines(view(examination))).rstrip("\n") + "\n"


def _lines(seen: View) -> Iterator[str]:
    yield from _head(seen)
    for group in card_groups(seen):
        yield from ("", f"## {plain(group.title)} ({len(group.findings)})", "", plain(group.meaning), "")
        if group.findings[0].grade is Grade.NOT_FOUND and not group.lines:
            yield from (plain(searched(group.findings[0].verdict.searched)), "")
        for finding in group.findings:
            if group.lines:
                yield from _line(finding)
            else:
                yield from _finding(finding)
    yield from _rest(seen)
    if rejected := rejected_group(seen):
        yield from ("", f"## {rejected.title} ({len(rejected.findings)})", "", rejected.meaning, "")
        for finding in rejected.findings:
            yield from _line(finding)
    yield from (
        "",
        "---",
        "",
        "Quoth shows what the source says; it does not judge what is true, and presumes neither text",
    )
    yield "right. Grades are suggestions until a person confirms them."
    yield plain(made_with(seen.examination.recipe))


def _head(seen: View) -> Iterator[str]:
    examination = seen.examination
    yield f"# {plain(heading(examination.report))}"
    yield from ("", "<!-- examined by Quoth -->", "")
    yield f"- Report: {plain(line_of(examination.report))}"
    for source in examination.sources:
        yield f"- Held against: {plain(heading(source))}, {plain(line_of(source))}"
    for note in notes(examination):
        yield from ("", f"> **Note.** {plain(note)}")
    found = points(seen)
    yield from ("", f"## {plain(answer(seen, found))}", "")
    if found:
        yield "| what | report | source | who | confidence |"
        yield "|---|---|---|---|---|"
        yield from (_row(one) for one in found)
        yield ""
    yield plain(in_short(seen))


def _rest(seen: View) -> Iterator[str]:
    """What is left out and added."""
    many = len(seen.gone) + seen.gone_unlisted
    if many:
        yield from ("", f"## In the source, not in the report ({many})", "")
        for gone in seen.gone[:MOST_LEFT_OUT]:
            yield f"- {plain(gone.words)}" + (f" *{plain(gone.entry.why)}*" if gone.entry.why.strip() else "")
        if many > MOST_LEFT_OUT:
            yield f"- and {count_of(many - MOST_LEFT_OUT, 'sentence')} more"
    if seen.extras:
        yield from ("", f"## In the report, not in the source ({len(seen.extras)})", "")
        yield from (f"- {plain(extra.words)}" for extra in seen.extras)


def _row(one: Point) -> str:
    cells = (
        kind_words(one.kind),
        _value(one.reported, one.reported_value) or "(left out)",
        _value(one.original, one.original_value)
        or ("(nowhere in what was searched)" if one.kind == NOT_FOUND else "(not there)"),
        f"{one.findings[0].number} {one.findings[0].speakers[0]}" if one.findings else "the report itself",
        one.certainty,
    )
    return f"| {' | '.join(plain(cell) for cell in cells)} |"


def _value(words: str, full: str) -> str:
    return f"{shorten(words, 100)}{f' ({full})' if full else ''}"


def _finding(finding: Finding) -> Iterator[str]:
    who = ", according to ".join(finding.speakers)
    sure = f", confidence {finding.certainty}" if finding.certainty else ""
    yield from (f"**{finding.number}** {plain(f'{who}, {finding.how}')}{plain(sure)}", "")
    yield from (f"> *report:* {_marked(finding.reported, free=finding.free)}", ">")
    for excerpt in finding.excerpts[:MOST_PASSAGES]:
        yield from (f"> *{plain(excerpt.document.id)}:* {_marked(excerpt.stretches, free=finding.free)}", ">")
    if finding.nearest and not finding.excerpts:
        words = plain("".join(one.text for one in finding.nearest.stretches))
        yield from (f"> *nearest passage, {plain(finding.nearest.document.id)}:* {words}", ">")
    yield ""
    if finding.verdict.reason:
        yield from (plain(finding.verdict.reason), "")
    if finding.decided:
        yield from (f"- {plain(finding.decision)}", "")


def _line(finding: Finding) -> Iterator[str]:
    yield f"- **{finding.number}** {plain(finding.speakers[0])}: {plain(shorten(finding.words, 160))}"
    if finding.decided:
        yield f"  - {plain(finding.decision)}"


def _marked(stretches: Sequence[Stretch], *, free: bool) -> str:
    """The words, with what is material in bold and, where words answer to words, what else differs in italics."""
    shown = ""
    for one in stretches:
        words = _SIGNS.sub(r"\\\1", CONTROLS.sub(" ", one.text))
        core = words.strip()
        if core and one.mark in MARKED and (one.material or not free):
            lead, trail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
            sign = "**" if one.material else "*"
            words = f"{lead}{sign}{core}{sign}{trail}"
        shown += words
    return " ".join(shown.split())


def plain(text: str) -> str:
    """A text on one line, with nothing in it that would be read as markup."""
    return _BEGINNING.sub(_escaped, _SIGNS.sub(r"\\\1", one_line(text)))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"
