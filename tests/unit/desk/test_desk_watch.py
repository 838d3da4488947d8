"""What `quoth watch` found, at the desk."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from served import desk

from quoth.archive.archive import Archive
from quoth.desk.settings import Settings
from quoth.models.ports import RULES_ONLY
from quoth.pipeline.examine import examine
from quoth.pipeline.watch.desk import read_desk
from quoth.pipeline.watch.findings import news
from quoth.reading import read_text

FOUND = {
    "finding": "f1", "kind": "finding", "found": "2031-05-02T08:00:00Z", "grade": "altered", "confidence": 0.93,
    "speaker": "Ada Renn", "words": "Almost every <b>pier</b> is open", "reason": "The hedge is not in the source.",
    "passages": [{"source": "s", "words": "Today every pier is open."}],
    "report": {"id": "r", "title": "Piers of Orl", "publisher": "Seaboard", "url": "javascript:alert(1)"},
    "changes": [{"kind": "hedge", "material": True, "reported": "Almost", "original": None, "source": "s"}],
}  # fmt: skip


@pytest.mark.parametrize("as_folder", [False, True])
def test_findings_of_the_watch_are_shown_and_what_is_no_finding_is_passed_over(tmp_path: Path, as_folder: bool):
    file = tmp_path / "findings.jsonl"
    file.write_text(
        f'half a line"}}\n{json.dumps(FOUND)}\n[1]\n{{}}\n{{"report": 7, "changes": "x", "kind": "withdrawal"}}\n{{"fin'
    )
    with desk(Settings(port=0, rules=True, watch=tmp_path if as_folder else file)) as (client, _):
        page = client.get("/watch").text
    assert "Almost every &lt;b&gt;pier&lt;/b&gt; is open" in page
    assert re.search(r"how sure</span> <span><b><bdi>Almost every</bdi></b> .*?<bdi>every</bdi>", page)
    assert "withdrawal" in page
    assert "javascript:" not in page


def test_a_finding_of_the_watch_leads_to_what_was_compared_the_archive_and_the_examination(tmp_path: Path):
    report = "The piers of Orl\n\nAda Renn said: “Almost 40 boats wait at the pier this morning.”"
    source = "ADA RENN: And 40 boats wait at the pier this morning. The crane is broken."
    minutes = replace(read_text(source, "minutes.txt"), title="Minutes of the port")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        list(archive.add([minutes]))
    made = examine(read_text(report, "report"), [minutes], RULES_ONLY)
    settings = 'archive = "archive"\n[[watch]]\nfolder = "incoming"\n[tell]\nconfidence = 0.0\njsonl = "told.jsonl"\n'
    (tmp_path / "incoming").mkdir()
    (tmp_path / "desk.toml").write_text(settings)
    told = news("r", 1, made, [], read_desk(str(tmp_path / "desk.toml")), "2031-05-02T08:00:00Z")
    (record,) = [one for _, one, _ in told.new]
    assert record["points"][0] | {"kind": ""} == {
        "kind": "", "reported": "Almost 40 boats", "original": "40 boats", "reported_value": None,
        "original_value": None,
    }  # fmt: skip
    file = tmp_path / "findings.jsonl"
    file.write_text(json.dumps(record) + "\n")
    with desk(Settings(port=0, rules=True, watch=file, archive=tmp_path / "archive")) as (client, _):
        listed = client.get("/watch").text
        assert re.search("<bdi>Almost 40 boats</bdi>.*?<bdi>40 boats</bdi>", listed)
        place = re.findall('href="(/watch/[^"]+)"', listed)[0]
        page = client.get(place).text
        assert "Minutes of the port" in page
        hit = re.findall('href="(/archive/document[^"#]+)#hit"', page)[0].replace("&amp;", "&")
        assert "40 boats wait" in client.get(hit).text.split('<mark id="hit"')[1]
        assert "/e/" not in page
        client.followed(client.send("/examine", {"report_text": report, "source_text": source}, {}))
        examination, finding = re.findall('href="(/e/[^"#]+)#([^"]+)"', client.get(place).text)[0]
        assert f"id={finding}" in client.get(examination).text
        assert client.get("/watch/nothing").status == 404
