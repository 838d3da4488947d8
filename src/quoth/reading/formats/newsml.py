"""NewsML-G2 and NITF of news agencies: each news item as a document."""

import html
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from quoth.reading.formats.markup import fragment, inner, local, plain_line, xml_root
from quoth.reading.raw import Found, Raw
from quoth.types import Document, UnusableInput

_MOST_ITEMS = 10_000
_BODIES = ("body.content", "body")  # of NITF, of XHTML
_MEDIA = frozenset({"media", "script", "style", "head", "hedline", "body.head", "body.end"})
_HEADINGS = {"hl1": "h1", "hl2": "h2", "block": "div"}  # of NITF, as HTML has them


def read(raw: Raw) -> Iterator[Found]:
    """The news items in order; one that stands alone is the document.

    Raises:
        UnusableInput: the XML cannot be read, or has no news item with a text.
    """
    root = xml_root(raw.data, raw.name, "the news item")
    items = [one for one in root.iter() if local(one) == "newsitem"][:_MOST_ITEMS]
    if not items and local(root) == "nitf":
        yield _document(root, root, raw.id)
        return
    if not items:
        raise UnusableInput(f"{raw.name}: there is no news item in it.")
    for number, item in enumerate(items, 1):
        id_ = raw.id if len(items) == 1 else f"{raw.id}/{item.get('guid') or number}"
        try:
            yield _document(item, _content(item, id_), id_)
        except UnusableInput as error:
            yield error


def _content(item: Any, id_: str) -> Any:  # noqa: ANN401  lxml ships no types
    """The element that holds the text of an item.

    Raises:
        UnusableInput: it has none; a picture, say.
    """
    for one in item.iter():
        if local(one) in {"inlinexml", "inlinedata"} and "".join(one.itertext()).strip():
            return one
    raise UnusableInput(f"{id_}: this news item has no text in it.")


def _document(item: Any, content: Any, id_: str) -> Document:  # noqa: ANN401
    headline = _text(item, ("headline", "hl1"))
    published = _text(item, ("versioncreated", "firstcreated", "contentcreated")) or _issued(item)
    return fragment(
        _markup(content),
        id_,
        title=plain_line(headline),
        publisher=_provider(item),
        published=_minute(published),
        url=next((one.get("href") for one in item.iter() if local(one) == "altid" and one.get("href")), None),
    )


def _markup(content: Any) -> str:  # noqa: ANN401
    """The HTML of a text: of NITF, of XHTML, or plain words."""
    if not len(content):
        text = content.text or ""
        if "html" in str(content.get("contenttype", "")):
            return str(text)
        return "".join(f"<p>{html.escape(one, quote=False)}</p>" for one in text.split("\n\n") if one.strip())
    named = {local(one): one for one in content.iter()}
    body = next((named[name] for name in _BODIES if name in named), content)
    for one in list(body.iter()):
        if local(one) in _MEDIA and one.getparent() is not None:
            one.getparent().remove(one)
        elif local(one) in _HEADINGS:
            one.tag = _HEADINGS[local(one)]
    return inner(body)


def _text(item: Any, names: tuple[str, ...]) -> str | None:  # noqa: ANN401
    """The words of the first element that has the best of these names."""
    for name in names:
        for one in item.iter():
            if local(one) == name and (words := " ".join("".join(one.itertext()).split())):
                return words
    return None


def _provider(item: Any) -> str | None:  # noqa: ANN401
    """Who provides an item: by name, else as the code says ("nprov:SEABOARD")."""
    for one in item.iter():
        if local(one) == "provider":
            name = _text(one, ("name",)) or one.get("literal") or str(one.get("qcode", "")).rpartition(":")[2]
            return str(name) or None
    return None


def _issued(item: Any) -> str | None:  # noqa: ANN401
    return next((one.get("norm") for one in item.iter() if local(one) == "date.issue"), None)


def _minute(text: str | None) -> str | None:
    """A date of ISO 8601 as date and minute, as printed: no time zone is applied."""
    try:
        return datetime.fromisoformat(text or "").strftime("%Y-%m-%dT%H:%M" if "T" in str(text) else "%Y-%m-%d")
    except ValueError:
        return None
