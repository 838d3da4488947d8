"""Whose words a passage is, wherever the source says it: under a pronoun, a surname, a title, or nothing at all."""

import pytest

from quoth.pipeline.examine import examine
from quoth.types import Document, Grade

WORDS = "The slipway has been rotten for years and everybody knew it"


def verdict(speaker: str, source: str):
    """The verdict on `WORDS` as said by a speaker, held against a source in which % stands for them."""
    report = Document("r", f"{speaker} said: “{WORDS}.”", "")
    (found,) = examine(report, [Document("s", source.replace("%", WORDS), "")]).verdicts
    return found


FEUD = "Petra Aldous opened the new market on Monday.\n\nHugo Brandt said the works began too late. “%,” he said."


@pytest.mark.parametrize(
    ("speaker", "source"),
    [
        ("Petra Aldous", FEUD),
        ("Petra Aldous", "Petra Aldous opened the market.\n\nHugo Brandt was not content. “%,” Brandt said."),
        ("Petra Aldous", "Petra Aldous opened it.\n\nMayor Hugo Brandt was not content. “%,” the mayor said."),
        ("Hugo Brandt", "Hugo Brandt met Helen Sund on the quay.\n\n“%,” she said."),
        (
            "Hugo Brandt",
            "Hugo Brandt met the owners. A spokeswoman for the owners said it was brief.\n\n“%,” she said.",
        ),
        ("Hugo Brandt", "Hugo Brandt met Helen Sund on the quay. She said that she was angry.\n\n“%.”"),
        ("The Harbour Board", "The Harbour Board opened it. A neighbour, Hugo Brandt, was angry. “%,” Brandt said."),
    ],
)
def test_words_of_another_are_an_altered_speaker_however_the_source_calls_him(speaker: str, source: str):
    found = verdict(speaker, source)
    assert found.grade is Grade.ALTERED
    assert [str(change.kind) for change in found.changes if change.material] == ["agent"]


def test_the_reason_names_both_speakers():
    assert "“Petra Aldous” where the source has “Hugo Brandt”" in verdict("Petra Aldous", FEUD).reason


@pytest.mark.parametrize(
    ("speaker", "source"),
    [
        ("Hugo Brandt", FEUD),
        ("Hugo Brandt", "Mayor Hugo Brandt was not content. Petra Aldous was. “%,” the mayor said."),
        ("Hugo Brandt", "“%,” he said. Hugo Brandt has been mayor for years."),
        ("The Ministry of Ports", "The Ministry of Ports opened it. “%,” Minister Helen Sund said."),
        ("The Harbour Board", "“%,” Hugo Brandt of the Harbour Board said."),
        ("Helen Sund", "Minister Helen Sund of the Ministry of Ports was angry. “%,” the ministry said."),
        ("A spokesman", FEUD),
        ("Petra Aldous", f"{FEUD}\n\nPetra Aldous agreed. “%,” Aldous said."),
    ],
)
def test_words_of_the_speaker_are_his_however_the_source_calls_him(speaker: str, source: str):
    assert verdict(speaker, source).grade is Grade.VERBATIM


def test_where_two_may_be_meant_it_is_left_open_whose_words_they_are():
    found = verdict("Olaf Brandt", "Karl Marn met Olaf Brandt on the quay.\n\n“%,” he said.")
    assert (found.grade, found.confidence) == (Grade.UNCLEAR, 0.0)
    assert "this speaker's" in found.reason
