"""The rows that the judge learns from are right by construction: what is kept is kept, what is changed is changed."""

import math
import random
from collections import Counter

import numpy as np
import pytest
from training.judge import close, contrast, data, evaluate, news, own, reports, speech, values
from training.judge.data import ABSENT, CARRIED, CHANGED, PARTLY, Pair

from quoth.doc.numbers import numbers

NOUNS = {"council": "NOUN", "the": "DET", "we": "PRON", "our": "PRON", "in": "ADP", "every": "DET", "no": "DET"}
SENTENCES = [
    "The council will rebuild the old harbour before the winter storms begin.",
    "We have asked President Aron Tull for $4,300,000 and he has promised to answer.",
    "Our engineers found 12 cracks in the northern wall of the harbour.",
    "If the bank agrees, the workers will be paid on March 14, 2031.",
    "The fishermen were warned by Mayor Ilse Dorn, who had seen the report.",
    "I am sure that the new quay is safe because it was checked twice.",
    "The ferry to Kessin has carried more than 900 people since the bridge was closed.",
    "Nobody in the town believes that the company told the truth about the leak.",
]


class Lexicon:
    """Stands in for the words counted in a corpus."""

    def tag(self, word):
        return NOUNS.get(word.lower(), "")


@pytest.fixture
def maker():
    texts = [own.Release("Sen. Osk", SENTENCES), own.Release("Sen. Reyk", SENTENCES[::-1])]
    return own.Maker(texts, Lexicon(), random.Random(1))


@pytest.mark.parametrize(
    ("kind", "value"), [("money", 4_300_000.0), ("share", 37.0), ("count", 1_173.0), ("count", 7.0)]
)
def test_an_amount_told_faithfully_is_the_same_or_rounded_on_the_right_side(kind, value):
    rng = random.Random(2)
    for _ in range(200):
        told = values.told(value, kind, rng, faithful=True)
        (found,) = numbers(told)
        assert abs(found.low - value) <= 0.11 * value or abs(found.high - value) <= 0.11 * value, told
        if told.startswith(("more than", "over")):
            assert values.rounded(value) < value
        if told.startswith(("nearly", "almost")):
            assert values.rounded(value) > value


def test_an_amount_told_wrongly_has_another_value_or_the_wrong_side_of_it():
    rng = random.Random(3)
    for _ in range(200):
        told = values.told(40.0, "share", rng, faithful=False)
        assert not told.startswith("40"), told


def test_a_date_told_faithfully_keeps_day_and_month():
    rng = random.Random(4)
    for _ in range(50):
        told = values.day("The quay opens on March 14, 2031.", rng, faithful=True)
        assert "14" in told
        assert "Mar" in told


def test_what_a_speaker_says_of_himself_is_told_of_him():
    he = speech.Voice(he=True)
    assert (
        he.third("I am proud that we kept our word to my town") == "he is proud that they kept their word to his town"
    )
    assert he.third("I want you to know what I've seen") == "he wants you to know what he has seen"
    she = speech.Voice(he=False, who="Dorn")
    assert she.third("I don't think I'm late") == "Dorn does not think she is late"


def test_the_tense_is_shifted_but_not_behind_a_modal():
    class First(random.Random):
        def random(self):
            return 0.9

    assert (
        speech.backshifted("he is sure it will hold and can be paid", First())
        == "he was sure it would hold and could be paid"
    )
    assert speech.backshifted("they must have known", First()) == "they must have known"


def test_a_sentence_inside_another_loses_its_capital_unless_it_is_a_name():
    assert speech.lowered("The council has met.", Lexicon()) == "the council has met"
    assert speech.lowered("Dorn has resigned.", Lexicon()) == "Dorn has resigned"
    assert speech.lowered("I am here.", Lexicon()) == "I am here"


def test_the_same_seed_makes_the_same_rows(maker):
    assert news.make(random.Random(7), 40) == news.make(random.Random(7), 40)
    texts = [own.Release("Sen. Osk", SENTENCES), own.Release("Sen. Reyk", SENTENCES[::-1])]
    assert maker.make(40) == own.Maker(texts, Lexicon(), random.Random(1)).make(40)


