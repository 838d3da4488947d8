"""Feeds, web archives, records and news items: what is read of them, and what is hostile."""

import gzip
import io
import json
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from feedgenerator import Rss201rev2Feed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quoth.fetching.kept_pages import Exchange, keep, now
from quoth.reading import read, read_all
from quoth.reading.formats.feeds import feed_items
from quoth.reading.raw import Columns
from quoth.types import Document, QuothError, UnusableInput

pytestmark = pytest.mark.filterwarnings(  # of warcio, which leaves its own files open
    "ignore:Unclosed file", "ignore::pytest.PytestUnraisableExceptionWarning"
)
WORDS = "The harbour master said that no boat was refused at the pier."
MORE = "She added that the lighthouse stays open to the public in May."
HTML = f"<html><body><article><h1>Pier</h1><p>{WORDS}</p><p>{MORE}</p></article></body></html>"


def every(data: bytes, name: str = "a", **columns: str) -> list[Document | QuothError]:
    return list(read_all(data, name, columns=Columns(**columns)))


def texts(found: list[Document | QuothError]) -> list[str]:
    return [one.text for one in found if isinstance(one, Document)]


def wrong(found: list[Document | QuothError]) -> list[str]:
    return [str(one) for one in found if not isinstance(one, Document)]


# --- feeds ------------------------------------------------------------------------------------------------------------

