"""A sentence of nothing but verbs of saying is no prose: it is passed over, and said to be."""

from quoth.attribution import attributed
from quoth.reading import read_text

_CROWD = "said told warned claimed added asked denied argued stated noted wrote " * 20


def test_a_crowd_of_verbs_of_saying_is_passed_over_and_named() -> None:
    text = f"The mayor said the bridge was safe.\n\n{_CROWD}\n\nThe harbour master warned that the quay would close."
    report = read_text(text, "report")
    found, passed_over = attributed(report)
    assert [report.words(one) for one in found] == ["the bridge was safe", "that the quay would close"]
    assert {one.why for one in passed_over} == {"more than 16 verbs of saying stand in one sentence"}
    start, end = text.index("said told"), text.rindex("wrote") + len("wrote")
    assert (passed_over[0].span.start, passed_over[-1].span.end) == (start, end)


def test_a_story_told_aloud_keeps_its_many_verbs_of_saying() -> None:
    told = "He said yes, she said no, I said maybe, they said never, he told me to go, and she asked him to stay."
    assert attributed(read_text(told, "report"))[1] == ()