def test_every_answer_is_made_and_none_rules():
    counts = Counter(row.right for row in news.make(random.Random(5), 2000))
    assert counts[CARRIED,] < 1000
    assert all(counts[one] > 30 for one in ((CARRIED,), (PARTLY,), (CHANGED,), (ABSENT,), data.NOT))


def test_no_event_is_told_in_the_same_words_rightly_and_wrongly():
    for event in news.EVENTS:
        assert not set(event["told"]) & set(event["wrong"])
        assert len(event["own"]) > 1
        assert len(event["more"]) == 2


def test_invented_news_leaves_no_slot_open():
    for row in news.make(random.Random(6), 1500):
        assert "{" not in row.reported + row.original


def test_a_clause_that_a_window_denies_is_not_carried_and_one_that_it_confirms_is(maker):
    for kind in speech.LISTS["context"]:
        assert kind["asserts"] in {"yes", "no", "open"}
        assert all("{c}" in one for one in kind["source"])
        assert all("{c}" in one and "{s}" in one for one in kind["told"])
    rows = [row for _ in range(2500) if (row := maker.context(maker.releases[0])) is not None]
    denied = [row for row in rows if "It is not true that" in row.original or "We deny that" in row.original]
    assert denied
    for row in denied:
        told = any(
            word in row.reported
            for word in ("denied", "rejected", "not true", "disputed", "false", "does not believe", "dismissed")
        )
        assert (row.right == (CARRIED,)) == told, row


def test_a_withheld_sentence_is_not_in_the_window(maker):
    rows = [row for _ in range(300) if (row := maker.one(maker.releases[0])) is not None and row.right == own.WITHHELD]
    assert rows
    for row in rows:
        assert not any(
            sentence in row.original and sentence.split()[-2] in row.reported for sentence in SENTENCES[:1]
        ), row


def test_words_of_one_person_are_not_carried_as_those_of_another(maker):
    rows = [row for _ in range(200) if (row := maker.other_speaker(maker.releases[0])) is not None]
    assert {row.right for row in rows} == {(CARRIED,), data.NOT}


def test_a_row_of_another_set_with_a_held_out_text_is_barred():
    held = next(
        row
        for n in range(50)
        if data.held_out(row := {"premise": f"The ferry number {n} has left the quay.", "hypothesis": "It left."})
    )
    barred = data.Barred({"one": [held]})
    assert barred.holds("two", held["premise"].upper())
    assert barred.holds("two", "It left")
    assert not barred.holds("one", "It left")
    assert not barred.holds("two", "Another ferry altogether has come in.")


def test_neutral_of_inference_is_partly_or_absent_and_not_carried_is_the_other_three():
    assert data.answers("mnli_dev", {"label": "absent"}) == (PARTLY, ABSENT)
    assert data.answers("xsumfaith_val", {"label": "absent"}) == (ABSENT,)
    assert data.answers("fib_xsum", {"label": "not_carried"}) == (PARTLY, CHANGED, ABSENT)


def test_the_area_under_the_curve_counts_ties_half():
    assert evaluate.auc([(0.9, True), (0.1, False)]) == 1
    assert evaluate.auc([(0.5, True), (0.5, False)]) == 0.5
    assert math.isnan(evaluate.auc([(0.5, True)]))


