import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.doc.dates import DateKind, dates, parse_day

SUNDAY = "2031-05-04T09:24"


def values(text, published=SUNDAY):
    return [(mention.span.of(text), mention.value) for mention in dates(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It met on 2 May 2031.", "2 May 2031", "2031-05-02"),
        ("It met on May 2, 2031 at noon.", "May 2, 2031", "2031-05-02"),
        ("It met on the 2nd of May.", "2nd of May", "2031-05-02"),
        ("Issued 2031-05-02.", "2031-05-02", "2031-05-02"),
        ("Issued 02.05.2031 in Tarn Bay.", "02.05.2031", "2031-05-02"),
        ("Issued 25/05/2031.", "25/05/2031", "2031-05-25"),
        ("le 2 février 2031", "2 février 2031", "2031-02-02"),
        ("am 3. März 2031", "3. März 2031", "2031-03-03"),
        ("el 2 de mayo de 2031", "2 de mayo de 2031", "2031-05-02"),
        ("Sat., Dec. 28 was cold.", "Sat., Dec. 28", "2030-12-28"),
        ("in March 2029", "March 2029", "2029-03"),
        ("It began in 2024.", "2024", "2024"),
        ("He left yesterday.", "yesterday", "2031-05-03"),
        ("He left three days ago.", "three days ago", "2031-05-01"),
        ("Last month it rained.", "Last month", "2031-04"),
        ("It happened in November.", "November", "2030-11"),
    ],
)
def test_a_date_is_read_in_the_form_it_is_written(text, words, value):
    assert values(text) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The ministry said on Thursday", "2031-05-01"),
        ("The ministry said on Sunday", "2031-05-04"),
        ("The ministry said last Sunday", "2031-04-27"),
        ("The council will meet on Tuesday", "2031-05-06"),
        ("The council meets next Sunday", "2031-05-11"),
    ],
)
def test_a_weekday_is_the_nearest_one_in_the_direction_its_clause_points(text, value):
    assert [found for _, found in values(text)] == [value]


def test_a_weekday_without_a_day_of_publication_has_no_value():
    (mention,) = dates("It said so on Thursday.")
    assert (mention.kind, mention.value, mention.weekday) == (DateKind.WEEKDAY, None, 3)


def test_an_ambiguous_order_of_day_and_month_is_left_open():
    assert values("Issued 02/05/2031.") == [("02/05/2031", None)]


def test_a_day_without_a_year_and_without_publication_keeps_its_gap():
    assert values("on 2 May", None) == [("2 May", "--05-02")]


def test_a_weekday_that_does_not_fit_its_date_is_seen():
    right, wrong = dates("Friday, 2 May 2031, or Thursday, 2 May 2031")
    assert [parse_day(one.value).weekday() - one.weekday for one in (right, wrong)] == [0, 1]


@pytest.mark.parametrize(
    "text",
    ["She may 2 times ask.", "It cost 2000 crowns", "a 44-day war", "5 march past", "31 February 2031", "2,031 men"],
)
def test_what_is_no_date_is_left_alone(text):
    assert values(text) == []


@given(st.text())
def test_every_span_lies_in_the_text_and_none_overlap(text):
    found = dates(text, SUNDAY)
    edges = [edge for mention in found for edge in mention.span]
    assert edges == sorted(edges)
    assert all(mention.span.of(text).strip() for mention in found)


@given(st.dates())
def test_every_iso_day_is_read_back(day):
    if day.year < 1500:
        day = day.replace(year=2000, day=min(day.day, 28))
    if day.year > 2199:
        day = day.replace(year=2100, day=min(day.day, 28))
    assert [parse_day(mention.value) for mention in dates(f"Issued {day.isoformat()}.")] == [day]
