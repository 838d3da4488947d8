"""The recogniser reads each name once."""

import re
from collections.abc import Sequence
from itertools import pairwise

from quoth.entities.ner_mentions import recognised
from quoth.models.ports import TaggedName
from quoth.types import EntityType, Span

KNOWN = {"Ana Orr": EntityType.PERSON, "Tarn Bay": EntityType.PLACE, "orr": EntityType.PERSON}


class Reader:
    """Finds the names that it knows, and remembers what it was given to read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def names(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedName]:
        """See `Recogniser.names`."""
        self.read += [part.of(text) for part in paragraphs]
        return sorted(
            (
                TaggedName(Span(*match.span()).shifted(part.start), KNOWN[match.group()], 0.9)
                for part in paragraphs
                for match in re.finditer("|".join(KNOWN), part.of(text))
            ),
            key=lambda name: name.span,
        )


def read(text: str) -> tuple[list[str], list[tuple[str, EntityType]]]:
    """What was read of a text, and the names found in it."""
    reader = Reader()
    parts = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
    found = recognised(text, parts, (), reader, whole=False)
    return reader.read, [(name.span.of(text), name.type) for name in found]


def test_a_sentence_with_old_names_only_is_not_read_and_has_them_all_the_same() -> None:
    parts, names = read("The mayor met Ana Orr in Tarn Bay. It rained. Later the crowd left Tarn Bay with Ana Orr.")
    assert parts == ["The mayor met Ana Orr in Tarn Bay."]
    assert names == [
        ("Ana Orr", EntityType.PERSON),
        ("Tarn Bay", EntityType.PLACE),
        ("Tarn Bay", EntityType.PLACE),
        ("Ana Orr", EntityType.PERSON),
    ]


def test_a_part_of_an_old_name_is_read_since_it_may_be_another_name() -> None:
    parts, _ = read("The mayor met Ana Orr there. Nobody told Orr.")
    assert parts == ["The mayor met Ana Orr there. Nobody told Orr."]


def test_a_new_name_made_of_old_ones_is_read() -> None:
    parts, _ = read("They saw Tarn in June.\nThey saw Bay in June.\nThey saw Tarn Bay in June.")
    assert parts == ["They saw Tarn in June.", "They saw Bay in June.", "They saw Tarn Bay in June."]


def test_a_sentence_that_opens_without_a_capital_is_read_since_capitals_tell_nothing_there() -> None:
    parts, names = read("we all met orr at the harbour.")
    assert parts == ["we all met orr at the harbour."]
    assert names == [("orr", EntityType.PERSON)]


def test_a_sentence_without_capitals_is_not_read() -> None:
    assert read("It rained all day. The harbour was closed.") == ([], [])


def test_names_do_not_overlap_and_stand_in_order() -> None:
    text = "The mayor met Ana Orr in Tarn Bay. Ana Orr left. Then she left Tarn Bay. Then Ana Orr came to Tarn Bay."
    reader = Reader()
    found = recognised(text, [Span(0, len(text))], (), reader, whole=False)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert len(found) == 6


class Told:
    """Says what it was told to say of a text: form, type and confidence of each name in turn."""

    def __init__(self, *names: tuple[str, EntityType, float]) -> None:
        self.told = names

    def names(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedName]:
        """See `Recogniser.names`."""
        found, at = [], paragraphs[0].start
        for form, kind, confidence in self.told:
            at = text.index(form, at)
            found.append(TaggedName(Span(at, at + len(form)), kind, confidence))
            at += len(form)
        return found


def whole(text: str, told: Told) -> list[tuple[str, EntityType]]:
    """What a text read whole holds."""
    found = recognised(text, [Span(0, len(text))], (), told, whole=True)
    return [(name.span.of(text), name.type) for name in found]


def test_one_form_is_one_thing_in_a_text_and_what_is_surest_holds() -> None:
    person, place = EntityType.PERSON, EntityType.PLACE
    told = Told(("Orrin", place, 0.5), ("Orrin", person, 0.9), ("Orrin", place, 0.3))
    assert whole("Orrin rose. Then Orrin spoke. They thanked Orrin.", told) == [("Orrin", person)] * 3


def test_a_sure_name_is_one_wherever_it_stands_and_a_doubtful_one_only_where_it_was_seen() -> None:
    text = "They left Tarn at noon. In Tarn it rained. Hope sank. The Hope was late."
    told = Told(("Tarn", EntityType.PLACE, 0.9), ("Hope", EntityType.PERSON, 0.55))
    assert whole(text, told) == [("Tarn", EntityType.PLACE)] * 2 + [("Hope", EntityType.PERSON)]


def test_what_the_recogniser_doubts_more_than_not_is_no_name() -> None:
    told = Told(("Tarn", EntityType.PLACE, 0.5), ("Gull", EntityType.PERSON, 0.4))
    assert whole("Tarn lies by the sea. A Gull flew.", told) == [("Tarn", EntityType.PLACE)]


def test_what_stands_beside_the_body_is_read_too() -> None:
    text = "Tarn Bay\nThe mayor met Ana Orr there."
    found = recognised(text, [Span(9, len(text))], [Span(0, 8)], Reader(), whole=True)
    assert [name.span.of(text) for name in found] == ["Tarn Bay", "Ana Orr"]


def test_a_town_and_the_country_or_state_behind_it_are_two_names_and_a_compound_stays_one() -> None:
    place = EntityType.PLACE
    names = ("Tarn Bay Ontario", "velmora france", "Elbury, Texas", "West Virginia", "Upper Egypt", "Gulf of Mexico")
    found = whole("; ".join(names), Told(*((name, place, 0.9) for name in names)))
    assert [name for name, _ in found] == [
        "Tarn Bay",
        "Ontario",
        "velmora",
        "france",
        "Elbury",
        "Texas",
        "West Virginia",
        "Upper Egypt",
        "Gulf of Mexico",
    ]


def test_a_short_form_of_a_state_behind_a_town_is_a_name_of_its_own() -> None:
    place = EntityType.PLACE
    names = ("Elbury Ca", "Elbury, Calif.", "Tarn NY", "Santa Fe", "Elbury in")
    found = whole("; ".join(names), Told(*((name, place, 0.9) for name in names)))
    assert [name for name, _ in found] == ["Elbury", "Ca", "Elbury", "Calif.", "Tarn", "NY", "Santa Fe", "Elbury in"]