RDF = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://seaboard.example/"><title>Seaboard</title></channel>
<item rdf:about="https://seaboard.example/1"><title>Pier</title><link>https://seaboard.example/1</link>
<description>{WORDS}</description><dc:date>2031-05-02T09:24:00+02:00</dc:date></item></rdf:RDF>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://seaboard.example/news/"><title>Seaboard</title>
<entry><id>tag:seaboard.example,2031:1</id><title type="html">Pier &amp;amp; quay</title>
<updated>2031-05-03T10:00:00Z</updated>
<published>2031-05-02T09:24:00Z</published><link rel="self" href="/feed"/><link href="1.html"/>
<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>{WORDS}</x:p><x:p>{MORE}</x:p></x:div>
</content></entry>
<entry><id>2</id><title>Nothing more</title></entry></feed>"""


def test_each_item_of_a_feed_is_a_document_with_what_the_feed_says_of_it() -> None:
    made = Rss201rev2Feed("Seaboard", "https://seaboard.example/", "News")
    for number in range(3):
        made.add_item(
            f"Pier {number}",
            f"https://seaboard.example/{number}",
            f"<p>{WORDS}</p><p>{MORE}</p>",
            unique_id=f"n{number}",
        )
    found = every(made.writeString("utf-8").encode(), "feed.xml")
    assert [one.id for one in found if isinstance(one, Document)] == ["feed.xml/n0", "feed.xml/n1", "feed.xml/n2"]
    assert texts(found)[1] == f"Pier 1\n\n{WORDS}\n\n{MORE}"
    (first, *_) = found
    assert isinstance(first, Document)
    assert (first.title, first.publisher, first.url) == ("Pier 0", "Seaboard", "https://seaboard.example/0")


def test_the_older_rss_is_read() -> None:
    (found,) = every(RDF.encode())
    assert isinstance(found, Document)
    assert (found.text, found.published, found.id) == (
        f"Pier\n\n{WORDS}",
        "2031-05-02T09:24",
        "a/https://seaboard.example/1",
    )


def test_atom_is_read_with_its_addresses_its_xhtml_and_the_day_it_was_published() -> None:
    found, none = every(ATOM.encode())
    assert isinstance(found, Document)
    assert found.text == f"Pier & quay\n\n{WORDS}\n\n{MORE}"
    assert (found.title, found.published, found.url) == (
        "Pier & quay",
        "2031-05-02T09:24",
        "https://seaboard.example/news/1.html",
    )
    assert str(none) == "a/2: the feed has no text of this item."


def test_an_item_is_known_again_and_seen_to_have_changed() -> None:
    first, again = (feed_items(ATOM.encode(), "a")[0] for _ in range(2))
    changed = feed_items(ATOM.replace("no boat", "one boat").encode(), "a")[0]
    assert first == again
    assert (changed.id, changed.state != first.state) == (first.id, True)


def test_an_item_that_speaks_of_entities_is_no_attack() -> None:
    words = f"<![CDATA[<p>{WORDS} &lt;!ENTITY a&gt;</p>]]>"
    feed = f"<rss version='2.0'><channel><item><description>{words}</description></item></channel></rss>"
    assert WORDS in texts(every(feed.encode()))[0]


@pytest.mark.parametrize("odd", ["&nbsp;", "&unknown;", "<!-- no -->", "<b", "&", "\x0b"])
def test_what_does_not_belong_into_xml_costs_no_item(odd: str) -> None:
    item = f"<item><description><p>{WORDS}{odd} {MORE}</p></description></item>"
    feed = f"<rss version='2.0'><channel>{item}{item}</channel></rss>"
    found = every(feed.encode(), "feed.xml")
    assert len(found) >= 1
    assert any(WORDS in text for text in texts(found))


BOMB = (
    "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]><rss version='2.0'><channel><item><description>&j;</description></item></channel></rss>"
)
OUTSIDE = (
    "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss><channel><item>"
    "<description>&x;</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BOMB, "declares entities"),
        (OUTSIDE, "declares entities"),
        ("<rss version='2.0'><channel></channel></rss>", "there is no document in it"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed>", "the feed has no text of this item"),
        ("<rdf:RDF xmlns='x'><item/></rdf:RDF>", "the feed has no text of this item"),
        ("<?xml version='1.0'?><rss><channel><item><title>", "the feed has no text of this item"),
        ("<?xml version='1.0'?><newsItem/>", "this news item has no text in it"),
        ("<?xml version='1.0'?><newsMessage/>", "there is no news item in it"),
        ("<?xml version='1.0'?><!DOCTYPE n [<!ENTITY a 'b'>]><newsItem/>", "declares entities"),
    ],
)
def test_xml_that_holds_nothing_or_attacks_is_told_in_one_sentence(data: str, words: str) -> None:
    began = time.monotonic()
    (sentence,) = wrong(every(data.encode()))
    assert words in sentence
    assert "\n" not in sentence
    assert time.monotonic() - began < 5


def test_deep_xml_is_read_as_far_as_it_goes_or_told() -> None:
    feed = f"<rss version='2.0'><channel><item><description>{WORDS}</description></item>{'<a>' * 100_000}"
    assert len(every(feed.encode())) == 1


# --- web archives -----------------------------------------------------------------------------------------------------


def warc(*pages: tuple[str, str, bytes, dict[str, str]], packed: bool = True) -> bytes:
    """A web archive as warcio writes it, of answers: address, status, body, header lines."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    for address, status, body, headers in pages:
        given = {"Content-Type": "text/html; charset=utf-8", **headers}
        http = StatusAndHeaders(status, list(given.items()), protocol="HTTP/1.1")
        date = {"WARC-Date": "2031-05-02T09:24:00Z"}
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=date
        )
        writer.write_record(record)
    return file.getvalue()


SITE = "https://seaboard.example/"


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_of_a_web_archive_is_a_document_with_its_address_and_its_time(packed: bool) -> None:
    data = warc(
        (SITE, "302 Found", b"", {"Location": "/1"}),
        (f"{SITE}1", "200 OK", HTML.encode(), {}),
        (f"{SITE}a.png", "200 OK", b"\x89PNG", {"Content-Type": "image/png"}),
        (f"{SITE}2", "200 OK", WORDS.encode("latin-1"), {"Content-Type": "text/plain"}),
        (f"{SITE}1", "200 OK", HTML.replace("no boat", "one boat").encode(), {}),
        packed=packed,
    )
    found = every(data, "site.warc.gz")
    assert wrong(found) == []
    assert [one.id for one in found if isinstance(one, Document)] == [
        f"site.warc.gz/{SITE}1",
        f"site.warc.gz/{SITE}2",
        f"site.warc.gz/{SITE}1 (2031-05-02T09:24:00Z)",
    ]
    first = found[0]
    assert isinstance(first, Document)
    assert (first.url, first.notes) == (
        f"{SITE}1",
        (f"Retrieved from {SITE}1 at 2031-05-02T09:24:00Z, as the web archive says.",),
    )
    assert first.text == f"Pier\n\n{WORDS}\n\n{MORE}"


