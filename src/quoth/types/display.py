"""How a notebook shows a noun. Nouns know nothing of pages: whoever makes pages says here how."""

from collections.abc import Callable

_views: dict[type, Callable[..., str]] = {}


def show_as(noun: type, view: Callable[..., str]) -> None:
    """Let notebooks show nouns of a class by the HTML that `view` makes of one."""
    _views[noun] = view


def shown(value: object) -> str | None:
    """The HTML of a value; None where nobody said how to show one, so that the notebook prints it."""
    view = _views.get(type(value))
    return view(value) if view else None
