"""An examination made by hand from the example story: reporting is tested without any of the rooms below."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from quoth.review import Act as Deed
from quoth.review import Decision
from quoth.review.decisions import Who, after
from quoth.review.reviewed import reviewed, suggested
from quoth.types import (
    Act,
    Added,
    AsReviewed,
    Block,
    BlockKind,
    Change,
    ChangeKind,
    Claim,
    Discrepancy,
    Document,
    Entity,
    EntityType,
    Examination,
    Grade,
    LeftOut,
    Mode,
    Piece,
    Response,
    Searched,
    Span,
    Stance,
    Statement,
    Verdict,
    statement_id,
)

EXAMPLES = Path(__file__).parents[3] / "examples"


def document(name: str, text: str, **known: str) -> Document:
    """A document with one block for each paragraph."""
    blocks, at = [], 0
    for part in text.split("\n\n"):
        span = Span(at, at + len(part)).trimmed(text)
        kind = BlockKind.RELATED if part.startswith("READ:") else BlockKind.PARAGRAPH
        kind = BlockKind.CAPTION if "[Photo by" in part else kind
        if span.length:
            blocks.append(Block(BlockKind.TITLE if len(blocks) == int(name == "gazette.txt") else kind, span))
        at += len(part) + 2
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, text, digest, language="en", blocks=tuple(blocks), **known)


def place(text: str, words: str) -> Span:
    """Where `words` stand in `text`."""
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def report() -> Document:
    """The Gazette's report."""
    return document(
        "gazette.txt",
        (EXAMPLES / "gazette.txt").read_text(encoding="utf-8"),
        title="Ministry of Ports rejects claim that it hid oil spill in Tarn Bay",
        publisher="The Harbour Gazette",
        published="2031-05-02T07:40",
    )


@pytest.fixture
def source() -> Document:
    """The ministry's statement."""
    return document(
        "statement.txt",
        (EXAMPLES / "statement.txt").read_text(encoding="utf-8"),
        title="Statement of the Ministry of Ports on the events in Tarn Bay",
        published="2031-04-30",
    )


