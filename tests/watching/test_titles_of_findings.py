"""Titles of findings in the Atom feed: one pair of quotation marks, and single ones within."""

import pytest

from quoth.pipeline.watch.atom_feed import title_of


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("“The river is safe,”", "“The river is safe,”"),
        ('the river is "safe" now', "“the river is ‘safe’ now”"),
        ("the river is “safe” now", "“the river is ‘safe’ now”"),
        ("“safe” and “open”", "“safe” and “open”"),
    ],
)
def test_a_title_mixes_no_quotation_marks(words: str, told: str) -> None:
    report = {"publisher": "The Gazette", "title": None, "id": "a", "later_version": False}
    record = {"kind": "finding", "grade": "altered", "confidence": None, "words": words, "report": report}
    assert title_of(record) == f"altered: {told} — The Gazette"
