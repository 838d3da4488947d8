from dataclasses import astuple

import numpy as np
import pytest

from quoth.models import judge as room
from quoth.models.judge import LONGEST_ORIGINAL, LONGEST_REPORTED, OnnxJudge, Row, exaggeration, matches
from quoth.models.session import CLS, SEP, WEIGHTS, vocabulary


class SharedWordsAreCarried:
    """Stands in for the network: the share of reported pieces that the original has, too, is the score of "carried"."""

    def __init__(self, *_args, **_more):
        self.longest = 0

    def run(self, feeds, outputs):
        self.longest = max(self.longest, feeds["mask"].shape[1])
        reported = feeds["segments"] == 1
        if outputs == ["strength"]:
            return [
                np.repeat(reported.sum(1, keepdims=True) == 3, 4, axis=1) * np.array([0, 0, 9, 9], dtype=np.float32)
            ]
        share = ((feeds["matches"] > 1) & reported).sum(1) / np.maximum(reported.sum(1), 1)
        fixed = (np.full(len(share), score) for score in (2.0, 4.0, 0.0))
        return [np.stack([share * 8, *fixed], axis=1).astype(np.float32)]


@pytest.fixture
def judge(monkeypatch):
    monkeypatch.setattr(room, "Network", SharedWordsAreCarried)
    return OnnxJudge(vocabulary())


def test_judgements_sum_to_one_and_stand_in_the_order_of_the_pairs(judge):
    pairs = [("the bridge is open", "the bridge is open to all traffic now"), ("rain", "the bridge is open")]
    first, other = judge.judge(pairs)
    assert first.carried == first.same > 0.9
    assert other.carried < 0.1
    assert all(sum(astuple(one)) == pytest.approx(1, abs=1e-5) for one in (first, other))
    assert judge.judge([]) == []


def test_long_texts_are_read_from_their_beginning(judge):
    assert len(judge.judge([("word " * 3000, "word " * 3000)])) == 1
    assert judge._network.longest == LONGEST_REPORTED + LONGEST_ORIGINAL + 3


def test_the_strength_of_a_sentence_is_a_row_of_chances(judge):
    found = judge.strengths(["one two three", "one"])
    assert found.shape == (2, 4)
    assert found[0] == pytest.approx([0, 0, 0.5, 0.5], abs=0.01)
    assert found[1] == pytest.approx([0.25] * 4)


def test_a_claim_must_clearly_be_the_stronger_one_to_count_as_such():
    linked, causes, unsure = np.array([[0, 0.9, 0.1, 0], [0, 0, 0.1, 0.9], [0, 0.5, 0, 0.5]])
    assert exaggeration(linked, causes) == "exaggerates"
    assert exaggeration(causes, linked) == "downplays"
    assert exaggeration(unsure, causes) == "same"
    assert exaggeration(causes, causes) == "same"


def test_words_that_changed_places_show_as_broken_pairs():
    ids = np.array([1, 2, 3, 4])
    assert matches(ids, ids).tolist() == [4, 5, 5, 3]
    assert matches(ids, np.array([1, 3, 2, 4])).tolist() == [2, 2, 2, 2]
    assert matches(ids, np.array([9])).tolist() == [1, 1, 1, 1]
    assert matches(np.array([], dtype=np.int64), ids).tolist() == []


def test_a_row_holds_both_texts_between_marks():
    encode = vocabulary().encode
    row = Row(("Rain fell", encode("Rain fell")), ("It rained", encode("It rained")))
    assert row.ids[0] == CLS
    assert (row.ids == SEP).sum() == 2
    assert len(row.ids) == len(row.shapes) == len(row.segments) == len(row.matches)
    assert row.segments.tolist() == [0, 1, 1, 0, 2, 2, 0]


@pytest.fixture(scope="module")
def shipped():
    if not (WEIGHTS / "judge.onnx").is_file():
        pytest.skip("the judge's weights are not installed")
    return OnnxJudge(vocabulary())


def test_a_moved_date_is_carried_more_surely_than_a_swapped_doer(shipped):
    original = "In March, Ada Lindqvist defeated Boris Hale in the northern district."
    swapped, moved = shipped.judge(
        [
            ("In March, Boris Hale defeated Ada Lindqvist in the northern district.", original),
            ("Ada Lindqvist defeated Boris Hale in the northern district in March.", original),
        ]
    )
    assert moved.carried > 0.6 > swapped.carried
    assert swapped.changed > moved.changed


def test_a_negation_is_a_change(shipped):
    (one,) = shipped.judge([("The council will not build the bridge.", "The council will build the bridge.")])
    assert one.changed > max(one.carried, one.partly, one.absent)


def test_another_subject_is_not_carried(shipped):
    (one,) = shipped.judge([("The harvest was good this year.", "The minister opened a school in Tarn Bay.")])
    assert one.carried < 0.2


def test_a_clause_that_a_passage_has_in_other_words_is_carried_more_surely_than_one_with_more_in_it(shipped):
    passage = (
        "The storm came in from the north. We will rebuild the quay before the winter, and the city will pay for it. "
        "I thank everybody who helped."
    )
    told, further = shipped.judge(
        [
            ("the city would pay for the rebuilding of the quay", passage),
            ("the city would pay for the rebuilding of the quay and of three schools in the south", passage),
        ]
    )
    assert told.carried > 5 * further.carried
    assert further.partly + further.absent > further.carried


def test_a_cause_is_a_stronger_claim_than_a_link(shipped):
    link, cause = shipped.strengths(
        ["Coffee consumption was associated with lower blood pressure.", "Drinking coffee lowers blood pressure."]
    )
    assert exaggeration(link, cause) == "exaggerates"
