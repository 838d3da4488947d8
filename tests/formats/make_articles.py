"""Makes the files of this folder that carry articles: feeds, web archives, records, news items, subtitles.

    python tests/formats/make_articles.py

By programs other than the readers: feedgenerator (RSS, Atom), wget (WARC), jq (JSON, JSON Lines, ninjs), sqlite3 (CSV),
DuckDB (Parquet), NewsMLG2 of the IPTC (NewsML-G2), pysubs2 (SRT, WebVTT). The files are committed; whoever changes the
texts makes them anew, after `make.py`.
"""

import html
import json
import subprocess
import tempfile
import threading
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb
import NewsMLG2
import pysubs2
from feedgenerator import Atom1Feed, Rss201rev2Feed

HERE = Path(__file__).parent
WHEN = datetime(2031, 5, 2, 9, 24, tzinfo=UTC)
PUBLISHER, URL = "Ministry of Ports and Fisheries", "https://ports.merrowin.example/{}"
SECONDS = 6.5  # between two cues


def main() -> None:
    """Make them all."""
    for name in ("statement", "transcript"):
        text = (HERE / f"{name}.txt").read_text("utf-8")
        title = text.split("\n", 1)[0]
        feeds(name, title, page(text, headed=False))
        web_archive(name, page(text, headed=True), title)
        records(name, title, text)
        news_item(name, title, text)
    subtitles((HERE / "transcript.txt").read_text("utf-8"))


def page(text: str, *, headed: bool) -> str:
    """The text as HTML: a paragraph for each, a table for the rows of one."""
    parts = text.strip().split("\n\n")
    found = [f"<h1>{html.escape(parts[0])}</h1>"] if headed else []
    for part in parts[1:]:
        words = html.escape(part, quote=False)
        if " | " in part:
            rows = (f"<tr><td>{'</td><td>'.join(row.split(' | '))}</td></tr>" for row in words.splitlines())
            found.append(f"<table>{''.join(rows)}</table>")
        elif len(part) < 60 and part[-1].isalpha():
            found.append(f"<h2>{words}</h2>")
        else:
            found.append(f"<p>{words}</p>")
    return "\n".join(found)


def feeds(name: str, title: str, body: str) -> None:
    """A feed of one item in RSS and in Atom."""
    for ending, kind in (("rss", Rss201rev2Feed), ("atom", Atom1Feed)):
        made = kind(PUBLISHER, URL.format(""), "News")
        inside, short = (None, body) if ending == "rss" else (body, "")  # which has no other place for it
        made.add_item(title, URL.format(name), short, content=inside, pubdate=WHEN, updateddate=WHEN, unique_id=name)
        (HERE / f"{name}.{ending}").write_text(made.writeString("utf-8"), "utf-8")


def web_archive(name: str, body: str, title: str) -> None:
    """The page as wget keeps it."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / f"{name}.html").write_text(
            f"<!doctype html><html><head><meta charset=utf-8><title>{html.escape(title)}</title></head>"
            f"<body><article>{body}</article></body></html>",
            "utf-8",
        )
        handler = partial(SimpleHTTPRequestHandler, directory=folder)
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_address[1]}/{name}.html"
            options = (
                "--quiet",
                "--no-proxy",
                f"--warc-file={name}",
                "--warc-tempdir=.",
                "--output-document=/dev/null",
            )
            run("wget", *options, address, cwd=HERE)
            server.shutdown()


def records(name: str, title: str, text: str) -> None:
    """The text as a record in JSON, JSON Lines, CSV, Parquet, and as ninjs."""
    known = {"title": title, "publisher": PUBLISHER, "published": "2031-05-02T09:24", "url": URL.format(name)}
    record = {"id": name, "text": text, **known}
    given = json.dumps(record)
    (HERE / f"{name}.json").write_bytes(run("jq", "{articles: [.]}", given=given))
    (HERE / f"{name}.jsonl").write_bytes(run("jq", "-c", ".", given=given))
    ninjs = (
        '{uri: .url, type: "text", headline: .title, body_text: .text, versioncreated: .published,'
        " infosources: [{name: .publisher}]}"
    )
    (HERE / f"{name}.ninjs.json").write_bytes(run("jq", ninjs, given=given))
    values = ", ".join("'" + str(value).replace("'", "''") + "'" for value in record.values())
    query = f"CREATE TABLE a ({', '.join(record)}); INSERT INTO a VALUES ({values}); SELECT * FROM a;"
    (HERE / f"{name}.csv").write_bytes(run("sqlite3", "-header", "-csv", ":memory:", query))
    with duckdb.connect() as base:
        base.execute(f"CREATE TABLE a ({', '.join(f'{key} TEXT' for key in record)})")
        base.execute(f"INSERT INTO a VALUES ({', '.join('?' for _ in record)})", list(record.values()))
        base.execute(f"COPY a TO '{HERE / name}.parquet' (FORMAT parquet)")


def news_item(name: str, title: str, text: str) -> None:
    """The text as NewsML-G2."""
    item = NewsMLG2.NewsItem()
    item.guid, item.version, item.standard, item.standardversion = f"urn:newsml:{name}", "1", "NewsML-G2", "2.34"
    item.conformance = "power"
    item.itemmeta = NewsMLG2.ItemMeta()
    item.itemmeta.provider = NewsMLG2.Provider()
    item.itemmeta.provider.literal = PUBLISHER
    item.itemmeta.versioncreated = NewsMLG2.VersionCreated(text="2031-05-02T09:24:00+02:00")
    item.contentmeta = NewsMLG2.NewsItemContentMeta()
    item.contentmeta.headline = NewsMLG2.Headline(text=title)
    item.contentset = NewsMLG2.ContentSet()
    item.contentset.inlinedata = NewsMLG2.InlineData(text=page(text, headed=False))
    item.contentset.inlinedata.contenttype = "text/html"
    (HERE / f"{name}.newsml.xml").write_text(item.to_xml_string(), "utf-8")


def subtitles(text: str) -> None:
    """The turns of a transcript as cues of twelve words at most."""
    made = pysubs2.SSAFile()
    at = 0.0
    for part in text.strip().split("\n\n")[2:]:  # nobody speaks its title and its date
        words = part.split()
        for start in range(0, len(words), 12):
            cue = " ".join(words[start : start + 12])
            made.append(pysubs2.SSAEvent(start=int(at * 1000), end=int((at + SECONDS) * 1000), text=cue))
            at += SECONDS
    made.save(str(HERE / "transcript.srt"))
    made.save(str(HERE / "transcript.vtt"))


def run(*command: str, given: str = "", cwd: Path | None = None) -> bytes:
    """Run a program, which must succeed; what it printed."""
    return subprocess.run(command, input=given.encode(), check=True, capture_output=True, cwd=cwd).stdout


if __name__ == "__main__":
    main()
