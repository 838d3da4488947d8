import pytest

from quoth.doc.stems import stem


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("exceeded", "exceed"),
        ("proceeds", "proceed"),
        ("agreed", "agree"),
        ("studies", "studying"),
        ("hid", "hiding"),
        ("ruled", "rule"),
        ("used", "using"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(form, base):
    assert stem(form) == stem(base)


@pytest.mark.parametrize(("one", "other"), [("need", "new"), ("speed", "spe"), ("seed", "see")])
def test_a_base_form_in_eed_is_no_past(one, other):
    assert stem(one) != stem(other)
