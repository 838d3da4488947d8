"""An examination for a terminal: grades in colour and in words, the two texts side by side, the differences marked.

In a terminal, differences are underlined or struck through as well as coloured, so that NO_COLOR loses nothing. Where
the output is a pipe or a file there is no styling at all, and `{+added+}` `{~other~}` `[-left out-]` mark the words.
"""

from collections.abc import Collection, Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from quoth.reports.excerpts import Excerpt, Mark, Stretch, one_line, shorten
from quoth.reports.labels import (
    confidence,
    count_of,
    heading,
    kind_words,
    line_of,
    made_with,
    searched,
    side_label,
)
from quoth.reports.notes import notes
from quoth.reports.points import NOT_FOUND, Point, points
from quoth.reports.summary import CardGroup, answer, card_groups, rejected_group
from quoth.reports.view import Finding, View, speaker_chain, view
from quoth.types import Document, Entity, Examination, Grade, Statement

SIDE_BY_SIDE = 84  # columns from which two texts stand beside each other
WIDEST = 132  # longer lines are hard to read
MATTERING = frozenset({Grade.ALTERED, Grade.SPLICED, Grade.NOT_FOUND})  # grades in whose colour a line is drawn
MOST_PASSAGES = 3  # of a source text that a finding shows
SHORT_LIST = 6  # entries of what is left out or added that are shown before "and N more"

STYLES = {
    Grade.VERBATIM: "green",
    Grade.ABRIDGED: "blue",
    Grade.REWORDED: "cyan",
    Grade.SPLICED: "magenta",
    Grade.UNCLEAR: "white",
    Grade.ALTERED: "red",
    Grade.NOT_FOUND: "yellow",
}

#: What stands around marked words where there is no styling; after wdiff.
SIGNS = {Mark.ADDED: ("{+", "+}"), Mark.CHANGED: ("{~", "~}"), Mark.LEFT_OUT: ("[-", "-]")}


def to_terminal(
    examination: Examination, console: Console, *, summary: bool = False, only: Collection[Grade] = ()
) -> None:
    """Print `examination` to `console`, whatever its width, and plain where it is no terminal.

    Args:
        examination: what was found out about one report.
        console: where to; its width, colour and whether it is a terminal decide the layout.
        summary: whether to print no more than what matters, a line each.
        only: grades of the findings that are printed; all of them if empty.
    """
    seen = view(examination)
    width = min(console.width, WIDEST)
    plain = not console.is_terminal
    named = len(examination.sources) > 1
    found = points(seen)
    blocks: list[RenderableType] = [_head(seen), *_points(answer(seen, found), found, width, only)]
    if not summary:
        for group in card_groups(seen):
            if group.lines and _wanted(group.findings[0], only):
                blocks.append(_lines(group, width))
            elif not group.lines:
                chosen = [finding for finding in group.findings if _wanted(finding, only)]
                blocks += [_finding(finding, width, plain=plain, named=named) for finding in chosen]
                if chosen and group.findings[0].grade is Grade.NOT_FOUND:
                    blocks.append(Text(searched(chosen[0].verdict.searched), style="dim"))
        if not only:
            rejected = rejected_group(seen)
            blocks += [
                *_disputes(seen),
                *_left_out(seen),
                *_added(seen),
                *([_lines(rejected, width)] if rejected else []),
            ]
    for block in (*blocks, _foot(seen)):
        console.print(block, width=width)
        console.print()


def _wanted(finding: Finding, only: Collection[Grade]) -> bool:
    return not only or finding.grade in only


