"""The JSON of a whole examination and of a bare grade; everything inside is each noun's own record."""

from collections.abc import Iterator
from dataclasses import fields

from quoth.reports.notes import notes
from quoth.types import Examination, Verdict
from quoth.types.records import plain

Record = dict[str, object]


def to_json(examination: Examination) -> Record:
    """An examination as the contract's Examination record.

    Args:
        examination: what was found out about one report.

    Returns:
        Dictionaries, lists, strings, numbers, booleans and None only; every span indexes the `text` of its document in
        Unicode code points. It is `examination.to_dict()` with `notes`: what could not be compared, in words.
    """
    return {name: plain(value) for name, value in json_fields(examination)}


def json_fields(examination: Examination) -> Iterator[tuple[str, object]]:
    """The fields of the record of `to_json`, in its order, their values nouns as yet."""
    for field in fields(examination):
        yield field.name, getattr(examination, field.name)
    yield "notes", tuple(notes(examination))


def grade_record(record_id: object, verdict: Verdict) -> Record:
    """A verdict on a bare quotation: there is one source, so pieces and changes do not name it."""
    record = verdict.to_dict()
    unnamed = {
        "pieces": [_without_source(piece.to_dict()) for piece in verdict.pieces],
        "changes": [_without_source(change.to_dict()) for change in verdict.changes],
    }
    named = ("grade", "confidence", "pieces", "changes", "reason", "support")
    return {"id": record_id, **{name: unnamed.get(name, record[name]) for name in named}}


def _without_source(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != "source"}
