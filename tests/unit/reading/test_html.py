"""Pages of the web to blocks, held against what a careful reader finds on each page of `pages/`."""

import json
import tomllib
from pathlib import Path
from time import process_time

import pytest
from lxml import html as html_tree

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


FERRY = "".join(
    f"<p>The mate of the ferry said on day {day} that the pier was closed to all boats.</p>" for day in range(4)
)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.words(block.span)) for block in document.blocks]


def test_words_that_only_the_tag_q_puts_in_quotation_marks_are_given_them() -> None:
    html = (
        "<html><body><article><h1>On the ferry</h1>"
        "<p>The mate said: <q>The pier is <q>quite closed</q> to us.</q> He left.</p>"
        f"<p>The mayor said: <q>“It is open.”</q></p>{FERRY}</article></body></html>"
    )
    text = read(html.encode(), "a.html").text
    assert "The mate said: “The pier is ‘quite closed’ to us.” He left." in text
    assert "The mayor said: “It is open.”\n" in text


def test_a_heading_between_paragraphs_belongs_to_the_text() -> None:
    html = f"<html><body><article><h1>On the ferry</h1>{FERRY}<h2>A closed pier</h2>{FERRY}</article></body></html>"
    assert ("paragraph", "A closed pier") in kinds(read(html.encode(), "a.html"))


def test_a_paragraph_beside_those_of_the_article_is_kept_though_another_part_holds_it() -> None:
    lost = "<p>The harbour master did not answer a question about the closing of the pier on Monday.</p>"
    box = "<div class='embed'><p>A box of numbers</p></div>"
    html = (
        f"<html><body><main><h1>On the ferry</h1><div class='chunk'>{FERRY}</div>{box}"
        f"<div class='chunk'>{lost}</div></main></body></html>"
    )
    assert "The harbour master did not answer" in read(html.encode(), "a.html").text


def test_a_lead_of_whole_sentences_tells_the_story_and_a_shorter_one_stands_above_it() -> None:
    def led(words: str) -> list[tuple[str, str]]:
        html = (
            f"<html><head><meta property='og:description' content='{words}'></head><body><article><header>"
            f"<h1>On the ferry</h1><p class='standfirst'>{words}</p></header><p class='byline'>By Mira Coll</p>{FERRY}"
            "</article></body></html>"
        )
        return kinds(read(html.encode(), "a.html"))

    whole = "The town of Orl has closed its pier, and no boat may leave it before the storm is over."
    assert ("paragraph", whole) in led(whole)
    assert ("subtitle", "A pier, a storm and eleven boats") in led("A pier, a storm and eleven boats")


@pytest.mark.parametrize(
    ("head", "printed", "published"),
    [
        ("<meta name='dc:date' content='2031-05-02T08:10'>", "", "2031-05-02T08:10"),
        ("<meta property='article:modified_time' content='2031-05-04'>", "", None),
        ("", "<p>Updated 4 May 2031</p>", None),
        ("", "<div><span>Last updated:</span><p>4 May 2031</p></div>", None),
        ("<meta name='date' content='2031-05-02T08:10'>", "<div>Updated <p>4 May 2031</p></div>", "2031-05-02T08:10"),
        ("", "<div><span>Last updated:</span> <time>4 May 2031</time></div>", None),
        ("", "<p>Harbour law modified</p><p>4 May 2031</p>", "2031-05-04"),
        ("", "<p>2 May 2031</p>", "2031-05-02"),
        ("", "<p>02.05.31</p>", "2031-05-02"),
        ("<meta name='date' content='2031-05-01'>", "<p>Published 2 May 2031</p>", "2031-05-02"),
        ("<meta name='date' content='2031-05-02T08:10'>", "<p>2 May 2031</p>", "2031-05-02T08:10"),
        ("<link rel='canonical' href='https://gazette.example/2031/05/02/ferry'>", "", "2031-05-02"),
    ],
)
def test_the_day_of_publication_is_that_which_a_reader_sees_and_never_that_of_a_change(
    head: str, printed: str, published: str | None
) -> None:
    html = f"<html><head>{head}</head><body><article><h1>On the ferry</h1>{printed}{FERRY}</article></body></html>"
    assert read(html.encode(), "a.html").published == published


