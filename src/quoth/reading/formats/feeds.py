"""News feeds (RSS 0.9 to 2.0, RDF, Atom): their items, and each item as a document.

Elements are told by their local names: feeds in the wild mix the namespaces of half a dozen vocabularies.
"""

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from quoth.reading.formats.markup import fragment, has_markup, inner, local, plain_line, xml_root
from quoth.reading.raw import Found, Raw
from quoth.types import Document, UnusableInput

MOST_ITEMS = 10_000
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ROOTS = frozenset({"rss", "feed", "rdf"})
_ENTRIES = frozenset({"item", "entry"})
#: Names of elements that say the same, the best first.
_TEXTS = ("encoded", "content", "description", "summary")
_PUBLISHED = ("published", "pubdate", "issued", "date", "created")
_UPDATED = ("updated", "modified")
_IDS = ("guid", "id", "identifier")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item of a feed.

    Attributes:
        id: what the feed calls it, else its address, else a hash of its words; the same in each copy of the feed.
        link: the address of its page, absolute; None where the feed gives none.
        title: its headline, without markup.
        publisher: who published it: the source that the item names, else the feed's title.
        published: ISO 8601, as printed; None where it cannot be told.
        content: its text as HTML, as the feed has it; may be empty.
        state: a hash of all of it: another one means that the item was changed.
    """

    id: str
    link: str | None
    title: str | None
    publisher: str | None
    published: str | None
    content: str
    state: str


def read(raw: Raw) -> Iterator[Found]:
    """Each item of a feed as a document, of the text that the feed itself has of it."""
    for item in feed_items(raw.data, raw.name):
        try:
            yield item_document(item, f"{raw.id}/{item.id}")
        except UnusableInput as error:
            yield error


def feed_items(data: bytes, name: str, address: str = "") -> list[FeedItem]:
    """The items of a feed, in its order.

    Args:
        data: the feed.
        name: what it is called in messages.
        address: where it was found; relative addresses in it start from there.

    Raises:
        UnusableInput: it is no feed, is damaged from its beginning, or declares entities.
    """
    root = xml_root(data, name, "the feed")
    entries = [one for one in root.iter() if local(one) in _ENTRIES][:MOST_ITEMS]
    if local(root) not in _ROOTS and not entries:
        raise UnusableInput(f"{name}: this is no news feed (RSS or Atom).")
    channel = next((one for one in root if local(one) == "channel"), root)
    title = plain_line(_first(channel, ("title",)))
    return [_item(entry, title, _base(entry, address)) for entry in entries]


def item_document(item: FeedItem, id: str) -> Document:  # noqa: A002  the record's own name for it
    """An item as a document of the text that the feed itself has.

    Raises:
        UnusableInput: the feed has no text of it.
    """
    if not item.content.strip():
        raise UnusableInput(f"{id}: the feed has no text of this item.")
    return fragment(
        item.content, id, title=item.title, publisher=item.publisher, published=item.published, url=item.link
    )


def _item(entry: Any, feed: str | None, base: str) -> FeedItem:  # noqa: ANN401  lxml ships no types
    link = _link(entry)
    title = plain_line(_first(entry, ("title",)))
    content = next(filter(None, map(_markup, _children(entry, _TEXTS))), "")
    source = next((one for one in entry if local(one) == "source"), None)
    named = plain_line(
        "".join(source.itertext()) if source is not None and not len(source) else _first(source, ("title",))
    )
    published = _day(_first(entry, _PUBLISHED)) or _day(_first(entry, _UPDATED))
    whole = "\0".join(filter(None, (title, content, link, _first(entry, _UPDATED), published)))
    state = hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
    about = next((value for key, value in entry.attrib.items() if key.endswith("}about")), None)
    absolute = urljoin(base, link) if link else None
    id_ = _first(entry, _IDS) or about or absolute or state
    return FeedItem(
        id_, absolute, title, named or plain_line(_first(entry, ("publisher",))) or feed, published, content, state
    )


def _link(entry: Any) -> str | None:  # noqa: ANN401
    """The address of an item's page: Atom's alternate, RSS's link, or a guid that is one."""
    for one in entry:
        if local(one) == "link" and one.get("rel", "alternate") == "alternate":
            found = (one.get("href") or one.text or "").strip()
            if found:
                return str(found)
    guid = next((one for one in entry if local(one) == "guid" and one.get("isPermaLink") != "false"), None)
    text = (guid.text or "").strip() if guid is not None else ""
    return text if re.match(r"https?://", text) else None


def _markup(element: Any) -> str:  # noqa: ANN401
    """The HTML of an element: what is escaped in it, what stands in it as XHTML, or plain words, escaped."""
    if len(element):
        return inner(element)
    text = (element.text or "").strip()
    is_plain = element.get("type") == "text" or not has_markup(text)
    return html.escape(text, quote=False) if is_plain else str(text)


def _first(element: Any, names: tuple[str, ...]) -> str | None:  # noqa: ANN401
    """The text of the first child of the best of these names that has one."""
    for one in _children(element, names):
        text = " ".join("".join(one.itertext()).split())
        if text:
            return text
    return None


def _children(element: Any, names: tuple[str, ...]) -> Iterator[Any]:  # noqa: ANN401
    if element is not None:
        for name in names:
            yield from (one for one in element if local(one) == name)


def _base(element: Any, address: str) -> str:  # noqa: ANN401
    """Where relative addresses in an element start from, by its `xml:base` and those around it."""
    bases = [one.get(f"{_XML}base") for one in (element, *element.iterancestors())]
    base = address
    for one in reversed(list(filter(None, bases))):
        base = urljoin(base, one)
    return base


def _day(text: str | None) -> str | None:
    """A date of RFC 822 or ISO 8601 as date and minute, as printed: no time zone is applied."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    only_day = re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text) is not None
    return found.strftime("%Y-%m-%d" if only_day else "%Y-%m-%dT%H:%M")
