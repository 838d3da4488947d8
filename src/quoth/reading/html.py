"""Pages of the web."""

from dataclasses import replace

from quoth.reading.plain import read_text
from quoth.values import Document, UnusableInput


def read_html(data: bytes, name: str) -> Document:
    """A page as a Document of the text extracted from it.

    Raises:
        UnusableInput: no running text was found on the page.
    """
    import trafilatura  # noqa: PLC0415  slow to import, and only pages need it

    found = trafilatura.extract(data, include_comments=False, include_tables=True, favor_precision=True)
    if not found:
        raise UnusableInput(f"{name}: no running text was found on this page.")
    meta = trafilatura.extract_metadata(data)
    text = found.replace("\n", "\n\n")
    document = read_text(text, name, title=meta.title, publisher=meta.sitename, published=meta.date, url=meta.url)
    return replace(document, language=meta.language or document.language)
