"""What was said, written, published or signalled is a statement; what somebody thinks, wants, plans or does is none."""

import pytest

from quoth.attribution import attribute
from quoth.models.ports import Tagger
from quoth.types import Document

SAID = [
    ("The mayor said that the pier was shut.", "that the pier was shut"),
    ("The mayor announced that the pier would close.", "that the pier would close"),
    ("The mayor warned that the pier might sink.", "that the pier might sink"),
    ("The mayor agreed to pay for the pier.", "to pay for the pier"),
    ("The mayor promised to mend the pier.", "to mend the pier"),
    ("The mayor urged the crews to leave the pier.", "the crews to leave the pier"),
    ("The mayor accused Dune of hiding the boats.", "Dune of hiding the boats"),
    ("The union denied that its crews had drunk.", "that its crews had drunk"),
    ("The mayor wrote in a letter that the pier was hers.", "that the pier was hers"),
    ("The survey found that the pier was rotten.", "that the pier was rotten"),
    ("Valdora signalled that it would open the strait.", "that it would open the strait"),
    ("The pier was shut on Monday, the ministry said.", "The pier was shut on Monday"),
    ("According to the ministry, the pier was shut on Monday.", "the pier was shut on Monday"),
    ("The firm's admission that it had lost the keys came late.", "it had lost the keys"),
    ("The mayor described the pier as a danger to the boats.", "a danger to the boats"),
    ("The mayor voiced the fear that the pier would sink.", "that the pier would sink"),
    ("The mayor asked whether the pier was for sale.", "whether the pier was for sale"),
    ("The crews praised the decision to mend the pier.", "the decision to mend the pier"),
    ("The court found that the firm had known.", "that the firm had known"),
    ("The museum ruled out a sale of the old whaler.", "a sale of the old whaler"),
    ("The clerk flatly denied any wrongdoing.", "any wrongdoing"),
    ("The clerk denied all knowledge of the keys.", "all knowledge of the keys"),
    ("She thinks “the pier is lost to us for good”.", "the pier is lost to us for good"),
]
#: What rules alone do not find.
SAID_TO_THE_TAGGER = [
    ("The treasurer refused to resign.", "to resign"),
    ("The premier refused to rule out a second levy.", "to rule out a second levy"),
    ("A trustee offered to pay for the roof.", "to pay for the roof"),
    ("The captain expressed regret over the sinking of the Swan.", "regret over the sinking of the Swan"),
    ("The minister condemned the shelling of the harbour.", "the shelling of the harbour"),
    ("The clerk, Benno Stahl, admitted to having lied about the ballots.", "having lied about the ballots"),
    ("The court ruled that the firm must pay.", "that the firm must pay"),
    ("The company said about 140 people worked there.", "about 140 people worked there"),
]
NOT_SAID = [
    "The mayor believes that the pier is safe.",
    "The mayor hopes to win the cup.",
    "The mayor wants the crews to go home.",
    "The town is banking on a dry summer.",
    "The mayor loves her old boat.",
    "The railway plans to close four stations.",
    "The council passed a budget of 40,000 crowns.",
    "The crews filed a complaint against the cook.",
    "Hikers pounced on the maps.",
    "At least twelve fires were reported in the hills.",
    "Another storm is expected tonight.",
    "The pier is considered unsafe by many.",
    "It appeared that nobody had looked.",
    "Jurors found the cook guilty of theft.",
    "The court ordered a new count of the votes.",
    "The mayor did not say whether the pier would close.",
    "The mayor would not say when the pier would close.",
    "The mayor refused to say who had paid.",
    "The mayor declined to comment on the pier.",
    "The wire asked the ministry for comment.",
    "It is not known whether the mayor said that the pier was lost.",
    "The mayor never said that the pier was lost.",
    "The mayor was silent, nor did the clerk say that the pier was lost.",
    "At no time did the mayor say that the pier was lost.",
    "Analysts expect the price of fish to double.",
    "Villagers saw the mayor run.",
    "The crews heard that the pier was shut.",
    "The mayor attacked Dune.",
    "The mayor shared these views.",
    "The mayor was pleased with the outcome.",
    "The mayor declared victory.",
    "The climb demands patience and a strong stomach.",
    "The clouds promised rain for the weekend.",
    "The singer acknowledged the crowd with a bow.",
    "No minister has ever suggested selling the bell.",
    "The mayor refused to comment.",
    "The mayor refused to leave the hall.",
    "The mayor offered tea to the crews.",
    "The parents continued to shun the doctors of the town.",
]


def holds(text: str, words: str, statements) -> bool:
    place = text.index(words)
    return any(
        span.start <= place + 5 and place + len(words) - 1 <= span.end for one in statements for span in one.content
    )


def check_said(tagger: Tagger | None, text: str, words: str) -> None:
    statements = attribute(Document("d", text, ""), tagger)
    assert holds(text, words, statements)
    assert not any(one.attitude for one in statements)


@pytest.mark.parametrize(("text", "words"), SAID)
def test_what_was_said_is_a_statement(tagger: Tagger | None, text: str, words: str):
    check_said(tagger, text, words)


@pytest.mark.parametrize("tagger", ["tagger"], indirect=True)
@pytest.mark.parametrize(("text", "words"), SAID_TO_THE_TAGGER)
def test_what_was_said_in_other_forms_is_a_statement_to_the_tagger(tagger: Tagger | None, text: str, words: str):
    check_said(tagger, text, words)


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_was_not_said_is_no_statement(tagger: Tagger | None, text: str):
    assert attribute(Document("d", text, ""), tagger) == ()


def test_attitudes_are_given_where_they_are_asked_for(tagger: Tagger | None):
    document = Document("d", "The mayor believes that the pier is safe. Dune said that it was not.", "")
    assert [one.attitude for one in attribute(document, tagger, attitudes=True)] == [True, False]
    assert [one.attitude for one in attribute(document, tagger)] == [False]


def test_a_statement_inside_an_attitude_stands_in_what_is_around_it(tagger: Tagger | None):
    text = "Dune said that the mayor believed that Orla claimed that the pier was safe."
    found = attribute(Document("d", text, ""), tagger, attitudes=True)
    kept = attribute(Document("d", text, ""), tagger)
    assert {one.id for one in kept} == {one.id for one in found if not one.attitude}
    assert all(one.within is None or one.within in {other.id for other in kept} for one in kept)
