from quoth.doc.operators import markers
from quoth.doc.tokens import units


def seen(text: str) -> list[tuple[str, str]]:
    return [(marker.family, marker.kind) for marker in markers([unit.key for unit in units(text)])]


def test_not_only_denies_nothing():
    assert seen("not only the ferry") == []


def test_the_longest_marker_at_a_place_wins():
    assert seen("no longer open") == [("negation", "no_longer")]


def test_about_is_a_hedge_only_before_a_number():
    assert seen("about the ferry") == []
    assert seen("about $30") == [("hedge", "approx")]


def test_contractions_hold_their_negation():
    assert seen("it isn't open") == [("negation", "no")]


def test_all_forms_of_a_verb_count():
    assert seen("she denied it") == seen("they deny it") == [("negation", "deny")]
