import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.doc.name_tables import Gender
from quoth.doc.names import names
from quoth.types import EntityType

PERSON, BODY, PLACE, GROUP = EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.GROUP


def found(text):
    return [(name.span.of(text), name.type, name.title) for name in names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The city heard from Tarn Bay Mayor Helen Orr on Monday.",
            [("Tarn Bay", PLACE, ""), ("Helen Orr", PERSON, "mayor")],
        ),
        ("It was Dr. Ostrel who replied.", [("Ostrel", PERSON, "dr")]),
        ("Deputy Prime Minister Mark Vell resigned.", [("Mark Vell", PERSON, "deputy prime minister")]),
        ("Valdora’s Defence Ministry denied it.", [("Valdora’s Defence Ministry", BODY, "")]),
        ("The Ministry of Health and Social Care denied it.", [("Ministry of Health and Social Care", BODY, "")]),
        ("The Food and Harvest Agency denied it.", [("Food and Harvest Agency", BODY, "")]),
        ("Fishermen told the Harbour Gazette.", [("Harbour Gazette", BODY, "")]),
        ("The University of Tarn opened.", [("University of Tarn", BODY, "")]),
        ("They met Helen Orr’s lawyers.", [("Helen Orr", PERSON, "")]),
        ("It flew to the United States and Norway.", [("United States", PLACE, ""), ("Norway", PLACE, "")]),
        ("Many Republicans stayed at home.", [("Republicans", GROUP, "")]),
    ],
)
def test_names_are_told_from_titles_and_small_words(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Throughout the war it rained.",
        "The accusation is false.",
        "Latest figures are due.",
        "But he left.",
        "In April it rained.",
    ],
)
def test_a_capital_that_only_opens_a_sentence_is_no_name(text):
    assert found(text) == []


def test_a_lone_word_is_a_person_where_a_person_of_that_surname_is_named():
    text = "Helen Orr spoke first. Nobody answered Orr."
    assert [name.type for name in names(text)] == [PERSON, PERSON]


def test_a_title_or_first_name_tells_a_gender_but_a_surname_does_not():
    text = "Helen Clinton met Mr. Vell. Clinton left."
    assert [name.gender for name in names(text)] == [Gender.FEMALE, Gender.MALE, None]


def test_a_headline_yields_only_names_that_stand_elsewhere():
    text = "Minister Orr Rejects Wild Claims From Tarn Bay Fishermen\n\nHelen Orr lives in Tarn Bay."
    assert [name.span.of(text) for name in names(text)] == ["Tarn Bay", "Helen Orr", "Tarn Bay"]


def test_an_i_behind_a_first_name_is_who_speaks_and_an_i_behind_other_words_counts():
    assert [words for words, *_ in found("I told Helen I would come.")] == ["Helen"]
    assert [words for words, *_ in found("The Tarn War I remains.")] == ["Tarn War I"]


def test_a_dateline_gives_its_place_and_its_agency():
    text = "TARN BAY, Valdora (Harbour Press) — The council met."
    assert found(text) == [("TARN BAY", PLACE, ""), ("Harbour Press", BODY, "")]


@given(st.text())
def test_every_span_lies_in_the_text_and_holds_words(text):
    for name in names(text):
        words = name.span.of(text)
        assert words
        assert words == words.strip()
