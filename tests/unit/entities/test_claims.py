from dataclasses import replace

from stories import document, span, statement

from quoth.entities import claims, link
from quoth.types import Act, Mode, Stance


def told(text, *statements):
    """Claims as (speaker, answers) with names for ids."""
    report = document(text)
    linked, entities = link((report,), tuple(statements))
    names = {entity.id: entity.name for entity in entities}
    return [
        (names[claim.by], [(names[one.by], one.stance) for one in claim.responses])
        for claim in claims(report, linked, entities)
    ]


def test_a_denial_around_a_claim_answers_it():
    text = "Helen Orr claimed that the harbour was mined.\nMark Vell denied that the harbour was mined."
    claim = statement(text, "Helen Orr", "claimed", "that the harbour was mined", act=Act.CLAIM)
    denial = statement(text, "Mark Vell", "denied", "that the harbour was mined", act=Act.DENY, after=46)
    assert told(text, claim, denial)[0] == ("Helen Orr", [("Mark Vell", Stance.DENIES)])


def test_neutral_words_that_call_a_claim_groundless_deny_it():
    text = (
        "Helen Orr claimed that Vell mined the harbour.\nMark Vell said: “The claim about the harbour is groundless.”"
    )
    claim = statement(text, "Helen Orr", "claimed", "that Vell mined the harbour", act=Act.CLAIM)
    answer = statement(text, "Mark Vell", "said", "The claim about the harbour is groundless.", mode=Mode.DIRECT)
    assert told(text, claim, answer)[0] == ("Helen Orr", [("Mark Vell", Stance.DENIES)])


def test_a_confirmation_is_one():
    text = "Helen Orr claimed that the harbour was mined.\nMark Vell confirmed that the harbour was mined."
    claim = statement(text, "Helen Orr", "claimed", "that the harbour was mined", act=Act.CLAIM)
    answer = statement(text, "Mark Vell", "confirmed", "that the harbour was mined", act=Act.CONFIRM, after=46)
    assert told(text, claim, answer)[0] == ("Helen Orr", [("Mark Vell", Stance.CONFIRMS)])


def test_a_rejected_accusation_is_the_accusers_claim():
    text = "Valdora rejected an accusation by Helen Orr that the harbour was mined."
    outer = statement(
        text, "Valdora", "rejected", "an accusation by Helen Orr that the harbour was mined", act=Act.REJECT
    )
    inner = statement(text, "Helen Orr", "accusation", "that the harbour was mined", act=Act.ACCUSE, within=outer.id)
    inner = replace(inner, source=(span(text, "Helen Orr"),), cue=(span(text, "accusation"),))
    report = document(text)
    linked, entities = link((report,), (outer, inner))
    names = {entity.id: entity.name for entity in entities}
    (claim,) = claims(report, linked, entities)
    assert names[claim.by] == "Helen Orr"
    assert [one.stance for one in claim.responses] == [Stance.DENIES]


def test_what_is_merely_said_and_never_answered_is_no_claim():
    text = "Helen Orr said that it rained.\nMark Vell said that he was tired."
    first = statement(text, "Helen Orr", "said", "that it rained")
    second = statement(text, "Mark Vell", "said", "that he was tired")
    assert told(text, first, second) == []


def test_an_answer_of_oneself_is_no_answer():
    text = "Helen Orr claimed that the harbour was mined.\nOrr denied that the harbour was mined."
    claim = statement(text, "Helen Orr", "claimed", "that the harbour was mined", act=Act.CLAIM)
    denial = statement(text, "Orr", "denied", "that the harbour was mined", act=Act.DENY, after=46)
    assert all(not answers for _, answers in told(text, claim, denial))


def test_a_claim_that_only_its_denial_tells_is_its_makers():
    text = "The Harbour Ministry rejected accusations by Helen Orr that it hid the spill."
    answer = statement(
        text, "The Harbour Ministry", "rejected", "accusations by Helen Orr that it hid the spill", act=Act.REJECT
    )
    report = document(text)
    linked, entities = link((report,), (answer,))
    names = {entity.id: entity.name for entity in entities}
    (claim,) = claims(report, linked, entities)
    assert (names[claim.by], claim.text, claim.statements) == ("Helen Orr", "that it hid the spill", ())
    assert [(names[one.by], one.stance) for one in claim.responses] == [("Harbour Ministry", Stance.DENIES)]


def test_a_headline_answers_the_claim_below_it():
    text = "Ministry rejects claim that the harbour was mined\nHelen Orr claimed that the harbour was mined by Norway."
    answer = statement(text, "Ministry", "rejects", "claim that the harbour was mined", act=Act.REJECT)
    claim = statement(text, "Helen Orr", "claimed", "that the harbour was mined by Norway", act=Act.CLAIM)
    assert [(by, [stance for _, stance in answers]) for by, answers in told(text, answer, claim)] == [
        ("Helen Orr", [Stance.DENIES])
    ]
