"""Sentences, and the narrator's sentences around quotations."""

from quoth.doc.quotations import quotations
from quoth.doc.sentences import sentences, sentences_outside
from quoth.types import Span


def outside(text: str) -> list[str]:
    whole = Span(0, len(text))
    outer = [one.outer for one in quotations(text, [whole]) if one.depth == 0]
    return [span.of(text) for span in sentences_outside(text, whole, outer)]


def test_titles_initials_and_small_letters_end_no_sentence():
    text = "Mr. Orla met K. Tannis of the U.S. navy. They talked.\n\nIt rained"
    assert [span.of(text) for span in sentences(text)] == [
        "Mr. Orla met K. Tannis of the U.S. navy.",
        "They talked.",
        "It rained",
    ]


def test_an_acronym_with_points_goes_on_with_a_name_and_ends_before_a_word_that_opens_a_sentence():
    text = "He left the U.S. District Court, the V.A. Office said. She came from the U.S. The boat sank."
    assert [span.of(text) for span in sentences(text)] == [
        "He left the U.S. District Court, the V.A. Office said.",
        "She came from the U.S.",
        "The boat sank.",
    ]


def test_a_long_quotation_does_not_make_the_sentence_around_it_too_long():
    text = f"He said: “{'We stay and '.strip() + ' we stay' * 400}” and left. Then it rained."
    assert outside(text) == [text[: text.index(" Then")], "Then it rained."]


def test_what_ends_inside_a_quotation_does_not_end_the_sentence_around_it():
    assert outside("He said: “We stay. We win.” Then he left.") == ["He said: “We stay. We win.”", "Then he left."]
    assert outside("“We stay. We win,” he said. Then he left.") == ["“We stay. We win,” he said.", "Then he left."]
