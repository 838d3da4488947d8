"""What `quoth watch` found, at the desk."""

import json
from pathlib import Path

import pytest
from served import desk

from quoth.desk.settings import Settings

FOUND = {
    "finding": "f1", "kind": "finding", "found": "2031-05-02T08:00:00Z", "grade": "altered", "confidence": 0.93,
    "speaker": "Ada Renn", "words": "Almost every <b>pier</b> is open", "reason": "The hedge is not in the source.",
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
    assert "<bdi>Almost</bdi> ← <bdi>not there</bdi>" in page
    assert "withdrawal" in page
    assert "javascript:" not in page
