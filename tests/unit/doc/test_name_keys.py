import pytest

from quoth.doc.name_keys import batch_key
from quoth.types import EntityType

PERSON, BODY = EntityType.PERSON, EntityType.ORGANISATION


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Donald J. Marn", "Donald Marn"),
        ("Dr. Ana Orr", "ANA ORR"),
        ("Ri Sun-ok", "Ri Sun Ok"),
        ("Владимир Орлов", "Vladimir Orlov"),
        ("Chloé Vell", "Chloe Vell"),
    ],
)
def test_one_person_has_one_key_whichever_way_a_document_writes_the_name(one: str, other: str):
    assert batch_key(one, PERSON) == batch_key(other, PERSON)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Donald Marn Jr.", "Donald Marn"),
        ("George W. Bush", "George H. W. Bush"),
        ("J. K. Marn", "J. B. Marn"),
        ("Ana Ruth Orr", "Ana Lise Orr"),
        ("Ri Sun", "Ri Sun Ok"),
    ],
)
def test_two_persons_have_two_keys(one: str, other: str):
    assert batch_key(one, PERSON) != batch_key(other, PERSON)


def test_a_body_goes_by_the_name_that_the_tables_know():
    assert batch_key("UN", BODY) == batch_key("United Nations", BODY) == "united nations"