def test_a_web_archive_of_one_page_is_a_document_that_can_be_a_report_or_a_source() -> None:
    assert read(warc((SITE, "200 OK", HTML.encode(), {})), "a.warc.gz").url == SITE


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(HTML.encode()), {"Content-Encoding": "gzip"}),
        (HTML.encode(), {"Content-Encoding": "gzip"}),  # unpacked by the archive, the header line left
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML.encode()), HTML.encode()), {"Transfer-Encoding": "chunked"}),
        (HTML.encode(), {"Transfer-Encoding": "chunked"}),
    ],
)
def test_packed_and_chunked_answers_are_read(body: bytes, headers: dict[str, str]) -> None:
    assert texts(every(warc((SITE, "200 OK", body, headers)))) == [f"Pier\n\n{WORDS}\n\n{MORE}"]


def test_a_web_archive_that_breaks_off_gives_its_whole_pages_and_says_so() -> None:
    data = warc((SITE, "200 OK", HTML.encode(), {}), (f"{SITE}2", "200 OK", HTML.encode(), {}))
    found = every(data[:-60])
    assert len(texts(found)) == 1
    assert "the web archive is damaged or breaks off" in wrong(found)[0]


@pytest.mark.parametrize(
    "head",
    [
        "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n",
        "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\nx",
        "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n",
        "WARC/1.1\r\nWARC-Type: response\r\n\r\n",
        "WARC/1.1\r\n" + "A: b\r\n" * 5_000,
        "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 2\r\n\r\nxxJUNK\r\n",
    ],
)
def test_a_damaged_web_archive_is_told_in_one_sentence(head: str) -> None:
    (sentence,) = wrong(every(head.encode()))
    assert "the web archive is damaged or breaks off" in sentence or "there is no document in it" in sentence
    assert "\n" not in sentence


def test_pages_that_are_bombs_are_told_and_the_others_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quoth.reading.formats.webarchive.LARGEST_PART", 1_000_000)
    packed = gzip.compress(b" " * 20_000_000)
    data = warc(
        (SITE, "200 OK", packed, {"Content-Encoding": "gzip"}),
        (f"{SITE}2", "200 OK", b" " * 2_000_000, {}),
        (f"{SITE}3", "200 OK", HTML.encode(), {}),
    )
    found = every(data)
    assert [sentence.partition(": ")[2].partition(" MiB")[0] for sentence in wrong(found)] == ["larger than 0"] * 2
    assert len(texts(found)) == 1


def test_a_web_archive_is_unpacked_no_further_than_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quoth.reading.formats.webarchive.MOST_UNPACKED", 1_000_000)
    (sentence,) = wrong(every(warc((SITE, "200 OK", b" " * 30_000_000, {}))))
    assert "MiB unpacked; the rest was not read" in sentence


# --- records ----------------------------------------------------------------------------------------------------------

KNOWN = {"title": "Pier", "publisher": "Seaboard", "published": "2031-05-02", "url": f"{SITE}1"}


