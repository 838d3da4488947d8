"""Words exchanged for what they exclude, in words that are else the source's and in free ones."""

import pytest

from quoth.changes.contrasts import contrast
from quoth.pipeline.examine import grade_pair
from quoth.types import Grade, Mode

FAITHFUL = {Grade.VERBATIM, Grade.ABRIDGED, Grade.REWORDED}


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("The gate was painted green before the fair.", "The gate was painted red before the fair."),
        ("The ferry arrived at dawn.", "The ferry departed at dawn."),
        ("The engineer signed the plan without reading it.", "The architect signed the plan without reading it."),
        ("Our members welcomed the ruling.", "Our members deplored the ruling."),
        ("We signed because of the protests.", "We signed despite the protests."),
        ("The league will vote with the government.", "The league will vote against the government."),
        ("The rebels drove into the valley.", "The rebels drove out of the valley."),
        ("The shops will be shut until noon.", "The shops will be shut after noon."),
    ],
)
def test_a_word_quoted_as_its_opposite_or_a_rival_is_altered(reported: str, original: str):
    assert grade_pair(reported, original).grade is Grade.ALTERED


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("the gate had been painted green before the spring fair", "We painted the gate red ahead of the spring fair."),
        ("his mother had taught him to fish", "My father taught me to fish on the Olm."),
        ("the court found the driver innocent", "The court found the driver guilty of careless driving."),
        ("the driver was acquitted on Tuesday", "The driver was convicted on Tuesday, and he will appeal."),
        ("the pipes were made of copper", "The pipes under the square are made of lead."),
        ("work on the dyke would begin in autumn", "Work on the dyke begins in spring."),
        ("the council would meet on Tuesday", "The council will meet on Monday to vote on the budget."),
        ("he trusted the new board", "I distrust the new board."),
        ("they had signed because of the protests", "We signed despite the protests."),
        ("the convoy would travel from Tarn", "The convoy will travel to Tarn."),
        ("the caravan had come from Marrow Bridge", "The caravan went to Marrow Bridge at the end of May."),
        ("the envoys would travel on to Kursal", "The envoys will travel on to Kirsk for two days of talks."),
        ("the dyke would be finished by June", "We will finish the dyke by July."),
    ],
)
def test_a_word_retold_as_its_opposite_or_a_rival_is_altered(reported: str, original: str):
    assert grade_pair(reported, original, mode=Mode.INDIRECT).grade is Grade.ALTERED


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("the old coast road was not safe after dark", "The old coast road is dangerous after dark."),
        ("the court found the driver not guilty", "The court found the driver innocent."),
        ("she would not leave the party whatever the vote", "I will stay in the party whatever the vote brings."),
        ("doctors and nurses had worked through the night", "Nurses and doctors worked through the night."),
        ("prices had fallen in the north but risen in the south", "Prices rose in the south and fell in the north."),
        ("Tarn is bigger than Olm", "Olm is smaller than Tarn."),
        ("Jon Brede sold the boat to Aled Quine", "Aled Quine bought the boat from Jon Brede."),
        ("the tax on beer would fall and that on wine would rise", "We are raising wine tax and lowering beer tax."),
        ("Keltarr had borrowed nine crowns from Olm", "Olm lent Keltarr nine crowns."),
        ("they had signed in spite of the protests", "We signed despite the protests."),
        ("after the storm the pump had failed", "The pump failed after the storm."),
        ("the treaty had made the valley less dangerous", "The treaty made the valley safer."),
        ("the envoys would travel on to Kiev", "The envoys will travel on to Kyiv for two days of talks."),
        ("the boys sat on the quay in the sun", "The boys sat on the quay in the sun on Sunday."),
    ],
)
def test_what_two_negations_two_ends_or_another_order_say_alike_is_faithful(reported: str, original: str):
    assert grade_pair(reported, original, mode=Mode.INDIRECT).grade in FAITHFUL


@pytest.mark.parametrize(
    ("one", "other"),
    [("surgeon", "doctor"), ("port", "import"), ("overtake", "undertake"), ("cut", "reduce"), ("crimson", "red")],
)
def test_words_of_one_kind_or_only_like_in_form_exclude_nothing(one: str, other: str):
    assert contrast((one,), (other,)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("safer", "dangerous"), ("unlawfully", "lawful"), ("overpaid", "underpaid"), ("wolves", "dogs")],
)
def test_every_form_of_a_word_excludes_what_the_word_does(one: str, other: str):
    assert contrast((one,), (other,)) is not None


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("The works cost 1,500 crowns.", "The works cost 1.500 crowns."),
        ("The works cost 10,000 crowns.", "The works cost 10 000 crowns."),
        ("The works cost 10000 crowns.", "The works cost 10’000 crowns."),
        ("The tower is 120 metres high.", "The tower is 120 m high."),
        ("The tower cost 120 million crowns.", "The tower cost 120 m crowns."),
        ("We will never sell the mill.", "We will never, never ever sell the mill."),
        ("We flew to Kyiv on Monday.", "We flew to Kiev on Monday."),
        ("The treaty was signed in Myanmar.", "The treaty was signed in Burma."),
    ],
)
def test_another_way_of_writing_a_number_or_a_place_and_a_word_said_twice_change_nothing(reported: str, original: str):
    assert grade_pair(reported, original).grade in FAITHFUL


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        ("The works cost 1.5 crowns.", "The works cost 1,500 crowns."),
        ("The works cost 1,500 crowns.", "The works cost 15 000 crowns."),
        ("On May 3 200 people came.", "On May 3 900 people came."),
        ("We flew to Kyiv on Monday.", "We flew to Beijing on Monday."),
        ("We will sell the mill.", "We will never, never ever sell the mill."),
    ],
)
def test_another_number_another_place_and_a_negation_left_out_are_altered(reported: str, original: str):
    assert grade_pair(reported, original).grade is Grade.ALTERED
