import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import ChangeKind, Grade, Mode

ORIGINAL = (
    "The ministry of Valdora spoke on Thursday. "
    "We will not close the port of Tarn Bay if the union accepts the offer. "
    "About 1,200 people work there, and most of them live in the town. "
    "In April 2031 Minister Ilse Ostrel promised $5 million for a new quay. "
    "The old quay, which has never been repaired, is damaged. "
    "The opposition denied that it had asked for money. "
    "Senator Brandt wrote to President Ostrel. Officials are concerned about the delay."
)


def judged(reported: str, original: str = ORIGINAL):
    verdict = grade_pair(reported, original)
    return verdict, {change.kind for change in verdict.changes if change.material}


@pytest.mark.parametrize(
    ("reported", "kind"),
    [
        ("We will close the port of Tarn Bay if the union accepts the offer.", ChangeKind.NEGATION),
        ("We will no longer close the port of Tarn Bay if the union accepts the offer.", None),
        ("We may not close the port of Tarn Bay if the union accepts the offer.", ChangeKind.HEDGE),
        ("We will not close the port of Tarn Bay.", ChangeKind.CONDITION),
        ("We will ... close the port of Tarn Bay if the union accepts the offer.", ChangeKind.NEGATION),
        ("About 12,000 people work there, and most of them live in the town.", ChangeKind.NUMBER),
        ("1,200 people work there, and most of them live in the town.", ChangeKind.HEDGE),
        ("More than 1,200 people work there, and most of them live in the town.", ChangeKind.HEDGE),
        ("About 1,200 people work there, and all of them live in the town.", ChangeKind.QUANTIFIER),
        ("In May 2031 Minister Ilse Ostrel promised $5 million for a new quay.", ChangeKind.DATE),
        ("In April 2031 Minister Ilse Ostrel promised $5 billion for a new quay.", ChangeKind.NUMBER),
        ("In April 2031 Minister Hanna Verrel promised $5 million for a new quay.", ChangeKind.NAME),
        ("The old quay, which has never been repaired, is destroyed.", ChangeKind.STRENGTH),
        ("Senator Ostrel wrote to President Brandt.", ChangeKind.AGENT),
        ("Officials are outraged about the delay.", ChangeKind.STRENGTH),
        ("The opposition confirmed that it had asked for money.", ChangeKind.NEGATION),
        ("The ministry of Valdora spoke on Friday.", ChangeKind.DATE),
    ],
)
def test_a_material_change_is_altered_and_named_for_its_kind(reported, kind):
    verdict, kinds = judged(reported)
    if kind is None:  # "not" and "no longer" deny the same; that it once was so is beyond the tables
        assert verdict.grade in {Grade.REWORDED, Grade.ALTERED}
        return
    assert verdict.grade is Grade.ALTERED, verdict.reason
    assert kind in kinds


@pytest.mark.parametrize(
    "reported",
    [
        "We won't close the port of Tarn Bay if the union accepts the offer.",
        "Around 1200 people work there, and most of them live in the town.",
        "In April 2031 Minister Ilse Ostrel promised 5 million dollars for a new quay.",
        "In April 2031 Minister Ostrel promised $5 million for a new quay.",
        "Most of them live in the town, and about 1,200 people work there.",
        "Officials are worried about the delay.",
    ],
)
def test_the_same_in_other_words_is_reworded(reported):
    verdict, _ = judged(reported)
    assert verdict.grade is Grade.REWORDED, verdict.reason


@pytest.mark.parametrize(
    "reported",
    [
        "The old quay is damaged.",
        "The old quay ... is damaged.",
        "The old quay [...], is damaged",
        "Officials [of the ministry] are concerned about the delay.",
    ],
)
def test_left_out_asides_and_owned_up_insertions_are_an_abridgement(reported):
    verdict, _ = judged(reported)
    assert verdict.grade is Grade.ABRIDGED, verdict.reason


def test_a_marked_gap_in_order_is_an_abridgement_and_an_unmarked_one_across_sentences_a_splice():
    marked, _ = judged("The ministry of Valdora spoke on Thursday. ... Officials are concerned about the delay.")
    unmarked, _ = judged("The ministry of Valdora spoke on Thursday. Officials are concerned about the delay.")
    reversed_, _ = judged("Officials are concerned about the delay. ... The ministry of Valdora spoke on Thursday.")
    assert [marked.grade, unmarked.grade, reversed_.grade] == [Grade.ABRIDGED, Grade.SPLICED, Grade.SPLICED]


def test_what_is_not_there_is_not_found_and_a_passage_on_another_matter_is_not_named():
    verdict, _ = judged("The bridge over the Olm will be painted blue before the festival opens.")
    assert verdict.grade is Grade.NOT_FOUND
    assert verdict.searched.nearest is None
    assert "false" not in verdict.reason