@pytest.fixture
def examination(report: Document, source: Document) -> Examination:
    """What a careful reader finds, in part: an altered, a reworded, a verbatim and a not-found statement."""

    def said(words: str, mode: Mode, cue: str, by: str, speaker: str | None, within: str | None = None) -> Statement:
        content = (place(report.text, words),)
        return Statement(
            statement_id(report.id, content, mode),
            report.id,
            mode,
            content,
            (place(report.text, cue),),
            (place(report.text, by),),
            speaker,
            Act.SAY,
            within,
        )

    absurd = said("absurd from beginning to end.", Mode.MIXED, "called", "A statement", "e1")
    almost = said(
        "the ministry knew of almost 40 tonnes of oil on the quay by noon on Monday and told the coast guard within "
        "the hour.",
        Mode.DIRECT,
        "stressed",
        "It",
        "e1",
    )
    vessel = said("no vessel was kept from leaving port", Mode.DIRECT, "added", "The ministry", "e1")
    outer = said(
        "dock workers claimed that Marens had promised them that every pilot would be dismissed by the summer.",
        Mode.INDIRECT,
        "According to",
        "Radio Tarn",
        "e3",
    )
    inner = said(
        "Marens had promised them that every pilot would be dismissed by the summer.",
        Mode.INDIRECT,
        "claimed",
        "dock workers",
        "e4",
        outer.id,
    )
    where = place(source.text, "absurd from beginning to end")
    knew = place(
        source.text,
        "The ministry knew of 40 tonnes of oil on the quay by noon on Monday and told the coast guard within the hour.",
    )
    ship = place(source.text, "No ship was prevented from putting to sea")
    searched = Searched(1, 15, source.passage(*place(source.text, "no sailor was told to keep silent")))

    def verdict(of: Statement, grade: Grade, reason: str, original: Span | None, *changes: Change) -> Verdict:
        pieces = (Piece(of.content[0], source.id, original),) if original else ()
        return Verdict(of.id, grade, 0.934567, pieces, changes, reason, searched)

    def change(kind: ChangeKind, reported: str | None, original: str | None, *, material: bool = False) -> Change:
        return Change(
            kind,
            material,
            place(report.text, reported) if reported else None,
            place(source.text, original) if original else None,
            source.id,
        )

    return Examination(
        report=report,
        sources=(source,),
        statements=(absurd, almost, vessel, outer, inner),
        verdicts=(
            verdict(absurd, Grade.VERBATIM, "Word for word.", where),
            verdict(
                almost,
                Grade.ALTERED,
                "“almost” is not in the source, which says 40 tonnes.",
                knew,
                change(ChangeKind.HEDGE, "almost", None, material=True),
            ),
            verdict(
                vessel,
                Grade.REWORDED,
                "Other words throughout, nothing material.",
                ship,
                change(ChangeKind.WORDING, "no vessel", "No ship"),
                change(ChangeKind.WORDING, "kept from leaving port", "prevented from putting to sea"),
            ),
            verdict(outer, Grade.NOT_FOUND, "No passage carries it.", None),
            verdict(inner, Grade.NOT_FOUND, "No passage carries it.", None),
        ),
        left_out=(
            LeftOut(source.id, place(source.text, "The log books lie open at the harbour office"), 0.8, "an answer"),
        ),
        added=(Added(place(report.text, "The fishing season in Tarn Bay is worth nine million crowns a year")),),
        discrepancies=(
            Discrepancy(
                ChangeKind.DATE,
                place(report.text, "Thursday"),
                "2031-05-01",
                source.id,
                place(source.text, "30 April 2031"),
                "2031-04-30",
            ),
            Discrepancy(
                ChangeKind.NAME,
                place(report.text, "Ilya Marens"),
                "Ilya Marens",
                source.id,
                place(source.text, "Ilya Mahrens"),
                "Ilya Mahrens",
            ),
        ),
        entities=(
            Entity("e1", "Ministry of Ports", EntityType.ORGANISATION, aliases=("the ministry",)),
            Entity("e3", "Radio Tarn", EntityType.ORGANISATION),
            Entity("e4", "dock workers", EntityType.GROUP, named=False),
        ),
        claims=(Claim("c1", "e4", (), (inner.id,), "…", (Response("e1", Stance.DENIES, absurd.id),)),),
        recipe={"quoth": "0.1.0", "tagger": "rules"},
    )


Decide = Callable[..., AsReviewed]


@pytest.fixture
def decide() -> Decide:
    """Decides on one finding of an examination, the one whose words begin so, and gives it as reviewed."""

    def made(examination: Examination, begins: str, deed: Deed, note: str = "", **corrected: object) -> AsReviewed:
        statement = next(one for one in examination.statements if examination.report.words(one).startswith(begins))
        speaker = corrected.pop("speaker", None)
        now = after(
            suggested(examination, statement),
            deed,
            speaker=Who(str(speaker)) if speaker else None,
            length=len(examination.report.text),
            **corrected,  # type: ignore[arg-type]
        )
        first = suggested(examination, statement)
        one = Decision("x", statement.id, 1, deed, "Ida Brenn", "2031-05-03T10:00:00Z", first, now, note)
        return reviewed(examination, [one], "2031-05-02T08:00:00Z").examination

    return made


ALTERED = "the ministry knew of almost"  # how the finding begins that is altered


@pytest.fixture
def accepted(examination: Examination, decide) -> AsReviewed:
    return decide(examination, ALTERED, Deed.ACCEPT, "read with the log book")


@pytest.fixture
def corrected(examination: Examination, decide) -> AsReviewed:
    start = examination.report.text.index("almost 40 tonnes")
    words = (Span(start, start + len("almost 40 tonnes of oil")),)
    return decide(examination, ALTERED, Deed.CORRECT, "a round number", grade=Grade.REWORDED, speaker="Orla Venn",
                  content=words)  # fmt: skip


@pytest.fixture
def rejected(examination: Examination, decide) -> AsReviewed:
    return decide(examination, ALTERED, Deed.REJECT, "the log book says so, too")
