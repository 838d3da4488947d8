"""Pages of the web to blocks, held against what a careful reader finds on each page of `pages/`."""

import json
import tomllib
from pathlib import Path

import pytest

from quoth.reading import read
from quoth.types import BODY_KINDS, Document, UnusableInput

PAGES = Path(__file__).parent / "pages"
EXPECTED = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))


def page(name: str) -> Document:
    return read((PAGES / f"{name}.html").read_bytes(), f"{name}.html")


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_page_comes_apart_as_a_careful_reader_takes_it_apart(name: str) -> None:
    document, expected = page(name), EXPECTED[name]
    found = [(block.kind.value, document.words(block.span)) for block in document.blocks]
    assert [kind for kind, _ in found] == [kind for kind, _ in expected["blocks"]]
    for (_, words), (_, begin) in zip(found, expected["blocks"], strict=True):
        assert words.startswith(begin)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_surrounds_an_article_is_in_none_of_its_running_text(name: str) -> None:
    document = page(name)
    running = "\n\n".join(document.words(block.span) for block in document.blocks if block.kind in BODY_KINDS)
    assert [words for words in EXPECTED[name]["never"] if words in running] == []


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_page_tells_its_headline_publisher_day_language_and_address(name: str) -> None:
    document, expected = page(name), EXPECTED[name]
    for field in ("title", "publisher", "published", "language", "url"):
        assert getattr(document, field) == expected.get(field), field


@pytest.mark.parametrize("html", ["<html></html>", "<html><body><nav><a href='/'>Home</a></nav></body></html>"])
def test_a_page_without_running_text_is_refused(html: str) -> None:
    with pytest.raises(UnusableInput, match="no running text was found on this page"):
        read(html.encode(), "a.html")


def test_an_article_that_the_page_carries_as_data_alone_is_read_from_there() -> None:
    body = "The council of Tarn Bay voted on Monday to keep the old ferry for another year, the mayor said."
    data = {
        "@type": "NewsArticle",
        "headline": "The old ferry stays",
        "datePublished": "2031-07-14",
        "articleBody": body,
    }
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    html = f"<html><body>{script}<div id='app'></div></body></html>"
    document = read(html.encode(), "a.html")
    assert (document.text, document.title, document.published) == (body, "The old ferry stays", "2031-07-14")


def test_a_page_of_short_paragraphs_is_read() -> None:
    document = read(b"<html><body><h1>The ferry</h1><p>It floats.</p><p>It is paid for.</p></body></html>", "a.html")
    assert document.text == "The ferry\n\nIt floats.\n\nIt is paid for."


def test_a_page_that_stands_wholly_inside_a_form_called_sidebar_is_read() -> None:
    said = "".join(f"<p>The harbour master said so on day {day} of the long dispute.</p>" for day in range(9))
    html = (
        f"<html><body class='has-sidebar'><form id='comments-form'><h1>A long dispute</h1>{said}</form></body></html>"
    )
    document = read(html.encode(), "a.html")
    assert sum(block.kind.value == "paragraph" for block in document.blocks) == 9


def test_line_breaks_divide_paragraphs_where_sentences_end_and_join_broken_lines() -> None:
    html = (
        "<html><body><h1>On the ferry</h1><div>The ferry leaves at nine every morning from the pier.<br>"
        "It comes back at six in the<br>evening, weather allowing.<br><br>Tickets are sold on board by the mate."
        "</div></body></html>"
    )
    document = read(html.encode(), "a.html")
    assert document.text.split("\n\n")[1:] == [
        "The ferry leaves at nine every morning from the pier.",
        "It comes back at six in the evening, weather allowing.",
        "Tickets are sold on board by the mate.",
    ]
