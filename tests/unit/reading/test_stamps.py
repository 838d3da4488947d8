"""Dates as pages and papers print them."""

import pytest

from quoth.reading.datelines import glued, only_stamps, stamps
from quoth.types import Span


def first(text: str) -> str | None:
    return next((stamp.value for stamp in stamps(text, 0, len(text))), None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2031-05-02", "2031-05-02"),
        ("2031-05-02T09:24:00+02:00", "2031-05-02T09:24"),
        ("2031/5/2", "2031-05-02"),
        ("May 2, 2031", "2031-05-02"),
        ("April 2, 2031 at 9:24 am", "2031-04-02T09:24"),
        ("April 2, 2031 9:24 p.m.", "2031-04-02T21:24"),
        ("12 May 2031, 12:05 am", "2031-05-12T00:05"),
        ("Fri, 02 May 2031 14:05:00 GMT", "2031-05-02T14:05"),
        ("2nd May 2031", "2031-05-02"),
        ("the 2nd of May 2031", "2031-05-02"),
        ("Sept. 3, 2031", "2031-09-03"),
        ("2-May-2031", "2031-05-02"),
        ("02.05.2031 | 17:40", "2031-05-02T17:40"),
        ("02.05.2031", "2031-05-02"),
        ("25/12/2031", "2031-12-25"),
        ("12/25/2031", "2031-12-25"),
        ("3/3/2031", "2031-03-03"),
        ("02/05/2031", None),
        ("4. März 2031 um 07:15 Uhr", "2031-03-04T07:15"),
        ("1er août 2031", "2031-08-01"),
        ("2 de mayo de 2031", "2031-05-02"),
        ("2 mei 2031", "2031-05-02"),
        ("2 мая 2031", "2031-05-02"),
        ("2 Mayıs 2031", "2031-05-02"),
        ("2 may 2031", "2031-05-02"),
        ("2031年5月2日", "2031-05-02"),
        ("2031. május 2", "2031-05-02"),
        ("31 February 2031", None),
        ("2 Foo 2031", None),
        ("1.2.3", None),
        ("call 12 345 2031", None),
    ],
)
def test_a_date_is_read(text: str, value: str | None) -> None:
    assert first(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "May 2, 2031",
        "Friday, May 2, 2031",
        "Published: 14 July 2031 18:20 | Updated: 15 July 2031 07:00",
        "Posted on May 2, 2031 at 9:24 am EDT",
        "Veröffentlicht am 4. März 2031 um 07:15 Uhr",
        "Publié le 2 mai 2031 à 14h05",
        "Опубликовано 2 мая 2031 г.",
    ],
)
def test_a_line_of_nothing_but_a_date_is_known(text: str) -> None:
    assert only_stamps(text, Span(0, len(text)))


@pytest.mark.parametrize(
    "text", ["On 2 May 2031 the ferry left", "May 2, 2031 was a Friday", "Tarn Bay, 2 May 2031", "In 2031"]
)
def test_a_line_with_other_words_is_no_line_of_a_date(text: str) -> None:
    assert not only_stamps(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("date 2031-05-02 The harbour master said so.", "date 2031-05-02"),
        ("May 2, 2031 Valdora has rejected it.", "May 2, 2031"),
        ("Published: 2 May 2031 - the ferry stays.", "Published: 2 May 2031"),
        ("02.05.2031 “We have kept to it.”", "02.05.2031"),
    ],
)
def test_a_date_glued_to_the_first_words_is_cut_off(text: str, words: str) -> None:
    found = glued(text, Span(0, len(text)))
    assert found is not None
    assert found[0].of(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "On 2 May 2031 the ferry left.",
        "May 2, 2031 was a Friday.",
        "May 2, 2031, The Hague was cold.",
        "Nobody came on 2 May 2031 Pell said.",
    ],
)
def test_a_date_that_belongs_to_the_sentence_stays_in_it(text: str) -> None:
    assert glued(text, Span(0, len(text))) is None
