import pytest

from quoth.pipeline.examine import grade_pair
from quoth.types import ChangeKind, Grade


def agents(reported: str, original: str) -> list[str]:
    verdict = grade_pair(reported, original)
    return [
        change.reported.of(reported)
        for change in verdict.changes
        if change.material and change.kind is ChangeKind.AGENT and change.reported
    ]


@pytest.mark.parametrize(
    ("reported", "original", "swapped"),
    [
        (
            "She taught school in Olm and later ran the schools in Tarn.",
            "She taught school in Tarn and later ran the schools in Olm.",
            ["Olm", "Tarn"],
        ),
        (
            "Oda Kest was warned on Monday by Havel.",
            "Havel was warned by Oda Kest on Monday.",
            ["Oda Kest", "Havel"],
        ),
        (
            "The bay is rocky with steep sides and has little sand.",
            "The bay is steep with rocky sides and has little soil.",
            ["rocky", "steep"],
        ),
        (
            "The race began on 6 May 2031 in Tarn, Lunde, and ended in Olm, Valdora on 11 May 2031.",
            "The race began on May 6, 2031 in Tarn, Valdora, and ended on May 11, 2031 in Olm, Lunde.",
            ["Lunde", "Valdora"],
        ),
        (
            "The last line of the third verse was sung.",
            "The third line of the last verse was sung.",
            ["last"],
        ),
        (
            "The River Boia is a feeder of the River Val in Lunde.",
            "The Val River is a feeder of the Boia River in Lunde.",
            ["Boia", "Val"],
        ),
        (
            "In May Tarn Rovers lost again to Olm United.",
            "In May Olm United lost to Tarn Rovers again.",
            ["Tarn Rovers", "Olm United"],
        ),
    ],
)
def test_words_that_took_each_others_places_are_swapped_whatever_stands_around_them(reported, original, swapped):
    assert agents(reported, original) == swapped


@pytest.mark.parametrize(
    ("reported", "original"),
    [
        (
            "The official Valdoran envoy to Lunde spoke on Monday.",
            "The Valdoran official envoy to Lunde spoke on Monday.",
        ),
        ("They met in the nearby city of Round Olm.", "They met in the nearby Round Olm city."),
        (
            "It was signed by Kest, Havel, Mahrens, Verrel and Brandt.",
            "It was signed by Mahrens, Havel, Kest, Verrel and Brandt.",
        ),
        ("Havel was warned by Oda Kest on Monday.", "Oda Kest warned Havel on Monday."),
        ("They sail from Tarn to Olm every Monday.", "They sail to Olm from Tarn every Monday."),
        (
            "She plays harbour music and church music in Tarn.",
            "She plays church music and harbour music in Tarn.",
        ),
        (
            "The evidence of the wreckage was shown in Lunde on Friday.",
            "The wreckage evidence was shown in Lunde on Friday.",
        ),
    ],
)
def test_another_order_of_the_same_phrase_or_list_swaps_nothing(reported, original):
    assert agents(reported, original) == []
    assert grade_pair(reported, original).grade is Grade.REWORDED
