"""Turning points: the one difference whose undoing turns the judge's answer is the one that is named."""

from collections.abc import Callable, Sequence

import pytest

from quoth.alignment import align
from quoth.doc.doc import analysed
from quoth.matching import prepare
from quoth.models.ports import Judgement
from quoth.types import Document, Span
from quoth.verdicts.turning_points import turning_point


class Reader:
    """A judge that takes a statement as carried where a test says so."""

    def __init__(self, carried: Callable[[str, str], bool]) -> None:
        self.carried = carried
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        self.asked += pairs
        return [
            Judgement(0.9, 0.02, 0.05, 0.03) if self.carried(*pair) else Judgement(0.02, 0.02, 0.93, 0.03)
            for pair in pairs
        ]


def named(reported: str, original: str, carried: Callable[[str, str], bool]):
    report, source = Document("report", reported, ""), Document("source", original, "")
    content = (Span(0, len(reported)),)
    doc = analysed(source)
    alignment = align(report, content, [prepare(source)])
    point = turning_point(Reader(carried), analysed(report), content, doc, doc.sentences, alignment)
    assert point is not None
    return (
        point.reported.of(reported) if point.reported else None,
        point.original.of(original) if point.original else None,
        point.carried,
        point.sentence,
    )


@pytest.mark.parametrize(
    ("reported", "original", "undone", "expected"),
    [
        (
            "the dam at Orven was finished in the spring and holds",
            "The dam at Orven was begun in the spring and holds.",
            lambda said, _: "begun" in said,
            ("finished", "begun"),
        ),
        (
            "the ferries to Lisk will sail all winter",
            "The ferries to Lisk will, if the ice allows it, sail all winter.",
            lambda said, _: "if the ice allows it" in said,
            (None, "if the ice allows it"),
        ),
        (
            "the mayor of Tarn quietly sold the old mill",
            "The mayor of Tarn sold the old mill.",
            lambda said, _: "quietly" not in said,
            ("quietly", None),
        ),
        (
            "Two of the crew were rescued off Cape Dorn",
            "None of the crew were rescued off Cape Dorn.",
            lambda said, _: said.startswith("None"),
            ("Two", "None"),
        ),
    ],
)
def test_the_difference_that_turns_the_answer_once_undone_is_named(reported, original, undone, expected):
    assert named(reported, original, undone)[:2] == expected


def test_a_sentence_that_takes_it_back_is_named():
    original = "I shall resign in March. That was a joke, of course. The budget is ready."
    found = named("she would resign in March", original, lambda _, there: "joke" not in there)
    assert found == (None, "That was a joke, of course.", 0.9, True)


def test_where_nothing_turns_the_answer_what_is_named_stays_unlikely():
    found = named("the dam holds", "The dam at Orven holds. The spillway does not.", lambda *_: False)
    assert found[2] < 0.5
