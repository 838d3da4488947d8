from quoth.pipeline.examine import examine
from quoth.reading import read_text


def grades(report: str, source: str) -> list[str]:
    found = examine(read_text(report, "report"), [read_text(source, "source")])
    return [one.grade.value for one in found.verdicts]


SPEECH = (
    "Speech by Mayor Ilse Brandt, 4 May 2031\n\n"
    "The governor told the papers that farmers are “spoilt children with big carts”. I do not agree with him."
)


def test_words_that_both_sides_give_to_the_same_third_person_are_his():
    told = "Mayor Ilse Brandt spoke of the governor, who had said that farmers are “spoilt children with big carts”."
    assert "altered" not in grades(told, SPEECH)
    own = "Farmers are “spoilt children with big carts”, Mayor Ilse Brandt said."
    assert grades(own, SPEECH) == ["altered"]


def test_a_condition_told_in_other_words_is_told():
    source = "Speech by Mayor Ilse Brandt\n\nIf we win nine seats, I shall be content with the party."
    report = "With nine seats she would be content with the party, Mayor Ilse Brandt said."
    assert grades(report, source) != ["altered"]


def test_a_hope_is_a_hope_in_every_form():
    source = "Answers of Mayor Ilse Brandt\n\nI hope that all trains will be cooled by next summer."
    report = "Mayor Ilse Brandt said that she hoped all trains would be cooled by next summer."
    assert grades(report, source) == ["reworded"]


def test_the_number_sign_of_a_notice_denies_nothing():
    source = "HARBOUR OFFICE OF OLM\nNotice No. 31 on drinking water\n\nWater must not be given to infants."
    report = "Water must not be given to infants, the Harbour Office of Olm said."
    assert "altered" not in grades(report, source)
