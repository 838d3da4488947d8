"""What a page of the web says about itself: headline, publisher, day of publication, address, language."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quoth.reading.datelines import stamps

_ARTICLE = re.compile(r"article|posting|report|webpage|pressrelease|statement|creativework", re.IGNORECASE)
_PUBLISHED = (
    *(
        "article:published_time",
        "og:published_time",
        "og:article:published_time",
        "article.published",
        "date_published",
    ),
    *("datepublished", "rnews:datepublished", "publishdate", "publish_date", "publication_date", "pubdate"),
    *("dcterms.issued", "dcterms.created", "dcterms.date", "dc.date.issued", "dc.date.created", "dc.date", "date"),
    *(
        "sailthru.date",
        "parsely-pub-date",
        "citation_publication_date",
        "citation_date",
        "cxenseparse:recs:publishtime",
    ),
)
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline")
_PUBLISHER = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
    "citation_publisher",
    "publisher",
)
_DEEPEST = 8  # objects inside each other in JSON-LD


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a page. Dates are ISO 8601, as printed, without a time zone; absent values are None.

    Attributes:
        titles: the headline as given in several places, most trustworthy first; the last may carry the site's name.
        publisher: name of the site or the publisher.
        published: day, or day and minute.
        url: canonical address.
        language: what the page calls its language.
        body: the article's text, where the page carries it as data.
    """

    titles: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None


def about(root: Any) -> About:  # noqa: ANN401  an lxml element, whose types are not shipped
    """What a parsed page says about itself."""
    meta = _meta(root)
    article = _article(root)
    title = " ".join("".join(root.xpath("string(//head/title|//body/title)")).split())
    titles = [article.get("headline"), *(meta.get(name) for name in _TITLE), title]
    publisher = article.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    days = [article.get("datePublished"), *(meta.get(name) for name in _PUBLISHED), _itemprop(root, "datePublished")]
    address = next(iter(root.xpath("//link[@rel='canonical']/@href")), None) or meta.get("og:url")
    language = next(iter(root.xpath("//html/@lang|//html/@xml:lang")), None) or meta.get("content-language")
    return About(
        titles=tuple(
            dict.fromkeys(" ".join(words.split()) for words in titles if isinstance(words, str) and words.strip())
        ),
        publisher=next((words for words in (name, *(meta.get(key) for key in _PUBLISHER)) if _words(words)), None),
        published=next((day for value in days if (day := _day(value))), None),
        url=address if isinstance(address, str) and address.startswith(("http://", "https://")) else None,
        language=language[:2].lower() if language and re.match(r"[A-Za-z]{2}(?:[-_]|\Z)", language) else None,
        body=article.get("articleBody") if _words(article.get("articleBody")) else None,
    )


def _words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _day(value: object) -> str | None:
    """The first date in a value, with its minute."""
    if not isinstance(value, str):
        return None
    stamp = next(stamps(value, 0, min(len(value), 80)), None)
    return stamp.value if stamp else None


def _meta(root: Any) -> dict[str, str]:  # noqa: ANN401
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _itemprop(root: Any, name: str) -> str | None:  # noqa: ANN401
    for element in root.xpath(f"//*[@itemprop='{name}']"):
        return element.get("datetime") or element.get("content") or "".join(element.itertext())
    return None


def _article(root: Any) -> dict[str, Any]:  # noqa: ANN401
    """The object of the page's JSON-LD that describes the article; empty if there is none."""
    best: dict[str, Any] = {}
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # pages carry broken data now and then, and their text is still readable
        for found in _objects(data, 0):
            kind = found.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            fits = any(isinstance(one, str) and _ARTICLE.search(one) for one in kinds)
            if fits and sum(key in found for key in ("headline", "datePublished", "articleBody")) > sum(
                key in best for key in ("headline", "datePublished", "articleBody")
            ):
                best = found
    return best


def _objects(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for entry in data:
            yield from _objects(entry, depth + 1)
    elif isinstance(data, dict):
        yield data
        for value in data.values():
            if isinstance(value, list | dict):
                yield from _objects(value, depth + 1)
