"""The JSON of an examination is written piece by piece, and is the same to the last byte."""

from quoth.pipeline.examine import examine
from quoth.pipeline.lines import as_line, as_pieces
from quoth.reading import read_text
from quoth.reports import to_json
from quoth.reports.json_records import json_fields

REPORT = "Mira Orlan said: “The bridge is safe 😀.”\n\nShe added that \x9b31m nobody crossed it.\n\nBorin denied it."
SOURCE = "Statement of Mira Orlan\n\nThe bridge is not safe. Nobody crossed it in May."


def test_the_pieces_of_a_record_are_its_line() -> None:
    for sources in ([], [read_text(SOURCE, "source")]):
        found = examine(read_text(REPORT, "report"), sources)
        assert b"".join(as_pieces(json_fields(found))) == as_line(to_json(found))
