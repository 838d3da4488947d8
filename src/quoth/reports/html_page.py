"""An examination as a page: a file that stands alone, or a part of the desk's pages.

Every word of every text is escaped; nothing is loaded from anywhere. The one script is our own and adds what reading
does without: moving all columns at one touch, and keys. A stand-alone page allows it by its digest.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from quoth.reports import labels
from quoth.reports.excerpts import Mark, shorten
from quoth.reports.notes import notes
from quoth.reports.page_layout import grade_class, paragraphs, report_notes, runs, shown_length, source_notes
from quoth.reports.points import Point, points
from quoth.reports.summary import MATTER, CardGroup, answer, card_groups, in_short, rejected_group
from quoth.reports.view import Finding, view
from quoth.types import Examination, Grade

Actions = Callable[[Finding], Markup]

MOST_POINTS = 8  # lines that are shown at first; the others are one touch away
MOST_LISTED = 40  # lines in all; further findings stand below only, differences that no finding tells all here
MOST_SOURCES = 3  # that the head names
MOST_EXCERPTS = 3  # of one source text that a finding shows; all are marked in the source
MOST_OPEN = 12  # findings that stand open at first
MOST_BRIEF = 6  # such findings that fit on the first two printed pages with the summary
MOST_PRINTED = 40  # findings that are printed with their evidence, and with both texts ...
LONGEST_PRINTED = 30_000  # ... if no more code points of these are shown: about six pages
MOST_ENTRIES = 5  # of what is left out or added that are shown at first

#: Element for each way a stretch stands to the other text: underline, strike and, of what is material, bold around it;
#: never colour alone.
MARKS = {
    Mark.SAME: "",
    Mark.ADDED: "ins",
    Mark.CHANGED: "u",
    Mark.LEFT_OUT: "del",
    Mark.CONTEXT: "i",
    Mark.GAP: "i",
}

_PLAIN = re.compile(r"#?[A-Za-z0-9-]+")  # the value of an attribute that needs no quotation marks


def to_html(examination: Examination) -> str:
    """The page of an examination, as a file that stands alone.

    Args:
        examination: what was found out about one report.

    Returns:
        A whole HTML document. It loads nothing from anywhere, can be read without its script, and can be printed: two
        pages of summary first, the rest after. A finding keeps its permalink as long as its statement stands in the
        same place of the report. Paragraphs of texts over `page_layout.LONG` code points that nothing points to are
        left out, and the page says how many.
    """
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode("ascii")
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            examination=part(examination),
            seen=view(examination),
            report=examination.report,
            css=Markup(style_sheet()),  # noqa: S704  # our own files, not a reader's text
            script=Markup(script()),  # noqa: S704
            script_hash=f"sha256-{digest}",
        )
    )


def part(examination: Examination, actions: Actions | None = None) -> Markup:
    """The examination as an element for another page, which brings `style_sheet()` and `script()` along.

    Args:
        examination: what was found out about one report.
        actions: what a reader can do with a finding: markup for the end of its card or line; if not given, what a
            person decided about it.

    Returns:
        One `div`, with an `h1` and an element for each statement whose id is the statement's. The page around it has no
        other element with the ids `findings`, `report`, `sources`, `grades`, `left-out`, `added` and `disputes`.
    """
    seen = view(examination)
    groups = card_groups(seen)
    found = points(seen)
    sources = examination.sources
    told = {one.number for point in found if point.confidence is not None for one in point.differences}
    matter = [one for group in groups if group.key in MATTER for one in group.findings]
    texts = [list(runs(paragraphs(examination.report, report_notes(seen, told))))]
    texts += [list(runs(paragraphs(source, source_notes(seen, source, told)))) for source in sources]
    html = (
        _environment()
        .get_template("examination.html.j2")
        .render(
            seen=seen,
            report=examination.report,
            sources=sources,
            notes=notes(examination),
            points=found[:MOST_POINTS],
            more_points=[one for one in found[MOST_POINTS:] if one.number <= MOST_LISTED or one.confidence is None],
            others=sum(1 for one in found[MOST_LISTED:] if one.confidence is not None),
            answer=answer(seen, found),
            in_short=in_short(seen),
            groups=groups,
            rejected=rejected_group(seen),
            filters=[(one.key, one.name, len(one.findings)) for one in groups],
            opened={one.number for one in matter[:MOST_OPEN]},
            long=len(seen.findings) > MOST_PRINTED or sum(map(shown_length, texts)) > LONGEST_PRINTED,
            brief=len(matter) <= MOST_BRIEF and len(found) <= 2 * MOST_BRIEF,
            report_text=texts[0],
            source_texts=texts[1:],
            actions=actions or decided,
            meanings=labels.MEANINGS,
            marks=MARKS,
            said_above=said_above,
            most_sources=MOST_SOURCES,
            most_excerpts=MOST_EXCERPTS,
            most_entries=MOST_ENTRIES,
        )
    )
    return Markup(html)  # noqa: S704  # made by our own templates, which escape


def decided(finding: Finding) -> Markup:
    """What a person decided about a finding, as markup; empty where nobody did."""
    return Markup("<p class=decided>{}</p>").format(finding.decision) if finding.decided else Markup()


def style_sheet() -> str:
    """The style sheet of `part`; it loads nothing."""
    return _unindented("page.css")


@lru_cache(maxsize=1)
def script() -> str:
    """The script of `part`: no page needs it to be read. It asks for nothing and alters no text."""
    return _unindented("page.js")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_resource),
    )
    environment.filters["day"] = labels.day
    environment.filters["shorten"] = shorten
    environment.filters["quoted"] = quoted
    environment.filters["two_ends"] = two_ends
    environment.filters["touched"] = touched
    environment.filters["point_class"] = point_class
    environment.filters["kind_words"] = labels.kind_words
    environment.filters["grade_class"] = grade_class
    environment.filters["safe_address"] = safe_address
    environment.globals["count_of"] = labels.count_of
    environment.globals["heading"] = labels.heading
    environment.globals["made_with"] = labels.made_with
    return environment


def said_above(group: CardGroup) -> list[str]:
    """What is said once above the findings of a group: how much was searched, the reason that most of them share."""
    if group.key == "g-unclear":
        return ["Read both: whether the passage carries the statement could not be settled."]
    if group.key != "g-not-found":
        return []
    reason, many = Counter(one.verdict.reason for one in group.findings).most_common(1)[0]
    less = "" if many == len(group.findings) else "Where nothing else is said: "
    return [labels.searched(group.findings[0].verdict.searched), f"{less}{reason}"]


def quoted(value: str) -> Markup:
    """The value of an attribute, in quotation marks only where it needs them: a long page has thousands of these."""
    return Markup("{}" if _PLAIN.fullmatch(value) else '"{}"').format(value)  # noqa: S704  # a constant


def two_ends(text: str, most: int) -> str:
    """The beginnings of places that were put together, each shortened so that both can be seen."""
    places = text.split(" […] ")
    return " […] ".join(shorten(place, max(most // len(places), 20)) for place in places[:3])


def touched(point: Point) -> str:
    """The classes of all that a point is about, but for what it leads to and what its id tells."""
    return "".join(
        [*(f" f{one.number}" for one in point.findings[1:]), *(f" d{one.number}" for one in point.differences[1:])]
    )


def point_class(point: Point) -> str:
    """How a point is drawn: as its finding is where that says that something changed, else as a difference."""
    weighty = point.grade in {Grade.ALTERED, Grade.SPLICED, Grade.NOT_FOUND}
    return grade_class(point.grade) if point.grade and weighty else "g-differs"


def safe_address(url: str | None) -> str | None:
    """The address if it leads to a web page; a `javascript:` address is none."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def _unindented(name: str) -> str:
    return "".join(f"{line.strip()}\n" for line in _resource(name).splitlines())


def _resource(name: str) -> str:
    return (files("quoth.reports") / "templates" / name).read_text(encoding="utf-8")