def test_the_data_of_an_article_are_not_those_of_a_post_inside_it() -> None:
    data = {
        "@type": "LiveBlogPosting",
        "headline": "The ferry, live",
        "datePublished": "2031-05-02",
        "liveBlogUpdate": [
            {"@type": "BlogPosting", "headline": "Now", "datePublished": "2031-05-03", "articleBody": "Now."}
        ],
    }
    html = (
        f"<html><head><script type='application/ld+json'>{json.dumps(data)}</script></head><body>{FERRY}</body></html>"
    )
    document = read(html.encode(), "a.html")
    assert (document.title, document.published) == ("The ferry, live", "2031-05-02")


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        ("<title>The ferry stays - Gazette</title>", "<h1>Gazette</h1><h2>The ferry stays</h2>"),
        ("<title>Gazette | The ferry stays</title>", "<h2>The ferry stays</h2>"),
        ("<title>The ferry stays</title>", "<h1><span class='kicker'>Harbour</span> <span>The ferry stays</span></h1>"),
        ("<title>Gazette</title>", "<h1>The ferry stays</h1><h3>Weather</h3>"),
        ("<title>The ferry stays | Gazette</title><meta property='og:site_name' content='Gazette'>", ""),
        (
            "<title>Tarn Gazette » The ferry stays</title><link rel='canonical' href='https://www.tarngazette.test/f'>",
            "",
        ),
        ("<title>The ferry stays - Tarngazette</title><meta property='og:url' content='http://tarngazette.test/'>", ""),
    ],
)
def test_a_title_is_without_the_name_of_the_site_and_the_words_above_it(head: str, heading: str) -> None:
    html = f"<html><head>{head}</head><body><article>{heading}{FERRY}</article></body></html>"
    assert read(html.encode(), "a.html").title == "The ferry stays"


@pytest.mark.parametrize("title", ["Two ports, one ferry - A day in Orven", "Test - The ferry stays"])
def test_a_title_keeps_its_parts_where_neither_is_the_name_of_the_site(title: str) -> None:
    head = f"<title>{title}</title><link rel='canonical' href='https://www.tarngazette.test/f'>"
    html = f"<html><head>{head}</head><body><article>{FERRY}</article></body></html>"
    assert read(html.encode(), "a.html").title == title


def test_a_list_that_does_nothing_but_lead_to_other_pages_is_no_running_text() -> None:
    links = "".join(
        f"<li>Harbour: <a href='/{n}'>What the mayor said on day {n} of the storm</a></li>" for n in range(3)
    )
    html = f"<html><body><article><h1>On the ferry</h1>{FERRY}<ul>{links}</ul>{FERRY}</article></body></html>"
    document = read(html.encode(), "a.html")
    running = "\n".join(document.words(block.span) for block in document.blocks if block.kind in BODY_KINDS)
    assert "What the mayor said on day" not in running
    assert running.count("The mate of the ferry said on day 0") >= 1


def test_a_block_leads_back_to_the_element_of_the_page_that_holds_its_words() -> None:
    root = html_tree.fromstring((PAGES / "gazette.html").read_bytes().decode())
    blocks = page("gazette").blocks
    assert all(block.path for block in blocks)
    for block in blocks:
        words = " ".join(root.xpath(str(block.path))[0].text_content().split())
        assert page("gazette").words(block.span).split(" | ")[0].split()[0] in words


HOSTILE = {
    "headings": "<h1>The ferry</h1>" * 4000,
    "open quotations": "<p>" + "<q>a" * 200 + "</p>" + "<q>no boat</q>" * 4000,
    "lines": "<div>" + "the pier<br>" * 4000 + "</div>",
    "the same words": "<p>It rains.</p>" * 4000,
    "captions": "<figure><figcaption>The pier</figcaption></figure>" * 4000,
    "days": "<time datetime='2031-05-02'>2 May 2031</time>" * 4000,
    "links": "<ul><li><a href='/'>The pier and the ferry</a></li></ul>" * 4000,
    "a long title": f"<title>{'The ferry | ' * 4000}</title>" + "<h2>The ferry</h2>" * 1000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_takes_much_longer_than_one_of_as_many_paragraphs(name: str) -> None:
    def seconds(inner: str) -> float:
        began = process_time()
        read(f"<html><body>{FERRY * 10}{inner}{FERRY}</body></html>".encode(), "a.html")
        return process_time() - began

    seconds(FERRY)  # what is loaded once
    assert seconds(HOSTILE[name]) < 4 * seconds("<p>The mate said that the pier was closed.</p>" * 4000) + 0.4


def test_the_day_in_the_title_of_a_page_is_not_the_day_of_publication() -> None:
    words = "The port of Orvane is closed, and nobody knows when it will be opened for ships of any size again."
    page = f"<html><head><title>Port</title></head><body><h1>The port, 4 June 2031</h1><p>{words}</p></body></html>"
    assert read(page.encode(), "page.html").published is None
