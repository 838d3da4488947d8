"""The statement and the transcript as feeds, web archives, records, news items and subtitles: the same examination.

`make_articles.py` made the files, by programs other than the readers.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from formats.test_formats import document, told
from quoth import examine
from quoth.reading import read
from quoth.types import BlockKind, Document

HERE = Path(__file__).parent
TEXTS = ("statement", "transcript")
RECORDS = (".json", ".jsonl", ".csv", ".parquet", ".ninjs.json")
MARKED = (".rss", ".atom", ".warc.gz", ".newsml.xml")


@cache
def examined(name: str) -> dict[str, object]:
    """What an examination says of the report, held against a file."""
    report = read((HERE / "report.txt").read_bytes(), "report.txt")
    source = replace(document(name), title=document("statement.txt").title, publisher=None, published="2031-05-02")
    return told(examine(report, source, rules=True))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ending", [*RECORDS, *MARKED])
def test_the_examination_is_the_same_in_every_format(text: str, ending: str) -> None:
    plain = examined(f"{text}.txt")
    assert len(plain["verdicts"]) >= 10
    assert examined(f"{text}{ending}") == plain


@pytest.mark.parametrize("ending", [".srt", ".vtt"])
def test_the_examination_is_the_same_by_subtitles(ending: str) -> None:
    spoken = read(document("transcript.txt").text.split("\n\n", 2)[2].encode(), "spoken.txt")
    turns = (replace(one, kind=BlockKind.PARAGRAPH) if one.kind is BlockKind.TITLE else one for one in spoken.blocks)
    plain = replace(spoken, blocks=tuple(turns), title=None)  # nobody speaks a headline
    report = read((HERE / "report.txt").read_bytes(), "report.txt")
    assert told(examine(report, document(f"transcript{ending}"), rules=True)) == told(
        examine(report, plain, rules=True)
    )


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ending", RECORDS)
def test_the_text_of_a_record_is_as_it_is(text: str, ending: str) -> None:
    assert document(f"{text}{ending}").text == document(f"{text}.txt").text


@pytest.mark.parametrize("ending", [*RECORDS, *MARKED])
def test_what_a_format_says_of_its_publication_is_kept(ending: str) -> None:
    found = document(f"statement{ending}")
    assert found.title == document("statement.txt").title
    if ending != ".warc.gz":
        assert (found.publisher, found.published) == ("Ministry of Ports and Fisheries", "2031-05-02T09:24")
    if ending != ".newsml.xml":
        assert found.url
        assert found.url.startswith("http")


@pytest.mark.parametrize("ending", [".srt", ".vtt"])
def test_each_turn_of_subtitles_leads_to_its_second(ending: str) -> None:
    found: Document = document(f"transcript{ending}")
    assert found.time_at(found.text.index("MR LINDQVIST")) == 110.5
    assert found.time_at(found.text.index("don't want a chain")) == 117.0