def test_the_reason_cites_the_words_of_both_texts():
    verdict, _ = judged("About 1,300 people work there, and most of them live in the town.")
    assert "1,300" in verdict.reason
    assert "1,200" in verdict.reason


def test_a_condition_outside_the_quotation_is_a_material_change():
    verdict, kinds = judged("We will not close the port of Tarn Bay")
    assert (verdict.grade, kinds) == (Grade.ALTERED, {ChangeKind.CONDITION})


def test_a_weekday_is_compared_beside_a_full_date():
    verdict, kinds = judged("It opens on Monday, May 3, 2032.", "It opens on Friday, May 3, 2032.")
    assert (verdict.grade, kinds) == (Grade.ALTERED, {ChangeKind.DATE})


def test_percent_and_percentage_points_differ():
    verdict, kinds = judged("Rents rose by 5 percentage points.", "Rents rose by 5 percent.")
    assert (verdict.grade, kinds) == (Grade.ALTERED, {ChangeKind.NUMBER})


@pytest.mark.parametrize(
    ("reported", "original", "kind"),
    [
        ("we take money from Olm", "They claim that we take money from Olm.", ChangeKind.AGENT),
        ("the ferry is unsafe", "It is a myth that the ferry is unsafe, and everybody knows it.", ChangeKind.NEGATION),
        ("approve of the bridge", "The board does not approve of the bridge.", ChangeKind.NEGATION),
    ],
)
def test_what_governs_the_quoted_words_from_outside_is_material(reported, original, kind):
    verdict, kinds = judged(reported, original)
    assert (verdict.grade, kinds) == (Grade.ALTERED, {kind})


def test_words_that_somebody_owns_up_to_are_not_somebody_elses():
    verdict, _ = judged(
        "the ferry is safe on every day of the year", "We claim that the ferry is safe on every day of the year."
    )
    assert verdict.grade is Grade.VERBATIM


LONGER = (
    "The pilots received a warning at dawn. Their work prevented greater harm. "
    "We do not accept that the pilots acted wrongly. "
    "The mining houses of Lower Kessary do not pay any tax to the district for the ore they take. "
    "The survey of the quay will be read before the council votes. "
    "The harbour office has nine launches and, as nobody had asked, kept them all in port."
)


def test_a_first_word_that_stands_alone_before_a_dropped_not_is_the_sources():
    verdict, material = judged("We accept that the pilots acted wrongly.", LONGER)
    assert (verdict.grade, material) == (Grade.ALTERED, {ChangeKind.NEGATION})


def test_a_negation_left_out_with_its_verb_is_material():
    verdict, material = judged(
        "The mining houses of Lower Kessary ... tax to the district for the ore they take.", LONGER
    )
    assert (verdict.grade, material) == (Grade.ALTERED, {ChangeKind.NEGATION})


def test_a_negation_left_out_with_an_aside_of_its_own_is_not_material():
    verdict, _ = judged("The harbour office has nine launches and ... kept them all in port.", LONGER)
    assert verdict.grade is Grade.ABRIDGED


def test_before_for_after_moves_the_event():
    verdict, material = judged("The survey of the quay will be read after the council votes.", LONGER)
    assert (verdict.grade, material) == (Grade.ALTERED, {ChangeKind.DATE})


def test_two_sentences_joined_by_an_and_from_elsewhere_are_a_splice():
    joined = "The pilots received a warning at dawn, and the survey of the quay will be read before the council votes."
    verdict, _ = judged(joined, LONGER)
    assert verdict.grade is Grade.SPLICED


def test_a_condition_that_opens_the_sentence_of_a_quoted_main_clause_is_material():
    original = "The works go on. If the water is clean by Sunday, the ministry will open the harbour to fishing boats."
    verdict, material = judged("the ministry will open the harbour to fishing boats", original)
    assert (verdict.grade, material) == (Grade.ALTERED, {ChangeKind.CONDITION})


def test_a_country_may_act_under_the_name_of_its_capital_but_a_place_is_a_place():
    original = "Norway used a new kind of launch in the narrow fjords. The talks were held in Norway on Thursday."
    acting, _ = judged("Oslo used a new kind of launch in the narrow fjords.", original)
    placed, material = judged("The talks were held in Oslo on Thursday.", original)
    assert acting.grade is Grade.REWORDED
    assert (placed.grade, material) == (Grade.ALTERED, {ChangeKind.NAME})


