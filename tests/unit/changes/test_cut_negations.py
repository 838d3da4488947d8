import pytest

from quoth.pipeline.examine import examine, grade_pair
from quoth.reading import read
from quoth.types import ChangeKind, Grade


@pytest.mark.parametrize(
    ("reported", "original", "cut"),
    [
        ("We have promised", "We have promised nothing.", "nothing"),
        ("We will tell the fishermen", "We will tell the fishermen nothing until spring.", "nothing"),
        ("We gave the fishermen", "We gave the fishermen no money.", "no"),
        ("I hope", "I hope not.", "not"),
    ],
)
def test_a_quotation_cut_before_what_denies_it_is_altered(reported, original, cut):
    verdict = grade_pair(reported, original)
    assert verdict.grade is Grade.ALTERED
    (change,) = [change for change in verdict.changes if change.material]
    assert (change.kind, change.original.of(original)) == (ChangeKind.NEGATION, cut)


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("We asked for money", "We asked for money, but nothing came."),
        ("The fishermen came to us", "The fishermen came to us, not to them."),
        ("We found the place", "We found the place nobody visits."),
        ("We need the help", "We need the help no other town can give."),
        ("We will pay", "We will pay no matter what it costs."),
        ("We have paid the fishermen.", "We have paid the fishermen. Nothing is owed."),
    ],
)
def test_a_negation_of_another_clause_behind_a_quotation_denies_nothing_in_it(reported, original):
    assert grade_pair(reported, original).grade is Grade.VERBATIM


def test_a_report_that_denies_beside_the_quotation_has_cut_nothing():
    source = read(b"Mayor Ilse Ostrel: We have promised the fishermen of Olm nothing.", "s.txt")

    def grades(words: bytes) -> set[Grade]:
        return {one.grade for one in examine(read(words, "r.txt"), [source]).verdicts}

    assert grades(b'Mayor Ilse Ostrel said that they "have promised the fishermen of Olm" nothing.') != {Grade.ALTERED}
    assert grades(b'"We have promised the fishermen of Olm," Mayor Ilse Ostrel said.') == {Grade.ALTERED}
