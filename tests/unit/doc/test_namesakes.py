import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.doc.name_similarity import Reason, compare, similar
from quoth.types import EntityType

PERSON, BODY = EntityType.PERSON, EntityType.ORGANISATION


@pytest.mark.parametrize(
    ("first", "second", "kind", "reason"),
    [
        ("Helen Orr", "Helen Orr", PERSON, Reason.SAME),
        ("Hélène Orr", "Helene Orr", PERSON, Reason.SAME),
        ("Helen Orr", "Dr. Helen Orr", PERSON, Reason.SAME),
        ("Helen Orr", "Orr", PERSON, Reason.SURNAME),
        ("Helen Orr", "Helen", PERSON, Reason.GIVEN),
        ("H. Orrender", "Helen Orrender", PERSON, Reason.INITIAL),
        ("Helen Mary Orr", "Helen Orr", PERSON, Reason.MIDDLE),
        ("Kyomar Ostrel", "Kioumar Ostrel", PERSON, Reason.SPELLING),
        ("Orr Helen", "Helen Orr", PERSON, Reason.WORDS),
        ("Helen Orr", "Mark Orr", PERSON, Reason.DIFFERENT),
        ("Helen Orr", "Helen Vell", PERSON, Reason.DIFFERENT),
        ("Valdora’s Defence Ministry", "Ministry of Defense of Valdora", BODY, Reason.WORDS),
        ("Defence Ministry", "Valdora’s Defence Ministry", BODY, Reason.SHORT_FORM),
        ("TBFC", "Tarn Bay Fishing Council", BODY, Reason.ACRONYM),
        ("ISIS", "Daesh", BODY, Reason.ALIAS),
        ("Health Ministry", "Defence Ministry", BODY, Reason.DIFFERENT),
        ("Norway", "Sweden", EntityType.PLACE, Reason.DIFFERENT),
    ],
)
def test_two_names_are_compared_with_a_reason(first, second, kind, reason):
    assert compare(first, second, kind).reason is reason
    assert compare(second, first, kind).reason is reason


@pytest.mark.parametrize(("one", "other"), [("qadir", "kadir"), ("yusuf", "yousef"), ("ostrelski", "ostrelsky")])
def test_transliterations_are_similar(one, other):
    assert similar(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("orr", "ore"), ("vell", "bell"), ("lee", "leigh"), ("norlandia", "norlandians")]
)
def test_short_or_other_words_are_not(one, other):
    assert not similar(one, other)


@given(st.text(), st.text(), st.sampled_from(list(EntityType)))
def test_comparing_is_symmetric(first, second, kind):
    assert compare(first, second, kind) == compare(second, first, kind)
