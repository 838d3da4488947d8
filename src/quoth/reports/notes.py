"""What a reader must know before reading the verdicts: how the texts were read, what could not be compared, and why."""

from collections.abc import Iterable, Iterator

from quoth.doc.languages import language_name
from quoth.types import AsReviewed, Examination, NotExamined


def notes(examination: Examination) -> tuple[str, ...]:
    """How the texts were read, if not as usual, and what could not be compared, one sentence each."""
    return tuple(_notes(examination))


def _notes(examination: Examination) -> Iterator[str]:
    report = examination.report
    for document in (report, *examination.sources):
        yield from (f"{document.called}: {note}" for note in document.notes)
    for source in examination.sources:
        if report.language and source.language and report.language != source.language:
            yield (
                f"{source.called} is in {language_name(source.language)} and the report in "
                f"{language_name(report.language)}: their words cannot be compared, so a grade against it says little, "
                "and what the report leaves out of it is not listed."
            )
        if not source.text.strip():
            yield f"{source.called} holds no text, so nothing could be found in it."
    if not examination.sources:
        yield "No source was found that shares enough words with the report, so nothing could be compared."
    if report.language and report.language != "en":
        yield f"The report is in {language_name(report.language)}: who said what is looked for by English rules only."
    for why, some in _by_reason(examination.not_examined).items():
        first = some[0].span
        places = "a stretch" if len(some) == 1 else f"{len(some)} stretches"
        yield (
            f"In {some[0].document} {places} (the first from character {first.start} to {first.end}) "
            f"{'was' if len(some) == 1 else 'were'} not examined: {why}."
        )
    if isinstance(examination, AsReviewed) and examination.left:
        many, are = ("1 decision", "is") if examination.left == 1 else (f"{examination.left} decisions", "are")
        yield f"{many} of a person {are} about places that this run does not have; the desk keeps and shows them."
    if not examination.statements:
        yield "No statement of anybody was found in the report, so there is nothing to compare."


def _by_reason(passed_over: Iterable[NotExamined]) -> dict[str, list[NotExamined]]:
    found: dict[str, list[NotExamined]] = {}
    for one in passed_over:
        found.setdefault(one.why, []).append(one)
    return found
