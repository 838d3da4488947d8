"""Who does what to whom in another voice, what an "only" limits, and what never came about."""

import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import Grade, Mode

FAITHFUL = {Grade.VERBATIM, Grade.ABRIDGED, Grade.REWORDED}


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("the minister had been sued by the paper", "The minister sued the paper."),
        ("Olm had been beaten by Tarn", "Olm beat Tarn in the last minute."),
        ("the police had attacked the strikers", "The police were attacked by the strikers on Monday."),
        ("the island had lent Olm nine million crowns", "Olm lent the island nine million crowns for the new quay."),
        ("the minister's spokeswoman had resigned", "The minister has resigned, his spokeswoman said on the radio."),
    ],
)
def test_roles_that_changed_hands_are_altered(reported: str, original: str):
    assert grade_pair(reported, original, mode=Mode.INDIRECT).grade is Grade.ALTERED


def test_deeds_given_to_one_who_did_another_are_altered():
    reported = "The charter was written by the guild and changed by two clerks within a day."
    original = "Two clerks wrote the charter, and the guild changed it within a day."
    assert grade_pair(reported, original).grade is Grade.ALTERED


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("the paper had been sued by the minister", "The minister sued the paper."),
        ("the strikers had attacked the police", "The police were attacked by the strikers on Monday."),
        ("Tarn had been beaten by Olm", "Olm beat Tarn in the last minute."),
    ],
)
def test_the_same_roles_in_another_voice_are_faithful(reported: str, original: str):
    assert grade_pair(reported, original, mode=Mode.INDIRECT).grade in FAITHFUL


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("Only the mayor signed the letter.", "The mayor signed only the letter."),
        ("Only nurses can enter the ward on Sundays.", "Nurses can enter the ward only on Sundays."),
        ("All of the boats came back.", "All but two of the boats came back."),
        ("The harvest is in.", "The harvest is all but in."),
        ("We would have signed the treaty.", "We have signed the treaty."),
        ("I would have resigned.", "I resigned."),
        ("I have been planning a new pier.", "I had been planning a new pier."),
    ],
)
def test_another_limit_another_share_and_another_reality_are_altered(reported: str, original: str):
    assert grade_pair(reported, original).grade is Grade.ALTERED


@pytest.mark.parametrize(
    ("reported", "original", "mode"),
    [
        ("Nurses can only enter the ward on Sundays.", "Nurses can enter the ward only on Sundays.", Mode.DIRECT),
        ("they would sign the treaty", "We will sign the treaty.", Mode.INDIRECT),
        ("they would have signed the treaty by May", "We will have signed the treaty by May.", Mode.INDIRECT),
        ("several neighbours had complained", "A few neighbours complained, and we have their letters.", Mode.INDIRECT),
        ("The crew could not save the boat.", "The crew was unable to save the boat.", Mode.DIRECT),
        ("the farmers would have to pay for the dyke", "The farmers will pay for the dyke.", Mode.INDIRECT),
        ("to pay the harbour's fishermen", "We will pay every fisherman of the harbour.", Mode.INDIRECT),
        ("the fever had gone down by noon", "The fever had subsided by noon.", Mode.INDIRECT),
    ],
)
def test_an_only_before_the_verb_and_a_shifted_tense_are_faithful(reported: str, original: str, mode: Mode):
    assert grade_pair(reported, original, mode=mode).grade in FAITHFUL
