import pytest

from quoth.doc.tenses import Tense, tense
from quoth.doc.tokens import units


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The ministry will not yet pay", (Tense.FUTURE, "will not yet pay")),
        ("They won't pay", (Tense.FUTURE, "won't pay")),
        ("The ministry is going to pay", (Tense.FUTURE, "is going to pay")),
        ("The ministry said it would pay", (Tense.WOULD, "would pay")),
        ("The ministry has already paid", (Tense.PERFECT, "has already paid")),
        ("The ferry has come", (Tense.PERFECT, "has come")),
        ("The ministry had paid", (Tense.HAD, "had paid")),
        ("The ministry paid", (Tense.PAST, "paid")),
        ("The ministry did not pay", (Tense.PAST, "did not pay")),
        ("The quay was closed", (Tense.PAST, "was closed")),
        ("The board is paying", (Tense.ONGOING, "is paying")),
        ("The quay is being closed", (Tense.ONGOING, "is being closed")),
        ("The board was paying", (Tense.WAS_DOING, "was paying")),
        ("The board has been paying", (Tense.SINCE, "has been paying")),
        ("We accept", (Tense.PRESENT, "accept")),
        ("The quay is closed", (Tense.STATE, "is closed")),
        ("The quay will be a danger", (Tense.FUTURE, "will be a danger")),
        ("It would have paid", (Tense.WOULD_HAVE, "would have paid")),
        ("It will have paid", (Tense.WILL_HAVE, "will have paid")),
        ("It was about to pay", (Tense.WOULD, "was about to pay")),
        ("She was a clerk", (Tense.WAS, "was a clerk")),
    ],
)
def test_the_words_before_a_verb_tell_its_tense(words, expected):
    found = units(words)
    made = tense([unit.key for unit in found], len(found) - 1)
    assert made is not None
    assert (made[0], words[found[made[1]].start :]) == expected


@pytest.mark.parametrize(
    "words",
    [
        "The ministry plans to pay",
        "The ministry may pay",
        "The board has members",
        "The board has a plan",
        "The closed",  # a participle before a noun
        "Fishermen vote",  # a verb or a noun
        "It would have children",
    ],
)
def test_where_the_words_leave_it_open_no_tense_is_told(words):
    keys = [unit.key for unit in units(words)]
    assert tense(keys, len(keys) - 1) is None
