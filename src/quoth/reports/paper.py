"""An examination on paper: a summary and the findings that matter on two pages at most, then an annex with the rest.

Made without a browser, by fpdf2 and Fira Sans (extra `pdf`; docs/decisions/170-paper.md).
"""

import logging
import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import fontpkg
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.prefs import ViewerPreferences

from quoth.reports.excerpts import Mark, Stretch, one_line, shorten
from quoth.reports.labels import count_of, day, heading, kind_words, line_of, made_with, searched
from quoth.reports.notes import notes
from quoth.reports.points import NOT_FOUND, Point, points
from quoth.reports.summary import MATTER, CardGroup, answer, card_groups, in_short, rejected_group
from quoth.reports.view import Finding, View, view
from quoth.types import AsReviewed, Examination, Grade

FAMILY, WEIGHTS = "Fira Sans", {"": 400, "B": 700}
OTHERS = "Noto Sans "  # families of other scripts, drawn where they are installed
MARGIN, FOOT = 16, 16  # millimetres of an A4 page
SUMMARY_PAGES = 2
BODY, SMALL, LINE = 9, 7.8, 4.4  # points; millimetres from line to line
KIND_WIDTH, WHO_WIDTH = 20, 46  # millimetres of the columns of what differs
MOST_PASSAGES, MOST_LEFT_OUT = 3, 10
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # stands for a date that nobody knows until it is taken out
_CREATED = re.compile(rb"/CreationDate \([^)]*\)")
CLOSING = (
    "Quoth shows what the source says; it does not judge what is true, and presumes neither text right. Grades are "
    "suggestions until a person confirms them."
)
INK, SOFT, RULE = (27, 31, 36), (86, 96, 105), (200, 206, 212)
#: The colours of the page's grades, in light.
COLOURS = {
    Grade.ALTERED: (173, 42, 31),
    Grade.SPLICED: (116, 66, 140),
    Grade.NOT_FOUND: (77, 84, 91),
    Grade.UNCLEAR: (91, 84, 112),
    Grade.REWORDED: (122, 91, 16),
    Grade.ABRIDGED: (60, 95, 138),
    Grade.VERBATIM: (31, 106, 72),
}
logging.getLogger("fontTools").setLevel(logging.ERROR)  # they tell of each table that a subset leaves out
logging.getLogger("fpdf").setLevel(logging.ERROR)


def to_pdf(examination: Examination) -> bytes:
    """The paper, A4.

    Args:
        examination: what was found out about one report; what people decided stands with the findings.

    Returns:
        A tagged PDF: headings and paragraphs are elements of its structure, in reading order. It is dated by the
        last decision, else by the examination, and not at all where nobody knows when that was, so that the same
        examination gives the same bytes. Signs that no installed font has are named on its first page; see
        docs/reference/formats.md.
    """
    seen = view(examination)
    made = dated(examination)
    paper = _Paper(one_line(heading(examination.report)), made)
    found = points(seen)
    groups = card_groups(seen)
    matter = [finding for group in groups if group.key in MATTER for finding in group.findings]
    shown = _summary(paper, seen, found, matter)
    paper.add_page()
    paper.headline("Annex", 13, level=0)
    for group in groups:
        _group(paper, group, shown)
    _rest(paper, seen)
    if rejected := rejected_group(seen):
        _group(paper, rejected, ())
    paper.remark(f"{CLOSING} {one_line(made_with(examination.recipe))}")
    written = bytes(paper.output())
    return written if made else _CREATED.sub(lambda found: b" " * len(found[0]), written)


def dated(examination: Examination) -> datetime | None:
    """When the last was decided, else when it was examined; None where nobody knows."""
    if not isinstance(examination, AsReviewed):
        return None
    known = [at for at in (examination.examined, *(one.at for one in examination.decided)) if at]
    moments = [datetime.fromisoformat(at) for at in known]
    return max((one if one.tzinfo else one.replace(tzinfo=UTC) for one in moments), default=None)


