"""What the recogniser's names and those of the rules are taken for together."""

import pytest
from stories import document

from quoth.entities.mentions import mentions
from quoth.models.ports import TaggedName
from quoth.types import EntityType, Span

PERSON, PLACE, BODY = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION


class Saying:
    """A recogniser's stand-in that says what it was told."""

    def __init__(self, *names):
        self.names_told = names

    def names(self, text, paragraphs):
        found = []
        for words, kind, confidence in self.names_told:
            start = text.index(words)
            if any(span.start <= start < span.end for span in paragraphs):
                found.append(TaggedName(Span(start, start + len(words)), kind, confidence))
        return sorted(found, key=lambda name: name.span)


def named(text, *names):
    """The names of a text, each with its type."""
    return [(one.words, one.type) for one in mentions(document(text), 0, Saying(*names))]


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        # a sure recogniser knows where a name ends and what it is
        ("They saw Helen Orr Motors there.", ("Helen Orr Motors", BODY, 0.9), ("Helen Orr Motors", BODY)),
        ("The crew met Ada Grey Monday.", ("Ada Grey", PERSON, 0.99), ("Ada Grey", PERSON)),
        # a part of a person's or a body's name, of which it is not sure, is held together
        ("Then Helen Orr spoke.", ("Orr", PERSON, 0.6), ("Helen Orr", PERSON)),
        ("He read the Tarn Post there.", ("Tarn", PLACE, 0.6), ("Tarn Post", BODY)),
        ("He read the news of Tarn there.", ("Tarn", PLACE, 0.9), ("Tarn", PLACE)),
        ("It was said on Radio Tarn today.", ("Radio", BODY, 0.9), ("Radio Tarn", BODY)),
        # what the tables of the world know is what they say
        ("The ships of Norway came.", ("Norway", PERSON, 0.9), ("Norway", PLACE)),
        # small words before a name are none of it, unless they belong to names
        ("They met de Lund there.", ("de Lund", PERSON, 0.9), ("de Lund", PERSON)),
        (
            "The conservative Tarn Foundation paid.",
            ("conservative Tarn Foundation", BODY, 0.9),
            ("Tarn Foundation", BODY),
        ),
        ("they live in port tarn now.", ("port tarn", PLACE, 0.9), ("port tarn", PLACE)),
    ],
)
def test_a_recognisers_name_and_the_rules_are_one(text, said, found):
    assert named(text, said) == [found]


def test_two_persons_side_by_side_stay_two_though_the_rules_see_one() -> None:
    said = (("Ada Grey", PERSON, 0.9), ("Helen", PERSON, 0.6))
    assert named("Then Ada Grey Helen came in.", *said) == [("Ada Grey", PERSON), ("Helen", PERSON)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He wrote to the Ministry of Ports again.", [("Ministry of Ports", BODY)]),
        ("Great Service", []),
        ("Yesterday Helen Orr left.", [("Helen Orr", PERSON)]),
        ("They thanked Mr. President for it.", []),
        ("They thanked Mr. Ostrel for it.", [("Ostrel", PERSON)]),
        ("The ships of Norway came.", [("Norway", PLACE)]),
    ],
)
def test_what_only_the_rules_see_is_a_name_where_a_table_a_title_or_an_article_says_so(text, found):
    assert named(text) == found


def test_a_body_and_an_office_are_no_persons():
    text = "Corvane, which runs hotels, was sorry. The Chief Engineer met Corvane. Ada Bell, who swims, sang."
    said = [("Corvane", PERSON, 0.9), ("Engineer", PERSON, 0.6), ("Ada Bell", PERSON, 0.9)]
    found = named(text, *said)
    assert ("Corvane", BODY) in found
    assert ("Ada Bell", PERSON) in found
    assert not any(words == "Engineer" for words, _ in found)


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        ("Sexton Nils Orre came.", [("Sexton", PERSON, 0.9), ("Nils Orre", PERSON, 0.9)], [("Nils Orre", PERSON)]),
        ("Then Hew Stane came.", [("Hew", PERSON, 0.6), ("Stane", PERSON, 0.6)], [("Hew Stane", PERSON)]),
        ("There Anna Amselrod sang.", [("Anna", PERSON, 0.9)], [("Anna Amselrod", PERSON)]),
        ("Tibor Vane was frank.", [("Tibor Vane", PERSON, 0.9), ("frank", PERSON, 0.9)], [("Tibor Vane", PERSON)]),
        ("They met E. F. Moor, Sr. there.", [("E. F. Moor", PERSON, 0.9)], [("E. F. Moor, Sr.", PERSON)]),
        ("She thanked a miller from Granby.", [("Granby", PERSON, 0.9)], [("Granby", PLACE)]),
        ("She read a letter from Granby.", [("Granby", PERSON, 0.9)], [("Granby", PERSON)]),
    ],
)
def test_parts_of_a_name_functions_and_homes_are_told_apart(text, said, found):
    assert named(text, *said) == found


def test_a_doubtful_name_stands_where_the_rules_see_the_same():
    text = "Then Piet Amselrod came."
    assert named(text, ("Piet Amselrod", PERSON, 0.32)) == [("Piet Amselrod", PERSON)]
    assert named(text, ("Piet", PERSON, 0.32)) == []
