import pytest

from quoth.doc.phonetics import sounds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Havel", "Хавел"),
        ("Havel", "Гавел"),
        ("Mahrens", "Маренс"),
        ("Kest", "کست"),
        ("Ostrel", "אוסטרל"),
        ("Valdora", "Βαλδόρα"),
        ("Verrel", "Verrêl"),
        ("Lunden", "Լունդեն"),
        ("Tarnov", "ტარნოვი"),
    ],
)
def test_a_name_is_heard_alike_in_another_script(one, other):
    assert sounds(one) & sounds(other)


@pytest.mark.parametrize(("one", "other"), [("Havel", "Веррел"), ("Kest", "برانت"), ("Ostrel", "Lunde")])
def test_two_names_are_not_heard_alike(one, other):
    assert not sounds(one) & sounds(other)


def test_a_word_of_many_doubtful_letters_is_heard_in_few_ways():
    assert 1 <= len(sounds("хгхгхгхгхг")) <= 16
