"""Records back to nouns."""

import json
from pathlib import Path

import pytest

from quoth.pipeline.examine import examine
from quoth.reading import read
from quoth.reports import to_json
from quoth.types import Examination, Statement, UnusableInput
from quoth.types.from_records import from_record

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_an_examination_comes_back_from_its_json_as_it_was():
    report, source = (read((EXAMPLES / name).read_bytes(), name) for name in ("gazette.txt", "statement.txt"))
    record = json.loads(json.dumps(to_json(examine(report, [source]))))
    assert to_json(from_record(Examination, record)) == record


def test_fields_of_a_later_version_are_passed_over():
    record = {"id": "s1", "document": "d", "mode": "direct", "content": [[0, 3]], "colour": "red"}
    assert from_record(Statement, record).id == "s1"


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "text",
        {},
        {"id": "s1", "document": "d", "mode": "sung", "content": [[0, 3]]},
        {"id": "s1", "document": "d", "mode": "direct", "content": [[3, 0]]},
        {"id": "s1", "document": "d", "mode": "direct", "content": [["0", "3"]]},
        {"id": 7, "document": "d", "mode": "direct", "content": [[0, 3]]},
    ],
)
def test_what_is_no_record_is_refused_in_a_sentence(record: object):
    with pytest.raises(UnusableInput, match="no record of Statement"):
        from_record(Statement, record)
