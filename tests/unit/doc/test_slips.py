"""How far two words are from each other; the figures are those of rapidfuzz 3.14.6, which counted them before."""

import pytest

from quoth.doc.slips import shared, slips, spelled_alike


@pytest.mark.parametrize(
    ("one", "other", "most", "counted"),
    [
        ("lindqvist", "lindqvist", 2, 0), ("lindqvist", "lindquist", 2, 1), ("brenn", "bernn", 2, 1),
        ("ca", "abc", 5, 3), ("mahrens", "marens", 1, 1), ("kest", "vidal", 1, 2), ("", "ab", 5, 2),
        ("harbour", "", 2, 3), ("abcd", "badc", 2, 2),
    ],
)  # fmt: skip
def test_slips_of_the_pen_are_counted_up_to_a_number(one: str, other: str, most: int, counted: int) -> None:
    assert slips(one, other, most) == slips(other, one, most) == counted


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("ca", "abc", 1 / 3), ("harbour", "harbuor", 6 / 7), ("abcd", "badc", 0.5), ("", "", 1.0), ("quay", "pier", 0.0)],
)
def test_letters_swapped_around_others_are_slips_too_where_likeness_is_asked(
    one: str, other: str, alike: float
) -> None:
    assert spelled_alike(one, other) == pytest.approx(alike)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("the quay is safe", "the quay is not safe", 32 / 36), ("abc", "cab", 2 / 3), ("", "a", 0.0)],
)
def test_what_two_texts_share_is_counted_in_order(one: str, other: str, share: float) -> None:
    assert shared(one, other) == pytest.approx(share)