def test_figures_of_a_perfect_judge_are_perfect():
    rows = [{"label": "carried" if n % 2 else "absent", "pair": n // 2} for n in range(60)]
    found = evaluate.figures(rows, [(float(n % 2), 0, 0, 0) for n in range(60)])
    assert found["auc"] == found["balanced"] == found["pairs"] == found["precision_10"] == 1
    assert found["ece"] == 0


def test_a_fold_is_told_by_the_others_alone():
    truths = [bool(n % 2) for n in range(40)]
    features = np.array([[float(truth)] for truth in truths])
    chances = reports.by_folds(features, truths, [str(n % 4 // 2) for n in range(40)])
    assert all((chance > 0.5) == truth for chance, truth in zip(chances, truths, strict=True))


def test_a_name_borrowed_from_the_passage_replaces_another_one(maker):
    row = Pair("On Friday Dorn met the workers.", "The workers met Ilse Harrow. Dorn was there, said Keld.", (CARRIED,))
    made = {maker._borrowed(row) for _ in range(40)} - {None}
    assert made
    assert all("Dorn" not in one or "Friday" not in one for one in made)


def test_a_window_of_another_passage_that_only_sounds_like_a_report_is_taught_as_absent():
    row = {"original": "The quay at Orven is closed.", "carried": ["the quay at Orven is shut"], "kind": "shut"}
    row |= {"changed": ["the quay at Orven is open"]}
    other = {"original": "Of Orven we said nothing. The quay at Tolle is new. Come and see.", "carried": ["a new quay"]}
    far = {"original": "Rain fell for nine days.", "carried": ["it rained"]}
    seen = Counter()
    for seed in range(200):
        fair, unfair = contrast.windows(row, contrast.Others([row, other, far]), random.Random(seed))
        if fair.right == unfair.right == (ABSENT,):
            assert row["original"] not in fair.original
            seen[fair.original] += 1
    assert set(seen) <= {
        "Of Orven we said nothing. The quay at Tolle is new.",
        "The quay at Tolle is new. Come and see.",
    }
    assert 5 < sum(seen.values()) < 60


def test_of_a_long_passage_the_sentences_nearest_to_the_reports_are_kept():
    idle = [
        f"Number {n} of the long list was read out again by the clerk for all who had come late." for n in range(16)
    ]
    row = {"original": " ".join([*idle, "The quay closes in May."]), "carried": ["the quay closes in May"]}
    row |= {"changed": ["the quay closes in June"], "kind": "month"}
    for seed in range(40):
        fair, _ = contrast.windows(row, contrast.Others([row]), random.Random(seed))
        assert fair.right != (CARRIED,) or "The quay closes in May." in fair.original
        assert len(fair.original.split()) <= 185 + 2 * 2 * 20


def test_a_fair_report_is_never_taught_as_changed_where_its_window_lacks_sentences():
    row = {"original": "The quay is closed. It opens in May. The ferry waits.", "carried": ["the quay opens in May"]}
    row |= {"changed": ["the quay opens in June"], "kind": "month"}
    seen = Counter()
    for seed in range(60):
        fair, unfair = contrast.windows(row, contrast.Others([row]), random.Random(seed))
        assert fair.original == unfair.original
        seen[fair.right, unfair.right] += 1
        if (fair.right, unfair.right) == ((CARRIED,), (CHANGED,)):
            assert row["original"] in fair.original
    assert set(seen) == {((CARRIED,), (CHANGED,)), ((CARRIED, PARTLY, ABSENT), (PARTLY, CHANGED, ABSENT))}


NEAR = close.Near(
    close.Sentence.read(
        "The board {criticised: faulted, found fault with | praised} the {plan: scheme | bill} {today: - | never}."
    ),
    "The scheme met with criticism from the board.",
    "The scheme criticised the board.",
)


def test_a_sentence_with_slots_is_fair_with_fair_words_alone_and_wrong_with_one_other():
    rng = random.Random(5)
    fair = {f"The board {a} the {b}{c}." for a in ("criticised", "faulted", "found fault with")
            for b in ("plan", "scheme") for c in (" today", "")}  # fmt: skip
    assert {NEAR.own.some(rng) for _ in range(200)} == fair
    wrong = {NEAR.own.some(rng, wrong=True) for _ in range(300)}
    assert not wrong & fair
    assert all(sum(word in one for word in ("praised", "bill", "never")) == 1 for one in wrong)


def test_what_undoes_a_sentence_makes_every_report_of_it_wrong_and_what_leaves_it_none():
    rng = random.Random(6)
    told = [Pair("She left the board.", "She resigned from the board.", (CARRIED,))]
    for _ in range(100):
        kept, undone = close._around(told, rng, aside=False)
        assert kept.right == (CARRIED,)
        assert CARRIED not in undone.right
        assert "resigned from the board" in kept.original
        assert "resigned from the board" in undone.original
        assert kept.original != undone.original
        assert not set("{}[]/") & set(kept.original + undone.original)


def test_every_slot_of_the_file_has_words_that_are_fair_and_none_that_are_both():
    for entry in [*close.entries(aside=False), *close.entries(aside=True)]:
        sentences = [entry.own] if isinstance(entry, close.Near) else entry.told
        assert all(any(slot.unfair for slot in sentence.slots) for sentence in sentences), entry
        for slot in (slot for sentence in sentences for slot in sentence.slots):
            assert slot.fair
            assert not set(slot.fair) & set(slot.unfair), slot