def _points(title: str, found: Sequence[Point], width: int, only: Collection[Grade]) -> list[RenderableType]:
    """What differs, a line each: the report's value and the source's."""
    chosen = [one for one in found if not only or one.grade in only]
    if not chosen:
        return []
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, expand=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    if width >= SIDE_BY_SIDE:
        table.add_column(overflow="fold", style="dim", max_width=width // 3)
    for one in chosen:
        style = STYLES[one.grade] if one.grade in MATTERING else STYLES[Grade.ALTERED]
        values = Text()
        values.append(_value(one.reported, one.reported_value) or "left out", style="bold" if one.reported else "dim")
        values.append(" ← ", style="dim")
        values.append(_value(one.original, one.original_value) or _missing(one), style="" if one.original else "dim")
        who = f"{one.findings[0].number}  {one_line(one.findings[0].speakers[0])}" if one.findings else "in the report"
        sure = f", {one.certainty}" if one.certainty else ""
        row = [Text(kind_words(one.kind), style=f"bold {style}"), values, Text(who + sure)]
        table.add_row(*row[: len(table.columns)])
    return [Group(Rule(Text(f"{title}: report ← source", style="bold"), align="left", style="dim"), table)]


def _missing(one: Point) -> str:
    return "nowhere in what was searched" if one.kind == NOT_FOUND else "not there"


def _value(words: str, full: str) -> str:
    words = shorten(words, 72)
    return f"{words} ({full})" if full else words


def _lines(group: CardGroup, width: int) -> RenderableType:
    """Findings of which there is no more to show, a line each."""
    lines = Text()
    wide = len(str(group.findings[-1].number))
    for finding in group.findings:
        who = shorten(finding.speakers[0], width // 3)
        room = max(width - len(who) - wide - 4, 8)
        lines.append(f"{finding.number:>{wide}}  ", style="bold").append(who, style="bold")
        lines.append(f": {shorten(finding.words, room)}\n")
        if finding.decided:
            lines.append(f"{' ' * (wide + 2)}{finding.decision}\n", style="dim")
    lines.rstrip()
    style = STYLES[group.findings[0].grade]
    title = Text().append(group.title.upper(), style=f"bold {style}").append(f"  {len(group.findings)}", style="dim")
    return Group(Rule(title, align="left", style=style), Text(group.meaning, style="dim"), lines)


def statements_to_terminal(
    documents: Sequence[tuple[Document, Sequence[Statement], Sequence[Entity]]], console: Console
) -> None:
    """Print who said what in each document.

    Args:
        documents: each with its statements in reading order and its entities.
        console: where to.
    """
    width = min(console.width, WIDEST)
    for document, statements, entities in documents:
        console.print(Text(heading(document), style="bold"), width=width)
        console.print(Text(f"{count_of(len(statements), 'statement')} · {document.id}", style="dim"), width=width)
        for note in document.notes:
            console.print(_hanging("! ", Text(one_line(note), style="bold")), width=width)
        by_id = {statement.id: statement for statement in statements}
        named = {entity.id: entity for entity in entities}
        for number, statement in enumerate(statements, 1):
            who = ", according to ".join(speaker_chain(document, statement, by_id, named))
            cue = one_line(" … ".join(document.words(span) for span in statement.cue))
            words = one_line(" … ".join(document.words(span) for span in statement.content))
            line = Text(f"\n{number:>3}  ")
            line.append(who, style="bold")
            line.append(f"  {statement.mode}, {statement.act}" + (f" (“{cue}”)" if cue else ""), style="dim")
            console.print(line, width=width)
            console.print(Padding(Text(words), (0, 0, 0, 5)), width=width)
        console.print()


def _head(seen: View) -> RenderableType:
    report = seen.examination.report
    titles = Table.grid(padding=(0, 2, 0, 0))
    titles.add_column(style="dim", no_wrap=True)
    titles.add_column(overflow="fold")
    titles.add_row("report", Group(Text(heading(report), style="bold"), Text(line_of(report), style="dim")))
    for place, source in enumerate(seen.examination.sources):
        label = "held against" if place == 0 else "and"
        titles.add_row(label, Group(Text(heading(source)), Text(line_of(source), style="dim")))
    counts = Text(f"{count_of(len(seen.findings), 'statement')}:  ")
    for place, (grade, count) in enumerate(seen.counts):
        counts.append("  ·  " if place else "")
        counts.append(f"{count} ")
        counts.append(str(grade), style=f"bold {STYLES[grade]}")
    others = Text(f"{count_of(len(seen.gone) + seen.gone_unlisted, 'sentence')} left out  ·  {len(seen.extras)} added")
    told = [_hanging("! ", Text(one_line(note), style="bold")) for note in notes(seen.examination)]
    return Group(titles, Text(), counts, others, *told)


def _hanging(sign: str, text: Text) -> RenderableType:
    """A paragraph whose further lines stand under its first word."""
    grid = Table.grid()
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(sign, text)
    return grid


def _finding(finding: Finding, width: int, *, plain: bool, named: bool) -> RenderableType:
    """One finding: who, the words on both sides, and why; told freely, the two passages and what is material of it."""
    style = STYLES[finding.grade]
    title = Text().append(f"{finding.number} ", style="bold")
    title.append(str(finding.grade).upper(), style=f"bold {style}")
    if finding.certainty:
        title.append(f"  confidence {finding.certainty}", style="dim")
    who = Text().append(", according to ".join(finding.speakers), style="bold")
    if finding.named_as:
        who.append(f" (“{shorten(finding.named_as, 60)}”)", style="dim")
    who.append(f", {finding.how}", style="dim")
    parts: list[RenderableType] = [Rule(title, align="left", style=style, characters="─"), who]
    reported = _marked(finding.reported, plain=plain, free=finding.free)
    sides = list(finding.excerpts[:MOST_PASSAGES]) or ([finding.nearest] if finding.nearest else [])
    label = "source" if finding.excerpts else "nearest passage of the source"
    if sides and width >= SIDE_BY_SIDE:
        table = Table(box=None, expand=True, padding=(0, 3, 0, 0), header_style="dim")
        table.add_column("report", ratio=1, overflow="fold")
        table.add_column(label, ratio=1, overflow="fold")
        table.add_row(reported, _excerpts(sides, plain=plain, named=named, free=finding.free))
        parts.append(table)
    else:
        parts += [Text("report", style="dim"), Padding(reported, (0, 0, 0, 2))]
        if sides:
            parts += [
                Text(label, style="dim"),
                Padding(_excerpts(sides, plain=plain, named=named, free=finding.free), (0, 0, 0, 2)),
            ]
    if len(finding.excerpts) > MOST_PASSAGES:
        parts.append(Text(f"and {len(finding.excerpts) - MOST_PASSAGES} more passages (--html shows all)", style="dim"))
    told = [one for one in (one_line(finding.verdict.reason), finding.decision) if one]
    parts += [_hanging("→ ", Text(one)) for one in told]
    return Group(*parts)


def _excerpts(sides: Sequence[Excerpt], *, plain: bool, named: bool, free: bool) -> Text:
    """Passages of sources below each other, each with its source's name where there are several sources."""
    text = Text()
    for place, side in enumerate(sides):
        text.append(" […]\n" if place and side.document is sides[place - 1].document else "\n" if place else "")
        text.append(f"{side_label(side.document)}: " if named else "", style="dim")
        text.append_text(_marked(side.stretches, plain=plain, free=free))
        text.append(f" [{side.where}]" if side.where else "", style="dim")
    return text


def _marked(stretches: Iterable[Stretch], *, plain: bool, free: bool) -> Text:
    """The words with their marks; signs where nothing is styled; of what is told freely, the material ones only."""
    text = Text()
    for stretch in stretches:
        words = one_line_ends(stretch.text)
        if free and not stretch.material and stretch.mark in SIGNS:
            text.append(words)
            continue
        if plain and stretch.mark in SIGNS:
            before, after = SIGNS[stretch.mark]
            core = words.strip()
            lead = words[: len(words) - len(words.lstrip())]
            text.append(lead + before + core + after + words[len(lead) + len(core) :])
            continue
        text.append(words, style=_style(stretch))
    return text


def _style(stretch: Stretch) -> str:
    match stretch.mark:
        case Mark.ADDED:
            return "bold underline red" if stretch.material else "underline"
        case Mark.CHANGED:
            return "bold underline red" if stretch.material else "underline"
        case Mark.LEFT_OUT:
            return "bold strike red" if stretch.material else "strike"
        case Mark.CONTEXT | Mark.GAP:
            return "dim"
        case _:
            return ""


def one_line_ends(text: str) -> str:
    """Runs of white space as one space each, the ends kept."""
    core = one_line(text)
    if not core:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + core + (" " if text[-1].isspace() else "")


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", expand=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("\n".join(map(one_line, cell.split("\n")))) for cell in row))
    return Group(Rule(Text(title, style="bold"), align="left", style="dim"), table)


def _disputes(seen: View) -> list[RenderableType]:
    rows = [
        (
            f"C{one.number}",
            f"{one.by}: {shorten(one.words, 160)}",
            "\n".join(
                f"{answer.by} {answer.stance}" + (f" ({answer.number})" if answer.number else "")
                for answer in one.answers
            ),
        )
        for one in seen.disputes
    ]
    return [_table("Claims and answers", ("", "claim", "answered"), rows)] if rows else []


def _left_out(seen: View) -> list[RenderableType]:
    rows = [
        (f"L{one.number}", f"{confidence(one.entry.salience)}", shorten(one.words, 240), one.entry.why)
        for one in seen.gone[:SHORT_LIST]
    ]
    return _listed(
        "In the source, not in the report", ("", "weight", "", ""), rows, len(seen.gone) + seen.gone_unlisted
    )


def _added(seen: View) -> list[RenderableType]:
    rows = [(f"A{one.number}", shorten(one.words, 240)) for one in seen.extras[:SHORT_LIST]]
    return _listed("In the report, not in the source", ("", ""), rows, len(seen.extras))


def _listed(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], many: int) -> list[RenderableType]:
    if not rows:
        return []
    parts = [_table(title, columns, rows)]
    if many > len(rows):
        parts.append(Text(f"and {many - len(rows)} more (--json lists all)", style="dim"))
    return [Group(*parts)]


def _foot(seen: View) -> RenderableType:
    told = one_line(made_with(seen.examination.recipe))
    lines = ["Quoth shows what the source says; it does not judge what is true. Neither text is presumed right."]
    return Text("\n".join([*lines, told] if told else lines), style="dim")