@pytest.mark.parametrize(
    "whole",
    [
        [{"id": "x", "text": WORDS, **KNOWN}],
        {"count": 1, "articles": [{"id": "x", "text": WORDS, **KNOWN}], "tags": ["a", "b"]},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_records_in_json_are_documents_with_what_they_say_of_themselves(whole: object, indent: int | None) -> None:
    (found,) = every(json.dumps(whole, indent=indent).encode(), "a.json")
    assert isinstance(found, Document)
    assert {name: getattr(found, name) for name in KNOWN} == KNOWN
    assert (found.id, found.text) == ("a.json/x", WORDS)


def test_a_record_that_stands_alone_is_the_document() -> None:
    assert read(json.dumps({"id": "x", "text": WORDS}).encode(), "a.json").id == "a.json"


def test_parquet_that_is_damaged_in_its_words_is_told_in_one_sentence() -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415

    file = io.BytesIO()
    table = pa.table({"id": ["x"], "text": [WORDS], "published": [date(2031, 5, 2)]})
    parquet.write_table(table, file, compression="none", use_dictionary=False)
    (found,) = every(file.getvalue(), "a.parquet")
    assert isinstance(found, Document)
    assert (found.id, found.text, found.published) == ("a.parquet/x", WORDS, "2031-05-02")
    (sentence,) = wrong(every(file.getvalue().replace(b"no boat", b"\xff\xfe boa"), "a.parquet"))
    assert sentence.startswith("a.parquet: this is a table; the Parquet file cannot be read")
    (sentence,) = wrong(every(file.getvalue()[:300], "a.parquet"))
    assert "\n" not in sentence


def test_other_fields_may_hold_the_texts_and_the_ids() -> None:
    data = "\n".join(json.dumps({"key": n, "body": f"{WORDS} {n}"}) for n in range(3)).encode()
    assert [one.id for one in every(data, "a.jsonl", text="body", id="key")] == ["a.jsonl/0", "a.jsonl/1", "a.jsonl/2"]
    table = f'key;body;title\n7;"{WORDS}";Pier\n'.encode()
    (found,) = every(table, "a.csv", text="body", id="key")
    assert isinstance(found, Document)
    assert (found.id, found.text, found.title) == ("a.csv/7", WORDS, "Pier")


def test_what_is_wrong_with_a_record_is_said_and_the_others_are_read() -> None:
    lines = [
        {"id": 1, "text": WORDS},
        {"id": 2},
        {"id": 3, "text": 5},
        {"id": 4, "text": "x \ud800"},
        {"id": 5, "text": WORDS, "title": 3},
    ]
    data = "\n".join([*map(json.dumps, lines), "[1]", "{broken", json.dumps({"id": 8, "text": MORE})])
    found = every(data.encode(), "a.jsonl")
    assert texts(found) == [WORDS, MORE]
    assert wrong(found) == [
        "a.jsonl, row 2: there is no text in it.",
        "a.jsonl, row 3: its text is no string.",
        "a.jsonl, row 4: its text holds half of a surrogate pair, which is no text.",
        'a.jsonl, row 5: "title" must be a string.',
        "a.jsonl, row 6: it is JSON, but no object.",
        "a.jsonl, line 7: it is not JSON (expecting property name enclosed in double quotes at 1).",
    ]


NINJS = {
    "uri": f"{SITE}1",
    "type": "text",
    "headline": "Pier",
    "versioncreated": "2031-05-02T09:24:00+02:00",
    "infosources": [{"name": "Seaboard"}],
}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"body_text": WORDS}, WORDS),
        ({"body_xhtml": f"<p>{WORDS}</p><p>{MORE}</p>"}, f"Pier\n\n{WORDS}\n\n{MORE}"),
        ({"bodies": [{"contentType": "text/plain", "value": WORDS}]}, WORDS),
        ({"headline": None, "headlines": [{"value": "Pier"}],
          "bodies": [{"contenttype": "text/html", "value": f"<p>{WORDS}</p>"}]},
         f"Pier\n\n{WORDS}"),
    ],
)  # fmt: skip
def test_ninjs_is_read_with_its_headline_its_provider_and_its_date(body: dict[str, object], text: str) -> None:
    found = read(json.dumps({**NINJS, **body}, indent=1).encode(), "a.json")
    assert (found.text, found.title, found.publisher, found.published, found.url) == (
        text, "Pier", "Seaboard", "2031-05-02T09:24", f"{SITE}1"
    )  # fmt: skip