@pytest.mark.parametrize(
    ("reported", "original", "grade"),
    [
        (
            "If we wait, the quay [of Tarn Bay] will sink so deep that no ship can land.",
            "We know it. If we wait, the quay will sink so deep that no ship can land.",
            Grade.ABRIDGED,
        ),
        (
            "to work with you until the quay is mended",
            "We stand ready to work with you until the quay is mended.",
            Grade.VERBATIM,
        ),
        (
            "to pay the fishermen of Tarn Bay before the summer",
            "The ministry failed to pay the fishermen of Tarn Bay before the summer.",
            Grade.ALTERED,
        ),
        (
            "The ministry claims that the buoy carried lamps used for signals.",
            "The ministry claimed that the buoy carried lamps for signals.",
            Grade.REWORDED,
        ),
        (
            "The number of boats in Olm is over 3,500.",
            "In Olm the number of boats exceeded 3,500.",
            Grade.REWORDED,
        ),
        (
            "The fishing trade of Tarn Bay to be restarted in 2031",
            "In 2031, the fishing trade of Tarn Bay slowly restarted. Its boats were sold in 2031 by the board.",
            Grade.REWORDED,
        ),
        (
            "The board has no power to fine harbours or pilots for breaking rules although Valdora has firm harbour "
            "rules on the books.",
            "Although Valdora has firm harbour rules on the books, the board has no power to fine harbours or pilots "
            "for breaking rules. If a pilot breaks a rule, Valdora is told.",
            Grade.REWORDED,
        ),
        (
            "We have 17 harbours on this coast",
            "We have 17 -- 17 harbours on this coast, and no more.",
            Grade.REWORDED,
        ),
        (
            "This comes from the harbour office of Tarn Bay.",
            "Well, if that, this -- this comes from the harbour office of Tarn Bay.",
            Grade.VERBATIM,
        ),
        (
            "The office is using pilots and also carrying out wide research on the quays of Tarn.",
            "The office is using pilots as well as conducting wide research on the quays of Tarn.",
            Grade.REWORDED,
        ),
        (
            "They closed the 250-year-old quay of Tarn Bay.",
            "They closed 250 years of quay in Tarn Bay.",
            Grade.REWORDED,
        ),
        (
            "Under the list, boats cannot buy fuel or rope in Lunde unless they hold a permit.",
            "The list prevents boats from buying fuel or rope in Lunde unless they hold a permit.",
            Grade.REWORDED,
        ),
        (
            "The list does not prevent boats from buying fuel or rope in Lunde.",
            "The list prevents boats from buying fuel or rope in Lunde.",
            Grade.ALTERED,
        ),
    ],
)
def test_what_stands_at_the_edges_or_in_another_form_is_read_for_what_it_is(reported, original, grade):
    assert grade_pair(reported, original).grade is grade


@pytest.mark.parametrize(
    ("reported", "original", "denied"),
    [
        ("The pier is not simply rotten.", "The pier is simply rotten.", True),
        ("These are just some of the piers.", "These are not just some of the piers.", True),
        ("The pier is not just old but rotten.", "The pier is not only old but rotten.", False),
        ("The pier is old and rotten.", "The pier is not only old but also rotten.", False),
        ("The piers ... less rotten than the quays.", "The piers are no less rotten than the quays.", True),
    ],
)
def test_a_not_or_no_that_is_parted_from_its_idiom_denies(reported: str, original: str, denied: bool) -> None:
    changes = grade_pair(reported, original).changes
    assert any(one.kind is ChangeKind.NEGATION and one.material for one in changes) == denied


@pytest.mark.parametrize(
    "reported",
    [
        "I think the harbour master knows that the ferry leaks in the winter.",
        "I think that the harbour master knows that ferry leaks in winter.",
    ],
)
def test_the_and_that_left_out_of_a_quotation_are_words_left_out(reported):
    original = "I think that the harbour master knows that the ferry leaks in the winter."
    assert judged(reported, original)[0].grade is Grade.ABRIDGED


def test_the_put_into_a_quotation_is_another_wording():
    reported, original = "The ferry carried the sheep to the island.", "The ferry carried sheep to the island."
    assert judged(reported, original)[0].grade is Grade.REWORDED


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        (".5 percent", "0.5 percent"),
        ("half a percent", ".5 percent"),
        ("half a percentage point", "0.5 percentage points"),
    ],
)
def test_numbers_below_one_are_the_same_however_they_are_written(reported, original):
    told = "Wages rose by {} in the valley of Olm."
    assert judged(told.format(reported), told.format(original))[0].grade is not Grade.ALTERED


@pytest.mark.parametrize("mode", [Mode.DIRECT, Mode.INDIRECT])
@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("3 million rubles", "3 million yuan"),
        ("3 million kronor", "3 million francs"),
        ("₽3 million", "$3 million"),
        ("5 percent", ".5 percent"),
    ],
)
def test_another_currency_and_a_lost_decimal_point_are_another_number(reported, original, mode):
    told = "The tunnel of Olm cost {} more last year."
    verdict = grade_pair(told.format(reported), told.format(original), mode=mode)
    assert verdict.grade is Grade.ALTERED
    assert ChangeKind.NUMBER in {change.kind for change in verdict.changes if change.material}
