"""One statement and one transcript in every format: the same examination as of the plain text, but for offsets.

`make.py` made the files, by programs other than the readers.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from quoth import examine, statements
from quoth.reading import read
from quoth.types import BODY_KINDS, BlockKind, Document, Examination, Span

HERE = Path(__file__).parent
FORMATS = (".docx", ".odt", ".rtf", ".pdf", "_latex.pdf", ".eml", ".mbox", ".zip")
TEXTS = ("statement", "transcript")


@cache
def document(name: str) -> Document:
    """A file as it is read; of formats that have no footnotes, that of the statement is named as one."""
    found = read((HERE / name).read_bytes(), name)
    blocks = (
        replace(block, kind=BlockKind.FOOTER) if block.span.of(found.text).startswith("1 In tonnes") else block
        for block in found.blocks
    )
    return replace(found, blocks=tuple(blocks))


def words(document: Document, spans: list[Span]) -> list[str]:
    return [" ".join(span.of(document.text).split()) for span in spans]


def told(found: Examination) -> dict[str, object]:
    """What an examination says, without offsets and the source's id."""
    source, report = found.sources[0], found.report
    return {
        "verdicts": [
            (
                verdict.grade,
                round(verdict.confidence, 2),
                verdict.reason,
                words(report, [piece.reported for piece in verdict.pieces]),
                words(source, [piece.original for piece in verdict.pieces]),
                [
                    (change.kind, change.material, words(source, [change.original] if change.original else []))
                    for change in verdict.changes
                ],
            )
            for verdict in found.verdicts
        ],
        # in reading order: what a format holds beside the text moves the ranks of neighbours a little
        "left out": [words(source, [one.span]) for one in sorted(found.left_out, key=lambda one: one.span)],
        "added": [words(report, [one.span]) for one in found.added],
        "discrepancies": [(one.kind, one.report_value, one.source_value) for one in found.discrepancies],
        "names": [entity.name for entity in found.entities],
    }


@cache
def examined(name: str) -> dict[str, object]:
    report = read((HERE / "report.txt").read_bytes(), "report.txt")
    return told(examine(report, document(name), rules=True))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ending", FORMATS)
def test_the_examination_is_the_same_in_every_format(text: str, ending: str) -> None:
    plain = examined(f"{text}.txt")
    assert len(plain["verdicts"]) >= 10  # type: ignore[arg-type]
    assert examined(f"{text}{ending}") == plain


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ending", FORMATS)
def test_who_said_what_is_the_same_in_every_format(text: str, ending: str) -> None:
    def said(document: Document) -> list[tuple[object, ...]]:
        return [
            (one.mode, one.act, words(document, [*one.content]), words(document, [*one.source]))
            for one in statements(document, rules=True)
        ]

    plain = said(document(f"{text}.txt"))
    assert plain
    assert said(document(f"{text}{ending}")) == plain


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ending", FORMATS)
def test_the_running_text_is_the_same_word_for_word(text: str, ending: str) -> None:
    def running(document: Document) -> list[str]:
        kinds = BODY_KINDS | {BlockKind.TABLE, BlockKind.DATE}
        return " ".join(block.span.of(document.text) for block in document.blocks if block.kind in kinds).split()

    assert running(document(f"{text}{ending}")) == running(document(f"{text}.txt"))