class _Paper(FPDF):
    """Pages of one text column, with a foot that names the report and the page."""

    def __init__(self, name: str, made: datetime | None) -> None:
        super().__init__(format="A4")
        self._name = name
        self._element = ""  # of the structure, that what is written belongs to
        self._elements: Counter[int] = Counter()  # how many each page has
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=FOOT)
        self.str_alias_nb_pages = ""  # no text is taken for the number of pages
        self.set_creation_date(made or UNDATED)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_title(name)
        self.set_creator("examined by Quoth")
        self.set_producer("examined by Quoth")
        self.set_lang("en")
        for style, weight in WEIGHTS.items():
            self.add_font("own", style, fontpkg.path(FAMILY, weight))
            self.add_font("own", f"{style}I", fontpkg.path(FAMILY, weight, "italic"))
        others = fallback_files()
        for number, file in enumerate(others):
            self.add_font(f"other{number}", "", file)
        self.set_fallback_fonts([f"other{number}" for number in range(len(others))], exact_match=False)
        self.add_page()

    def footer(self) -> None:
        """See `fpdf.FPDF`."""
        with self.apart():
            self.set_y(-FOOT + 4)
            self.written("", SMALL, SOFT)
            self.cell(self.epw - 12, LINE, shorten(self._name, 90))
            self.cell(12, LINE, str(self.page_no()), align="R")

    def add_page(self, *args: Any, **known: Any) -> None:  # noqa: ANN401  # whatever `fpdf.FPDF` takes
        """See `fpdf.FPDF`; an element that goes on overleaf has a part on each page."""
        if self._element:
            self._out("EMC")
        super().add_page(*args, **known)
        if self._element:
            self._begin()

    @contextmanager
    def element(self, kind: str) -> Iterator[None]:
        """What is written belongs to one element of the document's structure: "H1", "H2", "H3" or "P"."""
        self._element = kind
        self._begin()
        yield
        self._out("EMC")
        self._element = ""

    def _begin(self) -> None:
        mark = self._elements[self.page]
        self._elements[self.page] += 1
        _, parents = self.struct_builder.add_marked_content(self.page, f"/{self._element}", mark)
        self.pages[self.page].struct_parents = parents
        self._out(f"/{self._element} <</MCID {mark}>> BDC")

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is written belongs to the paper, and not to what it says."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def written(self, style: str = "", size: float = BODY, colour: tuple[int, int, int] = INK) -> None:
        """How what follows is written."""
        self.set_font("own", style, size)
        self.set_text_color(*colour)

    def paragraph(self, text: str, indent: float = 0) -> None:
        """A paragraph in the style that is set."""
        if text:
            self.set_x(MARGIN + indent)
            with self.element("P"):
                self.multi_cell(self.epw - indent, LINE, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def headline(self, text: str, size: float = 10.5, level: int = 1) -> None:
        """A heading, never alone at the foot of a page; it stands in the outline, too."""
        if self.will_page_break(4 * LINE):
            self.add_page()
        self.start_section(text, level)
        self.written("B", size)
        self.set_x(MARGIN)
        with self.element(f"H{level + 1}"):
            self.multi_cell(self.epw, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)

    def remark(self, text: str) -> None:
        """A remark."""
        self.written("", SMALL, SOFT)
        self.paragraph(text)

    def rule_off(self) -> None:
        """A line across."""
        self.set_draw_color(*RULE)
        with self.apart():
            self.line(MARGIN, self.get_y() + 0.4, MARGIN + self.epw, self.get_y() + 0.4)
        self.ln(1.2)

    def fits(self, write: "Callable[[_Paper], None]") -> bool:
        """Whether something can be written on what is left of this page."""
        with self.offset_rendering() as trial:
            write(cast("_Paper", trial))
        return not trial.page_break_triggered


@lru_cache(maxsize=1)
def fallback_files() -> tuple[Path, ...]:
    """Fonts of other scripts that are installed: packages of fontpkg whose family is Noto Sans of a script."""
    names = sorted(one.name for one in fontpkg.families().values())
    return tuple(fontpkg.path(name, nearest=True) for name in names if name.startswith(OTHERS))


def undrawn(paper: FPDF, text: str) -> str:
    """Signs of a text that no font has, each once, in order; white space and controls aside."""
    drawn: set[int] = set()
    for font in paper.fonts.values():
        drawn.update(getattr(font, "cmap", {}))
    return "".join(dict.fromkeys(sign for sign in text if sign.isprintable() and ord(sign) not in drawn))


def _summary(paper: _Paper, seen: View, found: Sequence[Point], matter: Sequence[Finding]) -> set[int]:
    """The first pages; gives the numbers of the findings that stand there with their evidence."""
    examination = seen.examination
    paper.headline(heading(examination.report), 15, level=0)
    paper.written("", SMALL, SOFT)
    paper.paragraph(f"Report: {line_of(examination.report)}")
    for source in examination.sources[:SUMMARY_PAGES]:
        paper.paragraph(f"Held against: {shorten(heading(source), 160)}, {line_of(source)}")
    if len(examination.sources) > SUMMARY_PAGES:
        paper.paragraph(f"and {count_of(len(examination.sources) - SUMMARY_PAGES, 'further source')}")
    if made := dated(examination):
        paper.paragraph(f"Examined and reviewed until {day(made.strftime('%Y-%m-%dT%H:%M'))} (UTC)")
    missing = undrawn(paper, "".join(one.text for one in (examination.report, *examination.sources)))
    told = [*notes(examination), *([f"{len(missing)} signs have no font here and are not drawn."] if missing else [])]
    paper.written("", SMALL)
    for note in told[:6]:
        paper.paragraph(f"Note. {shorten(note, 300)}")
    paper.ln(2)
    paper.headline(answer(seen, found), 12)
    for at, one in enumerate(found):
        if _is_last(paper) and not paper.fits(lambda trial, one=one: _point(trial, one)):  # type: ignore[misc]
            paper.remark(f"and {len(found) - at} more, in the annex")
            return set()
        _point(paper, one)
    paper.ln(1)
    paper.remark(in_short(seen))
    paper.ln(2)
    for at, finding in enumerate(matter):
        if not paper.fits(lambda trial, one=finding: _finding(trial, one)):  # type: ignore[misc]
            if _is_last(paper):
                paper.remark(f"{count_of(len(matter) - at, 'further finding')} of this kind in the annex")
                return {one.number for one in matter[:at]}
            paper.add_page()
        _finding(paper, finding)
    return {one.number for one in matter}


def _is_last(paper: _Paper) -> bool:
    return paper.page_no() >= SUMMARY_PAGES


def _point(paper: _Paper, one: Point) -> None:
    """A line: what it touches, the report's value ← the source's, who."""
    paper.rule_off()
    with paper.element("P"):
        _value_line(paper, one)


def _value_line(paper: _Paper, one: Point) -> None:
    top = paper.get_y()
    colour = COLOURS[one.grade] if one.grade in {Grade.SPLICED, Grade.NOT_FOUND} else COLOURS[Grade.ALTERED]
    paper.written("B", BODY, colour)
    paper.cell(KIND_WIDTH, LINE, kind_words(one.kind))
    who = f"{one.findings[0].number}  {one.findings[0].speakers[0]}" if one.findings else "the report itself"
    sure = f", {one.certainty}" if one.certainty else ""
    paper.written("", SMALL, SOFT)
    paper.set_xy(MARGIN + paper.epw - WHO_WIDTH, top)
    paper.cell(WHO_WIDTH, LINE, f"{shorten(who, 30)}{sure}", align="R")
    paper.set_xy(MARGIN + KIND_WIDTH, top)
    missing = "nowhere in what was searched" if one.kind == NOT_FOUND else "not there"
    values = (
        f"{shorten(words, 60)}{f' ({full})' if full else ''}" if words else absent
        for words, full, absent in (
            (one.reported, one.reported_value, "left out"),
            (one.original, one.original_value, missing),
        )
    )
    paper.written("", BODY)
    wide = paper.epw - KIND_WIDTH - WHO_WIDTH - 2
    paper.multi_cell(wide, LINE, "  ←  ".join(values), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _group(paper: _Paper, group: CardGroup, shown: Container[int]) -> None:
    rest = [one for one in group.findings if one.number not in shown]
    if not rest:
        return
    paper.ln(1.5)
    before = f", {len(group.findings) - len(rest)} of them before" if len(rest) < len(group.findings) else ""
    paper.headline(f"{group.title} ({len(group.findings)}{before})")
    paper.remark(group.meaning)
    if group.findings[0].grade is Grade.NOT_FOUND and not group.lines:
        paper.remark(searched(group.findings[0].verdict.searched))
    for finding in rest:
        if group.lines:
            paper.written("S" if finding.rejected else "", BODY, SOFT if finding.rejected else INK)
            paper.paragraph(f"{finding.number}  {finding.speakers[0]}: {shorten(finding.words, 150)}", 2)
            _decision(paper, finding)
        else:
            _finding(paper, finding)


def _finding(paper: _Paper, finding: Finding) -> None:
    """Who, the words of both sides, and why."""
    paper.rule_off()
    with paper.element("H3"):
        paper.written("B", BODY, COLOURS[finding.grade])
        paper.cell(KIND_WIDTH, LINE, f"{finding.number} {finding.grade}")
        sure = f", {finding.certainty}" if finding.certainty else ""
        paper.written("", SMALL, SOFT)
        who = ", according to ".join(finding.speakers)
        paper.multi_cell(0, LINE, f"{who}, {finding.how}{sure}", align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    _marked(paper, "report", finding.reported, free=finding.free)
    for excerpt in finding.excerpts[:MOST_PASSAGES]:
        _marked(paper, "source", excerpt.stretches, free=finding.free)
    if finding.nearest and not finding.excerpts:
        _marked(paper, "nearest passage", finding.nearest.stretches, free=True)
    paper.written("I", SMALL)
    paper.paragraph(one_line(finding.verdict.reason), 2)
    _decision(paper, finding)


def _decision(paper: _Paper, finding: Finding) -> None:
    paper.written("B", SMALL)
    paper.paragraph(finding.decision, 2)


def _marked(paper: _Paper, label: str, stretches: Sequence[Stretch], *, free: bool) -> None:
    """The words, what differs underlined or struck through, what is material of it bold."""
    paper.set_left_margin(MARGIN + 2)
    paper.set_x(MARGIN + 2)
    with paper.element("P"):
        paper.written("", SMALL, SOFT)
        paper.write(LINE, f"{label}  ")
        _stretches(paper, stretches, free=free)
    paper.set_left_margin(MARGIN)
    paper.ln(LINE)


def _stretches(paper: _Paper, stretches: Sequence[Stretch], *, free: bool) -> None:
    for one in stretches:
        plain = one.mark in {Mark.SAME, Mark.CONTEXT, Mark.GAP} or (free and not one.material)
        line = "" if plain else "S" if one.mark is Mark.LEFT_OUT else "U"
        bold = "B" if one.material and not plain else ""
        colour = SOFT if one.mark in {Mark.CONTEXT, Mark.GAP} else COLOURS[Grade.ALTERED] if bold else INK
        paper.written(bold + line, BODY, colour)
        lead = " " if one.text[:1].isspace() else ""
        trail = " " if one.text[-1:].isspace() else ""
        paper.write(LINE, f"{lead}{one_line(one.text)}{trail}")


def _rest(paper: _Paper, seen: View) -> None:
    """What is left out and added."""
    many = len(seen.gone) + seen.gone_unlisted
    if many:
        paper.ln(1.5)
        paper.headline(f"In the source, not in the report ({many})")
        paper.written()
        for gone in seen.gone[:MOST_LEFT_OUT]:
            paper.paragraph(shorten(gone.words, 400), 2)
        if many > MOST_LEFT_OUT:
            paper.remark(f"and {many - MOST_LEFT_OUT} more")
    if seen.extras:
        paper.ln(1.5)
        paper.headline(f"In the report, not in the source ({len(seen.extras)})")
        paper.written()
        for extra in seen.extras[:MOST_LEFT_OUT]:
            paper.paragraph(shorten(extra.words, 400), 2)
        if len(seen.extras) > MOST_LEFT_OUT:
            paper.remark(f"and {len(seen.extras) - MOST_LEFT_OUT} more")
    paper.ln(2)