@pytest.mark.parametrize(
    "body", [{"bodies": [1]}, {"body_text": 5}, {"bodies": [{"value": WORDS}]}, {"body_xhtml": "<p></p>"}]
)
def test_ninjs_without_a_text_is_told_in_one_sentence(body: dict[str, object]) -> None:
    (sentence,) = wrong(every(json.dumps({**NINJS, **body}, indent=1).encode(), "a.json"))
    assert sentence.startswith("a.json")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "data", ["[" * 100_000 + '"text"', '{"text": "a",\n "b', '{"a": ' * 50_000, '[{"text": 1}]', "[1, 2]"]
)
def test_json_that_is_damaged_deep_or_without_a_text_is_told_in_one_sentence(data: str) -> None:
    (sentence,) = wrong(every(data.encode(), "a.json"))
    assert sentence.startswith("a.json: this is JSON")
    assert "\n" not in sentence


def test_a_table_in_another_charset_is_read_as_a_text_in_it_is() -> None:
    table = "id,text,title\n1,Die Fähre fährt nicht über den großen Fluß zurück nach Österreich.,Fähre\n"
    assert every(table.encode("cp1252"), "a.csv")[0] == every(table.encode(), "a.csv")[0]


# --- news items -------------------------------------------------------------------------------------------------------

NITF = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1"><itemMeta>
<provider qcode="nprov:SEABOARD"/>
<versionCreated>2031-05-02T09:24:00+02:00</versionCreated></itemMeta>
<contentMeta><headline>Pier closed</headline></contentMeta>
<contentSet><inlineXML>
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Pier</hl1></hedline>
</body.head><body.content><p>{WORDS}</p>
<media><media-caption>A pier.</media-caption></media><hl2>More</hl2><p>{MORE}</p>
</body.content></body></nitf></inlineXML></contentSet></newsItem>"""


def test_the_text_of_a_news_item_in_nitf_is_read_without_its_pictures() -> None:
    found = read(NITF.encode(), "a.xml")
    assert (found.id, found.title, found.publisher, found.published) == (
        "a.xml",
        "Pier closed",
        "SEABOARD",
        "2031-05-02T09:24",
    )
    assert found.text == f"Pier closed\n\n{WORDS}\n\nMore\n\n{MORE}"


def test_the_items_of_a_news_message_are_documents_by_their_guids() -> None:
    item = NITF.replace(' xmlns="http://iptc.org/std/nar/2006-10-01/"', "")
    items = item + item.replace("urn:x:1", "urn:x:2")
    message = f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{items}</itemSet></newsMessage>'
    found = every(message.encode(), "a.xml")
    assert [one.id for one in found if isinstance(one, Document)] == ["a.xml/urn:x:1", "a.xml/urn:x:2"]


def test_a_table_of_articles_inside_an_archive_of_files_is_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("may.csv", f"id,text\n1,{WORDS}\n2,{MORE}\n")
        archive.writestr("feed.xml", RDF)
    assert texts(every(packed.getvalue(), "a.zip")) == [WORDS, MORE, f"Pier\n\n{WORDS}"]


def test_what_the_kept_pages_of_a_watch_hold_is_read_again(tmp_path: Path) -> None:
    raw = bytearray(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + HTML.encode())
    keep(str(tmp_path), [Exchange(SITE, raw, "93.184.215.14", now())], HTML.encode())
    (file,) = tmp_path.iterdir()
    found = read(file.read_bytes(), file.name)
    assert (found.url, found.text) == (SITE, f"Pier\n\n{WORDS}\n\n{MORE}")


def test_a_feed_with_no_words_at_all_is_no_traceback() -> None:
    with pytest.raises(UnusableInput):
        read(b"<?xml version='1.0'?><rss><channel><item><description> </description></item></channel></rss>", "a")
