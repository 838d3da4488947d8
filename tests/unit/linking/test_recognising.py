"""The recogniser reads each name once."""

import re
from collections.abc import Sequence
from itertools import pairwise

from quoth.encoder.port import TaggedName
from quoth.linking.recognising import recognised
from quoth.values import EntityType, Span

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
    found = recognised(text, parts, reader)
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
    found = recognised(text, [Span(0, len(text))], reader)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert len(found) == 6
