"""Statements as rows of a table."""

import pytest

from quoth.types import Document, Entity, EntityType, Grade, Mode, Piece, Searched, Span, Statement, Verdict
from quoth.types.statement_rows import COLUMNS, rows, speaker_key

TEXT = "“The ferry is late,” Ada Renn said, “and it stays so.” Officials agreed that it was late."
REPORT = Document("orl.txt", TEXT, "")
SOURCE = Document("renn.txt", "The ferry is late. Much is late in Orl. And it stays so.", "")


def place(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


QUOTED = Statement(
    "s1",
    REPORT.id,
    Mode.DIRECT,
    (place("“The ferry is late,”"), place("“and it stays so.”")),
    (place("said"),),
    (place("Ada Renn"),),
    "e1",
)
TOLD = Statement(
    "s2", REPORT.id, Mode.INDIRECT, (place("that it was late"),), (place("agreed"),), (place("Officials"),)
)
RENN = Entity("e1", "Ada  RENN", EntityType.PERSON)
VERDICT = Verdict(
    "s1",
    Grade.SPLICED,
    0.123456,
    (
        Piece(place("The ferry is late"), SOURCE.id, place("The ferry is late", SOURCE.text)),
        Piece(place("and it stays so"), SOURCE.id, place("And it stays so", SOURCE.text)),
    ),
    (),
    "Two places.",
    Searched(1, 3),
)


def test_a_row_is_in_words():
    (row,) = rows(REPORT, [QUOTED], [RENN], [VERDICT], [SOURCE])
    assert row == {
        "document": "orl.txt",
        "speaker": "Ada  RENN",
        "speaker_key": "person:ada renn",
        "act": "say",
        "mode": "direct",
        "words": "“The ferry is late,” … “and it stays so.”",
        "grade": "spliced",
        "confidence": 0.1235,
        "reason": "Two places.",
        "source": "renn.txt",
        "source_words": "The ferry is late … And it stays so",
        "start": 0,
        "end": TEXT.index(" Officials"),
        "attitude": False,
    }
    assert list(row) == list(COLUMNS)


def test_a_statement_without_verdict_or_entity_has_what_the_text_tells():
    (row,) = rows(REPORT, [TOLD], [])
    assert (row["speaker"], row["speaker_key"]) == ("Officials", None)
    assert {row[name] for name in ("grade", "confidence", "reason", "source", "source_words")} == {None}


def test_a_row_holds_what_its_column_promises():
    for row in rows(REPORT, [QUOTED, TOLD], [RENN], [VERDICT], [SOURCE]):
        assert all(value is None or isinstance(value, COLUMNS[name]) for name, value in row.items())


@pytest.mark.parametrize("entity", [None, Entity("e2", "officials", EntityType.GROUP, named=False)])
def test_whoever_has_no_name_has_no_key(entity: Entity | None):
    assert speaker_key(entity) is None


def test_one_name_has_one_key_whatever_its_entity_is_numbered():
    assert speaker_key(Entity("e9", "ada renn", EntityType.PERSON)) == speaker_key(RENN)
    assert speaker_key(Entity("e1", "Ada Renn", EntityType.PLACE)) != speaker_key(RENN)
