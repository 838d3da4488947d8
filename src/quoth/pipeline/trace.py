"""The main job against an archive: find the sources of a report, examine it, and say what was searched."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from quoth.models.ports import Tools
from quoth.types import Document, Examination, Grade

if TYPE_CHECKING:
    from quoth.archive.archive import Archive, Certificate

SOURCES = 5  # of a report, unless told otherwise; a report that draws on more is a survey
MORE_SOURCES = 5  # at most, found by asking for single statements that the first ones do not carry


def examine_in(
    archive: "Archive",
    report: Document,
    tools: Tools,
    top: int | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> Examination:
    """One report held against what an archive has.

    The archive is asked with the whole report first, then with each statement that nothing found so far carries: a
    short quotation from a document that shares nothing else with the report is found only so.

    Args:
        archive: an open archive.
        report: the report; a document with the same text is not taken for its source.
        tools: trained models.
        top: at most so many sources from the first question; `SOURCES` if None.
        watch: see `quoth.pipeline.examine`.

    Returns:
        The examination. Its recipe has the certificate of the search, and every verdict counts the whole archive as
        searched.

    Raises:
        ArchiveError: the archive cannot be read.
    """
    from quoth.pipeline.examine import examine  # noqa: PLC0415  # heavier than what an archive needs otherwise

    found = _documents(archive, report, [report.text], (), top or SOURCES, tools)
    examination = examine(report, found, tools, watch)
    missing = [
        " ".join(span.of(report.text) for span in statement.content)
        for statement, verdict in zip(examination.statements, examination.verdicts, strict=True)
        if verdict.grade is Grade.NOT_FOUND
    ]
    further = _documents(archive, report, missing, found, MORE_SOURCES, tools)
    if further:
        wider = examine(report, (*found, *further), tools, watch)
        used = {piece.source for verdict in wider.verdicts for piece in verdict.pieces}
        kept = [document for document in further if document.id in used]
        if len(kept) == len(further):
            examination = wider
        elif kept:
            examination = examine(report, (*found, *kept), tools, watch)
    return certified(examination, archive.certificate())


def _documents(
    archive: "Archive",
    report: Document,
    questions: Sequence[str],
    known: Sequence[Document],
    most: int,
    tools: Tools,
) -> list[Document]:
    """The documents that answer some questions, best first, without the report itself and those known already."""
    passed_over = {report.sha256, *(document.sha256 for document in known)}
    documents: list[Document] = []
    for question in questions:
        for source in archive.find(question, embedder=tools.embedder):
            if len(documents) >= most:
                return documents
            document = archive.document(source.id, source.version)
            if document is not None and document.sha256 not in passed_over:
                passed_over.add(document.sha256)
                documents.append(document)
    return documents


def certified(examination: Examination, certificate: "Certificate") -> Examination:
    """The examination with the certificate of the search: what was searched is the archive, not only what was found."""
    verdicts = tuple(
        replace(
            verdict,
            searched=replace(verdict.searched, documents=certificate.documents, passages=certificate.passages),
        )
        for verdict in examination.verdicts
    )
    searched = {
        "archive": certificate.digest,
        "documents": certificate.documents,
        "versions": certificate.versions,
        "passages": certificate.passages,
        "date": certificate.date,
        "folds": certificate.folds,
    }
    return replace(examination, verdicts=verdicts, recipe={**examination.recipe, "searched": searched})
