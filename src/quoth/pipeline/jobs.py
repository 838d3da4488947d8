"""What the faces do to one document or one record; the same functions in this process, in a pool and on a cluster."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from quoth.models.ports import Tools
from quoth.pipeline.lines import checked_text, id_of
from quoth.types import DESCRIBED, Document, Entity, Mode, Statement, UnusableInput

if TYPE_CHECKING:
    from quoth.archive.archive import Archive
    from quoth.archive.index import FoundSource
    from quoth.models.ports import Embedder

Record = dict[str, object]


def statements_of(
    document: Document, tools: Tools, *, attitudes: bool = False
) -> tuple[tuple[Statement, ...], tuple[Entity, ...]]:
    """Who said what in one document, with the speakers resolved; with `attitudes`, who thinks or wants what as well."""
    from quoth.attribution import attribute, without_attitudes  # noqa: PLC0415  # a grade needs none of this
    from quoth.entities import link  # noqa: PLC0415

    found = attribute(document, tools.tagger, attitudes=True)  # who thinks is one whom "she said" may mean
    statements, entities = link((document,), found, tools.recogniser)
    return statements if attitudes else without_attitudes(statements), entities


def statements_record(record: Mapping[str, object], tools: Tools, *, attitudes: bool = False) -> Record:
    """`{"id", "text"}` to `{"id", "statements", "entities"}`, spans into that text.

    Raises:
        UnusableInput: a field is missing or of the wrong type, or the text cannot be read without changing it.
    """
    from quoth.reading import read_text  # noqa: PLC0415

    text = text_field(record, "text")
    document = read_text(text, str(record["id"]))
    if document.text != text:
        raise UnusableInput(f"the text of {document.id} was changed in reading; no span could index the record's own.")
    said, entities = statements_of(document, tools, attitudes=attitudes)
    return {
        "id": record["id"],
        "statements": [statement.to_dict() for statement in said],
        "entities": [entity.to_dict() for entity in entities],
    }


def trace_record(
    record: Mapping[str, object], sources: "Archive | Sequence[Document]", tools: Tools, top: int | None = None
) -> Record:
    """`{"id", "text"}`, a report, to its Examination against given sources or an archive.

    Raises:
        UnusableInput: a field is missing or of the wrong type.
        UnusableArguments: a source is the report itself.
        ArchiveError: the archive cannot be read.
    """
    from quoth.pipeline.trace import examine_against  # noqa: PLC0415
    from quoth.reading import read_text  # noqa: PLC0415
    from quoth.reports import to_json  # noqa: PLC0415

    report = read_text(text_field(record, "text"), str(record["id"]))
    return {"id": record["id"], **to_json(examine_against(sources, report, tools, top))}


def grade_record(record: Mapping[str, object], tools: Tools) -> Record:
    """`{"id", "reported", "original"}` to a graded record.

    Raises:
        UnusableInput: a field is missing or of the wrong type, or there is no such mode.
    """
    from quoth.pipeline.examine import grade_pair  # noqa: PLC0415
    from quoth.reports.json_records import grade_record as to_record  # noqa: PLC0415

    mode = mode_of(record.get("mode", "direct"))
    verdict = grade_pair(text_field(record, "reported"), text_field(record, "original"), tools, mode)
    return to_record(record["id"], verdict)


def mode_of(value: object) -> Mode:
    """The mode of a quotation by its word.

    Raises:
        UnusableInput: there is no such mode.
    """
    if value not in list(Mode):
        raise UnusableInput(f'"mode" must be one of {", ".join(Mode)}.')
    return Mode(str(value))


def text_field(record: Mapping[str, object], name: str) -> str:
    """A field of a record that must be text with words in it.

    Raises:
        UnusableInput: it is missing, no string, blank, or holds half of a surrogate pair.
    """
    if name not in record:
        raise UnusableInput(f'"{name}" is missing.')
    return checked_text(record[name], f'"{name}"')


def document_of(record: dict[str, object]) -> Document:
    """A record of the contract as a document.

    Raises:
        UnusableInput: it has no id or no text, or a value of another kind than it should be.
    """
    from quoth.archive.store import sha256_of, unkeepable  # noqa: PLC0415

    id_ = str(id_of(record))
    text = record.get("text")
    if not isinstance(text, str):
        raise UnusableInput('"text" is missing.' if text is None else '"text" must be a string.')
    if not text.strip():
        raise UnusableInput("the text is empty.")
    known: dict[str, str] = {}
    for name in DESCRIBED:
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            raise UnusableInput(f'"{name}" must be a string.')
        if value:
            known[name] = value
    document = replace(Document(id_, text, sha256_of(text)), **known)  # type: ignore[arg-type]  # all of them strings
    if problem := unkeepable(document):
        raise UnusableInput(problem)
    return document


def answer(
    record: dict[str, object], archive: "Archive", top: int | None, embedder: "Embedder | None"
) -> dict[str, object]:
    """The answer to one line of `find`.

    Raises:
        UnusableInput: it has no id or no text.
    """
    id_ = id_of(record)
    text = record.get("text")
    if not isinstance(text, str):
        raise UnusableInput('"text" is missing.' if text is None else '"text" must be a string.')
    return {"id": id_, "sources": [source_record(source) for source in archive.find(text, top=top, embedder=embedder)]}


def source_record(source: "FoundSource") -> dict[str, object]:
    """A found source as JSON; what is as usual is left out."""
    record: dict[str, object] = {"id": source.id, "score": source.score}
    if source.twin_of is not None:
        record["twin_of"] = source.twin_of
    if source.version != 1:
        record["version"] = source.version
    record["passages"] = [
        {
            "report": list(passage.report),
            "source": list(passage.source),
            "score": passage.score,
            "by": passage.by.value,
            **({"stock": True} if passage.stock else {}),
        }
        for passage in source.passages
    ]
    return record
