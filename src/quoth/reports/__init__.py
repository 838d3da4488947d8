"""Examination to text, HTML and JSON.

Names are looked up when asked for, so that printing JSON never loads rich or Jinja2.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.reports.html_page import to_html
    from quoth.reports.json_records import to_json
    from quoth.reports.notes import notes
    from quoth.reports.terminal import statements_to_terminal, to_terminal

__all__ = ["notes", "statements_to_terminal", "to_html", "to_json", "to_terminal"]

_ROOMS = {
    "notes": "quoth.reports.notes",
    "statements_to_terminal": "quoth.reports.terminal",
    "to_html": "quoth.reports.html_page",
    "to_json": "quoth.reports.json_records",
    "to_terminal": "quoth.reports.terminal",
}


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
