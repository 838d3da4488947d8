"""An examination as one self-contained page: no script, no remote resource, every word of every text escaped."""

from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from quoth.reports import labels
from quoth.reports.excerpts import Mark, shorten
from quoth.reports.notes import notes
from quoth.reports.page_layout import grade_class, paragraphs, report_notes, source_notes
from quoth.reports.view import view
from quoth.types import Examination

#: Element and classes for each way a stretch stands to the other text; underline and strike, never colour alone.
MARKS = {
    Mark.SAME: ("", ""),
    Mark.ADDED: ("ins", "added"),
    Mark.CHANGED: ("span", "changed"),
    Mark.LEFT_OUT: ("del", "left-out"),
    Mark.CONTEXT: ("span", "context"),
    Mark.GAP: ("span", "context"),
}


def to_html(examination: Examination) -> str:
    """The page.

    Args:
        examination: what was found out about one report.

    Returns:
        A whole HTML document. It loads nothing from anywhere, runs no script, and can be printed. A finding keeps its
        permalink as long as its statement stands in the same place of the report. Paragraphs of texts over
        `layout.LONG` code points that nothing points to are left out, and the page says how many.
    """
    seen = view(examination)
    return _template().render(
        seen=seen,
        report=examination.report,
        sources=examination.sources,
        notes=notes(examination),
        report_text=paragraphs(examination.report, report_notes(seen)),
        source_texts=[paragraphs(source, source_notes(seen, source)) for source in examination.sources],
        css=Markup(_resource("page.css")),  # noqa: S704  # our own file, not a reader's text
        groups=[
            *(f"f{one.number}" for one in seen.findings),
            *(f"d{one.number}" for one in seen.differences),
            *(f"l{one.number}" for one in seen.gone),
        ],
        marks=MARKS,
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["day"] = labels.day
    environment.filters["confidence"] = labels.confidence
    environment.filters["shorten"] = shorten
    environment.filters["grade_class"] = grade_class
    environment.filters["safe_address"] = safe_address
    environment.globals["count_of"] = labels.count_of
    environment.globals["heading"] = labels.heading
    environment.globals["made_with"] = labels.made_with
    environment.globals["searched"] = labels.searched
    return environment.from_string(_resource("page.html.j2"))


def safe_address(url: str | None) -> str | None:
    """The address if it leads to a web page; a `javascript:` address is none."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def _resource(name: str) -> str:
    return (files("quoth.reports") / "templates" / name).read_text(encoding="utf-8")
