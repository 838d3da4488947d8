"""What is said inside what is said, on invented sentences."""

import pytest
from statements_as_words import Reading, paragraphs

from quoth.attribution.clauses import Clause, clauses
from quoth.attribution.nesting_model import chance, ending
from quoth.attribution.sentence_view import lines
from quoth.doc.quotations import quotations
from quoth.types import Act, BlockKind, Span

PARAGRAPH = BlockKind.PARAGRAPH


def governed(text: str) -> list[Clause]:
    """The governed clauses of one sentence."""
    whole = Span(0, len(text))
    marked = {one.outer.start: one for one in quotations(text, [whole])}
    return [one for line in lines(text, whole, ()) for one in clauses(line.tokens, marked, (whole,))]


def words(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of the governed clauses of one sentence."""
    return [
        (one.source.of(text) if one.source else "", one.cue.of(text), text[one.start : ending(one)])
        for one in governed(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I think the pier is safe.", ("I", "think", "the pier is safe.")),
        ("We are sure that it rained.", ("We", "are sure", "that it rained.")),
        ("They want to make sure that it closes.", ("", "to make sure", "that it closes.")),
        ("Nobody knows whether the ferry sank.", ("Nobody", "knows", "whether the ferry sank.")),
        ("Orla found out how deep the bay is.", ("Orla", "found", "how deep the bay is.")),
        ("She told me there was no boat.", ("She", "told", "there was no boat.")),
        ("Remind the people of Tarn Bay that tides turn.", ("", "Remind", "that tides turn.")),
        ("And he said, no, the pier is shut.", ("he", "said", "no, the pier is shut.")),
        ("I guess in those years we paid for it.", ("I", "guess", "in those years we paid for it.")),
        ("The nets, I think, were old.", ("I", "think", "The nets")),
        ("Know your harbour is deep.", ("", "Know", "your harbour is deep.")),
    ],
)
def test_a_verb_or_an_adjective_of_thought_governs_a_clause(text: str, found: tuple[str, str, str]):
    assert found in words(text)


@pytest.mark.parametrize(
    "text",
    [
        "I know Orla.",
        "The thought of rain.",
        "We see boats.",
        "She said so.",
        "They hope for wind.",
        "He told me that.",
    ],
)
def test_a_verb_without_a_clause_governs_none(text: str):
    assert words(text) == []


def test_a_governed_clause_ends_before_the_next_main_clause():
    ((_, _, content),) = words("I think the nets were old, but she carried them down to the quay in the evening.")
    assert content == "the nets were old"


def test_a_governed_quotation_ends_with_its_mark():
    text = "So I said, ‘Bring the nets. Leave the boat.’ and went home."
    ((_, _, content),) = words(text)
    assert content == "‘Bring the nets. Leave the boat.’"


def test_a_negation_of_the_thought_is_seen():
    (one,) = governed("I do not think the pier is safe.")
    assert one.negated


def test_that_after_believe_speaks_for_a_statement_more_than_an_addressee_after_call():
    (likely,) = governed("We believe that the pier is safe.")
    (unlikely,) = governed("They called the mayor of the bay that waited.")
    assert chance(likely.signs) > 0.5 > chance(unlikely.signs)


LETTER = (
    "Dear harbour council,",
    "I thank you for the nets and for your kind invitation to the fair. We mended everything on Monday, and my brother "
    "carried the floats down to the quay, where our neighbour counted them twice and sorted all the ropes by length.",
    "I believe that the sea wall will last another winter. Ivo told me that the ferry no longer stops in Sele. In the "
    "evening I walked along the quay, as we used to, and looked at the lamps of the boats on their way to Tarn Bay, "
    "which were fewer than last year and went out one by one before the rain came over the hill and the market closed. "
    "My sister sends you a basket of pears, which you should eat within the week.",
    "Yours sincerely,",
    "Ines Orla",
)


def test_what_a_letter_says_that_somebody_says_or_thinks_stands_inside_it(said: Reading):
    text, blocks = paragraphs(*((PARAGRAPH, one) for one in LETTER))
    letter, *inside = said(text, blocks)
    assert letter.source == "Ines Orla"
    assert [(one.source, one.cue, one.within) for one in inside] == [("I", "believe", 0), ("Ivo", "told", 0)]


def test_a_speaker_inside_a_quotation_who_quotes_another_is_found(said: Reading):
    outer, inner = said("“Ivo Tannis said that the ferry no longer stops in Sele,” Mira Orla said.")
    assert (outer.source, outer.within) == ("Mira Orla", None)
    assert (inner.source, inner.cue, inner.within) == ("Ivo Tannis", "said", 0)
    assert inner.act is Act.SAY


def test_what_is_asked_for_inside_a_statement_is_none_of_its_own(said: Reading):
    assert [one.source for one in said("Mira Orla said that the council would like to have a new pier.")] == [
        "Mira Orla"
    ]
