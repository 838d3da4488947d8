"""What the formats share that carry articles as HTML or XML: parsing without trust, and a fragment as a document."""

import html
import re
from dataclasses import replace
from typing import Any

from quoth.reading.html import read_html
from quoth.reading.plain import read_text
from quoth.types import Document, UnusableInput

_ENTITY = re.compile(rb"(?:[^<]|<(?![A-Za-z_]))*?<!ENTITY")  # before the first element: an article may speak of one
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_BLOCK = re.compile(r"(?i)<(?:/?(?:p|div|h[1-6]|li|ul|ol|blockquote|table|tr)|br)\b[^<>]*>")


def xml_root(data: bytes, name: str, what: str) -> Any:  # noqa: ANN401  lxml ships no types
    """The root of some XML, as far as it can be read; nothing is fetched and no entity expanded.

    Args:
        data: the XML.
        name: what it is called in messages.
        what: what it is ("the feed").

    Raises:
        UnusableInput: it is no XML at all, or declares entities.
    """
    from lxml import etree  # noqa: PLC0415  what reads no XML does not wait for the parser

    if _ENTITY.match(data):
        raise UnusableInput(f"{name}: {what} declares entities, as only attacks need them; it is not read.")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnusableInput(f"{name}: {what} cannot be read ({' '.join(str(error).split())}).") from error
    if root is None:
        raise UnusableInput(f"{name}: {what} cannot be read; there is no XML in it.")
    return root


def local(element: Any) -> str:  # noqa: ANN401
    """The name of an element without its namespace or its prefix, in lower case; empty for a comment."""
    return re.split("[}:]", str(element.tag))[-1].lower() if isinstance(element.tag, str) else ""


def inner(element: Any) -> str:  # noqa: ANN401
    """What stands inside an element, as HTML; names of elements lose their namespaces (`<xhtml:p>`)."""
    from lxml import etree  # noqa: PLC0415

    for one in element.iter():
        if isinstance(one.tag, str):  # and not a comment or an entity
            one.tag = local(one)
    parts = (etree.tostring(one, encoding="unicode") for one in element if isinstance(one.tag, str))
    return (html.escape(element.text or "", quote=False) + "".join(parts)).strip()


def has_markup(text: str) -> bool:
    """Whether a text that should be HTML has any of it."""
    return _MARKUP.search(text) is not None


def plain_line(text: str | None) -> str | None:
    """Words on one line, without the markup and the entities that titles have in many feeds."""
    if text is None:
        return None
    if has_markup(text):
        text = html.unescape(_TAG.sub("", text))
    return " ".join(text.split()) or None


def fragment(
    markup: str,
    id: str,  # noqa: A002  the record's own name for it
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Document:
    """The HTML of an article as a document, the title above it where one is known.

    Raises:
        UnusableInput: there are no words in it.
    """
    if not _words(markup).strip():
        raise UnusableInput(f"{id}: there is no text of this article.")
    head = html.escape(title or "")
    page = f"<html><head><title>{head}</title></head><body><article><h1>{head}</h1>{markup}</article></body></html>"
    try:
        document = read_html(page, id)
    except UnusableInput:  # a few words, which no page has as its article
        words = _words(markup)
        document = read_text(f"{title}\n\n{words}" if title else words, id)
    return replace(
        document,
        title=title or document.title,
        publisher=publisher or document.publisher,
        published=published or document.published,
        url=url or document.url,
    )


def _words(markup: str) -> str:
    """The words of some HTML, its blocks divided by blank lines."""
    text = html.unescape(re.sub(r"<[^<>]*>", "", _BLOCK.sub("\n\n", markup)))
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", text).strip()
