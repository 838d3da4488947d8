import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.doc.name_persons import compare_persons, may_be_alike, parse_person
from quoth.doc.name_reasons import Label, Reason
from quoth.doc.name_scripts import MOST, distance, romanise
from quoth.doc.name_similarity import compare_unrelated

SAME, DIFFERENT, UNSURE = Label.SAME, Label.DIFFERENT, Label.UNSURE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Yulia Zhabrova", "Julija Schabrowa"),
        ("Farid el-Qamari", "Fareed al-Kamary"),
        ("Hsu Chih-ming", "Xu Zhiming"),
        ("Ri Sun-ok", "Ri Sun Ok"),
        ("Taras Verholyak", "Тарас Верголяк"),
        ("Eleni Moraki", "Ελένη Μοράκη"),
        ("Karim Nasrallin", "كريم نصرالين"),
        ("Xu Wenliang", "徐文亮"),
        ("Bill Ostrander", "William J. Ostrander"),
        ("O. K. Dune", "Orlan Keith Dune"),
        ("Health Minister Ana Tarrel", "Ana Tarrel Quiroga"),
        ("Marn, Odo", "Odo Marn"),
    ],
)
def test_one_person_is_known_again(first, second):
    assert compare_unrelated(first, second).label is SAME


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Robert Vance Jr.", "Robert Vance Sr.", Reason.GENERATIONS),
        ("King Aldo I of Tarn", "King Aldo II of Tarn", Reason.GENERATIONS),
        ("Omar Hassan Ali Talani", "Hassan Ali Talani", Reason.FIRST_NAMES),
        ("Salim ibn Harun", "Harun ibn Salim", Reason.FIRST_NAMES),
        ("John H. Pell", "John W. Pell", Reason.MIDDLE_NAMES),
        ("Mr Orlan Dune", "Mrs Orlan Dune", Reason.GENDERS),
        ("Ri Sun", "Ri Sun-ok", Reason.DIFFERENT),
        ("Karim Vazir", "Karima Vazir", Reason.FIRST_NAMES),
        ("Ministry of Defence of Dravia", "Ministry of Defence of Orvane", Reason.DIFFERENT),
        ("Austrian Trade Ministry", "Australian Trade Ministry", Reason.COUNTRIES),
        ("North Tarn Council", "South Tarn Council", Reason.TWIN),
        ("Office of the Mayor of Tarn", "Office of the Deputy Mayor of Tarn", Reason.TWIN),
        ("Freedom Front", "Freedom Front - Youth Wing", Reason.TWIN),
    ],
)
def test_near_twins_are_kept_apart(first, second, reason):
    assert compare_unrelated(first, second).label is DIFFERENT
    assert compare_unrelated(first, second).reason is reason


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Orr", "Ana Orr", Reason.SURNAME),
        ("Orr", "Orr", Reason.SURNAME),
        ("Ms Orr", "Ana Orr", Reason.SURNAME),
        ("P. Lockridge", "Peter Lockridge", Reason.INITIAL),
        ("T. J. K. Vell", "Thomas Jan Vell", Reason.COMMON),
        ("Maria Ivanova", "Мария Иванова", Reason.COMMON),
        ("Robert Vance", "Robert Vance Jr.", Reason.GENERATION_LEFT_OUT),
        ("Interior Ministry", "Danish Interior Ministry", Reason.COUNTRY_LEFT_OUT),
        ("MoD", "Ministry of Defence of Norway", Reason.COUNTRY_LEFT_OUT),
        ("FBI", "Farmers' Bank of Ireland", Reason.OTHER_ACRONYM),
        ("Warsaw", "Polish government", Reason.METONYM),
    ],
)
def test_what_names_alone_do_not_tell_is_unsure(first, second, reason):
    assert compare_unrelated(first, second).label is UNSURE
    assert compare_unrelated(first, second).reason is reason


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("German Defence Ministry", "Verteidigungsministerium (Deutschland)"),
        ("Ministry of Agriculture of Chile", "Ministerio de Agricultura de Chile"),
        ("Polish Ministry of Health", "Ministerstwo Zdrowia Polski"),
        ("Supreme Court of Ukraine", "Верховний Суд України"),
        ("Tarn Bay Fishing Council", "TBFC"),
        ("Norwegian MoD", "Ministry of Defence of Norway"),
        ("NATO", "OTAN"),
        ("Tarn Fisheries Ltd", "Tarn Fisheries"),
    ],
)
def test_one_body_is_known_again(first, second):
    assert compare_unrelated(first, second).label is SAME


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_have_one_answer_whichever_comes_first(first, second):
    assert compare_unrelated(first, second) == compare_unrelated(second, first)


def test_a_page_of_words_is_no_name_and_is_not_taken_apart():
    assert compare_unrelated("Ana Orr " * 50_000, "Orr Ana " * 50_000).label is DIFFERENT


@pytest.mark.parametrize(("one", "other"), [("hansen", "hanson"), ("hassan", "hussein"), ("kolar", "kolaric")])
def test_two_names_of_like_sound_are_not_one_romanised_in_two_ways(one, other):
    assert distance(one, other) > MOST


@pytest.mark.parametrize(
    ("written", "latin"), [("Тарас", "taras"), ("Μοράκη", "moraki"), ("თამარ", "tamar"), ("김대성", "gim daeseong")]
)
def test_letters_of_other_alphabets_are_romanised(written, latin):
    assert romanise(written) == latin


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Ministry of Ports", "Ports Ministry", Reason.WORDS),
        ("Ministry of Defense", "Defence Ministry", Reason.WORDS),
        ("Department of Health", "Ministry of Health", Reason.TRANSLATION),
    ],
)
def test_two_english_forms_of_a_name_are_not_said_to_be_two_languages(first, second, reason):
    assert compare_unrelated(first, second).reason is reason
    assert "two languages" not in reason


FULL = st.tuples(
    *[
        st.sampled_from(
            [
                "robert",
                "bob",
                "mira",
                "miro",
                "mirra",
                "orlan",
                "orlam",
                "zhou",
                "chou",
                "ana",
                "j",
                "hassan",
                "hasan",
                "vessik",
            ]
        )
    ]
    * 2
)


@given(FULL, FULL)
def test_names_that_are_told_apart_at_a_glance_are_two(one, other):
    if not may_be_alike(one, other):
        reason = compare_persons(parse_person(" ".join(one)), parse_person(" ".join(other)))
        assert reason in {Reason.DIFFERENT, Reason.FIRST_NAMES, Reason.GENDERS}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("bob", "orlan"), ("robert", "orlan")),
        (("mira", "orlan"), ("orlan", "mira")),
        (("m", "orlan"), ("mira", "orlan")),
        (("chou", "ziyu"), ("zhou", "ziyu")),
    ],
)
def test_names_that_may_be_one_are_not_told_apart_at_a_glance(one, other):
    assert may_be_alike(one, other)
