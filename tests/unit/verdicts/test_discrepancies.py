import re
from hashlib import sha256

import pytest

from quoth.types import (
    Block,
    BlockKind,
    Change,
    ChangeKind,
    Document,
    Entity,
    EntityType,
    Grade,
    Mode,
    Passage,
    Piece,
    Searched,
    Span,
    Statement,
    Verdict,
)
from quoth.verdicts.discrepancies import discrepancies


def document(text, name="report", published=None):
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, Span(*match.span()).trimmed(text)) for match in re.finditer(r"[^\n]*\S[^\n]*", text)
    )
    return Document(name, text, sha256(text.encode()).hexdigest(), published=published, blocks=blocks)


def whole(report, source):
    """A verdict that joins the two texts, and its statement."""
    piece = Piece(Span(0, len(report.text)), source.id, Span(0, len(source.text)))
    return Verdict("s1", Grade.ALTERED, 1.0, (piece,), (), "", Searched(1, 1))


def found(report, source, statements=(), entities=()):
    return [
        (one.kind, one.report.of(report.text), one.report_value, one.original.of(source.text), one.source_value)
        for one in discrepancies(report, statements, (whole(report, source),), entities, [source])
    ]


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (
            "The lands were kept under occupation for almost 30 years.",
            "The lands had been kept under occupation for 30 years.",
            (ChangeKind.HEDGE, "almost 30 years", "almost 30 years", "30 years", "30 years"),
        ),
        (
            "The storm broke 14 boats in the harbour.",
            "The storm broke forty boats in the harbour.",
            (ChangeKind.NUMBER, "14 boats", "14 boats", "forty boats", "40 boats"),
        ),
        (
            "The gate of the harbour fell on 3 May 2031.",
            "The gate of the harbour fell on 2 May 2031.",
            (ChangeKind.DATE, "3 May 2031", "2031-05-03", "2 May 2031", "2031-05-02"),
        ),
    ],
)
def test_a_value_that_differs_is_listed_with_both_sides(here, there, expected):
    assert found(document(here), document(there, "source")) == [expected]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("The storm broke 14 boats in the harbour.", "The storm broke fourteen boats in the harbour."),
        ("The gate fell in May 2031 in the harbour.", "The gate fell on 2 May 2031 in the harbour."),
        ("About 30 boats sank in the harbour.", "Around thirty boats sank in the harbour."),
        ("Nothing of this was told by 30 men.", "The weather was fine for 40 women."),
    ],
)
def test_the_same_value_in_other_words_is_no_discrepancy(here, there):
    assert found(document(here), document(there, "source")) == []


def test_a_material_change_of_a_verdict_is_listed_once_with_its_values():
    report = document("Four sailors were lost at sea.")
    source = document("Those lost at sea: 3 sailors of all aboard.", "source")
    here, there = report.text.index("Four"), source.text.index("3")
    change = Change(ChangeKind.NUMBER, True, Span(here, here + 4), Span(there, there + 1), "source")
    plain = Change(ChangeKind.WORDING, False, Span(0, 2), Span(0, 5), "source")
    verdict = Verdict("s1", Grade.ALTERED, 1.0, (), (change, plain, change), "", Searched(1, 1))
    (one,) = discrepancies(report, (), (verdict,), (), [source])
    assert (one.kind, one.report_value, one.source_value) == (ChangeKind.NUMBER, "4 sailors", "3 sailors")


def test_a_weekday_of_issue_is_held_against_the_day_the_source_bears():
    report = document("A statement issued on Thursday rejected the remarks.", published="2031-05-04")
    source = document("2031-05-02\nWe reject the remarks.", "source", published="2031-05-02")
    content = (Span(report.text.index("the remarks"), len(report.text) - 1),)
    said = Statement("s1", "report", Mode.INDIRECT, content, said="2031-05-01")
    assert found(report, source, (said,)) == [(ChangeKind.DATE, "Thursday", "2031-05-01", "2031-05-02", "2031-05-02")]


def test_two_spellings_of_one_name_are_listed_and_neither_is_called_right():
    report = document("Kyomar Ostrel spoke.")
    source = document("Kioumar Ostrel spoke.", "source")
    entity = Entity(
        "e1",
        "Kyomar Ostrel",
        EntityType.PERSON,
        (Passage("report", 0, 13), Passage("source", 0, 14)),
        ("Kioumar Ostrel",),
    )
    assert found(report, source, (), (entity,)) == [
        (ChangeKind.NAME, "Kyomar Ostrel", "Kyomar Ostrel", "Kioumar Ostrel", "Kioumar Ostrel")
    ]


def test_a_shorter_form_of_a_name_is_no_spelling():
    report = document("Ostrel spoke.")
    source = document("Kioumar Ostrel spoke.", "source")
    entity = Entity("e1", "Kioumar Ostrel", EntityType.PERSON, (Passage("report", 0, 6), Passage("source", 0, 14)))
    assert found(report, source, (), (entity,)) == []


def test_words_of_another_day_differ_where_a_source_of_that_day_lacks_them():
    report = document("Ana Orr said on Monday: “The oak stays.”", published="2031-05-06")
    same = document("Speech of 5 May 2031. The oak goes.", "now", published="2031-05-05")
    old = document("Speech of 2 May 2030. The oak stays.", "then", published="2030-05-02")
    quoted = Span(24, 40)
    said = Statement("s1", "report", Mode.DIRECT, (quoted,), (), (), said="2031-05-05")
    verdict = Verdict("s1", Grade.VERBATIM, 1.0, (Piece(quoted, "then", Span(22, 36)),), (), "", Searched(2, 2))

    def days(sources):
        return [(one.report_value, one.source_value) for one in discrepancies(report, (said,), (verdict,), (), sources)]

    assert days([same, old]) == [("2031-05-05", "2030-05-02")]
    assert days([old]) == []


def test_the_same_weekday_in_quoted_words_is_no_difference():
    report = document("“She will start on Sunday”, he said.", published="2031-05-04")
    source = document("She will start on Sunday.", "source", published="2031-05-03")
    quoted = Statement("s1", "report", Mode.DIRECT, (Span(0, 26),), (), ())
    assert found(report, source, (quoted,)) == []
    assert [kind for kind, *_ in found(report, source)] == [ChangeKind.DATE]


@pytest.mark.parametrize(("day", "expected"), [("2031-05-06", [("2031-W18", "2031-05-06")]), ("2031-05-01", [])])
def test_a_week_in_which_it_was_not_said_is_a_difference(day: str, expected: list):
    report = document("Orr said last week: “The oak stays.”", published="2031-05-08")
    source = document(f"{day}: The oak stays.", "source", published=day)
    said = Statement("s1", "report", Mode.DIRECT, (Span(20, 36),), (Span(4, 8),), (Span(0, 3),))
    verdict = Verdict("s1", Grade.VERBATIM, 1.0, (Piece(Span(20, 36), "source", Span(12, 27)),), (), "", Searched(1, 1))
    found = discrepancies(report, (said,), (verdict,), (), [source])
    assert [(one.report_value, one.source_value) for one in found] == expected
