"""How notebooks show an examination: its page, in a frame of its own so that neither styles the other."""

from html import escape

from quoth import reports
from quoth.types import AsReviewed, Examination
from quoth.types.display import show_as

HEIGHT = 640  # pixels of the frame; the page scrolls within


def framed(examination: Examination) -> str:
    """The page of an examination as an element that can stand in another page; it may run no script."""
    page = escape(reports.to_html(examination), quote=True)
    return (
        f'<iframe sandbox="" srcdoc="{page}" style="width: 100%; height: {HEIGHT}px; border: 1px solid #ccc"></iframe>'
    )


show_as(Examination, framed)
show_as(AsReviewed, framed)
