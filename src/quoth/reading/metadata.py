"""What a page of the web says about itself: headline, publisher, day of publication, address, language."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from quoth.reading.datelines import stamps
from quoth.reading.reading_tables import load

_ARTICLE = re.compile(r"article|posting|report|webpage|pressrelease|statement|creativework", re.IGNORECASE)
_MARKS = re.compile(r"[\s:._-]+")
_TITLE_LONGEST = 500  # code points; what is longer is no title
_DEEPEST = 8  # objects inside each other in JSON-LD


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a page. Dates are ISO 8601, as printed, without a time zone; absent values are None.

    Attributes:
        titles: the headline as given in several places, most trustworthy first; the last may carry the site's name.
        summaries: what is told of the article in a sentence or two, often its standfirst, often cut off.
        publisher: name of the site or the publisher.
        published: day, or day and minute.
        url: canonical address.
        language: what the page calls its language.
        body: the article's text, where the page carries it as data.
    """

    titles: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    body: str | None = None


def about(root: Any) -> About:  # noqa: ANN401  an lxml element, whose types are not shipped
    """What a parsed page says about itself."""
    names, meta = _names(), _meta(root)
    article = _article(root)
    title = " ".join("".join(root.xpath("string(//head/title|//body/title)")).split())
    titles = [article.get("headline"), *(meta.get(name) for name in names["title"]), title]
    publisher = article.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    days = [
        article.get("datePublished"),
        *(meta.get(name) for name in names["published"]),
        _itemprop(root, "datePublished"),
    ]
    address = next(iter(root.xpath("//link[@rel='canonical']/@href")), None) or meta.get("ogurl")
    language = next(iter(root.xpath("//html/@lang|//html/@xml:lang")), None) or meta.get("contentlanguage")
    return About(
        titles=tuple(
            dict.fromkeys(
                " ".join(words.split())
                for words in titles
                if isinstance(words, str) and words.strip() and len(words) <= _TITLE_LONGEST
            )
        ),
        summaries=tuple(
            words
            for words in (article.get("description"), *(meta.get(name) for name in names["summary"]))
            if isinstance(words, str) and words.strip()
        ),
        publisher=next(
            (words for words in (name, *(meta.get(key) for key in names["publisher"])) if _words(words)), None
        ),
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


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    return load("page_data.toml")


def _meta(root: Any) -> dict[str, str]:  # noqa: ANN401
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(_MARKS.sub("", name.lower()), content.strip())
    return found


def _itemprop(root: Any, name: str) -> str | None:  # noqa: ANN401
    for element in root.xpath(f"//*[@itemprop='{name}']"):
        return element.get("datetime") or element.get("content") or "".join(element.itertext())
    return None


def _article(root: Any) -> dict[str, Any]:  # noqa: ANN401
    """The object of the page's JSON-LD that describes the article, not one inside it; empty if there is none."""
    best: dict[str, Any] = {}
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # pages carry broken data now and then, and their text is still readable
        for found in _articles(data, 0):
            told = ("headline", "datePublished", "articleBody")
            if sum(key in found for key in told) > sum(key in best for key in told):
                best = found
    return best


def _articles(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        kind = data.get("@type")
        if any(isinstance(one, str) and _ARTICLE.search(one) for one in (kind if isinstance(kind, list) else [kind])):
            yield data
            if "datePublished" in data:
                return
    for entry in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        if isinstance(entry, list | dict):
            yield from _articles(entry, depth + 1)
