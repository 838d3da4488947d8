"""Where the numbers of the rules lie: texts whose verdict turns when one of them is half as large, or twice.

Each stands beside its fair twin, or beside the text just on the other side of the number.
"""

import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import Mode

SOURCE = (
    "We built the dam in the spring. The bank of Tarn lent us the money. The council voted on Monday, and the mayor "
    "signed the law in the old hall. Nobody was paid for the work. In June we sold the mill to the guild of weavers."
)
HEAP = 'the ferry was "a heap of planks" {}'

TOLD = [
    # how far before a verb its denial stands
    ("The dam leaks.", "I do not for a single moment think the dam leaks.", "altered", {"negation"}),
    ("The dam leaks.", "Those who do not live in Tarn still think the dam leaks.", "altered", {"agent"}),
    # how far from the quoted words a condition of the report's may stand in the source
    (
        HEAP.format("if the tide is high"),
        "The tide is high. The pier is old. The ferry is a heap of planks.",
        "reworded",
        set(),
    ),
    (
        HEAP.format("if the tide is high"),
        "The tide is high. The pier is old. The paint is blue. The ferry is a heap of planks.",
        "altered",
        {"condition"},
    ),
    # how much of a condition the source must tell
    (
        HEAP.format("if the harbour master is right"),
        "The ferry is a heap of planks. The harbour is full.",
        "altered",
        {"condition"},
    ),
    (HEAP.format("if the harbour paid"), "The ferry is a heap of planks. The harbour is full.", "reworded", set()),
    # of a single word the reporter says all the rest
    ("hope", "We hope not.", "verbatim", set()),
    ("We all hope", "We all hope not.", "altered", {"negation"}),
    # what is left out with the verb of an aside
    ("He is a friend.", "He is, and always was, a friend.", "abridged", set()),
    ("The dam leaks.", "The dam allegedly leaks.", "altered", {"hedge"}),
    ("The dam will be closed.", "The dam will, for all we know, be closed.", "abridged", set()),
    # two spellings of a name, and two names
    ("We went to Hasgard.", "We went to Hasgart.", "reworded", set()),
    ("Oskar Vessik lied.", "Oskar Verrin lied.", "altered", {"name"}),
    ("We went to Tarnow.", "We went to Tarnov.", "reworded", set()),
    # an unknown word in a quotation that is else the source's, and in one that is another translation
    ("They sold old green boats in Tarn.", "They sold old wooden boats in Tarn.", "altered", {"strength"}),
    ("They sold old green boats in big Tarn.", "They sold old wooden boats in wet Tarn.", "reworded", set()),
    ("We blorf peas.", "We love peas.", "reworded", set()),
    ("They love old boats in Tarn.", "They like old boats in Tarn.", "altered", {"strength"}),
    # sentences that were told in the other order, too short for a splice
    ("We built it. It rained.", "It rained. Nobody came to us for a week. We built it.", "reworded", set()),
    # how much must stand together to be a part of a splice, and what it costs to go on elsewhere
    ("We built the dam, the mayor signed the law.", SOURCE, "spliced", set()),
    ("The council voted on Monday and sold the mill.", SOURCE, "spliced", set()),
    ("We built the dam in the spring and sold the mill to the guild of weavers.", SOURCE, "spliced", set()),
    # whom somebody tells stands between his verb and the clause
    ("The dam leaks.", "My opponent told us on Friday the dam leaks.", "altered", {"agent"}),
    # one word that moved to another noun, where all words are the same, and where another one differs
    (
        "The old mayor of Olm met a judge in the new hall.",
        "The mayor of old Olm met a judge in the new hall.",
        "altered",
        {"agent"},
    ),
    (
        "The old mayor of Olm saw a judge in the new hall.",
        "The mayor of old Olm met a judge in the new hall.",
        "reworded",
        set(),
    ),
    # a slip of the pen
    ("We love the markket.", "We love the market.", "reworded", set()),
    # "plus" denies beside "ne"
    ("Nous n'avons d'argent.", "Nous n'avons plus d'argent.", "altered", {"negation"}),
    # what belongs to a superlative or an "all" before the cut
    ("all the boats", "all the boats that sank", "unclear", set()),
    (
        "It is the best and cheapest market",
        "It is the best and cheapest covered fish market in Tarn that women built.",
        "unclear",
        set(),
    ),
]


@pytest.mark.parametrize(("reported", "original", "grade", "kinds"), TOLD)
def test_the_verdict_is_that_of_an_editor_on_either_side_of_a_number(reported, original, grade, kinds):
    mode = Mode.INDIRECT if '"' in reported else Mode.DIRECT
    verdict = grade_pair(reported, original, mode=mode)
    assert (verdict.grade, {change.kind for change in verdict.changes if change.material}) == (grade, kinds)


@pytest.mark.parametrize(
    ("reported", "grade"), [("the council had voted", "reworded"), ("the school would close in winter", "not found")]
)
def test_what_is_told_freely_is_carried_or_it_is_not(reported, grade):
    assert grade_pair(reported, SOURCE, mode=Mode.INDIRECT).grade == grade


def test_a_reason_names_two_examples_of_other_words():
    reason = grade_pair("We started to purchase big houses.", "We began to buy large houses.").reason
    assert reason.count(" for “") == 2
    assert "throughout" in reason


def test_a_reason_names_three_changes_and_counts_the_others():
    said = "In May we will sell 30 boats to Olm, 40 carts to Tarn, 50 ropes to Hask and 60 nets to Lunde."
    told = "In May we will sell 31 boats to Olm, 42 carts to Tarn, 53 ropes to Hask and 64 nets to Lunde."
    reason = grade_pair(told, said).reason
    assert reason.count("where the source has") == 3
    assert reason.endswith("; and 1 more.")
