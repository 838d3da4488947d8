from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from quoth.attribution import attribute
from quoth.models.ports import TaggedStatement
from quoth.types import Act, Document, Mode, Span, Statement


@dataclass
class Answering:
    """A tagger that answers as it is told: cue, source and contents as words of the text."""

    answers: Sequence[tuple[str, str, tuple[str, ...]]]

    def tag(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedStatement]:
        return [
            TaggedStatement(
                (place(text, cue),),
                (place(text, source),) if source else (),
                tuple(place(text, c) for c in contents),
                0.9,
            )
            for cue, source, contents in self.answers
        ]


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def statements(text: str, *answers: tuple[str, str, tuple[str, ...]]) -> tuple[Statement, ...]:
    return attribute(Document("d", text, ""), Answering(answers), attitudes=True)


def test_what_the_tagger_finds_is_a_statement_with_its_confidence():
    text = "The ministry insists that the bridge is safe."
    (one,) = statements(text, ("insists", "The ministry", ("that the bridge is safe",)))
    assert one.source[0].of(text) == "The ministry"
    assert one.mode is Mode.INDIRECT
    assert one.act is Act.CLAIM
    assert one.confidence == 0.9


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("The mayor did not say that the pier is closed.", "did not say", "The mayor"),
        ("The mayor didn’t say that the pier is closed.", "didn’t say", "The mayor"),
        ("The mayor declined to say that the pier is closed.", "declined to say", "The mayor"),
        ("No one said that the pier is closed.", "said", "No one"),
        ("Nobody said that the pier is closed.", "said", "Nobody"),
    ],
)
def test_what_was_not_said_is_negated(text: str, cue: str, source: str):
    (one,) = statements(text, (cue, source, ("that the pier is closed",)))
    assert one.negated


def test_a_denial_is_an_act_and_no_negation():
    text = "The mayor denied that the pier is closed."
    (one,) = statements(text, ("denied", "The mayor", ("that the pier is closed",)))
    assert one.act is Act.DENY
    assert not one.negated


def test_a_cue_without_a_word_of_saying_is_another_act():
    text = "The mayor wore a badge for the new pier."
    (one,) = statements(text, ("wore", "The mayor", ("a badge for the new pier",)))
    assert one.act is Act.OTHER


def test_a_content_that_just_misses_a_quotation_mark_takes_it_in():
    text = "“The pier is closed,” said Ann Orr."
    (one,) = statements(text, ("said", "Ann Orr", ("The pier is closed",)))
    assert one.mode is Mode.DIRECT
    assert "The pier is closed," in one.content[0].of(text)


def test_where_the_tagger_is_silent_a_whole_quotation_is_still_found_by_rules():
    text = "“We shall not close the pier this year,” said Ann Orr."
    (one,) = statements(text)
    assert one.source[0].of(text) == "Ann Orr"


def test_where_the_tagger_speaks_rules_add_nothing_to_it():
    text = "“We shall not close the pier this year,” said Ann Orr."
    answer = ("said", "Ann Orr", ("“We shall not close the pier this year,”",))
    assert len(statements(text, answer)) == 1


def test_a_quotation_belongs_to_one_speaker():
    text = "“The pier is safe,” Orla said, but Tannis said, “It is rotten.”"
    orla = ("Orla said", "Orla", ("“The pier is safe,”",))
    start = text.index("said, but")
    later = text.index("said, “It")
    first = TaggedStatement((Span(start, start + 4),), (place(text, "Orla"),), (place(text, orla[2][0]),), 0.9)
    both = (place(text, "“The pier is safe,”"), place(text, "“It is rotten.”"))
    second = TaggedStatement((Span(later, later + 4),), (place(text, "Tannis"),), both, 0.9)

    class Two:
        def tag(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedStatement]:
            return [first, second]

    said = attribute(Document("d", text, ""), Two())
    assert [(one.source[0].of(text), len(one.content)) for one in said] == [("Orla", 1), ("Tannis", 1)]


def test_asking_somebody_to_do_something_is_a_demand():
    text = "The council asked the ministry to close the pier."
    (one,) = statements(text, ("asked", "The council", ("the ministry to close the pier",)))
    assert one.act is Act.DEMAND


def test_a_claim_within_what_the_tagger_found_is_added_where_its_grammar_is_plain():
    text = "According to Valdoran media, the commander claimed that the border was closed."
    content = "the commander claimed that the border was closed"
    outer, inner = statements(text, ("According to", "Valdoran media", (content,)))
    assert (inner.source[0].of(text), inner.within) == ("the commander", outer.id)


@pytest.mark.parametrize("between", ["adding", "and adding", "stressing at once"])
def test_a_content_ends_before_what_its_speaker_goes_on_to_say(between: str):
    text = f"The mayor said that the pier is closed, {between} that the bridge is open."
    first = ("said", "The mayor", (f"that the pier is closed, {between} that the bridge is open",))
    second = (between.removeprefix("and "), "The mayor", ("that the bridge is open",))
    found = {one.content[0].of(text): one.within for one in statements(text, first, second)}
    assert found == {"that the pier is closed": None, "that the bridge is open": None}


def test_a_content_keeps_what_somebody_else_is_said_to_say():
    text = "The mayor said that the guild is wrong, claiming that the pier is closed."
    first = ("said", "The mayor", ("that the guild is wrong, claiming that the pier is closed",))
    second = ("claiming", "the guild", ("that the pier is closed",))
    found = [one.content[0].of(text) for one in statements(text, first, second)]
    assert found == ["that the guild is wrong, claiming that the pier is closed", "that the pier is closed"]


def test_what_somebody_says_according_to_the_head_of_a_sentence_is_found_where_the_tagger_is_silent():
    text = "According to the Harbour Wire, which cited two officials, the council is weighing a new law."
    cited, said = statements(text, ("cited", "the Harbour Wire", ("two officials",)))
    assert cited.content[0].of(text) == "two officials"
    assert said.content[0].of(text) == "the council is weighing a new law"
    assert said.within is None
