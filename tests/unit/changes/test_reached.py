import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import ChangeKind, Grade, Mode


def kinds(reported: str, original: str, mode: Mode = Mode.DIRECT) -> set[ChangeKind]:
    return {change.kind for change in grade_pair(reported, original, mode=mode).changes if change.material}


@pytest.mark.parametrize("mode", [Mode.DIRECT, Mode.INDIRECT])
@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("rose to 5 percent", "rose by 5 percent"),
        ("rose 5 percent", "rose to 5 percent"),
        ("fell by about 40 boats", "fell to about 40 boats"),
        ("were down 300 crowns", "were down to 300 crowns"),
        ("were cut from 12 percent", "were cut by 12 percent"),
    ],
)
def test_what_a_figure_reached_is_not_how_far_it_moved(reported, original, mode):
    told = "The harbour fees of Olm {} in the spring."
    assert kinds(told.format(reported), told.format(original), mode) == {ChangeKind.NUMBER}


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("rose 5 percent", "rose by 5 percent"),
        ("rose to 5 percent", "climbed to 5 percent"),
        ("rose by 5 percent", "rose by 5 percent, to 5 percent"),
        ("were cut by 2031", "were cut to 2031"),
        ("will rise by 6 p.m.", "will rise to 6 p.m."),
        ("went to 5 villages", "went by 5 villages"),
    ],
)
def test_prepositions_that_move_no_figure_and_figures_told_both_ways_change_no_number(reported, original):
    told = "The harbour fees of Olm {} in the spring."
    assert ChangeKind.NUMBER not in kinds(told.format(reported), told.format(original))


@pytest.mark.parametrize(
    ("reported", "original"),
    [("nineties", "1990s"), ("\u201990s", "1990s"), ("1990's", "nineties"), ("nineteen-nineties", "1990s")],
)
def test_a_decade_is_one_however_it_is_written(reported, original):
    told = "The mill of Tarn Bay closed in the {} and stood empty."
    verdict = grade_pair(told.format(reported), told.format(original))
    assert verdict.grade is not Grade.ALTERED, verdict.reason


@pytest.mark.parametrize(("reported", "original"), [("eighties", "1990s"), ("\u201980s", "1990s"), ("1890s", "1990s")])
def test_another_decade_is_another_number(reported, original):
    told = "The mill of Tarn Bay closed in the {} and stood empty."
    assert kinds(told.format(reported), told.format(original)) == {ChangeKind.NUMBER}


def test_the_month_of_may_is_no_hedge():
    reported, original = "The mill in May was full of grain.", "The mill was full of grain in the month of May."
    assert kinds(reported, original, Mode.INDIRECT) == set()


def test_a_currency_in_place_of_another_noun_is_another_number():
    assert kinds("The grant was worth 2.5m crowns.", "The grant was worth 2.5m talers.") == {ChangeKind.NUMBER}
    assert kinds("The grant was worth 2.5m crowns.", "The grant was worth 2.5m.") == set()


def test_a_number_that_ends_the_text_inside_a_word_is_read_without_an_error():
    for words in ("Fees rose to xx5", "Fees rose to US$5", "5"):
        assert kinds(words, words) == set()
