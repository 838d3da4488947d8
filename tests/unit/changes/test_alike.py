"""Where both sides are read for one and the same words, nothing in them is looked for, and nothing would be found."""

import pytest

from quoth.alignment import align
from quoth.changes import classify
from quoth.changes.comparison import Case, case
from quoth.matching import prepare
from quoth.types import Document, Mode, Span, Statement

SENTENCES = [
    "We have not closed the pier, and nobody but the guild may close it.",
    "Only the mayor said that almost 40 tonnes of oil were lost on 2 May 2031.",
    "The strikers were attacked by the police before the police were attacked by them.",
    "If it rains, the ferry will perhaps stay; if it does not, it may sail to Orm.",
    "Olm lent the island nine million crowns, or about 4 percent of its budget.",
]


def read(reported: str, original: str) -> Case:
    report, source = Document("report", reported, ""), Document("source", original, "")
    statement = Statement("", report.id, Mode.DIRECT, (Span(0, len(reported)),))
    return case(report, statement, align(report, statement.content, [prepare(source)]), source)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_in_the_same_sentence_nothing_can_differ_and_nothing_is_found(sentence: str) -> None:
    found = read(sentence, f"The pier is open. {sentence} The mayor left.")
    assert found.alike
    assert classify._inside(found, None, None) == []


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("We have closed the pier.", "We have not closed the pier."),
        ("We have closed the pier.", "We have closed the pier, but not for long."),
        ("nobody may close it", "We say that nobody may close it."),
        ("The guild may close it. The pier is open.", "The guild may close it. Nobody has. The pier is open."),
    ],
)
def test_where_a_word_differs_or_the_source_says_more_both_sides_are_read(reported: str, original: str) -> None:
    assert not read(reported, original).alike
