"""What the faces do to one document or one record; the same functions in this process, in a pool and on a cluster."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quoth.models.ports import Tools
from quoth.types import Document, Entity, Mode, Statement, UnusableInput

if TYPE_CHECKING:
    from quoth.archive.archive import Archive

Record = dict[str, object]

LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def statements_of(document: Document, tools: Tools) -> tuple[tuple[Statement, ...], tuple[Entity, ...]]:
    """Who said what in one document, with the speakers resolved."""
    from quoth.attribution import attribute  # noqa: PLC0415  # a grade needs none of this
    from quoth.entities import link  # noqa: PLC0415

    found = attribute(document, tools.tagger)
    return link((document,), found, tools.recogniser)


def statements_record(record: Mapping[str, object], tools: Tools) -> Record:
    """`{"id", "text"}` to `{"id", "statements", "entities"}`, spans into that text.

    Raises:
        UnusableInput: a field is missing or of the wrong type, or the text cannot be read without changing it.
    """
    from quoth.reading import read_text  # noqa: PLC0415
    from quoth.reports.json_records import entity_record, statement_record  # noqa: PLC0415

    text = text_field(record, "text")
    document = read_text(text, str(record["id"]))
    if document.text != text:
        raise UnusableInput(f"the text of {document.id} was changed in reading; no span could index the record's own.")
    said, entities = statements_of(document, tools)
    return {
        "id": record["id"],
        "statements": [statement_record(statement) for statement in said],
        "entities": [entity_record(entity) for entity in entities],
    }


def trace_record(record: Mapping[str, object], archive: "Archive", tools: Tools, top: int | None = None) -> Record:
    """`{"id", "text"}`, a report, to its Examination against an archive.

    Raises:
        UnusableInput: a field is missing or of the wrong type.
        ArchiveError: the archive cannot be read.
    """
    from quoth.pipeline.trace import examine_in  # noqa: PLC0415
    from quoth.reading import read_text  # noqa: PLC0415
    from quoth.reports import to_json  # noqa: PLC0415

    report = read_text(text_field(record, "text"), str(record["id"]))
    return {"id": record["id"], **to_json(examine_in(archive, report, tools, top))}


def grade_record(record: Mapping[str, object], tools: Tools) -> Record:
    """`{"id", "reported", "original"}` to a graded record.

    Raises:
        UnusableInput: a field is missing or of the wrong type.
    """
    from quoth.pipeline.examine import grade_pair  # noqa: PLC0415
    from quoth.reports.json_records import grade_record as to_record  # noqa: PLC0415

    told = record.get("mode", Mode.DIRECT.value)
    if told not in set(Mode):
        msg = f'"mode" must be one of {", ".join(Mode)}'
        raise UnusableInput(msg)
    mode = Mode(str(told))
    verdict = grade_pair(text_field(record, "reported"), text_field(record, "original"), tools, mode)
    return to_record(record["id"], verdict)


def text_field(record: Mapping[str, object], name: str) -> str:
    """A field of a record that must be text with words in it.

    Raises:
        UnusableInput: it is missing, no string, blank, or holds half of a surrogate pair.
    """
    if name not in record:
        raise UnusableInput(f'"{name}" is missing.')
    value = record[name]
    if not isinstance(value, str):
        raise UnusableInput(f'"{name}" must be a string, not {json_type(value)}.')
    if not value.strip():
        raise UnusableInput(f'"{name}" is empty.')
    lone = LONE_SURROGATE.search(value)
    if lone:
        raise UnusableInput(f'"{name}" holds half of a surrogate pair at {lone.start()}, which is no text.')
    return value


def json_type(value: object) -> str:
    """What a JSON value is called in a sentence."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case dict():
            return "an object"
        case list():
            return "a list"
        case _:
            return "a number"
