from fractions import Fraction

import pytest

from quoth.doc.numbers import NumberKind, numbers, same_value


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("It cost $5.2 million.", "$5.2 million", 5_200_000, 5_200_000, "USD"),
        ("It cost 5.2 million dollars.", "5.2 million dollars", 5_200_000, 5_200_000, "USD"),
        ("Three of five ferries", "Three of five", 3, 5, "of"),
        ("a dozen ships", "a dozen", 12, 12, ""),
        ("half a million", "half a million", 500_000, 500_000, ""),
        ("by 6.3 percentage points", "6.3 percentage points", Fraction(63, 10), Fraction(63, 10), "points"),
        ("by 12 per cent", "12 per cent", 12, 12, "percent"),
        ("5 to 10 million", "5 to 10 million", 5_000_000, 10_000_000, ""),
        ("twenty-five thousand one hundred and six", "twenty-five thousand one hundred and six", 25_106, 25_106, ""),
        ("for two decades", "two decades", 20, 20, "years"),
        ("about a million and a half", "a million and a half", 1_500_000, 1_500_000, ""),
        ("two million and a half", "two million and a half", 2_500_000, 2_500_000, ""),
        ("two and a half million", "two and a half million", 2_500_000, 2_500_000, ""),
        ("an hour and a half", "an hour and a half", Fraction(3, 2), Fraction(3, 2), "hours"),
        ("two hours and a quarter", "two hours and a quarter", Fraction(9, 4), Fraction(9, 4), "hours"),
    ],
)
def test_a_number_has_its_words_its_value_and_its_unit(text, words, low, high, unit):
    (found,) = numbers(text)
    assert (found.span.of(text), found.low, found.high, found.unit) == (words, low, high, unit)


def test_half_is_fifty_percent():
    assert numbers("one half")[0].value == numbers("50 percent")[0].value


def test_two_years_are_twenty_four_months():
    assert numbers("two years")[0].value == numbers("24 months")[0].value


def test_an_ordinal_is_told_from_a_count():
    assert numbers("the 21st ferry")[0].kind is NumberKind.ORDINAL


def test_one_alone_is_no_number():
    assert numbers("no one of them, and this one") == []


@pytest.mark.parametrize("beside", ["", "/", ",", ".", "-", " to ", " of ", " million", "/3"])
def test_a_row_of_digits_that_no_number_has_counts_nothing(beside):
    key = "7" * 4301
    for text in (f"The code was {key}{beside}.", f"The code was {key}{beside}{key}.", f"It was 2{beside}{key}."):
        assert all(mention.high < 10**70 for mention in numbers(text)), text


def test_a_row_of_magnitudes_ends_somewhere():
    for words in ("million " * 3000, "billion " * 3000, "dozen " * 3000, "thousand million " * 2000):
        for text in (f"5 {words}", f"five {words}"):
            assert all(len(str(mention.high)) < 100 for mention in numbers(text))


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("Wages rose .5 percent.", ".5 percent", Fraction(1, 2), "percent"),
        ("A litre costs $.75 now.", "$.75", Fraction(3, 4), "USD"),
        ("by half a percentage point", "half a percentage point", Fraction(1, 2), "points"),
        ("a quarter of one per cent", "a quarter of one per cent", Fraction(1, 4), "percent"),
        ("It was -five in the valley.", "-five", -5, ""),
        ("It was minus five in the valley.", "minus five", -5, ""),
    ],
)
def test_a_number_below_one_and_one_below_zero_are_read_whole(text, words, value, unit):
    (found,) = numbers(text)
    assert (found.span.of(text), found.low, found.high, found.unit) == (words, value, value, unit)


def test_a_full_stop_glued_between_words_and_digits_is_no_decimal_point():
    assert [(one.low, one.unit) for one in numbers("The ferry sank.5 men swam")] == [(5, "")]


def test_a_hyphen_that_opens_an_aside_is_no_minus():
    assert [one.low for one in numbers("the men -five of them- swam")] == [5]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("3 million rubles", "RUB"),
        ("₽3 million", "RUB"),
        ("3 million yuan", "CNY"),
        ("900 kronor", "crown"),
        ("900 crowns", "crown"),
        ("2 million won", "won"),
        ("40 rand", "ZAR"),
    ],
)
def test_an_amount_has_its_currency(text, unit):
    assert [one.unit for one in numbers(text)] == [unit]


def test_won_behind_a_small_number_is_a_verb():
    assert [one.unit for one in numbers("Of the 20 boats, 3 won prizes")] == ["", ""]


def test_pounds_are_sterling_where_the_other_text_says_so():
    assert same_value(numbers("£3bn")[0], numbers("3 billion pounds")[0])
    assert not same_value(numbers("£3bn")[0], numbers("4 billion pounds")[0])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a fourth was ill", "the fourth was ill", True),
        ("a fourth of them", "the fourth of them", False),
    ],
)
def test_a_fourth_may_be_the_next_one(one, other, same):
    assert same_value(numbers(one)[0], numbers(other)[0]) is same
