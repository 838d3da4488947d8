"""News feeds (RSS 0.9 to 2.0, RDF, Atom): their items, and each item as a document.

Elements are told by their local names: feeds in the wild mix the namespaces of half a dozen vocabularies.
"""

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from quoth.reading.html import read_html
from quoth.reading.plain import read_text
from quoth.types import Document, UnusableInput

MOST_ITEMS = 10_000
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_HEAD = 65_536  # bytes in which entities would be declared
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ROOTS = frozenset({"rss", "feed", "rdf"})
_ENTRIES = frozenset({"item", "entry"})
#: Names of elements that say the same, the best first.
_TEXTS = ("encoded", "content", "description", "summary")
_PUBLISHED = ("published", "pubdate", "issued", "date", "created")
_UPDATED = ("updated", "modified")
_IDS = ("guid", "id", "identifier")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


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


def feed_items(data: bytes, name: str, address: str = "") -> list[FeedItem]:
    """The items of a feed, in its order.

    Args:
        data: the feed.
        name: what it is called in messages.
        address: where it was found; relative addresses in it start from there.

    Raises:
        UnusableInput: it is no feed, is damaged from its beginning, or declares entities.
    """
    from lxml import etree  # noqa: PLC0415  what reads no feed does not wait for the parser

    if _ENTITY.search(data, 0, _HEAD):
        raise UnusableInput(f"{name}: the feed declares entities, as no feed needs and attacks do; it is not read.")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise UnusableInput(f"{name}: the feed cannot be read ({reason}).") from error
    if root is None or _local(root) not in _ROOTS:
        raise UnusableInput(f"{name}: this is no news feed (RSS or Atom).")
    entries = [one for one in root.iter() if _local(one) in _ENTRIES][:MOST_ITEMS]
    channel = next((one for one in root if _local(one) == "channel"), root)
    title = _plain(_first(channel, ("title",)))
    return [_item(entry, title, _base(entry, address)) for entry in entries]


def item_document(item: FeedItem, id: str) -> Document:  # noqa: A002  the record's own name for it
    """An item as a document of the text that the feed itself has.

    Raises:
        UnusableInput: the feed has no text of it.
    """
    if not item.content.strip():
        raise UnusableInput(f"{id}: the feed has no text of this item.")
    head = html.escape(item.title or "")
    page = (
        f"<html><head><title>{head}</title></head><body><article><h1>{head}</h1>{item.content}</article></body></html>"
    )
    try:
        document = read_html(page, id)
    except UnusableInput:  # a few words, which no page has as its article
        document = read_text(f"{item.title}\n\n{_words(item.content)}" if item.title else _words(item.content), id)
    return replace(
        document,
        title=item.title or document.title,
        publisher=item.publisher or document.publisher,
        published=item.published or document.published,
        url=item.link or document.url,
    )


def _item(entry: Any, feed: str | None, base: str) -> FeedItem:  # noqa: ANN401  lxml ships no types
    link = _link(entry)
    title = _plain(_first(entry, ("title",)))
    content = next(filter(None, map(_markup, _children(entry, _TEXTS))), "")
    source = next((one for one in entry if _local(one) == "source"), None)
    named = _plain("".join(source.itertext()) if source is not None and not len(source) else _first(source, ("title",)))
    published = _day(_first(entry, _PUBLISHED)) or _day(_first(entry, _UPDATED))
    whole = "\0".join(filter(None, (title, content, link, _first(entry, _UPDATED), published)))
    state = hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
    about = next((value for key, value in entry.attrib.items() if key.endswith("}about")), None)
    absolute = urljoin(base, link) if link else None
    id_ = _first(entry, _IDS) or about or absolute or state
    return FeedItem(
        id_, absolute, title, named or _plain(_first(entry, ("publisher",))) or feed, published, content, state
    )


def _link(entry: Any) -> str | None:  # noqa: ANN401
    """The address of an item's page: Atom's alternate, RSS's link, or a guid that is one."""
    for one in entry:
        if _local(one) == "link" and one.get("rel", "alternate") == "alternate":
            found = (one.get("href") or one.text or "").strip()
            if found:
                return str(found)
    guid = next((one for one in entry if _local(one) == "guid" and one.get("isPermaLink") != "false"), None)
    text = (guid.text or "").strip() if guid is not None else ""
    return text if re.match(r"https?://", text) else None


def _markup(element: Any) -> str:  # noqa: ANN401
    """The HTML of an element: what is escaped in it, what stands in it as XHTML, or plain words, escaped."""
    from lxml import etree  # noqa: PLC0415

    if len(element):
        for one in element.iter():
            one.tag = _local(one) if isinstance(one.tag, str) else one.tag  # `<xhtml:p>`
        inner = "".join(etree.tostring(one, encoding="unicode") for one in element if isinstance(one.tag, str))
        return (html.escape(element.text or "") + inner).strip()
    text = (element.text or "").strip()
    is_plain = element.get("type") == "text" or not _MARKUP.search(text)
    return html.escape(text, quote=False) if is_plain else str(text)


def _words(markup: str) -> str:
    """The words of some HTML, its blocks divided by blank lines."""
    parted = re.sub(r"(?i)<(?:/?(?:p|div|h[1-6]|li|ul|ol|blockquote|table|tr)|br)\b[^<>]*>", "\n\n", markup)
    text = html.unescape(re.sub(r"<[^<>]*>", "", parted))
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", text).strip() or " "


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
            yield from (one for one in element if _local(one) == name)


def _local(element: Any) -> str:  # noqa: ANN401
    """The name of an element without its namespace, in lower case; empty for a comment."""
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _base(element: Any, address: str) -> str:  # noqa: ANN401
    """Where relative addresses in an element start from, by its `xml:base` and those around it."""
    bases = [one.get(f"{_XML}base") for one in (element, *element.iterancestors())]
    base = address
    for one in reversed(list(filter(None, bases))):
        base = urljoin(base, one)
    return base


def _plain(text: str | None) -> str | None:
    """Words without the markup and the entities that titles have in many feeds."""
    if text is None:
        return None
    if _MARKUP.search(text):
        text = html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))
    return " ".join(text.split()) or None


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
