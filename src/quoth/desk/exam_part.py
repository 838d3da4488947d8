"""The examination as `quoth.reports` shows it, to be put into a page of the desk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from quoth.reports import to_html
from quoth.types import Examination

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ExamPart:
    """An examination as part of a page: its style sheet, its script and its element."""

    style: Markup
    script: Markup
    body: Markup


def exam_part(examination: Examination, actions: Mapping[str, Markup]) -> ExamPart:
    """An examination, with what can be done about each finding at the end of its card.

    Args:
        examination: what to show.
        actions: markup by the id of the statement.
    """
    page = to_html(examination)
    style, body = _STYLE.search(page), _BODY.search(page)
    whole = body[1] if body else page
    for finding, markup in actions.items():
        start = whole.find(f'id="{finding}"')
        end = whole.find("</article>", start)
        if 0 <= start < end:
            whole = whole[:end] + str(markup) + whole[end:]
    return ExamPart(Markup(style[1] if style else ""), Markup(), Markup(whole))  # noqa: S704  # made by our own templates
